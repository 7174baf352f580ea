/* NOW's order is one table; every kind of it has its words, on the desk and on the
 * screen of its case. */
#include "tests/fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/now.h"
#include "core/now_case.h"

#define MINUTE 60000LL

TEST(the_order_is_data_and_names_every_kind_once)
{
	int seen[NOW_KINDS] = { 0 };
	int count = 0;

	for (; now_order[count] != NOW_NOTHING; count++) {
		seen[now_order[count]]++;
	}
	CHECK_INT(count, NOW_KINDS - 1);
	for (int kind = 1; kind < NOW_KINDS; kind++) {
		CHECK_INT(seen[kind], 1);
	}
	/* What runs out does not wait, not even for late work. */
	CHECK_INT(now_order[0], NOW_COUNTDOWN);
	CHECK_INT(now_order[1], NOW_CALLED);
	CHECK_INT(now_order[2], NOW_MY_LATE_URGENT);
}

/* As the watch wants it: late and mine, promises, what nobody took on, then held
 * proposals, then what has time. */
TEST(a_held_proposal_stands_after_all_that_is_late_and_before_what_has_time)
{
	static const enum now_kind before[] = {
		NOW_COUNTDOWN, NOW_MY_LATE_URGENT, NOW_DECISION_OVER, NOW_TIN_WAITING,
		NOW_UNACKNOWLEDGED, NOW_NO_OWNER, NOW_DEADLINE_LATE, NOW_REPORTABLE_ASK,
		NOW_PROMISE_RAISE, NOW_PROMISE_OVER, NOW_MY_LATE, NOW_POINTS_UNCONFIRMED,
		NOW_OTHERS_LATE, NOW_MY_SOON, NOW_MESSAGE_HELD,
	};
	int next = 0;

	for (int i = 0; now_order[i] != NOW_MESSAGE_HELD; i++) {
		next += now_order[i] == before[next];
	}
	CHECK_INT(before[next], NOW_MESSAGE_HELD);
}

TEST(on_the_screen_of_its_case_now_says_only_what_to_do)
{
	for (int kind = NOW_NOTHING + 1; kind < NOW_KINDS; kind++) {
		struct now now = { .kind = (enum now_kind)kind, .number = "2026-42",
			.what = "Mất điện", .who = "Hà", .n = 12, .due = 1000 };
		char *text = now_text_here(&now, 4 * MINUTE);

		CHECK(strlen(text) > 10);
		CHECK(text[0] != ':' && text[0] != ' ');
		/* A report has its own number; the desk's own matters have none. */
		CHECK(kind == NOW_TIN_WAITING || kind == NOW_TIN_NEW ||
			strstr(text, "2026-42") == NULL || kind == NOW_OTHERS_LATE);
		CHECK(strstr(text, "Mất điện") == NULL || (kind != NOW_UNACKNOWLEDGED &&
			kind != NOW_NO_OWNER && kind != NOW_SEVERITY && kind != NOW_BEGIN_PLAN &&
			kind != NOW_REPORTABLE_ASK && kind != NOW_POINTS_UNCONFIRMED &&
			kind != NOW_ALL_CLEAR_LEFT && kind != NOW_QUICK_DUE));
		free(text);
	}
}

TEST(who_was_put_on_a_step_is_told_it_before_that_nobody_took_the_case_on)
{
	const struct now here = { .kind = NOW_UNACKNOWLEDGED, .case_id = "a" };
	struct now step = { .kind = NOW_MY_NEXT, .case_id = "a" };

	CHECK_INT(now_in_case(&here, &step)->kind, NOW_MY_NEXT);
	(void)snprintf(step.case_id, sizeof step.case_id, "b");
	CHECK_INT(now_in_case(&here, &step)->kind, NOW_UNACKNOWLEDGED);
}

TEST(what_a_person_must_tell_says_so_and_no_word_of_releasing)
{
	struct now now = { .kind = NOW_MESSAGE_HELD, .number = "2026-42",
		.what = "Công an tỉnh", .who = "hand", .due = 1000 };
	char *text = now_text(&now, 4 * MINUTE);

	CHECK(strstr(text, "by hand") != NULL);
	CHECK(strstr(text, "release") == NULL);
	free(text);
}

TEST(every_kind_has_its_line_and_its_reason)
{
	for (int kind = 0; kind < NOW_KINDS; kind++) {
		struct now now = { .kind = (enum now_kind)kind, .number = "2026-42",
			.what = "Đọc ắc quy", .who = "Hà", .n = 12, .due = 1000 };
		char *text = now_text(&now, 4 * MINUTE);
		char *why = now_why(&now);

		CHECK(strlen(text) > 10);
		CHECK(strlen(why) > 10);
		free(text);
		free(why);
	}
}

TEST(who_has_nothing_open_has_nothing_to_do)
{
	struct fixture f;
	struct error err;
	struct now now;

	fixture_memory(&f);
	fixture_as(&f, "minh");
	CHECK_OK(now_find(&now, f.desk, &err), err);
	CHECK_INT(now.kind, NOW_NOTHING);
	fixture_as(&f, "xem");
	CHECK_OK(now_find(&now, f.desk, &err), err);
	CHECK_INT(now.kind, NOW_NOTHING);
	fixture_end(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(the_order_is_data_and_names_every_kind_once),
		RUN(a_held_proposal_stands_after_all_that_is_late_and_before_what_has_time),
		RUN(on_the_screen_of_its_case_now_says_only_what_to_do),
		RUN(who_was_put_on_a_step_is_told_it_before_that_nobody_took_the_case_on),
		RUN(what_a_person_must_tell_says_so_and_no_word_of_releasing),
		RUN(every_kind_has_its_line_and_its_reason),
		RUN(who_has_nothing_open_has_nothing_to_do),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
