/* duty_past.c writes down who was on call, and reads it again.  Rules may change:
 * what was is never computed from them twice. */
#include "core/duty_past.h"

#include <stdlib.h>
#include <string.h>

#include "core/change.h"
#include "core/columns.h"
#include "core/duty_roster.h"
#include "core/json.h"
#include "core/mem.h"
#include "core/thing.h"

#define NOTED "duty.noted"
/* After a long sleep the steps that were missed are made, but not for ever. */
#define STEPS_MOST 10000

SQL(PAST_NOTED, "t", "SELECT at FROM local_fact WHERE name = $1");
SQL(PAST_LAST, "",
	"SELECT COALESCE(MAX(CASE WHEN to_at > from_at THEN to_at ELSE from_at END), 0)"
	" FROM duty_past");
SQL(PAST_MARK, "ti",
	"INSERT INTO local_fact (name, value, at) VALUES ($1, '', $2)"
	" ON CONFLICT (name) DO UPDATE SET at = excluded.at");
SQL(PAST_OPEN, "t",
	"SELECT id, member_id, from_at FROM duty_past WHERE layer = $1 AND to_at IS NULL");
SQL(PAST_AT, "ti",
	"SELECT p.member_id, m.login, m.name, p.from_at, p.to_at FROM duty_past p"
	" JOIN member m ON m.id = p.member_id"
	" WHERE p.layer = $1 AND p.from_at <= $2 AND (p.to_at IS NULL OR p.to_at > $2)"
	" ORDER BY p.from_at, m.login");

bool
duty_noted(struct desk *desk, int64_t *until, struct error *err)
{
	*until = 0;
	if (!db_one_int(desk_db(desk), &PAST_NOTED, until, err, TXT(NOTED))) {
		return false;
	}
	/* Local facts do not move with a copy; the last change does. */
	return *until != 0 || db_one_int(desk_db(desk), &PAST_LAST, until, err, NOARGS);
}

/* A row that is open as the steps go: of the desk, or made by them. */
struct open_row {
	char id[UUID_SIZE];
	char member[UUID_SIZE];
	int64_t from;
	struct json *fresh; /* not in the desk yet */
	bool ended;
};

struct noting {
	struct desk *desk;
	const struct roster *roster;
	const char *layer;
	struct open_row *rows;
	int count;
	struct json *each; /* what the event will say */
};

static bool
read_open(struct noting *n, struct error *err)
{
	struct stmt *st = db_query(desk_db(n->desk), &PAST_OPEN, TXT(n->layer));

	while (stmt_row(st)) {
		struct open_row row = { .from = stmt_int(st, 2) };

		stmt_put(row.id, sizeof row.id, st, 0);
		stmt_put(row.member, sizeof row.member, st, 1);
		n->rows = xrealloc(n->rows, ((size_t)n->count + 1) * sizeof *n->rows);
		n->rows[n->count++] = row;
	}
	return stmt_done(st, err);
}

/* The layer is in each child, so that the timeline can say which. */
static struct json *
child_of(const struct noting *n, struct json *child, const char *member)
{
	int m = roster_member_id(n->roster, member);

	json_set_text(child, "layer", n->layer);
	json_set_text(child, "name", m < 0 ? "" : n->roster->members[m].name);
	return child;
}

static void
close_row(struct noting *n, struct open_row *row, int64_t at)
{
	struct json *child;

	row->ended = true;
	at = at < row->from ? row->from : at;
	if (row->fresh != NULL) {
		row_int(row->fresh, "to_at", at);
		return;
	}
	child = child_of(n, thing_change("duty_past", row->id), row->member);
	set_int(child, "to_at", 0, at);
	json_push(n->each, child);
}

static void
open_one(struct noting *n, const char *member, int64_t at)
{
	struct open_row row = { .from = at };

	memcpy(row.member, member, sizeof row.member);
	row.fresh = child_of(n, thing_new(n->desk, "duty_past", row.id), member);
	row_text(row.fresh, "layer", n->layer);
	row_text(row.fresh, "member_id", member);
	row_int(row.fresh, "from_at", at);
	n->rows = xrealloc(n->rows, ((size_t)n->count + 1) * sizeof *n->rows);
	n->rows[n->count++] = row;
}

static bool
is_open(const struct noting *n, const char *member)
{
	for (int i = 0; i < n->count; i++) {
		if (!n->rows[i].ended && strcmp(n->rows[i].member, member) == 0) {
			return true;
		}
	}
	return false;
}

static bool
is_present(const struct roster_moment *m, const struct roster *r, const char *member)
{
	for (int i = 0; i < m->count; i++) {
		if (!m->places[i].away &&
		    strcmp(r->members[m->places[i].member].id, member) == 0) {
			return true;
		}
	}
	return false;
}

static void
note_moment(struct noting *n, int64_t at)
{
	struct roster_moment m = { 0 };

	if (roster_layer(n->roster, n->layer) != NULL) {
		roster_at(&m, n->roster, n->layer, at);
	}
	for (int i = 0; i < n->count; i++) {
		if (!n->rows[i].ended && !is_present(&m, n->roster, n->rows[i].member)) {
			close_row(n, &n->rows[i], at);
		}
	}
	for (int i = 0; i < m.count; i++) {
		const char *member = n->roster->members[m.places[i].member].id;

		if (!m.places[i].away && !is_open(n, member)) {
			open_one(n, member, at);
		}
	}
}

