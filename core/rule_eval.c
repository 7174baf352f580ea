/* rule_eval.c tries rules against what is known of a case, and says why. */
#include <stdlib.h>
#include <string.h>

#include "core/asset.h"
#include "core/contact.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/rule.h"
#include "core/rule_form.h"

static struct json *
number_or_null(int value)
{
	return value == 0 ? json_null() : json_int(value);
}

static bool
asset_facts(struct desk *desk, const char *code, struct json *facts,
	struct error *err)
{
	struct json *asset = NULL;
	const struct json *level;
	const char *standby;

	if (code == NULL || code[0] == '\0') {
		json_set(facts, "asset", json_null());
		json_set(facts, "asset_level", json_null());
		json_set(facts, "asset_standby", json_null());
		json_set(facts, "users", json_null());
		return true;
	}
	if (!asset_show(desk, code, &asset, err)) {
		return false;
	}
	level = json_get(asset, "level");
	standby = json_get_text(asset, "standby");
	json_set_text(facts, "asset", code);
	json_set(facts, "asset_level", json_is(level, JSON_NUMBER) ? json_copy(level)
		: json_string("unknown"));
	json_set_text(facts, "asset_standby", standby == NULL ? "unknown" : standby);
	json_set(facts, "users", json_copy(json_get(asset, "users")));
	json_set(facts, "asset_owner", json_copy(json_get(asset, "owner")));
	json_set(facts, "asset_operator", json_copy(json_get(asset, "operator")));
	json_free(asset);
	return true;
}

bool
rule_facts(struct desk *desk, const struct rule_subject *s, struct json **out,
	struct error *err)
{
	struct json *facts = json_object();

	json_set_text(facts, "subject", "case");
	json_set_text(facts, "kind", s->kind);
	json_set(facts, "category", reg_text(s->category));
	if (!asset_facts(desk, s->asset, facts, err)) {
		json_free(facts);
		return false;
	}
	json_set(facts, "severity",
		number_or_null(s->severity != 0 ? s->severity : s->suggested));
	json_set(facts, "severity_suggested", number_or_null(s->suggested));
	json_set_bool(facts, "drill", s->drill);
	json_set_text(facts, "reportable",
		s->reportable == NULL || s->reportable[0] == '\0' ? "unknown" : s->reportable);
	json_set_text(facts, "personal_data", s->personal_data == NULL ||
		s->personal_data[0] == '\0' ? "unknown" : s->personal_data);
	json_set_text(facts, "beyond_capacity", s->beyond_capacity ? "yes" : "no");
	json_set_int(facts, "hour", zone_civil(desk_zone(desk), s->detected_at).hour);
	*out = facts;
	return true;
}

bool
rule_facts_of(struct desk *desk, const struct ir_case *c, struct json **out,
	struct error *err)
{
	return rule_facts(desk, &(struct rule_subject){
		.kind = c->kind, .category = c->category, .asset = c->asset_code,
		.severity = c->severity, .suggested = c->severity_suggested,
		.drill = c->drill, .reportable = c->reportable,
		.personal_data = c->personal_data,
		.beyond_capacity = c->beyond_capacity_at != 0,
		.detected_at = c->detected_at }, out, err);
}

static bool
fits(const struct json *rule, const struct json *facts)
{
	const struct json *when = json_get(rule, "when");

	for (const struct json *wanted = json_first(when); wanted != NULL;
	     wanted = json_next(wanted)) {
		if (!rule_condition(wanted, json_get(facts, json_key(wanted)))) {
			return false;
		}
	}
	return json_get_bool(rule, "valid");
}

bool
rule_first(struct desk *desk, const char *family, const struct json *facts,
	struct json **out, struct error *err)
{
	struct json *rules = NULL;

	*out = NULL;
	if (!rule_list(desk, family, &rules, err)) {
		return false;
	}
	for (const struct json *rule = json_first(rules); rule != NULL;
	     rule = json_next(rule)) {
		if (fits(rule, facts)) {
			*out = json_copy(rule);
			break;
		}
	}
	json_free(rules);
	return true;
}

