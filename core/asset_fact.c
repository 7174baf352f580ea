/* asset_fact.c owns the facts of assets: their types, their sources, and which
 * of them nobody knows yet. */
#include "core/asset_fact.h"

#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/limits.h"
#include "core/mem.h"
#include "core/text.h"

#define MINUTES_MAX (7 * 24 * 60)

const struct fact_type fact_types[] = {
	{ "level", REG_INT, NULL, 5, false },
	{ "owner", REG_TEXT, NULL, 0, true },
	{ "operator", REG_TEXT, NULL, 0, true },
	{ "standby", REG_WORD, "yes no", 0, false },
	{ "backup", REG_TEXT, NULL, 0, false },
	{ "site", REG_TEXT, NULL, 0, false },
	{ "rack", REG_TEXT, NULL, 0, false },
	{ "supplier", REG_TEXT, NULL, 0, true },
	{ "warranty", REG_TEXT, NULL, 0, false },
	{ "serial", REG_TEXT, NULL, 0, false },
	{ "contract", REG_TEXT, NULL, 0, false },
	{ "users", REG_INT, NULL, 1000000000, false },
	{ "admin_holder", REG_TEXT, NULL, 0, false },
	{ "admin_second", REG_TEXT, NULL, 0, false },
	{ "admin_envelope", REG_TEXT, NULL, 0, false },
	{ "key_holder", REG_TEXT, NULL, 0, false },
	{ "key_second", REG_TEXT, NULL, 0, false },
	{ "stop_order", REG_INT, NULL, 10000, false },
	{ "stop_minutes", REG_INT, NULL, MINUTES_MAX, false },
	{ "start_order", REG_INT, NULL, 10000, false },
	{ "start_minutes", REG_INT, NULL, MINUTES_MAX, false },
	{ .name = "aliases", .type = REG_TEXT, .spare = true },
	{ 0 },
};

SQL(FACTS_OF, "t",
	"SELECT field, value, wording, contact, source FROM asset_fact"
	" WHERE asset_id = $1");
SQL(FACT_SET, "ttttttt",
	"INSERT INTO asset_fact (asset_id, field, value, wording, contact, source, origin)"
	" VALUES ($1, $2, $3, $4, $5, $6, $7)"
	" ON CONFLICT (asset_id, field) DO UPDATE SET value = excluded.value,"
	" wording = excluded.wording, contact = excluded.contact,"
	" source = excluded.source, origin = excluded.origin");
SQL(FACT_DROP, "tt", "DELETE FROM asset_fact WHERE asset_id = $1 AND field = $2");
SQL(LEVEL_SET, "it", "UPDATE asset SET level = $1 WHERE id = $2");
SQL(CONTACT_THERE, "t", "SELECT role FROM contact WHERE role = $1");

const struct fact_type *
fact_type_of(const char *name)
{
	for (const struct fact_type *type = fact_types; type->name != NULL; type++) {
		if (strcmp(type->name, name) == 0) {
			return type;
		}
	}
	return NULL;
}

static struct json *
fact_from_row(struct stmt *st)
{
	static const char *const names[] = { "text", "contact", "source" };
	const struct fact_type *type = fact_type_of(stmt_text(st, 0));
	const char *value = stmt_text(st, 1);
	struct json *fact;

	if (value[0] == '\0') {
		return json_null();
	}
	fact = json_object();
	json_set(fact, "value", type != NULL && type->type == REG_INT
		? json_int(strtoll(value, NULL, 10)) : json_string(value));
	for (int i = 0; i < 3; i++) {
		const char *text = stmt_text(st, i + 2);

		if (text[0] != '\0') {
			json_set_text(fact, names[i], text);
		}
	}
	return fact;
}

bool
fact_load(struct desk *desk, const char *id, struct json *asset, struct error *err)
{
	struct stmt *st;

	for (const struct fact_type *type = fact_types; type->name != NULL; type++) {
		json_set_bool(asset, type->name, false);
	}
	st = db_query(desk_db(desk), &FACTS_OF, TXT(id));
	while (stmt_row(st)) {
		json_set(asset, stmt_text(st, 0), fact_from_row(st));
	}
	return stmt_done(st, err);
}

