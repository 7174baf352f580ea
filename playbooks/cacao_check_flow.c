/* cacao_check_flow.c owns the shape of the graph: every branch is a scope of
 * its own that ends in its own end (38, 45), nothing goes back but a while
 * (44), and two branches of a parallel step do not write one variable. */
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/mem.h"
#include "playbooks/cacao_graph.h"

struct flow {
	const struct playbook *playbook;
	struct findings *findings;
	int *owner; /* the scope a step stands in: its first step, or NO_STEP */
	int *queue;
};

static void
find_at(struct flow *flow, int rule, int step, const char *text)
{
	char path[FINDING_PATH];

	path_key(path, "/workflow", flow->playbook->steps[step].id);
	finding_add(flow->findings, rule, path, "%s", text);
}

/* All steps that follow one another from first, without going into the
 * branches that they open. */
static void
claim_scope(struct flow *flow, int first, int scope)
{
	int head = 0;
	int tail = 0;

	flow->queue[tail++] = first;
	while (head < tail) {
		int index = flow->queue[head++];
		const struct step *step = &flow->playbook->steps[index];

		if (flow->owner[index] == scope || step->type == STEP_MISSING) {
			continue;
		}
		if (flow->owner[index] != NO_STEP) {
			bool end = step->type == STEP_END;

			find_at(flow, end ? 38 : 45, index,
				end ? _("two branches share this end")
				: _("two branches lead into this step: "
				"one of them leaves its scope"));
			continue;
		}
		flow->owner[index] = scope;
		for (int edge = step->branch_count; edge < step_edge_count(step);
				edge++) {
			int next = step_edge(step, edge);

			if (next != NO_STEP && tail < flow->playbook->step_count * 4) {
				flow->queue[tail++] = next;
			}
		}
	}
}

static void
check_scopes(struct flow *flow)
{
	const struct playbook *playbook = flow->playbook;

	for (int i = 0; i < playbook->step_count; i++) {
		flow->owner[i] = NO_STEP;
	}
	if (playbook->start != NO_STEP) {
		claim_scope(flow, playbook->start, playbook->start);
	}
	if (playbook->exception != NO_STEP
			&& flow->owner[playbook->exception] == NO_STEP) {
		claim_scope(flow, playbook->exception,
			playbook->start != NO_STEP ? playbook->start
			: playbook->exception);
	}
	for (int place = 0; place < playbook->step_count; place++) {
		const struct step *step = &playbook->steps[playbook->ordered[place]];

		for (int i = 0; i < step->branch_count && step->reached; i++) {
			int first = step->branches[i].first;

			if (first != NO_STEP) {
				claim_scope(flow, first, first);
			}
		}
	}
}

struct frame {
	int step;
	int edge;
};

/* A step on the stack that is reached again closes a loop. */
static void
check_loops(struct flow *flow)
{
	const struct playbook *playbook = flow->playbook;
	size_t count = (size_t)playbook->step_count + 1;
	struct frame *stack = xcalloc(count, sizeof *stack);
	char *state = xcalloc(count, 1); /* 0 new, 1 on the stack, 2 done */
	int depth = 0;

	for (int place = 0; place < playbook->step_count; place++) {
		int root = playbook->ordered[place];

		if (state[root] != 0) {
			continue;
		}
		state[root] = 1;
		stack[depth++] = (struct frame){ .step = root };
		while (depth > 0) {
			struct frame *top = &stack[depth - 1];
			const struct step *step = &playbook->steps[top->step];

			if (top->edge >= step_edge_count(step)) {
				state[top->step] = 2;
				depth--;
				continue;
			}
			int next = step_edge(step, top->edge++);
			if (next != NO_STEP && state[next] == 0) {
				state[next] = 1;
				stack[depth++] = (struct frame){ .step = next };
			} else if (next != NO_STEP && state[next] == 1) {
				find_at(flow, 44, top->step,
					_("goes back to a step before it; "
					"only a while-condition repeats"));
			}
		}
	}
	free(state);
	free(stack);
}

