/* step_decision.c owns what the plan says about a decision, and holds a step to
 * it. */
#include "playbooks/step_decision.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/limits.h"
#include "core/mem.h"
#include "core/when.h"
#include "core/words.h"
#include "playbooks/answer.h"

static const struct json *
wanted(const struct step *step)
{
	const struct json *decision = json_get(step->ext, "decision");

	return step->type == STEP_ACTION && json_is(decision, JSON_OBJECT) ? decision : NULL;
}

bool
step_wants_decision(const struct step *step)
{
	return wanted(step) != NULL;
}

/* ---- what can be answered ---- */

static void
add_option(struct json *options, const char *value, const char *label)
{
	struct json *row = json_object();

	json_set_text(row, "value", value);
	json_set_text(row, "label", label);
	json_push(options, row);
}

/* Severities by their letter and number, as every screen shows them. */
static struct json *
words_as_options(enum word_list list)
{
	struct json *options = json_array();
	char level[16];

	for (const struct word *w = words_of(list); w->word != NULL; w++) {
		(void)snprintf(level, sizeof level, "%s%s", Q_("severity|S"), w->word);
		add_option(options, w->word, list == WORDS_SEVERITY ? level : _(w->label));
	}
	return options;
}

static const struct variable *
variable_of(struct variable *own, const struct case_run *run, const struct step *step,
	const char *name)
{
	return step_variable(own, step, name) ? own
		: playbook_find_variable(run->playbook, name);
}

static struct json *
options_of(const struct variable *variable)
{
	const struct json *choices = json_get(variable->ext, "choices");
	struct json *options;

	if (json_count(choices) > 1) {
		return json_copy(choices);
	}
	if (strcmp(variable->type, "bool") != 0) {
		return NULL;
	}
	options = json_array();
	add_option(options, "true", _("yes"));
	add_option(options, "false", _("no"));
	return options;
}

/* The one question of the step that a choice answers: *name is borrowed, NULL
 * where there is none; *options and *question are the caller's or NULL. */
static void
decided(const char **name, struct json **options, const char **question,
	const struct case_run *run, const struct step *step)
{
	static const struct {
		const char *field;
		enum word_list words;
	} fields[] = {
		{ "severity", WORDS_SEVERITY }, { "reportable", WORDS_REPORTABLE },
	};
	struct variable own;

	*name = *question = NULL;
	*options = NULL;
	for (size_t i = 0; *name == NULL && i < sizeof fields / sizeof *fields; i++) {
		if (step_asks_case_field(step, fields[i].field)) {
			*name = fields[i].field;
			*options = words_as_options(fields[i].words);
		}
	}
	for (int i = 0; *name == NULL && i < step->ask_count; i++) {
		const struct variable *variable = variable_of(&own, run, step, step->asks[i]);

		if (variable != NULL && (*options = options_of(variable)) != NULL) {
			*name = step->asks[i];
			*question = json_get_text(variable->ext, "question");
		}
	}
}

static char *
question_text(const struct step *step, const char *question)
{
	return question != NULL && strlen(step->name) + strlen(question) + 2 < limit(LIMIT_TITLE)
		? xasprintf("%s: %s", step->name, question) : xstrdup(step->name);
}

static const char *
authority(const struct case_run *run)
{
	const char *status = json_get_text(playbook_ext(run->playbook), "status");

	return status != NULL && strcmp(status, "approved") == 0 ? "approved" : "draft";
}

static bool
who_decides(struct whom *out, struct desk *desk, const struct case_run *run,
	const struct step *step, struct error *err)
{
	const char *agent = json_get_text(wanted(step), "by");
	const char *role = agent == NULL ? NULL : playbook_agent_role(run->playbook, agent);
	const char *name = agent == NULL ? "" : playbook_agent_name(run->playbook, agent);

	return whom_of_agent(out, desk, role != NULL ? role : "", name, err);
}

/* ---- asking ---- */

static bool
ask(struct desk *desk, const char *case_id, const struct case_run *run,
	const struct instance *instance, const struct decision_new *given, int *n,
	struct error *err)
{
	const struct step *step = playbook_step(run->playbook, instance->step);
	const struct json *plan = wanted(step);
	struct decision_new what = *given;
	struct json *options = NULL;
	const char *name, *question;
	char *text;
	struct whom by = { 0 };
	bool ok;

	decided(&name, &options, &question, run, step);
	text = question_text(step, question);
	what.question = given->question != NULL ? given->question : text;
	what.choices = given->options != NULL ? NULL : options;
	what.until_ms = json_get_int(plan, "fallback_after_ms", 0);
	what.fallback = json_get_text(plan, "fallback");
	what.authority = authority(run);
	what.instance = instance->id;
	ok = given->whom != NULL || who_decides(&by, desk, run, step, err);
	what.of = ok && given->whom == NULL ? &by : NULL;
	ok = ok && decision_ask(desk, case_id, &what, n, err);
	whom_clear(&by);
	json_free(options);
	free(text);
	return ok;
}

bool
step_decision_ask(struct desk *desk, const char *case_id, const char *spec,
	const struct decision_new *given, int *n, struct error *err)
{
	struct case_runs runs;
	struct case_run *run = NULL;
	const struct instance *instance = NULL;
	bool ok;

	if (!case_runs_load(&runs, desk, case_id, err)) {
		return false;
	}
	ok = case_runs_find(&run, &instance, &runs, spec, err);
	if (ok && wanted(playbook_step(run->playbook, instance->step)) == NULL) {
		(void)error_set(err, ERR_REFUSED,
			_("step %s needs no order of anybody: write the question"), spec);
		ok = error_how(err, "--question");
	} else if (ok && instance->ended_at != 0) {
		ok = error_set(err, ERR_REFUSED, _("step %s has ended already"), spec);
	}
	ok = ok && ask(desk, case_id, run, instance, given, n, err);
	case_runs_finish(&runs);
	return ok;
}

