/* The public playbooks of the specification's folder: what is found in each, and
 * each run to an end by a scripted operator in every way there is: whatever a
 * condition asks for is answered with each of its values and with another, every
 * step is done and fails.  Without the folder (SUCO_SHARED) this is skipped. */
#include "tests/test.h"
#include "tests/playbooks/plan.h"
#include "tests/playbooks/ways.h"

#include <stdio.h>

#include "core/mem.h"
#define MOST_ACTS 60
#define ROUNDS 2

/* ---- what was passed ---- */

struct passed {
	int steps;
	char *reached;   /* a flag a step */
	char **branches; /* of each step a flag a branch; the last: none of them */
	int walks, longest;
};

static void
begin_passed(struct passed *passed, const struct playbook *playbook)
{
	*passed = (struct passed){ .steps = playbook_step_count(playbook) };
	passed->reached = xcalloc((size_t)passed->steps, 1);
	passed->branches = xcalloc((size_t)passed->steps, sizeof *passed->branches);
	for (int i = 0; i < passed->steps; i++) {
		passed->branches[i] = xcalloc(
			(size_t)playbook_step(playbook, i)->branch_count + 1, 1);
	}
}

static void
end_passed(struct passed *passed)
{
	for (int i = 0; i < passed->steps; i++) {
		free(passed->branches[i]);
	}
	free(passed->branches);
	free(passed->reached);
}

static void
look_back(const struct player *p, struct passed *passed)
{
	int count = run_instance_count(p->run);
	char *opened = xcalloc((size_t)count + 1, 1);

	for (int i = count; i >= 1; i--) {
		const struct instance *instance = run_instance(p->run, i);
		int none = playbook_step(p->playbook, instance->step)->branch_count;

		CHECK(instance->ended_at != 0);
		passed->reached[instance->step] = 1;
		if (!instance->is_branch) {
			passed->branches[instance->step][none] |= !opened[i];
		} else if (instance->slot >= 0) {
			passed->branches[instance->step][instance->slot] = 1;
			opened[instance->parent] = 1;
		}
	}
	passed->walks++;
	passed->longest = count > passed->longest ? count : passed->longest;
	free(opened);
}

/* What no way of the plan leads to was told as a finding. */
static void
check_passed(const char *name, const struct playbook *playbook,
	const struct passed *passed)
{
	int lacking = 0;

	for (int i = 0; i < passed->steps; i++) {
		const struct step *step = playbook_step(playbook, i);
		bool work = step->reached && step->type != STEP_START && step->type != STEP_END;
		/* An if that says nothing for "no", a switch of which no case fits:
		 * each goes on without a branch. */
		bool none = (step->type == STEP_SWITCH && step->otherwise < 0)
			|| (step->type == STEP_IF && step->branches[1].first == NO_STEP);

		if (work && !passed->reached[i]) {
			print_message("%s: never reached: %s\n", name, step->name);
			lacking++;
		}
		for (int b = 0; work && b < step->branch_count + none; b++) {
			bool there = b == step->branch_count
				|| step->branches[b].first != NO_STEP;

			if (there && !passed->branches[i][b]) {
				print_message("%s: branch %d of %s was never taken\n", name,
					b, step->name);
				lacking++;
			}
		}
	}
	CHECK_INT(lacking, 0);
}

/* ---- the operator ---- */

/* What failed with nothing said about it is begun again once, or passed over. */
static void
decide(struct player *p, const struct step *step)
{
	act(p, step->id, executions(p, step->id) < 2 && choose(2) == 1 ? RUN_START
		: RUN_SKIP, NULL);
}

static bool
some_failed(const struct player *p)
{
	for (int i = 1; i <= run_instance_count(p->run); i++) {
		if (run_instance(p->run, i)->state == INSTANCE_FAILED) {
			return true;
		}
	}
	return false;
}

