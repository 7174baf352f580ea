/* outbox_new.h - a message that is put into the outbox: to whom, of what, how
 * soon. */
#ifndef CORE_OUTBOX_NEW_H
#define CORE_OUTBOX_NEW_H

#include <stdbool.h>
#include <stdint.h>

#include "core/desk.h"
#include "core/json.h"

/* Which message goes first (oncall.md 2.3): a flood of one case's further messages
 * stands behind the first page of every other. */
enum message_rank {
	RANK_UNSET,
	RANK_PAGE,      /* somebody is called to a case */
	RANK_TEST,
	RANK_WORK,      /* work given, a step or a clock that is late */
	RANK_PLAIN,     /* everything else, and what older desks have */
	RANK_STATUS,    /* how it stands: the newest counts */
	RANK_DIGEST,
};

#define NO_CAUSE INT32_MAX

struct message_new {
	const char *case_id;  /* or NULL */
	const char *to_kind;  /* member or contact */
	const char *to_id;
	const char *template; /* data/templates/LANG/NAME.txt */
	const struct json *vars; /* copied */
	const char *hold;     /* reason to hold it, or NULL: queued at once */
	bool drill;
	int cause;            /* change_mark() after the event that causes it, see
	                       * change_flush_keep(); NO_CAUSE */
	int64_t lasts_ms;     /* 0: a day */
	bool by_person;       /* no program sends it: see outbox_hand.h */
	const char *channel;  /* NULL: mail, and the desktop beside it */
	enum message_rank rank; /* RANK_UNSET: RANK_PLAIN */
	int64_t not_before;   /* ms UTC; 0: at once */
	const char *escalation; /* id, or NULL */
	const char *acts;     /* or NULL */
	const char *address;  /* NULL: what the register says */
	char *id;             /* gets its id (UUID_SIZE); or NULL */
};
/* Inside a change.  Picks channel and address; without any address the message
 * is there as failed, with the reason: never silently nothing.  In a drill a
 * contact gets none at all. */
bool outbox_queue(struct desk *desk, const struct message_new *what, struct error *err);

#endif
