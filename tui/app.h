/* app.h - the running UI without a terminal: views on a stack, requests to the
 * desk, messages, drafts, the frame that all of it makes.  loop.c drives it with
 * a terminal, tests drive it with keys. */
#ifndef TUI_APP_H
#define TUI_APP_H

#include <stdbool.h>
#include <stdint.h>

#include "core/desk.h"
#include "core/error.h"
#include "tui/draft.h"
#include "tui/frame.h"
#include "tui/keys.h"
#include "tui/view.h"
#include "tui/worker.h"

struct app;

/* What only the owner of a terminal can do; all may be NULL. */
struct app_host {
	/* Runs $EDITOR on path; false with *err. */
	bool (*edit)(void *arg, const char *path, struct error *err);
	bool (*copy)(void *arg, const char *text, size_t len);
	void (*bell)(void *arg);
	/* Starts `suco deliver --once` beside us. */
	bool (*send)(void *arg, struct error *err);
	void (*suspend)(void *arg);
	void (*redraw)(void *arg);
	void *arg;
};

struct app_options {
	struct desk *desk;      /* taken over */
	bool threaded;
	bool readonly;
	bool slow;              /* arrow cursor, no preview */
	bool ascii, plain;      /* line style to begin with */
	const char *open_case;  /* a CASE to begin with, or NULL */
	const char *drafts_dir; /* NULL: the user's */
	struct desk_clock clock;
	/* Opens the first screen (places.h). */
	void (*begin)(struct app *app, const char *open_case);
	/* When the desk's thread has ended: what it kept goes. */
	void (*end)(void);
	int64_t (*mono)(void);  /* NULL: the monotonic clock in ms */
	struct app_host host;
};

bool app_new(struct app **out, const struct app_options *options, int rows,
	int cols, struct error *err);
/* Saves drafts, ends the worker; false: the desk is still busy after ms. */
bool app_free(struct app *app, int ms);

void app_resize(struct app *app, int rows, int cols);
void app_set_lines(struct app *app, bool ascii, bool plain);
void app_key(struct app *app, struct key *key); /* takes key->paste */
/* Takes answers of the desk, ends messages that faded, saves drafts. */
void app_tick(struct app *app);
/* Readable when app_tick() has work; and when to call it anyway. */
int app_fd(const struct app *app);
int app_wait(const struct app *app);
bool app_running(const struct app *app);
bool app_settled(const struct app *app); /* nothing is asked and unanswered */
bool app_takes_keys(const struct app *app); /* false: the screen is not there yet */
/* The whole picture; dirty says whether it differs from the last one. */
const struct frame *app_frame(struct app *app);
bool app_dirty(const struct app *app);
/* The terminal is gone: drafts on disk, nothing else. */
void app_hung_up(struct app *app);

/* For tests of a crash: what is not on disk by now is never saved. */
void app_forget_drafts(struct app *app);

/* ---- for views ---- */
/* Takes view; it stands on top from now on. */
void app_open(struct app *app, struct view *view);
/* The root view (the desk) stays; everything above it goes. */
void app_home(struct app *app);
void app_close(struct app *app, struct view *view);
/* Takes request; view NULL: the app itself asks. */
void app_ask(struct app *app, struct view *view, struct request *request);
void app_reload(struct app *app, struct view *view);
void app_dirty_now(struct app *app);
struct view *app_view(struct app *app, uint64_t id);
struct view *app_top(struct app *app);
/* The topmost view that is no popup. */
struct view *app_base(struct app *app);

/* A line in the state row; errors stay until a key, info fades after 6 s; both
 * are kept for :messages. */
void app_info(struct app *app, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
void app_error(struct app *app, const struct error *err);
const struct screen *app_screen(struct app *app);
struct summary *app_summary(struct app *app);
/* What NOW names on the screen below all popups; while it is gone to, that. */
const struct now *app_now_line(struct app *app);
/* Goes by this one until NULL is set; it lives at least as long. */
void app_go_by(struct app *app, const struct now *now);
struct drafts *app_drafts(struct app *app);
int64_t app_now(const struct app *app);
int64_t app_mono(const struct app *app);
/* A paste that came in command context, once; NULL: none.  The caller frees. */
char *app_take_paste(struct app *app, size_t *len);
bool app_copy(struct app *app, const char *text);
bool app_send(struct app *app, struct error *err);
/* Gives text to $EDITOR; *text (the caller's) becomes what came back. */
bool app_edit(struct app *app, char **text, struct error *err);
/* The case that stood on the screen last; "" for none. */
const char *app_last_case(struct app *app);
void app_quit(struct app *app);
unsigned app_do(struct app *app, enum command command);
unsigned app_have(struct app *app);

struct said { int64_t at; bool error; char *text; };
/* Oldest first. */
const struct said *app_said(const struct app *app, int *count);

#endif
