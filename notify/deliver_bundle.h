/* deliver_bundle.h - what is sent of what waits, and what goes with others in one
 * message: for deliver*.c. */
#ifndef NOTIFY_DELIVER_BUNDLE_H
#define NOTIFY_DELIVER_BUNDLE_H

#include "notify/deliver_queue.h"

/* What is said of a message that is about to leave. */
struct fitness {
	const char *state;  /* the state it goes to instead; NULL: it may leave */
	const char *reason;
	char number[24];
	bool red;
};

/* deliver_fit.c.  Inside a change: may it leave now? */
bool fit_to_leave(struct deliver *d, const struct message *m, struct fitness *fit,
	struct error *err);
/* Not before *until (past: now): a call that is about to be made says it all. */
bool fit_wait(struct deliver *d, const struct message *m, int64_t *until,
	struct error *err);
/* Its text, once: m gets subject and text. */
bool fit_render(struct deliver *d, struct message *m, bool red, struct error *err);

/* deliver_bundle.c.  Inside a change: the message m may leave; where much waits for
 * the same person it goes with the others in one message, and m becomes that one.
 * *none: nothing is left to send. */
bool bundle_take(struct deliver *d, struct slot *slot, struct message *m,
	struct fitness *fit, struct deliver_report *report, bool *none, struct error *err);

#endif
