/* place.c owns where things are found: parts and data of suco by the
 * environment, the build tree, the prefix; a member's files by XDG. */
#include "core/place.h"

#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/build_tree.h"
#include "core/files.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "paths.h"

/* Where the build leaves the programs of the parts. */
static const char *const build_programs[] = {
	SUCO_BUILD_DIR, SUCO_BUILD_DIR "/serve", SUCO_BUILD_DIR "/notify",
	SUCO_BUILD_DIR "/report", SUCO_BUILD_DIR "/cli", SUCO_BUILD_DIR "/core",
};

/* Data in the tree; an installed prefix has all of it in one folder. */
static const char *const build_data[] = {
	SUCO_BUILD_DIR "/data", SUCO_SOURCE_DIR "/data",
	SUCO_SOURCE_DIR "/playbooks",
};

#define COUNT(table) (sizeof(table) / sizeof(table)[0])

/* Which package brings a part (see packaging; the upstream name elsewhere). */
static const char *const parts[][2] = {
	{ "suco-inbox.so", "suco-serve" }, { "suco-serve", "suco-serve" },
	{ "suco-watch", "suco-watch" }, { "suco-report", "suco-report" },
};

static bool
try_in(char **out, const char *folder, const char *name, int mode)
{
	char *path = path_join(folder, name);

	if (access(path, mode) == 0) {
		*out = path;
		return true;
	}
	free(path);
	return false;
}

static bool
find(char **out, const char *variable, const char *const *tree, size_t count,
	const char *prefix, const char *name, int mode)
{
	const char *given = getenv(variable);

	if (given != NULL && given[0] != '\0' && try_in(out, given, name, mode)) {
		return true;
	}
	for (size_t i = 0; i < count && in_build_tree(); i++) {
		if (try_in(out, tree[i], name, mode)) {
			return true;
		}
	}
	return try_in(out, prefix, name, mode);
}

bool
place_program(char **out, const char *name, struct error *err)
{
	if (find(out, "SUCO_LIBEXEC", build_programs, COUNT(build_programs),
			SUCO_LIBEXEC_DIR, name, X_OK)) {
		return true;
	}
	for (size_t i = 0; i < COUNT(parts); i++) {
		if (strcmp(parts[i][0], name) == 0) {
			return error_set(err, ERR_UNAVAILABLE,
				_("this installation has no %s; the package %s brings it"),
				name, parts[i][1]);
		}
	}
	return error_set(err, ERR_UNAVAILABLE, _("this installation has no %s"), name);
}

bool
place_data(char **out, const char *name, struct error *err)
{
	/* A name is ours or from a command line; it never leaves the folder. */
	if (name[0] == '\0' || name[0] == '/' || strstr(name, "..") != NULL) {
		return error_set(err, ERR_BAD_INPUT, _("\"%.60s\" is no name of data"),
			name);
	}
	if (find(out, "SUCO_DATA", build_data, COUNT(build_data), SUCO_DATA_DIR,
			name, R_OK)) {
		return true;
	}
	return error_set(err, ERR_NOT_FOUND,
		_("suco's data has no %s (looked in $SUCO_DATA and %s)"), name,
		SUCO_DATA_DIR);
}

char *
place_home(const char *name)
{
	const char *home = getenv("HOME");
	struct passwd entry;
	struct passwd *found = NULL;
	char record[4096];

	if (home != NULL && home[0] == '/') {
		return path_join(home, name);
	}
	if (getpwuid_r(getuid(), &entry, record, sizeof record, &found) == 0
			&& found != NULL && found->pw_dir[0] == '/') {
		return path_join(found->pw_dir, name);
	}
	return NULL;
}

/* VARIABLE/suco/NAME, or HOME/standard/suco/NAME. */
static char *
xdg(const char *variable, const char *standard, const char *name)
{
	const char *given = getenv(variable);
	char *under;
	char *path;

	if (given != NULL && given[0] == '/') {
		under = path_join("suco", name);
		path = path_join(given, under);
	} else {
		under = xasprintf("%s/suco/%s", standard, name);
		path = place_home(under);
	}
	free(under);
	return path;
}

char *
place_config(const char *name)
{
	return xdg("XDG_CONFIG_HOME", ".config", name);
}

char *
place_share(const char *name)
{
	return xdg("XDG_DATA_HOME", ".local/share", name);
}

char *
place_state(const char *name)
{
	return xdg("XDG_STATE_HOME", ".local/state", name);
}

char *
place_desk(void)
{
	return place_share("desk.db");
}
