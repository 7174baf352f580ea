/* roster_model.c owns reading the weeks that the roster's screen shows: cells cut out
 * of the roster's stretches, hours per person, who is away, what is wrong. */
#include "tui/roster_model.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/calendar.h"
#include "core/duty_act.h"
#include "core/duty_roster.h"
#include "core/fold.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/setting.h"

#define SHIFTS_MOST 6
#define DAY_MINUTES 1440
#define MINUTE_MS INT64_C(60000)

static void
who_clear(struct roster_who *who)
{
	free(who->login);
	free(who->name);
	free(who->why);
}

static void
line_clear(struct roster_line *line)
{
	for (int d = 0; d < ROSTER_DAYS; d++) {
		for (int i = 0; i < line->cells[d].count; i++) {
			who_clear(&line->cells[d].who[i]);
		}
		free(line->cells[d].who);
	}
	free(line->layer_name);
}

void
roster_page_free(struct roster_page *page)
{
	for (int i = 0; i < page->line_count; i++) {
		line_clear(&page->lines[i]);
	}
	for (int i = 0; i < page->away_count; i++) {
		free(page->away[i].login);
		free(page->away[i].name);
		free(page->away[i].reason);
	}
	roster_people_free(page);
	free(page->lines);
	free(page->away);
	duty_gaps_clear(&page->gaps);
	json_free(page->swaps);
	*page = (struct roster_page){ 0 };
}

/* ---- the shifts of a layer ---- */

static void
add_mark(int marks[SHIFTS_MOST], int *count, int minutes)
{
	int at = 0;

	minutes %= DAY_MINUTES;
	while (at < *count && marks[at] < minutes) {
		at++;
	}
	if ((at < *count && marks[at] == minutes) || *count == SHIFTS_MOST) {
		return;
	}
	memmove(&marks[at + 1], &marks[at], (size_t)(*count - at) * sizeof *marks);
	marks[at] = minutes;
	(*count)++;
}

/* At which minutes of a day somebody else may come.  Watches of a few hours that do
 * not fit the day are shown by the day. */
static int
shift_marks(int marks[SHIFTS_MOST], const struct roster *roster, const char *layer,
	int64_t from, int64_t until)
{
	int count = 0;

	for (int i = 0; i < roster->rota_count; i++) {
		const struct rota *r = &roster->rotas[i].rota;
		int start = r->start.hour * 60 + r->start.minute;

		if (strcmp(roster->rotas[i].layer, layer) != 0 || r->begin >= until ||
		    r->end <= from) {
			continue;
		}
		if (r->from_clock != r->to_clock) {
			add_mark(marks, &count, r->from_clock);
			add_mark(marks, &count, r->to_clock);
		} else if (r->type == ROTA_HOURLY && r->every >= 4 && 24 % r->every == 0) {
			for (int m = 0; m < DAY_MINUTES; m += r->every * 60) {
				add_mark(marks, &count, start + m);
			}
		} else if (r->type != ROTA_FIXED && r->type != ROTA_HOURLY) {
			add_mark(marks, &count, start);
		}
	}
	if (count == 0) {
		add_mark(marks, &count, 0);
	}
	return count;
}

/* ---- cells ---- */

static void
add_who(struct roster_cell *cell, const struct duty_turn *turn, int64_t from,
	int64_t until, bool away)
{
	struct roster_who *w;

	for (int i = 0; i < cell->count; i++) {
		w = &cell->who[i];
		if (w->away == away && w->until == from && strcmp(w->login, turn->login) == 0) {
			w->until = until;
			return;
		}
	}
	cell->who = xrealloc(cell->who, ((size_t)cell->count + 1) * sizeof *cell->who);
	w = &cell->who[cell->count++];
	*w = (struct roster_who){ .login = xstrdup(turn->login), .name = xstrdup(turn->name),
		.why = xstrdup(turn->why != NULL ? turn->why : ""), .from = from,
		.until = until, .away = away,
		.exception = turn->by == DUTY_BY_OVERRIDE ? turn->n : 0 };
}

