/* Any bytes as a playbook: refused with a place, or read; what is read runs
 * for a while under an operator who does the first thing that is open. */
#include "tests/fuzz/fuzz.h"

#include <string.h>

#include "core/text.h"
#include "playbooks/run.h"
#include "playbooks/step_text.h"
#include "playbooks/steps.h"

#define MOST_ACTS 40

static void
next_id(char out[UUID_SIZE], void *arg)
{
	int *ids = arg;

	(void)snprintf(out, UUID_SIZE, "00000000-0000-7000-8000-%012d", ++*ids);
}

/* The first answer that every question accepts. */
static struct json *
all_unknown(const struct step *step)
{
	struct json *values = json_object();

	for (int i = 0; i < step->ask_count; i++) {
		json_set_text(values, step->asks[i], "?");
	}
	return values;
}

static const struct instance *
first_open(const struct run *run)
{
	for (int i = 1; i <= run_instance_count(run); i++) {
		if (instance_is_work(run, run_instance(run, i))) {
			return run_instance(run, i);
		}
	}
	return NULL;
}

static bool
act(struct run *run, const struct run_context *context)
{
	const struct instance *open = first_open(run);
	struct json *effects = NULL;
	struct error err = ERROR_INIT;

	if (open == NULL) {
		return false;
	}
	const struct step *step = playbook_step(run_playbook(run), open->step);
	struct json *values = all_unknown(step);
	const struct run_input input = { .note = "x", .values = values };
	char *how = step_how(run_playbook(run), run, open, step);
	char *beside = step_beside(run_playbook(run), run, open, step);

	MUST(text_valid_utf8(how, strlen(how)));
	bool ok = run_act(&effects, run, open->id, instance_undecided(open)
		? RUN_SKIP : RUN_DONE, &input, context, &err);
	free(how);
	free(beside);
	json_free(effects);
	json_free(values);
	return ok;
}

static void
play(const struct playbook *playbook)
{
	int ids = 0;
	const struct run_context context = {
		.now = 1, .by = "a", .new_id = next_id, .arg = &ids,
	};
	struct run *run = run_new(playbook, "r");
	struct run *again = run_new(playbook, "r");
	struct json *effects = NULL;
	struct error err = ERROR_INIT;

	if (run_start(&effects, run, NULL, &context, &err)) {
		MUST(run_apply(again, effects, &err));
		json_free(effects);
		for (int i = 0; i < MOST_ACTS && act(run, &context); i++) {
			int count = 0;

			free(steps_of(playbook, run, 1, &count));
		}
	}
	run_free(again);
	run_free(run);
}

static void
read_as(const char *text, size_t size, enum playbook_mode mode)
{
	struct playbook *playbook = NULL;
	struct findings found = { 0 };
	struct error err = ERROR_INIT;

	if (playbook_read(&playbook, text, size, mode, &found, &err)) {
		MUST(found.errors == 0);
		play(playbook);
		playbook_free(playbook);
	} else {
		MUST(found.errors > 0 && err.message[0] != '\0');
	}
	for (int i = 0; i < found.count; i++) {
		MUST(text_valid_utf8(found.list[i].text,
			strlen(found.list[i].text)));
	}
	findings_finish(&found);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	read_as((const char *)data, size, PLAYBOOK_LENIENT);
	read_as((const char *)data, size, PLAYBOOK_STRICT);
	/* A desk that was tampered with gives unchecked text. */
	read_as((const char *)data, size, PLAYBOOK_TRUSTED);
	return 0;
}
