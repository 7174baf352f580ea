/* back_by.c owns the times by which a case must be recovered. */
#include "core/back_by.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/change.h"
#include "core/columns.h"
#include "core/fold.h"
#include "core/i18n.h"
#include "core/limits.h"
#include "core/mem.h"
#include "core/text.h"
#include "core/thing.h"
#include "core/when.h"

#define BY_FIELD "must_be_back_by"
#define REASON_FIELD "must_be_back_reason"

#define COLUMNS "SELECT id, n, due_at, title, state FROM deadline" \
	" WHERE rule = 'back_by' AND "
/* A case merged into this one is over when this one is: its times count here. */
#define WITH_MERGED "case_id IN (SELECT w.id FROM cases w WHERE w.id = $1" \
	" OR w.merged_into = $1) "

SQL(RUNNING, "t", COLUMNS WITH_MERGED "AND state = 'running' ORDER BY due_at, n, id");
SQL(MET_AT, "ti",
	COLUMNS WITH_MERGED "AND state = 'met' AND met_at >= $2 ORDER BY due_at, n, id");
SQL(DUE_AT, "ti",
	COLUMNS "case_id = $1 AND state = 'running' AND due_at = $2 ORDER BY n LIMIT 1");
SQL(MERGED_HERE, "t", "SELECT id FROM cases WHERE merged_into = $1 ORDER BY id");
SQL(NEXT_N, "t",
	"SELECT n + 1 FROM deadline WHERE case_id = $1 ORDER BY n DESC LIMIT 1");

static void
from_row(struct back_by *out, struct stmt *st)
{
	*out = (struct back_by){ .n = (int)stmt_int(st, 1), .due_at = stmt_int(st, 2),
		.reason = xstrdup(stmt_text(st, 3)) };
	(void)snprintf(out->id, sizeof out->id, "%s", stmt_text(st, 0));
	(void)snprintf(out->state, sizeof out->state, "%s", stmt_text(st, 4));
}

static bool
visit_rows(struct stmt *st, back_by_visit *visit, void *arg, struct error *err)
{
	bool go_on = true;

	while (go_on && stmt_row(st)) {
		struct back_by one;

		from_row(&one, st);
		go_on = visit(&one, arg);
		free(one.reason);
	}
	return stmt_done(st, err);
}

bool
back_by_each(struct desk *desk, const char *case_id, back_by_visit *visit, void *arg,
	struct error *err)
{
	return visit_rows(db_query(desk_db(desk), &RUNNING, TXT(case_id)), visit, arg, err);
}

bool
back_by_take(struct back_by_given *given, const char *assignment)
{
	const char *equals = strchr(assignment, '=');
	size_t len = equals == NULL ? 0 : (size_t)(equals - assignment);

	if (len == strlen(BY_FIELD) && strncmp(assignment, BY_FIELD, len) == 0) {
		given->by = equals + 1;
		return true;
	}
	if (len == strlen(REASON_FIELD) && strncmp(assignment, REASON_FIELD, len) == 0) {
		given->reason = equals + 1;
		return true;
	}
	return false;
}

/* "07:00", "22/11 07:00", and either with the reason behind it, as one types at
 * night into one field.  *rest points behind the time. */
static bool
read_time(struct desk *desk, const char *typed, int64_t *at, const char **rest,
	struct error *err)
{
	char full[WHEN_SHORT_SIZE];

	if (!when_parse_head(at, rest, typed, WHEN_DUE, desk_now(desk), desk_zone(desk),
			err)) {
		return false;
	}
	if (*at <= desk_now(desk)) {
		when_full(full, *at, desk_zone(desk));
		return error_set(err, ERR_BAD_INPUT,
			_("%s is past: this asks by when it must be back"), full);
	}
	return true;
}

static bool
add(struct desk *desk, const struct ir_case *c, int64_t at, const char *typed,
	const char *reason, struct error *err)
{
	char id[UUID_SIZE];
	struct json *body;
	int64_t n = 1;

	if (!db_one_int(desk_db(desk), &NEXT_N, &n, err, TXT(c->id))) {
		return false;
	}
	body = thing_new(desk, "deadline", id);
	row_int(body, "n", n);
	row_text(body, "rule", BACK_BY_RULE);
	row_text(body, "title", reason);
	row_text(body, "title_en", reason);
	row_text(body, "start_event", "manual");
	row_int(body, "start_at", desk_now(desk));
	row_int(body, "due_at", at);
	row_text(body, "typed", typed);
	row_text(body, "state", "running");
	row_text(body, "source", "own");
	json_set_int(body, "n", n);
	change_add(desk, "back_by_added", c->id, body);
	return true;
}

