/* waiting_act.c owns what people do to a waiting: ask, raise it, set it, end it.
 * Each act is one event; the times of the next word are decided here. */
#include <stdlib.h>
#include <string.h>

#include "core/change.h"
#include "core/columns.h"
#include "core/conflict.h"
#include "core/i18n.h"
#include "core/member.h"
#include "core/person.h"
#include "core/thing.h"
#include "core/waiting_private.h"
#include "core/when.h"
#include "core/words.h"


struct acting {
	struct desk *desk;
	struct waiting w;
	struct json *body;   /* {"waiting": id, ...} with its set */
	struct json *asking; /* the row of an asking, or NULL */
	const char *kind;
};

static struct promise
promise_of(const struct waiting *w)
{
	struct promise p = { .created_at = w->created_at, .promised_at = w->promised_at,
		.asked_at = w->asked_at, .raised = w->raised };
	struct error ignored;

	(void)raising_parse(&p.raising, w->raise_after, &ignored);
	return p;
}

static void
move(struct json *body, const char *column, int64_t from, int64_t to)
{
	if (from != to) {
		set_int(body, column, from, to);
	}
}

/* What follows from the promise as it is now. */
static void
put_next(struct acting *a, const struct promise *p)
{
	move(a->body, "next_ask_at", a->w.next_ask_at, promise_next(p));
	move(a->body, "raise_at", a->w.raise_at, promise_raise_at(p));
}

/* mine: is it no error, where I ended it myself? */
static bool
ended_already(struct acting *a, bool mine, struct error *err)
{
	char *by = NULL;

	if (!field_set_by(&by, a->desk, a->w.id, "state", err)) {
		return false;
	}
	mine = mine && by != NULL && strcmp(by, desk_me(a->desk)->login) == 0;
	if (!mine) {
		(void)(a->w.result[0] == '\0'
			? error_set(err, ERR_CONFLICT, _("waiting %d has ended already, by %s"),
				a->w.n, PERSON(a->desk, by))
			: error_set(err, ERR_CONFLICT,
				_("waiting %d has ended already, by %s: %s"), a->w.n,
				PERSON(a->desk, by), a->w.result));
	}
	free(by);
	return mine;
}

typedef bool decide_fn(struct acting *a, const void *arg, struct error *err);

static bool
change_one(struct desk *desk, const char *case_id, int n, decide_fn *decide,
	const void *arg, struct error *err)
{
	struct acting a = { .desk = desk, .kind = "waiting_set" };
	bool ok;

	if (!desk_may(desk, ACT_WORK, err) || !change_begin(desk, err)) {
		return false;
	}
	ok = waiting_load(&a.w, desk, case_id, n, err);
	if (ok) {
		a.body = thing_change("waiting", a.w.id);
		json_set_int(a.body, "n", n);
		json_set_text(a.body, "name", a.w.name);
		json_set_text(a.body, "what", a.w.what);
		ok = decide(&a, arg, err);
	}
	if (ok && set_count(a.body) > 0) {
		struct json *each = json_array();
		struct json *whole = a.asking == NULL ? a.body : json_object();

		if (a.asking != NULL) {
			json_push(each, a.body);
			json_push(each, a.asking);
			json_set(whole, "each", each);
		} else {
			json_free(each);
		}
		change_add(desk, a.kind, case_id, whole);
	} else {
		json_free(a.body);
		json_free(a.asking);
	}
	waiting_clear(&a.w);
	return change_end(desk, ok, err);
}

/* The words of one call, cleaned. */
struct call {
	char *said, *whom;
	const char *channel;
	int64_t promised_at, said_at;
};

static void
call_clear(struct call *call)
{
	free(call->said);
	free(call->whom);
}

static bool
read_call(struct call *call, struct acting *a, const struct waiting_word *word,
	struct error *err)
{
	const char *channel = word->channel == NULL || word->channel[0] == '\0' ? "phone"
		: word->channel;

	*call = (struct call){ .channel = channel };
	return word_check(WORDS_ASK_CHANNEL, _("channel"), channel, err) &&
		waiting_line(&call->said, word->said, _("what they said"), err) &&
		waiting_line(&call->whom, word->whom, _("who answered"), err) &&
		waiting_promise(&call->promised_at, &call->said_at, a->desk, word->promised,
			word->at, err);
}

