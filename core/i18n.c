/* i18n.c owns the choice of the language and where its catalogue is found. */
#include "core/i18n.h"

#include <ctype.h>
#include <langinfo.h>
#include <locale.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/build_tree.h"
#include "core/mem.h"
#include "paths.h"

extern int _nl_msg_cat_cntr; /* gettext's own counter: bumping it drops its cache */

static char chosen[3] = "vi";

static const char *const languages[] = { "vi", "en" };

/* "vi", "vi_VN.UTF-8" and "en:vi" begin with a language that we have. */
static const char *
named(const char *value)
{
	for (size_t i = 0; i < sizeof languages / sizeof *languages; i++) {
		if (strncmp(value, languages[i], 2) == 0 && !isalpha((unsigned char)value[2])) {
			return languages[i];
		}
	}
	return NULL;
}

/* The environment counts where it names a language that we have. */
static const char *
from_environment(void)
{
	static const char *const names[] = { "LC_ALL", "LC_MESSAGES", "LANG" };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		const char *value = getenv(names[i]);
		const char *language = value == NULL ? NULL : named(value);

		if (language != NULL) {
			return language;
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

static bool
is_plain_c(int category)
{
	const char *name = setlocale(category, NULL);

	return strcmp(name, "C") == 0 || strcmp(name, "POSIX") == 0;
}

const char *
i18n_start(const char *wanted, const char *localedir)
{
	if (wanted == NULL || (strcmp(wanted, "vi") != 0 && strcmp(wanted, "en") != 0)) {
		wanted = from_environment();
	}
	(void)snprintf(chosen, sizeof chosen, "%s", wanted);
	/* A minimal system has only C.UTF-8; there gettext follows LANGUAGE, which
	 * it does not where the messages' locale is plain C. */
	if (setlocale(LC_ALL, "") == NULL || is_plain_c(LC_MESSAGES) ||
	    strcmp(nl_langinfo(CODESET), "UTF-8") != 0) {
		(void)setlocale(LC_ALL, "C.UTF-8");
	}
	/* Numbers are for scripts too: always a point. */
	(void)setlocale(LC_NUMERIC, "C");
	(void)setenv("LANGUAGE", chosen, 1);
	_nl_msg_cat_cntr++; /* a second start chooses anew */
	find_catalogue(localedir);
	(void)bind_textdomain_codeset("suco", "UTF-8");
	(void)textdomain("suco");
	return chosen;
}

const char *
i18n_word(const char *text)
{
	const char *found = gettext(text);
	const char *bar = found == text ? strchr(text, '|') : NULL;

	return bar == NULL ? found : bar + 1;
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

	/* The catalogue's answer to "" is its own header. */
	if (strcmp(language, "en") == 0 || text[0] == '\0') {
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
