/* outbox_hand.h - what people tell themselves: by telephone, Zalo, on paper, in
 * person (DESIGN 8).  It stands in the outbox beside the rest, and nothing here
 * is ever sent by a program. */
#ifndef CORE_OUTBOX_HAND_H
#define CORE_OUTBOX_HAND_H

#include "core/outbox.h"

/* The channel of what a person has yet to tell; which way is known afterwards. */
#define CHANNEL_HAND "hand"

/* Held for a person: no program may release it. */
bool message_owed(const char *state, const char *channel);
/* Does a person who tells it settle something?  What arrived or was dropped stays. */
bool message_may_be_told(const char *state);
/* The state in words, translated: owed messages say so. */
const char *message_state_label(const char *state, const char *channel);
/* phone, zalo, paper, in_person: ERR_BAD_INPUT. */
bool hand_channel_check(const char *channel, struct error *err);

struct hand_told {
	const char *case_id;
	const char *to_kind;  /* contact, member, point, unit, group, points */
	const char *to_id;    /* or "" */
	const char *to_name;
	const char *role;     /* of a contact, else "" */
	const char *channel;
	const char *address;  /* the number, else "" */
	const char *template; /* what it was: "goi", "dang" */
	const char *text;     /* what was told, or NULL */
	const char *reply;    /* what was answered, or NULL */
	bool drill;
	int64_t at;           /* when; 0: now */
};
/* Inside a change: a message that was told.  id gets its id. */
void outbox_told(struct desk *desk, const struct hand_told *what, char id[UUID_SIZE]);
/* The same for one that waits already. */
void outbox_settle(struct desk *desk, const struct message *m, const char *channel,
	const char *reply, int64_t at);

/* Inside a change: what contacts were not told of a case that is no case any more. */
bool outbox_drop_untold(struct desk *desk, const char *case_id, const char *reason,
	struct error *err);

#endif
