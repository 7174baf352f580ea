/* profile.c reads profiles and rule files: found, parsed, checked whole. */
#include "core/profile.h"

#include <stdlib.h>
#include <string.h>

#include "core/files.h"
#include "core/i18n.h"
#include "core/limits.h"
#include "core/mem.h"
#include "core/place.h"
#include "core/profile_check.h"
#include "core/profile_private.h"

void
profile_free(struct profile *profile)
{
	if (profile != NULL) {
		json_free(profile->root);
		json_free(profile->rule_files);
		free(profile);
	}
}

const char *
profile_name(const struct profile *profile)
{
	return json_get_text(profile->root, "name");
}

const char *
profile_zone(const struct profile *profile)
{
	return json_get_text(profile->root, "zone");
}

const char *
profile_language(const struct profile *profile)
{
	return json_get_text(profile->root, "language");
}

const char *
profile_desk(const struct profile *profile)
{
	return json_get_text(profile->root, "desk");
}

const struct json *
profile_plans(const struct profile *profile)
{
	return json_get(profile->root, "plans");
}

bool
profile_in_file(const char *path, struct error *err)
{
	const char *slash = strrchr(path, '/');
	struct error inner = *err;

	(void)error_cause(err, inner.code, inner.cause, "%.80s: %.390s",
		slash == NULL ? path : slash + 1, inner.message);
	return false;
}

static bool
read_json(struct json **out, const char *path, struct error *err)
{
	char *text = NULL;
	size_t len = 0;
	bool ok;

	if (!file_read(&text, &len, path, limit(LIMIT_PLAYBOOK), err)) {
		return false;
	}
	ok = json_parse(out, text, len, NULL, err) || profile_in_file(path, err);
	free(text);
	return ok;
}

static bool
find_file(char **path, const char *folder, const char *name, struct error *err)
{
	size_t len = strlen(name);
	char *file;
	bool ok;

	if (strchr(name, '/') != NULL ||
	    (len > 5 && strcmp(name + len - 5, ".json") == 0)) {
		*path = xstrdup(name);
		return true;
	}
	file = xasprintf("%s/%s.json", folder, name);
	ok = place_data(path, file, err);
	free(file);
	return ok;
}

bool
profile_read_rules(struct json **out, const char *name, struct error *err)
{
	struct json *root = NULL;
	char *path = NULL;
	bool ok;

	if (!find_file(&path, "rules", name, err)) {
		return false;
	}
	ok = read_json(&root, path, err) &&
		(rule_file_check(root, err) || profile_in_file(path, err));
	free(path);
	if (!ok) {
		json_free(root);
		return false;
	}
	*out = root;
	return true;
}

static bool
read_rule_files(struct profile *profile, struct error *err)
{
	const struct json *names = json_get(profile->root, "rule_files");
	const struct json *plans = profile_plans(profile);

	for (const struct json *name = json_first(names); name != NULL;
	     name = json_next(name)) {
		struct json *file = NULL;

		if (!profile_read_rules(&file, json_text(name, ""), err)) {
			return false;
		}
		json_push(profile->rule_files, file);
		if (!profile_check_plans(json_get(file, "rules"), plans, "$.rules", err)) {
			return profile_in_file(json_text(name, ""), err);
		}
	}
	return profile_check_plans(json_get(profile->root, "rules"), plans, "$.rules", err);
}

/* Everything that only loading finds out (types, words, circles) is found out
 * on a desk in memory, before anything of the real one is touched. */
static bool
try_in_memory(const struct profile *profile, struct error *err)
{
	const struct desk_new what = { .url = ":memory:", .name = "try",
		.zone = profile_zone(profile), .login = "try" };
	struct desk *desk = NULL;
	struct json *report = NULL;
	bool ok = desk_create(&desk, &what, err) &&
		profile_load(desk, profile, &report, err);

	json_free(report);
	desk_close(desk);
	return ok;
}

bool
profile_read(struct profile **out, const char *name, struct error *err)
{
	struct profile *profile;
	char *path = NULL;
	bool ok;

	if (!find_file(&path, "profiles", name, err)) {
		return false;
	}
	profile = xcalloc(1, sizeof *profile);
	profile->rule_files = json_array();
	ok = read_json(&profile->root, path, err) &&
		((profile_check(profile->root, err) && read_rule_files(profile, err) &&
		  try_in_memory(profile, err)) || profile_in_file(path, err));
	free(path);
	if (!ok) {
		profile_free(profile);
		return false;
	}
	*out = profile;
	return true;
}
