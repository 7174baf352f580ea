/* point_add.c owns adding places to a case: typed, pasted, imported, or a whole
 * group of the register. */
#include "core/point_act.h"

#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/case.h"
#include "core/change.h"
#include "core/group.h"
#include "core/i18n.h"
#include "core/limits.h"
#include "core/mem.h"
#include "core/point_given.h"
#include "core/point_names.h"
#include "core/thing.h"
#include "core/words.h"

/* The change that gave a point the name that it has. */
SQL(POINT_NAMED_BY, "t",
	"SELECT e.body FROM field_version v JOIN event e ON e.seq = v.seq"
	" WHERE v.subject = $1 AND v.field = 'name'");
SQL(POINT_LAST_N, "tt",
	"SELECT MAX(n) FROM point WHERE case_id = $1 AND list IN ('', $2)");

/* One act of adding. */
struct adding {
	struct desk *desk;
	const struct point_new *what;
	struct point_report *report;
	struct ir_case c;
	struct point_list there;
	struct place_names *names;
	char **keys; /* of what is there and what was added: place_key() or kind:code */
	int key_count;
	struct json *each;
	struct buf already;
	const char *state; /* of what says none itself */
	int64_t since;
	int n;
};

void
point_report_clear(struct point_report *report)
{
	free(report->already_names);
	*report = (struct point_report){ 0 };
}

char *
point_report_text(const struct point_report *report)
{
	struct buf out = { 0 };

	buf_addf(&out, ngettext("%d point added", "%d points added",
		(unsigned long)report->added), report->added);
	if (report->several > 0) {
		buf_addf(&out, _("; several fit, choose: %d"), report->several);
	}
	if (report->unknown > 0) {
		buf_addf(&out, _("; not in the register: %d"), report->unknown);
	}
	if (report->already > 0) {
		buf_addf(&out, _("; on the list already: %d (%s)"), report->already,
			report->already_names);
	}
	return buf_take(&out);
}

/* False: it is there already. */
static bool
take_key(struct adding *a, char *key)
{
	for (int i = 0; i < a->key_count; i++) {
		if (strcmp(a->keys[i], key) == 0) {
			free(key);
			return false;
		}
	}
	a->keys = xrealloc(a->keys, ((size_t)a->key_count + 1) * sizeof *a->keys);
	a->keys[a->key_count++] = key;
	return true;
}

static char *
key_of(const char *ref_kind, const char *ref, const char *name_key)
{
	return ref[0] == '\0' ? xstrdup(name_key) : xasprintf("%s:%s", ref_kind, ref);
}

/* Of a name that fits several places: the same for every way of typing it. */
static char *
several_key(const struct places *places)
{
	struct buf key = { 0 };

	for (int i = 0; i < places->count; i++) {
		buf_addf(&key, "%s%s:%s", i == 0 ? "?" : " ", places->list[i]->kind,
			places->list[i]->code);
	}
	return buf_take(&key);
}

/* Did this change take the name of the point from one that fits the same places? */
static bool
named_from(const struct adding *a, const struct json *body, const char *id,
	const char *key)
{
	for (const struct json *row = json_first(json_get(body, "each")); row != NULL;
	     row = json_next(row)) {
		const char *from = json_get_text(json_get(json_get(row, "set"), "name"), "from");
		const char *of = json_get_text(row, "point");
		struct places places;
		char *had;
		bool same;

		if (from == NULL || of == NULL || strcmp(of, id) != 0) {
			continue;
		}
		place_names_find(&places, a->names, from);
		had = several_key(&places);
		same = strcmp(had, key) == 0;
		free(had);
		return same;
	}
	return false;
}

/* Was this point typed as a name that fits the same places, before somebody chose
 * which of them it is? */
static bool
chosen_from(struct adding *a, const struct point *p, const char *key, bool *was,
	struct error *err)
{
	struct json *body = NULL;
	struct error ignored;
	char *text = NULL;

