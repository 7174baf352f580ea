/* view_new.c owns the new-case screen: one line is enough; what the desk can
 * say of it appears while it is typed. */
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
#include "tui/new_fields.h"
#include "tui/new_guess.h"
#include "tui/new_open.h"
#include "tui/places.h"
#include "tui/views.h"

struct new_case {
	struct form_view base;
	struct guess guess;
	struct guess_fill fill;
};

static const struct hint hints[] = {
	{ CMD_SAVE, N_("OPEN CASE") },
	{ CMD_PANE_NEXT, N_("next") },
	{ CMD_JOIN, N_("join to the same") },
	{ CMD_EDITOR, NULL },
	{ CMD_BACK, N_("leave (draft kept)") },
	{ CMD_NONE, NULL },
};

static void changed(struct form_view *f, const char *name);

static void
start(struct view *view, struct app *app)
{
	struct new_case *n = (struct new_case *)view;
	const struct actor *me = &app_summary(app)->me;

	form_view_start(&n->base, app, "case");
	n->base.changed = changed;
	n->fill = (struct guess_fill){ .words = "title", .says = true };
	new_fields(&n->base.form, me->login, me->name);
	act_load_choices(app, view, "asset", CHOICES_ASSETS);
	act_load_choices(app, view, "plan", CHOICES_PLANS);
	act_load_choices(app, view, "owner", CHOICES_MEMBERS);
}

static void
stop(struct view *view)
{
	struct new_case *n = (struct new_case *)view;

	form_view_stop(&n->base);
	guess_free(&n->guess);
}

/* ---- what the desk says of it ---- */

static void ask_guess(struct new_case *n);

struct guess_request {
	struct request request;
	struct guess_ask ask;
	struct guess guess;
};

static bool
run_guess(struct request *request, struct desk *desk, struct error *err)
{
	struct guess_request *g = (struct guess_request *)request;

	return guess_load(&g->guess, desk, &g->ask, err);
}

/* The ticks stay as the person left them. */
static void
show_told(struct new_case *n)
{
	struct json *before = form_to_json(&n->base.form);

	form_drop(&n->base.form, "tell");
	for (int i = 0; i < n->guess.told_count; i++) {
		const struct guess_told *told = &n->guess.told[i];
		char name[80];
		const char *value;
		struct field *field;

		snprintf(name, sizeof(name), "tell:%s", told->role);
		if (!told->propose) {
			char *text = xasprintf(_("by telephone or in person: %s"), told->name);

			(void)form_add(&n->base.form, FIELD_LABEL, name, text);
			free(text);
			continue;
		}
		field = form_add(&n->base.form, FIELD_CHECK, name, told->name);
		field_help(field, _("tell by mail"));
		value = json_get_text(before, name);
		field_set(field, value != NULL ? value : "");
	}
	json_free(before);
}

static void
take_guess(struct new_case *n)
{
	struct field *plan = form_field(&n->base.form, "plan");
	char *help;

	if (n->guess.severity > 0) {
		help = xasprintf(_("suggested %d by rule %s"), n->guess.severity,
			n->guess.rule != NULL ? n->guess.rule : "");
		field_help(form_field(&n->base.form, "reason"), help);
		free(help);
	}
	if (n->guess.plan_name != NULL && plan->edit.text.len == 0) {
		help = xasprintf(_("fits: %s"), n->guess.plan_name);
		field_help(plan, help);
		free(help);
	}
	show_told(n);
}

static void
done_guess(struct request *request, struct app *app)
{
	struct guess_request *g = (struct guess_request *)request;
	struct new_case *n = (struct new_case *)app_view(app, request->view_id);

	if (!request->ok) {
		app_error(app, &request->err);
		return;
	}
	guess_free(&n->guess);
	n->guess = g->guess;
	g->guess = (struct guess){ 0 };
	take_guess(n);
	/* The register may have come after the words were typed. */
	if (guess_fill_asset(&n->fill, &n->base.form)) {
		ask_guess(n);
	}
}

static void
free_guess(struct request *request)
{
	guess_free(&((struct guess_request *)request)->guess);
	free(request);
}

static void
ask_guess(struct new_case *n)
{
	struct guess_request *g = xcalloc(1, sizeof(*g));

	g->request = (struct request){ .run = run_guess, .done = done_guess,
		.free = free_guess, .replaces = 2 };
	guess_ask_of(&g->ask, &n->fill, &n->base.form);
	app_ask(n->base.app, &n->base.view, &g->request);
}

static void
changed(struct form_view *f, const char *name)
{
	struct new_case *n = (struct new_case *)f;

	guess_fill_time(&n->fill, &f->form, name, f->app);
	if (guess_changed(&n->fill, &f->form, name)) {
		ask_guess(n);
	}
}

/* ---- painting ---- */

static void
show_same(const struct new_case *n, struct frame *frame, int row, int last)
{
	for (int i = 0; i < n->guess.same.count && row + i < last && i < 3; i++) {
		const struct case_row *c = &n->guess.same.rows[i];

		if (i == 0) {
			frame_put(frame, row, 1, 20, ST_SOON, _("MAYBE THE SAME:"));
		}
		frame_putf(frame, row + i, 18, frame->cols - 19, ST_TEXT, "%s %s (%s)",
			c->number, c->title, c->owner[0] != '\0' ? c->owner : _("NOBODY"));
	}
}

