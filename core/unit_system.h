/* unit_system.h - which system serves a unit, where the register says so.  Offered,
 * never decided. */
#ifndef CORE_UNIT_SYSTEM_H
#define CORE_UNIT_SYSTEM_H

#include "core/desk.h"

/* The network of a unit (kind "unit" or "body", its code) that lost its connection
 * (kind of case "link"): the one that its body owns, else the one of which each unit
 * of a group has one (`units` of a row of the asset's counts).  "" for any other kind
 * of case, and where the register names none or several. */
bool unit_system(char *out, size_t size, struct desk *desk, const char *unit_kind,
	const char *unit, const char *kind, struct error *err);

#endif
