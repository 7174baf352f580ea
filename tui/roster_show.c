/* roster_show.c owns how the duty roster looks: layers and shifts by days, below them
 * the cell under the cursor, hours, who is away, swaps, how people are reached. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/calendar.h"
#include "core/civil.h"
#include "core/fold.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/text.h"
#include "core/when.h"
#include "tui/chrome.h"
#include "tui/model.h"
#include "tui/view_roster.h"

#define DAY_MS INT64_C(86400000)
#define LABEL 11 /* columns of the words at the left below the days */

static const char *const weekdays[] = {
	N_("day|Sun"), N_("day|Mon"), N_("day|Tue"), N_("day|Wed"), N_("day|Thu"),
	N_("day|Fri"), N_("day|Sat"),
};

struct grid {
	int left, wide; /* columns of the lines' names, of a day */
};

static struct grid
grid_of(const struct roster_view *v, const struct frame *frame)
{
	int left = frame->cols >= 100 ? 24 : frame->cols >= 60 ? 17 : 9;
	int days = v->page.days > 0 ? v->page.days : 7;
	int wide = (frame->cols - 1 - left) / days;
	int over = frame->cols - 1 - wide * days;

	/* What the days cannot share goes to the names. */
	left = wide >= 3 && over > left && left >= 12 ? over < 30 ? over : 30 : left;
	return (struct grid){ .left = left, .wide = wide < 3 ? 3 : wide };
}

static void
day_of(int64_t day, int *month, int *of_month)
{
	int year;

	civil_from_days(day, &year, month, of_month);
}

/* "06-18", "06:30-18" */
static void
put_shift(struct buf *out, const struct roster_line *line)
{
	const int ends[2] = { line->from, line->to };

	for (int i = 0; i < 2 && line->from != line->to; i++) {
		buf_addf(out, "%s%02d", i > 0 ? "-" : "", ends[i] / 60);
		if (ends[i] % 60 != 0) {
			buf_addf(out, ":%02d", ends[i] % 60);
		}
	}
}

/* ---- the grid ---- */

static void
show_days(const struct roster_view *v, struct frame *frame, int row, struct grid g)
{
	for (int d = 0; d < v->page.days; d++) {
		int64_t day = v->page.monday + d;
		int month, of_month, col = 1 + g.left + d * g.wide;
		char text[32];

		day_of(day, &month, &of_month);
		snprintf(text, sizeof(text), g.wide >= 6 ? "%s %02d" : "%.0s%02d",
			Q_(weekdays[calendar_weekday(day)]), of_month);
		frame_cut(frame, row, col + (g.wide >= 6 ? 1 : 0), g.wide - 1,
			day == v->page.today ? ST_TITLE : ST_DIM, text);
	}
}

static void
show_cell(const struct roster_view *v, const struct roster_cell *cell, bool here,
	struct frame *frame, int row, int col, int wide)
{
	int64_t now = app_now(v->app);
	bool runs = cell->from <= now && cell->until > now;
	struct buf text = { 0 };
	enum style style = cell->gap || (cell->nobody && !cell->past) ? ST_LATE
		: cell->past ? ST_DIM : runs ? ST_STRONG : ST_TEXT;
	int inside = wide >= 6 ? wide - 2 : wide - 1;

	roster_cell_text(&text, cell);
	if (wide >= 6) {
		frame_put(frame, row, col, 1, style, here ? ">" : runs ? "[" : " ");
		frame_put(frame, row, col + 1 + inside, 1, style, here ? "<" : runs ? "]" : " ");
		frame_cut(frame, row, col + 1, inside, style, buf_text(&text));
	} else {
		frame_cut(frame, row, col, inside, style, buf_text(&text));
	}
	if (here) {
		frame_style(frame, row, col, wide >= 6 ? wide : inside, ST_CURSOR);
		frame_cursor(frame, row, col, false);
	}
	buf_free(&text);
}

static void
show_line(const struct roster_view *v, int i, struct frame *frame, int row, struct grid g)
{
	const struct roster_line *line = &v->page.lines[i];
	struct buf shift = { 0 };
	int wide;

	put_shift(&shift, line);
	wide = g.left < 12 ? 0 : text_width(buf_text(&shift));
	if (line->first) {
		frame_cut(frame, row, 1, g.left - wide - 2, ST_TEXT, line->layer_name);
	}
	if (wide > 0) {
		frame_put(frame, row, g.left - wide, wide, ST_DIM, buf_text(&shift));
	}
	for (int d = 0; d < v->page.days; d++) {
		show_cell(v, &line->cells[d], i == v->line && d == v->day, frame, row,
			1 + g.left + d * g.wide, g.wide);
	}
	buf_free(&shift);
}

