/* tin_act.c owns what is done with a tin: taken up, answered, added to a case, made
 * into a case, a request for help, ended. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/case.h"
#include "core/case_open.h"
#include "core/change.h"
#include "core/columns.h"
#include "core/conflict.h"
#include "core/i18n.h"
#include "core/limits.h"
#include "core/mem.h"
#include "core/person.h"
#include "core/setting.h"
#include "core/text.h"
#include "core/thing.h"
#include "core/tin_private.h"

SQL(TIN_STATE_BY, "t",
	"SELECT COALESCE(e.acts_for, e.actor_login) FROM field_version v"
	" JOIN event e ON e.seq = v.seq WHERE v.subject = $1 AND v.field = 'state'");

struct json *
tin_body(const struct tin *tin)
{
	struct json *body = thing_change("tin", tin->id);

	json_set_text(body, "number", tin->number);
	json_set_text(body, "unit_name", tin->unit_name);
	json_set_text(body, "caller", tin->caller);
	return body;
}

const char *
tin_place(const struct tin *tin)
{
	return tin->case_id[0] == '\0' ? NULL : tin->case_id;
}

bool
tin_by_me(struct desk *desk, const struct tin *tin, const char *what, struct error *err)
{
	char *who = NULL;
	bool mine;

	if (!db_one_text(desk_db(desk), &TIN_STATE_BY, &who, err, TXT(tin->id))) {
		return false;
	}
	mine = who != NULL && strcmp(who, desk_me(desk)->login) == 0;
	if (!mine) {
		(void)error_set(err, ERR_CONFLICT, _("%s: %s, by %s"), tin->number, what,
			PERSON(desk, who));
	}
	free(who);
	return mine;
}

/* Decides; false with *err.  An empty body: nothing to change. */
typedef bool decide_fn(struct desk *desk, const struct tin *tin, void *arg,
	struct json *body, struct error *err);

static bool
act(struct desk *desk, const char *id, const char *kind, decide_fn *decide, void *arg,
	struct error *err)
{
	struct tin tin = { 0 };
	struct json *body = NULL;
	bool ok;

	if (!desk_may(desk, ACT_WORK, err) || !change_begin(desk, err)) {
		return false;
	}
	ok = change_flush(desk, err) && tin_find(&tin, desk, id, err);
	if (ok) {
		body = tin_body(&tin);
		ok = decide(desk, &tin, arg, body, err);
	}
	ok = change_end_with(desk, ok, set_count(body) > 0 ? kind : NULL, tin_place(&tin),
		body, err);
	tin_clear(&tin);
	return ok;
}

static bool
set_state(struct desk *desk, const struct tin *tin, const char *to, struct json *body,
	struct error *err)
{
	if (!change_guard(desk, tin->id, "state", to, tin->state, err)) {
		return false;
	}
	if (strcmp(tin->state, to) != 0) {
		set_text(body, "state", tin->state, to);
	}
	return true;
}

static void
set_handler(struct desk *desk, const struct tin *tin, struct json *body)
{
	const char *me = desk_me(desk)->id;

	if (strcmp(tin->handler_id, me) != 0) {
		set_text(body, "handler_id", tin->handler_id[0] == '\0' ? NULL : tin->handler_id,
			me);
		json_set_text(body, "handler", desk_me(desk)->login);
	}
}

static bool
is(const struct tin *tin, const char *state)
{
	return strcmp(tin->state, state) == 0;
}

/* ---- take ---- */

/* Its end settled what was promised; the caller waits for an answer again. */
static bool
promise_again(struct desk *desk, const struct tin *tin, struct json *body,
	struct error *err)
{
	int64_t minutes;

	if (tin->reply_by != NO_DUE && tin->reply_by > desk_now(desk)) {
		return true;
	}
	if (!setting_int(desk, "reply_minutes", &minutes, err)) {
		return false;
	}
	set_int(body, "reply_by", tin->reply_by, desk_now(desk) + minutes * 60000);
	return true;
}

