/* library_model.h - the library of plans as its screen shows it, read on the
 * desk's thread. */
#ifndef TUI_LIBRARY_MODEL_H
#define TUI_LIBRARY_MODEL_H

#include "core/desk.h"
#include "playbooks/cacao.h"
#include "tui/table.h"

enum plan_cell {
	PLAN_CODE, PLAN_NAME, PLAN_KIND, PLAN_LANGUAGE, PLAN_STATUS, PLAN_VERSION,
	PLAN_ORIGIN, PLAN_SIGNED, PLAN_FINDS, PLAN_RUNS, PLAN_CALLED,
};

/* One row a plan; RUNS are those under way, CALLED how many plans call it.  Keys
 * are the plans' ids. */
bool library_page(struct table_rows *out, struct desk *desk, const struct page *page,
	struct error *err);

/* The same rows on paper (library_paper.c). */
bool library_paper(struct buf *out, struct desk *desk, const struct page *page,
	struct error *err);

/* The plan itself; *title is "PA-MD vi 2026-11-21".  The caller frees both. */
bool library_plan_read(struct playbook **out, char **title, struct desk *desk,
	const char *id, struct error *err);

/* The plan to read: whose signature it has, what uses it, what was found in it,
 * then its steps in order, each with lead, support, limit, how and proof.  The
 * caller frees both. */
bool library_plan_text(char **title, char **text, struct desk *desk, const char *id,
	struct error *err);

#endif
