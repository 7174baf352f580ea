/* duty_rules.h - the roster's rules as they stand, for who reads or changes them. */
#ifndef CORE_DUTY_RULES_H
#define CORE_DUTY_RULES_H

#include "core/buf.h"
#include "core/desk.h"
#include "core/error.h"
#include "core/json.h"

/* *out, the caller's:
 *	layers [{layer, name, name_en, position, needed, counted,
 *		rotations [{n, name, type, every, start, zone, days, from, to: clocks,
 *			people: [login], names: [name], from_day, to_day}]}]
 *	spells [{n, layer, name, by, from, to: ms, shifts [{login, name, from, to}]}]
 *	raised [{n, name, kind, from, to: ms, needs {layer: n}}]
 *	overrides [{n, kind, layer, name: who comes, other: who goes, reason, swap,
 *		from, to: ms}]
 *	away [{n, login, name, reason, from, to: ms}]
 * Of the last four those that are not over; days "" is every day, as is from == to. */
bool duty_rules(struct desk *desk, struct json **out, struct error *err);

/* Does a rule or a setting call, tell or name who is on call in this layer? */
bool duty_layer_called(struct desk *desk, const char *layer, bool *called,
	struct error *err);

/* "daily, 06:00-18:00, Mon-Fri" of a rotation, in the language in force. */
void duty_rota_say(struct buf *out, const struct json *rotation);
/* "Hà, Tuấn, Linh" of its names, short. */
void duty_rota_people(struct buf *out, const struct json *rotation);

#endif
