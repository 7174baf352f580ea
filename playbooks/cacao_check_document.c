/* cacao_check_document.c owns the properties of the playbook itself: rules 1,
 * 2, 12 to 18, and the summary of what it uses. */
#include <string.h>

#include "core/i18n.h"
#include "playbooks/cacao_graph.h"
#include "playbooks/shape.h"

static const struct property properties[] = {
	{ "type", SHAPE_TEXT, 1, 0 },
	{ "spec_version", SHAPE_TEXT, 1, 0 },
	{ "id", SHAPE_TEXT, 1, 0 },
	{ "name", SHAPE_TEXT, 1, 0 },
	{ "description", SHAPE_TEXT, 0, 0 },
	{ "playbook_types", SHAPE_TEXTS, 0, 0 },
	{ "playbook_activities", SHAPE_TEXTS, 0, 0 },
	{ "playbook_processing_summary", SHAPE_OBJECT, 0, 0 },
	{ "created_by", SHAPE_TEXT, 1, 0 },
	{ "created", SHAPE_TEXT, 1, 0 },
	{ "modified", SHAPE_TEXT, 1, 0 },
	{ "revoked", SHAPE_BOOL, 0, 0 },
	{ "valid_from", SHAPE_TEXT, 0, 0 },
	{ "valid_until", SHAPE_TEXT, 0, 0 },
	{ "derived_from", SHAPE_TEXTS, 0, 0 },
	{ "related_to", SHAPE_TEXTS, 0, 0 },
	{ "priority", SHAPE_INTEGER, 0, 0 },
	{ "severity", SHAPE_INTEGER, 0, 0 },
	{ "impact", SHAPE_INTEGER, 0, 0 },
	{ "industry_sectors", SHAPE_TEXTS, 0, 0 },
	{ "labels", SHAPE_TEXTS, 0, 0 },
	{ "external_references", SHAPE_LIST, 0, 0 },
	{ "markings", SHAPE_TEXTS, 0, 0 },
	{ "playbook_variables", SHAPE_OBJECT, 0, 0 },
	{ "workflow_start", SHAPE_TEXT, 1, 0 },
	{ "workflow_exception", SHAPE_TEXT, 0, 0 },
	{ "workflow", SHAPE_OBJECT, 1, 0 },
	{ "playbook_extensions", SHAPE_FULL, 0, 0 },
	{ "authentication_info_definitions", SHAPE_FULL, 0, 0 },
	{ "agent_definitions", SHAPE_FULL, 0, 0 },
	{ "target_definitions", SHAPE_FULL, 0, 0 },
	{ "extension_definitions", SHAPE_OBJECT, 0, 0 },
	{ "data_marking_definitions", SHAPE_OBJECT, 0, 0 },
	{ "signatures", SHAPE_LIST, 0, 0 },
};

static const struct shape playbook_shape = {
	.what = "playbook", SHAPE_ROWS(properties),
};

/* 3.1.2: which activities a type demands. */
static const struct {
	const char *type;
	const char *activity;
} duties[] = {
	{ "notification", "compose-content" },
	{ "detection", "match-indicator" },
	{ "investigation", "identify-indicators" },
	{ "prevention", "configure-systems" },
	{ "mitigation", "eliminate-risk" },
	{ "remediation", "restore-capabilities" },
	{ "attack", "step-sequence" },
	{ "engagement", "prepare-engagement" },
	{ "engagement", "execute-operation" },
	{ "engagement", "analyze-engagement-results" },
};

static void
check_word(const struct json *doc, const char *name, const char *wanted,
	int rule, struct findings *findings)
{
	const char *is = json_get_text(doc, name);
	char path[FINDING_PATH];

	if (is != NULL && strcmp(is, wanted) != 0) {
		path_key(path, "", name);
		finding_add(findings, rule, path, _("must be %s, not %s"), wanted, is);
	}
}

static bool
in_list(const struct json *list, const char *word)
{
	for (const struct json *row = json_first(list); row != NULL;
			row = json_next(row)) {
		if (strcmp(json_text(row, ""), word) == 0) {
			return true;
		}
	}
	return false;
}

static bool
some_command_does(const struct playbook *playbook, const char *activity)
{
	for (int i = 0; i < playbook->step_count; i++) {
		const struct json *commands = json_get(playbook->steps[i].json,
			"commands");

		for (const struct json *row = json_first(commands); row != NULL;
				row = json_next(row)) {
			const char *is = json_get_text(row, "playbook_activity");

			if (is != NULL && strcmp(is, activity) == 0) {
				return true;
			}
		}
	}
	return false;
}

