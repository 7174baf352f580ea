/* deliver_ways.h - how a message that leaves now may be answered: for deliver*.c. */
#ifndef NOTIFY_DELIVER_WAYS_H
#define NOTIFY_DELIVER_WAYS_H

#include "core/buf.h"
#include "notify/deliver_private.h"

/* All ours. */
struct ways {
	char *tag, *link;    /* of the message itself; NULL */
	char *text;          /* with links in their places */
	struct buf answers;  /* of outgoing.answers */
};

void ways_find(struct ways *ways, struct deliver *d, const struct message *m);
void ways_clear(struct ways *ways);

#endif
