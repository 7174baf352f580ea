/* case_plan.c reads the plan side of a case: its runs in the order begun, each
 * step with what it says and asks, then the tasks added by hand. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/asset_turn.h"
#include "core/buf.h"
#include "core/fold.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/task.h"
#include "core/words.h"
#include "playbooks/answer.h"
#include "playbooks/case_runs.h"
#include "playbooks/check.h"
#include "playbooks/command_text.h"
#include "playbooks/series.h"
#include "playbooks/step_text.h"
#include "playbooks/told.h"
#include "tui/case_library.h"
#include "tui/case_model.h"

SQL(MEMBER_NAME, "t", "SELECT name FROM member WHERE id = $1");
SQL(LOGIN_NAME, "t", "SELECT name FROM member WHERE login = $1");

struct plan_line *
case_plan_line(struct case_model *model, enum plan_line_kind kind)
{
	struct plan_line *line;

	if (model->plan_count == model->plan_cap) {
		model->plan_cap = model->plan_cap == 0 ? 32 : model->plan_cap * 2;
		model->plan = xrealloc(model->plan,
			(size_t)model->plan_cap * sizeof(*model->plan));
	}
	line = &model->plan[model->plan_count++];
	*line = (struct plan_line){ .kind = kind, .due = NO_DUE };
	return line;
}

static char *
text_of(const struct json *object, const char *key)
{
	const char *text = json_get_text(object, key);

	return xstrdup(text != NULL ? text : "");
}

static char *
names_of(const struct playbook *playbook, const struct json *agents)
{
	struct buf out = { 0 };

	for (const struct json *row = json_first(agents); row != NULL;
		row = json_next(row)) {
		buf_addf(&out, "%s%s", out.len > 0 ? ", " : "",
			playbook_agent_name(playbook, json_text(row, "")));
	}
	return buf_take(&out);
}

static void
add_question(struct plan_line *line, const struct case_run *run,
	const struct step_line *at, const char *name, const struct told *told)
{
	const struct step *step = at->step;
	const char *number = NULL;
	const char *said = told_answer(&number, told, run->run, at->instance, name);
	struct variable own;
	const struct variable *variable = step_variable(&own, step, name) ? &own
		: playbook_find_variable(run->playbook, name);
	const char *known = told_known(told, variable);
	struct question *question = &line->questions[line->question_count++];
	const struct json *ext = variable != NULL ? variable->ext : NULL;
	const char *text = variable == NULL ? NULL : variable_question(variable);
	const struct json *choices = json_get(ext, "choices");

	*question = (struct question){
		.name = xstrdup(name),
		.text = xstrdup(text != NULL ? text : bare_name(name).text),
		.type = xstrdup(variable != NULL ? variable->type : "string"),
		.unit = text_of(ext, "unit"),
		.reading = variable != NULL && (variable->countdown || variable->series),
		.output = json_count(line->commands) > 0 && (variable == NULL
			|| strcmp(variable->type, "string") == 0),
		.choices = choices != NULL ? json_copy(choices) : NULL,
		.known = known != NULL ? xstrdup(known) : NULL,
		.told = said != NULL ? xstrdup(said) : NULL,
		.told_by = said != NULL ? xstrdup(number) : NULL,
	};
}

/* What its lead and support need of the system. */
static unsigned
turn_of(const struct playbook *playbook, const struct step *step)
{
	unsigned turn = step->lead == NULL ? 0
		: asset_turn_of_role(playbook_agent_role(playbook, step->lead));

	for (const struct json *row = json_first(json_get(step->ext, "support"));
		row != NULL; row = json_next(row)) {
		turn |= asset_turn_of_role(playbook_agent_role(playbook, json_text(row, "")));
	}
	return turn;
}

static void
say_step(struct plan_line *line, const struct case_run *run,
	const struct step_line *at, const struct zone *zone, const struct told *told)
{
	const struct step *step = at->step;

	line->why = text_of(step->ext, "why");
	line->cost = text_of(step->ext, "cost");
	line->proof = text_of(step->ext, "proof");
	line->how = step_how(run->playbook, run->run, at->instance, step);
	line->commands = step_commands_json(run->playbook, run->run, at->instance, step);
	line->beside = step_beside(run->playbook, run->run, at->instance, step);
	line->readings = step_readings(run->run, step, zone);
	line->lead = xstrdup(step->lead != NULL
		? playbook_agent_name(run->playbook, step->lead) : "");
	line->support = names_of(run->playbook, json_get(step->ext, "support"));
	line->turn = turn_of(run->playbook, step);
	line->mandatory = step->mandatory;
	line->alters = step->alters;
	line->questions = xcalloc((size_t)step->ask_count + 2, sizeof(*line->questions));
	for (int i = 0; i < step->ask_count; i++) {
		add_question(line, run, at, step->asks[i], told);
	}
}

