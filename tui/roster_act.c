/* roster_act.c owns what can be done to a cell of the roster: somebody else, a swap,
 * leave, and taking these back; through the acts that the verbs use. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/duty_act.h"
#include "core/fold.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "tui/ask.h"
#include "tui/model.h"
#include "tui/number.h"
#include "tui/sheet_form.h"
#include "tui/view_roster.h"
#include "tui/views.h"

/* ---- forms ---- */

static struct duty_span
span_of(const struct json *values)
{
	return (struct duty_span){ form_given(values, "from"), form_given(values, "to") };
}

static bool
run_override(struct desk *desk, const struct case_ref *ref, const struct json *values,
	struct error *err)
{
	const char *kind = form_word(values, "kind");
	const struct duty_override_new what = { .kind = kind,
		.layer = form_word(values, "layer"),
		.member = strcmp(kind, "remove") == 0 ? NULL : form_word(values, "member"),
		.other = strcmp(kind, "add") == 0 ? NULL : form_word(values, "other"),
		.span = span_of(values), .reason = form_given(values, "reason") };
	int n = 0;

	(void)ref;
	return duty_override(desk, &what, &n, err);
}

static bool
run_swap(struct desk *desk, const struct case_ref *ref, const struct json *values,
	struct error *err)
{
	const struct duty_swap_new what = { .layer = form_word(values, "layer"),
		.other = form_word(values, "member"), .span = span_of(values),
		.back = { form_given(values, "back_from"), form_given(values, "back_to") },
		.reason = form_given(values, "reason") };
	int n = 0;

	(void)ref;
	return duty_swap_ask(desk, &what, &n, err);
}

static bool
run_away(struct desk *desk, const struct case_ref *ref, const struct json *values,
	struct error *err)
{
	const struct duty_span span = span_of(values);
	int n = 0;

	(void)ref;
	return duty_away(desk, form_word(values, "member"), &span,
		form_given(values, "reason"), &n, err);
}

/* item: "override 5", "away 2", "agree 3", "refuse 3", "withdraw 3". */
static bool
run_back(struct desk *desk, const struct case_ref *ref, const struct json *values,
	struct error *err)
{
	const char *blank = strchr(ref->item, ' ');
	char what[24];
	int n;

	if (blank == NULL) {
		return error_set(err, ERR_BAD_INPUT, "%s", ref->item);
	}
	snprintf(what, sizeof(what), "%.*s", (int)(blank - ref->item), ref->item);
	n = number_of(blank + 1);
	return strcmp(what, "override") == 0 || strcmp(what, "away") == 0
		? duty_withdraw(desk, what, n, form_given(values, "reason"), err)
		: duty_swap_answer(desk, n, what, form_given(values, "reason"), err);
}

#define SPAN_LINES \
	{ .name = "from", .label = N_("From when"), .kind = FIELD_LINE, .required = true, \
		.help = N_("21/11 18:00, now") }, \
	{ .name = "to", .label = N_("Until"), .kind = FIELD_LINE, .required = true }, \
	{ .name = "reason", .label = N_("Reason"), .kind = FIELD_LINE }
#define CELL_LINES \
	{ .name = "kind", .label = "", .kind = FIELD_HIDDEN }, \
	{ .name = "layer", .label = "", .kind = FIELD_HIDDEN }
#define MEMBER_LINE(says) \
	{ .name = "member", .label = (says), .kind = FIELD_PICK, .required = true, \
		.from = CHOICES_MEMBERS, .loaded = true }
#define OTHER_LINE(says) \
	{ .name = "other", .label = (says), .kind = FIELD_CHOICE, .required = true }

static const struct form_line replace_lines[] = {
	MEMBER_LINE(N_("Who comes")), OTHER_LINE(N_("Instead of")), SPAN_LINES, CELL_LINES,
	{ .name = NULL },
};

static const struct form_line add_lines[] = {
	MEMBER_LINE(N_("Who comes")), SPAN_LINES, CELL_LINES, { .name = NULL },
};

