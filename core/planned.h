/* planned.h - work announced on systems: the first question of a new case is
 * what changed in the last 24 hours. */
#ifndef CORE_PLANNED_H
#define CORE_PLANNED_H

#include "core/desk.h"

#define PLANNED_BEFORE_MS (24 * 3600000LL) /* a change may show as late as that */
#define PLANNED_AHEAD_MS (3600000LL)       /* or have begun before its hour */

struct planned {
	char id[UUID_SIZE];
	int n;
	char asset_id[UUID_SIZE];
	char *asset, *asset_name, *what, *by, *note;
	int64_t from_at, to_at; /* to_at is never before from_at */
	char state[16];         /* planned, under_way, done, cancelled */
};

void planned_clear(struct planned *work);

/* A time of work as typed: ahead, or (done without announcing it) "-3h" and a
 * day of the last months. */
bool planned_time(int64_t *out, const char *typed, struct desk *desk,
	struct error *err);

/* NULL and 0: not said, or as it is. */
struct planned_new {
	const char *asset; /* code */
	const char *what;
	int64_t from_at, to_at;
	const char *by;    /* who does it */
	const char *note;
	const char *state; /* of a change */
};
/* asset, what, from_at are required. */
bool planned_add(struct desk *desk, const struct planned_new *what, int *n,
	struct error *err);
/* Changes what is given.  *changed false: it is so already. */
bool planned_set(struct desk *desk, int n, const struct planned_new *what,
	bool *changed, struct error *err);

typedef bool planned_visit(const struct planned *work, void *arg);
/* All, the newest begin first; since: only what ends at or after it. */
bool planned_each(struct desk *desk, int64_t since, planned_visit *visit, void *arg,
	struct error *err);
/* What may have caused a case detected at that time: on its system and on what
 * this depends on (asset_id ""; on any), not cancelled, newest begin first. */
bool planned_near(struct desk *desk, const char *asset_id, int64_t at,
	planned_visit *visit, void *arg, struct error *err);

/* The same by the system's code; one that is not there: nothing. */
bool planned_near_code(struct desk *desk, const char *code, int64_t at,
	planned_visit *visit, void *arg, struct error *err);

/* "LGSP: vá hệ điều hành, 20/11 22:00-23:30, Tuấn"; the caller frees. */
char *planned_words(const struct planned *work, int64_t now, const struct zone *zone);

#endif
