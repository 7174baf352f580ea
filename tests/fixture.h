/* fixture.h - a desk for tests: a clock that the test moves, one member of each
 * role, in memory or in a folder that goes with the desk. */
#ifndef TESTS_FIXTURE_H
#define TESTS_FIXTURE_H

#include "core/case.h"
#include "core/desk.h"
#include "core/verify.h"
#include "tests/test.h"

/* 21/11/2026 02:10 in Asia/Ho_Chi_Minh. */
#define FIXTURE_START INT64_C(1795201800000)

struct fixture {
	struct desk *desk;  /* opened by the admin "quan" */
	char folder[64];    /* "" in memory */
	char path[128];     /* of the desk; ":memory:" */
	int64_t now;
	struct actor admin; /* quan */
};

/* Members: xem (viewer), lan, nam (responders), minh (coordinator), quan (admin). */
void fixture_memory(struct fixture *f);
void fixture_file(struct fixture *f);
/* Closes, and removes the folder with all that is in it. */
void fixture_end(struct fixture *f);

/* A path inside the folder; the same buffer each time. */
const char *fixture_path(const struct fixture *f, const char *name);
/* Another handle on the same file, for a member (NULL: the engine). */
struct desk *fixture_open(struct fixture *f, const char *login);
/* Sits another member down at the fixture's own handle. */
void fixture_as(struct fixture *f, const char *login);
struct desk_clock fixture_clock(struct fixture *f);
void fixture_later(struct fixture *f, int64_t ms);

/* A new power case; its id in id. */
void fixture_case(struct fixture *f, const char *title, char id[UUID_SIZE]);
/* Decides that a case is not reportable where nobody has: closing wants it. */
void fixture_decided(struct fixture *f, const char *id);
/* Moves a case to a status by the way that the table gives. */
void fixture_status(struct fixture *f, const char *id, const char *to);
/* The case as it stands; cleared by the caller. */
struct ir_case fixture_load(struct fixture *f, const char *id);
/* A note by the one who sits there; its seq. */
int64_t fixture_note(struct fixture *f, const char *id, const char *text);
/* The seq of the last appended event. */
int64_t fixture_last(struct fixture *f);

/* How often these words are found, in cases and drills. */
int fixture_hits(struct fixture *f, const char *words);

/* Chain and replay must be whole. */
void fixture_whole(struct fixture *f);
struct verify_result fixture_verify(struct desk *desk);

/* One statement by a connection of its own, as a stranger with sqlite3 would;
 * fails the test when it fails. */
void fixture_sql(const char *path, const char *sql);
/* The first column of the first row as text; "" where there is none. */
const char *fixture_ask(const char *path, const char *sql);

void fixture_write(const char *path, const void *bytes, size_t len);
/* The whole file, the caller's. */
char *fixture_read(const char *path, size_t *len);
/* Does the file hold these bytes anywhere? */
bool fixture_holds(const char *path, const char *bytes);

#endif