static bool
put_text(struct json *fact, const char *key, const struct json *given, size_t max,
	const char *place, struct error *err)
{
	const char *text = json_text(given, NULL);
	char *what;
	char *clean = NULL;
	bool ok;

	if (given == NULL || json_is(given, JSON_NULL)) {
		return true;
	}
	what = reg_place(place, key);
	ok = text == NULL
		? error_set(err, ERR_BAD_INPUT, _("%s: must be %s"), what, _("text"))
		: text_accept(&clean, text, strlen(text), TEXT_ONE_LINE, max, what, err);
	if (ok && clean[0] != '\0') {
		json_set_text(fact, key, clean);
	}
	free(clean);
	free(what);
	return ok;
}

static bool
put_number(const struct fact_type *type, struct json *fact, const struct json *given,
	bool by_hand, const char *place, struct error *err)
{
	int64_t min = strcmp(type->name, "level") == 0 ? 1 : 0;
	int64_t value = json_integer(given, -1);

	if (by_hand && json_is(given, JSON_STRING)) {
		const char *text = json_text(given, "");
		char *end;

		value = strtoll(text, &end, 10);
		if (text[0] < '0' || text[0] > '9' || *end != '\0') {
			value = -1;
		}
	}
	if (value < min || value > type->max) {
		return error_set(err, ERR_BAD_INPUT,
			_("%s: must be a whole number from %lld to %lld"), place,
			(long long)min, (long long)type->max);
	}
	json_set_int(fact, "value", value);
	return true;
}

static bool
put_value(const struct fact_type *type, struct json *fact, const struct json *given,
	bool by_hand, const char *place, struct error *err)
{
	const char *text = json_text(given, NULL);

	if (type->type == REG_INT) {
		return put_number(type, fact, given, by_hand, place, err);
	}
	if (type->type == REG_WORD && text != NULL && strcmp(text, "yes") != 0 &&
	    strcmp(text, "no") != 0) {
		return error_set(err, ERR_BAD_INPUT, _("%s: \"%.60s\" is not one of: %s"),
			place, text, type->words);
	}
	if (text == NULL || text[0] == '\0') {
		return error_set(err, ERR_BAD_INPUT, _("%s: must be %s"), place, _("text"));
	}
	return put_text(fact, "value", given, limit(LIMIT_NOTE), place, err);
}

static bool
known_keys(const struct fact_type *type, const struct json *given, const char *place,
	struct error *err)
{
	for (const struct json *key = json_first(given); key != NULL;
	     key = json_next(key)) {
		const char *name = json_key(key);

		if (strcmp(name, "value") != 0 && strcmp(name, "text") != 0 &&
		    strcmp(name, "source") != 0 &&
		    !(type->contact && strcmp(name, "contact") == 0)) {
			return error_set(err, ERR_BAD_INPUT,
				_("%s.%.60s: unknown key; known are: %s"), place, name,
				type->contact ? "value, text, contact, source"
					: "value, text, source");
		}
	}
	return true;
}

static bool
contact_there(struct desk *desk, const char *role, const char *place,
	struct error *err)
{
	char *found = NULL;

	if (role == NULL) {
		return true;
	}
	if (!db_one_text(desk_db(desk), &CONTACT_THERE, &found, err, TXT(role))) {
		return false;
	}
	if (found == NULL) {
		return error_set(err, ERR_NOT_FOUND, _("%s.contact: there is no contact %.60s"),
			place, role);
	}
	free(found);
	return true;
}

static bool
fact_of_object(struct desk *desk, const struct fact_type *type,
	const struct json *given, bool by_hand, const char *place, struct json *fact,
	struct error *err)
{
	if (!by_hand && !json_is(json_get(given, "source"), JSON_STRING)) {
		return error_set(err, ERR_BAD_INPUT, _("%s.source: must be %s"), place,
			_("text"));
	}
	return known_keys(type, given, place, err) &&
		put_value(type, fact, json_get(given, "value"), by_hand, place, err) &&
		put_text(fact, "text", json_get(given, "text"), limit(LIMIT_NOTE), place,
			err) &&
		put_text(fact, "contact", json_get(given, "contact"), limit(LIMIT_NAME),
			place, err) &&
		contact_there(desk, json_get_text(given, "contact"), place, err) &&
		put_text(fact, "source", json_get(given, "source"), limit(LIMIT_NOTE), place,
			err);
}

