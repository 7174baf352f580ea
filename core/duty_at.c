/* duty_at.c says who is on call at a moment, from a roster in memory: a temporary
 * schedule in the place of rotations and of what was excepted from them before; then
 * exceptions, one after the other; at last who is away is set apart. */
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/duty_roster.h"
#include "core/i18n.h"
#include "core/json.h"
#include "core/mem.h"

/* No end is looked for further ahead than this, nor over more changes. */
#define FAR_MS (INT64_C(62) * 86400000)
#define STEPS_MOST 2000

static struct roster_place *
place_of(struct roster_moment *m, int member)
{
	for (int i = 0; i < m->count; i++) {
		if (m->places[i].member == member) {
			return &m->places[i];
		}
	}
	return NULL;
}

static void
add(struct roster_moment *m, const struct roster_place *place)
{
	if (place->member >= 0 && m->count < ROSTER_MOST &&
	    place_of(m, place->member) == NULL) {
		m->places[m->count++] = *place;
	}
}

static void
take_out(struct roster_moment *m, const struct roster_place *place)
{
	size_t i = (size_t)(place - m->places);

	memmove(&m->places[i], &m->places[i + 1],
		((size_t)m->count - i - 1) * sizeof m->places[0]);
	m->count--;
}

static void
add_rotas(struct roster_moment *m, const struct roster *r, const char *layer, int64_t at)
{
	for (int i = 0; i < r->rota_count; i++) {
		const struct roster_rota *rota = &r->rotas[i];
		struct rota_turn turn;

		if (strcmp(rota->layer, layer) != 0) {
			continue;
		}
		turn = rota_at(&rota->rota, at);
		for (int p = turn.on ? turn.index : rota->rota.people; p < rota->rota.people;
		     p++) {
			add(m, &(struct roster_place){ .member = rota->people[p],
				.from = turn.from, .by = DUTY_BY_ROTA, .n = rota->n,
				.what = rota->name });
			if (rota->rota.type != ROTA_FIXED) {
				break;
			}
		}
	}
}

static bool
covers(int64_t from, int64_t until, int64_t at)
{
	return from <= at && at < until;
}

/* One who is put in the place of somebody keeps that one's place in the order. */
static void
replace(struct roster_moment *m, const struct roster_override *o)
{
	struct roster_place *place = place_of(m, o->other);

	if (place == NULL) {
		return;
	}
	if (strcmp(o->kind, "replace") != 0 || o->member < 0 ||
	    place_of(m, o->member) != NULL) {
		take_out(m, place);
		return;
	}
	*place = (struct roster_place){ .member = o->member, .from = o->from,
		.by = o->swap ? DUTY_BY_SWAP : DUTY_BY_OVERRIDE, .n = o->n,
		.what = o->reason };
}

static const struct roster_spell *
spell_at(const struct roster *r, const char *layer, int64_t at)
{
	const struct roster_spell *last = NULL;

	for (int i = 0; i < r->spell_count; i++) {
		if (strcmp(r->spells[i].layer, layer) == 0 &&
		    covers(r->spells[i].from, r->spells[i].until, at)) {
			last = &r->spells[i];
		}
	}
	return last;
}

/* A temporary schedule wins outright over what was there before it.  What is excepted
 * later is meant of its shifts: ids of version 7 are in the order of making. */
static bool
is_overruled(const struct roster_override *o, const struct roster_spell *spell)
{
	return spell != NULL && strcmp(o->id, spell->id) < 0;
}

static bool
counts(const struct roster_override *o, const char *layer, const struct roster_spell *spell,
	int64_t at)
{
	return strcmp(o->layer, layer) == 0 && covers(o->from, o->until, at) &&
		!is_overruled(o, spell);
}

/* In the order in which they were made: who came by one may go by a later one. */
static void
add_overrides(struct roster_moment *m, const struct roster *r, const char *layer,
	const struct roster_spell *spell, int64_t at)
{
	for (int i = 0; i < r->override_count; i++) {
		const struct roster_override *o = &r->overrides[i];

		if (!counts(o, layer, spell, at)) {
			continue;
		}
		if (strcmp(o->kind, "add") != 0) {
			replace(m, o);
			continue;
		}
		add(m, &(struct roster_place){ .member = o->member, .from = o->from,
			.by = DUTY_BY_OVERRIDE, .n = o->n, .what = o->reason });
	}
}

bool
roster_overruled(const struct roster *r, const struct roster_override *o, int64_t from,
	int64_t until)
{
	from = o->from > from ? o->from : from;
	until = o->until < until ? o->until : until;
	for (int i = 0; i < r->spell_count; i++) {
		const struct roster_spell *s = &r->spells[i];

		if (strcmp(s->layer, o->layer) == 0 && s->from <= from && until <= s->until &&
		    is_overruled(o, s)) {
			return true;
		}
	}
	return false;
}

static void
mark_away(struct roster_moment *m, const struct roster *r, int64_t at)
{
	for (int p = 0; p < m->count; p++) {
		struct roster_place *place = &m->places[p];

		place->absence = -1;
		place->away = !r->members[place->member].active;
		for (int i = 0; i < r->absence_count; i++) {
			if (r->absences[i].member == place->member &&
			    covers(r->absences[i].from, r->absences[i].until, at)) {
				place->away = true;
				place->absence = i;
			}
		}
		m->present += !place->away;
	}
}

