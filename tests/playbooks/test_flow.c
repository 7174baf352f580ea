/* A plan as it is drawn and walked dry: small plans by hand, every shipped one,
 * and plans with more ways than anybody can list. */
#include "tests/test.h"
#include "tests/playbooks/plan.h"

#include <dirent.h>
#include <string.h>

#include "core/buf.h"
#include "core/files.h"
#include "core/json.h"
#include "core/mem.h"
#include "core/text.h"
#include "paths.h"
#include "playbooks/flow.h"
#include "playbooks/flow_text.h"
#include "playbooks/flow_try.h"

#define LIMIT(ms, next) "\"timeout\":" ms ",\"on_completion\":\"" next "\""
#define IF_STEP(name, yes, more) \
	"\"" name "\":{\"type\":\"if-condition\",\"name\":\"" name "\"," \
	"\"condition\":\"__x__:value = 1\",\"on_true\":\"" yes "\"," more "}"
#define WHILE_STEP(name, body, next) \
	"\"" name "\":{\"type\":\"while-condition\",\"name\":\"" name "\"," \
	"\"condition\":\"__x__:value = 1\",\"on_true\":\"" body "\"," \
	"\"on_completion\":\"" next "\"}"
#define X VARIABLE_IS("__x__", "integer", "1")

static struct playbook *
read_text(const char *text, size_t len)
{
	struct playbook *playbook = NULL;
	struct error err = ERROR_INIT;

	CHECK_OK(playbook_read(&playbook, text, len, PLAYBOOK_LENIENT, NULL, &err), err);
	return playbook;
}

static struct playbook *
plan_of(const char *text)
{
	char *whole = expand(text);
	struct playbook *playbook = read_text(whole, strlen(whole));

	free(whole);
	return playbook;
}

/* The steps of a way, the choices in brackets: "action1 [yes] (action2 || ...)". */
static char *
way_of(const struct playbook *playbook, const struct try_way *way)
{
	static const char *const words[] = {
		[TRY_OPEN] = "(", [TRY_NEXT] = "||", [TRY_CLOSE] = ")", [TRY_BACK] = "<",
	};
	struct buf out = { 0 };

	for (int i = 0; i < way->count; i++) {
		const struct try_mark *mark = &way->marks[i];
		const char *id = playbook_step(playbook, mark->step)->id;

		buf_adds(&out, i > 0 ? " " : "");
		if (mark->kind == TRY_STEP) {
			buf_addf(&out, "%.*s%ld", (int)strcspn(id, "-"), id,
				strtol(id + strlen(id) - 12, NULL, 10));
		} else if (mark->kind == TRY_CHOICE) {
			buf_addf(&out, "[%d]", mark->branch);
		} else {
			buf_adds(&out, words[mark->kind]);
		}
	}
	return buf_take(&out);
}

static void
check_way(const struct playbook *playbook, const struct try_way *way, const char *wanted,
	int64_t sum, int64_t length)
{
	char *is = way_of(playbook, way);

	assert_string_equal(is, wanted);
	assert_int_equal(way->sum, sum);
	assert_int_equal(way->length, length);
	free(is);
}

TEST(both_answers_of_an_if_are_ways_and_none_is_one_too)
{
	struct playbook *playbook = plan_of(PLAN(X, START("@action1") ","
		ACTION_WITH("@action1", LIMIT("60000", "@if-condition2")) ","
		IF_STEP("@if-condition2", "@action3", "\"on_completion\":\"@action4\"") ","
		ACTION_WITH("@action3", LIMIT("300000", "@end5")) "," END("@end5") ","
		ACTION_WITH("@action4", "\"on_completion\":\"@end6\"") "," END("@end6")));
	struct flow_try try;

	flow_try_make(&try, playbook);
	assert_int_equal(try.ways, 2);
	assert_int_equal(try.walked_count, 2);
	check_way(playbook, &try.walked[0], "action1 [0] action3 action4", 360000, 360000);
	check_way(playbook, &try.walked[1], "action1 [-2] action4", 60000, 60000);
	check_way(playbook, &try.critical, "action1 [0] action3 action4", 360000, 360000);
	assert_int_equal(try.critical.unlimited, 1);
	flow_try_finish(&try);
	playbook_free(playbook);
}

