/* Plans played on a desk: transactions, people, calls, chain and replay. */
#include "tests/test.h"

#include <stdio.h>

#include "core/case.h"
#include "core/case_open.h"
#include "core/change.h"
#include "core/desk.h"
#include "core/mem.h"
#include "core/member.h"
#include "core/profile.h"
#include "core/status.h"
#include "core/timeline.h"
#include "core/undo.h"
#include "core/verify.h"
#include "playbooks/library.h"
#include "playbooks/player.h"
#include "playbooks/steps_json.h"
#include "tests/playbooks/plan.h"

static int64_t now_ms;
static struct desk *desk;
static char case_id[UUID_SIZE];
static struct error err;

static int64_t
injected(void *arg)
{
	(void)arg;
	return now_ms;
}

static void
add_member(const char *login)
{
	CHECK_OK(member_add(desk, &(struct member_new){ .login = login,
		.name = "Lê Văn Bình", .role = ROLE_RESPONDER }, &err), err);
}

static void
begin_desk(const char *kind)
{
	const struct desk_new what = {
		.url = ":memory:", .name = "Thử", .zone = "Asia/Ho_Chi_Minh",
		.login = "ha", .full_name = "Trần Thị Hà",
		.clock = { .now = injected },
	};

	now_ms = INT64_C(1795198200000); /* 21/11/2026 02:10 +07:00 */
	CHECK_OK(desk_create(&desk, &what, &err), err);
	add_member("binh");
	CHECK_OK(case_open(desk, &(struct case_new){
		.kind = kind, .title = "Mất điện trạm chính TTDL, chạy ắc quy",
	}, case_id, &err), err);
}

static void
check_whole(void)
{
	struct verify_result result = { 0 };

	CHECK_OK(verify_chain(desk, NULL, &result, &err), err);
	CHECK_OK(verify_replay(desk, &result, &err), err);
	if (!result.chain_ok || !result.replay_ok) {
		fail_msg("%lld %s %s %s: %s", (long long)result.first.seq,
			result.first.table, result.first.id, result.first.field,
			result.first.text);
	}
}

static void
end_desk(void)
{
	check_whole();
	desk_close(desk);
	desk = NULL;
}

static bool
try(const char *step, enum run_action action, const char *note,
	const char *answers)
{
	struct json *values = NULL;
	struct step_act act = { .action = action, .note = note };

	if (answers != NULL) {
		CHECK_OK(json_parse(&values, answers, strlen(answers), NULL, &err),
			err);
	}
	act.values = values;
	bool ok = player_step(desk, case_id, step, &act, &err);
	json_free(values);
	return ok;
}

static void
done(const char *step, const char *answers)
{
	now_ms += 1000;
	CHECK_OK(try(step, RUN_DONE, NULL, answers), err);
}

static struct ir_case
the_case(void)
{
	struct ir_case c = { 0 };

	CHECK_OK(case_load(&c, desk, case_id, &err), err);
	return c;
}

static int
begin(const char *spec)
{
	int n = 0;

	CHECK_OK(player_begin(desk, case_id, spec, &n, &err), err);
	return n;
}

TEST(the_fitting_plan_begins_and_the_case_keeps_its_next_step)
{
	struct case_runs runs = { 0 };
	struct ir_case c;

	begin_desk("power");
	CHECK_INT(begin(NULL), 1);
	CHECK_OK(case_runs_load(&runs, desk, case_id, &err), err);
	CHECK_INT(runs.count, 1);
	CHECK_STR(runs.list[0].code, "PA-MD");
	case_runs_finish(&runs);
	c = the_case();
	CHECK_STR(c.next_step, "Tiếp nhận tin báo mất điện");
	CHECK_INT(c.next_n, 1);
	CHECK_INT(c.open_tasks, 1);
	CHECK_INT(c.due_at, now_ms + 5 * MINUTE);
	CHECK_INT(c.steps_done, 0);
	CHECK(c.steps_total >= 25);
	CHECK_STR(c.status, "new"); /* a plan never changes a status */
	case_clear(&c);
	CHECK_ERR(player_begin(desk, case_id, "PA-MD", &(int){ 0 }, &err), err,
		ERR_REFUSED);
	CHECK_ERR(player_begin(desk, case_id, "PA-XX", &(int){ 0 }, &err), err,
		ERR_NOT_FOUND);
	end_desk();
}

static void
first_steps(void)
{
	done("1", "{\"gio_mat_dien\":\"02:05\",\"nguoi_bao\":\"?\"}");
	done("2", "{\"pham_vi\":\"phong_may\",\"phut_con_dien\":\"45\","
		"\"nhiet_do\":\"24\"}");
	done("3", "{\"an_toan\":\"co\"}");
}

