/* custody.h - evidence handed over to somebody: who gave, who took, when, on
 * which paper; and that paper, to be signed by both. */
#ifndef CORE_CUSTODY_H
#define CORE_CUSTODY_H

#include "core/buf.h"
#include "core/desk.h"

struct custody {
	char id[UUID_SIZE];
	int n;
	int evidence_n;
	char *name;      /* of the evidence */
	char hash[HASH_SIZE];
	int64_t bytes;
	bool item;       /* a thing without a file; then where it lay, by whom taken */
	char *lay_at, *lay_note;
	char *given_by, *given_post, *taken_by, *taken_post, *taken_body, *place,
		*reason, *doc_number, *note;
	int64_t at;
};

void custody_clear(struct custody *custody);

/* NULL: not said. */
struct custody_new {
	const char *taken_by;   /* required */
	const char *taken_post, *taken_body;
	const char *given_by;   /* NULL: the member */
	const char *given_post;
	const char *place, *reason, *document, *note;
	int64_t at;             /* 0: now */
};
/* specs are numbers of evidence on the case: one entry each, in one change; *n
 * is the first's number. */
bool custody_hand_over(struct desk *desk, const char *case_id,
	const char *const *specs, int count, const struct custody_new *what, int *n,
	struct error *err);

typedef bool custody_visit(const struct custody *custody, void *arg);
bool custody_each(struct desk *desk, const char *case_id, custody_visit *visit,
	void *arg, struct error *err);

/* The record with two lines to sign, for printing: of entry n and of those
 * handed over with it. */
bool custody_paper(struct buf *out, struct desk *desk, const char *case_id, int n,
	struct error *err);

#endif
