/* run_flow.c owns what follows from an act: it moves through control steps
 * until only people can go on.  The moves stand on a stack of their own, so a
 * long plan needs no deep recursion; the branches that are open are rows of
 * the run (cacao.md 2, rules 5 and 8 to 13). */
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/mem.h"
#include "playbooks/run_private.h"

/* More moves than this in one act: a loop that no person stands in. */
#define MAX_MOVES 20000

struct move {
	enum move_kind kind;
	int step;     /* MOVE_ENTER */
	int position; /* MOVE_ENTER, MOVE_LEAVE: the branch; else the instance */
};

struct flow {
	struct run *run;
	const struct run_context *context;
	struct move *stack;
	int depth;
	int moves;
};

static void
push(struct flow *flow, enum move_kind kind, int step, int position)
{
	flow->stack = xrealloc(flow->stack,
		((size_t)flow->depth + 1) * sizeof *flow->stack);
	flow->stack[flow->depth++] = (struct move){ kind, step, position };
}

static const struct step *
step_of(const struct flow *flow, int position)
{
	return playbook_step(flow->run->playbook,
		run_at(flow->run, position)->step);
}

static void
fail_with(struct flow *flow, int position, const char *text)
{
	instance_note(run_at(flow->run, position), text);
	push(flow, MOVE_FAIL, 0, position);
}

/* The row of a branch that an instance opens; its position. */
static int
add_branch(struct flow *flow, int position, int slot)
{
	struct run *run = flow->run;
	int round = 1;

	for (int i = 0; i < run->count; i++) {
		round += run->instances[i].is_branch
			&& run->instances[i].parent == position;
	}
	struct instance *branch = run_add(run, run_at(run, position)->step,
		slot == EXCEPTION_SLOT ? 0 : position, flow->context);
	branch->is_branch = true;
	branch->slot = slot;
	branch->round = round;
	return branch->position;
}

/* Opens a branch of an instance and goes in. */
static void
open_branch(struct flow *flow, int position, int slot)
{
	int first = slot == EXCEPTION_SLOT
		? playbook_exception(flow->run->playbook)
		: step_of(flow, position)->branches[slot].first;

	push(flow, MOVE_ENTER, first, add_branch(flow, position, slot));
}

/* All branches are open before the first is walked, so that none can end the
 * step alone; last in, first out: the first is walked first. */
static void
open_all_branches(struct flow *flow, int position)
{
	const struct step *step = step_of(flow, position);
	int before = flow->run->count;

	for (int i = 0; i < step->branch_count; i++) {
		(void)add_branch(flow, position, i);
	}
	for (int i = step->branch_count - 1; i >= 0; i--) {
		push(flow, MOVE_ENTER, step->branches[i].first, before + i + 1);
	}
}

static void
enter_work(struct flow *flow, int index, int parent)
{
	const struct run_context *context = flow->context;
	const struct step *step = playbook_step(flow->run->playbook, index);
	struct instance *instance = run_add(flow->run, index, parent, context);

	instance->starts_at = context->now + step->delay;
	instance->due_at = run_due(flow->run, step, instance->starts_at, context);
	if (step->type == STEP_ACTION) {
		instance->state = INSTANCE_OPEN;
	}
	if (context->assignee != NULL) {
		context->assignee(instance->assignee, step, context->arg);
	}
}

static void
enter(struct flow *flow, int index, int parent)
{
	if (index == NO_STEP) {
		push(flow, MOVE_LEAVE, 0, parent);
		return;
	}
	const struct step *step = playbook_step(flow->run->playbook, index);
	switch (step->type) {
	case STEP_START:
		push(flow, MOVE_ENTER, step->on_completion, parent);
		break;
	case STEP_END:
		push(flow, MOVE_LEAVE, 0, parent);
		break;
	case STEP_ACTION: case STEP_CALL:
		enter_work(flow, index, parent);
		break;
	default: /* it branches, or is not there */
		index = run_add(flow->run, index, parent, flow->context)->position;
		push(flow, MOVE_TEST, 0, index);
		break;
	}
}

struct scope {
	const struct run *run;
	const struct instance *instance;
};

/* What a condition reads: "not known", answered or never asked, becomes the
 * worst case that the plan declares, else the first value. */
static bool
look_up(struct condition_value *out, const char *name, void *arg)
{
	const struct scope *scope = arg;
	struct variable declared;
	char *row_name = NULL;

	if (!run_resolve(&declared, &row_name, scope->run, scope->instance,
			name)) {
		return false;
	}
	const struct value_row *row = run_last_value(scope->run, row_name);
	free(row_name);
	out->type = declared.type;
	out->value = row != NULL ? row->value : declared.value;
	if (out->value == NULL) {
		out->value = declared.unknown;
	}
	if (out->value == NULL) {
		out->value = declared.value;
	}
	return true;
}