static void
fill_cell(struct roster_cell *cell, const struct duty_layer *layer,
	const struct duty_stretch *all, int count)
{
	bool any = false;

	cell->past = true;
	for (int s = 0; s < count; s++) {
		const struct duty_stretch *one = &all[s];
		int64_t from = one->from > cell->from ? one->from : cell->from;
		int64_t until = one->until < cell->until ? one->until : cell->until;

		if (from >= until) {
			continue;
		}
		cell->past = cell->past && one->past;
		any = any || one->who.count > 0;
		for (int i = 0; i < one->who.count; i++) {
			add_who(cell, &one->who.people[i], from, until, false);
		}
		for (int i = 0; i < one->who.away_count; i++) {
			add_who(cell, &one->who.away[i], from, until, true);
		}
		if (!one->past && one->who.count < one->needed) {
			cell->gap_from = cell->gap ? cell->gap_from : from;
			cell->gap_until = until;
			cell->gap = true;
		}
	}
	cell->nobody = !any && layer->needed > 0;
}

static void
add_hours(struct roster_page *page, const struct zone *zone,
	const struct duty_stretch *all, int count)
{
	for (int w = 0; w < page->weeks; w++) {
		int64_t from = rota_first_of(zone, page->monday + 7 * w, 0);
		int64_t until = rota_first_of(zone, page->monday + 7 * (w + 1), 0);

		for (int s = 0; s < count; s++) {
			int64_t a = all[s].from > from ? all[s].from : from;
			int64_t b = all[s].until < until ? all[s].until : until;

			for (int i = 0; a < b && i < all[s].who.count; i++) {
				roster_people_add(page, all[s].who.people[i].login, w,
					(b - a) / MINUTE_MS);
			}
		}
	}
}

static bool
add_layer(struct roster_page *page, struct desk *desk, const struct roster *roster,
	const struct duty_layer *layer, struct error *err)
{
	const struct zone *zone = desk_zone(desk);
	int64_t from = rota_first_of(zone, page->monday, 0);
	int64_t until = rota_first_of(zone, page->monday + page->days + 1, 0);
	int marks[SHIFTS_MOST], shifts = shift_marks(marks, roster, layer->code, from, until);
	struct duty_stretch *all;
	int count;

	if (!duty_stretches(desk, layer->code, from, until, &all, &count, err)) {
		return false;
	}
	page->lines = xrealloc(page->lines,
		((size_t)page->line_count + (size_t)shifts) * sizeof *page->lines);
	for (int i = 0; i < shifts; i++) {
		struct roster_line *line = &page->lines[page->line_count++];
		bool last = i + 1 == shifts;

		*line = (struct roster_line){ .from = marks[i], .to = marks[last ? 0 : i + 1],
			.first = i == 0, .layer_name = xstrdup(duty_layer_name(layer)) };
		(void)snprintf(line->layer, sizeof line->layer, "%s", layer->code);
		for (int d = 0; d < page->days; d++) {
			line->cells[d].from = rota_first_of(zone, page->monday + d, line->from);
			line->cells[d].until = rota_first_of(zone,
				page->monday + d + (last ? 1 : 0), line->to);
			fill_cell(&line->cells[d], layer, all, count);
		}
	}
	if (layer->counted) {
		add_hours(page, zone, all, count);
	}
	duty_stretches_clear(all, count);
	return true;
}

/* ---- away ---- */

static void
add_away(struct roster_page *page, const struct roster *roster, const struct zone *zone)
{
	int64_t from = rota_first_of(zone, page->monday, 0);
	int64_t until = rota_first_of(zone, page->monday + page->days, 0);

	for (int i = 0; i < roster->absence_count; i++) {
		const struct roster_absence *a = &roster->absences[i];

		if (a->until <= from || a->from >= until || a->member < 0) {
			continue;
		}
		page->away = xrealloc(page->away,
			((size_t)page->away_count + 1) * sizeof *page->away);
		page->away[page->away_count++] = (struct roster_away){ .n = a->n,
			.login = xstrdup(roster->members[a->member].login),
			.name = xstrdup(roster->members[a->member].name),
			.reason = xstrdup(a->reason), .from = a->from, .until = a->until };
	}
}

