/* escalate_call.c calls people: it walks to the next step that has somebody, writes
 * down whom it called and whom not, and queues their messages.  A step that has
 * nobody is passed at once, and the coordinators are told. */
#include <stdlib.h>
#include <string.h>

#include "core/change.h"
#include "core/columns.h"
#include "core/escalate_private.h"
#include "core/i18n.h"
#include "core/outbox_new.h"
#include "core/tell.h"
#include "core/thing.h"

#define ACTS "ack decline pass"
#define NOBODY_MS (5 * INT64_C(60000)) /* at least, before a round without anybody is tried again */

SQL(COORDINATORS, "",
	"SELECT id, role FROM member WHERE role IN ('coordinator', 'admin') AND active = 1"
	" ORDER BY role DESC, login");

struct calling {
	struct escalate_work *w;
	struct page page;      /* of the step that is called */
	int step;              /* from 1; 0: nobody in any step */
	int64_t round;
	int tried;
	bool rests;            /* the rounds are over */
	struct json *turns;    /* rows */
	struct json *called;   /* [{name, why, by}] */
	struct json *skipped;  /* [{name, why, reason}] */
	struct json *empty;    /* [{step, who}] */
};

static void
calling_clear(struct calling *k)
{
	page_clear(&k->page);
	json_free(k->turns);
	json_free(k->called);
	json_free(k->skipped);
	json_free(k->empty);
}

static struct json *
turn_row(struct escalate_work *w, const char *member_id, const char *why,
	const char *skipped, int step, int64_t round)
{
	char id[UUID_SIZE];
	struct json *turn = thing_new(w->desk, "call_turn", id);

	row_text(turn, "escalation_id", w->e.id);
	row_int(turn, "at_step", step);
	row_int(turn, "round", round);
	row_text(turn, "member_id", member_id);
	row_text(turn, "why", why);
	row_int(turn, "at", w->now);
	row_text(turn, "skipped", skipped);
	return turn;
}

static struct json *
said_of(const char *name, const char *why)
{
	struct json *said = json_object();

	json_set_text(said, "name", name);
	json_set_text(said, "why", why);
	return said;
}

static void
note_people(struct calling *k)
{
	for (int i = 0; i < k->page.count; i++) {
		const struct page_person *p = &k->page.people[i];
		struct json *said = said_of(p->name, p->why);

		json_push(k->turns, turn_row(k->w, p->id, p->why, p->skipped, k->step,
			k->round));
		json_set_text(said, "login", p->login);
		if (p->skipped != NULL) {
			json_set_text(said, "reason", p->skipped);
			json_push(k->skipped, said);
		} else {
			json_push(k->called, said);
		}
	}
}

static void
note_empty(struct calling *k, const struct policy_step *step)
{
	struct json *row = json_object();

	json_set_int(row, "step", k->step);
	json_set(row, "who", json_copy(step->who));
	json_push(k->empty, row);
}

/* One step on; false where the rounds are over. */
static bool
step_on(struct calling *k)
{
	const struct policy *p = &k->w->policy;

	if (k->step < p->count) {
		k->step++;
		return true;
	}
	if (p->rounds != POLICY_FOR_EVER && k->round >= p->from_round + p->rounds - 1) {
		k->rests = true;
		return false;
	}
	k->round++;
	k->step = 1;
	return true;
}

static bool
find_step(struct calling *k, struct error *err)
{
	const struct escalate_work *w = k->w;

	while (k->tried++ < w->policy.count && step_on(k)) {
		const struct policy_step *step = &w->policy.steps[k->step - 1];
		struct page_of of = { .c = &w->c, .digest = w->policy.digest,
			.assignee_id = w->assignee_id,
			.opener_id = k->round == 1 ? w->opener_id : "" };

		page_clear(&k->page);
		if (!page_find(&k->page, w->desk, &of, step, w->now, err)) {
			return false;
		}
		note_people(k);
		if (k->page.calls + k->page.know > 0) {
			return true;
		}
		note_empty(k, step);
	}
	page_clear(&k->page);
	return true;
}

/* ---- messages ---- */

static struct json *
message_vars(const struct escalate_work *w)
{
	struct json *vars = tell_vars(&w->c);

	if (w->what[0] != '\0') {
		json_set_text(vars, "work", w->what);
		json_set_int(vars, "n", w->n);
	}
	if (w->due_at != NO_DUE) {
		json_set_int(vars, "due_at", w->due_at);
	}
	return vars;
}

static enum message_rank
rank_of(const struct escalate_work *w)
{
	if (w->policy.digest) {
		return RANK_DIGEST;
	}
	return strcmp(w->e.subject, "case") == 0 ? RANK_PAGE : RANK_WORK;
}

/* He who has it is asked by a message about his work: a call leaves only while
 * nobody has it. */
