/* duty_gaps.c looks through the roster of the days to come: gaps, leave, a raised
 * watch that is not met, and people who are on too long or night after night. */
#include "core/duty_gaps.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/calendar.h"
#include "core/duty_roster.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/rota_text.h"
#include "core/setting.h"
#include "core/when.h"

#define MINUTE_MS INT64_C(60000)
#define DAY_MS (1440 * MINUTE_MS)
#define DAYS_MOST 366
/* A week, a row of hours, nights that run: they may have begun so long before. */
#define BEFORE_MS (8 * DAY_MS)
/* So much of a night is a night at work. */
#define NIGHT_MINUTES 180

struct limits {
	int64_t week, row; /* minutes */
	int64_t nights;
	int night_from, night_to; /* minutes of the day */
};

struct looking {
	const struct roster *roster;
	struct limits limits;
	int64_t from, until;
	struct duty_gaps *out;
};

const char *
duty_fault_word(enum duty_fault fault)
{
	static const char *const words[DUTY_FAULT_COUNT] = {
		[DUTY_GAP] = "gap", [DUTY_RAISED] = "raised", [DUTY_AWAY] = "away",
		[DUTY_WEEK] = "week", [DUTY_ROW] = "row", [DUTY_NIGHTS] = "nights",
	};

	return words[fault];
}

void
duty_gaps_clear(struct duty_gaps *gaps)
{
	for (int i = 0; i < gaps->count; i++) {
		free(gaps->all[i].text);
	}
	free(gaps->all);
	*gaps = (struct duty_gaps){ 0 };
}

/* Does one say of another time what the other says? */
static bool
is_same(const struct duty_gap *a, const struct duty_gap *b)
{
	if (a->fault != b->fault || a->fault == DUTY_WEEK || strcmp(a->layer, b->layer) != 0 ||
	    strcmp(a->login, b->login) != 0) {
		return false;
	}
	/* Of leave only whether somebody else is there is said. */
	return a->fault == DUTY_AWAY ? (a->is < a->limit) == (b->is < b->limit)
		: a->is == b->is && a->limit == b->limit;
}

/* The one that this continues, or a new one. */
static struct duty_gap *
found(struct looking *l, const struct duty_gap *one)
{
	struct duty_gaps *gaps = l->out;

	for (int i = 0; i < gaps->count; i++) {
		if (gaps->all[i].until == one->from && is_same(&gaps->all[i], one)) {
			gaps->all[i].until = one->until;
			return &gaps->all[i];
		}
	}
	gaps->all = xrealloc(gaps->all, ((size_t)gaps->count + 1) * sizeof *gaps->all);
	gaps->all[gaps->count] = *one;
	return &gaps->all[gaps->count++];
}

static void
found_of_layer(struct looking *l, struct duty_gap one, const char *layer, const char *login,
	const char *raised)
{
	struct duty_gap *gap;

	(void)snprintf(one.layer, sizeof one.layer, "%s", layer);
	(void)snprintf(one.login, sizeof one.login, "%s", login);
	gap = found(l, &one);
	if (raised != NULL && gap->text == NULL) {
		gap->text = xstrdup(raised);
	}
}

/* Of what lies in the days that are asked for. */
static void
found_of_member(struct looking *l, struct duty_gap one, const char *login)
{
	if (one.from < l->until && one.until > l->from) {
		(void)snprintf(one.login, sizeof one.login, "%s", login);
		(void)found(l, &one);
	}
}

/* ---- people at a moment ---- */

