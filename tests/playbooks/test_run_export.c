/* A run as records for others: one for each execution, how each ended, who did it. */
#include "tests/test.h"
#include "tests/playbooks/plan.h"

#include <stdio.h>

#include "core/base64.h"
#include "playbooks/run_export.h"

static struct player p;
static char text[600];
static struct run_failure failure; /* at 0: none */

static const char *
called(char *out, const char *login, void *arg)
{
	(void)arg;
	(void)snprintf(out, 256, "Người %s", login);
	return out;
}

static struct json *
export(void)
{
	char name[] = "test";
	char empty[] = "";
	struct case_run run = { .id = "run", .n = 2, .name = name, .why = empty,
		.signed_by = empty, .started_at = T0, .playbook = p.playbook, .run = p.run };

	return run_export(&(struct run_export){ .run = &run,
		.failures = &failure, .failure_count = failure.at != 0,
		.case_number = "SC-2026-0007", .called = called });
}

/* "action1 failed", one a line, in order. */
static const char *
statuses(void)
{
	struct json *doc = export();

	text[0] = '\0';
	for (const struct json *row = json_first(json_get(doc, "records")); row != NULL;
			row = json_next(row)) {
		const char *step = json_get_text(row, "workflow_step");

		(void)snprintf(text + strlen(text), sizeof text - strlen(text), "%s%.*s%ld %s",
			text[0] == '\0' ? "" : "\n", (int)strcspn(step, "-"), step,
			strtol(step + strlen(step) - 12, NULL, 10),
			json_get_text(row, "status"));
	}
	json_free(doc);
	return text;
}

static const char *
of(const struct json *doc, int record, const char *key)
{
	return json_get_text(json_at(json_get(doc, "records"), record), key);
}

/* The commands of a record, decoded, one behind another. */
static const char *
commands(const struct json *doc, int record)
{
	const struct json *list = json_get(json_at(json_get(doc, "records"), record),
		"command_b64");
	struct buf bytes = { 0 };

	for (const struct json *row = json_first(list); row != NULL; row = json_next(row)) {
		base64_decode(&bytes, json_text(row, ""));
		buf_adds(&bytes, "\n");
	}
	(void)snprintf(text, sizeof text, "%s", buf_text(&bytes));
	buf_free(&bytes);
	return text;
}

#define LOOP(variables) PLAN(variables, START("@while-condition1") "," \
	"\"@while-condition1\":{\"type\":\"while-condition\",\"name\":\"battery\"," \
	"\"condition\":\"__m__:value > 10\",\"on_true\":\"@action1\"," \
	"\"on_completion\":\"@end1\"}," END("@end1") "," \
	"\"@action1\":{\"type\":\"action\",\"name\":\"read\",\"agent\":\"@group1\"," \
	"\"commands\":[{\"type\":\"manual\",\"command\":\"was __m__:value\"}," \
	"{\"type\":\"bash\",\"command_b64\":\"ZWNobyBfX21fXzp2YWx1ZQ==\"}]," \
	"\"out_args\":[\"__m__\"],\"on_completion\":\"@end2\"}," END("@end2"))

TEST(each_round_is_a_record_with_the_words_that_stood_there_then)
{
	struct json *doc, *again;

	play(&p, LOOP(VARIABLE_IS("__m__", "integer", "30")));
	p.context.now += MINUTE;
	act(&p, "@action1", RUN_START, NULL);
	p.context.now += MINUTE;
	act(&p, "@action1", RUN_DONE, "{\"__m__\":\"20\"}");
	p.context.now += MINUTE;
	p.context.by = "binh";
	act(&p, "@action1", RUN_DONE, "{\"__m__\":\"5\"}");
	CHECK_STR(statuses(), "while1 successfully_completed\n"
		"action1 successfully_completed\naction1 successfully_completed");
	doc = export();
	CHECK_STR(of(doc, 1, "type"), "execution-status");
	CHECK_STR(of(doc, 1, "start_time"), "2026-11-18T11:07:40.000Z");
	CHECK_INT(json_get_int(json_at(json_get(doc, "records"), 1), "duration", -1), MINUTE);
	CHECK(strcmp(of(doc, 1, "id"), of(doc, 2, "id")) != 0);
	CHECK(strcmp(of(doc, 1, "executed_by"), of(doc, 2, "executed_by")) != 0);
	CHECK_STR(commands(doc, 2), "was 20\necho 20\n");
	again = export();
	CHECK(json_equal(doc, again));
	json_free(again);
	json_free(doc);
	play_end(&p);
}

