/* roster_model.h - some weeks of the duty roster as its screen shows them: layers and
 * their shifts as lines, days as columns; read on the desk's thread. */
#ifndef TUI_ROSTER_MODEL_H
#define TUI_ROSTER_MODEL_H

#include <stdbool.h>
#include <stdint.h>

#include "core/buf.h"
#include "core/duty_gaps.h"
#include "core/duty_roster.h"
#include "core/json.h"

#define ROSTER_WEEKS 2
#define ROSTER_DAYS (7 * ROSTER_WEEKS)
#define ROSTER_GAP_DAYS 30 /* problems are looked for so far ahead */

struct roster_who {
	char *login, *name, *why;
	int64_t from, until; /* within the cell */
	bool away;
	int exception;       /* number of the one that put him there; 0 */
};

struct roster_cell {
	struct roster_who *who; /* by time, each once a stretch */
	int count;
	int64_t from, until;
	int64_t gap_from, gap_until; /* gap: fewer than needed in it */
	bool gap, nobody, past;
};

struct roster_line {
	char layer[64];
	char *layer_name;
	int from, to;   /* minutes of the day; equal: the day round */
	bool first;     /* of its layer */
	struct roster_cell cells[ROSTER_DAYS];
};

struct roster_person {
	char *login, *name, *given, *reach;
	int64_t minutes[ROSTER_WEEKS]; /* of layers that count as work */
};

struct roster_away {
	int n;
	char *login, *name, *reason;
	int64_t from, until;
};

struct roster_page {
	int64_t monday;    /* days since 1970 */
	int weeks, days;
	int64_t today;
	int64_t hours;     /* limit of a week */
	struct roster_line *lines;
	struct roster_person *people; /* who is on it, or could be */
	struct roster_away *away;
	struct duty_gaps gaps; /* from now on, also in other weeks */
	struct json *swaps;    /* that wait for an answer */
	int line_count, person_count, away_count;
};

/* any_day: of the first week. */
bool roster_page_load(struct roster_page *out, struct desk *desk, int64_t any_day,
	int weeks, struct error *err);
void roster_page_free(struct roster_page *page);

/* ---- roster_people.c ---- */
/* Everybody who may stand on the roster. */
bool roster_people_load(struct roster_page *page, struct desk *desk,
	const struct roster *roster, struct error *err);
void roster_people_add(struct roster_page *page, const char *login, int week,
	int64_t minutes);
void roster_people_free(struct roster_page *page);
/* Is he free for this cell: on no line then, not away? */
bool roster_person_free(const struct roster_page *page, const struct roster_person *p,
	int64_t from, int64_t until);

/* "Hà", "Hà/Tuấn", "??? Hà": what stands in a cell. */
void roster_cell_text(struct buf *out, const struct roster_cell *cell);
/* The line and day that a problem is in, false: not on this page. */
bool roster_find(const struct roster_page *page, const struct duty_gap *gap, int *line,
	int *day);

#endif
