/* try.c sends one test message by a channel and tells what came of it, in the other
 * side's own words, and how long it took. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/address.h"
#include "core/i18n.h"
#include "core/json.h"
#include "core/mem.h"
#include "core/template.h"
#include "core/words.h"
#include "serve/serve.h"

SQL(ADDRESS_OF_LOGIN, "tt",
	"SELECT a.value FROM member m JOIN address a ON a.owner = m.id"
	" AND a.channel = $2 WHERE m.login = $1");
SQL(ADDRESS_OF_ROLE, "tt",
	"SELECT a.value FROM contact c JOIN address a ON a.owner = c.id"
	" AND a.channel = $2 WHERE c.role = $1");
SQL(IS_NAME, "t",
	"SELECT (SELECT COUNT(*) FROM member WHERE login = $1)"
	" + (SELECT COUNT(*) FROM contact WHERE role = $1)");

/* A member's or a contact's address of this channel; else what was given is the
 * address itself. */
static bool
find_address(struct serve *serve, char **out, struct error *err)
{
	struct db *db = desk_db(serve->desk);
	const char *kind = address_kind(serve->test_channel);
	int64_t names = 0;

	if (!db_one_text(db, &ADDRESS_OF_LOGIN, out, err, TXT(serve->test_to), TXT(kind)) ||
	    (*out == NULL && !db_one_text(db, &ADDRESS_OF_ROLE, out, err,
		    TXT(serve->test_to), TXT(kind))) ||
	    (*out == NULL && !db_one_int(db, &IS_NAME, &names, err, TXT(serve->test_to)))) {
		return false;
	}
	if (*out == NULL && names == 0 &&
	    (strcmp(kind, "mail") != 0 || strchr(serve->test_to, '@') != NULL)) {
		*out = xstrdup(serve->test_to);
	}
	return *out != NULL || error_set(err, ERR_NOT_FOUND,
		_("\"%.60s\" is no address, and no member or contact with one"),
		serve->test_to);
}

static void
send_one(struct serve *serve, struct channel *channel, const struct outgoing *mail,
	struct send_result *result)
{
	struct outgoing whole = *mail;
	int64_t now = desk_now(serve->desk);
	char id[UUID_SIZE];
	char *message_id;

	uuid_v7(id, now);
	message_id = xasprintf("<test-%s@%s.suco.invalid>", id, desk_id(serve->desk));
	whole.id = id;
	whole.message_id = message_id;
	whole.date = now;
	whole.utc_offset = zone_offset_at(desk_zone(serve->desk), now);
	channel->type->start(channel, &whole);
	while (!channel->type->result(channel, result)) {
		channel_wait(channel, 1000);
		channel->type->work(channel);
	}
	free(message_id);
}

static void
tell_json(const struct serve *serve, const struct send_result *result, int64_t took)
{
	struct json *o = json_object();
	char *line;

	json_set_text(o, "channel", serve->test_channel);
	json_set_text(o, "result", send_verdict_word(result->verdict));
	json_set_text(o, "reply", result->reply);
	json_set_text(o, "provider", result->provider[0] == '\0' ? NULL : result->provider);
	json_set_int(o, "ms", took);
	line = json_line(o);
	(void)puts(line);
	free(line);
	json_free(o);
}

/* What the state does not promise, by channel. */
static void
tell_limits(const struct serve *serve)
{
	if (strcmp(serve->test_channel, "zalo") == 0) {
		(void)puts(_("Zalo takes a message only within 48 hours after the member wrote"
			" to the account, eight of them: it cannot be anybody's only channel."));
	} else if (strcmp(serve->test_channel, "sms") == 0) {
		(void)puts(_("The gateway has accepted it; that the telephone got it"
			" is not known."));
	}
}

static bool
tell(const struct serve *serve, const char *address, const struct send_result *result,
	int64_t took, struct error *err)
{
	if (result->verdict != SEND_HANDED_OVER) {
		return error_cause(err, ERR_UNAVAILABLE, result->reply,
			_("the test by %s failed: %s (%lld ms)"), serve->test_channel,
			send_verdict_word(result->verdict), (long long)took);
	}
	if (serve->json) {
		tell_json(serve, result, took);
		return true;
	}
	printf(_("handed over to %s by %s in %lld ms"), address,
		word_label(WORDS_CHANNEL, serve->test_channel), (long long)took);
	printf("%s%s\n", result->reply[0] == '\0' ? "" : ": ", result->reply);
	tell_limits(serve);
	return true;
}

/* A demo delivers to its folder and nowhere else. */
static bool
may_leave(const struct serve *serve, struct error *err)
{
	return !desk_is_demo(serve->desk) || strcmp(serve->test_channel, "file") == 0 ||
		error_set(err, ERR_REFUSED, _("a demo delivers to a local folder only"));
}

/* The desktop is no channel of the engine's: his own session shows it. */
static bool
is_ours(const struct serve *serve, struct error *err)
{
	return strcmp(serve->test_channel, "desktop") != 0 || error_set(err, ERR_BAD_INPUT,
		_("on the desktop `suco watch` of the member's own session shows messages, not"
		" the engine; try it by a drill that pages: suco new --drill --page"));
}

bool
try_channel(struct serve *serve, struct error *err)
{
	struct json *vars = json_object();
	struct channel *channel = NULL;
	struct send_result result;
	char *address = NULL;
	char *subject = NULL;
	char *text = NULL;
	bool ok;

	ok = may_leave(serve, err) && is_ours(serve, err) &&
		channel_open(&channel, serve, serve->test_channel, err) &&
		find_address(serve, &address, err) &&
		template_render(&subject, &text, &(struct template_in){
			.name = "thu", .language = i18n_language(), .vars = vars,
			.zone = desk_zone(serve->desk), .outside = true }, err);
	if (ok) {
		int64_t begun = loop_steady();

		send_one(serve, channel, &(struct outgoing){ .to_name = "",
			.to_address = address, .subject = subject, .text = text }, &result);
		ok = tell(serve, address, &result, loop_steady() - begun, err);
	}
	if (channel != NULL) {
		channel->type->close(channel);
	}
	json_free(vars);
	free(address);
	free(subject);
	free(text);
	return ok;
}
