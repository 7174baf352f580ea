/* sheet_confirm.c owns the screen of who has confirmed what was posted, unit by
 * unit. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/mem.h"
#include "core/post.h"
#include "tui/ask.h"
#include "tui/sheet_hand.h"
#include "tui/views.h"

enum { CONFIRM_WHO, CONFIRM_STATE, CONFIRM_BY, CONFIRM_POST };

static const struct table_column confirm_columns[] = {
	[CONFIRM_WHO] = { N_("UNIT"), 0, 0, false },
	[CONFIRM_STATE] = { N_("CONFIRMED"), 16, 0, false },
	[CONFIRM_BY] = { N_("CONFIRMED BY"), 20, 0, false },
	[CONFIRM_POST] = { N_("CHANNEL"), 10, 60, false },
	{ 0 },
};

static const struct hint confirm_hints[] = {
	{ CMD_ENTER, N_("confirmed") },
	{ CMD_CALLS, N_("call them") },
	{ CMD_ADD, N_("paste names") },
	{ CMD_PRESETS, NULL },
	SHEET_HINTS
};

static const char *const confirm_presets[] = { N_("still to confirm"),
	N_("of the last notice"), N_("of all notices"), NULL };

static bool
shown(const struct json *row, int preset, int64_t last)
{
	bool newest = json_get_int(row, "n", 0) == last;

	return preset == 0 ? newest && strcmp(json_text_of(row, "state"), "confirmed") != 0
		: preset == 1 ? newest : true;
}

static void
add_unit(struct table_rows *out, const struct json *unit, const struct page *page,
	struct desk *desk)
{
	bool confirmed = strcmp(json_text_of(unit, "state"), "confirmed") == 0;
	struct table_row *row = table_add(out, json_text_of(unit, "id"), json_text_of(unit, "id"),
		json_text_of(unit, "state"));
	char text[80], clock[WHEN_SHORT_SIZE];

	memcpy(row->case_id, page->about, UUID_SIZE);
	/* As callee_find() wants it. */
	row->about = json_get_int(unit, "point_n", 0) > 0
		? xasprintf("point:%lld", (long long)json_get_int(unit, "point_n", 0))
		: strcmp(json_text_of(unit, "ref_kind"), "contact") == 0
			? xstrdup(json_text_of(unit, "ref"))
			: xasprintf("%s:%s", json_text_of(unit, "ref_kind"), json_text_of(unit,
				"ref"));
	when_near(clock, json_get_int(unit, "at", 0), desk_now(desk), desk_zone(desk));
	snprintf(text, sizeof text, "%s", confirmed ? clock : _("NOT YET"));
	table_cell(row, CONFIRM_WHO, json_text_of(unit, "name"));
	table_cell(row, CONFIRM_STATE, text);
	table_cell(row, CONFIRM_BY, json_text_of(unit, "by_name")[0] != '\0' || !confirmed
		? json_text_of(unit, "by_name") : json_text_of(unit, "recorded_by"));
	table_cell(row, CONFIRM_POST, word_label(WORDS_CHANNEL, json_text_of(unit, "channel")));
	row->style = confirmed ? ST_GOOD : ST_SOON;
	row->signs = confirmed ? 0 : 1;
}

static bool
load_confirm(struct table_rows *out, struct desk *desk, const struct page *page,
	struct error *err)
{
	struct json *list = NULL;
	int64_t last;
	int asked = 0, confirmed = 0;

	if (!confirmation_list(desk, page->about, NULL, &list, err)) {
		return false;
	}
	last = json_get_int(json_at(list, 0), "n", 0);
	for (const struct json *unit = json_first(list); unit != NULL; unit = json_next(unit)) {
		if (json_get_int(unit, "n", 0) == last) {
			asked++;
			confirmed += strcmp(json_text_of(unit, "state"), "confirmed") == 0;
		}
		if (shown(unit, page->preset, last)) {
			add_unit(out, unit, page, desk);
			(void)page_take(out, page);
		}
	}
	snprintf(out->head.counts, sizeof(out->head.counts), _("confirmed %d of %d"),
		confirmed, asked);
	if (confirmed < asked) {
		snprintf(out->head.todo, sizeof(out->head.todo),
			_("%d have not confirmed: Space marks, Enter records, p calls them in"
			  " turn."), asked - confirmed);
	}
	if (asked == 0) {
		snprintf(out->head.todo, sizeof(out->head.todo), "%s",
			_("nobody was asked to confirm"));
	}
	json_free(list);
	return true;
}

