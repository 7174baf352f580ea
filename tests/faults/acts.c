/* acts.c works a desk at random: each act is a transaction of its own, and is
 * told on standard output only after its commit, one line an event: "SEQ ID
 * KIND".  What the desk refuses is no fault; anything else ends it with 1.
 * usage: acts DESK SEED [ACTS [AS]]; AS is the member it acts for. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/faults/acts.h"

#include "core/case_open.h"
#include "core/case_set.h"
#include "core/change.h"
#include "core/evidence.h"
#include "core/json.h"
#include "core/login.h"
#include "core/merge.h"
#include "core/note.h"
#include "core/observable.h"
#include "core/status.h"
#include "core/task.h"
#include "core/undo.h"
#include "playbooks/player.h"

SQL(NEWEST_CASES, "i", "SELECT id FROM cases ORDER BY opened_at DESC, id DESC LIMIT $1");
SQL(OPEN_STEPS, "", "SELECT id, case_id FROM step_instance WHERE ended_at IS NULL"
	" AND state IN ('open', 'started') ORDER BY opened_at DESC, id LIMIT 8");

/* xorshift64*: the same seed gives the same acts. */
static uint64_t
draw(struct acts *a)
{
	a->state ^= a->state >> 12;
	a->state ^= a->state << 25;
	a->state ^= a->state >> 27;
	return a->state * UINT64_C(2685821657736338717);
}

size_t
acts_below(struct acts *a, size_t limit)
{
	return (size_t)((draw(a) >> 11) % limit);
}

const char *
acts_case(struct acts *a)
{
	return a->cases[acts_below(a, a->count)];
}

static bool
know_cases(struct acts *a, struct error *err)
{
	struct stmt *st = db_query(desk_db(a->desk), &NEWEST_CASES, I64(KNOWN_CASES));

	a->count = 0;
	while (a->count < KNOWN_CASES && stmt_row(st)) {
		memcpy(a->cases[a->count++], stmt_text(st, 0), UUID_SIZE);
	}
	return stmt_done(st, err);
}

static bool
act_open(struct acts *a, struct error *err)
{
	static const char *const kinds[] = { "power", "link", "attack", "hardware" };
	char title[80];
	char id[UUID_SIZE];

	(void)snprintf(title, sizeof title, "Mất điện trạm số %zu", acts_below(a, 1000));
	return case_open(a->desk, &(struct case_new){ .title = title,
		.kind = kinds[acts_below(a, 4)], .drill = acts_below(a, 10) == 0 }, id, err) &&
		know_cases(a, err);
}

static bool
act_note(struct acts *a, struct error *err)
{
	char text[3000];
	size_t len = 10 + acts_below(a, acts_below(a, 4) == 0 ? 2900 : 80);

	for (size_t i = 0; i < len; i++) {
		text[i] = "ac quy con phut, "[acts_below(a, 17)];
	}
	text[len] = '\0';
	text[0] = 'x'; /* not blanks alone */
	return note_add(a->desk, acts_case(a), &(struct note_new){ .text = text }, err);
}

static bool
act_status(struct acts *a, struct error *err)
{
	static const struct status_change steps[] = {
		{ .to = "acknowledged", .verb = "ack" },
		{ .to = "responding", .verb = "status" },
		{ .to = "contained", .verb = "status" },
		{ .to = "recovered", .verb = "status", .reason = "có điện lại" },
		{ .to = "closed", .verb = "close", .cause = "cắt điện", .result = "đã có điện",
			.lessons = "sạc đủ ắc quy" },
	};

	return status_set(a->desk, acts_case(a), &steps[acts_below(a, 5)], err);
}

static bool
act_set(struct acts *a, struct error *err)
{
	char title[80];
	const char *fields[] = { title, "tlp=red" };

	(void)snprintf(title, sizeof title, "title=Mất điện lần %zu", acts_below(a, 1000));
	return acts_below(a, 2) == 0
		? case_set(a->desk, acts_case(a), fields, 1 + (int)acts_below(a, 2), err)
		: severity_decide(a->desk, acts_case(a), 1 + (int)acts_below(a, 4),
			"máy phát không nhận tải", err);
}

static bool
act_task(struct acts *a, struct error *err)
{
	const char *id = acts_case(a);
	int n;

	return acts_below(a, 2) == 0
		? task_add(a->desk, id, &(struct task_new){ .title = "gọi bên điện",
			.due_at = desk_now(a->desk) + 600000 }, &n, err)
		: task_done(a->desk, id, 1 + (int)acts_below(a, 3), "hẹn 03:30", err);
}

static bool
act_observable(struct acts *a, struct error *err)
{
	char value[40];
	int n;

	(void)snprintf(value, sizeof value, "203.0.113.%zu", acts_below(a, 250));
	return observable_add(a->desk, acts_case(a), "ip", value, NULL, NULL, &n, err);
}

static bool
act_evidence(struct acts *a, struct error *err)
{
	FILE *file = fopen(a->sheet, "w");
	bool stored;
	int n;

	if (file == NULL) {
		return error_errno(err, "cannot make %s", a->sheet);
	}
	for (size_t i = 1 + acts_below(a, 20000); i > 0; i--) {
		(void)fputc((int)acts_below(a, 256), file);
	}
	(void)fclose(file);
	return evidence_add(a->desk, acts_case(a), a->sheet, "nhật ký", &n, &stored, err);
}

