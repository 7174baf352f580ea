/* act_fields.c owns what the form of each act on a case asks. */
#include "tui/act_fields.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/case_set.h"
#include "core/i18n.h"
#include "core/limits.h"
#include "core/mem.h"
#include "core/observable.h"
#include "core/status.h"
#include "core/words.h"
#include "tui/act_left.h"
#include "tui/ask.h"
#include "tui/model.h"

void
note_fields(struct app *app, struct view *view, const struct case_ref *ref)
{
	struct form *form = ask_form_fields(view);
	struct field *text;
	size_t len;
	char *pasted = app_take_paste(app, &len);

	(void)ref;
	text = form_add(form, FIELD_AREA, "text", _("Note"));
	text->required = true;
	text->rows = 8;
	text->edit.max = limit(LIMIT_NOTE);
	if (pasted != NULL) {
		(void)lineedit_insert(&text->edit, pasted, len);
		free(pasted);
	}
	field_help(form_add(form, FIELD_LINE, "when", _("When")),
		_("now, -15m, 14:30; empty: now"));
	form_focus(form, "text");
}

void
assign_fields(struct app *app, struct view *view, const struct case_ref *ref)
{
	struct field *field = form_add(ask_form_fields(view), FIELD_PICK, "login",
		_("Owner"));
	const struct actor *me = &app_summary(app)->me;

	(void)ref;
	field->required = true;
	field_help(field, _("type a part of the name"));
	field_add_choice(field, me->login, me->name);
	act_load_choices(app, view, "login", CHOICES_MEMBERS);
}

static void
add_severities(struct field *field)
{
	const char *letter = strcmp(i18n_language(), "vi") == 0 ? "M" : "S";
	const struct word *words = words_of(WORDS_SEVERITY);

	for (int i = 3; i >= 0; i--) {
		char *label = xasprintf("%s%s %s", letter, words[i].word, _(words[i].label));

		field_add_choice(field, words[i].word, label);
		free(label);
	}
}

static struct field *
add_reason(struct form *form)
{
	struct field *field = form_add(form, FIELD_AREA, "reason", _("Reason"));

	field->required = true;
	field->rows = 3;
	field->edit.max = limit(LIMIT_NOTE);
	return field;
}

void
severity_fields(struct app *app, struct view *view, const struct case_ref *ref)
{
	struct form *form = ask_form_fields(view);
	struct field *field = form_add(form, FIELD_CHOICE, "severity", _("Severity"));
	char now[8];

	(void)app;
	field->required = true;
	add_severities(field);
	snprintf(now, sizeof(now), "%d", ref->severity);
	field_set(field, now);
	add_reason(form);
}

void
reason_fields(struct app *app, struct view *view, const struct case_ref *ref)
{
	(void)app;
	(void)ref;
	add_reason(ask_form_fields(view));
}

/* Only what `status` itself does; close, merge and reopen have their own. */
void
status_fields(struct app *app, struct view *view, const struct case_ref *ref)
{
	struct form *form = ask_form_fields(view);
	struct field *field = form_add(form, FIELD_CHOICE, "to", _("Status"));

	(void)app;
	field->required = true;
	for (const struct transition *t = transitions; t->from != NULL; t++) {
		if (strcmp(t->from, ref->status) == 0 && (t->needs & BY_OWN_VERB) == 0) {
			field_add_choice(field, t->to, word_label(WORDS_STATUS, t->to));
		}
	}
	field = add_reason(form);
	field->required = false;
	field_help(field, _("needed when a status is skipped or goes back"));
}

void
close_fields(struct app *app, struct view *view, const struct case_ref *ref)
{
	struct form *form = ask_form_fields(view);
	static const struct { const char *name, *label; } fields[] = {
		{ "cause", N_("Cause") }, { "result", N_("Result") },
		{ "lessons", N_("Lessons") },
	};

	act_say_left(app, view, ref->id);
	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
		struct field *field = form_add(form, FIELD_AREA, fields[i].name,
			_(fields[i].label));

		field->required = true;
		field->rows = 3;
		field->edit.max = limit(LIMIT_NOTE);
	}
	if (ref->severity == 4) {
		struct field *field = form_add(form, FIELD_LINE, "number", _("Case"));
		char *help = xasprintf(_("very serious: type %s"), ref->number);

		field->required = true;
		field_help(field, help);
		free(help);
	}
}

