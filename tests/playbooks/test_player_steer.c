/* Decisions about the plans of a case: begun against their dates, arguments of
 * calls, more time, back, pause; each in the timeline, undone, proved. */
#include "tests/test.h"

#include <stdio.h>

#include "core/case_set.h"
#include "core/desk_private.h"
#include "core/mem.h"
#include "core/now.h"
#include "core/now_case.h"
#include "core/shift_sheet.h"
#include "core/status.h"
#include "core/undo.h"
#include "playbooks/library.h"
#include "playbooks/player_steer.h"
#include "tests/playbooks/on_desk.h"
#include "tests/playbooks/plan.h"

#define SIMPLE(dates) PLAN_WITH(dates, "", START("@action1") "," \
	ACTION_WITH("@action1", "\"timeout\":600000,\"on_completion\":\"@action2\"") "," \
	ACTION("@action2", "@end1") "," END("@end1"))
#define EXTERNAL "\"__minutes__\":{\"type\":\"integer\",\"external\":true}"
/* Gives minutes, gets a result. */
#define CALLER PLAN_WITH("", VARIABLE_IS("__minutes__", "integer", "45") "," \
	VARIABLE("__result__", "string") "," VARIABLE_IS("__kept__", "string", "mine"), \
	START("@playbook-action1") "," \
	"\"@playbook-action1\":{\"type\":\"playbook-action\",\"name\":\"call\"," \
	"\"playbook_id\":\"@playbook2\",\"in_args\":[\"__minutes__\"]," \
	"\"out_args\":[\"__result__\"],\"on_completion\":\"@action1\"}," \
	ACTION("@action1", "@end1") "," END("@end1"))
#define CALLED(dates) PLAN_WITH(dates, EXTERNAL "," VARIABLE("__result__", "string") \
	"," VARIABLE_IS("__kept__", "string", "other"), START("@action5") "," \
	ACTION_WITH("@action5", "\"out_args\":[\"__result__\"]," \
		"\"on_completion\":\"@end5\"") "," END("@end5"))

static void
import(const char *text, bool second)
{
	char *full = expand(text);
	char *id = expand("@playbook1");
	char *other = expand("@playbook2");
	char hash[HASH_SIZE];

	if (second) {
		memcpy(strstr(full, id), other, strlen(other));
		memcpy(strstr(full, "\"test\""), "\"said\"", 6);
	}
	CHECK_OK(library_import(desk, full, strlen(full), NULL, hash, &err), err);
	free(other);
	free(id);
	free(full);
}

static struct case_runs
runs_now(void)
{
	struct case_runs runs = { 0 };

	CHECK_OK(case_runs_load(&runs, desk, case_id, &err), err);
	return runs;
}

static char *
value_of(int n, const char *name)
{
	struct case_runs runs = runs_now();
	struct run_value is = { 0 };
	char *copy;

	CHECK(n <= runs.count && run_variable(&is, runs.list[n - 1].run, NULL, name));
	copy = xstrdup(is.value != NULL ? is.value : "-");
	case_runs_finish(&runs);
	return copy;
}

#define CHECK_VALUE(n, name, want) \
	do { \
		char *is_now = value_of(n, name); \
		CHECK_STR(is_now, want); \
		free(is_now); \
	} while (0)

TEST(a_plan_that_is_revoked_or_out_of_its_dates_is_begun_for_a_reason)
{
	static const char *const dates[] = {
		"\"revoked\":true,",
		"\"valid_from\":\"2099-01-01T00:00:00.000Z\",",
		"\"valid_until\":\"2026-02-01T00:00:00.000Z\",",
	};

	for (int i = 0; i < 3; i++) {
		struct begin_act act = { .spec = "test" };
		char *text = i == 0 ? xstrdup(SIMPLE("\"revoked\":true,"))
			: i == 1 ? xstrdup(SIMPLE("\"valid_from\":\"2099-01-01T00:00:00.000Z\","))
			: xstrdup(SIMPLE("\"valid_until\":\"2026-02-01T00:00:00.000Z\","));
		struct case_runs runs;
		int n = 0;

		begin_desk("power");
		CHECK(strstr(text, dates[i]) != NULL);
		import(text, false);
		CHECK_ERR(player_begin_with(desk, case_id, &act, &n, &err), err, ERR_REFUSED);
		act.reason = "không có bản khác";
		CHECK_OK(player_begin_with(desk, case_id, &act, &n, &err), err);
		runs = runs_now();
		CHECK_INT(runs.count, 1);
		CHECK(strstr(runs.list[0].why, "không có bản khác") != NULL);
		case_runs_finish(&runs);
		free(text);
		end_desk();
	}
}