/* Leave that alone makes the gap is told as leave. */
static void
look_at(struct looking *l, const struct duty_layer *layer, int64_t from, int64_t until)
{
	const char *raised = NULL;
	struct roster_moment m;
	int needed = roster_needed(l->roster, layer, from, &raised);
	struct duty_gap one = { .from = from, .until = until };

	roster_at(&m, l->roster, layer->code, from);
	one.is = m.present;
	one.limit = needed;
	one.fault = DUTY_AWAY;
	for (int i = 0; i < m.count; i++) {
		if (m.places[i].away) {
			found_of_layer(l, one, layer->code,
				l->roster->members[m.places[i].member].login, NULL);
		}
	}
	if (m.present < layer->needed && m.count < layer->needed) {
		one.fault = DUTY_GAP;
		one.limit = layer->needed;
		found_of_layer(l, one, layer->code, "", NULL);
	} else if (raised != NULL && m.count < needed) {
		one.fault = DUTY_RAISED;
		found_of_layer(l, one, layer->code, "", raised);
	}
}

static void
look_through(struct looking *l, const struct duty_layer *layer)
{
	for (int64_t t = l->from; t < l->until;) {
		int64_t next = roster_next(l->roster, layer->code, t);

		next = next > l->until ? l->until : next;
		look_at(l, layer, t, next);
		t = next;
	}
}

/* ---- hours ---- */

/* One member's hours over all layers whose hours count, in order, joined. */
struct work {
	struct stretch {
		int64_t from, until;
	} *all;
	int count;
};

static bool
works_at(const struct roster *r, int member, int64_t at)
{
	for (int i = 0; i < r->layers.count; i++) {
		struct roster_moment m;

		if (!r->layers.all[i].counted) {
			continue;
		}
		roster_at(&m, r, r->layers.all[i].code, at);
		for (int p = 0; p < m.count; p++) {
			if (m.places[p].member == member && !m.places[p].away) {
				return true;
			}
		}
	}
	return false;
}

static int64_t
next_of_all(const struct roster *r, int64_t at)
{
	int64_t next = INT64_MAX;

	for (int i = 0; i < r->layers.count; i++) {
		int64_t t = r->layers.all[i].counted
			? roster_next(r, r->layers.all[i].code, at) : INT64_MAX;

		next = t < next ? t : next;
	}
	return next;
}

static void
add_work(struct work *w, int64_t from, int64_t until)
{
	if (w->count > 0 && w->all[w->count - 1].until == from) {
		w->all[w->count - 1].until = until;
		return;
	}
	w->all = xrealloc(w->all, ((size_t)w->count + 1) * sizeof *w->all);
	w->all[w->count++] = (struct stretch){ from, until };
}

static int64_t
overlap(int64_t from, int64_t until, int64_t a, int64_t b)
{
	int64_t begins = from > a ? from : a;
	int64_t ends = until < b ? until : b;

	return ends > begins ? ends - begins : 0;
}

static int64_t
minutes_in(const struct work *w, int64_t from, int64_t until)
{
	int64_t sum = 0;

	for (int i = 0; i < w->count; i++) {
		sum += overlap(w->all[i].from, w->all[i].until, from, until);
	}
	return sum / MINUTE_MS;
}

static void
look_weeks(struct looking *l, const char *login, const struct work *w)
{
	const struct zone *zone = l->roster->zone;
	int64_t day = calendar_day(zone, l->from);
	int64_t monday = day - (calendar_weekday(day) + 6) % 7;

	for (; l->limits.week > 0 && rota_first_of(zone, monday, 0) < l->until; monday += 7) {
		struct duty_gap one = { .fault = DUTY_WEEK, .limit = l->limits.week,
			.from = rota_first_of(zone, monday, 0),
			.until = rota_first_of(zone, monday + 7, 0) };

		one.is = minutes_in(w, one.from, one.until);
		if (one.is > one.limit) {
			found_of_member(l, one, login);
		}
	}
}

static void
look_rows(struct looking *l, const char *login, const struct work *w)
{
	for (int i = 0; l->limits.row > 0 && i < w->count; i++) {
		struct duty_gap one = { .fault = DUTY_ROW, .limit = l->limits.row,
			.from = w->all[i].from, .until = w->all[i].until };

		one.is = (one.until - one.from) / MINUTE_MS;
		if (one.is > one.limit) {
			found_of_member(l, one, login);
		}
	}
}

