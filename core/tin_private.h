/* tin_private.h - for tin*.c: what acts on tins have in common. */
#ifndef CORE_TIN_PRIVATE_H
#define CORE_TIN_PRIVATE_H

#include "core/json.h"
#include "core/tin.h"

/* A body that changes this tin; it says the tin's number and who called. */
struct json *tin_body(const struct tin *tin);
/* The case that the tin's events stand in, or NULL. */
const char *tin_place(const struct tin *tin);
/* Cleans one text for a body: NULL stays NULL.  The caller frees *out. */
bool tin_text(char **out, const char *text, size_t max, const char *what,
	struct error *err);
/* Was it this member who brought it into its state?  Else ERR_CONFLICT saying so,
 * with what it is ("closed already"). */
bool tin_by_me(struct desk *desk, const struct tin *tin, const char *what,
	struct error *err);

#endif
