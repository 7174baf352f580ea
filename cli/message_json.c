/* message_json.c prints messages for scripts: the row, its tries, its next. */
#include "cli/message_json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/json_out.h"
#include "core/answer_mark.h"
#include "core/i18n.h"
#include "core/mem.h"

SQL(CLI_ATTEMPTS, "t",
	"SELECT at, result, reply FROM local_attempt WHERE message_id = $1 ORDER BY n");
SQL(CLI_NEXT_TRY, "t", "SELECT next_at, why FROM local_delivery WHERE message_id = $1");
/* Claimed by an engine: it is being sent. */
SQL(CLI_CLAIMED, "t", "SELECT COUNT(*) FROM local_claim WHERE message_id = $1");
SQL(CLI_DOWN, "t",
	"SELECT COUNT(*) FROM local_channel WHERE name = $1 AND state = 'down'");
SQL(CLI_BUNDLE, "t", "SELECT position FROM message WHERE id = $1");
SQL(CLI_CASE_NUMBER, "t", "SELECT number FROM cases WHERE id = $1");

static bool
set_attempts(struct cli *cli, struct json *o, const struct message *m, struct error *err)
{
	struct json *list = json_array();
	struct stmt *st = db_query(desk_db(cli->desk), &CLI_ATTEMPTS, TXT(m->id));

	while (stmt_row(st)) {
		struct json *row = json_object();

		json_set_time(cli, row, "at", stmt_int(st, 0));
		json_set_text(row, "result", stmt_text(st, 1));
		json_set_or_null(row, "reply", stmt_text(st, 2));
		json_push(list, row);
	}
	json_set(o, "attempts", list);
	return stmt_done(st, err);
}

static bool
set_case(struct cli *cli, struct json *o, const struct message *m, struct error *err)
{
	char *number = NULL;
	bool ok = m->case_id[0] == '\0' || db_one_text(desk_db(cli->desk), &CLI_CASE_NUMBER,
		&number, err, TXT(m->case_id));

	json_set_text(o, "case", number);
	free(number);
	return ok;
}

/* quiet, limit, limit_all, asked; bundle where it goes with another, down with its
 * channel; retry, or nothing: it goes next. */
static bool
set_waits(struct cli *cli, struct json *o, const struct message *m, struct error *err)
{
	struct stmt *st = db_query(desk_db(cli->desk), &CLI_NEXT_TRY, TXT(m->id));
	bool waits = strcmp(m->state, "queued") == 0 || strcmp(m->state, "unknown") == 0;
	int64_t next = 0, down = 0, with = 0;
	char why[24] = "";

	if (stmt_row(st) && message_state_open(m->state)) {
		next = stmt_int(st, 0);
		if (next > desk_now(cli->desk)) {
			(void)snprintf(why, sizeof why, "%s", stmt_text(st, 1)[0] == '\0' ? "retry"
				: stmt_text(st, 1));
		}
	} else if (m->not_before > desk_now(cli->desk)) {
		next = m->not_before;
		(void)snprintf(why, sizeof why, "quiet");
	}
	if (!stmt_done(st, err) ||
	    !db_one_int(desk_db(cli->desk), &CLI_DOWN, &down, err, TXT(m->channel)) ||
	    !db_one_int(desk_db(cli->desk), &CLI_BUNDLE, &with, err, TXT(m->bundle))) {
		return false;
	}
	if (m->bundle[0] != '\0') {
		(void)snprintf(why, sizeof why, "bundle");
	} else if (down > 0 && (why[0] == '\0' || strcmp(why, "retry") == 0)) {
		(void)snprintf(why, sizeof why, "down");
	}
	json_set_text(o, "waits_for", waits && why[0] != '\0' ? why : NULL);
	json_set_time(cli, o, "next_at", next);
	json_set(o, "bundle_n", with > 0 ? json_int(with) : json_null());
	return true;
}

struct json *
message_json(struct cli *cli, const struct message *m, struct error *err)
{
	struct json *o = json_object();
	/* As the engine writes it into the mail's head. */
	char *message_id = xasprintf("<msg-%s@%s.suco.invalid>", m->id, desk_id(cli->desk));
	char *text;
	int64_t claims = 0;

	json_set_text(o, "id", m->id);
	json_set_int(o, "n", m->position);
	json_set_text(o, "to", m->to_name);
	json_set_or_null(o, "role", m->role);
	json_set_or_null(o, "channel", m->channel);
	json_set_or_null(o, "address", m->address);
	json_set_text(o, "template", m->template);
	json_set_or_null(o, "reason", m->reason);
	json_set_or_null(o, "reply", m->reply);
	json_set_or_null(o, "subject", m->subject);
	text = m->text == NULL ? NULL
		: answer_mark_fill(m->text, _("(a link of the receiver's own)"));
	json_set_or_null(o, "text", text);
	free(text);
	json_set_text(o, "message_id", message_id);
	json_set_bool(o, "drill", m->drill);
	json_set_int(o, "rank", m->rank);
	json_set_time(cli, o, "not_before", m->not_before);
	json_set_or_null(o, "bundle", m->bundle);
	json_set_time(cli, o, "queued_at", m->queued_at);
	json_set_time(cli, o, "state_at", m->state_at);
	json_set_time(cli, o, "expires_at", m->expires_at);
	free(message_id);
	if (!db_one_int(desk_db(cli->desk), &CLI_CLAIMED, &claims, err, TXT(m->id)) ||
	    !set_case(cli, o, m, err) || !set_attempts(cli, o, m, err) ||
	    !set_waits(cli, o, m, err)) {
		json_free(o);
		return NULL;
	}
	json_set_text(o, "state", claims > 0 &&
		(strcmp(m->state, "queued") == 0 || strcmp(m->state, "unknown") == 0)
		? "sending" : m->state);
	return o;
}

struct gathering {
	struct json **list;
	int count;
	struct cli *cli;
	struct error *err;
	bool ok;
};

static bool
add(const struct message *m, void *arg)
{
	struct gathering *g = arg;
	struct json *o = message_json(g->cli, m, g->err);

	g->ok = o != NULL;
	if (g->ok) {
		json_push(*g->list, o);
	}
	return g->ok;
}

bool
messages_json(struct cli *cli, const struct outbox_filter *filter, struct json *into,
	struct error *err)
{
	struct gathering g = { .list = &into, .cli = cli, .err = err, .ok = true };

	return outbox_each(cli->desk, filter, add, &g, err) && g.ok;
}
