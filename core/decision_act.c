/* decision_act.c owns what people do to a decision: note that nobody
 * answered, answer, take the fall-back by name, note the paper.  What was
 * answered and what was taken both stand, whichever came first. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/change.h"
#include "core/columns.h"
#include "core/conflict.h"
#include "core/decision.h"
#include "core/decision_private.h"
#include "core/document.h"
#include "core/i18n.h"
#include "core/limits.h"
#include "core/person.h"
#include "core/text.h"
#include "core/thing.h"
#include "core/waiting.h"
#include "core/when.h"
#include "core/words.h"


#define MINUTE_MS 60000

struct deciding {
	struct desk *desk;
	struct decision d;
	struct json *body;
	struct json *asking; /* of a call that nobody answered, or NULL */
	const char *kind;
};

typedef bool decide_fn(struct deciding *a, const struct decision_word *word,
	struct error *err);

static bool
change_one(struct desk *desk, const char *case_id, int n, decide_fn *decide,
	const struct decision_word *word, struct error *err)
{
	struct deciding a = { .desk = desk };
	bool ok;

	if (!desk_may(desk, ACT_WORK, err) || !change_begin(desk, err)) {
		return false;
	}
	ok = decision_load(&a.d, desk, case_id, n, err);
	if (ok) {
		a.body = thing_change("decision", a.d.id);
		json_set_int(a.body, "n", n);
		json_set_text(a.body, "question", a.d.question);
		json_set_text(a.body, "name", a.d.name);
		ok = decide(&a, word, err);
	}
	if (ok && set_count(a.body) > 0) {
		struct json *whole = a.body;

		if (a.asking != NULL) {
			struct json *each = json_array();

			json_push(each, a.body);
			json_push(each, a.asking);
			whole = json_object();
			json_set(whole, "each", each);
		}
		change_add(desk, a.kind, case_id, whole);
	} else {
		json_free(a.body);
		json_free(a.asking);
	}
	decision_clear(&a.d);
	return change_end(desk, ok, err);
}

/* One text column from what was typed; no change where it is the same. */
static bool
put_line(struct deciding *a, const char *column, const char *was, const char *text,
	const char *what, struct error *err)
{
	char *clean = NULL;

	if (!decision_line(&clean, text, what, err)) {
		return false;
	}
	if (strcmp(clean, was) != 0) {
		set_text(a->body, column, was, clean);
	}
	free(clean);
	return true;
}

/* Who recorded it, for a conflict that names him. */
static bool
recorded_by(char **out, const struct deciding *a, const char *field, struct error *err)
{
	return field_set_by(out, a->desk, a->d.id, field, err);
}

/* Answered already: by me the same words are no change, else it is a conflict. */
static bool
answered_already(const struct deciding *a, const char *answer, struct error *err)
{
	char *by = NULL;
	bool same;

	if (!recorded_by(&by, a, "answered_at", err)) {
		return false;
	}
	same = by != NULL && strcmp(by, desk_me(a->desk)->login) == 0 &&
		strcmp(answer, a->d.answer) == 0;
	if (!same) {
		(void)error_set(err, ERR_CONFLICT,
			_("decision %d is answered already: %s, by %s (recorded by %s)"), a->d.n,
			decision_label(&a->d, a->d.answer), a->d.answered_by,
			PERSON(a->desk, by));
	}
	free(by);
	return same;
}

static bool
withdrawn(const struct deciding *a, struct error *err)
{
	return strcmp(a->d.state, "withdrawn") != 0 || error_set(err, ERR_REFUSED,
		_("decision %d was withdrawn: ask anew"), a->d.n);
}

