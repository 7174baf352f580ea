/* point_given.c owns what follows when a place changes: its state, since when,
 * and how long it was down.  The act decides, with the times at which things
 * happened; apply only writes. */
#include "core/point_given.h"

#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/limits.h"
#include "core/mem.h"
#include "core/text.h"
#include "core/when.h"

#define MINUTE_MS 60000

void
point_given_clear(struct point_given *given)
{
	for (int f = 0; f < PF_COUNT; f++) {
		free(given->text[f]);
	}
	*given = (struct point_given){ 0 };
}

static bool
read_value(struct point_given *given, struct desk *desk, enum point_field field,
	const char *typed, struct error *err)
{
	const struct point_field_row *row = &point_fields[field];
	size_t most = limit(field == PF_NOTE ? LIMIT_NOTE : LIMIT_NAME);
	const char *state;

	switch (row->type) {
	case PFT_STATE:
		if (!point_state_of(&state, typed, err)) {
			return false;
		}
		given->text[field] = xstrdup(state);
		return true;
	case PFT_TIME:
		return typed[0] == '\0' || when_parse(&given->at[field], typed, WHEN_PAST,
			desk_now(desk), desk_zone(desk), err);
	default:
		return text_accept(&given->text[field], typed, strlen(typed), TEXT_ONE_LINE,
			most, row->name, err);
	}
}

bool
point_give(struct point_given *given, struct desk *desk, enum point_field field,
	const char *typed, struct error *err)
{
	free(given->text[field]);
	given->text[field] = NULL;
	given->at[field] = 0;
	given->has[field] = true;
	return read_value(given, desk, field, typed, err);
}

void
point_times_of(struct point_times *out, const struct point *point)
{
	*out = (struct point_times){
		.state = point->state, .since = point->since,
		.reserve_at = point->reserve_at, .told_at = point->told_at,
		.confirmed_at = point->confirmed_at, .back_at = point->back_at,
		.down_since = point->down_since, .down_ms = point->down_ms,
		.down_from = point->down_from, .over_told_at = point->over_told_at,
	};
}

/* Who is decided about, for the messages. */
struct subject {
	const char *name;
	const struct desk *desk;
};

static bool
too_early(const struct subject *s, int64_t when, int64_t than, const char *fmt,
	struct error *err)
{
	char at[WHEN_SHORT_SIZE];
	char before[WHEN_SHORT_SIZE];

	when_near(at, when, desk_now(s->desk), desk_zone(s->desk));
	when_near(before, than, desk_now(s->desk), desk_zone(s->desk));
	return error_set(err, ERR_REFUSED, fmt, s->name, at, before);
}

/* Down ends, begins, or goes on under another name. */
static bool
change_state(struct point_times *t, const char *to, int64_t when,
	const struct subject *s, struct error *err)
{
	bool will = point_state_is_down(to);

	if (t->down_since != 0 && !will) {
		if (when < t->down_since) {
			return too_early(s, when, t->down_since,
				_("%s: %s is before it went down (%s)"), err);
		}
		t->down_ms += when - t->down_since;
		t->down_from = t->down_since;
		t->down_since = 0;
	} else if (t->down_since != 0) {
		t->down_since = when < t->down_since ? when : t->down_since;
	} else if (will) {
		if (t->down_ms > 0 && when < t->since) {
			return too_early(s, when, t->since,
				_("%s: %s is before its last change (%s)"), err);
		}
		t->down_since = when;
		t->down_from = 0;
		t->back_at = 0;
	} else {
		t->down_from = 0;
	}
	t->state = to;
	t->since = when;
	return true;
}

/* The same state, but since another time. */
static bool
correct_since(struct point_times *t, int64_t when, const struct subject *s,
	struct error *err)
{
	if (t->down_since != 0) {
		t->down_since = t->since == t->down_since || when < t->down_since ? when
			: t->down_since;
	} else if (t->down_from != 0) {
		if (when < t->down_from) {
			return too_early(s, when, t->down_from,
				_("%s: %s is before it went down (%s)"), err);
		}
		t->down_ms = t->down_ms + when - t->since;
	}
	t->since = when;
	return true;
}

