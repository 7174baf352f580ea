/* empty_desk.h - a desk in memory with its maker only, and the check that its
 * chain and rows agree. */
#ifndef TESTS_CORE_EMPTY_DESK_H
#define TESTS_CORE_EMPTY_DESK_H

#include "tests/test.h"

#include <stdio.h>

#include "core/db.h"
#include "core/desk.h"
#include "core/json.h"
#include "core/verify.h"

static int64_t empty_desk_now = 1795198200000; /* 21/11/2026 02:10 +07:00 */

static inline int64_t
empty_desk_clock(void *arg)
{
	(void)arg;
	return empty_desk_now;
}

static inline struct desk *
empty_desk(void)
{
	const struct desk_new what = {
		.url = ":memory:", .name = "Thử", .zone = "Asia/Ho_Chi_Minh",
		.login = "ha", .full_name = "Trần Thị Hà",
		.clock = { .now = empty_desk_clock },
	};
	struct error err;
	struct desk *desk = NULL;

	CHECK_OK(desk_create(&desk, &what, &err), err);
	return desk;
}

static inline void
check_whole(struct desk *desk)
{
	struct verify_result result = { 0 };
	struct error err;

	CHECK_OK(verify_chain(desk, NULL, &result, &err), err);
	if (!result.chain_ok) {
		fail_msg("chain: event %lld %s: %s", (long long)result.first.seq,
			result.first.field, result.first.text);
	}
	CHECK_OK(verify_replay(desk, &result, &err), err);
	if (!result.replay_ok) {
		fail_msg("replay: %s %s %s: %s", result.first.table, result.first.id,
			result.first.field, result.first.text);
	}
}

static inline int64_t
events(struct desk *desk)
{
	SQL(TEST_EVENTS, "", "SELECT COUNT(*) FROM event");
	int64_t count = 0;
	struct error err;

	CHECK_OK(db_one_int(desk_db(desk), &TEST_EVENTS, &count, &err, NOARGS), err);
	return count;
}

/* JSON of a test: with ' for ". */
static inline struct json *
quoted_json(const char *text)
{
	char *copy = strdup(text);
	struct json *value = NULL;
	struct error err;

	for (char *p = copy; *p != '\0'; p++) {
		if (*p == '\'') {
			*p = '"';
		}
	}
	CHECK_OK(json_parse(&value, copy, strlen(copy), NULL, &err), err);
	free(copy);
	return value;
}

#endif
