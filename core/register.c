/* register.c owns changes of register things: what differs, whether a member
 * changed it by hand, and the one writer of their rows. */
#include "core/register.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/change.h"
#include "core/i18n.h"
#include "core/mem.h"

SQL(CHANGED_BY_HAND, "tt",
	"SELECT v.field FROM field_version v JOIN event e ON e.seq = v.seq"
	" WHERE v.subject = $1 AND e.kind <> $2");

SQL(FIELD_IS_OF, "tt",
	"SELECT seq FROM field_version WHERE subject = $1 AND field = $2");

/* What field_version knows the thing by; keys of different kinds may be equal. */
static char *
subject_of(const struct reg_kind *kind, const char *id, const char *key)
{
	return kind->key_is_id ? xasprintf("%s:%s", kind->name, key) : xstrdup(id);
}

static bool
same(const struct json *a, const struct json *b)
{
	bool a_null = a == NULL || json_is(a, JSON_NULL);
	bool b_null = b == NULL || json_is(b, JSON_NULL);

	return a_null || b_null ? a_null == b_null : json_equal(a, b);
}

static struct json *
copy_or_null(const struct json *value)
{
	return value == NULL ? json_null() : json_copy(value);
}

/* The thing of an event: what wanted changes in current (NULL: a new one). */
static struct json *
thing_of(const struct reg_kind *kind, const char *id, const char *key,
	const struct json *current, const struct json *wanted)
{
	struct json *thing = json_object();
	struct json *set = json_object();

	for (const struct json *to = json_first(wanted); to != NULL; to = json_next(to)) {
		const struct json *from = json_get(current, json_key(to));
		struct json *change;

		if (from == NULL && kind->absent_false
			? json_is(to, JSON_BOOL) && !json_true(to) : same(from, to)) {
			continue;
		}
		change = json_object();
		json_set(change, "from", copy_or_null(from));
		json_set(change, "to", json_copy(to));
		json_set(set, json_key(to), change);
	}
	json_set_text(thing, "id", id);
	json_set_text(thing, "key", key);
	json_set_bool(thing, "new", current == NULL);
	json_set(thing, "set", set);
	return thing;
}

static bool
required_there(const struct reg_kind *kind, const struct json *wanted,
	const char *path, struct error *err)
{
	for (const struct reg_field *f = kind->fields; f->name != NULL; f++) {
		if ((f->flags & REG_REQUIRED) != 0 && json_get(wanted, f->name) == NULL) {
			char *place = reg_place(path, f->name);

			(void)error_set(err, ERR_BAD_INPUT, _("%s: is missing"), place);
			free(place);
			return false;
		}
	}
	return true;
}

static bool
guard_fields(struct desk *desk, const char *subject, const struct json *set,
	struct error *err)
{
	bool ok = true;

	for (const struct json *change = json_first(set); ok && change != NULL;
	     change = json_next(change)) {
		const struct json *to = json_get(change, "to");
		const struct json *from = json_get(change, "from");
		char *yours = json_is(to, JSON_STRING) ? xstrdup(json_text(to, ""))
			: json_line(to);
		char *theirs = json_is(from, JSON_STRING) ? xstrdup(json_text(from, ""))
			: json_line(from);

		ok = change_guard(desk, subject, json_key(change), yours, theirs, err);
		free(yours);
		free(theirs);
	}
	return ok;
}

static bool
append_change(struct desk *desk, const struct reg_kind *kind, const char *id,
	const char *key, const struct json *current, const struct json *wanted,
	struct error *err)
{
	struct json *thing = thing_of(kind, id, key, current, wanted);
	char *subject = subject_of(kind, id, key);
	bool ok;

	if (current != NULL && json_count(json_get(thing, "set")) == 0) {
		json_free(thing);
		free(subject);
		return true;
	}
	ok = current == NULL || guard_fields(desk, subject, json_get(thing, "set"), err);
	free(subject);
	if (!ok) {
		json_free(thing);
		return false;
	}
	change_add_at(desk, current == NULL ? kind->added : kind->changed, kind->case_id, thing,
		(struct event_time){ .at = kind->at });
	return kind->after == NULL ||
		(change_flush(desk, err) && kind->after(desk, key, "", err));
}