/* The time that a state has of its own: back at, reserve since. */
static int64_t *
own_time(struct point_times *t, const char *state)
{
	return strcmp(state, "back") == 0 ? &t->back_at
		: strcmp(state, "reserve") == 0 ? &t->reserve_at : NULL;
}

static enum point_field
own_field(const char *state)
{
	return strcmp(state, "back") == 0 ? PF_BACK_AT
		: strcmp(state, "reserve") == 0 ? PF_RESERVE_AT : PF_SINCE;
}

/* A time of coming back means that it is back, unless a state is said; the same
 * for a reserve path where it was down. */
static const char *
wanted_state(const struct point_times *t, const struct point_given *given)
{
	if (given->has[PF_STATE]) {
		return given->text[PF_STATE];
	}
	if (given->at[PF_BACK_AT] != 0) {
		return "back";
	}
	if (given->at[PF_RESERVE_AT] != 0 && t->down_since != 0) {
		return "reserve";
	}
	return t->state;
}

static bool
decide_state(struct point_times *t, const struct point_given *given, int64_t at,
	const struct subject *s, struct error *err)
{
	const char *to = wanted_state(t, given);
	enum point_field own = own_field(to);
	int64_t since = given->at[PF_SINCE];
	int64_t when = given->at[own] != 0 ? given->at[own] : since != 0 ? since : at;
	int64_t *time;
	bool ok = true;

	/* "down since 01:40, back at 05:40" says both ends of a spell. */
	if (own != PF_SINCE && since != 0 && given->at[own] != 0 &&
	    strcmp(to, t->state) != 0) {
		ok = t->down_since != 0 ? correct_since(t, since, s, err)
			: change_state(t, "down", since, s, err);
	}
	if (!ok) {
		return false;
	}
	if (strcmp(to, t->state) != 0) {
		/* What nobody knows has no since, unless it is said. */
		ok = change_state(t, to, strcmp(to, "unknown") == 0 && since == 0 &&
				t->state[0] == '\0' ? 0 : when, s, err);
	} else if (given->at[own] != 0 || since != 0) {
		ok = correct_since(t, when, s, err);
	} else {
		return true;
	}
	time = own_time(t, to);
	if (ok && time != NULL) {
		*time = t->since;
	}
	return ok;
}

/* The time of something that is said by its text or by its time. */
static void
decide_told(int64_t *time, const struct point_given *given, enum point_field text,
	enum point_field field, int64_t at)
{
	if (given->has[field]) {
		*time = given->at[field];
	} else if (given->has[text]) {
		*time = given->text[text] == NULL || given->text[text][0] == '\0' ? 0
			: *time != 0 ? *time : at;
	}
}

/* Typed to the minute, of two times that stand. */
static bool
told_first(const struct point_times *t, const struct point_given *given,
	const struct subject *s, struct error *err)
{
	bool typed = given->has[PF_CONFIRMED_AT] || given->has[PF_TOLD_AT];

	return !typed || t->told_at == 0 || t->confirmed_at == 0 ||
		t->confirmed_at / MINUTE_MS >= t->told_at / MINUTE_MS ||
		too_early(s, t->confirmed_at, t->told_at,
			_("%s: %s is before it was told (%s)"), err);
}

bool
point_decide(struct point_times *times, const struct point_given *given, int64_t at,
	const char *name, const struct desk *desk, struct error *err)
{
	const struct subject s = { name, desk };
	struct point_times t = *times;

	if (!decide_state(&t, given, at, &s, err)) {
		return false;
	}
	if (given->has[PF_RESERVE_AT]) {
		t.reserve_at = given->at[PF_RESERVE_AT];
	}
	if (given->has[PF_BACK_AT] && strcmp(t.state, "back") != 0) {
		t.back_at = given->at[PF_BACK_AT];
	}
	decide_told(&t.told_at, given, PF_TOLD, PF_TOLD_AT, at);
	decide_told(&t.confirmed_at, given, PF_CONFIRMED_BY, PF_CONFIRMED_AT, at);
	decide_told(&t.over_told_at, given, PF_OVER_TOLD, PF_OVER_TOLD_AT, at);
	if (!told_first(&t, given, &s, err)) {
		return false;
	}
	*times = t;
	return true;
}
