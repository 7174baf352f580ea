/* duty_reach.c says whether a member can be at a place in person, and when. */
#include "core/duty_reach.h"

#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/mem.h"
#include "core/rota.h"
#include "core/rota_text.h"

#define MINUTE_MS INT64_C(60000)

SQL(REACH_MEMBER, "t", "SELECT area, on_site FROM member WHERE login = $1");
SQL(REACH_UNIT, "t", "SELECT area, island, name FROM unit WHERE code = $1");
SQL(REACH_SETTINGS, "",
	"SELECT value FROM setting WHERE name >= 'reach.' AND name < 'reach/' ORDER BY name");

void
duty_reach_clear(struct duty_reach *reach)
{
	free(reach->why);
	*reach = (struct duty_reach){ 0 };
}

bool
reach_fits(const char *value, const char *place, struct error *err)
{
	const char *area = NULL;
	int from, to;

	if (!rota_clocks(&from, &to, &area, value, err) || area[0] == '\0' || from == to) {
		return error_set(err, ERR_BAD_INPUT,
			_("%s: must be FROM-TO AREA, as \"05:00-18:00 island\""), place);
	}
	return true;
}

bool
reach_night_fits(const char *value, const char *place, struct error *err)
{
	const char *rest = NULL;
	int from, to;

	return (rota_clocks(&from, &to, &rest, value, err) && rest[0] == '\0' && from != to) ||
		error_set(err, ERR_BAD_INPUT, _("%s: must be FROM-TO, as 22:00-06:00"), place);
}

/* Where somebody or something is. */
struct spot {
	char *area, *name;
	bool island;
	int64_t minutes; /* a member: until he is on site; 0 unknown */
};

static bool
find_unit(struct spot *spot, struct desk *desk, const char *place, struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), &REACH_UNIT, TXT(place));

	if (stmt_row(st)) {
		spot->area = stmt_own(st, 0);
		spot->island = stmt_int(st, 1) != 0;
		spot->name = stmt_own(st, 2);
	} else {
		/* Not a unit: the area itself. */
		spot->area = xstrdup(place);
		spot->name = xstrdup(place);
		spot->island = strcmp(place, REACH_ISLAND) == 0;
	}
	return stmt_done(st, err);
}

static bool
find_member(struct spot *spot, struct desk *desk, const char *login, struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), &REACH_MEMBER, TXT(login));
	bool found = stmt_row(st);

	if (found) {
		spot->area = stmt_own(st, 0);
		spot->minutes = stmt_int(st, 1);
	}
	if (!stmt_done(st, err)) {
		return false;
	}
	if (!found) {
		return error_set(err, ERR_NOT_FOUND, _("there is no member %.60s"), login);
	}
	/* A member's area may be a unit: the island is one. */
	if (spot->area[0] != '\0') {
		char *area = spot->area;
		bool ok = find_unit(spot, desk, area, err);

		free(area);
		return ok;
	}
	spot->name = xstrdup("");
	return true;
}

/* Do these hours speak of this spot? */
static bool
is_of(const struct spot *spot, const char *area)
{
	return strcmp(area, REACH_ISLAND) == 0 ? spot->island
		: strcmp(area, spot->area) == 0 || strcmp(area, spot->name) == 0;
}

/* The way to or from a spot is open in these hours only. */
static void
look(struct duty_reach *out, struct desk *desk, const char *value, const struct spot *a,
	const struct spot *b, int64_t at)
{
	struct rota hours = { .type = ROTA_FIXED, .every = 1, .start = { .year = 1970,
		.month = 1, .day = 1 }, .zone = desk_zone(desk), .days = ROTA_ALL_DAYS,
		.people = 1, .begin = INT64_MIN, .end = INT64_MAX };
	const char *area;
	struct rota_turn turn;
	struct error ignored;

	if (!rota_clocks(&hours.from_clock, &hours.to_clock, &area, value, &ignored) ||
	    is_of(a, area) == is_of(b, area)) {
		return;
	}
	turn = rota_at(&hours, at);
	if (turn.on || (!out->can && out->at >= turn.until)) {
		return;
	}
	free(out->why);
	out->can = false;
	out->at = turn.until;
	out->why = strcmp(area, REACH_ISLAND) == 0
		? xasprintf(_("%s is reached by sea, %.11s only"),
			a->island ? a->name : b->name, value)
		: xasprintf(_("%s is reached %.11s only"), area, value);
}

static bool
look_all(struct duty_reach *out, struct desk *desk, const struct spot *member,
	const struct spot *place, int64_t at, struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), &REACH_SETTINGS, NOARGS);

	while (stmt_row(st)) {
		look(out, desk, stmt_text(st, 0), member, place, at);
	}
	return stmt_done(st, err);
}

bool
duty_reach(struct desk *desk, const char *member, const char *place, int64_t at,
	struct duty_reach *out, struct error *err)
{
	struct spot who = { 0 }, where = { 0 };
	bool ok;

	*out = (struct duty_reach){ .can = true };
	ok = find_member(&who, desk, member, err) && find_unit(&where, desk, place, err) &&
		look_all(out, desk, &who, &where, at, err);
	if (ok && out->can && who.minutes > 0) {
		out->at = at + who.minutes * MINUTE_MS;
	}
	free(who.area);
	free(who.name);
	free(where.area);
	free(where.name);
	return ok;
}
