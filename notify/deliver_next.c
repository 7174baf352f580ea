/* deliver_next.c answers whether there is anything to do, and when there will
 * be, without opening a transaction. */
#include "notify/deliver_private.h"

#define NOT_CLAIMED " AND NOT EXISTS (SELECT 1 FROM local_claim l WHERE l.message_id = m.id)"

SQL(DUE_NOW, "ttti", "SELECT COUNT(*) FROM (SELECT 1 FROM message m"
	" LEFT JOIN local_delivery d ON d.message_id = m.id"
	" WHERE m.is_open = 1 AND m.state = $1 AND ($2 = '' OR m.to_id = $2)"
	" AND m.channel = $3 AND m.expires_at > $4 AND COALESCE(d.next_at, 0) <= $4"
	NOT_CLAIMED " LIMIT 1) AS found");
SQL(WAITS, "tt", "SELECT COUNT(*) FROM (SELECT 1 FROM message m"
	" WHERE m.is_open = 1 AND m.state IN ('queued', 'unknown') AND m.channel = $1"
	" AND ($2 = '' OR m.to_id = $2) LIMIT 1) AS found");
SQL(NEXT_DUE, "tti", "SELECT COALESCE(MIN(COALESCE(d.next_at, 0)), -1) FROM message m"
	" LEFT JOIN local_delivery d ON d.message_id = m.id"
	" WHERE m.is_open = 1 AND m.state IN ('queued', 'unknown')"
	" AND ($1 = '' OR m.to_id = $1) AND m.channel = $2 AND m.expires_at > $3" NOT_CLAIMED);
SQL(NEXT_END, "t", "SELECT m.expires_at FROM message m"
	" WHERE m.is_open = 1 AND m.state <> 'failed'"
	" AND ($1 = '' OR (m.to_id = $1 AND m.channel = 'desktop'))" NOT_CLAIMED
	" ORDER BY m.expires_at LIMIT 1");
SQL(NEXT_ORPHAN, "tt",
	"SELECT COALESCE(MIN(l.expires_at), -1) FROM local_claim l"
	" JOIN message m ON m.id = l.message_id"
	" WHERE l.holder <> $1 AND ($2 = '' OR (m.to_id = $2 AND m.channel = 'desktop'))");

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

static bool
due_now(struct deliver *d, const struct slot *slot, const char *state, bool *found,
	struct error *err)
{
	int64_t count = 0;

	if (!db_one_int(desk_db(d->desk), &DUE_NOW, &count, err, TXT(state),
		    TXT(d->only_to), TXT(slot->name), I64(desk_now(d->desk)))) {
		return false;
	}
	*found = *found || count > 0;
	return true;
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
		    TXT(d->only_to))) {
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
	bool ok = next_ending(d, &at, err);

	*wanted = ok && at <= now;
	for (int i = 0; ok && !*wanted && i < d->slot_count; i++) {
		const struct slot *slot = &d->slots[i];

		if (slot->channel == NULL && !slot->health.down) {
			ok = next_waits(d, slot, wanted, err);
		}
		if (ok && slot_capacity(slot, now) > 0) {
			ok = due_now(d, slot, "queued", wanted, err) &&
				(*wanted || due_now(d, slot, "unknown", wanted, err));
		}
	}
	return ok;
}

/* When this slot has its next message; -1: never, or a result comes before. */
static bool
slot_next(struct deliver *d, const struct slot *slot, int64_t *at, struct error *err)
{
	int64_t now = desk_now(d->desk);
	bool waits = false;

	*at = -1;
	if (slot->channel == NULL || slot->waiting > 0) {
		return true;
	}
	if (slot->health.down) {
		if (slot->under_way == 0 && !next_waits(d, slot, &waits, err)) {
			return false;
		}
		/* A fresh start may mean that somebody mended it. */
		*at = !waits ? -1 : slot->probed ? slot->health.next_at : now;
		return true;
	}
	return db_one_int(desk_db(d->desk), &NEXT_DUE, at, err, TXT(d->only_to),
		TXT(slot->name), I64(now));
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