static bool
holds(struct flow *flow, int position, bool *out)
{
	struct scope scope = { flow->run, run_at(flow->run, position) };
	struct error err = ERROR_INIT;
	const struct step *step = step_of(flow, position);

	if (step->condition != NULL && condition_eval(out, step->condition,
			look_up, &scope, &err)) {
		return true;
	}
	fail_with(flow, position, err.message);
	return false;
}

static void
test_if(struct flow *flow, int position)
{
	bool is;

	if (!holds(flow, position, &is)) {
		return;
	}
	if (step_of(flow, position)->branches[is ? 0 : 1].first == NO_STEP) {
		push(flow, MOVE_COMPLETE, 0, position);
	} else {
		open_branch(flow, position, is ? 0 : 1);
	}
}

static void
test_while(struct flow *flow, int position)
{
	const struct step *step = step_of(flow, position);
	int rounds = 0;
	bool is;

	if (!holds(flow, position, &is)) {
		return;
	}
	for (int i = 0; i < flow->run->count; i++) {
		rounds += flow->run->instances[i].is_branch
			&& flow->run->instances[i].parent == position;
	}
	if (!is) {
		push(flow, MOVE_COMPLETE, 0, position);
	} else if (rounds >= step->max_rounds) {
		fail_with(flow, position,
			_("the rounds that the plan allows are used up"));
	} else if (flow->moves > MAX_MOVES) {
		fail_with(flow, position,
			_("goes round and round without a step for anybody"));
	} else {
		open_branch(flow, position, 0);
	}
}

static void
test_switch(struct flow *flow, int position)
{
	struct scope scope = { flow->run, run_at(flow->run, position) };
	const struct step *step = step_of(flow, position);
	const char *text = step->switch_on != NULL ? step->switch_on : "";
	char *name = xstrndup(text, strcspn(text, ":"));
	struct condition_value is = { 0 };
	int slot = step->otherwise;

	if (look_up(&is, name, &scope) && is.value != NULL) {
		for (int i = 0; i < step->branch_count; i++) {
			if (i != step->otherwise
					&& strcmp(step->branches[i].key, is.value) == 0) {
				slot = i;
				break;
			}
		}
	}
	if (slot >= 0) {
		open_branch(flow, position, slot);
	} else {
		fail_with(flow, position, is.value == NULL
			? _("the switch reads a variable that has no value")
			: _("no case of the switch fits and there is no default"));
	}
	free(name);
}

static void
test(struct flow *flow, int position)
{
	const struct step *step = step_of(flow, position);

	switch (step->type) {
	case STEP_IF:
		test_if(flow, position);
		break;
	case STEP_WHILE:
		test_while(flow, position);
		break;
	case STEP_SWITCH:
		test_switch(flow, position);
		break;
	case STEP_PARALLEL:
		open_all_branches(flow, position);
		break;
	default:
		fail_with(flow, position, _("the plan goes on at a step that is not in it"));
		break;
	}
}

/* All branches of a parallel step have ended; *failed: one of them failed. */
static bool
joined(const struct run *run, int opener, bool *failed)
{
	*failed = false;
	for (int i = 0; i < run->count; i++) {
		const struct instance *row = &run->instances[i];

		if (row->is_branch && row->parent == opener) {
			if (row->state == INSTANCE_RUNNING) {
				return false;
			}
			*failed |= row->state == INSTANCE_FAILED;
		}
	}
	return true;
}

/* A branch has ended: control returns to its opener (rule 8). */
static void
return_to_opener(struct flow *flow, const struct instance *branch)
{
	int opener = branch->parent;
	bool failed = branch->state == INSTANCE_FAILED;

	if (opener == 0) {
		return; /* the exception's chain */
	}
	switch (step_of(flow, opener)->type) {
	case STEP_WHILE:
		push(flow, failed ? MOVE_FAIL : MOVE_TEST, 0, opener);
		break;
	case STEP_PARALLEL:
		if (joined(flow->run, opener, &failed)) {
			push(flow, failed ? MOVE_FAIL : MOVE_COMPLETE, 0, opener);
		}
		break;
	default:
		push(flow, failed ? MOVE_FAIL : MOVE_COMPLETE, 0, opener);
		break;
	}
}

static const struct instance *
exception_branch(const struct run *run)
{
	for (int i = 0; i < run->count; i++) {
		if (run->instances[i].is_branch
				&& run->instances[i].slot == EXCEPTION_SLOT) {
			return &run->instances[i];
		}
	}
	return NULL;
}

