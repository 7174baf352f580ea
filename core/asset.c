/* asset.c owns the table of assets and their facts. */
#include "core/asset.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/asset_fact.h"
#include "core/asset_list.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/register_words.h"
#include "core/when.h"

SQL(ASSET_INSERT, "tti",
	"INSERT INTO asset (id, code, name, name_en, kind, outside, level, state,"
	" state_since, links, counts, note, missing)"
	" VALUES ($1, $2, '', '', 'application', 0, 0, 'unknown', $3, '', '', '', 0)");
SQL(ASSET_READ, "t",
	"SELECT id, name, name_en, kind, state, note, links, counts, outside"
	" FROM asset WHERE code = $1");
/* An exercise does not tell how a system really is. */
SQL(CASE_ON, "t", "SELECT c.id FROM cases c JOIN asset a ON a.id = c.asset_id"
	" WHERE a.code = $1 AND c.is_open = 1 AND c.drill = 0 ORDER BY c.id DESC LIMIT 1");
SQL(ASSET_ID, "t", "SELECT id FROM asset WHERE code = $1");
SQL(ASSET_STATE, "tit", "UPDATE asset SET state = $1, state_since = $2 WHERE id = $3");
SQL(ASSET_MISSING, "t",
	"UPDATE asset SET missing = (SELECT COUNT(*) FROM asset_fact f"
	" WHERE f.asset_id = $1 AND f.value = '') WHERE id = $1");
SQL(DEPENDENCIES_DROP, "t", "DELETE FROM asset_dependency WHERE asset_id = $1");
SQL(DEPENDENCY_ADD, "ttitt",
	"INSERT INTO asset_dependency (asset_id, on_id, assumed, source, origin)"
	" VALUES ($1, $2, $3, $4, $5)");
SQL(DEPENDENCIES_OF, "t",
	"SELECT on_id, assumed, source FROM asset_dependency WHERE asset_id = $1"
	" ORDER BY on_id");

#define COLUMN(column, type) \
	SQL(ASSET_SET_##column, type "t", "UPDATE asset SET " #column " = $1 WHERE id = $2")
COLUMN(name, "t");
COLUMN(name_en, "t");
COLUMN(kind, "t");
COLUMN(outside, "i");
COLUMN(links, "t");
COLUMN(counts, "t");
COLUMN(note, "t");

#define FACT(fact) { .name = fact, .type = REG_JSON }

static const struct reg_field fields[] = {
	{ .name = "name", .type = REG_TEXT, .flags = REG_REQUIRED,
	  .update = &ASSET_SET_name },
	{ .name = "name_en", .type = REG_TEXT, .update = &ASSET_SET_name_en },
	{ .name = "kind", .type = REG_WORD, .flags = REG_NO_NULL, .words = ASSET_KIND_WORDS,
	  .update = &ASSET_SET_kind },
	{ .name = "outside", .type = REG_FLAG, .update = &ASSET_SET_outside },
	{ .name = "state", .type = REG_WORD, .flags = REG_NO_NULL,
	  .words = ASSET_STATE_WORDS },
	{ .name = "links", .type = REG_JSON, .update = &ASSET_SET_links },
	{ .name = "counts", .type = REG_JSON, .update = &ASSET_SET_counts },
	{ .name = "note", .type = REG_LONG, .update = &ASSET_SET_note },
	{ .name = "depends_on", .type = REG_JSON },
	{ .name = "source", .type = REG_LONG }, /* of the facts given with it */
	FACT("level"), FACT("owner"), FACT("operator"), FACT("standby"), FACT("backup"),
	FACT("site"), FACT("rack"), FACT("supplier"), FACT("warranty"), FACT("serial"),
	FACT("contract"), FACT("users"), FACT("admin_holder"), FACT("admin_second"),
	FACT("admin_envelope"), FACT("key_holder"), FACT("key_second"),
	FACT("stop_order"), FACT("stop_minutes"),
	FACT("start_order"), FACT("start_minutes"), FACT("aliases"),
	{ 0 },
};

static bool
load_dependencies(struct desk *desk, const char *id, struct json *asset,
	struct error *err)
{
	struct json *list = json_array();
	struct stmt *st = db_query(desk_db(desk), &DEPENDENCIES_OF, TXT(id));

	while (stmt_row(st)) {
		struct json *edge = json_object();

		json_set_text(edge, "on", stmt_text(st, 0));
		json_set_bool(edge, "assumed", stmt_int(st, 1) != 0);
		json_set_text(edge, "source", stmt_text(st, 2));
		json_push(list, edge);
	}
	json_set(asset, "depends_on", list);
	return stmt_done(st, err);
}

static struct json *
stored_json(const char *text)
{
	struct json *value = NULL;
	struct error ignored;

	if (text == NULL || text[0] == '\0' ||
	    !json_parse(&value, text, strlen(text), NULL, &ignored)) {
		return json_null();
	}
	return value;
}

static bool
load(struct desk *desk, const char *code, char id[UUID_SIZE], struct json **out,
	struct error *err)
{
	static const char *const names[] = { "name", "name_en", "kind", "state", "note" };
	struct stmt *st = db_query(desk_db(desk), &ASSET_READ, TXT(code));
	struct json *asset = NULL;

	if (stmt_row(st)) {
		asset = json_object();
		(void)snprintf(id, UUID_SIZE, "%s", stmt_text(st, 0));
		for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
			json_set(asset, names[i], reg_text(stmt_text(st, (int)i + 1)));
		}
		json_set(asset, "links", stored_json(stmt_text(st, 6)));
		json_set(asset, "counts", stored_json(stmt_text(st, 7)));
		json_set_bool(asset, "outside", stmt_int(st, 8) != 0);
	}
	if (!stmt_done(st, err) || (asset != NULL &&
	    (!load_dependencies(desk, id, asset, err) ||
	     !fact_load(desk, id, asset, err)))) {
		json_free(asset);
		return false;
	}
	*out = asset;
	return true;
}