/* ---- showing ---- */

static void
set_time(struct json *row, const char *key, struct desk *desk, int64_t at)
{
	char text[WHEN_RFC3339_SIZE];

	if (at == 0 || at == NO_DUE) {
		json_set(row, key, json_null());
		return;
	}
	when_rfc3339(text, at, desk_zone(desk));
	json_set_text(row, key, text);
}

static void
set_text_or_null(struct json *row, const char *key, const char *text)
{
	json_set_text(row, key, text == NULL || text[0] == '\0' ? NULL : text);
}

static void
set_outcome(struct json *row, struct desk *desk, const struct decision *d, bool there)
{
	json_set(row, "n", there ? json_int(d->n) : json_null());
	set_text_or_null(row, "state", there ? d->state : NULL);
	set_time(row, "asked_at", desk, there ? d->asked_at : 0);
	set_time(row, "until_at", desk, there ? d->until_at : 0);
	json_set(row, "tries", json_int(there ? d->tries : 0));
	set_text_or_null(row, "answer", there ? d->answer : NULL);
	set_text_or_null(row, "answered_by", there ? d->answered_by : NULL);
	set_text_or_null(row, "fallback_by", there ? d->fallback_by : NULL);
	set_time(row, "fallback_at", desk, there ? d->fallback_at : 0);
}

bool
step_decision_json(struct json **out, struct desk *desk, const struct case_run *run,
	const struct step *step, const struct instance *instance, struct error *err)
{
	const struct json *plan = wanted(step);
	const char *name, *question;
	struct json *options = NULL;
	struct whom by = { 0 };
	struct decision d = { 0 };
	bool there = false, mine = false;
	char *text;

	*out = NULL;
	if (plan == NULL) {
		*out = json_null();
		return true;
	}
	if (!who_decides(&by, desk, run, step, err) ||
	    !whom_is_me(&mine, desk, by.role, err) || (instance != NULL &&
	    !decision_of_step(&d, &there, desk, instance->id, err))) {
		whom_clear(&by);
		return false;
	}
	decided(&name, &options, &question, run, step);
	text = question_text(step, question);
	*out = json_object();
	json_set_text(*out, "by", by.role);
	json_set_text(*out, "by_name", by.name);
	json_set_bool(*out, "mine", mine);
	json_set_text(*out, "question", text);
	json_set_text(*out, "variable", name);
	json_set(*out, "options", options != NULL ? options : json_null());
	json_set_int(*out, "fallback_after_ms", json_get_int(plan, "fallback_after_ms", 0));
	json_set_text(*out, "fallback", json_get_text(plan, "fallback"));
	json_set_text(*out, "authority", authority(run));
	set_outcome(*out, desk, &d, there);
	decision_clear(&d);
	whom_clear(&by);
	free(text);
	return true;
}

/* ---- holding the step to it ---- */

static bool
refuse(const struct step *step, const struct decision *d, bool there, const char *by,
	struct error *err)
{
	if (!there) {
		(void)error_set(err, ERR_REFUSED,
			_("step %d is decided by %s: ask, or say in the note why it was not asked"),
			step->n, by);
		return error_how(err, "suco ask CASE --step %d, --note", step->n);
	}
	return error_set(err, ERR_REFUSED,
		_("decision %d, asked of %s, is not settled: record the answer, take the"
		  " fall-back by name, or say in the note why the step is done without"), d->n,
		d->name);
}

/* A later answer beside a fall-back is none: a person says what counts. */
const char *
step_decision_value(const struct step *step, const struct decision *d)
{
	return strcmp(d->state, "answered") == 0 ? decision_value(d, d->answer)
		: strcmp(d->state, "fallback") == 0
			? json_get_text(wanted(step), "fallback_answer")
		: NULL;
}

static void
fill(const struct case_run *run, const struct step *step, const struct decision *d,
	struct json *values)
{
	const char *name, *question;
	struct json *options = NULL;
	const char *value = step_decision_value(step, d);
	const char *typed;

	decided(&name, &options, &question, run, step);
	typed = name == NULL ? NULL : answer_find(values, name);
	if (name != NULL && value != NULL && (typed == NULL || typed[0] == '\0')) {
		json_set_text(values, name, value);
	}
	json_free(options);
}

bool
step_decision_settle(struct desk *desk, const struct case_run *run,
	const struct instance *instance, struct json *values, const char *note,
	struct error *err)
{
	const struct step *step = playbook_step(run->playbook, instance->step);
	struct decision d = { 0 };
	struct whom by = { 0 };
	bool there = false, mine = false;
	bool ok;

	if (wanted(step) == NULL || instance->ended_at != 0) {
		return true;
	}
	ok = decision_of_step(&d, &there, desk, instance->id, err) &&
		who_decides(&by, desk, run, step, err) &&
		whom_is_me(&mine, desk, by.role, err);
	if (ok && there && decision_settled(&d)) {
		fill(run, step, &d, values);
	} else if (ok && !there && mine) {
		; /* who decides does it himself: the entry bears his name */
	} else if (ok && (note == NULL || note[0] == '\0')) {
		ok = refuse(step, &d, there, by.name, err);
	}
	whom_clear(&by);
	decision_clear(&d);
	return ok;
}
