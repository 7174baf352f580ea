/* The order in which messages go: no case starves another, and what waits does
 * not slow down what goes. */
#include "tests/test.h"

#include <stdio.h>

#include "core/change.h"
#include "core/member.h"
#include "core/status.h"
#include "tests/notify/scene.h"

extern const struct sql *const __start_suco_sql[];
extern const struct sql *const __stop_suco_sql[];

TEST(a_flood_of_one_case_does_not_starve_the_page_of_another)
{
	struct scene s;
	char flood[UUID_SIZE];
	int at = -1;

	scene_begin(&s);
	memcpy(flood, s.case_id, UUID_SIZE);
	s.fake->silent = true;
	s.fake->room = 100;
	for (int i = 0; i < 1000; i++) {
		scene_put(&s, &(struct message_new){ .case_id = flood, .rank = RANK_PAGE },
			i % 100 == 99);
	}
	fixture_case(&s.f, "Mất liên kết", s.case_id);
	scene_put(&s, &(struct message_new){ .case_id = s.case_id, .rank = RANK_PAGE }, true);
	scene_rounds(&s);
	for (int i = 0; i < s.fake->started; i++) {
		at = strcmp(s.fake->sent[i].id, s.message) == 0 ? i : at;
	}
	CHECK_INT(at, 1); /* one of the flood, then this */
	fake_end_all(s.fake, SEND_HANDED_OVER, "250 ok");
	s.fake->silent = false;
	for (int i = 0; i < 5; i++) {
		scene_rounds(&s);
	}
	CHECK_INT(s.fake->started, 1001);
	scene_end(&s);
}

TEST(while_a_flood_is_going_a_new_case_is_served_next)
{
	struct scene s;
	char flood[UUID_SIZE];
	int before;

	scene_begin(&s);
	memcpy(flood, s.case_id, UUID_SIZE);
	s.fake->silent = true;
	s.fake->room = 1;
	for (int i = 0; i < 400; i++) {
		scene_put(&s, &(struct message_new){ .case_id = flood, .rank = RANK_WORK },
			i % 100 == 99);
	}
	scene_rounds(&s);
	fixture_case(&s.f, "Mất liên kết", s.case_id);
	scene_put(&s, &(struct message_new){ .case_id = s.case_id, .rank = RANK_PAGE }, true);
	before = s.fake->started;
	for (int i = 0; i < 70; i++) {
		fake_end_all(s.fake, SEND_HANDED_OVER, "250 ok");
		scene_round(&s);
	}
	/* What was claimed before it goes first, no more than one batch. */
	CHECK(fake_times(s.fake, s.message) == 1);
	CHECK(s.fake->started <= before + 80);
	scene_end(&s);
}

/* A channel is full until its results are taken: nothing may wait for a timer then. */
TEST(what_is_claimed_goes_in_the_round_in_which_its_channel_is_free_again)
{
	struct scene s;

	scene_begin(&s);
	s.fake->silent = true;
	s.fake->room = 2;
	for (int i = 0; i < 6; i++) {
		scene_queue(&s);
	}
	scene_round(&s);
	CHECK_INT(s.fake->started, 2);
	for (int sent = 2; sent < 6; sent += 2) {
		fake_end_all(s.fake, SEND_HANDED_OVER, "250 ok");
		scene_round(&s);
		CHECK_INT(s.fake->started, sent + 2);
	}
	fake_end_all(s.fake, SEND_HANDED_OVER, "250 ok");
	scene_rounds(&s);
	scene_check(&s, "handed_over");
	scene_end(&s);
}

/* Claimed ahead, but the channel was slow: what was answered meanwhile stays here. */
TEST(what_waited_for_the_channel_is_judged_again_before_it_leaves)
{
	struct scene s;
	struct error err;

	scene_begin(&s);
	s.fake->silent = true;
	s.fake->room = 1;
	for (int i = 0; i < 3; i++) {
		scene_put(&s, &(struct message_new){ .case_id = s.case_id,
			.rank = RANK_WORK }, true);
	}
	scene_rounds(&s);
	CHECK_INT(s.fake->started, 1);
	CHECK_STR(fixture_ask(s.f.path, "SELECT count(*) FROM local_claim"), "3");
	CHECK_OK(status_set(s.f.desk, s.case_id, &(struct status_change){ .to = "dismissed",
		.verb = "status", .reason = "báo nhầm" }, &err), err);
	fixture_later(&s.f, 20000);
	fake_end_all(s.fake, SEND_HANDED_OVER, "250 ok");
	scene_rounds(&s);
	CHECK_INT(s.fake->started, 1);
	scene_check(&s, "dropped");
	CHECK_STR(fixture_ask(s.f.path, "SELECT count(*) FROM local_claim"), "0");
	scene_end(&s);
}

TEST(ranks_go_before_age_and_cases_take_turns)
{
	static const enum message_rank ranks[] = { RANK_STATUS, RANK_PLAIN, RANK_WORK,
		RANK_PAGE };
	struct scene s;
	char ids[4][UUID_SIZE];

	scene_begin(&s);
	s.fake->room = 1;
	for (size_t i = 0; i < 4; i++) {
		scene_put(&s, &(struct message_new){ .case_id = s.case_id, .rank = ranks[i] },
			true);
		memcpy(ids[i], s.message, UUID_SIZE);
	}
	scene_rounds(&s);
	CHECK_INT(s.fake->started, 4);
	for (int i = 0; i < 4; i++) {
		CHECK_STR(s.fake->sent[i].id, ids[3 - i]);
	}
	scene_end(&s);
}

