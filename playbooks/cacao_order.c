/* cacao_order.c walks a plan as a reader does: a branch before what comes
 * after it.  From that walk come the order of the plan, the numbers of steps
 * that have none of their own, and which steps are reached at all. */
#include <stdlib.h>

#include "core/i18n.h"
#include "core/mem.h"
#include "playbooks/cacao_graph.h"

int
step_edge_count(const struct step *step)
{
	return step->branch_count + 3;
}

int
step_edge(const struct step *step, int index)
{
	if (index < step->branch_count) {
		return step->branches[index].first;
	}
	switch (index - step->branch_count) {
	case 0:
		return step->on_completion;
	case 1:
		return step->on_success;
	default:
		return step->on_failure;
	}
}

struct frame {
	int step;
	int edge;
};

static void
visit(struct playbook *playbook, int index, int *place)
{
	struct step *step = &playbook->steps[index];

	step->reached = true;
	step->order = *place;
	playbook->ordered[(*place)++] = index;
}

/* Depth first with a stack of its own: a plan may be long. */
static void
walk(struct playbook *playbook, int from, int *place)
{
	struct frame *stack = xcalloc((size_t)playbook->step_count + 1,
		sizeof *stack);
	int depth = 0;

	if (from != NO_STEP && !playbook->steps[from].reached) {
		visit(playbook, from, place);
		stack[depth++] = (struct frame){ .step = from };
	}
	while (depth > 0) {
		struct frame *top = &stack[depth - 1];
		const struct step *step = &playbook->steps[top->step];

		if (top->edge >= step_edge_count(step)) {
			depth--;
			continue;
		}
		int next = step_edge(step, top->edge++);
		if (next != NO_STEP && !playbook->steps[next].reached) {
			visit(playbook, next, place);
			stack[depth++] = (struct frame){ .step = next };
		}
	}
	free(stack);
}

static bool
is_work(const struct step *step)
{
	return step->type == STEP_ACTION || step->type == STEP_CALL;
}

/* A plan without our extension is numbered as it is walked. */
static void
number(struct playbook *playbook)
{
	int n = 0;

	for (int i = 0; i < playbook->step_count; i++) {
		if (playbook->steps[i].n != 0) {
			return;
		}
	}
	for (int i = 0; i < playbook->step_count; i++) {
		struct step *step = &playbook->steps[playbook->ordered[i]];

		if (is_work(step) && step->reached) {
			step->n = ++n;
		}
	}
}

void
cacao_order(struct playbook *playbook, struct findings *findings)
{
	int place = 0;

	playbook->ordered = xcalloc((size_t)playbook->step_count + 1,
		sizeof *playbook->ordered);
	walk(playbook, playbook->start, &place);
	walk(playbook, playbook->exception, &place);
	for (int i = 0; i < playbook->step_count; i++) {
		struct step *step = &playbook->steps[i];

		if (!step->reached) {
			char path[FINDING_PATH];

			if (step->type != STEP_MISSING) {
				path_key(path, "/workflow", step->id);
				finding_add(findings, RULE_UNREACHABLE, path,
					_("no way leads to this step"));
			}
			step->order = place;
			playbook->ordered[place++] = i;
		}
	}
	number(playbook);
}
