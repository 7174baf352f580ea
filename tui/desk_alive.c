/* desk_alive.c owns the desk's lower rows: systems that are not well, what is
 * waited for.  All is well: no rows. */
#include <stdlib.h>

#include "core/i18n.h"
#include "core/text.h"
#include "tui/chrome.h"
#include "tui/view_desk.h"

int
desk_alive_rows(const struct desk_view *desk, const struct frame *frame)
{
	int rows = (alive_says_systems(&desk->alive) ? 1 : 0)
		+ (alive_says_outside(&desk->alive) ? 1 : 0);

	/* A small screen is for the cases; a larger one has a line above. */
	if (frame->rows < 20 || rows == 0) {
		return 0;
	}
	return frame->rows >= 24 ? rows + 1 : rows;
}

/* As many as fit, the most urgent first; then how many more. */
static void
show_systems(const struct alive *alive, const struct screen *screen,
	struct frame *frame, int row)
{
	char *rest = alive_rest_words(alive);
	int end = frame->cols - 1;
	int at = 1, shown = 0;

	at += frame_putf(frame, row, at, end - at, ST_TEXT, "%s:", _("Systems")) + 1;
	for (int i = 0; i < alive->count; i++) {
		char *words = alive_system_words(&alive->systems[i], screen->now,
			screen->zone);
		int width = text_width(words);
		bool last = i + 1 == alive->count && alive->more == 0;

		if (at + width + (last ? 0 : 5) <= end || i == 0) {
			at += frame_cut(frame, row, at, end - at,
				alive_system_bad(&alive->systems[i], screen->now) ? ST_LATE
				: ST_SOON, words) + 2;
			shown++;
		} else {
			i = alive->count;
		}
		free(words);
	}
	if (shown < alive->count || alive->more > 0) {
		frame_putf(frame, row, at, end - at, ST_STRONG, "+%lld",
			(long long)(alive->count - shown + alive->more));
	} else if (at + text_width(rest) <= end) {
		frame_put(frame, row, at, end - at, ST_DIM, rest);
	}
	free(rest);
}

/* Columns of all the parts with their bars between. */
static int
outside_width(const struct alive *alive, int title, const struct screen *screen)
{
	int width = 0;
	bool late;

	for (int n = 0;; n++) {
		char *words = alive_outside_words(alive, n, title, screen->now, &late);

		if (words == NULL) {
			return width;
		}
		width += text_width(words) + (n > 0 ? 3 : 0);
		free(words);
	}
}

#define TITLE_LEAST 13
#define COUNT_WIDE 3 /* " +2" */

/* The title of the clock gives way first; what then does not fit is counted. */
static void
show_outside(const struct alive *alive, const struct screen *screen,
	struct frame *frame, int row)
{
	int end = frame->cols - 1;
	int title = outside_width(alive, 0, screen) > end - 1 ? TITLE_LEAST : 0;
	int room = outside_width(alive, title, screen) > end - 1 ? end - COUNT_WIDE : end;
	int at = 1, left = 0;
	bool late;

	for (int n = 0;; n++) {
		char *words = alive_outside_words(alive, n, title, screen->now, &late);

		if (words == NULL) {
			break;
		}
		if (n > 0 && (left > 0 || at + 3 + text_width(words) > room)) {
			left++;
		} else {
			if (n > 0) {
				at += frame_put(frame, row, at, end - at, ST_LINE, " | ");
			}
			at += frame_cut(frame, row, at, end - at, late ? ST_LATE : ST_TEXT, words);
		}
		free(words);
	}
	if (left > 0) {
		frame_putf(frame, row, at, end - at, ST_STRONG, " +%d", left);
	}
}

void
desk_alive_show(const struct desk_view *desk, const struct screen *screen,
	struct frame *frame, int row)
{
	if (frame->rows >= 24) {
		chrome_rule(frame, row++, NULL);
	}
	if (alive_says_systems(&desk->alive)) {
		show_systems(&desk->alive, screen, frame, row++);
	}
	if (alive_says_outside(&desk->alive)) {
		show_outside(&desk->alive, screen, frame, row);
	}
}
