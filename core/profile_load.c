/* profile_load.c loads profiles into a desk: section by section in one change,
 * and tells what came of it. */
#include "core/profile.h"

#include <stdlib.h>
#include <string.h>

#include "core/address.h"
#include "core/asset.h"
#include "core/asset_fact.h"
#include "core/change.h"
#include "core/contact.h"
#include "core/duty_act.h"
#include "core/group.h"
#include "core/holiday.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/profile_private.h"
#include "core/rule.h"
#include "core/setting.h"

struct loading {
	struct desk *desk;
	const char *name;    /* of the profile */
	struct json *report;
	struct json *kept;
};

static struct json *
tally_json(const struct reg_tally *tally)
{
	struct json *out = json_object();

	json_set_int(out, "added", tally->added);
	json_set_int(out, "changed", tally->changed);
	json_set_int(out, "same", tally->same);
	return out;
}

/* One event a section, none where nothing changed; applied at once, so that
 * what follows may refer to it. */
static bool
append_section(struct loading *l, const struct reg_kind *kind, struct json *things,
	struct error *err)
{
	struct json *body;
	struct json *by_kind;

	if (json_count(things) == 0) {
		json_free(things);
		return true;
	}
	body = json_object();
	by_kind = json_object();
	json_set_text(body, "profile", l->name);
	json_set(by_kind, kind->name, things);
	json_set(body, "things", by_kind);
	change_add(l->desk, REG_IMPORTED, NULL, body);
	return change_flush(l->desk, err);
}

/* What a section's item becomes before its kind checks it; *out the caller's. */
typedef bool shape_fn(const struct json *item, const char *path, struct json **out,
	struct error *err);

struct part {
	const char *section;
	const char *report; /* where its tally goes */
	const struct reg_kind *kind;
	shape_fn *shape;    /* NULL: as it stands */
};

static bool
load_part(struct loading *l, const struct part *part, const struct json *items,
	struct reg_tally *tally, struct error *err)
{
	struct json *things = json_array();
	int n = 0;

	for (const struct json *item = json_first(items); item != NULL;
	     item = json_next(item), n++) {
		char *path = xasprintf("$.%s[%d]", part->section, n);
		char *place = reg_place(path, part->kind->key);
		const char *key = json_get_text(item, part->kind->key);
		struct json *shaped = NULL;
		bool ok = reg_key_fits(key == NULL ? "" : key, place, err) &&
			(part->shape == NULL || part->shape(item, path, &shaped, err)) &&
			reg_import(l->desk, part->kind, key,
				shaped == NULL ? item : shaped, path, things, l->kept, tally,
				err);

		json_free(shaped);
		free(place);
		free(path);
		if (!ok) {
			json_free(things);
			return false;
		}
	}
	return append_section(l, part->kind, things, err);
}

/* An asset without its edges: they follow when all assets are there. */
static bool
shape_asset(const struct json *item, const char *path, struct json **out,
	struct error *err)
{
	struct json *shaped = json_copy(item);
	struct json *facts = json_detach(shaped, "facts");
	bool ok = json_get(shaped, "source") == NULL ||
		error_set(err, ERR_BAD_INPUT, _("%s.source: unknown key"), path);

	json_remove(shaped, "depends_on");
	for (const struct json *fact = json_first(facts); ok && fact != NULL;
	     fact = json_next(fact)) {
		const struct fact_type *type = fact_type_of(json_key(fact));

		if (type == NULL || json_is(fact, JSON_BOOL)) {
			ok = error_set(err, ERR_BAD_INPUT, type == NULL
				? _("%s.facts.%.60s: unknown key")
				: _("%s.facts.%.60s: must be null or an object with value and"
				    " source"), path, json_key(fact));
		}
	}
	for (const struct fact_type *type = fact_types; ok && type->name != NULL; type++) {
		const struct json *fact = json_get(facts, type->name);

		if (json_get(shaped, type->name) != NULL) {
			ok = error_set(err, ERR_BAD_INPUT, _("%s.%s: unknown key"), path,
				type->name);
		}
		json_set(shaped, type->name, fact == NULL ? json_bool(false)
			: json_copy(fact));
	}
	json_free(facts);
	*out = shaped;
	return ok;
}

static bool
shape_edges(const struct json *item, const char *path, struct json **out,
	struct error *err)
{
	const struct json *edges = json_get(item, "depends_on");

	(void)path;
	(void)err;
	*out = json_object();
	json_set(*out, "name", json_copy(json_get(item, "name")));
	json_set(*out, "depends_on", edges == NULL ? json_array() : json_copy(edges));
	return true;
}

static const struct part parts[] = {
	{ "bodies", "bodies", &body_kind, NULL },
	{ "units", "units", &unit_kind, NULL },
	{ "contacts", "contacts", &contact_kind, NULL },
	{ "assets", "assets", &asset_kind, shape_asset },
	{ "assets", NULL, &asset_kind, shape_edges },
	{ "groups", "groups", &group_kind, NULL },
};

