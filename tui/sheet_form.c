/* sheet_form.c owns forms that are a table: opening them with what is known,
 * giving them to the desk, taking up their drafts. */
#include "tui/sheet_form.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/i18n.h"
#include "core/limits.h"
#include "core/mem.h"
#include "core/text.h"
#include "tui/ask.h"
#include "tui/browse.h"
#include "tui/may.h"

static void
title_cut(char *out, size_t size, const char *name)
{
	size_t fits = text_fit(name, 60, NULL);

	if (name[fits] != '\0') {
		fits = text_fit(name, 59, NULL);
	}
	while (fits + sizeof("…") > size) {
		fits -= text_prev(name, fits);
	}
	snprintf(out, size, "%.*s%s", (int)fits, name, name[fits] == '\0' ? "" : "…");
}

void
sheet_ref(struct case_ref *ref, const struct table_row *row)
{
	const char *name = row->cells[0] != NULL && row->cells[0][0] != '\0'
		? row->cells[0] : row->key;
	size_t fits = text_fit(name, 20, NULL);

	*ref = (struct case_ref){ 0 };
	snprintf(ref->id, sizeof(ref->id), "%s", row->id);
	snprintf(ref->item, sizeof(ref->item), "%s", row->key);
	memcpy(ref->case_id, row->case_id, sizeof(ref->case_id));
	while (fits + sizeof("…") > sizeof(ref->number)) {
		fits -= text_prev(name, fits);
	}
	snprintf(ref->number, sizeof(ref->number), "%.*s%s", (int)fits, name,
		name[fits] == '\0' ? "" : "…");
	title_cut(ref->title, sizeof(ref->title), name);
}

void
form_title(struct case_ref *ref, const char *number, const char *what)
{
	char *both = xasprintf("%s %s", number, what);

	title_cut(ref->title, sizeof(ref->title), both);
	free(both);
}

/* ---- doing it ---- */

/* The marks were for this; they go when it is done. */
static void
unmark(struct app *app)
{
	struct view *base = app_base(app);

	if (base->ops->load == browse_load) {
		list_unmark_all(&((struct browse *)base)->list);
	}
}

static void
post(struct app *app, const struct act_todo *todo, struct view *view)
{
	const struct sheet_form *form = todo->act;

	act_post(app, &(struct act_call){ .run = form->run,
		.run_said = form->run_said, .run_all = form->run_all,
		.said = form->said, .refs = todo->refs, .count = todo->count,
		.after = form->after, .tell = form->tell && todo->count == 1,
		.values = view != NULL ? form_to_json(ask_form_fields(view)) : json_object(),
		.event_id = view != NULL ? ask_form_event_id(view) : NULL,
		.form = view != NULL ? view->id : 0 });
	unmark(app);
}

static bool
form_done(struct app *app, struct view *view, void *arg)
{
	post(app, arg, view);
	return true;
}

static void
form_left(struct app *app, void *arg)
{
	const struct act_todo *todo = arg;
	const struct sheet_form *form = todo->act;

	if (form->left != NULL) {
		form->left(app, &todo->refs[0]);
	}
}

static bool
confirmed(struct app *app, void *arg)
{
	post(app, arg, NULL);
	return true;
}

/* ---- asking ---- */

static void
add_line(struct app *app, struct view *view, const struct form_line *line)
{
	struct field *field = form_add(ask_form_fields(view), line->kind, line->name,
		line->label[0] != '\0' ? _(line->label) : "");

	field->required = line->required;
	if (line->help != NULL) {
		field_help(field, _(line->help));
	}
	if (line->kind == FIELD_AREA) {
		field->rows = line->rows > 0 ? line->rows : 3;
		field->edit.max = limit(line->list ? LIMIT_IMPORT_LINE : LIMIT_NOTE);
		field->edit.whole = line->list;
	} else if (line->kind == FIELD_LINE) {
		field->edit.max = limit(LIMIT_NAME);
	}
	for (const struct word *w = line->words; w != NULL && w->word != NULL; w++) {
		field_add_choice(field, w->word, Q_(w->label));
	}
	if (line->loaded) {
		act_load_choices(app, view, line->name, line->from);
	}
}

/* What the draft needs to know again of what it is about. */
static void
add_hidden(struct form *form, const struct sheet_form *of, const struct case_ref *ref,
	const struct table_row *row)
{
	const char *const known[][2] = {
		{ "ref.id", ref->id }, { "ref.item", ref->item },
		{ "ref.case", ref->case_id }, { "ref.title", ref->title },
	};

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		field_set(form_add(form, FIELD_HIDDEN, known[i][0], ""), known[i][1]);
	}
	if (of->refill && row != NULL && row->about != NULL) {
		field_set(form_add(form, FIELD_HIDDEN, "ref.about", ""), row->about);
	}
}

/* "ask again: Viễn thông" or "3: Xã 01, Xã 02, Xã 03". */
static char *
title_of(const struct sheet_form *form, const struct case_ref *refs, int count)
{
	struct buf out = { 0 };

	buf_addf(&out, "%s", _(form->title));
	for (int i = 0; i < count; i++) {
		const char *name = refs[i].title[0] != '\0' ? refs[i].title
			: refs[i].number;

		if (i == 0 && count > 1) {
			buf_addf(&out, ": %d", count);
		}
		if (name[0] != '\0') {
			buf_addf(&out, "%s%s", i == 0 ? ": " : ", ", name);
		}
	}
	return buf_take(&out);
}