TEST(parallel_branches_are_on_one_way_and_the_longest_counts)
{
	struct playbook *playbook = plan_of(PLAN(X, START("@parallel1") ","
		"\"@parallel1\":{\"type\":\"parallel\",\"name\":\"p\","
		"\"next_steps\":[\"@action2\",\"@action3\"],"
		"\"on_completion\":\"@action4\"},"
		ACTION_WITH("@action2", LIMIT("60000", "@end5")) "," END("@end5") ","
		ACTION_WITH("@action3", LIMIT("300000", "@end6")) "," END("@end6") ","
		ACTION_WITH("@action4", LIMIT("10000", "@end7")) "," END("@end7")));
	struct flow_try try;

	flow_try_make(&try, playbook);
	assert_int_equal(try.ways, 1);
	check_way(playbook, &try.walked[0], "( action2 || action3 ) action4", 370000, 310000);
	check_way(playbook, &try.critical, "( action3 ) action4", 310000, 310000);
	assert_int_equal(try.shortest, 310000);
	assert_int_equal(try.longest, 310000);
	flow_try_finish(&try);
	playbook_free(playbook);
}

TEST(a_loop_is_walked_with_no_round_and_with_one)
{
	struct playbook *playbook = plan_of(PLAN(X, START("@while-condition1") ","
		WHILE_STEP("@while-condition1", "@action2", "@action3") ","
		ACTION_WITH("@action2", LIMIT("60000", "@end4")) "," END("@end4") ","
		ACTION_WITH("@action3", LIMIT("1000", "@end5")) "," END("@end5")));
	struct flow_try try;

	flow_try_make(&try, playbook);
	assert_int_equal(try.ways, 2);
	check_way(playbook, &try.walked[0], "[0] action2 action3", 61000, 61000);
	check_way(playbook, &try.walked[1], "[-2] action3", 1000, 1000);
	assert_int_equal(try.shortest, 1000);
	flow_try_finish(&try);
	playbook_free(playbook);
}

TEST(each_case_of_a_switch_and_failure_are_ways)
{
	struct playbook *playbook = plan_of(PLAN(X, START("@switch-condition1") ","
		"\"@switch-condition1\":{\"type\":\"switch-condition\",\"name\":\"s\","
		"\"switch\":\"__x__:value\",\"cases\":{\"1\":\"@action2\",\"2\":\"@action3\","
		"\"default\":\"@end4\"},\"on_completion\":\"@action5\"},"
		ACTION("@action2", "@end6") "," END("@end6") ","
		ACTION("@action3", "@end7") "," END("@end7") "," END("@end4") ","
		ACTION_WITH("@action5", "\"timeout\":5000,\"on_success\":\"@action8\","
			"\"on_failure\":\"@action9\"") ","
		ACTION("@action8", "@end10") "," END("@end10") ","
		ACTION("@action9", "@action8")));
	struct flow_try try;

	flow_try_make(&try, playbook);
	assert_int_equal(try.ways, 6);
	check_way(playbook, &try.walked[0], "[0] action2 action5 action8", 5000, 5000);
	check_way(playbook, &try.walked[1], "[1] action3 action5 action8", 5000, 5000);
	check_way(playbook, &try.walked[2], "[2] action5 action8", 5000, 5000);
	check_way(playbook, &try.walked[3], "[0] action2 action5 [-1] action9 action8",
		5000, 5000);
	assert_int_equal(try.walked[3].unlimited, 3);
	flow_try_finish(&try);
	playbook_free(playbook);
}

