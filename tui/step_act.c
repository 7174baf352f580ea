/* step_act.c owns work on steps and tasks: the menu of a step, what it asks
 * when it is done. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/i18n.h"
#include "core/limits.h"
#include "core/mem.h"
#include "core/task.h"
#include "core/when.h"
#include "core/words.h"
#include "playbooks/answer.h"
#include "playbooks/player.h"
#include "tui/act_run.h"
#include "tui/ask.h"
#include "tui/begin_ask.h"
#include "tui/case_rows.h"
#include "tui/model.h"
#include "tui/number.h"
#include "tui/sheet_points.h"
#include "tui/case_screen.h"
#include "tui/views.h"

/* ---- on the desk's thread ---- */

static bool
do_step(struct desk *desk, const struct case_ref *ref, const struct json *values,
	enum run_action action, struct error *err)
{
	struct json *answers = json_copy(values);
	const char *note = json_get_text(values, "note");
	const char *login = json_get_text(values, "login");
	const char *at = json_get_text(values, "at");
	struct step_act act = { .action = action, .values = answers,
		.note = note != NULL && note[0] != '\0' ? note : NULL, .assignee = login };
	bool ok;

	if (at != NULL && at[0] != '\0') {
		act.typed = at;
		if (!when_parse(&act.at, at, WHEN_PAST, desk_now(desk), desk_zone(desk), err)) {
			json_free(answers);
			return false;
		}
	}
	json_remove(answers, "at");
	/* What is left are the answers; an empty one was not given. */
	json_remove(answers, "note");
	json_remove(answers, "login");
	json_remove(answers, "ref.item");
	for (const struct json *value = json_first(answers); value != NULL; ) {
		const struct json *next = json_next(value);

		if (json_text(value, "")[0] == '\0') {
			json_remove(answers, json_key(value));
		}
		value = next;
	}
	if (action == RUN_ASSIGN || json_count(answers) == 0) {
		act.values = NULL;
	}
	ok = player_step(desk, ref->id, ref->item, &act, err);
	json_free(answers);
	return ok;
}

#define STEP_ACT(name, action) \
	static bool \
	name(struct desk *desk, const struct case_ref *ref, const struct json *values, \
		struct error *err) \
	{ \
		return do_step(desk, ref, values, action, err); \
	}
STEP_ACT(do_start, RUN_START)
STEP_ACT(do_done, RUN_DONE)
STEP_ACT(do_failed, RUN_FAILED)
STEP_ACT(do_skip, RUN_SKIP)
STEP_ACT(do_assign, RUN_ASSIGN)

static bool
do_task_done(struct desk *desk, const struct case_ref *ref,
	const struct json *values, struct error *err)
{
	return task_done(desk, ref->id, number_of(ref->item), json_get_text(values, "note"),
		err);
}

static bool
do_task_assign(struct desk *desk, const struct case_ref *ref,
	const struct json *values, struct error *err)
{
	return task_assign(desk, ref->id, number_of(ref->item),
		json_get_text(values, "login"), err);
}

/* ---- forms ---- */

static struct field *
add_note(struct form *form, const char *label, bool required)
{
	struct field *field = form_add(form, FIELD_AREA, "note", label);

	field->required = required;
	field->rows = 3;
	field->edit.max = limit(LIMIT_NOTE);
	return field;
}

static const struct step_form {
	enum command command;
	act_fn *run, *task;      /* task NULL: not for tasks */
	const char *said;
	bool questions, member;
	bool at_once;
	const char *note;        /* label of the note; NULL: none */
	bool note_required;
} forms[] = {
	{ CMD_STEP_DONE, do_done, do_task_done, N_("step on %s done; z takes it back"),
		true, false, false, N_("Note, proof"), false },
	{ CMD_STEP_START, do_start, NULL, N_("step on %s begun"), false, false, true,
		NULL, false },
	{ CMD_STEP_FAILED, do_failed, NULL, N_("step on %s cannot be done: noted"),
		false, false, false, N_("Why not"), true },
	{ CMD_STEP_SKIP, do_skip, NULL, N_("step on %s not needed: noted"), false, false,
		false, N_("Why not needed"), true },
	{ CMD_STEP_ASSIGN, do_assign, do_task_assign, N_("step on %s handed over"),
		false, true, false, NULL, false },
};

