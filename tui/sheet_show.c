/* sheet_show.c owns how sheets look: the head with the case or the counts, the
 * NOW line of their own, the table. */
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/mem.h"
#include "core/text.h"
#include "tui/chrome.h"
#include "tui/model.h"
#include "tui/sheet.h"

/* Columns that number, severity and the start of the title keep. */
#define CASE_LEAST 28

/* Number, severity, title of the case; the counts at the right. */
static void
show_case(const struct table_head *head, const char *case_id,
	const struct screen *screen, struct frame *frame)
{
	char severity[16];
	int end = frame->cols - 1, at = 1;
	int counts = text_width(head->counts);

	end = chrome_clock(frame, screen, end, case_id);
	if (counts > end - CASE_LEAST) {
		counts = end - CASE_LEAST;
	}
	if (counts > 0) {
		end -= counts;
		frame_cut(frame, 0, end, counts, ST_HEAD, head->counts);
		end -= 2;
	}
	chrome_severity(severity, head->severity, head->suggested, screen->language);
	at += frame_put(frame, 0, at, end - at, ST_HEAD, head->number) + 1;
	at += frame_put(frame, 0, at, end - at,
		head->severity >= 3 || (head->severity == 0 && head->suggested >= 3)
			? ST_LATE : ST_HEAD, severity) + 2;
	frame_cut(frame, 0, at, end - at, ST_HEAD, head->title);
}

/* On the rule, as far as its title leaves room. */
static void
show_note(const struct table_head *head, const struct sheet *sheet, struct frame *frame)
{
	int room = frame->cols - text_width(_(sheet->title)) - 12;
	int wide = text_width(head->note);

	if (sheet->source.of_case && wide > 0 && room > 0) {
		wide = wide > room ? room : wide;
		frame_put(frame, 2, frame->cols - wide - 4, 1, ST_TEXT, " ");
		frame_cut(frame, 2, frame->cols - wide - 3, wide, ST_SOON, head->note);
		frame_put(frame, 2, frame->cols - 3, 1, ST_TEXT, " ");
	}
}

static void
show_head(const struct sheet_view *v, const struct screen *screen,
	struct frame *frame)
{
	const struct sheet *sheet = sheet_of(&v->browse.view);
	const struct table_head *head = &v->browse.rows.head;
	const struct table_row *here = browse_here(&v->browse);
	bool tall = frame->rows >= 16;
	int now = tall ? 1 : 0;

	if (tall && sheet->source.of_case) {
		show_case(head, v->browse.about, screen, frame);
	} else if (tall) {
		char *title = xasprintf("%s%s%s", _(sheet->title),
			head->counts[0] != '\0' ? "  " : "", head->counts);

		chrome_head(frame, screen, title);
		free(title);
	}
	/* Who only reads is asked for nothing; what presses stands all the same. */
	if (head->todo[0] != '\0' && (head->late || !screen->readonly)) {
		chrome_now_text(frame, now, head->todo, head->late);
	} else {
		chrome_now(frame, now, screen, here != NULL && here->id[0] != '\0'
			&& strcmp(here->id, screen->summary->now.item) == 0
			? NOW_AT_ROW : NOW_AWAY);
	}
	if (tall) {
		chrome_rule(frame, 2, sheet->source.of_case ? _(sheet->title) : NULL);
		show_note(head, sheet, frame);
	}
}

static void
show_lists(const struct sheet_list *lists, int here, struct frame *frame, int row)
{
	const char *turns = _("Left Right: other tabs");
	int at = 1;

	for (int i = 0; lists[i].label != NULL; i++) {
		at += frame_putf(frame, row, at, frame->cols - at,
			i == here ? ST_TITLE : ST_DIM, i == here ? "[%s]" : " %s ",
			_(lists[i].label)) + 1;
	}
	if (at + text_width(turns) + 1 < frame->cols) {
		frame_right(frame, row, frame->cols - 1, text_width(turns), ST_DIM, turns);
	}
}

void
sheet_show(struct view *view, const struct screen *screen, struct frame *frame)
{
	struct sheet_view *v = (struct sheet_view *)view;
	const struct sheet_list *lists = sheet_of(view)->lists;
	int used = lists != NULL && frame->rows >= 16 ? 1 : 0;

	show_head(v, screen, frame);
	if (used > 0) {
		show_lists(lists, v->browse.preset, frame, screen->top);
	}
	browse_show(&v->browse, frame, screen->top + used, screen->rows - used);
}

void
sheet_state(const struct view *view, const struct screen *screen, struct buf *out)
{
	const struct browse *b = (const struct browse *)view;
	const struct sheet *sheet = sheet_of(view);

	browse_state(b, out);
	if (sheet->lists != NULL) {
		const char *of_about = sheet->lists[b->preset].of_about;

		if (of_about != NULL && b->about[0] != '\0') {
			buf_addf(out, "  %s", _(of_about));
		} else if (screen->top < 3) {
			buf_addf(out, "  %s", _("Left Right: other tabs"));
		}
	}
	if (sheet->presets != NULL) {
		buf_addf(out, "  %s: %s", _("filter"), _(sheet->presets[b->preset]));
	}
	if (sheet->tab != NULL) {
		buf_addf(out, "  Tab: %s", _(sheet->tab_hint));
	}
}
