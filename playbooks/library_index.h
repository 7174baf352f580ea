/* library_index.h - one row of the list of plans, without reading the plan
 * where the shipped index (data/plans-index.json) knows its file. */
#ifndef PLAYBOOKS_LIBRARY_INDEX_H
#define PLAYBOOKS_LIBRARY_INDEX_H

#include "core/json.h"
#include "playbooks/library.h"

/* The index, the caller's; NULL where there is none: all files are read. */
struct json *plan_index(void);
/* From the row of the index with this file's name and size; false: it has
 * none.  What the file says is held to the row's hash when it is read
 * (library_read()). */
bool plan_of_index(struct plan *out, const struct json *index, const char *path);
/* From the plan itself; path NULL where the desk has the text. */
bool plan_of_text(struct plan *out, const char *text, size_t len,
	const char *origin, const char *path, struct error *err);

/* What a list of plans shows of a playbook, into the body of the event that
 * stores it: kind, status, assets, calls, steps. */
void plan_say(struct json *body, const struct playbook *playbook);

/* From library_kept.c. */
void plan_finish(struct plan *plan);
/* Of one id the newest edition stays; what was given is taken. */
void library_keep(struct library *library, struct plan plan);
bool library_add_text(struct library *library, const char *text, size_t len,
	const char *origin, const char *path, struct error *err);
/* What the desk imported; of one edition that which is signed counts. */
bool library_add_imported(struct library *library, struct desk *desk,
	struct error *err);

#endif
