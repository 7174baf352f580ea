/* run_export.c owns a run as it is given to others: its step instances as records
 * of the form execution-status.  Pure: it reads the run, and nothing else. */
#include "playbooks/run_export.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base64.h"
#include "core/buf.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/secret.h"
#include "core/when.h"
#include "core/words.h"
#include "playbooks/command_text.h"
#include "playbooks/run_private.h"

#define MINUTE 60000

struct exporting {
	const struct run_export *what;
	const struct run *run;
	struct json *identities;
};

/* "execution-status--UUID": made from the key alone, in the shape of version 4,
 * which the form wants and our own ids do not have. */
static char *
made_id(const char *type, const char *key)
{
	char *whole = xasprintf("%s %s", type, key);
	char hash[HASH_SIZE];
	char *id;

	hash_bytes(hash, whole, strlen(whole));
	id = xasprintf("%s--%.8s-%.4s-4%.3s-a%.3s-%.12s", type, hash, hash + 8, hash + 12,
		hash + 15, hash + 18);
	free(whole);
	return id;
}

static void
set_made_id(struct json *object, const char *name, const char *type, const char *key)
{
	char *id = made_id(type, key);

	json_set_text(object, name, id);
	free(id);
}

static void
set_time(struct json *object, const char *key, int64_t at)
{
	char text[WHEN_RFC3339_SIZE];

	if (at != 0 && at != RUN_NO_DUE) {
		when_utc(text, at);
		json_set_text(object, key, text);
	}
}

static void
set_said(struct json *object, const char *key, const char *text)
{
	if (text != NULL && text[0] != '\0') {
		json_set_text(object, key, text);
	}
}

/* ---- people ---- */

static bool
has_identity(const struct exporting *e, const char *id)
{
	for (const struct json *row = json_first(e->identities); row != NULL;
			row = json_next(row)) {
		if (strcmp(json_get_text(row, "id"), id) == 0) {
			return true;
		}
	}
	return false;
}

/* Names who has this login, once, and puts the identity's id under key. */
static void
set_person(struct exporting *e, struct json *object, const char *key, const char *login)
{
	char name[256];
	struct json *person;
	char *id;

	if (login == NULL || login[0] == '\0') {
		return;
	}
	id = made_id("identity", login);
	json_set_text(object, key, id);
	if (!has_identity(e, id)) {
		person = json_object();
		json_set_text(person, "type", "identity");
		json_set_text(person, "spec_version", "2.1");
		json_set_text(person, "id", id);
		set_time(person, "created", e->what->run->started_at);
		set_time(person, "modified", e->what->run->started_at);
		json_set_text(person, "name", e->what->called(name, login, e->what->arg));
		json_set_text(person, "identity_class", "individual");
		json_push(e->identities, person);
	}
	free(id);
}

/* ---- how a step ended ---- */

/* The plan's exception was begun because this step failed: the branch stands under
 * the step's index, behind its last failure. */
static bool
began_exception(const struct run *run, const struct instance *instance)
{
	const struct instance *last = NULL;

	for (int n = 1; n <= run_instance_count(run); n++) {
		const struct instance *row = run_instance(run, n);

		if (row->is_branch && row->slot == EXCEPTION_SLOT
				&& row->step == instance->step) {
			return last == instance;
		}
		if (!row->is_branch && row->step == instance->step
				&& row->state == INSTANCE_FAILED) {
			last = row;
		}
	}
	return false;
}

struct ending {
	int64_t at; /* 0: under way */
	const char *by;
	bool late;
};

static struct ending
ending_of(const struct exporting *e, const struct instance *instance)
{
	struct ending ending = { .at = instance->ended_at, .by = instance->ended_by };

	for (int i = 0; i < e->what->failure_count
			&& instance->state == INSTANCE_FAILED; i++) {
		const struct run_failure *failure = &e->what->failures[i];

		if (strcmp(failure->instance, instance->id) == 0) {
			ending.at = failure->at;
			ending.by = failure->by;
		}
	}
	ending.late = instance->due_at != RUN_NO_DUE && ending.at > instance->due_at;
	return ending;
}

