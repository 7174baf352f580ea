/* duty.h - who is on call: the door for all who call people (oncall.md 2.5).
 *
 * The future comes from the roster's rules, the past from what was written down when
 * it was so (duty_past.c). */
#ifndef CORE_DUTY_H
#define CORE_DUTY_H

#include <stdbool.h>
#include <stdint.h>

#include "core/desk.h"
#include "core/error.h"

enum duty_by { DUTY_BY_ROTA, DUTY_BY_SPELL, DUTY_BY_OVERRIDE, DUTY_BY_SWAP, DUTY_BY_PAST };

struct duty_turn {
	char id[UUID_SIZE];
	char *login, *name;
	int64_t from, until; /* away: of the absence.  NO_DUE: no end in sight */
	enum duty_by by;
	int n;               /* of the rotation, the exception, ... */
	char *why;           /* in words: "rotation 1 (Ca ngày)", "on leave: exam" */
};

struct duty_list {
	struct duty_turn *people; /* in the order in which they are called */
	int count;
	struct duty_turn *away;   /* the roster has them, but they are not to be called */
	int away_count;
};

void duty_list_clear(struct duty_list *list);
/* Also of a layer that does not exist: ERR_NOT_FOUND. */
bool duty_who(struct desk *desk, const char *layer, int64_t at, struct duty_list *out,
	struct error *err);

struct duty_layer {
	char id[UUID_SIZE];
	char *code, *name, *name_en;
	int position;
	int needed;   /* people at any time; 0: may be empty */
	bool counted; /* its hours are work */
};

struct duty_layers {
	struct duty_layer *all; /* by position */
	int count;
};

/* "Trực chính": in the language in force, else the other one, else the code. */
const char *duty_layer_name(const struct duty_layer *layer);
const char *duty_layer_name_in(const struct duty_layer *layer, const char *language);
void duty_layers_clear(struct duty_layers *layers);
bool duty_layers(struct desk *desk, struct duty_layers *out, struct error *err);

/* A layer over a span, in stretches in which nothing changes: what is past from the
 * history, the rest from the rules. */
struct duty_stretch {
	int64_t from, until;
	int needed;           /* of what is to come; 0 of what is past */
	bool past;
	struct duty_list who;
};
void duty_stretches_clear(struct duty_stretch *stretches, int count);
bool duty_stretches(struct desk *desk, const char *layer, int64_t from, int64_t until,
	struct duty_stretch **out, int *count, struct error *err);

/* The first who is on call there now (layer NULL: in the first layer): login and name
 * are the caller's, NULL where nobody is, or where there is no such layer. */
bool duty_first(struct desk *desk, const char *layer, char **login, char **name,
	struct error *err);
/* Who is called first in the first layer now, and who after him; only name, from and
 * until are set, name NULL where there is nobody.  The names are the caller's. */
bool duty_now_and_next(struct desk *desk, struct duty_turn *now, struct duty_turn *next,
	struct error *err);
/* Who takes the shift over from the one who sits there: who is on call first now, else
 * the next who is not he.  Only login, name and from are set, name NULL where the
 * roster has nobody.  The texts are the caller's. */
bool duty_taker(struct desk *desk, struct duty_turn *out, struct error *err);

#endif
