/* backup.c: the nightly backup as a module.  A desk of a million cases takes a
 * while to copy and to prove, and the pager must not wait: a child does it. */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/backup.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "serve/module.h"
#include "serve/serve.h"

#define PATIENCE_MS 1800000
#define DAY_MS INT64_C(86400000)

static bool
read_clock(const char *text, int *hour, int *minute)
{
	char rest;

	return sscanf(text, "%2d:%2d%c", hour, minute, &rest) == 2 && *hour >= 0 &&
		*hour < 24 && *minute >= 0 && *minute < 60;
}

bool
backup_check(const struct serve *serve, struct error *err)
{
	const char *at = config_get(serve->config, CONFIG_SERVE_BACKUP_AT);
	int hour;
	int minute;

	return read_clock(at, &hour, &minute) || error_set(err, ERR_UNAVAILABLE,
		_("[serve] backup_at wants a time as 01:30, not \"%.20s\""), at);
}

/* That time of the desk's day on which `at` lies. */
static int64_t
time_on_day(const struct serve *serve, int64_t at)
{
	struct civil civil = zone_civil(desk_zone(serve->desk), at);
	int hour = 1;
	int minute = 30;

	(void)read_clock(config_get(serve->config, CONFIG_SERVE_BACKUP_AT), &hour, &minute);
	civil.hour = hour;
	civil.minute = minute;
	civil.second = 0;
	civil.milli = 0;
	return zone_moment(desk_zone(serve->desk), &civil, NULL);
}

/* The last time at which one should have been made, and the next. */
static void
times(const struct serve *serve, int64_t *last, int64_t *next)
{
	int64_t now = desk_now(serve->desk);
	int64_t today = time_on_day(serve, now);

	*last = today <= now ? today : time_on_day(serve, now - DAY_MS);
	*next = today > now ? today : time_on_day(serve, now + DAY_MS);
}

static void
be_the_child(struct serve *serve, const char *folder)
{
	sigset_t none;
	const char *words[] = { "suco-serve", "--desk", serve->url, "--backup-to", folder,
		serve->config_file == NULL ? NULL : "--config", serve->config_file, NULL };

	(void)sigemptyset(&none);
	(void)sigprocmask(SIG_SETMASK, &none, NULL);
	(void)!nice(10);
	(void)unsetenv("NOTIFY_SOCKET"); /* speaks for the engine */
	(void)execv("/proc/self/exe", (char *const *)words);
	_exit(127);
}

static bool
begin(struct serve *serve, const char *folder, struct error *err)
{
	pid_t pid = fork();

	if (pid < 0) {
		return error_errno(err, _("the backup cannot be begun"));
	}
	if (pid == 0) {
		be_the_child(serve, folder);
	}
	serve->backup_pid = pid;
	serve->backup_fd = (int)syscall(SYS_pidfd_open, pid, 0);
	return true;
}

/* False: it goes on. */
static bool
has_ended(struct serve *serve, int *status)
{
	pid_t pid = waitpid((pid_t)serve->backup_pid, status, WNOHANG);

	if (pid == 0) {
		return false;
	}
	if (pid < 0) {
		*status = -1;
	}
	if (serve->backup_fd >= 0) {
		(void)close(serve->backup_fd);
	}
	serve->backup_pid = 0;
	return true;
}

static bool
run(struct serve *serve, int64_t *next_at, struct error *err)
{
	const char *folder = config_get(serve->config, CONFIG_SERVE_BACKUP_DIR);
	int64_t made = 0;
	int64_t last;
	int status = 0;

	if (folder[0] == '\0') {
		return true;
	}
	if (serve->backup_pid != 0) {
		if (!has_ended(serve, &status)) {
			return true;
		}
		if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
			return error_set(err, ERR_IO, _("the nightly backup failed (%s)"), folder);
		}
	}
	times(serve, &last, next_at);
	if (!backup_last(serve->desk, &made, err)) {
		return false;
	}
	if (made < last) {
		*next_at = MODULE_NEVER;
		return begin(serve, folder, err);
	}
	return true;
}

static int
wait_for(struct serve *serve, struct pollfd *fds, int most, int64_t *ms)
{
	if (serve->backup_pid == 0 || most < 1) {
		return 0;
	}
	if (serve->backup_fd < 0) {
		*ms = 1000; /* a kernel without pidfd_open */
		return 0;
	}
	fds[0] = (struct pollfd){ .fd = serve->backup_fd, .events = POLLIN };
	return 1;
}

/* One that is half made is taken up again by the next engine. */
static void
stop(struct serve *serve)
{
	int status;

	if (serve->backup_pid != 0) {
		(void)kill((pid_t)serve->backup_pid, SIGTERM);
		while (waitpid((pid_t)serve->backup_pid, &status, 0) < 0 && errno == EINTR) {
		}
		if (serve->backup_fd >= 0) {
			(void)close(serve->backup_fd);
		}
		serve->backup_pid = 0;
	}
}

const struct serve_module module_backup = {
	.name = "backup", .run = run, .wait = wait_for, .stop = stop, .patience_ms = PATIENCE_MS,
};
