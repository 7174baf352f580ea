/* profile_check.c owns the shape of profile files: what stands where, once, and
 * points to something. */
#include "core/profile_check.h"

#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/limits.h"
#include "core/mem.h"
#include "core/register.h"
#include "core/text.h"
#include "core/zone.h"

struct key {
	const char *name;
	enum json_type type;
	bool required;
	bool null; /* null is allowed */
};

static const struct key profile_keys[] = {
	{ "format", JSON_STRING, true, false }, { "name", JSON_STRING, true, false },
	{ "title", JSON_OBJECT, true, false }, { "desk", JSON_STRING, true, true },
	{ "zone", JSON_STRING, true, false }, { "language", JSON_STRING, true, false },
	{ "sources", JSON_OBJECT, false, false }, { "settings", JSON_OBJECT, true, false },
	{ "plans", JSON_ARRAY, true, false }, { "bodies", JSON_ARRAY, true, false },
	{ "units", JSON_ARRAY, true, false }, { "contacts", JSON_ARRAY, true, false },
	{ "assets", JSON_ARRAY, true, false }, { "groups", JSON_ARRAY, true, false },
	{ "agent_roles", JSON_ARRAY, true, false },
	{ "rule_files", JSON_ARRAY, true, false }, { "rules", JSON_ARRAY, true, false },
	{ "holiday_files", JSON_ARRAY, false, false },
	{ "duty_layers", JSON_ARRAY, false, false },
	{ 0 },
};

static const struct key rule_file_keys[] = {
	{ "format", JSON_STRING, true, false }, { "name", JSON_STRING, true, false },
	{ "title", JSON_OBJECT, true, false }, { "rules", JSON_ARRAY, true, false },
	{ 0 },
};

static const struct key agent_keys[] = {
	{ "role", JSON_STRING, true, false }, { "name", JSON_STRING, true, false },
	{ "name_en", JSON_STRING, false, false }, { "kind", JSON_STRING, true, false },
	{ "to", JSON_STRING, true, true }, { "source", JSON_STRING, true, false },
	{ 0 },
};

static const char *
type_word(enum json_type type)
{
	static const char *const words[] = {
		[JSON_NULL] = "null", [JSON_BOOL] = N_("true or false"),
		[JSON_NUMBER] = N_("a number"), [JSON_STRING] = N_("text"),
		[JSON_ARRAY] = N_("a list"), [JSON_OBJECT] = N_("an object"),
	};

	return _(words[type]);
}

static bool
keys_fit(const struct json *object, const struct key *keys, const char *path,
	struct error *err)
{
	if (!json_is(object, JSON_OBJECT)) {
		return error_set(err, ERR_BAD_INPUT, _("%s: must be %s"), path,
			_("an object"));
	}
	for (const struct json *value = json_first(object); value != NULL;
	     value = json_next(value)) {
		const struct key *key = keys;

		while (key->name != NULL && strcmp(key->name, json_key(value)) != 0) {
			key++;
		}
		if (key->name == NULL) {
			return error_set(err, ERR_BAD_INPUT, _("%s.%.60s: unknown key"), path,
				json_key(value));
		}
		if (!json_is(value, key->type) && !(key->null && json_is(value, JSON_NULL))) {
			return error_set(err, ERR_BAD_INPUT, _("%s.%s: must be %s"), path,
				key->name, type_word(key->type));
		}
	}
	for (const struct key *key = keys; key->name != NULL; key++) {
		if (key->required && json_get(object, key->name) == NULL) {
			return error_set(err, ERR_BAD_INPUT, _("%s.%s: is missing"), path,
				key->name);
		}
	}
	return true;
}

static bool
texts_fit(const struct json *list, const char *path, struct error *err)
{
	int n = 0;

	for (const struct json *item = json_first(list); item != NULL;
	     item = json_next(item), n++) {
		if (!json_is(item, JSON_STRING)) {
			return error_set(err, ERR_BAD_INPUT, _("%s[%d]: must be %s"), path, n,
				_("text"));
		}
	}
	return true;
}

static const struct json *
find(const struct json *root, const char *section, const char *key, const char *value)
{
	for (const struct json *item = json_first(json_get(root, section)); item != NULL;
	     item = json_next(item)) {
		const char *text = json_get_text(item, key);

		if (text != NULL && strcmp(text, value) == 0) {
			return item;
		}
	}
	return NULL;
}

struct section {
	const char *name;
	const char *key;
};

static const struct section sections[] = {
	{ "bodies", "code" }, { "units", "code" }, { "contacts", "role" },
	{ "assets", "code" }, { "groups", "code" }, { "agent_roles", "role" },
	{ "rules", "code" }, { 0 },
};

static const char *
key_of(const char *section)
{
	const struct section *s = sections;

	while (strcmp(s->name, section) != 0) {
		s++;
	}
	return s->key;
}

