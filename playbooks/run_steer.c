/* run_steer.c owns what people decide about a run as it goes: more time, back
 * to an earlier step, stand still, go on. */
#include "playbooks/run_steer.h"

#include "core/i18n.h"
#include "playbooks/run_private.h"

#define MINUTE_MS 60000

/* An open step that the person named, or why there is none. */
static struct instance *
open_step(struct run *run, const char *id, struct error *err)
{
	const struct instance *found = run_find(run, id);

	if (found == NULL) {
		error_set(err, ERR_NOT_FOUND, _("no step instance %s"), id);
		return NULL;
	}
	if (!instance_is_work(run, found)) {
		error_set(err, ERR_REFUSED, _("step \"%s\" is not open"),
			playbook_step(run->playbook, found->step)->name);
		return NULL;
	}
	return run_at(run, found->position);
}

bool
run_extend(struct json **effects, struct run *run, const char *id,
	int64_t minutes, const struct run_context *context, struct error *err)
{
	struct instance *instance = open_step(run, id, err);
	const struct step *step;
	int64_t from;

	if (instance == NULL) {
		return false;
	}
	step = playbook_step(run->playbook, instance->step);
	if (minutes < 1 || minutes > EXTEND_MOST_MINUTES) {
		return error_set(err, ERR_BAD_INPUT,
			_("a limit is moved by 1 to %d minutes"), EXTEND_MOST_MINUTES);
	}
	if (instance->due_at == RUN_NO_DUE) {
		return error_set(err, ERR_REFUSED, _("step \"%s\" has no limit to move"),
			step->name);
	}
	if (run_counts_down(run, step)) {
		return error_set(err, ERR_REFUSED, _("the limit of step \"%s\" is a countdown's:"
			" record a new reading instead"), step->name);
	}
	run_keep(run);
	from = instance->due_at > context->now ? instance->due_at : context->now;
	instance->extended += from + minutes * MINUTE_MS - instance->due_at;
	instance->due_at = from + minutes * MINUTE_MS;
	instance->touched = true;
	*effects = run_effects(run);
	return true;
}

/* The innermost place that is still under way, from position upwards; 0: the
 * plan itself. */
static int
under_way(const struct run *run, int position)
{
	while (position != 0 && run_instance(run, position)->ended_at != 0) {
		position = run_instance(run, position)->parent;
	}
	return position;
}

static bool
is_inside(const struct run *run, int position, int scope)
{
	for (; position != 0; position = run_instance(run, position)->parent) {
		if (position == scope) {
			return true;
		}
	}
	return scope == 0;
}

/* One thing goes on at a time in a branch, a condition or a loop: what is open
 * there gives way.  The branches of a parallel step do not know each other. */
static void
make_way(struct run *run, int scope, const char *reason,
	const struct run_context *context)
{
	const struct instance *at = run_instance(run, scope);

	if (at != NULL && !at->is_branch
			&& playbook_step(run->playbook, at->step)->type == STEP_PARALLEL) {
		return;
	}
	for (int i = 1; i <= run->count; i++) {
		struct instance *instance = run_at(run, i);

		if (instance->ended_at == 0 && i != scope && is_inside(run, i, scope)) {
			if (instance_is_work(run, instance)) {
				instance_note(instance, reason);
			}
			instance_end(instance, INSTANCE_ABORTED, context);
		}
	}
}

static bool
may_go_back(const struct run *run, const struct instance *to, struct error *err)
{
	const struct step *step = playbook_step(run->playbook, to->step);

	if (to->is_branch || (step->type != STEP_ACTION && step->type != STEP_CALL)) {
		return error_set(err, ERR_BAD_INPUT, _("\"%s\" is no step for people"),
			step->name);
	}
	for (int i = 1; i <= run->count; i++) {
		const struct instance *other = run_instance(run, i);

		if (other->step == to->step && !other->is_branch && other->ended_at == 0) {
			return error_set(err, ERR_REFUSED, _("step \"%s\" is open already"),
				step->name);
		}
	}
	return true;
}

bool
run_back(struct json **effects, struct run *run, const char *id,
	const char *reason, const struct run_context *context, struct error *err)
{
	const struct instance *to = run_find(run, id);
	int step, parent, scope;

	if (to == NULL) {
		return error_set(err, ERR_NOT_FOUND, _("no step instance %s"), id);
	}
	if (!run_is_open(run)) {
		return error_set(err, ERR_REFUSED, _("the run has ended"));
	}
	if (reason == NULL || reason[0] == '\0') {
		return error_set(err, ERR_REFUSED,
			_("a plan goes back to an earlier step for a reason"));
	}
	if (!may_go_back(run, to, err)) {
		return false;
	}
	step = to->step;
	parent = to->parent;
	run_keep(run);
	scope = under_way(run, parent);
	make_way(run, scope, reason, context);
	for (int at = parent; at != scope; at = run_instance(run, at)->parent) {
		struct instance *left = run_at(run, at);

		left->state = INSTANCE_RUNNING;
		left->ended_at = 0;
		left->ended_by[0] = '\0';
		left->touched = true;
	}
	run_follow(run, MOVE_ENTER, step, parent, context);
	*effects = run_effects(run);
	return true;
}

struct json *
run_pause(struct run *run, const struct run_context *context)
{
	(void)context;
	run_keep(run);
	for (int i = 1; i <= run->count; i++) {
		struct instance *instance = run_at(run, i);

		if (instance_is_work(run, instance) && !run_counts_down(run,
				playbook_step(run->playbook, instance->step))) {
			instance->due_at = RUN_NO_DUE;
			instance->touched = true;
		}
	}
	return run_effects(run);
}

struct json *
run_resume(struct run *run, int64_t paused_at, const struct run_context *context)
{
	run_keep(run);
	for (int i = 1; i <= run->count; i++) {
		struct instance *instance = run_at(run, i);
		int64_t since = instance->opened_at > paused_at ? instance->opened_at
			: paused_at;

		if (!instance_is_work(run, instance)) {
			continue;
		}
		/* What opened meanwhile stood still from then on. */
		instance->extended += context->now > since ? context->now - since : 0;
		instance->due_at = run_limit(run, instance, context);
		instance->touched = true;
	}
	return run_effects(run);
}
