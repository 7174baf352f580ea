/* case_now.c owns NOW on the case's screen: what it names, and where it leads. */
#include "tui/case_now.h"

#include <string.h>

#include "core/now_case.h"
#include "tui/app.h"
#include "tui/chrome.h"
#include "tui/model.h"
#include "tui/now_go.h"
#include "tui/places.h"

const struct now *
case_now(const struct case_screen *s, const struct now *desk)
{
	return s->model.c.id[0] == '\0' ? desk : now_in_case(&s->model.now, desk);
}

static bool
is_here(const struct case_screen *s, const struct now *now)
{
	return s->model.c.id[0] != '\0' && strcmp(now->case_id, s->model.c.id) == 0;
}

/* Enter on the line under the cursor does it. */
static bool
is_under_cursor(const struct case_screen *s, const struct now *now)
{
	const struct plan_line *line = case_plan_here(s);

	if (line == NULL || !is_here(s, now) || s->tab != TAB_PLAN ||
	    s->pane != PANE_PLAN) {
		return false;
	}
	return now->kind == NOW_BEGIN_PLAN
		? line->kind == PLAN_RUN && strcmp(line->state, "fits") == 0
		: line->id[0] != '\0' && strcmp(line->id, now->item) == 0;
}

void
case_now_show(const struct case_screen *s, const struct screen *screen,
	struct frame *frame, int row)
{
	const struct now *now = case_now(s, &screen->summary->now);
	enum now_here here = is_under_cursor(s, now) ? NOW_AT_ROW
		: is_here(s, now) && now_act_of(now->kind) != CMD_NONE ? NOW_IN_CASE : NOW_AWAY;

	chrome_now_of(frame, row, screen, now, here, is_here(s, now) && row > 0);
}

bool
case_now_is_step(const struct case_screen *s, const struct now *now)
{
	const struct now_go *go = now_go_of(now->kind);

	return is_here(s, now) && go->command == CMD_NONE && now_act_of(now->kind) == CMD_NONE;
}

unsigned
case_now_go(struct case_screen *s, const struct now *now)
{
	enum command act = now_act_of(now->kind);

	return is_here(s, now) && act != CMD_NONE ? app_do(s->app, act)
		: place_to_now(s->app);
}
