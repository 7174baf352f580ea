/* call.c records telephone calls, and what they settle. */
#include "core/call.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/case.h"
#include "core/change.h"
#include "core/contact_check.h"
#include "core/i18n.h"
#include "core/limits.h"
#include "core/mem.h"
#include "core/outbox_hand.h"
#include "core/person.h"
#include "core/post.h"
#include "core/text.h"
#include "core/thing.h"
#include "core/when.h"

#define ALSO_MS (30 * 60000LL) /* two calls nearer than this are worth a word */
#define SETTLED_MAX 32

const struct word call_outcomes[] = {
	{ "answered", N_("call|answered") },
	{ "no_answer", N_("call|no answer") },
	{ "wrong_number", N_("call|wrong number") },
	{ 0 },
};

SQL(CALL_NEXT_N, "t",
	"SELECT n + 1 FROM phone_call WHERE case_id = $1 ORDER BY n DESC LIMIT 1");
SQL(CALL_NEXT_OF_NONE, "",
	"SELECT COUNT(*) + 1 FROM phone_call WHERE case_id IS NULL");
SQL(CALL_LAST, "tt",
	"SELECT COALESCE(m.name, ''), p.called_at, p.outcome, p.answered_by, p.caller_id"
	" FROM phone_call p LEFT JOIN member m ON m.id = p.caller_id"
	" WHERE p.to_id = $1 AND p.case_id = $2 AND p.outcome <> 'corrected'"
	" ORDER BY p.n DESC LIMIT 1");
SQL(CALLS_AFTER, "ti",
	"SELECT seq, recorded_at, actor_login, body FROM event WHERE case_id = $1"
	" AND seq > $2 AND kind = 'phone_call_added' AND body IS NOT NULL ORDER BY seq");
/* What waits for them: of a member only what did not reach him. */
SQL(WAITS_FOR, "tt",
	"SELECT " MESSAGE_COLUMNS " FROM message WHERE case_id = $1 AND to_id = $2"
	" AND state IN ('queued', 'held', 'failed', 'unknown', 'expired')"
	" ORDER BY position");
SQL(CALL_NOTED, "tti",
	"INSERT INTO local_fact (name, value, at) VALUES ($1, $2, $3)"
	" ON CONFLICT (name) DO UPDATE SET value = excluded.value, at = excluded.at");
SQL(CALLING_GONE, "t", "DELETE FROM local_fact WHERE name = $1");
SQL(CALLING_MINE, "tt", "DELETE FROM local_fact WHERE name = $1"
	" AND substr(value, 1, 36) = $2");
SQL(CALLING_OLD, "i", "DELETE FROM local_fact WHERE name >= 'calling.'"
	" AND name < 'calling/' AND at < $1");
SQL(CALLING_NOW, "t", "SELECT value, at FROM local_fact WHERE name = $1");

/* ---- who is calling ---- */

static char *
calling_name(const char *case_id, const char *to_id)
{
	return xasprintf("calling.%s.%s", case_id == NULL ? "" : case_id, to_id);
}

bool
call_began(struct desk *desk, const char *case_id, const char *to_id, struct error *err)
{
	struct db *db = desk_db(desk);
	char *name;
	char *value;
	bool ok;

	if (desk_readonly(desk)) {
		return true;
	}
	if (!db_begin(db, err)) {
		return false;
	}
	name = calling_name(case_id, to_id);
	value = xasprintf("%s\t%s", desk_me(desk)->id, desk_me(desk)->name);
	ok = db_run(db, &CALLING_OLD, err, I64(desk_now(desk) - CALLING_MS)) &&
		db_run(db, &CALL_NOTED, err, TXT(name), TXT(value), I64(desk_now(desk)));
	free(value);
	free(name);
	if (ok) {
		return db_commit(db, err);
	}
	db_rollback(db);
	return false;
}

bool
call_not_made(struct desk *desk, const char *case_id, const char *to_id,
	struct error *err)
{
	char *name = calling_name(case_id, to_id);
	bool ok = desk_readonly(desk) || db_run(desk_db(desk), &CALLING_MINE, err, TXT(name),
		TXT(desk_me(desk)->id));

