/* verify.h - proving the chain, the rows and an outside head (DATA 1, 2). */
#ifndef CORE_VERIFY_H
#define CORE_VERIFY_H

#include <stdbool.h>
#include <stdint.h>

#include "core/db.h"
#include "core/desk.h"
#include "core/progress.h"

struct fault {
	int64_t seq;      /* of the first bad event, or 0 */
	char table[48];   /* of the first bad row, or "" */
	char id[160];     /* its primary key */
	char field[48];   /* its column, or "" */
	char text[240];   /* for people */
};

struct verify_result {
	int64_t events;
	char head[HASH_SIZE]; /* hash of the last event; "" in an empty desk */
	bool chain_ok;
	bool replayed;
	bool replay_ok;
	bool head_found; /* of verify_head() */
	struct fault first; /* the first fault found, where one is not ok */
	int64_t faults;
	/* Events recorded before the one ahead of them: the clock went back.  No
	 * fault: order is seq. */
	int64_t clock_back;
	int64_t clock_back_first; /* seq of the first */
};

/* Walks every event: numbers, hashes, links, salted bodies, redactions.
 * Content is never an error: what cannot be read is a fault.  False only when
 * the engine itself cannot read the file.  case_id limits to that case's own
 * chain (case_prev); NULL: the desk. */
bool verify_chain(struct desk *desk, const char *case_id, struct verify_result *out,
	struct error *err);

/* Applies all events to an empty desk in memory and compares every shadow and
 * index table, every column, by primary key; re-hashes evidence. */
bool verify_replay(struct desk *desk, struct verify_result *out, struct error *err);

/* Is this hash in today's chain?  out->head_found. */
bool verify_head(struct desk *desk, const char *hash, struct verify_result *out,
	struct error *err);

/* The tables that replay compares, with the query of their rows in the order of
 * the primary key; ended by name NULL. */
extern const struct sql replay_tables[];

/* verify_replay() fills an empty database from another one's events; also what
 * an upgrade does.  *bad gets the event that could not be applied. */
bool replay_into(struct db *to, struct db *from, const struct progress *progress,
	struct fault *bad, struct error *err);

#endif
