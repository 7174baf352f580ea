/* tin_post.h - recording a report and what follows from it, in one change. */
#ifndef TUI_TIN_POST_H
#define TUI_TIN_POST_H

#include "core/json.h"
#include "tui/app.h"
#include "tui/new_guess.h"

enum tin_then {
	TIN_KEEP, /* only record or change it */
	TIN_CASE, /* open a case of it, its plan begun */
	TIN_JOIN, /* the caller belongs to a case */
	TIN_HELP, /* a request for help */
};

struct tin_result {
	char id[UUID_SIZE], number[24];
	char case_id[UUID_SIZE];
	char said[480]; /* for the person: which unit it may be, whom to call; "" */
	bool plan;      /* a plan was begun */
	char not_begun[760]; /* which fits and was not, and why; or "" */
};

typedef void tin_done_fn(struct app *app, uint64_t view_id, const struct tin_result *done);
typedef void tin_refused_fn(struct app *app, uint64_t view_id, const struct error *err);

struct tin_post {
	struct json *values;  /* of the page, taken; NULL: as recorded */
	const char *tin_id;   /* one that is there; NULL: a new one */
	const char *event_id; /* of the draft, or NULL */
	enum tin_then then;
	const char *case_id;  /* TIN_JOIN */
	tin_done_fn *done;
	tin_refused_fn *refused;
};
/* One of the two is called, even if the view is gone by then. */
void tin_post(struct app *app, struct view *view, const struct tin_post *what);

/* Says what became of it, and opens its case. */
void tin_is_case(struct app *app, const struct tin_result *result);

/* The case that the caller belongs to: of those that look the same, if any, else
 * of all that are open but `except`. */
void tin_pick_case(struct app *app, const struct guess *guess, const char *except,
	bool (*done)(struct app *app, void *arg, const char *case_id));

#endif