/* `count` questions one after the other, each with one step behind its yes. */
static struct playbook *
many_questions(int count)
{
	struct buf flow = { 0 };
	struct playbook *playbook;
	char *text;

	for (int i = 0; i < count; i++) {
		int at = 10 + i * 3;

		buf_addf(&flow, ",\"@if-condition%d\":{\"type\":\"if-condition\","
			"\"name\":\"câu hỏi số %d có dài như thật không\","
			"\"condition\":\"__x__:value = 1\",\"on_true\":\"@action%d\","
			"\"on_completion\":\"@%s%d\"}", at, i, at + 1,
			i + 1 < count ? "if-condition" : "end", i + 1 < count ? at + 3 : 2);
		buf_addf(&flow, ",\"@action%d\":{\"type\":\"action\",\"name\":\"việc %d\","
			"\"agent\":\"@group1\",\"commands\":[{\"type\":\"manual\","
			"\"command\":\"x\"}],\"timeout\":60000,\"on_completion\":\"@end%d\"},"
			"\"@end%d\":{\"type\":\"end\"}", at + 1, i, at + 2, at + 2);
	}
	text = xasprintf(PLAN(X, START("@if-condition10") "," END("@end2") "%s"),
		buf_text(&flow));
	playbook = plan_of(text);
	free(text);
	buf_free(&flow);
	return playbook;
}

TEST(more_ways_than_anybody_counts_cost_no_more_than_a_few)
{
	struct playbook *playbook = many_questions(165);
	struct flow_try try;
	struct json *said;
	struct buf text = { 0 };

	flow_try_make(&try, playbook);
	assert_true(try.ways == UINT64_MAX);
	assert_int_equal(try.walked_count, TRY_WAYS);
	assert_int_equal(try.longest, 165 * INT64_C(60000));
	assert_int_equal(try.critical.length, try.longest);
	assert_int_equal(try.shortest, 0);
	said = flow_try_json(&try);
	assert_false(json_get_bool(said, "ways_are_all_listed"));
	assert_int_equal(json_count(json_get(said, "listed")), TRY_WAYS);
	json_free(said);
	flow_try_text(&text, &try, 80);
	assert_true(text.len > 1000);
	buf_free(&text);
	flow_try_finish(&try);
	playbook_free(playbook);
}

/* ---- drawn ---- */

static void
check_lines(const char *text, int cols, bool ascii)
{
	while (*text != '\0') {
		size_t len = strcspn(text, "\n");

		if (text_width_n(text, len) > cols) {
			fail_msg("wider than %d: %.*s", cols, (int)len, text);
		}
		text += len + (text[len] == '\n');
	}
	if (ascii) {
		assert_null(strstr(text, "─"));
		assert_null(strstr(text, "│"));
	}
}

static void
check_drawn(const struct playbook *playbook)
{
	static const int widths[] = { 40, 80, 120, 200 };

	for (size_t i = 0; i < 2 * sizeof widths / sizeof *widths; i++) {
		struct buf out = { 0 };

		flow_text(&out, playbook, widths[i / 2], i % 2 == 1);
		check_lines(buf_text(&out), widths[i / 2], i % 2 == 1);
		buf_free(&out);
	}
}

/* Each step that can be reached stands in the flow once. */
static void
check_flow(const struct playbook *playbook)
{
	struct flow flow;
	int *times = xcalloc((size_t)playbook_step_count(playbook), sizeof *times);

	flow_make(&flow, playbook);
	for (int i = 0; i < flow.node_count; i++) {
		times[flow.nodes[i].step] += !flow.nodes[i].jump;
	}
	for (int i = 0; i < playbook_step_count(playbook); i++) {
		const struct step *step = playbook_step(playbook, i);

		assert_int_equal(times[i], step->reached && step->type != STEP_START
			&& step->type != STEP_END);
	}
	flow_finish(&flow);
	free(times);
}

