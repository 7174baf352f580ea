/* audit.h - does a case wait with nobody at work for it?  The engine asks itself
 * each minute, says what it finds on standard error, in /health and in a fact of
 * the desk, and lets the outside world know only when all is well. */
#ifndef SERVE_AUDIT_H
#define SERVE_AUDIT_H

#include <stdbool.h>
#include <stdint.h>

#include "core/error.h"
#include "core/json.h"

struct serve;

/* An array, the caller's: {"problem":WORD,"case":..,"since":..,...}; empty: well. */
bool audit_look(struct serve *serve, struct json **problems, struct error *err);

#endif
