/* outbox_one.c owns what the screen knows of one message beside its row: the
 * text as it leaves, each try, what comes next; and how the channels are. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/answer_mark.h"
#include "core/i18n.h"
#include "core/json.h"
#include "core/mem.h"
#include "core/template.h"
#include "core/zone.h"
#include "tui/case_rows.h"
#include "tui/outbox_model.h"

SQL(CASE_OF_MESSAGE, "t", "SELECT number, tlp FROM cases WHERE id = $1");
SQL(MESSAGE_ATTEMPTS, "ti",
	"SELECT at, result, reply, n FROM local_attempt WHERE message_id = $1"
	" ORDER BY n DESC LIMIT $2");
SQL(MESSAGE_NEXT, "t", "SELECT next_at, why FROM local_delivery WHERE message_id = $1");
SQL(MESSAGE_WITH, "t", "SELECT position FROM message WHERE id = $1");
SQL(MESSAGE_CALL, "t",
	"SELECT next_at FROM escalation WHERE id = $1 AND state = 'running'");
SQL(MESSAGE_CLAIMS, "t", "SELECT COUNT(*) FROM local_claim WHERE message_id = $1");
SQL(CHANNEL_DOWN, "t",
	"SELECT COUNT(*) FROM local_channel WHERE name = $1 AND state = 'down'");
SQL(CHANNELS, "i",
	"SELECT name, state, since, reply, last_ok_at FROM local_channel ORDER BY name LIMIT $1");
SQL(TOLD_TODAY, "i",
	"SELECT COUNT(*) FROM (SELECT state, state_at FROM message ORDER BY position DESC"
	" LIMIT 5000) AS newest WHERE state_at >= $1"
	" AND state IN ('handed_over', 'delivered', 'read', 'answered', 'by_hand')");

void
outbox_one_free(struct outbox_one *one)
{
	message_clear(&one->m);
	free(one->subject);
	free(one->text);
	*one = (struct outbox_one){ 0 };
}

static bool
load_attempts(struct outbox_one *out, struct desk *desk, struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), &MESSAGE_ATTEMPTS, TXT(out->m.id),
		I64(ATTEMPTS_SHOWN));

	while (stmt_row(st) && out->attempt_count < ATTEMPTS_SHOWN) {
		struct attempt *a = &out->attempts[out->attempt_count++];

		a->at = stmt_int(st, 0);
		snprintf(a->result, sizeof(a->result), "%s", stmt_text(st, 1));
		snprintf(a->reply, sizeof(a->reply), "%s", stmt_text(st, 2));
		if (out->attempt_count == 1) {
			out->tries = (int)stmt_int(st, 3);
		}
	}
	return stmt_done(st, err);
}

static bool
load_case(struct outbox_one *out, struct desk *desk, bool *red, struct error *err)
{
	struct stmt *st;

	if (out->m.case_id[0] == '\0') {
		return true;
	}
	st = db_query(desk_db(desk), &CASE_OF_MESSAGE, TXT(out->m.case_id));
	if (stmt_row(st)) {
		case_short_number(out->number, stmt_text(st, 0));
		*red = strcmp(stmt_text(st, 1), "red") == 0;
	}
	return stmt_done(st, err);
}

/* As it left; else as it would leave now.  A text that cannot be made is said in
 * its place: the message is there all the same. */
static void
make_text(struct outbox_one *out, struct desk *desk, bool red)
{
	struct error err = ERROR_INIT;
	struct json *vars = NULL;

	out->left = out->m.text != NULL;
	if (out->left) {
		out->subject = xstrdup(out->m.subject != NULL ? out->m.subject : "");
		out->text = answer_mark_fill(out->m.text,
			_("(a link of the receiver's own)"));
		return;
	}
	if (!json_parse(&vars, out->m.vars, strlen(out->m.vars), NULL, &err)
		|| !template_render(&out->subject, &out->text, &(struct template_in){
			.name = out->m.template, .language = out->m.language, .vars = vars,
			.zone = desk_zone(desk), .drill = out->m.drill, .red = red,
			.outside = strcmp(out->m.to_kind, "member") != 0 }, &err)) {
		out->subject = xstrdup("");
		out->text = xstrdup(err.message);
	}
	json_free(vars);
}

static bool
load_next(struct outbox_one *out, struct desk *desk, struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), &MESSAGE_NEXT, TXT(out->m.id));

	if (stmt_row(st)) {
		out->next_at = stmt_int(st, 0);
		snprintf(out->why, sizeof(out->why), "%s", stmt_text(st, 1));
	} else if (out->m.not_before > desk_now(desk)) {
		out->next_at = out->m.not_before;
		snprintf(out->why, sizeof(out->why), "quiet");
	}
	if (!stmt_done(st, err) || !db_one_int(desk_db(desk), &MESSAGE_CALL,
			&out->call_next_at, err, TXT(out->m.escalation))) {
		return false;
	}
	out->call_next_at = out->call_next_at == NO_DUE ? 0 : out->call_next_at;
	return (out->m.bundle[0] == '\0' ||
		db_one_int(desk_db(desk), &MESSAGE_WITH, &out->with, err, TXT(out->m.bundle)));
}

bool
outbox_one_load(struct outbox_one *out, struct desk *desk, const char *id,
	struct error *err)
{
	struct db *db = desk_db(desk);
	int64_t claims = 0, down = 0;
	bool red = false;

	*out = (struct outbox_one){ 0 };
	if (!message_find(&out->m, desk, id, err) || !load_case(out, desk, &red, err)
		|| !load_attempts(out, desk, err)
		|| !load_next(out, desk, err)
		|| !db_one_int(db, &MESSAGE_CLAIMS, &claims, err, TXT(out->m.id))
		|| !db_one_int(db, &CHANNEL_DOWN, &down, err, TXT(out->m.channel))) {
		outbox_one_free(out);
		return false;
	}
	out->sending = claims > 0;
	out->channel_down = down > 0;
	make_text(out, desk, red);
	return true;
}

bool
outbox_health_load(struct outbox_health *out, struct desk *desk, struct error *err)
{
	const struct zone *zone = desk_zone(desk);
	struct civil day = zone_civil(zone, desk_now(desk));
	struct stmt *st;
	int64_t midnight;

	day.hour = day.minute = day.second = day.milli = 0;
	midnight = zone_moment(zone, &day, NULL);
	st = db_query(desk_db(desk), &CHANNELS, I64(CHANNELS_SHOWN));

	*out = (struct outbox_health){ 0 };
	while (stmt_row(st) && out->channel_count < CHANNELS_SHOWN) {
		struct channel_health *c = &out->channels[out->channel_count++];

		snprintf(c->name, sizeof(c->name), "%s", stmt_text(st, 0));
		c->down = strcmp(stmt_text(st, 1), "down") == 0;
		c->since = stmt_int(st, 2);
		snprintf(c->reply, sizeof(c->reply), "%s", stmt_text(st, 3));
		c->ok_at = stmt_int(st, 4);
	}
	return stmt_done(st, err)
		&& db_one_int(desk_db(desk), &TOLD_TODAY, &out->told_today, err, I64(midnight));
}
