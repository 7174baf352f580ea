/* gaps.h - what the register lacks before something happens. */
#ifndef CORE_GAPS_H
#define CORE_GAPS_H

#include "core/buf.h"
#include "core/desk.h"
#include "core/json.h"

/* The columns in which systems are shown: facts, and what follows from them
 * ("contact", "number"); ended by a name that is NULL. */
struct gap_column {
	const char *name;
	const char *title; /* N_(), short, in capitals */
};
extern const struct gap_column gap_columns[];

/* roles: [{role, name, to (who, or null), plans}] of the plans.  *out:
 *	count     how many things are missing
 *	systems   [{code, name, cells {column: has, missing or none}, missing
 *	          [facts nobody knows], lacks (how many)}], only those that lack some
 *	contacts  [{role, name, body, lacks [no_address, no_number, never, old,
 *	          changed, wrong_number], day, number}]
 *	roles     [{role, name, plans}]        groups [{code, name}]
 *	holidays  [{year}], this year and the next
 *	settings  [{name, label}]: what the desk itself stands on (burning.h)
 * Each list may be empty. */
bool gaps_find(struct desk *desk, const struct json *roles, struct json **out,
	struct error *err);
/* Translated: "no number". */
const char *gap_label(const char *lack);
/* The label of a fact: "who holds the administrator's account". */
const char *gap_fact_label(const char *fact);
/* All of it as lines of at most 80 columns, systems as a table. */
void gaps_text(struct buf *out, const struct json *gaps);

#endif