TEST(what_is_held_told_or_released_meanwhile_leaves_and_enters_the_queue)
{
	struct scene s;
	struct error err;

	scene_begin(&s);
	s.fake->verdict = SEND_TEMPORARY;
	scene_queue(&s);
	scene_rounds(&s);
	CHECK_STR(fixture_ask(s.f.path, "SELECT count(*) FROM local_delivery"), "1");
	CHECK_OK(outbox_hold(s.f.desk, s.message, "khoan", &err), err);
	fixture_later(&s.f, 3600000);
	scene_rounds(&s);
	CHECK_STR(fixture_ask(s.f.path, "SELECT count(*) FROM local_delivery"), "0");
	CHECK_INT(s.report.next_at, s.f.now + 23 * 3600000); /* its end */
	s.fake->verdict = SEND_HANDED_OVER;
	CHECK_OK(outbox_release(s.f.desk, s.message, NULL, &err), err);
	scene_rounds(&s);
	scene_check(&s, "handed_over");
	CHECK_STR(fixture_ask(s.f.path, "SELECT count(*) FROM local_delivery"), "0");
	scene_end(&s);
}

TEST(a_message_that_came_to_wait_by_no_known_way_is_found_within_a_minute)
{
	struct scene s;

	scene_begin(&s);
	scene_rounds(&s);
	s.fake->verdict = SEND_TEMPORARY;
	scene_queue(&s);
	scene_rounds(&s);
	fixture_sql(s.f.path, "DELETE FROM local_delivery");
	s.fake->verdict = SEND_HANDED_OVER;
	fixture_later(&s.f, 60000);
	scene_rounds(&s);
	scene_check(&s, "handed_over");
	scene_end(&s);
}

TEST(what_was_told_otherwise_leaves_the_queue_also_when_its_time_is_over)
{
	struct scene s;
	struct error err;

	scene_begin(&s);
	s.fake->verdict = SEND_TEMPORARY;
	scene_queue(&s);
	scene_rounds(&s);
	CHECK_OK(outbox_by_hand(s.f.desk, s.message, "đã gọi", &err), err);
	fixture_later(&s.f, 25 * 3600000);
	scene_rounds(&s);
	CHECK_STR(fixture_ask(s.f.path, "SELECT count(*) FROM local_delivery"), "0");
	CHECK(s.report.next_at == INT64_MAX);
	scene_end(&s);
}

static void
check_plan(struct scene *s, const char *name, const char *index)
{
	for (const struct sql *const *p = __start_suco_sql; p < __stop_suco_sql; p++) {
		char text[1200];
		struct arg args[16];
		struct stmt *st;
		struct error err = ERROR_INIT;
		int n = 0;
		bool found = false;

		if (strcmp((*p)->name, name) != 0) {
			continue;
		}
		for (const char *c = (*p)->types; *c != '\0'; c++) {
			args[n++] = *c == 'i' ? I64(1) : TXT("x");
		}
		args[n] = NOARGS;
		(void)snprintf(text, sizeof text, "EXPLAIN QUERY PLAN %s", (*p)->text);
		st = db_query_args(desk_db(s->f.desk), db_intern(desk_db(s->f.desk),
			(*p)->types, text), args);
		while (stmt_row(st)) {
			const char *plan = stmt_text(st, 3);

			found = found || strstr(plan, index) != NULL;
			/* Nothing is sorted but what one case has. */
			CHECK(strstr(plan, "TEMP B-TREE") == NULL);
			CHECK(strncmp(plan, "SCAN local", 10) != 0);
		}
		CHECK_OK(stmt_done(st, &err), err);
		if (!found) {
			fail_msg("%s does not use %s", name, index);
		}
		return;
	}
	fail_msg("there is no statement %s", name);
}

TEST(each_question_of_the_claim_is_answered_by_an_index_in_order)
{
	static const char *const plans[][2] = {
		{ "NEXT_RANK", "INDEX local_delivery_claim (channel=? AND rank>?)" },
		{ "NEXT_FAIR", "INDEX local_delivery_claim (channel=? AND rank=? AND fair>?)" },
		{ "DUE_OF_CASE", "INDEX local_delivery_claim"
			" (channel=? AND rank=? AND fair=? AND next_at<?)" },
		{ "NEXT_DUE", "INDEX local_delivery_due (channel=?)" },
		{ "UNFED", "INDEX message_open (state=? AND position>?)" },
		{ "FED_TO", "INDEX message_by_position" },
	};
	struct scene s;

	scene_begin(&s);
	scene_queue(&s);
	scene_rounds(&s);
	for (size_t i = 0; i < sizeof plans / sizeof *plans; i++) {
		check_plan(&s, plans[i][0], plans[i][1]);
	}
	scene_end(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(a_flood_of_one_case_does_not_starve_the_page_of_another),
		RUN(while_a_flood_is_going_a_new_case_is_served_next),
		RUN(what_is_claimed_goes_in_the_round_in_which_its_channel_is_free_again),
		RUN(what_waited_for_the_channel_is_judged_again_before_it_leaves),
		RUN(ranks_go_before_age_and_cases_take_turns),
		RUN(what_is_held_told_or_released_meanwhile_leaves_and_enters_the_queue),
		RUN(a_message_that_came_to_wait_by_no_known_way_is_found_within_a_minute),
		RUN(what_was_told_otherwise_leaves_the_queue_also_when_its_time_is_over),
		RUN(each_question_of_the_claim_is_answered_by_an_index_in_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