/* "LGSP" or "LGSP:assumed" of the command line. */
static struct json *
edge_of_word(const char *word)
{
	const char *colon = strchr(word, ':');
	struct json *edge = json_object();
	char *code = colon == NULL ? xstrdup(word) : xstrndup(word, (size_t)(colon - word));

	json_set_text(edge, "on", code);
	json_set_bool(edge, "assumed", colon != NULL && strcmp(colon, ":assumed") == 0);
	if (colon != NULL && strcmp(colon, ":assumed") != 0) {
		json_set_text(edge, "odd", colon + 1);
	}
	json_set_text(edge, "source", "hand");
	free(code);
	return edge;
}

static bool
edge_fits(const struct json *edge, const char *place, struct error *err)
{
	if (!json_is(json_get(edge, "on"), JSON_STRING)) {
		return error_set(err, ERR_BAD_INPUT, _("%s.on: must be the code of an asset"),
			place);
	}
	if (json_get(edge, "odd") != NULL) {
		return error_set(err, ERR_BAD_INPUT,
			_("%s: after the code only \":assumed\" may stand, not \":%.60s\""),
			place, json_get_text(edge, "odd"));
	}
	if (!json_is(json_get(edge, "assumed"), JSON_BOOL)) {
		return error_set(err, ERR_BAD_INPUT, _("%s.assumed: must be true or false"),
			place);
	}
	if (!json_is(json_get(edge, "source"), JSON_STRING)) {
		return error_set(err, ERR_BAD_INPUT, _("%s.source: must be text"), place);
	}
	for (const struct json *key = json_first(edge); key != NULL; key = json_next(key)) {
		const char *name = json_key(key);

		if (strcmp(name, "on") != 0 && strcmp(name, "assumed") != 0 &&
		    strcmp(name, "source") != 0) {
			return error_set(err, ERR_BAD_INPUT,
				_("%s.%.60s: unknown key; known are: on, assumed, source"),
				place, name);
		}
	}
	return true;
}

/* Codes become ids: events name things by UUID. */
static bool
resolve_edge(struct desk *desk, const char *code, const struct json *given,
	const char *place, struct json *into, struct error *err)
{
	const char *on = json_get_text(given, "on");
	struct json *edge;
	char *id = NULL;

	if (!edge_fits(given, place, err) ||
	    !db_one_text(desk_db(desk), &ASSET_ID, &id, err, TXT(on))) {
		return false;
	}
	if (id == NULL || strcmp(on, code) == 0) {
		bool self = id != NULL;

		free(id);
		return self
			? error_set(err, ERR_REFUSED, _("%s: %s cannot depend on itself"),
				place, code)
			: error_set(err, ERR_NOT_FOUND, _("%s.on: there is no asset %.60s"),
				place, on);
	}
	for (const struct json *known = json_first(into); known != NULL;
	     known = json_next(known)) {
		if (strcmp(json_get_text(known, "on"), id) == 0) {
			free(id);
			return error_set(err, ERR_BAD_INPUT, _("%s.on: %s stands twice"),
				place, on);
		}
	}
	edge = json_copy(given);
	json_set_text(edge, "on", id);
	json_push(into, edge);
	free(id);
	return true;
}

static bool
check_dependencies(struct desk *desk, const char *code, struct json *wanted,
	const char *path, struct error *err)
{
	const struct json *given = json_get(wanted, "depends_on");
	struct json *words = NULL;
	struct json *edges;
	int n = 0;
	bool ok = true;

	if (given == NULL) {
		return true;
	}
	if (json_is(given, JSON_STRING) && path[0] == '\0') {
		words = reg_split(json_text(given, ""));
		given = words;
	}
	edges = json_array();
	for (const struct json *one = json_first(given); ok && one != NULL;
	     one = json_next(one)) {
		struct json *edge = json_is(one, JSON_STRING) && path[0] == '\0'
			? edge_of_word(json_text(one, "")) : json_copy(one);
		char *place = xasprintf("%s%sdepends_on[%d]", path,
			path[0] == '\0' ? "" : ".", n++);

		ok = json_is(edge, JSON_OBJECT)
			? resolve_edge(desk, code, edge, place, edges, err)
			: error_set(err, ERR_BAD_INPUT, _("%s: must be an object"), place);
		free(place);
		json_free(edge);
	}
	json_free(words);
	if (!ok) {
		json_free(edges);
		return false;
	}
	json_set(wanted, "depends_on", reg_sorted(edges, "on"));
	json_free(edges);
	return true;
}

