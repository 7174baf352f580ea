/* view.h - how a screen or popup is made.  Read this to write a new one.
 *
 * A view is one const struct view_ops and a struct of its own whose first
 * member is struct view (ops->size bytes, zeroed by view_new()).
 *
 *   start   once: sets up its fields.
 *   load    makes a request (worker.h): what runs on the desk's thread fills a
 *           model inside the request; its done() moves the model into the view,
 *           keeps the selection by id (list_keep), and returns.  The app posts
 *           it at start, after changes (own or other people's) and on F5.
 *   format  fills the frame from the view and the screen, nothing else: no desk,
 *           no clock, no curses.  Rows 0-2 are the head (chrome_head() does
 *           them), the last two are the app's; a popup paints its own box
 *           inside rows screen->top .. screen->top + screen->rows - 1.
 *   act     does a command and returns what it did.  Anything it does not know
 *           is VIEW_IGNORED: the app then tries its own (help, palette, places,
 *           Esc).  Enter means CMD_ENTER, and a view says with its hint what
 *           that does.
 *   key     raw keys before commands: text fields.  Letters come here only
 *           while in_field() says that text is being written.
 *   have    enum need bits: what is there now, so that commands which cannot
 *           be done say why.
 *   hints   every command of the view, the most useful first; the hints row
 *           shows as many as fit, `?` and the menu show all.  text NULL: the
 *           table's own word.
 *
 * Changing the desk: app_ask() with a request whose `changes` is set.  Asking
 * the person something: ask.h (forms, pickers, confirmations). */
#ifndef TUI_VIEW_H
#define TUI_VIEW_H

#include <stdbool.h>
#include <stdint.h>

#include "core/ids.h"
#include "core/zone.h"
#include "tui/command.h"
#include "tui/frame.h"
#include "tui/keys.h"
#include "tui/worker.h"

struct app;
struct now;
struct summary;
struct view;

enum view_did {
	VIEW_IGNORED = 0,
	VIEW_HANDLED = 1 << 0,
	VIEW_DIRTY = 1 << 1,  /* paint */
	VIEW_RELOAD = 1 << 2, /* read again (paints when the answer comes) */
	VIEW_CLOSE = 1 << 3,  /* take this view away */
};

struct hint {
	enum command command;
	const char *text; /* N_(), or NULL for the table's */
};

/* What format() may know beside its view. */
struct screen {
	const struct summary *summary; /* never NULL; model.h */
	int64_t now;                   /* ms UTC */
	const struct zone *zone;       /* may be NULL before the first answer: UTC */
	const char *language;          /* "vi", "en" */
	bool readonly;
	bool slow;                     /* no preview, nothing that moves */
	bool how_is_now;               /* F2 tells of NOW, not of the view's row */
	int top, rows;                 /* the rows between head and state row */
};

struct view_ops {
	const char *name; /* "desk", "case": key scripts and the places */
	size_t size;
	bool popup;       /* drawn over the view below */
	bool ages;        /* its rows say how long: read again each minute */
	bool steady;      /* no rows that others' changes move under the cursor */
	const struct hint *hints; /* ended by CMD_NONE */
	void (*start)(struct view *view, struct app *app);
	void (*stop)(struct view *view);
	struct request *(*load)(struct view *view);
	void (*format)(struct view *view, const struct screen *screen,
		struct frame *frame);
	unsigned (*act)(struct view *view, struct app *app, enum command command);
	unsigned (*key)(struct view *view, struct app *app, const struct key *key);
	bool (*in_field)(const struct view *view);
	unsigned (*have)(const struct view *view);
	/* What Enter does where the cursor is, N_(); NULL: as the hints say. */
	const char *(*enter)(const struct view *view);
	/* Left part of the state row; "" for none. */
	void (*state)(const struct view *view, const struct screen *screen,
		struct buf *out);
	/* An act asked for here was done: its marks have served. */
	void (*acted)(struct view *view);
	/* What NOW names on this screen, of the desk's own line; NULL: that line. */
	const struct now *(*now)(const struct view *view, const struct now *desk);
	/* The case that commands act on: "" for none. */
	const char *(*case_id)(const struct view *view);
};

struct view {
	const struct view_ops *ops;
	uint64_t id;        /* unique; answers to a view that is gone are dropped */
	bool loaded;        /* the first answer came */
	bool stale;         /* the desk changed since it was read */
	char about[UUID_SIZE]; /* the case that it was opened for, before start; "" */
};

/* A zeroed view of ops->size bytes; app_open() takes it. */
struct view *view_new(const struct view_ops *ops);
/* Whether the view lists the command in its hints. */
bool view_knows(const struct view *view, enum command command);
unsigned view_have(const struct view *view);

#endif