/* Branch steps inside branch steps; the engine's stack is bounded. */
static void
check_nesting(struct flow *flow)
{
	const struct playbook *playbook = flow->playbook;
	int *depth = xcalloc((size_t)playbook->step_count + 1, sizeof *depth);

	for (int place = 0; place < playbook->step_count; place++) {
		int index = playbook->ordered[place];
		const struct step *step = &playbook->steps[index];

		for (int i = 0; i < step_edge_count(step); i++) {
			int next = step_edge(step, i);
			int wanted = depth[index] + (i < step->branch_count);

			if (next != NO_STEP && wanted > depth[next]) {
				depth[next] = wanted;
			}
		}
		if (depth[index] == MAX_NESTED_BRANCHES) {
			find_at(flow, RULE_NOT_RUN, index,
				_("branches are nested too deeply to be run"));
		}
	}
	free(depth);
}

/* Marks what can be reached from first, over all edges. */
static void
mark(struct flow *flow, int first, char *seen)
{
	int tail = 0;

	if (first != NO_STEP && !seen[first]) {
		seen[first] = 1;
		flow->queue[tail++] = first;
	}
	while (tail > 0) {
		const struct step *step = &flow->playbook->steps[flow->queue[--tail]];

		for (int i = 0; i < step_edge_count(step); i++) {
			int next = step_edge(step, i);

			if (next != NO_STEP && !seen[next]) {
				seen[next] = 1;
				flow->queue[tail++] = next;
			}
		}
	}
}

struct writer {
	const char *name;
	int branch;
};

static int
compare_writers(const void *left, const void *right)
{
	const struct writer *a = left;
	const struct writer *b = right;
	int order = strcmp(a->name, b->name);

	return order != 0 ? order : a->branch - b->branch;
}

static void
tell_double_writers(struct flow *flow, int index, struct writer *list,
	int count)
{
	char path[FINDING_PATH];

	path_key(path, "/workflow", flow->playbook->steps[index].id);
	if (count > 1) {
		qsort(list, (size_t)count, sizeof *list, compare_writers);
	}
	for (int i = 1; i < count; i++) {
		if (strcmp(list[i - 1].name, list[i].name) == 0
				&& list[i - 1].branch != list[i].branch) {
			finding_add(flow->findings, RULE_TWO_WRITERS, path,
				_("two branches write %s; the later one counts"),
				list[i].name);
		}
	}
}

static void
check_writers(struct flow *flow, int index)
{
	const struct playbook *playbook = flow->playbook;
	const struct step *parallel = &playbook->steps[index];
	size_t size = (size_t)playbook->step_count + 1;
	char *seen = xcalloc(size, 1);
	struct writer *list = NULL;
	int count = 0;

	for (int b = 0; b < parallel->branch_count; b++) {
		memset(seen, 0, size);
		mark(flow, parallel->branches[b].first, seen);
		for (int i = 0; i < playbook->step_count; i++) {
			const struct step *step = &playbook->steps[i];

			for (int k = 0; seen[i] && k < step->ask_count; k++) {
				list = xrealloc(list, ((size_t)count + 1) * sizeof *list);
				list[count++] = (struct writer){ step->asks[k], b };
			}
		}
	}
	tell_double_writers(flow, index, list, count);
	free(list);
	free(seen);
}

void
cacao_check_flow(const struct playbook *playbook, struct findings *findings)
{
	size_t count = (size_t)playbook->step_count * 4 + 4;
	struct flow flow = {
		.playbook = playbook, .findings = findings,
		.owner = xcalloc(count, sizeof *flow.owner),
		.queue = xcalloc(count, sizeof *flow.queue),
	};

	check_scopes(&flow);
	check_loops(&flow);
	check_nesting(&flow);
	for (int i = 0; i < playbook->step_count; i++) {
		if (playbook->steps[i].type == STEP_PARALLEL
				&& playbook->steps[i].branch_count <= 64) {
			check_writers(&flow, i);
		}
	}
	free(flow.owner);
	free(flow.queue);
}
