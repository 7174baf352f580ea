/* wish.h - how a member wants to be reached: quiet hours, channels in their order,
 * the hour of his digest.  A very serious case rings whatever he wishes. */
#ifndef CORE_WISH_H
#define CORE_WISH_H

#include <stdbool.h>
#include <stdint.h>

#include "core/desk.h"
#include "core/json.h"

struct wish_row {
	const char *name;
	const char *otherwise; /* what counts while he wishes nothing; "" nothing */
	const char *label;     /* marked for translation */
};
/* Ended by a row whose name is NULL. */
extern const struct wish_row wish_rows[];

/* [{name, value, default, label}] of a member. */
bool wish_list(struct desk *desk, const char *login, struct json **out,
	struct error *err);
/* His own; another's is for who may change members.  An empty value: none. */
bool wish_set(struct desk *desk, const char *login, const char *name, const char *value,
	struct error *err);

/* Must what is not urgent wait for him at this moment?  *until: until when; 0: it
 * need not.  Severity 4, and one that nobody knows (0), never waits. */
bool wish_quiet(struct desk *desk, const char *member_id, int severity, int64_t at,
	int64_t *until, struct error *err);
/* The channels he wishes for this severity (0: any), in their order; *out (the
 * caller's) is an empty list where he wishes none. */
bool wish_channels(struct desk *desk, const char *member_id, int severity,
	struct json **out, struct error *err);

#endif