static void
check_activities(const struct playbook *playbook, struct findings *findings)
{
	const struct json *types = json_get(playbook->doc, "playbook_types");
	const struct json *activities = json_get(playbook->doc,
		"playbook_activities");
	int index = 0;

	if (json_count(types) > 0 && activities == NULL) {
		finding_add(findings, 14, "",
			_("playbook_types without playbook_activities"));
		return;
	}
	for (size_t i = 0; i < sizeof duties / sizeof duties[0]; i++) {
		if (in_list(types, duties[i].type)
				&& !in_list(activities, duties[i].activity)) {
			finding_add(findings, 15, "/playbook_activities",
				_("the type %s demands the activity %s"), duties[i].type,
				duties[i].activity);
		}
	}
	for (const struct json *row = json_first(activities); row != NULL;
			row = json_next(row), index++) {
		char path[FINDING_PATH];

		path_index(path, "/playbook_activities", index);
		if (!some_command_does(playbook, json_text(row, ""))) {
			finding_add(findings, 16, path, _("no command does %s"),
				json_text(row, "?"));
		}
	}
}

static void
check_levels(const struct json *doc, struct findings *findings)
{
	static const char *const names[] = { "priority", "severity", "impact" };

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		const struct json *value = json_get(doc, names[i]);
		int64_t number = json_integer(value, 0);

		if (json_is_integer(value) && (number < 0 || number > 100)) {
			char path[FINDING_PATH];

			path_key(path, "", names[i]);
			finding_add(findings, 12, path, _("must be from 0 to 100"));
		}
	}
}

struct used {
	bool manual, external, parallel, if_, while_, switch_, temporal;
};

static struct used
what_is_used(const struct playbook *playbook)
{
	struct used used = { .manual = true };

	for (int i = 0; i < playbook->step_count; i++) {
		const struct step *step = &playbook->steps[i];

		used.external |= step->type == STEP_CALL;
		used.parallel |= step->type == STEP_PARALLEL;
		used.if_ |= step->type == STEP_IF;
		used.while_ |= step->type == STEP_WHILE;
		used.switch_ |= step->type == STEP_SWITCH;
		used.temporal |= step->delay > 0 || step->timeout >= 0;
		for (const struct json *row = json_first(json_get(step->json,
				"commands")); row != NULL; row = json_next(row)) {
			const char *type = json_get_text(row, "type");

			used.manual &= type != NULL && strcmp(type, "manual") == 0;
		}
	}
	return used;
}

static void
check_summary(const struct playbook *playbook, struct findings *findings)
{
	const struct json *summary = json_get(playbook->doc,
		"playbook_processing_summary");
	struct used used = what_is_used(playbook);
	const struct {
		const char *name;
		bool is;
	} rows[] = {
		{ "manual_playbook", used.manual },
		{ "external_playbooks", used.external },
		{ "parallel_processing", used.parallel },
		{ "if_logic", used.if_ },
		{ "while_logic", used.while_ },
		{ "switch_logic", used.switch_ },
		{ "temporal_logic", used.temporal },
		{ "data_markings", json_count(json_get(playbook->doc, "markings")) > 0 },
		{ "digital_signatures",
			json_count(json_get(playbook->doc, "signatures")) > 0 },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const struct json *said = json_get(summary, rows[i].name);
		char path[FINDING_PATH];

		if (said != NULL && json_true(said) != rows[i].is) {
			path_key(path, "/playbook_processing_summary", rows[i].name);
			finding_add(findings, RULE_SUMMARY, path,
				rows[i].is ? _("the playbook does use it")
				: _("the playbook does not use it"));
		}
	}
}

const char *
cacao_old_version(const struct json *doc)
{
	static const char *const words[][2] = {
		{ "1.0", "1.0" }, { "1.1", "1.1" },
		{ "cacao-1.0", "1.0" }, { "cacao-1.1", "1.1" },
	};
	const char *is = json_get_text(doc, "spec_version");

	for (size_t i = 0; is != NULL && i < sizeof words / sizeof words[0]; i++) {
		if (strcmp(is, words[i][0]) == 0) {
			return words[i][1];
		}
	}
	return NULL;
}

void
cacao_check_document(const struct playbook *playbook,
	struct findings *findings)
{
	const struct json *doc = playbook->doc;

	shape_check(findings, doc, "", &playbook_shape);
	check_word(doc, "type", "playbook", 1, findings);
	check_word(doc, "spec_version", "cacao-2.0", 2, findings);
	check_levels(doc, findings);
	check_activities(playbook, findings);
	check_summary(playbook, findings);
}
