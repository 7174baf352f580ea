/* register_asset.c owns the rows of one system: its fields, each fact with the
 * document it comes from, what it needs, and what stops with it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/asset.h"
#include "core/asset_fact.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/words.h"
#include "tui/register_model.h"

/* What is shown, and the value as it would be typed (state). */
static bool
add(struct table_rows *out, const struct page *page, const char *key,
	const char *label, const char *value, const char *source, const char *typed)
{
	struct table_row *row = table_add(out, key[0] == '\0'
		|| strcmp(key, "depends_on") == 0 ? value : key, key, typed);

	table_cell(row, FACT_NAME, label);
	table_cell(row, FACT_VALUE, value);
	table_cell(row, FACT_SOURCE, source);
	row->text = xasprintf("%s\n\n%s: %s", value, _("source"),
		source != NULL && source[0] != '\0' ? source : "-");
	if (key[0] != '\0' && value != NULL && strcmp(value, _("MISSING")) == 0) {
		row->signs = 1;
		row->style = ST_SOON;
	}
	return page_take(out, page);
}

static void
add_plain(struct table_rows *out, const struct page *page, const struct json *asset,
	const char *field)
{
	const char *text = json_get_text(asset, field);

	(void)add(out, page, field, register_label(field), text != NULL ? text : "-", "",
		text != NULL ? text : "");
}

/* facts holds what applies: null there is missing; what is not there at all does
 * not apply. */
static void
add_fact(struct table_rows *out, const struct page *page, const struct json *facts,
	const struct fact_type *type)
{
	const struct json *fact = json_get(facts, type->name);
	const struct json *value = json_get(fact, "value");
	const char *wording = json_get_text(fact, "text");
	const char *contact = json_get_text(fact, "contact");
	char *typed, *shown;

	if (fact == NULL) {
		(void)add(out, page, type->name, register_label(type->name),
			type->spare ? "-" : _("does not apply"), "", "-");
		return;
	}
	if (json_is(fact, JSON_NULL)) {
		(void)add(out, page, type->name, register_label(type->name), _("MISSING"), "",
			"");
		return;
	}
	typed = json_is(value, JSON_NUMBER)
		? xasprintf("%lld", (long long)json_integer(value, 0))
		: xstrdup(json_text(value, ""));
	shown = xasprintf("%s%s%s%s%s", strcmp(typed, "yes") == 0 ? _("yes")
		: strcmp(typed, "no") == 0 ? _("no") : typed,
		wording != NULL && wording[0] != '\0' ? ": " : "",
		wording != NULL ? wording : "",
		contact != NULL && contact[0] != '\0' ? " -> " : "",
		contact != NULL ? contact : "");
	(void)add(out, page, type->name, register_label(type->name), shown,
		json_get_text(fact, "source"), typed);
	free(typed);
	free(shown);
}

static void
add_needs(struct table_rows *out, const struct page *page, const struct json *asset)
{
	struct buf typed = { 0 };
	const struct json *edge;

	for (edge = json_first(json_get(asset, "depends_on")); edge != NULL;
		edge = json_next(edge)) {
		buf_addf(&typed, "%s%s%s", typed.len > 0 ? "," : "",
			json_get_text(edge, "code"), json_get_bool(edge, "assumed")
				? ":assumed" : "");
	}
	for (edge = json_first(json_get(asset, "depends_on")); edge != NULL;
		edge = json_next(edge)) {
		char *value = xasprintf("%s %s", json_get_text(edge, "code"),
			json_get_bool(edge, "assumed") ? _("(assumed)") : _("(documented)"));

		(void)add(out, page, "depends_on", register_label("depends_on"), value,
			json_get_text(edge, "source"), buf_text(&typed));
		free(value);
	}
	if (typed.len == 0) {
		(void)add(out, page, "depends_on", register_label("depends_on"), "-", "", "");
	}
	buf_free(&typed);
}

static bool
add_dependants(struct table_rows *out, const struct page *page, struct desk *desk,
	struct error *err)
{
	struct json *list = NULL;

	if (!asset_dependants(desk, page->about, &list, err)) {
		return false;
	}
	for (const struct json *item = json_first(list); item != NULL;
		item = json_next(item)) {
		const char *via = json_get_text(item, "via");
		int64_t users = json_get_int(item, "users", 0);
		char *hit = users > 0 ? xasprintf(_("; users: %lld"), (long long)users)
			: xstrdup("");
		char *value = xasprintf("%s %s %s%s%s%s", json_get_text(item, "code"),
			json_get_text(item, "name"), json_get_bool(item, "assumed")
				? _("(assumed)") : _("(documented)"), hit,
			json_get_int(item, "depth", 1) > 1 && via != NULL ? " < " : "",
			json_get_int(item, "depth", 1) > 1 && via != NULL ? via : "");

		(void)add(out, page, "", _("stops with it"), value,
			word_label(WORDS_ASSET_STATE, json_get_text(item, "state")), "");
		free(value);
		free(hit);
	}
	json_free(list);
	return true;
}

bool
register_asset_page(struct table_rows *out, struct desk *desk, const struct page *page,
	struct error *err)
{
	struct json *asset = NULL;
	const char *state;

	if (!asset_show(desk, page->about, &asset, err)) {
		return false;
	}
	add_plain(out, page, asset, "name");
	state = json_get_text(asset, "state");
	snprintf(out->head.counts, sizeof(out->head.counts), "%.80s", page->about);
	(void)add(out, page, "state", register_label("state"),
		word_label(WORDS_ASSET_STATE, state), "", state);
	for (const struct fact_type *type = fact_types; type->name != NULL; type++) {
		add_fact(out, page, json_get(asset, "facts"), type);
	}
	add_needs(out, page, asset);
	add_plain(out, page, asset, "note");
	json_free(asset);
	if (!add_dependants(out, page, desk, err)) {
		return false;
	}
	return true;
}