void
task_fields(struct app *app, struct view *view, const struct case_ref *ref)
{
	struct form *form = ask_form_fields(view);
	struct field *field = form_add(form, FIELD_LINE, "title", _("Task"));

	(void)ref;
	field->required = true;
	field->edit.max = limit(LIMIT_TITLE);
	field_help(form_add(form, FIELD_PICK, "login", _("Who")),
		_("type a part of the name"));
	field_help(form_add(form, FIELD_LINE, "due", _("Due")),
		_("+2h, 16:00, 25/11 07:00; empty: none"));
	act_load_choices(app, view, "login", CHOICES_MEMBERS);
}

void
evidence_fields(struct app *app, struct view *view, const struct case_ref *ref)
{
	struct form *form = ask_form_fields(view);
	struct field *field = form_add(form, FIELD_LINE, "path", _("File"));

	(void)app;
	(void)ref;
	field->required = true;
	field_help(field, _("a machine: hand over evidence, ="));
	form_add(form, FIELD_LINE, "note", _("Note"))->edit.max = limit(LIMIT_NOTE);
}

void
observable_fields(struct app *app, struct view *view, const struct case_ref *ref)
{
	struct form *form = ask_form_fields(view);
	struct field *field = form_add(form, FIELD_PICK, "type", _("Type"));

	(void)ref;
	field->required = true;
	for (int i = 0; observable_types[i] != NULL; i++) {
		field_add_choice(field, observable_types[i], observable_types[i]);
	}
	(void)app;
	field = form_add(form, FIELD_LINE, "value", _("Value"));
	field->required = true;
	field->edit.max = limit(LIMIT_OBSERVABLE);
	form_add(form, FIELD_LINE, "note", _("Note"))->edit.max = limit(LIMIT_NOTE);
}

void
set_fields(struct app *app, struct view *view, const struct case_ref *ref)
{
	struct form *form = ask_form_fields(view);
	struct field *field = form_add(form, FIELD_PICK, "field", _("Field"));

	(void)app;
	(void)ref;
	field->required = true;
	for (const struct case_field *f = case_fields; f->name != NULL; f++) {
		field_add_choice(field, f->name, _(f->label));
	}
	field = form_add(form, FIELD_LINE, "value", _("Value"));
	field->edit.max = limit(LIMIT_NOTE);
	field_help(field, _("a time as 07:00, 22/11 07:00"));
}

void
begin_fields(struct app *app, struct view *view, const struct case_ref *ref)
{
	struct form *form = ask_form_fields(view);

	(void)ref;
	field_help(form_add(form, FIELD_PICK, "plan", _("Plan")),
		_("empty: the one that fits"));
	act_load_choices(app, view, "plan", CHOICES_PLANS);
}

static void
add_why(struct form *form)
{
	field_help(form_add(form, FIELD_LINE, "note", _("Why")), _("may stay empty"));
}

void
decline_fields(struct app *app, struct view *view, const struct case_ref *ref)
{
	(void)app;
	(void)ref;
	add_why(ask_form_fields(view));
}

void
call_next_fields(struct app *app, struct view *view, const struct case_ref *ref)
{
	(void)app;
	(void)ref;
	add_why(ask_form_fields(view));
}

void
pass_fields(struct app *app, struct view *view, const struct case_ref *ref)
{
	struct field *field = form_add(ask_form_fields(view), FIELD_PICK, "login",
		_("Pass it on to"));

	(void)ref;
	field->required = true;
	field_help(field, _("type a part of the name"));
	act_load_choices(app, view, "login", CHOICES_MEMBERS);
	add_why(ask_form_fields(view));
}
