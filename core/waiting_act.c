/* waiting_act.c owns what people do to a waiting: make it, ask, raise it, set it,
 * end it.  Each act is one event; the times of the next word are decided here. */
#include <stdlib.h>
#include <string.h>

#include "core/case.h"
#include "core/change.h"
#include "core/columns.h"
#include "core/i18n.h"
#include "core/limits.h"
#include "core/mem.h"
#include "core/member.h"
#include "core/setting.h"
#include "core/text.h"
#include "core/thing.h"
#include "core/waiting.h"
#include "core/whom.h"
#include "core/when.h"
#include "core/words.h"

SQL(WAITING_NEXT_N, "t",
	"SELECT n + 1 FROM waiting WHERE case_id = $1 ORDER BY n DESC LIMIT 1");
SQL(SET_BY, "tt",
	"SELECT COALESCE(e.acts_for, e.actor_login) FROM field_version v"
	" JOIN event e ON e.seq = v.seq WHERE v.subject = $1 AND v.field = $2");

/* One line of people's words, "" where none was given; the caller's. */
static bool
line(char **out, const char *text, const char *what, struct error *err)
{
	return text_accept(out, text == NULL ? "" : text, text == NULL ? 0 : strlen(text),
		TEXT_ONE_LINE, limit(LIMIT_TITLE), what, err);
}

static bool
raise_text(char **out, struct raising *raising, struct desk *desk, const char *given,
	struct error *err)
{
	*out = given != NULL && given[0] != '\0' ? xstrdup(given) : NULL;
	if (*out == NULL && !setting_text(desk, "waiting_raise", out, err)) {
		return false;
	}
	if (!raising_parse(raising, *out == NULL ? "" : *out, err)) {
		free(*out);
		*out = NULL;
		return false;
	}
	return true;
}

static bool
typed_promise(int64_t *promised, int64_t *said, struct desk *desk, const char *typed,
	const char *said_typed, struct error *err)
{
	return promise_time(promised, said, &(struct promise_typed){ .typed = typed,
		.said_typed = said_typed, .now = desk_now(desk), .zone = desk_zone(desk) }, err);
}

/* ---- making one ---- */

struct fresh {
	struct whom whom;
	char *what, *ticket, *raise;
	int64_t promised_at, said_at, n;
	struct raising raising;
};

static void
fresh_clear(struct fresh *f)
{
	whom_clear(&f->whom);
	free(f->what);
	free(f->ticket);
	free(f->raise);
}

static bool
read_fresh(struct fresh *f, struct desk *desk, const char *case_id,
	const struct waiting_new *given, struct error *err)
{
	*f = (struct fresh){ .n = 1 };
	if (!whom_find(&f->whom, desk, given->whom == NULL ? "" : given->whom, err) ||
	    !line(&f->what, given->what, _("what is waited for"), err) ||
	    !line(&f->ticket, given->ticket, _("ticket"), err) ||
	    !typed_promise(&f->promised_at, &f->said_at, desk, given->promised,
		    given->said_at, err) ||
	    !raise_text(&f->raise, &f->raising, desk, given->raise, err) ||
	    !db_one_int(desk_db(desk), &WAITING_NEXT_N, &f->n, err, TXT(case_id))) {
		return false;
	}
	return f->what[0] != '\0' || error_set(err, ERR_BAD_INPUT,
		_("say what they are to do (--for)"));
}

static void
put_times(struct json *body, const struct fresh *f)
{
	const struct promise p = { f->said_at, f->promised_at, .raising = f->raising };

	row_int(body, "promised_at", f->promised_at);
	row_int(body, "created_at", f->said_at);
	row_int(body, "next_ask_at", promise_next(&p));
	row_int(body, "raise_at", promise_raise_at(&p));
}

static struct json *
fresh_body(struct desk *desk, const struct fresh *f, const struct waiting_new *given)
{
	char id[UUID_SIZE];
	struct json *body = thing_new(desk, "waiting", id);

	row_int(body, "n", f->n);
	row_text(body, "role", f->whom.role);
	row_text(body, "name", f->whom.name);
	row_text(body, "what", f->what);
	row_text(body, "ticket", f->ticket);
	row_text(body, "typed", given->promised);
	row_text(body, "raise_after", f->raise);
	row_text(body, "state", "open");
	row_text(body, "instance", given->instance);
	row_text(body, "owner_id", desk_me(desk)->id);
	put_times(body, f);
	return body;
}

bool
waiting_add(struct desk *desk, const char *case_id, const struct waiting_new *given,
	int *n, struct error *err)
{
	struct ir_case c = { 0 };
	struct fresh f = { 0 };
	bool ok;

	if (!desk_may(desk, ACT_WORK, err) || !change_begin(desk, err)) {
		return false;
	}
	ok = case_load(&c, desk, case_id, err) && read_fresh(&f, desk, case_id, given, err);
	if (ok) {
		*n = (int)f.n;
		change_add(desk, "waiting_added", case_id, fresh_body(desk, &f, given));
	}
	fresh_clear(&f);
	case_clear(&c);
	return change_end(desk, ok, err);
}

/* ---- changing one ---- */

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

	if (!db_one_text(desk_db(a->desk), &SET_BY, &by, err, TXT(a->w.id), TXT("state"))) {
		return false;
	}
	mine = mine && by != NULL && strcmp(by, desk_me(a->desk)->login) == 0;
	if (!mine) {
		(void)error_set(err, ERR_CONFLICT, _("waiting %d has ended already, by %s: %s"),
			a->w.n, by == NULL ? "-" : by, a->w.result);
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
		line(&call->said, word->said, _("what they said"), err) &&
		line(&call->whom, word->whom, _("who answered"), err) &&
		typed_promise(&call->promised_at, &call->said_at, a->desk, word->promised,
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

/* An asking is never refused because somebody else asked too: both stand.  A new
 * promise over one that changed meanwhile is a conflict. */
static bool
new_promise(struct acting *a, const struct call *call, const char *typed,
	struct error *err)
{
	if (call->promised_at == NO_DUE || call->promised_at == a->w.promised_at) {
		return true;
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
	ok = read_call(&call, a, word, err) && new_promise(a, &call, word->promised, err);
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

static bool
decide_raise(struct acting *a, const void *arg, struct error *err)
{
	const struct waiting_word *word = arg;
	int level = a->w.raised + 1;
	char *level_name;
	char *to = NULL;
	bool ok;

	a->kind = "waiting_raised";
	if (!change_guard(a->desk, a->w.id, "raised", "", "", err) ||
	    !line(&to, word->whom, _("to whom"), err)) {
		return false;
	}
	level_name = raise_whom(level, a->w.name);
	ok = decide_word(a, word, level, err);
	if (ok) {
		move(a->body, "raised", a->w.raised, level);
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
	    !line(&clean, result, _("result"), err)) {
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
	if (!line(&clean, given, _("ticket"), err)) {
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
	if ((login[0] != '\0' && !member_id(a->desk, login, id, err)) ||
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

	if (!typed_promise(&promised, &said, a->desk, given->promised, given->said_at, err) ||
	    (given->raise != NULL && !raise_text(&raise, &p.raising, a->desk, given->raise,
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
