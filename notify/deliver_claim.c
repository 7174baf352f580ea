/* deliver_claim.c chooses what is sent: in the transaction that checks the lease
 * it claims messages, writes their text once and for all, and ends those that
 * must not be sent any more. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/answer_mark.h"
#include "core/case.h"
#include "core/change.h"
#include "core/i18n.h"
#include "core/json.h"
#include "core/mem.h"
#include "core/template.h"
#include "notify/deliver_queue.h"

#define CHOICES 4 /* of one transaction and channel */
#define NOT_CLAIMED " AND NOT EXISTS" \
	" (SELECT 1 FROM local_claim l WHERE l.message_id = message.id)"

/* No list of states: it would lead away from the index by time. */
SQL(EXPIRED, "ti", "SELECT " MESSAGE_COLUMNS " FROM message"
	" WHERE is_open = 1 AND state <> 'failed'"
	" AND ($1 = '' OR (to_id = $1 AND channel = 'desktop')) AND expires_at <= $2" NOT_CLAIMED
	" ORDER BY expires_at LIMIT 100");
SQL(ORPHANS, "tti", "SELECT " MESSAGE_COLUMNS " FROM message WHERE id IN"
	" (SELECT message_id FROM local_claim WHERE holder <> $1 AND expires_at <= $3)"
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
/* Who was to be told works on the case: he knows.  What the member's own watch
 * writes down in his name is no act of his. */
SQL(ACTED_SINCE, "tit",
	"SELECT COUNT(*) FROM event WHERE case_id = $1 AND seq > $2 AND actor = $3"
	" AND kind NOT IN ('message_rendered', 'message_handed_over', 'message_unknown',"
	" 'message_failed', 'message_expired', 'message_dropped')");

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
	if (slot->health.down) {
		return slot->waiting + slot->under_way == 0 &&
			(slot->health.next_at <= now || !slot->probed);
	}
	return slot->waiting > LOW ? 0 : AHEAD - slot->waiting;
}

bool
claim_orphans(struct deliver *d, struct deliver_report *report, struct error *err)
{
	struct db *db = desk_db(d->desk);
	int64_t now = desk_now(d->desk);
	struct stmt *st = db_query(db, &ORPHANS, TXT(d->lease.holder), TXT(d->only_to),
		I64(now));
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

/* What is said of a message that is about to leave. */
struct fitness {
	const char *state;  /* the state it goes to instead; NULL: it may leave */
	const char *reason;
	char number[24];
	bool red;
};

static void
judge(const struct message *m, const struct ir_case *c, bool acted,
	struct fitness *fit)
{
	bool outside = strcmp(m->to_kind, "contact") == 0;

	memcpy(fit->number, c->number, sizeof fit->number);
	fit->red = strcmp(c->tlp, "red") == 0;
	if (outside && fit->red) {
		fit->state = "held";
		fit->reason = N_("the case is TLP:RED: nothing of it is told outside");
	} else if (outside && c->drill) {
		fit->state = "dropped";
		fit->reason = N_("a drill: nobody outside is told");
	} else if (!c->is_open && strcmp(m->template, "khoi_phuc") != 0) {
		fit->state = "dropped";
		fit->reason = N_("the case is not open any more");
	} else if (acted) {
		fit->state = "dropped";
		fit->reason = N_("answered before it was sent: works on the case");
	}
}

static bool
fit_by_case(struct deliver *d, const struct message *m, struct fitness *fit,
	struct error *err)
{
	bool asks = strcmp(m->to_kind, "member") == 0 && m->queued_by != 0 &&
		strcmp(m->state, "queued") == 0;
	struct ir_case c = { 0 };
	int64_t acts = 0;
	bool ok;

	if (m->case_id[0] == '\0') {
		return true;
	}
	ok = case_load(&c, d->desk, m->case_id, err) &&
		(!asks || db_one_int(desk_db(d->desk), &ACTED_SINCE, &acts, err,
			TXT(m->case_id), I64(m->queued_by), TXT(m->to_id)));
	if (ok) {
		judge(m, &c, acts > 0, fit);
	}
	case_clear(&c);
	return ok;
}

static bool
is_fit(struct deliver *d, const struct message *m, struct fitness *fit,
	struct error *err)
{
	*fit = (struct fitness){ 0 };
	if (desk_is_demo(d->desk) && strcmp(m->channel, "file") != 0) {
		fit->state = "failed";
		fit->reason = N_("a demo delivers to a local folder only");
		return true;
	}
	return fit_by_case(d, m, fit, err);
}

static bool
render(struct deliver *d, struct message *m, bool red, struct error *err)
{
	struct json *vars = NULL;
	bool ok = json_parse(&vars, m->vars, strlen(m->vars), NULL, err);

	/* The address is a key to answer with: it is put in when the text leaves, and
	 * stands in no row. */
	if (ok && d->ways != NULL && m->acts[0] != '\0' &&
	    strcmp(m->to_kind, "member") == 0) {
		json_set_text(vars, "link", ANSWER_MARK);
	}
	ok = ok && template_render(&m->subject, &m->text, &(struct template_in){
			.name = m->template, .language = m->language, .vars = vars,
			.zone = desk_zone(d->desk), .drill = m->drill, .red = red,
			.outside = strcmp(m->to_kind, "member") != 0 }, err);

	if (ok) {
		outbox_rendered(d->desk, m, m->subject, m->text);
	}
	json_free(vars);
	return ok;
}

static void
put_job(struct slot *slot, struct message *m, const struct fitness *fit)
{
	struct job *job = xcalloc(1, sizeof *job);

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

	if (m->not_before > desk_now(d->desk)) {
		return queue_later(d, m->id, m->not_before, "quiet", err);
	}
	if (!is_fit(d, m, &fit, err)) {
		return false;
	}
	if (fit.state != NULL) {
		report->dropped += strcmp(fit.state, "dropped") == 0;
		report->failed += strcmp(fit.state, "failed") == 0;
		return leaves_queue(d, m, fit.state, fit.reason, NULL, err);
	}
	if (!limit_wait(d, slot, m, &until, &limit, err)) {
		return false;
	}
	if (until > desk_now(d->desk)) {
		return queue_later(d, m->id, until, limit, err);
	}
	/* A text that cannot be made is this message's failure, not the desk's. */
	if (m->text == NULL && !render(d, m, fit.red, &why)) {
		report->failed++;
		return leaves_queue(d, m, "failed", why.message, why.cause, err);
	}
	if (!db_run(desk_db(d->desk), &CLAIM, err, TXT(m->id), TXT(d->lease.holder),
		    I64(d->lease.fence), I64(desk_now(d->desk)), I64(d->lease.expires_at)) ||
	    !limit_note(d, slot, m, err)) {
		return false;
	}
	queue_served(slot, m->case_id[0] == '\0' ? "-" : m->case_id);
	put_job(slot, m, &fit);
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
			TXT(d->lease.holder), I64(d->lease.fence)) &&
			limit_take_back(d, slot, &job->m, err);
		slot->first = job->next;
		slot->waiting--;
		job_free(job);
	}
	slot->last = &slot->first;
	return ok;
}
