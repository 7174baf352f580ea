/* plan_edit.c owns what `playbook edit` does with the world: the draft's file, the
 * editor, the question on the terminal. */
#include <ctype.h>
#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/plan_open.h"
#include "core/files.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/place.h"

#define MOST_WORDS 16
#define MOST_DRAFTS 1000 /* of one plan */

extern char **environ;

/* No part of a path, whatever the plan calls itself. */
static char *
bare_name_of(const char *name)
{
	char *copy = xstrdup(name);

	for (char *p = copy; *p != '\0'; p++) {
		*p = isalnum((unsigned char)*p) || *p == '-' ? *p : '_';
	}
	return copy;
}

static char *
draft_path(const char *folder, const char *bare, int n, enum plan_form form)
{
	return xasprintf("%s/plan-%.60s-%d.%s", folder, bare, n,
		form == PLAN_MD ? "md" : "json");
}

bool
plan_draft(char **path, const char *text, const char *name, enum plan_form form,
	struct error *err)
{
	char *folder = place_state("drafts");
	char *bare = bare_name_of(name);
	char *file = NULL;
	bool ok = folder != NULL ? folder_make(folder, 0700, err)
		: error_set(err, ERR_IO, "%s", _("there is no home for drafts"));

	for (int i = 1; ok && i < MOST_DRAFTS; i++) {
		struct error taken = ERROR_INIT;

		free(file);
		file = draft_path(folder, bare, i, form);
		if (file_write_new(file, text, strlen(text), 0600, &taken)) {
			break;
		}
		if (taken.code != ERR_REFUSED || i == MOST_DRAFTS - 1) {
			*err = taken;
			ok = false;
		}
	}
	free(bare);
	free(folder);
	if (!ok) {
		free(file);
		return false;
	}
	*path = file;
	return true;
}

char *
plan_kept_draft(const char *name, enum plan_form *form, int64_t *at)
{
	const enum plan_form wanted = *form;
	char *folder = place_state("drafts");
	char *bare = bare_name_of(name);
	char *newest = NULL;

	for (int i = 2; folder != NULL && i < 2 * MOST_DRAFTS; i++) {
		enum plan_form is = i % 2 == 0 ? PLAN_MD : PLAN_JSON;
		char *file = draft_path(folder, bare, i / 2, is);
		struct stat st;

		if ((wanted == PLAN_ANY || wanted == is) && stat(file, &st) == 0
				&& S_ISREG(st.st_mode)
				&& (newest == NULL || st.st_mtim.tv_sec * 1000LL >= *at)) {
			*at = st.st_mtim.tv_sec * 1000LL;
			*form = is;
			free(newest);
			newest = xstrdup(file);
		}
		free(file);
	}
	free(bare);
	free(folder);
	return newest;
}

static const char *
editor_of(void)
{
	static const char *const names[] = { "VISUAL", "EDITOR" };

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		const char *is = getenv(names[i]);

		if (is != NULL && is[strspn(is, " ")] != '\0') {
			return is;
		}
	}
	return "vi";
}

/* The words of the editor's line, cut at blanks; no shell reads them. */
static int
words_of(char *line, char *words[MOST_WORDS + 2])
{
	int count = 0;

	for (char *p = line; *p != '\0' && count < MOST_WORDS;) {
		p += strspn(p, " \t");
		if (*p == '\0') {
			break;
		}
		words[count++] = p;
		p += strcspn(p, " \t");
		if (*p != '\0') {
			*p++ = '\0';
		}
	}
	return count;
}

/* Keys for the editor (Ctrl-C) must not end us meanwhile. */
static int
wait_for(pid_t child)
{
	struct sigaction ignore = { .sa_handler = SIG_IGN }, interrupt, quit;
	int status = -1;

	(void)sigemptyset(&ignore.sa_mask);
	(void)sigaction(SIGINT, &ignore, &interrupt);
	(void)sigaction(SIGQUIT, &ignore, &quit);
	while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
	}
	(void)sigaction(SIGINT, &interrupt, NULL);
	(void)sigaction(SIGQUIT, &quit, NULL);
	return status;
}

bool
plan_run_editor(const char *path, struct error *err)
{
	char *line = xstrdup(editor_of());
	char *words[MOST_WORDS + 2];
	int count = words_of(line, words);
	pid_t child = -1;
	int failed, status;
	bool ok = true;

	words[count++] = xstrdup(path);
	words[count] = NULL;
	failed = posix_spawnp(&child, words[0], NULL, NULL, words, environ);
	if (failed != 0) {
		ok = error_cause(err, ERR_UNAVAILABLE, strerror(failed), _("cannot start %s"),
			words[0]);
	} else {
		status = wait_for(child);
		if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
			ok = error_set(err, ERR_UNAVAILABLE, _("%s ended with a failure"),
				words[0]);
		}
	}
	free(words[count - 1]);
	free(line);
	return ok;
}

/* Enter, or anything but that key. */
static bool
agreed(const char *question, char other)
{
	char answer[16] = "";

	if (!isatty(STDIN_FILENO)) {
		return false;
	}
	(void)fprintf(stderr, "%s", question);
	(void)fflush(stderr);
	return fgets(answer, sizeof answer, stdin) != NULL && answer[0] != other;
}

bool
plan_edit_again(void)
{
	return agreed(_("Enter: edit again; k: keep the draft and stop: "), 'k');
}

bool
plan_edit_kept(void)
{
	return agreed(_("Enter: go on with it; n: begin with the plan as it is: "), 'n');
}
