/* duty_layer.c owns layers and their rotations: made, changed, withdrawn.
 *
 *	{"name", "name_en", "needed", "position", "counted", "withdraw",
 *	 "rotation": {"n", "name", "type", "every", "start", "zone", "days", "from",
 *		"to", "people", "from_day", "to_day", "withdraw"},
 *	 "rotations": [the same, all there are]}
 *
 * n is a number, or "new"; without it the name says which, or it is the only one. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/calendar.h"
#include "core/change.h"
#include "core/columns.h"
#include "core/duty_keep.h"
#include "core/duty_private.h"
#include "core/duty_which.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/register.h"
#include "core/rota_text.h"
#include "core/thing.h"

SQL(LAYER_BY_CODE, "t",
	"SELECT id, name, name_en, position, needed, counted, state FROM duty_layer"
	" WHERE code = $1");
SQL(LAYER_NEXT, "", "SELECT position + 1 FROM duty_layer ORDER BY position DESC LIMIT 1");
SQL(ROTA_NEXT, "", "SELECT n + 1 FROM duty_rota ORDER BY n DESC LIMIT 1");
SQL(ROTAS_OF, "t",
	"SELECT id, n, name, type, every, start, zone, days, from_clock, to_clock, people,"
	" from_day, to_day, state FROM duty_rota WHERE layer = $1 AND state <> 'withdrawn'"
	" ORDER BY n");

struct setting_layer {
	struct desk *desk;
	const struct roster *roster;
	const char *code;
	struct json *now;  /* the layer's row, or NULL */
	struct json *rotas; /* rows as they stand */
	struct json *told;  /* [{n, name, done}] */
	int next_n;
	int events;
};

/* ---- rows as they stand ---- */

static const char *const layer_columns[] = {
	"name", "name_en", "position", "needed", "counted", "state", NULL,
};
static const char *const rota_columns[] = {
	"name", "type", "every", "start", "zone", "days", "from_clock", "to_clock", "people",
	"from_day", "to_day", "state", NULL,
};

static bool
is_number(const char *column)
{
	static const char *const numbers[] = {
		"position", "needed", "counted", "every", "from_clock", "to_clock",
	};

	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
		if (strcmp(numbers[i], column) == 0) {
			return true;
		}
	}
	return false;
}

static struct json *
row_of(struct stmt *st, int first, const char *const *columns)
{
	struct json *row = json_object();

	for (int i = 0; columns[i] != NULL; i++) {
		if (is_number(columns[i])) {
			json_set_int(row, columns[i], stmt_int(st, first + i));
		} else {
			json_set_text(row, columns[i], stmt_text(st, first + i));
		}
	}
	json_set_text(row, "id", stmt_text(st, 0));
	return row;
}

static bool
read_now(struct setting_layer *s, struct error *err)
{
	struct stmt *st = db_query(desk_db(s->desk), &LAYER_BY_CODE, TXT(s->code));

	if (stmt_row(st)) {
		s->now = row_of(st, 1, layer_columns);
	}
	if (!stmt_done(st, err)) {
		return false;
	}
	st = db_query(desk_db(s->desk), &ROTAS_OF, TXT(s->code));
	s->rotas = json_array();
	while (stmt_row(st)) {
		struct json *row = row_of(st, 2, rota_columns);

		json_set_int(row, "n", stmt_int(st, 1));
		json_push(s->rotas, row);
	}
	return stmt_done(st, err) && duty_next_n(s->desk, &ROTA_NEXT, &s->next_n, err);
}

/* ---- events ---- */

/* A row that is made, or what of it changes. */
static void
put(struct setting_layer *s, const char *thing, const char *of, const char *name,
	const struct json *now, const struct json *wanted, const char *const *columns)
{
	char id[UUID_SIZE];
	struct json *body = now == NULL ? thing_new(s->desk, thing, id)
		: thing_change(thing, json_get_text(now, "id"));
	char *kind = xasprintf("%s_%s", thing, now == NULL ? "added" : "set");

	json_set_text(body, "name", name);
	if (json_get(now, "n") != NULL) {
		json_set_int(body, "n", json_get_int(now, "n", 0));
	}
	if (now == NULL) {
		row_text(body, strcmp(thing, "duty_layer") == 0 ? "code" : "layer", of);
	}
	for (int i = 0; columns[i] != NULL; i++) {
		const struct json *to = json_get(wanted, columns[i]);
		const struct json *from = json_get(now, columns[i]);

		if (to == NULL || (now != NULL && json_equal(from, to))) {
			continue;
		}
		if (now == NULL && is_number(columns[i])) {
			row_int(body, columns[i], json_integer(to, 0));
		} else if (now == NULL) {
			row_text(body, columns[i], json_text(to, ""));
		} else if (is_number(columns[i])) {
			/* 0 is a number here, not nothing. */
			struct json *set = json_detach(body, "set");
			struct json *cell = json_object();

			set = set == NULL ? json_object() : set;
			json_set_int(cell, "from", json_integer(from, 0));
			json_set_int(cell, "to", json_integer(to, 0));
			json_set(set, columns[i], cell);
			json_set(body, "set", set);
		} else {
			set_text(body, columns[i], json_text(from, ""), json_text(to, ""));
		}
	}
	if (now == NULL && json_get_int(wanted, "n", 0) > 0) {
		row_int(body, "n", json_get_int(wanted, "n", 0));
	}
	if (now == NULL || set_count(body) > 0) {
		change_add(s->desk, kind, NULL, body);
		s->events++;
	} else {
		json_free(body);
	}
	free(kind);
}

