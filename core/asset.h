/* asset.h - systems and sites of the register: what is known of each, from
 * which document, what they depend on, and what is missing. */
#ifndef CORE_ASSET_H
#define CORE_ASSET_H

#include <stdbool.h>

#include "core/desk.h"
#include "core/error.h"
#include "core/register.h"

/* Fields: name, name_en, kind, outside, state, links, counts, note, depends_on
 * (also depends-on: "A,B:assumed"), and the facts: level, owner, operator,
 * standby, backup, site, rack, supplier, warranty, serial, contract, users,
 * admin_holder, admin_second, admin_envelope, key_holder, key_second, stop_order,
 * stop_minutes, start_order, start_minutes.  A fact given as "" is unknown
 * again, as "-" does not apply; `since` beside `state` is when it became so;
 * `source` names where the facts given with it come from (else "hand"). */
bool asset_add(struct desk *desk, const char *code, const struct json *given,
	struct error *err);
bool asset_set(struct desk *desk, const char *code, const struct json *given,
	struct error *err);

/* One object: id, code, name, name_en, kind, outside, state, state_since (ms),
 * level (integer or null), each fact as plain value or null, standby_text,
 * links, counts, note, depends_on [{code, assumed, source}], source (all of its
 * facts'), facts {name: {value, text, contact, source} | null}, missing [names].
 * ERR_NOT_FOUND. */
bool asset_show(struct desk *desk, const char *code, struct json **out,
	struct error *err);
/* All, by code. */
bool asset_list(struct desk *desk, struct json **out, struct error *err);

/* What stops when this one does, transitively, nearest first: [{code, name,
 * assumed, depth, via, state, level, standby, standby_text, users, owner,
 * owner_contact, operator, operator_contact}].  assumed is false where a chain
 * of documented dependencies leads there.  ERR_NOT_FOUND. */
bool asset_dependants(struct desk *desk, const char *code, struct json **out,
	struct error *err);

/* ERR_REFUSED with the circle ("A -> B -> A") where depends_on has one. */
bool asset_graph_sound(struct desk *desk, const char *path, struct error *err);

/* ERR_NOT_FOUND. */
bool asset_id_of(char id[UUID_SIZE], struct desk *desk, const char *code,
	struct error *err);

/* Facts missing over all assets. */
bool asset_missing(struct desk *desk, int *missing, struct error *err);

extern const struct reg_kind asset_kind;
apply_fn apply_asset_change;

#endif