static bool
queue_to(const struct escalate_work *w, const char *member_id, const char *template,
	const struct json *channels, int cause, struct error *err)
{
	enum message_rank rank = strcmp(template, "hoi_lai") == 0 ? RANK_WORK : rank_of(w);
	struct json *vars = message_vars(w);
	bool ok = true;

	for (const struct json *one = json_first(channels); ok && one != NULL;
	     one = json_next(one)) {
		const char *channel = json_text(one, "");

		ok = outbox_queue(w->desk, &(struct message_new){ .case_id = w->c.id,
			.to_kind = "member", .to_id = member_id, .template = template,
			.vars = vars, .drill = w->c.drill, .cause = cause,
			.channel = channel[0] == '\0' ? NULL : channel, .rank = rank,
			.escalation = w->e.id, .acts = ACTS }, err);
		if (desk_is_demo(w->desk)) {
			break; /* whatever the channel, one file */
		}
	}
	json_free(vars);
	return ok;
}

static const char *
template_of(const struct escalate_work *w)
{
	if (strcmp(w->e.subject, "case") == 0) {
		return "goi_su_co";
	}
	return strcmp(w->e.subject, "step") == 0 ? "goi_viec" : "goi_han";
}

static bool
queue_calls(struct calling *k, const struct json *channels, int cause, struct error *err)
{
	const struct json *by = json_first(channels);
	bool enough;

	for (int i = 0; i < k->page.count; i++) {
		const char *id = k->page.people[i].id;

		if (k->page.people[i].skipped != NULL) {
			continue;
		}
		if (!escalate_instead(k->w, id, &enough, err) ||
		    (!enough && !queue_to(k->w, id, template_of(k->w), by, cause, err))) {
			return false;
		}
		k->w->report->called++;
		by = json_next(by);
	}
	return true;
}

/* Who is empty, in both languages: the text is written in the reader's. */
static void
put_request(struct json *vars, const char *key, const char *language,
	const struct calling *k)
{
	struct buf text = { 0 };

	for (const struct json *row = json_first(k->empty); row != NULL;
	     row = json_next(row)) {
		for (const struct json *word = json_first(json_get(row, "who")); word != NULL;
		     word = json_next(word)) {
			buf_addf(&text, "%s%s", text.len > 0 ? ", " : "",
				i18n_in(language, page_word(json_text(word, ""))));
		}
	}
	for (const struct json *one = json_first(k->skipped); one != NULL;
	     one = json_next(one)) {
		buf_addf(&text, "%s%s: %s", text.len > 0 ? "; " : "",
			json_text_of(one, "name"),
			i18n_in(language, json_text_of(one, "reason")));
	}
	json_set_text(vars, key, buf_text(&text));
	buf_free(&text);
}

static bool
is_called(const struct calling *k, const char *id)
{
	for (int i = 0; i < k->page.count; i++) {
		if (strcmp(k->page.people[i].id, id) == 0 && k->page.people[i].skipped == NULL) {
			return true;
		}
	}
	return false;
}

/* Coordinators; administrators where the desk has none. */
static bool
tell_coordinators(struct calling *k, const char *template, int cause, struct error *err)
{
	struct escalate_work *w = k->w;
	struct stmt *st = db_query(desk_db(w->desk), &COORDINATORS, NOARGS);
	struct json *ids = json_array();
	struct json *vars = message_vars(w);
	bool any = false;
	bool ok;

	while (stmt_row(st)) {
		bool coordinator = strcmp(stmt_text(st, 1), "coordinator") == 0;

		if (coordinator || !any) {
			json_push(ids, json_string(stmt_text(st, 0)));
		}
		any = any || coordinator;
	}
	ok = stmt_done(st, err);
	put_request(vars, "request_vi", "vi", k);
	put_request(vars, "request_en", "en", k);
	for (const struct json *id = json_first(ids); ok && id != NULL; id = json_next(id)) {
		ok = is_called(k, json_text(id, "")) ||
			outbox_queue(w->desk, &(struct message_new){ .case_id = w->c.id,
				.to_kind = "member", .to_id = json_text(id, ""),
				.template = template, .vars = vars, .drill = w->c.drill,
				.cause = cause, .rank = rank_of(w), .escalation = w->e.id,
				.acts = ACTS }, err);
	}
	json_free(ids);
	json_free(vars);
	return ok;
}

/* ---- the event ---- */

static int64_t
next_of(const struct calling *k)
{
	const struct policy *p = &k->w->policy;
	int64_t last = p->steps[p->count - 1].after_ms;

	if (k->rests) {
		return NO_DUE;
	}
	if (k->page.count == 0) {
		return k->w->now + (last > NOBODY_MS ? last : NOBODY_MS);
	}
	return k->w->now + p->steps[k->step - 1].after_ms;
}

