/* undo_group.c finds which events of plans came by one act. */
#include "core/undo_group.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/i18n.h"
#include "core/json.h"
#include "core/mem.h"

SQL(BEFORE, "ti", "SELECT " EVENT_COLUMNS " FROM event WHERE case_id = $1"
	" AND seq <= $2 ORDER BY seq DESC");
SQL(AFTER, "ti", "SELECT " EVENT_COLUMNS " FROM event WHERE case_id = $1"
	" AND seq > $2 ORDER BY seq");
SQL(MADE, "tii", "SELECT seq FROM event WHERE case_id = $1 AND seq >= $2 AND seq < $3"
	" ORDER BY seq");

/* What an event of a plan says of itself. */
struct look {
	char run[UUID_SIZE]; /* the plan's run */
	bool plan;           /* it is one of a plan */
	bool begun;          /* the run began by it */
	bool call_ended;     /* of a step that calls another plan: no person ends it */
	char *waits;         /* the runs that its run waits for since; ours */
};

static bool
of_plan(const struct event *event)
{
	return strncmp(event->kind, "step_", 5) == 0 || strncmp(event->kind, "run_", 4) == 0;
}

static void
look_at(struct look *out, const struct event *event)
{
	static const char call[] = "playbook-action--";
	struct json *body = NULL;
	struct error ignored;
	const char *of;

	*out = (struct look){ .plan = of_plan(event),
		.begun = strcmp(event->kind, "run_started") == 0 };
	if (!out->plan || !event->has_body ||
	    !json_parse(&body, event->body, strlen(event->body), NULL, &ignored)) {
		return;
	}
	of = json_get_text(json_get(body, "step"), "id");
	out->call_ended = !out->begun && of != NULL && strncmp(of, call, sizeof call - 1) == 0;
	of = json_get_text(body, "run_id");
	(void)snprintf(out->run, sizeof out->run, "%s", of == NULL ? "" : of);
	of = json_get_text(json_get(body, "run"), "waits_on");
	out->waits = of == NULL ? NULL : xstrdup(of);
	json_free(body);
}

static bool
waits_for(const char *waits, const char *run)
{
	return waits != NULL && run[0] != '\0' && strstr(waits, run) != NULL;
}

static bool
read_row(struct event *event, struct stmt *st, struct error *err)
{
	return event_from_row(event, st) || error_set(err, ERR_IO,
		_("event %lld is damaged; run `suco verify`"), (long long)event->seq);
}

/* The way back: the event in hand, and whether one before it led to it. */
struct back {
	int64_t seq, at;
	char run[UUID_SIZE]; /* begun by it; "": not that */
	bool call_ended;
	bool more;
};

static void
step_back(struct back *b, const struct event *event)
{
	struct look look;

	look_at(&look, event);
	b->more = b->seq == 0 || b->at - event->recorded_at <= ONE_ACT_MS;
	if (b->more && look.plan && (b->seq == 0 || b->call_ended ||
	    waits_for(look.waits, b->run))) {
		b->seq = event->seq;
		b->at = event->recorded_at;
		b->call_ended = look.call_ended;
		(void)snprintf(b->run, sizeof b->run, "%s", look.begun ? look.run : "");
	}
	b->more = b->more && b->seq != 0 && (b->call_ended || b->run[0] != '\0');
	free(look.waits);
}

bool
undo_group_root(struct db *db, const char *case_id, int64_t *seq, struct error *err)
{
	struct stmt *st = db_query(db, &BEFORE, TXT(case_id), I64(*seq));
	struct back back = { .more = true };
	struct error ignored;
	bool ok = true;

	while (ok && back.more && stmt_row(st)) {
		struct event event = { 0 };

		ok = read_row(&event, st, err);
		if (ok) {
			step_back(&back, &event);
		}
		event_clear(&event);
	}
	*seq = back.seq != 0 ? back.seq : *seq;
	return stmt_done(st, ok ? err : &ignored) && ok;
}

/* Did it come with what was before it? */
static bool
came_with(struct buf *waits, const struct event *event, bool *more)
{
	struct look look;
	bool led;

	look_at(&look, event);
	led = look.call_ended || (look.begun && waits_for(buf_text(waits), look.run));
	*more = !look.plan || led;
	buf_addf(waits, " %s", look.waits == NULL ? "" : look.waits);
	free(look.waits);
	return led;
}

/* What a step's answers made stands before the step, which counts it. */
static bool
add_made_before(struct undo_group *out, struct db *db, const struct event *root,
	struct error *err)
{
	struct json *body = NULL;
	struct error ignored;
	struct stmt *st;
	int64_t count;

	if (!root->has_body ||
	    !json_parse(&body, root->body, strlen(root->body), NULL, &ignored)) {
		return true;
	}
	count = json_get_int(body, "made_before", 0);
	json_free(body);
	if (count <= 0) {
		return true;
	}
	st = db_query(db, &MADE, TXT(root->case_id), I64(root->seq - count), I64(root->seq));
	while (out->count < UNDO_GROUP_MAX && stmt_row(st)) {
		out->seqs[out->count++] = stmt_int(st, 0);
	}
	return stmt_done(st, err);
}

bool
undo_group_load(struct undo_group *out, struct db *db, const struct event *root,
	struct error *err)
{
	struct buf waits = { 0 };
	struct error ignored;
	struct stmt *st;
	bool more = true;
	bool ok = true;

	out->count = 0;
	if (!of_plan(root)) {
		return true;
	}
	if (!add_made_before(out, db, root, err)) {
		return false;
	}
	(void)came_with(&waits, root, &more);
	st = db_query(db, &AFTER, TXT(root->case_id), I64(root->seq));
	more = true;
	while (ok && more && out->count < UNDO_GROUP_MAX && stmt_row(st)) {
		struct event event = { 0 };

		ok = read_row(&event, st, err);
		more = event.recorded_at - root->recorded_at <= ONE_ACT_MS;
		if (ok && more && came_with(&waits, &event, &more)) {
			out->seqs[out->count++] = event.seq;
		}
		event_clear(&event);
	}
	buf_free(&waits);
	return stmt_done(st, ok ? err : &ignored) && ok;
}