static const struct form_line remove_lines[] = {
	OTHER_LINE(N_("Who goes")), SPAN_LINES, CELL_LINES, { .name = NULL },
};

static const struct form_line swap_lines[] = {
	MEMBER_LINE(N_("With whom")), SPAN_LINES,
	{ .name = "back_from", .label = N_("In return"), .kind = FIELD_LINE,
		.help = N_("his watch that I take: from; empty: none") },
	{ .name = "back_to", .label = N_("Until"), .kind = FIELD_LINE },
	CELL_LINES, { .name = NULL },
};

static const struct form_line away_lines[] = {
	MEMBER_LINE(N_("Who is away")), SPAN_LINES, CELL_LINES, { .name = NULL },
};

static const struct form_line reason_lines[] = {
	{ .name = "reason", .label = N_("Reason"), .kind = FIELD_LINE },
	{ .name = NULL },
};

static const struct roster_view *
roster_of(struct app *app)
{
	const struct view *base = app_base(app);

	return base->ops == &roster_view ? (const struct roster_view *)base : NULL;
}

static void
set_time(struct form *form, const char *name, int64_t at, const struct zone *zone)
{
	char text[WHEN_SHORT_SIZE];

	when_full(text, at, zone);
	field_set(form_field(form, name), text);
}

/* Those of the cell, each once. */
static void
add_others(struct field *field, const struct roster_cell *cell)
{
	if (field == NULL) {
		return;
	}
	for (int i = 0; i < cell->count; i++) {
		bool there = false;

		for (int k = 0; k < i; k++) {
			there = there || strcmp(cell->who[k].login, cell->who[i].login) == 0;
		}
		if (!there) {
			field_add_choice(field, cell->who[i].login, cell->who[i].name);
		}
	}
	if (field->choice_count > 0) {
		field_set(field, field->choices[0].word);
	}
}

/* The cell under the cursor; what of it is past stays as it was. */
static void
fill_cell(struct app *app, struct view *view, const struct table_row *row)
{
	const struct roster_view *v = roster_of(app);
	const struct zone *zone = app_screen(app)->zone;
	struct form *form = ask_form_fields(view);
	const struct roster_line *line = v != NULL ? roster_line_here(v) : NULL;
	const struct roster_cell *cell = v != NULL ? roster_cell_here(v) : NULL;

	if (row != NULL) {
		field_set(form_field(form, "kind"), row->state);
	}
	if (line == NULL || cell == NULL || zone == NULL) {
		return;
	}
	field_set(form_field(form, "layer"), line->layer);
	set_time(form, "from", cell->gap && cell->gap_from > cell->from ? cell->gap_from
		: cell->from, zone);
	set_time(form, "to", cell->gap ? cell->gap_until : cell->until, zone);
	add_others(form_field(form, "other"), cell);
}

/* One's own leave is what most set. */
static void
fill_away(struct app *app, struct view *view, const struct table_row *row)
{
	fill_cell(app, view, row);
	field_set(form_field(ask_form_fields(view), "member"), app_summary(app)->me.login);
}

static const struct sheet_form replace_form = { .needs = ACT_DUTY,
	.title = N_("put somebody else"), .lines = replace_lines, .run = run_override,
	.fill = fill_cell, .said = N_("on the roster: %s") };
static const struct sheet_form add_form = { .needs = ACT_DUTY,
	.title = N_("put somebody on the roster"), .lines = add_lines, .run = run_override,
	.fill = fill_cell, .said = N_("on the roster: %s") };
static const struct sheet_form remove_form = { .needs = ACT_DUTY,
	.title = N_("take somebody off"), .lines = remove_lines, .run = run_override,
	.fill = fill_cell, .said = N_("on the roster: %s") };
static const struct sheet_form swap_form = { .needs = ACT_WORK,
	.title = N_("ask for a swap"), .lines = swap_lines, .run = run_swap, .fill = fill_cell,
	.save = N_("ask"),
	.said = N_("asked; the roster stays as it is until the other agrees: %s") };
