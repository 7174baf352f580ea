/* A scripted operator runs every plan that we ship to its end, many times,
 * with other answers each time: no step that has a lead is lost, every step is
 * reached, every run ends; and what suco-step promises is kept. */
#include "tests/test.h"
#include "tests/playbooks/plan.h"

#include <dirent.h>
#include <stdio.h>

#include "core/mem.h"
#include "paths.h"

#define WALKS 120
#define MOST_ACTS 4000

static uint32_t seed;

/* A small generator of our own: the same walk on every machine. */
static uint32_t
any(uint32_t below)
{
	seed = seed * 1664525 + 1013904223;
	return (seed >> 8) % below;
}

static struct playbook *
shipped(const char *name)
{
	char *path = xasprintf("%s/playbooks/plans/%s", SUCO_SOURCE_DIR, name);
	struct playbook *playbook = plan_file(path, PLAYBOOK_STRICT, NULL);

	free(path);
	return playbook;
}

/* One answer that the variable accepts, sometimes "not known". */
static char *
any_answer(const struct variable *variable)
{
	static const char *const numbers[] = {
		"0", "1", "2", "9", "29", "30", "31", "35", "60", "96",
	};
	const struct json *choices = json_get(variable->ext, "choices");

	if (any(12) == 0) {
		return xstrdup("?");
	}
	if (choices != NULL) {
		int pick = (int)any((uint32_t)json_count(choices));

		return xstrdup(json_get_text(json_at(choices, pick), "value"));
	}
	return xstrdup(strcmp(variable->type, "integer") == 0 ? numbers[any(10)]
		: strcmp(variable->type, "uri") == 0 ? "www.tinh.example/tin"
		: "02:10, Trần Văn An");
}

static struct json *
any_answers(const struct player *p, const struct step *step)
{
	struct json *values = json_object();

	for (int i = 0; i < step->ask_count; i++) {
		char *answer = any_answer(playbook_find_variable(p->playbook,
			step->asks[i]));

		json_set_text(values, step->asks[i], answer);
		free(answer);
	}
	return values;
}

static void
act_on(struct player *p, const struct instance *instance)
{
	const struct step *step = playbook_step(p->playbook, instance->step);
	struct json *values = any_answers(p, step);
	char *text = json_line(values);
	bool call = step->type == STEP_CALL;

	if (call) {
		act(p, step->id, RUN_CALL_ENDED, NULL);
	} else if (instance_undecided(instance)) {
		act(p, step->id, any(2) == 0 && step->type == STEP_ACTION
			? RUN_START : RUN_SKIP, NULL);
	} else {
		uint32_t dice = any(20);

		act(p, step->id, dice == 0 ? RUN_FAILED : dice == 1 ? RUN_SKIP
			: dice == 2 && instance->started_at == 0 ? RUN_START
			: RUN_DONE, text);
	}
	free(text);
	json_free(values);
}

/* A step that people can work on, or a call under way; any of them. */
static const struct instance *
any_open(const struct player *p)
{
	const struct instance *found = NULL;
	uint32_t seen = 0;

	for (int i = 1; i <= run_instance_count(p->run); i++) {
		const struct instance *instance = run_instance(p->run, i);
		bool call = playbook_step(p->playbook, instance->step)->type
			== STEP_CALL && instance->state == INSTANCE_RUNNING
			&& !instance->is_branch;

		if ((call || instance_is_work(p->run, instance))
				&& any(++seen) == 0) {
			found = instance;
		}
	}
	return found;
}

/* Whatever was opened with a lead stands in the list of steps. */
static void
nothing_is_lost(const struct player *p)
{
	int count = 0;
	struct step_line *lines = steps_of(p->playbook, p->run, T0, &count);

	for (int i = 1; i <= run_instance_count(p->run); i++) {
		const struct instance *instance = run_instance(p->run, i);
		bool listed = false;

		if (instance->is_branch || playbook_step(p->playbook,
				instance->step)->type != STEP_ACTION) {
			continue;
		}
		for (int k = 0; k < count && !listed; k++) {
			listed = lines[k].instance == instance;
		}
		CHECK(listed);
	}
	free(lines);
}

static void
walk(struct playbook *playbook, char *reached)
{
	struct player p = { 0 };
	int acts = 0;

	play_playbook(&p, playbook);
	for (; run_is_open(p.run) && acts < MOST_ACTS; acts++) {
		const struct instance *open = any_open(&p);

		assert_non_null(open); /* or nobody could ever go on */
		act_on(&p, open);
	}
	nothing_is_lost(&p);
	CHECK_STR(run_state(p.run), "done");
	for (int i = 1; i <= run_instance_count(p.run); i++) {
		const struct instance *instance = run_instance(p.run, i);

		CHECK(instance->ended_at != 0);
		CHECK(instance->state != INSTANCE_ABORTED);
		reached[instance->step] = 1;
	}
	p.playbook = NULL; /* the caller's */
	play_end(&p);
}

