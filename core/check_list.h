/* check_list.h - the list of a step that is ticked line by line: where its lines
 * come from, who ticked what.
 *
 * The lines are rows of the table point whose list is the step's instance.  They
 * are written at the first act on the list; until then, and for what the source
 * gained since, the list is as the source gives it now: reading writes nothing.
 * Where a line is a place of the case, a column that is a field of places is that
 * field: nothing is typed twice. */
#ifndef CORE_CHECK_LIST_H
#define CORE_CHECK_LIST_H

#include "core/buf.h"
#include "core/point.h"
#include "core/point_lines.h"

/* The step, as the plan and the run have it; all borrowed. */
struct check_step {
	const char *case_id;
	const char *run_id;
	const char *instance;
	int n; /* number and name of the step, for the timeline */
	const char *name;
	const struct json *spec; /* suco-step's checklist; NULL: the step has none */
	bool open;               /* else only what was written counts */
};

struct check_list {
	struct point_list rows;   /* id "" where it is not written yet */
	struct point_list places; /* of the case, where the lines are places */
	const struct json *columns; /* borrowed from spec */
	int ticked;
	bool finds; /* check_list_finds() */
	/* The group that the register lacks: what would be listed nobody knows; borrowed
	 * from spec, or NULL. */
	const char *lacks;
};
/* Says so in one line; NULL where it lacks nothing or has lines already.  The caller
 * frees. */
char *check_list_lack(const struct check_list *list);
/* The list by which the places hit are found among all of a group: a line whose
 * place stands on the case is ticked by that, the others are not hit. */
bool check_list_finds(const struct json *spec);
bool check_line_ticked(const struct check_list *list, const struct point *row);
bool check_list_load(struct check_list *out, struct desk *desk,
	const struct check_step *step, struct error *err);
void check_list_clear(struct check_list *list);

/* "5/9": cheap, by index; what was typed into a list whose source grew since the
 * last tick may count late. */
bool check_list_count(int *ticked, int *total, struct desk *desk,
	const struct check_step *step, struct error *err);

/* What stands in a column of a line; "" for nothing.  The caller frees. */
char *check_list_cell(const struct check_list *list, const struct point *row, int column,
	const struct desk *desk);
/* What a line's mark says: documented, assumed, approved, no order; "" none. */
const char *check_list_mark(const struct point *row);

struct check_tick {
	const int *numbers;
	int count;
	const char *const *assignments; /* COLUMN=VALUE; COLUMN by name or number */
	int assignment_count;
	bool off;       /* takes the tick back */
	const char *at; /* as typed, or NULL */
};
/* Ticked already by the same member: nothing is appended; all of them by others:
 * ERR_CONFLICT naming who. */
bool check_list_tick(struct desk *desk, const struct check_step *step,
	const struct check_tick *what, struct error *err);
/* The lines typed into other lists of the case, one each, while this one is to be
 * typed and has none: the machines that were counted are those to be rebuilt. */
bool check_list_before(struct buf *out, struct desk *desk, const struct check_step *step,
	struct error *err);
/* Lines that people type. */
bool check_list_add(struct desk *desk, const struct check_step *step,
	const struct point_lines *lines, int *added, struct error *err);

#endif
