/* obligation.h - duties with a period (the daily backup, the yearly report): one
 * row a period, made from the rules of the family periodic by the act of a
 * member, with the result that the province's table asks for. */
#ifndef CORE_OBLIGATION_H
#define CORE_OBLIGATION_H

#include <stdbool.h>
#include <stdint.h>

#include "core/desk.h"
#include "core/error.h"
#include "core/json.h"

/* Texts are never NULL. */
struct obligation {
	char id[UUID_SIZE];
	char *rule;            /* code of the rule */
	char *title, *title_en;
	char *period;          /* "year" */
	char *label;           /* "2026" */
	int64_t due_at;
	char *recipient, *channel;
	char result[12];       /* pending, doing, done */
	char *description;
	int64_t done_at;       /* 0 */
	char *done_by;         /* login */
	char *source;
};

void obligation_clear(struct obligation *o);
const char *obligation_title(const struct obligation *o); /* language in force */
/* "chưa thực hiện", "đang thực hiện", "hoàn thành": translated. */
const char *obligation_result(const char *result);
/* "CODE/LABEL" as lists print it; the caller frees. */
char *obligation_name(const struct obligation *o);

typedef bool obligation_visit(const struct obligation *o, void *arg);
/* By due time; what is done or due long after `until` (0: no end) only with all. */
bool obligation_each(struct desk *desk, bool all, int64_t until,
	obligation_visit *visit, void *arg, struct error *err);
/* CODE (the first that is not done), CODE/LABEL, or the id. */
bool obligation_find(struct obligation *out, struct desk *desk, const char *spec,
	struct error *err);

/* Makes the rows that the rules want by now: up to the period after the present
 * one, and what lies between the last row and today.  *made: how many.  Nothing
 * to make, or a member who may not: true, nothing appended. */
bool obligation_open(struct desk *desk, int *made, struct error *err);

struct obligation_change {
	const char *result;      /* pending, doing, done, or NULL */
	const char *description; /* NULL */
	int64_t done_at;         /* 0: now, where it becomes done */
	const char *typed;
};
/* ERR_CONFLICT names who was first to have it done. */
bool obligation_set(struct desk *desk, const char *spec,
	const struct obligation_change *change, struct error *err);

/* The five columns of the province's table. */
struct obligation_cells {
	char *task, *due, *result, *description, *done;
};
void obligation_cells(struct obligation_cells *out, const struct obligation *o,
	const struct zone *zone);
void obligation_cells_clear(struct obligation_cells *cells);
extern const char *const obligation_heads[5]; /* N_() */

/* The parts of a rule's `then` that need more than a type. */
bool obligation_rule_fits(const struct json *then, const char *path, struct error *err);

#endif
