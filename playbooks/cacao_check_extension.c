/* cacao_check_extension.c owns suco-step, our own extension: what it says must
 * fit the plan that it stands in. */
#include <string.h>

#include "core/i18n.h"
#include "core/text.h"
#include "playbooks/cacao_graph.h"
#include "playbooks/shape.h"
#include "playbooks/value.h"

static const struct property properties[] = {
	{ "n", SHAPE_INTEGER, 0, RULE_EXTENSION },
	{ "why", SHAPE_TEXT, 0, RULE_EXTENSION },
	{ "cost", SHAPE_TEXT, 0, RULE_EXTENSION },
	{ "how", SHAPE_LIST, 0, RULE_EXTENSION },
	{ "proof", SHAPE_TEXT, 0, RULE_EXTENSION },
	{ "mandatory", SHAPE_BOOL, 0, RULE_EXTENSION },
	{ "alters", SHAPE_BOOL, 0, RULE_EXTENSION },
	{ "lead", SHAPE_TEXT, 0, RULE_EXTENSION },
	{ "support", SHAPE_LIST, 0, RULE_EXTENSION },
	{ "remind_before_ms", SHAPE_INTEGER, 0, RULE_EXTENSION },
	{ "decision", SHAPE_OBJECT, 0, RULE_EXTENSION },
	{ "checklist", SHAPE_OBJECT, 0, RULE_EXTENSION },
	{ "countdown", SHAPE_TEXT, 0, RULE_EXTENSION },
	{ "due_from", SHAPE_TEXT, 0, RULE_EXTENSION },
	{ "due_working_days", SHAPE_INTEGER, 0, RULE_EXTENSION },
	{ "status_hint", SHAPE_TEXT, 0, RULE_EXTENSION },
	{ "case_fields", SHAPE_LIST, 0, RULE_EXTENSION },
	{ "asks", SHAPE_LIST, 0, RULE_EXTENSION },
	{ "max_rounds", SHAPE_INTEGER, 0, RULE_EXTENSION },
	{ "branches", SHAPE_LIST, 0, RULE_EXTENSION },
	{ "phase", SHAPE_TEXT, 0, RULE_EXTENSION },
};

/* On a variable that is asked. */
static const struct property question_properties[] = {
	{ "question", SHAPE_TEXT, 0, RULE_EXTENSION },
	{ "choices", SHAPE_LIST, 0, RULE_EXTENSION },
	{ "unit", SHAPE_TEXT, 0, RULE_EXTENSION },
	{ "unknown", SHAPE_TEXT, 0, RULE_EXTENSION },
	{ "min", SHAPE_INTEGER, 0, RULE_EXTENSION },
	{ "max", SHAPE_INTEGER, 0, RULE_EXTENSION },
	{ "series", SHAPE_BOOL, 0, RULE_EXTENSION },
	{ "countdown", SHAPE_BOOL, 0, RULE_EXTENSION },
	{ "label", SHAPE_TEXT, 0, RULE_EXTENSION },
	{ "sets", SHAPE_OBJECT, 0, RULE_EXTENSION },
	{ "stops", SHAPE_OBJECT, 0, RULE_EXTENSION },
	{ "says", SHAPE_OBJECT, 0, RULE_EXTENSION },
	{ "counts", SHAPE_OBJECT, 0, RULE_EXTENSION },
	{ "meets", SHAPE_OBJECT, 0, RULE_EXTENSION },
	{ "promise", SHAPE_BOOL, 0, RULE_EXTENSION },
	{ "ticket", SHAPE_BOOL, 0, RULE_EXTENSION },
	{ "back_by", SHAPE_BOOL, 0, RULE_EXTENSION },
	{ "clock", SHAPE_BOOL, 0, RULE_EXTENSION },
};

static void
check_names(const struct json *ext, const char *path,
	const struct property *known_ones, int count, struct findings *findings)
{
	for (const struct json *row = json_first(ext); row != NULL;
			row = json_next(row)) {
		bool known = false;

		for (int i = 0; i < count && !known; i++) {
			known = text_same(known_ones[i].name, json_key(row));
		}
		if (!known) {
			finding_add(findings, RULE_EXTENSION, path,
				_("suco-step has no %s"), json_key(row));
		}
	}
}

static void
check_agent(const struct playbook *playbook, const char *id, const char *path,
	struct findings *findings)
{
	const struct json *doc = playbook->doc;

	if (id != NULL && json_get(json_get(doc, "agent_definitions"), id) == NULL
			&& json_get(json_get(doc, "target_definitions"), id) == NULL) {
		finding_add(findings, 35, path, _("%s is not in agent_definitions"),
			id);
	}
}

