/* burning.h - the house that burns may be our own: does an open case touch what
 * the desk's machine, its mail or its network stand on? */
#ifndef CORE_BURNING_H
#define CORE_BURNING_H

#include "core/desk.h"
#include "core/json.h"

struct burning {
	bool host, mail, network;
	char number[24]; /* of the first case that touches it; "": a system that is down */
};

/* By the settings desk.host, desk.mail, desk.network and what those systems depend
 * on; case_id NULL: all open cases and systems that are down, else this case. */
bool burning_look(struct burning *out, struct desk *desk, const char *case_id,
	struct error *err);

/* For the first row: what to do, translated; NULL where nothing burns. */
const char *burning_text(const struct burning *burning);
/* The same in few words, for the case's second row. */
const char *burning_short(const struct burning *burning);

/* Adds the settings that are not set, so that nothing can be warned of:
 * [{name, label}]. */
bool burning_unset(struct desk *desk, struct json *into, struct error *err);

#endif
