/* call_correct.c: a call that was recorded wrongly stays as it was recorded; the
 * correction stands beside it, with what is right. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/call.h"
#include "core/change.h"
#include "core/columns.h"
#include "core/i18n.h"
#include "core/limits.h"
#include "core/mem.h"
#include "core/outbox.h"
#include "core/person.h"
#include "core/post.h"
#include "core/text.h"
#include "core/thing.h"

const struct word call_corrections[] = {
	{ "answered", N_("call|answered") },
	{ "no_answer", N_("call|no answer") },
	{ "wrong_number", N_("call|wrong number") },
	{ "not_made", N_("call|was not made") },
	{ 0 },
};

#define CALL_COLUMNS "SELECT id, n, to_kind, to_id, to_name, role, outcome, result," \
	" message_id, number, called_at, answered_by FROM phone_call WHERE case_id = $1 "
SQL(CALL_OF_N, "ti", CALL_COLUMNS "AND n = $2");
SQL(CALL_NEWEST_OF, "tt", CALL_COLUMNS "AND to_id = $2 AND outcome <> 'corrected'"
	" ORDER BY n DESC LIMIT 1");
SQL(CALL_ANSWERED, "tt", "SELECT answered_by, called_at FROM phone_call"
	" WHERE case_id = $1 AND to_id = $2 AND outcome = 'answered' ORDER BY n LIMIT 1");
SQL(CORRECT_LOGIN, "t", "SELECT login FROM member WHERE id = $1");
SQL(CORRECT_POINT, "t", "SELECT n FROM point WHERE id = $1");
SQL(CORRECTED_BY, "t",
	"SELECT COALESCE(e.acts_for, e.actor_login) FROM field_version v"
	" JOIN event e ON e.seq = v.seq WHERE v.subject = $1 AND v.field = 'outcome'");

struct wrong {
	char id[UUID_SIZE], to_id[UUID_SIZE], message[UUID_SIZE];
	int n;
	char to_kind[12], outcome[16];
	char *to_name, *role, *result, *number, *answered_by;
	int64_t at;
};

static void
wrong_clear(struct wrong *w)
{
	free(w->to_name);
	free(w->role);
	free(w->result);
	free(w->number);
	free(w->answered_by);
}

static bool
find(struct wrong *out, struct desk *desk, const struct call_correction *what,
	struct error *err)
{
	struct db *db = desk_db(desk);
	struct callee to = { 0 };
	struct stmt *st;

	if (what->n == 0 && !callee_find(&to, desk, what->case_id, what->of, err)) {
		return false;
	}
	st = what->n != 0 ? db_query(db, &CALL_OF_N, TXT(what->case_id), I64(what->n))
		: db_query(db, &CALL_NEWEST_OF, TXT(what->case_id), TXT(to.id));
	if (stmt_row(st)) {
		*out = (struct wrong){ .n = (int)stmt_int(st, 1), .to_name = stmt_dup(st, 4),
			.role = stmt_dup(st, 5), .result = stmt_dup(st, 7),
			.number = stmt_dup(st, 9), .at = stmt_int(st, 10),
			.answered_by = stmt_dup(st, 11) };
		(void)snprintf(out->id, UUID_SIZE, "%s", stmt_text(st, 0));
		(void)snprintf(out->to_kind, sizeof out->to_kind, "%s", stmt_text(st, 2));
		(void)snprintf(out->to_id, UUID_SIZE, "%s", stmt_text(st, 3));
		(void)snprintf(out->outcome, sizeof out->outcome, "%s", stmt_text(st, 6));
		(void)snprintf(out->message, UUID_SIZE, "%s", stmt_text(st, 8));
	}
	callee_clear(&to);
	if (!stmt_done(st, err)) {
		return false;
	}
	if (out->n == 0 && what->n == 0) {
		return error_set(err, ERR_NOT_FOUND, _("no call of theirs is recorded"));
	}
	return out->n != 0 || error_set(err, ERR_NOT_FOUND, _("this case has no call %d"),
		what->n);
}

/* Whom it was, as call_add() wants it; the caller frees. */
static bool
whom(char **to, const struct wrong *w, struct desk *desk, struct error *err)
{
	char *login = NULL;
	int64_t n = 0;

	*to = NULL;
	if (strcmp(w->to_kind, "contact") == 0) {
		*to = xstrdup(w->role);
	} else if (strcmp(w->to_kind, "member") == 0) {
		if (!db_one_text(desk_db(desk), &CORRECT_LOGIN, &login, err, TXT(w->to_id))) {
			return false;
		}
		*to = xasprintf("member:%s", login != NULL ? login : "");
		free(login);
	} else if (strcmp(w->to_kind, "point") == 0) {
		if (!db_one_int(desk_db(desk), &CORRECT_POINT, &n, err, TXT(w->to_id))) {
			return false;
		}
		*to = xasprintf("point:%lld", (long long)n);
	} else {
		*to = xasprintf("unit:%s", w->to_id);
	}
	return true;
}

/* What it settled waits again: whoever was not told is not told. */
static bool
take_up_again(const struct wrong *w, struct desk *desk, const char *case_id,
	const char *why, struct error *err)
{
	struct message m = { 0 };
	bool ok;

	if (strcmp(w->outcome, "answered") != 0) {
		return true;
	}
	if (strcmp(w->to_kind, "point") == 0 || strcmp(w->to_kind, "unit") == 0) {
		ok = post_unanswered(desk, case_id, w->to_id, w->answered_by, w->at, err);
	} else {
		ok = true;
	}
	if (!ok || w->message[0] == '\0') {
		return ok;
	}
	ok = message_find(&m, desk, w->message, err) &&
		(strcmp(m.state, "by_hand") != 0 || outbox_hold(desk, m.id, why, err));
	message_clear(&m);
	return ok;
}

