/* run_rows.c owns the tables playbook, run, step_instance and run_variable:
 * it writes what the event says and decides nothing. */
#include "core/run_rows.h"

#include <string.h>

#include "core/columns.h"
#include "core/desk.h"
#include "core/secret.h"
#include "core/thing.h"
#include "core/words.h"

SQL(PLAYBOOK_STORE, "tttttttttttt" "i",
	"INSERT INTO playbook (hash, id, modified, code, name, language, origin, text,"
	" kind, status, assets, calls, steps)"
	" VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)"
	" ON CONFLICT (hash) DO UPDATE SET origin = excluded.origin");
SQL(RUN_INSERT, "ttitttttti" "t",
	"INSERT INTO run (id, case_id, n, playbook_id, playbook_modified, playbook_hash,"
	" code, name, state, waits_on, started_at, ended_at, why, signed_by)"
	" VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, '', $10, NULL, '', $11)");
SQL(RUN_UPDATE, "ttiittt",
	"UPDATE run SET state = $1, waits_on = $2, ended_at = $3, paused_at = $4,"
	" paused_by = $5, why = COALESCE($6, why) WHERE id = $7");
SQL(INSTANCE_PUT, "tttit" "ittit" "ittii" "iiitt" "ti",
	"INSERT INTO step_instance (id, run_id, case_id, position, step, n, name, type,"
	" round, parent, mandatory, lead, state, opened_at, starts_at, started_at,"
	" due_at, ended_at, ended_by, note, assignee_id, extended)"
	" VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16,"
	" $17, $18, $19, $20, $21, $22)"
	" ON CONFLICT (id) DO UPDATE SET state = excluded.state,"
	" assignee_id = excluded.assignee_id, starts_at = excluded.starts_at,"
	" started_at = excluded.started_at, due_at = excluded.due_at,"
	" ended_at = excluded.ended_at, ended_by = excluded.ended_by,"
	" note = excluded.note, extended = excluded.extended");
SQL(VARIABLE_PUT, "ttititti",
	"INSERT INTO run_variable (run_id, name, position, value, unknown, instance,"
	" set_by, set_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)");
/* A step counts as done when no execution of it is open. */
SQL(CASE_STEPS_DONE, "t",
	"UPDATE cases SET steps_done = (SELECT COUNT(*) FROM"
	"  (SELECT s.run_id, s.step FROM step_instance s WHERE s.case_id = $1"
	"    AND s.type IN ('action', 'playbook-action')"
	"    GROUP BY s.run_id, s.step HAVING COUNT(*) = COUNT(s.ended_at)) done)"
	" WHERE id = $1");
SQL(RUN_DELETE, "t", "DELETE FROM run WHERE id = $1");
SQL(INSTANCE_DELETE, "t", "DELETE FROM step_instance WHERE id = $1");
SQL(INSTANCES_DELETE, "t", "DELETE FROM step_instance WHERE run_id = $1");
SQL(VARIABLES_DELETE, "t", "DELETE FROM run_variable WHERE run_id = $1");
SQL(VARIABLE_DELETE, "tti",
	"DELETE FROM run_variable WHERE run_id = $1 AND name = $2 AND position = $3");
SQL(CASE_STEPS_MORE, "it",
	"UPDATE cases SET steps_total = steps_total + $1 WHERE id = $2");

/* NULL where the text is empty: references and names that may be absent. */
static const char *
text_or_null(const struct json *row, const char *key)
{
	const char *text = json_get_text(row, key);

	return text == NULL || text[0] == '\0' ? NULL : text;
}

static struct arg
number(const struct json *row, const char *key)
{
	return I64(json_get_int(row, key, 0));
}

static struct arg
time_or_null(const struct json *row, const char *key)
{
	return TIME(json_get_int(row, key, 0));
}