static bool
put_paper(struct deciding *a, const struct decision_word *word, struct error *err)
{
	char date[DAY_SIZE];

	if (!decision_given(word->document) ||
	    /* The same paper again, without a date: it keeps the one it has. */
	    (!decision_given(word->date) && strcmp(word->document, a->d.doc_number) == 0)) {
		return true;
	}
	if (!document_day(date, decision_given(word->date) ? word->date : "today", a->desk,
		    err) ||
	    !put_line(a, "doc_number", a->d.doc_number, word->document,
		    _("number of the document"), err)) {
		return false;
	}
	if (strcmp(date, a->d.doc_date) != 0) {
		set_text(a->body, "doc_date", a->d.doc_date, date);
	}
	return true;
}

/* The row keeps why the fall-back was taken; why a later answer is as it is stands
 * in its event. */
static bool
put_late_reason(struct deciding *a, const char *reason, struct error *err)
{
	char *clean = NULL;

	if (!decision_line(&clean, reason, _("reason"), err)) {
		return false;
	}
	if (clean[0] != '\0') {
		json_set_text(a->body, "reason", clean);
	}
	free(clean);
	return true;
}

/* Typed to the minute; nobody answers what was not asked yet. */
static bool
answered_when(int64_t *at, struct deciding *a, const struct decision_word *word,
	struct error *err)
{
	char asked[WHEN_SHORT_SIZE];

	if (!decision_past(at, a->desk, word->at, err)) {
		return false;
	}
	if (*at / MINUTE_MS >= a->d.asked_at / MINUTE_MS) {
		return true;
	}
	when_near(asked, a->d.asked_at, desk_now(a->desk), desk_zone(a->desk));
	return error_set(err, ERR_BAD_INPUT,
		_("%s is before decision %d was asked for, %s"), word->at, a->d.n, asked);
}

static bool
put_answer(struct deciding *a, const struct decision_word *word, const char *answer,
	struct error *err)
{
	bool late = a->d.fallback_at != 0;
	int64_t at = 0;

	if (!answered_when(&at, a, word, err) ||
	    !(late ? put_late_reason(a, word->reason, err)
		    : put_line(a, "reason", a->d.reason, word->reason, _("reason"), err)) ||
	    !put_line(a, "answered_by", a->d.answered_by,
		    decision_given(word->by) ? word->by : a->d.name, _("who answered"), err) ||
	    !put_paper(a, word, err)) {
		return false;
	}
	set_text(a->body, "answer", a->d.answer, answer);
	set_int(a->body, "answered_at", a->d.answered_at, at);
	set_text(a->body, "state", a->d.state, late ? "answered_late" : "answered");
	if (!late) {
		set_int(a->body, "ended_at", a->d.ended_at, desk_now(a->desk));
	}
	json_set_text(a->body, "label", decision_label(&a->d, answer));
	if (decision_given(word->at)) {
		json_set_text(a->body, "typed", word->at);
	}
	if (late) {
		json_set_text(a->body, "fallback", a->d.fallback);
		json_set_int(a->body, "fallback_at", a->d.fallback_at);
	}
	return true;
}

/* A form puts its cursor there, a verb names the option. */
static bool
misses(struct error *err, const char *field)
{
	(void)snprintf(err->detail, sizeof err->detail, "{\"missing\":[\"%s\"]}", field);
	return error_how(err, "--%s", field);
}

static bool
decide_answer(struct deciding *a, const struct decision_word *word, struct error *err)
{
	char *clean = NULL;
	const char *answer;
	bool ok;

	a->kind = "decision_answered";
	if (!withdrawn(a, err) || !decision_line(&clean, word->answer, _("answer"), err)) {
		return false;
	}
	answer = decision_value(&a->d, clean);
	answer = answer != NULL ? answer : clean;
	if (answer[0] == '\0') {
		(void)error_set(err, ERR_BAD_INPUT, _("say what was answered"));
		ok = misses(err, "answer");
	} else if (a->d.answered_at != 0) {
		ok = answered_already(a, answer, err);
	} else {
		ok = change_guard(a->desk, a->d.id, "state", "answered", a->d.state, err) &&
			put_answer(a, word, answer, err);
	}
	free(clean);
	return ok;
}

