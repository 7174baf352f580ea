/* zone_rule.c reads rules as "CST6CDT,M3.2.0,M11.1.0" and says which offset
 * they give at a moment. */
#include "core/zone_rule.h"

#include <ctype.h>
#include <stddef.h>
#include <string.h>

#include "core/civil.h"

#define DAY 86400

static bool
skip_name(const char **p)
{
	if (**p == '<') {
		const char *end = strchr(*p, '>');

		if (end == NULL) {
			return false;
		}
		*p = end + 1;
		return true;
	}
	if (!isalpha((unsigned char)**p)) {
		return false;
	}
	while (isalpha((unsigned char)**p)) {
		(*p)++;
	}
	return true;
}

static bool
number(const char **p, int most, int *out)
{
	int value = 0;

	if (!isdigit((unsigned char)**p)) {
		return false;
	}
	while (isdigit((unsigned char)**p)) {
		value = value * 10 + (**p - '0');
		if (value > most) {
			return false;
		}
		(*p)++;
	}
	*out = value;
	return true;
}

/* [+-]hh[:mm[:ss]] */
static bool
clock_time(const char **p, int most, int32_t *out)
{
	int sign = 1;
	int hour;
	int minute = 0;
	int second = 0;

	if (**p == '+' || **p == '-') {
		sign = **p == '-' ? -1 : 1;
		(*p)++;
	}
	if (!number(p, most, &hour)) {
		return false;
	}
	if (**p == ':') {
		(*p)++;
		if (!number(p, 59, &minute)) {
			return false;
		}
		if (**p == ':') {
			(*p)++;
			if (!number(p, 59, &second)) {
				return false;
			}
		}
	}
	*out = sign * (hour * 3600 + minute * 60 + second);
	return true;
}

static bool
change_day(const char **p, struct zone_day *out)
{
	*out = (struct zone_day){ .form = 'N', .seconds = 2 * 3600 };
	if (**p != ',') {
		return false;
	}
	(*p)++;
	if (**p == 'M') {
		(*p)++;
		out->form = 'M';
		if (!number(p, 12, &out->month) || *(*p)++ != '.' ||
		    !number(p, 5, &out->week) || *(*p)++ != '.' ||
		    !number(p, 6, &out->weekday) || out->month == 0 || out->week == 0) {
			return false;
		}
	} else {
		if (**p == 'J') {
			(*p)++;
			out->form = 'J';
		}
		if (!number(p, 365, &out->day) || (out->form == 'J' && out->day == 0)) {
			return false;
		}
	}
	if (**p == '/') {
		(*p)++;
		return clock_time(p, 167, &out->seconds);
	}
	return true;
}

bool
zone_rule_parse(struct zone_rule *out, const char *text)
{
	const char *p = text;
	int32_t west;

	*out = (struct zone_rule){ 0 };
	if (!skip_name(&p) || !clock_time(&p, 24, &west)) {
		return false;
	}
	out->standard = -west;
	if (*p == '\0') {
		return true;
	}
	if (!skip_name(&p)) {
		return false;
	}
	out->summer = out->standard + 3600;
	if (*p != ',' && *p != '\0') {
		if (!clock_time(&p, 24, &west)) {
			return false;
		}
		out->summer = -west;
	}
	out->has_summer = true;
	return change_day(&p, &out->begins) && change_day(&p, &out->ends) && *p == '\0';
}

static bool
leap(int year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

/* Local seconds since 1970 of the change in a year. */
static int64_t
change_at(const struct zone_day *day, int year)
{
	int64_t days;

	if (day->form == 'M') {
		int64_t first = civil_days(year, day->month, 1);
		int weekday = (int)(((first + 4) % 7 + 7) % 7);
		int next_year = day->month == 12 ? year + 1 : year;
		int64_t end = civil_days(next_year, day->month % 12 + 1, 1);

		days = first + (day->weekday - weekday + 7) % 7 + (day->week - 1) * 7;
		while (days >= end) {
			days -= 7;
		}
	} else if (day->form == 'J') {
		days = civil_days(year, 1, 1) + day->day - 1 + (leap(year) && day->day >= 60);
	} else {
		days = civil_days(year, 1, 1) + day->day;
	}
	return days * DAY + day->seconds;
}

int32_t
zone_rule_offset(const struct zone_rule *rule, int64_t seconds)
{
	int64_t local = seconds + rule->standard;
	int64_t begins;
	int64_t ends;
	int year;
	int month;
	int day;
	bool summer;

	if (!rule->has_summer) {
		return rule->standard;
	}
	civil_from_days(local / DAY - (local % DAY < 0), &year, &month, &day);
	begins = change_at(&rule->begins, year) - rule->standard;
	ends = change_at(&rule->ends, year) - rule->summer;
	summer = begins < ends ? seconds >= begins && seconds < ends
		: seconds >= begins || seconds < ends;
	return summer ? rule->summer : rule->standard;
}