static bool
change_thing(struct desk *desk, const struct reg_kind *kind, const char *key,
	const struct json *given, bool fresh, struct error *err)
{
	struct json *wanted = NULL;
	struct json *current = NULL;
	char id[UUID_SIZE] = "";
	bool ok = kind->load(desk, key, id, &current, err) &&
		reg_check(kind, given, true, "", &wanted, err);

	if (ok && fresh && current != NULL) {
		ok = error_set(err, ERR_REFUSED, _("%s %s is there already"), _(kind->name),
			key);
	} else if (ok && !fresh && current == NULL) {
		ok = error_set(err, ERR_NOT_FOUND, _("there is no %s %.60s"), _(kind->name),
			key);
	}
	if (ok && fresh) {
		uuid_v7(id, desk_now(desk));
		ok = required_there(kind, wanted, "", err);
	}
	ok = ok && (kind->check == NULL ||
		kind->check(desk, key, wanted, fresh, "", err)) &&
		append_change(desk, kind, kind->key_is_id ? key : id, key, current, wanted,
			err);
	json_free(wanted);
	json_free(current);
	return ok;
}

bool
reg_add(struct desk *desk, const struct reg_kind *kind, const char *key,
	const struct json *given, struct error *err)
{
	return desk_may(desk, kind->act, err) &&
		reg_key_fits(key, _(kind->key), err) && change_begin(desk, err) &&
		change_end(desk, change_thing(desk, kind, key, given, true, err), err);
}

bool
reg_set(struct desk *desk, const struct reg_kind *kind, const char *key,
	const struct json *given, struct error *err)
{
	return desk_may(desk, kind->act, err) && change_begin(desk, err) &&
		change_end(desk, change_thing(desk, kind, key, given, false, err), err);
}

/* Drops from wanted what a member changed by hand and the profile would undo. */
static bool
keep_by_hand(struct desk *desk, const struct reg_kind *kind, const char *id,
	const char *key, const struct json *current, struct json *wanted,
	struct json *kept, struct error *err)
{
	char *subject = subject_of(kind, id, key);
	struct stmt *st = db_query(desk_db(desk), &CHANGED_BY_HAND, TXT(subject),
		TXT(REG_IMPORTED));

	while (stmt_row(st)) {
		const char *field = stmt_text(st, 0);
		const struct json *to = json_get(wanted, field);

		if (to != NULL && !same(json_get(current, field), to)) {
			char *line = xasprintf("%s %s %s", kind->name, key, field);

			json_push(kept, json_string(line));
			free(line);
			json_remove(wanted, field);
		}
	}
	free(subject);
	return stmt_done(st, err);
}

static bool
import_into(struct desk *desk, const struct reg_kind *kind, const char *key,
	struct json *wanted, struct json *things, struct json *kept,
	struct reg_tally *tally, struct error *err)
{
	struct json *current = NULL;
	struct json *thing;
	char id[UUID_SIZE] = "";

	if (!kind->load(desk, key, id, &current, err)) {
		json_free(current);
		return false;
	}
	if (current == NULL) {
		uuid_v7(id, desk_now(desk));
	} else if (!keep_by_hand(desk, kind, id, key, current, wanted, kept, err)) {
		json_free(current);
		return false;
	}
	thing = thing_of(kind, kind->key_is_id ? key : id, key, current, wanted);
	if (current != NULL && json_count(json_get(thing, "set")) == 0) {
		tally->same++;
		json_free(thing);
	} else {
		*(current == NULL ? &tally->added : &tally->changed) += 1;
		json_push(things, thing);
	}
	json_free(current);
	return true;
}

bool
reg_import(struct desk *desk, const struct reg_kind *kind, const char *key,
	const struct json *wanted, const char *path, struct json *things,
	struct json *kept, struct reg_tally *tally, struct error *err)
{
	struct json *clean = NULL;
	bool ok = reg_check(kind, wanted, false, path, &clean, err) &&
		required_there(kind, clean, path, err) &&
		(kind->check == NULL || kind->check(desk, key, clean, true, path, err)) &&
		import_into(desk, kind, key, clean, things, kept, tally, err);

	json_free(clean);
	return ok;
}

