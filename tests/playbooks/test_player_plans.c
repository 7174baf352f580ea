/* Several plans on one case: calls, editions, the desk's rules, undo. */
#include "tests/test.h"

#include <stdio.h>

#include "core/case_open.h"
#include "core/change.h"
#include "core/mem.h"
#include "core/profile.h"
#include "core/undo.h"
#include "playbooks/library.h"
#include "tests/playbooks/on_desk.h"
#include "tests/playbooks/plan.h"

/* Two plans that call each other, as the shipped ones do. */
#define CALLER PLAN_WITH("", "", START("@playbook-action1") \
	",\"@playbook-action1\":{\"type\":\"playbook-action\"," \
	"\"name\":\"call\",\"playbook_id\":\"@playbook2\"," \
	"\"on_completion\":\"@action1\"}," ACTION("@action1", "@end1") "," \
	END("@end1"))

static char *
replace_once(const char *text, const char *what, const char *with)
{
	const char *at = strstr(text, what);

	assert_non_null(at);
	return xasprintf("%.*s%s%s", (int)(at - text), text, with,
		at + strlen(what));
}

static void
import(const char *text)
{
	char *full = expand(text);
	char hash[HASH_SIZE];

	CHECK_OK(library_import(desk, full, strlen(full), NULL, hash, &err), err);
	free(full);
}

static void
import_pair(void)
{
	/* The second is the first with the ids of the two plans changed round. */
	char *second = replace_once(CALLER, "\"@playbook1\"", "\"@playbook9\"");
	char *other = replace_once(second, "\"@playbook2\"", "\"@playbook1\"");
	char *back = replace_once(other, "\"@playbook9\"", "\"@playbook2\"");
	char *named = replace_once(back, "\"name\":\"test\"", "\"name\":\"second\"");

	import(CALLER);
	import(named);
	free(second);
	free(other);
	free(back);
	free(named);
}

TEST(plans_that_call_each_other_join_and_do_not_lock)
{
	struct case_runs runs = { 0 };

	begin_desk("power");
	import_pair();
	/* The first calls the second, which calls the first: that waits for the
	 * second already, so the call is only linked and the second goes on. */
	CHECK_INT(begin("test"), 1);
	CHECK_OK(case_runs_load(&runs, desk, case_id, &err), err);
	CHECK_INT(runs.count, 2);
	CHECK(strstr(runs.list[0].waits_on, runs.list[1].id) != NULL);
	CHECK_STR(runs.list[1].waits_on, "");
	case_runs_finish(&runs);
	char *action = expand("@action1");
	done(action, NULL); /* of the second; the first goes on */
	done(action, NULL);
	free(action);
	CHECK_OK(case_runs_load(&runs, desk, case_id, &err), err);
	CHECK_STR(run_state(runs.list[0].run), "done");
	CHECK_STR(run_state(runs.list[1].run), "done");
	CHECK_STR(runs.list[0].waits_on, "");
	case_runs_finish(&runs);
	end_desk();
}

/* The plan that a step begins goes with it and comes back with it; so does what went
 * on because a plan ended. */
TEST(what_a_step_led_to_is_undone_and_redone_with_it)
{
	struct case_runs runs = { 0 };
	char *action;

	begin_desk("power");
	import_pair();
	CHECK_INT(begin("test"), 1);
	CHECK_OK(undo_last(desk, case_id, &err), err);
	CHECK_OK(case_runs_load(&runs, desk, case_id, &err), err);
	CHECK_INT(runs.count, 0);
	case_runs_finish(&runs);
	CHECK_OK(redo_last(desk, case_id, &err), err);
	check_whole();
	CHECK_OK(case_runs_load(&runs, desk, case_id, &err), err);
	CHECK_INT(runs.count, 2);
	case_runs_finish(&runs);
	action = expand("@action1");
	done(action, NULL); /* of the second, which ends: the first goes on */
	CHECK_OK(undo_last(desk, case_id, &err), err);
	check_whole();
	CHECK_OK(case_runs_load(&runs, desk, case_id, &err), err);
	CHECK(run_is_open(runs.list[1].run));
	CHECK(strstr(runs.list[0].waits_on, runs.list[1].id) != NULL);
	case_runs_finish(&runs);
	CHECK_OK(redo_last(desk, case_id, &err), err);
	done(action, NULL);
	CHECK_OK(case_runs_load(&runs, desk, case_id, &err), err);
	CHECK_STR(run_state(runs.list[0].run), "done");
	CHECK_STR(run_state(runs.list[1].run), "done");
	case_runs_finish(&runs);
	check_whole();
	free(action);
	end_desk();
}

