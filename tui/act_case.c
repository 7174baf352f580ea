/* act_case.c owns the table of acts on a case: what each asks first, a form, a
 * pick or nothing, and what is said when it is done. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "tui/act.h"
#include "tui/act_fields.h"
#include "tui/act_run.h"
#include "tui/act_undo.h"
#include "tui/ask.h"
#include "tui/begin_ask.h"
#include "tui/may.h"

enum how { HOW_FORM, HOW_AT_ONCE, HOW_PICK_CASE };

static const struct case_act {
	enum command command;
	enum how how;
	act_fn *run;
	fields_fn *fields;
	const char *draft;   /* kind of the draft; NULL: not worth one */
	const char *to, *verb; /* act_act_do_status() */
	const char *said;
	bool resumes; /* done once a case: what was left of it stands in it again */
} acts[] = {
	{ CMD_NOTE, HOW_FORM, act_do_note, note_fields, "note", NULL, NULL,
		N_("note on %s filed"), false },
	{ CMD_TAKE, HOW_FORM, act_do_assign, assign_fields, NULL, NULL, NULL,
		N_("%s handed over"), false },
	{ CMD_ACK, HOW_AT_ONCE, act_do_ack, NULL, NULL, NULL, NULL,
		N_("%s acknowledged; z takes it back"), false },
	{ CMD_DECLINE, HOW_FORM, act_do_decline, decline_fields, NULL, NULL, NULL,
		N_("%s: recorded that you cannot"), false },
	{ CMD_PASS, HOW_FORM, act_do_pass, pass_fields, NULL, NULL, NULL,
		N_("%s passed on"), false },
	{ CMD_CALL_NEXT, HOW_FORM, act_do_call_next, call_next_fields, NULL, NULL, NULL,
		N_("the next one is called for %s"), false },
	{ CMD_SEVERITY, HOW_FORM, act_do_severity, severity_fields, "severity", NULL, NULL,
		N_("severity of %s decided"), true },
	{ CMD_STATUS, HOW_FORM, act_do_status, status_fields, "status", NULL, "status",
		N_("status of %s changed"), true },
	{ CMD_CLOSE_CASE, HOW_FORM, act_do_status, close_fields, "close", "closed", "close",
		N_("%s closed"), true },
	{ CMD_DISMISS, HOW_FORM, act_do_status, reason_fields, "dismiss", "dismissed",
		"status", N_("%s dismissed: not an incident"), true },
	{ CMD_REOPEN, HOW_FORM, act_do_status, reason_fields, "reopen", "responding",
		"reopen", N_("%s is open again"), true },
	{ CMD_TASK_ADD, HOW_FORM, act_do_task, task_fields, "task", NULL, NULL,
		N_("task on %s added"), false },
	{ CMD_EVIDENCE_ADD, HOW_FORM, act_do_evidence, evidence_fields, "evidence", NULL,
		NULL, N_("file on %s kept"), false },
	{ CMD_OBSERVABLE_ADD, HOW_FORM, act_do_observable, observable_fields, "observable",
		NULL, NULL, N_("observable on %s added"), false },
	{ CMD_SET_FIELD, HOW_FORM, act_do_set, set_fields, "set", NULL, NULL,
		N_("%s changed"), false },
	{ CMD_BEGIN, HOW_FORM, act_do_begin, begin_fields, NULL, NULL, NULL,
		N_("plan on %s begun"), false },
	{ CMD_MERGE, HOW_PICK_CASE, act_do_merge, NULL, NULL, NULL, NULL,
		N_("%s merged"), false },
	{ CMD_LINK, HOW_PICK_CASE, act_do_link, NULL, NULL, NULL, NULL, N_("%s linked"), false },
	{ CMD_UNMERGE, HOW_AT_ONCE, act_do_unmerge, NULL, NULL, NULL, NULL,
		N_("%s stands alone again"), false },
	{ CMD_UNDO, HOW_AT_ONCE, act_undo_last, NULL, NULL, NULL, NULL,
		N_("last act on %s undone; Z takes that back"), false },
	{ CMD_REDO, HOW_AT_ONCE, act_do_redo, NULL, NULL, NULL, NULL,
		N_("last undo on %s taken back"), false },
};

static bool
form_done(struct app *app, struct view *view, void *arg)
{
	struct act_todo *todo = arg;
	const struct case_act *act = todo->act;
	struct form *form = ask_form_fields(view);
	struct json *values = form_to_json(form);
	const char *typed = form_value(form, "number");

	if (form_field(form, "number") != NULL
		&& strcmp(typed, todo->refs[0].number) != 0) {
		struct error err = ERROR_INIT;

		error_set(&err, ERR_REFUSED, _("type %s to go on"), todo->refs[0].number);
		form_failed(app, view->id, &err);
		json_free(values);
		return false;
	}
	if (act->to != NULL) {
		json_set_text(values, "to", act->to);
	}
	if (act->verb != NULL) {
		json_set_text(values, "verb", act->verb);
	}
	if (act->command == CMD_BEGIN) {
		begin_ask(app, todo->refs, todo->count, form_value(form, "plan"), view->id);
		json_free(values);
		return true;
	}
	act_post(app, &(struct act_call){ .run = act->run, .said = act->said,
		.refs = todo->refs, .count = todo->count, .values = values,
		.event_id = ask_form_event_id(view), .form = view->id,
		.guard = !todo->asked });
	todo->asked = true;
	return true;
}

