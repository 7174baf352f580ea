/* case_waits.c reads what a case waits for outside and the orders asked for, as
 * lines of its plan side, and what of a step somebody else decides. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/mem.h"
#include "playbooks/step_decision.h"
#include "tui/case_model.h"
#include "tui/case_rows.h"
#include "tui/wait_forms.h"

struct adding {
	struct case_model *model;
	struct desk *desk;
};

/* What was merged in is worked here, under its own number. */
static char *
of_merged(const struct case_model *model, const char *number, const char *text)
{
	char name[24];

	case_short_number(name, number);
	return strcmp(number, model->c.number) == 0 ? xstrdup(text)
		: xasprintf("[%s] %s", name, text);
}

static bool
add_waiting(const struct waiting *w, void *arg)
{
	struct adding *a = arg;
	struct table_row row = { 0 };
	struct plan_line *line = case_plan_line(a->model, PLAN_WAIT);
	char *key = waiting_key(w), *what;
	bool raise;

	memcpy(line->id, w->id, sizeof(line->id));
	snprintf(line->spec, sizeof(line->spec), "%s", key);
	free(key);
	what = of_merged(a->model, w->number, w->what);
	line->name = xasprintf(_("waits: %s: %s"), w->name, what);
	free(what);
	snprintf(line->state, sizeof(line->state), "%s", w->ended_at == 0 ? "open" : "done");
	line->due = w->ended_at == 0 ? w->next_ask_at : NO_DUE;
	line->late = w->ended_at == 0 && w->next_ask_at < desk_now(a->desk);
	line->ended_at = w->ended_at;
	line->who = xstrdup("");
	line->note = xstrdup(w->result);
	waiting_row(&row, w, a->desk);
	line->about = row.about;
	raise = waiting_next(w, desk_now(a->desk)) == WAITING_RAISE;
	line->beside = waiting_call_line(row.about, raise);
	snprintf(line->todo, sizeof(line->todo), "%s", raise ? "raise" : "ask");
	return true;
}

/* One that a step asked for stands with its step. */
static bool
add_order(const struct decision *d, void *arg)
{
	struct adding *a = arg;
	struct plan_line *line;
	char *key, *what;

	if (d->instance[0] != '\0') {
		return true;
	}
	key = decision_key(d);
	line = case_plan_line(a->model, PLAN_ORDER);
	memcpy(line->id, d->id, sizeof(line->id));
	snprintf(line->spec, sizeof(line->spec), "%s", key);
	free(key);
	what = of_merged(a->model, d->number, d->question);
	line->name = xasprintf(_("order: %s"), what);
	free(what);
	snprintf(line->state, sizeof(line->state), "%s", d->ended_at == 0 ? "open"
		: strcmp(d->state, "withdrawn") == 0 ? "dropped" : "done");
	line->due = d->ended_at == 0 ? d->until_at : NO_DUE;
	line->late = d->ended_at == 0 && d->until_at < desk_now(a->desk);
	line->ended_at = d->ended_at;
	line->who = xstrdup("");
	line->note = xstrdup(decision_label(d, d->answer));
	line->about = decision_about(d, a->desk);
	snprintf(line->todo, sizeof(line->todo), "%s", d->state);
	return true;
}

bool
case_model_waits(struct case_model *model, struct desk *desk, struct error *err)
{
	struct adding a = { model, desk };

	return waiting_each(desk, model->c.id, add_waiting, &a, err)
		&& decision_each(desk, model->c.id, DECISIONS_ALL, add_order, &a, err);
}

static void
asked(struct plan_line *line, const struct step *step, const struct decision *d,
	struct desk *desk)
{
	const char *value = step_decision_value(step, d);
	char *key = decision_key(d);

	snprintf(line->order_key, sizeof(line->order_key), "%s", key);
	free(key);
	free(line->about);
	line->about = decision_about(d, desk);
	snprintf(line->todo, sizeof(line->todo), "%s", d->state);
	line->filled = value != NULL ? xstrdup(value) : NULL;
}

bool
case_model_decision(struct plan_line *line, struct desk *desk,
	const struct case_run *run, const struct step_line *at, struct error *err)
{
	struct json *plan = NULL;
	struct decision d = { 0 };
	const char *variable;
	bool there = false;

	if (!step_wants_decision(at->step)) {
		return true;
	}
	if (!step_decision_json(&plan, desk, run, at->step, at->instance, err)
		|| (at->instance != NULL
			&& !decision_of_step(&d, &there, desk, at->instance->id, err))) {
		json_free(plan);
		return false;
	}
	variable = json_get_text(plan, "variable");
	line->fills = variable != NULL ? xstrdup(variable) : NULL;
	line->about = json_line(plan);
	snprintf(line->todo, sizeof(line->todo), "ask");
	if (there) {
		asked(line, at->step, &d, desk);
	}
	decision_clear(&d);
	json_free(plan);
	return true;
}