static void
add_asking(struct acting *a, const struct call *call, int raised)
{
	a->asking = asking_row(a->desk, a->w.id, &(struct asking){ .at = call->said_at,
		.by = desk_me(a->desk)->name, .whom = call->whom, .channel = call->channel,
		.text = call->said, .promised_at = call->promised_at, .raised = raised });
	move(a->body, "asked", a->w.asked, a->w.asked + 1);
	if (call->said_at > a->w.asked_at) {
		move(a->body, "asked_at", a->w.asked_at, call->said_at);
	}
	json_set_text(a->body, "said", call->said);
	json_set_text(a->body, "whom", call->whom);
	json_set_text(a->body, "channel", call->channel);
}

static bool
promise_guard(struct acting *a, const char *typed, struct error *err)
{
	char theirs[WHEN_SHORT_SIZE] = "";

	if (a->w.promised_at != NO_DUE) {
		when_near(theirs, a->w.promised_at, desk_now(a->desk), desk_zone(a->desk));
	}
	return change_guard(a->desk, a->w.id, "promised_at", typed, theirs, err);
}

static bool
changed_meanwhile(struct acting *a, struct error *err)
{
	char theirs[WHEN_SHORT_SIZE] = "-";
	char *by = NULL;

	if (!field_set_by(&by, a->desk, a->w.id, "promised_at", err)) {
		return false;
	}
	if (a->w.promised_at != NO_DUE) {
		when_near(theirs, a->w.promised_at, desk_now(a->desk), desk_zone(a->desk));
	}
	(void)error_set(err, ERR_CONFLICT,
		_("%s recorded another promise meanwhile: %s; leave the new promise empty to"
		  " record the call alone, or open it again"), PERSON(a->desk, by), theirs);
	free(by);
	return false;
}

/* An asking is never refused because somebody else asked too: both stand.  A new
 * promise over one that changed meanwhile is a conflict. */
static bool
new_promise(struct acting *a, const struct call *call,
	const struct waiting_word *word, struct error *err)
{
	const char *typed = word->promised;

	if (call->promised_at == NO_DUE || call->promised_at == a->w.promised_at) {
		return true;
	}
	if (word->seen != NULL && *word->seen != a->w.promised_at) {
		return changed_meanwhile(a, err);
	}
	if (!promise_guard(a, typed, err)) {
		return false;
	}
	move(a->body, "promised_at", a->w.promised_at, call->promised_at);
	json_set_text(a->body, "typed", typed);
	return true;
}

static bool
decide_word(struct acting *a, const struct waiting_word *word, int raised,
	struct error *err)
{
	struct call call = { 0 };
	struct promise p;
	bool ok;

	if (a->w.ended_at != 0) {
		return ended_already(a, false, err);
	}
	ok = read_call(&call, a, word, err) && new_promise(a, &call, word, err);
	if (ok) {
		p = promise_of(&a->w);
		p.raised = raised > 0 ? raised : p.raised;
		p.asked_at = call.said_at > p.asked_at ? call.said_at : p.asked_at;
		p.promised_at = call.promised_at != NO_DUE ? call.promised_at : p.promised_at;
		add_asking(a, &call, raised);
		put_next(a, &p);
	}
	call_clear(&call);
	return ok;
}

static bool
decide_asked(struct acting *a, const void *arg, struct error *err)
{
	a->kind = "waiting_asked";
	return decide_word(a, arg, 0, err);
}

/* Two who see the same promise overdue raise it once; by number, where the caller
 * gave no level, --if-version says what he had seen. */
static bool
raise_guard(struct acting *a, const struct waiting_word *word, struct error *err)
{
	char *by = NULL;

	if (word->raised == NULL || *word->raised == a->w.raised) {
		return change_guard_int(a->desk, a->w.id, "raised", a->w.raised + 1,
			a->w.raised, err);
	}
	if (!field_set_by(&by, a->desk, a->w.id, "raised", err)) {
		return false;
	}
	(void)error_set(err, ERR_CONFLICT,
		_("%s raised it meanwhile, to %s: open it again to raise it further"),
		PERSON(a->desk, by), a->w.raised_to);
	free(by);
	return false;
}

static bool
decide_raise(struct acting *a, const void *arg, struct error *err)
{
	const struct waiting_word *word = arg;
	int level = a->w.raised + 1;
	char *level_name;
	char *to = NULL;
	bool ok;

	a->kind = "waiting_raised";
	if (!raise_guard(a, word, err) ||
	    !waiting_line(&to, word->whom, _("to whom"), err)) {
		return false;
	}
	level_name = raise_whom(level, a->w.name);
	ok = decide_word(a, word, level, err);
	if (ok) {
		move(a->body, "raised", a->w.raised, level);
		/* Said even where the column keeps the same words. */
		json_set_text(a->body, "raised_to", to[0] != '\0' ? to : level_name);
		if (strcmp(a->w.raised_to, to[0] != '\0' ? to : level_name) != 0) {
			set_text(a->body, "raised_to", a->w.raised_to,
				to[0] != '\0' ? to : level_name);
		}
	}
	free(level_name);
	free(to);
	return ok;
}

