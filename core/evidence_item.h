/* evidence_item.h - evidence that is a thing without a file: a machine, a disk.  It
 * stands among the files of the case with no bytes and no hash. */
#ifndef CORE_EVIDENCE_ITEM_H
#define CORE_EVIDENCE_ITEM_H

#include "core/buf.h"
#include "core/evidence.h"

/* NULL: not said. */
struct item_new {
	const char *name;   /* required */
	const char *label;  /* serial number, what is written on it */
	const char *place;  /* where it is: required */
	const char *taken_by; /* NULL, "": the member */
	const char *note;
};
bool evidence_add_item(struct desk *desk, const char *case_id,
	const struct item_new *what, int *n, struct error *err);

/* What stands in the note of an item: who took it, the rest.  The first is the
 * caller's, the second borrowed from note. */
char *item_taken_by(const char *note, const char **rest);
/* "a thing, no file; at ROOM; taken by NAME": what stands where a file has its
 * size and hash. */
void item_words(struct buf *out, const char *place, const char *note);

#endif