static int
same_rows(const struct new_case *n)
{
	return n->guess.same.count > 3 ? 3 : n->guess.same.count;
}

static void
format(struct view *view, const struct screen *screen, struct frame *frame)
{
	struct new_case *n = (struct new_case *)view;
	int top = screen->top, last = screen->top + screen->rows;
	int depends = n->guess.depends_count > 4 ? 4 : n->guess.depends_count;
	int below = same_rows(n) + (depends > 0 ? depends + 1 : 0) + n->guess.changed_count
		+ (n->base.said[0] != '\0' ? 1 : 0);
	int row;

	if (frame->rows >= 16) {
		chrome_head(frame, screen, _("NEW CASE"));
		chrome_now_text(frame, 1,
			_("One line is enough: type what was reported, then F10."
			" All else can wait."), false);
		chrome_rule(frame, 2, NULL);
	} else {
		chrome_now_text(frame, 0, _("Type what was reported, then F10."), false);
	}
	below = below > screen->rows / 2 ? screen->rows / 2 : below;
	form_show(&n->base.form, frame, top, 1, screen->rows - below - 1, frame->cols - 2);
	row = last - below - 1;
	frame_hline(frame, row++, 0, frame->cols, ST_LINE);
	if (n->base.said[0] != '\0') {
		frame_cut(frame, row++, 1, frame->cols - 2, ST_ERROR, n->base.said);
	}
	show_same(n, frame, row, last);
	row += same_rows(n);
	if (n->guess.changed_count > 0 && row < last) {
		int used = frame_put(frame, row, 1, 20, ST_SOON, _("CHANGED IN 24 H:"));

		row += frame_wrap(frame, row, used + 2, last - row, frame->cols - used - 3,
			ST_TEXT, n->guess.changed);
	}
	if (depends > 0 && row < last) {
		frame_putf(frame, row++, 1, frame->cols - 2, ST_TITLE,
			_("DEPENDS ON IT: %d"), n->guess.depends_count);
		frame_wrap(frame, row, 3, last - row, frame->cols - 4, ST_TEXT,
			n->guess.depends);
	}
}

static void
state(const struct view *view, const struct screen *screen, struct buf *out)
{
	const struct new_case *n = (const struct new_case *)view;

	(void)screen;
	form_view_state(&n->base, _("opening"), out);
	if (n->guess.members != NULL && n->guess.members[0] != '\0') {
		buf_addf(out, _("; told at once: %s"), n->guess.members);
	}
}

/* ---- acting ---- */

static void
opened(struct app *app, uint64_t view_id, const char *case_id)
{
	form_view_saved(app, view_id);
	place_open_case(app, case_id);
}

static unsigned
save(struct new_case *n)
{
	struct form_view *f = &n->base;

	if (form_view_save(f)) {
		new_open(f->app, &f->view, form_to_json(&f->form), f->event_id, opened,
			form_view_refused);
	}
	return VIEW_HANDLED | VIEW_DIRTY;
}

static bool
join_chosen(struct app *app, void *arg, const char *case_id)
{
	struct new_case *n = (struct new_case *)app_base(app);
	char *text;

	(void)arg;
	if (n->base.view.ops != &new_view) {
		return true;
	}
	text = xasprintf("%s%s%s\n%s", form_value(&n->base.form, "title"),
		form_value(&n->base.form, "reporter")[0] != '\0' ? "\n" : "",
		form_value(&n->base.form, "reporter"), form_value(&n->base.form, "note"));
	n->base.saving = true;
	new_join(app, &n->base.view, case_id, text, n->base.event_id, opened,
		form_view_refused);
	free(text);
	return true;
}

static unsigned
act(struct view *view, struct app *app, enum command command)
{
	struct new_case *n = (struct new_case *)view;

	switch (command) {
	case CMD_SAVE:
		return save(n);
	case CMD_JOIN:
		guess_pick_same(app, &n->guess,
			_("the same as which case? this text becomes a note there"), join_chosen);
		return VIEW_HANDLED | VIEW_DIRTY;
	case CMD_NEW:
		return VIEW_HANDLED;
	case CMD_EDITOR:
		return form_view_edit(&n->base, form_field(&n->base.form, "note"));
	default:
		return form_view_act(&n->base, command);
	}
}

const struct view_ops new_view = {
	.name = "new",
	.size = sizeof(struct new_case),
	.hints = hints,
	.start = start,
	.stop = stop,
	.format = format,
	.act = act,
	FORM_VIEW_OPS,
	.state = state,
};

void
open_new_case(struct app *app, const struct draft *draft)
{
	struct new_case *n = (struct new_case *)view_new(&new_view);

	app_open(app, &n->base.view);
	if (draft != NULL) {
		form_view_adopt(&n->base, draft);
		form_from_json(&n->base.form, n->base.draft->fields);
		n->fill.kind_chosen = n->fill.asset_chosen = n->fill.time_chosen = true;
		ask_guess(n);
	}
}
