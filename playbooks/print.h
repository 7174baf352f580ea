/* print.h - plans and cases on paper, for the night in which the screens go dark:
 * boxes to tick, lines for time, name and signature, telephones, stop order. */
#ifndef PLAYBOOKS_PRINT_H
#define PLAYBOOKS_PRINT_H

#include "core/buf.h"
#include "core/desk.h"
#include "playbooks/library.h"

/* A plan as a check-list for any case. */
bool print_plan(struct buf *out, struct desk *desk, const struct plan *plan,
	const struct playbook *playbook, struct error *err);
/* The plan that spec names (a code, id or name); *name gets its code, the
 * caller's, and may be NULL. */
bool print_plan_named(struct buf *out, char **name, struct desk *desk, const char *spec,
	struct error *err);

/* The same as a document for suco-report (print_private.h says its form), the
 * caller's. */
bool print_plan_document(struct json **out, struct desk *desk, const char *spec,
	struct error *err);

/* A case: its facts, its plans with what is done and what is left, what is waited
 * for, clocks, points, telephones, an empty table.  Where no plan has begun, the
 * one that fits is printed. */
bool print_case(struct buf *out, struct desk *desk, const char *case_id,
	struct error *err);
/* The same as a document for suco-report. */
bool print_case_document(struct json **out, struct desk *desk, const char *case_id,
	struct error *err);
/* The same as one run of lines, without pages and the empty table: for a copy. */
bool print_case_lines(struct buf *out, struct desk *desk, const char *case_id,
	struct error *err);

#endif
