/* child.c starts and ends servers of tests, and keeps what tests of real things need:
 * a clock, a folder, a file that is there at once. */
#include "tests/servers/child.h"

#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "core/mem.h"

#define SKIPPED 77

int64_t
steady_ms(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void
folder_fresh(char *out, size_t size, const char *name)
{
	const char *tmp = getenv("TMPDIR");

	(void)snprintf(out, size, "%s/suco-%s-XXXXXX", tmp == NULL ? "/tmp" : tmp, name);
	if (mkdtemp(out) == NULL) {
		perror(out);
		exit(1);
	}
}

static int
remove_one(const char *path, const struct stat *st __attribute__((unused)),
	int type __attribute__((unused)), struct FTW *ftw __attribute__((unused)))
{
	return remove(path);
}

void
folder_gone(const char *folder)
{
	(void)nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

void
file_put(const char *path, const char *text, unsigned mode)
{
	char *part = xasprintf("%s.part", path);
	int fd = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode);

	if (fd < 0 || write(fd, text, strlen(text)) != (ssize_t)strlen(text) ||
	    fchmod(fd, mode) != 0 || close(fd) != 0 || rename(part, path) != 0) {
		perror(path);
		exit(1);
	}
	free(part);
}

static void
become(const struct child *child, const struct child_program *what, const int in[2],
	const int out[2])
{
	(void)dup2(in[0], STDIN_FILENO);
	(void)dup2(out[1], STDOUT_FILENO);
	if (getenv("SUCO_TEST_VERBOSE") == NULL) {
		int quiet = open("/dev/null", O_WRONLY);

		(void)dup2(quiet, STDERR_FILENO);
	}
	execl("/usr/bin/python3", "python3", what->script, child->folder,
		"--tls", what->tls, "--seconds", what->seconds, (char *)NULL);
	_exit(127);
}

void
child_start(struct child *child, const struct child_program *what)
{
	char line[32] = "";
	int in[2];
	int out[2];
	FILE *answer;

	*child = (struct child){ 0 };
	folder_fresh(child->folder, sizeof child->folder, what->name);
	(void)snprintf(child->ca_file, sizeof child->ca_file, "%s/ca.pem", child->folder);
	if (pipe2(in, O_CLOEXEC) != 0 || pipe2(out, O_CLOEXEC) != 0 ||
	    (child->pid = fork()) < 0) {
		perror(what->name);
		exit(1);
	}
	if (child->pid == 0) {
		become(child, what, in, out);
	}
	(void)close(in[0]);
	(void)close(out[1]);
	child->input = in[1];
	answer = fdopen(out[0], "r");
	if (answer != NULL && fgets(line, sizeof line, answer) != NULL) {
		child->port = (int)strtol(line, NULL, 10);
	}
	if (answer != NULL) {
		(void)fclose(answer);
	}
	if (child->port == 0) {
		child_stop(child);
		printf("1..0 # SKIP %s\n", what->missing);
		exit(SKIPPED);
	}
}

void
child_stop(struct child *child)
{
	(void)close(child->input);
	(void)kill(child->pid, SIGTERM);
	(void)waitpid(child->pid, NULL, 0);
	folder_gone(child->folder);
}