	*was = false;
	if (!db_one_text(desk_db(a->desk), &POINT_NAMED_BY, &text, err, TXT(p->id))) {
		return false;
	}
	if (text != NULL && json_parse(&body, text, strlen(text), NULL, &ignored)) {
		*was = named_from(a, body, p->id, key);
	}
	json_free(body);
	free(text);
	return true;
}

/* Typed again after the choice: *chosen is the point that it became. */
static bool
chosen_already(struct adding *a, const struct places *places, const struct point **chosen,
	struct error *err)
{
	char *key = several_key(places);
	bool ok = true;
	bool was = false;

	*chosen = NULL;
	for (int i = 0; ok && *chosen == NULL && i < a->there.count; i++) {
		const struct point *p = &a->there.rows[i];

		for (int j = 0; ok && !was && j < places->count; j++) {
			if (strcmp(p->ref, places->list[j]->code) == 0 &&
			    strcmp(p->ref_kind, places->list[j]->kind) == 0) {
				ok = chosen_from(a, p, key, &was, err);
			}
		}
		*chosen = was ? p : NULL;
	}
	free(key);
	return ok;
}

static void
there_already(struct adding *a, const char *name)
{
	a->report->already++;
	buf_addf(&a->already, "%s%s", a->already.len > 0 ? ", " : "", name);
}

static void
put_times(struct json *body, const struct point_times *t)
{
	const struct {
		const char *column;
		int64_t value;
	} rows[] = {
		{ "since", t->since }, { "reserve_at", t->reserve_at },
		{ "told_at", t->told_at }, { "confirmed_at", t->confirmed_at },
		{ "back_at", t->back_at }, { "down_since", t->down_since },
		{ "down_ms", t->down_ms }, { "down_from", t->down_from },
		{ "over_told_at", t->over_told_at },
	};

	row_text(body, "state", t->state);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		if (rows[i].value != 0) {
			row_int(body, rows[i].column, rows[i].value);
		}
	}
}

static void
put_texts(struct json *body, const struct point_given *given)
{
	static const enum point_field fields[] = {
		PF_RESERVE, PF_TOLD, PF_CONFIRMED_BY, PF_PERSON, PF_NOTE, PF_OVER_TOLD,
	};
	static const char *const columns[] = {
		"reserve", "told_how", "confirmed_by", "person", "note", "over_told_how",
	};

	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
		row_text(body, columns[i], given->text[fields[i]]);
	}
}

/* The register's values, and those typed where they are given. */
static void
put_place(struct json *body, const struct point_given *given,
	const struct place_name *place)
{
	const char *area = given->text[PF_AREA];
	const char *carrier = given->text[PF_CARRIER];

	if (place != NULL) {
		row_text(body, "ref_kind", place->kind);
		row_text(body, "ref", place->code);
		area = area == NULL ? place->area : area;
		carrier = carrier == NULL ? place->carrier : carrier;
	}
	row_text(body, "area", area);
	row_text(body, "carrier", carrier);
}

/* state and since as the line says, else as the whole list says. */
static bool
read_line(struct adding *a, const struct point_line *line, struct point_given *given,
	struct error *err)
{
	struct error why;

	for (int f = 0; f < PF_COUNT; f++) {
		if (line->fields[f] != NULL && !point_give(given, a->desk,
			    (enum point_field)f, line->fields[f], &why)) {
			return error_set(err, why.code, _("line %d: %s"), line->line,
				why.message);
		}
	}
	if (!given->has[PF_STATE]) {
		given->text[PF_STATE] = xstrdup(given->at[PF_BACK_AT] != 0 ? "back" : a->state);
		given->has[PF_STATE] = true;
	}
	return true;
}

