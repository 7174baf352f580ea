/* deliver_claim.c chooses what is sent: in the transaction that checks the lease
 * it claims messages, writes their text once and for all, and ends those that
 * must not be sent any more. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/change.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "notify/deliver_bundle.h"
#include "notify/deliver_probe.h"

#define CHOICES 4 /* of one transaction and channel */
#define STALE_MS 3000
#define NOT_CLAIMED " AND NOT EXISTS" \
	" (SELECT 1 FROM local_claim l WHERE l.message_id = message.id)"

/* No list of states: it would lead away from the index by time. */
SQL(EXPIRED, "ti", "SELECT " MESSAGE_COLUMNS " FROM message"
	" WHERE is_open = 1 AND state <> 'failed'"
	" AND ($1 = '' OR (to_id = $1 AND channel = 'desktop')) AND expires_at <= $2"
	" AND bundle = ''" NOT_CLAIMED " ORDER BY expires_at LIMIT 100");
/* Our own too, from before another led: when nothing is under way that they may be. */
SQL(ORPHANS, "ttiii", "SELECT " MESSAGE_COLUMNS " FROM message WHERE id IN"
	" (SELECT message_id FROM local_claim WHERE (holder <> $1 OR (fence <> $4 AND $5 = 0))"
	" AND expires_at <= $3)"
	" AND ($2 = '' OR (to_id = $2 AND channel = 'desktop')) ORDER BY position");
SQL(CLAIM, "ttiii",
	"INSERT INTO local_claim (message_id, holder, fence, claimed_at, expires_at)"
	" VALUES ($1, $2, $3, $4, $5)");
SQL(UNCLAIM, "t", "DELETE FROM local_claim WHERE message_id = $1");
SQL(UNCLAIM_OURS, "tti",
	"DELETE FROM local_claim WHERE message_id = $1 AND holder = $2 AND fence = $3");
/* An attempt that nobody saw the end of counts as one. */
SQL(TRIED, "ti", "UPDATE local_delivery SET tries = tries + 1, next_at = $2, why = ''"
	" WHERE message_id = $1");
void
job_free(struct job *job)
{
	message_clear(&job->m);
	free(job);
}

int
slot_capacity(const struct slot *slot, int64_t now)
{
	if (slot->channel == NULL || slot->paused_until > now) {
		return 0;
	}
	if (slot->health.down && probe_can(slot)) {
		return slot->cleared && slot->waiting + slot->under_way == 0;
	}
	if (slot->health.down) {
		return slot->waiting + slot->under_way == 0 &&
			(slot->health.next_at <= now || !slot->probed);
	}
	return slot->waiting > LOW ? 0 : AHEAD - slot->waiting;
}

bool
slot_has_lapsed(const struct deliver *d, const struct slot *slot)
{
	return slot->first != NULL && slot->first->fence != d->lease.fence;
}

bool
slot_is_stale(const struct slot *slot, int64_t now)
{
	return slot->first != NULL && now - slot->first->judged_at >= STALE_MS &&
		slot->channel->type->room(slot->channel) > 0;
}

bool
claim_orphans(struct deliver *d, struct deliver_report *report, struct error *err)
{
	struct db *db = desk_db(d->desk);
	int64_t now = desk_now(d->desk);
	struct stmt *st = db_query(db, &ORPHANS, TXT(d->lease.holder), TXT(d->only_to),
		I64(now), I64(d->lease.fence), I64(deliver_begun(d)));
	bool ok = true;

	while (ok && stmt_row(st)) {
		struct message m;

		message_from_row(&m, st);
		if (strcmp(m.state, "queued") == 0) {
			report->unknown++;
			ok = outbox_set(d->desk, &m, "unknown",
				N_("the engine that was sending it stopped"), NULL, err);
		}
		ok = ok && db_run(db, &UNCLAIM, err, TXT(m.id)) &&
			db_run(db, &TRIED, err, TXT(m.id), I64(now));
		message_clear(&m);
	}
	return stmt_done(st, err) && ok;
}

static const char *
why_expired(const struct message *m)
{
	if (strcmp(m->state, "unknown") == 0) {
		return N_("whether it arrived was never known");
	}
	return strcmp(m->channel, "desktop") == 0 && strcmp(m->state, "queued") == 0
		? N_("no desktop session showed it within a minute") : NULL;
}

bool
claim_expired(struct deliver *d, struct deliver_report *report, struct error *err)
{
	struct stmt *st = db_query(desk_db(d->desk), &EXPIRED, TXT(d->only_to),
		I64(desk_now(d->desk)));
	bool ok = true;

	while (ok && stmt_row(st)) {
		struct message m;

		message_from_row(&m, st);
		report->expired++;
		ok = outbox_set(d->desk, &m, "expired", why_expired(&m), NULL, err) &&
			queue_drop(d, m.id, err);
		message_clear(&m);
	}
	return stmt_done(st, err) && ok;
}

