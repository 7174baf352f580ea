/* settings_model.h - the desk's settings and the configuration as their screen
 * shows them, read on the desk's thread. */
#ifndef TUI_SETTINGS_MODEL_H
#define TUI_SETTINGS_MODEL_H

#include "core/desk.h"
#include "tui/table.h"

/* Settings that there are, set or not; then each role that a plan asks for.
 * Keys are the names, the state is the value as typed. */
bool settings_page(struct table_rows *out, struct desk *desk, const struct page *page,
	struct error *err);
/* Each key of suco.conf: its value, the file and line it comes from. */
bool config_page(struct table_rows *out, struct desk *desk, const struct page *page,
	struct error *err);

#endif
