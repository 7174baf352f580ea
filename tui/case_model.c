/* case_model.c owns the model of the case's screen: the row, the timeline, and
 * how all of it is freed. */
#include "tui/case_model.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/back_by.h"
#include "core/countdown.h"
#include "core/fold.h"
#include "core/mem.h"
#include "core/now_case.h"
#include "core/timeline.h"

void
fact_add(struct case_model *model, enum case_tab tab, const char *label,
	const char *text)
{
	int *count = &model->fact_count[tab];

	if (*count == model->fact_cap[tab]) {
		model->fact_cap[tab] = *count == 0 ? 16 : *count * 2;
		model->facts[tab] = xrealloc(model->facts[tab],
			(size_t)model->fact_cap[tab] * sizeof(struct fact_line));
	}
	model->facts[tab][(*count)++] = (struct fact_line){
		.label = xstrdup(label), .text = xstrdup(text != NULL ? text : "") };
}

void
fact_heading(struct case_model *model, enum case_tab tab, const char *text)
{
	fact_add(model, tab, text, "");
	model->facts[tab][model->fact_count[tab] - 1].heading = true;
}

struct times_arg {
	struct case_model *model;
	struct desk *desk;
};

static bool
add_time(const struct entry *entry, void *arg)
{
	struct times_arg *to = arg;
	struct case_model *model = to->model;
	struct time_line *line;

	if (model->time_count == model->time_cap) {
		model->time_cap = model->time_cap == 0 ? TIMES_PAGE : model->time_cap * 2;
		model->times = xrealloc(model->times,
			(size_t)model->time_cap * sizeof(*model->times));
	}
	line = &model->times[model->time_count++];
	*line = (struct time_line){
		.seq = entry->event->seq,
		.at = entry->event->occurred_at,
		.who = xstrdup(entry->event->actor_login),
		.kind = xstrdup(entry->event->kind),
		.text = timeline_text(entry, desk_zone(to->desk)),
		.undone = entry->undone_by != 0,
	};
	return true;
}

static bool
load_times(struct case_model *model, struct desk *desk, int times,
	struct error *err)
{
	struct timeline_page page = { .case_id = model->c.id, .newest_first = true,
		.limit = times + 1 };
	struct times_arg arg = { model, desk };

	if (!timeline_each(desk, &page, add_time, &arg, err)) {
		return false;
	}
	model->more_times = model->time_count > times;
	if (model->more_times) {
		struct time_line *line = &model->times[--model->time_count];

		free(line->who);
		free(line->kind);
		free(line->text);
	}
	return true;
}

SQL(LOGIN_NAMES, "t", "SELECT name FROM member WHERE login = $1");

#define ENGINE_LOGIN "suco-serve" /* no person: the column has six cells */

/* Given names in the narrow column, the login where nobody has the name. */
static bool
name_people(struct case_model *model, struct desk *desk, struct error *err)
{
	for (int i = 0; i < model->time_count; i++) {
		struct time_line *line = &model->times[i];
		char *name = NULL;

		if (i > 0 && strcmp(line->who, "") == 0) {
			continue;
		}
		if (strcmp(line->who, ENGINE_LOGIN) == 0) {
			snprintf(line->who, strlen(line->who) + 1, "%s", "suco");
			continue;
		}
		if (!db_one_text(desk_db(desk), &LOGIN_NAMES, &name, err, TXT(line->who))) {
			return false;
		}
		if (name != NULL) {
			free(line->who);
			line->who = xstrdup(fold_given_name(name));
			free(name);
		}
	}
	return true;
}

static bool
first_back_by(const struct back_by *one, void *arg)
{
	struct case_model *out = arg;

	out->back_by = one->due_at;
	snprintf(out->back_reason, sizeof(out->back_reason), "%s", one->reason);
	return false;
}

static bool
load_clock(struct case_model *out, struct desk *desk, struct error *err)
{
	struct countdown clock;
	bool found = false;

	if (!countdown_first(&clock, &found, desk, out->c.id, err)) {
		return false;
	}
	if (found) {
		snprintf(out->clock_label, sizeof(out->clock_label), "%s", clock.label);
		out->clock_ends = clock.ends_at;
	}
	countdown_clear(&clock);
	return back_by_each(desk, out->c.id, first_back_by, out, err);
}

bool
case_model_load(struct case_model *out, struct desk *desk, const char *spec,
	int times, struct error *err)
{
	*out = (struct case_model){ 0 };
	if (!case_find(&out->c, desk, spec, err)
		|| !now_find_case(&out->now, desk, out->c.id, err)
		|| !load_clock(out, desk, err)
		|| !burning_look(&out->burning, desk, out->c.id, err)
		|| !load_times(out, desk, times, err)
		|| !name_people(out, desk, err)
		|| !case_model_plan(out, desk, err)
		|| !case_model_scene(out, desk, err)
		|| !case_model_clocks(out, desk, err)
		|| !case_model_facts(out, desk, err)
		|| !case_model_system(out, desk, err)) {
		case_model_free(out);
		return false;
	}
	return true;
}

static void
free_plan_line(struct plan_line *line)
{
	free(line->name);
	free(line->who);
	free(line->lead);
	free(line->support);
	free(line->why);
	free(line->cost);
	free(line->how);
	json_free(line->commands);
	free(line->beside);
	free(line->readings);
	free(line->proof);
	free(line->note);
	free(line->about);
	free(line->fills);
	free(line->filled);
	for (int i = 0; i < line->question_count; i++) {
		free(line->questions[i].name);
		free(line->questions[i].text);
		free(line->questions[i].type);
		free(line->questions[i].unit);
		json_free(line->questions[i].choices);
		free(line->questions[i].told);
		free(line->questions[i].told_by);
		free(line->questions[i].known);
	}
	free(line->questions);
}

void
case_model_free(struct case_model *model)
{
	case_clear(&model->c);
	free(model->scene);
	free(model->changed);
	free(model->clock);
	for (int i = 0; i < model->plan_count; i++) {
		free_plan_line(&model->plan[i]);
	}
	free(model->plan);
	for (int i = 0; i < model->time_count; i++) {
		free(model->times[i].who);
		free(model->times[i].kind);
		free(model->times[i].text);
	}
	free(model->times);
	for (int tab = 0; tab < TAB_COUNT; tab++) {
		for (int i = 0; i < model->fact_count[tab]; i++) {
			free(model->facts[tab][i].label);
			free(model->facts[tab][i].text);
		}
		free(model->facts[tab]);
	}
	*model = (struct case_model){ 0 };
}
