/* A step that is late calls who leads it, then the others of the policy. */
#include "tests/test.h"

#include <stdlib.h>

#include "core/desk_private.h"
#include "core/escalate.h"
#include "core/escalation.h"
#include "core/case_open.h"
#include "core/member.h"
#include "core/merge.h"
#include "core/rule.h"
#include "core/status.h"
#include "tests/playbooks/on_desk.h"

#define MINUTE INT64_C(60000)

static struct escalate_report report;
static int64_t next_at;

static void
rounds(void)
{
	do {
		CHECK_OK(escalate_round(desk, &report, &next_at, &err), err);
		CHECK_INT(report.failed, 0);
	} while (next_at <= now_ms);
}

static void
begin_world(void)
{
	static const char rule[] = "{\"family\": \"escalation\", \"order\": 1,"
		" \"source\": \"test\", \"when\": {\"subject\": \"step\"}, \"then\": {\"steps\":"
		" [{\"who\": [\"owner\"], \"after\": \"10m\"}, {\"who\": [\"member:binh\"],"
		" \"after\": \"10m\"}], \"rounds\": 1}}";
	static const char mail[] = "{\"mail\": \"x@team.example\"}";
	struct json *given = NULL;

	report = (struct escalate_report){ 0 };
	begin_desk("power");
	CHECK_OK(json_parse(&given, rule, strlen(rule), NULL, &err), err);
	CHECK_OK(rule_add(desk, "late", given, &err), err);
	json_free(given);
	CHECK_OK(json_parse(&given, mail, strlen(mail), NULL, &err), err);
	CHECK_OK(member_set(desk, "ha", given, &err), err);
	CHECK_OK(member_set(desk, "binh", given, &err), err);
	json_free(given);
}

/* The escalations of the case that are in this state. */
static int
count(const char *state)
{
	struct escalation_list list;
	int found = 0;

	CHECK_OK(escalation_list(&list, desk, case_id, &err), err);
	for (int i = 0; i < list.count; i++) {
		CHECK_STR(list.all[i].subject, "step");
		found += escalation_is(&list.all[i], state);
	}
	escalation_list_clear(&list);
	return found;
}

static int
turns_of_first(void)
{
	struct escalation_list list;
	struct call_turns turns;
	int found;

	CHECK_OK(escalation_list(&list, desk, case_id, &err), err);
	CHECK(list.count > 0);
	CHECK_OK(call_turns(&turns, desk, list.all[0].id, &err), err);
	found = turns.count;
	CHECK_STR(turns.all[0].login, "ha");
	call_turns_clear(&turns);
	escalation_list_clear(&list);
	return found;
}

TEST(a_late_step_calls_who_leads_it_then_others_and_ends_when_it_is_done)
{
	begin_world();
	begin("PA-MD");
	rounds();
	CHECK_INT(count("running"), 0);
	CHECK(next_at > now_ms && next_at < now_ms + 60 * MINUTE);
	now_ms = next_at;
	rounds();
	CHECK_INT(count("running"), 1);
	CHECK_INT(turns_of_first(), 1);
	now_ms += 10 * MINUTE;
	rounds();
	CHECK_INT(turns_of_first(), 2);
	/* One round: then it rests, and is not begun again. */
	now_ms += 10 * MINUTE;
	rounds();
	CHECK_INT(turns_of_first(), 2);
	now_ms += 60 * MINUTE;
	rounds();
	CHECK_INT(turns_of_first(), 2);
	CHECK_OK(try_step("1", RUN_START, NULL, NULL), err);
	done("1", "{\"gio_mat_dien\":\"02:05\",\"nguoi_bao\":\"?\"}");
	rounds();
	CHECK_INT(count("ended"), 1);
	end_desk();
}

TEST(two_late_steps_are_called_for_by_themselves)
{
	begin_world();
	begin("PA-MD");
	first_steps();
	now_ms += 3 * 60 * MINUTE;
	rounds();
	CHECK(count("running") > 1);
	end_desk();
}

