/* i18n.c owns the choice of the language and where its catalogue is found. */
#include "core/i18n.h"

#include <locale.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/mem.h"
#include "paths.h"

extern int _nl_msg_cat_cntr; /* gettext's own counter: bumping it drops its cache */

static char chosen[3] = "vi";

/* The environment counts where it names a language that we have. */
static const char *
from_environment(void)
{
	static const char *const names[] = { "LC_ALL", "LC_MESSAGES", "LANG" };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		const char *value = getenv(names[i]);

		if (value == NULL || *value == '\0') {
			continue;
		}
		if (strncmp(value, "vi", 2) == 0) {
			return "vi";
		}
		if (strncmp(value, "en", 2) == 0) {
			return "en";
		}
	}
	return "vi";
}

static bool
try_dir(const char *base, const char *under)
{
	char *path = xasprintf("%s%s", base, under);
	char *file = xasprintf("%s/vi/LC_MESSAGES/suco.mo", path);
	bool there = access(file, R_OK) == 0;

	if (there) {
		(void)bindtextdomain("suco", path);
	}
	free(file);
	free(path);
	return there;
}

/* Is the running program the one of the build tree? */
static bool
in_build_tree(void)
{
	char self[4096];
	ssize_t len = readlink("/proc/self/exe", self, sizeof self - 1);

	return len > 0 && strncmp(self, SUCO_BUILD_DIR "/", sizeof SUCO_BUILD_DIR) == 0;
}

static void
find_catalogue(const char *localedir)
{
	const char *data = getenv("SUCO_DATA");

	if ((localedir != NULL && try_dir(localedir, "")) ||
	    (data != NULL && try_dir(data, "/locale")) ||
	    (in_build_tree() && try_dir(SUCO_BUILD_DIR, "/po"))) {
		return;
	}
	(void)bindtextdomain("suco", SUCO_LOCALE_DIR);
}

const char *
i18n_start(const char *wanted, const char *localedir)
{
	if (wanted == NULL || (strcmp(wanted, "vi") != 0 && strcmp(wanted, "en") != 0)) {
		wanted = from_environment();
	}
	(void)snprintf(chosen, sizeof chosen, "%s", wanted);
	/* A minimal system has only C.UTF-8; there gettext follows LANGUAGE. */
	if (setlocale(LC_ALL, "") == NULL || strcmp(setlocale(LC_CTYPE, NULL), "C") == 0 ||
	    strcmp(setlocale(LC_CTYPE, NULL), "POSIX") == 0) {
		(void)setlocale(LC_ALL, "C.UTF-8");
	}
	/* Numbers are for scripts too: always a point. */
	(void)setlocale(LC_NUMERIC, "C");
	(void)setenv("LANGUAGE", chosen, 1);
	find_catalogue(localedir);
	(void)bind_textdomain_codeset("suco", "UTF-8");
	(void)textdomain("suco");
	return chosen;
}

const char *
i18n_language(void)
{
	return chosen;
}

const char *
i18n_in(const char *language, const char *text)
{
	const char *found;

	if (strcmp(language, "en") == 0) {
		return text;
	}
	if (strcmp(language, chosen) == 0) {
		return gettext(text);
	}
	(void)setenv("LANGUAGE", language, 1);
	_nl_msg_cat_cntr++;
	found = gettext(text);
	(void)setenv("LANGUAGE", chosen, 1);
	_nl_msg_cat_cntr++;
	return found;
}
