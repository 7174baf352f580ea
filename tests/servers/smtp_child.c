/* smtp_child.c starts the SMTP server of the tests, tells it how to behave and
 * reads what it kept. */
#include "tests/servers/smtp_child.h"

#include <dirent.h>
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

#include "core/buf.h"
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

void
smtp_child_mode(const struct smtp_child *child, const char *mode)
{
	char *path = xasprintf("%s/mode", child->folder);

	file_put(path, mode, 0600);
	free(path);
}

static void
run_server(const struct smtp_child *child, const char *tls, const int in[2],
	const int out[2])
{
	(void)dup2(in[0], STDIN_FILENO);
	(void)dup2(out[1], STDOUT_FILENO);
	(void)close(in[0]);
	(void)close(in[1]);
	(void)close(out[0]);
	(void)close(out[1]);
	if (getenv("SUCO_TEST_VERBOSE") == NULL) {
		int quiet = open("/dev/null", O_WRONLY);

		(void)dup2(quiet, STDERR_FILENO);
	}
	execl("/usr/bin/python3", "python3", SMTP_SERVER, child->folder,
		"--tls", tls, "--seconds", "240", (char *)NULL);
	_exit(127);
}

void
smtp_child_start(struct smtp_child *child, const char *tls)
{
	char line[32] = "";
	int in[2];
	int out[2];
	FILE *answer;

	folder_fresh(child->folder, sizeof child->folder, "smtp");
	if (pipe2(in, O_CLOEXEC) != 0 || pipe2(out, O_CLOEXEC) != 0 ||
	    (child->pid = fork()) < 0) {
		perror("smtp server");
		exit(1);
	}
	if (child->pid == 0) {
		run_server(child, tls, in, out);
	}
	(void)close(in[0]);
	(void)close(out[1]);
	child->input = in[1];
	answer = fdopen(out[0], "r");
	if (answer == NULL || fgets(line, sizeof line, answer) == NULL ||
	    strtol(line, NULL, 10) == 0) {
		smtp_child_stop(child);
		printf("1..0 # SKIP python3-aiosmtpd or openssl is missing\n");
		exit(SKIPPED);
	}
	(void)fclose(answer);
	(void)snprintf(child->url, sizeof child->url, "smtp://127.0.0.1:%ld",
		strtol(line, NULL, 10));
	(void)snprintf(child->ca_file, sizeof child->ca_file, "%s/ca.pem", child->folder);
}

void
smtp_child_stop(struct smtp_child *child)
{
	(void)close(child->input);
	(void)kill(child->pid, SIGTERM);
	(void)waitpid(child->pid, NULL, 0);
	folder_gone(child->folder);
}

int
smtp_child_count(const struct smtp_child *child)
{
	char *path = xasprintf("%s/mail", child->folder);
	DIR *folder = opendir(path);
	struct dirent *entry;
	int count = 0;

	while (folder != NULL && (entry = readdir(folder)) != NULL) {
		size_t len = strlen(entry->d_name);

		count += len > 4 && strcmp(entry->d_name + len - 4, ".eml") == 0;
	}
	if (folder != NULL) {
		(void)closedir(folder);
	}
	free(path);
	return count;
}

char *
smtp_child_mail(const struct smtp_child *child, int n)
{
	char *path = xasprintf("%s/mail/%06d.eml", child->folder, n);
	FILE *file = fopen(path, "r");
	struct buf text = { 0 };
	char bytes[4096];
	size_t len;

	while (file != NULL && (len = fread(bytes, 1, sizeof bytes, file)) > 0) {
		buf_add(&text, bytes, len);
	}
	if (file != NULL) {
		(void)fclose(file);
	}
	free(path);
	return buf_take(&text);
}

int
smtp_child_holding(const struct smtp_child *child, const char *text)
{
	int count = smtp_child_count(child);
	int holding = 0;

	for (int n = 1; n <= count; n++) {
		char *mail = smtp_child_mail(child, n);

		holding += strstr(mail, text) != NULL;
		free(mail);
	}
	return holding;
}