static const struct sheet_form away_form = { .needs = ACT_WORK, .title = N_("away"),
	.lines = away_lines, .run = run_away, .fill = fill_away, .focus = "from",
	.said = N_("set away: %s") };
static const struct sheet_form back_form = { .needs = ACT_WORK,
	.title = N_("take it back"), .lines = reason_lines, .run = run_back,
	.said = N_("taken back: %s") };
static const struct sheet_form agree_form = { .needs = ACT_WORK, .title = N_("agree"),
	.confirm = N_("The roster changes at once; both are told."), .run = run_back,
	.said = N_("agreed, the roster has changed: %s") };
static const struct sheet_form refuse_form = { .needs = ACT_WORK, .title = N_("refuse"),
	.lines = reason_lines, .run = run_back, .said = N_("answered: %s") };

static const struct {
	const char *word;
	const struct sheet_form *form;
} forms[] = {
	{ "replace", &replace_form }, { "add", &add_form }, { "remove", &remove_form },
	{ "swap", &swap_form }, { "mine", &away_form }, { "override", &back_form },
	{ "away", &back_form }, { "agree", &agree_form }, { "refuse", &refuse_form },
	{ "withdraw", &refuse_form },
};

/* word: "replace", "override 5"; label names it where it is none of a cell. */
static void
open_form(struct app *app, const char *word, const char *label)
{
	const struct roster_view *v = roster_of(app);
	const struct zone *zone = app_screen(app)->zone;
	struct case_ref ref = { 0 };
	struct buf name = { 0 };
	char *kind = xstrndup(word, strcspn(word, " "));
	struct table_row row = { .state = kind };

	if (v == NULL || zone == NULL || roster_cell_here(v) == NULL) {
		free(kind);
		return;
	}
	if (strchr(word, ' ') != NULL) {
		const char *colon = strstr(label, ": ");

		snprintf(ref.title, sizeof(ref.title), "%s", colon != NULL ? colon + 2 : label);
	} else {
		roster_span(&name, roster_cell_here(v)->from, roster_cell_here(v)->until, zone);
		form_title(&ref, roster_line_here(v)->layer_name, buf_text(&name));
	}
	snprintf(ref.item, sizeof(ref.item), "%s", word);
	snprintf(ref.number, sizeof(ref.number), "%.60s", ref.title);
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		if (strcmp(forms[i].word, kind) == 0) {
			form_open(app, forms[i].form, &ref, 1, &row);
		}
	}
	buf_free(&name);
	free(kind);
}

/* ---- the menu of a cell ---- */

static bool
chosen(struct app *app, void *arg, const char *word, const char *label)
{
	(void)arg;
	if (strcmp(word, "read") == 0) {
		(void)app_do(app, CMD_HOW);
	} else if (strcmp(word, "rules") == 0) {
		(void)app_do(app, CMD_ROTAS);
	} else {
		open_form(app, word, label);
	}
	return true;
}

static void
offer(struct view *pick, const char *what, int n, const char *text, const char *refusal)
{
	char word[48];

	snprintf(word, sizeof(word), "%s %d", what, n);
	pick_add(pick, word, text, NULL, refusal);
}

static void
offer_back(struct roster_view *v, struct view *pick, const struct roster_cell *cell)
{
	for (int i = 0; i < cell->count; i++) {
		const struct roster_who *w = &cell->who[i];

		if (w->exception > 0) {
			char *text = xasprintf(_("take back exception %d: %s"), w->exception,
				w->name);

			offer(pick, "override", w->exception, text, NULL);
			free(text);
		}
	}
	for (int i = 0; i < v->page.away_count; i++) {
		const struct roster_away *a = &v->page.away[i];

		if (a->from < cell->until && a->until > cell->from) {
			char *text = xasprintf(_("is there after all: %s"), a->name);

			offer(pick, "away", a->n, text, NULL);
			free(text);
		}
	}
}

