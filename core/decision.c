/* decision.c reads the decisions of a case, of a step, of the desk. */
#include "core/decision.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/fold.h"
#include "core/i18n.h"
#include "core/mem.h"

#define COLUMNS "d.id, d.case_id, c.number, c.title," \
	" COALESCE(c.severity, c.severity_suggested, 0), c.drill, d.n, d.question," \
	" d.role, d.name, d.channel, COALESCE(m.login, ''), COALESCE(d.asked_at, 0)," \
	" d.until_at, d.options, d.state, d.answer, d.reason, d.answered_by," \
	" COALESCE(d.answered_at, 0), d.fallback, d.authority, d.fallback_by," \
	" COALESCE(d.fallback_at, 0), d.doc_number, d.doc_date, d.instance, d.tries," \
	" COALESCE(d.ended_at, 0), COALESCE(t.number, '')"
#define BESIDE " LEFT JOIN cases t ON t.id = c.merged_into" \
	" LEFT JOIN member m ON m.id = d.asked_by "
#define FROM " FROM decision d JOIN cases c ON c.id = d.case_id" BESIDE

/* Its own, then the open ones of those that were merged into it. */
SQL(DECISIONS_OF_CASE, "t", "SELECT " COLUMNS FROM "WHERE d.case_id IN"
	" (SELECT z.id FROM cases z WHERE z.id = $1 OR z.merged_into = $1)"
	" AND (d.case_id = $1 OR d.ended_at IS NULL)"
	" ORDER BY COALESCE(c.merged_into, ''), c.number, d.n");
/* Ids are in the order of time: the newest first, by the primary key, so many at a
 * time that who stops early reads no more.  CROSS JOIN: decisions lead. */
#define AT_A_TIME 200
#define MOST 5000
#define NEWEST " FROM decision d CROSS JOIN cases c" BESIDE \
	"WHERE c.id = d.case_id AND d.id < $1 "
SQL(DECISIONS_OF_DESK, "ti", "SELECT " COLUMNS NEWEST "ORDER BY d.id DESC LIMIT $2");
SQL(DECISIONS_OPEN_ONES, "", "SELECT " COLUMNS FROM
	"WHERE d.ended_at IS NULL ORDER BY d.until_at, d.id");
SQL(DECISIONS_WITHOUT_PAPER, "ti", "SELECT " COLUMNS NEWEST
	"AND d.ended_at IS NOT NULL AND d.state <> 'withdrawn' AND d.doc_number = ''"
	" ORDER BY d.id DESC LIMIT $2");
SQL(DECISION_BY_N, "ti", "SELECT " COLUMNS FROM "WHERE d.case_id = $1 AND d.n = $2");
SQL(DECISION_OF_STEP, "t", "SELECT " COLUMNS FROM
	"WHERE d.instance = $1 AND d.instance <> '' AND d.state <> 'withdrawn'"
	" ORDER BY d.n DESC LIMIT 1");
/* +c.drill: by no index, so that the open ones lead and not all cases. */
SQL(DECISION_COUNT, "", "SELECT COUNT(*) FROM decision d JOIN cases c ON c.id = d.case_id"
	" WHERE d.ended_at IS NULL AND +c.drill = 0");
SQL(DECISION_LEFT, "t",
	"SELECT d.n, d.question, d.name, c.number FROM decision d"
	" JOIN cases c ON c.id = d.case_id"
	" WHERE d.case_id IN (SELECT z.id FROM cases z WHERE z.id = $1 OR z.merged_into = $1)"
	" AND d.ended_at IS NULL ORDER BY c.number, d.n LIMIT 1");

void
decision_clear(struct decision *d)
{
	char *const texts[] = {
		d->title, d->question, d->role, d->name, d->channel, d->asked_by, d->answer,
		d->reason, d->answered_by, d->fallback, d->authority, d->fallback_by,
		d->doc_number, d->doc_date,
	};

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		free(texts[i]);
	}
	json_free(d->options);
	*d = (struct decision){ 0 };
}

static struct json *
options_of(const char *text)
{
	struct json *options = NULL;
	struct error ignored;

	return text[0] != '\0' && json_parse(&options, text, strlen(text), NULL, &ignored)
		? options : NULL;
}

static void
from_row(struct decision *d, struct stmt *st)
{
	*d = (struct decision){
		.title = stmt_dup(st, 3), .severity = (int)stmt_int(st, 4),
		.drill = stmt_int(st, 5) != 0, .n = (int)stmt_int(st, 6),
		.question = stmt_dup(st, 7), .role = stmt_dup(st, 8), .name = stmt_dup(st, 9),
		.channel = stmt_dup(st, 10), .asked_by = stmt_dup(st, 11),
		.asked_at = stmt_int(st, 12), .until_at = stmt_int(st, 13),
		.options = options_of(stmt_text(st, 14)), .answer = stmt_dup(st, 16),
		.reason = stmt_dup(st, 17), .answered_by = stmt_dup(st, 18),
		.answered_at = stmt_int(st, 19), .fallback = stmt_dup(st, 20),
		.authority = stmt_dup(st, 21), .fallback_by = stmt_dup(st, 22),
		.fallback_at = stmt_int(st, 23), .doc_number = stmt_dup(st, 24),
		.doc_date = stmt_dup(st, 25), .tries = (int)stmt_int(st, 27),
		.ended_at = stmt_int(st, 28),
	};
	(void)snprintf(d->id, sizeof d->id, "%s", stmt_text(st, 0));
	(void)snprintf(d->case_id, sizeof d->case_id, "%s", stmt_text(st, 1));
	(void)snprintf(d->number, sizeof d->number, "%s", stmt_text(st, 2));
	(void)snprintf(d->into, sizeof d->into, "%s", stmt_text(st, 29));
	(void)snprintf(d->state, sizeof d->state, "%s", stmt_text(st, 15));
	(void)snprintf(d->instance, sizeof d->instance, "%s", stmt_text(st, 26));
}