	free(name);
	return ok;
}

bool
call_under_way(struct desk *desk, const char *case_id, const char *to_id, char **who,
	int64_t *since, struct error *err)
{
	char *name = calling_name(case_id, to_id);
	struct stmt *st = db_query(desk_db(desk), &CALLING_NOW, TXT(name));

	*who = NULL;
	*since = 0;
	free(name);
	if (stmt_row(st) && stmt_int(st, 1) > desk_now(desk) - CALLING_MS) {
		const char *value = stmt_text(st, 0);
		const char *tab = strchr(value, '\t');
		size_t len = tab == NULL ? strlen(value) : (size_t)(tab - value);

		if (tab != NULL && (strlen(desk_me(desk)->id) != len ||
			    strncmp(desk_me(desk)->id, value, len) != 0)) {
			*who = xstrdup(tab + 1);
			*since = stmt_int(st, 1);
		}
	}
	return stmt_done(st, err);
}

/* ---- recording ---- */

/* A call being made, with its texts as they are accepted. */
struct calling {
	struct desk *desk;
	const struct call_new *what;
	struct callee to;
	struct ir_case c;
	char *answered_by, *result, *reply;
	char *number;  /* that was dialled */
	char message[UUID_SIZE];
	bool answered;
	struct call_done *done;
	struct json *also; /* {by, at} of another's call; goes into the entry */
};

static bool
accept(struct calling *k, struct error *err)
{
	const char *by = k->what->answered_by == NULL ? "" : k->what->answered_by;
	const char *result = k->what->result == NULL ? "" : k->what->result;
	const char *number = k->what->number == NULL ? "" : k->what->number;
	bool known = false;

	for (const struct word *w = call_outcomes; w->word != NULL; w++) {
		known = known || strcmp(w->word, k->what->outcome) == 0;
	}
	if (!known) {
		return error_set(err, ERR_BAD_INPUT,
			_("the outcome \"%.40s\" is not one of: answered, no_answer, wrong_number"),
			k->what->outcome);
	}
	k->answered = strcmp(k->what->outcome, "answered") == 0;
	if (!text_accept(&k->answered_by, by, strlen(by), TEXT_ONE_LINE, limit(LIMIT_NAME),
		    _("who answered"), err) ||
	    !text_accept(&k->result, result, strlen(result), TEXT_MANY_LINES,
		    limit(LIMIT_NOTE), _("what was said"), err) ||
	    !text_accept(&k->number, number, strlen(number), TEXT_ONE_LINE,
		    limit(LIMIT_NAME), _("number"), err)) {
		return false;
	}
	if (k->answered && k->answered_by[0] == '\0') {
		return error_set(err, ERR_BAD_INPUT,
			_("who answered?  A call without a name proves nothing"));
	}
	if (k->what->at > desk_now(k->desk) + 5 * 60000) {
		return error_set(err, ERR_BAD_INPUT, _("the call lies in the future"));
	}
	k->reply = k->result[0] == '\0' ? xstrdup(k->answered_by)
		: xasprintf("%s: %s", k->answered_by, k->result);
	return true;
}

/* Who else called them lately, and what came of it. */
static bool
look_at_last(struct calling *k, struct error *err)
{
	int64_t at = k->what->at == 0 ? desk_now(k->desk) : k->what->at;
	struct stmt *st = db_query(desk_db(k->desk), &CALL_LAST, TXT(k->to.id),
		TXT(k->what->case_id));

	if (stmt_row(st) && strcmp(stmt_text(st, 4), desk_me(k->desk)->id) != 0 &&
	    stmt_int(st, 1) > at - ALSO_MS && stmt_int(st, 1) < at + ALSO_MS) {
		bool answered = strcmp(stmt_text(st, 2), "answered") == 0;
		char clock[WHEN_SHORT_SIZE];

		when_clock(clock, stmt_int(st, 1), desk_zone(k->desk));
		k->also = json_object();
		json_set_text(k->also, "by", stmt_text(st, 0));
		json_set_int(k->also, "at", stmt_int(st, 1));
		k->done->also = answered
			? xasprintf(_("%s called %s too, at %s: %s answered"), stmt_text(st, 0),
				k->to.name, clock, stmt_text(st, 3))
			: xasprintf(_("%s called %s too, at %s: nobody answered"), stmt_text(st, 0),
				k->to.name, clock);
	}
	return stmt_done(st, err);
}

