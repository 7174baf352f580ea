/* duty_roster.c reads the roster's tables into memory. */
#include "core/duty_roster.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/calendar.h"
#include "core/i18n.h"
#include "core/json.h"
#include "core/mem.h"
#include "core/role.h"

#define DAY_MS INT64_C(86400000)

SQL(ROSTER_LAYERS, "",
	"SELECT id, code, name, name_en, position, needed, counted FROM duty_layer"
	" WHERE state <> 'withdrawn' ORDER BY position, code");
SQL(ROSTER_MEMBERS, "", "SELECT id, login, name, active, role FROM member ORDER BY login");
SQL(ROSTER_ROTAS, "",
	"SELECT id, n, layer, name, type, every, start, zone, days, from_clock, to_clock,"
	" people, from_day, to_day FROM duty_rota WHERE state <> 'withdrawn' ORDER BY n");
SQL(ROSTER_OVERRIDES, "i",
	"SELECT id, n, layer, kind, member_id, other_id, from_at, to_at, reason, swap_id,"
	" by_name FROM duty_override WHERE to_at > $1 AND state <> 'withdrawn' ORDER BY n");
SQL(ROSTER_SPELLS, "i",
	"SELECT id, n, layer, name, from_at, to_at, shifts, by_name FROM duty_spell"
	" WHERE to_at > $1 AND state <> 'withdrawn' ORDER BY n");
SQL(ROSTER_ABSENCES, "i",
	"SELECT id, n, member_id, from_at, to_at, reason FROM absence"
	" WHERE to_at > $1 AND state <> 'withdrawn' ORDER BY n");
SQL(ROSTER_RAISED, "i",
	"SELECT id, n, name, kind, from_at, to_at, extra FROM raised_watch"
	" WHERE to_at > $1 AND state <> 'withdrawn' ORDER BY n");

/* Room for one more; what is new is zeroed. */
#define MORE(list, count) \
	((list) = xrealloc((list), ((size_t)(count) + 1) * sizeof *(list)), \
	 memset(&(list)[count], 0, sizeof *(list)), &(list)[(count)++])

int
roster_member(const struct roster *roster, const char *login)
{
	for (int i = 0; login != NULL && i < roster->member_count; i++) {
		if (strcmp(roster->members[i].login, login) == 0) {
			return i;
		}
	}
	return -1;
}

int
roster_member_id(const struct roster *roster, const char *id)
{
	for (int i = 0; id != NULL && i < roster->member_count; i++) {
		if (strcmp(roster->members[i].id, id) == 0) {
			return i;
		}
	}
	return -1;
}

const struct duty_layer *
roster_layer(const struct roster *roster, const char *code)
{
	for (int i = 0; i < roster->layers.count; i++) {
		if (strcmp(roster->layers.all[i].code, code) == 0) {
			return &roster->layers.all[i];
		}
	}
	return NULL;
}

static bool
read_layers(struct duty_layers *out, struct desk *desk, struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), &ROSTER_LAYERS, NOARGS);

	while (stmt_row(st)) {
		struct duty_layer *layer = MORE(out->all, out->count);

		stmt_put(layer->id, sizeof layer->id, st, 0);
		layer->code = stmt_own(st, 1);
		layer->name = stmt_own(st, 2);
		layer->name_en = stmt_own(st, 3);
		layer->position = (int)stmt_int(st, 4);
		layer->needed = (int)stmt_int(st, 5);
		layer->counted = stmt_int(st, 6) != 0;
	}
	return stmt_done(st, err);
}

static bool
read_members(struct roster *r, struct desk *desk, struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), &ROSTER_MEMBERS, NOARGS);

	while (stmt_row(st)) {
		struct roster_member *m = MORE(r->members, r->member_count);
		struct error ignored;

		stmt_put(m->id, sizeof m->id, st, 0);
		m->login = stmt_own(st, 1);
		m->name = stmt_own(st, 2);
		m->active = stmt_int(st, 3) != 0 &&
			role_allows(role_from(stmt_text(st, 4)), ACT_WORK, &ignored);
	}
	return stmt_done(st, err);
}

/* The beginning of a day as text; otherwise where none is given. */
static int64_t
day_moment(const struct zone *zone, const char *day, int plus, int64_t otherwise)
{
	int64_t number;
	struct error ignored;

	return day == NULL || day[0] == '\0' || !calendar_parse_day(&number, day, &ignored)
		? otherwise : rota_first_of(zone, number + plus, 0);
}

static unsigned
weekday_mask(const char *days)
{
	unsigned mask = 0;

	for (const char *p = days; *p != '\0'; p++) {
		if (*p >= '1' && *p <= '7') {
			mask |= 1U << (*p - '1');
		}
	}
	return mask == 0 ? ROTA_ALL_DAYS : mask;
}

