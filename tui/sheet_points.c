/* sheet_points.c owns the screen of a case's affected places: their states, who
 * confirmed, what a name may mean; a list is pasted here. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/back_by.h"
#include "core/buf.h"
#include "core/case.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/point_act.h"
#include "core/point_group.h"
#include "core/point_names.h"
#include "core/when.h"
#include "tui/app.h"
#include "tui/model.h"
#include "tui/sheet_points.h"
#include "tui/views.h"

enum { SHOW_ALL, SHOW_UNCONFIRMED, SHOW_DOWN, SHOW_CHOOSE, SHOW_AREA, SHOW_CARRIER,
	SHOW_ISLAND, SHOW_STATE };

static const char *const presets[] = {
	N_("all, by number"), N_("told and not confirmed"), N_("still down"),
	N_("names to choose"), N_("all, by old province"), N_("all, by carrier"),
	N_("all, islands first"), N_("all, by state"), NULL,
};

static const enum point_by orders[] = {
	[SHOW_AREA] = BY_AREA, [SHOW_CARRIER] = BY_CARRIER, [SHOW_ISLAND] = BY_ISLAND,
	[SHOW_STATE] = BY_STATE,
};

static const struct hint hints[] = {
	{ CMD_ENTER, N_("change state") },
	{ CMD_ADD, N_("paste a list") },
	{ CMD_CALLS, NULL },
	{ CMD_PRESETS, NULL },
	{ CMD_HOLD, N_("not hit") },
	SHEET_HINTS
};

static const struct table_column columns[] = {
	{ N_("UNIT"), 0, 0, false }, { N_("STATE"), 12, 0, false },
	{ N_("SINCE"), 5, 0, false }, { N_("RESERVE"), 10, 0, false },
	{ N_("CONFIRMED"), 10, 0, false }, { N_("PERSON THERE"), 13, 70, false },
	{ N_("OUTAGE"), 7, 100, true }, { N_("CARRIER"), 14, 110, false },
	{ N_("NOTE"), 20, 130, false }, { 0 },
};

/* What a load of this screen has read. */
struct point_filling {
	struct table_rows *out;
	const struct page *page;
	struct desk *desk;
	struct place_names *names; /* NULL: every name is known */
	enum point_by order;
	int64_t end;
	int64_t outage;
	int choose, unconfirmed;
	struct buf groups; /* "Kon Tum cũ 5 · Quảng Ngãi cũ 8" */
	char *group;       /* of the row before */
	int in_group;
};

/* The hour; of another day the day. */
static void
short_time(char out[WHEN_SHORT_SIZE], const struct point_filling *f, int64_t at)
{
	int64_t now = desk_now(f->desk);

	out[0] = '\0';
	if (at != 0 && now - at < 20 * INT64_C(3600000)) {
		when_clock(out, at, desk_zone(f->desk));
	} else if (at != 0) {
		when_day(out, at, desk_zone(f->desk));
	}
}

/* "unit=CODE<tab>name" a line: what a name that nobody knows may mean. */
static char *
may_mean(struct point_filling *f, const struct point *p)
{
	struct places places = { .count = 0 };
	struct buf out = { 0 };

	if (p->ref[0] == '\0' && f->names != NULL) {
		place_names_find(&places, f->names, p->name);
	}
	for (int i = 0; i < places.count; i++) {
		buf_addf(&out, "%s=%s\t%s (%s)\n", places.list[i]->kind, places.list[i]->code,
			places.list[i]->name, places.list[i]->area[0] != '\0'
				? places.list[i]->area : places.list[i]->code);
	}
	if (places.count == 0) {
		buf_free(&out);
		return NULL;
	}
	return buf_take(&out);
}

static void
say(struct buf *out, const char *label, const char *text)
{
	if (text != NULL && text[0] != '\0') {
		buf_addf(out, "%s: %s\n", _(label), text);
	}
}

static void
say_time(struct buf *out, struct desk *desk, const char *label, int64_t at)
{
	char text[WHEN_SHORT_SIZE];

	if (at != 0) {
		when_near(text, at, desk_now(desk), desk_zone(desk));
		say(out, label, text);
	}
}