static bool
name_assignee(struct plan_line *line, struct desk *desk,
	const struct instance *instance, struct error *err)
{
	char *name = NULL;

	/* Whose it was is no word on who did it. */
	if (instance != NULL && instance->ended_by[0] != '\0' && !db_one_text(
			desk_db(desk), &LOGIN_NAME, &name, err, TXT(instance->ended_by))) {
		return false;
	}
	if (name == NULL && instance != NULL && instance->assignee[0] != '\0'
		&& !db_one_text(desk_db(desk), &MEMBER_NAME, &name, err,
			TXT(instance->assignee))) {
		return false;
	}
	line->who = xstrdup(name != NULL ? fold_given_name(name) : line->lead);
	free(name);
	return true;
}

/* Only of what is worked on: by index, and the source where nothing was ticked. */
static bool
count_ticks(struct plan_line *line, struct desk *desk, const char *case_id,
	const struct case_run *run, const struct instance *instance, struct error *err)
{
	struct check_step step;

	line->total = -1;
	if (instance == NULL) {
		return true;
	}
	step = check_step_of(case_id, run, instance);
	if (step.spec == NULL) {
		return true;
	}
	line->total = 0;
	line->to_type = strcmp(json_text_of(step.spec, "source"), "typed") == 0;
	return !step.open || check_list_count(&line->done, &line->total, desk, &step, err);
}

static void
add_choice(struct json *list, const char *value, const char *label)
{
	struct json *row = json_object();

	json_set_text(row, "value", value);
	json_set_text(row, "label", label);
	json_push(list, row);
}

/* As the form of the severity has them: the most serious first. */
static struct json *
severities(void)
{
	const char *letter = strcmp(i18n_language(), "vi") == 0 ? "M" : "S";
	const struct word *words = words_of(WORDS_SEVERITY);
	struct json *list = json_array();

	for (int i = 3; i >= 0; i--) {
		char *label = xasprintf("%s%s %s", letter, words[i].word, _(words[i].label));

		add_choice(list, words[i].word, label);
		free(label);
	}
	return list;
}

static struct json *
yes_or_no(void)
{
	struct json *list = json_array();

	add_choice(list, "yes", word_label(WORDS_REPORTABLE, "yes"));
	add_choice(list, "no", word_label(WORDS_REPORTABLE, "no"));
	return list;
}

/* What the step decides of the case itself, while nobody has. */
static void
add_case_fields(struct plan_line *line, const struct ir_case *c,
	const struct step *step)
{
	if (c->severity == 0 && step_asks_case_field(step, "severity")) {
		line->questions[line->question_count++] = (struct question){
			.name = xstrdup("severity"), .text = xstrdup(_("Severity")),
			.type = xstrdup("string"), .unit = xstrdup(""),
			.choices = severities() };
	}
	if (strcmp(c->reportable, "unknown") == 0
		&& step_asks_case_field(step, "reportable")) {
		line->questions[line->question_count++] = (struct question){
			.name = xstrdup("reportable"), .text = xstrdup(_("Reportable")),
			.type = xstrdup("string"), .unit = xstrdup(""),
			.choices = yes_or_no() };
	}
}

/* The cursor follows the branch of what was just done. */
static void
point_on(struct plan_line *line, const struct case_runs *runs,
	const struct case_run *run, const struct instance *instance)
{
	const struct instance *next = instance->ended_at == 0 ? NULL
		: case_runs_after(runs, run, instance);

	if (next != NULL) {
		memcpy(line->after, next->id, sizeof(line->after));
	}
}

static bool
add_step(struct case_model *model, struct desk *desk, const struct case_runs *runs,
	const struct case_run *run, const struct step_line *at, const struct told *told,
	struct error *err)
{
	struct plan_line *line = case_plan_line(model, PLAN_STEP);
	const struct instance *instance = at->instance;

