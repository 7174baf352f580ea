/* Runs a program in a terminal of its own and times it: start to the last byte
 * of the first frame, then each key to the last byte of its frame.
 *
 * usage: pty_time COLUMNS ROWS KEYS -- PROGRAM [ARG...]
 * KEYS: d down, D page down, E end, t tab, o enter, b escape; a number before a
 * key repeats it.  Prints a line each: "start MS BYTES", "d MS BYTES", and at
 * the end "rss KB" of the program. */
#include <errno.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define QUIET_MS 25

static double
now_ms(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

/* Reads until nothing came for QUIET_MS; the time of the last byte. */
static double
until_quiet(int fd, double start, int first_wait, long *bytes)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };
	double last = start;
	char buf[65536];

	*bytes = 0;
	while (poll(&p, 1, *bytes == 0 ? first_wait : QUIET_MS) > 0) {
		ssize_t n = read(fd, buf, sizeof buf);

		if (n <= 0) {
			break;
		}
		last = now_ms();
		*bytes += n;
	}
	return last - start;
}

static const char *
bytes_of(char key)
{
	switch (key) {
	case 'd':
		return "\033OB";
	case 'D':
		return "\033[6~";
	case 'E':
		return "\033[4~";
	case 't':
		return "\t";
	case 'o':
		return "\r";
	case 'b':
		return "\033";
	case 'j':
		return "j";
	default:
		return "";
	}
}

static void
press(int fd, char key)
{
	const char *text = bytes_of(key);
	double start = now_ms();
	double took;
	long bytes;

	if (write(fd, text, strlen(text)) < 0) {
		return;
	}
	/* A key at the end of a list changes nothing: do not wait long for it. */
	took = until_quiet(fd, start, 100, &bytes);
	(void)printf("%c %.3f %ld\n", key, took, bytes);
}

static long
resident_kb(pid_t pid)
{
	char path[64];
	char line[256];
	long kb = 0;
	FILE *file;

	(void)snprintf(path, sizeof path, "/proc/%d/status", (int)pid);
	file = fopen(path, "re");
	while (file != NULL && fgets(line, sizeof line, file) != NULL) {
		if (strncmp(line, "VmRSS:", 6) == 0) {
			kb = strtol(line + 6, NULL, 10);
		}
	}
	if (file != NULL) {
		(void)fclose(file);
	}
	return kb;
}

int
main(int argc, char **argv)
{
	struct winsize size = { 0 };
	double start;
	double took;
	long bytes;
	pid_t pid;
	int fd;

	if (argc < 6 || strcmp(argv[4], "--") != 0) {
		(void)fprintf(stderr, "usage: pty_time COLUMNS ROWS KEYS -- PROGRAM [ARG...]\n");
		return 2;
	}
	size.ws_col = (unsigned short)strtol(argv[1], NULL, 10);
	size.ws_row = (unsigned short)strtol(argv[2], NULL, 10);
	start = now_ms();
	pid = forkpty(&fd, NULL, NULL, &size);
	if (pid == 0) {
		(void)setenv("TERM", "xterm-256color", 1);
		(void)execvp(argv[5], argv + 5);
		_exit(127);
	}
	took = until_quiet(fd, start, 10000, &bytes);
	(void)printf("start %.3f %ld\n", took, bytes);
	for (const char *p = argv[3]; *p != '\0'; p++) {
		char *end;
		long times = strtol(p, &end, 10);

		if (end == p) {
			times = 1;
		}
		p = end;
		for (long i = 0; i < times && *p != '\0'; i++) {
			press(fd, *p);
		}
		if (*p == '\0') {
			break;
		}
	}
	(void)printf("rss %ld\n", resident_kb(pid));
	(void)kill(pid, SIGHUP);
	(void)usleep(100 * 1000);
	(void)kill(pid, SIGKILL);
	(void)waitpid(pid, NULL, 0);
	return 0;
}
