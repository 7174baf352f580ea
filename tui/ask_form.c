/* ask_form.c owns popups with fields: the draft behind them, saving, what
 * happens when the desk says no. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/mem.h"
#include "tui/ask.h"
#include "tui/chrome.h"

struct form_view {
	struct view view;
	struct ask_form what;
	char *title, *case_id, *number, *draft_kind;
	struct form form;
	struct draft *draft;  /* borrowed from the drafts; NULL before a key */
	struct app *app;
	char event_id[UUID_SIZE];
	bool saving;
	bool done;            /* the desk has it */
	char said[900];       /* why it was refused, in the form */
};

static const struct hint hints[] = {
	{ CMD_SAVE, NULL },
	{ CMD_PANE_NEXT, N_("next field") },
	{ CMD_EDITOR, NULL },
	{ CMD_BACK, N_("leave (text is kept)") },
	{ CMD_NONE, NULL },
};

static void
stop(struct view *view)
{
	struct form_view *f = (struct form_view *)view;
	struct error err = ERROR_INIT;

	if (f->draft != NULL) {
		if (f->done || form_empty(&f->form)) {
			draft_done(app_drafts(f->app), f->draft);
		} else if (!draft_put_away(app_drafts(f->app), f->draft, &err)) {
			app_error(f->app, &err);
		}
	}
	form_free(&f->form);
	free(f->title);
	free(f->case_id);
	free(f->number);
	free(f->draft_kind);
	if (f->what.free_arg != NULL) {
		f->what.free_arg(f->what.arg);
	}
}

static void
touched(struct form_view *f)
{
	if (f->what.draft_kind == NULL) {
		return;
	}
	if (f->draft == NULL) {
		f->draft = draft_begin(app_drafts(f->app), f->draft_kind, f->case_id,
			f->number, app_now(f->app));
		snprintf(f->event_id, sizeof(f->event_id), "%s", f->draft->id);
	}
	draft_touch(f->draft, form_to_json(&f->form), app_mono(f->app));
}

static void
format(struct view *view, const struct screen *screen, struct frame *frame)
{
	struct form_view *f = (struct form_view *)view;
	int cells = frame->cols > 84 ? 84 : frame->cols - 2;
	int said = f->said[0] != '\0'
		? frame_wrap(NULL, 0, 0, 3, cells - 4, ST_ERROR, f->said) : 0;
	struct inside in = chrome_box(frame, screen, form_rows(&f->form) + 2 + said,
		cells, f->title);

	form_show(&f->form, frame, in.row, in.col, in.rows - said, in.cells);
	if (said > 0) {
		frame_wrap(frame, in.row + in.rows - said, in.col, said, in.cells, ST_ERROR,
			f->said);
	}
}

static unsigned
save(struct form_view *f)
{
	const struct field *missing = form_missing(&f->form);

	if (f->saving) {
		return VIEW_HANDLED;
	}
	if (missing != NULL) {
		snprintf(f->said, sizeof(f->said), _("still empty: %s"), missing->label);
		form_focus(&f->form, missing->name);
		return VIEW_HANDLED | VIEW_DIRTY;
	}
	f->said[0] = '\0';
	f->saving = true;
	if (!f->what.done(f->app, &f->view, f->what.arg)) {
		f->saving = false;
	}
	return VIEW_HANDLED | VIEW_DIRTY;
}

static unsigned
edit_outside(struct form_view *f)
{
	struct field *field = &f->form.fields[f->form.focus];
	struct error err = ERROR_INIT;
	char *text;

	if (field->kind != FIELD_AREA && field->kind != FIELD_LINE) {
		app_info(f->app, "%s", _("this field holds no text"));
		return VIEW_HANDLED | VIEW_DIRTY;
	}
	text = xstrdup(field_value(field));
	if (app_edit(f->app, &text, &err)) {
		lineedit_set(&field->edit, "");
		(void)lineedit_insert(&field->edit, text, strlen(text));
		touched(f);
	} else {
		app_error(f->app, &err);
	}
	free(text);
	return VIEW_HANDLED | VIEW_DIRTY;
}