/* Every step fails once, each on a way of its own. */
static void
do_or_fail(struct player *p, const struct step *step)
{
	struct json *values = json_object();

	if (!some_failed(p) && choose(2) == 1) {
		json_free(values);
		act(p, step->id, RUN_FAILED, NULL);
		return;
	}
	for (int i = 0; i < step->ask_count; i++) {
		struct variable own;
		const struct variable *variable = playbook_find_variable(p->playbook,
			step->asks[i]);

		if (step_variable(&own, step, step->asks[i])) {
			variable = &own;
		}
		assert_non_null(variable);
		choose_answer(values, p->playbook, step->asks[i], variable->type);
	}
	char *text = json_line(values);
	act(p, step->id, RUN_DONE, text);
	free(text);
	json_free(values);
}

static const struct instance *
first_open(const struct player *p)
{
	for (int i = 1; i <= run_instance_count(p->run); i++) {
		if (instance_is_work(p->run, run_instance(p->run, i))) {
			return run_instance(p->run, i);
		}
	}
	return NULL;
}

/* External variables are the caller's to give. */
static struct json *
first_values(const struct playbook *playbook)
{
	struct json *values = json_object();

	for (int i = 0; i < playbook_variable_count(playbook); i++) {
		const struct variable *variable = playbook_variable(playbook, i);

		if (variable->external) {
			choose_answer(values, playbook, variable->name, variable->type);
		}
	}
	return values;
}

static void
walk(struct playbook *playbook, struct passed *passed)
{
	struct json *values = first_values(playbook);
	struct player p = { 0 };
	int acts = 0;

	play_with(&p, playbook, values);
	json_free(values);
	while (run_is_open(p.run)) {
		const struct instance *open = first_open(&p);

		if (open == NULL) {
			fail_msg("nobody could ever go on");
			break;
		}
		assert_true(acts++ < MOST_ACTS);
		const struct step *step = playbook_step(playbook, open->step);

		if (instance_undecided(open)) {
			decide(&p, step);
		} else {
			do_or_fail(&p, step);
		}
	}
	look_back(&p, passed);
	p.playbook = NULL; /* the caller's */
	play_end(&p);
}

/* ---- the samples ---- */

struct sample {
	const char *name;
	int least_findings;
	const char *loop; /* a while that nothing ends: its body declares the counter
	                   * anew; it goes round so often as the desk allows */
};

static const struct sample samples[] = {
	{ "dfir-session-forensics", 3, NULL },
	{ "oca-living-off-the-land", 5, NULL },
	{ "soarca-docs-while-if", 3,
	  "while-condition--d865da4e-4f53-4b29-aaba-b8f5711d50ff" },
	{ "soarca-flow-control", 2, NULL },
	{ "soarca-manual", 1, NULL },
	{ "soarca-missing-step", 4, NULL },
};

static char *
sample_path(const char *name)
{
	return xasprintf("%s/cacao/samples/%s.json", getenv("SUCO_SHARED"), name);
}

/* The sample with the number of rounds that suco-step gives to a loop. */
static struct playbook *
with_rounds(const struct playbook *sample, const char *loop, struct findings *found)
{
	struct json *doc = json_copy(playbook_json(sample));
	struct json *ours = json_object(), *extensions = json_object();
	struct playbook *playbook = NULL;
	struct error err = ERROR_INIT;

	json_set_int(ours, "max_rounds", ROUNDS);
	json_set(extensions, SUCO_EXTENSION, ours);
	struct json *workflow = json_detach(doc, "workflow");
	struct json *step = json_detach(workflow, loop);
	json_set(step, "step_extensions", extensions);
	json_set(workflow, loop, step);
	json_set(doc, "workflow", workflow);
	char *text = json_line(doc);
	CHECK_OK(playbook_read(&playbook, text, strlen(text), PLAYBOOK_LENIENT, found, &err),
		err);
	free(text);
	json_free(doc);
	return playbook;
}

