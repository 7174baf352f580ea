/* notify_test.c owns sending one test message from the screens: through suco-serve,
 * which alone may talk to the channels. */
#include "tui/notify_test.h"

#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "core/i18n.h"
#include "core/mem.h"
#include "core/place.h"

#define WAIT_TURNS 400 /* of 50 ms: as long as a person waits for an answer */

extern char **environ;

/* Our signals are blocked on this thread; the program wants them. */
static int
start(pid_t *child, const char *const words[], int out)
{
	posix_spawn_file_actions_t files;
	posix_spawnattr_t how;
	sigset_t none;
	int failed;

	(void)sigemptyset(&none);
	(void)posix_spawn_file_actions_init(&files);
	(void)posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", 0, 0);
	(void)posix_spawn_file_actions_adddup2(&files, out, STDOUT_FILENO);
	(void)posix_spawn_file_actions_adddup2(&files, out, STDERR_FILENO);
	(void)posix_spawnattr_init(&how);
	(void)posix_spawnattr_setsigmask(&how, &none);
	(void)posix_spawnattr_setflags(&how, POSIX_SPAWN_SETSIGMASK);
	failed = posix_spawn(child, words[0], &files, &how, (char *const *)(uintptr_t)words,
		environ);
	(void)posix_spawnattr_destroy(&how);
	(void)posix_spawn_file_actions_destroy(&files);
	return failed;
}

/* Its exit status; -1: it did not end in time and was ended. */
static int
wait_for(pid_t child)
{
	const struct timespec turn = { .tv_nsec = 50000000 };
	int status = 0;

	for (int i = 0; i < WAIT_TURNS; i++) {
		if (waitpid(child, &status, WNOHANG) == child) {
			return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
		}
		(void)nanosleep(&turn, NULL);
	}
	(void)kill(child, SIGTERM);
	(void)waitpid(child, &status, 0);
	return -1;
}

/* Its first line; the caller's. */
static char *
first_line(int fd)
{
	char text[400];
	ssize_t n = pread(fd, text, sizeof(text) - 1, 0);

	text[n > 0 ? n : 0] = '\0';
	text[strcspn(text, "\n")] = '\0';
	return xstrdup(text);
}

bool
notify_test(char **said, struct desk *desk, const char *channel, const char *login,
	struct error *err)
{
	char *program = NULL;
	int out = memfd_create("suco", MFD_CLOEXEC), failed, status;
	pid_t child = -1;

	*said = NULL;
	if (out < 0) {
		return error_errno(err, _("cannot start %s"), "suco-serve");
	}
	if (!place_program(&program, "suco-serve", err)) {
		close(out);
		return false;
	}
	failed = start(&child, (const char *const[]){ program, "--desk", desk_url(desk),
		"--lang", i18n_language(), "notify-test", channel, login, NULL }, out);
	if (failed != 0) {
		(void)error_cause(err, ERR_UNAVAILABLE, strerror(failed), _("cannot start %s"),
			program);
	} else {
		status = wait_for(child);
		*said = first_line(out);
		if (status != 0) {
			(void)error_set(err, ERR_UNAVAILABLE, "%s", status < 0
				? _("no answer within 20 seconds; nothing is known of the test")
				: *said);
			free(*said);
			*said = NULL;
		}
	}
	close(out);
	free(program);
	return *said != NULL;
}
