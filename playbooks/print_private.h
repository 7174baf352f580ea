/* print_private.h - the parts of a printed plan or case; for print_*.c only. */
#ifndef PLAYBOOKS_PRINT_PRIVATE_H
#define PLAYBOOKS_PRINT_PRIVATE_H

#include "core/case.h"
#include "core/pages.h"
#include "playbooks/case_runs.h"

/* What a line is, for paper that has more than one kind of letter. */
enum print_style {
	PRINT_TEXT,
	PRINT_TITLE, PRINT_HEAD,
	PRINT_SMALL,  /* what only who checks the paper reads */
	PRINT_BRANCH, /* on what condition, or beside what, the next step stands */
	PRINT_STEP,   /* "[ ]  3! name": its box, number, "!" where it is mandatory */
	PRINT_FORM,   /* words, and ____ to be written on */
	PRINT_COLUMNS, /* the heads of columns, two blanks and more between them */
};

/* One walk, two writers: each print_*() adds lines to pages, and where items is
 * not NULL the same as {"style", "indent", "text"} or {"style": "row", "cells":
 * [{"text", "width"}]}, {"style": "keep"|"keep_end"|"break"}. */
struct printing {
	struct pages pages;
	struct json *items;
	struct desk *desk;
	int64_t now;
};

/* print_put.c: as pages_add(), pages_wrap() and so on; a cell of `width` columns is
 * cut there, 0: the rest of the line. */
struct print_cell {
	const char *text;
	int width;
};
void print_add(struct printing *p, enum print_style style, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
void print_wrap(struct printing *p, enum print_style style, const char *first,
	const char *text);
void print_row(struct printing *p, const struct print_cell *cells, int count);
void print_keep(struct printing *p);
void print_keep_end(struct printing *p);
void print_break(struct printing *p);
void print_rule(struct printing *p, const char *title);
/* The document of the items, for suco-report: {"title", "foot", "hash", "page",
 * "items"}; takes the items. */
struct json *print_document(struct printing *p, const char *foot, const char *hash);
void print_clear(struct printing *p);

/* print_plan.c: heads and hashes. */
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