bool
apply_playbook_stored(const struct applying *a, struct error *err)
{
	const struct json *b = a->body;

	return db_run(a->db, &PLAYBOOK_STORE, err, TXT(json_text_of(b, "hash")),
		TXT(json_text_of(b, "id")), TXT(json_text_of(b, "modified")),
		TXT(json_text_of(b, "code")),
		TXT(json_text_of(b, "name")), TXT(json_text_of(b, "language")),
		TXT(json_text_of(b, "origin")), TXT(json_text_of(b, "text")),
		TXT(json_text_of(b, "kind")), TXT(json_text_of(b, "status")),
		TXT(json_text_of(b, "assets")), TXT(json_text_of(b, "calls")),
		number(b, "steps"));
}

static bool
put_instance(const struct applying *a, const char *run, const struct json *row,
	struct error *err)
{
	return db_run(a->db, &INSTANCE_PUT, err, TXT(json_text_of(row, "id")), TXT(run),
		TXT(a->event->case_id), number(row, "position"), TXT(json_text_of(row, "step")),
		number(row, "n"), TXT(json_text_of(row, "name")), TXT(json_text_of(row, "type")),
		number(row, "round"), TXT(json_text_of(row, "parent")),
		I64(json_get_bool(row, "mandatory")), TXT(json_text_of(row, "lead")),
		TXT(json_text_of(row, "state")), number(row, "opened_at"),
		number(row, "starts_at"), time_or_null(row, "started_at"),
		I64(json_get_int(row, "due_at", NO_DUE)), time_or_null(row, "ended_at"),
		TXT(text_or_null(row, "ended_by")), TXT(json_text_of(row, "note")),
		TXT(text_or_null(row, "assignee")), number(row, "extended")) &&
		apply_version(a, json_text_of(row, "id"), "state", err);
}

static bool
put_variable(const struct applying *a, const char *run, const struct json *row,
	struct error *err)
{
	return db_run(a->db, &VARIABLE_PUT, err, TXT(run), TXT(json_text_of(row, "name")),
		number(row, "position"), TXT(json_get_text(row, "value")),
		I64(json_get_bool(row, "unknown")), TXT(json_text_of(row, "instance")),
		TXT(json_text_of(row, "set_by")), number(row, "set_at"));
}

static bool
count_steps(const struct applying *a, struct error *err)
{
	return db_run(a->db, &CASE_STEPS_DONE, err, TXT(a->event->case_id)) &&
		apply_case_work(a, a->event->case_id, err);
}

static bool
put_rows(const struct applying *a, struct error *err)
{
	const char *run = json_text_of(json_get(a->body, "run"), "id");
	const struct json *instances = json_get(a->body, "instances");
	const struct json *variables = json_get(a->body, "variables");

	for (const struct json *row = json_first(instances); row != NULL;
	     row = json_next(row)) {
		if (!put_instance(a, run, row, err)) {
			return false;
		}
	}
	for (const struct json *row = json_first(variables); row != NULL;
	     row = json_next(row)) {
		if (!put_variable(a, run, row, err)) {
			return false;
		}
	}
	return apply_rows(a, "countdown", json_get(a->body, "clocks"), false, err) &&
		count_steps(a, err);
}

/* What changes of a run's own row: as the event says it is, or was before. */
static bool
update_run(const struct applying *a, const char *id, const struct json *is,
	struct error *err)
{
	const char *state = json_text_of(is, "state");
	const char *why = json_get_text(is, "why");

	return db_run(a->db, &RUN_UPDATE, err, TXT(state[0] != '\0' ? state : "running"),
		TXT(json_text_of(is, "waits_on")), time_or_null(is, "ended_at"),
		time_or_null(is, "paused_at"), TXT(text_or_null(is, "paused_by")),
		TXT(why), TXT(id)) && (why == NULL || apply_version(a, id, "why", err));
}

static bool
apply_rows_of(const struct applying *a, const struct json *run, struct error *err)
{
	return update_run(a, json_text_of(run, "id"), run, err) && put_rows(a, err);
}

/* By how many steps the way of the run became longer: an answer passes some by.
 * Older events do not say it. */
static int64_t
steps_more(const struct applying *a)
{
	const struct json *is = json_get(json_get(a->body, "run"), "steps");
	const struct json *was = json_get(json_get(a->body, "before"), "steps");

	return is == NULL || was == NULL ? 0 : json_integer(is, 0) - json_integer(was, 0);
}