/* ---- below the grid ---- */

struct panel {
	struct frame *frame;
	int row, end;
};

static void
panel_put(struct panel *p, const char *label, enum style style, const char *text)
{
	if (p->row < p->end) {
		frame_cut(p->frame, p->row, 1, LABEL - 1, ST_DIM, label);
		frame_cut(p->frame, p->row, 1 + LABEL, p->frame->cols - LABEL - 2, style, text);
		p->row++;
	}
}

static void
put_free(struct buf *out, const struct roster_view *v, const struct roster_cell *cell)
{
	int week = v->day / 7;
	bool any = false;

	for (int i = 0; i < v->page.person_count; i++) {
		const struct roster_person *p = &v->page.people[i];

		if (roster_person_free(&v->page, p, cell->from, cell->until)) {
			buf_addf(out, "%s%s", any ? ", " : "", p->given);
			buf_addf(out, _(" (%lld h)"), (long long)(p->minutes[week] / 60));
			any = true;
		}
	}
	if (!any) {
		buf_adds(out, _("nobody"));
	}
}

static void
put_who(struct buf *out, const struct roster_cell *cell, const struct zone *zone,
	const char *between)
{
	if (cell->gap) {
		buf_addf(out, "%s ", Q_("roster|NOBODY"));
		roster_span(out, cell->gap_from, cell->gap_until, zone);
	} else if (cell->count == 0) {
		buf_adds(out, cell->past ? _("nothing is known of this") : _("nobody"));
	}
	for (int i = 0; i < cell->count; i++) {
		const struct roster_who *w = &cell->who[i];

		buf_addf(out, "%s%s", i > 0 || cell->gap ? between : "", w->name);
		if (w->away) {
			buf_addf(out, " %s", _("AWAY"));
		}
		if (w->from != cell->from || w->until != cell->until) {
			buf_adds(out, " ");
			roster_span(out, w->from, w->until, zone);
		}
		if (w->why[0] != '\0') {
			buf_addf(out, " (%s)", w->why);
		}
	}
}

static void
show_here(const struct roster_view *v, const struct screen *screen, struct panel *p)
{
	const struct roster_line *line = roster_line_here(v);
	const struct roster_cell *cell = roster_cell_here(v);
	struct buf text = { 0 };

	buf_addf(&text, "%s  %s ", line->layer_name,
		Q_(weekdays[calendar_weekday(v->page.monday + v->day)]));
	roster_span(&text, cell->from, cell->until, screen->zone);
	chrome_rule(p->frame, p->row++, buf_text(&text));
	buf_clear(&text);
	put_who(&text, cell, screen->zone, "; ");
	panel_put(p, _("ON DUTY"), cell->gap ? ST_LATE : ST_STRONG, buf_text(&text));
	buf_clear(&text);
	if (!cell->past) {
		put_free(&text, v, cell);
		panel_put(p, _("FREE"), ST_TEXT, buf_text(&text));
	}
	buf_free(&text);
}

/* "Hà 36 ######", as many in a line as fit. */
static void
show_hours(const struct roster_view *v, struct panel *p)
{
	const struct roster_page *page = &v->page;
	int at = 1 + LABEL, week = v->day / 7;
	bool any = false;

	for (int i = 0; i < page->person_count && p->row < p->end; i++) {
		const struct roster_person *who = &page->people[i];
		int64_t hours = who->minutes[week] / 60;
		bool over = page->hours > 0 && who->minutes[week] > page->hours * 60;
		char text[160];
		int wide;

		if (hours == 0) {
			continue;
		}
		snprintf(text, sizeof(text), "%.60s %lld %.*s%s%s", who->given,
			(long long)hours, (int)(hours > 60 ? 10 : hours / 6 + 1),
			"##########", over ? " " : "", over ? Q_("hours|OVER") : "");
		wide = text_width(text);
		if (any && at + wide >= p->frame->cols) {
			p->row++;
			at = 1 + LABEL;
		}
		if (p->row >= p->end) {
			break;
		}
		if (!any) {
			frame_cut(p->frame, p->row, 1, LABEL - 1, ST_DIM, _("HOURS"));
			at += frame_putf(p->frame, p->row, at, 20, ST_DIM, _("(limit %lld)"),
				(long long)page->hours) + 2;
		}
		at += frame_cut(p->frame, p->row, at, p->frame->cols - at - 1,
			over ? ST_LATE : ST_TEXT, text) + 3;
		any = true;
	}
	p->row += any ? 1 : 0;
}