/* ---- the layer ---- */

static bool
take_number(struct json *wanted, const struct json *given, const char *key, int64_t most,
	struct error *err)
{
	const struct json *value = json_get(given, key);
	const char *text = json_text(value, NULL);
	int64_t number = json_is(value, JSON_BOOL) ? json_true(value) : json_integer(value, -1);

	if (value == NULL) {
		return true;
	}
	if (text != NULL && (strcmp(text, "yes") == 0 || strcmp(text, "no") == 0)) {
		number = text[0] == 'y';
	} else if (text != NULL && text[0] >= '0' && text[0] <= '9') {
		number = strtoll(text, NULL, 10);
	}
	if (number < 0 || number > most) {
		return error_set(err, ERR_BAD_INPUT,
			_("%s: must be a whole number from %lld to %lld"), key, 0LL,
			(long long)most);
	}
	json_set_int(wanted, key, number);
	return true;
}

static bool
take_text(struct json *wanted, const struct json *given, const char *key, struct error *err)
{
	const char *text = json_get_text(given, key);
	char *clean = NULL;

	if (json_get(given, key) == NULL) {
		return true;
	}
	if (!duty_line(&clean, text, key, err)) {
		return false;
	}
	json_set_text(wanted, key, clean);
	free(clean);
	return true;
}

static bool
known_keys(const struct json *given, const char *const *keys, struct error *err)
{
	for (const struct json *one = json_first(given); one != NULL; one = json_next(one)) {
		int i = 0;

		while (keys[i] != NULL && strcmp(keys[i], json_key(one)) != 0) {
			i++;
		}
		if (keys[i] == NULL) {
			return error_set(err, ERR_BAD_INPUT, _("unknown key %.40s"), json_key(one));
		}
	}
	return true;
}

/* Those that the rules of a new desk call have names that people know. */
static void
name_known(struct json *wanted, const char *code)
{
	static const struct {
		const char *code, *name;
	} known[] = {
		{ "first", N_("First on call") }, { "backup", N_("Backup on call") },
		{ "lead", N_("Lead of the watch") },
	};

	for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
		if (strcmp(known[i].code, code) == 0) {
			json_set_text(wanted, "name", i18n_in("vi", known[i].name));
			json_set_text(wanted, "name_en", known[i].name);
		}
	}
}

static bool
set_layer(struct setting_layer *s, const struct json *given, struct error *err)
{
	struct json *wanted = json_object();
	int position = 1;
	bool ok;

	json_set_text(wanted, "state", json_get_bool(given, "withdraw") ? "withdrawn" : "on");
	ok = duty_next_n(s->desk, &LAYER_NEXT, &position, err);
	if (ok && s->now == NULL) {
		json_set_text(wanted, "name", s->code);
		if (json_get(given, "name") == NULL) {
			name_known(wanted, s->code);
		}
		json_set_int(wanted, "position", position);
		json_set_int(wanted, "needed", 1);
		json_set_int(wanted, "counted",
			position == 1 || strcmp(s->code, "first") == 0);
	}
	ok = ok && take_text(wanted, given, "name", err) &&
		take_text(wanted, given, "name_en", err) &&
		take_number(wanted, given, "position", 99, err) &&
		take_number(wanted, given, "needed", ROSTER_MOST, err) &&
		take_number(wanted, given, "counted", 1, err);
	if (ok) {
		const char *name = json_get_text(wanted, "name");

		put(s, "duty_layer", s->code, name != NULL ? name
			: json_get_text(s->now, "name"), s->now, wanted, layer_columns);
	}
	json_free(wanted);
	return ok;
}

/* ---- rotations ---- */

static bool
people_fit(const struct setting_layer *s, const struct json *wanted, struct error *err)
{
	struct json *list = NULL;
	const char *text = json_get_text(wanted, "people");
	int member;
	bool ok = text == NULL || json_parse(&list, text, strlen(text), NULL, err);

	for (const struct json *one = json_first(list); ok && one != NULL;
	     one = json_next(one)) {
		ok = duty_worker(&member, s->roster, json_text(one, ""), err);
	}
	json_free(list);
	return ok;
}

static bool
keep_turn(const struct setting_layer *s, struct json *wanted, const struct json *now,
	struct error *err)
{
	for (int i = 0; now != NULL && i < s->roster->rota_count; i++) {
		const struct roster_rota *old = &s->roster->rotas[i];

		if (old->n == json_get_int(now, "n", 0)) {
			return duty_keep_turn(wanted, s->roster, old, desk_now(s->desk), err);
		}
	}
	return true;
}

