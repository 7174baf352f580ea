/* rate.c reads limits of the form N/SPAN; pure. */
#include "core/rate.h"

#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"

#define SECOND 1000LL
#define MANY_MAX 100000
#define SPAN_MAX (30 * 86400 * SECOND)

static const struct {
	char unit;
	int64_t ms;
} units[] = {
	{ 's', SECOND }, { 'm', 60 * SECOND }, { 'h', 3600 * SECOND }, { 'd', 86400 * SECOND },
};

/* A whole number at *at, moved past it; -1 where there is none. */
static int64_t
number(const char **at)
{
	char *end;
	long long value;

	if (**at < '0' || **at > '9') {
		return -1;
	}
	value = strtoll(*at, &end, 10);
	*at = end;
	return value > MANY_MAX ? MANY_MAX + 1 : value;
}

static int64_t
unit(const char **at)
{
	for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
		if (**at == units[i].unit) {
			(*at)++;
			return units[i].ms;
		}
	}
	return 0;
}

/* "5/15m" */
static bool
window(struct rate *out, const char **at)
{
	int64_t many = number(at);
	int64_t span;

	if (many < 1 || many > MANY_MAX || **at != '/' || out->count == RATE_MAX) {
		return false;
	}
	(*at)++;
	span = number(at);
	span = span < 1 || span > MANY_MAX ? 0 : span * unit(at);
	if (span == 0 || span > SPAN_MAX || (**at != '\0' && **at != ' ')) {
		return false;
	}
	out->windows[out->count].many = many;
	out->windows[out->count++].span_ms = span;
	return true;
}

bool
rate_parse(struct rate *out, const char *text, const char *place, struct error *err)
{
	const char *at = text;

	*out = (struct rate){ 0 };
	if (strcmp(text, "none") == 0) {
		return true;
	}
	for (at += strspn(at, " "); *at != '\0'; at += strspn(at, " ")) {
		if (!window(out, &at)) {
			return error_set(err, ERR_BAD_INPUT,
				_("%s: must be none, or how many in how long, at most %d of them:"
				  " 1/1m 5/15m 30/1h (s, m, h, d; at most 30 days)"),
				place, RATE_MAX);
		}
	}
	return true;
}

int64_t
rate_longest(const struct rate *rate)
{
	int64_t longest = 0;

	for (int i = 0; i < rate->count; i++) {
		longest = rate->windows[i].span_ms > longest ? rate->windows[i].span_ms : longest;
	}
	return longest;
}
