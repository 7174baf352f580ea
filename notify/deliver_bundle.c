/* deliver_bundle.c sends one message where many wait for the same person: what
 * stands after an outage or a flood, once, and not its backlog; and what waited
 * for the morning as one digest. */
#include "notify/deliver_bundle.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/change.h"
#include "core/i18n.h"
#include "core/json.h"
#include "core/mem.h"
#include "core/outbox_bundle.h"
#include "core/setting.h"

#define LATE_MS 120000  /* what waited longer is a backlog */
#define CARRIED_MAX 400 /* of one message; the rest goes with the next */
#define WORKS_MAX 3     /* named of each case */

SQL(WAITING_TO, "ttii", "SELECT message_id FROM local_delivery WHERE channel = $1"
	" AND address = $2 AND next_at <= $3 AND NOT EXISTS (SELECT 1 FROM local_claim l"
	" WHERE l.message_id = local_delivery.message_id) LIMIT $4");
SQL(CARRIED_IDS, "t", "SELECT id FROM message WHERE bundle = $1 AND bundle <> ''"
	" ORDER BY position");

struct carried {
	struct message m; /* ours */
	struct fitness fit;
};

/* What is put together. */
struct bundle {
	struct deliver *d;
	struct slot *slot;
	const struct message *head; /* the one whose turn it was */
	struct deliver_report *report;
	bool digest;
	struct carried *all; /* ours */
	int count, cap;
	char (*opened)[UUID_SIZE]; /* ours: carriers that never left, replaced by this */
	int opened_count;
	int64_t oldest_at;   /* when the first of them was queued */
	int64_t rank, lasts_until;
};

/* Calls of a very serious case ring by themselves, so that they can be answered;
 * what may have arrived already is sent again with its own id. */
static bool
may_go_with_others(const struct message *m)
{
	return strcmp(m->to_kind, "member") == 0 && strcmp(m->channel, "desktop") != 0 &&
		strcmp(m->state, "queued") == 0 && m->bundle[0] == '\0' &&
		!message_carries(m) && m->rank != RANK_TEST && m->rank != RANK_DIGEST &&
		m->rank != RANK_UNSET &&
		!(m->rank == RANK_PAGE && message_severity(m) == 4);
}

static bool
belongs(const struct bundle *b, const struct message *m)
{
	return may_go_with_others(m) && m->drill == b->head->drill &&
		strcmp(m->to_id, b->head->to_id) == 0 &&
		(!b->digest || m->not_before > 0) && m->expires_at > desk_now(b->d->desk);
}

static void
add(struct bundle *b, struct message *m, const struct fitness *fit)
{
	if (b->count == b->cap) {
		b->cap = b->cap == 0 ? 16 : b->cap * 2;
		b->all = xrealloc(b->all, (size_t)b->cap * sizeof *b->all);
	}
	b->oldest_at = b->count == 0 || m->queued_at < b->oldest_at ? m->queued_at
		: b->oldest_at;
	b->rank = b->count == 0 || m->rank < b->rank ? m->rank : b->rank;
	b->lasts_until = m->expires_at > b->lasts_until ? m->expires_at : b->lasts_until;
	b->all[b->count++] = (struct carried){ .m = *m, .fit = *fit };
	*m = (struct message){ 0 };
}

/* Takes one in, or ends it where it may not leave any more. */
static bool
weigh(struct bundle *b, const char *id, bool carried, struct error *err)
{
	struct message m = { 0 };
	struct fitness fit;
	bool ok = message_find(&m, b->d->desk, id, err);

	if (ok && carried) {
		m.bundle[0] = '\0'; /* what carried it is replaced */
	}
	if (ok && belongs(b, &m)) {
		ok = fit_to_leave(b->d, &m, &fit, err);
		if (ok && fit.state != NULL) {
			b->report->dropped += strcmp(fit.state, "dropped") == 0;
			ok = outbox_set(b->d->desk, &m, fit.state, fit.reason, NULL, err) &&
				queue_drop(b->d, m.id, err);
		} else if (ok) {
			add(b, &m, &fit);
		}
	}
	message_clear(&m);
	return ok;
}

