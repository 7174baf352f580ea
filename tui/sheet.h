/* sheet.h - a screen that is a table with acts on its rows, described by one
 * const struct sheet.
 *
 * To add one:
 *   1  tui/sheet_NAME.c: columns, a load function (table.h says how; it runs on
 *      the desk's thread; short lists give every row), forms (sheet_form.h),
 *      acts, hints ended by SHEET_HINTS, `const struct sheet NAME_sheet`.
 *   2  tui/views.h: `extern const struct sheet NAME_sheet;`
 *   3  tui/places.c: a row { CMD_X, &NAME_sheet.ops } in `places`, or in
 *      `of_case` when it shows one case; forms with a draft into `forms`.
 *   4  tui/meson.build; po/update and po/vi.po.
 *   5  tests/screens/NAME.keys (see run.c), its name in tests/meson.build, then
 *      UPDATE_SCREENS=1 build/tests/screens NAME.keys NAME.screen; read it.
 * Filter, marks, copy, F2, F8, presets, paging, refresh, the case's head and
 * "open the row's case" (2) come with it. */
#ifndef TUI_SHEET_H
#define TUI_SHEET_H

#include "tui/browse.h"
#include "tui/sheet_form.h"

struct sheet_view;

/* rows are those marked, else the one under the cursor; count may be 0 where
 * the act is `always`.  Borrowed for the call. */
typedef void sheet_fn(struct app *app, struct sheet_view *view,
	const struct table_row *const *rows, int count);

struct sheet_act {
	enum command command;          /* CMD_ENTER: the main action of the row */
	const struct sheet_form *form; /* asks this, then does it; or */
	sheet_fn *run;                 /* does what it likes */
	/* N_(): why not with this row now, as "it was answered"; NULL: it can. */
	const char *(*refuse)(const struct table_row *row);
	bool bulk;                     /* on all that are marked */
	bool always;                   /* also without a row: adding one */
};

/* One of several lists of a sheet, which Left and Right turn to. */
struct sheet_list {
	const char *label; /* N_() */
	struct browse_source source;
	const struct sheet_act *acts;
	const char *of_about; /* N_(), in the state row when page->about is something */
};

struct sheet {
	struct view_ops ops;         /* SHEET_OPS("name", hints) */
	const char *title;           /* N_(), in capitals */
	struct browse_source source; /* columns, load, empty, of_case */
	const struct sheet_act *acts; /* ended by CMD_NONE */
	const struct sheet_list *lists; /* instead of source and acts, ended by no
					 * label; page->preset is one; or NULL */
	bool last_case;              /* page->about is the case opened last */
	const char *const *presets;  /* N_(), ended by NULL; page->preset is one */
	const struct view_ops *tab;  /* where Tab leads, or NULL; with the case kept */
	const char *tab_hint;        /* N_() */
	/* What Enter does with this row, N_(); NULL: as the hints say. */
	const char *(*enter)(const struct table_row *row);
	/* All there is to say of a row, for F2; on the desk's thread.  *title: the
	 * caller's, may stay NULL (the first cell).  NULL: its text, its cells. */
	bool (*read)(char **title, struct buf *out, struct desk *desk,
		const struct page *page, const struct case_ref *row, struct error *err);
	/* The paper that F8 makes; on the desk's thread.  NULL: the table. */
	bool csv; /* the paper is a table for a spreadsheet: its file is .csv */
	bool (*print)(struct buf *out, struct desk *desk, const struct page *page,
		struct error *err);
};

struct sheet_view {
	struct browse browse;
	char wanted[UUID_SIZE]; /* the row that the cursor begins on, if it is there */
};

void sheet_start(struct view *view, struct app *app);
void sheet_stop(struct view *view);
void sheet_show(struct view *view, const struct screen *screen, struct frame *frame);
unsigned sheet_do(struct view *view, struct app *app, enum command command);
unsigned sheet_have(const struct view *view);
const char *sheet_enter(const struct view *view);
void sheet_state(const struct view *view, const struct screen *screen,
	struct buf *out);
const char *sheet_case_id(const struct view *view);
const struct sheet *sheet_of(const struct view *view);

/* What `b` copies where it is not the whole row: its key, its second cell. */
sheet_fn sheet_copy_key, sheet_copy_value;

/* F8: makes the paper, shows it, keeps it in a file. */
void sheet_print(struct app *app, struct sheet_view *view);
/* F2 of the row under the cursor. */
void sheet_read(struct app *app, struct sheet_view *view);

#define SHEET_OPS(word, its_hints) { \
	.name = (word), .size = sizeof(struct sheet_view), .hints = (its_hints), \
	.ages = true, \
	.start = sheet_start, .stop = sheet_stop, .load = browse_load, \
	.format = sheet_show, .act = sheet_do, .key = browse_key, \
	.in_field = browse_in_field, .have = sheet_have, .enter = sheet_enter, \
	.state = sheet_state, .case_id = sheet_case_id }

/* The end of every sheet's hints: after its own, the most useful first. */
#define SHEET_HINTS \
	{ CMD_FILTER, NULL }, { CMD_MENU, NULL }, { CMD_HOW, N_("read it") }, \
	{ CMD_PLACE_BACK, NULL }, { CMD_EXPORT, NULL }, { CMD_MARK, NULL }, \
	{ CMD_MARK_ALL, NULL }, { CMD_COPY, NULL }, SHEET_MOVES

#define SHEET_MOVES \
	{ CMD_UP, NULL }, { CMD_DOWN, NULL }, { CMD_PAGE_UP, NULL }, \
	{ CMD_PAGE_DOWN, NULL }, { CMD_HALF_UP, NULL }, { CMD_HALF_DOWN, NULL }, \
	{ CMD_FIRST, NULL }, { CMD_LAST, NULL }, { CMD_NONE, NULL }

#endif
