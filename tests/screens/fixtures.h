/* fixtures.h - desks for the screen tests: a fixed clock, invented people. */
#ifndef TESTS_SCREENS_FIXTURES_H
#define TESTS_SCREENS_FIXTURES_H

#include <stdint.h>

#include "core/desk.h"
#include "core/json.h"
#include "tui/app.h"

/* 21/11/2026 02:10 in Asia/Ho_Chi_Minh at the beginning. */
extern int64_t screens_now;
int64_t screens_clock(void *arg);

/* "empty": members only · "three": three cases, one with a plan under way ·
 * "many": 500 open cases · "told": three, with messages in every state ·
 * "callers": three, with units, a directory, the rapid support team ·
 * "register": three, with contacts, groups, rules, settings ·
 * "hand": three and one whose contacts are called · "alive": three,
 * with systems that are not well and a coordination table.  Opened
 * for ha, an admin. */
struct desk *screens_fixture(const char *name, const char *folder);
/* Things of the register, as JSON; none may be refused. */
struct fixture_thing {
	bool (*put)(struct desk *desk, const char *key, const struct json *given,
		struct error *err);
	const char *key, *given;
};
void fixture_put(struct desk *desk, const struct fixture_thing *things, size_t count);

struct desk *screens_reopen(const char *folder, const char *login);
void fixture_alive(struct desk *desk);
/* "clocks": three, and two cases with lawful clocks. */
void fixture_clocks(struct desk *desk);
/* "points": invented communes and a case of lost links with its plan. */
void fixture_points(struct desk *desk);
/* "shift": three, with a shift log and a hand-over to tuan. */
void fixture_shift(struct desk *desk);
void fixture_callers(struct desk *desk);
void fixture_commands(struct desk *desk);
/* "roster": three, with a duty roster that has faults, and a swap that waits. */
void fixture_roster(struct desk *desk);
/* "called": roster, and two cases for which the engine has called. */
void fixture_called(struct desk *desk);
void fixture_waits(struct desk *desk);
void fixture_told(struct desk *desk);
void fixture_register(struct desk *desk);
void fixture_hand(struct desk *desk);

/* Ends the UI as kill -9 would: nothing is saved, only memory goes back. */
void screens_crash(struct app *app);
void screens_clean(const char *folder);

#endif
