/* case_runs.c reads the rows of a case's runs into runs that can be played. */
#include "playbooks/case_runs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/db.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "playbooks/library.h"
#include "playbooks/value.h"

SQL(RUNS_OF_CASE, "t",
	"SELECT id, n, code, name, waits_on, started_at, ended_at, playbook_hash, state,"
	" paused_at, paused_by, why, signed_by"
	" FROM run WHERE case_id = $1 ORDER BY n");
SQL(INSTANCES_OF_RUN, "t",
	"SELECT id, step, type, parent, state, assignee_id, ended_by, note, position, n,"
	" round, opened_at, starts_at, started_at, due_at, ended_at, extended"
	" FROM step_instance WHERE run_id = $1 ORDER BY position");
SQL(VARIABLES_OF_RUN, "t",
	"SELECT name, value, instance, set_by, position, unknown, set_at"
	" FROM run_variable WHERE run_id = $1 ORDER BY set_at, position, name");

static const char *const instance_texts[] = {
	"id", "step", "type", "parent", "state", "assignee", "ended_by", "note",
};
static const char *const instance_numbers[] = {
	"position", "n", "round", "opened_at", "starts_at", "started_at",
	"due_at", "ended_at", "extended",
};

static struct json *
instance_row(struct stmt *st)
{
	struct json *row = json_object();
	int column = 0;

	for (size_t i = 0; i < sizeof instance_texts / sizeof *instance_texts;
			i++) {
		json_set_text(row, instance_texts[i], stmt_text(st, column++));
	}
	for (size_t i = 0; i < sizeof instance_numbers / sizeof *instance_numbers;
			i++, column++) {
		/* No due time is the largest integer, which is no JSON number. */
		if (!stmt_null(st, column) && stmt_int(st, column) != NO_DUE) {
			json_set_int(row, instance_numbers[i], stmt_int(st, column));
		}
	}
	return row;
}

static struct json *
variable_row(struct stmt *st)
{
	static const char *const texts[] = {
		"name", "value", "instance", "set_by",
	};
	struct json *row = json_object();

	for (int i = 0; i < 4; i++) {
		json_set_text(row, texts[i], stmt_text(st, i));
	}
	json_set_int(row, "position", stmt_int(st, 4));
	json_set_bool(row, "unknown", stmt_int(st, 5) != 0);
	json_set_int(row, "set_at", stmt_int(st, 6));
	return row;
}

static bool
read_rows(struct json *list, struct desk *desk, const struct sql *sql,
	const char *run, struct json *(*row)(struct stmt *st), struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), sql, TXT(run));

	while (stmt_row(st)) {
		json_push(list, row(st));
	}
	return stmt_done(st, err);
}

static bool
load_run(struct case_run *run, struct desk *desk, const char *hash,
	const char *state, struct error *err)
{
	struct json *rows = json_object();
	struct json *head = json_object();
	struct json *instances = json_array();
	struct json *variables = json_array();
	bool ok = library_pinned(&run->playbook, desk, hash, err)
		&& read_rows(instances, desk, &INSTANCES_OF_RUN, run->id, instance_row,
			err)
		&& read_rows(variables, desk, &VARIABLES_OF_RUN, run->id,
			variable_row, err);

	json_set_text(head, "state", state);
	json_set_int(head, "ended_at", run->ended_at);
	json_set(rows, "run", head);
	json_set(rows, "instances", instances);
	json_set(rows, "variables", variables);
	if (ok) {
		int done;

		run->run = run_new(run->playbook, run->id);
		ok = run_apply(run->run, rows, err);
		steps_count(run->run, &done, &run->steps);
	}
	json_free(rows);
	return ok;
}

void
case_run_finish(struct case_run *run)
{
	free(run->code);
	free(run->name);
	free(run->waits_on);
	free(run->paused_by);
	free(run->why);
	free(run->signed_by);
	run_free(run->run);
	playbook_free(run->playbook);
}

void
case_runs_finish(struct case_runs *runs)
{
	for (int i = 0; i < runs->count; i++) {
		case_run_finish(&runs->list[i]);
	}
	free(runs->list);
	*runs = (struct case_runs){ 0 };
}

struct case_run *
case_runs_add(struct case_runs *runs, struct case_run run)
{
	runs->list = xrealloc(runs->list,
		((size_t)runs->count + 1) * sizeof run);
	runs->list[runs->count] = run;
	return &runs->list[runs->count++];
}

/* What the query gave of one run, kept while its own rows are read. */
struct head {
	struct case_run run;
	char hash[HASH_SIZE];
	char state[12];
};