static void
open_fields(struct app *app, const struct sheet_form *form,
	const struct case_ref *refs, int count, const struct table_row *row,
	const struct draft *draft)
{
	char *title = title_of(form, refs, count);
	struct view *view = ask_form(app, &(struct ask_form){ .title = title,
		.draft_kind = count == 1 ? form->draft : NULL,
		.case_id = case_ref_case(&refs[0]),
		.number = refs[0].number, .draft = draft, .save_hint = form->save,
		.done = form_done, .left = form_left,
		.arg = act_todo_new(form, refs, count), .free_arg = act_todo_free });
	struct form *fields = ask_form_fields(view);

	free(title);
	for (const struct form_line *line = form->lines; line->name != NULL; line++) {
		add_line(app, view, line);
	}
	if (form->draft != NULL) {
		add_hidden(fields, form, &refs[0], row);
	}
	if (form->fill != NULL) {
		form->fill(app, view, draft == NULL || form->refill ? row : NULL);
	}
	/* What is given at first is no text of the person's: no draft for it. */
	for (const struct form_line *line = form->lines; line->name != NULL; line++) {
		if (line->value != NULL && form_value(fields, line->name)[0] == '\0') {
			field_set(form_field(fields, line->name), line->value);
		}
	}
	if (draft != NULL) {
		ask_form_ready(view);
	}
	if (!form->fill_focuses) {
		form_focus(fields, form->focus != NULL ? form->focus : form->lines[0].name);
	}
}

static void
open_confirm(struct app *app, const struct sheet_form *form,
	const struct case_ref *refs, int count)
{
	char *names = title_of(form, refs, count);
	char *text = xasprintf("%s%s%s", names, form->confirm != NULL ? "\n\n" : "",
		form->confirm != NULL ? _(form->confirm) : "");

	ask_confirm(app, &(struct confirm){ .title = _(form->title), .text = text,
		.yes = _(form->save != NULL ? form->save : form->title),
		.done = confirmed, .arg = act_todo_new(form, refs, count),
		.free_arg = act_todo_free });
	free(names);
	free(text);
}

/* What was begun about the same and left: the form goes on with it.  Only where a
 * draft can be shown as the row is now. */
static struct draft *
kept_of(struct app *app, const struct sheet_form *form, const struct case_ref *ref)
{
	return form->refill && form->draft != NULL ? drafts_kept(app_drafts(app),
		form->draft, case_ref_case(ref), ref->item) : NULL;
}

void
form_open(struct app *app, const struct sheet_form *form,
	const struct case_ref *refs, int count, const struct table_row *row)
{
	if (!may_act(app, form->needs)) {
		return;
	}
	if (form->lines != NULL) {
		struct draft *kept = count == 1 ? kept_of(app, form, refs) : NULL;

		open_fields(app, form, refs, count, row, kept);
		draft_list_free(kept);
	} else if (form->confirm != NULL || count > 1) {
		open_confirm(app, form, refs, count);
	} else {
		struct act_todo todo = { .act = form, .count = count,
			.refs = (struct case_ref *)(uintptr_t)refs };

		post(app, &todo, NULL);
	}
}

void
sheet_form(struct app *app, const struct sheet_form *form,
	const struct table_row *const *rows, int count)
{
	struct case_ref *refs = xcalloc((size_t)count, sizeof(*refs));

	for (int i = 0; i < count; i++) {
		sheet_ref(&refs[i], rows[i]);
		if (form->name != NULL) {
			form->name(&refs[i], rows[i]);
		}
	}
	form_open(app, form, refs, count, rows[0]);
	free(refs);
}

static void
known_again(char *out, size_t size, const struct draft *draft, const char *name)
{
	const char *value = json_get_text(draft->fields, name);

	snprintf(out, size, "%s", value != NULL ? value : "");
}

bool
form_reopen(struct app *app, const struct sheet_form *const *forms,
	const struct draft *draft)
{
	for (; *forms != NULL; forms++) {
		struct case_ref ref = { 0 };
		struct table_row row = { 0 };

		if ((*forms)->draft == NULL || strcmp((*forms)->draft, draft->kind) != 0) {
			continue;
		}
		snprintf(ref.number, sizeof(ref.number), "%s", draft->number);
		known_again(ref.id, sizeof(ref.id), draft, "ref.id");
		known_again(ref.item, sizeof(ref.item), draft, "ref.item");
		known_again(ref.case_id, sizeof(ref.case_id), draft, "ref.case");
		known_again(ref.title, sizeof(ref.title), draft, "ref.title");
		row.about = (char *)(uintptr_t)json_get_text(draft->fields, "ref.about");
		open_fields(app, *forms, &ref, 1, row.about != NULL ? &row : NULL, draft);
		return true;
	}
	return false;
}

void
form_label(struct view *view, const char *name, char *text)
{
	struct field *field = form_field(ask_form_fields(view), name);

	free(field->label);
	field->label = text;
}

/* ---- for what runs on the desk's thread ---- */

const char *
form_word(const struct json *values, const char *name)
{
	const char *text = json_get_text(values, name);

	return text != NULL ? text : "";
}

const char *
form_given(const struct json *values, const char *name)
{
	const char *text = form_word(values, name);

	/* Blanks in a field nobody sees are nothing said. */
	return text[strspn(text, " ")] == '\0' ? NULL : text;
}

bool
form_time(int64_t *out, const struct json *values, const char *name,
	enum when_sense sense, struct desk *desk, struct error *err)
{
	const char *typed = form_word(values, name);

	*out = 0;
	return typed[strspn(typed, " ")] == '\0'
		|| when_parse(out, typed, sense, desk_now(desk), desk_zone(desk), err);
}
