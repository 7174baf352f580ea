/* desk_columns.c owns the columns of a list of cases. */
#include "tui/desk_columns.h"

#include <stdio.h>
#include <string.h>

#include "core/i18n.h"
#include "core/now.h"
#include "core/when.h"
#include "tui/chrome.h"

enum which { COL_SEVERITY, COL_NUMBER, COL_DUE, COL_WHAT, COL_STEP, COL_NEXT,
	COL_OWNER, COL_AGE, COL_LAST };

static const struct {
	enum which which;
	const char *title;
	int cells;      /* 0: what is left */
	int from;       /* columns of the frame from which it is shown */
	bool right;
} table[] = {
	{ COL_SEVERITY, N_("SEV"), 3, 0, false },
	{ COL_NUMBER, N_("CASE"), 9, 0, false },
	{ COL_DUE, N_("DUE"), 10, 0, false },
	{ COL_WHAT, N_("WHAT"), 0, 0, false },
	{ COL_STEP, N_("STEP"), 5, 70, true },
	{ COL_NEXT, N_("NEXT STEP"), 24, 110, false },
	{ COL_OWNER, N_("OWNER"), 9, 60, false },
	{ COL_AGE, N_("AGE"), 5, 110, true },
	{ COL_LAST, N_("LAST"), 5, 80, true },
};

#define FIRST_COL 4 /* cursor, two signs, mark */

void
desk_columns_fit(struct desk_columns *columns, int wide)
{
	int fixed = FIRST_COL;
	int col = FIRST_COL;

	*columns = (struct desk_columns){ .wide = wide };
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		if (wide >= table[i].from) {
			fixed += table[i].cells + 1;
		}
	}
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		int cells = table[i].cells > 0 ? table[i].cells : wide - fixed;

		if (wide < table[i].from) {
			continue;
		}
		columns->shown[columns->count].which = (int)i;
		columns->shown[columns->count].col = col;
		columns->shown[columns->count++].cells = cells;
		col += cells + 1;
	}
}

void
desk_columns_head(const struct desk_columns *columns, struct frame *frame, int row)
{
	/* One run of one style. */
	frame_fill(frame, row, 0, 1, columns->wide, ST_TITLE);
	for (int i = 0; i < columns->count; i++) {
		int which = columns->shown[i].which;
		int col = columns->shown[i].col, cells = columns->shown[i].cells;

		if (table[which].right) {
			frame_right(frame, row, col + cells, cells, ST_TITLE,
				_(table[which].title));
		} else {
			frame_put(frame, row, col, cells, ST_TITLE, _(table[which].title));
		}
	}
}

static enum style
due_style(const struct case_row *c, int64_t now)
{
	return !c->open || c->due_at == NO_DUE ? ST_TEXT : c->due_at < now ? ST_LATE
		: c->due_at < now + NOW_SOON_MS ? ST_SOON : ST_TEXT;
}

static void
cell_text(char *out, size_t size, enum which which, const struct screen *screen,
	const struct case_row *c)
{
	char span[32];

	out[0] = '\0';
	switch (which) {
	case COL_SEVERITY:
		chrome_severity(span, c->severity, c->suggested, screen->language);
		snprintf(out, size, "%s", span);
		break;
	case COL_NUMBER:
		snprintf(out, size, "%s", c->number);
		break;
	case COL_DUE:
		if (c->open && c->due_at != NO_DUE) {
			when_due(span, c->due_at, screen->now, screen->language);
			snprintf(out, size, "%s", span);
		} else {
			snprintf(out, size, "%s", c->open ? "-" : _("closed"));
		}
		break;
	case COL_WHAT:
		snprintf(out, size, "%s%s", c->drill ? _("[drill] ") : "", c->title);
		break;
	case COL_STEP:
		if (c->ended) {
			snprintf(out, size, "%s", c->stopped ? Q_("plan|ended") : Q_("plan|done"));
		} else if (c->total > 0) {
			snprintf(out, size, "%d/%d", c->done, c->total);
		}
		break;
	case COL_NEXT:
		snprintf(out, size, "%s", c->next_step);
		break;
	case COL_OWNER:
		snprintf(out, size, "%s", c->owner[0] != '\0' ? c->owner : _("NOBODY"));
		break;
	case COL_AGE:
	case COL_LAST:
		when_span(span, screen->now - (which == COL_AGE ? c->opened_at : c->last_at),
			screen->language);
		snprintf(out, size, "%s", span);
		break;
	}
}

void
desk_columns_row(const struct desk_columns *columns, struct frame *frame, int row,
	const struct screen *screen, const struct case_row *c, bool cursor, bool marked)
{
	enum style due = due_style(c, screen->now);

	/* A blank has no style: it would only cost bytes. */
	frame_put(frame, row, 0, 1, ST_TEXT, cursor ? ">" : " ");
	frame_put(frame, row, 1, 2, ST_TEXT, due == ST_LATE ? "!!" : due == ST_SOON
		? " !" : "");
	frame_put(frame, row, 3, 1, marked ? ST_MARK : ST_TEXT, marked ? "*" : " ");
	for (int i = 0; i < columns->count; i++) {
		enum which which = table[columns->shown[i].which].which;
		int col = columns->shown[i].col, cells = columns->shown[i].cells;
		enum style style = which == COL_DUE ? due
			: which == COL_OWNER && c->owner[0] == '\0' ? ST_SOON
			: marked ? ST_MARK : ST_TEXT;
		char text[1024];

		cell_text(text, sizeof(text), which, screen, c);
		if (table[columns->shown[i].which].right) {
			frame_right(frame, row, col + cells, cells, style, text);
		} else {
			frame_cut(frame, row, col, cells, style, text);
		}
	}
	/* The bar ends with the case's number: a whole row of it would be most of
	 * what a move sends over a slow line (TARGETS S3). */
	for (int i = 0; cursor && i < columns->count; i++) {
		if (table[columns->shown[i].which].which == COL_NUMBER) {
			frame_style(frame, row, 0,
				columns->shown[i].col + columns->shown[i].cells, ST_CURSOR);
		}
	}
}
