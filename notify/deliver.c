/* deliver.c is one round of the delivery: it keeps the lease, moves the
 * channels, and puts what they say and what is due next into one transaction. */
#include "notify/deliver.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/change.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "notify/deliver_probe.h"
#include "notify/deliver_queue.h"
#include "notify/deliver_ways.h"

#define LEASE_MS 90000
#define RESULTS_WAIT_MS 200 /* for company: one transaction for many */

static uint32_t
system_random(void *arg __attribute__((unused)))
{
	uint32_t number;

	random_bytes(&number, sizeof number);
	return number;
}

struct deliver *
deliver_new(struct desk *desk, const struct deliver_options *options)
{
	struct deliver *d = xcalloc(1, sizeof *d);

	d->desk = desk;
	d->lease_ms = options->lease_ms > 0 ? options->lease_ms : LEASE_MS;
	d->random = options->random != NULL ? options->random : system_random;
	d->arg = options->arg;
	d->ways = options->ways;
	d->ways_arg = options->ways_arg;
	(void)snprintf(d->lease.name, sizeof d->lease.name, "%s", options->lease);
	lease_holder(d->lease.holder, options->program);
	if (options->only_to != NULL) {
		(void)snprintf(d->only_to, sizeof d->only_to, "%s", options->only_to);
	}
	/* Not the sender's: a Message-ID must outlive a change of configuration,
	 * and be the same for every engine. */
	(void)snprintf(d->domain, sizeof d->domain, "%s.suco.invalid", desk_id(desk));
	return d;
}

static void
free_jobs(struct job *job)
{
	while (job != NULL) {
		struct job *next = job->next;

		job_free(job);
		job = next;
	}
}

void
deliver_free(struct deliver *d)
{
	if (d == NULL) {
		return;
	}
	for (int i = 0; i < d->slot_count; i++) {
		free_jobs(d->slots[i].first);
		free(d->slots[i].served);
		if (d->slots[i].channel != NULL) {
			d->slots[i].channel->type->close(d->slots[i].channel);
		}
	}
	free(d);
}

void
deliver_add(struct deliver *d, const char *name, struct channel *channel,
	const char *why)
{
	struct slot *slot = &d->slots[d->slot_count++];

	(void)snprintf(slot->name, sizeof slot->name, "%s", name);
	(void)snprintf(slot->why, sizeof slot->why, "%s", why == NULL ? "" : why);
	slot->channel = channel;
	slot->last = &slot->first;
	slot->newest = &slot->fresh;
}

/* ---- the transaction ---- */

static void
drop_fresh(struct deliver *d)
{
	for (int i = 0; i < d->slot_count; i++) {
		struct slot *slot = &d->slots[i];

		for (struct job *job = slot->fresh; job != NULL; job = job->next) {
			slot->waiting--;
		}
		free_jobs(slot->fresh);
		slot->fresh = NULL;
		slot->newest = &slot->fresh;
	}
}

static void
keep_fresh(struct deliver *d)
{
	for (int i = 0; i < d->slot_count; i++) {
		struct slot *slot = &d->slots[i];

		if (slot->fresh != NULL) {
			*slot->last = slot->fresh;
			slot->last = slot->newest;
			slot->fresh = NULL;
			slot->newest = &slot->fresh;
		}
	}
}

static bool
record_results(struct deliver *d, struct deliver_report *report, struct error *err)
{
	for (int i = 0; i < d->result_count; i++) {
		if (!result_record(d, d->result_slot[i], &d->results[i], report, err)) {
			return false;
		}
	}
	return true;
}

static bool
claim_all(struct deliver *d, struct deliver_report *report, struct error *err)
{
	bool ok = true;

	for (int i = 0; ok && i < d->slot_count; i++) {
		ok = !slot_has_lapsed(d, &d->slots[i]) || claim_release(d, &d->slots[i], err);
	}
	ok = ok && claim_orphans(d, report, err) && claim_expired(d, report, err) &&
		queue_feed(d, err);
	for (int i = 0; ok && i < d->slot_count; i++) {
		struct slot *slot = &d->slots[i];

		if (slot->first != NULL && (slot->health.down ||
			    slot->paused_until > desk_now(d->desk) ||
			    slot_is_stale(slot, desk_now(d->desk)))) {
			ok = claim_release(d, slot, err);
		}
		ok = ok && claim_due(d, slot, report, err) && probe_settle(d, slot, err);
	}
	return ok;
}

/* A channel that cannot be opened is down as soon as something waits for it. */
static bool
note_unopened(struct deliver *d, struct error *err)
{
	bool ok = true;

	for (int i = 0; ok && i < d->slot_count; i++) {
		struct slot *slot = &d->slots[i];
		struct send_result none = { .verdict = SEND_UNREACHABLE };
		bool waits = false;

		(void)snprintf(none.reply, sizeof none.reply, "%s", slot->why);
		ok = slot->channel != NULL || slot->health.down ||
			(next_waits(d, slot, &waits, err) &&
				(!waits || health_note(d, slot, &none, err)));
	}
	return ok;
}

