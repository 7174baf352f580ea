/* case_clocks.c reads the lawful clocks of a case: the nearest for its head, all
 * of them for its facts. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/calendar.h"
#include "core/deadline.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "tui/case_model.h"

struct reading {
	struct case_model *model;
	struct desk *desk;
	int count;
};

/* "24 hours"; what has no span in words, by its title. */
static char *
short_words(const struct deadline *d)
{
	struct buf out = { 0 };
	struct span span;
	struct error ignored;

	if (span_parse(&span, d->span, &ignored) && span.unit != SPAN_NONE) {
		span_say(&out, &span);
	} else {
		buf_adds(&out, deadline_title(d));
	}
	return buf_take(&out);
}

static void
keep_nearest(struct case_model *model, const struct deadline *d)
{
	if (strcmp(d->state, "running") != 0 || !d->lawful ||
	    (model->clock != NULL && model->clock_due <= d->due_at)) {
		return;
	}
	free(model->clock);
	model->clock = short_words(d);
	model->clock_due = d->due_at;
	model->clock_if = d->condition[0] != '\0';
}

static bool
add_clock(const struct deadline *d, void *arg)
{
	struct reading *r = arg;
	char until[CALENDAR_WHEN_SIZE];
	char *text;

	if (r->count++ == 0) {
		fact_heading(r->model, TAB_FACTS, _("CLOCKS OF REPORTS"));
	}
	keep_nearest(r->model, d);
	if (d->due_at == NO_DUE) {
		(void)snprintf(until, sizeof until, "%s", _("no fixed time"));
	} else {
		calendar_when(until, d->due_at, desk_zone(r->desk));
	}
	text = xasprintf("%s (%s)%s%s", until, deadline_state(d),
		deadline_to(d)[0] == '\0' ? "" : " > ", deadline_to(d));
	fact_add(r->model, TAB_FACTS, deadline_title(d), text);
	free(text);
	return true;
}

bool
case_model_clocks(struct case_model *model, struct desk *desk, struct error *err)
{
	struct reading r = { .model = model, .desk = desk };

	return deadline_each(desk, model->c.id, true, add_clock, &r, err);
}
