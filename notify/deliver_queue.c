/* deliver_queue.c owns the order in which waiting messages go (local_delivery):
 * by rank, within a rank the case that was served longest ago, within a case the
 * oldest.  What it costs does not grow with the number that waits. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "notify/deliver_queue.h"

#define CASES_MAX 256       /* weighed against each other at one time */
#define FAR_MS 3600000
#define SURE_MS 60000       /* how often the queue is compared with the outbox */

/* $1: after which position; 0 looks at all that are open. */
SQL(FEED, "i",
	"INSERT INTO local_delivery (message_id, channel, address, rank, fair, position,"
	" tries, next_at, why) SELECT id, channel, address, rank, COALESCE(case_id, '-'),"
	" position, 0, not_before, CASE WHEN not_before > 0 THEN 'quiet' ELSE '' END"
	" FROM message WHERE position > $1 AND is_open = 1 AND bundle = ''"
	" AND state IN ('queued', 'unknown') ON CONFLICT (message_id) DO NOTHING");
SQL(FEED_ALL, "",
	"INSERT INTO local_delivery (message_id, channel, address, rank, fair, position,"
	" tries, next_at, why) SELECT id, channel, address, rank, COALESCE(case_id, '-'),"
	" position, 0, not_before, CASE WHEN not_before > 0 THEN 'quiet' ELSE '' END"
	" FROM message WHERE is_open = 1 AND bundle = '' AND state IN ('queued', 'unknown')"
	" AND NOT EXISTS (SELECT 1 FROM local_delivery d WHERE d.message_id = message.id)"
	" ON CONFLICT (message_id) DO NOTHING");
SQL(FED_TO, "", "SELECT position FROM message ORDER BY position DESC LIMIT 1");
SQL(UNFED, "i", "SELECT COUNT(*) FROM (SELECT 1 FROM message WHERE position > $1"
	" AND is_open = 1 AND bundle = '' AND state IN ('queued', 'unknown') LIMIT 1) AS found");
SQL(UNFED_ANY, "", "SELECT COUNT(*) FROM (SELECT 1 FROM message WHERE is_open = 1"
	" AND bundle = '' AND state IN ('queued', 'unknown') AND NOT EXISTS"
	" (SELECT 1 FROM local_delivery d WHERE d.message_id = message.id) LIMIT 1) AS found");

/* What was planned by a clock that was put back; quiet hours are of the message. */
SQL(PLANNED_ANEW, "i", "UPDATE local_delivery SET next_at = 0, why = '' WHERE next_at > $1"
	" AND why <> 'quiet'");
SQL(PLANNED_FAR, "i", "SELECT COUNT(*) FROM (SELECT 1 FROM local_delivery WHERE next_at > $1"
	" AND why <> 'quiet' LIMIT 1) AS found");

SQL(NEXT_RANK, "ti", "SELECT rank FROM local_delivery WHERE channel = $1 AND rank > $2"
	" ORDER BY rank LIMIT 1");
SQL(NEXT_FAIR, "tit", "SELECT fair FROM local_delivery WHERE channel = $1 AND rank = $2"
	" AND fair > $3 ORDER BY fair LIMIT 1");
SQL(DUE_OF_CASE, "titii",
	"SELECT message_id, position FROM local_delivery WHERE channel = $1 AND rank = $2"
	" AND fair = $3 AND next_at <= $4 AND NOT EXISTS (SELECT 1 FROM local_claim l"
	" WHERE l.message_id = local_delivery.message_id)"
	" ORDER BY next_at, position LIMIT $5");
/* One member's: a watch looks at what is for its own screen, which is little. */
SQL(DUE_OF_MEMBER, "ttii",
	"SELECT d.message_id FROM local_delivery d JOIN message m ON m.id = d.message_id"
	" WHERE d.channel = $1 AND m.to_id = $2 AND d.next_at <= $3 AND NOT EXISTS"
	" (SELECT 1 FROM local_claim l WHERE l.message_id = d.message_id)"
	" ORDER BY d.rank, d.position LIMIT $4");

SQL(LATER, "tit", "UPDATE local_delivery SET next_at = $2, why = $3 WHERE message_id = $1");
SQL(DROP, "t", "DELETE FROM local_delivery WHERE message_id = $1");

/* When each case was served last, by turns; a case that is not there: never. */
struct served {
	char fair[UUID_SIZE];
	int64_t turn;
};

struct candidate {
	char fair[UUID_SIZE];
	int64_t turn;  /* when it was served last */
	int64_t first; /* position of its first message */
	int count;
	char (*ids)[UUID_SIZE]; /* ours */
};

/* The whole outbox, at the start and then each minute: nothing that waits may be
 * forgotten, by whatever way it came to wait. */
