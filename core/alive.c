/* alive.c owns reading what is not well: by indexes that hold only such rows. */
#include "core/alive.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/json.h"
#include "core/mem.h"
#include "core/when.h"

SQL(ALIVE_ASSETS, "", "SELECT id, code, state, state_since, counts FROM asset"
	" WHERE state IN ('down', 'maintenance', 'no_standby', 'slow')");
SQL(ALIVE_UNKNOWN, "",
	"SELECT count(*) FROM asset WHERE state = 'unknown' AND outside = 0");
SQL(ALIVE_COUNTDOWNS, "", "SELECT d.label, d.ends_at, COALESCE(d.asset_id, c.asset_id),"
	" a.code, c.number FROM countdown d LEFT JOIN cases c ON c.id = d.case_id"
	" LEFT JOIN cases t ON t.id = c.merged_into"
	" LEFT JOIN asset a ON a.id = COALESCE(d.asset_id, c.asset_id)"
	" WHERE d.state = 'running' AND COALESCE(c.drill, 0) = 0"
	" AND COALESCE(t.is_open, c.is_open, 1) = 1 AND"
	" COALESCE(t.status, c.status, '') <> 'recovered'"
	" ORDER BY d.ends_at DESC, d.id");
SQL(ALIVE_POINTS, "", "SELECT c.asset_id, a.code, c.number, count(*), max(a.counts)"
	" FROM point p CROSS JOIN cases c"
	" LEFT JOIN asset a ON a.id = c.asset_id"
	" WHERE c.id = p.case_id AND p.down_since IS NOT NULL AND p.list = ''"
	" AND c.is_open = 1 AND c.drill = 0"
	" GROUP BY c.asset_id, a.code, c.number");
SQL(ALIVE_WAITING, "ii", "SELECT count(*), COALESCE(SUM(CASE WHEN promised_at < $1"
	" THEN 1 ELSE 0 END), 0), MIN(CASE WHEN promised_at >= $2 THEN promised_at END)"
	" FROM waiting WHERE ended_at IS NULL");
SQL(ALIVE_DEADLINE, "", "SELECT c.number, d.title, d.title_en, d.due_at, d.rule"
	" FROM deadline d"
	" LEFT JOIN cases c ON c.id = d.case_id WHERE d.state = 'running'"
	" AND COALESCE(c.drill, 0) = 0 ORDER BY d.due_at, d.id LIMIT 1");
/* + 0: by the index of those that are open, not of drills. */
SQL(ALIVE_TINS, "", "SELECT count(*) FROM tin WHERE ended_at IS NULL AND drill + 0 = 0");
SQL(ALIVE_SCENES, "", "SELECT count(*) FROM hold WHERE state = 'held'");

/* ---- systems ---- */

static struct alive_system *
system_of(struct alive *alive, const char *asset_id, const char *code,
	const char *number)
{
	const char *name = code != NULL && code[0] != '\0' ? code
		: number != NULL ? number : "";
	struct alive_system *system;

	for (int i = 0; i < alive->count; i++) {
		if (strcmp(alive->systems[i].code, name) == 0) {
			return &alive->systems[i];
		}
	}
	if (alive->count == ALIVE_SYSTEMS) {
		alive->more++;
		return NULL;
	}
	system = &alive->systems[alive->count++];
	*system = (struct alive_system){ 0 };
	(void)snprintf(system->code, sizeof system->code, "%s", name);
	(void)snprintf(system->asset_id, sizeof system->asset_id, "%s",
		asset_id == NULL ? "" : asset_id);
	return system;
}

/* How many ends it has: the first of its counts ("communes on it: 96"). */
static int64_t
ends_of(const char *counts, int64_t lost)
{
	struct error none = ERROR_INIT;
	struct json *list = NULL;
	int64_t of = 0;

	if (counts != NULL && json_parse(&list, counts, strlen(counts), NULL, &none)) {
		of = json_get_int(json_first(list), "number", 0);
		json_free(list);
	}
	return of >= lost ? of : 0;
}

static bool
load_assets(struct alive *alive, struct desk *desk, struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), &ALIVE_ASSETS, NOARGS);

	while (stmt_row(st)) {
		struct alive_system *system = system_of(alive, stmt_text(st, 0),
			stmt_text(st, 1), NULL);

		if (system != NULL) {
			(void)snprintf(system->state, sizeof system->state, "%s",
				stmt_text(st, 2));
			system->since = stmt_int(st, 3);
		}
	}
	return stmt_done(st, err);
}

