/* status_offer.c owns what the plan suggests as the next status of its case. */
#include "playbooks/status_offer.h"

#include <stdio.h>
#include <string.h>

#include "core/i18n.h"
#include "core/mem.h"
#include "core/status.h"
#include "core/words.h"

/* A step that is done and says a status. */
struct hint {
	const struct case_run *run;
	const struct step *step;
	const struct instance *instance;
	const char *status;
	int run_place;
	bool back; /* it stands behind a higher one: the check was not good */
};

static bool
stands_behind(const struct hint *a, const struct hint *b)
{
	return a->run_place != b->run_place ? a->run_place > b->run_place
		: a->step->order > b->step->order;
}

/* The question that led to the branch was put once more, later, and answered
 * otherwise. */
static bool
answered_otherwise(const struct run *run, const struct instance *branch)
{
	const struct instance *opener = run_instance(run, branch->parent);
	bool again = false, same = false;

	for (int i = opener->position + 1; i <= run_instance_count(run); i++) {
		const struct instance *one = run_instance(run, i);

		if (one->step == opener->step && !one->is_branch) {
			again = true;
			same = false;
		} else if (one->step == opener->step && one->slot == branch->slot) {
			same = true;
		}
	}
	return again && !same;
}

/* What went back because a check was not good: the check is good by now, or its
 * loop was left. */
static bool
has_lapsed(const struct hint *hint)
{
	const struct run *run = hint->run->run;
	const struct instance *branch = run_instance(run, hint->instance->parent);

	while (branch != NULL && branch->parent != 0) {
		const struct instance *opener = run_instance(run, branch->parent);
		enum step_type type = playbook_step(hint->run->playbook, opener->step)->type;

		if (type == STEP_WHILE ? opener->state == INSTANCE_DONE
				: type != STEP_PARALLEL && answered_otherwise(run, branch)) {
			return true;
		}
		branch = run_instance(run, opener->parent);
	}
	return false;
}

/* In the order in which they were done the highest counts; a lower one goes back
 * only where it stands behind it in the plan: a slow branch takes nothing back. */
static bool
counts_more(const struct hint *one, const struct hint *best)
{
	return best->status == NULL
		|| status_rank(one->status) >= status_rank(best->status)
		|| (stands_behind(one, best) && !has_lapsed(one));
}

static bool
done_before(const struct hint *a, const struct hint *b)
{
	if (a->instance->ended_at != b->instance->ended_at) {
		return a->instance->ended_at < b->instance->ended_at;
	}
	return a->run_place != b->run_place ? a->run_place < b->run_place
		: a->instance->position < b->instance->position;
}

/* Of one run, the hint that was done next after last; next stays, if it was
 * done before that. */
static void
next_of_run(struct hint *next, const struct case_run *run, int place,
	const struct hint *last)
{
	for (int i = 1; i <= run_instance_count(run->run); i++) {
		const struct instance *one = run_instance(run->run, i);
		struct hint hint = { .run = run, .instance = one, .run_place = place };

		if (one->is_branch || one->state != INSTANCE_DONE) {
			continue;
		}
		hint.step = playbook_step(run->playbook, one->step);
		hint.status = json_get_text(hint.step->ext, "status_hint");
		if (hint.status != NULL && status_rank(hint.status) >= 0
				&& (last->status == NULL || done_before(last, &hint))
				&& (next->status == NULL || done_before(&hint, next))) {
			*next = hint;
		}
	}
}

/* Over all plans in the order of time: what a plan called does inside another
 * comes before what that one does afterwards. */
static void
look_at_runs(struct hint *best, const struct case_runs *runs)
{
	struct hint last = { 0 };

	for (;;) {
		struct hint next = { 0 };

		for (int i = 0; i < runs->count; i++) {
			next_of_run(&next, &runs->list[i], i, &last);
		}
		if (next.status == NULL) {
			return;
		}
		last = next;
		if (counts_more(&next, best)) {
			next.back = best->status != NULL
				&& status_rank(next.status) < status_rank(best->status)
					+ (best->back ? 1 : 0);
			*best = next;
		}
	}
}