/* All that is known, for F2. */
static char *
whole_text(struct point_filling *f, const struct point *p)
{
	struct buf out = { 0 };
	char span[WHEN_SHORT_SIZE];

	buf_addf(&out, "%d  %s\n", p->n, p->name);
	say(&out, N_("STATE"), word_label(WORDS_POINT_STATE, p->state));
	say_time(&out, f->desk, N_("SINCE"), p->since);
	when_span(span, point_outage_ms(p, f->end), i18n_language());
	say(&out, N_("OUTAGE"), point_outage_ms(p, f->end) > 0 ? span : "");
	say(&out, N_("RESERVE"), p->reserve);
	say_time(&out, f->desk, N_("RESERVE SINCE"), p->reserve_at);
	say_time(&out, f->desk, N_("BACK AT"), p->back_at);
	say_time(&out, f->desk, N_("TOLD"), p->told_at);
	say(&out, N_("TOLD BY"), word_label(WORDS_CHANNEL, p->told_how));
	say_time(&out, f->desk, N_("CONFIRMED"), p->confirmed_at);
	say(&out, N_("CONFIRMED BY"), p->confirmed_by);
	say(&out, N_("PERSON THERE"), p->person);
	say_time(&out, f->desk, N_("TOLD IT IS OVER"), p->over_told_at);
	say(&out, N_("OLD PROVINCE"), p->area);
	say(&out, N_("CARRIER"), p->carrier);
	say(&out, N_("UNIT CODE"), p->ref[0] != '\0' ? p->ref
		: _("not in the register, kept as typed"));
	say(&out, N_("NOTE"), p->note);
	return buf_take(&out);
}

static void
put_cells(struct point_filling *f, struct table_row *row, const struct point *p)
{
	char since[WHEN_SHORT_SIZE], span[WHEN_SHORT_SIZE];
	int64_t outage = point_outage_ms(p, f->end);

	short_time(since, f, p->since);
	when_span(span, outage, i18n_language());
	table_cell(row, 0, p->name);
	table_cell(row, 1, word_label(WORDS_POINT_STATE, p->state));
	table_cell(row, 2, since);
	table_cell(row, 3, p->reserve);
	table_cell(row, 4, p->confirmed_at != 0 ? _("received")
		: p->told_at != 0 ? _("NOT YET") : "");
	/* Grouped, the name stands whole and who is there gives way. */
	table_cell(row, 5, f->order != BY_NUMBER ? point_group(p, f->order)
		: p->person[0] != '\0' ? p->person : p->confirmed_by);
	table_cell(row, 6, outage > 0 ? span : "");
	table_cell(row, 7, p->carrier);
	table_cell(row, 8, p->note);
}

/* The rows come in the order of their groups. */
static void
count_group(struct point_filling *f, const char *group)
{
	if (f->group != NULL && (group == NULL || strcmp(f->group, group) != 0)) {
		buf_addf(&f->groups, "%s%s %d", f->groups.len > 0 ? " · " : "", f->group,
			f->in_group);
		free(f->group);
		f->group = NULL;
		f->in_group = 0;
	}
	if (group != NULL && f->group == NULL) {
		f->group = xstrdup(group);
	}
	f->in_group++;
}

static bool
is_shown(const struct point_filling *f, const struct point *p, const char *means)
{
	switch (f->page->preset) {
	case SHOW_UNCONFIRMED:
		return point_unconfirmed(p, desk_now(f->desk));
	case SHOW_DOWN:
		return p->down_since != 0;
	case SHOW_CHOOSE:
		return means != NULL;
	default:
		return true;
	}
}

static void
add_row(struct point_filling *f, const struct point *p)
{
	char *means = may_mean(f, p);
	bool unconfirmed = point_unconfirmed(p, desk_now(f->desk));
	struct table_row *row;
	char number[16];

	f->choose += means != NULL;
	f->unconfirmed += unconfirmed;
	if (f->order != BY_NUMBER) {
		count_group(f, point_group(p, f->order));
	}
	f->outage += point_outage_ms(p, f->end);
	if (!is_shown(f, p, means)) {
		free(means);
		return;
	}
	snprintf(number, sizeof(number), "%d", p->n);
	row = table_add(f->out, p->id, number, p->state);
	memcpy(row->case_id, f->page->about, sizeof(row->case_id) - 1);
	put_cells(f, row, p);
	row->about = means;
	row->text = whole_text(f, p);
	row->signs = means != NULL ? 1 : unconfirmed ? 2 : 0;
	row->style = p->down_since != 0 ? ST_STRONG : ST_TEXT;
	(void)page_take(f->out, f->page);
}