/* What became of it, for who asked. */
static void
tell(struct setting_layer *s, const struct json *now, const struct json *wanted,
	bool moved)
{
	struct json *one = json_object();
	const char *name = json_get_text(wanted, "name");

	json_set_int(one, "n", json_get_int(now != NULL ? now : wanted, "n", 0));
	json_set_text(one, "name", name != NULL ? name : json_text_of(now, "name"));
	json_set_text(one, "done", now == NULL ? "added" : !moved ? "same"
		: strcmp(json_text_of(wanted, "state"), "withdrawn") == 0 ? "withdrawn"
		: "changed");
	json_push(s->told, one);
}

static bool
set_rota(struct setting_layer *s, const struct json *given, const struct json *now,
	struct error *err)
{
	struct json *wanted = NULL;
	int before = s->events;
	bool ok;

	if (now == NULL && json_get_bool(given, "withdraw")) {
		return error_set(err, ERR_NOT_FOUND,
			_("%s has no such rotation; see `suco duty layers`"), s->code);
	}
	ok = rota_read(&wanted, given, now, desk_zone(s->desk), desk_now(s->desk), err) &&
		people_fit(s, wanted, err) && keep_turn(s, wanted, now, err);
	if (ok) {
		const char *name = json_get_text(wanted, "name");

		if (now == NULL) {
			json_set_int(wanted, "n", s->next_n++);
		}
		put(s, "duty_rota", s->code, name != NULL ? name : json_get_text(now, "name"),
			now, wanted, rota_columns);
		tell(s, now, wanted, s->events > before);
	}
	json_free(wanted);
	return ok;
}

static bool
is_kept(const struct json *kept, const struct json *row)
{
	for (const struct json *one = json_first(kept); one != NULL; one = json_next(one)) {
		if (json_integer(one, 0) == json_get_int(row, "n", 0)) {
			return true;
		}
	}
	return false;
}

/* In a list of all there are, a name that none has is a new one. */
static bool
listed(const struct json **now, const struct setting_layer *s, const struct json *list,
	const struct json *given, struct error *err)
{
	const char *name = json_get_text(given, "name");
	struct error ignored;

	if (json_get(given, "n") != NULL || (name == NULL && json_count(list) == 1 &&
		    json_count(s->rotas) == 1)) {
		return duty_which(now, s->rotas, s->code, given, err);
	}
	if (!duty_which(now, s->rotas, s->code, given, &ignored) || name == NULL) {
		*now = NULL;
	}
	return true;
}

/* All rotations there are to be: what is not named goes. */
static bool
set_rotas(struct setting_layer *s, const struct json *list, struct error *err)
{
	struct json *kept = json_array();
	bool ok = true;

	for (const struct json *one = json_first(list); ok && one != NULL;
	     one = json_next(one)) {
		const struct json *row = NULL;

		ok = listed(&row, s, list, one, err) && set_rota(s, one, row, err);
		if (row != NULL) {
			json_push(kept, json_int(json_get_int(row, "n", 0)));
		}
	}
	for (const struct json *row = json_first(s->rotas); ok && row != NULL;
	     row = json_next(row)) {
		if (!is_kept(kept, row)) {
			struct json *gone = json_object();

			json_set_text(gone, "state", "withdrawn");
			put(s, "duty_rota", s->code, json_get_text(row, "name"), row, gone,
				rota_columns);
			tell(s, row, gone, true);
			json_free(gone);
		}
	}
	json_free(kept);
	return ok;
}

static bool
set_all(struct setting_layer *s, const struct json *given, struct error *err)
{
	static const char *const keys[] = {
		"name", "name_en", "needed", "position", "counted", "withdraw", "rotation",
		"rotations", NULL,
	};
	const struct json *one = json_get(given, "rotation");
	const struct json *all = json_get(given, "rotations");
	const struct json *row = NULL;

	return reg_key_fits(s->code, _("layer"), err) && known_keys(given, keys, err) &&
		read_now(s, err) && set_layer(s, given, err) &&
		(one == NULL || (duty_which(&row, s->rotas, s->code, one, err) &&
			set_rota(s, one, row, err))) &&
		(all == NULL || set_rotas(s, all, err));
}

bool
duty_set_told(struct desk *desk, const char *layer, const struct json *given,
	struct json **told, bool *changed, struct error *err)
{
	struct setting_layer s = { .desk = desk, .code = layer };
	struct roster roster;
	bool ok;

	*told = NULL;
	if (!duty_change_begin(&roster, desk, ACT_DUTY, err)) {
		return false;
	}
	s.roster = &roster;
	s.told = json_array();
	ok = set_all(&s, given, err);
	*changed = s.events > 0;
	json_free(s.now);
	json_free(s.rotas);
	ok = duty_change_end(&roster, desk, ok, err);
	if (ok) {
		*told = s.told;
	} else {
		json_free(s.told);
	}
	return ok;
}

bool
duty_set(struct desk *desk, const char *layer, const struct json *given,
	bool *changed, struct error *err)
{
	struct json *told = NULL;
	bool ok = duty_set_told(desk, layer, given, &told, changed, err);

	json_free(told);
	return ok;
}