static bool
load_parts(struct loading *l, const struct profile *profile, struct error *err)
{
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		struct reg_tally tally = { 0 };

		if (!load_part(l, &parts[i], json_get(profile->root, parts[i].section),
			    &tally, err)) {
			return false;
		}
		if (parts[i].report != NULL) {
			json_set(l->report, parts[i].report, tally_json(&tally));
		}
	}
	return asset_graph_sound(l->desk, "$.assets", err);
}

static bool
groups_sound(struct loading *l, const struct profile *profile, struct error *err)
{
	const struct json *groups = json_get(profile->root, "groups");
	int n = 0;

	for (const struct json *group = json_first(groups); group != NULL;
	     group = json_next(group), n++) {
		struct json *all = NULL;

		if (!group_expand(l->desk, json_get_text(group, "code"), &all, err)) {
			struct error inner = *err;

			return error_cause(err, ERR_BAD_INPUT, inner.cause, "$.groups[%d]: %.400s",
				n, inner.message);
		}
		json_free(all);
	}
	return true;
}

static bool
load_setting(struct loading *l, const char *name, const struct json *value,
	const char *path, struct json *things, struct reg_tally *tally,
	struct error *err)
{
	struct json *wanted = json_object();
	bool ok;

	json_set(wanted, "value", json_copy(value));
	ok = reg_import(l->desk, &setting_kind, name, wanted, path, things, l->kept,
		tally, err);
	json_free(wanted);
	return ok;
}

/* Settings by name, and the roles of the plans as settings. */
static bool
load_settings(struct loading *l, const struct profile *profile, struct error *err)
{
	struct json *things = json_array();
	struct reg_tally tally = { 0 };
	bool ok = true;
	int n = 0;

	for (const struct json *value = json_first(json_get(profile->root, "settings"));
	     ok && value != NULL; value = json_next(value)) {
		char *path = xasprintf("$.settings.%.60s", json_key(value));

		ok = load_setting(l, json_key(value), value, path, things, &tally, err);
		free(path);
	}
	for (const struct json *agent = json_first(json_get(profile->root, "agent_roles"));
	     ok && agent != NULL; agent = json_next(agent), n++) {
		char *path = xasprintf("$.agent_roles[%d].to", n);
		char *name = xasprintf("agent.%s", json_get_text(agent, "role"));

		ok = load_setting(l, name, json_get(agent, "to"), path, things, &tally, err);
		free(name);
		free(path);
	}
	if (!ok) {
		json_free(things);
		return false;
	}
	json_set(l->report, "settings", tally_json(&tally));
	return append_section(l, &setting_kind, things, err);
}

static bool
load_rules(struct loading *l, const struct profile *profile, struct error *err)
{
	static const struct part part = { "rules", "rules", &rule_kind, NULL };
	struct reg_tally tally = { 0 };

	for (const struct json *file = json_first(profile->rule_files); file != NULL;
	     file = json_next(file)) {
		if (!load_part(l, &part, json_get(file, "rules"), &tally, err)) {
			return profile_in_file(json_get_text(file, "name"), err);
		}
	}
	if (profile->root != NULL &&
	    !load_part(l, &part, json_get(profile->root, "rules"), &tally, err)) {
		return false;
	}
	json_set(l->report, "rules", tally_json(&tally));
	return true;
}

/* The days of all its files together. */
static bool
load_holidays(struct loading *l, const struct profile *profile, struct error *err)
{
	struct reg_tally tally = { 0 };

	for (const struct json *file = json_first(json_get(profile->root, "holiday_files"));
	     file != NULL; file = json_next(file)) {
		struct json *report = NULL;

		if (!holiday_import(l->desk, json_text(file, ""), &report, err) ||
		    !change_flush(l->desk, err)) {
			json_free(report);
			return profile_in_file(json_text(file, ""), err);
		}
		tally.added += (int)json_get_int(report, "added", 0);
		tally.changed += (int)json_get_int(report, "changed", 0);
		tally.same += (int)json_get_int(report, "same", 0) +
			(int)json_get_int(report, "kept", 0);
		json_free(report);
	}
	if (json_count(json_get(profile->root, "holiday_files")) > 0) {
		json_set(l->report, "holidays", tally_json(&tally));
	}
	return true;
}

/* A layer that is there stays as members set it; who is on it no profile says. */
static bool
load_layer(struct loading *l, const struct json *item, const char *path,
	struct reg_tally *tally, struct error *err)
{
	const char *code = json_get_text(item, "code");
	struct duty_layers layers;
	struct json *given;
	bool there = false, changed = false, ok;

	if (code == NULL) {
		return error_set(err, ERR_BAD_INPUT, _("%s.%s: is missing"), path, "code");
	}
	if (!duty_layers(l->desk, &layers, err)) {
		return false;
	}
	for (int i = 0; i < layers.count; i++) {
		there = there || strcmp(layers.all[i].code, code) == 0;
	}
	duty_layers_clear(&layers);
	tally->same += there;
	tally->added += !there;
	if (there) {
		return true;
	}
	given = json_copy(item);
	json_remove(given, "code");
	ok = duty_set(l->desk, code, given, &changed, err);
	json_free(given);
	if (!ok) {
		struct error inner = *err;

		return error_cause(err, ERR_BAD_INPUT, inner.cause, "%s: %.400s", path,
			inner.message);
	}
	return true;
}

