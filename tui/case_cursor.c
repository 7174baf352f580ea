/* case_cursor.c owns where the cursor of a case's plan goes by itself: to the open
 * step at first, on within the branch when a step is done. */
#include <string.h>

#include "tui/case_screen.h"

static bool
waits(const struct plan_line *line)
{
	return line->kind != PLAN_RUN && (strcmp(line->state, "open") == 0
		|| strcmp(line->state, "started") == 0 || line->undecided);
}

/* A reload finds the row again by its id. */
static void
put_cursor(struct case_screen *s, int row)
{
	const struct plan_line *line;

	list_to(&s->plan, row);
	line = case_plan_here(s);
	if (line != NULL) {
		memcpy(s->plan.id, line->id, UUID_SIZE);
	}
}

/* What is late, then my own, then the others', then what others promised. */
static int
urgency(const struct plan_line *line)
{
	return line->late ? 0 : line->mine ? 1
		: line->kind == PLAN_WAIT || line->kind == PLAN_ORDER ? 3 : 2;
}

static bool
before(const struct plan_line *a, const struct plan_line *b)
{
	int one = urgency(a), other = urgency(b);

	return one != other ? one < other : a->due < b->due;
}

bool
case_to_line(struct case_screen *s, const char *id, const char *spec, const char *name)
{
	for (int i = 0; i < s->model.plan_count; i++) {
		const struct plan_line *line = &s->model.plan[i];

		if (strcmp(line->id, id) == 0 && strcmp(line->spec, spec) == 0
			&& (id[0] != '\0' || strcmp(line->name, name) == 0)) {
			put_cursor(s, i);
			return true;
		}
	}
	return false;
}

/* The step that NOW speaks of, else the most urgent open one, else a plan that
 * fits. */
void
case_to_open_step(struct case_screen *s)
{
	const struct case_model *m = &s->model;
	int best = -1;

	for (int i = 0; i < m->plan_count; i++) {
		const struct plan_line *line = &m->plan[i];

		if (strcmp(line->id, m->now.item) == 0 && line->id[0] != '\0') {
			best = i;
			break;
		}
		if (waits(line) && (best < 0 || before(line, &m->plan[best]))) {
			best = i;
		}
	}
	s->plan.height = s->plan.height > 0 ? s->plan.height : 12;
	put_cursor(s, best >= 0 ? best : 0);
}

/* A step that was just done hands the cursor on within its branch; NOW goes on to
 * name what is most urgent. */
void
case_to_step_after(struct case_screen *s)
{
	const struct plan_line *line = case_plan_here(s);

	for (int i = 0; line != NULL && line->after[0] != '\0'
		&& i < s->model.plan_count; i++) {
		if (strcmp(s->model.plan[i].id, line->after) == 0) {
			put_cursor(s, i);
			return;
		}
	}
	case_to_open_step(s);
}

static bool
has_line(const struct case_model *model, const char *id)
{
	for (int i = 0; i < model->plan_count; i++) {
		if (strcmp(model->plan[i].id, id) == 0) {
			return true;
		}
	}
	return false;
}

/* The plan went back to the step under the cursor: on to its new round. */
void
case_to_new_round(struct case_screen *s, const struct case_model *old)
{
	const struct plan_line *line = case_plan_here(s);

	for (int i = 0; line != NULL && line->ended_at > 0 && i < s->model.plan_count; i++) {
		const struct plan_line *other = &s->model.plan[i];

		if (other->kind == line->kind && other->n == line->n && waits(other)
			&& strcmp(other->name, line->name) == 0 && !has_line(old, other->id)) {
			put_cursor(s, i);
			return;
		}
	}
}

/* One that waits its time may be done before it: who reads every 20 minutes reads
 * sooner when it is getting worse. */
bool
case_step_waits(const struct case_screen *s)
{
	const struct plan_line *line = case_plan_here(s);

	return line != NULL && (waits(line) || line->starts_at > 0);
}

/* Where the work went on: a step that ended, a plan that was begun. */
bool
case_hands_on(const struct case_screen *s)
{
	const struct plan_line *line = case_plan_here(s);

	return case_step_waits(s) || line == NULL
		|| (line->kind == PLAN_RUN && strcmp(line->state, "fits") == 0);
}
