/* when.c reads times as people type them. */
#include "core/when.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/i18n.h"
#include "core/mem.h"
#include "core/when_private.h"

#define SECOND 1000LL
#define MINUTE (60 * SECOND)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

/* The longest span: beyond it sums could overflow, and nobody means it. */
#define SPAN_MOST (INT64_C(100000) * DAY)

/* Nobody sets a term beyond it; a year such as 2999 is a slip. */
#define FAR_MOST (3653 * DAY)
/* A day without its year that was so lately is meant as past, not as next year's. */
#define LATELY (60 * DAY)

/* As typed, and as when_span() prints in both languages; next is the unit of a
 * number that follows without one ("1h10"). */
static const struct unit {
	const char *word;
	int64_t ms, next;
} units[] = {
	{ "ph", MINUTE, 0 }, { "ng", DAY, HOUR }, /* before those they begin like */
	{ "s", SECOND, 0 }, { "m", MINUTE, 0 }, { "h", HOUR, MINUTE },
	{ "g", HOUR, MINUTE }, { "d", DAY, HOUR }, { "w", 7 * DAY, 0 },
};

static const struct unit *
take_unit(const char **p)
{
	for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
		size_t len = strlen(units[i].word);

		if (strncasecmp(*p, units[i].word, len) == 0) {
			*p += len;
			return &units[i];
		}
	}
	return NULL;
}

/* "15m" "2h" "1d12h" "1h10": number-unit pairs, the last unit may be left out
 * where the one before says it. */
static bool
span_words(const char *p, int64_t *out)
{
	int64_t total = 0;
	int64_t next = 0;

	if (*p == '\0') {
		return false;
	}
	while (*p != '\0') {
		const struct unit *unit;
		int64_t ms = next;
		int value;

		if (when_digits(&p, 7, &value) == 0) {
			return false;
		}
		unit = take_unit(&p);
		if (unit != NULL) {
			ms = unit->ms;
			next = unit->next;
		} else if (ms == 0 || *p != '\0') {
			return false;
		}
		total += value * ms;
		if (total > SPAN_MOST) {
			return false;
		}
	}
	*out = total;
	return true;
}

static bool
span_iso(const char *p, int64_t *out)
{
	int64_t total = 0;
	bool time = false;
	bool any = false;

	for (p++; *p != '\0'; p++) {
		int value;

		if (*p == 'T' && !time) {
			time = true;
			p++;
		}
		if (when_digits(&p, 7, &value) == 0) {
			return false;
		}
		if (time && *p == 'H') {
			total += value * HOUR;
		} else if (time && *p == 'M') {
			total += value * MINUTE;
		} else if (time && *p == 'S') {
			total += value * SECOND;
		} else if (!time && *p == 'D') {
			total += value * DAY;
		} else if (!time && *p == 'W') {
			total += value * 7 * DAY;
		} else {
			return false;
		}
		if (total > SPAN_MOST) {
			return false;
		}
		any = true;
	}
	*out = total;
	return any;
}

#define TYPED_MOST 60

bool
when_parse_span(int64_t *out, const char *typed, struct error *err)
{
	int64_t span = 0;
	char shown[SHOWN_SIZE];

	if (typed[0] == 'P' ? !span_iso(typed, &span) : !span_words(typed, &span)) {
		return error_set(err, ERR_BAD_INPUT,
			_("%s is no span of time; say 15m, 2h, 3d"), when_quote(shown, typed));
	}
	*out = span;
	return true;
}

/* 14:30, 14:30:05, 14h30, 14h */
static bool
clock_part(const char *p, struct civil *c)
{
	int hour;
	int minute = 0;
	int second = 0;

	if (when_digits(&p, 2, &hour) == 0) {
		return false;
	}
	if (*p != '\0' && strchr("hHg", *p) != NULL) {
		p++;
		if (*p != '\0' && when_digits(&p, 2, &minute) != 2) {
			return false;
		}
	} else if (*p == ':') {
		p++;
		if (when_digits(&p, 2, &minute) != 2) {
			return false;
		}
		if (*p == ':') {
			p++;
			if (when_digits(&p, 2, &second) != 2) {
				return false;
			}
		}
	} else {
		return false;
	}
	if (*p != '\0' || hour > 23 || minute > 59 || second > 59) {
		return false;
	}
	c->hour = hour;
	c->minute = minute;
	c->second = second;
	c->milli = 0;
	return true;
}

