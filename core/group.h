/* group.h - named lists of units, contacts, assets or members. */
#ifndef CORE_GROUP_H
#define CORE_GROUP_H

#include <stdbool.h>

#include "core/desk.h"
#include "core/error.h"
#include "core/register.h"

/* Fields: name, name_en, of (unit, contact, asset, member), source, members
 * (codes, roles, logins), includes (groups of the same `of`). */
bool group_add(struct desk *desk, const char *code, const struct json *given,
	struct error *err);
bool group_set(struct desk *desk, const char *code, const struct json *given,
	struct error *err);

/* {id, code, name, name_en, of, source, members, includes, size}; size counts
 * through the included groups. */
bool group_show(struct desk *desk, const char *code, struct json **out,
	struct error *err);
bool group_list(struct desk *desk, struct json **out, struct error *err);

/* Everything in it, included groups too, each once, in their order:
 * [{code, name}]. ERR_NOT_FOUND. */
bool group_expand(struct desk *desk, const char *code, struct json **out,
	struct error *err);

extern const struct reg_kind group_kind;
apply_fn apply_group_change;

#endif