struct ids {
	char (*rows)[UUID_SIZE];
	int count;
};

static bool
read_ids(struct stmt *st, struct ids *out, struct error *err)
{
	out->rows = xcalloc(CARRIED_MAX, sizeof *out->rows);
	out->count = 0;
	while (out->count < CARRIED_MAX && stmt_row(st)) {
		(void)snprintf(out->rows[out->count++], UUID_SIZE, "%s", stmt_text(st, 0));
	}
	return stmt_done(st, err);
}

/* An older one that never left is opened again: what it carried goes with this. */
static bool
unpack(struct bundle *b, const char *carrier, struct error *err)
{
	struct ids ids;
	bool ok = read_ids(db_query(desk_db(b->d->desk), &CARRIED_IDS, TXT(carrier)),
		&ids, err);

	if (b->opened == NULL) {
		b->opened = xcalloc(CARRIED_MAX, sizeof *b->opened);
	}
	memcpy(b->opened[b->opened_count++], carrier, UUID_SIZE);
	for (int i = 0; ok && i < ids.count; i++) {
		ok = weigh(b, ids.rows[i], true, err);
	}
	free(ids.rows);
	return ok;
}

static bool
open_carrier(struct bundle *b, const char *id, struct error *err)
{
	struct message m = { 0 };
	bool ok = message_find(&m, b->d->desk, id, err);

	if (ok && message_carries(&m) && strcmp(m.state, "queued") == 0 &&
	    strcmp(m.to_id, b->head->to_id) == 0 && m.drill == b->head->drill &&
	    strcmp(id, b->head->id) != 0) {
		ok = unpack(b, id, err);
	}
	message_clear(&m);
	return ok;
}

static bool
gather(struct bundle *b, struct error *err)
{
	struct ids ids;
	bool ok = read_ids(db_query(desk_db(b->d->desk), &WAITING_TO, TXT(b->slot->name),
		TXT(b->head->address), I64(desk_now(b->d->desk)), I64(CARRIED_MAX)), &ids, err);

	for (int i = 0; ok && i < ids.count; i++) {
		ok = weigh(b, ids.rows[i], false, err) && open_carrier(b, ids.rows[i], err);
	}
	free(ids.rows);
	return ok;
}

/* ---- what it says ---- */

static int
by_urgency(const void *a, const void *b)
{
	const struct message *x = &((const struct carried *)a)->m;
	const struct message *y = &((const struct carried *)b)->m;

	if (x->rank != y->rank) {
		return x->rank < y->rank ? -1 : 1;
	}
	return x->position < y->position ? -1 : x->position > y->position;
}

/* One case, as the text shows it. */
struct summary {
	char case_id[UUID_SIZE];
	const struct message *first; /* the most urgent of it */
	const struct message *call;  /* that may be answered: of the case, else the newest of
	                              * works that are named; NULL */
	bool of_case;                /* the call is of the whole case */
	const struct fitness *fit;
	int count;
	const char *works[WORKS_MAX]; /* borrowed from vars */
	int work_count;
	struct json *vars[WORKS_MAX + 1]; /* ours, kept for works */
	int vars_count;
};

static bool
has_work(const struct summary *s, const char *work)
{
	for (int i = 0; i < s->work_count; i++) {
		if (strcmp(s->works[i], work) == 0) {
			return true;
		}
	}
	return false;
}

static void
keep_call(struct summary *s, const struct message *m, bool of_case)
{
	bool better = s->call == NULL || (of_case && !s->of_case) ||
		(of_case == s->of_case && m->position > s->call->position);

	if (m->acts[0] != '\0' && better) {
		s->call = m;
		s->of_case = of_case;
	}
}

/* Takes in its work, and the call where the text names what it is about: of several
 * that are secret he would not know which. */
