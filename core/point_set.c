/* point_set.c owns changing the places of a case, many by one act. */
#include "core/point_act.h"

#include <stdlib.h>
#include <string.h>

#include "core/case.h"
#include "core/change.h"
#include "core/columns.h"
#include "core/i18n.h"
#include "core/limits.h"
#include "core/mem.h"
#include "core/point_given.h"
#include "core/point_names.h"
#include "core/text.h"
#include "core/thing.h"
#include "core/when.h"

struct setting {
	struct desk *desk;
	const struct point_change *what;
	struct point_list there;
	struct point_given given;
	struct place_names *names; /* read where a code was given */
	int64_t at;
	struct json *each;
};

static bool
give(struct setting *s, const char *assignment, struct error *err)
{
	const char *equals = strchr(assignment, '=');
	enum point_field field;
	char *name;
	bool ok;

	if (equals == NULL || equals == assignment) {
		return error_set(err, ERR_USAGE, _("\"%.80s\" is not FIELD=VALUE"), assignment);
	}
	name = xstrndup(assignment, (size_t)(equals - assignment));
	field = point_field_named(name);
	if (field == PF_COUNT) {
		struct buf all = { 0 };

		for (int f = 0; f < PF_COUNT; f++) {
			if (point_fields[f].settable) {
				buf_addf(&all, "%s%s", all.len > 0 ? ", " : "",
					point_fields[f].name);
			}
		}
		ok = error_set(err, ERR_BAD_INPUT, _("a point has no %.40s: %s"), name,
			buf_text(&all));
		buf_free(&all);
	} else {
		ok = point_give(&s->given, s->desk, field, equals + 1, err);
	}
	free(name);
	return ok;
}

static void
set_texts(struct json *body, const struct point *p, const struct point_given *given)
{
	const struct {
		enum point_field field;
		const char *column;
		const char *is;
	} rows[] = {
		{ PF_RESERVE, "reserve", p->reserve }, { PF_TOLD, "told_how", p->told_how },
		{ PF_CONFIRMED_BY, "confirmed_by", p->confirmed_by },
		{ PF_PERSON, "person", p->person }, { PF_CARRIER, "carrier", p->carrier },
		{ PF_AREA, "area", p->area }, { PF_NOTE, "note", p->note },
		{ PF_OVER_TOLD, "over_told_how", p->over_told_how },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const char *to = given->text[rows[i].field];

		if (given->has[rows[i].field] && strcmp(to, rows[i].is) != 0) {
			set_text(body, rows[i].column, rows[i].is, to);
		}
	}
}

/* A time that is absent is no value in the event, not 0. */
static void
set_time(struct json *body, const char *column, int64_t from, int64_t to)
{
	if (from != to) {
		set_int(body, column, from, to);
	}
}

static void
set_times(struct json *body, const struct point *p, const struct point_times *t)
{
	if (strcmp(p->state, t->state) != 0) {
		set_text(body, "state", p->state, t->state);
	}
	set_time(body, "since", p->since, t->since);
	set_time(body, "reserve_at", p->reserve_at, t->reserve_at);
	set_time(body, "told_at", p->told_at, t->told_at);
	set_time(body, "confirmed_at", p->confirmed_at, t->confirmed_at);
	set_time(body, "back_at", p->back_at, t->back_at);
	set_time(body, "down_since", p->down_since, t->down_since);
	set_time(body, "down_ms", p->down_ms, t->down_ms);
	set_time(body, "down_from", p->down_from, t->down_from);
	set_time(body, "over_told_at", p->over_told_at, t->over_told_at);
}

static void
set_if_other(struct json *body, const char *column, const char *from, const char *to)
{
	if (strcmp(from, to) != 0) {
		set_text(body, column, from, to);
	}
}

/* Somebody says what a typed name means. */
static bool
choose(struct setting *s, struct json *body, const struct point *p, enum point_field field,
	struct error *err)
{
	const char *kind = point_fields[field].name;
	const char *code = s->given.text[field];
	const struct place_name *place = place_names_get(s->names, kind, code);
	char *key;