TEST(why_a_plan_was_chosen_stays_though_nobody_asked)
{
	struct begin_act act = { .spec = "test", .reason = "giống sự cố tuần trước" };
	struct case_runs runs;
	int n = 0;

	begin_desk("power");
	import(SIMPLE(""), false);
	CHECK_OK(player_begin_with(desk, case_id, &act, &n, &err), err);
	runs = runs_now();
	CHECK_STR(runs.list[0].why, "giống sự cố tuần trước");
	case_runs_finish(&runs);
	end_desk();
}

TEST(an_external_value_is_given_when_the_plan_begins)
{
	struct begin_act act = { .spec = "said" };
	struct json *values = json_object();
	int n = 0;

	begin_desk("power");
	import(CALLED(""), true);
	CHECK_ERR(player_begin_with(desk, case_id, &act, &n, &err), err, ERR_REFUSED);
	json_set_text(values, "__minutes__", "30");
	act.values = values;
	CHECK_OK(player_begin_with(desk, case_id, &act, &n, &err), err);
	CHECK_VALUE(1, "__minutes__", "30");
	json_free(values);
	end_desk();
}

TEST(what_goes_in_and_out_of_a_call_is_what_its_arguments_name)
{
	char *action = expand("@action5");

	begin_desk("power");
	import(CALLER, false);
	import(CALLED(""), true);
	CHECK_INT(begin("test"), 1);
	CHECK_VALUE(2, "__minutes__", "45");
	CHECK_VALUE(2, "__kept__", "other");
	done(action, "{\"__result__\":\"xong\"}");
	CHECK_VALUE(1, "__result__", "xong");
	CHECK_VALUE(1, "__kept__", "mine");
	CHECK_OK(undo_last(desk, case_id, &err), err);
	CHECK_VALUE(1, "__result__", "-");
	free(action);
	end_desk();
}

TEST(a_call_of_a_plan_that_may_not_begin_waits_for_the_operator)
{
	struct case_runs runs;
	struct ir_case c;

	begin_desk("power");
	import(CALLER, false);
	import(CALLED("\"revoked\":true,"), true);
	CHECK_INT(begin("test"), 1);
	runs = runs_now();
	CHECK_INT(runs.count, 1);
	case_runs_finish(&runs);
	c = the_case();
	CHECK_STR(c.next_step, "call");
	case_clear(&c);
	end_desk();
}

/* Plan n calls plan n + 1, twenty of them. */
static void
import_chain(void)
{
	for (int n = 1; n <= 20; n++) {
		char *plan = xasprintf("{\"type\":\"playbook\",\"spec_version\":\"cacao-2.0\","
			"\"id\":\"@playbook%d\",\"name\":\"chain %d\","
			"\"created_by\":\"@identity1\","
			"\"created\":\"2026-01-05T08:00:00.000Z\","
			"\"modified\":\"2026-01-05T08:00:00.000Z\",\"workflow_start\":\"@start%d\","
			"\"workflow\":{\"@start%d\":{\"type\":\"start\","
			"\"on_completion\":\"@playbook-action%d\"},\"@playbook-action%d\":{"
			"\"type\":\"playbook-action\",\"name\":\"call\",\"playbook_id\":"
			"\"@playbook%d\",\"on_completion\":\"@end%d\"},"
			"\"@end%d\":{\"type\":\"end\"}}}",
			n, n, n, n, n, n, n + 1, n, n);

		import(plan, false);
		free(plan);
	}
}

TEST(plans_that_call_one_another_too_deeply_are_not_begun_at_all)
{
	struct case_runs runs;
	int n = 0;

	begin_desk("power");
	import_chain();
	CHECK_ERR(player_begin(desk, case_id, "chain 1", &n, &err), err, ERR_REFUSED);
	CHECK(strstr(err.message, "deeply") != NULL);
	runs = runs_now();
	CHECK_INT(runs.count, 0);
	case_runs_finish(&runs);
	/* From the tenth on the chain is short enough; the last is not there. */
	CHECK_OK(player_begin(desk, case_id, "chain 10", &n, &err), err);
	runs = runs_now();
	CHECK_INT(runs.count, 11);
	case_runs_finish(&runs);
	end_desk();
}

