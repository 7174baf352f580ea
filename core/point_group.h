/* point_group.h - places of a case in groups: old province, carrier, island, state. */
#ifndef CORE_POINT_GROUP_H
#define CORE_POINT_GROUP_H

#include "core/point.h"

enum point_by { BY_NUMBER, BY_AREA, BY_CARRIER, BY_ISLAND, BY_STATE, BY_COUNT };

/* area, carrier, island, state; NULL or "": by number. ERR_BAD_INPUT. */
bool point_by_of(enum point_by *out, const char *word, struct error *err);
/* The group's name of a place: "Kon Tum cũ", "island", "no link"; "-" unknown.
 * Borrowed from the place or translated. */
const char *point_group(const struct point *point, enum point_by by);
/* By group, in each by number; what has no group comes last. */
void point_sort(struct point_list *list, enum point_by by);

#endif