static bool
act(struct deliver *d, bool claims, struct deliver_report *report, struct error *err)
{
	bool held = false;
	bool ok = lease_check(d->desk, &d->lease, &held, err);

	for (int i = 0; ok && i < d->slot_count; i++) {
		ok = health_load(d, &d->slots[i], err);
	}
	ok = ok && record_results(d, report, err);
	/* What was appended so far must be seen by the choice that follows. */
	if (ok && held && claims) {
		ok = change_flush(d->desk, err) && note_unopened(d, err) &&
			claim_all(d, report, err);
	}
	return ok;
}

static bool
transact(struct deliver *d, bool claims, struct deliver_report *report,
	struct error *err)
{
	struct deliver_report counts = *report;

	if (!change_begin(d->desk, err)) {
		return false;
	}
	if (!change_end(d->desk, act(d, claims, &counts, err), err)) {
		drop_fresh(d);
		return false;
	}
	keep_fresh(d);
	for (int i = 0; i < d->slot_count; i++) {
		d->slots[i].stumbled = false;
	}
	*report = counts;
	d->result_count = 0;
	return true;
}

/* ---- the channels ---- */

static void
start_one(struct deliver *d, struct slot *slot)
{
	struct job *job = slot->first;
	char *message_id = xasprintf("<msg-%s@%s>", job->m.id, d->domain);
	char *root = job->m.case_id[0] == '\0' ? NULL
		: xasprintf("<case-%s@%s>", job->m.case_id, d->domain);
	struct ways ways;

	ways_find(&ways, d, &job->m);
	slot->channel->type->start(slot->channel, &(struct outgoing){
		.id = job->m.id, .message_id = message_id, .thread_root = root,
		.case_number = job->case_number[0] == '\0' ? NULL : job->case_number,
		.to_name = job->m.to_name, .to_address = job->m.address,
		.subject = job->m.subject, .text = ways.text,
		.date = job->m.queued_at,
		.utc_offset = zone_offset_at(desk_zone(d->desk), job->m.queued_at),
		.urgent = job->m.rank == RANK_PAGE ||
			strcmp(job->m.template, "phan_cong") == 0,
		.severity = message_severity(&job->m),
		.acts = job->m.acts[0] == '\0' ? NULL : job->m.acts,
		.answer_tag = ways.tag, .answer_link = ways.link, .language = job->m.language,
		.answers = buf_text(&ways.answers),
	});
	slot->under_way++;
	slot->waiting--;
	slot->first = job->next;
	if (slot->first == NULL) {
		slot->last = &slot->first;
	}
	free(message_id);
	free(root);
	ways_clear(&ways);
	job_free(job);
}

static void
collect(struct deliver *d, struct slot *slot)
{
	const struct channel_type *type = slot->channel->type;

	type->work(slot->channel);
	while (d->result_count < BATCH &&
	       type->result(slot->channel, &d->results[d->result_count])) {
		enum send_verdict verdict = d->results[d->result_count].verdict;

		if (d->result_count == 0) {
			d->first_result_at = desk_now(d->desk);
		}
		slot->under_way -= verdict != SEND_ANSWERED;
		slot->stumbled = slot->stumbled ||
			result_stumbles(slot, &d->results[d->result_count]);
		d->result_slot[d->result_count++] = slot;
	}
}

/* After a sleep past the lease others may have sent what we hold; after a
 * stumble the transaction that follows gives back what waits.  What came is
 * collected first: until then the channel has no room. */
static void
start_all(struct deliver *d)
{
	for (int i = 0; i < d->slot_count; i++) {
		struct slot *slot = &d->slots[i];

		if (slot->channel == NULL) {
			continue;
		}
		collect(d, slot);
		while (slot->first != NULL && !d->closing && !slot->stumbled &&
		       !slot_has_lapsed(d, slot) &&
		       d->result_count < BATCH && !slot_is_stale(slot, desk_now(d->desk)) &&
		       desk_now(d->desk) < d->lease.expires_at &&
		       slot->channel->type->room(slot->channel) > 0) {
			start_one(d, slot);
			collect(d, slot);
		}
	}
}

static int
under_way(const struct deliver *d, bool waiting)
{
	int count = 0;

	for (int i = 0; i < d->slot_count; i++) {
		count += d->slots[i].under_way + (waiting ? d->slots[i].waiting : 0);
	}
	return count;
}

/* ---- the round ---- */

/* Claims of a lease that we lost are others' by now. */
static void
forget_claims(struct deliver *d)
{
	for (int i = 0; i < d->slot_count; i++) {
		struct slot *slot = &d->slots[i];

		free_jobs(slot->first);
		slot->first = NULL;
		slot->last = &slot->first;
		slot->waiting = 0;
	}
}

