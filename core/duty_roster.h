/* duty_roster.h - the roster in memory: read once, then asked for any moment. */
#ifndef CORE_DUTY_ROSTER_H
#define CORE_DUTY_ROSTER_H

#include "core/duty.h"
#include "core/rota.h"

struct roster_member {
	char id[UUID_SIZE];
	char *login, *name;
	bool active; /* and may work */
};

struct roster_rota {
	char id[UUID_SIZE];
	int n;
	char *layer, *name, *type, *start, *zone_name, *days, *from_day, *to_day;
	struct rota rota;
	struct zone *zone;
	int *people; /* indexes of members; -1: gone from the desk */
};

struct roster_override {
	char id[UUID_SIZE];
	int n;
	char *layer, *reason, *by;
	char kind[12];   /* add, remove, replace */
	int member, other; /* indexes, -1 */
	int64_t from, until;
	bool swap;
};

struct roster_shift {
	int member;
	int64_t from, until;
};

struct roster_spell {
	char id[UUID_SIZE];
	int n;
	char *layer, *name, *by;
	int64_t from, until;
	struct roster_shift *shifts;
	int count;
};

struct roster_absence {
	char id[UUID_SIZE];
	int n;
	int member;
	int64_t from, until;
	char *reason;
};

struct roster_raised {
	char id[UUID_SIZE];
	int n;
	char *name, *kind;
	int64_t from, until;
	struct json *extra; /* {layer: people needed} */
};

struct roster {
	const struct zone *zone; /* the desk's, borrowed */
	struct duty_layers layers;
	struct roster_member *members;
	struct roster_rota *rotas;
	struct roster_override *overrides;
	struct roster_spell *spells;
	struct roster_absence *absences;
	struct roster_raised *raised;
	int member_count, rota_count, override_count, spell_count, absence_count,
		raised_count;
};

/* What counts from `since` on; INT64_MIN: all there ever was. */
bool roster_load(struct roster *out, struct desk *desk, int64_t since, struct error *err);
void roster_clear(struct roster *roster);
int roster_member(const struct roster *roster, const char *login);    /* -1 */
int roster_member_id(const struct roster *roster, const char *id);    /* -1 */
const struct duty_layer *roster_layer(const struct roster *roster, const char *code);

/* Has the layer rotations or temporary schedules at all? */
bool roster_is_used(const struct roster *roster, const char *layer);

/* Who is on call at a moment, by members' indexes, in order; nothing is kept of the
 * desk's.  away: the roster has him, and he is not there. */
struct roster_place {
	int member;
	bool away;
	int absence; /* index, -1: not active any more */
	int64_t from;
	enum duty_by by;
	int n;
	const char *what; /* name of the rotation, reason; borrowed */
};
#define ROSTER_MOST 32
struct roster_moment {
	struct roster_place places[ROSTER_MOST];
	int count;
	int present; /* who can be called */
};
void roster_at(struct roster_moment *out, const struct roster *roster, const char *layer,
	int64_t at);
/* The next moment after `at` at which this may be otherwise; INT64_MAX. */
int64_t roster_next(const struct roster *roster, const char *layer, int64_t at);
/* Has a temporary schedule, made later, taken its place in all of the span? */
bool roster_overruled(const struct roster *roster, const struct roster_override *o,
	int64_t from, int64_t until);
/* Until when this member stays on call without a break; NO_DUE: no end in sight. */
int64_t roster_until(const struct roster *roster, const char *layer, int member,
	int64_t at);
/* How many a layer needs then; *why is the raised watch's name, NULL. */
int roster_needed(const struct roster *roster, const struct duty_layer *layer, int64_t at,
	const char **why);
/* The roster's answer as the door gives it. */
void roster_list(struct duty_list *out, const struct roster *roster, const char *layer,
	int64_t at);

#endif