static const struct reg_field *
find(const struct reg_kind *kind, const char *name)
{
	for (const struct reg_field *f = kind->fields; f->name != NULL; f++) {
		if (strcmp(f->name, name) == 0) {
			return f;
		}
	}
	return NULL;
}

/* Binds a value to its column: texts are "" where absent, dates and numbers
 * as their kind says. */
static bool
update_column(const struct applying *a, const struct reg_field *f, const char *id,
	const struct json *value, struct error *err)
{
	char *text;
	bool ok;

	switch (f->type) {
	case REG_INT:
		return db_run(a->db, f->update, err, I64(json_integer(value, 0)), TXT(id));
	case REG_FLAG:
		return db_run(a->db, f->update, err, I64(json_true(value)), TXT(id));
	case REG_DATE:
		return db_run(a->db, f->update, err, TXT(json_text(value, NULL)), TXT(id));
	case REG_WORDS:
		text = reg_join(value);
		break;
	case REG_JSON:
		text = json_is(value, JSON_NULL) ? xstrdup("") : json_canonical(value);
		break;
	default:
		text = xstrdup(json_text(value, ""));
		break;
	}
	ok = db_run(a->db, f->update, err, TXT(text), TXT(id));
	free(text);
	return ok;
}

static bool
write_change(const struct reg_write *w, const struct reg_kind *kind,
	const struct json *change, struct error *err)
{
	const struct reg_field *f = find(kind, json_key(change));
	const struct json *to = json_get(change, "to");

	if (f != NULL && f->update != NULL) {
		return update_column(w->a, f, w->id, to, err);
	}
	return kind->write == NULL || kind->write(w, json_key(change), to, err);
}

/* Who wrote it; freed by the caller. */
static char *
origin_of(const struct applying *a)
{
	const char *profile = json_get_text(a->body, "profile");

	return profile == NULL ? xstrdup("hand") : xasprintf("profile:%s", profile);
}

bool
reg_apply(const struct applying *a, const struct reg_kind *kind,
	const struct json *thing, struct error *err)
{
	char *origin = origin_of(a);
	const struct reg_write w = { .a = a, .origin = origin,
		.id = json_text(json_get(thing, "id"), ""),
		.key = json_text(json_get(thing, "key"), "") };
	char *subject = subject_of(kind, w.id, w.key);
	bool ok = !json_get_bool(thing, "new") || kind->insert(&w, err);

	for (const struct json *change = json_first(json_get(thing, "set"));
	     ok && change != NULL; change = json_next(change)) {
		ok = write_change(&w, kind, change, err) &&
			apply_version(a, subject, json_key(change), err);
	}
	ok = ok && (kind->wrote == NULL || kind->wrote(&w, err));
	free(subject);
	free(origin);
	return ok;
}

bool
reg_rewrite(const struct applying *a, const struct reg_kind *kind,
	const struct json *thing, const struct json *change, struct error *err)
{
	char *origin = origin_of(a);
	const struct reg_write w = { .a = a, .origin = origin,
		.id = json_text(json_get(thing, "id"), ""),
		.key = json_text(json_get(thing, "key"), "") };
	char *subject = subject_of(kind, w.id, w.key);
	int64_t seq = 0;
	bool ok = db_one_int(a->db, &FIELD_IS_OF, &seq, err, TXT(subject),
		TXT(json_key(change)));

	ok = ok && (seq != a->event->seq || write_change(&w, kind, change, err));
	free(subject);
	free(origin);
	return ok;
}

bool
reg_list(struct desk *desk, const struct sql *keys,
	bool (*show)(struct desk *desk, const char *key, struct json **out,
		struct error *err),
	struct json **out, struct error *err)
{
	struct stmt *st = db_query_args(desk_db(desk), keys, (const struct arg[]){ NOARGS });
	struct json *found = json_array();
	struct json *list = json_array();
	bool ok;

	while (stmt_row(st)) {
		json_push(found, json_string(stmt_text(st, 0)));
	}
	ok = stmt_done(st, err);
	for (const struct json *key = json_first(found); ok && key != NULL;
	     key = json_next(key)) {
		struct json *thing = NULL;

		ok = show(desk, json_text(key, ""), &thing, err);
		if (ok) {
			json_push(list, thing);
		}
	}
	json_free(found);
	if (!ok) {
		json_free(list);
		return false;
	}
	*out = list;
	return true;
}