TEST(a_paused_plan_takes_no_act_until_it_goes_on)
{
	char *action = expand("@action1");
	struct case_runs runs;

	begin_desk("power");
	import(SIMPLE(""), false);
	begin("test");
	CHECK_ERR(player_change(desk, case_id, 0, RUN_RESUME, "", &err), err, ERR_REFUSED);
	CHECK_ERR(player_change(desk, case_id, 0, RUN_PAUSE, "", &err), err, ERR_REFUSED);
	CHECK_OK(player_change(desk, case_id, 0, RUN_PAUSE, "chờ lệnh", &err), err);
	runs = runs_now();
	CHECK_INT(runs.list[0].paused_at, now_ms);
	CHECK_STR(runs.list[0].why, "chờ lệnh");
	case_runs_finish(&runs);
	CHECK_ERR(try_step(action, RUN_DONE, NULL, NULL), err, ERR_REFUSED);
	CHECK(strstr(err.message, "chờ lệnh") != NULL);
	CHECK_ERR(player_extend(desk, case_id, action, 5, "", &err), err, ERR_REFUSED);
	/* Undone, it goes on as it was; done again, it stands. */
	CHECK_OK(undo_last(desk, case_id, &err), err);
	runs = runs_now();
	CHECK_INT(runs.list[0].paused_at, 0);
	CHECK_STR(runs.list[0].why, "");
	case_runs_finish(&runs);
	CHECK_OK(redo_last(desk, case_id, &err), err);
	now_ms += 30 * MINUTE;
	CHECK_OK(player_change(desk, case_id, 1, RUN_RESUME, "", &err), err);
	runs = runs_now();
	CHECK_INT(run_instance(runs.list[0].run, 1)->due_at, now_ms + 10 * MINUTE);
	CHECK_STR(runs.list[0].why, "chờ lệnh");
	case_runs_finish(&runs);
	done(action, NULL);
	free(action);
	end_desk();
}

static enum now_kind
now_anywhere(void)
{
	struct now now;

	CHECK_OK(now_find(&now, desk, &err), err);
	return now.kind;
}

/* How many plans the page of the shift names as paused; the first line. */
static int
paused_on_paper(char *line, size_t size)
{
	struct shift_sheet sheet;
	struct buf page = { 0 };
	int count;

	CHECK_OK(shift_sheet_read(&sheet, desk, 0, &err), err);
	count = sheet.parts[SHEET_PAUSED].count;
	shift_sheet_put(&page, &sheet, 40);
	CHECK_INT(strstr(buf_text(&page), "PLANS PAUSED") != NULL, count > 0);
	(void)snprintf(line, size, "%s", count > 0 ? sheet.parts[SHEET_PAUSED].lines[0] : "");
	buf_free(&page);
	shift_sheet_clear(&sheet);
	return count;
}

TEST(a_paused_plan_is_named_until_somebody_goes_on_with_it)
{
	char *action = expand("@action1");
	struct now here;
	char line[400];

	begin_desk("power");
	import(SIMPLE(""), false);
	CHECK_OK(status_set(desk, case_id, &(struct status_change){ .to = "acknowledged",
		.verb = "ack" }, &err), err);
	CHECK_OK(case_assign(desk, case_id, "ha", &err), err);
	CHECK_OK(severity_decide(desk, case_id, 1, "thử", &err), err);
	begin("test");
	CHECK_INT(paused_on_paper(line, sizeof line), 0);
	CHECK_OK(player_change(desk, case_id, 0, RUN_PAUSE, "chờ lệnh", &err), err);
	/* On its case at once; elsewhere when it may be forgotten. */
	CHECK_OK(now_find_case(&here, desk, case_id, &err), err);
	CHECK_INT(here.kind, NOW_RUN_PAUSED);
	CHECK_STR(here.what, "test");
	CHECK_STR(here.who, "Trần Thị Hà");
	CHECK(now_anywhere() != NOW_RUN_PAUSED);
	now_ms += NOW_PAUSED_MS + 1000;
	CHECK_INT(now_anywhere(), NOW_RUN_PAUSED);
	CHECK_INT(paused_on_paper(line, sizeof line), 1);
	CHECK(strstr(line, "2026-1") != NULL && strstr(line, "chờ lệnh") != NULL);
	/* Who was put on a step of it is told too. */
	CHECK_OK(player_step(desk, case_id, action, &(struct step_act){ .action = RUN_ASSIGN,
		.assignee = "binh" }, &err), err);
	CHECK_OK(desk_seat(desk, "binh", NULL, &err), err);
	CHECK_INT(now_anywhere(), NOW_RUN_PAUSED);
	CHECK_OK(player_change(desk, case_id, 1, RUN_RESUME, "", &err), err);
	CHECK(now_anywhere() != NOW_RUN_PAUSED);
	CHECK_OK(now_find_case(&here, desk, case_id, &err), err);
	CHECK(here.kind != NOW_RUN_PAUSED);
	CHECK_INT(paused_on_paper(line, sizeof line), 0);
	free(action);
	end_desk();
}