static bool
conflicts(const struct roster_page *page, const struct roster_away *away)
{
	for (int i = 0; i < page->gaps.count; i++) {
		const struct duty_gap *gap = &page->gaps.all[i];

		if (gap->fault == DUTY_AWAY && strcmp(gap->login, away->login) == 0 &&
		    gap->from < away->until && gap->until > away->from) {
			return true;
		}
	}
	return false;
}

static void
show_away(const struct roster_view *v, const struct screen *screen, struct panel *p)
{
	for (int i = 0; i < v->page.away_count; i++) {
		const struct roster_away *a = &v->page.away[i];
		bool bad = conflicts(&v->page, a);
		struct buf text = { 0 };

		buf_addf(&text, "%s ", a->name);
		roster_span(&text, a->from, a->until, screen->zone);
		if (a->reason[0] != '\0') {
			buf_addf(&text, " (%s)", a->reason);
		}
		buf_addf(&text, "%s%s", bad ? "  " : "", bad ? _("STANDS ON THE ROSTER") : "");
		panel_put(p, i == 0 ? _("AWAY") : "", bad ? ST_LATE : ST_TEXT, buf_text(&text));
		buf_free(&text);
	}
}

static void
show_swaps(const struct roster_view *v, const struct screen *screen, struct panel *p)
{
	bool first = true;

	for (const struct json *s = json_first(v->page.swaps); s != NULL; s = json_next(s)) {
		struct buf text = { 0 };

		buf_addf(&text, _("%s asks %s: "), json_get_text(s, "asker_name"),
			json_get_text(s, "other_name"));
		roster_swap_span(&text, s, screen->zone);
		panel_put(p, first ? _("SWAP") : "", ST_SOON, buf_text(&text));
		buf_free(&text);
		first = false;
	}
}

static void
show_reach(const struct roster_view *v, struct panel *p)
{
	bool first = true;

	for (int i = 0; i < v->page.person_count; i++) {
		const struct roster_person *who = &v->page.people[i];
		char *text;

		if (who->minutes[0] + who->minutes[1] == 0) {
			continue;
		}
		text = xasprintf("%s: %s", who->given, who->reach);
		panel_put(p, first ? _("REACH") : "", ST_TEXT, text);
		free(text);
		first = false;
	}
}

/* ---- the head ---- */

static char *
title(const struct roster_view *v)
{
	int month, day, end_month, end_day;

	if (!v->read) {
		return xstrdup(_("DUTY ROSTER"));
	}
	day_of(v->page.monday, &month, &day);
	day_of(v->page.monday + v->page.days - 1, &end_month, &end_day);
	return xasprintf("%s  %02d/%02d-%02d/%02d", _("DUTY ROSTER"), day, month, end_day,
		end_month);
}

static const struct json *
swap_of_mine(const struct roster_view *v, const struct screen *screen)
{
	for (const struct json *s = json_first(v->page.swaps); s != NULL; s = json_next(s)) {
		if (strcmp(json_get_text(s, "other"), screen->summary->me.login) == 0) {
			return s;
		}
	}
	return NULL;
}

static void
show_now(const struct roster_view *v, const struct screen *screen, struct frame *frame,
	int row)
{
	const struct duty_gaps *gaps = &v->page.gaps;
	const struct json *swap = swap_of_mine(v, screen);
	const struct duty_gap *gap;
	char when[WHEN_SHORT_SIZE];
	char *text;

	if (!v->read || v->page.line_count == 0 || screen->zone == NULL) {
		chrome_now(frame, row, screen, NOW_AWAY);
		return;
	}
	if (swap != NULL && screen->zone != NULL) {
		struct buf span = { 0 };

		roster_swap_span(&span, swap, screen->zone);
		text = xasprintf(_("%s asks you to take his watch %s.  Enter answers"),
			fold_given_name(json_get_text(swap, "asker_name")), buf_text(&span));
		chrome_now_text(frame, row, text, false);
		buf_free(&span);
	} else if (gaps->count == 0) {
		text = xasprintf(_("Nothing is wrong with the roster of the next %d days."),
			ROSTER_GAP_DAYS);
		chrome_now_text(frame, row, text, false);
	} else {
		gap = &gaps->all[v->problem >= 0 && v->problem < gaps->count ? v->problem : 0];
		when_near(when, gap->from, screen->now - DAY_MS, screen->zone);
		text = xasprintf(_("Problems: %d (Tab).  %s %s"), gaps->count, when,
			gap->text);
		chrome_now_text(frame, row, text, gaps->all[0].from < screen->now + DAY_MS);
	}
	free(text);
}

