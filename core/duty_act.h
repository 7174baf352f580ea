/* duty_act.h - what people do to the roster.  Each act is one change: the history is
 * brought up to now under the old rules first, and what the act made of it is written
 * down behind it.  Nothing that lies in the past is changed. */
#ifndef CORE_DUTY_ACT_H
#define CORE_DUTY_ACT_H

#include "core/duty.h"
#include "core/json.h"

/* A span as people type it: "now", "21/11 18:00", "21/11/2026" (from: its beginning,
 * to: its end); a clock alone as `to` is the next one after from. */
struct duty_span {
	const char *from, *to;
};
bool duty_span_read(int64_t *from, int64_t *until, struct desk *desk,
	const struct duty_span *typed, struct error *err);

/* A layer and its rotations, from an object (duty_layer.c says which keys); texts
 * are converted.  Made where there is none.  *changed: was anything? */
bool duty_set(struct desk *desk, const char *layer, const struct json *given,
	bool *changed, struct error *err);
/* The same; *told (the caller's): [{n, name, done}] of each rotation that was named or
 * went: added, changed, same, withdrawn. */
bool duty_set_told(struct desk *desk, const char *layer, const struct json *given,
	struct json **told, bool *changed, struct error *err);

struct duty_override_new {
	const char *kind;   /* add, remove, replace */
	const char *layer;
	const char *member; /* who comes; NULL for remove */
	const char *other;  /* who goes; NULL for add */
	struct duty_span span;
	const char *reason; /* or NULL */
};
/* ERR_CONFLICT names the exception that speaks of one of them already; *n is the new
 * one's number. */
bool duty_override(struct desk *desk, const struct duty_override_new *what, int *n,
	struct error *err);

struct duty_spell_new {
	const char *layer, *name, *source;
	struct duty_span span;
	const struct json *shifts; /* [{login, from, to}], times as typed */
};
/* "ha 24/11/2026 06:00..24/11/2026 18:00" a line, for shifts. */
bool duty_shifts_read(struct json *out, const char *text, struct error *err);
bool duty_spell(struct desk *desk, const struct duty_spell_new *what, int *n,
	struct error *err);

/* One's own; of another only by who may change the roster. */
bool duty_away(struct desk *desk, const char *login, const struct duty_span *span,
	const char *reason, int *n, struct error *err);

struct duty_raise_new {
	const char *name;
	const char *kind;   /* tet, holiday, congress, storm, other */
	const char *needs;  /* "first=2,backup=1" */
	const char *source; /* the decision; or NULL */
	struct duty_span span;
};
bool duty_raise(struct desk *desk, const struct duty_raise_new *what, int *n,
	struct error *err);

/* what: override, spell, away, raise.  Withdrawn already: nothing is appended. */
bool duty_withdraw(struct desk *desk, const char *what, int n, const char *reason,
	struct error *err);

struct duty_swap_new {
	const char *layer, *other;
	struct duty_span span;
	const char *back_layer; /* NULL: the same layer */
	struct duty_span back;  /* from NULL: nothing in return */
	const char *reason;
};
/* The other is told by a message; nothing changes before he agrees. */
bool duty_swap_ask(struct desk *desk, const struct duty_swap_new *what, int *n,
	struct error *err);
/* how: agree, refuse (the other's), withdraw (the asker's). */
bool duty_swap_answer(struct desk *desk, int n, const char *how, const char *reason,
	struct error *err);
/* [{n, layer, asker, other, from, to, back_layer, back_from, back_to, state, reason,
 * asked_at}], newest first; open: only those that wait for their answer. */
bool duty_swaps(struct desk *desk, bool open, struct json **out, struct error *err);

#endif