TEST(an_answer_lasts_while_somebody_else_works_the_plan)
{
	static const char rule[] = "{\"family\": \"escalation\", \"order\": 2,"
		" \"source\": \"test\", \"when\": {\"subject\": \"case\"}, \"then\": {\"steps\":"
		" [{\"who\": [\"member:ha\"], \"after\": \"60m\"}], \"ack_lasts\": \"30m\"}}";
	struct json *given = NULL;

	begin_world();
	CHECK_OK(json_parse(&given, rule, strlen(rule), NULL, &err), err);
	CHECK_OK(rule_add(desk, "call", given, &err), err);
	json_free(given);
	rounds();
	begin("PA-MD");
	CHECK_OK(status_set(desk, case_id, &(struct status_change){ .to = "acknowledged",
		.verb = "ack" }, &err), err);
	/* What the engine writes is not ha's word. */
	CHECK_OK(desk_seat(desk, "binh", NULL, &err), err);
	rounds();
	now_ms += 20 * MINUTE;
	CHECK_OK(try_step("1", RUN_START, NULL, NULL), err);
	done("1", "{\"gio_mat_dien\":\"02:05\",\"nguoi_bao\":\"?\"}");
	now_ms += 20 * MINUTE;
	rounds();
	CHECK_INT(report.asked, 0);
	now_ms += 10 * MINUTE;
	rounds();
	CHECK_INT(report.asked, 1);
	end_desk();
}

/* Who the last escalation of this case calls for, and its state. */
static void
last_of(const char *id, struct escalation *out)
{
	struct escalation_list list;

	CHECK_OK(escalation_list(&list, desk, id, &err), err);
	CHECK(list.count > 0);
	*out = list.all[--list.count];
	escalation_list_clear(&list);
}

TEST(a_late_step_of_a_merged_case_is_called_for_in_the_case_that_it_went_into)
{
	struct escalation e;
	char into[UUID_SIZE];

	begin_world();
	begin("PA-MD");
	CHECK_OK(case_open(desk, &(struct case_new){ .kind = "power",
		.title = "Cùng một sự cố" }, into, &err), err);
	rounds();
	now_ms = next_at;
	rounds();
	CHECK_INT(count("running"), 1);
	CHECK_OK(case_merge(desk, case_id, into, &err), err);
	rounds();
	CHECK_INT(count("running"), 0);
	last_of(case_id, &e);
	CHECK_STR(e.reason, "the case was merged");
	escalation_clear(&e);
	last_of(into, &e);
	CHECK_STR(e.subject, "step");
	CHECK_STR(e.state, "running");
	CHECK(strstr(e.title, "(2026-") != NULL); /* whose step it is */
	escalation_clear(&e);
	/* Parted again it is the case's own once more. */
	CHECK_OK(case_unmerge(desk, case_id, &err), err);
	rounds();
	last_of(into, &e);
	CHECK_STR(e.state, "ended");
	CHECK_STR(e.reason, "the case was parted again");
	escalation_clear(&e);
	last_of(case_id, &e);
	CHECK_STR(e.state, "running");
	escalation_clear(&e);
	/* Done where it is, though merged: the calling ends. */
	CHECK_OK(case_merge(desk, case_id, into, &err), err);
	rounds();
	CHECK_OK(try_step("1", RUN_START, NULL, NULL), err);
	done("1", "{\"gio_mat_dien\":\"02:05\",\"nguoi_bao\":\"?\"}");
	rounds();
	last_of(into, &e);
	CHECK_STR(e.state, "ended");
	CHECK_STR(e.reason, "the step is not late any more");
	escalation_clear(&e);
	end_desk();
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(a_late_step_calls_who_leads_it_then_others_and_ends_when_it_is_done),
		RUN(two_late_steps_are_called_for_by_themselves),
		RUN(an_answer_lasts_while_somebody_else_works_the_plan),
		RUN(a_late_step_of_a_merged_case_is_called_for_in_the_case_that_it_went_into),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
