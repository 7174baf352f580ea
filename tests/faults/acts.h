/* acts.h - what the acts of the random worker share. */
#ifndef FAULTS_ACTS_H
#define FAULTS_ACTS_H

#include <stddef.h>
#include <stdint.h>

#include "core/desk.h"
#include "core/ids.h"

#define KNOWN_CASES 24

struct acts {
	struct desk *desk;
	uint64_t state;
	char cases[KNOWN_CASES][UUID_SIZE];
	size_t count;
	char sheet[300]; /* a file that becomes evidence */
};

typedef bool act_fn(struct acts *a, struct error *err);

/* The same seed gives the same numbers; below the limit. */
size_t acts_below(struct acts *a, size_t limit);
const char *acts_case(struct acts *a);

/* The acts of the watch, ended by NULL. */
extern act_fn *const acts_of_watch[];

#endif
