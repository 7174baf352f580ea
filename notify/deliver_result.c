/* deliver_result.c writes down what became of a message: the claim goes, the
 * attempt stays, and an event tells it where the state changed. */
#include <stdio.h>
#include <string.h>

#include "core/change.h"
#include "core/i18n.h"
#include "notify/deliver_probe.h"
#include "notify/deliver_queue.h"
#include "notify/ladder.h"

#define ATTEMPTS_KEPT 50
#define ASKED_MAX_MS 3600000

/* Under whatever lease of ours: while it is there nobody else took the message up. */
SQL(CLAIM_OURS, "tt",
	"SELECT COUNT(*) FROM local_claim WHERE message_id = $1 AND holder = $2");
SQL(CLAIM_DROP, "t", "DELETE FROM local_claim WHERE message_id = $1");
SQL(ATTEMPT_NEXT, "t",
	"SELECT n + 1 FROM local_attempt WHERE message_id = $1 ORDER BY n DESC LIMIT 1");
SQL(ATTEMPT_ADD, "tiitt",
	"INSERT INTO local_attempt (message_id, n, at, result, reply)"
	" VALUES ($1, $2, $3, $4, $5)");
SQL(ATTEMPT_FORGET, "ti",
	"DELETE FROM local_attempt WHERE message_id = $1 AND n <= $2");
SQL(TRIES, "t", "SELECT tries FROM local_delivery WHERE message_id = $1");
SQL(TRIES_SET, "tiit", "UPDATE local_delivery SET tries = $2, next_at = $3, why = $4"
	" WHERE message_id = $1");

SQL(BEHIND, "ti", "UPDATE local_delivery SET next_at = $2 WHERE message_id = $1"
	" AND next_at < $2");

/* One result on its way into the desk. */
struct recording {
	struct deliver *d;
	const struct send_result *result;
	struct deliver_report *report;
	struct message m;
	bool ours; /* the claim still is: nobody else sends it */
};

static bool
add_attempt(const struct recording *r, struct error *err)
{
	struct db *db = desk_db(r->d->desk);
	int64_t n = 1;

	return db_one_int(db, &ATTEMPT_NEXT, &n, err, TXT(r->m.id)) &&
		db_run(db, &ATTEMPT_ADD, err, TXT(r->m.id), I64(n),
			I64(desk_now(r->d->desk)), TXT(send_verdict_word(r->result->verdict)),
			TXT(r->result->reply)) &&
		(n <= ATTEMPTS_KEPT || db_run(db, &ATTEMPT_FORGET, err, TXT(r->m.id),
			I64(n - ATTEMPTS_KEPT)));
}

static bool
waits(const struct recording *r)
{
	return strcmp(r->m.state, "queued") == 0 || strcmp(r->m.state, "unknown") == 0;
}

/* What the other side asked for, within reason: a page waits no day for it. */
static int64_t
asked_wait(const struct send_result *result)
{
	return result->retry_after_ms > ASKED_MAX_MS ? ASKED_MAX_MS : result->retry_after_ms;
}

/* It asks for time, for all that goes to it and not for one address: behind these two
 * channels stands another provider for each. */
static bool
asks_all(const struct slot *slot, const struct send_result *result)
{
	return result->retry_after_ms > 0 && strcmp(slot->name, "webhook") != 0 &&
		strcmp(slot->name, "exec") != 0;
}

/* The next rung of the message's own ladder, or later where that was asked. */
static bool
try_later(struct recording *r, struct error *err)
{
	struct db *db = desk_db(r->d->desk);
	int64_t tries = 0;
	int64_t wait;
	bool asked = false;

	if (!r->ours || !waits(r)) {
		return true;
	}
	if (!db_one_int(db, &TRIES, &tries, err, TXT(r->m.id))) {
		return false;
	}
	tries++;
	r->report->retried++;
	wait = ladder_wait(tries, r->d->random(r->d->arg));
	if (wait < asked_wait(r->result)) {
		wait = asked_wait(r->result);
		asked = true;
	}
	return db_run(db, &TRIES_SET, err, TXT(r->m.id), I64(tries),
		I64(desk_now(r->d->desk) + wait), TXT(asked ? "asked" : ""));
}