static bool
decide_take(struct desk *desk, const struct tin *tin, void *arg, struct json *body,
	struct error *err)
{
	(void)arg;
	if (is(tin, "joined")) {
		return error_set(err, ERR_REFUSED, _("%s is in case %s: work there"), tin->number,
			tin->case_number);
	}
	if (tin->handler_id[0] != '\0' && tin->ended_at == 0) {
		return strcmp(tin->handler_id, desk_me(desk)->id) == 0 ||
			error_set(err, ERR_CONFLICT, _("%s: taken up already, by %s"),
				tin->number, PERSON(desk, tin->handler));
	}
	set_handler(desk, tin, body);
	if (tin->ended_at != 0) { /* ended too early: open again */
		set_int(body, "ended_at", tin->ended_at, 0);
		if (!promise_again(desk, tin, body, err)) {
			return false;
		}
	}
	return set_state(desk, tin, "taken", body, err);
}

bool
tin_take(struct desk *desk, const char *id, struct error *err)
{
	return act(desk, id, "tin_taken", decide_take, NULL, err);
}

/* ---- reply ---- */

struct replying {
	const char *how;
	int64_t next_by;
};

static bool
decide_reply(struct desk *desk, const struct tin *tin, void *arg, struct json *body,
	struct error *err)
{
	const struct replying *r = arg;
	char *how = NULL;

	if (!tin_text(&how, r->how, limit(LIMIT_NOTE), _("how"), err) ||
	    !change_guard_int(desk, tin->id, "replied_at", desk_now(desk), tin->replied_at,
		    err)) {
		free(how);
		return false;
	}
	if (how == NULL || how[0] == '\0') {
		free(how);
		(void)error_set(err, ERR_BAD_INPUT,
			_("say how the caller was told, as in \"phone: ...\""));
		return error_how(err, "--how");
	}
	set_int(body, "replies", tin->replies, tin->replies + 1);
	set_int(body, "replied_at", tin->replied_at, desk_now(desk));
	set_text(body, "replied_how", tin->replied_how, how);
	if (tin->reply_by != r->next_by) {
		set_int(body, "reply_by", tin->reply_by, r->next_by);
	}
	if (is(tin, "new")) {
		set_handler(desk, tin, body);
		set_text(body, "state", "new", "taken");
	}
	free(how);
	return true;
}

bool
tin_reply(struct desk *desk, const char *id, const char *how, int64_t next_by,
	struct error *err)
{
	struct replying r = { .how = how, .next_by = next_by == 0 ? NO_DUE : next_by };

	if (r.next_by <= desk_now(desk)) {
		return error_set(err, ERR_BAD_INPUT, _("no answer is promised for the past"));
	}
	return act(desk, id, "tin_replied", decide_reply, &r, err);
}

/* ---- a case ---- */

/* A case that was merged away gives its callers to the one it is now. */
static bool
case_to_join(struct ir_case *out, struct desk *desk, const char *case_id,
	struct error *err)
{
	char into[UUID_SIZE];

	if (!case_load(out, desk, case_id, err)) {
		return false;
	}
	if (out->merged_into[0] == '\0') {
		return true;
	}
	memcpy(into, out->merged_into, UUID_SIZE);
	case_clear(out);
	return case_load(out, desk, into, err);
}

static bool
may_join(const struct tin *tin, const struct ir_case *c, struct error *err)
{
	if (tin->drill != c->drill) {
		return error_set(err, ERR_REFUSED,
			_("%s and %s: an exercise and the real thing stay apart"), tin->number,
			c->number);
	}
	return true;
}

/* Said once more in the case: who opens it has not read the report. */
static bool
is_secret(const struct tin *tin)
{
	return strcmp(tin->secret, "yes") == 0;
}

