/* deliver_next.c answers whether there is anything to do, and when there will
 * be, without opening a transaction. */
#include "notify/deliver_probe.h"
#include "notify/deliver_queue.h"

#define NOT_CLAIMED " AND NOT EXISTS (SELECT 1 FROM local_claim l WHERE l.message_id = m.id)"
/* Of a member's own watch: nobody else's. */
#define FREE_AND_MINE " AND NOT EXISTS (SELECT 1 FROM local_claim l WHERE" \
	" l.message_id = d.message_id) AND ($2 = '' OR EXISTS (SELECT 1 FROM message m" \
	" WHERE m.id = d.message_id AND m.to_id = $2))"

SQL(NEXT_DUE, "tt", "SELECT d.next_at FROM local_delivery d WHERE d.channel = $1"
	FREE_AND_MINE " ORDER BY d.next_at LIMIT 1");
SQL(WAITS, "tt", "SELECT COUNT(*) FROM (SELECT 1 FROM message m"
	" WHERE m.is_open = 1 AND m.state IN ('queued', 'unknown') AND m.channel = $1"
	" AND ($2 = '' OR m.to_id = $2) LIMIT 1) AS found");
SQL(NEXT_END, "t", "SELECT m.expires_at FROM message m"
	" WHERE m.is_open = 1 AND m.state <> 'failed'"
	" AND ($1 = '' OR (m.to_id = $1 AND m.channel = 'desktop')) AND m.bundle = ''" NOT_CLAIMED
	" ORDER BY m.expires_at LIMIT 1");
SQL(NEXT_ORPHAN, "ttii",
	"SELECT COALESCE(MIN(l.expires_at), -1) FROM local_claim l"
	" JOIN message m ON m.id = l.message_id"
	" WHERE (l.holder <> $1 OR (l.fence <> $3 AND $4 = 0))"
	" AND ($2 = '' OR (m.to_id = $2 AND m.channel = 'desktop'))");

bool
next_waits(struct deliver *d, const struct slot *slot, bool *waits,
	struct error *err)
{
	int64_t count = 0;

	if (!db_one_int(desk_db(d->desk), &WAITS, &count, err, TXT(slot->name),
		    TXT(d->only_to))) {
		return false;
	}
	*waits = count > 0;
	return true;
}

/* When the first of the slot's is due; -1: none waits. */
static bool
first_due(struct deliver *d, const struct slot *slot, int64_t *at, struct error *err)
{
	*at = -1;
	return db_one_int(desk_db(d->desk), &NEXT_DUE, at, err, TXT(slot->name),
		TXT(d->only_to));
}

/* Ends and orphans: the earliest time at which one of them is there. */
static bool
next_ending(struct deliver *d, int64_t *at, struct error *err)
{
	struct db *db = desk_db(d->desk);
	int64_t end = INT64_MAX;
	int64_t orphan = -1;

	if (!db_one_int(db, &NEXT_END, &end, err, TXT(d->only_to)) ||
	    !db_one_int(db, &NEXT_ORPHAN, &orphan, err, TXT(d->lease.holder),
		    TXT(d->only_to), I64(d->lease.fence), I64(deliver_begun(d)))) {
		return false;
	}
	*at = orphan >= 0 && orphan < end ? orphan : end;
	return true;
}

bool
next_wanted(struct deliver *d, bool *wanted, struct error *err)
{
	int64_t now = desk_now(d->desk);
	int64_t at;
	bool ok = next_ending(d, &at, err) && queue_unfed(d, wanted, err);

	*wanted = ok && (*wanted || at <= now);
	for (int i = 0; ok && i < d->slot_count; i++) {
		*wanted = *wanted || (d->slots[i].cleared && d->slots[i].under_way == 0);
	}
	for (int i = 0; ok && !*wanted && i < d->slot_count; i++) {
		const struct slot *slot = &d->slots[i];

		if (slot->channel == NULL && !slot->health.down) {
			ok = next_waits(d, slot, wanted, err);
		}
		if (ok && !*wanted && slot_capacity(slot, now) > 0) {
			ok = first_due(d, slot, &at, err);
			*wanted = ok && at >= 0 && at <= now;
		}
	}
	return ok;
}

/* When this slot has its next message; -1: never, or a result comes before. */
static bool
slot_next(struct deliver *d, const struct slot *slot, int64_t *at, struct error *err)
{
	int64_t now = desk_now(d->desk);
	int64_t probe;

	*at = -1;
	if (slot->channel == NULL || slot->waiting > 0) {
		return true;
	}
	if (slot->health.down && probe_can(slot)) {
		*at = slot->cleared ? now : probe_at(slot, now);
		return true;
	}
	if (!first_due(d, slot, at, err)) {
		return false;
	}
	if (*at >= 0 && *at < slot->paused_until) {
		*at = slot->paused_until;
	}
	if (*at < 0 || !slot->health.down) {
		return true;
	}
	/* A fresh start may mean that somebody mended it. */
	probe = slot->probed ? slot->health.next_at : now;
	*at = *at > probe ? *at : probe;
	return true;
}

bool
next_time(struct deliver *d, int64_t *next_at, struct error *err)
{
	bool ok = next_ending(d, next_at, err);

	for (int i = 0; ok && i < d->slot_count; i++) {
		int64_t at;

		ok = slot_next(d, &d->slots[i], &at, err);
		if (ok && at >= 0 && at < *next_at) {
			*next_at = at;
		}
	}
	return ok;
}
