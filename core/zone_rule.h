/* zone_rule.h - the POSIX TZ rule at the end of a TZif file, for zone.c. */
#ifndef CORE_ZONE_RULE_H
#define CORE_ZONE_RULE_H

#include <stdbool.h>
#include <stdint.h>

/* A day of the year on which summer time begins or ends. */
struct zone_day {
	char form;  /* M month.week.weekday, J day 1-365 without 29/2, N day 0-365 */
	int month, week, weekday, day;
	int32_t seconds; /* local time of the change, may exceed a day */
};

struct zone_rule {
	int32_t standard; /* seconds east of UTC */
	int32_t summer;
	bool has_summer;
	struct zone_day begins, ends;
};

bool zone_rule_parse(struct zone_rule *out, const char *text);
int32_t zone_rule_offset(const struct zone_rule *rule, int64_t seconds);

#endif
