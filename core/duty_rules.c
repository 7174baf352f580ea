/* duty_rules.c gives the rules of the roster as they stand, and says them in words. */
#include "core/duty_rules.h"

#include <stdio.h>
#include <string.h>

#include "core/duty_roster.h"
#include "core/fold.h"
#include "core/i18n.h"

static void
put_clock(struct json *o, const char *key, int minutes)
{
	char text[16];

	(void)snprintf(text, sizeof text, "%02d:%02d", minutes / 60, minutes % 60);
	json_set_text(o, key, text);
}

static struct json *
rota_json(const struct roster *r, const struct roster_rota *rota)
{
	struct json *o = json_object();
	struct json *people = json_array(), *names = json_array();

	json_set_int(o, "n", rota->n);
	json_set_text(o, "name", rota->name);
	json_set_text(o, "type", rota->type);
	json_set_int(o, "every", rota->rota.every);
	json_set_text(o, "start", rota->start);
	json_set_text(o, "zone", rota->zone_name);
	json_set_text(o, "days", rota->days);
	put_clock(o, "from", rota->rota.from_clock);
	put_clock(o, "to", rota->rota.to_clock);
	for (int i = 0; i < rota->rota.people; i++) {
		if (rota->people[i] >= 0) {
			json_push(people, json_string(r->members[rota->people[i]].login));
			json_push(names, json_string(r->members[rota->people[i]].name));
		}
	}
	json_set(o, "people", people);
	json_set(o, "names", names);
	json_set_text(o, "from_day", rota->from_day);
	json_set_text(o, "to_day", rota->to_day);
	return o;
}

static struct json *
layers_json(const struct roster *r)
{
	struct json *list = json_array();

	for (int i = 0; i < r->layers.count; i++) {
		const struct duty_layer *layer = &r->layers.all[i];
		struct json *o = json_object();
		struct json *rotas = json_array();

		json_set_text(o, "layer", layer->code);
		json_set_text(o, "name", layer->name);
		json_set_text(o, "name_en", layer->name_en);
		json_set_int(o, "position", layer->position);
		json_set_int(o, "needed", layer->needed);
		json_set_bool(o, "counted", layer->counted);
		for (int k = 0; k < r->rota_count; k++) {
			if (strcmp(r->rotas[k].layer, layer->code) == 0) {
				json_push(rotas, rota_json(r, &r->rotas[k]));
			}
		}
		json_set(o, "rotations", rotas);
		json_push(list, o);
	}
	return list;
}

static struct json *
spells_json(const struct roster *r)
{
	struct json *list = json_array();

	for (int i = 0; i < r->spell_count; i++) {
		const struct roster_spell *s = &r->spells[i];
		struct json *o = json_object(), *shifts = json_array();

		json_set_int(o, "n", s->n);
		json_set_text(o, "layer", s->layer);
		json_set_text(o, "name", s->name);
		json_set_text(o, "by", s->by);
		json_set_int(o, "from", s->from);
		json_set_int(o, "to", s->until);
		for (int k = 0; k < s->count; k++) {
			struct json *shift = json_object();
			int member = s->shifts[k].member;

			json_set_text(shift, "login", member < 0 ? "" : r->members[member].login);
			json_set_text(shift, "name", member < 0 ? "" : r->members[member].name);
			json_set_int(shift, "from", s->shifts[k].from);
			json_set_int(shift, "to", s->shifts[k].until);
			json_push(shifts, shift);
		}
		json_set(o, "shifts", shifts);
		json_push(list, o);
	}
	return list;
}

static struct json *
raised_json(const struct roster *r)
{
	struct json *list = json_array();

	for (int i = 0; i < r->raised_count; i++) {
		const struct roster_raised *raised = &r->raised[i];
		struct json *o = json_object();

		json_set_int(o, "n", raised->n);
		json_set_text(o, "name", raised->name);
		json_set_text(o, "kind", raised->kind);
		json_set_int(o, "from", raised->from);
		json_set_int(o, "to", raised->until);
		json_set(o, "needs", raised->extra == NULL ? json_object()
			: json_copy(raised->extra));
		json_push(list, o);
	}
	return list;
}

static void
put_member(struct json *o, const char *key, const struct roster *r, int member, bool login)
{
	json_set_text(o, key, member < 0 ? "" : login ? r->members[member].login
		: r->members[member].name);
}

