/* callee.h - who can be called: contacts, members, points and units. */
#ifndef CORE_CALLEE_H
#define CORE_CALLEE_H

#include <stdbool.h>

#include "core/desk.h"
#include "core/error.h"

/* Who can be called.  Texts are never NULL. */
struct callee {
	char kind[12];       /* contact, member, point, unit */
	char id[64];         /* of the row; of a unit its code */
	char *key;           /* role, login, the point's number, the unit's code */
	char *name;
	char *number;        /* "" where the register has none */
	char *unit;          /* of a point: its code in the register, or "" */
};
void callee_clear(struct callee *c);
/* spec: a contact's role, "member:LOGIN", "duty:LAYER", "point:N" (of the case) or
 * "unit:CODE"; a login where there is no such role.  ERR_NOT_FOUND. */
bool callee_find(struct callee *out, struct desk *desk, const char *case_id,
	const char *spec, struct error *err);

#endif
