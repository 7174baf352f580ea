/* view_tin.c owns the report page: what a caller says on the telephone, typed while
 * he speaks; what the desk knows of it stands below. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/mem.h"
#include "tui/act.h"
#include "tui/ask.h"
#include "tui/chrome.h"
#include "tui/form_view.h"
#include "tui/guess_fill.h"
#include "tui/model.h"
#include "tui/places.h"
#include "tui/tin_fields.h"
#include "tui/tin_look.h"
#include "tui/tin_post.h"
#include "tui/views.h"

struct tin_form {
	struct form_view base;
	struct tin_look look;
	struct guess_fill fill;
};

static const struct hint hints[] = {
	{ CMD_SAVE, N_("record it") },
	{ CMD_EXPORT, N_("open a case") },
	{ CMD_TIN_HELP, N_("ask for help") },
	{ CMD_JOIN, N_("add to a case") },
	{ CMD_BACK, N_("leave (draft kept)") },
	{ CMD_PANE_NEXT, N_("next") },
	{ CMD_NONE, NULL },
};

static void changed(struct form_view *f, const char *name);

static void
start(struct view *view, struct app *app)
{
	struct tin_form *n = (struct tin_form *)view;

	form_view_start(&n->base, app, "tin");
	n->base.changed = changed;
	n->fill.words = "what";
	tin_fields(&n->base.form);
	act_load_choices(app, view, "asset", CHOICES_ASSETS);
}

static void
stop(struct view *view)
{
	struct tin_form *n = (struct tin_form *)view;

	form_view_stop(&n->base);
	tin_look_free(&n->look);
}

/* The report that is changed; "" for a new one. */
static const char *
of_tin(const struct tin_form *n)
{
	return form_value(&n->base.form, "tin_id");
}

/* ---- what the desk says of it ---- */

struct look_request {
	struct request request;
	struct tin_asked asked;
	struct tin_look look;
};

static void ask_look(struct tin_form *n);

static bool
run_look(struct request *request, struct desk *desk, struct error *err)
{
	struct look_request *l = (struct look_request *)request;

	return tin_look_load(&l->look, desk, &l->asked, err);
}

static void
done_look(struct request *request, struct app *app)
{
	struct look_request *l = (struct look_request *)request;
	struct tin_form *n = (struct tin_form *)app_view(app, request->view_id);

	if (!request->ok) {
		app_error(app, &request->err);
		return;
	}
	tin_look_free(&n->look);
	n->look = l->look;
	l->look = (struct tin_look){ 0 };
	field_help(form_field(&n->base.form, "verified"), n->look.directory);
	field_help(form_field(&n->base.form, "reply"), n->look.promise);
	snprintf(n->fill.offered, sizeof(n->fill.offered), "%s", n->look.system);
	if (guess_fill_asset(&n->fill, &n->base.form)) {
		ask_look(n);
	}
}

static void
free_look(struct request *request)
{
	tin_look_free(&((struct look_request *)request)->look);
	free(request);
}

static void
ask_look(struct tin_form *n)
{
	struct look_request *l = xcalloc(1, sizeof(*l));

	l->request = (struct request){ .run = run_look, .done = done_look,
		.free = free_look, .replaces = 2 };
	guess_ask_of(&l->asked.ask, &n->fill, &n->base.form);
	snprintf(l->asked.unit, sizeof(l->asked.unit), "%s", form_value(&n->base.form, "unit"));
	app_ask(n->base.app, &n->base.view, &l->request);
}

static void
changed(struct form_view *f, const char *name)
{
	struct tin_form *n = (struct tin_form *)f;

	f->said[0] = '\0';
	guess_fill_time(&n->fill, &f->form, name, f->app);
	if (guess_changed(&n->fill, &f->form, name) || strcmp(name, "unit") == 0) {
		ask_look(n);
	}
}

/* ---- painting ---- */

