/* sheet_scene.c owns the screen of a case's scenes that the police want kept:
 * recording such a request, and its end. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/case.h"
#include "core/hold.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/when.h"
#include "tui/ask.h"
#include "tui/case_rows.h"
#include "tui/filling.h"
#include "tui/views.h"

enum { SHOW_STANDING, SHOW_ALL };

static const char *const presets[] = { N_("to be kept now"), N_("all"), NULL };

static const struct hint hints[] = {
	{ CMD_ENTER, N_("record its release") },
	{ CMD_ADD, N_("record a request") },
	SHEET_HINTS
};

static const struct table_column columns[] = {
	{ N_("NO"), 3, 0, true }, { N_("STATE"), 12, 0, false },
	{ N_("KEPT"), 9, 0, false }, { N_("ASKED BY, PAPER"), 0, 0, false },
	{ N_("WHAT"), 18, 100, false }, { N_("SINCE"), 11, 60, false },
	{ N_("RELEASED BY"), 24, 120, false }, { 0 },
};

static bool
add_row(const struct hold *hold, void *arg)
{
	struct filling *f = arg;
	char of[24], since[WHEN_SHORT_SIZE];
	struct table_row *row = filling_add(f, hold->id, hold->n, hold->state,
		hold->case_id);
	char *words = hold_words(hold);

	when_near(since, hold->placed_at, desk_now(f->desk), desk_zone(f->desk));
	table_cell(row, 0, row->key);
	table_cell(row, 1, word_label(WORDS_SCENE, hold->state));
	case_short_number(of, hold->number);
	table_cell(row, 2, hold->case_id[0] == '\0' ? hold->asset
		: f->page->about[0] != '\0' ? _("this case") : of);
	table_cell(row, 3, words);
	table_cell(row, 4, hold->what[0] != '\0' ? hold->what : _("all of it"));
	table_cell(row, 5, since);
	if (hold->released_at != 0) {
		char *by = xasprintf("%s, %s", hold->released_by, hold->release_doc);

		table_cell(row, 6, by);
		free(by);
	} else {
		row->signs = 2;
		row->style = ST_LATE;
		f->pressing++;
	}
	row->text = xasprintf(_("%s\nWhat: %s\nRecorded by %s, %s\n%s %s"), words,
		row->cells[4], hold->placed_by, since,
		hold->released_at != 0 ? _("Released by") : _("It stands: steps that rebuild or"
			" restore wait."), row->cells[6] != NULL ? row->cells[6] : "");
	free(words);
	return page_take(f->out, f->page);
}

static bool
load(struct table_rows *out, struct desk *desk, const struct page *page,
	struct error *err)
{
	struct filling f = { .out = out, .page = page, .desk = desk };

	if (!hold_each(desk, page->about[0] != '\0' ? page->about : NULL,
			page->about[0] == '\0' && page->preset == SHOW_STANDING, add_row, &f,
			err)) {
		return false;
	}
	if (f.pressing > 0 && page->about[0] != '\0') {
		snprintf(out->head.todo, sizeof(out->head.todo), "%s",
			_("Keep the scene: nothing is rebuilt or restored before it is released."));
		out->head.late = true;
	} else if (page->about[0] != '\0' && out->count == 0) {
		snprintf(out->head.todo, sizeof(out->head.todo), "%s",
			_("Police ask to keep the scene?  = records who asks, by what paper."));
	}
	return filling_counts(&f, _("%d kept"), f.pressing);
}

/* ---- acts ---- */

static const struct word subjects[] = {
	{ "case", N_("this case") }, { "asset", N_("its system, whatever the case") },
	{ NULL, NULL },
};

static const struct form_line hold_lines[] = {
	{ .name = "body", .label = N_("Who asks"), .kind = FIELD_LINE, .required = true },
	{ .name = "document", .label = N_("Number of the paper"), .kind = FIELD_LINE,
		.help = N_("empty: asked by word; = again writes it") },
	{ .name = "date", .label = N_("Its date"), .kind = FIELD_LINE,
		.help = N_("21/11/2026; empty: not known") },
	{ .name = "what", .label = N_("What to keep"), .kind = FIELD_LINE,
		.help = N_("empty: all of it") },
	{ .name = "of", .label = N_("Applies to"), .kind = FIELD_CHOICE, .words = subjects,
		.value = "case" },
	{ .name = NULL },
};

