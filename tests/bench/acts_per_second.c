/* Durable acts a second, one process, each its own transaction (S7), in turn
 * with bare one-row commits of SQLite on the same disk.
 * usage: acts_per_second DESK SECONDS; prints "suco N" and "bare N". */
#include <stdio.h>
#include <stdlib.h>

#include "core/case.h"
#include "core/case_open.h"
#include "core/desk.h"
#include "core/login.h"
#include "core/note.h"
#include "tests/bench/bare.h"

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
		bench_fail(err.message);
	}
	start = bench_seconds();
	while (bench_seconds() - start < span) {
		if (!note_add(desk, id, &(struct note_new){
			    .text = "ắc quy còn 45 phút, máy phát chưa nhận tải" }, &err)) {
			bench_fail(err.message);
		}
		count++;
	}
	span = bench_seconds() - start;
	desk_close(desk);
	free(login);
	return count / span;
}

int
main(int argc, char **argv)
{
	double span;

	if (argc != 3) {
		bench_fail("usage: acts_per_second DESK SECONDS");
	}
	span = strtod(argv[2], NULL);
	for (int turn = 0; turn < 3; turn++) {
		(void)printf("bare %.1f\n", bench_bare(argv[1], span));
		(void)printf("suco %.1f\n", suco_rate(argv[1], span));
	}
	return 0;
}
