/* document.c owns how dates of papers are read and shown. */
#include "core/document.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/fold.h"
#include "core/i18n.h"
#include "core/limits.h"
#include "core/text.h"
#include "core/when.h"

#define DAY_MS INT64_C(86400000)

/* "today", "hôm qua", as people type them at night: without marks, in capitals. */
static bool
day_word(int64_t *at, const char *typed, struct desk *desk)
{
	static const struct {
		const char *word;
		int days;
	} words[] = {
		{ "today", 0 }, { "hom nay", 0 }, { "yesterday", 1 }, { "hom qua", 1 },
	};
	char *folded = fold_text(typed + strspn(typed, " "));
	bool found = false;

	for (size_t len = strlen(folded); len > 0 && folded[len - 1] == ' '; ) {
		folded[--len] = '\0';
	}
	for (size_t i = 0; i < sizeof words / sizeof *words && !found; i++) {
		found = strcmp(folded, words[i].word) == 0;
		*at = desk_now(desk) - words[i].days * DAY_MS;
	}
	free(folded);
	return found;
}

bool
document_day(char out[DAY_SIZE], const char *typed, struct desk *desk,
	struct error *err)
{
	struct civil day;
	int64_t at;

	out[0] = '\0';
	if (typed == NULL || typed[strspn(typed, " ")] == '\0') {
		return true;
	}
	if (day_word(&at, typed, desk)) {
		/* said by a word */
	} else if (!when_parse(&at, typed, WHEN_PAST, desk_now(desk), desk_zone(desk),
			   err)) {
		struct error none = ERROR_INIT;

		/* A day that is ahead has its own words. */
		return when_parse(&at, typed, WHEN_DUE, desk_now(desk), desk_zone(desk),
				&none) ? false : error_set(err, ERR_BAD_INPUT,
			_("\"%.40s\" is no day: 21/11/2026, 21/11 or today"), typed);
	}
	day = zone_civil(desk_zone(desk), at);
	(void)snprintf(out, DAY_SIZE, "%04d-%02d-%02d", day.year % 10000, day.month % 100,
		day.day % 100);
	return true;
}

void
document_day_shown(char out[DAY_SIZE], const char *day)
{
	int year, month, of_month;

	if (sscanf(day, "%4d-%2d-%2d", &year, &month, &of_month) == 3) {
		(void)snprintf(out, DAY_SIZE, "%02d/%02d/%04d", of_month % 100, month % 100,
			year % 10000);
	} else {
		(void)snprintf(out, DAY_SIZE, "%.15s", day);
	}
}

bool
document_text(char **out, const char *text, bool required, const char *what,
	struct error *err)
{
	const char *given = text == NULL ? "" : text;

	if (required && given[strspn(given, " \t\n")] == '\0') {
		return error_set(err, ERR_BAD_INPUT, _("%s: is missing"), what);
	}
	return text_accept(out, given, strlen(given), TEXT_ONE_LINE, limit(LIMIT_TITLE),
		what, err);
}
