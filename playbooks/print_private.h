/* print_private.h - the parts of a printed plan or case; for print_*.c only. */
#ifndef PLAYBOOKS_PRINT_PRIVATE_H
#define PLAYBOOKS_PRINT_PRIVATE_H

#include "core/case.h"
#include "core/pages.h"
#include "playbooks/case_runs.h"

struct printing {
	struct pages pages;
	struct desk *desk;
	int64_t now;
};

/* Heads and hashes. */
void print_rule(struct printing *p, const char *title);
bool print_chain_end(struct printing *p, struct error *err);
void print_version(struct printing *p, const struct playbook *playbook);

/* print_steps.c: the steps in the order of the plan; run NULL: none is done. */
void print_steps(struct printing *p, const struct playbook *playbook,
	const struct run *run);

/* print_lists.c */
/* Whom the case calls, in that order, with who comes next where nobody answers. */
bool print_call_list(struct printing *p, const char *case_id, struct error *err);
/* All numbers that may be needed: the contacts of the plan and of this kind, the
 * members who have one; playbook may be NULL. */
bool print_phones(struct printing *p, const struct playbook *playbook,
	const char *kind, struct error *err);
/* The systems by their stop order or start order, with room for what the
 * documents do not say. */
bool print_stop_order(struct printing *p, struct error *err);
bool print_start_order(struct printing *p, struct error *err);
/* Does a step tick a list of this source (suco-step's checklist)? */
bool plan_ticks(const struct playbook *playbook, const char *source);

/* print_ticks.c: the lists of the steps that were reached, as they are. */
bool print_ticks(struct printing *p, const char *case_id, const struct case_runs *runs,
	struct error *err);
/* Was a step reached that ticks the whole list of this source? */
bool runs_reached(const struct case_runs *runs, const char *source);

#endif
