/* period.c owns the arithmetic of periods. */
#include "core/period.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/civil.h"
#include "core/i18n.h"

/* Months that a period has; 0 a day; -1 none. */
static int
months_of(const char *every)
{
	static const struct {
		const char *word;
		int months;
	} words[] = {
		{ "day", 0 }, { "month", 1 }, { "quarter", 3 }, { "half_year", 6 },
		{ "year", 12 },
	};

	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		if (strcmp(words[i].word, every) == 0) {
			return words[i].months;
		}
	}
	return every[0] >= '2' && every[0] <= '9' && strcmp(every + 1, "y") == 0
		? 12 * (every[0] - '0') : -1;
}

bool
period_check(const char *every, const char *what, struct error *err)
{
	return months_of(every) >= 0 || error_set(err, ERR_BAD_INPUT,
		_("%s: \"%.40s\" is not day, month, quarter, half_year, year, or 2y to 9y"),
		what, every);
}

static void
name_months(struct period *period, int months, int year, int month)
{
	if (months == 1) {
		(void)snprintf(period->label, sizeof period->label, "%04d-%02d", year, month);
	} else if (months < 12) {
		(void)snprintf(period->label, sizeof period->label, "%04d-%c%d", year,
			months == 3 ? 'Q' : 'H', (month - 1) / months + 1);
	} else if (months == 12) {
		(void)snprintf(period->label, sizeof period->label, "%04d", year);
	} else {
		(void)snprintf(period->label, sizeof period->label, "%04d-%04d", year,
			year + months / 12 - 1);
	}
}

static int64_t
months_later(int year, int month, int months)
{
	int at = month - 1 + months;

	return civil_days(year + at / 12, at % 12 + 1, 1);
}

struct period
period_of(const char *every, int from, int64_t day)
{
	int months = months_of(every);
	struct period period = { .first = day, .last = day };
	int year, month, dom;

	civil_from_days(day, &year, &month, &dom);
	if (months <= 0) {
		(void)snprintf(period.label, sizeof period.label, "%04d-%02d-%02d", year,
			month, dom);
		return period;
	}
	if (months >= 12) {
		int years = months / 12;

		month = 1;
		year -= ((year - from) % years + years) % years;
	} else {
		month = (month - 1) / months * months + 1;
	}
	period.first = civil_days(year, month, 1);
	period.last = months_later(year, month, months) - 1;
	name_months(&period, months, year, month);
	return period;
}

bool
period_begins(int64_t *day, const char *label)
{
	int year, part = 1, dom = 1;
	char sort = '\0';

	if (sscanf(label, "%4d-%c%1d", &year, &sort, &part) == 3 &&
	    (sort == 'Q' || sort == 'H')) {
		*day = months_later(year, 1, (part - 1) * (sort == 'Q' ? 3 : 6));
		return true;
	}
	part = 1;
	/* 2026, 2026-11, 2026-11-21; of 2026-2028 the first year counts. */
	if (sscanf(label, "%4d-%2d-%2d", &year, &part, &dom) < 1) {
		return false;
	}
	*day = strlen(label) == 9 ? civil_days(year, 1, 1) : civil_days(year, part, dom);
	return true;
}

bool
period_due(int64_t *day, bool *before, const struct period *period, const char *due,
	const char *what, struct error *err)
{
	const char *at = due;
	int year, month, dom, named_dom, named_month, used = 0;

	*before = strncmp(due, "before ", 7) == 0;
	*day = period->last;
	if (due[0] == '\0') {
		return true;
	}
	at += *before ? 7 : 0;
	civil_from_days(period->last, &year, &month, &dom);
	if (sscanf(at, "%2d/%2d%n", &named_dom, &named_month, &used) == 2 &&
	    at[used] == '\0' && named_month >= 1 && named_month <= 12 && named_dom >= 1) {
		int y, m, d;

		*day = civil_days(year, named_month, named_dom);
		civil_from_days(*day, &y, &m, &d);
		if (m == named_month && d == named_dom) {
			return true;
		}
	}
	return error_set(err, ERR_BAD_INPUT,
		_("%s: \"%.40s\" is not a day of the year, as 20/12 or before 20/12"), what,
		due);
}