void
roster_at(struct roster_moment *out, const struct roster *r, const char *layer, int64_t at)
{
	const struct roster_spell *spell = spell_at(r, layer, at);

	out->count = 0;
	out->present = 0;
	for (int i = 0; spell != NULL && i < spell->count; i++) {
		if (covers(spell->shifts[i].from, spell->shifts[i].until, at)) {
			add(out, &(struct roster_place){ .member = spell->shifts[i].member,
				.from = spell->shifts[i].from, .by = DUTY_BY_SPELL, .n = spell->n,
				.what = spell->name });
		}
	}
	if (spell == NULL) {
		add_rotas(out, r, layer, at);
	}
	add_overrides(out, r, layer, spell, at);
	mark_away(out, r, at);
}

/* *next comes down to an edge that lies after `at`. */
static void
edge(int64_t *next, int64_t at, int64_t from, int64_t until)
{
	if (from > at && from < *next) {
		*next = from;
	}
	if (until > at && until < *next) {
		*next = until;
	}
}

int64_t
roster_next(const struct roster *r, const char *layer, int64_t at)
{
	int64_t next = INT64_MAX;

	for (int i = 0; i < r->rota_count; i++) {
		if (strcmp(r->rotas[i].layer, layer) == 0) {
			edge(&next, at, INT64_MIN, rota_at(&r->rotas[i].rota, at).until);
		}
	}
	for (int i = 0; i < r->override_count; i++) {
		if (strcmp(r->overrides[i].layer, layer) == 0) {
			edge(&next, at, r->overrides[i].from, r->overrides[i].until);
		}
	}
	for (int i = 0; i < r->spell_count; i++) {
		const struct roster_spell *spell = &r->spells[i];

		if (strcmp(spell->layer, layer) != 0) {
			continue;
		}
		edge(&next, at, spell->from, spell->until);
		for (int s = 0; s < spell->count; s++) {
			edge(&next, at, spell->shifts[s].from, spell->shifts[s].until);
		}
	}
	for (int i = 0; i < r->absence_count; i++) {
		edge(&next, at, r->absences[i].from, r->absences[i].until);
	}
	for (int i = 0; i < r->raised_count; i++) {
		edge(&next, at, r->raised[i].from, r->raised[i].until);
	}
	return next;
}

bool
roster_is_used(const struct roster *r, const char *layer)
{
	for (int i = 0; i < r->rota_count; i++) {
		if (strcmp(r->rotas[i].layer, layer) == 0) {
			return true;
		}
	}
	for (int i = 0; i < r->spell_count; i++) {
		if (strcmp(r->spells[i].layer, layer) == 0) {
			return true;
		}
	}
	return false;
}

int64_t
roster_until(const struct roster *r, const char *layer, int member, int64_t at)
{
	int64_t t = at;

	for (int i = 0; i < STEPS_MOST; i++) {
		struct roster_moment m;
		const struct roster_place *place;

		t = roster_next(r, layer, t);
		if (t == INT64_MAX || t - at > FAR_MS) {
			return NO_DUE;
		}
		roster_at(&m, r, layer, t);
		place = place_of(&m, member);
		if (place == NULL || place->away) {
			return t;
		}
	}
	return t;
}

int
roster_needed(const struct roster *r, const struct duty_layer *layer, int64_t at,
	const char **why)
{
	int needed = layer->needed;

	*why = NULL;
	for (int i = 0; i < r->raised_count; i++) {
		int64_t wanted = json_get_int(r->raised[i].extra, layer->code, 0);

		if (covers(r->raised[i].from, r->raised[i].until, at) && wanted > needed) {
			needed = (int)wanted;
			*why = r->raised[i].name;
		}
	}
	return needed;
}

static char *
why_of(const struct roster_place *place)
{
	static const char *const words[] = {
		[DUTY_BY_ROTA] = N_("rotation"), [DUTY_BY_SPELL] = N_("roster for a span"),
		[DUTY_BY_OVERRIDE] = N_("exception"), [DUTY_BY_SWAP] = N_("swap, exception"),
	};
	struct buf why = { 0 };

	buf_addf(&why, "%s %d", _(words[place->by]), place->n);
	if (place->what != NULL && place->what[0] != '\0') {
		buf_addf(&why, " (%s)", place->what);
	}
	return buf_take(&why);
}

static struct duty_turn *
turn_add(struct duty_turn **list, int *count)
{
	*list = xrealloc(*list, ((size_t)*count + 1) * sizeof **list);
	(*list)[*count] = (struct duty_turn){ 0 };
	return &(*list)[(*count)++];
}

static void
put_turn(struct duty_list *out, const struct roster *r, const struct roster_place *place,
	const char *layer, int64_t at)
{
	const struct roster_member *m = &r->members[place->member];
	struct duty_turn *turn = place->away ? turn_add(&out->away, &out->away_count)
		: turn_add(&out->people, &out->count);

	memcpy(turn->id, m->id, sizeof turn->id);
	turn->login = xstrdup(m->login);
	turn->name = xstrdup(m->name);
	turn->by = place->by;
	turn->n = place->n;
	if (!place->away) {
		turn->from = place->from;
		turn->until = roster_until(r, layer, place->member, at);
		turn->why = why_of(place);
	} else if (place->absence >= 0) {
		const struct roster_absence *a = &r->absences[place->absence];

		turn->from = a->from;
		turn->until = a->until;
		turn->why = a->reason[0] == '\0' ? xstrdup(_("on leave"))
			: xasprintf(_("on leave: %s"), a->reason);
	} else {
		turn->from = place->from;
		turn->until = NO_DUE;
		turn->why = xstrdup(_("not active, or a viewer"));
	}
}

void
roster_list(struct duty_list *out, const struct roster *r, const char *layer, int64_t at)
{
	struct roster_moment m;

	*out = (struct duty_list){ 0 };
	roster_at(&m, r, layer, at);
	for (int i = 0; i < m.count; i++) {
		put_turn(out, r, &m.places[i], layer, at);
	}
}
