/* tin.c reads tins: one by its number, lists in the order in which they wait. */
#include "core/tin.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/mem.h"

#define TIN_COLUMNS \
	"t.id, t.case_id, c.number, t.number, t.serial, t.drill, t.unit_kind, t.unit," \
	" t.unit_name, t.caller, t.post, t.callback, t.channel, t.verified_at," \
	" t.verified_by, t.reported_at, t.detected_at, t.what, t.kind, t.asset, t.broken," \
	" t.done, t.secret, t.reply_by, t.replies, t.replied_at, t.replied_how, t.state," \
	" t.reason, t.result, t.handler_id, m.login, m.name, t.help_role, t.by_name," \
	" t.ended_at, t.over_told_at, t.over_told_by, t.over_told_how, t.note"
#define TIN_SELECT "SELECT " TIN_COLUMNS " FROM tin t LEFT JOIN cases c ON c.id = t.case_id" \
	" LEFT JOIN member m ON m.id = t.handler_id WHERE "
/* Of the case and of what was merged into it; $2 is a limit. */
#define OF_THE_CASE "t.case_id IN (SELECT $1 UNION ALL SELECT x.id FROM cases x" \
	" WHERE x.merged_into = $1)"

SQL(TIN_BY_ID, "t", TIN_SELECT "t.id = $1");
SQL(TIN_BY_NUMBER, "iii", TIN_SELECT "t.drill = $1 AND t.year = $2 AND t.serial = $3");
SQL(TIN_BY_SERIAL, "ii", TIN_SELECT "t.drill = $1 AND t.serial = $2"
	" ORDER BY t.year DESC LIMIT 1");
SQL(TINS_NEW, "ii", TIN_SELECT "t.ended_at IS NULL AND t.state = 'new' AND t.drill = $1"
	" ORDER BY t.reply_by, t.id LIMIT $2");
SQL(TINS_OPEN, "ii", TIN_SELECT "t.ended_at IS NULL AND t.state <> 'new' AND t.drill = $1"
	" ORDER BY t.reply_by, t.id LIMIT $2");
SQL(TINS_PROMISED, "iii", TIN_SELECT "t.reply_by < $3 AND t.drill = $1"
	" AND t.reply_by < 9223372036854775807 ORDER BY t.reply_by, t.id LIMIT $2");
SQL(TINS_ALL, "ii", TIN_SELECT "t.drill = $1"
	" ORDER BY t.year DESC, t.serial DESC LIMIT $2");
SQL(TINS_OF_CASE, "ti", TIN_SELECT OF_THE_CASE " ORDER BY t.year, t.serial LIMIT $2");
SQL(TINS_UNTAKEN, "", "SELECT COUNT(*) FROM tin t WHERE t.ended_at IS NULL"
	" AND t.state = 'new' AND t.drill = 0");
SQL(TINS_OVERDUE, "i", "SELECT COUNT(*) FROM tin t WHERE t.reply_by < $1"
	" AND t.reply_by < 9223372036854775807 AND t.drill = 0");
SQL(TINS_COUNT_OF_CASE, "t", "SELECT COUNT(*) FROM tin t WHERE " OF_THE_CASE);
SQL(TINS_SECRET_OF_CASE, "t", "SELECT COUNT(*) FROM tin t WHERE " OF_THE_CASE
	" AND t.secret = 'yes'");

void
tin_clear(struct tin *tin)
{
	char *const texts[] = {
		tin->unit_name, tin->caller, tin->post, tin->callback, tin->verified_by,
		tin->what, tin->broken, tin->done, tin->replied_how, tin->reason,
		tin->result, tin->handler, tin->handler_name, tin->by_name,
		tin->over_told_by, tin->over_told_how, tin->note,
	};

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		free(texts[i]);
	}
	*tin = (struct tin){ 0 };
}

#define PUT(field, column) stmt_put(tin->field, sizeof tin->field, st, column)

static void
report_from_row(struct tin *tin, struct stmt *st)
{
	PUT(unit_kind, 6);
	PUT(unit, 7);
	tin->unit_name = stmt_own(st, 8);
	tin->caller = stmt_own(st, 9);
	tin->post = stmt_own(st, 10);
	tin->callback = stmt_own(st, 11);
	PUT(channel, 12);
	tin->verified_at = stmt_int(st, 13);
	tin->verified_by = stmt_own(st, 14);
	tin->reported_at = stmt_int(st, 15);
	tin->detected_at = stmt_int(st, 16);
	tin->what = stmt_own(st, 17);
	PUT(kind, 18);
	PUT(asset, 19);
	tin->broken = stmt_own(st, 20);
	tin->done = stmt_own(st, 21);
	PUT(secret, 22);
}

static void
from_row(struct tin *tin, struct stmt *st)
{
	*tin = (struct tin){ 0 };
	PUT(id, 0);
	PUT(case_id, 1);
	PUT(case_number, 2);
	PUT(number, 3);
	tin->serial = stmt_int(st, 4);
	tin->drill = stmt_int(st, 5) != 0;
	report_from_row(tin, st);
	tin->reply_by = stmt_int(st, 23);
	tin->replies = stmt_int(st, 24);
	tin->replied_at = stmt_int(st, 25);
	tin->replied_how = stmt_own(st, 26);
	PUT(state, 27);
	tin->reason = stmt_own(st, 28);
	tin->result = stmt_own(st, 29);
	PUT(handler_id, 30);
	tin->handler = stmt_own(st, 31);
	tin->handler_name = stmt_own(st, 32);
	PUT(help_role, 33);
	tin->by_name = stmt_own(st, 34);
	tin->ended_at = stmt_int(st, 35);
	tin->over_told_at = stmt_int(st, 36);
	tin->over_told_by = stmt_own(st, 37);
	tin->over_told_how = stmt_own(st, 38);
	tin->note = stmt_own(st, 39);
}