static void
offer_swaps(struct roster_view *v, struct view *pick)
{
	const char *me = app_summary(v->app)->me.login;
	const struct zone *zone = app_screen(v->app)->zone;

	for (const struct json *s = json_first(v->page.swaps); s != NULL; s = json_next(s)) {
		bool asked = strcmp(json_get_text(s, "other"), me) == 0;
		int n = (int)json_get_int(s, "n", 0);
		struct buf span = { 0 };
		char *text;

		if (!asked && strcmp(json_get_text(s, "asker"), me) != 0) {
			continue;
		}
		roster_swap_span(&span, s, zone);
		if (asked) {
			text = xasprintf(_("agree to swap %d: %s, %s"), n,
				json_get_text(s, "asker_name"), buf_text(&span));
			offer(pick, "agree", n, text, NULL);
			free(text);
			text = xasprintf(_("refuse swap %d: %s, %s"), n,
				json_get_text(s, "asker_name"), buf_text(&span));
			offer(pick, "refuse", n, text, NULL);
		} else {
			text = xasprintf(_("withdraw swap %d: %s, %s"), n,
				json_get_text(s, "other_name"), buf_text(&span));
			offer(pick, "withdraw", n, text, NULL);
		}
		free(text);
		buf_free(&span);
	}
}

static bool
mine(const struct roster_view *v, const struct roster_cell *cell)
{
	for (int i = 0; i < cell->count; i++) {
		if (strcmp(cell->who[i].login, app_summary(v->app)->me.login) == 0) {
			return true;
		}
	}
	return false;
}

unsigned
roster_menu(struct roster_view *v)
{
	const struct roster_cell *cell = roster_cell_here(v);
	const char *locked = v->app != NULL && (app_have(v->app) & NEED_WRITE) == 0
		? _("opened for reading only, or a viewer's role") : NULL;
	const char *past, *nobody;
	struct buf title = { 0 };
	struct view *pick;

	if (cell == NULL || app_screen(v->app)->zone == NULL) {
		return VIEW_HANDLED;
	}
	past = locked != NULL ? locked : cell->until <= app_now(v->app)
		? _("it is over: what was stays as it was") : NULL;
	nobody = past != NULL ? past : cell->count == 0 ? _("nobody stands here") : NULL;
	buf_addf(&title, "%s ", roster_line_here(v)->layer_name);
	roster_span(&title, cell->from, cell->until, app_screen(v->app)->zone);
	pick = ask_pick(v->app, &(struct pick){ .title = buf_text(&title), .named = chosen });
	buf_free(&title);
	pick_add(pick, cell->count > 0 ? "replace" : "add", _("put somebody else"), NULL, past);
	if (cell->count > 0) {
		pick_add(pick, "add", _("put somebody on the roster as well"), NULL, past);
	}
	pick_add(pick, "swap", _("ask for a swap of my watch"), NULL, past != NULL ? past
		: mine(v, cell) ? NULL : _("this watch is not yours"));
	pick_add(pick, "mine", _("set somebody away"), NULL, past);
	pick_add(pick, "remove", _("take somebody off"), NULL, nobody);
	if (past == NULL) {
		offer_back(v, pick, cell);
	}
	if (locked == NULL) {
		offer_swaps(v, pick);
	}
	pick_add(pick, "rules", _("layers, rotations, rosters for a span"), ",", NULL);
	pick_add(pick, "read", _("read who stands here and why"), NULL, NULL);
	return VIEW_HANDLED | VIEW_DIRTY;
}

unsigned
roster_act(struct roster_view *v, enum command command)
{
	const struct roster_cell *cell = roster_cell_here(v);
	const char *word = command == CMD_HOLD ? "mine" : command != CMD_ADD ? NULL
		: cell != NULL && cell->count > 0 ? "replace" : "add";

	if (word == NULL || cell == NULL) {
		return VIEW_IGNORED;
	}
	if (cell->until <= app_now(v->app)) {
		app_info(v->app, "%s", _("it is over: what was stays as it was"));
		return VIEW_HANDLED | VIEW_DIRTY;
	}
	open_form(v->app, word, "");
	return VIEW_HANDLED | VIEW_DIRTY;
}