static void
set_joined(struct desk *desk, const struct tin *tin, const struct ir_case *c,
	struct json *body)
{
	set_text(body, "case_id", tin->case_id[0] == '\0' ? NULL : tin->case_id, c->id);
	if (!is(tin, "joined")) {
		set_text(body, "state", tin->state, "joined");
	}
	if (tin->handler_id[0] == '\0') {
		set_handler(desk, tin, body);
	}
	if (tin->ended_at == 0) {
		set_int(body, "ended_at", 0, desk_now(desk));
	}
	json_set_text(body, "case", c->number);
	json_set_text(body, "what", tin->what);
	if (is_secret(tin)) {
		json_set_text(body, "secret", tin->secret);
	}
	json_set_text(body, "post", tin->post);
	json_set_text(body, "callback", tin->callback);
}

/* Where another has put it, it stays, unless who answers for it says why. */
static bool
may_move(struct desk *desk, const struct tin *tin, const char *reason, struct error *err)
{
	const struct actor *me = desk_me(desk);
	bool answers = strcmp(tin->handler_id, me->id) == 0 || me->role >= ROLE_COORDINATOR;
	char *who = NULL;
	bool ok;

	if (tin->case_id[0] == '\0') {
		return true;
	}
	if (!field_set_by(&who, desk, tin->id, "case_id", err)) {
		return false;
	}
	ok = (who != NULL && strcmp(who, me->login) == 0) || (answers && reason[0] != '\0');
	if (!ok) {
		(void)error_set(err, ERR_CONFLICT, answers
			? _("%s is in case %s already, put there by %s: say why it moves")
			: _("%s is in case %s already, put there by %s: who has the report or"
			    " a coordinator moves it, for a reason"),
			tin->number, tin->case_number, PERSON(desk, who));
		(void)(answers && error_how(err, "--reason"));
	}
	free(who);
	return ok;
}

static struct json *
moved_body(const struct tin *tin, const struct ir_case *to, const char *reason)
{
	struct json *body = tin_body(tin);

	json_set_text(body, "case", to->number);
	if (reason[0] != '\0') {
		json_set_text(body, "reason", reason);
	}
	return body;
}

static bool
join(struct desk *desk, const struct tin *tin, const char *case_id, const char *reason,
	struct error *err)
{
	struct ir_case c = { 0 };
	struct json *body;
	bool ok = case_to_join(&c, desk, case_id, err) && may_join(tin, &c, err);

	if (ok && strcmp(tin->case_id, c.id) != 0 &&
	    (ok = may_move(desk, tin, reason, err) &&
		    change_guard(desk, tin->id, "state", "joined", tin->state, err))) {
		if (tin->case_id[0] != '\0') {
			change_add(desk, "tin_left", tin->case_id, moved_body(tin, &c, reason));
		}
		body = tin_body(tin);
		set_joined(desk, tin, &c, body);
		change_add(desk, "tin_joined", c.id, body);
	}
	case_clear(&c);
	return ok;
}

bool
tin_join(struct desk *desk, const char *id, const char *case_id, const char *reason,
	struct error *err)
{
	struct tin tin = { 0 };
	char *why = NULL;
	bool ok;

	if (!desk_may(desk, ACT_WORK, err) ||
	    !tin_text(&why, reason == NULL ? "" : reason, limit(LIMIT_NOTE), _("reason"),
		    err)) {
		return false;
	}
	if (!change_begin(desk, err)) {
		free(why);
		return false;
	}
	ok = change_flush(desk, err) && tin_find(&tin, desk, id, err) &&
		join(desk, &tin, case_id, why, err);
	free(why);
	tin_clear(&tin);
	return change_end(desk, ok, err);
}

/* Who reported: "Nam, VP UBND, Xã Ba Tơ, 0914...": what fits into a name. */
static char *
reporter(const struct tin *tin)
{
	const char *const parts[] = { tin->caller, tin->post, tin->unit_name, tin->callback };
	struct buf out = { 0 };
	char *text;

	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		if (parts[i][0] != '\0' &&
		    out.len + strlen(parts[i]) + 2 <= limit(LIMIT_NAME)) {
			buf_addf(&out, "%s%s", out.len > 0 ? ", " : "", parts[i]);
		}
	}
	text = buf_take(&out);
	return text;
}