	if (place == NULL) {
		return error_set(err, ERR_NOT_FOUND, _("there is no %s %.60s"), _(kind), code);
	}
	for (int i = 0; i < s->there.count; i++) {
		const struct point *other = &s->there.rows[i];

		if (other != p && strcmp(other->ref_kind, kind) == 0 &&
		    strcmp(other->ref, code) == 0) {
			return error_set(err, ERR_REFUSED, _("%s is on the list already, as"
				" point %d"), place->name, other->n);
		}
	}
	key = place_key(place->name);
	set_if_other(body, "ref_kind", p->ref_kind, kind);
	set_if_other(body, "ref", p->ref, code);
	set_if_other(body, "name", p->name, place->name);
	set_if_other(body, "name_key", p->name_key, key);
	if (!s->given.has[PF_AREA]) {
		set_if_other(body, "area", p->area, place->area);
	}
	if (!s->given.has[PF_CARRIER] && place->carrier[0] != '\0') {
		set_if_other(body, "carrier", p->carrier, place->carrier);
	}
	free(key);
	return true;
}

static bool
rename_point(struct setting *s, struct json *body, const struct point *p,
	struct error *err)
{
	const char *to = s->given.text[PF_NAME];
	char *key = place_key(to);

	if (key[0] == '\0') {
		free(key);
		return error_set(err, ERR_BAD_INPUT, _("a point needs a name"));
	}
	set_if_other(body, "name", p->name, to);
	set_if_other(body, "name_key", p->name_key, key);
	free(key);
	return true;
}

/* --if-version: nobody else may have changed these since. */
static bool
guard(struct setting *s, const struct json *body, const struct point *p,
	struct error *err)
{
	const struct json *set = json_get(body, "set");

	for (const struct json *cell = json_first(set); cell != NULL; cell = json_next(cell)) {
		if (!change_guard(s->desk, p->id, json_key(cell),
			    json_text(json_get(cell, "to"), ""),
			    json_text(json_get(cell, "from"), ""), err)) {
			return false;
		}
	}
	return true;
}

static bool
change_one(struct setting *s, const struct point *p, struct error *err)
{
	struct json *body = thing_change("point", p->id);
	struct point_times times;
	bool ok;

	point_times_of(&times, p);
	json_set_int(body, "n", p->n);
	json_set_text(body, "name", p->name);
	ok = point_decide(&times, &s->given, s->at, p->name, s->desk, err);
	if (ok) {
		set_times(body, p, &times);
		set_texts(body, p, &s->given);
	}
	ok = ok && (!s->given.has[PF_UNIT] || choose(s, body, p, PF_UNIT, err)) &&
		(!s->given.has[PF_ASSET] || choose(s, body, p, PF_ASSET, err)) &&
		(!s->given.has[PF_NAME] || rename_point(s, body, p, err)) &&
		guard(s, body, p, err);
	if (ok && set_count(body) > 0) {
		json_push(s->each, body);
	} else {
		json_free(body);
	}
	return ok;
}

static bool
no_such_point(int n, int count, struct error *err)
{
	return error_set(err, ERR_NOT_FOUND, count == 0
		? _("this case has no points yet: `suco point CASE add NAME...`")
		: _("there is no point %d on this case"), n);
}

static bool
change_all(struct setting *s, struct error *err)
{
	bool one = s->given.has[PF_UNIT] || s->given.has[PF_ASSET] || s->given.has[PF_NAME];

	if (one && s->what->count > 1) {
		return error_set(err, ERR_REFUSED,
			_("a name is chosen for one point at a time"));
	}
	if (one && !place_names_load(&s->names, s->desk, err)) {
		return false;
	}
	for (int i = 0; i < s->what->count; i++) {
		const struct point *p = point_by_n(&s->there, s->what->numbers[i]);

		if (p == NULL) {
			return no_such_point(s->what->numbers[i], s->there.count, err);
		}
		if (!change_one(s, p, err)) {
			return false;
		}
	}
	return true;
}

