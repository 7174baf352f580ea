/* conflict.c says who changed a field first: what it was when the caller looked,
 * what it is, by whom and when (DATA 3). */
#include "core/conflict.h"

#include <stdlib.h>
#include <string.h>

#include "core/desk_private.h"
#include "core/event.h"
#include "core/json.h"
#include "core/mem.h"
#include "core/person.h"
#include "core/thing.h"
#include "core/when.h"

/* A caller looked a moment ago: few events stand between.  From a version of last
 * year the value is not looked for any longer than this, and is null. */
SQL(SEQ_BETWEEN, "ii", "SELECT seq FROM event WHERE seq > $1 AND seq <= $2 ORDER BY seq"
	" LIMIT 5000");
SQL(CODE_OF_ASSET, "t", "SELECT code FROM asset WHERE id = $1");
SQL(LOGIN_OF_ID, "t", "SELECT login FROM member WHERE id = $1");

/* Columns hold ids; what names them, or NULL: the field holds none. */
static const struct sql *
name_of(const char *field)
{
	return strcmp(field, "asset_id") == 0 ? &CODE_OF_ASSET
		: strcmp(field, "owner_id") == 0 || strcmp(field, "assignee_id") == 0
		? &LOGIN_OF_ID : NULL;
}

/* Is this the change of the subject?  A register's things carry their id, a
 * task's event its task; else it is the case's. */
static const struct json *
change_in(const struct json *body, const char *case_id, const char *subject,
	const char *field)
{
	const char *id = json_get_text(body, "id");
	const char *task = json_get_text(body, "task");
	const char *whose = id != NULL && case_id[0] == '\0' ? id
		: task != NULL ? task : case_id;

	return strcmp(whose, subject) == 0 ? json_get(json_get(body, "set"), field) : NULL;
}

/* The same of a row of the watch, named by the key of its table. */
static const struct json *
change_of_row(const struct json *child, const char *subject, const char *field)
{
	for (const struct thing *thing = things; thing->name != NULL; thing++) {
		const char *id = json_get_text(child, thing->name);

		if (id != NULL && strcmp(id, subject) == 0) {
			return json_get(json_get(child, "set"), field);
		}
	}
	return NULL;
}

static struct json *
value_before(const struct event *event, const char *subject, const char *field)
{
	struct error ignored;
	struct json *body = NULL;
	struct json *value = NULL;
	const struct json *change;

	if (event->body == NULL ||
	    !json_parse(&body, event->body, strlen(event->body), NULL, &ignored)) {
		return NULL;
	}
	change = change_in(body, event->case_id, subject, field);
	for (const struct json *child = thing_first(body); change == NULL && child != NULL;
	     child = thing_next(body, child)) {
		change = change_of_row(child, subject, field);
	}
	for (const struct json *thing = json_first(json_get(body, "things"));
	     change == NULL && thing != NULL; thing = json_next(thing)) {
		change = change_in(thing, "", subject, field);
	}
	if (change != NULL && json_get(change, "from") != NULL) {
		value = json_copy(json_get(change, "from"));
	}
	json_free(body);
	return value;
}

static struct json *
field_before(struct desk *desk, int64_t last, const char *subject, const char *field)
{
	struct stmt *st = db_query(desk->db, &SEQ_BETWEEN, I64(desk->guard), I64(last));
	struct error ignored;
	int64_t *seqs = NULL;
	size_t count = 0;
	struct json *value = NULL;

	while (stmt_row(st)) {
		seqs = xrealloc(seqs, (count + 1) * sizeof *seqs);
		seqs[count++] = stmt_int(st, 0);
	}
	(void)stmt_done(st, &ignored);
	for (size_t i = 0; value == NULL && i < count; i++) {
		struct event event = { 0 };

		if (event_load(&event, desk->db, seqs[i], &ignored)) {
			value = value_before(&event, subject, field);
		}
		event_clear(&event);
	}
	free(seqs);
	return value;
}

static bool
ends_in(const char *text, const char *end)
{
	size_t len = strlen(text);

	return len > strlen(end) && strcmp(text + len - strlen(end), end) == 0;
}

char *
conflict_value(struct desk *desk, const char *field, const struct json *value)
{
	const struct sql *query = name_of(field);
	const char *text = json_text(value, "");
	struct error ignored;
	char *name = NULL;

	if (json_is_integer(value) && ends_in(field, "_at")) {
		char at[WHEN_SHORT_SIZE];

		if (json_integer(value, NO_DUE) == NO_DUE) {
			return xstrdup("");
		}
		when_full(at, json_integer(value, 0), desk->zone);
		return xstrdup(at);
	}
	if (json_is_integer(value)) {
		return xasprintf("%lld", (long long)json_integer(value, 0));
	}
	return query != NULL && db_one_text(desk->db, query, &name, &ignored, TXT(text)) &&
		name != NULL ? name : xstrdup(text);
}

/* Columns hold ids; people and scripts know codes and logins. */
static void
name_it(struct desk *desk, struct json *detail, const char *field)
{
	const struct sql *query = name_of(field);
	const char *id = json_get_text(detail, "before");
	struct error ignored;
	char *name = NULL;
	char *plain;

	if (query == NULL) {
		return;
	}
	plain = xstrndup(field, strlen(field) - strlen("_id"));
	json_set_text(detail, "field", plain);
	free(plain);
	if (id != NULL && db_one_text(desk->db, query, &name, &ignored, TXT(id))) {
		json_set_text(detail, "before", name);
	}
	free(name);
}

void
conflict_detail(struct desk *desk, int64_t seq, const struct conflict *what,
	struct error *err)
{
	struct json *detail = json_object();
	struct json *before = field_before(desk, seq, what->subject, what->field);
	struct event event = { 0 };
	struct error ignored;
	char *line;

	json_set_text(detail, "field", what->field);
	json_set_text(detail, "yours", what->yours);
	json_set_text(detail, "theirs", what->theirs);
	json_set(detail, "before", before == NULL ? json_null() : before);
	name_it(desk, detail, what->field);
	if (event_load(&event, desk->db, seq, &ignored)) {
		char at[WHEN_RFC3339_SIZE];

		when_rfc3339(at, event.recorded_at, desk->zone);
		json_set_text(detail, "by", event.actor_login);
		json_set_text(detail, "by_name", PERSON(desk, event_whose(&event)));
		json_set_text(detail, "at", at);
	}
	line = json_line(detail);
	/* Values are short fields; a text too long for the record is left out. */
	if (strlen(line) < sizeof err->detail) {
		memcpy(err->detail, line, strlen(line) + 1);
	}
	free(line);
	event_clear(&event);
	json_free(detail);
}

SQL(FIELD_SET_BY, "tt",
	"SELECT COALESCE(e.acts_for, e.actor_login) FROM field_version v"
	" JOIN event e ON e.seq = v.seq WHERE v.subject = $1 AND v.field = $2");

bool
field_set_by(char **by, struct desk *desk, const char *subject, const char *field,
	struct error *err)
{
	*by = NULL;
	return db_one_text(desk_db(desk), &FIELD_SET_BY, by, err, TXT(subject), TXT(field));
}
