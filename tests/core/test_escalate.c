/* Calling people until somebody answers: the steps, what goes on at once, what
 * stops, what begins again. */
#include "tests/core/call_scene.h"

#include "core/case_set.h"
#include "core/merge.h"
#include "core/status.h"
#include "core/undo.h"

static bool
keep_message_id(const struct message *m, void *arg)
{
	memcpy(arg, m->id, UUID_SIZE);
	return false;
}

TEST(who_does_not_answer_is_followed_by_the_next_and_all_is_repeated)
{
	struct call_scene s;

	scene_start(&s);
	scene_case(&s);
	CHECK_STR(scene_called(&s), "lan");
	CHECK_INT(s.next_at, s.f.now + 5 * MINUTE);
	scene_later(&s, 4);
	CHECK_STR(scene_called(&s), "lan");
	scene_later(&s, 1);
	CHECK_STR(scene_called(&s), "lan nam");
	scene_later(&s, 5);
	CHECK_STR(scene_called(&s), "lan nam minh");
	scene_later(&s, 14);
	CHECK_STR(scene_called(&s), "lan nam minh");
	scene_later(&s, 1);
	CHECK_STR(scene_called(&s), "lan nam minh lan");
	CHECK_INT(s.e.round, 2);
	CHECK_INT(scene_says(&s, "without an answer"), 3);
	scene_stop(&s);
}

TEST(an_acknowledge_stops_the_calling_and_keeps_who_it_was)
{
	struct call_scene s;
	char id[UUID_SIZE];
	struct error err;

	scene_start(&s);
	scene_case(&s);
	fixture_as(&s.f, "nam");
	fixture_status(&s.f, s.case_id, "acknowledged");
	fixture_as(&s.f, "quan");
	scene_round(&s);
	CHECK_STR(scene_called(&s), "lan");
	CHECK_STR(s.e.state, "answered");
	CHECK_OK(member_id(s.f.desk, "nam", id, &err), err);
	CHECK_STR(s.e.ack_by, id);
	CHECK_INT(s.e.ack_until, s.f.now + 30 * MINUTE);
	scene_later(&s, 6);
	CHECK_STR(scene_called(&s), "lan");
	scene_stop(&s);
}

TEST(an_answer_that_nothing_follows_is_asked_about_once_then_others_are_called)
{
	struct call_scene s;

	scene_start(&s);
	scene_case(&s);
	fixture_as(&s.f, "nam");
	fixture_status(&s.f, s.case_id, "acknowledged");
	scene_later(&s, 20);
	fixture_note(&s.f, s.case_id, "đang đến trạm");
	fixture_as(&s.f, "quan");
	scene_later(&s, 20);
	CHECK_STR(scene_called(&s), "lan"); /* his note counts */
	scene_later(&s, 10);
	scene_read(&s);
	CHECK_STR(s.e.reason, ESCALATION_ASKED);
	CHECK_INT(s.turns.count, 2);
	CHECK_STR(s.turns.all[1].why, "asked");
	scene_later(&s, 4);
	CHECK_STR(s.e.state, "answered");
	scene_later(&s, 1);
	CHECK_STR(scene_called(&s), "lan quan lan"); /* the owner was asked */
	CHECK_STR(s.e.state, "running");
	CHECK_INT(s.report.asked, 1);
	/* The case is acknowledged already: lan's answer is what stops it. */
	fixture_later(&s.f, MINUTE);
	CHECK_INT(scene_answer(&s, "lan", ANSWER_ACK, NULL), ANSWER_TAKEN);
	scene_later(&s, 6);
	CHECK_STR(scene_called(&s), "lan quan lan");
	CHECK_STR(s.e.state, "answered");
	scene_stop(&s);
}

TEST(who_writes_after_he_was_asked_keeps_the_work)
{
	struct call_scene s;

	scene_start(&s);
	scene_case(&s);
	fixture_as(&s.f, "nam");
	fixture_status(&s.f, s.case_id, "acknowledged");
	scene_later(&s, 30);
	scene_read(&s);
	CHECK_STR(s.e.reason, ESCALATION_ASKED);
	fixture_later(&s.f, MINUTE);
	fixture_note(&s.f, s.case_id, "đã có điện lại");
	fixture_as(&s.f, "quan");
	scene_later(&s, 9);
	scene_read(&s);
	CHECK_STR(s.e.state, "answered");
	CHECK_STR(s.e.reason, "");
	CHECK_INT(s.report.again, 0);
	scene_stop(&s);
}