static void
walk_plan(const char *name)
{
	struct playbook *playbook = shipped(name);
	int steps = playbook_step_count(playbook);
	char *reached = xcalloc((size_t)steps, 1);

	for (uint32_t i = 1; i <= WALKS; i++) {
		seed = i * 7919;
		walk(playbook, reached);
	}
	for (int i = 0; i < steps; i++) {
		const struct step *step = playbook_step(playbook, i);
		bool passed = step->type == STEP_START || step->type == STEP_END
			|| reached[i];

		if (!passed) {
			print_message("%s: never reached: %s\n", name, step->name);
		}
		CHECK(passed);
	}
	free(reached);
	playbook_free(playbook);
}

TEST(every_shipped_plan_ends_whatever_is_answered_and_no_step_is_lost)
{
	char *folder = xasprintf("%s/playbooks/plans", SUCO_SOURCE_DIR);
	DIR *dir = opendir(folder);
	struct dirent *entry;
	int plans = 0;

	assert_non_null(dir);
	while ((entry = readdir(dir)) != NULL) {
		if (strstr(entry->d_name, ".vi.json") != NULL) {
			walk_plan(entry->d_name);
			plans++;
		}
	}
	closedir(dir);
	free(folder);
	CHECK_INT(plans, 14);
}

/* Answers a step by its number with the given values. */
static void
done(struct player *p, int n, const char *values)
{
	for (int i = 0; i < playbook_step_count(p->playbook); i++) {
		const struct step *step = playbook_step(p->playbook, i);

		if (step->n == n && step->type == STEP_ACTION) {
			act(p, step->id, RUN_DONE, values);
			return;
		}
	}
	fail_msg("no step %d", n);
}

static const struct instance *
step_n(const struct player *p, int n)
{
	const struct instance *found = NULL;

	for (int i = 1; i <= run_instance_count(p->run); i++) {
		const struct instance *instance = run_instance(p->run, i);

		if (playbook_step(p->playbook, instance->step)->n == n
				&& !instance->is_branch) {
			found = instance;
		}
	}
	return found;
}

static void
begin_power(struct player *p)
{
	*p = (struct player){ 0 };
	play_playbook(p, shipped("pa-md.vi.json"));
	done(p, 1, "{\"gio_mat_dien\":\"02:05\",\"nguoi_bao\":\"?\"}");
	done(p, 2, "{\"pham_vi\":\"phong_may\",\"phut_con_dien\":\"45\","
		"\"nhiet_do\":\"24\"}");
	done(p, 3, "{\"an_toan\":\"co\"}");
}

TEST(calls_and_power_go_on_side_by_side_in_the_power_plan)
{
	struct player p;

	begin_power(&p);
	assert_non_null(step_n(&p, 5));
	assert_non_null(step_n(&p, 8));
	CHECK(step_n(&p, 4) == NULL); /* the room is safe */
	/* Reports are due from detection, the others from opening. */
	CHECK_INT(step_n(&p, 8)->due_at, T0 + 10 * MINUTE);
	done(&p, 5, NULL);
	CHECK_INT(step_n(&p, 6)->due_at, T0 - 10 * MINUTE + 30 * MINUTE);
	play_end(&p);
}

TEST(not_known_takes_the_worst_case)
{
	struct player p = { 0 };

	play_playbook(&p, shipped("pa-md.vi.json"));
	done(&p, 1, "{\"gio_mat_dien\":\"?\",\"nguoi_bao\":\"?\"}");
	done(&p, 2, "{\"pham_vi\":\"?\",\"phut_con_dien\":\"?\","
		"\"nhiet_do\":\"?\"}");
	done(&p, 3, "{\"an_toan\":\"?\"}");
	/* Not known to be safe is not safe. */
	assert_non_null(step_n(&p, 4));
	CHECK(step_n(&p, 8) == NULL);
	play_end(&p);
}

static void
order_shutdown(struct player *p)
{
	begin_power(p);
	done(p, 8, "{\"may_phat\":\"khong_co\",\"phut_con_dien\":\"40\"}");
	done(p, 10, "{\"gio_hen_dien\":\"?\"}");
	done(p, 11, "{\"phut_con_dien\":\"35\"}");
	CHECK_INT(step_n(p, 12)->starts_at, T0 + 10 * MINUTE);
	p->context.now = T0 + 10 * MINUTE;
	done(p, 12, "{\"phut_con_dien\":\"25\",\"nhiet_do\":\"30\","
		"\"co_dien\":\"chua\"}");
	done(p, 13, "{\"lenh_tat\":\"tat\"}");
}

TEST(the_shutdown_is_due_so_long_before_the_battery_ends_as_it_takes)
{
	struct player p;

	order_shutdown(&p);
	p.context.now = T0 + 12 * MINUTE;
	done(&p, 14, "{\"gio_sao_luu\":\"?\"}");
	/* 25 minutes, read at T0 + 10; shutting down takes 20. */
	CHECK_INT(step_n(&p, 15)->due_at, T0 + 15 * MINUTE);
	/* The shutdown does not wait for the announcement. */
	CHECK(instance_is_work(p.run, step_n(&p, 16)));
	play_end(&p);
}