static bool
run_hold(struct desk *desk, const struct case_ref *ref, const struct json *values,
	struct error *err)
{
	struct ir_case c = { 0 };
	struct hold_new what = { .body = form_word(values, "body"),
		.document = form_word(values, "document"), .date = form_word(values, "date"),
		.what = form_word(values, "what") };
	bool of_asset = strcmp(form_word(values, "of"), "asset") == 0;
	bool fresh;
	int n;
	bool ok = case_load(&c, desk, ref->case_id, err);

	if (ok && of_asset && c.asset_id[0] == '\0') {
		ok = error_set(err, ERR_REFUSED, _("the case has no system yet"));
	}
	what.case_id = of_asset ? NULL : ref->case_id;
	what.asset = of_asset ? c.asset_code : NULL;
	ok = ok && hold_place(desk, &what, &n, &fresh, err);
	if (ok && !fresh) {
		ok = error_set(err, ERR_REFUSED, _("scene %d is kept already"),
			n);
	}
	case_clear(&c);
	return ok;
}

const struct sheet_form scene_hold_form = { .draft = "scene-hold",
	.title = N_("keep the scene"), .lines = hold_lines, .run = run_hold,
	.said = N_("%s: the scene is to be kept") };

static const struct form_line release_lines[] = {
	{ .name = "by", .label = N_("Who released it"), .kind = FIELD_LINE,
		.required = true, .help = N_("name, rank") },
	{ .name = "document", .label = N_("Number of the paper"), .kind = FIELD_LINE,
		.required = true },
	{ .name = NULL },
};

static bool
run_release(struct desk *desk, const struct case_ref *ref, const struct json *values,
	struct error *err)
{
	return hold_release(desk, (int)strtol(ref->item, NULL, 10),
		form_word(values, "by"), form_word(values, "document"), err);
}

const struct sheet_form scene_release_form = { .draft = "scene-release",
	.needs = ACT_SCENE,
	.title = N_("release scene"), .lines = release_lines, .run = run_release,
	.said = N_("scene %s is released by name and paper") };

/* One that was released is read. */
static void
release_or_read(struct app *app, struct sheet_view *view,
	const struct table_row *const *rows, int count)
{
	if (strcmp(rows[0]->state, "held") == 0 && (app_have(app) & NEED_WRITE) != 0) {
		sheet_form(app, &scene_release_form, rows, count);
	} else {
		sheet_read(app, view);
	}
}

static const char *
enter(const struct table_row *row)
{
	return strcmp(row->state, "held") == 0 ? NULL : N_("read it");
}

static const struct sheet_act acts[] = {
	{ .command = CMD_ENTER, .run = release_or_read },
	{ .command = CMD_ADD, .form = &scene_hold_form, .always = true },
	{ .command = CMD_NONE },
};

const struct sheet scene_sheet = {
	.ops = SHEET_OPS("scene", hints),
	.title = N_("SCENES TO KEEP"),
	.source = { .columns = columns, .load = load, .whole = true, .of_case = true,
		.empty = N_("nobody asked to keep the scene; = records a written request") },
	.acts = acts,
	.enter = enter,
};

/* Of the desk: which there are, and their end; a new one is of a case. */
static const struct hint desk_hints[] = {
	{ CMD_ENTER, N_("record its release") },
	{ CMD_PRESETS, NULL },
	{ CMD_CASE, N_("its case") },
	SHEET_HINTS
};

static const struct sheet_act desk_acts[] = {
	{ .command = CMD_ENTER, .run = release_or_read },
	{ .command = CMD_NONE },
};

const struct sheet scenes_sheet = {
	.ops = SHEET_OPS("scenes", desk_hints),
	.title = N_("SCENES TO KEEP"),
	.source = { .columns = columns, .load = load, .whole = true,
		.empty = N_("no scene has to be kept; one is recorded in its case's menu") },
	.acts = desk_acts,
	.presets = presets,
	.enter = enter,
};