/* 21/11, 21/11/2026, 21-11-2026, 2026-11-21; *has_year says which. */
bool
when_date(const char *p, struct civil *c, bool *has_year)
{
	int first;
	int second;
	int third = 0;
	int third_digits = 0;
	int n = when_digits(&p, 4, &first);
	char sep = *p;

	if (n == 0 || (sep != '/' && sep != '-' && sep != '.')) {
		return false;
	}
	p++;
	if (when_digits(&p, 2, &second) == 0) {
		return false;
	}
	*has_year = *p == sep;
	if (*has_year) {
		p++;
		third_digits = when_digits(&p, 4, &third);
		if (third_digits == 0) {
			return false;
		}
	}
	if (*p != '\0') {
		return false;
	}
	if (n == 4) {
		if (!*has_year) {
			return false;
		}
		c->year = first;
		c->month = second;
		c->day = third;
	} else {
		c->day = first;
		c->month = second;
		c->year = *has_year ? third : c->year;
		/* 21/11/26; with dashes it could be the year first. */
		c->year += *has_year && third_digits == 2 && sep == '/' ? 2000 : 0;
	}
	/* 29/02 without a year is some leap year's: right_side() finds it. */
	return c->year >= 1970 && c->year <= 9999 && c->month >= 1 && c->month <= 12 &&
		c->day >= 1 &&
		c->day <= when_month_days(*has_year ? c->year : 2000, c->month);
}

/* Moves the day (or the year) until the time lies on the right side of now. */
static int64_t
right_side(const struct zone *zone, struct civil c, bool by_year,
	enum when_sense sense, int64_t now)
{
	int step = sense == WHEN_PAST ? -1 : 1;

	/* Nine years: 29/02 may be eight away. */
	for (int tries = 0; ; tries++) {
		int64_t at = zone_moment(zone, &c, NULL);
		bool exists = c.day <= when_month_days(c.year, c.month);

		if (tries == 9 || (exists && (sense == WHEN_PAST ? at <= now : at >= now))) {
			return at;
		}
		if (by_year) {
			c.year += step;
		} else {
			civil_from_days(civil_days(c.year, c.month, c.day) + step, &c.year,
				&c.month, &c.day);
		}
	}
}

static bool
bad(const char *typed, struct error *err)
{
	char shown[SHOWN_SIZE];

	return error_set(err, ERR_BAD_INPUT,
		_("%s is no time; say now, -15m, 14:30, 21/11 14:30, 21/11/2026 14:30"),
		when_quote(shown, typed));
}

static bool
ahead(const char *typed, struct error *err)
{
	char shown[SHOWN_SIZE];

	return error_set(err, ERR_BAD_INPUT,
		_("%s lies ahead: this asks when something happened"),
		when_quote(shown, typed));
}

/* What happened cannot lie ahead; another machine's clock may, a little. */
static bool
not_ahead(int64_t *out, int64_t at, const char *typed, enum when_sense sense,
	int64_t now, struct error *err)
{
	char shown[SHOWN_SIZE];

	if (sense == WHEN_PAST && at > now + 5 * MINUTE) {
		return ahead(typed, err);
	}
	if (at > now + FAR_MOST) {
		return error_set(err, ERR_BAD_INPUT,
			_("%s is more than ten years ahead: a slip of the year?"),
			when_quote(shown, typed));
	}
	*out = at;
	return true;
}

static bool
relative(int64_t *out, const char *typed, enum when_sense sense, int64_t now,
	struct error *err)
{
	int64_t span;

	if (typed[0] == '+' && sense == WHEN_PAST) {
		return ahead(typed, err);
	}
	if (!span_words(typed + 1, &span) || (typed[0] == '-' && span > now)) {
		return bad(typed, err);
	}
	return not_ahead(out, typed[0] == '+' ? now + span : now - span, typed, sense, now,
		err);
}