/* What the timeline says of a change, beside the columns. */
static struct json *
change_of(const struct back_by *one)
{
	struct json *body = thing_change("deadline", one->id);

	json_set_int(body, "n", one->n);
	json_set_text(body, "rule", BACK_BY_RULE);
	json_set_text(body, "title", one->reason);
	json_set_int(body, "due_at", one->due_at);
	return body;
}

/* The clock that runs to this very moment is there: only its words change. */
static bool
again(struct desk *desk, const struct ir_case *c, const struct back_by *one,
	const char *reason, struct error *err)
{
	struct json *body;

	if (strcmp(one->reason, reason) == 0 || reason[0] == '\0') {
		return true;
	}
	if (!change_guard(desk, one->id, "title", reason, one->reason, err)) {
		return false;
	}
	body = change_of(one);
	json_set_text(body, "title", reason);
	set_text(body, "title", one->reason, reason);
	set_text(body, "title_en", one->reason, reason);
	change_add(desk, "back_by_set", c->id, body);
	return true;
}

static bool
put(struct desk *desk, const struct ir_case *c, int64_t at, const char *typed,
	const char *reason, struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), &DUE_AT, TXT(c->id), I64(at));
	struct back_by one = { 0 };
	bool ok;

	if (stmt_row(st)) {
		from_row(&one, st);
	}
	ok = stmt_done(st, err) && (one.reason != NULL
		? again(desk, c, &one, reason, err)
		: add(desk, c, at, typed, reason, err));
	free(one.reason);
	return ok;
}

struct ending {
	struct desk *desk;
	const char *state, *reason;
	int64_t met_at;
	int64_t only;      /* the one that is due then; 0: all */
	struct json *list; /* of changes, one a clock */
};

static bool
end_one(const struct back_by *one, void *arg)
{
	struct ending *e = arg;
	struct json *child;

	if (e->only != 0 && one->due_at != e->only) {
		return true;
	}
	child = change_of(one);
	set_text(child, "state", one->state, e->state);
	if (strcmp(e->state, "not_applicable") == 0) {
		set_text(child, "reason", "", e->reason);
		set_text(child, "decided_by", "", desk_me(e->desk)->login);
	} else if (strcmp(e->state, "stopped") == 0) {
		set_text(child, "reason", "", e->reason);
	} else {
		bool met = strcmp(e->state, "met") == 0;

		set_int(child, "met_at", met ? 0 : e->met_at, met ? e->met_at : 0);
	}
	json_push(e->list, child);
	return true;
}

/* "none 07:00": the words behind it; NULL: it takes nothing away. */
static const char *
taken_away(const char *by)
{
	static const char *const none[] = { "none", "khong", "bo" };
	size_t len = strcspn(by, " ");
	char *word = xstrndup(by, len);
	char *folded = fold_text(word);
	bool is = by[0] == '\0';

	for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
		is = is || strcmp(folded, none[i]) == 0;
	}
	free(folded);
	free(word);
	return is ? by + len + strspn(by + len, " ") : NULL;
}

struct which {
	int64_t ahead, past; /* as the time typed is read */
	int64_t due_at;      /* of the one found; 0: none */
};

static bool
find_due(const struct back_by *one, void *arg)
{
	struct which *w = arg;

	if (one->due_at == w->ahead || (w->due_at == 0 && one->due_at == w->past)) {
		w->due_at = one->due_at;
	}
	return true;
}

/* One of several, by its time: what is to come, else what is over already. */
static bool
which_one(int64_t *only, struct desk *desk, const struct ir_case *c, const char *typed,
	struct error *err)
{
	struct which w = { 0 };
	struct error ignored;

	if (typed[0] == '\0') {
		return true;
	}
	if (!when_parse(&w.ahead, typed, WHEN_DUE, desk_now(desk), desk_zone(desk), err)) {
		return false;
	}
	(void)when_parse(&w.past, typed, WHEN_PAST, desk_now(desk), desk_zone(desk), &ignored);
	if (!back_by_each(desk, c->id, find_due, &w, err)) {
		return false;
	}
	*only = w.due_at;
	return w.due_at != 0 || error_set(err, ERR_NOT_FOUND,
		_("case %s need not be back by %s; see `suco deadline %s`"), c->number, typed,
		c->number);
}

/* By one event, so that one undo brings all back. */
static bool
take_away(struct desk *desk, const struct ir_case *c, int64_t only, const char *reason,
	struct error *err)
{
	struct ending e = { .desk = desk, .state = "not_applicable", .reason = reason,
		.only = only };
	struct json *body;
	bool ok;

	if (reason[0] == '\0') {
		return error_set(err, ERR_REFUSED,
			_("taking away by when it must be back needs %s"), REASON_FIELD);
	}
	e.list = json_array();
	ok = back_by_each(desk, c->id, end_one, &e, err) && (json_count(e.list) > 0 ||
		error_set(err, ERR_NOT_FOUND,
			_("case %s has no time by which it must be back"), c->number));
	if (!ok) {
		json_free(e.list);
		return false;
	}
	body = json_object();
	json_set_text(body, "reason", reason);
	json_set(body, "each", e.list);
	change_add(desk, "back_by_set", c->id, body);
	return true;
}