TEST(people_are_named_once_and_values_say_who_gave_them)
{
	const struct json *people, *value;
	struct json *doc;

	play(&p, LOOP(VARIABLE_IS("__m__", "integer", "30")));
	act(&p, "@action1", RUN_DONE, "{\"__m__\":\"20\"}");
	act(&p, "@action1", RUN_DONE, "{\"__m__\":\"?\"}");
	doc = export();
	people = json_get(doc, "identities");
	CHECK_INT(json_count(people), 1);
	CHECK_STR(json_get_text(json_at(people, 0), "name"), "Người an");
	CHECK_INT(json_count(json_get(doc, "variables")), 2);
	value = json_at(json_get(doc, "variables"), 0);
	CHECK_STR(json_get_text(value, "name"), "__m__");
	CHECK_STR(json_get_text(value, "value"), "20");
	CHECK_STR(json_get_text(value, "set_by"), json_get_text(json_at(people, 0), "id"));
	CHECK_STR(json_get_text(value, "record"), of(doc, 1, "id"));
	value = json_at(json_get(doc, "variables"), 1);
	CHECK(json_get_bool(value, "unknown") && json_is(json_get(value, "value"), JSON_NULL));
	CHECK_STR(json_get_text(doc, "case"), "SC-2026-0007");
	CHECK_STR(json_get_text(json_get(doc, "playbook"), "hash"), playbook_hash(p.playbook));
	json_free(doc);
	play_end(&p);
}

TEST(secrets_of_commands_and_answers_stay_here)
{
	struct json *doc;
	char *whole;

	play(&p, PLAN(VARIABLE("__db_password__", "string"), START("@action1") ","
		"\"@action1\":{\"type\":\"action\",\"name\":\"read\",\"agent\":\"@group1\","
		"\"commands\":[{\"type\":\"manual\",\"command\":\"give __db_password__:value\"},"
		"{\"type\":\"http-api\",\"command\":\"POST /x HTTP/1.1\",\"headers\":"
		"{\"Authorization\":[\"Bearer tiger\"],\"Accept\":[\"text/plain\"]}}],"
		"\"out_args\":[\"__db_password__\"],\"on_completion\":\"@action2\"},"
		ACTION_WITH("@action2", "\"on_completion\":\"@end1\"") "," END("@end1")));
	act(&p, "@action1", RUN_DONE, "{\"__db_password__\":\"elephant\"}");
	doc = export();
	whole = json_line(doc);
	CHECK(strstr(whole, "elephant") == NULL);
	CHECK_STR(json_get_text(json_at(json_get(doc, "variables"), 0), "value"), "***");
	CHECK_STR(commands(doc, 0), "give ***\nPOST /x HTTP/1.1\nAuthorization: ***\n"
		"Accept: text/plain\n");
	free(whole);
	json_free(doc);
	play_end(&p);
}

