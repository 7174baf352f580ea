/* post.h - what is posted by hand for many to read (Zalo, paper, in person), and
 * who of them has confirmed it, unit by unit. */
#ifndef CORE_POST_H
#define CORE_POST_H

#include <stdbool.h>
#include <stdint.h>

#include "core/callee.h"
#include "core/desk.h"
#include "core/json.h"

/* The case's notice in the recipients' words, ready to copy.  workaround: what
 * they do meanwhile, or NULL; next_at: when the next one comes, 0 none.  The
 * caller frees *text. */
bool post_text(struct desk *desk, const char *case_id, const char *workaround,
	int64_t next_at, char **text, struct error *err);

struct post_new {
	const char *case_id;
	const char *channel; /* zalo, paper, in_person, phone */
	const char *text;
	/* A group's code; "points": the points of the case; NULL: its points where it
	 * has any, else nobody who could confirm. */
	const char *to;
	int64_t at;          /* 0: now */
	bool red;            /* the case is TLP:RED, and it was posted all the same */
};
/* Records that it was posted: in the outbox by hand, each unit asked to confirm,
 * each point told.  *asked: how many; id: the message's.  Of a TLP:RED case only
 * with `red`: ERR_REFUSED. */
bool post_add(struct desk *desk, const struct post_new *what, char id[UUID_SIZE],
	int *asked, struct error *err);

struct confirm_new {
	const char *case_id;
	const char *message;      /* its id or number; "last": the newest post; "any": all
	                           * of the case, units then by id */
	const char *const *units; /* codes or names, marks optional; "all": those left */
	int count;
	const char *by_name;      /* who said so there, or NULL */
	int64_t at;               /* 0: now */
};
/* *done: how many confirmed by this; those that had before stay as they are.
 * One unit that somebody else recorded before: ERR_CONFLICT naming him.
 * All or none: ERR_BAD_INPUT names each that means two of them, or none. */
bool post_confirm(struct desk *desk, const struct confirm_new *what, int *done,
	struct error *err);
/* Inside a change: a point or unit was reached by telephone. */
bool post_answered(struct desk *desk, const char *case_id, const struct callee *to,
	const char *by_name, int64_t at, struct error *err);
/* Inside a change: the call by which by_name answered at that time was none; to_id is
 * the point or the unit's code. */
bool post_unanswered(struct desk *desk, const char *case_id, const char *to_id,
	const char *by_name, int64_t at, struct error *err);

/* Newest first: [{id, n, channel, to, at, text, by, asked, confirmed}]. */
bool post_list(struct desk *desk, const char *case_id, struct json **out,
	struct error *err);
/* [{id, message, n, ref_kind, ref, name, state, at, by_name, recorded_by, point,
 * person}], in the order in which they were asked; message NULL: all of the
 * case; n is the message's number. */
bool confirmation_list(struct desk *desk, const char *case_id, const char *message,
	struct json **out, struct error *err);

#endif