TEST(every_shipped_plan_is_drawn_whole_and_walked_in_every_way)
{
	struct dirent *entry;
	DIR *dir = opendir(SUCO_SOURCE_DIR "/playbooks/plans");
	int plans = 0;

	assert_non_null(dir);
	while ((entry = readdir(dir)) != NULL) {
		struct playbook *playbook;
		struct flow_try try;
		struct error err = ERROR_INIT;
		char *path, *text = NULL;
		size_t len = 0;

		if (strstr(entry->d_name, ".json") == NULL) {
			continue;
		}
		path = xasprintf("%s/playbooks/plans/%s", SUCO_SOURCE_DIR, entry->d_name);
		CHECK_OK(file_read(&text, &len, path, (size_t)4 << 20, &err), err);
		playbook = read_text(text, len);
		check_flow(playbook);
		check_drawn(playbook);
		flow_try_make(&try, playbook);
		assert_true(try.ways > 1);
		assert_int_equal(try.critical.length, try.longest);
		assert_int_equal(try.back_count, 0);
		for (int i = 0; i < try.walked_count; i++) {
			assert_true(try.walked[i].length >= try.shortest);
			assert_true(try.walked[i].length <= try.longest);
			assert_true(try.walked[i].length <= try.walked[i].sum);
		}
		flow_try_finish(&try);
		playbook_free(playbook);
		free(text);
		free(path);
		plans++;
	}
	closedir(dir);
	assert_true(plans >= 14);
}

TEST(a_long_plan_is_drawn_within_its_columns)
{
	struct playbook *playbook = many_questions(165);

	check_flow(playbook);
	check_drawn(playbook);
	playbook_free(playbook);
}

TEST(what_failure_leads_to_ends_with_the_branch_and_does_not_come_back)
{
	struct playbook *playbook = plan_of(PLAN(X, START("@parallel1") ","
		"\"@parallel1\":{\"type\":\"parallel\",\"name\":\"p\","
		"\"next_steps\":[\"@action2\",\"@action3\"],"
		"\"on_completion\":\"@action4\"},"
		ACTION_WITH("@action2", "\"on_success\":\"@end5\","
			"\"on_failure\":\"@action6\"") "," END("@end5") ","
		ACTION("@action6", "@end7") "," END("@end7") ","
		ACTION("@action3", "@end8") "," END("@end8") ","
		ACTION_WITH("@action4", "\"on_success\":\"@action9\","
			"\"on_failure\":\"@action10\"") ","
		ACTION("@action9", "@end11") "," END("@end11") ","
		ACTION("@action10", "@action9")));
	struct buf out = { 0 };
	struct flow flow;
	int ends[3] = { 0 };

	flow_make(&flow, playbook);
	assert_int_equal(flow.chain_count, 5);
	assert_int_equal(flow_end(&flow, 0), FLOW_ENDS_PLAN);
	for (int i = 1; i < flow.chain_count; i++) {
		ends[flow_end(&flow, i)]++;
		assert_int_equal(flow_leads_back(&flow, i), flow.chains[i].branch >= 0);
	}
	/* The two branches and the way back to step 9 go on. */
	assert_int_equal(ends[FLOW_GOES_ON], 3);
	assert_int_equal(ends[FLOW_ENDS_BRANCH], 1);
	assert_int_equal(flow_depth(&flow), 3);
	flow_text(&out, playbook, 80, true);
	assert_non_null(strstr(buf_text(&out), "( end of the branch )"));
	assert_non_null(strstr(buf_text(&out), "go on at"));
	buf_free(&out);
	flow_finish(&flow);
	playbook_free(playbook);
}

/* Questions in each other, each with one step before the next. */
static struct playbook *
nested(int depth)
{
	struct buf flow = { 0 };
	struct playbook *playbook;
	char *text;

	for (int i = 0; i < depth; i++) {
		int at = 10 + i * 4;

		buf_addf(&flow, ",\"@if-condition%d\":{\"type\":\"if-condition\","
			"\"name\":\"q%d\",\"condition\":\"__x__:value = 1\","
			"\"on_true\":\"@action%d\",\"on_completion\":\"@end%d\"},"
			"\"@end%d\":{\"type\":\"end\"}", at, i, at + 1, at + 2, at + 2);
		buf_addf(&flow, ",\"@action%d\":{\"type\":\"action\",\"name\":\"w%d.\","
			"\"agent\":\"@group1\",\"commands\":[{\"type\":\"manual\","
			"\"command\":\"x\"}],\"on_completion\":\"@%s%d\"}", at + 1, i,
			i + 1 < depth ? "if-condition" : "end", i + 1 < depth ? at + 4 : 3);
	}
	text = xasprintf(PLAN(X, START("@if-condition10") "," END("@end3") "%s"),
		buf_text(&flow));
	playbook = plan_of(text);
	free(text);
	buf_free(&flow);
	return playbook;
}

