/* address.c owns the addresses of members and contacts. */
#include "core/address.h"

#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/redact.h"

SQL(ADDRESS_SET, "tttt",
	"INSERT INTO address (owner, channel, value, origin) VALUES ($1, $2, $3, $4)"
	" ON CONFLICT (owner, channel) DO UPDATE SET value = excluded.value,"
	" origin = excluded.origin");
SQL(ADDRESS_DROP, "tt", "DELETE FROM address WHERE owner = $1 AND channel = $2");
SQL(ADDRESS_OF, "t", "SELECT channel, value FROM address WHERE owner = $1");

static const char *const channels[] = {
	"mail", "phone", "zalo", "telegram", "ntfy", "webhook",
};

/* ---- what is an address ---- */

/* One @, a name, a host and no blanks. */
static bool
is_mail(const char *text)
{
	const char *at = strchr(text, '@');

	return at != NULL && at != text && at[1] != '\0' && strchr(at + 1, '@') == NULL &&
		strpbrk(text, " <>,;\"") == NULL;
}

/* A chat's number, or the name of a public channel. */
static bool
is_chat(const char *text)
{
	const char *digits = text + (text[0] == '-');
	size_t len = strspn(digits, "0123456789");

	return (len > 0 && len <= 19 && digits[len] == '\0') ||
		(text[0] == '@' && strlen(text) > 4 && strpbrk(text, " \t/:") == NULL);
}

static bool
is_topic(const char *text)
{
	size_t len = strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
		"0123456789_-");

	return len > 0 && len <= 64 && text[len] == '\0';
}

static bool
is_url(const char *text)
{
	const char *host = strncmp(text, "https://", 8) == 0 ? text + 8
		: strncmp(text, "http://", 7) == 0 ? text + 7 : "";

	return host[0] != '\0' && strchr("/:?#", host[0]) == NULL &&
		strpbrk(text, " \t\"<>@") == NULL;
}

static const struct form {
	const char *channel;
	bool (*fits)(const char *text);
	const char *words; /* what the channel's address is */
} forms[] = {
	{ "mail", is_mail, N_("%s: \"%.100s\" is no mail address like name@host") },
	{ "telegram", is_chat,
	  N_("%s: \"%.100s\" is no chat of Telegram like 123456789 or @channel") },
	{ "ntfy", is_topic,
	  N_("%s: \"%.100s\" is no topic of ntfy: letters, digits, _ and -") },
	{ "webhook", is_url, N_("%s: \"%.100s\" is no URL like https://host/path") },
};

bool
address_fits(const char *channel, const char *text)
{
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
		if (strcmp(forms[i].channel, channel) == 0) {
			return forms[i].fits(text);
		}
	}
	return true;
}

bool
address_check(const struct json *wanted, const char *path, struct error *err)
{
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
		const char *text = json_get_text(wanted, forms[i].channel);
		char *place;

		if (text == NULL || forms[i].fits(text)) {
			continue;
		}
		place = reg_place(path, forms[i].channel);
		(void)error_set(err, ERR_BAD_INPUT, _(forms[i].words), place, text);
		free(place);
		return false;
	}
	return true;
}

/* Nobody is written to at a mask; telephone and Zalo show that it is gone. */
static bool
masked(const char *channel, const char *text)
{
	return strcmp(channel, "phone") != 0 && strcmp(channel, "zalo") != 0 &&
		strstr(text, REDACTED_TEXT) != NULL;
}

bool
address_write(const struct reg_write *w, const char *channel,
	const struct json *value, struct error *err)
{
	const char *text = json_text(value, NULL);

	if (text == NULL || masked(channel, text)) {
		return db_run(w->a->db, &ADDRESS_DROP, err, TXT(w->id), TXT(channel));
	}
	return db_run(w->a->db, &ADDRESS_SET, err, TXT(w->id), TXT(channel), TXT(text),
		TXT(w->origin));
}

bool
address_load(struct desk *desk, const char *owner, struct json *into,
	struct error *err)
{
	struct stmt *st;

	for (size_t i = 0; i < sizeof channels / sizeof *channels; i++) {
		json_set(into, channels[i], json_null());
	}
	st = db_query(desk_db(desk), &ADDRESS_OF, TXT(owner));
	while (stmt_row(st)) {
		json_set_text(into, stmt_text(st, 0), stmt_text(st, 1));
	}
	return stmt_done(st, err);
}

const char *
address_kind(const char *channel)
{
	static const char *const others[][2] = {
		{ "sms", "phone" }, { "exec", "phone" }, { "file", "mail" }, { "hand", "mail" },
	};

	for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
		if (strcmp(others[i][0], channel) == 0) {
			return others[i][1];
		}
	}
	return channel;
}

bool
address_is_example(const char *mail)
{
	size_t len = mail == NULL ? 0 : strlen(mail);

	return len >= 8 && strcmp(mail + len - 8, ".example") == 0;
}

void
address_fold(struct json *thing)
{
	struct json *addresses = json_object();
	struct json *desktop;

	for (size_t i = 0; i < sizeof channels / sizeof *channels; i++) {
		struct json *value = json_detach(thing, channels[i]);

		json_set(addresses, channels[i], value == NULL ? json_null() : value);
	}
	if ((desktop = json_detach(thing, "desktop")) != NULL) {
		json_set(addresses, "desktop", desktop);
	}
	json_set(thing, "addresses", addresses);
}