TEST(steps_are_done_with_answers_and_all_is_proved)
{
	struct ir_case c;

	begin_desk("power");
	begin("pa-md");
	CHECK_ERR(try("1", RUN_DONE, NULL, NULL), err, ERR_REFUSED);
	CHECK(strstr(err.message, "__gio_mat_dien__") != NULL);
	CHECK_ERR(try("8", RUN_DONE, NULL, NULL), err, ERR_REFUSED);
	first_steps();
	c = the_case();
	CHECK_INT(c.steps_done, 3);
	CHECK_INT(c.open_tasks, 2);
	case_clear(&c);
	end_desk();
}

TEST(a_step_that_asks_for_severity_decides_it)
{
	struct ir_case c;

	begin_desk("power");
	begin("PA-MD");
	first_steps();
	CHECK_ERR(try("5", RUN_DONE, NULL, NULL), err, ERR_REFUSED);
	CHECK_STR(err.detail, "{\"missing\":[\"severity\"]}");
	CHECK_ERR(try("5", RUN_DONE, NULL, "{\"severity\":\"7\"}"), err,
		ERR_BAD_INPUT);
	CHECK_OK(try("5", RUN_DONE, "lãnh đạo Đội quyết", "{\"severity\":\"4\"}"),
		err);
	CHECK_ERR(try("6", RUN_DONE, NULL, NULL), err, ERR_REFUSED);
	CHECK_OK(try("6", RUN_DONE, "gián đoạn nghiêm trọng",
		"{\"reportable\":\"yes\"}"), err);
	c = the_case();
	CHECK_INT(c.severity, 4);
	CHECK_STR(c.reportable, "yes");
	case_clear(&c);
	end_desk();
}

static char *
assignee_of(const char *step)
{
	struct case_runs runs = { 0 };
	struct case_run *run;
	const struct instance *instance;

	CHECK_OK(case_runs_load(&runs, desk, case_id, &err), err);
	CHECK_OK(case_runs_find(&run, &instance, &runs, step, &err), err);
	char *id = xstrdup(instance->assignee);
	case_runs_finish(&runs);
	return id;
}

TEST(an_unmapped_lead_is_the_owner_and_a_step_can_be_given_to_another)
{
	char ha[UUID_SIZE];
	char binh[UUID_SIZE];
	struct step_act act = { .action = RUN_ASSIGN, .assignee = "binh" };

	begin_desk("power");
	CHECK_OK(member_id(desk, "ha", ha, &err), err);
	CHECK_OK(member_id(desk, "binh", binh, &err), err);
	begin(NULL);
	char *is = assignee_of("1");
	CHECK_STR(is, ha);
	free(is);
	CHECK_OK(player_step(desk, case_id, "1", &act, &err), err);
	is = assignee_of("1");
	CHECK_STR(is, binh);
	free(is);
	act.assignee = "nobody";
	CHECK_ERR(player_step(desk, case_id, "1", &act, &err), err, ERR_NOT_FOUND);
	end_desk();
}

TEST(a_step_is_skipped_for_a_reason_and_failed_ones_wait_for_a_word)
{
	struct ir_case c;

	begin_desk("power");
	begin(NULL);
	CHECK_ERR(try("1", RUN_SKIP, NULL, NULL), err, ERR_REFUSED);
	CHECK_OK(try("1", RUN_SKIP, "tin do SOC báo, đã có giờ", NULL), err);
	CHECK_OK(try("2", RUN_FAILED, "không ai nghe máy", NULL), err);
	c = the_case();
	CHECK_INT(c.open_tasks, 1); /* the failed one: it is still work */
	CHECK_INT(c.next_n, 2);
	case_clear(&c);
	CHECK_OK(try("2", RUN_START, NULL, NULL), err);
	done("2", "{\"pham_vi\":\"?\",\"phut_con_dien\":\"?\",\"nhiet_do\":\"?\"}");
	/* Again by the same member: nothing to do and no fault. */
	int appended = 0;
	CHECK_OK(try("2", RUN_DONE, NULL, NULL), err);
	(void)change_appended(desk, &appended);
	CHECK_INT(appended, 0);
	end_desk();
}

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
	CHECK_OK(try(step, RUN_SKIP, "gọi điện thay", NULL), err);
	free(step);
	end_desk();
}

TEST(a_run_keeps_the_text_that_it_began_with)
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

TEST(a_plan_is_stopped_for_a_reason_and_a_closed_case_stands_still)
{
	begin_desk("power");
	begin(NULL);
	CHECK_ERR(player_stop(desk, case_id, 1, "", &err), err, ERR_REFUSED);
	CHECK_OK(player_stop(desk, case_id, 1, "báo nhầm", &err), err);
	CHECK_ERR(player_stop(desk, case_id, 1, "báo nhầm", &err), err,
		ERR_REFUSED);
	CHECK_ERR(player_stop(desk, case_id, 5, "x", &err), err, ERR_NOT_FOUND);
	CHECK_OK(status_set(desk, case_id, &(struct status_change){
		.to = "dismissed", .verb = "status", .reason = "báo nhầm" }, &err),
		err);
	CHECK_ERR(player_begin(desk, case_id, NULL, &(int){ 0 }, &err), err,
		ERR_REFUSED);
	end_desk();
}