static bool
decide_try(struct deciding *a, const struct decision_word *word, struct error *err)
{
	const char *channel;
	char *whom = NULL;
	int64_t at = 0;

	a->kind = "decision_tried";
	if (a->d.ended_at != 0) {
		return error_set(err, ERR_CONFLICT, _("decision %d is %s already: %s"), a->d.n,
			word_label(WORDS_DECISION_STATE, a->d.state),
			a->d.answered_at != 0 ? decision_label(&a->d, a->d.answer)
				: a->d.fallback_by);
	}
	if (!decision_channel(&channel, decision_given(word->channel) ? word->channel
		    : a->d.channel, err) || !answered_when(&at, a, word, err) ||
	    !decision_line(&whom, word->by, _("who was called"), err)) {
		return false;
	}
	a->asking = asking_row(a->desk, a->d.id, &(struct asking){ .at = at,
		.by = desk_me(a->desk)->name, .whom = whom[0] != '\0' ? whom : a->d.name,
		.channel = channel, .promised_at = NO_DUE });
	set_int(a->body, "tries", a->d.tries, a->d.tries + 1);
	json_set_text(a->body, "channel", channel);
	if (decision_given(word->at)) {
		json_set_text(a->body, "typed", word->at);
	}
	free(whom);
	return true;
}

/* What stands in the way of taking it; a reason takes all of it on oneself. */
static bool
may_take(const struct deciding *a, const struct decision_word *word, struct error *err)
{
	char until[WHEN_SHORT_SIZE];

	if (a->d.fallback[0] == '\0') {
		return error_set(err, ERR_REFUSED,
			_("decision %d has no fall-back: no plan allows anything without an"
			  " answer"), a->d.n);
	}
	if (decision_given(word->reason)) {
		return true;
	}
	if (a->d.until_at == NO_DUE) {
		(void)error_set(err, ERR_REFUSED,
			_("no time was set for the answer: taking the fall-back needs a reason"));
		return misses(err, "reason");
	}
	if (a->d.until_at > desk_now(a->desk)) {
		when_near(until, a->d.until_at, desk_now(a->desk), desk_zone(a->desk));
		(void)error_set(err, ERR_REFUSED,
			_("the time for the answer is not out before %s: taking the fall-back now"
			  " needs a reason"), until);
		return misses(err, "reason");
	}
	if (strcmp(a->d.authority, "draft") != 0) {
		return true;
	}
	(void)error_set(err, ERR_REFUSED,
		_("the plan is a draft, not approved: its fall-back authorises nobody yet; who"
		  " takes it says why"));
	return misses(err, "reason");
}

static bool
taken_already(const struct deciding *a, struct error *err)
{
	char *by = NULL;
	bool mine;

	if (!recorded_by(&by, a, "fallback_at", err)) {
		return false;
	}
	mine = by != NULL && strcmp(by, desk_me(a->desk)->login) == 0;
	if (!mine) {
		(void)error_set(err, ERR_CONFLICT,
			_("the fall-back of decision %d was taken already, by %s (recorded by %s)"),
			a->d.n, a->d.fallback_by, PERSON(a->desk, by));
	}
	free(by);
	return mine;
}

static bool
decide_fallback(struct deciding *a, const struct decision_word *word, struct error *err)
{
	a->kind = "decision_fallback";
	if (!withdrawn(a, err)) {
		return false;
	}
	if (a->d.answered_at != 0 && a->d.fallback_at == 0) {
		return error_set(err, ERR_CONFLICT,
			_("decision %d was answered: %s, by %s: the fall-back is not needed"),
			a->d.n, decision_label(&a->d, a->d.answer), a->d.answered_by);
	}
	if (a->d.fallback_at != 0) {
		return taken_already(a, err);
	}
	if (!decision_given(word->by)) {
		(void)error_set(err, ERR_BAD_INPUT,
			_("a fall-back is taken by somebody: give the name"));
		return misses(err, "by");
	}
	if (!may_take(a, word, err) ||
	    !change_guard(a->desk, a->d.id, "state", "fallback", a->d.state, err) ||
	    !put_line(a, "fallback_by", "", word->by, _("who takes the fall-back"), err) ||
	    !put_line(a, "reason", a->d.reason, word->reason, _("reason"), err)) {
		return false;
	}
	set_text(a->body, "state", a->d.state, "fallback");
	set_int(a->body, "fallback_at", 0, desk_now(a->desk));
	set_int(a->body, "ended_at", 0, desk_now(a->desk));
	json_set_text(a->body, "fallback", a->d.fallback);
	json_set_int(a->body, "until", a->d.until_at == NO_DUE ? 0 : a->d.until_at);
	return true;
}