/* Holes before people who do too much. */
static int
by_weight(const void *a, const void *b)
{
	const struct duty_gap *x = a, *y = b;
	int of_x = x->fault > DUTY_AWAY, of_y = y->fault > DUTY_AWAY;

	return of_x != of_y ? of_x - of_y : (x->from > y->from) - (x->from < y->from);
}

static bool
read_gaps(struct roster_page *out, struct desk *desk, struct error *err)
{
	if (!duty_gaps(desk, desk_now(desk), ROSTER_GAP_DAYS, &out->gaps, err)) {
		return false;
	}
	if (out->gaps.count > 1) {
		qsort(out->gaps.all, (size_t)out->gaps.count, sizeof *out->gaps.all,
			by_weight);
	}
	return true;
}

static bool
load(struct roster_page *out, struct desk *desk, const struct roster *roster,
	struct error *err)
{
	bool ok = roster_people_load(out, desk, roster, err) &&
		setting_int(desk, "duty.week_hours", &out->hours, err);

	for (int i = 0; ok && i < roster->layers.count; i++) {
		ok = add_layer(out, desk, roster, &roster->layers.all[i], err);
	}
	add_away(out, roster, desk_zone(desk));
	return ok && read_gaps(out, desk, err) &&
		duty_swaps(desk, true, &out->swaps, err);
}

bool
roster_page_load(struct roster_page *out, struct desk *desk, int64_t any_day, int weeks,
	struct error *err)
{
	const struct zone *zone = desk_zone(desk);
	struct roster roster;
	bool ok;

	*out = (struct roster_page){ .weeks = weeks, .days = 7 * weeks,
		.monday = any_day - (calendar_weekday(any_day) + 6) % 7,
		.today = calendar_day(zone, desk_now(desk)) };
	if (!roster_load(&roster, desk, rota_first_of(zone, out->monday, 0), err)) {
		return false;
	}
	ok = load(out, desk, &roster, err);
	roster_clear(&roster);
	if (!ok) {
		roster_page_free(out);
	}
	return ok;
}

/* ---- what is asked of a page ---- */

void
roster_cell_text(struct buf *out, const struct roster_cell *cell)
{
	const char *last = "";
	bool any = false;

	/* The hole first: what stands behind it may be cut. */
	buf_adds(out, cell->gap ? "???" : "");
	for (int i = 0; i < cell->count; i++) {
		const struct roster_who *w = &cell->who[i];

		if (!w->away && strcmp(last, w->login) != 0) {
			buf_addf(out, "%s%s%s", any ? "/" : cell->gap ? " " : "",
				fold_given_name(w->name),
				w->exception > 0 ? "*" : "");
			any = true;
			last = w->login;
		}
	}
	if (!any && !cell->gap && !cell->past) {
		buf_adds(out, "-");
	}
}

static bool
stands_on(const struct roster_cell *cell, const char *login)
{
	for (int i = 0; i < cell->count; i++) {
		if (strcmp(cell->who[i].login, login) == 0) {
			return true;
		}
	}
	return false;
}

bool
roster_find(const struct roster_page *page, const struct duty_gap *gap, int *line,
	int *day)
{
	for (int d = 0; d < page->days; d++) {
		for (int i = 0; i < page->line_count; i++) {
			const struct roster_cell *cell = &page->lines[i].cells[d];

			if (gap->from < cell->until && gap->until > cell->from &&
			    (gap->layer[0] != '\0' ? strcmp(gap->layer, page->lines[i].layer) == 0
				: stands_on(cell, gap->login))) {
				*line = i;
				*day = d;
				return true;
			}
		}
	}
	return false;
}
