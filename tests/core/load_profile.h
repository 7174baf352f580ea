/* load_profile.h - a profile loaded into an empty desk, and what it reports. */
#ifndef TESTS_CORE_LOAD_PROFILE_H
#define TESTS_CORE_LOAD_PROFILE_H

#include "core/profile.h"
#include "tests/core/empty_desk.h"

static inline struct json *
load(struct desk *desk, const char *name)
{
	struct profile *profile = NULL;
	struct json *report = NULL;
	struct error err;

	CHECK_OK(profile_read(&profile, name, &err), err);
	CHECK_OK(profile_load(desk, profile, &report, &err), err);
	profile_free(profile);
	return report;
}

static inline int
tally(const struct json *report, const char *section, const char *what)
{
	return (int)json_get_int(json_get(report, section), what, -1);
}

#endif
