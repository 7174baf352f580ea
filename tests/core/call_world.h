/* call_world.h - a case's call list and its messages, for the tests of calls. */
#ifndef TESTS_CORE_CALL_WORLD_H
#define TESTS_CORE_CALL_WORLD_H

#include "tests/core/hand_world.h"

#include "core/call_list.h"

static inline struct json *
list_of(struct fixture *f, const char *case_id)
{
	struct json *list = NULL;
	struct error err = ERROR_INIT;

	CHECK_OK(call_list(f->desk, case_id, NULL, &list, &err), err);
	return list;
}

static inline const struct json *
line(const struct json *list, const char *to)
{
	for (const struct json *row = json_first(list); row != NULL; row = json_next(row)) {
		if (strcmp(json_get_text(row, "to"), to) == 0) {
			return row;
		}
	}
	fail_msg("no line for %s", to);
	return NULL;
}

static inline const char *
state_to(struct fixture *f, const char *role, const char *column)
{
	char sql[200];

	(void)snprintf(sql, sizeof sql, "SELECT %s FROM message WHERE role = '%s'"
		" ORDER BY position DESC LIMIT 1", column, role);
	return fixture_ask(f->path, sql);
}

#endif
