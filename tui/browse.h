/* browse.h - a screen that is one list: loading it page by page, moving,
 * filtering with `/`, marking.
 *
 * A screen puts struct browse first into a struct of its own, starts it with a
 * source, and gives its commands to browse_act() after its own. */
#ifndef TUI_BROWSE_H
#define TUI_BROWSE_H

#include "core/buf.h"
#include "tui/lineedit.h"
#include "tui/table.h"
#include "tui/view.h"

struct browse_source {
	const struct table_column *columns; /* ended by a title that is NULL */
	/* On the desk's thread. */
	bool (*load)(struct table_rows *out, struct desk *desk,
		const struct page *page, struct error *err);
	const char *empty; /* N_(): said when there is no row */
	bool of_case;      /* page->about is a case: its number, title in the head */
	/* A short list that comes as one page: load() only takes the rows, and
	 * leaves page_end() and, when it fails, table_free() to the browser. */
	bool whole;
};

struct browse {
	struct view view;
	struct app *app;
	const struct browse_source *source;
	struct table_rows rows;
	struct list list;
	struct lineedit words;
	bool filtering; /* the filter has the focus */
	int first_row;  /* of the frame: where the list begins */
	int preset;
	char about[256]; /* for the source: a case, a system */
	int go_to;    /* when it is read again the cursor goes to this row; 0: stays */
	bool hand_on; /* after an act the cursor stays where it is, on the next row */
	/* Another row is under the cursor, or the rows were read again; or NULL. */
	void (*moved)(struct browse *browse);
};

void browse_start(struct browse *browse, struct app *app,
	const struct browse_source *source);
void browse_stop(struct browse *browse);
/* The first page of another source or preset; marks go. */
void browse_turn(struct browse *browse, const struct browse_source *source,
	int preset);

/* The row under the cursor, or NULL. */
const struct table_row *browse_here(const struct browse *browse);
/* The rows that an act falls on (marks.h): *rows is the caller's, the rows in it
 * are not.  -1, and it is said: some that are marked are not shown. */
int browse_take(const struct browse *browse, const struct table_row ***rows);
int browse_hidden(const struct browse *browse);
/* Puts the cursor on the row of this id, if it is loaded. */
bool browse_to(struct browse *browse, const char *id);

/* One page, on the desk's thread. */
bool browse_read(struct table_rows *out, struct desk *desk,
	const struct browse_source *source, const struct page *page, struct error *err);

/* As in struct view_ops. */
struct request *browse_load(struct view *view);
unsigned browse_act(struct browse *browse, enum command command);
unsigned browse_key(struct view *view, struct app *app, const struct key *key);
bool browse_in_field(const struct view *view);

/* The list and its filter in the lines row .. row + rows - 1. */
void browse_show(struct browse *browse, struct frame *frame, int row, int rows);
/* "3/120", "2 marked". */
void browse_state(const struct browse *browse, struct buf *out);

#endif
