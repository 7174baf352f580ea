/* sheet_holidays.c owns the screen of the holiday table. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/calendar.h"
#include "core/holiday.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/register_value.h"
#include "tui/views.h"

enum { PRESET_COMING, PRESET_ALL };

static const char *const presets[] = { N_("from today on"), N_("all"), NULL };

static const struct hint hints[] = {
	{ CMD_ENTER, N_("confirm this day") },
	{ CMD_ADD, N_("add a day") },
	{ CMD_HOLD, N_("take it off") },
	{ CMD_RELEASE, N_("confirm its year") }, { CMD_PRESETS, NULL },
	SHEET_HINTS
};

static const struct table_column columns[] = {
	{ N_("DAY"), 10, 0, false }, { N_("WEEKDAY"), 9, 0, false },
	{ N_("WHAT"), 0, 0, false }, { N_("KIND"), 22, 60, false },
	{ N_("SOURCE"), 40, 110, false }, { 0 },
};

static const char *const weekdays[] = {
	N_("Sunday"), N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"),
	N_("Friday"), N_("Saturday"),
};

static const char *
kind_label(const char *kind)
{
	return strcmp(kind, "working") == 0 ? _("worked") : strcmp(kind, "suggested") == 0
		? _("suggested") : _("day off");
}

/* 2027-02-06 as 06/02/2027. */
static void
shown_day(char out[CALENDAR_DAY_SIZE], const char *iso)
{
	(void)snprintf(out, CALENDAR_DAY_SIZE, "%.2s/%.2s/%.4s", iso + 8, iso + 5, iso);
}

static void
add_row(struct table_rows *out, const struct page *page, const struct json *day)
{
	const char *iso = json_get_text(day, "day");
	const char *kind = json_get_text(day, "kind");
	char shown[CALENDAR_DAY_SIZE];
	struct table_row *row = table_add(out, json_get_text(day, "id"), iso, kind);

	shown_day(shown, iso);
	table_cell(row, 0, shown);
	table_cell(row, 1, _(weekdays[json_get_int(day, "weekday", 0) % 7]));
	table_cell(row, 2, json_get_text(day, "name"));
	table_cell(row, 3, kind_label(kind));
	table_cell(row, 4, json_get_text(day, "source"));
	row->style = strcmp(kind, "suggested") == 0 ? ST_SOON : ST_TEXT;
	(void)page_take(out, page);
}

static void
head_of(struct table_head *head, const struct holiday_gap *gap, int days)
{
	snprintf(head->counts, sizeof(head->counts), _("%d days"), days);
	if (gap->missing != 0) {
		snprintf(head->todo, sizeof(head->todo),
			_("No day of %d is here: spans in days would be counted wrong. = takes the"
			  " yearly decision, a day a line"), gap->missing);
		head->late = true;
	} else if (gap->suggested > 0) {
		snprintf(head->todo, sizeof(head->todo),
			_("%d days of %d are suggestions: compare with the Prime Minister's"
			  " decision, then confirm"), gap->suggested, gap->year);
	} else {
		snprintf(head->todo, sizeof(head->todo), "%s",
			_("The Prime Minister decides these days every year."));
	}
}

static bool
load(struct table_rows *out, struct desk *desk, const struct page *page,
	struct error *err)
{
	struct holiday_gap gap;
	struct json *days = NULL;
	char today[REG_DATE_SIZE];

	if (!holiday_list(desk, 0, &days, err) || !holiday_gap(desk, &gap, err)) {
		json_free(days);
		return false;
	}
	reg_today(desk, today);
	for (const struct json *day = json_first(days); day != NULL; day = json_next(day)) {
		if (page->preset == PRESET_ALL ||
		    strcmp(json_get_text(day, "day"), today) >= 0) {
			add_row(out, page, day);
		}
	}
	head_of(&out->head, &gap, json_count(days));
	json_free(days);
	return true;
}

/* ---- acts ---- */

static const struct word kinds[] = {
	{ "holiday", N_("day off") }, { "working", N_("worked, though on a weekend") },
	{ NULL, NULL },
};