static bool
check(struct desk *desk, const char *code, struct json *wanted, bool fresh,
	const char *path, struct error *err)
{
	return asset_lists_fit(wanted, path, err) &&
		fact_check_all(desk, wanted, fresh, path, err) &&
		check_dependencies(desk, code, wanted, path, err);
}

static bool
after(struct desk *desk, const char *code, const char *path, struct error *err)
{
	(void)code;
	return asset_graph_sound(desk, path, err);
}

static bool
insert(const struct reg_write *w, struct error *err)
{
	return db_run(w->a->db, &ASSET_INSERT, err, TXT(w->id), TXT(w->key),
		I64(w->a->event->occurred_at));
}

static bool
write_dependencies(const struct reg_write *w, const struct json *edges,
	struct error *err)
{
	bool ok = db_run(w->a->db, &DEPENDENCIES_DROP, err, TXT(w->id));

	for (const struct json *edge = json_first(edges); ok && edge != NULL;
	     edge = json_next(edge)) {
		ok = db_run(w->a->db, &DEPENDENCY_ADD, err, TXT(w->id),
			TXT(json_get_text(edge, "on")),
			I64(json_get_bool(edge, "assumed")),
			TXT(json_get_text(edge, "source")), TXT(w->origin));
	}
	return ok;
}

static bool
write_field(const struct reg_write *w, const char *field, const struct json *value,
	struct error *err)
{
	if (strcmp(field, "state") == 0) {
		return db_run(w->a->db, &ASSET_STATE, err, TXT(json_text(value, "unknown")),
			I64(w->a->event->occurred_at), TXT(w->id));
	}
	if (strcmp(field, "depends_on") == 0) {
		return write_dependencies(w, value, err);
	}
	return fact_write(w, field, value, err);
}

static bool
wrote(const struct reg_write *w, struct error *err)
{
	return db_run(w->a->db, &ASSET_MISSING, err, TXT(w->id));
}

const struct reg_kind asset_kind = {
	.name = N_("asset"), .key = "code", .act = ACT_REGISTER,
	.absent_false = true, .added = "asset_added", .changed = "asset_set", .fields = fields,
	.load = load, .check = check, .after = after, .insert = insert,
	.write = write_field, .wrote = wrote,
};

bool
apply_asset_change(const struct applying *a, struct error *err)
{
	return reg_apply(a, &asset_kind, a->body, err);
}

/* The option is --depends-on, the field depends_on. */
static struct json *
with_depends(const struct json *given)
{
	struct json *copy = json_copy(given);
	struct json *depends = json_detach(copy, "depends-on");

	if (depends != NULL) {
		json_set(copy, "depends_on", depends);
	}
	return copy;
}

bool
asset_id_of(char id[UUID_SIZE], struct desk *desk, const char *code, struct error *err)
{
	char *found = NULL;

	id[0] = '\0';
	if (!db_one_text(desk_db(desk), &ASSET_ID, &found, err, TXT(code))) {
		return false;
	}
	if (found == NULL) {
		return error_set(err, ERR_NOT_FOUND,
			_("there is no asset %.60s in the register; see `suco asset list`"), code);
	}
	(void)snprintf(id, UUID_SIZE, "%s", found);
	free(found);
	return true;
}

bool
asset_add(struct desk *desk, const char *code, const struct json *given,
	struct error *err)
{
	struct json *copy = with_depends(given);
	bool ok = reg_add(desk, &asset_kind, code, copy, err);

	json_free(copy);
	return ok;
}

bool
asset_set(struct desk *desk, const char *code, const struct json *given,
	struct error *err)
{
	struct json *copy = with_depends(given);
	struct reg_kind kind = asset_kind;
	char *on = NULL;
	bool ok = true;

	if (json_get(given, "state") != NULL && json_get(given, "since") != NULL) {
		ok = when_parse(&kind.at, json_text_of(given, "since"), WHEN_PAST,
			desk_now(desk), desk_zone(desk), err);
		json_remove(copy, "since");
	}
	/* How a system is, the watch says; what it is, who keeps the register. */
	if (json_get(copy, "state") != NULL && json_count(copy) == 1) {
		kind.act = ACT_WORK;
		/* Who reads the case later must find when its system came back. */
		ok = ok && db_one_text(desk_db(desk), &CASE_ON, &on, err, TXT(code));
		kind.case_id = on;
	}
	ok = ok && reg_set(desk, &kind, code, copy, err);

	free(on);
	json_free(copy);
	return ok;
}