TEST(a_call_of_a_plan_that_is_not_there_waits_for_the_operator)
{
	struct ir_case c;

	begin_desk("power");
	import(CALLER);
	begin("test");
	c = the_case();
	CHECK_INT(c.open_tasks, 1);
	CHECK_STR(c.next_step, "call");
	case_clear(&c);
	char *step = expand("@playbook-action1");
	CHECK_OK(try_step(step, RUN_SKIP, "gọi điện thay", NULL), err);
	free(step);
	end_desk();
}

TEST(rule_20_a_run_keeps_the_text_that_it_began_with)
{
	char *newer = replace_once(CALLER, "\"modified\":\"2026-01-05",
		"\"modified\":\"2026-02-05");
	struct case_runs runs = { 0 };

	begin_desk("power");
	import_pair();
	begin("test");
	import(newer);
	CHECK_OK(case_runs_load(&runs, desk, case_id, &err), err);
	CHECK_STR(playbook_text(runs.list[0].playbook, "modified"),
		"2026-01-05T08:00:00.000Z");
	case_runs_finish(&runs);
	free(newer);
	end_desk();
}

static int
rows_of(const char *table)
{
	int count = 0;
	struct case_runs runs = { 0 };

	CHECK_OK(case_runs_load(&runs, desk, case_id, &err), err);
	for (int i = 0; i < runs.count; i++) {
		count += strcmp(table, "run") == 0 ? 1
			: run_instance_count(runs.list[i].run);
	}
	case_runs_finish(&runs);
	return count;
}

TEST(an_act_on_a_step_is_undone_and_done_again)
{
	struct ir_case c;

	begin_desk("power");
	begin(NULL);
	done("1", "{\"gio_mat_dien\":\"02:05\",\"nguoi_bao\":\"?\"}");
	CHECK_INT(rows_of("step_instance"), 2);
	CHECK_OK(undo_last(desk, case_id, &err), err);
	check_whole();
	CHECK_INT(rows_of("step_instance"), 1);
	c = the_case();
	CHECK_INT(c.next_n, 1);
	CHECK_INT(c.steps_done, 0);
	case_clear(&c);
	CHECK_OK(redo_last(desk, case_id, &err), err);
	check_whole();
	c = the_case();
	CHECK_INT(c.next_n, 2);
	CHECK_INT(c.steps_done, 1);
	case_clear(&c);
	done("2", "{\"pham_vi\":\"?\",\"phut_con_dien\":\"?\",\"nhiet_do\":\"?\"}");
	end_desk();
}

/* 1; if x = 1 then 2 else 3: what the answer passes by goes from the case's count too. */
#define FORKED PLAN(VARIABLE("__x__", "integer"), START("@action1") "," \
	ACTION_WITH("@action1", "\"out_args\":[\"__x__\"]," \
		"\"on_completion\":\"@if-condition1\"") "," \
	IF("__x__:value = 1", "@action2", "\"on_false\":\"@action3\"," \
		"\"on_completion\":\"@end3\"") "," \
	ACTION("@action2", "@end1") "," ACTION("@action3", "@end2") "," \
	END("@end1") "," END("@end2") "," END("@end3"))

static void
check_counted(int done, int total)
{
	struct ir_case c = the_case();

	CHECK_INT(c.steps_done, done);
	CHECK_INT(c.steps_total, total);
	case_clear(&c);
	check_whole();
}

TEST(the_case_counts_the_steps_of_the_way_that_was_taken_and_undone)
{
	char *first = expand("@action1"), *second = expand("@action2");

	begin_desk("power");
	import(FORKED);
	CHECK_INT(begin("test"), 1);
	check_counted(0, 3);
	done(first, "{\"__x__\":\"1\"}");
	check_counted(1, 2);
	CHECK_OK(undo_last(desk, case_id, &err), err);
	check_counted(0, 3);
	CHECK_OK(redo_last(desk, case_id, &err), err);
	check_counted(1, 2);
	done(second, NULL);
	check_counted(2, 2);
	free(first);
	free(second);
	end_desk();
}