/* A plain value: "" and "unknown" are not known, "-" does not apply. */
static bool
fact_of_plain(const struct fact_type *type, const struct json *given,
	const char *source, const char *place, struct json **out, struct error *err)
{
	const char *text = json_text(given, NULL);
	struct json *fact;

	if (json_is(given, JSON_NULL) || (text != NULL &&
	    (text[0] == '\0' || strcmp(text, "unknown") == 0))) {
		*out = json_null();
		return true;
	}
	if (text != NULL && strcmp(text, "-") == 0) {
		*out = json_bool(false);
		return true;
	}
	fact = json_object();
	if (!put_value(type, fact, given, true, place, err)) {
		json_free(fact);
		return false;
	}
	json_set_text(fact, "source", source == NULL ? "hand" : source);
	*out = fact;
	return true;
}

static bool
fact_check(struct desk *desk, const struct fact_type *type, const struct json *given,
	const char *source, const char *path, struct json **out, struct error *err)
{
	bool by_hand = path[0] == '\0';
	char *inside = by_hand ? xstrdup("") : reg_place(path, "facts");
	char *place = reg_place(inside, type->name);
	struct json *fact = NULL;
	bool ok = true;

	if (json_is(given, JSON_OBJECT)) {
		fact = json_object();
		ok = fact_of_object(desk, type, given, by_hand, place, fact, err);
	} else if (by_hand) {
		ok = fact_of_plain(type, given, source, place, &fact, err);
	} else if (json_is(given, JSON_NULL) || json_is(given, JSON_BOOL)) {
		fact = json_copy(given);
	} else {
		ok = error_set(err, ERR_BAD_INPUT,
			_("%s: must be null or an object with value and source"), place);
	}
	free(place);
	free(inside);
	if (!ok) {
		json_free(fact);
		return false;
	}
	*out = fact;
	return true;
}

bool
fact_check_all(struct desk *desk, struct json *wanted, bool fresh, const char *path,
	struct error *err)
{
	struct json *source = json_detach(wanted, "source");
	bool ok = true;

	for (const struct fact_type *type = fact_types; ok && type->name != NULL; type++) {
		const struct json *given = json_get(wanted, type->name);
		struct json *fact = NULL;

		if (given != NULL) {
			ok = fact_check(desk, type, given, json_text(source, NULL), path,
				&fact, err);
		} else if (fresh && path[0] == '\0') {
			fact = type->spare ? json_bool(false) : json_null();
		}
		if (ok && fact != NULL) {
			json_set(wanted, type->name, fact);
		}
	}
	json_free(source);
	return ok;
}

static const char *
text_or_empty(const struct json *fact, const char *key)
{
	const char *text = json_get_text(fact, key);

	return text == NULL ? "" : text;
}

bool
fact_write(const struct reg_write *w, const char *field, const struct json *value,
	struct error *err)
{
	const struct json *plain = json_get(value, "value");
	char *text;
	bool ok;

	if (strcmp(field, "level") == 0 &&
	    !db_run(w->a->db, &LEVEL_SET, err, I64(json_integer(plain, 0)), TXT(w->id))) {
		return false;
	}
	if (json_is(value, JSON_BOOL)) {
		return db_run(w->a->db, &FACT_DROP, err, TXT(w->id), TXT(field));
	}
	text = json_is(plain, JSON_NUMBER)
		? xasprintf("%lld", (long long)json_integer(plain, 0))
		: xstrdup(json_text(plain, ""));
	ok = db_run(w->a->db, &FACT_SET, err, TXT(w->id), TXT(field), TXT(text),
		TXT(text_or_empty(value, "text")), TXT(text_or_empty(value, "contact")),
		TXT(text_or_empty(value, "source")), TXT(w->origin));
	free(text);
	return ok;
}