TEST(an_undone_acknowledge_begins_the_calling_again)
{
	struct call_scene s;
	struct error err;

	scene_start(&s);
	scene_case(&s);
	fixture_as(&s.f, "nam");
	fixture_status(&s.f, s.case_id, "acknowledged");
	scene_round(&s);
	scene_read(&s);
	CHECK_STR(s.e.state, "answered");
	CHECK_OK(undo_last(s.f.desk, s.case_id, &err), err);
	fixture_as(&s.f, "quan");
	scene_round(&s);
	CHECK_STR(scene_called(&s), "lan"); /* not twice within a minute */
	scene_later(&s, 1);
	CHECK_STR(scene_called(&s), "lan lan");
	CHECK_STR(s.e.state, "running");
	CHECK_INT(scene_says(&s, "the acknowledge was taken back"), 1);
	scene_stop(&s);
}

TEST(a_step_with_nobody_is_passed_at_once_and_the_coordinators_are_told)
{
	struct call_scene s;
	struct message m;
	struct error err;
	char last[UUID_SIZE];

	scene_start(&s);
	scene_member(&s, "lan", "{'active': false}");
	scene_case(&s);
	CHECK_STR(scene_called(&s), "-lan nam");
	CHECK_STR(s.turns.all[0].skipped, "not active");
	CHECK_INT(s.e.at_step, 2);
	CHECK_INT(s.next_at, s.f.now + 5 * MINUTE);
	CHECK_INT(s.report.empty, 1);
	CHECK_OK(outbox_each(s.f.desk, &(struct outbox_filter){ .limit = 1 },
		keep_message_id, last, &err), err);
	CHECK_OK(message_find(&m, s.f.desk, last, &err), err);
	CHECK_STR(m.template, "khong_goi_duoc");
	CHECK_STR(m.address, "minh@team.example");
	CHECK(strstr(m.vars, "not active") != NULL);
	message_clear(&m);
	scene_stop(&s);
}

TEST(with_nobody_in_any_step_it_is_tried_again_and_not_without_end)
{
	struct call_scene s;

	scene_start(&s);
	scene_member(&s, "lan", "{'mail': null}");
	scene_member(&s, "nam", "{'mail': null}");
	scene_member(&s, "minh", "{'mail': null}");
	scene_case(&s);
	CHECK_STR(scene_called(&s), "-lan -nam -minh");
	CHECK_INT(s.next_at, s.f.now + 15 * MINUTE);
	scene_member(&s, "nam", "{'mail': 'nam@team.example'}");
	scene_later(&s, 15);
	CHECK_STR(scene_called(&s), "-lan -nam -minh -lan nam");
	scene_stop(&s);
}

TEST(a_decline_calls_the_next_at_once_and_the_same_again_nobody)
{
	struct call_scene s;

	scene_start(&s);
	scene_case(&s);
	fixture_later(&s.f, MINUTE);
	CHECK_INT(scene_answer(&s, "lan", ANSWER_DECLINE, NULL), ANSWER_DECLINED);
	scene_round(&s);
	CHECK_STR(scene_called(&s), "lan nam");
	CHECK_STR(s.turns.all[0].answer, "decline");
	CHECK_STR(s.turns.all[0].channel, "link");
	CHECK_INT(scene_answer(&s, "lan", ANSWER_DECLINE, NULL), ANSWER_BEFORE);
	CHECK_INT(scene_answer(&s, "lan", ANSWER_PASS, "minh"), ANSWER_BEFORE);
	scene_round(&s);
	CHECK_STR(scene_called(&s), "lan nam");
	CHECK_INT(scene_says(&s, "declined: calls"), 1);
	scene_stop(&s);
}

TEST(a_decline_that_comes_after_the_next_was_called_calls_nobody_else)
{
	struct call_scene s;

	scene_start(&s);
	scene_case(&s);
	scene_later(&s, 5);
	CHECK_STR(scene_called(&s), "lan nam");
	fixture_later(&s.f, MINUTE);
	CHECK_INT(scene_answer(&s, "lan", ANSWER_DECLINE, NULL), ANSWER_DECLINED);
	scene_round(&s);
	CHECK_STR(scene_called(&s), "lan nam");
	scene_stop(&s);
}

