/* Durable acts a second, one process, each its own transaction (S7), in turn
 * with bare one-row commits of SQLite on the same disk.
 * usage: acts_per_second DESK SECONDS; prints "suco N" and "bare N". */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "core/case.h"
#include "core/case_open.h"
#include "core/desk.h"
#include "core/login.h"
#include "core/mem.h"
#include "core/note.h"

static double
seconds(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void
fail(const char *why)
{
	(void)fprintf(stderr, "acts_per_second: %s\n", why);
	exit(1);
}

/* An act with an event, rows and search words: a note on the newest case. */
static double
suco_rate(const char *path, double span)
{
	struct desk *desk = NULL;
	struct error err;
	char *login = NULL;
	char id[UUID_SIZE];
	double start;
	int count = 0;

	if (!login_name(&login, &err) ||
	    !desk_open(&desk, &(struct desk_options){ .url = path, .login = login }, &err) ||
	    !case_open(desk, &(struct case_new){ .kind = "power", .title = "đo" }, id, &err)) {
		fail(err.message);
	}
	start = seconds();
	while (seconds() - start < span) {
		if (!note_add(desk, id, &(struct note_new){
			    .text = "ắc quy còn 45 phút, máy phát chưa nhận tải" }, &err)) {
			fail(err.message);
		}
		count++;
	}
	span = seconds() - start;
	desk_close(desk);
	free(login);
	return count / span;
}

static double
bare_rate(const char *beside, double span)
{
	char *path = xasprintf("%s.bare", beside);
	sqlite3 *db = NULL;
	double start;
	int count = 0;

	(void)unlink(path);
	if (sqlite3_open(path, &db) != SQLITE_OK ||
	    sqlite3_exec(db, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
		    " CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT)", NULL, NULL, NULL) !=
		    SQLITE_OK) {
		fail("the bare table");
	}
	start = seconds();
	while (seconds() - start < span) {
		if (sqlite3_exec(db, "INSERT INTO t (b) VALUES"
			    " ('ắc quy còn 45 phút, máy phát chưa nhận tải')", NULL, NULL,
			    NULL) != SQLITE_OK) {
			fail("a bare insert");
		}
		count++;
	}
	span = seconds() - start;
	(void)sqlite3_close(db);
	(void)unlink(path);
	free(path);
	return count / span;
}

int
main(int argc, char **argv)
{
	double span;

	if (argc != 3) {
		fail("usage: acts_per_second DESK SECONDS");
	}
	span = strtod(argv[2], NULL);
	for (int turn = 0; turn < 3; turn++) {
		(void)printf("bare %.1f\n", bare_rate(argv[1], span));
		(void)printf("suco %.1f\n", suco_rate(argv[1], span));
	}
	return 0;
}
