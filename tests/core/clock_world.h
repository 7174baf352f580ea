/* clock_world.h - a desk with the rules of the law and the holidays, for the tests
 * of clocks and of the notices that meet them. */
#ifndef TESTS_CORE_CLOCK_WORLD_H
#define TESTS_CORE_CLOCK_WORLD_H

#include "tests/fixture.h"

#include "core/holiday.h"
#include "core/json.h"
#include "core/profile.h"

#define HOUR INT64_C(3600000)

static inline void
begin(struct fixture *f)
{
	static const char *const sets[] = { "vn-2026", "vn-2017" };
	struct error err = ERROR_INIT;
	struct json *report = NULL;

	fixture_file(f);
	for (size_t i = 0; i < sizeof sets / sizeof *sets; i++) {
		CHECK_OK(profile_load_rules(f->desk, sets[i], &report, &err), err);
		json_free(report);
	}
	CHECK_OK(holiday_import(f->desk, "vn", &report, &err), err);
	json_free(report);
}

static inline void
end(struct fixture *f)
{
	fixture_whole(f);
	fixture_end(f);
}

#endif