bool
rule_severity(struct desk *desk, const struct json *facts, int *severity,
	char **rule, struct error *err)
{
	struct json *first = NULL;

	*severity = 0;
	*rule = NULL;
	if (!rule_first(desk, "severity", facts, &first, err)) {
		return false;
	}
	if (first != NULL) {
		*severity = (int)json_get_int(json_get(first, "then"), "severity", 0);
		*rule = xstrdup(json_get_text(first, "code"));
	}
	json_free(first);
	return true;
}

bool
rule_plan(struct desk *desk, const struct json *facts, char **code,
	struct error *err)
{
	struct json *first = NULL;

	*code = NULL;
	if (!rule_first(desk, "plan", facts, &first, err)) {
		return false;
	}
	if (first != NULL) {
		*code = xstrdup(json_get_text(json_get(first, "then"), "plan"));
	}
	json_free(first);
	return true;
}

/* Each condition beside what is there. */
static struct json *
explain(const struct json *rule, const struct json *facts)
{
	struct json *why = json_array();

	for (const struct json *wanted = json_first(json_get(rule, "when"));
	     wanted != NULL; wanted = json_next(wanted)) {
		const struct json *is = json_get(facts, json_key(wanted));
		struct json *line = json_object();

		json_set_text(line, "field", json_key(wanted));
		json_set(line, "wanted", json_copy(wanted));
		json_set(line, "is", is == NULL ? json_null() : json_copy(is));
		json_set_bool(line, "fits", rule_condition(wanted, is));
		json_push(why, line);
	}
	return why;
}

/* In words: the first condition that fails, or what stands before it. */
static char *
reason_of(const struct json *rule, const struct json *why, const char *winner,
	bool fitting)
{
	for (const struct json *line = json_first(why); line != NULL;
	     line = json_next(line)) {
		if (!json_get_bool(line, "fits")) {
			char *wanted = json_line(json_get(line, "wanted"));
			char *is = json_line(json_get(line, "is"));
			char *text = xasprintf(_("%s is %s, wanted %s"),
				json_get_text(line, "field"), is, wanted);

			free(wanted);
			free(is);
			return text;
		}
	}
	if (!json_get_bool(rule, "valid")) {
		return xstrdup(_("not valid today"));
	}
	if (fitting && winner != NULL) {
		return xasprintf(_("fits, but %s comes before it"), winner);
	}
	return xstrdup(_("fits"));
}

bool
rule_test(struct desk *desk, const struct json *facts, struct json **out,
	struct error *err)
{
	struct json *rules = NULL;
	struct json *list;
	const char *family = "";
	const char *winner = NULL;

	if (!rule_list(desk, NULL, &rules, err)) {
		return false;
	}
	list = json_array();
	for (const struct json *rule = json_first(rules); rule != NULL;
	     rule = json_next(rule)) {
		bool fitting = fits(rule, facts);
		bool all = strcmp(json_get_text(rule, "family"), "contact") == 0 ||
			strcmp(json_get_text(rule, "family"), "deadline") == 0;
		struct json *line = json_copy(rule);
		struct json *why = explain(rule, facts);
		char *reason;

		if (strcmp(json_get_text(rule, "family"), family) != 0) {
			family = json_get_text(rule, "family");
			winner = NULL;
		}
		reason = reason_of(rule, why, all ? NULL : winner, fitting);
		json_remove(line, "when");
		json_set_bool(line, "fits", fitting);
		json_set_bool(line, "wins", fitting && (all || winner == NULL));
		json_set_text(line, "reason", reason);
		json_set(line, "why", why);
		json_push(list, line);
		free(reason);
		if (fitting && winner == NULL) {
			winner = json_get_text(rule, "code");
		}
	}
	json_free(rules);
	*out = list;
	return true;
}