struct step_todo {
	const struct step_form *what;
	struct case_ref ref;
	bool task;
};

static bool
form_done(struct app *app, struct view *view, void *arg)
{
	struct step_todo *todo = arg;

	act_post(app, &(struct act_call){
		.run = todo->task ? todo->what->task : todo->what->run,
		.said = todo->what->said, .refs = &todo->ref, .count = 1,
		.values = form_to_json(ask_form_fields(view)),
		.event_id = ask_form_event_id(view), .form = view->id });
	return true;
}

static bool
asks_reading(const struct plan_line *line)
{
	for (int i = 0; i < line->question_count; i++) {
		if (line->questions[i].reading) {
			return true;
		}
	}
	return false;
}

/* After the draft: what nobody has typed is none.  F10 makes it the answer. */
static void
suggest(struct form *form, const struct plan_line *line)
{
	for (int i = 0; i < line->question_count; i++) {
		const struct question *question = &line->questions[i];
		struct field *field = form_field(form, question->name);

		if (question->told != NULL && field != NULL && field_value(field)[0] == '\0') {
			field_guess(field, question->told);
		}
	}
}

/* What was left of this act on this step stands in it again. */
static struct view *
ask_step(struct case_screen *s, const struct step_form *what,
	const struct plan_line *line, struct step_todo *todo)
{
	const char *kind = what->note != NULL ? "step" : NULL;
	char *title = xasprintf("%s: %d %s", command_hint(what->command), line->n,
		line->name);
	char *item = xasprintf("%s %s", command_rows[what->command].word, line->spec);
	struct draft *kept = kind == NULL ? NULL : drafts_kept(app_drafts(s->app), kind,
		s->model.c.id, item);
	struct view *view = ask_form(s->app, &(struct ask_form){ .title = title,
		.draft_kind = kind, .case_id = s->model.c.id, .number = todo->ref.number,
		.draft = kept, .done = form_done, .arg = todo, .free_arg = free });

	if (kind != NULL) {
		(void)form_add(ask_form_fields(view), FIELD_HIDDEN, "ref.item", "");
		field_set(form_field(ask_form_fields(view), "ref.item"), item);
	}
	draft_list_free(kept);
	free(item);
	free(title);
	return view;
}

static void
open_form(struct case_screen *s, const struct step_form *what,
	const struct plan_line *line)
{
	struct step_todo *todo = xcalloc(1, sizeof(*todo));
	struct view *view;
	struct form *form;

	todo->what = what;
	todo->task = line->kind == PLAN_TASK;
	case_ref_of(s, &todo->ref);
	snprintf(todo->ref.item, sizeof(todo->ref.item), "%s", line->spec);
	view = ask_step(s, what, line, todo);
	form = ask_form_fields(view);
	for (int i = 0; what->questions && i < line->question_count; i++) {
		step_add_question(form, &line->questions[i]);
	}
	if (what->questions && asks_reading(line)) {
		field_help(form_add(form, FIELD_LINE, "at", _("Read at")),
			_("02:17, -5m; empty: now"));
	}
	if (what->questions && line->fills != NULL && line->filled != NULL
		&& form_field(form, line->fills) != NULL) {
		field_guess(form_field(form, line->fills), line->filled);
	}
	if (what->member) {
		struct field *field = form_add(form, FIELD_PICK, "login", _("Who"));
		const struct actor *me = &app_summary(s->app)->me;

		field->required = true;
		field_help(field, _("type a part of the name"));
		field_add_choice(field, me->login, me->name);
		act_load_choices(s->app, view, "login", CHOICES_MEMBERS);
	}
	if (what->note != NULL) {
		struct field *note = add_note(form, _(what->note), what->note_required);

		if (line->proof != NULL && line->proof[0] != '\0') {
			field_help(note, line->proof);
		}
	}
	if (what->questions && line->proof != NULL && line->proof[0] != '\0') {
		char *text = xasprintf("%s: %s", _("proof"), line->proof);

		(void)form_add(form, FIELD_LABEL, "", text);
		free(text);
	}
	ask_form_ready(view);
	if (what->questions) {
		suggest(form, line);
	}
}