static bool
decide_document(struct deciding *a, const struct decision_word *word, struct error *err)
{
	char *by = NULL;
	bool mine = true;

	a->kind = "decision_documented";
	if (!decision_settled(&a->d)) {
		(void)error_set(err, ERR_REFUSED,
			_("decision %d is not answered yet: give the answer with it"), a->d.n);
		return error_how(err, "--answer");
	}
	if (!decision_given(word->document)) {
		return error_set(err, ERR_BAD_INPUT, _("give the number of the document"));
	}
	if (a->d.doc_number[0] != '\0' && strcmp(a->d.doc_number, word->document) != 0) {
		if (!recorded_by(&by, a, "doc_number", err)) {
			return false;
		}
		mine = by != NULL && strcmp(by, desk_me(a->desk)->login) == 0;
		if (!mine) {
			(void)error_set(err, ERR_CONFLICT,
				_("decision %d has its document already: %s (recorded by %s)"),
				a->d.n, a->d.doc_number, PERSON(a->desk, by));
		}
		free(by);
	}
	return mine && change_guard(a->desk, a->d.id, "doc_number", word->document,
		a->d.doc_number, err) && put_paper(a, word, err);
}

static bool
decide_withdraw(struct deciding *a, const struct decision_word *word, struct error *err)
{
	a->kind = "decision_withdrawn";
	if (strcmp(a->d.state, "withdrawn") == 0) {
		return true;
	}
	if (a->d.ended_at != 0) {
		return error_set(err, ERR_CONFLICT, _("decision %d is %s already: %s"), a->d.n,
			word_label(WORDS_DECISION_STATE, a->d.state),
			a->d.answered_at != 0 ? decision_label(&a->d, a->d.answer)
				: a->d.fallback_by);
	}
	if (!decision_given(word->reason)) {
		(void)error_set(err, ERR_REFUSED, _("a question is withdrawn for a reason"));
		return error_how(err, "--reason");
	}
	if (!change_guard(a->desk, a->d.id, "state", "withdrawn", a->d.state, err) ||
	    !put_line(a, "reason", a->d.reason, word->reason, _("reason"), err)) {
		return false;
	}
	set_text(a->body, "state", a->d.state, "withdrawn");
	set_int(a->body, "ended_at", 0, desk_now(a->desk));
	return true;
}

bool
decision_answer(struct desk *desk, const char *case_id, int n,
	const struct decision_word *word, struct error *err)
{
	return change_one(desk, case_id, n, decide_answer, word, err);
}

bool
decision_try(struct desk *desk, const char *case_id, int n,
	const struct decision_word *word, struct error *err)
{
	return change_one(desk, case_id, n, decide_try, word, err);
}

bool
decision_fallback(struct desk *desk, const char *case_id, int n,
	const struct decision_word *word, struct error *err)
{
	return change_one(desk, case_id, n, decide_fallback, word, err);
}

bool
decision_document(struct desk *desk, const char *case_id, int n,
	const struct decision_word *word, struct error *err)
{
	return change_one(desk, case_id, n, decide_document, word, err);
}

bool
decision_withdraw(struct desk *desk, const char *case_id, int n, const char *reason,
	struct error *err)
{
	return change_one(desk, case_id, n, decide_withdraw,
		&(struct decision_word){ .reason = reason }, err);
}