TEST(a_missing_answer_is_refused_and_named)
{
	struct player p = { 0 };
	struct json *effects = NULL;
	struct json *values = json_object();
	struct run_input input = { .values = values };
	struct error err = ERROR_INIT;

	play_playbook(&p, shipped("pa-md.vi.json"));
	json_set_text(values, "nguoi_bao", "?");
	CHECK_ERR(run_act(&effects, p.run, step_n(&p, 1)->id, RUN_DONE, &input,
		&p.context, &err), err, ERR_REFUSED);
	CHECK_STR(err.detail, "{\"missing\":[\"__gio_mat_dien__\"]}");
	CHECK_INT(step_n(&p, 1)->state, INSTANCE_OPEN);
	json_free(values);
	play_end(&p);
}

static const char *
wrong_answer(struct player *p, const char *name, const char *value)
{
	char values[300];
	const char *id = playbook_step(p->playbook, step_n(p, 2)->step)->id;

	(void)snprintf(values, sizeof values, "{\"pham_vi\":\"?\","
		"\"phut_con_dien\":\"?\",\"nhiet_do\":\"?\",\"%s\":\"%s\"}", name,
		value);
	return refused(p, id, RUN_DONE, values);
}

TEST(an_answer_of_the_wrong_kind_is_refused)
{
	struct player p = { 0 };

	play_playbook(&p, shipped("pa-md.vi.json"));
	done(&p, 1, "{\"gio_mat_dien\":\"?\",\"nguoi_bao\":\"?\"}");
	CHECK(strstr(wrong_answer(&p, "lenh_tat", "tat"), "lenh_tat") != NULL);
	const char *id = playbook_step(p.playbook, step_n(&p, 2)->step)->id;
	CHECK(strstr(refused(&p, id, RUN_DONE, "{\"pham_vi\":\"?\","
		"\"phut_con_dien\":\"nhiều\",\"nhiet_do\":\"?\"}"), "a whole number") != NULL);
	CHECK(strstr(refused(&p, id, RUN_DONE, "{\"pham_vi\":\"?\","
		"\"phut_con_dien\":\"-1\",\"nhiet_do\":\"?\"}"), "0") != NULL);
	CHECK(strstr(refused(&p, id, RUN_DONE, "{\"pham_vi\":\"nhà\","
		"\"phut_con_dien\":\"1\",\"nhiet_do\":\"?\"}"), "phong_may") != NULL);
	play_end(&p);
}

TEST(working_days_pass_over_the_week_end)
{
	struct player p = { 0 };
	char *text = expand(PLAN("", START("@action1") "," ACTION_WITH("@action1",
		"\"step_extensions\":{\"" SUCO_EXTENSION "\":{\"due_working_days\":5}},"
		"\"timeout\":432000000,\"on_completion\":\"@end1\"") "," END("@end1")));
	struct playbook *playbook = NULL;
	struct error err = ERROR_INIT;

	CHECK_OK(playbook_read(&playbook, text, strlen(text), PLAYBOOK_LENIENT,
		NULL, &err), err);
	play_playbook(&p, playbook);
	/* T0 is Wednesday 18/11/2026 in Quảng Ngãi: five days are seven. */
	CHECK_INT(newest(&p, "@action1")->due_at, T0 + 7 * 24 * 60 * MINUTE);
	free(text);
	play_end(&p);
}

TEST(the_list_shows_the_whole_plan_in_its_order)
{
	struct player p = { 0 };
	int count = 0;

	play_playbook(&p, shipped("pa-md.vi.json"));
	struct step_line *lines = steps_of(p.playbook, p.run, T0, &count);
	int n = 0;
	for (int i = 0; i < count; i++) {
		if (lines[i].step->n != 0) {
			CHECK(lines[i].step->n >= n);
			n = lines[i].step->n;
		}
		CHECK_STR(lines[i].state, i == 0 ? "open" : "waiting");
	}
	CHECK_INT(n, 25);
	free(lines);

	const struct instance *found = NULL;
	struct error err = ERROR_INIT;
	CHECK_OK(steps_find(&found, p.run, "1", &err), err);
	CHECK(found == step_n(&p, 1));
	CHECK_ERR(steps_find(&found, p.run, "7", &err), err, ERR_REFUSED);
	CHECK_ERR(steps_find(&found, p.run, "99", &err), err, ERR_NOT_FOUND);
	CHECK(steps_next(p.run) == step_n(&p, 1));
	play_end(&p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(every_shipped_plan_ends_whatever_is_answered_and_no_step_is_lost),
		RUN(calls_and_power_go_on_side_by_side_in_the_power_plan),
		RUN(not_known_takes_the_worst_case),
		RUN(the_shutdown_is_due_so_long_before_the_battery_ends_as_it_takes),
		RUN(a_missing_answer_is_refused_and_named),
		RUN(an_answer_of_the_wrong_kind_is_refused),
		RUN(working_days_pass_over_the_week_end),
		RUN(the_list_shows_the_whole_plan_in_its_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
