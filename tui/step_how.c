/* step_how.c owns how a step or a task is explained. */
#include <stdio.h>

#include "core/buf.h"
#include "core/i18n.h"
#include "tui/case_rows.h"
#include "tui/case_screen.h"
#include "tui/model.h"
#include "tui/views.h"

static void
add_part(struct buf *out, const char *label, const char *text)
{
	if (text != NULL && text[0] != '\0') {
		buf_addf(out, "%s: %s\n", label, text);
	}
}

char *
case_step_text(const struct plan_line *line)
{
	struct buf out = { 0 };

	if (line->n > 0) {
		buf_addf(&out, "%d ", line->n);
	}
	buf_addf(&out, "%s\n", line->name);
	add_part(&out, _("why"), line->why);
	add_part(&out, _("cost"), line->cost);
	if (line->how != NULL && line->how[0] != '\0') {
		buf_addf(&out, "%s\n", line->how);
	}
	if (line->beside != NULL && line->beside[0] != '\0') {
		buf_addf(&out, "%s\n", line->beside);
	}
	add_part(&out, _("proof"), line->proof);
	add_part(&out, _("lead"), line->lead);
	add_part(&out, _("support"), line->support);
	for (int i = 0; i < line->question_count; i++) {
		add_part(&out, _("asks"), line->questions[i].text);
	}
	add_part(&out, _("note"), line->note);
	return buf_take(&out);
}

void
case_step_how(struct case_screen *s)
{
	const struct plan_line *line = case_plan_here(s);
	char *text = line == NULL ? now_why(app_now_line(s->app))
		: case_step_text(line);

	read_with_coordination(s->app, s->model.c.id, line == NULL ? _("why this")
		: line->kind == PLAN_STEP ? _("how") : _("task"), text);
}
