/* conflict.h - the detail of a conflict, for change.c. */
#ifndef CORE_CONFLICT_H
#define CORE_CONFLICT_H

#include <stdbool.h>
#include <stdint.h>

#include "core/desk.h"
#include "core/error.h"
#include "core/json.h"

struct conflict {
	const char *subject, *field, *yours, *theirs;
};

/* Fills err->detail with {"field","yours","theirs","before","by","at"}; before is
 * the value at the caller's version, seq the field's last change. */
void conflict_detail(struct desk *desk, int64_t seq, const struct conflict *what,
	struct error *err);

/* A value of this field as people know it: codes and logins for ids, times as they
 * are read, numbers; "" for none.  The caller frees. */
char *conflict_value(struct desk *desk, const char *field, const struct json *value);

/* Who set a field last, as "lan"; *by NULL: it is as it was made. */
bool field_set_by(char **by, struct desk *desk, const char *subject, const char *field,
	struct error *err);

#endif