	line->n = at->step->n;
	line->round = at->round;
	line->late = at->late;
	line->undecided = at->undecided;
	line->passed_by = at->passed_by;
	line->name = xstrdup(at->step->name);
	snprintf(line->state, sizeof(line->state), "%s", at->state);
	line->note = xstrdup(instance != NULL && instance->note != NULL
		? instance->note : "");
	say_step(line, run, at, desk_zone(desk), told);
	add_case_fields(line, &model->c, at->step);
	if (instance != NULL) {
		memcpy(line->id, instance->id, sizeof(line->id));
		snprintf(line->spec, sizeof(line->spec), "%s", instance->id);
		line->mine = strcmp(instance->assignee, desk_me(desk)->id) == 0;
		line->due = instance->due_at > 0 ? instance->due_at : NO_DUE;
		line->ended_at = instance->ended_at;
		line->starts_at = strcmp(at->state, "waiting") == 0 ? instance->starts_at : 0;
		point_on(line, runs, run, instance);
	}
	return count_ticks(line, desk, model->c.id, run, instance, err)
		&& case_model_decision(line, desk, run, at, err)
		&& name_assignee(line, desk, instance, err);
}

static bool
add_run(struct case_model *model, struct desk *desk, const struct case_runs *runs,
	const struct case_run *run, const struct told *told, struct error *err)
{
	struct plan_line *head = case_plan_line(model, PLAN_RUN);
	int count, done, total;
	struct step_line *lines = steps_of(run->playbook, run->run, desk_now(desk),
		&count);
	bool ok = true;

	steps_count(run->run, &done, &total);
	head->n = run->n;
	memcpy(head->id, run->id, sizeof(head->id));
	head->name = xasprintf("%s%s%s", run->code, run->code[0] != '\0' ? " " : "",
		run->name);
	head->done = done;
	head->total = total;
	head->ended_at = run->ended_at;
	snprintf(head->spec, sizeof(head->spec), "run %d", run->n);
	snprintf(head->state, sizeof(head->state), "%s", run->paused_at != 0 ? "paused"
		: run_state(run->run));
	for (int i = 0; ok && i < count; i++) {
		ok = add_step(model, desk, runs, run, &lines[i], told, err);
	}
	free(lines);
	return ok;
}

struct task_arg {
	struct case_model *model;
	struct desk *desk;
	struct error *err;
	bool ok;
};

static bool
add_task(const struct task *task, void *arg)
{
	struct task_arg *to = arg;
	struct plan_line *line = case_plan_line(to->model, PLAN_TASK);
	char *name = NULL;

	memcpy(line->id, task->id, sizeof(line->id));
	snprintf(line->spec, sizeof(line->spec), "%d", task->n);
	line->n = task->n;
	line->name = xstrdup(task->title);
	snprintf(line->state, sizeof(line->state), "%s", task->state);
	line->due = task->due_at;
	line->late = strcmp(task->state, "open") == 0
		&& task->due_at < desk_now(to->desk);
	line->ended_at = task->ended_at;
	line->note = xstrdup(task->note != NULL ? task->note : "");
	to->ok = task->assignee[0] == '\0' || db_one_text(desk_db(to->desk), &LOGIN_NAME,
		&name, to->err, TXT(task->assignee));
	line->who = xstrdup(name != NULL ? fold_given_name(name) : "");
	free(name);
	return to->ok;
}

static bool
find_fitting(struct case_model *model, struct desk *desk, struct error *err)
{
	const struct library *library;
	const struct plan *plan = NULL;

	if (!model->c.is_open) {
		return true;
	}
	if (!case_library(&library, desk, err) || !library_fitting(&plan, library, desk,
			&model->c, desk_me(desk)->language, err)) {
		return false;
	}
	model->plan_fits = plan != NULL;
	if (model->plan_fits) {
		struct plan_line *line = case_plan_line(model, PLAN_RUN);

		line->name = xasprintf("%s %s", plan->code, plan->name);
		snprintf(line->state, sizeof(line->state), "fits");
	}
	return true;
}

bool
case_model_plan(struct case_model *model, struct desk *desk, struct error *err)
{
	struct case_runs runs;
	struct task_arg arg = { model, desk, err, true };
	struct told told = { 0 };
	bool ok = true;

	if (!case_runs_load(&runs, desk, model->c.id, err)) {
		return false;
	}
	ok = runs.count == 0 || told_load(&told, desk, model->c.id, err);
	if (runs.count == 0) {
		ok = find_fitting(model, desk, err);
	}
	for (int i = 0; ok && i < runs.count; i++) {
		ok = add_run(model, desk, &runs, &runs.list[i], &told, err);
	}
	ok = ok && status_offer_of(&model->offer, desk, &model->c, &runs, err);
	told_clear(&told);
	case_runs_finish(&runs);
	return ok && task_each(desk, model->c.id, add_task, &arg, err) && arg.ok
		&& case_model_waits(model, desk, err);
}
