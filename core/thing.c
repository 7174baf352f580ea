/* thing.c writes the rows that are described in things.c, from events alone. */
#include "core/thing.h"

#include <string.h>

#include "core/columns.h"
#include "core/i18n.h"

const struct json *
thing_first(const struct json *body)
{
	const struct json *each = json_get(body, "each");

	return each == NULL ? body : json_first(each);
}

const struct json *
thing_next(const struct json *body, const struct json *child)
{
	return child == body ? NULL : json_next(child);
}

struct json *
thing_change(const char *name, const char *id)
{
	struct json *body = json_object();

	json_set_text(body, name, id);
	return body;
}

struct json *
thing_new(struct desk *desk, const char *name, char id[UUID_SIZE])
{
	struct json *body;

	uuid_v7(id, desk_now(desk));
	body = thing_change(name, id);
	json_set(body, "row", json_object());
	return body;
}

static void
row_put(struct json *body, const char *column, struct json *value)
{
	struct json *row = json_detach(body, "row");

	json_set(row, column, value);
	json_set(body, "row", row);
}

void
row_text(struct json *body, const char *column, const char *text)
{
	if (text != NULL && text[0] != '\0') {
		row_put(body, column, json_string(text));
	}
}

void
row_int(struct json *body, const char *column, int64_t value)
{
	if (value != NO_DUE) {
		row_put(body, column, json_int(value));
	}
}

/* Columns say what absent means: NULL, nothing, or no due time. */
static struct arg
value_of(const struct thing_column *column, const struct json *value)
{
	bool number = json_is(value, JSON_NUMBER);

	switch (column->type) {
	case 't':
		return TXT(json_text(value, ""));
	case 'T':
		return TXT(json_is(value, JSON_STRING) ? json_text(value, NULL) : NULL);
	case 'I':
		return number ? I64(json_integer(value, 0)) : I64_NULL;
	case 'd':
		return I64(number ? json_integer(value, 0) : NO_DUE);
	default:
		return I64(number ? json_integer(value, 0) : 0);
	}
}

static const struct thing *
thing_in(const struct applying *a, struct error *err)
{
	const char *of = json_get_text(a->body, "of"); /* of an undo or redo */
	const struct event_kind *kind = event_kind(a->event->kind);
	const struct thing *thing;

	if (of != NULL && kind != NULL && kind->subject == NULL) {
		kind = event_kind(of);
	}
	thing = kind == NULL ? NULL : thing_of(kind->subject);
	if (thing == NULL) {
		(void)error_set(err, ERR_IO, _("event %lld is of no table: %s"),
			(long long)a->event->seq, a->event->kind);
	}
	return thing;
}

/* A child may be of another table than the event's kind: then its own key says
 * which (a promise changed, and the asking that changed it). */
static const struct thing *
thing_of_child(const struct thing *kinds, const struct json *child)
{
	const struct thing *thing = things;

	if (json_get_text(child, kinds->name) != NULL) {
		return kinds;
	}
	while (thing->name != NULL && json_get_text(child, thing->name) == NULL) {
		thing++;
	}
	return thing->name != NULL ? thing : kinds;
}

const char *
thing_id_in(const char *subject, const struct json *child)
{
	const struct thing *kinds = thing_of(subject);

	return json_get_text(child,
		kinds == NULL ? subject : thing_of_child(kinds, child)->name);
}

static bool
put(const struct applying *a, const struct thing *thing, const char *id,
	const char *name, const struct json *value, struct error *err)
{
	const struct thing_column *column = thing_column(thing, name);

	if (column == NULL) {
		return error_set(err, ERR_IO, _("event %lld sets an unknown column %s"),
			(long long)a->event->seq, name);
	}
	return db_run(a->db, column->update, err, value_of(column, value), TXT(id));
}

static bool
make_row(const struct applying *a, const struct thing *thing, const char *id,
	const struct json *row, struct error *err)
{
	const char *in = a->event->case_id[0] == '\0' ? NULL : a->event->case_id;

	if (!db_run(a->db, thing->insert, err, TXT(id), TXT(in))) {
		return false;
	}
	for (const struct json *cell = json_first(row); cell != NULL; cell = json_next(cell)) {
		if (!put(a, thing, id, json_key(cell), cell, err)) {
			return false;
		}
	}
	return true;
}

static bool
set_cells(const struct applying *a, const struct thing *thing, const char *id,
	const struct json *set, const char *side, struct error *err)
{
	for (const struct json *cell = json_first(set); cell != NULL; cell = json_next(cell)) {
		if (!put(a, thing, id, json_key(cell), json_get(cell, side), err) ||
		    !apply_version(a, id, json_key(cell), err)) {
			return false;
		}
	}
	return true;
}

static bool
set_row(const struct applying *a, const struct thing *thing, const char *id,
	const struct json *set, struct error *err)
{
	return set_cells(a, thing, id, set, "to", err);
}

bool
apply_rows(const struct applying *a, const char *table, const struct json *list,
	bool back, struct error *err)
{
	const struct thing *thing = thing_of(table);

	for (const struct json *child = json_first(list); child != NULL;
	     child = json_next(child)) {
		const char *id = json_get_text(child, table);
		const struct json *row = json_get(child, "row");
		bool ok = id != NULL && thing != NULL;

		if (ok && row != NULL) {
			ok = back ? db_run(a->db, thing->remove, err, TXT(id))
				: make_row(a, thing, id, row, err);
		}
		if (!ok || !set_cells(a, thing, id, json_get(child, "set"),
			    back ? "from" : "to", err)) {
			return false;
		}
	}
	return true;
}