TEST(a_plan_that_was_undone_is_not_brought_back_beside_another_of_its_number)
{
	begin_desk("power");
	begin(NULL);
	CHECK_OK(undo_last(desk, case_id, &err), err);
	begin(NULL);
	CHECK_ERR(redo_last(desk, case_id, &err), err, ERR_CONFLICT);
	CHECK_OK(undo_last(desk, case_id, &err), err);
	CHECK_OK(redo_last(desk, case_id, &err), err);
	CHECK_INT(rows_of("run"), 1);
	end_desk();
}

TEST(a_step_on_which_a_later_one_was_done_is_not_undone)
{
	int count;

	begin_desk("power");
	begin(NULL);
	done("1", "{\"gio_mat_dien\":\"02:05\",\"nguoi_bao\":\"?\"}");
	int64_t first = change_appended(desk, &count)[0].seq;
	done("2", "{\"pham_vi\":\"?\",\"phut_con_dien\":\"?\",\"nhiet_do\":\"?\"}");
	CHECK_ERR(undo_event(desk, case_id, first, &err), err, ERR_CONFLICT);
	CHECK_OK(undo_last(desk, case_id, &err), err);
	CHECK_OK(undo_event(desk, case_id, first, &err), err);
	CHECK_INT(rows_of("step_instance"), 1);
	end_desk();
}

TEST(a_plan_begun_by_mistake_is_undone)
{
	struct ir_case c;

	begin_desk("power");
	begin("PA-DT");
	CHECK_OK(undo_last(desk, case_id, &err), err);
	CHECK_INT(rows_of("run"), 0);
	c = the_case();
	CHECK_INT(c.steps_total, 0);
	CHECK_INT(c.open_tasks, 0);
	case_clear(&c);
	CHECK_INT(begin(NULL), 1);
	end_desk();
}

/* The code of the plan that begins, "" for none. */
static const char *
plan_for(const char *kind, const char *asset, const char *category)
{
	static char code[40];
	struct case_runs runs = { 0 };
	int n = 0;

	code[0] = '\0';
	CHECK_OK(case_open(desk, &(struct case_new){ .kind = kind, .title = "x",
		.asset = asset, .category = category }, case_id, &err), err);
	if (!player_begin(desk, case_id, NULL, &n, &err)) {
		CHECK_INT(err.code, ERR_NOT_FOUND);
		return code;
	}
	CHECK_OK(case_runs_load(&runs, desk, case_id, &err), err);
	(void)snprintf(code, sizeof code, "%s", runs.list[0].code);
	case_runs_finish(&runs);
	return code;
}

TEST(the_rules_of_the_province_choose_the_plan)
{
	struct profile *profile = NULL;
	struct json *report = NULL;

	begin_desk("other");
	CHECK_OK(profile_read(&profile, "quangngai", &err), err);
	CHECK_OK(profile_load(desk, profile, &report, &err), err);
	CHECK_STR(plan_for("power", "TTDL", NULL), "PA-MD");
	CHECK_STR(plan_for("link", "TSLCD", NULL), "PA-DT");
	CHECK_STR(plan_for("hardware", "LGSP", NULL), "PA-PC");
	CHECK_STR(plan_for("software", "TTHC", NULL), "PA-PM");
	CHECK_STR(plan_for("attack", NULL, NULL), "PA-TC");
	CHECK_STR(plan_for("attack", NULL, "defacement"), "PA-TC-GD");
	/* Where there are rules, that none fits is an answer. */
	CHECK_STR(plan_for("other", "HNTH", NULL), "");
	json_free(report);
	profile_free(profile);
	end_desk();
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(plans_that_call_each_other_join_and_do_not_lock),
		RUN(what_a_step_led_to_is_undone_and_redone_with_it),
		RUN(a_call_of_a_plan_that_is_not_there_waits_for_the_operator),
		RUN(rule_20_a_run_keeps_the_text_that_it_began_with),
		RUN(an_act_on_a_step_is_undone_and_done_again),
		RUN(the_case_counts_the_steps_of_the_way_that_was_taken_and_undone),
		RUN(a_plan_that_was_undone_is_not_brought_back_beside_another_of_its_number),
		RUN(a_step_on_which_a_later_one_was_done_is_not_undone),
		RUN(a_plan_begun_by_mistake_is_undone),
		RUN(the_rules_of_the_province_choose_the_plan),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
