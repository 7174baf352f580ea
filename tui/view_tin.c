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
#include "tui/model.h"
#include "tui/places.h"
#include "tui/tin_fields.h"
#include "tui/tin_look.h"
#include "tui/tin_post.h"
#include "tui/views.h"

struct tin_form {
	struct view view;
	struct app *app;
	struct form form;
	struct draft *draft;   /* borrowed; NULL before the first key */
	struct tin_look look;
	bool kind_chosen, asset_chosen; /* by the person: words no longer change it */
	bool saving, done;
	char event_id[UUID_SIZE];
	char tin_id[UUID_SIZE], number[24]; /* of one that is changed; "" */
	char said[900];
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

struct form *
tin_form_fields(struct view *view)
{
	return &((struct tin_form *)view)->form;
}

static void
start(struct view *view, struct app *app)
{
	struct tin_form *n = (struct tin_form *)view;

	n->app = app;
	tin_fields(&n->form);
	act_load_choices(app, view, "asset", CHOICES_ASSETS);
}

static void
stop(struct view *view)
{
	struct tin_form *n = (struct tin_form *)view;
	struct error err = ERROR_INIT;

	if (n->draft != NULL) {
		if (n->done || form_empty(&n->form)) {
			draft_done(app_drafts(n->app), n->draft);
		} else if (!draft_put_away(app_drafts(n->app), n->draft, &err)) {
			app_error(n->app, &err);
		}
	}
	form_free(&n->form);
	tin_look_free(&n->look);
}

static void
touched(struct tin_form *n)
{
	struct json *values = form_to_json(&n->form);

	if (n->draft == NULL) {
		n->draft = draft_begin(app_drafts(n->app), "tin", "", n->number,
			app_now(n->app));
	}
	json_set_text(values, "tin_id", n->tin_id);
	snprintf(n->event_id, sizeof(n->event_id), "%s", n->draft->id);
	draft_touch(n->draft, values, app_mono(n->app));
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

/* The system that the words name, until the person chooses one. */
static bool
take_asset(struct tin_form *n)
{
	struct field *asset = form_field(&n->form, "asset");
	char code[64];

	guess_asset(code, sizeof(code), asset, form_value(&n->form, "what"));
	if (n->asset_chosen || strcmp(code, form_value(&n->form, "asset")) == 0) {
		return false;
	}
	field_set(asset, code);
	return true;
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
	field_help(form_field(&n->form, "verified"), n->look.directory);
	field_help(form_field(&n->form, "reply"), n->look.promise);
	if (take_asset(n)) {
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
	snprintf(l->asked.ask.title, sizeof(l->asked.ask.title), "%s",
		form_value(&n->form, "what"));
	snprintf(l->asked.ask.kind, sizeof(l->asked.ask.kind), "%s",
		form_value(&n->form, "kind"));
	snprintf(l->asked.ask.asset, sizeof(l->asked.ask.asset), "%s",
		form_value(&n->form, "asset"));
	snprintf(l->asked.unit, sizeof(l->asked.unit), "%s", form_value(&n->form, "unit"));
	app_ask(n->app, &n->view, &l->request);
}

static void
what_changed(struct tin_form *n)
{
	const char *kind = guess_kind(form_value(&n->form, "what"));

	if (!n->kind_chosen && kind != NULL) {
		field_set(form_field(&n->form, "kind"), kind);
	}
	(void)take_asset(n);
}

/* ---- painting ---- */

static void
format(struct view *view, const struct screen *screen, struct frame *frame)
{
	struct tin_form *n = (struct tin_form *)view;
	char title[80];
	int want, rows;

	snprintf(title, sizeof(title), "%s", n->tin_id[0] == '\0' ? _("NEW REPORT")
		: n->number);
	if (frame->rows >= 16) {
		chrome_head(frame, screen, title);
		chrome_now_text(frame, 1, n->tin_id[0] == '\0'
			? _("One line is enough: who, where, what. F10 records it. The rest can"
				" follow.")
			: _("What became known later: F10 keeps it, with your name and the time."),
			false);
		chrome_rule(frame, 2, NULL);
	} else {
		chrome_now_text(frame, 0, _("Who, where, what: then F10."), false);
	}
	/* The fields that are in use never go; what is below takes the rest. */
	want = form_height(&n->form, frame->cols - 2);
	rows = screen->rows - 6;
	rows = want < rows ? want : rows < 4 ? (screen->rows < 4 ? screen->rows : 4) : rows;
	(void)form_show(&n->form, frame, screen->top, 1, rows, frame->cols - 2);
	if (rows < screen->rows) {
		frame_hline(frame, screen->top + rows, 0, frame->cols, ST_LINE);
		tin_look_show(&n->look, &(struct tin_beside){ .said = n->said,
			.fresh = n->tin_id[0] == '\0',
			.secret = strcmp(form_value(&n->form, "secret"), "yes") == 0 }, frame,
			screen->top + rows + 1, screen->top + screen->rows);
	}
}

static void
state(const struct view *view, const struct screen *screen, struct buf *out)
{
	const struct tin_form *n = (const struct tin_form *)view;

	(void)screen;
	buf_addf(out, "%s", n->saving ? _("recording")
		: n->draft == NULL ? _("a draft is kept from the first key on")
		: n->draft->touched != 0 ? _("draft being kept") : _("draft kept"));
}

/* ---- acting ---- */

/* The page goes; what it became is shown in its place. */
static void
recorded(struct app *app, uint64_t view_id, const struct tin_result *result)
{
	struct view *view = app_view(app, view_id);
	bool opened = result->case_id[0] != '\0';

	if (view != NULL) {
		((struct tin_form *)view)->done = true;
		app_close(app, view);
	}
	if (opened && result->plan) {
		app_info(app, _("%s is a case, its plan begun"), result->number);
		place_open_case(app, result->case_id);
		return;
	}
	if (opened && result->said[0] == '\0' && view != NULL) {
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
	struct view *view = app_view(app, view_id);

	if (view != NULL) {
		((struct tin_form *)view)->done = true;
		app_close(app, view);
	}
	app_info(app, result->plan ? _("%s is a case, its plan begun")
		: _("%s is a case; no plan fits it"), result->number);
	place_open_case(app, result->case_id);
}

static void
refused(struct app *app, uint64_t view_id, const struct error *err)
{
	struct tin_form *n = (struct tin_form *)app_view(app, view_id);

	if (n != NULL) {
		n->saving = false;
		snprintf(n->said, sizeof(n->said), "%s: %s%s%s", _("ERROR"), err->message,
			err->cause[0] != '\0' ? "; " : "", err->cause);
	}
	app_error(app, err);
}

static unsigned
post(struct tin_form *n, enum tin_then then, const char *case_id)
{
	const struct field *missing = form_missing(&n->form);

	if (missing != NULL || n->saving) {
		if (missing != NULL) {
			snprintf(n->said, sizeof(n->said), _("still empty: %s"), missing->label);
			form_focus(&n->form, missing->name);
		}
		return VIEW_HANDLED | VIEW_DIRTY;
	}
	n->said[0] = '\0';
	n->saving = true;
	tin_post(n->app, &n->view, &(struct tin_post){ .values = form_to_json(&n->form),
		.tin_id = n->tin_id, .event_id = n->event_id, .then = then, .case_id = case_id,
		.done = then == TIN_CASE ? opened : recorded, .refused = refused });
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

/* The one that looks the same first, else any open case. */
static unsigned
join(struct tin_form *n)
{
	const struct case_rows *same = &n->look.guess.same;
	struct view *pick;

	if (same->count == 0) {
		act_pick_case(n->app, _("to which case does the caller belong?"), "",
			join_chosen, NULL, NULL);
		return VIEW_HANDLED | VIEW_DIRTY;
	}
	pick = ask_pick(n->app, &(struct pick){
		.title = _("the same as which case? the caller is added to it"),
		.done = join_chosen });
	for (int i = 0; i < same->count; i++) {
		char *label = xasprintf("%s %s", same->rows[i].number, same->rows[i].title);

		pick_add(pick, same->rows[i].id, label, same->rows[i].owner, NULL);
		free(label);
	}
	return VIEW_HANDLED | VIEW_DIRTY;
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
		return join(n);
	case CMD_NEW:
		return VIEW_HANDLED;
	case CMD_BACK:
		if (n->draft != NULL && form_value(&n->form, "what")[0] != '\0') {
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
	struct tin_form *n = (struct tin_form *)view;
	char name[80];

	(void)app;
	snprintf(name, sizeof(name), "%s", n->form.fields[n->form.focus].name);
	switch (form_key(&n->form, k)) {
	case FORM_CHANGED:
	case FORM_FULL:
		n->said[0] = '\0';
		n->kind_chosen = n->kind_chosen || strcmp(name, "kind") == 0;
		n->asset_chosen = n->asset_chosen || strcmp(name, "asset") == 0;
		if (strcmp(name, "what") == 0) {
			what_changed(n);
		}
		touched(n);
		if (strcmp(name, "what") == 0 || strcmp(name, "kind") == 0
			|| strcmp(name, "asset") == 0 || strcmp(name, "unit") == 0) {
			ask_look(n);
		}
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

const struct view_ops tin_view = {
	.name = "report",
	.size = sizeof(struct tin_form),
	.hints = hints,
	.start = start,
	.stop = stop,
	.format = format,
	.act = act,
	.key = key,
	.in_field = in_field,
	.have = have,
	.state = state,
};

static struct tin_form *
open_form(struct app *app)
{
	struct tin_form *n = (struct tin_form *)view_new(&tin_view);

	uuid_v7(n->event_id, app_now(app));
	app_open(app, &n->view);
	return n;
}

void
open_tin(struct app *app, const struct draft *draft)
{
	struct tin_form *n = open_form(app);

	if (draft != NULL) {
		const char *of = json_get_text(draft->fields, "tin_id");

		n->draft = draft_adopt(app_drafts(app), draft);
		snprintf(n->event_id, sizeof(n->event_id), "%s", n->draft->id);
		snprintf(n->tin_id, sizeof(n->tin_id), "%s", of != NULL ? of : "");
		snprintf(n->number, sizeof(n->number), "%s", draft->number);
		form_from_json(&n->form, n->draft->fields);
		n->kind_chosen = n->asset_chosen = true;
	}
	ask_look(n);
}

void
open_tin_change(struct app *app, const char *tin_id, const char *number,
	const struct json *values)
{
	struct tin_form *n = open_form(app);

	snprintf(n->tin_id, sizeof(n->tin_id), "%s", tin_id);
	snprintf(n->number, sizeof(n->number), "%s", number);
	form_from_json(&n->form, values);
	n->kind_chosen = n->asset_chosen = true;
	ask_look(n);
}
