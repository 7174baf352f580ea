/* duty_act.c owns what all acts on the roster share: the change around them, spans as
 * they are typed, who may be put on it. */
#include "core/duty_private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/calendar.h"
#include "core/change.h"
#include "core/duty_past.h"
#include "core/i18n.h"
#include "core/limits.h"
#include "core/text.h"
#include "core/when.h"

#define YEARS_MS (INT64_C(2) * 366 * 86400000)

bool
duty_change_begin(struct roster *roster, struct desk *desk, enum act act,
	struct error *err)
{
	bool ok;

	*roster = (struct roster){ 0 };
	if (!desk_may(desk, act, err) || !change_begin(desk, err)) {
		return false;
	}
	ok = duty_note_past(desk, desk_now(desk), err) &&
		roster_load(roster, desk, INT64_MIN, err);
	return ok || change_end(desk, false, err);
}

bool
duty_change_end(struct roster *roster, struct desk *desk, bool ok, struct error *err)
{
	roster_clear(roster);
	ok = ok && change_flush(desk, err) && duty_note_past(desk, desk_now(desk), err);
	return change_end(desk, ok, err);
}

bool
duty_next_n(struct desk *desk, const struct sql *query, int *n, struct error *err)
{
	int64_t next = 1;

	if (!db_one_int(desk_db(desk), query, &next, err, NOARGS)) {
		return false;
	}
	*n = (int)next;
	return true;
}

bool
duty_line(char **out, const char *text, const char *what, struct error *err)
{
	return text_accept(out, text == NULL ? "" : text, text == NULL ? 0 : strlen(text),
		TEXT_ONE_LINE, limit(LIMIT_TITLE), what, err);
}

bool
duty_layer_there(const struct roster *roster, const char *layer, struct error *err)
{
	if (layer == NULL || layer[0] == '\0') {
		(void)error_set(err, ERR_BAD_INPUT, _("which layer of the roster?"));
		return error_how(err, "--layer");
	}
	return roster_layer(roster, layer) != NULL || error_set(err, ERR_NOT_FOUND,
		_("the roster has no layer %.60s; see `suco duty`"), layer);
}

bool
duty_worker(int *member, const struct roster *roster, const char *login,
	struct error *err)
{
	if (login == NULL || login[0] == '\0') {
		return error_set(err, ERR_BAD_INPUT, _("who? a member's login"));
	}
	*member = roster_member(roster, login);
	if (*member < 0) {
		return error_set(err, ERR_NOT_FOUND, _("there is no member %.60s"), login);
	}
	return roster->members[*member].active || error_set(err, ERR_REFUSED,
		_("%s is not active or a viewer: put somebody else on the roster"),
		roster->members[*member].name);
}

/* Nothing but a day: no clock, and not counted from now. */
static bool
is_day(const char *typed)
{
	return typed[0] >= '0' && typed[0] <= '9' &&
		typed[strspn(typed, "0123456789/-.")] == '\0';
}

static bool
read_one(int64_t *out, struct desk *desk, const char *typed, int64_t after, bool end,
	struct error *err)
{
	const struct zone *zone = desk_zone(desk);

	if (typed == NULL || typed[0] == '\0') {
		(void)error_set(err, ERR_BAD_INPUT, end ? _("until when?") : _("from when?"));
		return error_how(err, end ? "--to" : "--from");
	}
	if (!when_parse(out, typed, WHEN_DUE, after, zone, err)) {
		return false;
	}
	if (is_day(typed)) {
		int64_t day = calendar_day(zone, *out - 1);

		*out = rota_first_of(zone, end ? day + 1 : day, 0);
	}
	/* The roster is of minutes. */
	*out -= *out % 60000;
	return true;
}

bool
duty_span_read(int64_t *from, int64_t *until, struct desk *desk,
	const struct duty_span *typed, struct error *err)
{
	int64_t now = desk_now(desk);

	if (!read_one(from, desk, typed->from, now, false, err) ||
	    !read_one(until, desk, typed->to, *from > now ? *from : now, true, err)) {
		return false;
	}
	if (*until <= *from) {
		return error_set(err, ERR_BAD_INPUT, _("it ends before it begins: %s to %s"),
			typed->from, typed->to);
	}
	if (*until <= now) {
		return error_set(err, ERR_REFUSED,
			_("it is over already: what was on call then stays as it was"));
	}
	if (*until - *from > YEARS_MS) {
		return error_set(err, ERR_BAD_INPUT, _("it lasts more than two years"));
	}
	/* What has been stays: it begins now. */
	if (*from < now) {
		*from = now;
	}
	return true;
}

static bool
on_roster(const struct roster *roster, const char *layer, int member, int64_t at)
{
	struct roster_moment m;

	roster_at(&m, roster, layer, at);
	for (int i = 0; i < m.count; i++) {
		if (m.places[i].member == member) {
			return true;
		}
	}
	return false;
}

/* Steps through the span; wanted: stop at a moment where he is, else where not. */
static bool
look(const struct roster *roster, const char *layer, int member, int64_t from,
	int64_t until, bool wanted)
{
	for (int64_t t = from; t < until; t = roster_next(roster, layer, t)) {
		if (on_roster(roster, layer, member, t) == wanted) {
			return true;
		}
	}
	return false;
}

bool
duty_is_in(const struct roster *roster, const char *layer, int member, int64_t from,
	int64_t until)
{
	return look(roster, layer, member, from, until, true);
}

bool
duty_is_all_in(const struct roster *roster, const char *layer, int member,
	int64_t from, int64_t until)
{
	return !look(roster, layer, member, from, until, false);
}

bool
duty_is_free(const struct roster *roster, int member, int64_t from, int64_t until,
	struct error *err)
{
	for (int i = 0; i < roster->absence_count; i++) {
		const struct roster_absence *a = &roster->absences[i];

		if (a->member == member && a->from < until && from < a->until) {
			return error_set(err, ERR_REFUSED,
				_("%s is on leave then: name somebody else, or withdraw the leave"
				  " first (`suco duty withdraw away %d`)"),
				roster->members[member].name, a->n);
		}
	}
	return true;
}
