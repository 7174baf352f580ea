/* What a conversion changes, each change by itself, and what it leaves alone
 * because it is not certain.  "'" stands for a double quote. */
#include "tests/test.h"
#include "tests/playbooks/plan.h"

#include <stdio.h>

#include "core/mem.h"
#include "playbooks/cacao_convert.h"

static char *
quoted(const char *text)
{
	char *out = expand(text);

	for (char *p = out; *p != '\0'; p++) {
		*p = *p == '\'' ? '"' : *p == '`' ? '\'' : *p;
	}
	return out;
}

/* The document as converted, the caller's; *changes is finished by the caller. */
static struct json *
convert(const char *text, struct conversion *changes)
{
	char *full = quoted(text);
	struct error err = ERROR_INIT;
	struct json *doc = NULL;

	CHECK_OK(cacao_convert(&doc, changes, full, strlen(full), &err), err);
	free(full);
	return doc;
}

/* Whatever the order of its members. */
static bool
is_same(const struct json *value, const char *wanted)
{
	struct error err = ERROR_INIT;
	struct json *other = NULL;
	char *full = quoted(wanted);

	CHECK_OK(json_parse(&other, full, strlen(full), NULL, &err), err);
	bool same = json_equal(value, other);
	json_free(other);
	free(full);
	return same;
}

static bool
told(const struct conversion *changes, const char *path)
{
	char *full = quoted(path);
	bool found = false;

	for (int i = 0; i < changes->count; i++) {
		found |= strcmp(changes->list[i].path, full) == 0;
	}
	free(full);
	return found;
}

/* One member of the document: what it was, what it is, where that is told
 * (NULL: it is left as it was and nothing is told). */
struct row {
	const char *was;
	const char *is;
	const char *told;
};

static void
check_rows(const struct row *rows, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct conversion changes = { 0 };
		struct json *made = convert(rows[i].was, &changes);
		char *line = json_line(made);
		bool good = is_same(made, rows[i].is)
			&& (rows[i].told == NULL ? changes.count == 0
				: told(&changes, rows[i].told));

		if (!good) {
			print_message("%s\n", line);
			for (int k = 0; k < changes.count; k++) {
				const struct change *change = &changes.list[k];

				print_message("%s: %s\n", change->path, change->text);
			}
			fail_msg("row %zu: %s", i, rows[i].was);
		}
		free(line);
		conversion_finish(&changes);
		json_free(made);
	}
}

#define CHECK_ROWS(rows) check_rows(rows, sizeof (rows) / sizeof (rows)[0])

TEST(the_document_is_made_version_2)
{
	static const struct row rows[] = {
		{ "{'spec_version':'1.0'}", "{'spec_version':'cacao-2.0'}", "/spec_version" },
		{ "{'spec_version':'cacao-1.1'}", "{'spec_version':'cacao-2.0'}",
		  "/spec_version" },
		{ "{'spec_version':'3.0'}", "{'spec_version':'3.0'}", NULL },
		{ "{'features':{'if_logic':true}}",
		  "{'playbook_processing_summary':{'if_logic':true}}", "/features" },
		{ "{'targets':{}}", "{'target_definitions':{}}", "/targets" },
		{ "{'targets':{},'target_definitions':{}}",
		  "{'targets':{},'target_definitions':{}}", NULL },
		{ "{'derived_from':'x'}", "{'derived_from':['x']}", "/derived_from" },
		{ "{'colour':'red'}", "{'colour':'red'}", NULL },
		{ "{'signatures':[1]}", "{'signatures':[1]}", NULL },
		{ "{'signatures':[1],'derived_from':'x'}", "{'derived_from':['x']}",
		  "/signatures" },
	};

	CHECK_ROWS(rows);
}

TEST(times_are_brought_to_three_digits_and_to_utc)
{
	static const struct row rows[] = {
		{ "{'created':'2026-01-05T08:00:00Z'}", "{'created':'2026-01-05T08:00:00.000Z'}",
		  "/created" },
		{ "{'created':'2026-01-05T08:00:00.5Z'}",
		  "{'created':'2026-01-05T08:00:00.500Z'}", "/created" },
		{ "{'modified':'2026-01-05T08:00:00.123456Z'}",
		  "{'modified':'2026-01-05T08:00:00.123Z'}", "/modified" },
		{ "{'modified':'2026-01-05T01:30:00+07:00'}",
		  "{'modified':'2026-01-04T18:30:00.000Z'}", "/modified" },
		{ "{'valid_from':'2026-01-05T08:00:00Z'}", "{'valid_from':'2026-01-05T08:00:00Z'}",
		  NULL },
		{ "{'valid_until':'2026-01-05T08:00:00-01:00'}",
		  "{'valid_until':'2026-01-05T09:00:00.000Z'}", "/valid_until" },
		{ "{'created':'yesterday'}", "{'created':'yesterday'}", NULL },
		{ "{'created':'2026-01-05'}", "{'created':'2026-01-05'}", NULL },
		{ "{'created':'2026-01-05T08:00:00.Z'}", "{'created':'2026-01-05T08:00:00.Z'}",
		  NULL },
		{ "{'created':5}", "{'created':5}", NULL },
	};

	CHECK_ROWS(rows);
}

