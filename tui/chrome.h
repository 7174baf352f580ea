/* chrome.h - what is the same on every screen: head, NOW line, state, hints. */
#ifndef TUI_CHROME_H
#define TUI_CHROME_H

#include "core/buf.h"
#include "core/now.h"
#include "tui/frame.h"
#include "tui/view.h"

/* Row 0: where am I, who is it, counts, clock.  title is short, in capitals. */
void chrome_head(struct frame *frame, const struct screen *screen,
	const char *title);
/* What counts down on the desk, at the right of row 0 before column end: with the
 * number of its case unless that is the one shown (case_id; NULL none).  Returns
 * where the next thing ends. */
int chrome_clock(struct frame *frame, const struct screen *screen, int end,
	const char *case_id);
/* The same for a clock of the caller's own. */
int chrome_clock_put(struct frame *frame, const struct screen *screen, int end,
	const char *number, const char *label, int64_t ends_at);
/* The NOW line; at its row Enter does it, in its case `.` does. */
enum now_here { NOW_AWAY, NOW_AT_ROW, NOW_IN_CASE };
void chrome_now(struct frame *frame, int row, const struct screen *screen,
	enum now_here here);
/* Of something else than the first thing of all.  said: its case's number and title
 * stand on the screen already. */
void chrome_now_of(struct frame *frame, int row, const struct screen *screen,
	const struct now *now, enum now_here here, bool said);
/* A NOW line in words of the view's own (forms). */
void chrome_now_text(struct frame *frame, int row, const char *text, bool late);
/* Rows 0-2 of most screens: head, NOW line, a line across. */
void chrome_top(struct frame *frame, const struct screen *screen,
	const char *title, bool here);
/* A line across with a title in it. */
void chrome_rule(struct frame *frame, int row, const char *title);

void chrome_state(struct frame *frame, int row, const struct screen *screen,
	const char *left, bool saving, int64_t saved_at);
void chrome_hints(struct frame *frame, int row, const struct view *view,
	unsigned have);

/* "S4", "M4" in Vietnamese, with "?" when only suggested, "--" for none. */
void chrome_severity(char out[16], int decided, int suggested,
	const char *language);
/* A box for a popup of this size in the middle of the popup rows; gives the
 * place inside. */
struct inside { int row, col, rows, cells; };
struct inside chrome_box(struct frame *frame, const struct screen *screen,
	int rows, int cells, const char *title);

#endif
