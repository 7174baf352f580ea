/* pdf.c owns what leaves the screens as PDF. */
#include "tui/pdf.h"

#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/i18n.h"
#include "core/mem.h"
#include "core/place.h"
#include "playbooks/copy.h"
#include "playbooks/print.h"
#include "tui/paper.h"

extern char **environ;

/* ---- the program ---- */

/* A file in memory with this text, read from its beginning; -1: none. */
static int
file_of(const char *text)
{
	int fd = memfd_create("suco", MFD_CLOEXEC);
	size_t len = strlen(text), at = 0;

	while (fd >= 0 && at < len) {
		ssize_t n = write(fd, text + at, len - at);

		if (n <= 0) {
			close(fd);
			return -1;
		}
		at += (size_t)n;
	}
	if (fd >= 0) {
		(void)lseek(fd, 0, SEEK_SET);
	}
	return fd;
}

/* Our signals are blocked on this thread; the program wants them. */
static int
start(pid_t *child, const char *program, const char *path, int in, int out)
{
	const char *const words[] = { program, "--lang", i18n_language(), "paper",
		"--output", path, NULL };
	posix_spawn_file_actions_t files;
	posix_spawnattr_t how;
	sigset_t none;
	int failed;

	(void)sigemptyset(&none);
	(void)posix_spawn_file_actions_init(&files);
	(void)posix_spawn_file_actions_adddup2(&files, in, STDIN_FILENO);
	(void)posix_spawn_file_actions_adddup2(&files, out, STDOUT_FILENO);
	(void)posix_spawn_file_actions_adddup2(&files, out, STDERR_FILENO);
	(void)posix_spawnattr_init(&how);
	(void)posix_spawnattr_setsigmask(&how, &none);
	(void)posix_spawnattr_setflags(&how, POSIX_SPAWN_SETSIGMASK);
	failed = posix_spawn(child, program, &files, &how, (char *const *)(uintptr_t)words,
		environ);
	(void)posix_spawnattr_destroy(&how);
	(void)posix_spawn_file_actions_destroy(&files);
	return failed;
}

/* What it said, in a line: its name stands before it. */
static void
take_words(char out[200], int fd)
{
	ssize_t n = pread(fd, out, 199, 0);

	out[n > 0 ? n : 0] = '\0';
	out[strcspn(out, "\n")] = '\0';
}

static bool
run_report(const char *program, const char *path, int in, int out, struct error *err)
{
	pid_t child = -1;
	int failed = start(&child, program, path, in, out);
	int status = -1;
	char said[200];

	if (failed != 0) {
		return error_cause(err, ERR_UNAVAILABLE, strerror(failed), _("cannot start %s"),
			program);
	}
	while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
	}
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0) {
		return true;
	}
	take_words(said, out);
	return error_set(err, ERR_IO, _("no PDF was made: %s"), said);
}

bool
pdf_write(const char *path, const struct json *document, struct error *err)
{
	char *program = NULL;
	char *text;
	int in, out;
	bool ok;

	if (!place_program(&program, "suco-report", err)) {
		return false;
	}
	text = json_line(document);
	in = file_of(text);
	out = file_of("");
	ok = in >= 0 && out >= 0 ? run_report(program, path, in, out, err)
		: error_errno(err, _("cannot hand the text to another program"));
	if (in >= 0) {
		close(in);
	}
	if (out >= 0) {
		close(out);
	}
	free(text);
	free(program);
	return ok;
}

/* ---- the acts ---- */

struct pdf_request {
	struct request request;
	bool plan;
	char spec[256]; /* case or plan */
	char stem[80];  /* of the file */
	char *folder, *path; /* folder as of paper_folder() */
};

static bool
run_pdf(struct request *request, struct desk *desk, struct error *err)
{
	struct pdf_request *r = (struct pdf_request *)request;
	struct json *document = NULL;
	bool ok = (r->plan ? print_plan_document : print_case_document)(&document, desk,
		r->spec, err);

	ok = ok && copy_own_path(&r->path, desk, r->folder, r->stem, "pdf", err)
		&& pdf_write(r->path, document, err);
	json_free(document);
	return ok;
}

static void
done_pdf(struct request *request, struct app *app)
{
	if (request->ok) {
		app_info(app, _("kept in %s"), ((struct pdf_request *)request)->path);
	} else {
		app_error(app, &request->err);
	}
}

static void
free_pdf(struct request *request)
{
	struct pdf_request *r = (struct pdf_request *)request;

	free(r->folder);
	free(r->path);
	free(r);
}

static void
post(struct app *app, bool plan, const char *spec, const char *stem)
{
	struct pdf_request *r = xcalloc(1, sizeof(*r));

	r->request = (struct request){ .run = run_pdf, .done = done_pdf, .free = free_pdf };
	r->plan = plan;
	snprintf(r->spec, sizeof(r->spec), "%s", spec);
	snprintf(r->stem, sizeof(r->stem), "%s", stem);
	r->folder = paper_folder(app);
	app_ask(app, NULL, &r->request);
}

void
pdf_of_case(struct app *app, const struct case_ref *ref)
{
	post(app, false, ref->id, ref->number);
}

void
pdf_of_plan(struct app *app, const char *id, const char *code)
{
	post(app, true, id, code);
}