static bool
same_contact(const char *text, const char *to_id)
{
	struct json *body = NULL;
	struct error ignored;
	const char *to = NULL;
	bool same;

	if (!json_parse(&body, text, strlen(text), NULL, &ignored)) {
		return false;
	}
	to = json_get_text(json_get(body, "row"), "to_id");
	same = to != NULL && strcmp(to, to_id) == 0;
	json_free(body);
	return same;
}

/* --if-version: somebody called them after it. */
static bool
guarded(struct calling *k, struct error *err)
{
	struct stmt *st;
	bool clear = true;

	if (desk_guard(k->desk) == 0) {
		return true;
	}
	st = db_query(desk_db(k->desk), &CALLS_AFTER, TXT(k->what->case_id),
		I64(desk_guard(k->desk)));
	while (clear && stmt_row(st)) {
		if (same_contact(stmt_text(st, 3), k->to.id)) {
			char clock[WHEN_SHORT_SIZE];

			clear = false;
			when_clock(clock, stmt_int(st, 1), desk_zone(k->desk));
			(void)error_set(err, ERR_CONFLICT, _("%s called %s at %s already"),
				PERSON(k->desk, stmt_text(st, 2)), k->to.name, clock);
		}
	}
	return stmt_done(st, clear ? err : &(struct error){ 0 }) && clear;
}

static void
settle_all(struct calling *k, struct message *list, int count)
{
	for (int i = 0; i < count; i++) {
		bool member = strcmp(list[i].to_kind, "member") == 0;

		/* What is on its way to a member by mail goes on by itself. */
		if (!member || strcmp(list[i].state, "queued") != 0) {
			outbox_settle(k->desk, &list[i], "phone", k->reply, k->what->at);
			memcpy(k->message, list[i].id, UUID_SIZE);
		}
		message_clear(&list[i]);
	}
}

/* The message that the caller names: theirs, of this case.  One that was told
 * already stays as it is: then the call stands by itself. */
static bool
settle_named(struct calling *k, struct error *err)
{
	struct message m = { 0 };
	bool ok = message_find(&m, k->desk, k->what->message, err);

	if (ok && strcmp(m.case_id, k->what->case_id) != 0) {
		ok = error_set(err, ERR_NOT_FOUND, _("message %.60s is not of this case"),
			k->what->message);
	} else if (ok && strcmp(m.to_id, k->to.id) != 0) {
		ok = error_set(err, ERR_BAD_INPUT, _("message %.60s is to %s, not to %s"),
			k->what->message, m.to_name, k->to.name);
	} else if (ok && message_may_be_told(m.state)) {
		outbox_settle(k->desk, &m, "phone", k->reply, k->what->at);
		memcpy(k->message, m.id, UUID_SIZE);
	}
	message_clear(&m);
	return ok;
}

static bool
settle(struct calling *k, struct error *err)
{
	struct message list[SETTLED_MAX];
	struct stmt *st;
	int count = 0;

	if (k->what->message != NULL && k->what->message[0] != '\0') {
		return settle_named(k, err);
	}
	st = db_query(desk_db(k->desk), &WAITS_FOR, TXT(k->what->case_id), TXT(k->to.id));
	while (count < SETTLED_MAX && stmt_row(st)) {
		message_from_row(&list[count++], st);
	}
	if (!stmt_done(st, err)) {
		for (int i = 0; i < count; i++) {
			message_clear(&list[i]);
		}
		return false;
	}
	settle_all(k, list, count);
	return true;
}

static const char *
dialled(const struct calling *k)
{
	return k->number[0] != '\0' ? k->number : k->to.number;
}

