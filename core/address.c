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

static const char *const channels[] = { "mail", "phone", "zalo" };

bool
address_check(const struct json *wanted, const char *path, struct error *err)
{
	const char *mail = json_get_text(wanted, "mail");
	const char *at = mail == NULL ? NULL : strchr(mail, '@');
	char *place;

	if (mail == NULL || (at != NULL && at != mail && at[1] != '\0' &&
	    strchr(at + 1, '@') == NULL && strpbrk(mail, " <>,;\"") == NULL)) {
		return true;
	}
	place = reg_place(path, "mail");
	(void)error_set(err, ERR_BAD_INPUT,
		_("%s: \"%.100s\" is no mail address like name@host"), place, mail);
	free(place);
	return false;
}

bool
address_write(const struct reg_write *w, const char *channel,
	const struct json *value, struct error *err)
{
	const char *text = json_text(value, NULL);

	/* Nobody is written to at a mask; telephone and Zalo show that it is gone. */
	if (text == NULL ||
	    (strcmp(channel, "mail") == 0 && strstr(text, REDACTED_TEXT) != NULL)) {
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