static bool
read_change(struct setting *s, struct error *err)
{
	const char *at = s->what->at;

	s->at = desk_now(s->desk);
	if (at != NULL && at[0] != '\0' && !when_parse(&s->at, at, WHEN_PAST, s->at,
			desk_zone(s->desk), err)) {
		return false;
	}
	for (int i = 0; i < s->what->assignment_count; i++) {
		if (!give(s, s->what->assignments[i], err)) {
			return false;
		}
	}
	return true;
}

static void
setting_clear(struct setting *s)
{
	point_list_clear(&s->there);
	point_given_clear(&s->given);
	place_names_free(s->names);
	json_free(s->each);
}

/* The event, where anything changes; at: when it happened. */
static void
append(struct setting *s, const char *kind, const char *case_id, const char *reason)
{
	struct json *body;

	if (json_count(s->each) == 0) {
		return;
	}
	body = json_object();
	json_set(body, "each", s->each);
	s->each = NULL;
	if (reason != NULL && reason[0] != '\0') {
		json_set_text(body, "reason", reason);
	}
	change_add_at(s->desk, kind, case_id, body,
		(struct event_time){ .at = s->at == desk_now(s->desk) ? 0 : s->at });
}

bool
point_counts(const struct ir_case *c, struct error *err)
{
	return (strcmp(c->status, "closed") != 0 && strcmp(c->status, "dismissed") != 0) ||
		error_set(err, ERR_REFUSED, _("case %s is over: nobody would see that a place"
			" is down there; reopen it first"), c->number);
}

/* What came back or was told later is still kept. */
static bool
may_set(const struct setting *s, const struct ir_case *c, struct error *err)
{
	const char *state = s->given.has[PF_STATE] ? s->given.text[PF_STATE] : "";

	return !point_state_is_down(state) || point_counts(c, err);
}

bool
point_set(struct desk *desk, const char *case_id, const struct point_change *what,
	struct error *err)
{
	struct setting s = { .desk = desk, .what = what };
	struct ir_case c = { 0 };
	bool ok;

	if (!desk_may(desk, ACT_WORK, err) || !change_begin(desk, err)) {
		return false;
	}
	s.each = json_array();
	ok = case_load(&c, desk, case_id, err) && read_change(&s, err) &&
		may_set(&s, &c, err) && point_load(&s.there, desk, case_id, "", err) &&
		change_all(&s, err);
	if (ok) {
		append(&s, "point_set", case_id, NULL);
	}
	ok = change_end(desk, ok, err);
	case_clear(&c);
	setting_clear(&s);
	return ok;
}

static bool
remove_all(struct setting *s, struct error *err)
{
	for (int i = 0; i < s->what->count; i++) {
		const struct point *p = point_by_n(&s->there, s->what->numbers[i]);
		struct json *body;

		if (p == NULL) {
			return no_such_point(s->what->numbers[i], s->there.count, err);
		}
		if (!change_guard(s->desk, p->id, "list", POINT_LIST_REMOVED, "", err)) {
			return false;
		}
		body = thing_change("point", p->id);
		json_set_int(body, "n", p->n);
		json_set_text(body, "name", p->name);
		set_text(body, "list", "", POINT_LIST_REMOVED);
		/* It was never down: nothing counts it any more. */
		set_time(body, "down_since", p->down_since, 0);
		json_push(s->each, body);
	}
	return true;
}

bool
point_remove(struct desk *desk, const char *case_id, const int *numbers, int count,
	const char *reason, struct error *err)
{
	const struct point_change what = { .numbers = numbers, .count = count };
	struct setting s = { .desk = desk, .what = &what, .at = desk_now(desk) };
	char *clean = NULL;
	bool ok;

	if (!desk_may(desk, ACT_WORK, err) || (reason != NULL && !text_accept(&clean,
			reason, strlen(reason), TEXT_MANY_LINES, limit(LIMIT_NOTE),
			_("reason"), err)) || !change_begin(desk, err)) {
		free(clean);
		return false;
	}
	s.each = json_array();
	ok = point_load(&s.there, desk, case_id, "", err) && remove_all(&s, err);
	if (ok) {
		append(&s, "point_removed", case_id, clean);
	}
	ok = change_end(desk, ok, err);
	setting_clear(&s);
	free(clean);
	return ok;
}