static void
put_job(const struct deliver *d, struct slot *slot, struct message *m,
	const struct fitness *fit)
{
	struct job *job = xcalloc(1, sizeof *job);

	job->judged_at = desk_now(d->desk);
	job->fence = d->lease.fence;

	job->m = *m;
	*m = (struct message){ 0 };
	memcpy(job->case_number, fit->number, sizeof job->case_number);
	*slot->newest = job;
	slot->newest = &job->next;
	slot->waiting++;
	slot->probed = true;
}

static bool
leaves_queue(struct deliver *d, const struct message *m, const char *state,
	const char *reason, const char *reply, struct error *err)
{
	return outbox_set(d->desk, m, state, reason, reply, err) && queue_drop(d, m->id, err);
}

/* It waits no more, or not here: somebody held it, told it, or moved it. */
static bool
is_stale(const struct slot *slot, const struct message *m)
{
	return (strcmp(m->state, "queued") != 0 && strcmp(m->state, "unknown") != 0) ||
		m->bundle[0] != '\0' || strcmp(m->channel, slot->name) != 0;
}

static bool
claim_one(struct deliver *d, struct slot *slot, struct message *m,
	struct deliver_report *report, struct error *err)
{
	struct error why = ERROR_INIT;
	struct fitness fit;
	const char *limit;
	int64_t until;
	bool none = false;

	if (m->not_before > desk_now(d->desk)) {
		return queue_later(d, m->id, m->not_before, "quiet", err);
	}
	if (!fit_to_leave(d, m, &fit, err)) {
		return false;
	}
	if (fit.state != NULL) {
		report->dropped += strcmp(fit.state, "dropped") == 0;
		report->failed += strcmp(fit.state, "failed") == 0;
		return leaves_queue(d, m, fit.state, fit.reason, NULL, err);
	}
	if (!fit_wait(d, m, &until, err)) {
		return false;
	}
	if (until > desk_now(d->desk)) {
		return queue_later(d, m->id, until, "", err);
	}
	if (!limit_wait(d, slot, m, &until, &limit, err)) {
		return false;
	}
	if (until > desk_now(d->desk)) {
		return queue_later(d, m->id, until, limit, err);
	}
	if (!bundle_take(d, slot, m, &fit, report, &none, err)) {
		return false;
	}
	if (none) {
		return true;
	}
	/* A text that cannot be made is this message's failure, not the desk's. */
	if (m->text == NULL && !fit_render(d, m, fit.red, &why)) {
		report->failed++;
		return leaves_queue(d, m, "failed", why.message, why.cause, err);
	}
	if (!db_run(desk_db(d->desk), &CLAIM, err, TXT(m->id), TXT(d->lease.holder),
		    I64(d->lease.fence), I64(desk_now(d->desk)), I64(d->lease.expires_at)) ||
	    !limit_note(d, slot, m, err)) {
		return false;
	}
	queue_served(slot, m->case_id[0] == '\0' ? "-" : m->case_id);
	put_job(d, slot, m, &fit);
	return true;
}

static bool
claim_id(struct deliver *d, struct slot *slot, const char *id,
	struct deliver_report *report, struct error *err)
{
	struct message m = { 0 };
	bool ok = message_find(&m, d->desk, id, err);

	if (!ok && err->code == ERR_NOT_FOUND) {
		return queue_drop(d, id, err); /* the desk was restored to before it */
	}
	if (ok && is_stale(slot, &m)) {
		ok = queue_drop(d, id, err);
	} else if (ok && m.expires_at > desk_now(d->desk)) {
		/* One whose time is over is ended by the round that comes to it. */
		ok = claim_one(d, slot, &m, report, err);
	}
	message_clear(&m);
	return ok;
}

/* How many more may be claimed while the list is being filled. */
static int
wanted(const struct slot *slot, int64_t now)
{
	return slot->channel == NULL || slot->health.down || slot->paused_until > now
		? slot_capacity(slot, now)
		: AHEAD - slot->waiting;
}

bool
claim_due(struct deliver *d, struct slot *slot, struct deliver_report *report,
	struct error *err)
{
	int64_t now = desk_now(d->desk);
	struct queue_choice choice;
	bool ok = wanted(slot, now) <= 0 || limit_load(d, slot, err);

	/* Those that may not leave any more make room for others. */
	for (int turn = 0; ok && turn < CHOICES && wanted(slot, now) > 0; turn++) {
		ok = queue_choose(d, slot, wanted(slot, now), &choice, err);
		for (int i = 0; ok && i < choice.count && wanted(slot, now) > 0; i++) {
			ok = claim_id(d, slot, choice.ids[i], report, err);
		}
		if (ok && choice.count == 0) {
			break;
		}
		/* What was just decided is seen by the next choice. */
		ok = ok && change_flush(d->desk, err);
	}
	return ok;
}

bool
claim_release(struct deliver *d, struct slot *slot, struct error *err)
{
	bool ok = true;

	while (slot->first != NULL) {
		struct job *job = slot->first;

		ok = ok && db_run(desk_db(d->desk), &UNCLAIM_OURS, err, TXT(job->m.id),
			TXT(d->lease.holder), I64(job->fence)) &&
			limit_take_back(d, slot, &job->m, err);
		slot->first = job->next;
		slot->waiting--;
		job_free(job);
	}
	slot->last = &slot->first;
	return ok;
}