/* Answered: what waits for them is told, or the call stands by itself. */
static bool
tell(struct calling *k, struct error *err)
{
	const char *said = k->result[0] == '\0' ? NULL : k->result;

	if (!k->answered || k->what->case_id == NULL) {
		return true;
	}
	if (!settle(k, err)) {
		return false;
	}
	if (k->message[0] == '\0') {
		outbox_told(k->desk, &(struct hand_told){ .case_id = k->what->case_id,
			.to_kind = k->to.kind, .to_id = k->to.id, .to_name = k->to.name,
			.role = strcmp(k->to.kind, "contact") == 0 ? k->to.key : "",
			.channel = "phone", .address = dialled(k),
			.template = "goi", .text = said, .reply = k->answered_by,
			.drill = k->c.drill, .at = k->what->at }, k->message);
	}
	return strcmp(k->to.kind, "point") != 0 && strcmp(k->to.kind, "unit") != 0
		? true : post_answered(k->desk, k->what->case_id, &k->to, k->answered_by,
			k->what->at, err);
}

static bool
next_n(struct calling *k, struct error *err)
{
	int64_t n = 1;
	bool ok = k->what->case_id == NULL
		? db_one_int(desk_db(k->desk), &CALL_NEXT_OF_NONE, &n, err, NOARGS)
		: db_one_int(desk_db(k->desk), &CALL_NEXT_N, &n, err, TXT(k->what->case_id));

	k->done->n = (int)n;
	return ok;
}

static struct json *
call_body(struct calling *k)
{
	char id[UUID_SIZE];
	struct json *body = thing_new(k->desk, "phone_call", id);

	row_int(body, "n", k->done->n);
	row_text(body, "message_id", k->message);
	row_text(body, "role", strcmp(k->to.kind, "contact") == 0 ? k->to.key : "");
	row_text(body, "to_kind", k->to.kind);
	row_text(body, "to_id", k->to.id);
	row_text(body, "to_name", k->to.name);
	row_text(body, "number", dialled(k));
	row_int(body, "called_at", k->what->at == 0 ? desk_now(k->desk) : k->what->at);
	row_text(body, "outcome", k->what->outcome);
	row_text(body, "answered_by", k->answered_by);
	row_text(body, "result", k->result);
	row_text(body, "caller_id", desk_me(k->desk)->id);
	if (k->also != NULL) {
		json_set(body, "also", json_copy(k->also));
	}
	if (k->what->corrects != 0) {
		json_set_int(body, "corrects", k->what->corrects);
	}
	return body;
}

static bool
record(struct calling *k, struct error *err)
{
	const struct call_new *what = k->what;
	struct error ignored;
	char *calling;

	if (what->case_id != NULL && !case_load(&k->c, k->desk, what->case_id, err)) {
		return false;
	}
	if (!callee_find(&k->to, k->desk, what->case_id, what->to, err) ||
	    (what->case_id != NULL && (!look_at_last(k, err) || !guarded(k, err))) ||
	    !tell(k, err) || !next_n(k, err)) {
		return false;
	}
	calling = calling_name(what->case_id, k->to.id);
	(void)db_run(desk_db(k->desk), &CALLING_GONE, &ignored, TXT(calling));
	free(calling);
	change_add_at(k->desk, "phone_call_added", what->case_id, call_body(k),
		(struct event_time){ .at = what->at });
	return !what->verified || strcmp(k->to.kind, "contact") != 0 || !k->answered ||
		contact_verify(k->desk, k->to.key, NULL, k->answered_by, err);
}

bool
call_add(struct desk *desk, const struct call_new *what, struct call_done *done,
	struct error *err)
{
	struct calling k = { .desk = desk, .what = what, .done = done };
	bool ok;

	*done = (struct call_done){ 0 };
	ok = desk_may(desk, ACT_WORK, err) && accept(&k, err) && change_begin(desk, err);
	if (ok) {
		ok = change_end(desk, record(&k, err), err);
	}
	callee_clear(&k.to);
	case_clear(&k.c);
	free(k.answered_by);
	free(k.result);
	free(k.number);
	free(k.reply);
	json_free(k.also);
	if (!ok) {
		free(done->also);
		done->also = NULL;
	}
	return ok;
}