static void
check_step(const struct playbook *playbook, const struct step *step,
	const char *path, struct findings *findings)
{
	const struct json *ext = step->ext;
	const char *countdown = json_get_text(ext, "countdown");
	const char *from = json_get_text(ext, "due_from");

	check_names(ext, path, SHAPE_ROWS(properties), findings);
	check_agent(playbook, json_get_text(ext, "lead"), path, findings);
	check_agent(playbook, json_get_text(json_get(ext, "decision"), "by"),
		path, findings);
	for (const struct json *row = json_first(json_get(ext, "support"));
			row != NULL; row = json_next(row)) {
		check_agent(playbook, json_text(row, NULL), path, findings);
	}
	for (const struct json *row = json_first(json_get(ext, "asks"));
			row != NULL; row = json_next(row)) {
		struct variable own;
		const char *name = json_text(row, "");

		if (playbook_find_variable(playbook, name) == NULL
				&& !step_variable(&own, step, name)) {
			finding_add(findings, 59, path, _("%s is not declared"), name);
		}
	}
	if (countdown != NULL
			&& playbook_find_variable(playbook, countdown) == NULL) {
		finding_add(findings, 59, path, _("%s is not declared"), countdown);
	}
	if (from != NULL && strcmp(from, "detected") != 0
			&& strcmp(from, "opened") != 0) {
		finding_add(findings, RULE_EXTENSION, path,
			_("due_from is detected or opened, not %s"), from);
	}
}

static bool
is_choice(const struct variable *variable, const char *value)
{
	const struct json *choices = json_get(variable->ext, "choices");

	for (const struct json *row = json_first(choices); row != NULL;
			row = json_next(row)) {
		const char *is = json_get_text(row, "value");

		if (is != NULL && strcmp(is, value) == 0) {
			return true;
		}
	}
	return choices == NULL;
}

static void
check_stops(const struct playbook *playbook, const struct variable *variable,
	const char *path, struct findings *findings)
{
	const struct json *stops = json_get(variable->ext, "stops");
	const char *of = json_get_text(stops, "countdown");
	const char *when = json_get_text(stops, "when");
	const struct variable *stopped = of == NULL ? NULL
		: playbook_find_variable(playbook, of);

	if (stops != NULL && (stopped == NULL || !stopped->countdown)) {
		finding_add(findings, 59, path, _("%s counts nothing down"),
			of != NULL ? of : "stops");
	}
	if (stops != NULL && (when == NULL || !is_choice(variable, when))) {
		finding_add(findings, RULE_EXTENSION, path,
			_("the answer that stops a countdown, '%s', is none of the choices"),
			when != NULL ? when : "");
	}
}

/* What an answer sets is a field that answers may set, each of its values a choice. */
static void
check_sets(const struct variable *variable, const char *path,
	struct findings *findings)
{
	const struct json *sets = json_get(variable->ext, "sets");
	const char *field = json_get_text(sets, "field");

	if (sets != NULL && (field == NULL || (strcmp(field, "personal_data") != 0
			&& strcmp(field, "personal_data_known") != 0))) {
		finding_add(findings, RULE_EXTENSION, path,
			_("an answer sets personal_data or personal_data_known, not %s"),
			field != NULL ? field : "");
	}
	for (const struct json *row = json_first(json_get(sets, "values")); row != NULL;
			row = json_next(row)) {
		if (!is_choice(variable, json_key(row))) {
			finding_add(findings, RULE_EXTENSION, path,
				_("the value '%s' that is set is none of the choices"),
				json_key(row));
		}
	}
}

/* Which word of a caller, or of the desk, a question wants to hear. */
static void
check_says(const struct variable *variable, const char *path,
	struct findings *findings)
{
	static const char *const known[] = { "caller", "time_detected", "what_is_seen",
		"verified", "state_secret", "callers", "changes" };
	const struct json *says = json_get(variable->ext, "says");
	const char *what = json_get_text(says, "what");
	bool found = says == NULL;

	for (size_t i = 0; what != NULL && i < sizeof known / sizeof known[0]; i++) {
		found = found || strcmp(known[i], what) == 0;
	}
	if (!found) {
		finding_add(findings, RULE_EXTENSION, path,
			_("says names nothing that callers say: %s"),
			what != NULL ? what : "");
	}
	for (const struct json *row = json_first(json_get(says, "values")); row != NULL;
			row = json_next(row)) {
		if (!is_choice(variable, json_text(row, ""))) {
			finding_add(findings, RULE_EXTENSION, path,
				_("what was said would answer '%s', which is none of the choices"),
				json_text(row, ""));
		}
	}
}