/* Read from the last to end: what a system keeps is the first to end. */
static bool
load_countdowns(struct alive *alive, struct desk *desk, struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), &ALIVE_COUNTDOWNS, NOARGS);

	while (stmt_row(st)) {
		struct alive_system *system = system_of(alive, stmt_text(st, 2),
			stmt_text(st, 3), stmt_text(st, 4));

		if (system != NULL) {
			(void)snprintf(system->label, sizeof system->label, "%.95s",
				stmt_text(st, 0));
			system->ends_at = stmt_int(st, 1);
		}
	}
	return stmt_done(st, err);
}

static bool
load_points(struct alive *alive, struct desk *desk, struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), &ALIVE_POINTS, NOARGS);

	while (stmt_row(st)) {
		struct alive_system *system = system_of(alive, stmt_text(st, 0),
			stmt_text(st, 1), stmt_text(st, 2));

		if (system != NULL) {
			system->lost += stmt_int(st, 3);
			system->of = ends_of(stmt_text(st, 4), system->lost);
		}
	}
	return stmt_done(st, err);
}

/* A running clock before what is down, that before the rest. */
static int
rank(const struct alive_system *system)
{
	static const char *const order[] = { "down", "no_standby", "slow", "maintenance" };

	if (system->ends_at != 0) {
		return 0;
	}
	for (int i = 0; i < 4; i++) {
		if (strcmp(system->state, order[i]) == 0) {
			return i == 0 ? 1 : i + 2;
		}
	}
	return 2; /* only some of its points */
}

static int
by_urgency(const void *one, const void *other)
{
	const struct alive_system *a = one, *b = other;

	if (rank(a) != rank(b)) {
		return rank(a) - rank(b);
	}
	if (a->ends_at != b->ends_at) {
		return a->ends_at < b->ends_at ? -1 : 1;
	}
	return strcmp(a->code, b->code);
}

/* ---- what is waited for ---- */

static bool
load_waiting(struct alive *alive, struct desk *desk, struct error *err)
{
	int64_t now = desk_now(desk);
	struct stmt *st = db_query(desk_db(desk), &ALIVE_WAITING, I64(now), I64(now));

	if (stmt_row(st)) {
		alive->waiting = stmt_int(st, 0);
		alive->waiting_over = stmt_int(st, 1);
		alive->next_promise = stmt_int(st, 2) != 0 ? stmt_int(st, 2) : NO_DUE;
	}
	return stmt_done(st, err);
}

static bool
load_deadline(struct alive *alive, struct desk *desk, struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), &ALIVE_DEADLINE, NOARGS);

	if (stmt_row(st)) {
		const char *number = stmt_text(st, 0);
		bool en = strcmp(i18n_language(), "vi") != 0 && stmt_text(st, 2)[0] != '\0';
		const char *title = stmt_text(st, en ? 2 : 1);

		(void)snprintf(alive->deadline_case, sizeof alive->deadline_case, "%s",
			number == NULL ? "" : number);
		/* Of one of our own only the reason is stored, and that may be "". */
		char *own = strcmp(stmt_text(st, 4), "back_by") == 0 && title[0] != '\0'
			? xasprintf(_("must be back: %s"), title) : NULL;

		(void)snprintf(alive->deadline_title, sizeof alive->deadline_title, "%.159s",
			own != NULL ? own : title[0] == '\0' ? _("must be back") : title);
		free(own);
		alive->deadline_at = stmt_int(st, 3);
	}
	return stmt_done(st, err);
}

bool
alive_load(struct alive *out, struct desk *desk, struct error *err)
{
	struct db *db = desk_db(desk);

	*out = (struct alive){ .next_promise = NO_DUE, .deadline_at = NO_DUE };
	if (!load_assets(out, desk, err) || !load_countdowns(out, desk, err) ||
	    !load_points(out, desk, err) || !load_waiting(out, desk, err) ||
	    !load_deadline(out, desk, err) ||
	    !db_one_int(db, &ALIVE_UNKNOWN, &out->unknown, err, NOARGS) ||
	    !db_one_int(db, &ALIVE_TINS, &out->tins, err, NOARGS) ||
	    !db_one_int(db, &ALIVE_SCENES, &out->scenes, err, NOARGS)) {
		return false;
	}
	qsort(out->systems, (size_t)out->count, sizeof *out->systems, by_urgency);
	return true;
}
