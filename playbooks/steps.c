/* steps.c owns the list of steps that people and scripts read. */
#include "playbooks/steps.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/mem.h"
#include "playbooks/run_private.h"
#include "playbooks/value.h"

static bool
is_task(const struct step *step)
{
	return step->type == STEP_ACTION || step->type == STEP_CALL;
}

/* A call under way is started; what opens later is waiting. */
static const char *
shown_state(const struct instance *instance, int64_t now)
{
	if (instance->state == INSTANCE_RUNNING) {
		return "started";
	}
	if (instance->state == INSTANCE_OPEN && instance->starts_at > now) {
		return "waiting";
	}
	return instance_state_word(instance->state);
}

static struct step_line
line_of(const struct step *step, const struct instance *instance, int64_t now)
{
	struct step_line line = {
		.step = step, .instance = instance, .state = "waiting",
	};

	if (instance != NULL) {
		line.state = shown_state(instance, now);
		line.round = instance->round;
		line.late = instance->ended_at == 0 && instance->due_at < now;
		line.undecided = instance_undecided(instance);
	}
	return line;
}

/* From this step on, whichever way is taken. */
static void
mark_ways(const struct playbook *playbook, char *marks, int index)
{
	while (index != NO_STEP && marks[index] == 0) {
		const struct step *step = playbook_step(playbook, index);

		marks[index] = 1;
		for (int i = 0; i < step->branch_count; i++) {
			mark_ways(playbook, marks, step->branches[i].first);
		}
		mark_ways(playbook, marks, step->on_success);
		mark_ways(playbook, marks, step->on_failure);
		index = step->on_completion;
	}
}

/* Behind what is open; a loop may begin again, and a condition that could not be
 * decided may still be.  Other branches were passed by when one was taken.  stopped:
 * what would have come is counted too. */
static char *
ways_left(const struct playbook *playbook, const struct run *run, bool stopped)
{
	char *marks = xcalloc((size_t)playbook_step_count(playbook) + 1, 1);

	for (int i = 1; i <= run->count; i++) {
		const struct instance *instance = run_instance(run, i);
		const struct step *step = playbook_step(playbook, instance->step);
		bool undecided = instance_undecided(instance);
		bool again = step->type == STEP_WHILE || undecided;
		bool open = instance->ended_at == 0 || undecided
			|| (stopped && instance->state == INSTANCE_ABORTED);

		if (instance->is_branch || !open) {
			continue;
		}
		for (int b = 0; again && b < step->branch_count; b++) {
			mark_ways(playbook, marks, step->branches[b].first);
		}
		mark_ways(playbook, marks, step->on_completion);
		mark_ways(playbook, marks, step->on_success);
		mark_ways(playbook, marks, step->on_failure);
	}
	if (run_is_open(run)) {
		mark_ways(playbook, marks, playbook_exception(playbook));
	}
	return marks;
}

/* The rounds of one step; how many lines were added.  ways: what may still come, or
 * NULL before it has begun. */
static int
add_rounds(struct step_line *lines, const struct playbook *playbook,
	const struct run *run, const char *ways, int index, int64_t now)
{
	const struct step *step = playbook_step(playbook, index);
	int added = 0;

	for (int i = 1; run != NULL && i <= run->count; i++) {
		const struct instance *instance = run_instance(run, i);

		if (instance->step == index && !instance->is_branch
				&& (is_task(step) || instance_undecided(instance))) {
			lines[added++] = line_of(step, instance, now);
		}
	}
	if (added == 0 && is_task(step) && step->reached) {
		lines[added] = line_of(step, NULL, now);
		lines[added++].passed_by = ways != NULL && ways[index] == 0;
	}
	return added;
}

/* Numbered steps by number; one without a number stays where the walk has it,
 * after the numbered one before it. */
static int *
plan_order(const struct playbook *playbook)
{
	int count = playbook_step_count(playbook);
	int *order = xcalloc((size_t)count + 1, sizeof *order);
	int *keys = xcalloc((size_t)count + 1, sizeof *keys);
	int key = 0;

	for (int place = 0; place < count; place++) {
		int index = playbook_ordered(playbook, place);
		const struct step *step = playbook_step(playbook, index);
		int at = place;

		key = step->n != 0 ? step->n : key;
		for (; at > 0 && keys[at - 1] > key; at--) {
			keys[at] = keys[at - 1];
			order[at] = order[at - 1];
		}
		keys[at] = key;
		order[at] = index;
	}
	free(keys);
	return order;
}

struct step_line *
steps_of(const struct playbook *playbook, const struct run *run, int64_t now,
	int *count)
{
	int steps = playbook_step_count(playbook);
	size_t most = (size_t)steps + (size_t)(run != NULL ? run->count : 0) + 1;
	struct step_line *lines = xcalloc(most, sizeof *lines);
	int *order = plan_order(playbook);
	char *ways = run == NULL || run->count == 0 ? NULL : ways_left(playbook, run, false);

	*count = 0;
	for (int i = 0; i < steps; i++) {
		*count += add_rounds(&lines[*count], playbook, run, ways, order[i],
			now);
	}
	free(order);
	free(ways);
	return lines;
}

