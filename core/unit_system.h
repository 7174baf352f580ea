/* unit_system.h - which system serves a unit, where the register says so.  Offered,
 * never decided. */
#ifndef CORE_UNIT_SYSTEM_H
#define CORE_UNIT_SYSTEM_H

#include "core/desk.h"

struct unit_asked {
	const char *unit_kind, *unit; /* "unit" or "body", its code */
	const char *kind;             /* of case */
	const char *words;            /* what was said, or NULL */
};
/* The network of a unit that lost its connection (kind of case "link"): the one that
 * its body owns, else the one of which each unit of a group has one (`units` of a
 * row of the asset's counts).  Where the words speak of several units, the one
 * network that this one hangs on.  "" for any other kind of case, and where the
 * register names none or several. */
bool unit_system(char *out, size_t size, struct desk *desk,
	const struct unit_asked *asked, struct error *err);

#endif