static unsigned
act(struct view *view, struct app *app, enum command command)
{
	struct form_view *f = (struct form_view *)view;

	switch (command) {
	case CMD_SAVE:
		return save(f);
	case CMD_EDITOR:
		return edit_outside(f);
	case CMD_BACK:
		if (f->draft != NULL && !form_empty(&f->form)) {
			app_info(app, "%s", _("the text is kept: type : drafts to have it back"));
		}
		return VIEW_HANDLED | VIEW_CLOSE;
	default:
		return VIEW_IGNORED;
	}
}

static unsigned
key(struct view *view, struct app *app, const struct key *k)
{
	struct form_view *f = (struct form_view *)view;

	switch (form_key(&f->form, k)) {
	case FORM_CHANGED:
		touched(f);
		return VIEW_HANDLED | VIEW_DIRTY;
	case FORM_FULL:
		touched(f);
		app_info(app, "%s", _("longer than may be filed: file the rest as evidence"));
		return VIEW_HANDLED | VIEW_DIRTY;
	case FORM_MOVED:
		return VIEW_HANDLED | VIEW_DIRTY;
	case FORM_IGNORED:
		break;
	}
	return VIEW_IGNORED;
}

static bool
in_field(const struct view *view)
{
	(void)view;
	return true;
}

static unsigned
have(const struct view *view)
{
	(void)view;
	return NEED_FORM;
}

static const struct view_ops form_ops = {
	.name = "form",
	.size = sizeof(struct form_view),
	.popup = true,
	.hints = hints,
	.stop = stop,
	.format = format,
	.act = act,
	.key = key,
	.in_field = in_field,
	.have = have,
};

struct view *
ask_form(struct app *app, const struct ask_form *what)
{
	struct form_view *f = (struct form_view *)view_new(&form_ops);

	f->what = *what;
	f->app = app;
	f->title = xstrdup(what->title);
	f->case_id = xstrdup(what->case_id);
	f->number = xstrdup(what->number);
	f->draft_kind = xstrdup(what->draft_kind);
	uuid_v7(f->event_id, app_now(app));
	if (what->draft != NULL) {
		f->draft = draft_adopt(app_drafts(app), what->draft);
		snprintf(f->event_id, sizeof(f->event_id), "%s", f->draft->id);
	}
	app_open(app, &f->view);
	return &f->view;
}

struct form *
ask_form_fields(struct view *view)
{
	return &((struct form_view *)view)->form;
}

void
ask_form_ready(struct view *view)
{
	struct form_view *f = (struct form_view *)view;

	if (f->draft != NULL) {
		form_from_json(&f->form, f->draft->fields);
	} else if (!form_empty(&f->form)) {
		/* What came with the form (a paste) is kept from now on. */
		touched(f);
	}
}

const char *
ask_form_event_id(struct view *view)
{
	return ((struct form_view *)view)->event_id;
}

void *
ask_form_arg(struct view *view)
{
	return ((struct form_view *)view)->what.arg;
}

void
form_saved(struct app *app, uint64_t view_id)
{
	struct view *view = app_view(app, view_id);

	if (view != NULL && view->ops == &form_ops) {
		((struct form_view *)view)->done = true;
		app_close(app, view);
	}
}

void
form_failed(struct app *app, uint64_t view_id, const struct error *err)
{
	struct view *view = app_view(app, view_id);

	if (view != NULL && view->ops == &form_ops) {
		struct form_view *f = (struct form_view *)view;

		f->saving = false;
		snprintf(f->said, sizeof(f->said), "%s: %s%s%s", _("ERROR"), err->message,
			err->cause[0] != '\0' ? "; " : "", err->cause);
	}
	app_error(app, err);
}