static struct json *
overrides_json(const struct roster *r)
{
	struct json *list = json_array();

	for (int i = 0; i < r->override_count; i++) {
		const struct roster_override *one = &r->overrides[i];
		struct json *o = json_object();

		json_set_int(o, "n", one->n);
		json_set_text(o, "kind", one->kind);
		json_set_text(o, "layer", one->layer);
		put_member(o, "name", r, one->member, false);
		put_member(o, "other", r, one->other, false);
		json_set_text(o, "reason", one->reason);
		json_set_bool(o, "swap", one->swap);
		json_set_int(o, "from", one->from);
		json_set_int(o, "to", one->until);
		json_push(list, o);
	}
	return list;
}

static struct json *
away_json(const struct roster *r)
{
	struct json *list = json_array();

	for (int i = 0; i < r->absence_count; i++) {
		const struct roster_absence *one = &r->absences[i];
		struct json *o = json_object();

		json_set_int(o, "n", one->n);
		put_member(o, "login", r, one->member, true);
		put_member(o, "name", r, one->member, false);
		json_set_text(o, "reason", one->reason);
		json_set_int(o, "from", one->from);
		json_set_int(o, "to", one->until);
		json_push(list, o);
	}
	return list;
}

bool
duty_rules(struct desk *desk, struct json **out, struct error *err)
{
	struct roster roster;

	if (!roster_load(&roster, desk, desk_now(desk), err)) {
		return false;
	}
	*out = json_object();
	json_set(*out, "layers", layers_json(&roster));
	json_set(*out, "spells", spells_json(&roster));
	json_set(*out, "raised", raised_json(&roster));
	json_set(*out, "overrides", overrides_json(&roster));
	json_set(*out, "away", away_json(&roster));
	roster_clear(&roster);
	return true;
}

SQL(CALLED_BY_RULE, "t",
	"SELECT COUNT(*) FROM rule WHERE consequence LIKE '%\"duty:' || $1 || '\"%'");
SQL(CALLED_BY_SETTING, "t", "SELECT COUNT(*) FROM setting WHERE value = 'duty:' || $1");

bool
duty_layer_called(struct desk *desk, const char *layer, bool *called, struct error *err)
{
	int64_t rules = 0, settings = 0;
	bool ok = db_one_int(desk_db(desk), &CALLED_BY_RULE, &rules, err, TXT(layer)) &&
		db_one_int(desk_db(desk), &CALLED_BY_SETTING, &settings, err, TXT(layer));

	*called = rules + settings > 0;
	return ok;
}

/* ---- in words ---- */

static const struct {
	const char *type, *one, *many;
} lengths[] = {
	{ "hourly", N_("hourly"), N_("every %d hours") },
	{ "daily", N_("daily"), N_("every %d days") },
	{ "weekly", N_("weekly"), N_("every %d weeks") },
	{ "monthly", N_("monthly"), N_("every %d months") },
	{ "fixed", N_("all of them, always"), NULL },
};

static const char *const weekdays[] = {
	N_("day|Mon"), N_("day|Tue"), N_("day|Wed"), N_("day|Thu"), N_("day|Fri"),
	N_("day|Sat"), N_("day|Sun"),
};

/* "Mon-Fri", "Sat, Sun" */
static void
say_days(struct buf *out, const char *days)
{
	for (size_t i = 0; days[i] != '\0'; i++) {
		size_t run = i;

		while (days[run + 1] == days[run] + 1) {
			run++;
		}
		buf_addf(out, ", %s", Q_(weekdays[(days[i] - '1') % 7]));
		if (run > i + 1) {
			buf_addf(out, "-%s", Q_(weekdays[(days[run] - '1') % 7]));
			i = run;
		}
	}
}

void
duty_rota_say(struct buf *out, const struct json *rotation)
{
	const char *type = json_text_of(rotation, "type");
	const char *from = json_text_of(rotation, "from"), *to = json_text_of(rotation, "to");
	int every = (int)json_get_int(rotation, "every", 1);

	for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
		if (strcmp(lengths[i].type, type) != 0) {
			continue;
		}
		if (every > 1 && lengths[i].many != NULL) {
			buf_addf(out, _(lengths[i].many), every);
		} else {
			buf_adds(out, _(lengths[i].one));
		}
	}
	if (strcmp(from, to) != 0) {
		buf_addf(out, ", %s-%s", from, to);
	}
	if (strlen(json_text_of(rotation, "days")) < 7) {
		say_days(out, json_text_of(rotation, "days"));
	}
}

void
duty_rota_people(struct buf *out, const struct json *rotation)
{
	const struct json *names = json_get(rotation, "names");

	for (const struct json *one = json_first(names); one != NULL; one = json_next(one)) {
		buf_addf(out, "%s%s", one == json_first(names) ? "" : ", ",
			fold_given_name(json_text(one, "")));
	}
}