static bool
note_layer(struct noting *n, int64_t since, int64_t now, struct error *err)
{
	int64_t t = since;

	if (!read_open(n, err)) {
		return false;
	}
	for (int i = 0; since > 0 && since < now && i < STEPS_MOST; i++) {
		t = roster_next(n->roster, n->layer, t);
		if (t > now) {
			break;
		}
		note_moment(n, t);
	}
	note_moment(n, now);
	for (int i = 0; i < n->count; i++) {
		if (n->rows[i].fresh != NULL) {
			json_push(n->each, n->rows[i].fresh);
		}
	}
	free(n->rows);
	return true;
}

SQL(PAST_OPEN_LAYERS, "", "SELECT DISTINCT layer FROM duty_past WHERE to_at IS NULL");

/* Layers that there are, and those taken away whose rows are still open. */
static bool
layers_of(struct json **out, struct desk *desk, const struct roster *r, struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), &PAST_OPEN_LAYERS, NOARGS);

	*out = json_array();
	for (int i = 0; i < r->layers.count; i++) {
		json_push(*out, json_string(r->layers.all[i].code));
	}
	while (stmt_row(st)) {
		if (roster_layer(r, stmt_text(st, 0)) == NULL) {
			json_push(*out, json_string(stmt_text(st, 0)));
		}
	}
	if (!stmt_done(st, err)) {
		json_free(*out);
		return false;
	}
	return true;
}

/* One event for all that changed. */
static bool
note(struct desk *desk, const struct roster *r, int64_t since, int64_t now,
	struct error *err)
{
	struct json *each = json_array();
	struct json *layers = NULL;
	bool ok = layers_of(&layers, desk, r, err);

	for (const struct json *layer = ok ? json_first(layers) : NULL; ok && layer != NULL;
	     layer = json_next(layer)) {
		struct noting n = { .desk = desk, .roster = r, .layer = json_text(layer, ""),
			.each = each };

		ok = note_layer(&n, since, now, err);
	}
	json_free(layers);
	if (ok && json_count(each) > 0) {
		struct json *body = json_object();

		json_set(body, "each", each);
		change_add(desk, "duty_past_set", NULL, body);
		return change_flush(desk, err);
	}
	json_free(each);
	return ok;
}

bool
duty_note_past(struct desk *desk, int64_t now, struct error *err)
{
	struct roster roster;
	int64_t since = 0;
	bool ok;

	if (!change_begin(desk, err)) {
		return false;
	}
	ok = duty_noted(desk, &since, err) &&
		roster_load(&roster, desk, since < now ? since : now, err);
	if (ok) {
		ok = note(desk, &roster, since, now, err);
		if (ok && roster.layers.count > 0) {
			ok = db_run(desk_db(desk), &PAST_MARK, err, TXT(NOTED), I64(now));
		}
		roster_clear(&roster);
	}
	return change_end(desk, ok, err);
}

bool
duty_next_change(struct desk *desk, int64_t now, int64_t *next, struct error *err)
{
	struct roster roster;

	*next = INT64_MAX;
	if (!roster_load(&roster, desk, now, err)) {
		return false;
	}
	for (int i = 0; i < roster.layers.count; i++) {
		int64_t t = roster_next(&roster, roster.layers.all[i].code, now);

		*next = t < *next ? t : *next;
	}
	roster_clear(&roster);
	return true;
}

SQL(PAST_NEXT, "ti",
	"SELECT MIN(CASE WHEN from_at > $2 THEN from_at ELSE to_at END) FROM duty_past"
	" WHERE layer = $1 AND (from_at > $2 OR to_at > $2)");

bool
duty_past_next(struct desk *desk, const char *layer, int64_t at, int64_t *next,
	struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), &PAST_NEXT, TXT(layer), I64(at));

	*next = stmt_row(st) && !stmt_null(st, 0) ? stmt_int(st, 0) : INT64_MAX;
	return stmt_done(st, err);
}

bool
duty_past_at(struct desk *desk, const char *layer, int64_t at, struct duty_list *out,
	struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), &PAST_AT, TXT(layer), I64(at));

	*out = (struct duty_list){ 0 };
	while (stmt_row(st)) {
		struct duty_turn *turn;

		out->people = xrealloc(out->people,
			((size_t)out->count + 1) * sizeof *out->people);
		turn = &out->people[out->count++];
		*turn = (struct duty_turn){ .by = DUTY_BY_PAST, .from = stmt_int(st, 3),
			.until = stmt_null(st, 4) ? NO_DUE : stmt_int(st, 4) };
		stmt_put(turn->id, sizeof turn->id, st, 0);
		turn->login = stmt_own(st, 1);
		turn->name = stmt_own(st, 2);
		turn->why = xstrdup("");
	}
	if (!stmt_done(st, err)) {
		duty_list_clear(out);
		return false;
	}
	return true;
}
