/* profile_check.h - the shape of profiles and rule files. */
#ifndef CORE_PROFILE_CHECK_H
#define CORE_PROFILE_CHECK_H

#include "core/error.h"
#include "core/json.h"

/* Keys and types of the top, codes that stand twice, references inside the
 * file.  What a field may hold is checked by its kind when it is loaded. */
bool profile_check(const struct json *root, struct error *err);
/* The same for a rule file. */
bool rule_file_check(const struct json *root, struct error *err);
/* That each plan rule names one of the profile's plans. */
bool profile_check_plans(const struct json *rules, const struct json *plans,
	const char *path, struct error *err);

#endif
