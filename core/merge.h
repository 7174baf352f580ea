/* merge.h - cases that belong together: links, and merging that moves nothing
 * (DATA 4). */
#ifndef CORE_MERGE_H
#define CORE_MERGE_H

#include "core/apply.h"
#include "core/desk.h"

/* One event in each case; cycles are refused; a closed case cannot be merged,
 * nor can anything be merged into one. */
bool case_merge(struct desk *desk, const char *case_id, const char *into_id,
	struct error *err);
bool case_unmerge(struct desk *desk, const char *case_id, struct error *err);

bool case_link(struct desk *desk, const char *case_id, const char *other_id,
	struct error *err);
bool case_unlink(struct desk *desk, const char *case_id, const char *other_id,
	struct error *err);

struct linked {
	char id[UUID_SIZE];
	char number[24];
	char *title;
	char status[16];
};
typedef bool linked_visit(const struct linked *linked, void *arg);
/* Cases linked to this one / merged into this one. */
bool linked_each(struct desk *desk, const char *case_id, linked_visit *visit, void *arg,
	struct error *err);
bool merged_each(struct desk *desk, const char *case_id, linked_visit *visit, void *arg,
	struct error *err);

/* "(merged into 2026-1) text", or the text where into is ""; the caller frees. */
char *merged_words(const char *into, const char *text);

apply_fn apply_nothing; /* events that only the timeline keeps */
apply_fn apply_case_linked, apply_case_unlinked;

#endif
