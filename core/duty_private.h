/* duty_private.h - what the acts on the roster share. */
#ifndef CORE_DUTY_PRIVATE_H
#define CORE_DUTY_PRIVATE_H

#include "core/duty_act.h"
#include "core/duty_roster.h"
#include "core/role.h"
#include "core/sql.h"

/* A change around an act: may he, the history up to now, the roster as it stands.
 * End clears the roster. */
bool duty_change_begin(struct roster *roster, struct desk *desk, enum act act,
	struct error *err);
bool duty_change_end(struct roster *roster, struct desk *desk, bool ok, struct error *err);

/* The number after the last of a table. */
bool duty_next_n(struct desk *desk, const struct sql *query, int *n, struct error *err);
/* One line of people's words, "" for NULL; the caller's. */
bool duty_line(char **out, const char *text, const char *what, struct error *err);
bool duty_layer_there(const struct roster *roster, const char *layer, struct error *err);
/* Somebody who may be put on the roster; *member his index. */
bool duty_worker(int *member, const struct roster *roster, const char *login,
	struct error *err);
/* Is he on the roster of a layer at some moment of the span, away or not? */
bool duty_is_in(const struct roster *roster, const char *layer, int member, int64_t from,
	int64_t until);
/* All of the span: what a swap gives away. */
bool duty_is_all_in(const struct roster *roster, const char *layer, int member,
	int64_t from, int64_t until);

/* May he come into this span?  ERR_REFUSED names the leave that he is on then. */
bool duty_is_free(const struct roster *roster, int member, int64_t from, int64_t until,
	struct error *err);

/* Adds an exception's event, under a change. */
struct duty_exception {
	const char *kind, *layer;
	int member, other; /* -1 */
	int64_t from, until;
	const char *reason, *swap_id;
};
bool duty_put_override(struct desk *desk, const struct roster *roster,
	const struct duty_exception *what, int *n, struct error *err);

/* duty_swap.c: one of its exceptions was withdrawn: it is over, and both are told. */
bool duty_swap_break(struct desk *desk, const struct roster *roster, const char *id,
	const char *reason, struct error *err);

#endif