static bool
collect_text(const struct entry *entry, void *arg)
{
	struct buf *out = arg;
	char *text = timeline_text(entry, desk_zone(desk));

	buf_addf(out, "%s\n", text);
	free(text);
	return true;
}

TEST(the_timeline_tells_the_plan_in_words)
{
	const struct timeline_page page = { .case_id = case_id };
	struct buf out = { 0 };

	begin_desk("power");
	begin(NULL);
	done("1", "{\"gio_mat_dien\":\"02:05\",\"nguoi_bao\":\"?\"}");
	CHECK_OK(timeline_each(desk, &page, collect_text, &out, &err), err);
	CHECK(strstr(buf_text(&out), "PA-MD Mất điện Trung tâm dữ liệu tỉnh")
		!= NULL);
	CHECK(strstr(buf_text(&out), "Tiếp nhận tin báo mất điện") != NULL);
	CHECK(strstr(buf_text(&out), "__gio_mat_dien__ = 02:05") != NULL);
	buf_free(&out);
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

static struct json *
all_steps(void)
{
	struct case_runs runs = { 0 };
	struct json *out = NULL;

	CHECK_OK(case_runs_load(&runs, desk, case_id, &err), err);
	CHECK_OK(case_steps_json(&out, desk, &runs, &err), err);
	case_runs_finish(&runs);
	return out;
}

TEST(steps_as_json_hold_the_contract)
{
	begin_desk("power");
	begin(NULL);
	done("1", "{\"gio_mat_dien\":\"02:05\",\"nguoi_bao\":\"?\"}");
	struct json *steps = all_steps();
	const struct json *first = json_at(steps, 0);
	const struct json *second = json_at(steps, 1);
	const struct json *ask = json_at(json_get(second, "asks"), 1);

	CHECK(json_count(steps) >= 25);
	CHECK_INT(json_get_int(first, "n", 0), 1);
	CHECK_STR(json_get_text(first, "state"), "done");
	CHECK_STR(json_get_text(first, "lead"), "truc_ca");
	CHECK_STR(json_get_text(json_at(json_get(first, "asks"), 1), "value"), "?");
	CHECK_STR(json_get_text(second, "state"), "open");
	CHECK_STR(json_get_text(second, "assignee"), "ha");
	CHECK(strncmp(json_get_text(second, "due_at"), "2026-11-21T01:20:01.000+07:00", 29) == 0);
	CHECK_STR(json_get_text(ask, "name"), "__phut_con_dien__");
	CHECK_STR(json_get_text(ask, "type"), "integer");
	CHECK_STR(json_get_text(ask, "unknown"), "0");
	CHECK(json_is(json_get(ask, "value"), JSON_NULL));
	CHECK(strncmp(json_get_text(second, "text"), "1. ", 3) == 0);
	CHECK(json_is(json_get(json_at(steps, 2), "instance"), JSON_NULL));
	json_free(steps);
	end_desk();
}

TEST(decisions_lists_and_countdowns_are_told_as_text)
{
	begin_desk("power");
	begin(NULL);
	first_steps();
	struct json *steps = all_steps();
	bool decision = false;
	bool list = false;

	for (const struct json *row = json_first(steps); row != NULL;
			row = json_next(row)) {
		const char *beside = json_get_text(row, "beside");

		decision |= beside != NULL && strstr(beside, "Lãnh đạo Đội") != NULL
			&& strstr(beside, "10") != NULL;
		list |= beside != NULL && strstr(beside, "TTDL") != NULL;
	}
	CHECK(decision);
	CHECK(list);
	json_free(steps);
	end_desk();
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(the_fitting_plan_begins_and_the_case_keeps_its_next_step),
		RUN(steps_are_done_with_answers_and_all_is_proved),
		RUN(a_step_that_asks_for_severity_decides_it),
		RUN(an_unmapped_lead_is_the_owner_and_a_step_can_be_given_to_another),
		RUN(a_step_is_skipped_for_a_reason_and_failed_ones_wait_for_a_word),
		RUN(plans_that_call_each_other_join_and_do_not_lock),
		RUN(a_call_of_a_plan_that_is_not_there_waits_for_the_operator),
		RUN(a_run_keeps_the_text_that_it_began_with),
		RUN(a_plan_is_stopped_for_a_reason_and_a_closed_case_stands_still),
		RUN(the_timeline_tells_the_plan_in_words),
		RUN(an_act_on_a_step_is_undone_and_done_again),
		RUN(a_step_on_which_a_later_one_was_done_is_not_undone),
		RUN(a_plan_begun_by_mistake_is_undone),
		RUN(the_rules_of_the_province_choose_the_plan),
		RUN(steps_as_json_hold_the_contract),
		RUN(decisions_lists_and_countdowns_are_told_as_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
