/* form_view.c owns views that are a form: the draft behind the fields, saving,
 * what happens when the desk says no. */
#include "tui/form_view.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/json.h"
#include "core/mem.h"

#define DID (VIEW_HANDLED | VIEW_DIRTY)

void
form_view_start(struct form_view *f, struct app *app, const char *draft_kind)
{
	f->app = app;
	snprintf(f->draft_kind, sizeof(f->draft_kind), "%s",
		draft_kind != NULL ? draft_kind : "");
	uuid_v7(f->event_id, app_now(app));
}

void
form_view_adopt(struct form_view *f, const struct draft *draft)
{
	f->draft = draft_adopt(app_drafts(f->app), draft);
	memcpy(f->event_id, f->draft->id, sizeof(f->event_id));
	memcpy(f->number, f->draft->number, sizeof(f->number));
}

void
form_view_stop(struct form_view *f)
{
	struct error err = ERROR_INIT;

	if (f->draft != NULL) {
		if (f->done || form_empty(&f->form)) {
			draft_done(app_drafts(f->app), f->draft);
		} else if (!draft_put_away(app_drafts(f->app), f->draft, &err)) {
			app_error(f->app, &err);
		}
	}
	form_free(&f->form);
}

struct form *
form_view_fields(struct view *view)
{
	return &((struct form_view *)view)->form;
}

void
form_view_touch(struct form_view *f)
{
	if (f->draft_kind[0] == '\0') {
		return;
	}
	if (f->draft == NULL) {
		f->draft = draft_begin(app_drafts(f->app), f->draft_kind, f->case_id,
			f->number, app_now(f->app));
		memcpy(f->event_id, f->draft->id, sizeof(f->event_id));
	}
	draft_touch(f->draft, form_to_json(&f->form), app_mono(f->app));
}

static void
say_full(struct app *app, const struct field *field)
{
	app_info(app, "%s", field->edit.whole
		? _("longer than a list may be: none of it was taken")
		: _("longer than may be filed: file the rest as evidence"));
}

unsigned
form_view_edit(struct form_view *f, struct field *field)
{
	struct error err = ERROR_INIT;
	char *text;

	if (field->kind != FIELD_AREA && field->kind != FIELD_LINE) {
		app_info(f->app, "%s", _("this field holds no text"));
		return DID;
	}
	text = xstrdup(field_value(field));
	if (app_edit(f->app, &text, &err)) {
		char *was = xstrdup(field_value(field));

		lineedit_set(&field->edit, "");
		if (lineedit_insert(&field->edit, text, strlen(text)) == EDIT_FULL) {
			say_full(f->app, field);
		}
		if (field->edit.text.len == 0 && text[0] != '\0') {
			lineedit_set(&field->edit, was);
		}
		free(was);
		form_view_touch(f);
	} else {
		app_error(f->app, &err);
	}
	free(text);
	return DID;
}

bool
form_view_save(struct form_view *f)
{
	const struct field *missing = form_missing(&f->form);

	if (f->saving) {
		return false;
	}
	if (missing != NULL) {
		snprintf(f->said, sizeof(f->said), _("still empty: %s"), missing->label);
		form_focus(&f->form, missing->name);
		return false;
	}
	f->said[0] = '\0';
	f->saving = true;
	return true;
}

void
form_view_saved(struct app *app, uint64_t view_id)
{
	struct view *view = app_view(app, view_id);

	if (view != NULL) {
		((struct form_view *)view)->done = true;
		app_close(app, view);
	}
}

/* What the desk misses is named in the error: the cursor goes to the first. */
static void
focus_missing(struct form *form, const struct error *err)
{
	struct json *detail = NULL;
	struct error none = ERROR_INIT;
	const struct json *first;

	if (err->detail[0] != '{' || !json_parse(&detail, err->detail,
			strlen(err->detail), NULL, &none)) {
		return;
	}
	first = json_first(json_get(detail, "missing"));
	if (first != NULL && form_field(form, json_text(first, "")) != NULL) {
		form_focus(form, json_text(first, ""));
	}
	json_free(detail);
}

/* What names a field as the desk does ("users: must be ...") names it as the form
 * does, and the focus goes there; so it does to the field whose text is quoted or
 * whose question is named. */
static void
name_field(struct form_view *f, struct error *err)
{
	size_t name = strcspn(err->message, ":. ");

	for (int i = 0; i < f->form.count; i++) {
		const struct field *field = &f->form.fields[i];
		const char *value = field_value(field);
		bool named = strlen(field->name) == name && err->message[name] == ':'
			&& strncmp(err->message, field->name, name) == 0;
		bool quoted = value[0] != '\0' && err->message[0] == '"'
			&& strncmp(err->message + 1, value, strlen(value)) == 0;

		if (field->kind == FIELD_HIDDEN || field->kind == FIELD_LABEL
			|| field->label[0] == '\0') {
			continue;
		}
		if (named || quoted) {
			const char *said = err->message + (named ? name + 1 : 0);
			char *text = xasprintf("%s: %s", field->label, said + strspn(said, " "));

			snprintf(err->message, sizeof(err->message), "%s", text);
			free(text);
			form_focus(&f->form, field->name);
			return;
		}
		if (strlen(field->label) > 8 && strstr(err->message, field->label) != NULL) {
			form_focus(&f->form, field->name);
			return;
		}
	}
}

void
form_view_refused(struct app *app, uint64_t view_id, const struct error *err)
{
	struct form_view *f = (struct form_view *)app_view(app, view_id);
	struct error own = *err;

	if (f != NULL) {
		f->saving = false;
		name_field(f, &own);
		focus_missing(&f->form, err);
		err = &own;
		snprintf(f->said, sizeof(f->said), "%s: %.500s%s%.300s", _("ERROR"), err->message,
			err->cause[0] != '\0' ? "; " : "", err->cause);
	}
	app_error(app, err);
}

void
form_view_state(const struct form_view *f, const char *saving, struct buf *out)
{
	buf_adds(out, f->saving ? saving
		: f->draft == NULL ? _("a draft is kept from the first key on")
		: f->draft->touched != 0 ? _("draft being kept") : _("draft kept"));
}

unsigned
form_view_act(struct form_view *f, enum command command)
{
	switch (command) {
	case CMD_EDITOR:
		return form_view_edit(f, &f->form.fields[f->form.focus]);
	case CMD_BACK:
		if (f->draft != NULL && !form_empty(&f->form)) {
			app_info(f->app, "%s",
				_("the text is kept: type : drafts to have it back"));
		}
		return VIEW_HANDLED | VIEW_CLOSE;
	default:
		return VIEW_IGNORED;
	}
}

unsigned
form_view_key(struct view *view, struct app *app, const struct key *key)
{
	struct form_view *f = (struct form_view *)view;
	enum form_did did;
	char name[sizeof(f->form.fields->name)] = "";

	if (f->form.count > 0) {
		memcpy(name, f->form.fields[f->form.focus].name, sizeof(name));
	}
	did = form_key(&f->form, key);
	if (did == FORM_IGNORED) {
		return VIEW_IGNORED;
	}
	if (did == FORM_MOVED) {
		return DID;
	}
	if (f->changed != NULL) {
		f->changed(f, name);
	}
	form_view_touch(f);
	if (did == FORM_FULL) {
		say_full(app, &f->form.fields[f->form.focus]);
	}
	return DID;
}

bool
form_view_in_field(const struct view *view)
{
	(void)view;
	return true;
}

unsigned
form_view_have(const struct view *view)
{
	(void)view;
	return NEED_FORM;
}