static bool
look_at_all(const struct deliver *d, int64_t last)
{
	int64_t now = desk_now(d->desk);

	return d->sure_at == 0 || last < d->fed_to || now < d->sure_at ||
		now - d->sure_at >= SURE_MS;
}

/* Beyond which time nothing can have been planned by this clock: while it was seen to
 * go back now itself, at the start the longest that any other side may ask for. */
static int64_t
horizon(const struct deliver *d)
{
	return desk_now(d->desk) + (d->sure_at == 0 ? FAR_MS : 0);
}

static bool
clock_went_back(struct deliver *d, bool *back, struct error *err)
{
	int64_t far = 0;

	*back = d->sure_at != 0 && desk_now(d->desk) < d->sure_at;
	if (d->only_to[0] != '\0' || (d->sure_at != 0 && !*back)) {
		return true;
	}
	if (!*back && !db_one_int(desk_db(d->desk), &PLANNED_FAR, &far, err, I64(horizon(d)))) {
		return false;
	}
	*back = *back || far > 0;
	return true;
}

bool
queue_unfed(struct deliver *d, bool *unfed, struct error *err)
{
	struct db *db = desk_db(d->desk);
	int64_t last = 0;
	int64_t count = 0;
	bool back;
	bool all;

	/* The end first: what is queued between the two questions is found next. */
	if (!db_one_int(db, &FED_TO, &last, err, NOARGS)) {
		return false;
	}
	all = look_at_all(d, last);
	if (!(all ? db_one_int(db, &UNFED_ANY, &count, err, NOARGS)
		    : db_one_int(db, &UNFED, &count, err, I64(d->fed_to)))) {
		return false;
	}
	if (!clock_went_back(d, &back, err)) {
		return false;
	}
	*unfed = count > 0 || back;
	if (!*unfed) {
		d->fed_to = last;
	}
	if (all && !back) {
		d->sure_at = *unfed ? 0 : desk_now(d->desk);
	}
	return true;
}

static bool
plan_anew(struct deliver *d, struct error *err)
{
	for (int i = 0; i < d->slot_count; i++) {
		d->slots[i].paused_until = 0;
	}
	return db_run(desk_db(d->desk), &PLANNED_ANEW, err, I64(horizon(d)));
}

bool
queue_feed(struct deliver *d, struct error *err)
{
	struct db *db = desk_db(d->desk);
	int64_t last = 0;
	bool back;
	bool all;

	if (!db_one_int(db, &FED_TO, &last, err, NOARGS) || !clock_went_back(d, &back, err)) {
		return false;
	}
	all = look_at_all(d, last);
	if ((back && !plan_anew(d, err)) ||
	    !(all ? db_run(db, &FEED_ALL, err, NOARGS)
		    : db_run(db, &FEED, err, I64(d->fed_to)))) {
		return false;
	}
	d->fed_to = last;
	if (all) {
		d->sure_at = desk_now(d->desk);
	}
	return true;
}

/* ---- whose turn it is ---- */

static int64_t
served_at(const struct slot *slot, const char *fair)
{
	for (int i = 0; slot->served != NULL && i < SERVED_MAX; i++) {
		if (strcmp(slot->served[i].fair, fair) == 0) {
			return slot->served[i].turn;
		}
	}
	return 0;
}

void
queue_served(struct slot *slot, const char *fair)
{
	struct served *oldest;

	if (slot->served == NULL) {
		slot->served = xcalloc(SERVED_MAX, sizeof *slot->served);
	}
	oldest = &slot->served[0];
	for (int i = 0; i < SERVED_MAX; i++) {
		struct served *s = &slot->served[i];

		if (strcmp(s->fair, fair) == 0) {
			oldest = s;
			break;
		}
		if (s->turn < oldest->turn) {
			oldest = s;
		}
	}
	(void)snprintf(oldest->fair, sizeof oldest->fair, "%s", fair);
	oldest->turn = ++slot->turn;
}

static int
by_turn(const void *a, const void *b)
{
	const struct candidate *x = a;
	const struct candidate *y = b;

	if (x->turn != y->turn) {
		return x->turn < y->turn ? -1 : 1;
	}
	return x->first < y->first ? -1 : x->first > y->first;
}

/* ---- choosing ---- */

struct choosing {
	struct deliver *d;
	struct slot *slot;
	int64_t rank;
	struct candidate *cases; /* ours: CASES_MAX */
	int count;
	struct queue_choice *out;
};

/* The cases that wait in this rank, at most CASES_MAX; with more the next time
 * begins where this one ended. */
