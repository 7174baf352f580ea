/* escalate_now.c calls the next one before his time, because a person says so: the
 * engine's own step, in the transaction that reads the row. */
#include "core/escalate_now.h"

#include <stdlib.h>
#include <string.h>

#include "core/change.h"
#include "core/columns.h"
#include "core/escalate_private.h"
#include "core/i18n.h"
#include "core/limits.h"
#include "core/mem.h"
#include "core/role.h"
#include "core/text.h"
#include "core/when.h"
#include "core/words.h"

#define JUST_NOW_MS 10000 /* he who looked at nothing may not have meant another */

SQL(NAME_OF, "t", "SELECT name FROM member WHERE id = $1");

struct hurry {
	struct escalate_work w;
	struct escalate_report report;
	const struct call_now *what;
	char *reason; /* cleaned; ours */
};

/* Who was called last, for words; the caller's. */
static bool
name_last(char **name, const struct hurry *h, struct error *err)
{
	struct call_turns turns;
	bool ok = call_turns(&turns, h->w.desk, h->w.e.id, err);

	*name = NULL;
	for (int i = turns.count - 1; ok && *name == NULL && i >= 0; i--) {
		if (turns.all[i].skipped[0] == '\0') {
			*name = xasprintf("%s", turns.all[i].name);
		}
	}
	call_turns_clear(&turns);
	return ok;
}

static bool
called_meanwhile(const struct hurry *h, struct error *err)
{
	char *name;
	char at[WHEN_SHORT_SIZE];

	if (!name_last(&name, h, err)) {
		return false;
	}
	when_near(at, h->w.e.last_at, h->w.now, desk_zone(h->w.desk));
	error_set(err, ERR_CONFLICT,
		_("%s was called at %s, just before: look again, and say it once more if nobody"
		" answers"), name == NULL ? "" : name, at);
	free(name);
	return false;
}

static bool
as_seen(const struct hurry *h, struct error *err)
{
	const struct escalation *e = &h->w.e;

	if (h->what->round > 0) {
		return (e->round == h->what->round && e->at_step == h->what->at_step) ||
			called_meanwhile(h, err);
	}
	return e->at_step == 0 || e->next_at == NO_DUE ||
		e->last_at < h->w.now - JUST_NOW_MS ||
		called_meanwhile(h, err);
}

static bool
taken(const struct hurry *h, struct error *err)
{
	char at[WHEN_SHORT_SIZE];
	char *name = NULL;

	if (!db_one_text(desk_db(h->w.desk), &NAME_OF, &name, err, TXT(h->w.e.ack_by))) {
		return false;
	}
	when_near(at, h->w.e.ack_at, h->w.now, desk_zone(h->w.desk));
	error_set(err, ERR_REFUSED, _("%s took it at %s: who has it passes it on, or says that"
		" he cannot"), name == NULL ? "" : name, at);
	free(name);
	return false;
}

/* The one that was meant: of the case before those of its steps and clocks. */
static bool
find(struct hurry *h, const char *case_id, char id[UUID_SIZE], struct error *err)
{
	struct escalation_list list;
	bool ok = escalation_list(&list, h->w.desk, case_id, err);
	int best = -1;

	for (int i = 0; ok && i < list.count; i++) {
		const struct escalation *e = &list.all[i];
		bool of_case = strcmp(e->subject, "case") == 0;
		int rank = escalation_is(e, "ended") ? 0
			: (escalation_is(e, "running") ? 4 : 2) + of_case;

		if (h->what->n > 0 ? e->n == h->what->n : rank > 0 && rank > best) {
			best = rank;
			memcpy(id, e->id, UUID_SIZE);
		}
	}
	escalation_list_clear(&list);
	return ok;
}

/* Everybody was called in all rounds: from the first, in a round of its own. */
static void
begin_again(struct escalate_work *w)
{
	struct json *body = escalate_body(&w->e, "again");
	char *plan;

	policy_begin_at(&w->policy, w->e.round + 1);
	plan = json_line(w->policy.plan);
	set_text(body, "plan", w->e.plan, plan);
	set_int(body, "at_step", w->e.at_step, 0);
	set_int(body, "round", w->e.round, w->e.round + 1);
	escalate_add(w, body);
	free(w->e.plan);
	w->e.plan = plan;
	w->e.at_step = 0;
	w->e.round++;
}

