/* view_plan.h - one plan, drawn as a flow. */
#ifndef TUI_VIEW_PLAN_H
#define TUI_VIEW_PLAN_H

#include "tui/view.h"

/* The plan with this id, of the library. */
struct view *plan_view_of(const char *id);

#endif
