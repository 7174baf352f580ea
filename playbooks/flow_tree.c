/* flow_tree.c owns the way from the graph of a plan to the chains that are
 * drawn: a whole chain is laid before what branches off it, so that a branch
 * that comes back to it becomes a jump and not a second copy. */
#include <stdlib.h>

#include "core/mem.h"
#include "playbooks/flow.h"

struct building {
	struct flow *flow;
	char *placed; /* steps that stand somewhere */
};

static int
way_on(const struct step *step)
{
	return step->on_success != NO_STEP ? step->on_success : step->on_completion;
}

static int
first_of(const struct flow *flow, const struct flow_chain *chain)
{
	const struct step *owner;

	switch (chain->branch) {
	case FLOW_MAIN:
		return playbook_start(flow->playbook);
	case FLOW_EXCEPTION:
		return playbook_exception(flow->playbook);
	default:
		owner = playbook_step(flow->playbook, chain->owner);
		return chain->branch == FLOW_FAILURE ? owner->on_failure
			: owner->branches[chain->branch].first;
	}
}

static void
add_node(struct flow *flow, int step, bool jump)
{
	flow->nodes = xrealloc(flow->nodes,
		((size_t)flow->node_count + 1) * sizeof *flow->nodes);
	flow->nodes[flow->node_count++] = (struct flow_node){ .step = step, .jump = jump };
}

static void
add_chain(struct flow *flow, int owner, int branch, int within)
{
	flow->chains = xrealloc(flow->chains,
		((size_t)flow->chain_count + 1) * sizeof *flow->chains);
	flow->chains[flow->chain_count++] = (struct flow_chain){
		.owner = owner, .branch = branch, .within = within,
	};
}

/* The steps of a chain, one after the other, until its end or a step that
 * stands elsewhere. */
static void
lay(struct building *b, int at)
{
	struct flow *flow = b->flow;
	struct flow_chain *chain = &flow->chains[at];
	int index = first_of(flow, chain);

	chain->first = flow->node_count;
	while (index != NO_STEP) {
		const struct step *step = playbook_step(flow->playbook, index);

		if (step->type == STEP_END) {
			break;
		}
		if (b->placed[index]) {
			add_node(flow, index, true);
			break;
		}
		b->placed[index] = 1;
		if (step->type != STEP_START) {
			add_node(flow, index, false);
		}
		index = way_on(step);
	}
	chain->count = flow->node_count - chain->first;
}

/* What branches off a node, as chains that are laid later. */
static void
branch_off(struct flow *flow, struct flow_node *node, int within)
{
	const struct step *step = playbook_step(flow->playbook, node->step);

	node->chains = flow->chain_count;
	for (int i = 0; !node->jump && i < step->branch_count; i++) {
		if (step->branches[i].first != NO_STEP) {
			add_chain(flow, node->step, i, within);
		}
	}
	if (!node->jump && step->on_failure != NO_STEP) {
		add_chain(flow, node->step, FLOW_FAILURE, within);
	}
	node->chain_count = flow->chain_count - node->chains;
}

void
flow_make(struct flow *out, const struct playbook *playbook)
{
	struct building b = { .flow = out };

	*out = (struct flow){ .playbook = playbook, .exception = -1 };
	b.placed = xcalloc((size_t)playbook_step_count(playbook) + 1, 1);
	add_chain(out, NO_STEP, FLOW_MAIN, -1);
	if (playbook_exception(playbook) != NO_STEP) {
		out->exception = out->chain_count;
		add_chain(out, NO_STEP, FLOW_EXCEPTION, -1);
	}
	for (int at = 0; at < out->chain_count; at++) {
		lay(&b, at);
		int last = out->chains[at].first + out->chains[at].count;

		for (int i = out->chains[at].first; i < last; i++) {
			branch_off(out, &out->nodes[i], at);
		}
	}
	free(b.placed);
}

void
flow_finish(struct flow *flow)
{
	free(flow->chains);
	free(flow->nodes);
	*flow = (struct flow){ .exception = -1 };
}

static bool
jumps(const struct flow *flow, const struct flow_chain *chain)
{
	return chain->count > 0 && flow->nodes[chain->first + chain->count - 1].jump;
}

bool
flow_leads_back(const struct flow *flow, int at)
{
	const struct flow_chain *chain = &flow->chains[at];

	return chain->branch >= 0 && !jumps(flow, chain);
}

enum flow_end
flow_end(const struct flow *flow, int at)
{
	const struct flow_chain *chain = &flow->chains[at];

	if (chain->branch >= 0 || jumps(flow, chain)) {
		return FLOW_GOES_ON;
	}
	while (chain->branch == FLOW_FAILURE) {
		chain = &flow->chains[chain->within];
	}
	return chain->branch >= 0 ? FLOW_ENDS_BRANCH : FLOW_ENDS_PLAN;
}

int
flow_depth(const struct flow *flow)
{
	int *depths = xcalloc((size_t)flow->chain_count + 1, sizeof *depths);
	int deepest = 0;

	for (int i = 0; i < flow->chain_count; i++) {
		int within = flow->chains[i].within;

		depths[i] = within < 0 ? 1 : depths[within] + 1;
		deepest = depths[i] > deepest ? depths[i] : deepest;
	}
	free(depths);
	return deepest;
}
