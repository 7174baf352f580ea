/* library_model.h - the library of plans as its screen shows it, read on the
 * desk's thread. */
#ifndef TUI_LIBRARY_MODEL_H
#define TUI_LIBRARY_MODEL_H

#include "core/desk.h"
#include "tui/table.h"

/* One row a plan: code, name, kind, language, status, version, findings, runs.
 * Keys are the plans' ids. */
bool library_page(struct table_rows *out, struct desk *desk, const struct page *page,
	struct error *err);

/* The plan to read: what was found in it, then its steps in order, each with
 * lead, support, limit, how and proof.  The caller frees both. */
bool library_plan_text(char **title, char **text, struct desk *desk, const char *id,
	struct error *err);

#endif