static bool
absolute(int64_t *out, const char *typed, enum when_sense sense, int64_t now,
	const struct zone *zone, struct error *err)
{
	struct civil c = zone_civil(zone, now);
	const char *blank = strchr(typed, ' ');
	bool has_year = true;
	char date[TYPED_MOST + 1];
	char shown[SHOWN_SIZE];
	int64_t at;

	if (blank == NULL) {
		if (clock_part(typed, &c)) {
			*out = right_side(zone, c, false, sense, now);
			return true;
		}
		c.hour = sense == WHEN_PAST ? 0 : 23;
		c.minute = sense == WHEN_PAST ? 0 : 59;
		c.second = 0;
		c.milli = 0;
		(void)snprintf(date, sizeof date, "%s", typed);
	} else {
		(void)snprintf(date, sizeof date, "%.*s", (int)(blank - typed), typed);
		blank += strspn(blank, " ");
		/* 21/11 14:30, and as letters say it: 14:30 21/11. */
		if (clock_part(date, &c)) {
			(void)snprintf(date, sizeof date, "%s", blank);
		} else if (!clock_part(blank, &c)) {
			return bad(typed, err);
		}
	}
	if (!when_date(date, &c, &has_year)) {
		return bad(typed, err);
	}
	if (has_year) {
		return not_ahead(out, zone_moment(zone, &c, NULL), typed, sense, now, err);
	}
	at = zone_moment(zone, &c, NULL);
	if (sense == WHEN_DUE && c.day <= when_month_days(c.year, c.month) && at < now
		&& at > now - LATELY) {
		return error_set(err, ERR_BAD_INPUT,
			_("%s is past: this asks when something is due; next year's needs"
			" its year"), when_quote(shown, typed));
	}
	*out = right_side(zone, c, true, sense, now);
	return true;
}

static bool
as_written(int64_t *out, const char *typed, enum when_sense sense, int64_t now,
	const struct zone *zone, struct error *err)
{
	char text[TYPED_MOST + 1];
	size_t len;
	int64_t at;

	while (isspace((unsigned char)*typed)) {
		typed++;
	}
	len = strlen(typed);
	while (len > 0 && isspace((unsigned char)typed[len - 1])) {
		len--;
	}
	if (len > TYPED_MOST) {
		return bad(typed, err);
	}
	memcpy(text, typed, len);
	text[len] = '\0';
	if (strcmp(text, "now") == 0 || strcmp(text, "bây giờ") == 0) {
		*out = now;
		return true;
	}
	if (text[0] == '-' || text[0] == '+') {
		return relative(out, text, sense, now, err);
	}
	if (len > 10 && (text[10] == 'T' || text[10] == 't')) {
		return when_from_rfc3339(&at, text, err) &&
			not_ahead(out, at, text, sense, now, err);
	}
	return absolute(out, text, sense, now, zone, err);
}


bool
when_parse(int64_t *out, const char *typed, enum when_sense sense, int64_t now,
	const struct zone *zone, struct error *err)
{
	struct error ignored;
	char *spoken;
	bool ok = as_written(out, typed, sense, now, zone, err);

	/* "4G" is a network. */
	if (!ok && strlen(typed) <= TYPED_MOST && strchr(typed, 'G') == NULL) {
		spoken = when_spoken(typed);
		ok = as_written(out, spoken, sense, now, zone, &ignored);
		free(spoken);
	}
	return ok;
}

/* "07:00the", "22/11": a day before it would be read without its clock. */
static bool
half_a_time(const char *rest)
{
	size_t digits = strspn(rest, "0123456789");

	return digits > 0 && digits <= 4 && rest[digits] != '\0'
		&& (strchr(":/", rest[digits]) != NULL
			|| (strchr("hHgG", rest[digits]) != NULL
				&& isdigit((unsigned char)rest[digits + 1])));
}

#define HEAD_WORDS 6 /* "trước 7 giờ 30 phút sáng" */

bool
when_parse_head(int64_t *out, const char **rest, const char *typed,
	enum when_sense sense, int64_t now, const struct zone *zone, struct error *err)
{
	bool ok = when_parse(out, typed, sense, now, zone, err);
	struct error ignored;

	*rest = typed + strlen(typed);
	for (int words = HEAD_WORDS; !ok && words > 0; words--) {
		const char *end = typed;
		size_t len;
		char *head;

		for (int i = 0; i < words; i++) {
			end += strspn(end, " ");
			end += strcspn(end, " ");
		}
		len = (size_t)(end - typed);
		while (len > 0 && strchr(",;. ", typed[len - 1]) != NULL) {
			len--;
		}
		head = xstrndup(typed, len);
		ok = !half_a_time(end + strspn(end, " "))
			&& when_parse(out, head, sense, now, zone, &ignored);
		free(head);
		*rest = ok ? end + strspn(end, " ") : *rest;
	}
	return ok;
}
