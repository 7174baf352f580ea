/* register_gaps.h - all that must be known before something happens, and is not:
 * the register's gaps (core/gaps.h) with the roles of the plans that are nobody. */
#ifndef PLAYBOOKS_REGISTER_GAPS_H
#define PLAYBOOKS_REGISTER_GAPS_H

#include "core/desk.h"
#include "core/json.h"

bool register_gaps(struct desk *desk, struct json **out, struct error *err);

#endif
