/* duty_world.h - a desk with a roster: day and night by turns, and a backup. */
#ifndef TESTS_CORE_DUTY_WORLD_H
#define TESTS_CORE_DUTY_WORLD_H

#include "tests/fixture.h"

#include <stdio.h>

#include "core/db.h"
#include "core/duty_act.h"
#include "core/json.h"
#include "core/when.h"

#define HOUR INT64_C(3600000)
#define DAY (24 * HOUR)

static struct error err;

static inline struct json *
quoted(const char *text)
{
	char *copy = strdup(text);
	struct json *value = NULL;

	for (char *p = copy; *p != '\0'; p++) {
		*p = *p == '\'' ? '"' : *p;
	}
	CHECK_OK(json_parse(&value, copy, strlen(copy), NULL, &err), err);
	free(copy);
	return value;
}

static inline void
set(struct fixture *f, const char *layer, const char *text)
{
	struct json *given = quoted(text);
	bool changed = false;

	CHECK_OK(duty_set(f->desk, layer, given, &changed, &err), err);
	json_free(given);
}

static inline int64_t
at(struct fixture *f, const char *typed)
{
	int64_t ms = 0;

	CHECK_OK(when_parse(&ms, typed, WHEN_DUE, FIXTURE_START, desk_zone(f->desk), &err), err);
	return ms;
}

/* "lan nam" or "lan -nam": who is away has a dash. */
static inline const char *
who(struct fixture *f, const char *layer, int64_t when)
{
	static char text[256];
	struct duty_list list;
	size_t len = 0;

	CHECK_OK(duty_who(f->desk, layer, when, &list, &err), err);
	text[0] = '\0';
	for (int i = 0; i < list.count + list.away_count; i++) {
		bool away = i >= list.count;
		const struct duty_turn *turn = away ? &list.away[i - list.count]
			: &list.people[i];

		CHECK(turn->why != NULL && (away || turn->until > when));
		len += (size_t)snprintf(text + len, sizeof text - len, "%s%s%s",
			i > 0 ? " " : "", away ? "-" : "", turn->login);
	}
	duty_list_clear(&list);
	return text;
}

/* Day and night by turns: on 21/11 lan has the day, nam the night. */
static inline void
begin(struct fixture *f)
{
	fixture_memory(f);
	set(f, "first", "{'name': 'Trực chính', 'needed': 1, 'rotations': [{'name': 'Ca ngày',"
		" 'type': 'daily', 'start': '2026-11-21T06:00', 'from': '06:00', 'to': '18:00',"
		" 'people': ['lan', 'nam', 'minh']}, {'name': 'Ca đêm', 'type': 'daily',"
		" 'start': '2026-11-20T18:00', 'from': '18:00', 'to': '06:00',"
		" 'people': 'minh,nam,lan'}]}");
	set(f, "backup", "{'name': 'Dự phòng', 'rotation': {'people': 'quan'}}");
}

static inline void
end(struct fixture *f)
{
	fixture_whole(f);
	fixture_end(f);
}

static inline int
override(struct fixture *f, const char *kind, const char *member, const char *other,
	const char *from, const char *to)
{
	const struct duty_override_new what = { .kind = kind, .layer = "first",
		.member = member, .other = other, .span = { from, to }, .reason = "họp" };
	int n = 0;

	CHECK_OK(duty_override(f->desk, &what, &n, &err), err);
	return n;
}

#endif