static void
nights_end(struct looking *l, const char *login, int nights, int64_t first, int64_t last)
{
	if (l->limits.nights > 0 && nights > l->limits.nights) {
		found_of_member(l, (struct duty_gap){ .fault = DUTY_NIGHTS, .is = nights,
			.limit = l->limits.nights,
			.from = rota_first_of(l->roster->zone, first, l->limits.night_from),
			.until = rota_last_of(l->roster->zone, last + 1, l->limits.night_to) },
			login);
	}
}

/* The night that was is one of those that run: it is looked for from a week before. */
static void
look_nights(struct looking *l, const char *login, const struct work *w)
{
	const struct zone *zone = l->roster->zone;
	int64_t day = calendar_day(zone, l->from) - 7, first = 0;
	int64_t last = calendar_day(zone, l->until - 1);
	int nights = 0;

	for (; day <= last; day++) {
		int64_t is = minutes_in(w, rota_first_of(zone, day, l->limits.night_from),
			rota_last_of(zone, day + 1, l->limits.night_to));

		if (is >= NIGHT_MINUTES) {
			first = nights++ == 0 ? day : first;
			continue;
		}
		nights_end(l, login, nights, first, day - 1);
		nights = 0;
	}
	nights_end(l, login, nights, first, last);
}

static void
look_member(struct looking *l, int member)
{
	const char *login = l->roster->members[member].login;
	int64_t end = l->until + 7 * DAY_MS; /* a week is looked at as a whole */
	struct work w = { 0 };

	for (int64_t t = l->from - BEFORE_MS; t < end;) {
		int64_t next = next_of_all(l->roster, t);

		next = next > end ? end : next;
		if (works_at(l->roster, member, t)) {
			add_work(&w, t, next);
		}
		t = next;
	}
	look_weeks(l, login, &w);
	look_rows(l, login, &w);
	look_nights(l, login, &w);
	free(w.all);
}

/* ---- words ---- */

static const char *
layer_called(const struct roster *roster, const char *code, const char *language)
{
	const struct duty_layer *layer = roster_layer(roster, code);

	return layer == NULL ? code : duty_layer_name_in(layer, language);
}

/* [1]: nobody at all where somebody must be. */
static const char *const forms[DUTY_FAULT_COUNT][2] = {
	[DUTY_GAP] = { N_("%s: %lld on call, %lld needed"), N_("%s: nobody is on call") },
	[DUTY_RAISED] = { N_("%s: %lld on call, %lld needed (raised watch: %s)") },
	[DUTY_AWAY] = { N_("%s: %s is on the roster, but away"),
		N_("%s: %s is on the roster, but away: nobody in this place") },
	[DUTY_WEEK] = { N_("%s: %lld hours in this week, at most %lld") },
	[DUTY_ROW] = { N_("%s: on duty for %s in a row, at most %s") },
	[DUTY_NIGHTS] = { N_("%s: %lld nights running, at most %lld") },
};

static void
say(struct duty_gap *gap, const struct roster *roster, const char *language)
{
	int member = roster_member(roster, gap->login);
	const char *name = member < 0 ? gap->login : roster->members[member].name;
	const char *layer = layer_called(roster, gap->layer, language);
	bool bare = (gap->fault == DUTY_GAP && gap->is == 0) ||
		(gap->fault == DUTY_AWAY && gap->is < gap->limit);
	const char *form = i18n_in(language, forms[gap->fault][bare]);
	long long div = gap->fault == DUTY_WEEK ? 60 : 1;
	char *raised = gap->text;
	char is[WHEN_SHORT_SIZE], most[WHEN_SHORT_SIZE];

	when_span(is, gap->is * MINUTE_MS, language);
	when_span(most, gap->limit * MINUTE_MS, language);
	switch (gap->fault) {
	case DUTY_GAP:
	case DUTY_RAISED:
		gap->text = xasprintf(form, layer, (long long)gap->is, (long long)gap->limit,
			raised == NULL ? "" : raised);
		break;
	case DUTY_AWAY:
		gap->text = xasprintf(form, layer, name);
		break;
	case DUTY_ROW:
		gap->text = xasprintf(form, name, is, most);
		break;
	default:
		gap->text = xasprintf(form, name, gap->is / div, gap->limit / div);
		break;
	}
	free(raised);
}