/* "note: 2026-42 Mất điện ..." or "note: 3 cases: 2026-42, 2026-41, 2026-39". */
static char *
title_of(enum command command, const struct case_ref *refs, int count)
{
	struct buf out = { 0 };

	buf_addf(&out, "%s: ", command_hint(command));
	if (count == 1) {
		buf_addf(&out, "%s%s%s", refs[0].number, refs[0].title[0] != '\0' ? " " : "",
			refs[0].title);
	} else {
		buf_addf(&out, _("%d cases: "), count);
		for (int i = 0; i < count; i++) {
			buf_addf(&out, "%s%s", i > 0 ? ", " : "", refs[i].number);
		}
	}
	return buf_take(&out);
}

static bool
confirmed(struct app *app, void *arg)
{
	const struct act_todo *todo = arg;
	const struct case_act *act = todo->act;
	struct json *values = NULL;

	if (todo->into[0] != '\0') {
		values = json_object();
		json_set_text(values, "case", todo->into);
	}
	act_post(app, &(struct act_call){ .run = act->run, .said = act->said,
		.refs = todo->refs, .count = todo->count, .values = values });
	return true;
}

/* "2026-42 Mất điện" or "2026-42, 2026-41". */
static char *
names_of(const struct case_ref *refs, int count)
{
	struct buf out = { 0 };

	for (int i = 0; i < count; i++) {
		buf_addf(&out, "%s%s", i > 0 ? ", " : "", refs[i].number);
	}
	if (count == 1 && refs[0].title[0] != '\0') {
		buf_addf(&out, " %s", refs[0].title);
	}
	return buf_take(&out);
}

/* A merge takes a case off everybody's desk: both are named once more before. */
static bool
case_chosen(struct app *app, void *arg, const char *case_id, const char *name)
{
	struct act_todo *todo = arg;
	struct act_todo *merge;
	char *names, *text;

	(void)snprintf(todo->into, sizeof(todo->into), "%s", case_id);
	if (((const struct case_act *)todo->act)->command != CMD_MERGE) {
		return confirmed(app, arg);
	}
	merge = act_todo_new(todo->act, todo->refs, todo->count);
	(void)snprintf(merge->into, sizeof(merge->into), "%s", case_id);
	names = names_of(todo->refs, todo->count);
	text = xasprintf("%s\n%s\n%s\n\n%s", names, _("goes into"), name,
		_("Nothing is moved; its open work shows on the other case, and unmerge takes"
		  " it back."));
	ask_confirm(app, &(struct confirm){ .title = command_hint(CMD_MERGE), .text = text,
		.yes = command_hint(CMD_MERGE), .done = confirmed, .arg = merge,
		.free_arg = act_todo_free });
	free(text);
	free(names);
	return true;
}

static void
open_form(struct app *app, const struct case_act *act, const struct case_ref *refs,
	int count, const struct draft *draft)
{
	char *title = title_of(act->command, refs, count);
	struct draft *kept = draft == NULL && act->resumes && count == 1
		? drafts_kept(app_drafts(app), act->draft, refs[0].id, NULL) : NULL;
	struct view *view = ask_form(app, &(struct ask_form){ .title = title,
		.draft_kind = act->draft, .case_id = count == 1 ? refs[0].id : "",
		.number = refs[0].number, .draft = kept != NULL ? kept : draft,
		.done = form_done, .arg = act_todo_new(act, refs, count),
		.free_arg = act_todo_free });

	act->fields(app, view, &refs[0]);
	ask_form_ready(view);
	draft_list_free(kept);
	free(title);
}

static void
do_at_once(struct app *app, const struct case_act *act, const struct case_ref *refs,
	int count)
{
	char *title;

	if (count == 1 && act->command == CMD_UNDO) {
		act_undo(app, &refs[0], act->said);
		return;
	}
	if (count == 1) {
		act_post(app, &(struct act_call){ .run = act->run, .said = act->said,
			.refs = refs, .count = 1,
			.tell = act->command == CMD_REDO });
		return;
	}
	title = title_of(act->command, refs, count);
	ask_confirm(app, &(struct confirm){ .title = command_hint(act->command),
		.text = title, .yes = command_hint(act->command), .done = confirmed,
		.arg = act_todo_new(act, refs, count), .free_arg = act_todo_free });
	free(title);
}

bool
act_is_on_cases(enum command command)
{
	for (size_t i = 0; i < sizeof(acts) / sizeof(acts[0]); i++) {
		if (acts[i].command == command) {
			return true;
		}
	}
	return false;
}

unsigned
act_on_cases(struct app *app, enum command command, const struct case_ref *refs,
	int count)
{
	for (size_t i = 0; i < sizeof(acts) / sizeof(acts[0]); i++) {
		const struct case_act *act = &acts[i];

		if (act->command != command) {
			continue;
		}
		switch (act->how) {
		case HOW_FORM:
			if (act->to == NULL || may_become(app, refs, count, act->to)) {
				open_form(app, act, refs, count, NULL);
			}
			break;
		case HOW_AT_ONCE:
			do_at_once(app, act, refs, count);
			break;
		case HOW_PICK_CASE: {
			char *title = title_of(command, refs, count);

			act_pick_case_named(app, title, refs[0].id, case_chosen,
				act_todo_new(act, refs, count), act_todo_free);
			free(title);
			break;
		}
		}
		return VIEW_HANDLED | VIEW_DIRTY;
	}
	return VIEW_IGNORED;
}

bool
act_reopen_draft(struct app *app, const struct draft *draft,
	const struct case_ref *ref)
{
	for (size_t i = 0; i < sizeof(acts) / sizeof(acts[0]); i++) {
		if (acts[i].draft != NULL && strcmp(acts[i].draft, draft->kind) == 0) {
			open_form(app, &acts[i], ref, 1, draft);
			return true;
		}
	}
	return false;
}
