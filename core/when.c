/* when.c reads times as people type them. */
#include "core/when.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"

#define SECOND 1000LL
#define MINUTE (60 * SECOND)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

static const struct {
	char unit;
	int64_t ms;
} units[] = {
	{ 's', SECOND }, { 'm', MINUTE }, { 'h', HOUR }, { 'd', DAY }, { 'w', 7 * DAY },
};

static int64_t
unit_ms(char unit)
{
	for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
		if (units[i].unit == unit) {
			return units[i].ms;
		}
	}
	return 0;
}

/* Up to `digits` digits; how many were read, 0 on none. */
static int
digits(const char **p, int most, int *out)
{
	int n = 0;

	*out = 0;
	while (n < most && isdigit((unsigned char)**p)) {
		*out = *out * 10 + (**p - '0');
		(*p)++;
		n++;
	}
	return n;
}

/* "15m" "2h" "1d": one or more number-unit pairs. */
static bool
span_words(const char *p, int64_t *out)
{
	int64_t total = 0;
	bool any = false;

	while (*p != '\0') {
		int64_t ms;
		int value;

		if (digits(&p, 7, &value) == 0) {
			return false;
		}
		ms = unit_ms((char)tolower((unsigned char)*p));
		if (ms == 0) {
			return false;
		}
		p++;
		total += value * ms;
		any = true;
	}
	*out = total;
	return any;
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
		if (digits(&p, 7, &value) == 0) {
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
		any = true;
	}
	*out = total;
	return any;
}