#define DECLARED "'playbook_variables':{'$$a$$':{'type':'string'}}"
#define NOW_DECLARED "'playbook_variables':{'__a__':{'type':'string'}}"

TEST(variables_are_renamed_where_they_are_declared)
{
	static const struct row rows[] = {
		{ "{'description':'see $$a$$.value, $$a$$:value and $$a$$'," DECLARED "}",
		  "{'description':'see __a__:value, __a__:value and __a__:value'," NOW_DECLARED "}",
		  "/description" },
		{ "{'description':'kill $$, $$b$$'," NOW_DECLARED "}",
		  "{'description':'kill $$, $$b$$'," NOW_DECLARED "}", NULL },
		{ "{'playbook_variables':{'$$1$$':{'type':'string'}}}",
		  "{'playbook_variables':{'$$1$$':{'type':'string'}}}", NULL },
		{ "{'playbook_variables':{'$$a$$':{'type':'string'},'__a__':{'type':'uri'}}}",
		  "{'playbook_variables':{'$$a$$':{'type':'string'},'__a__':{'type':'uri'}}}",
		  NULL },
		{ "{'playbook_variables':{'__n__':{'type':'integer','value':30}}}",
		  "{'playbook_variables':{'__n__':{'type':'integer','value':'30'}}}",
		  "/playbook_variables/__n__/value" },
		{ "{'playbook_variables':{'__b__':{'type':'bool','value':true}}}",
		  "{'playbook_variables':{'__b__':{'type':'bool','value':'true'}}}",
		  "/playbook_variables/__b__/value" },
		{ "{'playbook_variables':{'__n__':{'type':'integer','value':1.5}}}",
		  "{'playbook_variables':{'__n__':{'type':'integer','value':1.5}}}", NULL },
		{ "{'playbook_variables':{'__n__':{'type':'integer','value':null}}}",
		  "{'playbook_variables':{'__n__':{'type':'integer','value':null}}}", NULL },
	};

	CHECK_ROWS(rows);
}

/* The workflow alone; all else is told elsewhere. */
static void
check_workflow(const char *was, const char *is, const char *place)
{
	struct conversion changes = { 0 };
	char *text = xasprintf("{'id':'@playbook1',%s}", was);
	struct json *made = convert(text, &changes);
	char *line = json_line(json_get(made, "workflow"));

	if (!is_same(json_get(made, "workflow"), is) || (place == NULL ? changes.count != 0
			: !told(&changes, place))) {
		for (int k = 0; k < changes.count; k++) {
			print_message("%s: %s\n", changes.list[k].path, changes.list[k].text);
		}
		fail_msg("%s\nis    %s\nwanted %s", was, line, is);
	}
	free(line);
	free(text);
	conversion_finish(&changes);
	json_free(made);
}

TEST(steps_get_the_types_and_ids_of_version_2)
{
	check_workflow("'workflow':{'@step3':{'type':'single','on_completion':'@step4'},"
		"'@step4':{'type':'playbook','on_success':'@step5'},'@step5':{'type':'end'}}",
		"{'@action3':{'type':'action','on_completion':'@playbook-action4'},"
		"'@playbook-action4':{'type':'playbook-action','on_success':'@end5'},"
		"'@end5':{'type':'end'}}", "/workflow/@step3");
	check_workflow("'workflow':{'@step3':{'type':'strange','on_completion':'@step3'}}",
		"{'@step3':{'type':'strange','on_completion':'@step3'}}", NULL);
}

TEST(two_steps_never_become_one)
{
	struct conversion changes = { 0 };
	struct json *made = convert("{'id':'@playbook1','workflow':{"
		"'@step3':{'type':'single','on_completion':'@end5'},"
		"'@action3':{'type':'action','on_completion':'@end5'},'@end5':{'type':'end'}}}",
		&changes);

	CHECK_INT(json_count(json_get(made, "workflow")), 3);
	conversion_finish(&changes);
	json_free(made);
}

TEST(lists_of_one_step_become_that_step_and_others_are_left)
{
	check_workflow("'workflow':{'@if-condition3':{'type':'if-condition',"
		"'on_true':['@end5'],'on_false':['@end6','@end7'],'on_completion':'@end8'}}",
		"{'@if-condition3':{'type':'if-condition','on_completion':'@end8',"
		"'on_true':'@end5','on_false':['@end6','@end7']}}",
		"/workflow/@if-condition3/on_true");
}