static bool
decide_done(struct acting *a, const void *arg, struct error *err)
{
	const char *result = arg;
	char *clean = NULL;

	a->kind = "waiting_done";
	if (a->w.ended_at != 0) {
		return ended_already(a, true, err);
	}
	if (!change_guard(a->desk, a->w.id, "state", "done", a->w.state, err) ||
	    !waiting_line(&clean, result, _("result"), err)) {
		return false;
	}
	set_text(a->body, "state", a->w.state, "done");
	move(a->body, "ended_at", 0, desk_now(a->desk));
	if (clean[0] != '\0') {
		set_text(a->body, "result", a->w.result, clean);
	}
	free(clean);
	return true;
}

/* ---- setting ---- */

static bool
set_ticket(struct acting *a, const char *given, struct error *err)
{
	char *clean = NULL;

	if (given == NULL) {
		return true;
	}
	if (!waiting_line(&clean, given, _("ticket"), err)) {
		return false;
	}
	if (strcmp(clean, a->w.ticket) != 0) {
		set_text(a->body, "ticket", a->w.ticket, clean);
	}
	free(clean);
	return change_guard(a->desk, a->w.id, "ticket", given, a->w.ticket, err);
}

static bool
set_owner(struct acting *a, const char *login, struct error *err)
{
	char was[UUID_SIZE] = "", id[UUID_SIZE] = "";

	if (login == NULL || strcmp(login, a->w.owner) == 0) {
		return true;
	}
	if ((login[0] != '\0' && !member_worker(a->desk, login, id, err)) ||
	    (a->w.owner[0] != '\0' && !member_id(a->desk, a->w.owner, was, err)) ||
	    !change_guard(a->desk, a->w.id, "owner_id", login, a->w.owner, err)) {
		return false;
	}
	set_text(a->body, "owner_id", was[0] == '\0' ? NULL : was, id[0] == '\0' ? NULL : id);
	json_set_text(a->body, "to", login);
	return true;
}

static bool
set_times(struct acting *a, const struct waiting_change *given, struct error *err)
{
	struct promise p = promise_of(&a->w);
	int64_t promised = NO_DUE, said = 0;
	char *raise = NULL;

	if (!waiting_promise(&promised, &said, a->desk, given->promised, given->said_at, err) ||
	    (given->raise != NULL && !waiting_raising(&raise, &p.raising, a->desk, given->raise,
		    err))) {
		return false;
	}
	if (raise != NULL && strcmp(raise, a->w.raise_after) != 0) {
		set_text(a->body, "raise_after", a->w.raise_after, raise);
	}
	free(raise);
	if (given->promised != NULL && promised != a->w.promised_at) {
		if (!promise_guard(a, given->promised, err)) {
			return false;
		}
		p.promised_at = promised;
		move(a->body, "promised_at", a->w.promised_at, promised);
		json_set_text(a->body, "typed", given->promised);
	}
	put_next(a, &p);
	return true;
}

static bool
decide_set(struct acting *a, const void *arg, struct error *err)
{
	const struct waiting_change *given = arg;

	if (a->w.ended_at != 0) {
		return ended_already(a, false, err);
	}
	return set_ticket(a, given->ticket, err) && set_owner(a, given->owner, err) &&
		set_times(a, given, err);
}

bool
waiting_asked(struct desk *desk, const char *case_id, int n,
	const struct waiting_word *word, struct error *err)
{
	return change_one(desk, case_id, n, decide_asked, word, err);
}

bool
waiting_raise(struct desk *desk, const char *case_id, int n,
	const struct waiting_word *word, struct error *err)
{
	return change_one(desk, case_id, n, decide_raise, word, err);
}

bool
waiting_done(struct desk *desk, const char *case_id, int n, const char *result,
	struct error *err)
{
	return change_one(desk, case_id, n, decide_done, result, err);
}

bool
waiting_set(struct desk *desk, const char *case_id, int n,
	const struct waiting_change *change, struct error *err)
{
	return change_one(desk, case_id, n, decide_set, change, err);
}