TEST(who_takes_it_and_gives_it_back_is_followed_by_the_next)
{
	struct call_scene s;
	struct answer_done done;
	struct error err;

	scene_start(&s);
	scene_case(&s);
	CHECK_INT(scene_answer(&s, "lan", ANSWER_ACK, NULL), ANSWER_TAKEN);
	scene_round(&s);
	scene_read(&s);
	CHECK_STR(s.e.state, "answered");
	CHECK_INT(s.e.ack_until, s.f.now + 30 * MINUTE);
	fixture_later(&s.f, MINUTE);
	fixture_as(&s.f, "lan");
	CHECK_OK(answer_case(s.f.desk, s.case_id, &(struct answer){ .what = ANSWER_DECLINE,
		.channel = "cli" }, &done, &err), err);
	fixture_as(&s.f, "quan");
	scene_round(&s);
	CHECK_STR(scene_called(&s), "lan nam");
	CHECK_STR(s.e.state, "running");
	fixture_later(&s.f, MINUTE);
	CHECK_INT(scene_answer(&s, "nam", ANSWER_ACK, NULL), ANSWER_TAKEN);
	scene_later(&s, 20);
	CHECK_STR(scene_called(&s), "lan nam");
	scene_stop(&s);
}

TEST(who_passes_it_on_names_who_has_the_time_of_a_step)
{
	struct call_scene s;

	scene_start(&s);
	scene_case(&s);
	fixture_later(&s.f, 3 * MINUTE);
	CHECK_INT(scene_answer(&s, "lan", ANSWER_PASS, "minh"), ANSWER_PASSED);
	scene_round(&s);
	CHECK_STR(scene_called(&s), "lan minh");
	CHECK_STR(s.turns.all[1].why, "passed");
	CHECK_INT(s.next_at, s.f.now + 5 * MINUTE);
	scene_later(&s, 5);
	CHECK_STR(scene_called(&s), "lan minh nam");
	scene_stop(&s);
}

static void
end_message(struct call_scene *s, const char *state)
{
	char id[UUID_SIZE];
	struct message m;
	struct error err = ERROR_INIT;

	CHECK_OK(outbox_each(s->f.desk, &(struct outbox_filter){ .limit = 1 },
		keep_message_id, id, &err), err);
	CHECK_OK(message_find(&m, s->f.desk, id, &err), err);
	CHECK_OK(change_begin(s->engine, &err), err);
	CHECK_OK(change_end(s->engine, outbox_set(s->engine, &m, state, NULL, "550", &err),
		&err), err);
	message_clear(&m);
}

TEST(what_is_not_delivered_is_a_reason_to_go_on_now_to_the_end_of_the_round)
{
	struct call_scene s;

	scene_start(&s);
	scene_case(&s);
	end_message(&s, "failed");
	scene_round(&s);
	CHECK_STR(scene_called(&s), "lan nam");
	end_message(&s, "expired");
	scene_round(&s);
	CHECK_STR(scene_called(&s), "lan nam minh");
	end_message(&s, "failed");
	scene_round(&s);
	CHECK_STR(scene_called(&s), "lan nam minh"); /* not round and round */
	CHECK_INT(s.next_at, s.f.now + 15 * MINUTE);
	scene_stop(&s);
}

TEST(a_channel_that_is_down_is_no_delivery)
{
	struct call_scene s;

	scene_start(&s);
	scene_case(&s);
	fixture_sql(s.f.path, "INSERT INTO local_channel (name, state, since, tries, next_at,"
		" reply) VALUES ('mail', 'down', 0, 1, 0, 'refused')");
	scene_round(&s);
	CHECK_STR(scene_called(&s), "lan nam minh");
	scene_stop(&s);
}

TEST(a_raised_severity_chooses_anew_and_a_lowered_one_is_noted)
{
	struct call_scene s;
	struct error err;

	scene_start(&s);
	scene_rule(&s, "call-s4", "{'family': 'escalation', 'order': 1, 'source': 'test',"
		" 'when': {'severity': 4}, 'then': {'steps': [{'who': ['member:nam'],"
		" 'after': '2m'}], 'ack_lasts': '10m'}}");
	scene_case(&s);
	CHECK_STR(scene_called(&s), "lan");
	CHECK_OK(severity_decide(s.f.desk, s.case_id, 4, "bệnh viện", &err), err);
	scene_round(&s);
	CHECK_STR(scene_called(&s), "lan nam");
	CHECK_STR(s.e.policy, "call-s4");
	CHECK_INT(scene_says(&s, "called by call-s4, no longer by call"), 1);
	CHECK_OK(severity_decide(s.f.desk, s.case_id, 2, "nhầm", &err), err);
	scene_round(&s);
	scene_read(&s);
	CHECK_STR(s.e.policy, "call-s4");
	CHECK_INT(s.e.severity, 2);
	CHECK_INT(s.e.next_at, s.f.now + 2 * MINUTE);
	scene_stop(&s);
}

TEST(a_dismissed_case_calls_nobody_any_more)
{
	struct call_scene s;
	struct error err;

	scene_start(&s);
	scene_case(&s);
	CHECK_OK(status_set(s.f.desk, s.case_id, &(struct status_change){ .to = "dismissed",
		.verb = "status", .reason = "báo nhầm" }, &err), err);
	scene_round(&s);
	scene_read(&s);
	CHECK_STR(s.e.state, "ended");
	CHECK_INT(s.next_at, INT64_MAX);
	scene_stop(&s);
}

