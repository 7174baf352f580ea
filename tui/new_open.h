/* new_open.h - opening a case from the new-case form, in one change. */
#ifndef TUI_NEW_OPEN_H
#define TUI_NEW_OPEN_H

#include "core/json.h"
#include "tui/app.h"

typedef void opened_fn(struct app *app, uint64_t view_id, const char *case_id);
typedef void refused_fn(struct app *app, uint64_t view_id, const struct error *err);

/* Takes values (the form's).  One of the two is called, even if the view is
 * gone by then. */
void new_open(struct app *app, struct view *view, struct json *values,
	const char *event_id, opened_fn *opened, refused_fn *refused);
/* No new case: text becomes a note on one that is there. */
void new_join(struct app *app, struct view *view, const char *case_id,
	const char *text, const char *event_id, opened_fn *opened, refused_fn *refused);

#endif