static struct civil
start_of(const char *text)
{
	struct civil c = { .year = 1970, .month = 1, .day = 1 };

	(void)sscanf(text, "%4d-%2d-%2dT%2d:%2d", &c.year, &c.month, &c.day, &c.hour,
		&c.minute);
	return c;
}

static bool
read_people(struct roster_rota *rota, const struct roster *r, const char *text,
	struct error *err)
{
	struct json *list = NULL;

	if (!json_parse(&list, text[0] == '\0' ? "[]" : text,
		    text[0] == '\0' ? 2 : strlen(text), NULL, err)) {
		return false;
	}
	rota->people = xcalloc((size_t)json_count(list) + 1, sizeof *rota->people);
	for (const struct json *one = json_first(list); one != NULL; one = json_next(one)) {
		rota->people[rota->rota.people++] = roster_member(r, json_text(one, NULL));
	}
	json_free(list);
	return true;
}

static bool
rota_from_row(struct roster_rota *rota, const struct roster *r, struct stmt *st,
	struct error *err)
{
	stmt_put(rota->id, sizeof rota->id, st, 0);
	rota->n = (int)stmt_int(st, 1);
	rota->layer = stmt_own(st, 2);
	rota->name = stmt_own(st, 3);
	rota->type = stmt_own(st, 4);
	rota->start = stmt_own(st, 6);
	rota->zone_name = stmt_own(st, 7);
	rota->days = stmt_own(st, 8);
	rota->from_day = stmt_own(st, 12);
	rota->to_day = stmt_own(st, 13);
	if (!zone_load(&rota->zone, rota->zone_name[0] == '\0' ? zone_name(r->zone)
		    : rota->zone_name, err) || !read_people(rota, r, stmt_text(st, 11), err)) {
		return false;
	}
	rota->rota.every = stmt_int(st, 5) > 0 ? (int)stmt_int(st, 5) : 1;
	rota->rota.start = start_of(rota->start);
	rota->rota.zone = rota->zone;
	rota->rota.days = weekday_mask(rota->days);
	rota->rota.from_clock = (int)stmt_int(st, 9);
	rota->rota.to_clock = (int)stmt_int(st, 10);
	rota->rota.begin = day_moment(rota->zone, rota->from_day, 0, INT64_MIN);
	rota->rota.end = day_moment(rota->zone, rota->to_day, 1, INT64_MAX);
	return rota_type_from(&rota->rota.type, rota->type) || error_set(err, ERR_IO,
		_("rotation %d has an unknown type: %.40s"), rota->n, rota->type);
}

static bool
read_rotas(struct roster *r, struct desk *desk, struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), &ROSTER_ROTAS, NOARGS);
	struct error ignored;

	while (stmt_row(st)) {
		if (!rota_from_row(MORE(r->rotas, r->rota_count), r, st, err)) {
			(void)stmt_done(st, &ignored);
			return false;
		}
	}
	return stmt_done(st, err);
}

static bool
read_overrides(struct roster *r, struct desk *desk, int64_t since, struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), &ROSTER_OVERRIDES, I64(since));

	while (stmt_row(st)) {
		struct roster_override *o = MORE(r->overrides, r->override_count);

		stmt_put(o->id, sizeof o->id, st, 0);
		o->n = (int)stmt_int(st, 1);
		o->layer = stmt_own(st, 2);
		stmt_put(o->kind, sizeof o->kind, st, 3);
		o->member = roster_member_id(r, stmt_text(st, 4));
		o->other = roster_member_id(r, stmt_text(st, 5));
		o->from = stmt_int(st, 6);
		o->until = stmt_int(st, 7);
		o->reason = stmt_own(st, 8);
		o->swap = !stmt_null(st, 9);
		o->by = stmt_own(st, 10);
	}
	return stmt_done(st, err);
}

static bool
read_shifts(struct roster_spell *spell, const struct roster *r, const char *text,
	struct error *err)
{
	struct json *list = NULL;

	if (!json_parse(&list, text[0] == '\0' ? "[]" : text,
		    text[0] == '\0' ? 2 : strlen(text), NULL, err)) {
		return false;
	}
	for (const struct json *one = json_first(list); one != NULL; one = json_next(one)) {
		struct roster_shift *shift = MORE(spell->shifts, spell->count);

		shift->member = roster_member(r, json_get_text(one, "login"));
		shift->from = json_get_int(one, "from", 0);
		shift->until = json_get_int(one, "to", 0);
	}
	json_free(list);
	return true;
}