TEST(what_follows_a_while_is_its_completion)
{
	check_workflow("'workflow':{'@while-condition3':{'type':'while-condition',"
		"'condition':'x == 1','on_true':['@end5'],'on_false':['@end6']}}",
		"{'@while-condition3':{'type':'while-condition','condition':'x = 1',"
		"'on_completion':'@end6','on_true':'@end5'}}",
		"/workflow/@while-condition3/on_false");
}

#define BY_HAND(more) "'@action3':{'type':'action','commands':[{'type':'manual'," \
	"'command':'x'}]," more "'on_completion':'@end5'},'@end5':{'type':'end'}"

TEST(who_does_what_is_done_by_hand_is_the_one_person_named)
{
	static const char people[] = "'target_definitions':{'@group9':{'type':'group'},"
		"'@linux8':{'type':'linux'}},";
	struct conversion changes = { 0 };
	char *text = xasprintf("{%s'workflow':{" BY_HAND("'targets':['@group9'],") "}}", people);
	struct json *made = convert(text, &changes);
	char *id = expand("@group9");
	char *step = expand("@action3");
	const struct json *action = json_get(json_get(made, "workflow"), step);

	CHECK_STR(json_text_of(action, "agent"), id);
	assert_null(json_get(action, "targets"));
	assert_non_null(json_get(json_get(made, "agent_definitions"), id));
	json_free(made);
	conversion_finish(&changes);
	free(text);
	free(step);
	free(id);
	text = xasprintf("%s'workflow':{" BY_HAND("'targets':['@linux8'],") "}", people);
	check_workflow(text, "{" BY_HAND("'targets':['@linux8'],") "}", NULL);
	free(text);
	text = xasprintf("%s'workflow':{" BY_HAND("'targets':['@group9','@linux8'],") "}", people);
	check_workflow(text, "{" BY_HAND("'targets':['@group9','@linux8'],") "}", NULL);
	free(text);
}

/* How many steps of a type there are, and whether all references lead somewhere. */
static int
count_type(const struct json *made, const char *type)
{
	int count = 0;

	for (const struct json *row = json_first(json_get(made, "workflow")); row != NULL;
			row = json_next(row)) {
		count += strcmp(json_text_of(row, "type"), type) == 0;
	}
	return count;
}

TEST(a_start_and_ends_are_added_and_shared_ends_are_parted)
{
	struct conversion changes = { 0 };
	struct json *made = convert("{'id':'@playbook1','workflow_start':'@if-condition3',"
		"'workflow':{'@if-condition3':{'type':'if-condition','condition':'x','on_true':"
		"'@action4','on_false':'@action5'},"
		"'@action4':{'type':'action','on_completion':'@end6'},"
		"'@action5':{'type':'action','on_completion':'@parallel7'},"
		"'@parallel7':{'type':'parallel','next_steps':['@action8','@end6'],"
		"'on_completion':'@end6'},'@action8':{'type':'action'},"
		"'@end6':{'type':'end','name':'E'}}}", &changes);
	char *line = json_line(made);

	CHECK_INT(count_type(made, "start"), 1);
	/* of the if, of action8 added; of action5's branch, of a parallel's branch parted */
	CHECK_INT(count_type(made, "end"), 5);
	CHECK(told(&changes, "/workflow") && told(&changes, "/workflow/@end6"));
	struct conversion again = { 0 };
	struct json *twice = NULL;
	struct error err = ERROR_INIT;
	CHECK_OK(cacao_convert(&twice, &again, line, strlen(line), &err), err);
	CHECK_INT(again.count, 0);
	CHECK(json_equal(made, twice));
	conversion_finish(&again);
	conversion_finish(&changes);
	json_free(twice);
	json_free(made);
	free(line);
}

TEST(what_is_no_object_is_refused)
{
	struct conversion changes = { 0 };
	struct error err = ERROR_INIT;
	struct json *made = NULL;

	CHECK_ERR(cacao_convert(&made, &changes, "[]", 2, &err), err, ERR_BAD_INPUT);
	CHECK_ERR(cacao_convert(&made, &changes, "{", 1, &err), err, ERR_BAD_INPUT);
	conversion_finish(&changes);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(the_document_is_made_version_2),
		RUN(times_are_brought_to_three_digits_and_to_utc),
		RUN(variables_are_renamed_where_they_are_declared),
		RUN(steps_get_the_types_and_ids_of_version_2),
		RUN(two_steps_never_become_one),
		RUN(lists_of_one_step_become_that_step_and_others_are_left),
		RUN(what_follows_a_while_is_its_completion),
		RUN(who_does_what_is_done_by_hand_is_the_one_person_named),
		RUN(a_start_and_ends_are_added_and_shared_ends_are_parted),
		RUN(what_is_no_object_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
