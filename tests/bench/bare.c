/* bare.c owns the peer of the durable acts: one-row commits of SQLite on the same
 * disk. */
#include "tests/bench/bare.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "core/mem.h"

double
bench_seconds(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

_Noreturn void
bench_fail(const char *why)
{
	(void)fprintf(stderr, "bench: %s\n", why);
	exit(1);
}

double
bench_bare(const char *beside, double span)
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
		bench_fail("the bare table");
	}
	start = bench_seconds();
	while (bench_seconds() - start < span) {
		if (sqlite3_exec(db, "INSERT INTO t (b) VALUES"
			    " ('ắc quy còn 45 phút, máy phát chưa nhận tải')", NULL, NULL,
			    NULL) != SQLITE_OK) {
			bench_fail("a bare insert");
		}
		count++;
	}
	span = bench_seconds() - start;
	(void)sqlite3_close(db);
	(void)unlink(path);
	free(path);
	return count / span;
}