bool
apply_run_rows(const struct applying *a, struct error *err)
{
	return db_run(a->db, &CASE_STEPS_MORE, err, I64(steps_more(a)),
		TXT(a->event->case_id)) && apply_rows_of(a, json_get(a->body, "run"), err);
}

bool
apply_run_started(const struct applying *a, struct error *err)
{
	const struct json *run = json_get(a->body, "run");

	return db_run(a->db, &RUN_INSERT, err, TXT(json_text_of(run, "id")),
		TXT(a->event->case_id), number(run, "n"), TXT(json_text_of(run, "playbook_id")),
		TXT(json_text_of(run, "modified")), TXT(json_text_of(run, "hash")),
		TXT(json_text_of(run, "code")), TXT(json_text_of(run, "name")),
		TXT(json_text_of(run, "state")), I64(a->event->recorded_at),
		TXT(json_text_of(run, "signed_by"))) &&
		db_run(a->db, &CASE_STEPS_MORE, err, number(run, "steps"),
			TXT(a->event->case_id)) && apply_rows_of(a, run, err);
}

static bool
delete_rows(const struct applying *a, const char *run, struct error *err)
{
	const struct json *made = json_get(json_get(a->body, "before"), "made");
	const struct json *variables = json_get(a->body, "variables");

	for (const struct json *id = json_first(made); id != NULL; id = json_next(id)) {
		if (!db_run(a->db, &INSTANCE_DELETE, err, TXT(json_text(id, "")))) {
			return false;
		}
	}
	for (const struct json *row = json_first(variables); row != NULL;
	     row = json_next(row)) {
		if (!db_run(a->db, &VARIABLE_DELETE, err, TXT(run),
			    TXT(json_text_of(row, "name")), number(row, "position"))) {
			return false;
		}
	}
	return true;
}

bool
unapply_run_rows(const struct applying *a, struct error *err)
{
	const struct json *before = json_get(a->body, "before");
	const struct json *rows = json_get(before, "instances");
	const char *run = json_text_of(a->body, "run_id");

	if (!delete_rows(a, run, err) || !update_run(a, run, before, err)
			|| !db_run(a->db, &CASE_STEPS_MORE, err, I64(-steps_more(a)),
				TXT(a->event->case_id))) {
		return false;
	}
	for (const struct json *row = json_first(rows); row != NULL;
	     row = json_next(row)) {
		if (!put_instance(a, run, row, err)) {
			return false;
		}
	}
	return apply_rows(a, "countdown", json_get(a->body, "clocks"), true, err) &&
		count_steps(a, err);
}

bool
unapply_run_started(const struct applying *a, struct error *err)
{
	const struct json *run = json_get(a->body, "run");
	const char *id = json_text_of(run, "id");

	return db_run(a->db, &INSTANCES_DELETE, err, TXT(id)) &&
		db_run(a->db, &VARIABLES_DELETE, err, TXT(id)) &&
		db_run(a->db, &RUN_DELETE, err, TXT(id)) &&
		db_run(a->db, &CASE_STEPS_MORE, err, I64(-json_get_int(run, "steps", 0)),
			TXT(a->event->case_id)) && count_steps(a, err);
}

void
search_run_started(struct buf *out, const struct json *body)
{
	const struct json *run = json_get(body, "run");

	buf_addf(out, "%s %s", json_text_of(run, "code"), json_text_of(run, "name"));
}

bool
answer_is_secret(const struct json *body, const char *variable)
{
	const struct json *said = json_get(json_get(json_get(body, "asked"), variable), "secret");

	return said != NULL ? json_true(said) : secret_name(bare_name(variable).text);
}

void
search_step(struct buf *out, const struct json *body)
{
	const struct json *variables = json_get(body, "variables");

	buf_addf(out, "%s %s", json_text_of(json_get(body, "step"), "name"),
		json_text_of(body, "note"));
	for (const struct json *row = json_first(variables); row != NULL;
	     row = json_next(row)) {
		if (!answer_is_secret(body, json_text_of(row, "name"))) {
			buf_addf(out, " %s", json_text_of(row, "value"));
		}
	}
}