TEST(a_merged_case_calls_nobody_and_begins_again_when_it_is_parted)
{
	struct call_scene s;
	struct error err;
	char other[UUID_SIZE];

	scene_start(&s);
	fixture_case(&s.f, "Mất điện huyện", other);
	scene_case(&s);
	CHECK_OK(case_merge(s.f.desk, s.case_id, other, &err), err);
	scene_round(&s);
	scene_read(&s);
	CHECK_STR(s.e.state, "ended");
	fixture_later(&s.f, MINUTE);
	CHECK_OK(case_unmerge(s.f.desk, s.case_id, &err), err);
	scene_round(&s);
	scene_read(&s);
	CHECK_STR(s.e.state, "running");
	CHECK_INT(s.e.n, 2);
	scene_stop(&s);
}

TEST(an_engine_that_was_away_calls_one_step_and_not_all_at_once)
{
	struct call_scene s;

	scene_start(&s);
	scene_case(&s);
	fixture_later(&s.f, 6 * 60 * MINUTE);
	scene_round(&s);
	CHECK_STR(scene_called(&s), "lan nam");
	CHECK_INT(s.next_at, s.f.now + 5 * MINUTE);
	scene_stop(&s);
}

TEST(a_clock_that_goes_back_an_hour_or_on_a_day_loses_no_call)
{
	struct call_scene s;

	scene_start(&s);
	scene_case(&s);
	fixture_later(&s.f, -60 * MINUTE);
	scene_round(&s);
	CHECK_STR(scene_called(&s), "nam lan"); /* by the clock's time */
	CHECK_INT(s.next_at, s.f.now + 5 * MINUTE);
	scene_later(&s, 24 * 60);
	CHECK_STR(scene_called(&s), "nam lan minh");
	scene_later(&s, 15);
	CHECK_STR(scene_called(&s), "nam lan minh lan");
	scene_stop(&s);
}

TEST(two_engines_call_once)
{
	struct call_scene s;
	struct desk *second;
	struct escalate_report report = { 0 };
	int64_t next = 0;
	struct error err;

	scene_start(&s);
	second = fixture_open(&s.f, NULL);
	scene_case(&s);
	CHECK_OK(escalate_round(second, &report, &next, &err), err);
	fixture_later(&s.f, 5 * MINUTE);
	CHECK_OK(escalate_round(second, &report, &next, &err), err);
	scene_round(&s);
	CHECK_STR(scene_called(&s), "lan nam");
	desk_close(second);
	scene_stop(&s);
}

TEST(a_round_with_nothing_to_do_writes_nothing)
{
	struct call_scene s;
	int64_t last;

	scene_start(&s);
	scene_case(&s);
	last = fixture_last(&s.f);
	scene_round(&s);
	scene_round(&s);
	CHECK_INT(fixture_last(&s.f), last);
	scene_stop(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(who_does_not_answer_is_followed_by_the_next_and_all_is_repeated),
		RUN(an_acknowledge_stops_the_calling_and_keeps_who_it_was),
		RUN(an_answer_that_nothing_follows_is_asked_about_once_then_others_are_called),
		RUN(who_writes_after_he_was_asked_keeps_the_work),
		RUN(an_undone_acknowledge_begins_the_calling_again),
		RUN(a_step_with_nobody_is_passed_at_once_and_the_coordinators_are_told),
		RUN(with_nobody_in_any_step_it_is_tried_again_and_not_without_end),
		RUN(a_decline_calls_the_next_at_once_and_the_same_again_nobody),
		RUN(a_decline_that_comes_after_the_next_was_called_calls_nobody_else),
		RUN(who_takes_it_and_gives_it_back_is_followed_by_the_next),
		RUN(who_passes_it_on_names_who_has_the_time_of_a_step),
		RUN(what_is_not_delivered_is_a_reason_to_go_on_now_to_the_end_of_the_round),
		RUN(a_channel_that_is_down_is_no_delivery),
		RUN(a_raised_severity_chooses_anew_and_a_lowered_one_is_noted),
		RUN(a_dismissed_case_calls_nobody_any_more),
		RUN(a_merged_case_calls_nobody_and_begins_again_when_it_is_parted),
		RUN(an_engine_that_was_away_calls_one_step_and_not_all_at_once),
		RUN(a_clock_that_goes_back_an_hour_or_on_a_day_loses_no_call),
		RUN(two_engines_call_once),
		RUN(a_round_with_nothing_to_do_writes_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