static const char *
status_of(const struct run *run, const struct instance *instance, bool late)
{
	static const char *const words[] = {
		[INSTANCE_RUNNING] = "ongoing", [INSTANCE_OPEN] = "ongoing",
		[INSTANCE_STARTED] = "ongoing", [INSTANCE_DONE] = "successfully_completed",
		[INSTANCE_FAILED] = "failed", [INSTANCE_SKIPPED] = "successfully_completed",
		[INSTANCE_ABORTED] = "failed",
	};

	if (instance->state != INSTANCE_FAILED) {
		return words[instance->state];
	}
	return began_exception(run, instance) ? "exception_condition_invoked"
		: late ? "timeout_error" : "failed";
}

/* What the word of the form does not say, for people. */
static void
set_status_text(struct json *record, const struct run *run,
	const struct instance *instance, bool late)
{
	struct buf text = { 0 };

	buf_adds(&text, word_label(WORDS_STEP_STATE, instance_state_word(instance->state)));
	if (instance_undecided(instance)) {
		buf_addf(&text, "; %s", _("nobody has decided yet how to go on"));
	}
	if (late) {
		buf_addf(&text, "; %s", _("after its limit"));
	}
	if (began_exception(run, instance)) {
		buf_addf(&text, "; %s", _("the plan's exception began"));
	}
	if (instance->round > 1) {
		buf_addf(&text, _("; round %d"), instance->round);
	}
	if (instance->extended != 0) {
		buf_addf(&text, _("; given %lld minutes more"),
			(long long)(instance->extended / MINUTE));
	}
	json_set_text(record, "status_text", buf_text(&text));
	buf_free(&text);
}

/* ---- what was to be done ---- */

/* The run as it stood before this step gave its own answers; its values are
 * borrowed, the list is the caller's. */
static struct run
as_it_stood(const struct run *run, const struct instance *instance)
{
	struct run then = *run;

	then.values = xcalloc((size_t)run->value_count + 1, sizeof *then.values);
	then.value_count = 0;
	for (int i = 0; i < run->value_count; i++) {
		if (strcmp(run->values[i].instance, instance->id) != 0
				&& (instance->ended_at == 0
					|| run->values[i].set_at <= instance->ended_at)) {
			then.values[then.value_count++] = run->values[i];
		}
	}
	return then;
}

static void
push(struct json *list, const char *text)
{
	struct buf coded = { 0 };

	base64_encode(&coded, text, strlen(text));
	json_push(list, json_string(buf_text(&coded)));
	buf_free(&coded);
}

/* With its values in it, those that are secrets masked. */
static void
push_text(struct json *list, const struct run *then, const struct instance *instance,
	const char *text)
{
	char *full = plan_text(run_playbook(then), then, instance, text);

	push(list, full);
	free(full);
}

static void
push_manual(struct json *list, const struct run *then, const struct instance *instance,
	const struct json *command)
{
	const char *text = json_get_text(command, "command");
	const char *coded = json_get_text(command, "command_b64");
	size_t len = 0;
	char *decoded = text == NULL && coded != NULL ? plan_base64(coded, &len) : NULL;

	if (text != NULL || decoded != NULL) {
		push_text(list, then, instance, text != NULL ? text : decoded);
	}
	free(decoded);
}

static void
push_commands(struct json *list, const struct run *then, const struct instance *instance,
	const struct step *step)
{
	struct step_commands machine; /* the same order without the manual ones */
	int next = 0;

	step_commands_of(&machine, run_playbook(then), then, instance, step);
	for (const struct json *row = json_first(json_get(step->json, "commands"));
			row != NULL; row = json_next(row)) {
		const char *type = json_get_text(row, "type");

		if (type == NULL || strcmp(type, "manual") == 0) {
			push_manual(list, then, instance, row);
		} else if (next < machine.count) {
			push(list, machine.list[next++].text);
		}
	}
	step_commands_finish(&machine);
}