static bool
call_on(struct hurry *h, struct error *err)
{
	struct escalate_work *w = &h->w;
	struct json *body;

	if (!escalate_load(w, err) || !policy_read(&w->policy, w->e.plan, err)) {
		return false;
	}
	if (!w->c.is_open || w->over || escalation_is(&w->e, "ended")) {
		return error_set(err, ERR_REFUSED, _("nobody is called for it any more"));
	}
	if (escalation_is(&w->e, "answered")) {
		return taken(h, err);
	}
	if (!as_seen(h, err)) {
		return false;
	}
	if (w->e.next_at == NO_DUE && w->e.at_step > 0) {
		begin_again(w);
	}
	body = escalate_body(&w->e, "called");
	json_set_text(body, "name", desk_me(w->desk)->name);
	if (h->reason[0] != '\0') {
		json_set_text(body, "reason", h->reason);
	}
	return escalate_next(w, body, N_("without waiting"), err);
}

/* Nothing called for it yet: it begins, as the engine would begin it. */
static bool
begin(struct hurry *h, const char *case_id, char id[UUID_SIZE], struct error *err)
{
	if (!case_load(&h->w.c, h->w.desk, case_id, err)) {
		return false;
	}
	if (!h->w.c.is_open || strcmp(h->w.c.status, "new") != 0) {
		return error_set(err, ERR_REFUSED, _("nobody is called for %s: it is %s"),
			h->w.c.number, word_label(WORDS_STATUS, h->w.c.status));
	}
	if (h->w.c.drill) {
		return error_set(err, ERR_REFUSED,
			_("nobody is called for %s: a drill that does not page the team"),
			h->w.c.number);
	}
	return escalate_case(h->w.desk, case_id, err) && change_flush(h->w.desk, err) &&
		find(h, case_id, id, err) && (id[0] != '\0' || error_set(err, ERR_REFUSED,
			_("no rule says who is called for %s: suco rule import escalation"),
			h->w.c.number));
}

static bool
put_called(struct json *out, struct desk *desk, const char *id, struct error *err)
{
	struct escalation e;
	struct call_turns turns = { 0 };
	bool ok = escalation_load(&e, desk, id, err) && call_turns(&turns, desk, id, err);

	for (int i = 0; ok && i < turns.count; i++) {
		const struct call_turn *t = &turns.all[i];

		if (t->skipped[0] == '\0' && t->at == desk_now(desk) &&
		    call_turn_is_current(t, &e)) {
			struct json *one = json_object();

			json_set_text(one, "login", t->login);
			json_set_text(one, "name", t->name);
			json_set_text(one, "who", t->why);
			json_push(out, one);
		}
	}
	call_turns_clear(&turns);
	escalation_clear(&e);
	return ok;
}

static bool
attempt(struct hurry *h, const char *case_id, struct json *called, struct error *err)
{
	struct desk *desk = h->w.desk;
	char id[UUID_SIZE] = "";
	bool ok;

	h->w.now = desk_now(desk);
	if (!find(h, case_id, id, err)) {
		return false;
	}
	if (id[0] == '\0') {
		ok = h->what->n > 0 ? error_set(err, ERR_NOT_FOUND,
			_("the case has no call %d"), h->what->n) : begin(h, case_id, id, err);
	} else {
		ok = escalation_load(&h->w.e, desk, id, err) && call_on(h, err);
	}
	return ok && change_flush(desk, err) && put_called(called, desk, id, err);
}

bool
escalate_now(struct desk *desk, const char *case_id, const struct call_now *what,
	struct json **called, struct error *err)
{
	const char *reason = what->reason == NULL ? "" : what->reason;
	struct hurry h = { .w = { .desk = desk }, .what = what };
	bool ok;

	*called = NULL;
	h.w.report = &h.report;
	if (!desk_may(desk, ACT_WORK, err) || !text_accept(&h.reason, reason, strlen(reason),
		    TEXT_ONE_LINE, limit(LIMIT_TITLE), _("reason"), err)) {
		return false;
	}
	if (!change_begin(desk, err)) {
		free(h.reason);
		return false;
	}
	*called = json_array();
	ok = change_end(desk, attempt(&h, case_id, *called, err), err);
	if (!ok) {
		json_free(*called);
		*called = NULL;
	}
	escalate_unload(&h.w);
	free(h.reason);
	return ok;
}