TEST(a_coordinator_is_told_of_a_plan_of_others_that_is_paused_for_an_hour)
{
	begin_desk("power");
	import(SIMPLE(""), false);
	CHECK_OK(status_set(desk, case_id, &(struct status_change){ .to = "acknowledged",
		.verb = "ack" }, &err), err);
	CHECK_OK(case_assign(desk, case_id, "binh", &err), err);
	CHECK_OK(severity_decide(desk, case_id, 1, "thử", &err), err);
	CHECK_OK(desk_seat(desk, "binh", NULL, &err), err);
	begin("test");
	CHECK_OK(player_change(desk, case_id, 0, RUN_PAUSE, "chờ lệnh", &err), err);
	now_ms += NOW_OTHERS_PAUSED_MS - 1000;
	CHECK_OK(desk_seat(desk, "ha", NULL, &err), err);
	CHECK(now_anywhere() != NOW_OTHERS_PAUSED);
	now_ms += 2000;
	CHECK_INT(now_anywhere(), NOW_OTHERS_PAUSED);
	CHECK_OK(desk_seat(desk, "binh", NULL, &err), err);
	CHECK(now_anywhere() != NOW_OTHERS_PAUSED); /* no coordinator */
	CHECK_OK(player_change(desk, case_id, 1, RUN_RESUME, "", &err), err);
	CHECK_OK(desk_seat(desk, "ha", NULL, &err), err);
	CHECK(now_anywhere() != NOW_OTHERS_PAUSED);
	end_desk();
}

TEST(more_time_and_the_way_back_are_undone)
{
	char *first = expand("@action1");
	struct case_runs runs;

	begin_desk("power");
	import(SIMPLE(""), false);
	begin("test");
	CHECK_OK(player_extend(desk, case_id, first, 15, "chờ thợ", &err), err);
	check_whole();
	CHECK_OK(undo_last(desk, case_id, &err), err);
	runs = runs_now();
	CHECK_INT(run_instance(runs.list[0].run, 1)->extended, 0);
	case_runs_finish(&runs);
	done(first, NULL);
	CHECK_ERR(player_back(desk, case_id, first, "", &err), err, ERR_REFUSED);
	CHECK_OK(player_back(desk, case_id, first, "đọc nhầm", &err), err);
	check_whole();
	runs = runs_now();
	CHECK_INT(run_instance_count(runs.list[0].run), 3);
	case_runs_finish(&runs);
	CHECK_OK(undo_last(desk, case_id, &err), err);
	runs = runs_now();
	CHECK_INT(run_instance_count(runs.list[0].run), 2);
	CHECK_INT(run_instance(runs.list[0].run, 2)->state, INSTANCE_OPEN);
	case_runs_finish(&runs);
	free(first);
	end_desk();
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(a_plan_that_is_revoked_or_out_of_its_dates_is_begun_for_a_reason),
		RUN(why_a_plan_was_chosen_stays_though_nobody_asked),
		RUN(an_external_value_is_given_when_the_plan_begins),
		RUN(what_goes_in_and_out_of_a_call_is_what_its_arguments_name),
		RUN(a_call_of_a_plan_that_may_not_begin_waits_for_the_operator),
		RUN(plans_that_call_one_another_too_deeply_are_not_begun_at_all),
		RUN(a_paused_plan_takes_no_act_until_it_goes_on),
		RUN(a_paused_plan_is_named_until_somebody_goes_on_with_it),
		RUN(a_coordinator_is_told_of_a_plan_of_others_that_is_paused_for_an_hour),
		RUN(more_time_and_the_way_back_are_undone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
