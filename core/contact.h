/* contact.h - coordination contacts outside the team: roles at bodies, with
 * validity (DESIGN 2); and the bodies and units themselves. */
#ifndef CORE_CONTACT_H
#define CORE_CONTACT_H

#include <stdbool.h>

#include "core/desk.h"
#include "core/error.h"
#include "core/register.h"

/* Fields: name, name_en, body, class, kinds, valid_from, valid_to, verified_at,
 * group, per_asset, per_case, note, source, mail, phone, zalo; also "verified"
 * for verified_at. */
bool contact_add(struct desk *desk, const char *role, const struct json *given,
	struct error *err);
bool contact_set(struct desk *desk, const char *role, const struct json *given,
	struct error *err);

/* Arrays of {id, role, name, ..., valid (today), addresses{mail, phone, zalo}},
 * by role; show: one, ERR_NOT_FOUND. */
bool contact_list(struct desk *desk, struct json **out, struct error *err);
bool contact_show(struct desk *desk, const char *role, struct json **out,
	struct error *err);

/* ERR_REFUSED for a contact that is not valid today, with the day until or from
 * which it is; true for a role that is none. */
bool contact_is_current(struct desk *desk, const char *role, struct error *err);

/* Ministries and police are told by a person only: never a box (DATA 5). */
bool contact_by_person_only(const char *class_word);

extern const struct reg_kind contact_kind;
extern const struct reg_kind body_kind;
extern const struct reg_kind unit_kind;
apply_fn apply_contact_change;

/* Arrays of {code, name, ...}. */
bool body_list(struct desk *desk, struct json **out, struct error *err);
/* A unit: code, name, kind, area, named, body, aliases (former and other names,
 * separated by ";"), carrier, island, source. */
bool unit_list(struct desk *desk, struct json **out, struct error *err);
bool unit_show(struct desk *desk, const char *code, struct json **out,
	struct error *err);
bool unit_add(struct desk *desk, const char *code, const struct json *given,
	struct error *err);
bool unit_set(struct desk *desk, const char *code, const struct json *given,
	struct error *err);
apply_fn apply_unit_change;

#endif