static void
add_work(struct summary *s, const struct message *m)
{
	struct json *vars = NULL;
	struct error ignored;
	const char *work;
	bool of_case;

	if (!json_parse(&vars, m->vars, strlen(m->vars), NULL, &ignored)) {
		return;
	}
	work = json_text_of(vars, "work");
	of_case = json_get_int(vars, "n", 0) == 0;
	if (of_case || work[0] == '\0' || has_work(s, work)) {
		keep_call(s, m, of_case);
	} else if (s->work_count < (s->fit->red ? 1 : WORKS_MAX)) {
		keep_call(s, m, false);
	}
	if (work[0] != '\0' && !has_work(s, work) &&
	    s->work_count < (s->fit->red ? 1 : WORKS_MAX)) {
		s->works[s->work_count++] = work;
		s->vars[s->vars_count++] = vars;
	} else {
		json_free(vars);
	}
}

/* RED: the number and how serious, nothing of what it is about.  apart: beside other
 * cases, so that each is answered by itself. */
static struct json *
summary_json(const struct summary *s, bool apart)
{
	struct json *row = json_object();
	struct json *works = json_array();
	struct json *vars = NULL;
	struct error ignored;

	if (json_parse(&vars, s->first->vars, strlen(s->first->vars), NULL, &ignored)) {
		json_set_text(row, "title", s->fit->red ? NULL : json_get_text(vars, "title"));
		json_set_int(row, "suggested", json_get_int(vars, "suggested", 0));
		json_set_int(row, "severity", json_get_int(vars, "severity", 0));
	}
	json_free(vars);
	json_set_text(row, "number", s->fit->number);
	json_set_text(row, "template", s->first->template);
	if (s->call != NULL && apart) {
		json_set_text(row, "answers", s->call->id);
	}
	json_set_int(row, "n", s->count);
	for (int i = 0; i < s->work_count && !s->fit->red; i++) {
		struct json *work = json_object();

		json_set_text(work, "work", s->works[i]);
		json_push(works, work);
	}
	json_set(row, "works", works);
	return row;
}

/* The most urgent case first.  *call: where all are of one case, its own call: what
 * that may be answered with holds for the message that carries it.  Works, and cases
 * beside others, are answered each by itself. */
static struct json *
values(struct bundle *b, int *case_count, const struct message **call)
{
	struct summary *all = xcalloc((size_t)b->count, sizeof *all);
	struct json *vars = json_object();
	struct json *rows = json_array();
	int count = 0;

	for (int i = 0; i < b->count; i++) {
		int at = 0;

		while (at < count && strcmp(all[at].case_id, b->all[i].m.case_id) != 0) {
			at++;
		}
		if (at == count) {
			memcpy(all[at].case_id, b->all[i].m.case_id, UUID_SIZE);
			all[at].first = &b->all[i].m;
			all[at].fit = &b->all[i].fit;
			count++;
		}
		all[at].count++;
		add_work(&all[at], &b->all[i].m);
	}
	for (int i = 0; i < count; i++) {
		json_push(rows, summary_json(&all[i], (count > 1 || !all[i].of_case) &&
			!b->digest));
		for (int v = 0; v < all[i].vars_count; v++) {
			json_free(all[i].vars[v]);
		}
	}
	*call = count == 1 && all[0].of_case ? all[0].call : NULL;
	free(all);
	json_set(vars, "cases", rows);
	json_set_int(vars, "case_count", count);
	json_set_int(vars, "count", b->count);
	json_set_int(vars, "oldest_at", b->oldest_at);
	json_set_int(vars, "oldest", desk_now(b->d->desk) - b->oldest_at);
	*case_count = count;
	return vars;
}

/* ---- putting together ---- */

static bool
carry_all(struct bundle *b, const char *carrier, struct error *err)
{
	bool ok = true;

	for (int i = 0; ok && i < b->count; i++) {
		outbox_bundle(b->d->desk, &b->all[i].m, carrier);
		ok = queue_drop(b->d, b->all[i].m.id, err);
	}
	return ok && change_flush(b->d->desk, err) && queue_feed(b->d, err);
}

/* They carry nothing any more. */
static bool
drop_opened(struct bundle *b, const char *reason, struct error *err)
{
	bool ok = true;

	for (int i = 0; ok && i < b->opened_count; i++) {
		struct message m = { 0 };

		ok = message_find(&m, b->d->desk, b->opened[i], err) &&
			outbox_set(b->d->desk, &m, "dropped", reason, NULL, err) &&
			queue_drop(b->d, m.id, err);
		b->report->dropped += ok;
		message_clear(&m);
	}
	return ok;
}