static void
end_run(struct flow *flow, const char *state)
{
	struct run *run = flow->run;

	for (int i = 0; i < run->count; i++) {
		struct instance *instance = &run->instances[i];

		if (instance->ended_at == 0) {
			instance_end(instance, INSTANCE_ABORTED, flow->context);
		}
	}
	memcpy(run->state, state, strlen(state) + 1);
	run->ended_at = flow->context->now;
}

static void
leave(struct flow *flow, int position)
{
	struct instance *branch = run_at(flow->run, position);

	if (branch == NULL) {
		end_run(flow, exception_branch(flow->run) == NULL ? "done"
			: "failed");
		return;
	}
	instance_end(branch, INSTANCE_DONE, flow->context);
	return_to_opener(flow, branch);
}

static void
complete(struct flow *flow, int position)
{
	struct instance *instance = run_at(flow->run, position);
	const struct step *step = step_of(flow, position);

	if (instance->ended_at == 0) {
		instance_end(instance, INSTANCE_DONE, flow->context);
	}
	push(flow, MOVE_ENTER, step->on_success != NO_STEP ? step->on_success
		: step->on_completion, instance->parent);
}

/* Does a step that encloses this one say what happens on failure? */
static bool
rescued_above(const struct flow *flow, int position)
{
	const struct run *run = flow->run;
	const struct instance *branch = run_instance(run, run_instance(run, position)->parent);

	while (branch != NULL && branch->parent != 0) {
		if (step_of(flow, branch->parent)->on_failure != NO_STEP) {
			return true;
		}
		branch = run_instance(run, run_instance(run, branch->parent)->parent);
	}
	return false;
}

/* Rule 5: on_failure, an enclosing on_failure, the playbook's exception (once,
 * rule 19), else the operator decides; on_success alone stops the branch. */
static void
fail(struct flow *flow, int position)
{
	struct run *run = flow->run;
	struct instance *instance = run_at(run, position);
	const struct step *step = step_of(flow, position);
	int parent = instance->parent;

	if (step->on_failure != NO_STEP) {
		instance_end(instance, INSTANCE_FAILED, flow->context);
		push(flow, MOVE_ENTER, step->on_failure, parent);
		return;
	}
	bool rescued = rescued_above(flow, position);
	bool exception = playbook_exception(run->playbook) != NO_STEP;
	bool first = exception && !rescued && exception_branch(run) == NULL;
	if (rescued || exception || step->on_success != NO_STEP) {
		instance_end(instance, INSTANCE_FAILED, flow->context);
		push(flow, MOVE_BRANCH_FAILED, 0, parent);
		if (first) {
			open_branch(flow, position, EXCEPTION_SLOT);
		}
		return;
	}
	instance->state = INSTANCE_FAILED;
	instance->touched = true;
	instance->ended_by[0] = '\0';
}

static void
branch_failed(struct flow *flow, int position)
{
	struct instance *branch = run_at(flow->run, position);

	if (branch != NULL) {
		instance_end(branch, INSTANCE_FAILED, flow->context);
		return_to_opener(flow, branch);
	}
}

/* Nobody can go on and the end was not reached: the run has failed. */
static void
settle(struct flow *flow)
{
	struct run *run = flow->run;

	if (!run_is_open(run)) {
		return;
	}
	for (int i = 0; i < run->count; i++) {
		const struct instance *instance = &run->instances[i];
		const struct step *step = playbook_step(run->playbook,
			instance->step);

		if (instance_is_work(run, instance) || (!instance->is_branch
				&& step->type == STEP_CALL
				&& instance->state == INSTANCE_RUNNING)) {
			return;
		}
	}
	end_run(flow, "failed");
}

static void
make_move(struct flow *flow, struct move move)
{
	switch (move.kind) {
	case MOVE_ENTER:
		enter(flow, move.step, move.position);
		break;
	case MOVE_LEAVE:
		leave(flow, move.position);
		break;
	case MOVE_TEST:
		test(flow, move.position);
		break;
	case MOVE_COMPLETE:
		complete(flow, move.position);
		break;
	case MOVE_FAIL:
		fail(flow, move.position);
		break;
	case MOVE_BRANCH_FAILED:
		branch_failed(flow, move.position);
		break;
	}
}

void
run_follow(struct run *run, enum move_kind kind, int step, int position,
	const struct run_context *context)
{
	struct flow flow = { .run = run, .context = context };

	push(&flow, kind, step, position);
	while (flow.depth > 0 && run_is_open(run)) {
		if (++flow.moves > 2 * MAX_MOVES) {
			end_run(&flow, "failed"); /* no checked plan comes here */
			break;
		}
		make_move(&flow, flow.stack[--flow.depth]);
	}
	settle(&flow);
	free(flow.stack);
}
