/* desk.h - one team's database, opened by one member (or the engine).
 *
 * A handle is used by one thread.  The clock is a parameter: tests set it, the
 * installed programs use the system's. */
#ifndef CORE_DESK_H
#define CORE_DESK_H

#include <stdbool.h>
#include <stdint.h>

#include "core/db.h"
#include "core/error.h"
#include "core/ids.h"
#include "core/role.h"
#include "core/zone.h"

#define DESK_SCHEMA 4
#define NO_DUE INT64_MAX /* the sort key of what has no due time */

struct desk;
struct progress;

/* Who acts.  The engine has no id and the login "suco-serve". */
struct actor {
	char id[UUID_SIZE]; /* "" for the engine */
	char login[208];
	char name[208];
	enum role role;
	char language[8];
};

struct desk_clock {
	int64_t (*now)(void *arg); /* NULL: the system's clock */
	void *arg;
};
/* The system's clock, for who shows the time without a desk handle. */
int64_t desk_system_clock(void *arg);

struct desk_options {
	const char *url;
	const char *login; /* NULL: the engine */
	const char *as;    /* acts for this member; needs admin; or NULL */
	bool readonly;
	const struct progress *progress; /* of long works; NULL: nobody looks */
	bool any_schema;   /* upgrade: do not refuse an older schema */
	struct desk_clock clock;
};

/* ERR_NOT_FOUND no file · ERR_IO not a desk, damaged, newer schema ·
 * ERR_FORBIDDEN unknown or inactive login (says the `member add` line). */
bool desk_open(struct desk **out, const struct desk_options *options, struct error *err);
void desk_close(struct desk *desk); /* NULL is allowed */

struct desk_new {
	const char *url;
	const char *name;     /* shown in the first row */
	const char *zone;     /* "Asia/Ho_Chi_Minh" */
	const char *login;    /* becomes a member with the role admin */
	const char *full_name;
	bool demo;            /* first row says DEMO; delivers to a local file only */
	struct desk_clock clock;
};
/* Makes the file and its first events; leaves it open for that member. */
bool desk_create(struct desk **out, const struct desk_new *what, struct error *err);

/* An empty desk in memory with the same identity, for replay. */
bool desk_memory(struct db **out, const char *desk_id, struct error *err);
/* The same in a new file, for an upgrade. */
bool desk_file(struct db **out, const char *path, const char *desk_id, struct error *err);

struct db *desk_db(struct desk *desk);
const char *desk_id(const struct desk *desk);
const char *desk_url(const struct desk *desk);
const char *desk_name(const struct desk *desk);
bool desk_is_demo(const struct desk *desk);
bool desk_readonly(const struct desk *desk);
const struct progress *desk_progress(const struct desk *desk);
/* suco.conf names nothing to send by: NOW then says to call, not to send. */
void desk_set_no_channel(struct desk *desk, bool none);
bool desk_has_no_channel(const struct desk *desk);
const struct zone *desk_zone(const struct desk *desk);
int64_t desk_now(const struct desk *desk);
/* Whom the acts count for (with --as: the other), and who really sits there. */
const struct actor *desk_me(const struct desk *desk);
const struct actor *desk_actor(const struct desk *desk);
bool desk_may(const struct desk *desk, enum act act, struct error *err);

/* --if-version: the next changes are refused (ERR_CONFLICT) where the field
 * changed after this version; 0 switches it off. */
void desk_set_guard(struct desk *desk, int64_t version);
int64_t desk_guard(const struct desk *desk);
/* The id of the next event of a change, chosen when its draft began; NULL or
 * "" for a fresh one. */
void desk_set_event_id(struct desk *desk, const char *id);

#endif