/* The one thing to do on this list. */
static void
put_head(struct point_filling *f, struct table_head *head, const struct point_counts *counts)
{
	char *text = point_counts_text(counts);

	snprintf(head->counts, sizeof(head->counts), _("%s  %lld min in all"), text,
		(long long)(f->outage / 60000));
	if (counts->total == 0) {
		head->counts[0] = '\0';
		snprintf(head->todo, sizeof(head->todo), "%s",
			_("No point yet: = takes a pasted list, one name a line."));
	} else if (f->choose > 0) {
		snprintf(head->todo, sizeof(head->todo), ngettext(
			"%d name is not sure: Enter on it chooses what it means.",
			"%d names are not sure: Enter on them chooses what they mean.",
			(unsigned long)f->choose), f->choose);
	} else if (f->unconfirmed > 0) {
		head->late = true;
		snprintf(head->todo, sizeof(head->todo), ngettext(
			"%d point has not confirmed for 30 minutes: call it (p), Enter records.",
			"%d points have not confirmed for 30 minutes: call (p), Enter records.",
			(unsigned long)f->unconfirmed), f->unconfirmed);
	} else if (f->groups.len > 0) {
		snprintf(head->todo, sizeof(head->todo), "%s", buf_text(&f->groups));
	} else if (counts->down > 0) {
		snprintf(head->todo, sizeof(head->todo),
			_("%d of %d still down: Enter changes a state, marks (Space) change many."),
			counts->down, counts->total);
	}
	free(text);
}

struct back_note {
	struct table_head *head;
	struct desk *desk;
};

/* The first of them. */
static bool
put_back_by(const struct back_by *one, void *arg)
{
	const struct back_note *note = arg;
	char when[WHEN_SHORT_SIZE];

	when_near(when, one->due_at, desk_now(note->desk), desk_zone(note->desk));
	snprintf(note->head->note, sizeof(note->head->note), "%s %s%s%.60s",
		_("Must be back by"), when, one->reason[0] != '\0' ? ": " : "", one->reason);
	return false;
}

static bool
any_unknown(const struct point_list *list)
{
	for (int i = 0; i < list->count; i++) {
		if (list->rows[i].ref[0] == '\0') {
			return true;
		}
	}
	return false;
}

static bool
load(struct table_rows *out, struct desk *desk, const struct page *page,
	struct error *err)
{
	struct point_filling f = { .out = out, .page = page, .desk = desk };
	struct point_list list = { 0 };
	struct point_counts counts;
	struct ir_case c = { 0 };
	bool ok = case_load(&c, desk, page->about, err)
		&& point_load(&list, desk, page->about, "", err)
		&& point_count(&counts, desk, page->about, err)
		&& (!any_unknown(&list) || place_names_load(&f.names, desk, err));

	f.end = point_outage_end(desk, c.closed_at);
	f.order = page->preset >= SHOW_AREA ? orders[page->preset] : BY_NUMBER;
	point_sort(&list, f.order);
	for (int i = 0; ok && i < list.count; i++) {
		add_row(&f, &list.rows[i]);
	}
	count_group(&f, NULL);
	if (ok) {
		struct back_note note = { &out->head, desk };

		put_head(&f, &out->head, &counts);
		ok = back_by_each(desk, page->about, put_back_by, &note, err);
	}
	buf_free(&f.groups);
	place_names_free(f.names);
	point_list_clear(&list);
	case_clear(&c);
	return ok;
}

/* ---- the file that F8 makes ---- */