/* All that were marked by one event. */
static bool
do_confirm(struct desk *desk, const struct case_ref *ref, const struct json *values,
	struct error *err)
{
	char *list = xstrdup(form_word(values, "units"));
	char *rest = NULL;
	const char **units = xcalloc(strlen(list) / 2 + 1, sizeof *units);
	struct confirm_new what = { .case_id = ref->case_id,
		.message = form_word(values, "message"), .units = units,
		.by_name = form_word(values, "by_name") };
	int done = 0;
	bool ok;

	for (char *one = strtok_r(list, "\t\n", &rest); one != NULL;
	     one = strtok_r(NULL, "\t\n", &rest)) {
		if (one[strspn(one, " ")] != '\0') {
			units[what.count++] = one + strspn(one, " ");
		}
	}
	ok = form_time(&what.at, values, "at", WHEN_PAST, desk, err) &&
		post_confirm(desk, &what, &done, err);
	free(units);
	free(list);
	return ok;
}

static const struct form_line confirm_lines[] = {
	{ .name = "by_name", .label = N_("Who said so"), .kind = FIELD_LINE,
	  .help = N_("may stay empty") },
	{ .name = "at", .label = N_("Time"), .kind = FIELD_LINE,
	  .help = N_("nothing: now; 02:31, -5m") },
	{ 0 },
};

const struct sheet_form confirm_form = {
	.title = N_("confirmed"), .lines = confirm_lines, .save = N_("record it"),
	.run = do_confirm, .said = N_("confirmed: %s"),
};

static void
confirm(struct app *app, struct sheet_view *view, const struct table_row *const *rows,
	int count)
{
	struct buf units = { 0 };
	struct case_ref ref;
	struct form *form;

	(void)view;
	for (int i = 0; i < count; i++) {
		buf_addf(&units, "%s%s", i == 0 ? "" : "\n", rows[i]->key);
	}
	sheet_ref(&ref, rows[0]);
	if (count > 1) {
		snprintf(ref.title, sizeof(ref.title), _("%d units"), count);
		snprintf(ref.number, sizeof(ref.number), "%d", count);
	}
	form_open(app, &confirm_form, &ref, 1, NULL);
	form = ask_form_fields(app_top(app));
	field_set(form_add(form, FIELD_HIDDEN, "units", ""), buf_text(&units));
	field_set(form_add(form, FIELD_HIDDEN, "message", ""), "any");
	buf_free(&units);
}

/* Names as they come in a group chat, one a line. */
static const struct form_line paste_lines[] = {
	{ .name = "units", .label = N_("Names"), .kind = FIELD_AREA,
		.list = true, .rows = 8,
	  .required = true, .help = N_("one a line; marks optional") },
	{ .name = "by_name", .label = N_("Who said so"), .kind = FIELD_LINE,
	  .help = N_("may stay empty") },
	{ 0 },
};

static bool
do_paste(struct desk *desk, const struct case_ref *ref, const struct json *values,
	struct error *err)
{
	struct json *all = json_copy(values);
	bool ok;

	json_set_text(all, "message", "last");
	ok = do_confirm(desk, ref, all, err);
	json_free(all);
	return ok;
}

const struct sheet_form confirm_paste_form = {
	.draft = "confirm-paste", .title = N_("confirmed"), .lines = paste_lines,
	.save = N_("record it"), .run = do_paste, .said = N_("confirmed: %s"),
};

static void
call_unit(struct app *app, struct sheet_view *view, const struct table_row *const *rows,
	int count)
{
	struct case_ref ref;

	if (count == 0) { /* nobody is left: the case's own list */
		struct view *calls = view_new(&call_sheet.ops);

		memcpy(calls->about, view->browse.view.about, UUID_SIZE);
		app_open(app, calls);
		return;
	}
	sheet_ref(&ref, rows[0]);
	snprintf(ref.item, sizeof(ref.item), "%s", rows[0]->about);
	call_open(app, &view->browse.view, &ref);
}

static const char *
confirmed_already(const struct table_row *row)
{
	return strcmp(row->state, "confirmed") == 0 ? N_("it has confirmed already") : NULL;
}

static const struct sheet_act confirm_acts[] = {
	{ .command = CMD_ENTER, .run = confirm, .refuse = confirmed_already, .bulk = true },
	{ .command = CMD_CALLS, .run = call_unit, .always = true },
	{ .command = CMD_ADD, .form = &confirm_paste_form, .always = true },
	{ .command = CMD_NONE },
};

const struct sheet confirm_sheet = {
	.ops = SHEET_OPS("confirmations", confirm_hints),
	.title = N_("WHO HAS CONFIRMED"),
	.source = { .columns = confirm_columns, .load = load_confirm, .of_case = true,
		.empty = N_("nobody is left to confirm") },
	.acts = confirm_acts,
	.presets = confirm_presets,
	.tab = &posted_sheet.ops,
	.tab_hint = N_("notices posted"),
};
