/* step_steer.c owns the decisions about a plan under way: more time for a step,
 * back to one that has ended, pause, go on, stop. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/limits.h"
#include "core/mem.h"
#include "playbooks/player_steer.h"
#include "tui/act_run.h"
#include "tui/ask.h"
#include "tui/case_screen.h"
#include "tui/number.h"

/* ---- on the desk's thread ---- */

static const char *
given(const struct json *values, const char *key)
{
	const char *text = json_get_text(values, key);

	return text != NULL ? text : "";
}

static bool
do_extend(struct desk *desk, const struct case_ref *ref, const struct json *values,
	struct error *err)
{
	return player_extend(desk, ref->id, ref->item, number_of(given(values, "minutes")),
		given(values, "note"), err);
}

static bool
do_back(struct desk *desk, const struct case_ref *ref, const struct json *values,
	struct error *err)
{
	return player_back(desk, ref->id, ref->item, given(values, "note"), err);
}

#define RUN_ACT(name, change) \
	static bool \
	name(struct desk *desk, const struct case_ref *ref, const struct json *values, \
		struct error *err) \
	{ \
		return player_change(desk, ref->id, number_of(ref->item), change, \
			given(values, "note"), err); \
	}
RUN_ACT(do_pause, RUN_PAUSE)
RUN_ACT(do_resume, RUN_RESUME)
RUN_ACT(do_stop, RUN_STOP)

/* ---- forms ---- */

static const struct steer_form {
	enum command command;
	act_fn *run;
	const char *said, *reason;
	bool of_run, minutes, wants_reason;
} forms[] = {
	{ .command = CMD_STEP_EXTEND, .run = do_extend, .minutes = true,
		.reason = N_("Why more time"), .said = N_("step on %s has more time") },
	{ .command = CMD_STEP_BACK, .run = do_back, .wants_reason = true,
		.reason = N_("Why again"), .said = N_("back to the step on %s; z takes it back") },
	{ .command = CMD_RUN_PAUSE, .run = do_pause, .of_run = true, .wants_reason = true,
		.reason = N_("Why it waits"), .said = N_("plan on %s paused") },
	{ .command = CMD_RUN_RESUME, .run = do_resume, .of_run = true,
		.reason = N_("Why it goes on"), .said = N_("plan on %s goes on") },
	{ .command = CMD_RUN_STOP, .run = do_stop, .of_run = true, .wants_reason = true,
		.reason = N_("Why it is stopped"),
		.said = N_("plan on %s stopped; z takes it back") },
};

struct steer_todo {
	const struct steer_form *what;
	struct case_ref ref;
};

static bool
form_done(struct app *app, struct view *view, void *arg)
{
	struct steer_todo *todo = arg;

	act_post(app, &(struct act_call){ .run = todo->what->run, .said = todo->what->said,
		.refs = &todo->ref, .count = 1, .values = form_to_json(ask_form_fields(view)),
		.event_id = ask_form_event_id(view), .form = view->id });
	return true;
}

static void
add_fields(struct form *form, const struct steer_form *what)
{
	struct field *field;

	if (what->minutes) {
		field = form_add(form, FIELD_LINE, "minutes", _("Minutes"));
		field->required = true;
		field_help(field, _("from its limit, or from now where that has passed"));
	}
	field = form_add(form, FIELD_AREA, "note", _(what->reason));
	field->required = what->wants_reason;
	field->rows = 3;
	field->edit.max = limit(LIMIT_NOTE);
}

/* The plan that the line stands in. */
static const struct plan_line *
run_of(const struct case_screen *s, const struct plan_line *line)
{
	while (line->kind != PLAN_RUN && line > s->model.plan) {
		line--;
	}
	return line;
}

static void
open_form(struct case_screen *s, const struct steer_form *what,
	const struct plan_line *line)
{
	struct steer_todo *todo = xcalloc(1, sizeof(*todo));
	const struct plan_line *run = run_of(s, line);
	char *title = what->of_run
		? xasprintf("%s: %s", command_hint(what->command), run->name)
		: xasprintf("%s: %d %s", command_hint(what->command), line->n, line->name);
	struct view *view;

	todo->what = what;
	case_ref_of(s, &todo->ref);
	if (what->of_run) {
		snprintf(todo->ref.item, sizeof(todo->ref.item), "%d", run->n);
	} else {
		snprintf(todo->ref.item, sizeof(todo->ref.item), "%s", line->spec);
	}
	view = ask_form(s->app, &(struct ask_form){ .title = title, .case_id = s->model.c.id,
		.number = todo->ref.number, .done = form_done, .arg = todo, .free_arg = free });
	add_fields(ask_form_fields(view), what);
	ask_form_ready(view);
	free(title);
}

const char *
case_paused(const struct case_screen *s, const struct plan_line *line)
{
	return line->kind == PLAN_STEP && strcmp(run_of(s, line)->state, "paused") == 0
		? _("the plan is paused: Enter on its head goes on") : NULL;
}

const char *
case_step_refusal(const struct case_screen *s, const struct plan_line *line, bool waiting,
	bool ended)
{
	return line->passed_by ? _("the plan went another way")
		: waiting ? _("the plan has not come to it yet")
		: ended ? _("it has ended; z undoes my last act")
		: case_paused(s, line);
}

/* Said before the form opens; NULL where the decision can be made here. */
static const char *
why_not(const struct case_screen *s, const struct steer_form *what,
	const struct plan_line *line)
{
	bool ended = line != NULL && line->ended_at > 0 && !line->undecided;
	const struct plan_line *run = line == NULL ? NULL : run_of(s, line);

	if (line == NULL || (!what->of_run && (line->kind != PLAN_STEP
			|| line->spec[0] == '\0')) || run->kind != PLAN_RUN
			|| strcmp(run->state, "fits") == 0) {
		return _("not for what is under the cursor");
	}
	if (!what->of_run && case_paused(s, line) != NULL) {
		return case_paused(s, line);
	}
	switch (what->command) {
	case CMD_STEP_BACK:
		return ended ? NULL : _("it has not ended: there is nothing to go back to");
	case CMD_STEP_EXTEND:
		return ended || line->due == NO_DUE ? _("it has no limit to move") : NULL;
	case CMD_RUN_PAUSE:
		return strcmp(run->state, "paused") == 0 ? _("it is paused already") : NULL;
	case CMD_RUN_RESUME:
		return strcmp(run->state, "paused") == 0 ? NULL : _("it is not paused");
	default:
		return NULL;
	}
}

unsigned
case_steer_act(struct case_screen *s, enum command command)
{
	const struct plan_line *line = case_plan_here(s);
	const char *refusal;

	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		if (forms[i].command != command) {
			continue;
		}
		refusal = why_not(s, &forms[i], line);
		if (refusal != NULL) {
			app_info(s->app, "%s", refusal);
			return VIEW_HANDLED | VIEW_DIRTY;
		}
		open_form(s, &forms[i], line);
		return VIEW_HANDLED | VIEW_DIRTY;
	}
	return VIEW_IGNORED;
}
