/* event.h - one entry of the chain (DATA 1): header, hash, salted body. */
#ifndef CORE_EVENT_H
#define CORE_EVENT_H

#include <stdbool.h>
#include <stdint.h>

#include "core/buf.h"
#include "core/db.h"
#include "core/ids.h"

#define EVENT_LAYOUT 1

struct event {
	int64_t seq;
	char id[UUID_SIZE];
	char case_id[UUID_SIZE]; /* "" where the event is the desk's */
	char prev[HASH_SIZE];    /* "" for the first */
	char case_prev[HASH_SIZE];
	int64_t recorded_at;
	int64_t occurred_at;
	char precise[8];         /* "ms", "minute", "day" */
	char zone[48];
	char actor[UUID_SIZE];   /* "" for the engine */
	char actor_login[208];
	char acts_for[208];      /* "" */
	char kind[40];
	int64_t body_v;
	char body_hash[HASH_SIZE];
	char hash[HASH_SIZE];
	bool has_body;           /* false once redacted */
	uint8_t salt[SALT_BYTES];
	char *body;              /* canonical JSON; ours; NULL once redacted */
};

void event_clear(struct event *event);

/* The login whose act it counts as: with --as the other member's. */
const char *event_whose(const struct event *event);

/* The header: one line of canonical JSON; its SHA-256 is the event's hash. */
void event_header(struct buf *out, const struct event *event, const char *desk);
void event_hash(char out[HASH_SIZE], const struct event *event, const char *desk,
	struct buf *scratch);

/* The columns that event_from_row() reads, in order. */
#define EVENT_COLUMNS "seq, id, case_id, prev, case_prev, recorded_at, occurred_at," \
	" precise, zone, actor, actor_login, acts_for, kind, body_v, body_hash, hash," \
	" salt, body"
/* Fills *event (cleared before) from the current row.  False when a column has
 * a value that no event can have (tampering); *event is still cleared by the
 * caller. */
bool event_from_row(struct event *event, struct stmt *st);

bool event_insert(struct db *db, const struct event *event, struct error *err);

/* One event by seq: ERR_NOT_FOUND if there is none. */
bool event_load(struct event *out, struct db *db, int64_t seq, struct error *err);

#endif
