/* demo_private.h - what the parts of the demo share: the cases as data, and the
 * acts that their scripts name. */
#ifndef CLI_DEMO_PRIVATE_H
#define CLI_DEMO_PRIVATE_H

#include "core/desk.h"

/* Each line of a script: "+DELAY LOGIN ACT WORDS", DELAY since the line before. */
struct demo_case {
	const char *begin; /* "45d 02:10" before today, or "95m" before now */
	const char *kind;
	const char *asset; /* or NULL */
	const char *opener;
	const char *title;
	const char *reporter; /* or NULL */
	bool drill;
	const char *script;
};
extern const struct demo_case demo_cases[];
extern const int demo_case_count;

struct demo_member {
	const char *login, *name, *role, *unit;
};
extern const struct demo_member demo_members[]; /* ended by login NULL */

/* One act at its time; ids are those of all cases opened so far. */
struct demo_act {
	int64_t at;
	int of;             /* index of its case */
	int line;           /* place in its script; 0 opens the case */
	const char *login;
	const char *act;
	const char *words;  /* the rest of the line; each text is NUL-ended */
};
bool demo_do(struct desk *desk, char (*ids)[UUID_SIZE], const struct demo_act *act,
	struct error *err);

/* demo_duty.c: the turns, at the beginning; the planted faults, at the end. */
bool demo_roster(struct desk *desk, int64_t end, struct error *err);
bool demo_roster_faults(struct desk *desk, int64_t end, struct error *err);

/* demo_hand.c, demo_wait.c; parts are the words between bars. */
typedef bool demo_fn(struct desk *desk, const char *case_id, char *const *parts,
	struct error *err);
demo_fn demo_call, demo_post, demo_caller, demo_confirm;
demo_fn demo_points, demo_points_set, demo_tick;
demo_fn demo_wait, demo_asked, demo_ask, demo_answer;
demo_fn demo_reading, demo_quick; /* demo_count.c */

#endif