static int
by_time(const void *a, const void *b)
{
	const struct duty_gap *x = a, *y = b;

	return x->from != y->from ? (x->from > y->from) - (x->from < y->from)
		: (int)x->fault - (int)y->fault;
}

static bool
read_limits(struct limits *out, struct desk *desk, struct error *err)
{
	char *night = NULL;
	const char *rest;
	bool ok = setting_int(desk, "duty.week_hours", &out->week, err) &&
		setting_int(desk, "duty.row_hours", &out->row, err) &&
		setting_int(desk, "duty.nights", &out->nights, err) &&
		setting_text(desk, "duty.night", &night, err);

	ok = ok && rota_clocks(&out->night_from, &out->night_to, &rest, night, err);
	free(night);
	out->week *= 60;
	out->row *= 60;
	return ok;
}

bool
duty_gaps(struct desk *desk, int64_t from, int days, struct duty_gaps *out,
	struct error *err)
{
	return duty_gaps_in(desk, from, days, i18n_language(), out, err);
}

bool
duty_gaps_in(struct desk *desk, int64_t from, int days, const char *language,
	struct duty_gaps *out, struct error *err)
{
	struct roster roster;
	struct looking l = { .roster = &roster, .out = out, .from = from };

	*out = (struct duty_gaps){ 0 };
	days = days < 1 ? 1 : days > DAYS_MOST ? DAYS_MOST : days;
	l.until = from + days * DAY_MS;
	if (!read_limits(&l.limits, desk, err) || !roster_load(&roster, desk,
		    from - BEFORE_MS, err)) {
		return false;
	}
	for (int i = 0; i < roster.layers.count; i++) {
		look_through(&l, &roster.layers.all[i]);
	}
	for (int i = 0; i < roster.member_count; i++) {
		look_member(&l, i);
	}
	for (int i = 0; i < out->count; i++) {
		say(&out->all[i], &roster, language);
	}
	if (out->count > 1) {
		qsort(out->all, (size_t)out->count, sizeof *out->all, by_time);
	}
	roster_clear(&roster);
	return true;
}

SQL(ROSTER_USED, "",
	"SELECT 1 FROM duty_rota WHERE state <> 'withdrawn'"
	" UNION ALL SELECT 1 FROM duty_spell WHERE state <> 'withdrawn' LIMIT 1");

bool
duty_next_gap(struct desk *desk, int64_t from, int64_t until, struct duty_gap *out,
	struct error *err)
{
	struct duty_gaps gaps = { 0 };
	struct roster roster;
	struct looking l = { .roster = &roster, .out = &gaps, .from = from, .until = until };
	int64_t used = 0;

	*out = (struct duty_gap){ 0 };
	if (!db_one_int(desk_db(desk), &ROSTER_USED, &used, err, NOARGS)) {
		return false;
	}
	if (used == 0) {
		return true;
	}
	if (!roster_load(&roster, desk, from, err)) {
		return false;
	}
	for (int i = 0; i < roster.layers.count; i++) {
		if (roster_is_used(&roster, roster.layers.all[i].code)) {
			look_through(&l, &roster.layers.all[i]);
		}
	}
	if (gaps.count > 0) {
		qsort(gaps.all, (size_t)gaps.count, sizeof *gaps.all, by_time);
		say(&gaps.all[0], &roster, i18n_language());
		*out = gaps.all[0];
		gaps.all[0].text = NULL;
	}
	duty_gaps_clear(&gaps);
	roster_clear(&roster);
	return true;
}