static bool
section_fits(const struct json *root, const struct section *s, struct error *err)
{
	int n = 0;

	for (const struct json *item = json_first(json_get(root, s->name)); item != NULL;
	     item = json_next(item), n++) {
		const char *key = json_get_text(item, s->key);

		if (!json_is(item, JSON_OBJECT)) {
			return error_set(err, ERR_BAD_INPUT, _("$.%s[%d]: must be %s"), s->name,
				n, _("an object"));
		}
		if (key == NULL || key[0] == '\0') {
			return error_set(err, ERR_BAD_INPUT, _("$.%s[%d].%s: is missing"),
				s->name, n, s->key);
		}
		if (find(root, s->name, s->key, key) != item) {
			return error_set(err, ERR_BAD_INPUT, _("$.%s[%d].%s: %.60s stands twice"),
				s->name, n, s->key, key);
		}
	}
	return true;
}

static bool
points_to(const struct json *root, const char *section, const struct json *ref,
	const char *place, struct error *err)
{
	const char *text = json_text(ref, NULL);

	if (ref == NULL || json_is(ref, JSON_NULL)) {
		return true;
	}
	if (text == NULL) {
		return error_set(err, ERR_BAD_INPUT, _("%s: must be %s"), place, _("text"));
	}
	return find(root, section, key_of(section), text) != NULL ||
		error_set(err, ERR_BAD_INPUT, _("%s: there is no %.60s in $.%s"), place, text,
			section);
}

/* Single references: section, field, where it points. */
static const struct {
	const char *section, *field, *target;
} references[] = {
	{ "bodies", "parent", "bodies" }, { "units", "body", "bodies" },
	{ "contacts", "body", "bodies" }, { "contacts", "group", "groups" },
};

static bool
references_fit(const struct json *root, struct error *err)
{
	for (size_t i = 0; i < sizeof references / sizeof *references; i++) {
		int n = 0;

		for (const struct json *item = json_first(json_get(root,
			references[i].section)); item != NULL; item = json_next(item), n++) {
			char *place = xasprintf("$.%s[%d].%s", references[i].section, n,
				references[i].field);
			bool ok = points_to(root, references[i].target,
				json_get(item, references[i].field), place, err);

			free(place);
			if (!ok) {
				return false;
			}
		}
	}
	return true;
}

static bool
list_points_to(const struct json *root, const char *section, const struct json *list,
	const char *field, const char *path, struct error *err)
{
	int n = 0;

	for (const struct json *ref = json_first(list); ref != NULL;
	     ref = json_next(ref), n++) {
		const struct json *target = field == NULL ? ref : json_get(ref, field);
		char *place = xasprintf("%s[%d]%s%s", path, n, field == NULL ? "" : ".",
			field == NULL ? "" : field);
		bool ok = points_to(root, section, target, place, err);

		free(place);
		if (!ok) {
			return false;
		}
	}
	return true;
}

static bool
group_fits(const struct json *root, const struct json *group, int n,
	struct error *err)
{
	static const struct {
		const char *of, *section;
	} targets[] = {
		{ "unit", "units" }, { "contact", "contacts" }, { "asset", "assets" },
	};
	const char *of = json_get_text(group, "of");
	char *members = xasprintf("$.groups[%d].members", n);
	char *includes = xasprintf("$.groups[%d].includes", n);
	bool known = false;
	bool ok = true;

	for (size_t i = 0; ok && i < sizeof targets / sizeof *targets; i++) {
		if (of != NULL && strcmp(of, targets[i].of) == 0) {
			known = true;
			ok = list_points_to(root, targets[i].section,
				json_get(group, "members"), NULL, members, err);
		}
	}
	if (ok && !known) {
		ok = error_set(err, ERR_BAD_INPUT,
			_("$.groups[%d].of: must be unit, contact or asset"), n);
	}
	ok = ok && list_points_to(root, "groups", json_get(group, "includes"), NULL,
		includes, err);
	free(members);
	free(includes);
	return ok;
}

static bool
asset_fits(const struct json *root, const struct json *asset, int n,
	struct error *err)
{
	char *depends = xasprintf("$.assets[%d].depends_on", n);
	const struct json *facts = json_get(asset, "facts");
	bool ok;

	if (json_get(asset, "depends_on") != NULL &&
	    !json_is(json_get(asset, "depends_on"), JSON_ARRAY)) {
		ok = error_set(err, ERR_BAD_INPUT, _("%s: must be %s"), depends, _("a list"));
	} else {
		ok = list_points_to(root, "assets", json_get(asset, "depends_on"), "on",
			depends, err);
	}
	free(depends);
	if (ok && !json_is(facts, JSON_OBJECT)) {
		return error_set(err, ERR_BAD_INPUT, _("$.assets[%d].facts: must be %s"), n,
			_("an object"));
	}
	for (const struct json *fact = json_first(facts); ok && fact != NULL;
	     fact = json_next(fact)) {
		char *place = xasprintf("$.assets[%d].facts.%.60s.contact", n,
			json_key(fact));

		ok = points_to(root, "contacts", json_get(fact, "contact"), place, err);
		free(place);
	}
	return ok;
}