/* The channels of each who is called, in their order: for the line and the queue. */
static struct json *
channels_of(struct calling *k, struct error *err)
{
	struct json *all = json_array();
	struct json *called = json_array();
	const struct json *said = json_first(k->called);

	for (int i = 0; i < k->page.count; i++) {
		struct json *channels;
		struct json *with;

		if (k->page.people[i].skipped != NULL) {
			continue;
		}
		channels = page_channels(k->w->desk, &k->w->c, k->page.people[i].id,
			k->w->policy.steps[k->step - 1].by, err);
		if (channels == NULL) {
			json_free(all);
			json_free(called);
			return NULL;
		}
		with = json_copy(said);
		json_set(with, "by", json_copy(channels));
		json_push(called, with);
		json_push(all, channels);
		said = json_next(said);
	}
	json_free(k->called);
	k->called = called;
	return all;
}

static void
put_said(struct json *body, const struct calling *k, const char *reason)
{
	json_set_int(body, "step", k->step);
	json_set_int(body, "round", k->round);
	json_set_text(body, "because", reason);
	json_set(body, "called", json_copy(k->called));
	json_set(body, "left_out", json_copy(k->skipped));
	json_set(body, "empty", json_copy(k->empty));
}

static void
put_moves(struct json *body, const struct calling *k)
{
	const struct escalation *e = &k->w->e;
	int64_t next = next_of(k);

	escalate_move(body, "at_step", e->at_step, k->step);
	escalate_move(body, "round", e->round, k->round);
	escalate_move(body, "next_at", e->next_at, next);
	if (k->called != NULL) {
		escalate_move(body, "last_at", e->last_at, k->w->now);
	}
	k->w->next_at = next;
}

/* Nobody in a whole round: it is tried again from its first step. */
static void
settle(struct calling *k)
{
	if (k->page.count == 0 && !k->rests) {
		k->step = 0;
		k->round = k->w->e.round + 1;
	} else if (k->rests) {
		k->step = k->w->e.at_step;
		k->round = k->w->e.round;
	}
}

static bool
act(struct calling *k, struct json *body, const char *reason, struct error *err)
{
	struct escalate_work *w = k->w;
	bool first_round = w->e.round <= w->policy.from_round;
	struct json *channels;
	bool tells;
	int cause;
	bool ok;

	settle(k);
	channels = channels_of(k, err);
	if (channels == NULL) {
		json_free(body);
		return false;
	}
	put_said(body, k, reason);
	put_moves(body, k);
	if (k->rests) {
		json_set_text(body, "act", "rests");
	}
	escalate_add_each(w, body, k->turns);
	k->turns = NULL;
	w->report->empty += json_count(k->empty);
	cause = change_mark(w->desk);
	tells = k->rests || (json_count(k->empty) > 0 && first_round);
	ok = queue_calls(k, channels, cause, err) && (!tells ||
		tell_coordinators(k, k->rests ? "khong_ai_nhan" : "khong_goi_duoc", cause, err));
	json_free(channels);
	return ok;
}

bool
escalate_next(struct escalate_work *w, struct json *body, const char *reason,
	struct error *err)
{
	struct calling k = { .w = w, .step = w->e.at_step, .round = w->e.round,
		.turns = json_array(), .called = json_array(), .skipped = json_array(),
		.empty = json_array() };
	bool ok = find_step(&k, err);

	if (ok) {
		ok = act(&k, body, reason, err);
	} else {
		json_free(body);
	}
	calling_clear(&k);
	return ok;
}

bool
escalate_another(bool *there, const struct escalate_work *w, struct error *err)
{
	*there = false;
	for (int i = w->e.at_step; i < w->policy.count && !*there; i++) {
		struct page_of of = { .c = &w->c, .digest = w->policy.digest,
			.assignee_id = w->assignee_id,
			.opener_id = w->opener_id };
		struct page page;
		bool ok = page_find(&page, w->desk, &of, &w->policy.steps[i], w->now, err);

		*there = ok && page.calls > 0;
		page_clear(&page);
		if (!ok) {
			return false;
		}
	}
	return true;
}

bool
escalate_one(struct escalate_work *w, struct json *body, struct json *turns,
	const char *member_id, const char *why, const char *template, struct error *err)
{
	struct json *channels = page_channels(w->desk, &w->c, member_id, NULL, err);
	int cause;
	bool ok;

	if (channels == NULL) {
		json_free(body);
		json_free(turns);
		return false;
	}
	if (json_count(channels) == 0) {
		json_push(channels, json_string("")); /* stands as failed: told by hand */
	}
	json_push(turns, turn_row(w, member_id, why, NULL, w->e.at_step, w->e.round));
	escalate_add_each(w, body, turns);
	cause = change_mark(w->desk);
	w->report->called++;
	ok = queue_to(w, member_id, template != NULL ? template : template_of(w), channels,
		cause, err);
	json_free(channels);
	return ok;
}