/* What the case is already, or left behind; and what somebody went back from
 * after the step was done. */
static bool
is_passed(bool *passed, struct desk *desk, const struct ir_case *c,
	const struct hint *hint, struct error *err)
{
	int64_t entered = c->recovered_at > c->contained_at ? c->recovered_at
		: c->contained_at;
	int64_t back_at = 0;

	if (status_rank(hint->status) < status_rank(c->status)) {
		*passed = !hint->back || hint->instance->ended_at <= entered;
		return true;
	}
	*passed = strcmp(hint->status, c->status) == 0;
	if (*passed) {
		return true;
	}
	if (!status_went_back(&back_at, desk, c->id, err)) {
		return false;
	}
	*passed = back_at >= hint->instance->ended_at;
	return true;
}

static void
say_verb(struct status_offer *out, const struct ir_case *c)
{
	if (strcmp(out->to, "acknowledged") == 0) {
		(void)snprintf(out->verb, sizeof out->verb, "suco ack %s", c->number);
	} else if (strcmp(out->to, "closed") == 0) {
		(void)snprintf(out->verb, sizeof out->verb,
			"suco close %s --cause ... --result ... --lessons ...", c->number);
	} else {
		(void)snprintf(out->verb, sizeof out->verb, "suco status %s %s", c->number,
			out->to);
	}
}

static void
fill(struct status_offer *out, struct desk *desk, const struct ir_case *c,
	const struct hint *hint)
{
	const char *to = status_towards(c->status, hint->status);
	struct error why = ERROR_INIT;

	if (to == NULL) {
		return;
	}
	(void)snprintf(out->to, sizeof out->to, "%s", to);
	(void)snprintf(out->hint, sizeof out->hint, "%s", hint->status);
	(void)snprintf(out->step, sizeof out->step, "%s", hint->step->name);
	(void)snprintf(out->code, sizeof out->code, "%s", hint->run->code);
	out->n = hint->step->n;
	out->run = hint->run->n;
	say_verb(out, c);
	if (!status_ready(desk, c, to, &why)) {
		(void)snprintf(out->refused, sizeof out->refused, "%s", why.message);
	}
}

bool
status_offer_of(struct status_offer *out, struct desk *desk,
	const struct ir_case *c, const struct case_runs *runs, struct error *err)
{
	struct hint best = { 0 };
	bool passed = true;

	*out = (struct status_offer){ 0 };
	if (c->is_open) {
		look_at_runs(&best, runs);
	}
	if (best.status != NULL && !is_passed(&passed, desk, c, &best, err)) {
		return false;
	}
	if (!passed) {
		fill(out, desk, c, &best);
	}
	return true;
}

bool
status_offer_load(struct status_offer *out, struct desk *desk,
	const struct ir_case *c, struct error *err)
{
	struct case_runs runs;
	bool ok;

	if (!case_runs_load(&runs, desk, c->id, err)) {
		return false;
	}
	ok = status_offer_of(out, desk, c, &runs, err);
	case_runs_finish(&runs);
	return ok;
}

struct json *
status_offer_json(const struct status_offer *offer)
{
	struct json *o;

	if (offer->to[0] == '\0') {
		return json_null();
	}
	o = json_object();
	json_set_text(o, "to", offer->to);
	json_set_text(o, "hint", offer->hint);
	json_set_int(o, "step", offer->n);
	json_set_text(o, "name", offer->step);
	json_set_int(o, "run", offer->run);
	json_set_text(o, "code", offer->code);
	json_set_text(o, "verb", offer->verb);
	json_set_text(o, "refused", offer->refused[0] == '\0' ? NULL : offer->refused);
	return o;
}

char *
status_offer_text(const struct status_offer *offer)
{
	const char *to = word_label(WORDS_STATUS, offer->to);

	if (offer->refused[0] != '\0') {
		return xasprintf(_("next status: %s (step %d \"%s\" is done), but not yet: %s"),
			to, offer->n, offer->step, offer->refused);
	}
	return xasprintf(_("next status: %s? step %d \"%s\" is done: %s"), to, offer->n,
		offer->step, offer->verb);
}