/* It was accepted, whatever became of it meanwhile: that is the truth. */
static bool
on_handed_over(struct recording *r, struct error *err)
{
	static const char *const later[] = { "handed_over", "delivered", "read", "answered" };

	for (size_t i = 0; i < sizeof later / sizeof *later; i++) {
		if (strcmp(r->m.state, later[i]) == 0) {
			return true;
		}
	}
	r->report->handed_over++;
	return outbox_handed_over(r->d->desk, &r->m, r->result->reply, r->result->provider,
			err) &&
		queue_drop(r->d, r->m.id, err);
}

static bool
on_unknown(struct recording *r, struct error *err)
{
	if (strcmp(r->m.state, "queued") == 0) {
		r->report->unknown++;
		if (!outbox_set(r->d->desk, &r->m, "unknown",
			    N_("the connection was lost after the last byte"),
			    r->result->reply, err)) {
			return false;
		}
	}
	return try_later(r, err);
}

static bool
on_permanent(struct recording *r, struct error *err)
{
	if (!r->ours || !waits(r)) {
		return true;
	}
	r->report->failed++;
	return outbox_set(r->d->desk, &r->m, "failed", NULL, r->result->reply, err) &&
		queue_drop(r->d, r->m.id, err);
}

/* The channel's own ladder counts, not the message's; but the next probe is another
 * message: what is refused for one must not keep all others waiting. */
static bool
on_unreachable(struct recording *r, struct error *err)
{
	return !r->ours || !waits(r) || db_run(desk_db(r->d->desk), &BEHIND, err,
		TXT(r->m.id), I64(desk_now(r->d->desk)));
}

static bool
on_answered(struct recording *r, struct error *err)
{
	return strcmp(r->m.state, "answered") == 0 ||
		outbox_set(r->d->desk, &r->m, "answered", NULL, r->result->reply, err);
}

static const struct {
	bool (*record)(struct recording *r, struct error *err);
	bool speaks;
} verdicts[] = {
	[SEND_HANDED_OVER] = { on_handed_over, true },
	[SEND_UNKNOWN] = { on_unknown, false },
	[SEND_TEMPORARY] = { try_later, true },
	[SEND_PERMANENT] = { on_permanent, true },
	[SEND_UNREACHABLE] = { on_unreachable, false },
	[SEND_CHANNEL_FAULT] = { on_unreachable, false },
	[SEND_ANSWERED] = { on_answered, true },
};

bool
verdict_speaks(enum send_verdict verdict)
{
	return verdicts[verdict].speaks;
}

bool
result_stumbles(const struct slot *slot, const struct send_result *result)
{
	return (!result->alone && !verdicts[result->verdict].speaks) || asks_all(slot, result);
}

static bool
record(struct recording *r, struct slot *slot, struct error *err)
{
	const struct send_result *result = r->result;
	struct deliver *d = r->d;
	int64_t claims = 0;

	if (!db_one_int(desk_db(d->desk), &CLAIM_OURS, &claims, err, TXT(r->m.id),
		    TXT(d->lease.holder))) {
		return false;
	}
	r->ours = claims > 0;
	if (asks_all(slot, result) &&
	    slot->paused_until < desk_now(d->desk) + asked_wait(result)) {
		slot->paused_until = desk_now(d->desk) + asked_wait(result);
	}
	/* What never left does not count against a limit. */
	if (!verdicts[result->verdict].speaks && result->verdict != SEND_UNKNOWN &&
	    !limit_take_back(d, slot, &r->m, err)) {
		return false;
	}
	return add_attempt(r, err) && verdicts[result->verdict].record(r, err) &&
		(!r->ours || db_run(desk_db(d->desk), &CLAIM_DROP, err, TXT(r->m.id))) &&
		(result->alone || health_note(d, slot, result, err));
}

bool
result_record(struct deliver *d, struct slot *slot,
	const struct send_result *result, struct deliver_report *report,
	struct error *err)
{
	struct recording r = { .d = d, .result = result, .report = report };
	bool ok;

	if (result->id[0] == '\0') {
		return probe_record(d, slot, result, err);
	}
	slot->cleared = false;
	ok = message_find(&r.m, d->desk, result->id, err);
	if (!ok && err->code == ERR_NOT_FOUND) {
		return true; /* the desk was restored to before it was queued */
	}
	ok = ok && record(&r, slot, err);
	message_clear(&r.m);
	return ok;
}
