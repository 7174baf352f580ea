/* asset_view.c shows assets to people and scripts, and checks their lists. */
#include <stdlib.h>
#include <string.h>

#include "core/asset.h"
#include "core/asset_fact.h"
#include "core/asset_list.h"
#include "core/buf.h"
#include "core/i18n.h"
#include "core/limits.h"
#include "core/mem.h"

SQL(ASSET_CODES, "", "SELECT code FROM asset ORDER BY code");
SQL(ASSET_CODE, "t", "SELECT code, state_since FROM asset WHERE id = $1");
SQL(MISSING_ALL, "", "SELECT COALESCE(SUM(missing), 0) FROM asset");

static bool
item_fits(const struct json *item, const char *const *texts, const char *number,
	const char *place, struct error *err)
{
	if (!json_is(item, JSON_OBJECT)) {
		return error_set(err, ERR_BAD_INPUT, _("%s: must be an object"), place);
	}
	for (const struct json *value = json_first(item); value != NULL;
	     value = json_next(value)) {
		const char *const *text = texts;

		while (*text != NULL && strcmp(*text, json_key(value)) != 0) {
			text++;
		}
		if (*text == NULL && strcmp(json_key(value), number) != 0) {
			return error_set(err, ERR_BAD_INPUT, _("%s.%.60s: unknown key"), place,
				json_key(value));
		}
		if (*text == NULL ? !json_is_integer(value) || json_integer(value, -1) < 0
				: !json_is(value, JSON_STRING) ||
				strlen(json_text(value, "")) > limit(LIMIT_NOTE)) {
			return error_set(err, ERR_BAD_INPUT, _("%s.%.60s: must be %s"), place,
				json_key(value), *text == NULL
					? _("a whole number, 0 or more") : _("text"));
		}
	}
	if (json_get(item, texts[0]) == NULL || json_get(item, "source") == NULL) {
		return error_set(err, ERR_BAD_INPUT, _("%s: needs %s and source"), place,
			texts[0]);
	}
	return true;
}

static bool
list_fits(const struct json *wanted, const char *name, const char *const *texts,
	const char *number, const char *path, struct error *err)
{
	const struct json *list = json_get(wanted, name);
	char *at;
	int n = 0;
	bool ok = true;

	if (list == NULL || json_is(list, JSON_NULL)) {
		return true;
	}
	at = reg_place(path, name);
	if (!json_is(list, JSON_ARRAY)) {
		ok = error_set(err, ERR_BAD_INPUT, _("%s: must be a list"), at);
	}
	for (const struct json *item = json_first(list); ok && item != NULL;
	     item = json_next(item)) {
		char *place = xasprintf("%s[%d]", at, n++);

		ok = item_fits(item, texts, number, place, err);
		free(place);
	}
	free(at);
	return ok;
}

bool
asset_lists_fit(const struct json *wanted, const char *path, struct error *err)
{
	static const char *const link_texts[] = { "name", "to", "source", NULL };
	static const char *const count_texts[] = { "what", "source", "units", NULL };

	return list_fits(wanted, "links", link_texts, "mbps", path, err) &&
		list_fits(wanted, "counts", count_texts, "number", path, err);
}

/* Edges name assets by code for people. */
static bool
show_dependencies(struct desk *desk, struct json *asset, struct error *err)
{
	struct json *edges = json_detach(asset, "depends_on");
	struct json *list = json_array();
	bool ok = true;

	for (const struct json *edge = json_first(edges); ok && edge != NULL;
	     edge = json_next(edge)) {
		struct json *shown = json_object();
		char *code = NULL;

		ok = db_one_text(desk_db(desk), &ASSET_CODE, &code, err,
			TXT(json_get_text(edge, "on")));
		json_set_text(shown, "code", code);
		json_set_bool(shown, "assumed", json_get_bool(edge, "assumed"));
		json_set_text(shown, "source", json_get_text(edge, "source"));
		json_push(list, shown);
		free(code);
	}
	json_free(edges);
	json_set(asset, "depends_on", reg_sorted(list, "code"));
	json_free(list);
	return ok;
}

static void
add_source(struct buf *all, const char *source)
{
	const char *there = source == NULL || all->len == 0 ? NULL
		: strstr(buf_text(all), source);

	if (source != NULL && source[0] != '\0' && there == NULL) {
		buf_addf(all, "%s%s", all->len > 0 ? "; " : "", source);
	}
}

/* Plain values beside the full facts, and what is missing. */
static void
show_facts(struct json *asset)
{
	struct json *facts = json_object();
	struct json *missing = json_array();
	struct buf sources = { 0 };

	for (const struct fact_type *type = fact_types; type->name != NULL; type++) {
		struct json *fact = json_detach(asset, type->name);
		const struct json *value = json_get(fact, "value");

		json_set(asset, type->name, value == NULL ? json_null() : json_copy(value));
		if (!type->spare) {
			add_source(&sources, json_get_text(fact, "source"));
		}
		if (strcmp(type->name, "standby") == 0) {
			json_set_text(asset, "standby_text", json_get_text(fact, "text"));
		}
		if (json_is(fact, JSON_NULL)) {
			json_push(missing, json_string(type->name));
		}
		if (json_is(fact, JSON_BOOL)) {
			json_free(fact);
		} else {
			json_set(facts, type->name, fact);
		}
	}
	json_set_text(asset, "source", sources.len == 0 ? NULL : buf_text(&sources));
	json_set(asset, "facts", facts);
	json_set(asset, "missing", missing);
	buf_free(&sources);
}

static bool
since(struct desk *desk, const char *id, int64_t *at, struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), &ASSET_CODE, TXT(id));

	if (stmt_row(st)) {
		*at = stmt_int(st, 1);
	}
	return stmt_done(st, err);
}

bool
asset_show(struct desk *desk, const char *code, struct json **out, struct error *err)
{
	struct json *asset = NULL;
	struct json *shown;
	char id[UUID_SIZE] = "";
	int64_t at = 0;

	if (!asset_kind.load(desk, code, id, &asset, err)) {
		return false;
	}
	if (asset == NULL) {
		return error_set(err, ERR_NOT_FOUND,
			_("there is no asset %.60s in the register; see `suco asset list`"), code);
	}
	if (!show_dependencies(desk, asset, err) || !since(desk, id, &at, err)) {
		json_free(asset);
		return false;
	}
	show_facts(asset);
	shown = json_object();
	json_set_text(shown, "id", id);
	json_set_text(shown, "code", code);
	json_set_int(shown, "state_since", at);
	for (const struct json *field = json_first(asset); field != NULL;
	     field = json_next(field)) {
		json_set(shown, json_key(field), json_copy(field));
	}
	json_free(asset);
	*out = shown;
	return true;
}

bool
asset_list(struct desk *desk, struct json **out, struct error *err)
{
	return reg_list(desk, &ASSET_CODES, asset_show, out, err);
}

bool
asset_missing(struct desk *desk, int *missing, struct error *err)
{
	int64_t count = 0;

	if (!db_one_int(desk_db(desk), &MISSING_ALL, &count, err, NOARGS)) {
		return false;
	}
	*missing = (int)count;
	return true;
}