static bool
set_clean(struct desk *desk, const struct ir_case *c, const char *by,
	const char *reason, struct error *err)
{
	const char *which = taken_away(by);
	const char *rest;
	int64_t at, only = 0;

	if (which != NULL) {
		return which_one(&only, desk, c, which, err) &&
			take_away(desk, c, only, reason, err);
	}
	if (!read_time(desk, by, &at, &rest, err)) {
		return false;
	}
	if (!c->is_open) {
		return error_set(err, ERR_REFUSED, _("case %s is not open: no clock runs on it"),
			c->number);
	}
	return put(desk, c, at, by, reason[0] != '\0' ? reason : rest, err);
}

bool
back_by_set(struct desk *desk, const struct ir_case *c,
	const struct back_by_given *given, struct error *err)
{
	const char *words = given->reason == NULL ? "" : given->reason;
	char *reason = NULL;
	char *by = NULL;
	bool ok;

	if (given->by == NULL) {
		return given->reason == NULL || error_set(err, ERR_BAD_INPUT,
			_("%s goes with %s"), REASON_FIELD, BY_FIELD);
	}
	ok = text_accept(&reason, words, strlen(words), TEXT_ONE_LINE, limit(LIMIT_TITLE),
		    REASON_FIELD, err) &&
		text_accept(&by, given->by, strlen(given->by), TEXT_ONE_LINE,
			limit(LIMIT_TITLE), BY_FIELD, err) &&
		set_clean(desk, c, by, reason, err);
	free(reason);
	free(by);
	return ok;
}

/* Reads only; the changes go into the body of the status's event. */
static bool
follow(struct desk *desk, const struct ir_case *c, const char *status,
	struct ending *e, struct error *err)
{
	if (strcmp(status, "recovered") == 0) {
		e->state = "met";
		e->met_at = desk_now(desk);
		return back_by_each(desk, c->id, end_one, e, err);
	}
	/* Merged in, or said, after the service was back. */
	if (strcmp(status, "closed") == 0) {
		e->state = "met";
		e->met_at = c->recovered_at;
		return back_by_each(desk, c->id, end_one, e, err);
	}
	if (strcmp(status, "dismissed") == 0) {
		e->state = "stopped";
		e->reason = "status=dismissed"; /* as deadline_why() reads it */
		return back_by_each(desk, c->id, end_one, e, err);
	}
	if (strcmp(status, "responding") != 0 || c->recovered_at == 0) {
		return true;
	}
	e->state = "running";
	e->met_at = c->recovered_at;
	return visit_rows(db_query(desk_db(desk), &MET_AT, TXT(c->id),
		I64(c->recovered_at)), end_one, e, err);
}

bool
back_by_follow(struct desk *desk, const struct ir_case *c, const char *status,
	struct json *body, struct error *err)
{
	struct ending e = { .desk = desk, .list = json_array() };

	if (!follow(desk, c, status, &e, err)) {
		json_free(e.list);
		return false;
	}
	if (json_count(e.list) > 0) {
		json_set(body, "deadlines", e.list);
	} else {
		json_free(e.list);
	}
	return true;
}

/* Their rows changed by an event of this case: what is due on them follows. */
static bool
merged_work(const struct applying *a, struct error *err)
{
	struct stmt *st = db_query(a->db, &MERGED_HERE, TXT(a->event->case_id));
	struct json *ids = json_array();
	bool ok;

	while (stmt_row(st)) {
		json_push(ids, json_string(stmt_text(st, 0)));
	}
	ok = stmt_done(st, err);
	for (const struct json *id = json_first(ids); ok && id != NULL; id = json_next(id)) {
		ok = apply_case_work(a, json_text(id, ""), err);
	}
	json_free(ids);
	return ok;
}

static bool
apply_clocks(const struct applying *a, bool back, struct error *err)
{
	const struct json *list = json_get(a->body, "deadlines");

	return list == NULL || (apply_rows(a, "deadline", list, back, err) &&
		apply_case_work(a, a->event->case_id, err) && merged_work(a, err));
}

bool
apply_back_by_set(const struct applying *a, struct error *err)
{
	return apply_thing(a, err) && merged_work(a, err);
}

bool
unapply_back_by_set(const struct applying *a, struct error *err)
{
	return unapply_thing(a, err) && merged_work(a, err);
}

bool
apply_status_changed(const struct applying *a, struct error *err)
{
	return apply_case_set(a, err) && apply_clocks(a, false, err);
}

bool
unapply_status_changed(const struct applying *a, struct error *err)
{
	return apply_case_set(a, err) && apply_clocks(a, true, err);
}
