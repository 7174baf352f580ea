/* What suco-step says of a question must fit the plan: one thing of a shipped
 * plan changed, and the check names it. */
#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "core/files.h"
#include "core/mem.h"
#include "paths.h"
#include "playbooks/cacao.h"

/* The plan with the first `from` behind `after` replaced. */
static char *
changed(const char *plan, const char *after, const char *from, const char *to)
{
	char *path = xasprintf("%s/playbooks/plans/%s", SUCO_SOURCE_DIR, plan);
	struct error err = ERROR_INIT;
	char *text = NULL;
	size_t len = 0;

	CHECK_OK(file_read(&text, &len, path, (size_t)1 << 20, &err), err);
	char *at = strstr(text, "\"variables\": {");
	assert_non_null(at);
	at = strstr(at, after);
	assert_non_null(at);
	at = strstr(at, from);
	assert_non_null(at);
	char *out = xasprintf("%.*s%s%s", (int)(at - text), text, to,
		at + strlen(from));
	free(text);
	free(path);
	return out;
}

static void
check_named(const char *plan, const char *after, const char *from, const char *to,
	const char *finding)
{
	char *text = changed(plan, after, from, to);
	struct findings found = { 0 };
	struct playbook *playbook = NULL;
	struct error err = ERROR_INIT;
	bool named = false;
	bool ok = playbook_read(&playbook, text, strlen(text), PLAYBOOK_STRICT, &found,
		&err);

	for (int i = 0; i < found.count; i++) {
		named = named || strcmp(found.list[i].text, finding) == 0;
		if (strcmp(found.list[i].text, finding) != 0) {
			print_message("%s\n", found.list[i].text);
		}
	}
	CHECK(!ok);
	CHECK(named);
	CHECK_INT(found.count, 1);
	playbook_free(playbook);
	findings_finish(&found);
	free(text);
}

TEST(what_a_question_says_is_something_that_callers_say)
{
	check_named("pa-dt.vi.json", "__gio_mat__", "time_detected", "weather",
		"says names nothing that callers say: weather");
	check_named("pa-tc.vi.json", "\"state_secret\"", "\"yes\": \"co\"",
		"\"yes\": \"ja\"", "what was said would answer 'ja', which is none of the choices");
}

TEST(a_text_has_room_on_the_screen_and_on_the_form)
{
	check_named("pa-md.vi.json", "\"label\"", "CÒN ĐIỆN", "CÒN ĐIỆN CÒN ĐIỆN CÒN ĐIỆN",
		"26 characters: a screen and the printed form have room for 24");
}

TEST(what_meets_a_promise_names_one_and_a_choice)
{
	check_named("pa-dt.vi.json", "\"meets\"", "__gio_hen__", "__gio_can__",
		"__gio_can__ is no promise");
	check_named("pa-md.vi.json", "\"meets\"", "\"when\": \"da_co\"",
		"\"when\": \"nay\"",
		"the answer that meets a promise, 'nay', is none of the choices");
}

TEST(a_time_or_a_ticket_is_written_as_text_and_nothing_else_is_said)
{
	check_named("pa-dt.vi.json", "__so_diem__", "\"min\": 0",
		"\"min\": 0, \"ticket\": true", "ticket stands on a string, not on integer");
	check_named("pa-dt.vi.json", "__so_diem__", "\"min\": 0",
		"\"min\": 0, \"colour\": true", "suco-step has no colour");
}

TEST(what_an_answer_counts_is_a_number_with_a_name_in_both_languages)
{
	check_named("pa-tc-mh.vi.json", "__so_may_tram__", "\"en\": \"workstations\"",
		"\"en\": \"\"", "what is counted is named as vi and en");
	check_named("pa-tc-mh.vi.json", "\"question\": \"Còn đang lan?\"", "\"question\"",
		"\"counts\": {\"vi\": \"máy\", \"en\": \"machines\"}, \"question\"",
		"counts stands on an integer, not on string");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(what_a_question_says_is_something_that_callers_say),
		RUN(a_text_has_room_on_the_screen_and_on_the_form),
		RUN(what_meets_a_promise_names_one_and_a_choice),
		RUN(a_time_or_a_ticket_is_written_as_text_and_nothing_else_is_said),
		RUN(what_an_answer_counts_is_a_number_with_a_name_in_both_languages),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
