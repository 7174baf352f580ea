/* md_span.c owns times in plans: spans in words ("1 giờ 30 phút"), stamps. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/buf.h"
#include "core/mem.h"
#include "playbooks/md_private.h"

#define MOST_MS (INT64_C(100000) * 86400000)

static const struct {
	int64_t ms;
	const char *vi, *en;
	const char *folded;
} units[] = {
	{ 86400000, "ngày", "day", "ngay|ng|day|days|d" },
	{ 3600000, "giờ", "hour", "gio|g|hour|hours|h" },
	{ 60000, "phút", "minute", "phut|ph|p|minute|minutes|min|m" },
	{ 1000, "giây", "second", "giay|s|second|seconds|sec" },
	{ 1, "ms", "ms", "ms" },
};
#define UNIT_COUNT (sizeof units / sizeof units[0])

char *
md_span(int64_t ms, const char *language)
{
	bool en = strcmp(language, "en") == 0;
	struct buf out = { 0 };

	for (size_t i = 0; i < UNIT_COUNT; i++) {
		int64_t count = ms / units[i].ms;

		if (count > 0) {
			buf_addf(&out, "%s%lld %s%s", out.len > 0 ? " " : "", (long long)count,
				en ? units[i].en : units[i].vi,
				en && count > 1 && units[i].ms > 1 ? "s" : "");
			ms -= count * units[i].ms;
		}
	}
	if (out.len == 0) {
		buf_addf(&out, "0 %s", en ? "minutes" : "phút");
	}
	return buf_take(&out);
}

static int64_t
unit_ms(const char *text, size_t len)
{
	char *word = xstrndup(text, len);
	int64_t ms = 0;

	for (size_t i = 0; i < UNIT_COUNT && ms == 0; i++) {
		ms = md_one_of(units[i].folded, word) ? units[i].ms : 0;
	}
	free(word);
	return ms;
}

bool
md_parse_span(int64_t *out, const char *text)
{
	int64_t sum = 0;
	const char *p = text + strspn(text, " ");

	if (*p == '\0') {
		return false;
	}
	while (*p != '\0') {
		size_t digits = strspn(p, "0123456789");
		int64_t count;

		if (digits == 0 || digits > 9) {
			return false;
		}
		count = strtoll(p, NULL, 10);
		p += digits + strspn(p + digits, " ");
		size_t word = strcspn(p, " 0123456789.,");
		int64_t ms = unit_ms(p, word);
		if (ms == 0 || count > MOST_MS / ms || sum > MOST_MS - count * ms) {
			return false;
		}
		sum += count * ms;
		p += word + strspn(p + word, " .,");
	}
	*out = sum;
	return true;
}

void
md_stamp(char out[MD_STAMP], int64_t now)
{
	time_t seconds = (time_t)(now / 1000);
	struct tm utc;
	char day[24];

	(void)gmtime_r(&seconds, &utc);
	(void)strftime(day, sizeof day, "%Y-%m-%dT%H:%M:%S", &utc);
	(void)snprintf(out, MD_STAMP, "%.19s.%03dZ", day, (int)(now % 1000));
}