/* What hangs on the case's row follows. */
static bool
follow(const struct applying *a, struct error *err)
{
	return a->event->case_id[0] == '\0' || apply_case_work(a, a->event->case_id, err);
}

bool
apply_thing(const struct applying *a, struct error *err)
{
	const struct thing *kinds = thing_in(a, err);

	for (const struct json *child = thing_first(a->body); kinds != NULL && child != NULL;
	     child = thing_next(a->body, child)) {
		const struct thing *thing = thing_of_child(kinds, child);
		const char *id = json_get_text(child, thing->name);
		const struct json *row = json_get(child, "row");

		if (id == NULL) {
			return error_set(err, ERR_IO, _("event %lld names no row"),
				(long long)a->event->seq);
		}
		if ((row != NULL && !make_row(a, thing, id, row, err)) ||
		    !set_row(a, thing, id, json_get(child, "set"), err)) {
			return false;
		}
	}
	return kinds != NULL && follow(a, err);
}

/* An undo's body has its changes turned round already; rows that were made go. */
bool
unapply_thing(const struct applying *a, struct error *err)
{
	const struct thing *kinds = thing_in(a, err);

	for (const struct json *child = thing_first(a->body); kinds != NULL && child != NULL;
	     child = thing_next(a->body, child)) {
		const struct thing *thing = thing_of_child(kinds, child);
		const char *id = json_get_text(child, thing->name);

		if (id == NULL || (json_get(child, "row") != NULL
			    ? !db_run(a->db, thing->remove, err, TXT(id))
			    : !set_row(a, thing, id, json_get(child, "set"), err))) {
			return id != NULL ? false : error_set(err, ERR_IO,
				_("event %lld names no row"), (long long)a->event->seq);
		}
	}
	return kinds != NULL && follow(a, err);
}

static void
add_words(struct buf *out, const struct thing *thing, const struct json *cells, bool set)
{
	/* In the order of the columns: a body read back is in another order than
	 * the one that was just built. */
	for (const struct thing_column *column = thing->columns; column->name != NULL;
	     column++) {
		const struct json *cell = column->words ? json_get(cells, column->name) : NULL;
		const char *text = json_text(set ? json_get(cell, "to") : cell, "");

		if (text[0] != '\0') {
			buf_addf(out, "%s%s", out->len == 0 ? "" : " ", text);
		}
	}
}

/* The body names the table by the key of its id. */
void
search_thing(struct buf *out, const struct json *body)
{
	for (const struct json *child = thing_first(body); child != NULL;
	     child = thing_next(body, child)) {
		for (const struct thing *thing = things; thing->name != NULL; thing++) {
			if (json_get_text(child, thing->name) != NULL) {
				add_words(out, thing, json_get(child, "row"), false);
				add_words(out, thing, json_get(child, "set"), true);
				break;
			}
		}
	}
}

SQL(CELL_IS_OF, "tt",
	"SELECT seq FROM field_version WHERE subject = $1 AND field = $2");

/* Only where the cell still is this event's: made by it and never set since, or
 * last set by it.  What was not masked is written as it is. */
static bool
remask_cells(const struct applying *a, const struct thing *thing, const char *id,
	const struct json *cells, bool set, struct error *err)
{
	for (const struct json *cell = json_first(cells); cell != NULL; cell = json_next(cell)) {
		const struct thing_column *column = thing_column(thing, json_key(cell));
		int64_t seq = 0;

		if (column == NULL) {
			continue;
		}
		if (!db_one_int(a->db, &CELL_IS_OF, &seq, err, TXT(id), TXT(column->name))) {
			return false;
		}
		if (seq == (set ? a->event->seq : 0) && !db_run(a->db, column->update, err,
			    value_of(column, set ? json_get(cell, "to") : cell), TXT(id))) {
			return false;
		}
	}
	return true;
}

static bool
remask_child(const struct applying *a, const struct thing *thing, const struct json *child,
	struct error *err)
{
	const char *id = json_get_text(child, thing->name);

	return id == NULL || (remask_cells(a, thing, id, json_get(child, "row"), false, err) &&
		remask_cells(a, thing, id, json_get(child, "set"), true, err));
}

bool
remask_rows(const struct applying *a, const char *table, const struct json *list,
	struct error *err)
{
	const struct thing *thing = thing_of(table);

	for (const struct json *child = json_first(list); thing != NULL && child != NULL;
	     child = json_next(child)) {
		if (!remask_child(a, thing, child, err)) {
			return false;
		}
	}
	return thing != NULL;
}

bool
remask_thing(const struct applying *a, struct error *err)
{
	const struct thing *kinds = thing_in(a, err);

	for (const struct json *child = thing_first(a->body); kinds != NULL && child != NULL;
	     child = thing_next(a->body, child)) {
		if (!remask_child(a, thing_of_child(kinds, child), child, err)) {
			return false;
		}
	}
	return kinds != NULL;
}
