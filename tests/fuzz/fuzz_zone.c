/* Any bytes as a time zone file, and as the rule at its end: refused, or a zone
 * whose moments and civil times agree. */
#include "tests/fuzz/fuzz.h"

#include <string.h>

#include "core/zone.h"
#include "core/zone_rule.h"

static const int64_t moments[] = {
	INT64_MIN, -INT64_C(62135596800000), -1, 0, INT64_C(1795201800123),
	INT64_C(4102444800000), INT64_C(253402300799999), INT64_MAX,
};

static void
check_moment(const struct zone *zone, int64_t ms)
{
	struct civil civil = zone_civil(zone, ms);
	bool exact;
	int64_t back;

	MUST(civil.month >= 1 && civil.month <= 12);
	MUST(civil.day >= 1 && civil.day <= 31);
	MUST(civil.hour >= 0 && civil.hour <= 23);
	MUST(civil.minute >= 0 && civil.minute <= 59);
	MUST(civil.second >= 0 && civil.second <= 59);
	MUST(civil.milli >= 0 && civil.milli <= 999);
	MUST(civil.weekday >= 0 && civil.weekday <= 6);
	back = zone_moment(zone, &civil, &exact);
	/* What is not exact is another reading of the same civil time. */
	MUST(ms > INT64_C(9000000000000000) || ms < -INT64_C(9000000000000000) ||
		back == ms || back < ms + INT64_C(200000000));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct error err = ERROR_INIT;
	struct zone *zone = NULL;
	struct zone_rule rule;
	char text[128];
	size_t len = size < sizeof text ? size : sizeof text - 1;

	memcpy(text, data, len);
	text[len] = '\0';
	if (zone_rule_parse(&rule, text)) {
		int32_t offset = zone_rule_offset(&rule, 1795201800);

		MUST(offset == rule.standard || offset == rule.summer);
	}
	if (!zone_parse(&zone, "Fuzz/Zone", data, size, &err)) {
		MUST(err.code == ERR_BAD_INPUT && zone == NULL);
		return 0;
	}
	for (size_t i = 0; i < sizeof moments / sizeof moments[0]; i++) {
		check_moment(zone, moments[i]);
	}
	zone_free(zone);
	return 0;
}