/* A clock that jumped back makes the lease look longer than it can be. */
bool
deliver_lease_due(const struct deliver *d)
{
	int64_t left = d->lease.expires_at - desk_now(d->desk);

	return left <= d->lease_ms * 2 / 3 || left > d->lease_ms;
}

static bool
keep_lease(struct deliver *d, struct deliver_report *report, struct error *err)
{
	if (!deliver_lease_due(d)) {
		report->leads = true;
		return true;
	}
	if (!lease_take(d->desk, &d->lease, d->lease_ms, &report->leads, report->other,
		    err)) {
		return false;
	}
	if (!report->leads) {
		forget_claims(d);
		d->lease.expires_at = 0;
	}
	return true;
}

/* Messages with their channels, or whose end is not recorded yet. */
int
deliver_begun(const struct deliver *d)
{
	return under_way(d, false) + d->result_count;
}

static bool
results_are_ripe(const struct deliver *d)
{
	int64_t waited = desk_now(d->desk) - d->first_result_at;

	for (int i = 0; i < d->slot_count; i++) {
		if (d->slots[i].stumbled) {
			return true;
		}
	}
	return d->result_count >= BATCH || under_way(d, true) == 0 || waited < 0 ||
		waited >= RESULTS_WAIT_MS;
}

static bool
work(struct deliver *d, struct deliver_report *report, struct error *err)
{
	bool wanted = false;

	if (report->leads && !d->closing && !probe_start(d, err)) {
		return false;
	}
	start_all(d);
	if (report->leads && !d->closing && !next_wanted(d, &wanted, err)) {
		return false;
	}
	for (int i = 0; i < d->slot_count && !d->closing; i++) {
		wanted = wanted || slot_has_lapsed(d, &d->slots[i]) ||
			slot_is_stale(&d->slots[i], desk_now(d->desk));
	}
	if (wanted || (d->result_count > 0 && results_are_ripe(d))) {
		if (!transact(d, report->leads && !d->closing, report, err)) {
			return false;
		}
		start_all(d);
	}
	return true;
}

static bool
see_unopened(struct deliver *d, struct deliver_report *report, struct error *err)
{
	report->unopened = false;
	for (int i = 0; i < d->slot_count && !report->unopened; i++) {
		if (d->slots[i].channel == NULL &&
		    !next_waits(d, &d->slots[i], &report->unopened, err)) {
			return false;
		}
	}
	return true;
}

bool
deliver_round(struct deliver *d, struct deliver_report *report, struct error *err)
{
	report->next_at = INT64_MAX;
	if (!keep_lease(d, report, err) || !work(d, report, err)) {
		return false;
	}
	report->under_way = under_way(d, true) + d->result_count;
	report->begun = deliver_begun(d);
	if (!report->leads || report->under_way > 0) {
		return true;
	}
	return see_unopened(d, report, err) && next_time(d, &report->next_at, err);
}

bool
deliver_unopened(struct deliver *d, struct error *err)
{
	for (int i = 0; i < d->slot_count; i++) {
		bool waits = false;

		if (d->slots[i].channel != NULL) {
			continue;
		}
		if (!next_waits(d, &d->slots[i], &waits, err)) {
			return false;
		}
		if (waits) {
			return error_cause(err, ERR_UNAVAILABLE, d->slots[i].why,
				_("messages wait for the channel %s"), d->slots[i].name);
		}
	}
	return true;
}

bool
deliver_down(const struct deliver *d, int i, const char **name, const char **reply)
{
	for (int at = 0; at < d->slot_count; at++) {
		const struct slot *slot = &d->slots[at];

		if (slot->health.down && i-- == 0) {
			*name = slot->name;
			*reply = slot->channel == NULL ? slot->why : slot->health.reply;
			return true;
		}
	}
	return false;
}

void
deliver_close_doors(struct deliver *d)
{
	d->closing = true;
}

static bool
give_back(struct deliver *d, struct deliver_report *report, struct error *err)
{
	bool ok = true;

	for (int i = 0; ok && i < d->slot_count; i++) {
		ok = health_load(d, &d->slots[i], err) && claim_release(d, &d->slots[i], err);
	}
	return ok && record_results(d, report, err);
}

bool
deliver_stop(struct deliver *d, struct deliver_report *report, struct error *err)
{
	for (int i = 0; i < d->slot_count; i++) {
		if (d->slots[i].channel != NULL) {
			collect(d, &d->slots[i]);
		}
	}
	if (!change_begin(d->desk, err) ||
	    !change_end(d->desk, give_back(d, report, err), err)) {
		return false;
	}
	d->result_count = 0;
	return lease_give_back(d->desk, &d->lease, err);
}
