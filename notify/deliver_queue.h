/* deliver_queue.h - which message is next, and what holds it back: for deliver*.c. */
#ifndef NOTIFY_DELIVER_QUEUE_H
#define NOTIFY_DELIVER_QUEUE_H

#include "notify/deliver_private.h"

/* deliver_queue.c.  Is there anything in the outbox that the queue does not know? */
bool queue_unfed(struct deliver *d, bool *unfed, struct error *err);
/* Inside a change: */
bool queue_feed(struct deliver *d, struct error *err);
struct queue_choice {
	char ids[AHEAD][UUID_SIZE];
	int count;
};
/* Due now and not claimed, at most many, in the order in which they go. */
bool queue_choose(struct deliver *d, struct slot *slot, int many,
	struct queue_choice *out, struct error *err);
/* One of this case (or "-") was claimed. */
void queue_served(struct slot *slot, const char *fair);
bool queue_later(struct deliver *d, const char *id, int64_t next_at, const char *why,
	struct error *err);
bool queue_drop(struct deliver *d, const char *id, struct error *err);

/* deliver_limit.c.  Inside a change: the limits in force; */
bool limit_load(struct deliver *d, struct slot *slot, struct error *err);
/* until when the message must wait, and why ("limit", "limit_all"); *until in the
 * past: it need not; */
bool limit_wait(struct deliver *d, struct slot *slot, const struct message *m,
	int64_t *until, const char **why, struct error *err);
/* it counts, or counts no more since it never left; */
bool limit_note(struct deliver *d, struct slot *slot, const struct message *m,
	struct error *err);
bool limit_take_back(struct deliver *d, const struct slot *slot, const struct message *m,
	struct error *err);
/* how many left for this address within a minute. */
bool limit_sent_lately(struct deliver *d, const struct slot *slot, const char *address,
	int64_t *count, struct error *err);
/* Decided or suggested; 0: none. */
int message_severity(const struct message *m);

#endif
