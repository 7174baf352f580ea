/* point_act.h - acts on the affected places of a case; each is one event. */
#ifndef CORE_POINT_ACT_H
#define CORE_POINT_ACT_H

#include "core/case.h"
#include "core/point.h"
#include "core/point_lines.h"

struct point_new {
	const struct point_lines *lines; /* or NULL */
	const char *group;  /* code: everything in it; or NULL */
	const char *state;  /* as typed; NULL: by the kind of the case; group: unknown */
	const char *since;  /* as typed; NULL: the first list since the detection of the
	                       case, later ones since now */
};

struct point_report {
	int added;
	int several; /* fit more than one name: kept as typed, to be chosen */
	int unknown; /* fit none: kept as typed */
	int already; /* were on the list, or stood twice */
	char *already_names;
};
void point_report_clear(struct point_report *report);
/* One line: "13 points added; 1 fits several names; 2 not in the register; 1 was
 * there already: Xã A".  The caller frees. */
char *point_report_text(const struct point_report *report);

/* ERR_REFUSED for a case that is closed or dismissed: its places count nowhere. */
bool point_counts(const struct ir_case *c, struct error *err);

/* All or nothing.  ERR_BAD_INPUT beyond the limit, with length and limit. */
bool point_add(struct desk *desk, const char *case_id, const struct point_new *what,
	struct point_report *report, struct error *err);

struct point_change {
	const int *numbers;
	int count;
	const char *const *assignments; /* FIELD=VALUE */
	int assignment_count;
	const char *at; /* as typed, or NULL: when it happened */
};
/* unit=CODE or asset=CODE chooses what a typed name means, for one place at a time.
 * Nothing to change: true, nothing appended. */
bool point_set(struct desk *desk, const char *case_id, const struct point_change *what,
	struct error *err);
/* Taken off the list: was no affected place. */
bool point_remove(struct desk *desk, const char *case_id, const int *numbers, int count,
	const char *reason, struct error *err);

#endif
