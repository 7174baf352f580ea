/* progress.h - how far a long work is, for who waits at a terminal. */
#ifndef CORE_PROGRESS_H
#define CORE_PROGRESS_H

#include <stdint.h>

#include "core/db.h"

struct progress {
	void (*show)(void *arg, const char *what, int percent); /* what is translated */
	void *arg;
};

/* One part of it, that goes through all events. */
struct progress_part {
	const struct progress *to; /* NULL: nobody looks */
	const char *what;
	int64_t all, done;
	int percent; /* the last one shown */
};

/* what is marked for translation; the events are counted only where somebody looks. */
struct progress_part progress_begin(const struct progress *to, const char *what,
	struct db *db);
void progress_one(struct progress_part *part);

#endif
