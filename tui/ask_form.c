/* ask_form.c owns popups with fields: their box, what they are asked for. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/mem.h"
#include "tui/ask.h"
#include "tui/chrome.h"
#include "tui/form_view.h"

struct popup {
	struct form_view base;
	struct ask_form what;
	char *title;
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
	struct popup *p = (struct popup *)view;

	if (!p->base.done && p->what.left != NULL) {
		p->what.left(p->base.app, p->what.arg);
	}
	form_view_stop(&p->base);
	free(p->title);
	if (p->what.free_arg != NULL) {
		p->what.free_arg(p->what.arg);
	}
}

static void
format(struct view *view, const struct screen *screen, struct frame *frame)
{
	struct form_view *f = (struct form_view *)view;
	const char *title = ((struct popup *)view)->title;
	int cells = frame->cols > 84 ? 84 : frame->cols - 2;
	int said = f->said[0] != '\0'
		? frame_wrap(NULL, 0, 0, 3, cells - 4, ST_ERROR, f->said) : 0;
	struct inside in = chrome_box(frame, screen, form_rows(&f->form) + 2 + said,
		cells, title);

	form_show(&f->form, frame, in.row, in.col, in.rows - said, in.cells);
	if (said > 0) {
		frame_wrap(frame, in.row + in.rows - said, in.col, said, in.cells, ST_ERROR,
			f->said);
	}
}

static unsigned
act(struct view *view, struct app *app, enum command command)
{
	struct popup *p = (struct popup *)view;

	if (command != CMD_SAVE) {
		return form_view_act(&p->base, command);
	}
	if (form_view_save(&p->base)) {
		uint64_t id = view->id;

		if (!p->what.done(app, view, p->what.arg) && app_view(app, id) != NULL) {
			p->base.saving = false;
		}
	}
	return VIEW_HANDLED | VIEW_DIRTY;
}

static const struct view_ops form_ops = {
	.name = "form",
	.size = sizeof(struct popup),
	.popup = true,
	.hints = hints,
	.stop = stop,
	.format = format,
	.act = act,
	FORM_VIEW_OPS,
};

struct view *
ask_form(struct app *app, const struct ask_form *what)
{
	struct popup *p = (struct popup *)view_new(&form_ops);
	struct form_view *f = &p->base;

	p->what = *what;
	p->title = xstrdup(what->title);
	form_view_start(f, app, what->draft_kind);
	snprintf(f->case_id, sizeof(f->case_id), "%s",
		what->case_id != NULL ? what->case_id : "");
	snprintf(f->number, sizeof(f->number), "%s",
		what->number != NULL ? what->number : "");
	if (what->draft != NULL) {
		form_view_adopt(f, what->draft);
	}
	app_open(app, &f->view);
	return &f->view;
}

struct form *
ask_form_fields(struct view *view)
{
	return form_view_fields(view);
}

void
ask_form_ready(struct view *view)
{
	struct form_view *f = (struct form_view *)view;

	if (f->draft != NULL) {
		form_from_json(&f->form, f->draft->fields);
	} else if (!form_empty(&f->form)) {
		/* What came with the form (a paste) is kept from now on. */
		form_view_touch(f);
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
	return ((struct popup *)view)->what.arg;
}

static bool
is_form(struct app *app, uint64_t view_id)
{
	struct view *view = app_view(app, view_id);

	return view != NULL && view->ops == &form_ops;
}

void
form_saved(struct app *app, uint64_t view_id)
{
	if (is_form(app, view_id)) {
		form_view_saved(app, view_id);
	}
}

void
form_failed(struct app *app, uint64_t view_id, const struct error *err)
{
	if (is_form(app, view_id)) {
		form_view_refused(app, view_id, err);
	} else {
		app_error(app, err);
	}
}
