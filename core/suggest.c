/* suggest.c asks the severity rules when a case is opened, and again when what
 * they test was changed. */
#include "core/suggest.h"

#include <stdlib.h>
#include <string.h>

#include "core/columns.h"

static bool
ask(struct desk *desk, const struct rule_subject *subject, int *severity,
	char **rule, struct error *err)
{
	struct json *facts = NULL;
	bool ok = rule_facts(desk, subject, &facts, err) &&
		rule_severity(desk, facts, severity, rule, err);

	json_free(facts);
	return ok;
}

bool
suggest_new(struct desk *desk, const struct rule_subject *subject,
	struct json *body, struct error *err)
{
	int severity = 0;
	char *rule = NULL;

	if (!ask(desk, subject, &severity, &rule, err)) {
		return false;
	}
	if (severity != 0) {
		json_set_int(body, "severity_suggested", severity);
		json_set_text(body, "severity_rule", rule);
	}
	free(rule);
	return true;
}

static const char *
new_text(const struct json *set, const char *column, const char *now)
{
	const struct json *change = json_get(set, column);

	return change == NULL ? now : json_text(json_get(change, "to"), "");
}

static bool
tested(const struct json *set)
{
	static const char *const columns[] = {
		"kind", "category", "asset_id", "reportable", "detected_at",
	};

	for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
		if (json_get(set, columns[i]) != NULL) {
			return true;
		}
	}
	return false;
}

bool
suggest_again(struct desk *desk, const struct ir_case *c, struct json *body,
	struct error *err)
{
	const struct json *set = json_get(body, "set");
	const struct json *detected = json_get(json_get(set, "detected_at"), "to");
	const struct rule_subject subject = {
		.kind = new_text(set, "kind", c->kind),
		.category = new_text(set, "category", c->category),
		.asset = json_get(set, "asset_id") == NULL ? c->asset_code
			: json_get_text(body, "asset_code"),
		.drill = c->drill,
		.reportable = new_text(set, "reportable", c->reportable),
		.detected_at = json_integer(detected, c->detected_at),
	};
	int severity = 0;
	char *rule = NULL;

	if (!tested(set)) {
		return true;
	}
	if (!ask(desk, &subject, &severity, &rule, err)) {
		return false;
	}
	if (severity != c->severity_suggested) {
		set_int(body, "severity_suggested", c->severity_suggested, severity);
	}
	if (strcmp(rule == NULL ? "" : rule, c->severity_rule) != 0) {
		set_text(body, "severity_rule", c->severity_rule, rule == NULL ? "" : rule);
	}
	free(rule);
	return true;
}
