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
#include "core/backup_file.h"
#include "core/i18n.h"
#include "core/setting.h"
#include "serve/module.h"
#include "serve/serve.h"

#define PATIENCE_MS 1800000
#define DAY_MS INT64_C(86400000)

SQL(BORN, "", "SELECT recorded_at FROM event WHERE seq = 1");

/* What the desk's settings say. */
struct nightly {
	char *folder; /* ours */
	int hour, minute;
	bool never;
};

static bool
read_settings(struct serve *serve, struct nightly *out, struct error *err)
{
	char *at = NULL;
	char rest;
	bool ok;

	*out = (struct nightly){ .never = true };
	if (desk_is_demo(serve->desk) || backup_desk_path(serve->desk) == NULL) {
		return true;
	}
	ok = setting_text(serve->desk, "backup_at", &at, err) &&
		backup_folder(serve, &out->folder, err);
	if (ok && at != NULL && strcmp(at, "never") != 0) {
		out->never = false;
		ok = (sscanf(at, "%2d:%2d%c", &out->hour, &out->minute, &rest) == 2 &&
			out->hour >= 0 && out->hour < 24 && out->minute >= 0 &&
			out->minute < 60) || error_set(err, ERR_BAD_INPUT,
			_("the setting backup_at wants a time as 01:30, not \"%.20s\""), at);
	}
	free(at);
	return ok;
}

/* That time of the desk's day on which `at` lies. */
static int64_t
time_on_day(const struct serve *serve, const struct nightly *n, int64_t at)
{
	struct civil civil = zone_civil(desk_zone(serve->desk), at);

	civil.hour = n->hour;
	civil.minute = n->minute;
	civil.second = 0;
	civil.milli = 0;
	return zone_moment(desk_zone(serve->desk), &civil, NULL);
}

/* The last time at which one should have been made, and the next. */
static void
times(const struct serve *serve, const struct nightly *n, int64_t *last, int64_t *next)
{
	int64_t now = desk_now(serve->desk);
	int64_t today = time_on_day(serve, n, now);

	*last = today <= now ? today : time_on_day(serve, n, now - DAY_MS);
	*next = today > now ? today : time_on_day(serve, n, now + DAY_MS);
}

/* Of a desk that is younger than that night nothing is missing. */
static bool
is_missing(struct serve *serve, int64_t last, bool *missing, struct error *err)
{
	int64_t made = 0;

	if (!backup_last(serve->desk, &made, err) || (made == 0 &&
		    !db_one_int(desk_db(serve->desk), &BORN, &made, err, NOARGS))) {
		return false;
	}
	*missing = made < last;
	return true;
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

/* The one that was under way: true in *ended and its end in *err. */
static bool
look_after(struct serve *serve, bool *ended, struct error *err)
{
	int status = 0;

	*ended = serve->backup_pid == 0 || has_ended(serve, &status);
	return !*ended || (WIFEXITED(status) && WEXITSTATUS(status) == 0) ||
		error_set(err, ERR_IO, _("the nightly backup failed"));
}

static bool
run(struct serve *serve, int64_t *next_at, struct error *err)
{
	struct nightly n;
	bool missing = false;
	int64_t last = 0;
	bool ended;
	bool ok;

	if (!look_after(serve, &ended, err)) {
		return false;
	}
	serve->asks = !ended;
	if (!ended) {
		return true;
	}
	ok = read_settings(serve, &n, err);
	if (ok && !n.never) {
		times(serve, &n, &last, next_at);
		ok = is_missing(serve, last, &missing, err) &&
			(!missing || begin(serve, n.folder, err));
		serve->asks = missing;
	}
	free(n.folder);
	return ok;
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
	.name = "backup", .run = run, .wait = wait_for, .stop = stop,
	.patience_ms = PATIENCE_MS,
};
