/* thing.h - rows of the watch: calls, points, clocks, decisions, the shift log.
 *
 * They are described, not programmed: one list of columns a table (things.c)
 * serves making, changing, undoing, finding and redacting.  An event's body is
 *
 *	{"point": ID, "row": {"name": "...", ...}}              of a kind ..._added
 *	{"point": ID, "set": {"state": {"from": ..., "to": ...}}}  of a kind ..._set
 *
 * or, for many rows by one act, {"each": [such bodies]}.  The key of the id is
 * the table's name and stands as `subject` in kinds.c; a child of "each" may be of
 * another table, named by its own key (undo looks at those of the kind's).
 * Beside these keys a body may carry what the timeline should say. */
#ifndef CORE_THING_H
#define CORE_THING_H

#include "core/apply.h"
#include "core/desk.h"

struct thing_column {
	const char *name;
	char type;   /* t text, T text or NULL, i integer, I integer or NULL, d due */
	bool words;  /* people's words: searched, and masked by a redaction */
	const struct sql *update; /* $1 value, $2 id */
};

struct thing {
	const char *name; /* of the table, and of the key of the id in bodies */
	const struct sql *insert; /* $1 id, $2 case or NULL */
	const struct sql *remove;
	const struct thing_column *columns; /* ended by name NULL */
};

/* Ended by name NULL. */
extern const struct thing things[];
const struct thing *thing_of(const char *name); /* NULL: none */
const struct thing_column *thing_column(const struct thing *thing, const char *name);

/* Deciding: a fresh body {name: id, "row": {}}; id gets the new id.  The
 * caller's, until it is given to change_add(). */
struct json *thing_new(struct desk *desk, const char *name, char id[UUID_SIZE]);
/* A fresh body {name: id} for set_text() and set_int() of columns.h. */
struct json *thing_change(const char *name, const char *id);
/* Values of the new row; what is not given has the column's default ('' , 0, no
 * time, no due).  NULL and NO_DUE stand for the default. */
void row_text(struct json *body, const char *column, const char *text);
void row_int(struct json *body, const char *column, int64_t value);

/* Rows that an act of another kind makes or changes beside its own, as a list of
 * such bodies (a step's reading sets a countdown).  back: as its undo, of a list
 * that was not turned round. */
bool apply_rows(const struct applying *a, const char *table, const struct json *list,
	bool back, struct error *err);

/* For kinds.c: .apply, .unapply, .search of such kinds; for redact_rows.c. */
apply_fn apply_thing, unapply_thing;
search_fn search_thing;
apply_fn remask_thing;
/* Of rows as apply_rows() wrote them. */
bool remask_rows(const struct applying *a, const char *table, const struct json *list,
	struct error *err);

/* The id of the row that a child is about; subject is its event kind's. */
const char *thing_id_in(const char *subject, const struct json *child);

/* The children of a body: those of "each", else itself.  NULL after the last. */
const struct json *thing_first(const struct json *body);
const struct json *thing_next(const struct json *body, const struct json *child);

#endif