static int
find_step(const struct run *run, const char *spec)
{
	int index = playbook_find_step(run->playbook, spec);
	int64_t number;

	if (index != NO_STEP || !value_integer(&number, spec) || number < 1) {
		return index;
	}
	for (int i = 0; i < playbook_step_count(run->playbook); i++) {
		if (playbook_step(run->playbook, i)->n == number) {
			return i;
		}
	}
	return NO_STEP;
}

bool
steps_find(const struct instance **out, const struct run *run,
	const char *spec, struct error *err)
{
	const struct instance *found = run_find(run, spec);
	int index = found == NULL ? find_step(run, spec) : NO_STEP;

	for (int i = run->count; found == NULL && index != NO_STEP && i > 0; i--) {
		const struct instance *instance = run_instance(run, i);

		if (instance->step == index && !instance->is_branch) {
			found = instance;
		}
	}
	if (found == NULL && index != NO_STEP) {
		return error_set(err, ERR_REFUSED,
			_("step \"%s\" is not reached yet"),
			playbook_step(run->playbook, index)->name);
	}
	if (found == NULL) {
		return error_set(err, ERR_NOT_FOUND, _("no step %s in this plan"),
			spec);
	}
	*out = found;
	return true;
}

void
steps_count(const struct run *run, int *done, int *total)
{
	const struct playbook *playbook = run->playbook;
	int steps = playbook_step_count(playbook);
	char *seen = xcalloc((size_t)steps + 1, 1); /* 1 ended, 2 open */
	char *ways = run->count == 0 ? NULL : ways_left(playbook, run, !run_is_open(run));

	for (int i = 0; i < run->count; i++) {
		const struct instance *instance = &run->instances[i];

		if (!instance->is_branch) {
			seen[instance->step] = instance->ended_at == 0 ? 2 : 1;
		}
	}
	*done = *total = 0;
	for (int i = 0; i < steps; i++) {
		const struct step *step = playbook_step(playbook, i);

		if (is_task(step) && step->reached
				&& (seen[i] != 0 || ways == NULL || ways[i] != 0)) {
			*total += 1;
			*done += seen[i] == 1;
		}
	}
	free(ways);
	free(seen);
}

char *
steps_said(const char *state, int done, int total)
{
	if (strcmp(state, "running") == 0) {
		return xasprintf("%d/%d", done, total);
	}
	if (strcmp(state, "paused") == 0) {
		return xasprintf(_("paused, %d/%d"), done, total);
	}
	return strcmp(state, "done") == 0 ? xasprintf(_("done, %d steps"), done)
		: xasprintf(_("stopped, %d/%d"), done, total);
}

const struct instance *
steps_next(const struct run *run)
{
	const struct instance *next = NULL;

	for (int i = 0; i < run->count; i++) {
		const struct instance *instance = &run->instances[i];

		if (instance_is_work(run, instance)
				&& (next == NULL || instance->due_at < next->due_at)) {
			next = instance;
		}
	}
	return next;
}

/* How many openings up from the first there is one that holds both. */
static int
steps_apart(const struct run *run, const struct instance *ended,
	const struct instance *other)
{
	int up = 0;

	for (int own = ended->parent; own != 0; own = run_instance(run, own)->parent) {
		for (int at = other->parent; at != 0; at = run_instance(run, at)->parent) {
			if (at == own) {
				return up;
			}
		}
		up++;
	}
	return up;
}

/* Rows of the plan from one to the other; what lies behind is farther. */
static int
rows_apart(const struct run *run, const struct instance *ended,
	const struct instance *other)
{
	int rows = playbook_step(run->playbook, other->step)->order
		- playbook_step(run->playbook, ended->step)->order;

	return rows >= 0 ? rows : playbook_step_count(run->playbook) - rows;
}

static bool
is_running_call(const struct run *run, const struct instance *instance)
{
	return run_is_open(run) && !instance->is_branch
		&& instance->state == INSTANCE_RUNNING
		&& playbook_step(run->playbook, instance->step)->type == STEP_CALL;
}

const struct instance *
steps_first(const struct run *run)
{
	const struct instance *first = NULL;

	for (int i = 0; i < run->count; i++) {
		const struct instance *instance = &run->instances[i];

		if (instance_is_work(run, instance) && (first == NULL
				|| playbook_step(run->playbook, instance->step)->order
				< playbook_step(run->playbook, first->step)->order)) {
			first = instance;
		}
	}
	return first;
}

const struct instance *
steps_after(const struct run *run, const struct instance *ended)
{
	const struct instance *next = NULL;
	int64_t best = INT64_MAX;

	for (int i = 0; i < run->count; i++) {
		const struct instance *instance = &run->instances[i];
		int64_t far;

		if (instance == ended || (!instance_is_work(run, instance)
				&& !is_running_call(run, instance))) {
			continue;
		}
		far = (int64_t)steps_apart(run, ended, instance) * INT32_MAX
			+ rows_apart(run, ended, instance);
		if (far < best) {
			best = far;
			next = instance;
		}
	}
	return next;
}
