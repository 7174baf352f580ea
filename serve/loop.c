/* loop.c is the engine's loop: one poll over the channels, the doors, the signals
 * and the clock.  It wakes for what is due, and asks four times a second whether the
 * desk has changed. */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "core/i18n.h"
#include "serve/heartbeat.h"
#include "serve/httpd.h"
#include "serve/serve.h"

#define LOOK_MS 250     /* how soon a change in the desk is seen */
#define BUSY_MS 50      /* the same while something is under way */
#define FDS_MOST 32
#define GRACE_MS 10000  /* for what is under way when we are told to end */

SQL(HEAD, "", "SELECT seq FROM head");

struct loop {
	struct serve *serve;
	int signals;             /* ours */
	int64_t watchdog_ms;
	int64_t last_sign;       /* to the service manager */
	int64_t seen, head;      /* data version and last event of the last look */
	bool said_standby, said_leads;
	struct stat file; /* the desk's, as opened; st_ino 0: it is none */
};

int64_t
loop_steady(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int
loop_signals(struct error *err)
{
	static const int numbers[] = { SIGTERM, SIGINT, SIGHUP };
	sigset_t set;
	int fd;

	(void)signal(SIGPIPE, SIG_IGN);
	(void)sigemptyset(&set);
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
		(void)sigaddset(&set, numbers[i]);
	}
	if (sigprocmask(SIG_BLOCK, &set, NULL) != 0 ||
	    (fd = signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC)) < 0) {
		(void)error_errno(err, _("cannot wait for signals"));
		return -1;
	}
	return fd;
}

bool
loop_stop(struct deliver *deliver, struct deliver_report *report, struct error *err)
{
	int64_t until = loop_steady() + GRACE_MS;

	deliver_close_doors(deliver);
	do {
		if (!deliver_round(deliver, report, err)) {
			return false;
		}
		if (report->begun == 0) {
			break;
		}
		(void)deliver_wait(deliver, -1, BUSY_MS);
	} while (loop_steady() < until);
	return deliver_stop(deliver, report, err);
}

static void
sign_of_life(struct loop *l)
{
	int64_t now = loop_steady();

	if (l->watchdog_ms > 0 && now - l->last_sign >= l->watchdog_ms / 3) {
		manager_say("WATCHDOG=1");
		l->last_sign = now;
	}
}

static void
say_role(struct loop *l)
{
	if (l->serve->modules[0].failed > 0) {
		return; /* the desk is not there: who leads is not known */
	}
	if (l->serve->report.leads && !l->said_leads) {
		l->said_leads = true;
		l->said_standby = false;
		serve_log(_("leads, and delivers for the desk \"%s\""),
			desk_name(l->serve->desk));
		manager_say("READY=1\nSTATUS=leads");
	} else if (!l->serve->report.leads && !l->said_standby) {
		l->said_standby = true;
		l->said_leads = false;
		serve_log(_("another engine leads: %s; stands by"), l->serve->report.other);
		manager_say("READY=1\nSTATUS=stands by");
	}
}

/* Waits for anything, at most ms; true when we were told to end. */
static bool
nap(struct loop *l, int64_t ms)
{
	struct serve *serve = l->serve;
	struct pollfd fds[FDS_MOST];
	int count = 0;

	fds[count++] = (struct pollfd){ .fd = l->signals, .events = POLLIN };
	if (serve->httpd != NULL) {
		httpd_wait(serve->httpd, &fds[count++], &ms);
	}
	(void)modules_wait(serve, fds, count, FDS_MOST, ms);
	doors_work(serve);
	sign_of_life(l);
	return (fds[0].revents & (POLLIN | POLLHUP | POLLERR)) != 0;
}

static const char *
desk_path(const struct loop *l)
{
	const char *url = desk_url(l->serve->desk);

	return strncmp(url, "sqlite:", 7) == 0 ? url + 7 : url;
}

/* SQLite writes on, without a word, into a file that was put aside or removed: calls
 * would be made for a desk that nobody sees, and none for the one that they see. */
static bool
desk_is_gone(const struct loop *l)
{
	struct stat now;

	if (l->file.st_ino == 0) {
		return false;
	}
	if (stat(desk_path(l), &now) != 0) {
		return errno == ENOENT || errno == ENOTDIR;
	}
	return now.st_ino != l->file.st_ino || now.st_dev != l->file.st_dev;
}

static bool
desk_stands(const struct loop *l, struct error *err)
{
	return !desk_is_gone(l) || error_cause(err, ERR_UNAVAILABLE,
		desk_path(l), _("the desk's file was moved, removed or replaced while the engine"
			" ran: it ends, to be started with what is there now"));
}

/* By others, or by a module or a door of ours. */
static bool
has_changed(struct loop *l)
{
	struct error ignored = ERROR_INIT;
	int64_t version = db_data_version(desk_db(l->serve->desk));
	int64_t head = l->head;
	bool changed;

	(void)db_one_int(desk_db(l->serve->desk), &HEAD, &head, &ignored, NOARGS);
	changed = version != l->seen || head != l->head;
	l->seen = version;
	l->head = head;
	return changed;
}

static bool
is_ready(const struct serve *serve)
{
	for (int i = 0; serve->table[i] != NULL; i++) {
		if (serve->modules[i].ready) {
			return true;
		}
	}
	return false;
}

/* Sleeps until there is something to do; true when we were told to end. */
static bool
rest(struct loop *l, int64_t next_at, bool *changed)
{
	struct serve *serve = l->serve;

	*changed = has_changed(l);
	while (!*changed && !is_ready(serve)) {
		int64_t left = next_at - desk_now(serve->desk);

		if (left <= 0) {
			return false;
		}
		if (nap(l, left < LOOK_MS ? left : LOOK_MS)) {
			return true;
		}
		*changed = has_changed(l);
		if (modules_lease_due(serve) || desk_is_gone(l)) {
			return false;
		}
	}
	/* Signals are seen even while there is always something to do. */
	return nap(l, 0);
}

static void
prepare(struct serve *serve)
{
	serve->table = serve_modules;
	serve->deliver = channels_deliver(serve);
}

bool
loop_run(struct serve *serve, struct error *err)
{
	struct loop l = { .serve = serve, .watchdog_ms = manager_watchdog_ms() };
	int64_t next_at = MODULE_NEVER;
	bool changed = true;
	bool told = false;
	bool ok;

	if (!heartbeat_check(serve, err)) {
		return false;
	}
	l.signals = loop_signals(err);
	if (l.signals < 0) {
		return false;
	}
	if (stat(desk_path(&l), &l.file) != 0) {
		l.file.st_ino = 0;
	}
	prepare(serve);
	ok = doors_open(serve, err);
	while (ok && !told) {
		ok = desk_stands(&l, err) && modules_turn(serve, changed, &next_at, err);
		say_role(&l);
		told = ok && rest(&l, next_at, &changed);
	}
	manager_say("STOPPING=1");
	doors_close(serve);
	modules_stop(serve);
	ok = ok && loop_stop(serve->deliver, &serve->report, err);
	deliver_free(serve->deliver);
	serve->deliver = NULL;
	(void)close(l.signals);
	return ok;
}
