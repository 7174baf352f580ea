/* profile.h - a profile: a province's register, contacts and rules in one file
 * (docs/profiles.md), read strictly, loaded in one transaction. */
#ifndef CORE_PROFILE_H
#define CORE_PROFILE_H

#include <stdbool.h>

#include "core/apply.h"
#include "core/desk.h"
#include "core/error.h"
#include "core/json.h"

struct profile;

/* name: "quangngai", or a path (with a slash or ending in .json).  Checks the
 * whole file: keys, types, codes that stand twice, references, circles.
 * ERR_NOT_FOUND, ERR_BAD_INPUT with the JSON path. */
bool profile_read(struct profile **out, const char *name, struct error *err);
void profile_free(struct profile *profile); /* NULL is allowed */

const char *profile_name(const struct profile *profile);
const char *profile_zone(const struct profile *profile);
const char *profile_language(const struct profile *profile);
/* The desk's name it wants, or NULL. */
const char *profile_desk(const struct profile *profile);
/* The codes of the plans to load: an array, borrowed. */
const struct json *profile_plans(const struct profile *profile);

/* Loads it in one change (joins an open one): adds, updates what only imports
 * have written, keeps what a member changed.  *report (the caller's):
 *	profile, title {vi, en}, bodies, units, contacts, assets, groups,
 *	settings, rules: each {added, changed, same}; plans [codes]; facts,
 *	facts_missing, contacts_missing (neither a mail address of their own nor
 *	a telephone), contacts_unverified; kept ["asset LGSP operator", ...] */
bool profile_load(struct desk *desk, const struct profile *profile,
	struct json **report, struct error *err);

/* A rule file by itself, as `rule import` does; report as above. */
bool profile_load_rules(struct desk *desk, const char *path, struct json **report,
	struct error *err);

apply_fn apply_profile_imported;

#endif
