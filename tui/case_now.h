/* case_now.h - NOW on the case's screen: what it names, and where it leads. */
#ifndef TUI_CASE_NOW_H
#define TUI_CASE_NOW_H

#include "core/now.h"
#include "tui/case_screen.h"

/* What it names: of this case, unless something of mine elsewhere is late. */
const struct now *case_now(const struct case_screen *s, const struct now *desk);
void case_now_show(const struct case_screen *s, const struct screen *screen,
	struct frame *frame, int row);
/* It is done in the plan of this case: the cursor goes there. */
bool case_now_is_step(const struct case_screen *s, const struct now *now);
/* Does what else it names: an act on this case, or another screen. */
unsigned case_now_go(struct case_screen *s, const struct now *now);

#endif
