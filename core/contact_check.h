/* contact_check.h - whether the numbers of contacts are still right: who said so
 * and when, and what asks to be checked again (vn.md 2.2: a changed contact is
 * told within 24 hours). */
#ifndef CORE_CONTACT_CHECK_H
#define CORE_CONTACT_CHECK_H

#include <stdbool.h>

#include "core/apply.h"
#include "core/desk.h"
#include "core/json.h"

/* Somebody reached them there: day (YYYY-MM-DD, NULL today), note who answered
 * or how, or NULL.  Appends nothing where it was verified that day already and
 * nothing changed since. */
bool contact_verify(struct desk *desk, const char *role, const char *day,
	const char *note, struct error *err);

/* How far a contact's addresses can be trusted: {state: ok, old, changed,
 * wrong_number or never; day: "YYYY-MM-DD" or null; by: login or null}.  days: 0
 * takes the setting contact.verify_days. */
bool contact_checked(struct desk *desk, const char *id, int days, struct json **out,
	struct error *err);
/* Translated: "never verified", "changed since". */
const char *contact_check_label(const char *state);

/* Contacts that are valid today and not "ok": as contact_show() gives them, with
 * `checked`.  all: the others too. */
bool contact_unverified(struct desk *desk, int days, bool all, struct json **out,
	struct error *err);

/* The table that is sent round for the bodies to confirm: A4 as text. */
bool contact_sheet(struct buf *out, struct desk *desk, struct error *err);

apply_fn apply_contact_verified;

#endif
