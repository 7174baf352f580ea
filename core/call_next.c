/* call_next.c owns the order in which a call list is worked: nobody who answered,
 * nobody without a number, who was not tried before who was. */
#include "core/call_next.h"

#include <stdint.h>
#include <string.h>

static bool
is(const struct json *row, const char *state)
{
	return strcmp(json_get_text(row, "state"), state) == 0;
}

/* A number that was wrong is none. */
static bool
callable(const struct json *row)
{
	return json_get_bool(row, "needed") && json_get_text(row, "number")[0] != '\0' &&
		!is(row, "wrong_number");
}

static bool
untried(const struct json *row)
{
	return callable(row) && is(row, "not_called") && !json_get_bool(row, "told");
}

/* From here on, the list's end and its beginning being neighbours. */
static const struct json *
untried_after(const struct json *list, const struct json *from)
{
	const struct json *row = from == NULL ? json_first(list) : json_next(from);

	for (; row != NULL; row = json_next(row)) {
		if (untried(row)) {
			return row;
		}
	}
	for (row = json_first(list); from != NULL && row != from; row = json_next(row)) {
		if (untried(row)) {
			return row;
		}
	}
	return NULL;
}

static const struct json *
tried_first(const struct json *list, const struct json *but)
{
	const struct json *found = NULL;

	for (const struct json *row = json_first(list); row != NULL; row = json_next(row)) {
		if (row != but && callable(row) && !json_get_bool(row, "told") &&
		    (found == NULL ||
			json_get_int(row, "at", 0) < json_get_int(found, "at", 0))) {
			found = row;
		}
	}
	return found;
}

const struct json *
call_next(const struct json *list)
{
	const struct json *row = untried_after(list, NULL);

	return row != NULL ? row : tried_first(list, NULL);
}

static const struct json *
row_of(const struct json *list, const char *to)
{
	for (const struct json *row = json_first(list); row != NULL; row = json_next(row)) {
		if (strcmp(json_get_text(row, "to"), to) == 0) {
			return row;
		}
	}
	return NULL;
}

/* Who has answered needs no call, nor who would stand for him. */
static void
set_needed(struct json *list)
{
	for (const struct json *row = json_first(list); row != NULL; row = json_next(row)) {
		const char *role = json_text(json_get(row, "stands_for"), NULL);
		const struct json *head = role == NULL ? NULL : row_of(list, role);

		if (is(row, "answered") || (head != NULL && is(head, "answered"))) {
			json_set_bool((struct json *)(uintptr_t)row, "needed", false);
		}
	}
}

/* Whom to try when nobody answers: who stands for them, else the next in order. */
void
call_next_set(struct json *list)
{
	set_needed(list);
	for (const struct json *row = json_first(list); row != NULL; row = json_next(row)) {
		const struct json *next = untried_after(list, row);

		next = next != NULL ? next : tried_first(list, row);
		if (next != NULL) {
			struct json *who = json_object();

			json_set_text(who, "to", json_get_text(next, "to"));
			json_set_text(who, "name", json_get_text(next, "name"));
			json_set_text(who, "number", json_get_text(next, "number"));
			json_set((struct json *)(uintptr_t)row, "next", who);
		}
	}
}