static struct playbook *
read_sample(const struct sample *sample, struct findings *found)
{
	char *path = sample_path(sample->name);
	struct playbook *playbook = plan_file(path, PLAYBOOK_LENIENT, found);

	free(path);
	if (sample->loop != NULL) {
		struct playbook *published = playbook;

		findings_finish(found);
		playbook = with_rounds(published, sample->loop, found);
		playbook_free(published);
	}
	return playbook;
}

static void
a_sample_runs_to_its_end_in_every_way(void **state)
{
	const struct sample *sample = *state;
	struct findings found = { 0 };
	struct playbook *playbook = read_sample(sample, &found);
	struct passed passed;

	CHECK(found.count >= sample->least_findings);
	CHECK_INT(found.errors, 0);
	begin_passed(&passed, playbook);
	first_way();
	do {
		walk(playbook, &passed);
	} while (next_way());
	print_message("%s: %d findings, %d ways, all ended\n", sample->name, found.count,
		passed.walks);
	check_passed(sample->name, playbook, &passed);
	end_passed(&passed);
	findings_finish(&found);
	playbook_free(playbook);
}

/* As it was published, without a number of rounds of the desk's own. */
TEST(the_loop_that_nothing_ends_stops_after_1000_rounds_and_the_operator_goes_on)
{
	char *path = sample_path("soarca-docs-while-if");
	struct playbook *playbook = plan_file(path, PLAYBOOK_LENIENT, NULL);
	struct player p = { 0 };
	struct json *values = json_object();
	struct error err = ERROR_INIT;

	free(path);
	json_set_text(values, "__target_ip__", "192.0.2.7");
	json_set_text(values, "__openc2_actuator_ip__", "192.0.2.8");
	play_with(&p, playbook, values);
	json_free(values);
	int rounds = 0;
	for (const struct instance *open; (open = first_open(&p)) != NULL;) {
		const struct step *step = playbook_step(playbook, open->step);
		struct json *effects = NULL;
		struct run_input input = { .note = "enough", .values = values = json_object() };
		bool body = strcmp(step->name, "Increment the counter") == 0;

		for (int i = 0; i < step->ask_count; i++) {
			json_set_text(values, step->asks[i], body ? "5" : "02-01-2025");
		}
		rounds += body;
		if (instance_undecided(open)) {
			CHECK_STR(step->name, "While the counter is not 5");
			CHECK_INT(rounds, MAX_ROUNDS);
		}
		CHECK_OK(run_act(&effects, p.run, open->id, instance_undecided(open)
			? RUN_SKIP : RUN_DONE, &input, &p.context, &err), err);
		json_free(effects);
		json_free(values);
	}
	CHECK_STR(run_state(p.run), "done");
	CHECK_STR(instance_state_word(newest(&p,
		"action--76fe4c02-6a5d-43ae-8736-433c07ab80b8")->state), "done");
	play_end(&p);
}

TEST(the_sample_that_names_a_missing_step_is_taken_with_each_reason_named)
{
	static const struct {
		int rule;
		const char *path;
	} wanted[] = {
		{ 29, "/workflow/action--2190f685-1857-44ac-ad0e-0ded6c6ef3ce/on_completion" },
		{ 22, "/workflow" }, { 23, "/workflow_start" }, { 24, "/workflow_exception" },
	};
	struct findings found = { 0 };
	struct playbook *playbook = read_sample(&samples[5], &found);

	for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++) {
		bool there = false;

		for (int k = 0; k < found.count; k++) {
			there |= found.list[k].rule == wanted[i].rule
				&& found.list[k].level == FINDING_WARNING
				&& strcmp(found.list[k].path, wanted[i].path) == 0;
		}
		CHECK(there);
	}
	findings_finish(&found);
	playbook_free(playbook);
}