unsigned
case_step_act(struct case_screen *s, enum command command)
{
	const struct plan_line *line = case_plan_here(s);

	if (command == CMD_STEP_LIST) {
		if (line == NULL || line->kind != PLAN_STEP || line->total < 0) {
			app_info(s->app, "%s", _("this step has no list to tick"));
		} else {
			open_step_list(s->app, line->id);
		}
		return VIEW_HANDLED | VIEW_DIRTY;
	}
	if (command == CMD_HOLD) {
		if (s->pane != PANE_PLAN || !case_line_end(s, line)) {
			app_info(s->app, "%s", _("not for what is under the cursor"));
		}
		return VIEW_HANDLED | VIEW_DIRTY;
	}
	if (command == CMD_ASK && s->pane == PANE_PLAN && case_line_asks(line)) {
		case_line_speak(s, line);
		return VIEW_HANDLED | VIEW_DIRTY;
	}

	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		const struct step_form *what = &forms[i];

		if (what->command != command) {
			continue;
		}
		if (line == NULL || line->kind == PLAN_RUN || line->kind == PLAN_WAIT
			|| line->kind == PLAN_ORDER || line->spec[0] == '\0'
			|| (line->kind == PLAN_TASK && what->task == NULL)) {
			app_info(s->app, "%s", _("not for what is under the cursor"));
			return VIEW_HANDLED;
		}
		if (command != CMD_STEP_ASSIGN && case_paused(s, line) != NULL) {
			app_info(s->app, "%s", case_paused(s, line));
			return VIEW_HANDLED | VIEW_DIRTY;
		}
		if (what->at_once) {
			struct case_ref ref;

			case_ref_of(s, &ref);
			snprintf(ref.item, sizeof(ref.item), "%s", line->spec);
			act_post(s->app, &(struct act_call){ .run = what->run, .said = what->said,
				.refs = &ref, .count = 1, .values = json_object() });
		} else {
			open_form(s, what, line);
		}
		return VIEW_HANDLED | VIEW_DIRTY;
	}
	return VIEW_IGNORED;
}

/* ---- the menu ---- */

/* The line that the menu was opened on: another member's work may move the cursor
 * while it stands open. */
struct menu_of {
	uint64_t view_id;
	char id[UUID_SIZE], spec[80];
	char *name; /* what was not reached yet has neither id nor spec */
};

static void
menu_free(void *arg)
{
	free(((struct menu_of *)arg)->name);
	free(arg);
}

static bool
menu_chosen(struct app *app, void *arg, const char *word)
{
	const struct menu_of *of = arg;
	struct case_screen *s = (struct case_screen *)app_view(app, of->view_id);

	if (s == NULL || !case_to_line(s, of->id, of->spec, of->name)) {
		app_info(app, "%s", _("the plan has changed meanwhile: nothing was done"));
	} else {
		(void)app_do(app, command_of_word(word));
	}
	return true;
}

static void
add_command(struct view *pick, enum command command, const char *refusal)
{
	pick_add(pick, command_rows[command].word, command_help(command), NULL, refusal);
}

/* Lines are left, or nobody has typed any yet. */
static bool
list_waits(const struct plan_line *line)
{
	return line->kind == PLAN_STEP && (line->done < line->total
		|| (line->total == 0 && line->to_type));
}

/* The first of a step while lines are left: Enter, Enter ticks. */
static void
add_list(struct view *pick, const struct plan_line *line)
{
	char count[24];

	snprintf(count, sizeof(count), "%d/%d", line->done, line->total);
	pick_add(pick, command_rows[CMD_STEP_LIST].word, command_help(CMD_STEP_LIST),
		line->ended_at == 0 ? count : NULL, NULL);
}

/* Enter, Enter begins the plan that fits. */
static bool
begin_chosen(struct app *app, void *arg, const char *word)
{
	if (strcmp(word, "fits") == 0) {
		begin_ask(app, arg, 1, "", 0);
	} else {
		(void)app_do(app, CMD_BEGIN);
	}
	return true;
}

static unsigned
begin_menu(struct case_screen *s, const struct plan_line *line)
{
	const char *refusal = command_refusal(CMD_BEGIN, app_have(s->app));
	struct case_ref *ref = xcalloc(1, sizeof(*ref));
	struct view *pick;

	case_ref_of(s, ref);
	pick = ask_pick(s->app, &(struct pick){ .title = _("begin plan"),
		.done = begin_chosen, .arg = ref, .free_arg = free });
	if (line != NULL) {
		pick_add(pick, "fits", line->name, NULL, refusal);
	}
	pick_add(pick, "other", _("another plan"), NULL, refusal);
	return VIEW_HANDLED | VIEW_DIRTY;
}