bool
when_parse_span(int64_t *out, const char *typed, struct error *err)
{
	int64_t span = 0;

	if (typed[0] == 'P' ? !span_iso(typed, &span) : !span_words(typed, &span)) {
		return error_set(err, ERR_BAD_INPUT,
			_("\"%.40s\" is no span of time; say 15m, 2h, 3d"), typed);
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

	if (digits(&p, 2, &hour) == 0) {
		return false;
	}
	if (*p == 'h' || *p == 'g') {
		p++;
		if (*p != '\0' && digits(&p, 2, &minute) != 2) {
			return false;
		}
	} else if (*p == ':') {
		p++;
		if (digits(&p, 2, &minute) != 2) {
			return false;
		}
		if (*p == ':') {
			p++;
			if (digits(&p, 2, &second) != 2) {
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

static int
month_days(int year, int month)
{
	return (int)(civil_days(month == 12 ? year + 1 : year, month % 12 + 1, 1) -
		civil_days(year, month, 1));
}

/* 21/11, 21/11/2026, 21-11-2026, 2026-11-21; *has_year says which. */
static bool
date_part(const char *p, struct civil *c, bool *has_year)
{
	int first;
	int second;
	int third = 0;
	int n = digits(&p, 4, &first);
	char sep = *p;

	if (n == 0 || (sep != '/' && sep != '-' && sep != '.')) {
		return false;
	}
	p++;
	if (digits(&p, 2, &second) == 0) {
		return false;
	}
	*has_year = *p == sep;
	if (*has_year) {
		p++;
		if (digits(&p, 4, &third) == 0) {
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
	}
	return c->year >= 1970 && c->year <= 9999 && c->month >= 1 && c->month <= 12 &&
		c->day >= 1 && c->day <= month_days(c->year, c->month);
}

/* Moves the day (or the year) until the time lies on the right side of now. */
static int64_t
right_side(const struct zone *zone, struct civil c, bool by_year,
	enum when_sense sense, int64_t now)
{
	int64_t at = zone_moment(zone, &c, NULL);
	int step = sense == WHEN_PAST ? -1 : 1;

	if (sense == WHEN_PAST ? at <= now : at >= now) {
		return at;
	}
	if (by_year) {
		c.year += step;
		if (c.day > month_days(c.year, c.month)) {
			c.day = month_days(c.year, c.month);
		}
	} else {
		civil_from_days(civil_days(c.year, c.month, c.day) + step, &c.year, &c.month,
			&c.day);
	}
	return zone_moment(zone, &c, NULL);
}

static bool
bad(const char *typed, struct error *err)
{
	return error_set(err, ERR_BAD_INPUT,
		_("\"%.60s\" is no time; say now, -15m, 14:30, 21/11 14:30, 21/11/2026 14:30"),
		typed);
}

static bool
relative(int64_t *out, const char *typed, enum when_sense sense, int64_t now,
	struct error *err)
{
	int64_t span;

	if (typed[0] == '+' && sense == WHEN_PAST) {
		return error_set(err, ERR_BAD_INPUT,
			_("\"%.40s\" lies ahead: this asks when something happened"), typed);
	}
	if (!span_words(typed + 1, &span)) {
		return bad(typed, err);
	}
	*out = typed[0] == '+' ? now + span : now - span;
	return true;
}

static bool
absolute(int64_t *out, const char *typed, enum when_sense sense, int64_t now,
	const struct zone *zone, struct error *err)
{
	struct civil c = zone_civil(zone, now);
	const char *blank = strchr(typed, ' ');
	bool has_year = true;
	char date[24];

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
		while (*blank == ' ') {
			blank++;
		}
		if (!clock_part(blank, &c)) {
			return bad(typed, err);
		}
	}
	if (!date_part(date, &c, &has_year)) {
		return bad(typed, err);
	}
	*out = has_year ? zone_moment(zone, &c, NULL)
		: right_side(zone, c, true, sense, now);
	return true;
}

bool
when_parse(int64_t *out, const char *typed, enum when_sense sense, int64_t now,
	const struct zone *zone, struct error *err)
{
	size_t len = strlen(typed);

	if (len > 60) {
		return bad(typed, err);
	}
	if (strcmp(typed, "now") == 0) {
		*out = now;
		return true;
	}
	if (typed[0] == '-' || typed[0] == '+') {
		return relative(out, typed, sense, now, err);
	}
	if (strchr(typed, 'T') != NULL) {
		return when_from_rfc3339(out, typed, err);
	}
	return absolute(out, typed, sense, now, zone, err);
}

static bool
offset_part(const char *p, int *seconds)
{
	int hour;
	int minute;
	int sign;

	if ((*p == 'Z' || *p == 'z') && p[1] == '\0') {
		*seconds = 0;
		return true;
	}
	if (*p != '+' && *p != '-') {
		return false;
	}
	sign = *p++ == '-' ? -1 : 1;
	if (digits(&p, 2, &hour) != 2 || *p++ != ':' || digits(&p, 2, &minute) != 2 ||
	    *p != '\0' || hour > 23 || minute > 59) {
		return false;
	}
	*seconds = sign * (hour * 3600 + minute * 60);
	return true;
}

static bool
rfc3339(const char *p, int64_t *out)
{
	struct civil c = { 0 };
	int fraction = 0;
	int offset;
	int n;

	if (digits(&p, 4, &c.year) != 4 || *p++ != '-' || digits(&p, 2, &c.month) != 2 ||
	    *p++ != '-' || digits(&p, 2, &c.day) != 2 || (*p != 'T' && *p != 't')) {
		return false;
	}
	p++;
	if (digits(&p, 2, &c.hour) != 2 || *p++ != ':' || digits(&p, 2, &c.minute) != 2 ||
	    *p++ != ':' || digits(&p, 2, &c.second) != 2) {
		return false;
	}
	if (*p == '.') {
		p++;
		n = digits(&p, 3, &fraction);
		if (n == 0) {
			return false;
		}
		while (n++ < 3) {
			fraction *= 10;
		}
		while (isdigit((unsigned char)*p)) {
			p++;
		}
	}
	if (!offset_part(p, &offset) || c.year < 1970 || c.month < 1 || c.month > 12 ||
	    c.day < 1 || c.day > month_days(c.year, c.month) || c.hour > 23 ||
	    c.minute > 59 || c.second > 60) {
		return false;
	}
	*out = (civil_days(c.year, c.month, c.day) * 86400 + c.hour * 3600 + c.minute * 60 +
		       c.second - offset) * SECOND + fraction;
	return true;
}

bool
when_from_rfc3339(int64_t *out, const char *text, struct error *err)
{
	return rfc3339(text, out) || error_set(err, ERR_BAD_INPUT,
		_("\"%.60s\" is no time of RFC 3339"), text);
}