TEST(a_failure_is_told_apart_by_what_came_of_it)
{
	play(&p, PLAN("", START("@action1") "," ACTION_WITH("@action1", "\"timeout\":60000,"
		"\"on_success\":\"@end1\",\"on_failure\":\"@action2\"") ","
		ACTION_WITH("@action2", "\"timeout\":60000,"
		"\"on_success\":\"@end1\",\"on_failure\":\"@action3\"") ","
		ACTION("@action3", "@end2") "," END("@end1") "," END("@end2")));
	act(&p, "@action1", RUN_FAILED, NULL);
	p.context.now += 2 * MINUTE;
	act(&p, "@action2", RUN_FAILED, NULL);
	CHECK_STR(statuses(), "action1 failed\naction2 timeout_error\naction3 ongoing");
	act(&p, "@action3", RUN_SKIP, NULL);
	CHECK_STR(statuses(), "action1 failed\naction2 timeout_error\n"
		"action3 successfully_completed");
	play_end(&p);
}

/* Failed within the limit, taken up again long after it. */
TEST(a_failure_ends_when_it_was_reported)
{
	struct json *doc;

	play(&p, PLAN("", START("@action1") "," ACTION_WITH("@action1", "\"timeout\":60000,"
		"\"on_completion\":\"@end1\"") "," END("@end1")));
	act(&p, "@action1", RUN_FAILED, NULL);
	failure = (struct run_failure){ .at = T0 + 1000, .by = "binh" };
	memcpy(failure.instance, newest(&p, "@action1")->id, UUID_SIZE);
	p.context.now += 5 * MINUTE;
	act(&p, "@action1", RUN_START, NULL);
	CHECK_STR(statuses(), "action1 failed\naction1 ongoing");
	doc = export();
	CHECK_INT(json_get_int(json_at(json_get(doc, "records"), 0), "duration", 0), 1000);
	CHECK_STR(json_get_text(json_at(json_get(doc, "identities"), 0), "name"),
		"Người binh");
	json_free(doc);
	failure = (struct run_failure){ 0 };
	play_end(&p);
}

TEST(the_failure_that_began_the_exception_says_so)
{
	play(&p, PLAN_WITH("\"workflow_exception\":\"@action3\",", "",
		START("@action1") "," ACTION("@action1", "@action2") ","
		ACTION("@action2", "@end1") "," ACTION("@action3", "@end2") ","
		END("@end1") "," END("@end2")));
	act(&p, "@action1", RUN_DONE, NULL);
	act(&p, "@action2", RUN_FAILED, NULL);
	CHECK_STR(statuses(), "action1 successfully_completed\n"
		"action2 exception_condition_invoked\naction3 ongoing");
	play_end(&p);
}

TEST(what_is_under_way_has_no_duration_and_nobody_who_did_it)
{
	const struct json *record;
	struct json *doc;

	play(&p, PLAN("", START("@action1") "," ACTION("@action1", "@end1") ","
		END("@end1")));
	doc = export();
	record = json_at(json_get(doc, "records"), 0);
	CHECK_STR(json_get_text(record, "status"), "ongoing");
	CHECK(json_get(record, "duration") == NULL);
	CHECK(json_get(record, "executed_by") == NULL);
	CHECK(json_get(record, "notes") == NULL);
	CHECK(!json_get_bool(record, "automated_execution"));
	CHECK_INT(json_count(json_get(doc, "identities")), 0);
	json_free(doc);
	/* Failed, and nobody has said how to go on: failed, still without an end. */
	act(&p, "@action1", RUN_FAILED, NULL);
	doc = export();
	record = json_at(json_get(doc, "records"), 0);
	CHECK_STR(json_get_text(record, "status"), "failed");
	CHECK_STR(json_get_text(record, "notes"), "why");
	CHECK(json_get(record, "duration") == NULL);
	json_free(doc);
	play_end(&p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(each_round_is_a_record_with_the_words_that_stood_there_then),
		RUN(people_are_named_once_and_values_say_who_gave_them),
		RUN(secrets_of_commands_and_answers_stay_here),
		RUN(a_failure_is_told_apart_by_what_came_of_it),
		RUN(a_failure_ends_when_it_was_reported),
		RUN(the_failure_that_began_the_exception_says_so),
		RUN(what_is_under_way_has_no_duration_and_nobody_who_did_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
