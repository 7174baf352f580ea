/* form_view.h - a view that is a form: pages and popups in which something is
 * written before the desk gets it.
 *
 * A field is one struct field of form.h: a name in the values, a label, and a
 * text, a choice or ticks.  The form owns its fields and their text; the desk
 * gets a copy (form_to_json) when the person says so, and the draft has another
 * from the first key on.  The draft's id is the id of the event that it becomes.
 *
 * Keys: the field has them first (form.h, lineedit.h), then Tab, Enter and the
 * arrows walk; what is left are commands: F10 saves, F4 opens $EDITOR, Esc
 * leaves and keeps the text.
 *
 * A view puts struct form_view first into a struct of its own, FORM_VIEW_OPS into
 * its view_ops, and gives its commands to form_view_act() after its own. */
#ifndef TUI_FORM_VIEW_H
#define TUI_FORM_VIEW_H

#include "tui/app.h"
#include "tui/form.h"

struct form_view {
	struct view view;
	struct app *app;
	struct form form;
	struct draft *draft;      /* borrowed from the drafts; NULL before a key */
	char draft_kind[32];      /* "": no draft is worth it */
	char case_id[UUID_SIZE];  /* for the draft, as the number */
	char number[72];
	char event_id[UUID_SIZE];
	bool saving;
	bool done;                /* the desk has it */
	char said[900];           /* why it cannot be saved, in the form */
	/* The person changed this field: before the draft is written.  Or NULL. */
	void (*changed)(struct form_view *f, const char *name);
};

/* draft_kind NULL: none is kept. */
void form_view_start(struct form_view *f, struct app *app, const char *draft_kind);
/* Goes on with a draft that was read; form_from_json() takes its values when
 * the fields are there. */
void form_view_adopt(struct form_view *f, const struct draft *draft);
/* Keeps the draft if there is text in it that the desk does not have. */
void form_view_stop(struct form_view *f);

struct form *form_view_fields(struct view *view);
/* The text is kept from now on. */
void form_view_touch(struct form_view *f);
/* $EDITOR with the text of this field. */
unsigned form_view_edit(struct form_view *f, struct field *field);
/* Before it is given to the desk: false when that is under way, or a field is
 * still empty (said, and under the cursor). */
bool form_view_save(struct form_view *f);
/* The desk has it: the draft goes and the view closes.  The view may be gone. */
void form_view_saved(struct app *app, uint64_t view_id);
/* It was refused: the text is still there. */
void form_view_refused(struct app *app, uint64_t view_id, const struct error *err);
/* One line for the state row: what is with the draft. */
void form_view_state(const struct form_view *f, const char *saving, struct buf *out);

/* As in struct view_ops. */
unsigned form_view_act(struct form_view *f, enum command command);
unsigned form_view_key(struct view *view, struct app *app, const struct key *key);
bool form_view_in_field(const struct view *view);
unsigned form_view_have(const struct view *view);
#define FORM_VIEW_OPS .key = form_view_key, .in_field = form_view_in_field, \
	.have = form_view_have

#endif