/* A former name, or words in brackets: what was typed stays in the note. */
static void
keep_typed(struct point_given *given, const struct place_name *place)
{
	const char *typed = given->text[PF_NAME];
	char *said = place_key(typed);
	char *name = place_key(place->name);
	char *note = given->text[PF_NOTE];

	if (strstr(name, said) == NULL && strcmp(typed, place->code) != 0) {
		given->text[PF_NOTE] = note == NULL ? xstrdup(typed)
			: xasprintf("%s · %s", typed, note);
		free(note);
	}
	free(said);
	free(name);
}

/* One place, or the places that the name may mean, or none. */
static bool
add_row(struct adding *a, struct point_given *given, const struct place_name *place,
	const struct places *several, struct error *err)
{
	const char *name = place != NULL ? place->name : given->text[PF_NAME];
	char *name_key = place_key(name);
	struct point_times times = { .state = "" };
	char id[UUID_SIZE];
	struct json *body;

	if (!take_key(a, place != NULL ? key_of(place->kind, place->code, "")
			    : several != NULL ? several_key(several) : xstrdup(name_key))) {
		there_already(a, name);
		free(name_key);
		return true;
	}
	if (place != NULL && given->text[PF_NAME] != NULL) {
		keep_typed(given, place);
	}
	if (!point_decide(&times, given, a->since, name, a->desk, err)) {
		free(name_key);
		return false;
	}
	body = thing_new(a->desk, "point", id);
	row_int(body, "n", ++a->n);
	row_text(body, "name", name);
	row_text(body, "name_key", name_key);
	put_place(body, given, place);
	put_times(body, &times);
	put_texts(body, given);
	json_push(a->each, body);
	a->report->added++;
	free(name_key);
	return true;
}

/* A code that the line names outright must be there. */
static bool
named_place(struct adding *a, const struct point_line *line,
	const struct place_name **out, struct error *err)
{
	static const enum point_field fields[] = { PF_UNIT, PF_ASSET };

	for (int i = 0; i < 2; i++) {
		const char *code = line->fields[fields[i]];
		const char *kind = point_fields[fields[i]].name;

		if (code == NULL) {
			continue;
		}
		*out = place_names_get(a->names, kind, code);
		if (*out == NULL) {
			return error_set(err, ERR_NOT_FOUND, _("line %d: there is no %s %.60s"),
				line->line, _(kind), code);
		}
	}
	return true;
}

static bool
add_line(struct adding *a, const struct point_line *line, struct error *err)
{
	struct point_given given = { 0 };
	const struct place_name *place = NULL;
	struct places places = { .count = 0 };
	const struct point *chosen = NULL;
	int added = a->report->added;
	bool ok = named_place(a, line, &place, err) && read_line(a, line, &given, err);

	if (ok && place == NULL) {
		place_names_find(&places, a->names, line->fields[PF_NAME]);
		place = places.count == 1 ? places.list[0] : NULL;
		ok = places.count < 2 || chosen_already(a, &places, &chosen, err);
	}
	if (ok && chosen != NULL) {
		there_already(a, chosen->name);
	} else {
		ok = ok && add_row(a, &given, place, places.count > 1 ? &places : NULL, err);
	}
	if (ok && place == NULL && a->report->added > added) {
		*(places.count > 1 ? &a->report->several : &a->report->unknown) += 1;
	}
	point_given_clear(&given);
	return ok;
}

static bool
add_group(struct adding *a, struct error *err)
{
	struct json *group = NULL;
	struct json *list = NULL;
	bool ok = group_show(a->desk, a->what->group, &group, err) &&
		group_expand(a->desk, a->what->group, &list, err);
	const char *of = ok ? json_get_text(group, "of") : "";

	for (const struct json *one = json_first(list); ok && one != NULL;
	     one = json_next(one)) {
		struct point_given given = { 0 };

		ok = point_give(&given, a->desk, PF_NAME, json_get_text(one, "name"), err) &&
			point_give(&given, a->desk, PF_STATE, a->state, err) &&
			add_row(a, &given, place_names_get(a->names, of,
				json_get_text(one, "code")), NULL, err);
		point_given_clear(&given);
	}
	json_free(group);
	json_free(list);
	return ok;
}

