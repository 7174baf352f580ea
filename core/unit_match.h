/* unit_match.h - a place or body of the register by the name that somebody typed,
 * with or without marks, with or without "xã", "phường", "UBND". */
#ifndef CORE_UNIT_MATCH_H
#define CORE_UNIT_MATCH_H

#include "core/desk.h"

struct unit_match {
	int count;      /* how many fit; the rest only where it is 1 */
	char kind[8];   /* "unit" or "body" */
	char code[72];
	char *name;     /* as in the register; NULL where it is not one */
	char *names;    /* of those that fit, at most four: "Xã A, Xã B"; NULL: none */
};

/* A code, an exact name, or words of a name; marks that were typed decide between
 * names that differ in them only.  Cleared by the caller. */
bool unit_match(struct unit_match *out, struct desk *desk, const char *typed,
	struct error *err);
void unit_match_clear(struct unit_match *match);

#endif