void
roster_show(struct view *view, const struct screen *screen, struct frame *frame)
{
	const struct roster_view *v = (const struct roster_view *)view;
	struct grid g = grid_of(v, frame);
	struct panel p = { .frame = frame, .row = screen->top,
		.end = screen->top + screen->rows };
	char *name = title(v);
	int from, lines;

	chrome_top(frame, screen, name, false);
	free(name);
	if (frame->rows >= 16) {
		frame_fill(frame, 1, 0, 1, frame->cols, ST_TEXT);
		show_now(v, screen, frame, 1);
	}
	if (v->read && v->page.line_count == 0) {
		(void)frame_wrap(frame, p.row, 1, 4, frame->cols - 2, ST_TEXT, _("There is no"
			" roster yet: , opens the layers and rotations, = adds one there;"
			" `suco duty import` takes one from a table."));
	}
	if (roster_cell_here(v) == NULL || screen->zone == NULL) {
		return;
	}
	show_days(v, frame, p.row++, g);
	/* The line under the cursor is always among them. */
	lines = screen->rows - 2 < v->page.line_count ? screen->rows - 2 : v->page.line_count;
	lines = lines < 1 ? 1 : lines;
	from = v->line >= lines ? v->line - lines + 1 : 0;
	for (int i = from; i < from + lines; i++) {
		show_line(v, i, frame, p.row++, g);
	}
	if (p.row < p.end) {
		show_here(v, screen, &p);
		show_hours(v, &p);
		show_away(v, screen, &p);
		show_swaps(v, screen, &p);
		show_reach(v, &p);
	}
}

/* ---- as text ---- */

void
roster_cell_whole(struct buf *out, const struct roster_view *v, const struct zone *zone)
{
	const struct roster_line *line = roster_line_here(v);
	const struct roster_cell *cell = roster_cell_here(v);

	buf_addf(out, "%s  %s ", line->layer_name,
		Q_(weekdays[calendar_weekday(v->page.monday + v->day)]));
	roster_span(out, cell->from, cell->until, zone);
	buf_adds(out, "\n\n");
	put_who(out, cell, zone, "\n");
	buf_addf(out, "\n\n%s: ", _("FREE"));
	put_free(out, v, cell);
	buf_adds(out, "\n\n");
	for (int i = 0; i < v->page.person_count; i++) {
		buf_addf(out, "%s: %s\n", v->page.people[i].name, v->page.people[i].reach);
	}
	for (int i = 0; i < v->page.gaps.count; i++) {
		char when[WHEN_SHORT_SIZE];

		when_full(when, v->page.gaps.all[i].from, zone);
		buf_addf(out, "%s%s  %s\n", i == 0 ? "\n" : "", when, v->page.gaps.all[i].text);
	}
}

static void
put_day(struct buf *out, const struct roster_view *v, int d, const struct zone *zone)
{
	int month, day;
	bool any = false;

	day_of(v->page.monday + d, &month, &day);
	for (int i = 0; i < v->page.line_count; i++) {
		const struct roster_line *line = &v->page.lines[i];

		if (line->cells[d].past && line->cells[d].count == 0) {
			continue;
		}
		if (!any) {
			buf_addf(out, "\n%s %02d/%02d\n", Q_(weekdays[
				calendar_weekday(v->page.monday + d)]), day, month);
			any = true;
		}
		buf_addf(out, "  %s%s", line->layer_name, line->from != line->to ? " " : "");
		put_shift(out, line);
		buf_adds(out, ": ");
		put_who(out, &line->cells[d], zone, "; ");
		buf_adds(out, "\n");
	}
}

void
roster_whole(struct buf *out, const struct roster_view *v, const struct screen *screen)
{
	char *name = title(v);

	buf_addf(out, "%s\n", name);
	free(name);
	for (int d = 0; d < v->page.days; d++) {
		put_day(out, v, d, screen->zone);
	}
}
