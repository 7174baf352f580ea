/* Escalation policies: which one fits, what is kept of it, and what is refused,
 * with the place of the fault. */
#include "tests/core/empty_desk.h"
#include "tests/fixture.h"

#include "core/case_open.h"
#include "core/group.h"
#include "core/policy.h"
#include "core/rule.h"

static bool
rule(struct desk *desk, const char *code, const char *text, struct error *err)
{
	struct json *given = quoted_json(text);
	bool ok = rule_add(desk, code, given, err);

	json_free(given);
	return ok;
}

#define HEAD "{'family': 'escalation', 'order': 1, 'source': 'test', 'when': "

static const struct {
	const char *then;
	const char *place;
} faults[] = {
	{ "{}", "then.steps" },
	{ "{'steps': []}", "then.steps" },
	{ "{'steps': ['owner']}", "then.steps[0]" },
	{ "{'steps': [{'who': []}]}", "then.steps[0].who" },
	{ "{'steps': [{'after': '5m'}]}", "then.steps[0].who" },
	{ "{'steps': [{'who': ['owner']}, {'who': ['boss']}]}", "then.steps[1].who[0]" },
	{ "{'steps': [{'who': ['owner', 'role:king']}]}", "then.steps[0].who[1]" },
	{ "{'steps': [{'who': ['member:nobody']}]}", "then.steps[0].who[0]" },
	{ "{'steps': [{'who': ['group:none']}]}", "then.steps[0].who[0]" },
	{ "{'steps': [{'who': ['group:places']}]}", "then.steps[0].who[0]" },
	{ "{'steps': [{'who': ['duty:Two Words']}]}", "then.steps[0].who[0]" },
	{ "{'steps': [{'who': ['owner'], 'by': ['pigeon']}]}", "then.steps[0].by[0]" },
	{ "{'steps': [{'who': ['owner'], 'by': []}]}", "then.steps[0].by" },
	{ "{'steps': [{'who': ['owner'], 'after': 5}]}", "then.steps[0].after" },
	{ "{'steps': [{'who': ['owner'], 'after': '8d'}]}", "then.steps[0].after" },
	{ "{'steps': [{'who': ['owner'], 'repeat': 0}]}", "then.steps[0].repeat" },
	{ "{'steps': [{'who': ['owner'], 'when': 'x'}]}", "then.steps[0].when" },
	{ "{'steps': [{'who': ['owner'], 'after': '30s'}]}", "then.steps" },
	{ "{'steps': [{'who': ['owner']}], 'rounds': 0}", "then.rounds" },
	{ "{'steps': [{'who': ['owner']}], 'rounds': 'no'}", "then.rounds" },
	{ "{'steps': [{'who': ['owner']}], 'ack_lasts': 'long'}", "then.ack_lasts" },
	{ "{'steps': [{'who': ['owner']}], 'round': 1}", "then.round" },
};

TEST(a_policy_that_cannot_call_is_refused_with_the_place_of_the_fault)
{
	struct fixture f;
	struct json *given = quoted_json("{'name': 'Places', 'name_en': 'Places', 'of': 'unit',"
		" 'source': 'test'}");
	struct error err = ERROR_INIT;

	fixture_memory(&f);
	CHECK_OK(group_add(f.desk, "places", given, &err), err);
	json_free(given);
	for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
		char *text = NULL;

		assert_true(asprintf(&text, HEAD "{}, 'then': %s}", faults[i].then) > 0);
		if (rule(f.desk, "call", text, &err) ||
		    strstr(err.message, faults[i].place) == NULL) {
			fail_msg("%s: %s, not %s", faults[i].then, err.message, faults[i].place);
		}
		free(text);
	}
	CHECK_ERR(rule(f.desk, "call", "{'family': 'plan', 'order': 1, 'source': 'test',"
		" 'when': {'subject': 'case'}, 'then': {'plan': 'x'}}", &err), err,
		ERR_BAD_INPUT);
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(the_first_policy_that_fits_the_case_and_the_subject_is_kept_whole)
{
	struct fixture f;
	struct policy p;
	struct policy again;
	struct ir_case c;
	struct error err = ERROR_INIT;
	char id[UUID_SIZE];
	char *kept;

	fixture_memory(&f);
	fixture_case(&f, "Mất điện", id);
	c = fixture_load(&f, id);
	CHECK_OK(policy_choose(&p, f.desk, &c, "case", &err), err);
	CHECK_INT(p.count, 0);
	CHECK(p.plan == NULL);
	CHECK_OK(rule(f.desk, "call-step", HEAD "{'subject': 'step'}, 'then': {'steps':"
		" [{'who': ['owner'], 'after': '10m'}]}}", &err), err);
	CHECK_OK(rule(f.desk, "call-power", HEAD "{'subject': 'case', 'kind': 'power'},"
		" 'then': {'steps': [{'who': ['member:lan'], 'after': '2m', 'repeat': 2},"
		" {'who': ['role:coordinator', 'owner'], 'by': ['sms', 'mail'], 'after': '1h',"
		" 'on_site': '45m'}], 'rounds': 3, 'ack_lasts': '30m'}}", &err), err);
	CHECK_OK(policy_choose(&p, f.desk, &c, "case", &err), err);
	CHECK_STR(p.code, "call-power");
	kept = json_line(p.plan);
	CHECK_OK(policy_read(&again, kept, &err), err);
	CHECK_INT(again.count, 3);
	CHECK_INT(again.steps[1].after_ms, 120000);
	CHECK_INT(again.steps[2].after_ms, 3600000);
	CHECK_INT(again.steps[2].on_site_ms, 45 * 60000);
	CHECK_INT(json_count(again.steps[2].who), 2);
	CHECK_INT(json_count(again.steps[2].by), 2);
	CHECK_INT(again.rounds, 3);
	CHECK_INT(again.ack_lasts_ms, 30 * 60000);
	free(kept);
	policy_clear(&p);
	policy_clear(&again);
	CHECK_OK(policy_choose(&p, f.desk, &c, "step", &err), err);
	CHECK_STR(p.code, "call-step");
	CHECK_INT(p.rounds, POLICY_FOR_EVER);
	policy_clear(&p);
	CHECK_ERR(policy_read(&p, "{", &err), err, ERR_IO);
	CHECK_ERR(policy_read(&p, "{}", &err), err, ERR_IO);
	case_clear(&c);
	fixture_whole(&f);
	fixture_end(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(a_policy_that_cannot_call_is_refused_with_the_place_of_the_fault),
		RUN(the_first_policy_that_fits_the_case_and_the_subject_is_kept_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
