/* deliver.h - from the outbox to the channels, truthfully (DESIGN 8, DATA 5).
 *
 * A message is claimed in a transaction that checks the lease, before the first
 * byte leaves; its result is recorded in a transaction that removes the claim.
 * So a message is sent at least once, and one whose fate is not known is called
 * unknown and sent again with the same Message-ID. */
#ifndef NOTIFY_DELIVER_H
#define NOTIFY_DELIVER_H

#include <stdbool.h>
#include <stdint.h>

#include "core/desk.h"
#include "core/lease.h"
#include "notify/channel.h"

struct deliver;

struct message;

/* How a member may answer this message from where he is: what stands in a button,
 * and the address of a page; each NULL, or the caller's. */
typedef void answer_ways(void *arg, const struct message *m, char **tag, char **link);

struct deliver_options {
	const char *lease;       /* LEASE_ENGINE, or "watch:LOGIN" */
	const char *program;     /* names the holder: "suco-serve" */
	int64_t lease_ms;        /* 0: 90 s; well above a transfer's limit */
	const char *only_to;     /* member id: nobody else's messages; or NULL */
	answer_ways *ways;       /* NULL: by no other way than the screen */
	void *ways_arg;
	uint32_t (*random)(void *arg); /* spreads retries; NULL: the system's */
	void *arg;
};

/* The desk stays the caller's and must outlive it. */
struct deliver *deliver_new(struct desk *desk, const struct deliver_options *options);
/* Gives nothing back: deliver_stop() first.  Closes the channels. */
void deliver_free(struct deliver *deliver);

/* Takes the channel over.  channel NULL: it cannot be opened, and why; its
 * messages wait and the channel is shown as down. */
void deliver_add(struct deliver *deliver, const char *name, struct channel *channel,
	const char *why);

struct deliver_report {
	bool leads;
	char other[LEASE_HOLDER_SIZE]; /* who leads instead */
	int handed_over, unknown, failed, retried, dropped, expired;
	int under_way;   /* claimed and not yet ended or recorded */
	int begun;       /* of these: their channel has them, or their result waits */
	bool unopened;   /* messages wait for a channel that cannot be opened */
	int64_t next_at; /* when something is due next, INT64_MAX: nothing */
};

/* One round: results into the desk, what is due claimed and started.  Adds to
 * the report's counts.  False only where the desk itself fails. */
bool deliver_round(struct deliver *deliver, struct deliver_report *report,
	struct error *err);

/* The lease must be prolonged soon: a round is wanted. */
bool deliver_lease_due(const struct deliver *deliver);
/* The lease that it keeps, for who acts under it too.  Borrowed. */
const struct lease *deliver_lease(const struct deliver *deliver);
/* After a report with `unopened`: false, with why the channel does not open. */
bool deliver_unopened(struct deliver *deliver, struct error *err);

/* The i-th channel that is down, with the other side's last words; false at the
 * end.  As of the last transaction. */
bool deliver_down(const struct deliver *deliver, int i, const char **name,
	const char **reply);

/* Waits until a channel has something, or ms.  extra is -1 or one more
 * descriptor; true where that became readable. */
bool deliver_wait(const struct deliver *deliver, int extra, int64_t ms);
/* The same for a loop of one's own: puts at most `most` descriptors into fds and
 * returns how many; *ms becomes shorter where a channel has work sooner. */
struct pollfd;
int deliver_fds(const struct deliver *deliver, struct pollfd *fds, int most, int64_t *ms);

/* From now on rounds end what is under way and begin nothing. */
void deliver_close_doors(struct deliver *deliver);

/* Ends: results that came are recorded, what was claimed and not begun goes
 * back, and the lease too.  What is under way stays claimed and so becomes
 * unknown at the lease's end. */
bool deliver_stop(struct deliver *deliver, struct deliver_report *report,
	struct error *err);

#endif
