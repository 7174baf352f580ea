/* countdown.h - minutes that somebody read, counting down: the battery's, the
 * time to shut down.  One row a case and reading; a new reading replaces the
 * old one, the timeline keeps both. */
#ifndef CORE_COUNTDOWN_H
#define CORE_COUNTDOWN_H

#include <stdbool.h>
#include <stdint.h>

#include "core/desk.h"
#include "core/error.h"
#include "core/json.h"

#define COUNTDOWN_LOW_MS (15 * 60000LL) /* from here on NOW has it */
#define COUNTDOWN_MOST 100000           /* minutes: ten weeks */

struct countdown {
	char id[UUID_SIZE];
	char case_id[UUID_SIZE];
	char number[24]; /* of the case */
	char into[24];   /* of the case that it was merged into; "" */
	bool drill;
	int n;
	char *variable;  /* of a plan, as "phut_con_dien"; "" by hand */
	char *label;
	int64_t minutes, read_at, ends_at;
	char state[12];  /* running, stopped */
	int64_t stopped_at; /* 0 */
	char *stopped_by;
	char *reason;
};

void countdown_clear(struct countdown *countdown);

typedef bool countdown_visit(const struct countdown *countdown, void *arg);
/* Those of a case in their order; case_id NULL: the running ones of the desk,
 * the first to end first. */
bool countdown_each(struct desk *desk, const char *case_id, countdown_visit *visit,
	void *arg, struct error *err);

/* The running one that ends first, of a case or (case_id NULL) of all open cases
 * that are no drill; *found false: none.  A recovered case has none. */
bool countdown_first(struct countdown *out, bool *found, struct desk *desk,
	const char *case_id, struct error *err);

/* The one of a plan's variable, by its bare name. */
bool countdown_of(struct countdown *out, bool *found, struct desk *desk,
	const char *case_id, const char *variable, struct error *err);

/* "CÒN ĐIỆN 38ph", "CÒN ĐIỆN HẾT từ 02:59"; the caller frees. */
char *countdown_text(const struct countdown *countdown, int64_t now,
	const struct zone *zone);
char *countdown_words(const char *label, int64_t ends_at, int64_t now,
	const struct zone *zone);
/* The same name, whatever its case and marks. */
bool countdown_same(const char *label, const char *other);

struct reading {
	const char *variable; /* "" or NULL: by hand, known by its label */
	const char *label;
	int64_t minutes;
	int64_t read_at;      /* 0: now */
	const char *instance; /* step instance, or NULL */
	int fresh;            /* rows that the same act made before this one */
};
/* ERR_BAD_INPUT for what no battery has. */
bool countdown_minutes_fit(int64_t minutes, struct error *err);
/* A reading as an act of its own; *n gets its number.  One that is older than what
 * stands there gets its place in the timeline, the clock goes on. */
bool countdown_read(struct desk *desk, const char *case_id,
	const struct reading *reading, int *n, struct error *err);
/* Stopped already by the same member: true, nothing appended; by another:
 * ERR_CONFLICT. */
bool countdown_stop(struct desk *desk, const char *case_id, int n, const char *reason,
	struct error *err);
/* The running variable of a plan that goes by this label, "" where none. */
bool countdown_variable(char **out, struct desk *desk, const char *case_id,
	const char *label, struct error *err);

/* For acts that do more (a step): the change as a child of their body, NULL
 * where nothing changes. */
bool countdown_decide(struct json **child, struct desk *desk, const char *case_id,
	const struct reading *reading, struct error *err);
/* Where countdown_decide() gave nothing: what is said of a reading from paper that is
 * older than what stands there; NULL: it is there already. */
bool countdown_late(struct json **child, struct desk *desk, const char *case_id,
	const struct reading *reading, int *n, struct error *err);
bool countdown_decide_stop(struct json **child, struct desk *desk, const char *case_id,
	const char *variable, const char *reason, struct error *err);

#endif
