/* module.h - the engine's work, one module a row of serve/modules.c.
 *
 * Each module does its work in transactions of its own, on the engine's one
 * thread, in milliseconds.  All but the delivery, which keeps the lease, run only
 * while this engine leads, and every change of theirs asks the lease again inside
 * its transaction (change_fence()).  One that fails is logged, counted and tried
 * again on the ladder; it never keeps the others from their work. */
#ifndef SERVE_MODULE_H
#define SERVE_MODULE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/error.h"

struct serve;
struct pollfd;

#define MODULES_MOST 16
#define MODULE_NEVER INT64_MAX

struct serve_module {
	const char *name;
	/* One turn.  *next_at, in the desk's time, says when the next is due at the
	 * latest; MODULE_NEVER on entry.  serve->asks = true: it has asked and nothing
	 * has come of it yet, so what was last known of the module stands. */
	bool (*run)(struct serve *serve, int64_t *next_at, struct error *err);
	/* What to wait for beside the clock, or NULL: at most `most` descriptors;
	 * *ms becomes shorter where there is work sooner.  Ready: a turn. */
	int (*wait)(struct serve *serve, struct pollfd *fds, int most, int64_t *ms);
	/* The engine ends.  NULL: nothing to give back. */
	void (*stop)(struct serve *serve);
	int64_t patience_ms; /* the longest wait after a failure */
	bool on_change;      /* a turn whenever the desk has changed */
	bool once;           /* part of `deliver --once` */
};

struct module_state {
	int64_t next_at;  /* desk time */
	int64_t ran_at;   /* begin of the last turn; 0: none yet */
	int64_t ok_at;    /* end of the last turn that was well */
	int64_t took_ms;
	int64_t turns, failures;
	int failed;       /* in a row */
	bool asks;        /* the last turn has asked, and is not answered yet */
	bool ready;       /* a descriptor, or the desk, asked for a turn */
	char why[480];    /* of the last failure, while it fails */
};

/* In their order; NULL at the end. */
extern const struct serve_module *const serve_modules[];

extern const struct serve_module module_audit, module_backup, module_deliver, module_duty,
	module_escalate, module_mail_in, module_telegram_in;

/* Runs what is due; changed: the desk is not what it was.  *next_at is when
 * something is due again.  False only where this program must be started again
 * (the desk was upgraded under it). */
bool modules_turn(struct serve *serve, bool changed, int64_t *next_at, struct error *err);
/* The delivery must prolong the lease now. */
bool modules_lease_due(const struct serve *serve);
/* One turn of those that `deliver --once` wants, but the delivery's. */
void modules_once(struct serve *serve);
void modules_stop(struct serve *serve);

/* Waits for the modules and for `extra` descriptors before them, at most ms;
 * marks the modules that have something to do. */
int modules_wait(struct serve *serve, struct pollfd *fds, int extra, int most,
	int64_t ms);

#endif
