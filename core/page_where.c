/* page_where.c says of who is called whether he can be where the case is. */
#include "core/page_where.h"

#include <stdlib.h>
#include <string.h>

#include "core/duty_reach.h"
#include "core/i18n.h"
#include "core/mem.h"

/* An island is a place of its own in its area. */
SQL(PLACES, "t",
	"SELECT DISTINCT CASE WHEN COALESCE(u.island, 0) = 1 THEN u.code ELSE p.area END"
	" FROM point p LEFT JOIN unit u ON p.ref_kind = 'unit' AND u.code = p.ref"
	" WHERE p.case_id = $1 AND (p.area <> '' OR COALESCE(u.island, 0) = 1)");

bool
page_places(struct json **out, struct desk *desk, const char *case_id, struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), &PLACES, TXT(case_id));

	*out = json_array();
	while (stmt_row(st)) {
		json_push(*out, json_string(stmt_text(st, 0)));
	}
	if (!stmt_done(st, err)) {
		json_free(*out);
		*out = NULL;
		return false;
	}
	return true;
}

/* Rather there than not; then rather soon, and rather at a known time. */
static bool
is_better(const struct duty_reach *a, const struct duty_reach *b)
{
	if (a->can != b->can) {
		return a->can;
	}
	return a->at != 0 && (b->at == 0 || a->at < b->at);
}

static bool
best_reach(struct duty_reach *best, struct desk *desk, const char *login,
	const struct json *places, int64_t at, struct error *err)
{
	const struct json *place = json_first(places);

	if (!duty_reach(desk, login, json_text(place, ""), at, best, err)) {
		return false;
	}
	for (place = json_next(place); place != NULL; place = json_next(place)) {
		struct duty_reach other;

		if (!duty_reach(desk, login, json_text(place, ""), at, &other, err)) {
			return false;
		}
		if (is_better(&other, best)) {
			struct duty_reach worse = *best;

			*best = other;
			other = worse;
		}
		duty_reach_clear(&other);
	}
	return true;
}

bool
page_judge_reach(struct page_person *p, struct desk *desk, const struct json *places,
	int64_t within_ms, int64_t at, struct error *err)
{
	struct json *own = json_array(); /* nobody said where: the team's place */
	struct duty_reach reach = { 0 };
	bool nowhere = json_count(places) == 0;
	bool ok = true;

	if (!nowhere || within_ms > 0) {
		json_push(own, json_string(""));
		ok = best_reach(&reach, desk, p->login, nowhere ? own : places, at, err);
		p->there_at = reach.at;
		p->far = ok && !reach.can ? xstrdup(reach.why) : NULL;
	}
	if (ok && within_ms > 0 && !reach.can) {
		p->skipped = N_("cannot be reached on site at this hour");
	} else if (ok && within_ms > 0 && (reach.at == 0 || reach.at - at > within_ms)) {
		p->skipped = N_("cannot be on site in time");
	}
	duty_reach_clear(&reach);
	json_free(own);
	return ok;
}
