/* asset_turn.h - whom to turn to about a system at night: who holds its
 * administrator's account, who supplies it and under what contract. */
#ifndef CORE_ASSET_TURN_H
#define CORE_ASSET_TURN_H

#include "core/desk.h"

enum asset_turn {
	TURN_ACCOUNT = 1 << 0,  /* holder, second holder, sealed envelope */
	TURN_SUPPLIER = 1 << 1, /* supplier, contract, serial number, room, key */
};

/* text NULL: nobody knows it.  False ends the walk. */
typedef bool (*asset_turn_row)(const char *label, const char *text, void *arg);

/* What the register says of it, in its order; what does not apply is left out. */
bool asset_turn_each(struct desk *desk, const char *asset_id, unsigned what,
	asset_turn_row row, void *arg, struct error *err);
/* The same as one line: "label: text; label: MISSING".  "" without an asset. */
bool asset_turn_line(struct desk *desk, const char *asset_id, unsigned what,
	char **out, struct error *err);
/* What the people of this role need of it: 0 for most. */
unsigned asset_turn_of_role(const char *role);

#endif
