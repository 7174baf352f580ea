/* try.c sends one test message by a channel and tells what came of it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/json.h"
#include "core/mem.h"
#include "core/template.h"
#include "serve/serve.h"

SQL(ADDRESS_OF_LOGIN, "t",
	"SELECT a.value FROM member m JOIN address a ON a.owner = m.id"
	" AND a.channel = 'mail' WHERE m.login = $1");
SQL(ADDRESS_OF_ROLE, "t",
	"SELECT a.value FROM contact c JOIN address a ON a.owner = c.id"
	" AND a.channel = 'mail' WHERE c.role = $1");

/* An address as it is; else a member's or a contact's. */
static bool
find_address(struct serve *serve, char **out, struct error *err)
{
	struct db *db = desk_db(serve->desk);

	if (strchr(serve->test_to, '@') != NULL) {
		*out = xstrdup(serve->test_to);
		return true;
	}
	if (!db_one_text(db, &ADDRESS_OF_LOGIN, out, err, TXT(serve->test_to)) ||
	    (*out == NULL &&
		    !db_one_text(db, &ADDRESS_OF_ROLE, out, err, TXT(serve->test_to)))) {
		return false;
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

static bool
tell(const struct serve *serve, const struct send_result *result, struct error *err)
{
	struct json *o;
	char *line;

	if (result->verdict != SEND_HANDED_OVER) {
		return error_cause(err, ERR_UNAVAILABLE, result->reply,
			_("the test by %s failed: %s"), serve->test_channel,
			send_verdict_word(result->verdict));
	}
	if (!serve->json) {
		printf(_("handed over by %s: %s\n"), serve->test_channel, result->reply);
		return true;
	}
	o = json_object();
	json_set_text(o, "channel", serve->test_channel);
	json_set_text(o, "result", send_verdict_word(result->verdict));
	json_set_text(o, "reply", result->reply);
	line = json_line(o);
	(void)puts(line);
	free(line);
	json_free(o);
	return true;
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

	ok = channel_open(&channel, serve, serve->test_channel, err) &&
		find_address(serve, &address, err) &&
		template_render(&subject, &text, &(struct template_in){
			.name = "thu", .language = i18n_language(), .vars = vars,
			.zone = desk_zone(serve->desk), .outside = true }, err);
	if (ok) {
		send_one(serve, channel, &(struct outgoing){ .to_name = "",
			.to_address = address, .subject = subject, .text = text }, &result);
		ok = tell(serve, &result, err);
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
