/* profile_private.h - the inside of a profile, for profile*.c. */
#ifndef CORE_PROFILE_PRIVATE_H
#define CORE_PROFILE_PRIVATE_H

#include "core/error.h"
#include "core/json.h"

struct profile {
	struct json *root;
	struct json *rule_files; /* the parsed files, in order */
};

/* Puts the file's name before the fault's place; always false. */
bool profile_in_file(const char *path, struct error *err);
/* A rule file by name ("generic") or path, its shape checked. */
bool profile_read_rules(struct json **out, const char *name, struct error *err);

#endif