static bool
read_spells(struct roster *r, struct desk *desk, int64_t since, struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), &ROSTER_SPELLS, I64(since));
	struct error ignored;

	while (stmt_row(st)) {
		struct roster_spell *s = MORE(r->spells, r->spell_count);

		stmt_put(s->id, sizeof s->id, st, 0);
		s->n = (int)stmt_int(st, 1);
		s->layer = stmt_own(st, 2);
		s->name = stmt_own(st, 3);
		s->from = stmt_int(st, 4);
		s->until = stmt_int(st, 5);
		s->by = stmt_own(st, 7);
		if (!read_shifts(s, r, stmt_text(st, 6), err)) {
			(void)stmt_done(st, &ignored);
			return false;
		}
	}
	return stmt_done(st, err);
}

static bool
read_absences(struct roster *r, struct desk *desk, int64_t since, struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), &ROSTER_ABSENCES, I64(since));

	while (stmt_row(st)) {
		struct roster_absence *a = MORE(r->absences, r->absence_count);

		stmt_put(a->id, sizeof a->id, st, 0);
		a->n = (int)stmt_int(st, 1);
		a->member = roster_member_id(r, stmt_text(st, 2));
		a->from = stmt_int(st, 3);
		a->until = stmt_int(st, 4);
		a->reason = stmt_own(st, 5);
	}
	return stmt_done(st, err);
}

static bool
read_raised(struct roster *r, struct desk *desk, int64_t since, struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), &ROSTER_RAISED, I64(since));

	while (stmt_row(st)) {
		struct roster_raised *w = MORE(r->raised, r->raised_count);
		const char *extra = stmt_text(st, 6);
		struct error ignored;

		stmt_put(w->id, sizeof w->id, st, 0);
		w->n = (int)stmt_int(st, 1);
		w->name = stmt_own(st, 2);
		w->kind = stmt_own(st, 3);
		w->from = stmt_int(st, 4);
		w->until = stmt_int(st, 5);
		if (!json_parse(&w->extra, extra, strlen(extra), NULL, &ignored)) {
			w->extra = json_object();
		}
	}
	return stmt_done(st, err);
}

bool
duty_layers(struct desk *desk, struct duty_layers *out, struct error *err)
{
	*out = (struct duty_layers){ 0 };
	if (!read_layers(out, desk, err)) {
		duty_layers_clear(out);
		return false;
	}
	return true;
}

bool
roster_load(struct roster *out, struct desk *desk, int64_t since, struct error *err)
{
	*out = (struct roster){ .zone = desk_zone(desk) };
	if (!read_layers(&out->layers, desk, err) || !read_members(out, desk, err) ||
	    !read_rotas(out, desk, err) || !read_overrides(out, desk, since, err) ||
	    !read_spells(out, desk, since, err) || !read_absences(out, desk, since, err) ||
	    !read_raised(out, desk, since, err)) {
		roster_clear(out);
		return false;
	}
	return true;
}

void
duty_layers_clear(struct duty_layers *layers)
{
	for (int i = 0; i < layers->count; i++) {
		free(layers->all[i].code);
		free(layers->all[i].name);
		free(layers->all[i].name_en);
	}
	free(layers->all);
	*layers = (struct duty_layers){ 0 };
}

static void
clear_rotas(struct roster *r)
{
	for (int i = 0; i < r->rota_count; i++) {
		struct roster_rota *rota = &r->rotas[i];

		free(rota->layer);
		free(rota->name);
		free(rota->type);
		free(rota->start);
		free(rota->zone_name);
		free(rota->days);
		free(rota->from_day);
		free(rota->to_day);
		free(rota->people);
		zone_free(rota->zone);
	}
	free(r->rotas);
}

static void
clear_exceptions(struct roster *r)
{
	for (int i = 0; i < r->override_count; i++) {
		free(r->overrides[i].layer);
		free(r->overrides[i].reason);
		free(r->overrides[i].by);
	}
	for (int i = 0; i < r->spell_count; i++) {
		free(r->spells[i].layer);
		free(r->spells[i].name);
		free(r->spells[i].by);
		free(r->spells[i].shifts);
	}
	for (int i = 0; i < r->absence_count; i++) {
		free(r->absences[i].reason);
	}
	for (int i = 0; i < r->raised_count; i++) {
		free(r->raised[i].name);
		free(r->raised[i].kind);
		json_free(r->raised[i].extra);
	}
	free(r->overrides);
	free(r->spells);
	free(r->absences);
	free(r->raised);
}

void
roster_clear(struct roster *r)
{
	duty_layers_clear(&r->layers);
	for (int i = 0; i < r->member_count; i++) {
		free(r->members[i].login);
		free(r->members[i].name);
	}
	free(r->members);
	clear_rotas(r);
	clear_exceptions(r);
	*r = (struct roster){ 0 };
}