static void
strike(const struct wrong *w, struct desk *desk, const char *case_id, const char *why)
{
	struct json *body = thing_change("phone_call", w->id);

	set_text(body, "outcome", w->outcome, "corrected");
	set_text(body, "result", w->result, why);
	json_set_int(body, "n", w->n);
	json_set_text(body, "to_name", w->to_name);
	json_set_text(body, "why", why);
	change_add(desk, "phone_call_corrected", case_id, body);
}

static const char *
kept(const char *given, const char *wrong)
{
	return given != NULL ? given : wrong[0] != '\0' ? wrong : NULL;
}

/* The right one, unless none was made. */
static bool
record(const struct wrong *w, struct desk *desk, const struct call_correction *what,
	struct call_done *done, struct error *err)
{
	struct call_new right = { .case_id = what->case_id, .outcome = what->outcome,
		.answered_by = what->answered_by, .result = what->result,
		.at = what->at != 0 ? what->at : w->at,
		.number = kept(what->number, what->to == NULL ? w->number : ""),
		.message = kept(what->message, what->to == NULL ? w->message : ""),
		.verified = what->verified, .corrects = w->n };
	char *to = NULL;
	bool ok;

	if (strcmp(what->outcome, "not_made") == 0) {
		return true;
	}
	if (what->to == NULL && !whom(&to, w, desk, err)) {
		return false;
	}
	right.to = what->to != NULL ? what->to : to;
	ok = call_add(desk, &right, done, err);
	free(to);
	return ok;
}

/* Another call to them, that somebody answered, confirms by itself. */
static bool
others_count(const struct wrong *w, struct desk *desk, const char *case_id,
	struct error *err)
{
	struct callee to = { 0 };
	struct stmt *st;
	char *spec = NULL, *by = NULL;
	int64_t at = 0;
	bool ok;

	if (strcmp(w->outcome, "answered") != 0 ||
	    (strcmp(w->to_kind, "point") != 0 && strcmp(w->to_kind, "unit") != 0)) {
		return true;
	}
	st = db_query(desk_db(desk), &CALL_ANSWERED, TXT(case_id), TXT(w->to_id));
	if (stmt_row(st)) {
		by = stmt_dup(st, 0);
		at = stmt_int(st, 1);
	}
	ok = stmt_done(st, err);
	if (ok && by != NULL) {
		ok = whom(&spec, w, desk, err) && callee_find(&to, desk, case_id, spec, err) &&
			post_answered(desk, case_id, &to, by, at, err) && change_flush(desk, err);
		callee_clear(&to);
		free(spec);
	}
	free(by);
	return ok;
}

static bool
corrected_already(const struct wrong *w, struct desk *desk, struct error *err)
{
	char *by = NULL;

	if (db_one_text(desk_db(desk), &CORRECTED_BY, &by, err, TXT(w->id))) {
		(void)error_set(err, ERR_CONFLICT,
			_("call %d was corrected already, by %s: %.200s"), w->n,
			PERSON(desk, by), w->result);
	}
	free(by);
	return false;
}

static bool
correct(struct desk *desk, const struct call_correction *what, const char *why,
	struct call_done *done, struct error *err)
{
	struct wrong w = { .n = 0 };
	bool ok = find(&w, desk, what, err);

	if (ok && strcmp(w.outcome, "corrected") == 0) {
		ok = corrected_already(&w, desk, err);
	}
	ok = ok && take_up_again(&w, desk, what->case_id, why, err);
	if (ok) {
		strike(&w, desk, what->case_id, why);
		ok = change_flush(desk, err) &&
			others_count(&w, desk, what->case_id, err) &&
			record(&w, desk, what, done, err);
	}
	wrong_clear(&w);
	return ok;
}

static bool
is_given(const char *text)
{
	return text != NULL && text[0] != '\0';
}

/* Of a call that was not made nothing else can be right. */
static bool
fits_none(const struct call_correction *what, struct error *err)
{
	return strcmp(what->outcome, "not_made") != 0 ||
		(!is_given(what->to) && !is_given(what->answered_by) &&
			!is_given(what->result) && !is_given(what->number) &&
			!is_given(what->message) && !what->verified && what->at == 0) ||
		error_set(err, ERR_BAD_INPUT, _("a call that was not made has no answer, no"
			" time and nobody who was called: leave these empty"));
}

bool
call_correct(struct desk *desk, const struct call_correction *what, struct call_done *done,
	struct error *err)
{
	const char *given = what->why == NULL ? "" : what->why;
	char *why = NULL;
	bool known = false;
	bool ok;

	*done = (struct call_done){ 0 };
	for (const struct word *w = call_corrections; w->word != NULL; w++) {
		known = known || strcmp(w->word, what->outcome) == 0;
	}
	if (!known) {
		return error_set(err, ERR_BAD_INPUT, _("the outcome \"%.40s\" is not one of:"
			" answered, no_answer, wrong_number, not_made"), what->outcome);
	}
	if (!fits_none(what, err) || !desk_may(desk, ACT_WORK, err) ||
	    !text_accept(&why, given, strlen(given), TEXT_MANY_LINES, limit(LIMIT_NOTE),
		    _("what was wrong"), err)) {
		free(why);
		return false;
	}
	ok = why[0] != '\0' || error_set(err, ERR_BAD_INPUT,
		_("what was wrong?  A correction says why"));
	if (ok) {
		ok = change_begin(desk, err);
		ok = ok && change_end(desk, correct(desk, what, why, done, err), err);
	}
	free(why);
	return ok;
}
