/* desk_private.h - the inside of a desk handle, for desk*.c and change.c. */
#ifndef CORE_DESK_PRIVATE_H
#define CORE_DESK_PRIVATE_H

#include "core/change.h"
#include "core/desk.h"

/* An event that was added but not yet numbered. */
struct pending {
	char kind[40];
	char case_id[UUID_SIZE];
	char id[UUID_SIZE];
	struct json *body;
	struct event_time time;
	struct pending *next;
};

struct change {
	int depth;               /* nested begins; 0 outside */
	int64_t recorded_at;     /* of what was flushed so far; 0: nothing yet */
	bool failed;             /* rolled back; the outer ends only unwind */
	struct pending *first;
	struct pending **last;
	char next_id[UUID_SIZE]; /* chosen by the caller for the next event */
	struct appended *appended;
	int appended_count;
	int appended_cap;
};

struct desk {
	struct db *db;
	char id[UUID_SIZE];
	char *url;
	char *name;
	bool demo;
	bool readonly;
	const struct progress *progress;
	bool no_channel;
	struct zone *zone;
	struct desk_clock clock;
	struct actor me;
	struct actor actor;
	int64_t guard;
	const struct lease *fence; /* borrowed; NULL: none */
	struct change change;
};

/* A handle without a database. */
struct desk *desk_new_handle(const char *url, const struct desk_clock *clock);
/* Name, zone and demo flag from the rows. */
bool desk_read_facts(struct desk *desk, struct error *err);
/* Who sits there: login NULL is the engine. */
bool desk_seat(struct desk *desk, const char *login, const char *as, struct error *err);

#endif
