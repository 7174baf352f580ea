/* The public playbooks of the specification.s folder: what is found in each,
 * and each run to an end again and again by a scripted operator, until every
 * branch was taken.  Without the folder (SUCO_SHARED) this is skipped. */
#include "tests/test.h"
#include "tests/playbooks/plan.h"

#include <stdio.h>

#include "core/buf.h"
#include "core/mem.h"
#include "playbooks/value.h"

#define WALKS 80
#define MOST_ACTS 60
#define MOST_WORDS 64

static uint32_t seed;

static uint32_t
any(uint32_t below)
{
	seed = seed * 1664525 + 1013904223;
	return (seed >> 8) % below;
}

/* ---- what may be answered: the words that the conditions ask for ---- */

struct words {
	char *list[MOST_WORDS];
	int count;
};

static void
add_word(struct words *words, const char *text, size_t len)
{
	if (len > 0 && words->count < MOST_WORDS) {
		words->list[words->count++] = xstrndup(text, len);
	}
}

/* Everything in a condition that may be a literal, quoted or bare. */
static void
add_condition(struct words *words, const char *condition)
{
	for (const char *p = condition; p != NULL && *p != '\0';) {
		bool quoted = *p == '\'';
		size_t len = strcspn(p + quoted, quoted ? "'" : " ()'");

		if (strncmp(p, "__", 2) != 0) {
			add_word(words, p + quoted, len);
		}
		p += quoted + len;
		p += *p != '\0';
	}
}

static void
gather_words(struct words *words, const struct playbook *playbook)
{
	static const char *const some[] = { "0", "1", "2", "3", "4", "99", "true", "false",
		"yes", "no", "192.0.2.7", "something else" };

	for (size_t i = 0; i < sizeof some / sizeof some[0]; i++) {
		add_word(words, some[i], strlen(some[i]));
	}
	for (int i = 0; i < playbook_step_count(playbook); i++) {
		const struct step *step = playbook_step(playbook, i);

		add_condition(words, json_get_text(step->json, "condition"));
		for (int b = 0; b < step->branch_count; b++) {
			const char *key = step->branches[b].key;

			add_word(words, key != NULL ? key : "", key != NULL ? strlen(key) : 0);
		}
	}
}

static void
free_words(struct words *words)
{
	for (int i = 0; i < words->count; i++) {
		free(words->list[i]);
	}
	words->count = 0;
}

static const char *
any_answer(const struct words *words, const char *type)
{
	for (int tries = 0; tries < 1000; tries++) {
		const char *word = words->list[any((uint32_t)words->count)];

		if (value_fits(type, word)) {
			return word;
		}
	}
	fail_msg("no answer of the type %s", type);
	return NULL;
}

/* ---- what was passed ---- */

struct passed {
	char *steps;     /* a flag each */
	char **branches; /* of each step a flag a branch; the last: none of them */
};

static void
look_back(const struct player *p, struct passed *passed)
{
	for (int i = 1; i <= run_instance_count(p->run); i++) {
		const struct instance *instance = run_instance(p->run, i);
		const struct step *step = playbook_step(p->playbook, instance->step);

		passed->steps[instance->step] = 1;
		if (instance->is_branch && instance->slot >= 0
				&& instance->slot < step->branch_count) {
			passed->branches[instance->step][instance->slot] = 1;
		}
	}
}

/* ---- the operator ---- */

static void
act_on(struct player *p, const struct instance *instance, const struct words *words)
{
	const struct step *step = playbook_step(p->playbook, instance->step);
	struct json *values = json_object();
	uint32_t dice = any(8);

	for (int i = 0; i < step->ask_count; i++) {
		struct variable own;
		const struct variable *variable = playbook_find_variable(p->playbook,
			step->asks[i]);

		if (step_variable(&own, step, step->asks[i])) {
			variable = &own;
		}
		assert_non_null(variable);
		json_set_text(values, step->asks[i], any_answer(words, variable->type));
	}
	char *text = json_line(values);
	if (instance_undecided(instance)) {
		act(p, step->id, RUN_SKIP, NULL);
	} else {
		act(p, step->id, dice == 0 ? RUN_FAILED : dice == 1 && instance->started_at == 0
			? RUN_START : RUN_DONE, text);
	}
	free(text);
	json_free(values);
}

static const struct instance *
any_open(const struct player *p)
{
	const struct instance *found = NULL;
	uint32_t seen = 0;

	for (int i = 1; i <= run_instance_count(p->run); i++) {
		const struct instance *instance = run_instance(p->run, i);

		if (instance_is_work(p->run, instance) && any(++seen) == 0) {
			found = instance;
		}
	}
	return found;
}

/* External variables are the caller's to give. */
static struct json *
first_values(const struct playbook *playbook, const struct words *words)
{
	struct json *values = json_object();

	for (int i = 0; i < playbook_variable_count(playbook); i++) {
		const struct variable *variable = playbook_variable(playbook, i);

		if (variable->external) {
			json_set_text(values, variable->name, any_answer(words, variable->type));
		}
	}
	return values;
}