/* It is back: of which promise, at which answer. */
static void
check_meets(const struct playbook *playbook, const struct variable *variable,
	const char *path, struct findings *findings)
{
	const struct json *meets = json_get(variable->ext, "meets");
	const char *of = json_get_text(meets, "promise");
	const char *when = json_get_text(meets, "when");
	const struct variable *promised = of == NULL ? NULL
		: playbook_find_variable(playbook, of);

	if (meets != NULL && (promised == NULL
			|| !json_get_bool(promised->ext, "promise"))) {
		finding_add(findings, 59, path, _("%s is no promise"),
			of != NULL ? of : "meets");
	}
	if (meets != NULL && (when == NULL || !is_choice(variable, when))) {
		finding_add(findings, RULE_EXTENSION, path,
			_("the answer that meets a promise, '%s', is none of the choices"),
			when != NULL ? when : "");
	}
}

/* What is counted has a name in both languages of reports. */
static void
check_counts(const struct variable *variable, const char *path,
	struct findings *findings)
{
	const struct json *counts = json_get(variable->ext, "counts");
	const char *vi = json_get_text(counts, "vi");
	const char *en = json_get_text(counts, "en");

	if (counts != NULL && (vi == NULL || en == NULL || vi[0] == '\0' || en[0] == '\0')) {
		finding_add(findings, RULE_EXTENSION, path,
			_("what is counted is named as vi and en"));
	}
	if (counts != NULL && strcmp(variable->type, "integer") != 0) {
		finding_add(findings, RULE_EXTENSION, path,
			_("%s stands on an integer, not on %s"), "counts", variable->type);
	}
}

/* A time, a promise, a ticket are written as text. */
static void
check_marks(const struct variable *variable, const char *path,
	struct findings *findings)
{
	static const char *const marks[] = { "promise", "ticket", "back_by", "clock" };

	for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
		if (json_get_bool(variable->ext, marks[i])
				&& strcmp(variable->type, "string") != 0) {
			finding_add(findings, RULE_EXTENSION, path,
				_("%s stands on a string, not on %s"), marks[i],
				variable->type);
		}
	}
}

static void
check_question(const struct playbook *playbook, const struct variable *variable,
	struct findings *findings)
{
	char path[FINDING_PATH];

	path_key(path, "/playbook_extensions/" SUCO_EXTENSION "/variables",
		variable->name);
	if (variable->unknown != NULL
			&& !value_fits(variable->type, variable->unknown)) {
		finding_add(findings, 57, path,
			_("the value for 'not known', '%s', is not of the type %s"),
			variable->unknown, variable->type);
	}
	if (variable->unknown != NULL && !is_choice(variable, variable->unknown)) {
		finding_add(findings, RULE_EXTENSION, path,
			_("the value for 'not known', '%s', is none of the choices"),
			variable->unknown);
	}
	if (variable->value != NULL && !is_choice(variable, variable->value)) {
		finding_add(findings, RULE_EXTENSION, path,
			_("the first value '%s' is none of the choices"),
			variable->value);
	}
	check_names(variable->ext, path, SHAPE_ROWS(question_properties), findings);
	check_stops(playbook, variable, path, findings);
	check_sets(variable, path, findings);
	check_says(variable, path, findings);
	check_counts(variable, path, findings);
	check_meets(playbook, variable, path, findings);
	check_marks(variable, path, findings);
}

void
cacao_check_extension(const struct playbook *playbook,
	struct findings *findings)
{
	const struct json *questions = json_get(playbook->ext, "variables");
	char path[FINDING_PATH];

	for (int i = 0; i < playbook->step_count; i++) {
		if (playbook->steps[i].ext != NULL) {
			path_key(path, "/workflow", playbook->steps[i].id);
			check_step(playbook, &playbook->steps[i], path, findings);
		}
	}
	for (const struct json *row = json_first(questions); row != NULL;
			row = json_next(row)) {
		if (playbook_find_variable(playbook, json_key(row)) == NULL) {
			path_key(path, "/playbook_extensions/" SUCO_EXTENSION
				"/variables", json_key(row));
			finding_add(findings, 59, path, _("%s is not declared"),
				json_key(row));
		}
	}
	for (int i = 0; i < playbook->variable_count; i++) {
		check_question(playbook, &playbook->variables[i], findings);
	}
}