bool
decision_settled(const struct decision *d)
{
	return d->ended_at != 0 && strcmp(d->state, "withdrawn") != 0;
}

/* Of a case the filter is applied here: it has few. */
static bool
shown(const struct decision *d, enum decision_show show)
{
	return show == DECISIONS_ALL || (show == DECISIONS_OPEN ? d->ended_at == 0
		: decision_settled(d) && d->doc_number[0] == '\0');
}

struct reading {
	enum decision_show show;
	decision_visit *visit;
	void *arg;
	int64_t count;
	char last[UUID_SIZE];
};

/* False: who looks has seen enough. */
static bool
take_rows(struct reading *r, struct stmt *st)
{
	bool go_on = true;

	r->count = 0;
	while (go_on && stmt_row(st)) {
		struct decision one;

		from_row(&one, st);
		r->count++;
		memcpy(r->last, one.id, sizeof r->last);
		go_on = !shown(&one, r->show) || r->visit(&one, r->arg);
		decision_clear(&one);
	}
	return go_on;
}

static bool
newest_first(struct reading *r, struct desk *desk, const struct sql *sql,
	struct error *err)
{
	char before[UUID_SIZE] = "g"; /* after every id */
	bool go_on = true;

	for (int64_t seen = 0; go_on && seen < MOST; seen += r->count) {
		struct stmt *st = db_query(desk_db(desk), sql, TXT(before), I64(AT_A_TIME));

		go_on = take_rows(r, st) && r->count == AT_A_TIME;
		if (!stmt_done(st, err)) {
			return false;
		}
		memcpy(before, r->last, sizeof before);
	}
	return true;
}

bool
decision_each(struct desk *desk, const char *case_id, enum decision_show show,
	decision_visit *visit, void *arg, struct error *err)
{
	struct reading r = { .show = show, .visit = visit, .arg = arg };
	struct stmt *st;

	if (case_id == NULL && show != DECISIONS_OPEN) {
		return newest_first(&r, desk, show == DECISIONS_ALL ? &DECISIONS_OF_DESK
			: &DECISIONS_WITHOUT_PAPER, err);
	}
	st = case_id == NULL ? db_query(desk_db(desk), &DECISIONS_OPEN_ONES, NOARGS)
		: db_query(desk_db(desk), &DECISIONS_OF_CASE, TXT(case_id));
	(void)take_rows(&r, st);
	return stmt_done(st, err);
}

static bool
load(struct decision *out, bool *there, struct stmt *st, struct error *err)
{
	*out = (struct decision){ 0 };
	*there = stmt_row(st);
	if (*there) {
		from_row(out, st);
	}
	if (!stmt_done(st, err)) {
		decision_clear(out);
		return false;
	}
	return true;
}

bool
decision_load(struct decision *out, struct desk *desk, const char *case_id, int n,
	struct error *err)
{
	bool there;

	return load(out, &there, db_query(desk_db(desk), &DECISION_BY_N, TXT(case_id),
			I64(n)), err) &&
		(there || error_set(err, ERR_NOT_FOUND,
			_("this case has no decision %d: see `suco ask CASE list`"), n));
}

bool
decision_of_step(struct decision *out, bool *there, struct desk *desk,
	const char *instance, struct error *err)
{
	return load(out, there, db_query(desk_db(desk), &DECISION_OF_STEP, TXT(instance)),
		err);
}

bool
decision_count(struct desk *desk, int64_t *open, struct error *err)
{
	return db_one_int(desk_db(desk), &DECISION_COUNT, open, err, NOARGS);
}

bool
decision_left(struct desk *desk, const char *case_id, char **what, struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), &DECISION_LEFT, TXT(case_id));

	*what = NULL;
	if (stmt_row(st)) {
		*what = xasprintf(_("decision %lld of %s asked of %s: %s"),
			(long long)stmt_int(st, 0), stmt_text(st, 3), stmt_text(st, 2),
			stmt_text(st, 1));
	}
	return stmt_done(st, err);
}

static bool
same(const char *a, const char *b)
{
	char *one = fold_text(a), *two = fold_text(b);
	bool is = strcmp(one, two) == 0;

	free(one);
	free(two);
	return is;
}

static const struct json *
option(const struct decision *d, const char *answer)
{
	for (const struct json *row = json_first(d->options); row != NULL && answer != NULL;
	     row = json_next(row)) {
		const char *label = json_get_text(row, "label");

		if (strcmp(json_text(json_get(row, "value"), ""), answer) == 0 ||
		    (label != NULL && same(label, answer))) {
			return row;
		}
	}
	return NULL;
}

const char *
decision_label(const struct decision *d, const char *answer)
{
	const char *label = json_get_text(option(d, answer), "label");

	return label != NULL ? label : answer;
}

const char *
decision_value(const struct decision *d, const char *answer)
{
	return json_get_text(option(d, answer), "value");
}