/* True: it came to an end; false: it went round too long. */
static bool
walk(struct playbook *playbook, const struct words *words, struct passed *passed)
{
	struct json *values = first_values(playbook, words);
	struct player p = { 0 };
	int acts = 0;

	play_with(&p, playbook, values);
	json_free(values);
	for (; run_is_open(p.run) && acts < MOST_ACTS; acts++) {
		const struct instance *open = any_open(&p);

		assert_non_null(open); /* or nobody could ever go on */
		act_on(&p, open, words);
	}
	look_back(&p, passed);
	bool ended = !run_is_open(p.run);
	if (ended) {
		for (int i = 1; i <= run_instance_count(p.run); i++) {
			CHECK(run_instance(p.run, i)->ended_at != 0);
		}
	}
	p.playbook = NULL; /* the caller's */
	play_end(&p);
	return ended;
}

/* ---- the samples ---- */

struct sample {
	const char *name;
	int least_findings;
	const char *circles; /* the step after a loop that cannot end by itself: the
	                      * body declares the counter anew (a finding tells it), so
	                      * only the cap of rounds ends it; the operator goes */
};

static const struct sample samples[] = {
	{ "dfir-session-forensics", 3, NULL },
	{ "oca-living-off-the-land", 5, NULL },
	{ "soarca-docs-while-if", 3, "Send OpenC2 command" },
	{ "soarca-flow-control", 2, NULL },
	{ "soarca-manual", 1, NULL },
};

static struct playbook *
read_sample(const char *name, struct findings *found)
{
	char *path = xasprintf("%s/cacao/samples/%s.json", getenv("SUCO_SHARED"), name);
	struct playbook *playbook = NULL;
	struct error err = ERROR_INIT;
	struct buf text = { 0 };
	char part[8192];
	size_t got;
	FILE *file = fopen(path, "rb");

	assert_non_null(file);
	while ((got = fread(part, 1, sizeof part, file)) > 0) {
		buf_add(&text, part, got);
	}
	fclose(file);
	(void)playbook_read(&playbook, buf_text(&text), text.len, PLAYBOOK_LENIENT, found,
		&err);
	buf_free(&text);
	free(path);
	return playbook;
}

static void
check_passed(const struct sample *sample, const struct playbook *playbook,
	const struct passed *passed)
{
	int lacking = 0;

	for (int i = 0; i < playbook_step_count(playbook); i++) {
		const struct step *step = playbook_step(playbook, i);

		if (!step->reached || (sample->circles != NULL
				&& strcmp(step->name, sample->circles) == 0)) {
			continue; /* a finding told that no way leads there */
		}
		if (!passed->steps[i] && step->type != STEP_START && step->type != STEP_END) {
			print_message("%s: never reached: %s\n", sample->name, step->name);
			lacking++;
		}
		for (int b = 0; b < step->branch_count; b++) {
			if (step->branches[b].first != NO_STEP && !passed->branches[i][b]) {
				print_message("%s: branch %d of %s was never taken\n",
					sample->name, b, step->name);
				lacking++;
			}
		}
	}
	CHECK_INT(lacking, 0);
}

static void
a_sample_runs_to_its_end_by_every_branch(void **state)
{
	const struct sample *sample = *state;
	struct findings found = { 0 };
	struct playbook *playbook = read_sample(sample->name, &found);
	struct words words = { 0 };
	struct passed passed = { 0 };
	int ended = 0;

	assert_non_null(playbook);
	CHECK(found.count >= sample->least_findings);
	CHECK_INT(found.errors, 0);
	int steps = playbook_step_count(playbook);
	passed.steps = xcalloc((size_t)steps, 1);
	passed.branches = xcalloc((size_t)steps, sizeof *passed.branches);
	for (int i = 0; i < steps; i++) {
		passed.branches[i] = xcalloc((size_t)playbook_step(playbook, i)->branch_count + 1,
			1);
	}
	gather_words(&words, playbook);
	for (uint32_t i = 1; i <= WALKS; i++) {
		seed = i * 7919;
		ended += walk(playbook, &words, &passed);
	}
	print_message("%s: %d findings, %d of %d runs ended\n", sample->name, found.count,
		ended, WALKS);
	CHECK(sample->circles != NULL ? ended > 0 : ended == WALKS);
	check_passed(sample, playbook, &passed);
	for (int i = 0; i < steps; i++) {
		free(passed.branches[i]);
	}
	free(passed.branches);
	free(passed.steps);
	free_words(&words);
	findings_finish(&found);
	playbook_free(playbook);
}

TEST(the_broken_sample_is_refused_and_each_reason_is_named)
{
	static const struct {
		int rule;
		const char *path;
	} wanted[] = {
		{ 29, "/workflow/action--2190f685-1857-44ac-ad0e-0ded6c6ef3ce/on_completion" },
		{ 22, "/workflow" }, { 23, "/workflow_start" }, { 24, "/workflow_exception" },
	};
	struct findings found = { 0 };

	assert_null(read_sample("soarca-missing-step", &found));
	for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++) {
		bool there = false;

		for (int k = 0; k < found.count; k++) {
			there |= found.list[k].rule == wanted[i].rule
				&& found.list[k].level == FINDING_ERROR
				&& strcmp(found.list[k].path, wanted[i].path) == 0;
		}
		CHECK(there);
	}
	findings_finish(&found);
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
		RUN(the_broken_sample_is_refused_and_each_reason_is_named),
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
			.test_func = a_sample_runs_to_its_end_by_every_branch,
			.initial_state = (void *)(uintptr_t)&samples[i],
		};
	}
	failed += getenv("SUCO_SHARED") == NULL ? 0
		: cmocka_run_group_tests(others, NULL, NULL);
	return failed > 0 ? failed : _cmocka_run_group_tests("samples", tests, count, NULL, NULL);
}