static bool
one(struct tin *out, struct stmt *st, bool *found, struct error *err)
{
	*found = stmt_row(st);
	if (*found) {
		from_row(out, st);
	}
	return stmt_done(st, err);
}

/* "[D-]TB-[YEAR-]SERIAL" or a serial alone; year 0: not said. */
static bool
split_number(const char *spec, bool *drill, int64_t *year, int64_t *serial)
{
	int64_t numbers[2];
	int count = 0;

	*drill = strncmp(spec, "D-", 2) == 0;
	spec += *drill ? 2 : 0;
	spec += strncmp(spec, "TB-", 3) == 0 ? 3 : 0;
	while (count < 2 && isdigit((unsigned char)*spec)) {
		char *end;

		numbers[count++] = strtoll(spec, &end, 10);
		spec = end + (*end == '-');
	}
	if (count == 0 || *spec != '\0' || numbers[count - 1] > INT32_MAX) {
		return false;
	}
	*year = count == 2 ? numbers[0] : 0;
	*serial = numbers[count - 1];
	return true;
}

bool
tin_find(struct tin *out, struct desk *desk, const char *spec, struct error *err)
{
	struct db *db = desk_db(desk);
	int64_t year = 0, serial = 0;
	bool drill = false;
	bool found = false;

	*out = (struct tin){ 0 };
	if (strlen(spec) == UUID_SIZE - 1) {
		if (!one(out, db_query(db, &TIN_BY_ID, TXT(spec)), &found, err)) {
			return false;
		}
	} else if (split_number(spec, &drill, &year, &serial)) {
		int64_t here = year != 0 ? year
			: zone_civil(desk_zone(desk), desk_now(desk)).year;

		if (!one(out, db_query(db, &TIN_BY_NUMBER, I64(drill), I64(here),
			    I64(serial)), &found, err) ||
		    (!found && year == 0 && !one(out, db_query(db, &TIN_BY_SERIAL,
			    I64(drill), I64(serial)), &found, err))) {
			return false;
		}
	}
	return found || error_set(err, ERR_NOT_FOUND,
		_("there is no report %.40s; see `suco tin list`"), spec);
}

static bool
each(struct stmt *st, int *left, tin_visit *visit, void *arg, struct error *err)
{
	bool go_on = true;

	while (go_on && stmt_row(st)) {
		struct tin tin;

		from_row(&tin, st);
		go_on = visit(&tin, arg);
		tin_clear(&tin);
		(*left)--;
	}
	if (!go_on) {
		*left = 0;
	}
	return stmt_done(st, err);
}

bool
tin_each(struct desk *desk, const struct tin_filter *filter, tin_visit *visit, void *arg,
	struct error *err)
{
	struct db *db = desk_db(desk);
	int left = filter->limit == 0 ? 200 : filter->limit;
	int64_t first = filter->drill > 0, last = filter->drill == 0 ? 0 : 1;
	bool ok = true;

	if (filter->case_id != NULL) {
		return each(db_query(db, &TINS_OF_CASE, TXT(filter->case_id), I64(left)), &left,
			visit, arg, err);
	}
	for (int64_t drill = first; ok && left > 0 && drill <= last; drill++) {
		if (filter->promised) {
			ok = each(db_query(db, &TINS_PROMISED, I64(drill), I64(left),
				I64(NO_DUE)), &left, visit, arg, err);
		} else if (filter->open) {
			ok = each(db_query(db, &TINS_NEW, I64(drill), I64(left)), &left,
				visit, arg, err) && (left <= 0 || each(db_query(db,
				&TINS_OPEN, I64(drill), I64(left)), &left, visit, arg, err));
		} else {
			ok = each(db_query(db, &TINS_ALL, I64(drill), I64(left)), &left,
				visit, arg, err);
		}
	}
	return ok;
}

bool
tin_count(struct desk *desk, int64_t *untaken, int64_t *overdue, struct error *err)
{
	*untaken = *overdue = 0;
	return db_one_int(desk_db(desk), &TINS_UNTAKEN, untaken, err, NOARGS) &&
		db_one_int(desk_db(desk), &TINS_OVERDUE, overdue, err, I64(desk_now(desk)));
}

bool
tin_count_of_case(struct desk *desk, const char *case_id, int64_t *out,
	struct error *err)
{
	*out = 0;
	return db_one_int(desk_db(desk), &TINS_COUNT_OF_CASE, out, err, TXT(case_id));
}

bool
tin_secret_of_case(struct desk *desk, const char *case_id, bool *out, struct error *err)
{
	int64_t count = 0;
	bool ok = db_one_int(desk_db(desk), &TINS_SECRET_OF_CASE, &count, err, TXT(case_id));

	*out = count > 0;
	return ok;
}
