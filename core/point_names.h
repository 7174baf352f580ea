/* point_names.h - which unit or system a typed name means: without marks, with
 * former names, and never guessed where two fit. */
#ifndef CORE_POINT_NAMES_H
#define CORE_POINT_NAMES_H

#include <stdbool.h>

#include "core/desk.h"
#include "core/error.h"
#include "core/json.h"

struct place_name {
	const char *kind; /* "unit" or "asset" */
	char *code, *name, *area, *carrier;
};

/* The register's names, read once for many look-ups. */
struct place_names;
bool place_names_load(struct place_names **out, struct desk *desk, struct error *err);
void place_names_free(struct place_names *names); /* NULL is allowed */

#define PLACES_MAX 8
struct places {
	const struct place_name *list[PLACES_MAX]; /* borrowed from the names */
	int count; /* 0: nobody knows it; 2 and more: somebody must choose */
};
/* By code, name or former name: as written, then without marks, then without
 * xã, phường, đặc khu before it; the first of these that fits anything counts. */
void place_names_find(struct places *out, const struct place_names *names,
	const char *typed);
/* By kind and code; NULL: none. */
const struct place_name *place_names_get(const struct place_names *names,
	const char *kind, const char *code);

/* The words of a name without marks: equal for the same name however typed.  The
 * caller frees. */
char *place_key(const char *name);

#endif