static bool
act_relate(struct acts *a, struct error *err)
{
	const char *one = acts_case(a);

	switch (acts_below(a, 4)) {
	case 0:
		return case_merge(a->desk, one, acts_case(a), err);
	case 1:
		return case_unmerge(a->desk, one, err);
	default:
		return case_link(a->desk, one, acts_case(a), err);
	}
}

static bool
act_undo(struct acts *a, struct error *err)
{
	return acts_below(a, 3) == 0 ? redo_last(a->desk, acts_case(a), err)
		: undo_last(a->desk, acts_case(a), err);
}

/* Answers what the plan asks for with "not known". */
static bool
done_with(struct acts *a, const char *case_id, const char *step, struct error *err)
{
	struct json *detail = NULL;
	struct json *values = json_object();
	struct step_act act = { .action = RUN_DONE, .note = "đã làm", .values = values };
	bool ok = player_step(a->desk, case_id, step, &act, err);
	struct error again;

	if (!ok && err->detail[0] != '\0' &&
	    json_parse(&detail, err->detail, strlen(err->detail), NULL, &again)) {
		for (const struct json *name = json_first(json_get(detail, "missing"));
		     name != NULL; name = json_next(name)) {
			json_set_text(values, json_text(name, ""), "?");
		}
		ok = player_step(a->desk, case_id, step, &act, err);
	}
	json_free(detail);
	json_free(values);
	return ok;
}

static bool
act_step(struct acts *a, struct error *err)
{
	static const enum run_action others[] = { RUN_START, RUN_FAILED, RUN_SKIP };
	struct stmt *st = db_query(desk_db(a->desk), &OPEN_STEPS, NOARGS);
	char step[UUID_SIZE] = "";
	char id[UUID_SIZE] = "";

	for (size_t skip = acts_below(a, 8); stmt_row(st); skip--) {
		memcpy(step, stmt_text(st, 0), UUID_SIZE);
		memcpy(id, stmt_text(st, 1), UUID_SIZE);
		if (skip == 0) {
			break;
		}
	}
	if (!stmt_done(st, err)) {
		return false;
	}
	if (step[0] == '\0' || acts_below(a, 4) == 0) {
		int n;

		return player_begin(a->desk, acts_case(a), NULL, &n, err);
	}
	return acts_below(a, 2) == 0 ? done_with(a, id, step, err)
		: player_step(a->desk, id, step, &(struct step_act){
			.action = others[acts_below(a, 3)], .note = "thử" }, err);
}

/* What the desk may honestly say to an act drawn at random. */
static bool
honest(enum error_code code)
{
	return code == ERR_REFUSED || code == ERR_CONFLICT || code == ERR_NOT_FOUND ||
		code == ERR_BAD_INPUT || code == ERR_FORBIDDEN;
}

/* One write for an act: a line that came out whole was committed. */
static bool
tell(struct acts *a)
{
	static char out[64 * 1024];
	size_t len = 0;
	int count;
	const struct appended *rows = change_appended(a->desk, &count);

	for (int i = 0; i < count && len < sizeof out - 200; i++) {
		len += (size_t)snprintf(out + len, sizeof out - len, "%lld %s %s\n",
			(long long)rows[i].seq, rows[i].id, rows[i].kind);
	}
	return len == 0 || write(STDOUT_FILENO, out, len) == (ssize_t)len;
}

static int
work(struct acts *a, long long count)
{
	static act_fn *const what[] = {
		act_open, act_note, act_note, act_status, act_status, act_set, act_task,
		act_observable, act_evidence, act_relate, act_undo, act_step, act_step, act_step,
	};
	enum { COUNT = sizeof what / sizeof what[0] };
	struct error err = ERROR_INIT;
	size_t watch = 0;

	if (!know_cases(a, &err)) {
		(void)fprintf(stderr, "%s (%s)\n", err.message, err.cause);
		return 1;
	}
	while (acts_of_watch[watch] != NULL) {
		watch++;
	}
	for (long long i = 0; i < count; i++) {
		size_t n = a->count == 0 ? 0 : acts_below(a, COUNT + watch);

		if ((n < COUNT ? what[n] : acts_of_watch[n - COUNT])(a, &err)) {
			if (!tell(a)) {
				return 1;
			}
		} else if (!honest(err.code)) {
			(void)fprintf(stderr, "act %zu: %s (%s)\n", n, err.message, err.cause);
			return 1;
		}
	}
	return 0;
}

int
main(int argc, char **argv)
{
	struct acts a = { .count = 0 };
	struct error err = ERROR_INIT;
	char *login = NULL;
	int status = 1;

	if (argc < 3) {
		(void)fprintf(stderr, "usage: acts DESK SEED [ACTS]\n");
		return 2;
	}
	a.state = strtoull(argv[2], NULL, 10) * 2 + 1;
	(void)snprintf(a.sheet, sizeof a.sheet, "%s.%s.sheet", argv[1], argv[2]);
	if (login_name(&login, &err) &&
	    desk_open(&a.desk, &(struct desk_options){ .url = argv[1], .login = login,
		    .as = argc > 4 ? argv[4] : NULL }, &err)) {
		status = work(&a, argc > 3 ? strtoll(argv[3], NULL, 10) : INT64_MAX);
	} else {
		(void)fprintf(stderr, "%s (%s)\n", err.message, err.cause);
	}
	desk_close(a.desk);
	free(login);
	return status;
}