static bool
load_layers(struct loading *l, const struct profile *profile, struct error *err)
{
	const struct json *list = json_get(profile->root, "duty_layers");
	struct reg_tally tally = { 0 };
	int n = 0;

	for (const struct json *item = json_first(list); item != NULL;
	     item = json_next(item), n++) {
		char *path = xasprintf("$.duty_layers[%d]", n);
		bool ok = load_layer(l, item, path, &tally, err);

		free(path);
		if (!ok) {
			return false;
		}
	}
	if (json_count(list) > 0) {
		json_set(l->report, "duty_layers", tally_json(&tally));
	}
	return true;
}

/* What the desk now lacks: facts of assets, ways to reach contacts. */
static bool
count_missing(struct loading *l, struct error *err)
{
	struct json *contacts = NULL;
	struct json *assets = NULL;
	int missing = 0;
	int facts = 0;
	int unreachable = 0;
	int unverified = 0;

	if (!asset_missing(l->desk, &missing, err) ||
	    !contact_list(l->desk, &contacts, err) ||
	    !asset_list(l->desk, &assets, err)) {
		json_free(contacts);
		return false;
	}
	for (const struct json *a = json_first(assets); a != NULL; a = json_next(a)) {
		facts += json_count(json_get(a, "facts"));
	}
	for (const struct json *c = json_first(contacts); c != NULL; c = json_next(c)) {
		const struct json *addresses = json_get(c, "addresses");
		const char *mail = json_get_text(addresses, "mail");

		if (json_get_bool(c, "valid")) {
			unreachable += (mail == NULL || address_is_example(mail)) &&
				json_get_text(addresses, "phone") == NULL;
			unverified += json_get_text(c, "verified_at") == NULL;
		}
	}
	json_set_int(l->report, "facts", facts);
	json_set_int(l->report, "facts_missing", missing);
	json_set_int(l->report, "contacts_missing", unreachable);
	json_set_int(l->report, "contacts_unverified", unverified);
	json_free(contacts);
	json_free(assets);
	return true;
}

static bool
finish(struct loading *l, bool ok, struct json **report, struct error *err)
{
	ok = change_end(l->desk, ok, err);
	json_set(l->report, "kept", l->kept);
	if (!ok) {
		json_free(l->report);
		return false;
	}
	*report = l->report;
	return true;
}

bool
profile_load(struct desk *desk, const struct profile *profile, struct json **report,
	struct error *err)
{
	struct loading l = { .desk = desk, .name = profile_name(profile) };
	bool ok;

	if (!desk_may(desk, ACT_REGISTER, err) || !desk_may(desk, ACT_RULES, err) ||
	    !change_begin(desk, err)) {
		return false;
	}
	l.report = json_object();
	l.kept = json_array();
	json_set_text(l.report, "profile", l.name);
	json_set(l.report, "title", json_copy(json_get(profile->root, "title")));
	json_set(l.report, "plans", json_copy(profile_plans(profile)));
	ok = load_parts(&l, profile, err) && groups_sound(&l, profile, err) &&
		load_settings(&l, profile, err) && load_rules(&l, profile, err) &&
		load_holidays(&l, profile, err) && load_layers(&l, profile, err) &&
		count_missing(&l, err);
	return finish(&l, ok, report, err);
}

bool
profile_load_rules(struct desk *desk, const char *path, struct json **report,
	struct error *err)
{
	struct profile alone = { .rule_files = json_array() };
	struct loading l = { .desk = desk };
	struct json *file = NULL;
	bool ok = desk_may(desk, ACT_RULES, err) && profile_read_rules(&file, path, err);

	if (!ok || !change_begin(desk, err)) {
		json_free(file);
		json_free(alone.rule_files);
		return false;
	}
	l.name = json_get_text(file, "name");
	l.report = json_object();
	l.kept = json_array();
	json_set_text(l.report, "profile", l.name);
	json_push(alone.rule_files, file);
	ok = load_rules(&l, &alone, err);
	ok = finish(&l, ok, report, err);
	json_free(alone.rule_files);
	return ok;
}

bool
apply_profile_imported(const struct applying *a, struct error *err)
{
	static const struct reg_kind *const kinds[] = {
		&body_kind, &unit_kind, &contact_kind, &asset_kind, &group_kind,
		&setting_kind, &rule_kind,
	};
	const struct json *things = json_get(a->body, "things");

	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		const struct json *list = json_get(things, kinds[i]->name);

		for (const struct json *thing = json_first(list); thing != NULL;
		     thing = json_next(thing)) {
			if (!reg_apply(a, kinds[i], thing, err)) {
				return false;
			}
		}
	}
	return true;
}