static struct view *
menu_on(struct case_screen *s, const struct plan_line *line, const char *title)
{
	struct menu_of *of = xcalloc(1, sizeof(*of));

	of->view_id = s->view.id;
	memcpy(of->id, line->id, sizeof(of->id));
	memcpy(of->spec, line->spec, sizeof(of->spec));
	of->name = xstrdup(line->name);
	return ask_pick(s->app, &(struct pick){ .title = title, .done = menu_chosen,
		.arg = of, .free_arg = menu_free });
}

static unsigned
run_menu(struct case_screen *s, const struct plan_line *line)
{
	const char *refusal = line->ended_at > 0 ? _("it has ended") : NULL;
	struct view *pick = menu_on(s, line, line->name);
	bool paused = strcmp(line->state, "paused") == 0;

	if (paused) { /* what NOW leads to this line for */
		add_command(pick, CMD_RUN_RESUME, refusal);
	}
	add_command(pick, CMD_HOW, NULL);
	add_command(pick, CMD_VARS, NULL);
	if (!paused) {
		add_command(pick, CMD_RUN_PAUSE, refusal);
	}
	add_command(pick, CMD_RUN_STOP, refusal);
	return VIEW_HANDLED | VIEW_DIRTY;
}

/* More time while it is open and has a limit; the way back when it has ended. */
static void
add_steering(struct view *pick, const struct plan_line *line, bool waiting, bool ended)
{
	if (ended) {
		add_command(pick, CMD_STEP_BACK, NULL);
	} else if (!waiting && line->due != NO_DUE) {
		add_command(pick, CMD_STEP_EXTEND, NULL);
	}
}

unsigned
case_step_menu(struct case_screen *s)
{
	const struct plan_line *line = case_plan_here(s);
	bool waiting, ended, decided, list_first;
	const char *refusal, *blocked, *result;
	struct view *pick;
	char *title;

	if (line == NULL || (line->kind == PLAN_RUN
			&& strcmp(line->state, "fits") == 0)) {
		return begin_menu(s, line);
	}
	if (line->kind == PLAN_RUN) {
		return run_menu(s, line);
	}
	if (line->kind == PLAN_WAIT || line->kind == PLAN_ORDER) {
		return case_line_talk(s, line);
	}
	waiting = strcmp(line->state, "waiting") == 0 && line->starts_at == 0;
	ended = line->ended_at > 0 && !line->undecided;
	refusal = case_step_refusal(s, line, waiting, ended);
	blocked = refusal == NULL && line->blocked ? _("the police want the scene kept")
		: refusal;
	result = line->undecided && blocked == NULL
		? _("it has failed: again, or skip") : blocked;
	decided = !ended && case_line_asks(line) && line->order_key[0] != '\0'
		&& strcmp(line->todo, "open") != 0;
	title = line->n > 0 ? xasprintf("%d %s", line->n, line->name) : xstrdup(line->name);
	pick = menu_on(s, line, title);
	free(title);
	list_first = list_waits(line) && refusal == NULL;
	if (list_first) {
		add_list(pick, line);
	}
	/* What was decided is carried out; its paper comes days later. */
	if (decided) {
		add_command(pick, CMD_STEP_DONE, result);
	}
	case_line_offer(pick, line);
	if (!decided) {
		add_command(pick, CMD_STEP_DONE, result);
	}
	if (line->kind == PLAN_STEP && line->total >= 0 && !list_first) {
		add_list(pick, line);
	}
	if (line->kind == PLAN_STEP) {
		if (strcmp(line->state, "started") != 0) {
			add_command(pick, CMD_STEP_START, blocked);
		}
		add_command(pick, CMD_STEP_FAILED, line->undecided ? result : refusal);
		add_command(pick, CMD_STEP_SKIP, refusal);
		add_steering(pick, line, waiting, ended);
	}
	add_command(pick, CMD_STEP_ASSIGN, waiting || ended ? refusal : NULL);
	if (json_count(line->commands) > 0) {
		add_command(pick, CMD_COMMANDS, NULL);
	}
	add_command(pick, CMD_HOW, NULL);
	return VIEW_HANDLED | VIEW_DIRTY;
}