static bool
open_of(struct desk *desk, const struct tin *tin, char case_id[UUID_SIZE],
	struct error *err)
{
	char *from = reporter(tin);
	const struct case_new what = {
		.kind = tin->kind[0] != '\0' ? tin->kind : "other", .title = tin->what,
		.asset = tin->asset, .reporter = from, .drill = tin->drill,
		.detected_at = tin->detected_at != 0 ? tin->detected_at : tin->reported_at,
	};
	bool ok = case_open(desk, &what, case_id, err) && change_flush(desk, err) &&
		join(desk, tin, case_id, "", err);

	free(from);
	return ok;
}

bool
tin_open_case(struct desk *desk, const char *id, char case_id[UUID_SIZE],
	struct error *err)
{
	struct tin tin = { 0 };
	bool ok;

	if (!desk_may(desk, ACT_CASE_NEW, err) || !change_begin(desk, err)) {
		return false;
	}
	ok = change_flush(desk, err) && tin_find(&tin, desk, id, err);
	if (ok && is(&tin, "joined")) {
		char *what = xasprintf(_("in case %s already"), tin.case_number);

		ok = tin_by_me(desk, &tin, what, err) && error_set(err, ERR_REFUSED,
			_("%s is in case %s already"), tin.number, tin.case_number);
		free(what);
	}
	if (ok && tin.ended_at != 0) {
		ok = error_set(err, ERR_REFUSED, _("%s is ended: take it up again first"),
			tin.number);
	}
	ok = ok && open_of(desk, &tin, case_id, err);
	tin_clear(&tin);
	return change_end(desk, ok, err);
}

/* ---- the end ---- */

struct ending {
	const char *state, *column, *text, *already;
	const char *missing, *how; /* said, and typed */
};

static bool
decide_end(struct desk *desk, const struct tin *tin, void *arg, struct json *body,
	struct error *err)
{
	const struct ending *e = arg;
	char *text = NULL;

	if (is(tin, e->state)) {
		return tin_by_me(desk, tin, _(e->already), err);
	}
	if (is(tin, "joined")) {
		return error_set(err, ERR_REFUSED, _("%s is in case %s: it ends with the case"),
			tin->number, tin->case_number);
	}
	if (!tin_text(&text, e->text, limit(LIMIT_NOTE), _("reason"), err)) {
		return false;
	}
	if (text == NULL || text[0] == '\0') {
		free(text);
		(void)error_set(err, ERR_BAD_INPUT, "%s", _(e->missing));
		return error_how(err, "%s", e->how);
	}
	set_text(body, e->column, strcmp(e->column, "reason") == 0 ? tin->reason : tin->result,
		text);
	free(text);
	if (tin->ended_at == 0) {
		set_int(body, "ended_at", 0, desk_now(desk));
	}
	if (tin->reply_by != NO_DUE) { /* the promise is settled by who ends it */
		set_int(body, "reply_by", tin->reply_by, NO_DUE);
	}
	set_handler(desk, tin, body);
	return set_state(desk, tin, e->state, body, err);
}

bool
tin_close(struct desk *desk, const char *id, const char *reason, struct error *err)
{
	struct ending e = { .state = "closed", .column = "reason", .text = reason,
		.already = N_("closed already"),
		.missing = N_("closing a report needs the reason"),
		.how = "--reason" };

	return act(desk, id, "tin_closed", decide_end, &e, err);
}

static bool
decide_done(struct desk *desk, const struct tin *tin, void *arg, struct json *body,
	struct error *err)
{
	if (!is(tin, "help") && !is(tin, "done")) {
		return error_set(err, ERR_REFUSED,
			_("%s: no help was asked for; close it with a reason instead"),
			tin->number);
	}
	return decide_end(desk, tin, arg, body, err);
}

bool
tin_done(struct desk *desk, const char *id, const char *result, struct error *err)
{
	struct ending e = { .state = "done", .column = "result", .text = result,
		.already = N_("done already"),
		.missing = N_("say what came of the help"), .how = "--result" };

	return act(desk, id, "tin_done", decide_done, &e, err);
}
