/* evidence.h - files kept in the desk by hash, with custody in the timeline
 * (DATA 6). */
#ifndef CORE_EVIDENCE_H
#define CORE_EVIDENCE_H

#include "core/apply.h"
#include "core/desk.h"

/* The bytes lie in the desk in parts of this size. */
#define EVIDENCE_PART (1024 * 1024)
/* kept, of a thing without a file: no bytes, hash "" (evidence_item.h). */
#define EVIDENCE_ITEM "item"

struct evidence {
	char id[UUID_SIZE];
	char case_id[UUID_SIZE];
	int n;
	char *name;
	int64_t bytes;
	char hash[HASH_SIZE];
	char kept[16];  /* desk, elsewhere, item */
	char *place;    /* where, when not kept in the desk */
	char *note;
	int64_t added_at;
	bool dropped;   /* its bytes were redacted */
};

void evidence_clear(struct evidence *e);
bool evidence_is_item(const char *kept);
typedef bool evidence_visit(const struct evidence *e, void *arg);
bool evidence_each(struct desk *desk, const char *case_id, evidence_visit *visit,
	void *arg, struct error *err);

/* Copies a regular file into the desk, in the event's transaction.  Above
 * evidence_max only hash, size and place are recorded (*stored false).  Refused:
 * a directory, a FIFO or device, an unreadable file, one that changes while it
 * is read. */
bool evidence_add(struct desk *desk, const char *case_id, const char *path,
	const char *note, int *n, bool *stored, struct error *err);

/* Writes the bytes to path (which must not be there), checks the hash, and
 * appends the custody entry.  spec: its number on the case or its id. */
bool evidence_get(struct desk *desk, const char *case_id, const char *spec,
	const char *path, struct error *err);

/* Re-hashes the stored bytes of one hash: false with ERR_FAULTS when they
 * differ. */
bool evidence_check(struct db *db, const char *hash, int64_t bytes, struct error *err);

apply_fn apply_evidence_added, apply_evidence_taken;
search_fn search_evidence_added;

#endif
