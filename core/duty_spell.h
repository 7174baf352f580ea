/* duty_spell.h - a temporary schedule's event, for who makes one (duty_import.c). */
#ifndef CORE_DUTY_SPELL_H
#define CORE_DUTY_SPELL_H

#include "core/duty_roster.h"
#include "core/json.h"

struct spell_body {
	const char *layer, *name, *source;
	int64_t from, until;
	struct json *shifts; /* [{login, from, to}] in ms */
};
/* Under a change.  ERR_CONFLICT: another one of the layer overlaps it. */
bool duty_put_spell(struct desk *desk, const struct roster *roster,
	const struct spell_body *s, int *n, struct error *err);

#endif