static void
format(struct view *view, const struct screen *screen, struct frame *frame)
{
	struct tin_form *n = (struct tin_form *)view;
	char title[80];
	int want, rows;

	snprintf(title, sizeof(title), "%s", of_tin(n)[0] == '\0' ? _("NEW REPORT")
		: n->base.number);
	if (frame->rows >= 16) {
		chrome_head(frame, screen, title);
		chrome_now_text(frame, 1, of_tin(n)[0] == '\0'
			? _("One line is enough: who, where, what. F10 records it. The rest can"
				" follow.")
			: _("What became known later: F10 keeps it, with your name and the time."),
			false);
		chrome_rule(frame, 2, NULL);
	} else {
		chrome_now_text(frame, 0, _("Who, where, what: then F10."), false);
	}
	/* The fields that are in use never go; what is below takes the rest. */
	want = form_height(&n->base.form, frame->cols - 2);
	rows = screen->rows - 6;
	rows = want < rows ? want : rows < 4 ? (screen->rows < 4 ? screen->rows : 4) : rows;
	(void)form_show(&n->base.form, frame, screen->top, 1, rows, frame->cols - 2);
	if (rows < screen->rows) {
		frame_hline(frame, screen->top + rows, 0, frame->cols, ST_LINE);
		tin_look_show(&n->look, &(struct tin_beside){ .said = n->base.said,
			.fresh = of_tin(n)[0] == '\0',
			.secret = strcmp(form_value(&n->base.form, "secret"), "yes") == 0 }, frame,
			screen->top + rows + 1, screen->top + screen->rows);
	}
}

static void
state(const struct view *view, const struct screen *screen, struct buf *out)
{
	(void)screen;
	form_view_state((const struct form_view *)view, _("recording"), out);
}

/* ---- acting ---- */

/* The page goes; what it became is shown in its place. */
static void
recorded(struct app *app, uint64_t view_id, const struct tin_result *result)
{
	bool here = app_view(app, view_id) != NULL;
	bool joined = result->case_id[0] != '\0';

	form_view_saved(app, view_id);
	if (joined && result->said[0] == '\0' && here) {
		app_info(app, _("%s is in the case"), result->number);
	} else {
		app_info(app, "%s%s%s", result->number, result->said[0] != '\0' ? ": "
			: _(" recorded"), result->said);
	}
	open_tin_page(app, result->id);
}

static void
opened(struct app *app, uint64_t view_id, const struct tin_result *result)
{
	form_view_saved(app, view_id);
	tin_is_case(app, result);
}

static unsigned
post(struct tin_form *n, enum tin_then then, const char *case_id)
{
	struct form_view *f = &n->base;

	if (form_view_save(f)) {
		tin_post(f->app, &f->view, &(struct tin_post){ .values = form_to_json(&f->form),
			.tin_id = of_tin(n), .event_id = f->event_id, .then = then,
			.case_id = case_id, .done = then == TIN_CASE ? opened : recorded,
			.refused = form_view_refused });
	}
	return VIEW_HANDLED | VIEW_DIRTY;
}

static bool
join_chosen(struct app *app, void *arg, const char *case_id)
{
	struct view *base = app_base(app);

	(void)arg;
	if (base->ops == &tin_view) {
		(void)post((struct tin_form *)base, TIN_JOIN, case_id);
	}
	return true;
}

static unsigned
act(struct view *view, struct app *app, enum command command)
{
	struct tin_form *n = (struct tin_form *)view;

	switch (command) {
	case CMD_SAVE:
		return post(n, TIN_KEEP, NULL);
	case CMD_EXPORT:
		return post(n, TIN_CASE, NULL);
	case CMD_TIN_HELP:
		return post(n, TIN_HELP, NULL);
	case CMD_JOIN:
		tin_pick_case(app, &n->look.guess, "", join_chosen);
		return VIEW_HANDLED | VIEW_DIRTY;
	case CMD_NEW:
		return VIEW_HANDLED;
	default:
		return form_view_act(&n->base, command);
	}
}

const struct view_ops tin_view = {
	.name = "report",
	.size = sizeof(struct tin_form),
	.hints = hints,
	.start = start,
	.stop = stop,
	.format = format,
	.act = act,
	FORM_VIEW_OPS,
	.state = state,
};

static struct tin_form *
open_form(struct app *app)
{
	struct tin_form *n = (struct tin_form *)view_new(&tin_view);

	app_open(app, &n->base.view);
	return n;
}

/* What was written of it before stands in the fields. */
static void
take_values(struct tin_form *n, const struct json *values)
{
	form_from_json(&n->base.form, values);
	n->fill.kind_chosen = n->fill.asset_chosen = n->fill.time_chosen = true;
}

void
open_tin(struct app *app, const struct draft *draft)
{
	struct tin_form *n = open_form(app);

	if (draft != NULL) {
		form_view_adopt(&n->base, draft);
		take_values(n, n->base.draft->fields);
	}
	ask_look(n);
}

void
open_tin_change(struct app *app, const char *tin_id, const char *number,
	const struct json *values)
{
	struct tin_form *n = open_form(app);

	field_set(form_field(&n->base.form, "tin_id"), tin_id);
	snprintf(n->base.number, sizeof(n->base.number), "%s", number);
	take_values(n, values);
	ask_look(n);
}
