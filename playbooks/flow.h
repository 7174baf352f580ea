/* flow.h - a plan as it is drawn: chains of steps, each with the chains that its
 * branches are.
 *
 * Every step that can be reached stands in it once; where a way leads to a step
 * that stands elsewhere, a node says so (a jump).  The end of a branch goes back
 * to the step that opened it; what on_failure leads to stands in that step's own
 * branch, and its end is the end of that. */
#ifndef PLAYBOOKS_FLOW_H
#define PLAYBOOKS_FLOW_H

#include "playbooks/cacao.h"

/* Which branch of its owner a chain is; 0 and more: the step's own. */
#define FLOW_FAILURE (-1)   /* on_failure */
#define FLOW_MAIN (-2)      /* the plan itself */
#define FLOW_EXCEPTION (-3) /* what runs when the plan fails */

struct flow_node {
	int step;
	bool jump;            /* only points at the step */
	int chains, chain_count; /* its chains, side by side in flow->chains */
};

struct flow_chain {
	int owner;            /* step, or NO_STEP */
	int branch;
	int within;           /* the chain that the owner stands in, or -1 */
	int first, count;     /* its nodes, side by side in flow->nodes */
};

struct flow {
	const struct playbook *playbook; /* borrowed */
	struct flow_chain *chains; /* [0] is the plan itself; an owner before its own */
	int chain_count;
	struct flow_node *nodes;
	int node_count;
	int exception; /* the chain, or -1 */
};

void flow_make(struct flow *out, const struct playbook *playbook);
void flow_finish(struct flow *flow);

/* Does the end of a chain lead back to the step that opened it? */
bool flow_leads_back(const struct flow *flow, int chain);
/* A chain that does not, and that jumps nowhere: is its end that of the whole plan
 * (FLOW_ENDS_PLAN) or of the branch that it stands in? */
enum flow_end { FLOW_GOES_ON, FLOW_ENDS_BRANCH, FLOW_ENDS_PLAN };
enum flow_end flow_end(const struct flow *flow, int chain);
/* How deep chains stand in each other. */
int flow_depth(const struct flow *flow);

/* ---- its words, in the language in force; the caller frees ---- */

/* "12! Read the battery", the name alone where it has no number. */
char *flow_title(const struct step *step);
/* "lead Duty engineer, 10m, 2 questions"; "" where there is nothing to say. */
char *flow_under(const struct playbook *playbook, const struct step *step);
/* What a step with branches asks or says: "again while: no power yet". */
char *flow_question(const struct step *step);
/* Over a branch: "yes", "no", "each round", the case's label, "if it fails". */
char *flow_branch(const struct playbook *playbook, const struct step *step,
	int branch);
/* "go on at 12 Read the battery". */
char *flow_jump(const struct step *step);

#endif
