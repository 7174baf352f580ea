/* hold.h - the police asked to keep a scene as it is (NĐ 333 Đ8.9):
 * a flag on a case or on a system that blocks what alters it until the body
 * that asked releases it. */
#ifndef CORE_HOLD_H
#define CORE_HOLD_H

#include "core/desk.h"

struct hold {
	char id[UUID_SIZE];
	int n;                   /* of the desk: what commands name */
	char case_id[UUID_SIZE]; /* "": the system, whatever the case */
	char number[24];         /* of that case; "" */
	char asset_id[UUID_SIZE];
	char *asset;             /* code; "" */
	char *body, *doc_number, *what; /* who asked, by which document, to keep what */
	char doc_date[16];       /* 2026-11-21, or "" */
	int64_t placed_at;
	char *placed_by;         /* the member's name */
	int64_t released_at;     /* 0: it stands */
	char *released_by, *release_doc;
	char state[12];          /* held, released */
};

void hold_clear(struct hold *hold);

struct hold_new {
	const char *case_id;  /* or NULL */
	const char *asset;    /* code, or NULL: one of both is given */
	const char *body;     /* who asked: required */
	const char *document; /* number of the paper; NULL or "": asked by word so far */
	const char *date;     /* of the paper, as typed; NULL or "": not known */
	const char *what;     /* what must stay as it is; NULL: all of it */
};
/* *n is its number.  The same document on the same thing again, or the same body
 * by word: *n is the one that stands, nothing is appended and *fresh is false.
 * The paper of a body that asked by word is written into what stands. */
bool hold_place(struct desk *desk, const struct hold_new *what, int *n, bool *fresh,
	struct error *err);

/* by: who of that body released it; document: on what paper; both required.
 * ERR_CONFLICT naming who was first. */
bool hold_release(struct desk *desk, int n, const char *by, const char *document,
	struct error *err);

/* Those on the case or on its system, newest first; case_id NULL: all of the
 * desk; standing: only those that still stand. */
typedef bool hold_visit(const struct hold *hold, void *arg);
bool hold_each(struct desk *desk, const char *case_id, bool standing,
	hold_visit *visit, void *arg, struct error *err);

/* ERR_REFUSED with body, document and how to release it, where a hold stands on
 * the case or its system; what: the step that would alter the scene. */
bool hold_allows(struct desk *desk, const char *case_id, const char *what,
	struct error *err);

/* "Công an tỉnh, 12/CV-PA05 (21/11/2026)"; the caller frees. */
char *hold_words(const struct hold *hold);

#endif