static bool
read_heads(struct head **out, int *count, struct desk *desk,
	const char *case_id, struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), &RUNS_OF_CASE, TXT(case_id));

	while (stmt_row(st)) {
		struct head head = { .run = {
			.n = (int)stmt_int(st, 1), .code = stmt_dup(st, 2),
			.name = stmt_dup(st, 3), .waits_on = stmt_dup(st, 4),
			.started_at = stmt_int(st, 5), .ended_at = stmt_int(st, 6),
			.paused_at = stmt_int(st, 9), .paused_by = stmt_dup(st, 10),
			.why = stmt_dup(st, 11), .signed_by = stmt_dup(st, 12),
		} };

		(void)snprintf(head.run.id, sizeof head.run.id, "%s",
			stmt_text(st, 0));
		(void)snprintf(head.hash, sizeof head.hash, "%s", stmt_text(st, 7));
		(void)snprintf(head.state, sizeof head.state, "%s",
			stmt_text(st, 8));
		*out = xrealloc(*out, ((size_t)*count + 1) * sizeof head);
		(*out)[(*count)++] = head;
	}
	return stmt_done(st, err);
}

bool
case_runs_load(struct case_runs *out, struct desk *desk, const char *case_id,
	struct error *err)
{
	struct head *heads = NULL;
	int count = 0;
	bool ok = read_heads(&heads, &count, desk, case_id, err);

	*out = (struct case_runs){ 0 };
	for (int i = 0; i < count; i++) {
		ok = ok && load_run(&heads[i].run, desk, heads[i].hash,
			heads[i].state, err);
		(void)case_runs_add(out, heads[i].run);
	}
	free(heads);
	if (!ok) {
		case_runs_finish(out);
	}
	return ok;
}

/* "2:12" or "PA-MD:12": is this run meant?  *step gets what comes after. */
static bool
names_run(const struct case_run *run, const char *spec, const char **step)
{
	const char *colon = strchr(spec, ':');
	size_t len = colon == NULL ? 0 : (size_t)(colon - spec);
	char number[16];

	*step = colon == NULL ? spec : colon + 1;
	if (colon == NULL) {
		return true;
	}
	(void)snprintf(number, sizeof number, "%d", run->n);
	return (strlen(number) == len && strncmp(number, spec, len) == 0)
		|| (strlen(run->code) == len
			&& strncasecmp(run->code, spec, len) == 0);
}

/* 2: can be worked on; 1: was reached; 0: not there. */
static int
look_in(const struct case_run *run, const struct instance **instance,
	const char *step, struct error *err)
{
	if (!steps_find(instance, run->run, step, err)) {
		return 0;
	}
	return run_is_open(run->run) && (*instance)->ended_at == 0 ? 2 : 1;
}

bool
case_runs_find(struct case_run **run, const struct instance **instance,
	const struct case_runs *runs, const char *spec, struct error *err)
{
	int best = 0;
	int open = 0;

	error_set(err, ERR_NOT_FOUND, runs->count == 0
		? _("no plan has begun on this case: `suco begin CASE`")
		: _("no step %s in the plans of this case"), spec);
	for (int i = runs->count - 1; i >= 0; i--) {
		const struct instance *found = NULL;
		const char *step;

		if (!names_run(&runs->list[i], spec, &step)) {
			continue;
		}
		struct error why = ERROR_INIT;
		int good = look_in(&runs->list[i], &found, step, &why);
		if (good == 0 && why.code == ERR_REFUSED) {
			*err = why; /* known, but not reached */
		}
		open += good == 2;
		if (good > best) {
			best = good;
			*run = &runs->list[i];
			*instance = found;
		}
	}
	if (open > 1) {
		return error_set(err, ERR_REFUSED,
			_("step %s is open in %d plans: say RUN:STEP, as in %d:%s"), spec,
			open, (*run)->n, spec);
	}
	return best > 0;
}

/* The open run that a call waits for; NULL: none. */
static const struct case_run *
called_by(const struct case_runs *runs, const struct case_run *run,
	const struct instance *call)
{
	const char *found = strstr(run->waits_on, call->id);
	size_t size = strlen(call->id);

	for (int i = 0; found != NULL && found[size] == ':' && i < runs->count; i++) {
		const struct case_run *other = &runs->list[i];

		if (strncmp(found + size + 1, other->id, strlen(other->id)) == 0
				&& run_is_open(other->run)) {
			return other;
		}
	}
	return NULL;
}

const struct instance *
case_runs_after(const struct case_runs *runs, const struct case_run *run,
	const struct instance *ended)
{
	const struct instance *next = steps_after(run->run, ended);

	/* A plan that is called may begin with a call itself. */
	for (int depth = 0; next != NULL && next->state == INSTANCE_RUNNING
		&& depth < runs->count; depth++) {
		run = called_by(runs, run, next);
		next = run == NULL ? NULL : steps_first(run->run);
	}
	return next;
}