/* What the list as a whole says, or what is likeliest. */
static bool
whole_list(struct adding *a, struct error *err)
{
	struct point_given given = { 0 };
	int64_t now = desk_now(a->desk);
	const char *kind = a->c.kind;
	bool ok = true;

	a->state = a->what->group != NULL ? "unknown" : strcmp(kind, "link") == 0 ? "down"
		: strcmp(kind, "power") == 0 ? "power_out" : "unknown";
	a->since = a->there.count == 0 && a->c.detected_at > 0 && a->c.detected_at < now
		? a->c.detected_at : now;
	if (a->what->state != NULL) {
		ok = point_state_of(&a->state, a->what->state, err);
	}
	if (ok && a->what->since != NULL && a->what->since[0] != '\0') {
		ok = point_give(&given, a->desk, PF_SINCE, a->what->since, err);
		a->since = given.at[PF_SINCE];
	}
	point_given_clear(&given);
	return ok;
}

static bool
load(struct adding *a, const char *case_id, struct error *err)
{
	int64_t n = 0;
	bool ok = case_load(&a->c, a->desk, case_id, err) && point_counts(&a->c, err) &&
		point_load(&a->there, a->desk, case_id, "", err) &&
		place_names_load(&a->names, a->desk, err) &&
		db_one_int(desk_db(a->desk), &POINT_LAST_N, &n, err, TXT(case_id),
			TXT(POINT_LIST_REMOVED));

	a->n = (int)n;
	for (int i = 0; ok && i < a->there.count; i++) {
		const struct point *p = &a->there.rows[i];
		struct places places = { .count = 0 };

		if (p->ref[0] == '\0') {
			place_names_find(&places, a->names, p->name);
		}
		(void)take_key(a, places.count > 1 ? several_key(&places)
			: key_of(p->ref_kind, p->ref, p->name_key));
	}
	return ok;
}

static bool
add_all(struct adding *a, struct error *err)
{
	const struct point_lines *lines = a->what->lines;
	size_t most = limit(LIMIT_POINTS);
	bool ok = whole_list(a, err) && (a->what->group == NULL || add_group(a, err));

	for (int i = 0; ok && lines != NULL && i < lines->count; i++) {
		ok = add_line(a, &lines->list[i], err);
	}
	if (ok && (size_t)(a->there.count + a->report->added) > most) {
		return error_set(err, ERR_BAD_INPUT, _("%d points with those of the case; at"
			" most %zu, nothing was added"), a->there.count + a->report->added,
			most);
	}
	return ok;
}

static void
adding_clear(struct adding *a)
{
	case_clear(&a->c);
	point_list_clear(&a->there);
	place_names_free(a->names);
	for (int i = 0; i < a->key_count; i++) {
		free(a->keys[i]);
	}
	free(a->keys);
	json_free(a->each);
	buf_free(&a->already);
}

bool
point_add(struct desk *desk, const char *case_id, const struct point_new *what,
	struct point_report *report, struct error *err)
{
	struct adding a = { .desk = desk, .what = what, .report = report };
	bool ok;

	*report = (struct point_report){ 0 };
	if (!desk_may(desk, ACT_WORK, err) || !change_begin(desk, err)) {
		return false;
	}
	a.each = json_array();
	ok = load(&a, case_id, err) && add_all(&a, err);
	if (ok && report->added > 0) {
		struct json *body = json_object();

		json_set(body, "each", a.each);
		a.each = NULL;
		if (what->group != NULL) {
			json_set_text(body, "group", what->group);
		}
		change_add(desk, "point_added", case_id, body);
	}
	ok = change_end(desk, ok, err);
	if (ok) {
		report->already_names = buf_take(&a.already);
	} else {
		*report = (struct point_report){ 0 };
	}
	adding_clear(&a);
	return ok;
}