static bool
find_cases(struct choosing *c, struct error *err)
{
	struct db *db = desk_db(c->d->desk);
	char *cursor = c->slot->cursor[c->rank < RANKS_MAX ? c->rank : RANKS_MAX - 1];
	char begun[UUID_SIZE];
	bool wrapped = cursor[0] == '\0';

	c->count = 0;
	(void)snprintf(begun, sizeof begun, "%s", cursor);
	while (c->count < CASES_MAX) {
		struct candidate *one = &c->cases[c->count];
		char *fair = NULL;

		if (!db_one_text(db, &NEXT_FAIR, &fair, err, TXT(c->slot->name), I64(c->rank),
			    TXT(cursor))) {
			return false;
		}
		if (fair == NULL || (wrapped && begun[0] != '\0' && strcmp(fair, begun) > 0)) {
			free(fair);
			cursor[0] = '\0';
			if (wrapped) {
				break;
			}
			wrapped = true;
			continue;
		}
		(void)snprintf(cursor, UUID_SIZE, "%s", fair);
		*one = (struct candidate){ .turn = served_at(c->slot, fair) };
		(void)snprintf(one->fair, sizeof one->fair, "%s", fair);
		free(fair);
		c->count++;
	}
	return true;
}

static bool
find_messages(struct choosing *c, struct candidate *one, int many, struct error *err)
{
	struct stmt *st = db_query(desk_db(c->d->desk), &DUE_OF_CASE, TXT(c->slot->name),
		I64(c->rank), TXT(one->fair), I64(desk_now(c->d->desk)), I64(many));

	one->ids = xcalloc((size_t)many, sizeof *one->ids);
	while (one->count < many && stmt_row(st)) {
		if (one->count == 0) {
			one->first = stmt_int(st, 1);
		}
		(void)snprintf(one->ids[one->count++], UUID_SIZE, "%s", stmt_text(st, 0));
	}
	return stmt_done(st, err);
}

/* One of each case, then the second of each, until there are enough. */
static void
deal(struct choosing *c, int many)
{
	bool more = true;

	for (int turn = 0; more && c->out->count < many; turn++) {
		more = false;
		for (int i = 0; i < c->count && c->out->count < many; i++) {
			struct candidate *one = &c->cases[i];

			if (turn < one->count) {
				memcpy(c->out->ids[c->out->count++], one->ids[turn], UUID_SIZE);
				more = true;
			}
		}
	}
}

static bool
choose_rank(struct choosing *c, int many, struct error *err)
{
	int left = many - c->out->count;
	bool ok = find_cases(c, err);
	int each = c->count == 0 ? 0 : left / c->count + 1;

	for (int i = 0; ok && i < c->count; i++) {
		ok = find_messages(c, &c->cases[i], each, err);
	}
	if (ok && c->count > 0) {
		qsort(c->cases, (size_t)c->count, sizeof *c->cases, by_turn);
		deal(c, many);
	}
	for (int i = 0; i < c->count; i++) {
		free(c->cases[i].ids);
	}
	return ok;
}

static bool
choose_for_member(struct deliver *d, struct slot *slot, int many,
	struct queue_choice *out, struct error *err)
{
	struct stmt *st = db_query(desk_db(d->desk), &DUE_OF_MEMBER, TXT(slot->name),
		TXT(d->only_to), I64(desk_now(d->desk)), I64(many));

	while (out->count < many && stmt_row(st)) {
		(void)snprintf(out->ids[out->count++], UUID_SIZE, "%s", stmt_text(st, 0));
	}
	return stmt_done(st, err);
}

bool
queue_choose(struct deliver *d, struct slot *slot, int many, struct queue_choice *out,
	struct error *err)
{
	struct choosing c = { .d = d, .slot = slot, .out = out };
	bool ok = true;

	out->count = 0;
	many = many > AHEAD ? AHEAD : many;
	if (d->only_to[0] != '\0') {
		return choose_for_member(d, slot, many, out, err);
	}
	c.cases = xcalloc(CASES_MAX, sizeof *c.cases);
	for (int64_t rank = -1; ok && out->count < many;) {
		int64_t next = -1;

		ok = db_one_int(desk_db(d->desk), &NEXT_RANK, &next, err, TXT(slot->name),
			I64(rank));
		if (!ok || next < 0) {
			break;
		}
		rank = next;
		c.rank = rank;
		ok = choose_rank(&c, many, err);
	}
	free(c.cases);
	return ok;
}

bool
queue_later(struct deliver *d, const char *id, int64_t next_at, const char *why,
	struct error *err)
{
	return db_run(desk_db(d->desk), &LATER, err, TXT(id), I64(next_at), TXT(why));
}

bool
queue_drop(struct deliver *d, const char *id, struct error *err)
{
	return db_run(desk_db(d->desk), &DROP, err, TXT(id));
}