/* The form wants at least one: of a step without any it is empty. */
static struct json *
commands_of(const struct run *run, const struct instance *instance)
{
	const struct step *step = playbook_step(run_playbook(run), instance->step);
	const char *words[] = {
		json_get_text(step->json, "condition"), step->switch_on, step->call,
	};
	struct run then = as_it_stood(run, instance);
	struct json *list = json_array();

	push_commands(list, &then, instance, step);
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		if (words[i] != NULL) {
			push_text(list, &then, instance, words[i]);
		}
	}
	if (json_count(list) == 0) {
		json_push(list, json_string(""));
	}
	free(then.values);
	return list;
}

static struct json *
record_of(struct exporting *e, const struct instance *instance)
{
	const struct step *step = playbook_step(run_playbook(e->run), instance->step);
	int64_t began = instance->started_at != 0 ? instance->started_at
		: instance->starts_at != 0 ? instance->starts_at : instance->opened_at;
	struct ending ending = ending_of(e, instance);
	struct json *record = json_object();

	json_set_text(record, "type", "execution-status");
	set_made_id(record, "id", "execution-status", instance->id);
	json_set_text(record, "workflow_step", step->id);
	/* What was aborted before its delay was over never began. */
	if (ending.at != 0 && ending.at < began) {
		began = ending.at;
	}
	set_time(record, "start_time", began);
	if (ending.at != 0) {
		json_set_int(record, "duration", ending.at - began);
	}
	json_set_text(record, "status", status_of(e->run, instance, ending.late));
	set_status_text(record, e->run, instance, ending.late);
	set_person(e, record, "executed_by", ending.by);
	json_set(record, "command_b64", commands_of(e->run, instance));
	set_said(record, "notes", instance->note);
	json_set_bool(record, "automated_execution", false);
	return record;
}

/* ---- the run ---- */

static struct json *
variable_of(struct exporting *e, const struct value_row *value)
{
	struct json *o = json_object();
	char *name = xstrndup(value->name, strcspn(value->name, "@"));

	json_set_text(o, "name", name);
	json_set(o, "value", json_string(value->unknown || value->value == NULL ? NULL
		: variable_is_secret(run_playbook(e->run), name) ? SECRET_MASK
		: value->value));
	json_set_bool(o, "unknown", value->unknown);
	if (value->instance[0] != '\0') {
		set_made_id(o, "record", "execution-status", value->instance);
	}
	set_time(o, "set_at", value->set_at);
	set_person(e, o, "set_by", value->set_by);
	free(name);
	return o;
}

static struct json *
head_of(const struct case_run *run)
{
	struct json *o = json_object();

	json_set_int(o, "n", run->n);
	json_set_text(o, "id", run->id);
	json_set_text(o, "name", run->name);
	json_set_text(o, "state", run_state(run->run));
	set_time(o, "started_at", run->started_at);
	set_time(o, "ended_at", run->ended_at);
	set_said(o, "why", run->why);
	set_said(o, "signed_by", run->signed_by);
	return o;
}

static struct json *
playbook_of(const struct playbook *playbook)
{
	static const char *const keys[] = { "id", "modified", "name" };
	struct json *o = json_object();

	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		json_set_text(o, keys[i], playbook_text(playbook, keys[i]));
	}
	json_set_text(o, "hash", playbook_hash(playbook));
	return o;
}

struct json *
run_export(const struct run_export *what)
{
	struct exporting e = { .what = what, .run = what->run->run,
		.identities = json_array() };
	struct json *records = json_array();
	struct json *variables = json_array();
	struct json *out = json_object();

	for (int n = 1; n <= run_instance_count(e.run); n++) {
		if (!run_instance(e.run, n)->is_branch) {
			json_push(records, record_of(&e, run_instance(e.run, n)));
		}
	}
	for (int i = 0; i < e.run->value_count; i++) {
		json_push(variables, variable_of(&e, &e.run->values[i]));
	}
	json_set_text(out, "type", "suco-run");
	json_set_text(out, "case", what->case_number);
	json_set(out, "run", head_of(what->run));
	json_set(out, "playbook", playbook_of(run_playbook(e.run)));
	json_set(out, "identities", e.identities);
	json_set(out, "records", records);
	json_set(out, "variables", variables);
	return out;
}
