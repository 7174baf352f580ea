/* escalate_raise.c chooses the policy anew when a case turns out to be more serious.
 * What is less serious than it was goes on as it began: nobody is left waiting. */
#include <string.h>

#include "core/columns.h"
#include "core/escalate_private.h"
#include "core/i18n.h"

#define JUST_NOW_MS 60000 /* whom a call reached then need not be called twice */

static bool
note(struct escalate_work *w, const char *act, int severity)
{
	struct json *body = escalate_body(&w->e, act);

	set_int(body, "severity", w->e.severity, severity);
	escalate_add(w, body);
	return true;
}

static bool
is_waited_for(const struct escalate_work *w, const struct call_turns *turns, const char *id)
{
	for (int i = 0; i < turns->count; i++) {
		const struct call_turn *t = &turns->all[i];

		if (strcmp(t->member_id, id) == 0 && call_turn_is_current(t, &w->e) &&
		    t->skipped[0] == '\0' && t->answer[0] == '\0') {
			return true;
		}
	}
	return false;
}

/* A case is opened and its severity decided a moment later: does the first step of
 * the policy that is now in force call only who was called in that moment? */
static bool
just_called(bool *just, const struct escalate_work *w, struct error *err)
{
	struct page_of of = { .c = &w->c, .digest = w->policy.digest,
		.assignee_id = w->assignee_id, .opener_id = w->opener_id };
	struct call_turns turns = { 0 };
	struct page page = { 0 };
	bool ok;

	*just = false;
	if (w->e.at_step != 1 || w->e.last_at > w->now || w->now - w->e.last_at > JUST_NOW_MS) {
		return true;
	}
	ok = page_find(&page, w->desk, &of, &w->policy.steps[0], w->now, err) &&
		call_turns(&turns, w->desk, w->e.id, err);
	*just = ok && page.calls > 0;
	for (int i = 0; *just && i < page.count; i++) {
		*just = page.people[i].skipped != NULL ||
			is_waited_for(w, &turns, page.people[i].id);
	}
	call_turns_clear(&turns);
	page_clear(&page);
	return ok;
}

/* He keeps his call, and gets the time that the new policy gives him. */
static void
go_on_from_first(struct escalate_work *w, struct json *body)
{
	int64_t next = w->e.last_at + w->policy.steps[0].after_ms;

	policy_begin_at(&w->policy, w->e.round);
	escalate_put_plan(w, body);
	escalate_move(body, "next_at", w->e.next_at, next);
	escalate_add(w, body);
	w->next_at = next < w->next_at ? next : w->next_at;
}

static bool
call_anew(struct escalate_work *w, struct json *body, struct error *err)
{
	bool just = false;

	if (!just_called(&just, w, err)) {
		json_free(body);
		return false;
	}
	if (just) {
		go_on_from_first(w, body);
		return true;
	}
	escalate_put_first(w, body);
	escalate_add(w, body);
	return escalate_next(w, escalate_body(&w->e, "called"),
		N_("the severity was raised"), err);
}

static bool
raised(struct escalate_work *w, int severity, struct error *err)
{
	struct json *body = escalate_body(&w->e, "policy");
	struct policy fresh;

	if (!policy_choose(&fresh, w->desk, &w->c, w->e.subject, err)) {
		json_free(body);
		return false;
	}
	set_int(body, "severity", w->e.severity, severity);
	if (fresh.count > 0) {
		set_text(body, "policy", w->e.policy, fresh.code);
		policy_clear(&w->policy);
		w->policy = fresh;
	}
	if (!escalation_is(&w->e, "answered")) {
		return call_anew(w, body, err);
	}
	escalate_put_first(w, body);
	escalate_move(body, "ack_until", w->e.ack_until, w->policy.ack_lasts_ms == 0 ? NO_DUE
		: w->e.ack_at + w->policy.ack_lasts_ms);
	set_text(body, "reason", w->e.reason, "");
	escalate_add(w, body);
	return true;
}

/* What was lowered and is raised again is called for by the policy that it began
 * with, if that was chosen for as much. */
bool
escalate_severity(struct escalate_work *w, int severity, struct error *err)
{
	if (severity < w->e.severity) {
		return note(w, "lowered", severity);
	}
	return severity <= w->policy.severity ? note(w, "kept", severity)
		: raised(w, severity, err);
}