static void
put_csv(struct buf *out, const char *text, bool last)
{
	/* A cell that a spreadsheet would run as a formula gets a quote. */
	buf_addf(out, "\"%s", strchr("=+-@", text[0]) != NULL && text[0] != '\0' ? "'" : "");
	for (; *text != '\0'; text++) {
		buf_addf(out, *text == '"' ? "\"\"" : "%c", *text);
	}
	buf_adds(out, last ? "\"\r\n" : "\",");
}

static void
csv_time(struct buf *out, struct desk *desk, int64_t at)
{
	char text[WHEN_SHORT_SIZE] = "";

	if (at != 0) {
		when_full(text, at, desk_zone(desk));
	}
	put_csv(out, text, false);
}

static void
csv_row(struct buf *out, struct desk *desk, const struct point *p, int64_t end)
{
	char minutes[32];

	snprintf(minutes, sizeof(minutes), "%lld",
		(long long)(point_outage_ms(p, end) / 60000));
	put_csv(out, p->name, false);
	put_csv(out, word_label(WORDS_POINT_STATE, p->state), false);
	csv_time(out, desk, p->since);
	put_csv(out, p->reserve, false);
	csv_time(out, desk, p->reserve_at);
	csv_time(out, desk, p->told_at);
	put_csv(out, p->confirmed_by, false);
	csv_time(out, desk, p->confirmed_at);
	put_csv(out, p->person, false);
	csv_time(out, desk, p->back_at);
	put_csv(out, minutes, false);
	put_csv(out, p->area, false);
	put_csv(out, p->carrier, false);
	put_csv(out, p->note, true);
}

static bool
print(struct buf *out, struct desk *desk, const struct page *page, struct error *err)
{
	static const char *const heads[] = {
		N_("UNIT"), N_("STATE"), N_("SINCE"), N_("RESERVE"), N_("RESERVE SINCE"),
		N_("TOLD"), N_("CONFIRMED BY"), N_("CONFIRMED"), N_("PERSON THERE"),
		N_("BACK AT"), N_("OUTAGE, MINUTES"), N_("OLD PROVINCE"), N_("CARRIER"),
		N_("NOTE"),
	};
	struct point_list list = { 0 };
	struct ir_case c = { 0 };
	bool ok = case_load(&c, desk, page->about, err)
		&& point_load(&list, desk, page->about, "", err);

	for (size_t i = 0; ok && i < sizeof(heads) / sizeof(heads[0]); i++) {
		put_csv(out, _(heads[i]), i + 1 == sizeof(heads) / sizeof(heads[0]));
	}
	for (int i = 0; ok && i < list.count; i++) {
		csv_row(out, desk, &list.rows[i], point_outage_end(desk, c.closed_at));
	}
	point_list_clear(&list);
	case_clear(&c);
	return ok;
}

/* ---- acts ---- */

static const char *
enter_does(const struct table_row *row)
{
	return row->about != NULL ? N_("choose what it is") : NULL;
}

static const struct sheet_act acts[] = {
	{ .command = CMD_ENTER, .run = points_enter, .bulk = true },
	{ .command = CMD_ADD, .form = &points_paste_form, .always = true },
	{ .command = CMD_HOLD, .run = points_remove, .bulk = true },
	{ .command = CMD_NONE },
};

/* Where NOW says that some have not confirmed, these come first. */
static void
start(struct view *view, struct app *app)
{
	const struct now *now = app_now_line(app);

	sheet_start(view, app);
	if (now->kind == NOW_POINTS_UNCONFIRMED && strcmp(now->case_id, view->about) == 0) {
		((struct browse *)view)->preset = SHOW_UNCONFIRMED;
	}
}

const struct sheet points_sheet = {
	.ops = { .name = "points", .size = sizeof(struct sheet_view), .hints = hints,
		.start = start, .stop = sheet_stop, .load = browse_load,
		.format = sheet_show, .act = sheet_do, .key = browse_key,
		.in_field = browse_in_field, .have = sheet_have, .enter = sheet_enter,
		.state = sheet_state, .case_id = sheet_case_id },
	.title = N_("AFFECTED POINTS"),
	.source = { .columns = columns, .load = load, .whole = true, .of_case = true,
		.empty = N_("no point is shown; = pastes a list, f shows others") },
	.acts = acts,
	.presets = presets,
	.enter = enter_does,
	.print = print,
	.csv = true,
};
