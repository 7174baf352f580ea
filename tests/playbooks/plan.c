/* plan.c owns the operator's hands of the run tests.  After every act the run
 * is loaded anew from the rows that it gave: what rows do not say is lost at
 * once. */
#include "tests/test.h"
#include "tests/playbooks/plan.h"

#include <ctype.h>
#include <stdio.h>

#include "core/buf.h"
#include "core/files.h"
#include "core/mem.h"

char *
expand(const char *text)
{
	struct buf out = { 0 };

	for (const char *p = text; *p != '\0'; p++) {
		size_t len = 1;

		while (*p == '@' && (islower((unsigned char)p[len])
				|| p[len] == '-')) {
			len++;
		}
		if (*p != '@' || !isdigit((unsigned char)p[len])) {
			buf_addc(&out, *p);
			continue;
		}
		buf_add(&out, p + 1, len - 1);
		char *end = NULL;
		long number = strtol(p + len, &end, 10);
		buf_addf(&out, "--00000000-0000-4000-8000-%012ld", number);
		p = end - 1;
	}
	return buf_take(&out);
}

struct playbook *
plan_file(const char *path, enum playbook_mode mode, struct findings *found)
{
	struct playbook *playbook = NULL;
	struct error err = ERROR_INIT;
	char *text = NULL;
	size_t len;

	CHECK_OK(file_read(&text, &len, path, (size_t)1 << 20, &err), err);
	CHECK_OK(playbook_read(&playbook, text, len, mode, found, &err), err);
	free(text);
	return playbook;
}

static void
next_id(char out[UUID_SIZE], void *arg)
{
	struct player *player = arg;

	(void)snprintf(out, UUID_SIZE, "00000000-0000-7000-8000-%012d",
		++player->ids);
}

/* A copy of the run made of rows alone. */
static struct run *
copy_run(struct player *player, struct json *rows)
{
	struct error err = ERROR_INIT;
	struct run *copy = run_new(player->playbook, "run");

	CHECK_OK(run_apply(copy, rows, &err), err);
	return copy;
}

static struct json *all_rows;

static void
keep_rows(const struct json *effects)
{
	struct json *instances;

	if (all_rows == NULL) {
		all_rows = json_object();
		json_set(all_rows, "instances", json_array());
		json_set(all_rows, "variables", json_array());
	}
	/* Later rows of an instance replace earlier ones when applied. */
	instances = json_detach(all_rows, "instances");
	for (const struct json *row = json_first(json_get(effects, "instances"));
			row != NULL; row = json_next(row)) {
		json_push(instances, json_copy(row));
	}
	json_set(all_rows, "instances", instances);
	struct json *values = json_detach(all_rows, "variables");
	for (const struct json *row = json_first(json_get(effects, "variables"));
			row != NULL; row = json_next(row)) {
		json_push(values, json_copy(row));
	}
	json_set(all_rows, "variables", values);
	json_set(all_rows, "run", json_copy(json_get(effects, "run")));
}

void
go_on_from_rows(struct player *player, struct json *effects)
{
	keep_rows(effects);
	struct run *copy = copy_run(player, all_rows);

	run_free(player->run);
	player->run = copy;
	json_free(effects);
}

void
play_playbook(struct player *player, struct playbook *playbook)
{
	play_with(player, playbook, NULL);
}

void
play_with(struct player *player, struct playbook *playbook, const struct json *values)
{
	struct error err = ERROR_INIT;
	struct json *effects = NULL;

	player->playbook = playbook;
	player->run = run_new(playbook, "run");
	player->context = (struct run_context){
		.now = T0, .by = "an", .detected_at = T0 - 10 * MINUTE,
		.new_id = next_id, .arg = player,
	};
	json_free(all_rows);
	all_rows = NULL;
	CHECK_OK(run_start(&effects, player->run, values, &player->context, &err),
		err);
	go_on_from_rows(player, effects);
}

void
play(struct player *player, const char *text)
{
	struct error err = ERROR_INIT;
	struct playbook *playbook = NULL;
	char *full = expand(text);

	*player = (struct player){ 0 };
	CHECK_OK(playbook_read(&playbook, full, strlen(full), PLAYBOOK_LENIENT,
		NULL, &err), err);
	free(full);
	play_playbook(player, playbook);
}

void
play_end(struct player *player)
{
	run_free(player->run);
	playbook_free(player->playbook);
	json_free(all_rows);
	all_rows = NULL;
	*player = (struct player){ 0 };
}

const struct instance *
newest(const struct player *player, const char *step)
{
	const struct instance *found = NULL;
	char *id = expand(step);
	int index = playbook_find_step(player->playbook, id);

	free(id);
	for (int i = 1; i <= run_instance_count(player->run); i++) {
		const struct instance *instance = run_instance(player->run, i);

		if (instance->step == index && !instance->is_branch) {
			found = instance;
		}
	}
	return found;
}

int
executions(const struct player *player, const char *step)
{
	char *id = expand(step);
	int index = playbook_find_step(player->playbook, id);
	int count = 0;

	free(id);
	for (int i = 1; i <= run_instance_count(player->run); i++) {
		const struct instance *instance = run_instance(player->run, i);

		count += instance->step == index && !instance->is_branch;
	}
	return count;
}

static bool
try(struct player *player, const char *step, enum run_action action,
	const char *values, struct error *err)
{
	const struct instance *instance = newest(player, step);
	struct json *given = NULL;
	struct json *effects = NULL;
	struct run_input input = { .note = "why", .assignee = "" };

	assert_non_null(instance);
	if (values != NULL) {
		CHECK_OK(json_parse(&given, values, strlen(values), NULL, err), *err);
	}
	input.values = given;
	bool ok = run_act(&effects, player->run, instance->id, action, &input,
		&player->context, err);
	if (ok && effects != NULL) {
		go_on_from_rows(player, effects);
	}
	json_free(given);
	return ok;
}

void
act(struct player *player, const char *step, enum run_action action,
	const char *values)
{
	struct error err = ERROR_INIT;

	CHECK_OK(try(player, step, action, values, &err), err);
}

const char *
refused(struct player *player, const char *step, enum run_action action,
	const char *values)
{
	static struct error err;

	err = ERROR_INIT;
	assert_false(try(player, step, action, values, &err));
	return err.message;
}

const char *
open_steps(const struct player *player)
{
	static char list[2000];
	size_t used = 0;

	list[0] = '\0';
	for (int i = 1; i <= run_instance_count(player->run); i++) {
		const struct instance *instance = run_instance(player->run, i);
		const char *id = playbook_step(player->playbook, instance->step)->id;
		const char *dashes = strstr(id, "--");

		if (instance_is_work(player->run, instance)) {
			used += (size_t)snprintf(list + used, sizeof list - used,
				"%s%.*s%ld", used > 0 ? " " : "", (int)(dashes - id), id,
				strtol(id + strlen(id) - 12, NULL, 10));
		}
	}
	return list;
}