/* m becomes the message that carries them. */
static bool
compose(struct bundle *b, struct message *m, struct fitness *fit, struct error *err)
{
	char id[UUID_SIZE] = "";
	int case_count = 0;
	struct json *vars;
	const struct message *call = NULL;
	bool ok;

	qsort(b->all, (size_t)b->count, sizeof *b->all, by_urgency);
	vars = values(b, &case_count, &call);
	ok = outbox_queue(b->d->desk, &(struct message_new){
		.case_id = case_count == 1 && b->all[0].m.case_id[0] != '\0'
			? b->all[0].m.case_id : NULL,
		.to_kind = "member", .to_id = m->to_id, .vars = vars,
		.template = b->digest ? DIGEST_TEMPLATE : BUNDLE_TEMPLATE, .drill = m->drill,
		.cause = NO_CAUSE, .lasts_ms = b->lasts_until - desk_now(b->d->desk),
		.channel = b->slot->name, .address = m->address,
		.rank = b->digest ? RANK_DIGEST : (enum message_rank)b->rank,
		.acts = call == NULL ? NULL : call->acts,
		.escalation = call == NULL || call->escalation[0] == '\0' ? NULL
			: call->escalation,
		.id = id }, err) &&
		change_flush(b->d->desk, err) && carry_all(b, id, err) &&
		drop_opened(b, N_("a newer one says more"), err);
	json_free(vars);
	if (ok) {
		*fit = case_count == 1 ? b->all[0].fit : (struct fitness){ 0 };
		message_clear(m);
		ok = message_find(m, b->d->desk, id, err);
	}
	return ok;
}

static void
clear(struct bundle *b)
{
	for (int i = 0; i < b->count; i++) {
		message_clear(&b->all[i].m);
	}
	free(b->all);
	free(b->opened);
}

/* Is it many enough, or old enough, to go as one? */
static bool
wanted(const struct bundle *b, int64_t after, bool *want, struct error *err)
{
	int64_t sent = 0;

	*want = b->count >= 2 && (b->digest ||
		desk_now(b->d->desk) - b->oldest_at >= LATE_MS);
	if (*want || b->count < 2) {
		return true;
	}
	if (!limit_sent_lately(b->d, b->slot, b->head->address, &sent, err)) {
		return false;
	}
	*want = b->count + sent > after;
	return true;
}

/* The turn of one that carries others, and has not left: what was answered
 * meanwhile is taken out, what came since goes with it, in a new one. */
static bool
take_carrier(struct bundle *b, struct message *m, struct fitness *fit, bool *none,
	struct error *err)
{
	struct json *vars = NULL;
	int64_t had = 0;

	if (strcmp(m->state, "queued") != 0) {
		return true;
	}
	if (json_parse(&vars, m->vars, strlen(m->vars), NULL, err)) {
		had = json_get_int(vars, "count", 0);
	}
	json_free(vars);
	b->digest = strcmp(m->template, DIGEST_TEMPLATE) == 0;
	if (!unpack(b, m->id, err) || !gather(b, err)) {
		return false;
	}
	if (b->count == 0) {
		*none = true;
		return change_flush(b->d->desk, err) && drop_opened(b,
			N_("all of it was answered before it was sent"), err);
	}
	return b->count == had || compose(b, m, fit, err);
}

bool
bundle_take(struct deliver *d, struct slot *slot, struct message *m,
	struct fitness *fit, struct deliver_report *report, bool *none, struct error *err)
{
	struct bundle b = { .d = d, .slot = slot, .head = m, .report = report };
	int64_t after = 0;
	bool want = false;
	bool ok;

	*none = false;
	if (!setting_int(d->desk, "bundle_after", &after, err)) {
		return false;
	}
	if (after == 0 || (!may_go_with_others(m) && !message_carries(m))) {
		return true;
	}
	if (message_carries(m)) {
		ok = take_carrier(&b, m, fit, none, err);
	} else {
		b.digest = m->not_before > 0;
		ok = gather(&b, err) && wanted(&b, after, &want, err) &&
			(!want || compose(&b, m, fit, err));
	}
	clear(&b);
	return ok;
}