static bool
agent_fits(const struct json *root, const struct json *agent, int n,
	struct error *err)
{
	char *place = xasprintf("$.agent_roles[%d]", n);
	bool ok = keys_fit(agent, agent_keys, place, err);
	const char *to = ok ? json_get_text(agent, "to") : NULL;

	if (to != NULL && strncmp(to, "contact:", 8) == 0 &&
	    find(root, "contacts", "role", to + 8) == NULL) {
		ok = error_set(err, ERR_BAD_INPUT, _("%s.to: there is no %.60s in $.contacts"),
			place, to + 8);
	}
	free(place);
	return ok;
}

static bool
each_fits(const struct json *root, const char *section,
	bool (*fits)(const struct json *root, const struct json *item, int n,
		struct error *err), struct error *err)
{
	int n = 0;

	for (const struct json *item = json_first(json_get(root, section)); item != NULL;
	     item = json_next(item), n++) {
		if (!fits(root, item, n, err)) {
			return false;
		}
	}
	return true;
}

/* One line that may be shown as it stands. */
static bool
line_fits(const char *text, const char *place, struct error *err)
{
	char *clean = NULL;
	bool ok;

	if (text == NULL) {
		return true;
	}
	ok = text_accept(&clean, text, strlen(text), TEXT_ONE_LINE, limit(LIMIT_NAME),
		place, err);
	if (ok && strcmp(clean, text) != 0) {
		ok = error_set(err, ERR_BAD_INPUT,
			_("%s: must be one plain line without control characters"), place);
	}
	free(clean);
	return ok;
}

static bool
words_fit(const struct json *words, const char *place, struct error *err)
{
	const char *vi = json_get_text(words, "vi");
	const char *en = json_get_text(words, "en");

	if (json_count(words) != 2 || vi == NULL || en == NULL) {
		return error_set(err, ERR_BAD_INPUT,
			_("%s: must be {\"vi\": text, \"en\": text}"), place);
	}
	return line_fits(vi, place, err) && line_fits(en, place, err);
}

static bool
head_fits(const struct json *root, const struct key *keys, const char *format,
	struct error *err)
{
	if (!keys_fit(root, keys, "$", err)) {
		return false;
	}
	if (strcmp(json_get_text(root, "format"), format) != 0) {
		return error_set(err, ERR_BAD_INPUT, _("$.format: \"%.60s\" is not \"%s\""),
			json_get_text(root, "format"), format);
	}
	return reg_key_fits(json_get_text(root, "name"), "$.name", err) &&
		words_fit(json_get(root, "title"), "$.title", err) &&
		line_fits(json_get_text(root, "desk"), "$.desk", err);
}

static bool
place_fits(const struct json *root, struct error *err)
{
	const char *language = json_get_text(root, "language");
	struct zone *zone = NULL;
	struct error why;

	if (strcmp(language, "vi") != 0 && strcmp(language, "en") != 0) {
		return error_set(err, ERR_BAD_INPUT, _("$.language: must be vi or en"));
	}
	if (!zone_load(&zone, json_get_text(root, "zone"), &why)) {
		return error_cause(err, ERR_BAD_INPUT, why.message,
			_("$.zone: there is no time zone \"%.60s\""), json_get_text(root, "zone"));
	}
	zone_free(zone);
	return true;
}

bool
profile_check(const struct json *root, struct error *err)
{
	if (!head_fits(root, profile_keys, "suco-profile/1", err) ||
	    !place_fits(root, err) ||
	    !texts_fit(json_get(root, "plans"), "$.plans", err) ||
	    !texts_fit(json_get(root, "rule_files"), "$.rule_files", err) ||
	    !texts_fit(json_get(root, "holiday_files"), "$.holiday_files", err)) {
		return false;
	}
	for (const struct section *s = sections; s->name != NULL; s++) {
		if (!section_fits(root, s, err)) {
			return false;
		}
	}
	return references_fit(root, err) && each_fits(root, "groups", group_fits, err) &&
		each_fits(root, "assets", asset_fits, err) &&
		each_fits(root, "agent_roles", agent_fits, err);
}

bool
rule_file_check(const struct json *root, struct error *err)
{
	static const struct section rules = { "rules", "code" };

	return head_fits(root, rule_file_keys, "suco-rules/1", err) &&
		section_fits(root, &rules, err);
}

bool
profile_check_plans(const struct json *rules, const struct json *plans,
	const char *path, struct error *err)
{
	int n = 0;

	for (const struct json *rule = json_first(rules); rule != NULL;
	     rule = json_next(rule), n++) {
		const char *plan = json_get_text(json_get(rule, "then"), "plan");
		bool known = plan == NULL;

		for (const struct json *code = json_first(plans); !known && code != NULL;
		     code = json_next(code)) {
			known = strcmp(json_text(code, ""), plan) == 0;
		}
		if (!known) {
			return error_set(err, ERR_BAD_INPUT,
				_("%s[%d].then.plan: there is no %.60s in $.plans"), path, n, plan);
		}
	}
	return true;
}
