/* Durable acts of a plan under way a second, one process, each its own transaction
 * (S7): a plan begun on a new case, its steps started, answered "not known" and
 * done, again and again, in turn with bare one-row commits of SQLite.
 * usage: acts_in_run DESK PLAN.json SECONDS; prints "begin|start|done|bare N". */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/case.h"
#include "core/case_open.h"
#include "core/desk.h"
#include "core/files.h"
#include "core/login.h"
#include "playbooks/library.h"
#include "playbooks/player.h"
#include "tests/bench/bare.h"

#define STEPS 12 /* of one case: what waits in a loop would go round for ever */

enum timed { BEGIN, START, DONE, ACTS };

struct bench {
	struct desk *desk;
	char plan[HASH_SIZE + 64]; /* its id */
	char case_id[UUID_SIZE];
	double spent[ACTS];
	int count[ACTS];
	struct error err;
};

static void
must(struct bench *b, bool ok)
{
	if (!ok) {
		bench_fail(b->err.message);
	}
}

static void
import(struct bench *b, const char *path)
{
	struct playbook *playbook = NULL;
	char hash[HASH_SIZE];
	char *text = NULL;
	size_t len;

	must(b, file_read(&text, &len, path, 4 << 20, &b->err));
	must(b, library_import(b->desk, text, len, NULL, hash, &b->err));
	must(b, library_pinned(&playbook, b->desk, hash, &b->err));
	(void)snprintf(b->plan, sizeof b->plan, "%s", playbook_text(playbook, "id"));
	playbook_free(playbook);
	free(text);
}

static void
begin(struct bench *b)
{
	double from;
	int n;

	must(b, case_open(b->desk, &(struct case_new){ .kind = "other", .title = "đo" },
		b->case_id, &b->err));
	from = bench_seconds();
	must(b, player_begin(b->desk, b->case_id, b->plan, &n, &b->err));
	b->spent[BEGIN] += bench_seconds() - from;
	b->count[BEGIN]++;
}

/* The next step of the plan, looked for outside of what is timed; *values is the
 * caller's.  False: the plan has ended, or goes on in another. */
static bool
next_step(struct bench *b, char id[UUID_SIZE], struct json **values)
{
	struct case_runs runs = { 0 };
	const struct instance *next;

	must(b, case_runs_load(&runs, b->desk, b->case_id, &b->err));
	next = runs.count == 1 ? steps_next(runs.list[0].run) : NULL;
	if (next != NULL) {
		const struct step *step = playbook_step(runs.list[0].playbook, next->step);

		(void)snprintf(id, UUID_SIZE, "%s", next->id);
		*values = json_object();
		for (int i = 0; i < step->ask_count; i++) {
			json_set_text(*values, step->asks[i], "?");
		}
	}
	case_runs_finish(&runs);
	return next != NULL;
}

static void
step(struct bench *b, enum timed which, const char *id, const struct step_act *act)
{
	double from = bench_seconds();

	must(b, player_step(b->desk, b->case_id, id, act, &b->err));
	b->spent[which] += bench_seconds() - from;
	b->count[which]++;
}

static void
run_for(struct bench *b, double span)
{
	double until = bench_seconds() + span;

	memset(b->spent, 0, sizeof b->spent);
	memset(b->count, 0, sizeof b->count);
	b->case_id[0] = '\0';
	while (bench_seconds() < until) {
		struct json *values = NULL;
		char id[UUID_SIZE];

		if (b->case_id[0] == '\0' || b->count[DONE] >= b->count[BEGIN] * STEPS
				|| !next_step(b, id, &values)) {
			begin(b);
			continue;
		}
		step(b, START, id, &(struct step_act){ .action = RUN_START });
		step(b, DONE, id, &(struct step_act){ .action = RUN_DONE, .values = values,
			.note = "đo" });
		json_free(values);
	}
}

int
main(int argc, char **argv)
{
	static const char *const names[ACTS] = {
		[BEGIN] = "begin", [START] = "start", [DONE] = "done",
	};
	struct bench b = { 0 };
	char *login = NULL;

	if (argc != 4) {
		bench_fail("usage: acts_in_run DESK PLAN.json SECONDS");
	}
	must(&b, login_name(&login, &b.err) && desk_open(&b.desk,
		&(struct desk_options){ .url = argv[1], .login = login }, &b.err));
	import(&b, argv[2]);
	for (int turn = 0; turn < 3; turn++) {
		double span = strtod(argv[3], NULL);

		(void)printf("bare %.1f\n", bench_bare(argv[1], span));
		run_for(&b, span);
		for (int i = 0; i < ACTS; i++) {
			(void)printf("%s %.1f\n", names[i], b.count[i] / b.spent[i]);
		}
	}
	desk_close(b.desk);
	free(login);
	return 0;
}
