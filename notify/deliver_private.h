/* deliver_private.h - the inside of a delivery, for deliver*.c. */
#ifndef NOTIFY_DELIVER_PRIVATE_H
#define NOTIFY_DELIVER_PRIVATE_H

#include "core/outbox.h"
#include "core/rate.h"
#include "notify/deliver.h"

#define CHANNELS_MAX 12
#define BATCH 100 /* results of one transaction */
#define AHEAD 64  /* claimed before their channel has room */
#define LOW 12    /* so few left: time to claim again */
#define RANKS_MAX 8    /* cursors of ranks; more share the last */
#define SERVED_MAX 256 /* cases of which is known when they were served */

/* A claimed message that its channel has not begun. */
struct job {
	struct message m; /* ours */
	char case_number[24];
	int64_t judged_at; /* that it may leave */
	int64_t fence;     /* of the lease under which it was claimed */
	struct job *next;
};

/* local_channel: what is known of a channel's health. */
struct health {
	bool down;
	int64_t since, tries, next_at, ok_at;
	char reply[SEND_REPLY_SIZE];
};

struct slot {
	char name[16];
	struct channel *channel; /* ours; NULL: cannot be opened */
	char why[SEND_REPLY_SIZE];
	struct health health;
	struct job *first, **last;   /* claimed and committed */
	struct job *fresh, **newest; /* claimed in the transaction under way */
	int waiting;   /* jobs in both lists */
	int under_way; /* begun in the channel */
	bool probed;   /* this process has tried a channel that was down */
	bool cleared;  /* down, and its probe was answered: one message may try */
	bool stumbled; /* a result says that nothing goes through it now */
	struct served *served; /* ours, SERVED_MAX; NULL: none yet */
	int64_t turn;          /* of the last that was served */
	char cursor[RANKS_MAX][UUID_SIZE]; /* the case at which choosing goes on */
	struct rate to_address, to_all; /* limits in force */
	int64_t swept_at;
	int64_t paused_until; /* the provider's limit, or its own word; 0 */
};

struct deliver {
	struct desk *desk;
	struct lease lease;
	int64_t lease_ms;
	bool closing; /* nothing new is claimed or begun */
	bool health_known; /* that of all slots was read once */
	char only_to[UUID_SIZE]; /* "" */
	char domain[80];         /* of ids, the same for every engine of the desk */
	answer_ways *ways;
	void *ways_arg;
	uint32_t (*random)(void *arg);
	void *arg;
	struct slot slots[CHANNELS_MAX];
	int slot_count;
	struct send_result results[BATCH];
	struct slot *result_slot[BATCH]; /* whose result it is */
	int result_count;
	int64_t first_result_at; /* of those that wait to be recorded */
	int64_t fed_to;  /* the outbox is in the queue up to this position */
	int64_t sure_at; /* when the two were compared; 0: now is the time */
};

void job_free(struct job *job);
/* It holds what was claimed under a lease of ours that ran out: not to be begun. */
bool slot_has_lapsed(const struct deliver *d, const struct slot *slot);
int deliver_begun(const struct deliver *d);
/* How many messages the slot may claim now; one while the channel is down and
 * its probe is due. */
int slot_capacity(const struct slot *slot, int64_t now);
/* The next one could leave, but waited so long for the channel that it may have been
 * answered meanwhile: it is given back and chosen anew. */
bool slot_is_stale(const struct slot *slot, int64_t now);

/* deliver_health.c: the desk's picture of a channel, and its events. */
bool health_load(struct deliver *d, struct slot *slot, struct error *err);
/* A try ended that tells of the channel.  Appends channel_down or channel_up where
 * that changed; only what was taken is a success. */
bool health_note(struct deliver *d, struct slot *slot, const struct send_result *result,
	struct error *err);

/* deliver_claim.c.  Inside a change:
 * claims of former holders, whose fate is not known; */
bool claim_orphans(struct deliver *d, struct deliver_report *report, struct error *err);
/* messages whose time is over; */
bool claim_expired(struct deliver *d, struct deliver_report *report, struct error *err);
/* what is due, put on the slot's fresh list; */
bool claim_due(struct deliver *d, struct slot *slot, struct deliver_report *report,
	struct error *err);
/* takes back what was claimed and not begun. */
bool claim_release(struct deliver *d, struct slot *slot, struct error *err);

/* deliver_next.c.  Outside a change: is there work for the three above; and
 * when there will be, INT64_MAX for never. */
bool next_wanted(struct deliver *d, bool *wanted, struct error *err);
bool next_time(struct deliver *d, int64_t *next_at, struct error *err);
/* Does anything wait for this slot's channel? */
bool next_waits(struct deliver *d, const struct slot *slot, bool *waits,
	struct error *err);

/* deliver_result.c: whether the other side spoke, so that the channel works; and
 * whether this says that nothing goes through it now. */
bool verdict_speaks(enum send_verdict verdict);
bool result_stumbles(const struct slot *slot, const struct send_result *result);
/* Inside a change: records one result. */
bool result_record(struct deliver *d, struct slot *slot,
	const struct send_result *result, struct deliver_report *report,
	struct error *err);

#endif
