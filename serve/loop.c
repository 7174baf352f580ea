/* loop.c is the engine's loop: one poll over the channels, the doors, the signals
 * and the clock.  It wakes for what is due, and asks four times a second whether the
 * desk has changed. */
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/signalfd.h>
#include <time.h>
#include <unistd.h>

#include "core/i18n.h"
#include "serve/httpd.h"
#include "serve/serve.h"

#define LOOK_MS 250     /* how soon a change in the desk is seen */
#define BUSY_MS 50      /* the same while something is under way */
#define STANDBY_MS 2000 /* how often a second engine asks whether it may lead */
#define TROUBLE_MS 5000 /* before another try after an error of the desk */
#define FDS_MOST 32
#define GRACE_MS 10000  /* for what is under way when we are told to end */

struct loop {
	struct serve *serve;
	int signals;             /* ours */
	int64_t watchdog_ms;
	int64_t last_sign;       /* to the service manager */
	int64_t seen;            /* data version of the last round */
	bool said_standby, said_leads;
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

static bool
is_time(struct loop *l, int64_t begun)
{
	int64_t version = db_data_version(desk_db(l->serve->desk));
	bool changed = version != l->seen;

	l->seen = version;
	if (!l->serve->report.leads) {
		return loop_steady() - begun >= STANDBY_MS;
	}
	return changed || l->serve->report.under_way > 0 || deliver_lease_due(l->serve->deliver) ||
		desk_now(l->serve->desk) >= l->serve->report.next_at;
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
	count += deliver_fds(serve->deliver, fds + count, FDS_MOST - count, &ms);
	(void)poll(fds, (nfds_t)count, (int)(ms < 0 ? 0 : ms));
	doors_work(serve);
	return (fds[0].revents & (POLLIN | POLLHUP | POLLERR)) != 0;
}

/* Sleeps until there is something to do; true when we were told to end. */
static bool
rest(struct loop *l)
{
	int64_t begun = loop_steady();

	do {
		if (nap(l, l->serve->report.under_way > 0 ? BUSY_MS : LOOK_MS)) {
			return true;
		}
		sign_of_life(l);
	} while (!is_time(l, begun));
	return false;
}

/* The doors stay open while the desk is waited for. */
static bool
trouble(struct loop *l)
{
	int64_t until = loop_steady() + TROUBLE_MS;

	do {
		if (nap(l, until - loop_steady())) {
			return true;
		}
	} while (loop_steady() < until);
	return false;
}

/* One turn: *told when we were told to end.  Trouble with the desk (locked, a
 * full disk) is waited out; after an upgrade a new start is needed. */
static bool
turn(struct loop *l, bool *told, struct error *err)
{
	struct error fault = ERROR_INIT;

	if (deliver_round(l->serve->deliver, &l->serve->report, &fault)) {
		say_role(l);
		*told = rest(l);
		return true;
	}
	if (fault.code == ERR_UNAVAILABLE) {
		*err = fault;
		return false;
	}
	serve_log("%s %s", fault.message, fault.cause);
	sign_of_life(l);
	*told = trouble(l);
	return true;
}

bool
loop_run(struct serve *serve, struct error *err)
{
	struct loop l = { .serve = serve, .watchdog_ms = manager_watchdog_ms() };
	bool told = false;
	bool ok = true;

	l.signals = loop_signals(err);
	if (l.signals < 0) {
		return false;
	}
	ok = doors_open(serve, err);
	serve->deliver = channels_deliver(serve);
	while (ok && !told) {
		ok = turn(&l, &told, err);
	}
	manager_say("STOPPING=1");
	doors_close(serve);
	ok = ok && loop_stop(serve->deliver, &serve->report, err);
	deliver_free(serve->deliver);
	serve->deliver = NULL;
	(void)close(l.signals);
	return ok;
}