TEST(what_is_nested_too_deeply_for_the_columns_stands_below_and_none_is_lost)
{
	struct playbook *playbook = nested(20);
	struct buf out = { 0 };

	check_flow(playbook);
	check_drawn(playbook);
	flow_text(&out, playbook, 40, true);
	assert_non_null(strstr(buf_text(&out), "see (1) below"));
	assert_non_null(strstr(buf_text(&out), "\n(1) q"));
	assert_non_null(strstr(buf_text(&out), "( back to the plan )"));
	for (int i = 0; i < 20; i++) {
		char *name = xasprintf(" w%d. ", i);
		const char *at = strstr(buf_text(&out), name);

		assert_non_null(at);
		assert_null(strstr(at + 1, name));
		free(name);
	}
	buf_free(&out);
	playbook_free(playbook);
}

/* Controls the reader refuses. */
TEST(marks_that_turn_the_writing_round_are_taken_out)
{
	struct playbook *playbook = plan_of(PLAN(X, START("@if-condition1") ","
		"\"@if-condition1\":{\"type\":\"if-condition\",\"name\":\"a\\u202Eb\","
		"\"condition\":\"__x__:value = 1\",\"on_true\":\"@action2\","
		"\"on_completion\":\"@end4\"},"
		"\"@action2\":{\"type\":\"action\",\"name\":\"c\\u202Ed\","
		"\"agent\":\"@group1\",\"commands\":[{\"type\":\"manual\","
		"\"command\":\"x\"}],\"on_completion\":\"@end5\"}," END("@end5") ","
		END("@end4")));
	struct flow_try try;
	struct buf out = { 0 };

	flow_text(&out, playbook, 80, false);
	flow_try_make(&try, playbook);
	flow_try_text(&out, &try, 80);
	assert_non_null(strstr(buf_text(&out), "cd"));
	assert_null(strstr(buf_text(&out), "\xE2\x80\xAE"));
	buf_free(&out);
	flow_try_finish(&try);
	playbook_free(playbook);
}

TEST(two_branches_stand_side_by_side_where_they_fit)
{
	struct playbook *playbook = plan_of(PLAN(X, START("@if-condition1") ","
		IF_STEP("@if-condition1", "@action2", "\"on_false\":\"@action3\","
			"\"on_completion\":\"@end4\"") ","
		ACTION("@action2", "@end5") "," END("@end5") ","
		ACTION("@action3", "@end6") "," END("@end6") "," END("@end4")));
	struct buf wide = { 0 }, narrow = { 0 };
	const char *yes;

	flow_text(&wide, playbook, 60, true);
	flow_text(&narrow, playbook, 40, true);
	yes = strstr(buf_text(&wide), " yes ");
	assert_non_null(yes);
	assert_true(strstr(yes, " no") < yes + strcspn(yes, "\n"));
	assert_non_null(strstr(buf_text(&narrow), "+- yes ---"));
	assert_non_null(strstr(buf_text(&narrow), "+- no ---"));
	buf_free(&wide);
	buf_free(&narrow);
	playbook_free(playbook);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(both_answers_of_an_if_are_ways_and_none_is_one_too),
		RUN(parallel_branches_are_on_one_way_and_the_longest_counts),
		RUN(a_loop_is_walked_with_no_round_and_with_one),
		RUN(each_case_of_a_switch_and_failure_are_ways),
		RUN(more_ways_than_anybody_counts_cost_no_more_than_a_few),
		RUN(every_shipped_plan_is_drawn_whole_and_walked_in_every_way),
		RUN(a_long_plan_is_drawn_within_its_columns),
		RUN(what_failure_leads_to_ends_with_the_branch_and_does_not_come_back),
		RUN(what_is_nested_too_deeply_for_the_columns_stands_below_and_none_is_lost),
		RUN(marks_that_turn_the_writing_round_are_taken_out),
		RUN(two_branches_stand_side_by_side_where_they_fit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
