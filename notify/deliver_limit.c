/* deliver_limit.c keeps the limits of addresses and of providers: what left is
 * remembered (local_sent) as long as the longest limit, and what is over waits
 * with a reason.  The page of a very serious case never waits for a limit of our
 * own on an address: only for what the provider takes. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/json.h"
#include "core/outbox_new.h"
#include "core/setting.h"
#include "notify/deliver_queue.h"

#define MINUTE_MS 60000
#define SWEEP_MS (10 * MINUTE_MS)

SQL(SENT_ADD, "ttit", "INSERT INTO local_sent (channel, address, at, message_id)"
	" VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING");
SQL(SENT_TAKE_BACK, "ttti", "DELETE FROM local_sent WHERE channel = $1 AND address = $2"
	" AND message_id = $3 AND at >= $4");
SQL(SENT_SWEEP, "ti", "DELETE FROM local_sent WHERE channel = $1 AND at < $2");
/* The one before which there were so many others: the next may go when it is old.  What
 * a clock that was put back calls later than now does not count. */
SQL(SENT_TO, "ttiii", "SELECT at FROM local_sent WHERE channel = $1 AND address = $2"
	" AND at > $3 AND at <= $4 ORDER BY at DESC LIMIT 1 OFFSET $5");
SQL(SENT_BY, "tiii", "SELECT at FROM local_sent WHERE channel = $1 AND at > $2"
	" AND at <= $3 ORDER BY at DESC LIMIT 1 OFFSET $4");
SQL(SENT_COUNT, "ttii", "SELECT COUNT(*) FROM local_sent WHERE channel = $1"
	" AND address = $2 AND at > $3 AND at <= $4");

static bool
load_rate(struct deliver *d, const char *channel, const char *which, struct rate *out,
	struct error *err)
{
	char name[48];
	char *text = NULL;
	struct error ignored;
	bool ok;

	(void)snprintf(name, sizeof name, "limit.%s.%s", channel, which);
	*out = (struct rate){ 0 };
	ok = setting_text(d->desk, name, &text, err);
	/* It was checked when it was set. */
	if (ok && text != NULL && !rate_parse(out, text, name, &ignored)) {
		*out = (struct rate){ 0 };
	}
	free(text);
	return ok;
}

static bool
sweep(struct deliver *d, struct slot *slot, struct error *err)
{
	int64_t now = desk_now(d->desk);
	int64_t a = rate_longest(&slot->to_address);
	int64_t b = rate_longest(&slot->to_all);
	int64_t keep = a > b ? a : b;

	if (now - slot->swept_at < SWEEP_MS && now >= slot->swept_at) {
		return true;
	}
	slot->swept_at = now;
	return db_run(desk_db(d->desk), &SENT_SWEEP, err, TXT(slot->name),
		I64(now - (keep > MINUTE_MS ? keep : MINUTE_MS)));
}

bool
limit_load(struct deliver *d, struct slot *slot, struct error *err)
{
	return load_rate(d, slot->name, "address", &slot->to_address, err) &&
		load_rate(d, slot->name, "all", &slot->to_all, err) && sweep(d, slot, err);
}

/* The later of *until and when the window has room again. */
static void
later_of(int64_t *until, int64_t at, int64_t span)
{
	if (at >= 0 && at + span > *until) {
		*until = at + span;
	}
}

static bool
all_limit(struct deliver *d, struct slot *slot, int64_t *until, struct error *err)
{
	int64_t now = desk_now(d->desk);
	bool ok = true;

	for (int i = 0; ok && i < slot->to_all.count; i++) {
		int64_t at = -1;
		int64_t span = slot->to_all.windows[i].span_ms;

		ok = db_one_int(desk_db(d->desk), &SENT_BY, &at, err, TXT(slot->name),
			I64(now - span), I64(now), I64(slot->to_all.windows[i].many - 1));
		later_of(until, at, span);
	}
	return ok;
}

static bool
address_limit(struct deliver *d, struct slot *slot, const char *address, int64_t *until,
	struct error *err)
{
	int64_t now = desk_now(d->desk);
	bool ok = true;

	for (int i = 0; ok && i < slot->to_address.count; i++) {
		int64_t at = -1;
		int64_t span = slot->to_address.windows[i].span_ms;

		ok = db_one_int(desk_db(d->desk), &SENT_TO, &at, err, TXT(slot->name),
			TXT(address), I64(now - span), I64(now),
			I64(slot->to_address.windows[i].many - 1));
		later_of(until, at, span);
	}
	return ok;
}

/* Very serious, decided or suggested: it is a page that must ring. */
static bool
must_ring(const struct message *m)
{
	return m->rank == RANK_PAGE && message_severity(m) == 4;
}

bool
limit_wait(struct deliver *d, struct slot *slot, const struct message *m, int64_t *until,
	const char **why, struct error *err)
{
	*until = 0;
	if (!all_limit(d, slot, until, err)) {
		return false;
	}
	if (*until > desk_now(d->desk)) {
		*why = "limit_all";
		slot->paused_until = *until;
		return true;
	}
	*why = "limit";
	return must_ring(m) || address_limit(d, slot, m->address, until, err);
}

bool
limit_note(struct deliver *d, struct slot *slot, const struct message *m, struct error *err)
{
	return db_run(desk_db(d->desk), &SENT_ADD, err, TXT(slot->name), TXT(m->address),
		I64(desk_now(d->desk)), TXT(m->id));
}

bool
limit_take_back(struct deliver *d, const struct slot *slot, const struct message *m,
	struct error *err)
{
	return db_run(desk_db(d->desk), &SENT_TAKE_BACK, err, TXT(slot->name),
		TXT(m->address), TXT(m->id), I64(desk_now(d->desk) - 2 * d->lease_ms));
}

bool
limit_sent_lately(struct deliver *d, const struct slot *slot, const char *address,
	int64_t *count, struct error *err)
{
	int64_t now = desk_now(d->desk);

	*count = 0;
	return db_one_int(desk_db(d->desk), &SENT_COUNT, count, err, TXT(slot->name),
		TXT(address), I64(now - MINUTE_MS), I64(now));
}

int
message_severity(const struct message *m)
{
	struct json *vars = NULL;
	struct error ignored;
	int64_t severity = 0;

	if (m->vars != NULL && json_parse(&vars, m->vars, strlen(m->vars), NULL, &ignored)) {
		severity = json_get_int(vars, "severity", 0);
		severity = severity != 0 ? severity : json_get_int(vars, "suggested", 0);
	}
	json_free(vars);
	return severity >= 1 && severity <= 4 ? (int)severity : 0;
}
