/* confirmation_back.c takes back what a call had confirmed that was recorded
 * wrongly: the unit is asked again. */
#include <string.h>

#include "core/change.h"
#include "core/columns.h"
#include "core/post.h"
#include "core/thing.h"

/* By its time and who answered: no other call gave it.  Of a point, the unit too that
 * it is. */
SQL(GIVEN_BY, "ttit",
	"SELECT k.id, k.name, k.at, k.by_name FROM confirmation k WHERE k.case_id = $1"
	" AND k.state = 'confirmed' AND k.at = $3 AND k.by_name = $4 AND (k.ref = $2"
	" OR EXISTS (SELECT 1 FROM point p WHERE p.id = $2 AND p.ref_kind = 'unit'"
	"  AND p.ref = k.ref)) ORDER BY k.id");
SQL(POINT_GIVEN_BY, "ttit",
	"SELECT id, name, told_at, told_how, confirmed_by, confirmed_at FROM point"
	" WHERE case_id = $1 AND list = '' AND confirmed_at = $3 AND confirmed_by = $4"
	" AND (id = $2 OR (ref_kind = 'unit' AND ref = $2)) ORDER BY id");

static void
take_confirmation(struct json *each, struct stmt *st)
{
	struct json *body = thing_change("confirmation", stmt_text(st, 0));

	json_set_text(body, "name", stmt_text(st, 1));
	set_text(body, "state", "confirmed", "waiting");
	set_int(body, "at", stmt_int(st, 2), 0);
	set_text(body, "by_name", stmt_text(st, 3), "");
	json_push(each, body);
}

/* Where the call was how it was told too, nobody has told it. */
static void
take_point(struct json *each, struct stmt *st)
{
	struct json *body = thing_change("point", stmt_text(st, 0));

	json_set_text(body, "name", stmt_text(st, 1));
	if (stmt_int(st, 2) == stmt_int(st, 5) && strcmp(stmt_text(st, 3), "phone") == 0) {
		set_int(body, "told_at", stmt_int(st, 2), 0);
		set_text(body, "told_how", stmt_text(st, 3), "");
	}
	set_text(body, "confirmed_by", stmt_text(st, 4), "");
	set_int(body, "confirmed_at", stmt_int(st, 5), 0);
	json_push(each, body);
}

static bool
take_back(struct desk *desk, const char *case_id, struct stmt *st, const char *kind,
	void (*take)(struct json *each, struct stmt *st), struct error *err)
{
	struct json *each = json_array();
	struct json *body;

	while (stmt_row(st)) {
		take(each, st);
	}
	if (!stmt_done(st, err) || json_count(each) == 0) {
		bool ok = json_count(each) == 0;

		json_free(each);
		return ok;
	}
	body = json_object();
	json_set(body, "each", each);
	change_add(desk, kind, case_id, body);
	return true;
}

bool
post_unanswered(struct desk *desk, const char *case_id, const char *to_id,
	const char *by_name, int64_t at, struct error *err)
{
	struct db *db = desk_db(desk);

	return take_back(desk, case_id, db_query(db, &POINT_GIVEN_BY, TXT(case_id),
		TXT(to_id), I64(at), TXT(by_name)), "point_set", take_point, err) &&
		take_back(desk, case_id, db_query(db, &GIVEN_BY, TXT(case_id), TXT(to_id),
			I64(at), TXT(by_name)), "confirmation_set", take_confirmation, err);
}