TEST(the_sample_that_names_a_missing_step_runs_up_to_it_and_fails_there_with_a_word)
{
	static const char missing[] = "end--6b23c237-ade8-4d00-9aa1-75999738d558";
	struct findings found = { 0 };
	struct player p = { 0 };

	play_playbook(&p, read_sample(&samples[5], &found));
	for (int i = 0; i < 4; i++) {
		const struct instance *open = first_open(&p);

		if (open == NULL) {
			fail_msg("nothing is open after %d steps", i);
			break;
		}
		act(&p, playbook_step(p.playbook, open->step)->id, RUN_DONE, NULL);
	}
	CHECK(run_is_open(p.run));
	const struct instance *hole = newest(&p, missing);
	CHECK(instance_undecided(hole));
	CHECK(strstr(hole->note, "not in it") != NULL);
	act(&p, missing, RUN_START, NULL); /* it is not there the second time either */
	CHECK_INT(executions(&p, missing), 2);
	CHECK(instance_undecided(newest(&p, missing)));
	act(&p, missing, RUN_SKIP, NULL);
	CHECK_STR(run_state(p.run), "done");
	CHECK_STR(instance_state_word(newest(&p, missing)->state), "failed");
	findings_finish(&found);
	play_end(&p);
}

/* As soarca-docs-while-if does, in small: the condition reads what the action
 * before it declared for itself. */
TEST(what_only_another_step_declares_is_its_last_answer)
{
	static const char plan[] = PLAN("", START("@action1") ","
		ACTION_WITH("@action1", "\"step_variables\":{\"__x__\":{\"type\":"
		"\"string\"}},\"out_args\":[\"__x__\"],"
		"\"on_completion\":\"@if-condition2\"") ","
		"\"@if-condition2\":{\"type\":\"if-condition\",\"condition\":"
		"\"__x__:value = 'yes'\",\"on_true\":\"@action3\","
		"\"on_false\":\"@action4\",\"on_completion\":\"@end7\"},"
		ACTION("@action3", "@end5") "," END("@end5") ","
		ACTION("@action4", "@end6") "," END("@end6") "," END("@end7"));
	struct player p;

	play(&p, plan);
	act(&p, "@action1", RUN_DONE, "{\"__x__\":\"yes\"}");
	CHECK_STR(open_steps(&p), "action3");
	play_end(&p);
	play(&p, plan);
	act(&p, "@action1", RUN_DONE, "{\"__x__\":\"no\"}");
	CHECK_STR(open_steps(&p), "action4");
	play_end(&p);
}

int
main(void)
{
	const struct CMUnitTest always[] = {
		RUN(what_only_another_step_declares_is_its_last_answer),
	};
	const struct CMUnitTest others[] = {
		RUN(the_loop_that_nothing_ends_stops_after_1000_rounds_and_the_operator_goes_on),
		RUN(the_sample_that_names_a_missing_step_is_taken_with_each_reason_named),
		RUN(the_sample_that_names_a_missing_step_runs_up_to_it_and_fails_there_with_a_word),
	};
	struct CMUnitTest tests[sizeof samples / sizeof samples[0]];
	size_t count = sizeof samples / sizeof samples[0];
	int failed = cmocka_run_group_tests(always, NULL, NULL);

	if (failed == 0 && getenv("SUCO_SHARED") == NULL) {
		printf("SKIP: SUCO_SHARED does not name the folder of the specification, "
			"where the public samples are\n");
		return 77;
	}
	for (size_t i = 0; i < count; i++) {
		tests[i] = (struct CMUnitTest){
			.name = samples[i].name,
			.test_func = a_sample_runs_to_its_end_in_every_way,
			.initial_state = (void *)(uintptr_t)&samples[i],
		};
	}
	failed += getenv("SUCO_SHARED") == NULL ? 0
		: cmocka_run_group_tests(others, NULL, NULL);
	return failed > 0 ? failed : _cmocka_run_group_tests("samples", tests, count, NULL, NULL);
}