static const struct form_line add_lines[] = {
	{ .name = "day", .label = N_("Day"), .kind = FIELD_LINE,
		.help = N_("06/02/2027") },
	{ .name = "name", .label = N_("What"), .kind = FIELD_LINE },
	{ .name = "kind", .label = N_("Kind"), .kind = FIELD_CHOICE, .words = kinds,
		.value = "holiday" },
	{ .name = "list", .label = N_("Or a list"), .kind = FIELD_AREA,
		.list = true, .rows = 6,
		.help = N_("a day a line: 06/02/2027 Tết; 13/02/2027 working") },
	{ .name = NULL },
};

static bool
run_add(struct desk *desk, const struct case_ref *ref, const struct json *values,
	struct error *err)
{
	const char *list = form_word(values, "list");
	int added = 0;

	(void)ref;
	if (list[strspn(list, " \t\n")] != '\0') {
		if (form_word(values, "day")[0] != '\0') {
			return error_set(err, ERR_BAD_INPUT, _("one day, or a list: not both"));
		}
		return holiday_paste(desk, list, &added, err) && (added > 0 || error_set(err,
			ERR_REFUSED, _("all of these days are in the table already")));
	}
	if (form_word(values, "name")[0] == '\0') {
		return error_set(err, ERR_BAD_INPUT, _("still empty: %s"), _("What"));
	}
	return holiday_add(desk, form_word(values, "day"), form_word(values, "name"),
		strcmp(form_word(values, "kind"), "working") == 0, err);
}

const struct sheet_form holiday_add_form = { .draft = "holiday-add",
	.needs = ACT_RULES,
	.title = N_("a day of the holiday table"), .lines = add_lines, .run = run_add,
	.said = N_("the holiday table is changed") };

static bool
run_confirm(struct desk *desk, const struct case_ref *ref, const struct json *values,
	struct error *err)
{
	(void)values;
	return holiday_add(desk, ref->item, NULL, false, err);
}

static const struct sheet_form confirm_form = { .needs = ACT_RULES, .title = N_("confirm"),
	.run = run_confirm, .said = N_("%s is confirmed") };

static bool
run_year(struct desk *desk, const struct case_ref *ref, const struct json *values,
	struct error *err)
{
	int count = 0;

	(void)values;
	return holiday_confirm(desk, (int)strtol(ref->item, NULL, 10), &count, err);
}

static const struct sheet_form year_form = { .needs = ACT_RULES, .title = N_("confirm its year"),
	.confirm = N_("All suggested days of that year become days off, as the Prime Minister"
		" decided them."), .run = run_year, .said = N_("the year of %s is confirmed") };

static bool
run_remove(struct desk *desk, const struct case_ref *ref, const struct json *values,
	struct error *err)
{
	(void)values;
	return holiday_remove(desk, ref->item, err);
}

static const struct sheet_form remove_form = { .needs = ACT_RULES, .title = N_("take it off"),
	.confirm = N_("The day counts by its weekday again; clocks that run keep their end."),
	.run = run_remove, .said = N_("%s is off the table") };

static const char *
refuse_confirm(const struct table_row *row)
{
	return strcmp(row->state, "suggested") == 0 ? NULL : N_("it is decided already");
}

static const struct sheet_act acts[] = {
	{ .command = CMD_ENTER, .form = &confirm_form, .refuse = refuse_confirm,
		.bulk = true },
	{ .command = CMD_ADD, .form = &holiday_add_form, .always = true },
	{ .command = CMD_HOLD, .form = &remove_form, .bulk = true },
	{ .command = CMD_RELEASE, .form = &year_form, .refuse = refuse_confirm },
	{ .command = CMD_NONE },
};

const struct sheet holidays_sheet = {
	.ops = SHEET_OPS("holidays", hints),
	.title = N_("HOLIDAY TABLE"),
	.source = { .columns = columns, .load = load, .whole = true,
		.empty = N_("the table is empty; = takes the days, one a line") },
	.acts = acts,
	.presets = presets,
};
