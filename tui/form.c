/* form.c owns fields: their values, how keys change them. */
#include "tui/form.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/fold.h"
#include "core/mem.h"

/* The focus passes it by. */
static bool
passive(enum field_kind kind)
{
	return kind == FIELD_LABEL || kind == FIELD_HIDDEN;
}

struct field *
form_add(struct form *form, enum field_kind kind, const char *name,
	const char *label)
{
	struct field *field;

	if (form->count == form->cap) {
		form->cap = form->cap == 0 ? 8 : form->cap * 2;
		form->fields = xrealloc(form->fields,
			(size_t)form->cap * sizeof(*form->fields));
	}
	field = &form->fields[form->count++];
	*field = (struct field){ .kind = kind, .chosen = -1, .given = -1,
		.rows = 1 };
	snprintf(field->name, sizeof(field->name), "%s", name);
	field->label = xstrdup(label);
	field->edit.many = kind == FIELD_AREA;
	if (kind == FIELD_AREA) {
		field->rows = 4;
	}
	if (passive(form->fields[form->focus].kind) && !passive(kind)) {
		form->focus = form->count - 1;
	}
	return field;
}

void
field_help(struct field *field, const char *help)
{
	free(field->help);
	field->help = xstrdup(help);
}

void
field_add_choice(struct field *field, const char *word, const char *label)
{
	struct choice *choice;
	char *both;

	if (field->choice_count == field->choice_cap) {
		field->choice_cap = field->choice_cap == 0 ? 8 : field->choice_cap * 2;
		field->choices = xrealloc(field->choices,
			(size_t)field->choice_cap * sizeof(*field->choices));
	}
	choice = &field->choices[field->choice_count++];
	choice->word = xstrdup(word);
	choice->label = xstrdup(label);
	both = xasprintf("%s %s", word, label);
	choice->folded = fold_text(both);
	choice->also = NULL;
	choice->on = false;
	free(both);
}

void
field_choice_also(struct field *field, const char *names)
{
	struct choice *choice = &field->choices[field->choice_count - 1];
	char *all;

	if (names == NULL || names[0] == '\0') {
		return;
	}
	choice->also = xstrdup(names);
	free(choice->folded);
	all = xasprintf("%s %s; %s", choice->word, choice->label, names);
	choice->folded = fold_text(all);
	free(all);
}

void
field_clear_choices(struct field *field)
{
	for (int i = 0; i < field->choice_count; i++) {
		free(field->choices[i].word);
		free(field->choices[i].label);
		free(field->choices[i].also);
		free(field->choices[i].folded);
	}
	field->choice_count = 0;
	field->chosen = field->given = -1;
}

static int
choice_of_word(const struct field *field, const char *word)
{
	for (int i = 0; i < field->choice_count; i++) {
		if (strcmp(field->choices[i].word, word) == 0) {
			return i;
		}
	}
	return -1;
}

void
field_set(struct field *field, const char *value)
{
	field->guessed = false;
	switch (field->kind) {
	case FIELD_LINE:
	case FIELD_AREA:
	case FIELD_HIDDEN:
		lineedit_set(&field->edit, value);
		break;
	case FIELD_CHOICE:
	case FIELD_PICK:
		field->chosen = field->given = choice_of_word(field, value);
		/* The word is kept as it is until the choices have come. */
		lineedit_set(&field->edit, field->chosen >= 0
			? field->choices[field->chosen].label
			: field->choice_count == 0 ? value : "");
		break;
	case FIELD_CHECK:
		field->checked = strcmp(value, "yes") == 0;
		break;
	case FIELD_TICKS:
		ticks_set(field, value);
		break;
	case FIELD_LABEL:
		break;
	}
}

void
field_guess(struct field *field, const char *value)
{
	field_set(field, value);
	field->guessed = value[0] != '\0';
}

const char *
field_value(const struct field *field)
{
	switch (field->kind) {
	case FIELD_LINE:
	case FIELD_AREA:
	case FIELD_HIDDEN:
	case FIELD_TICKS:
		return lineedit_text(&field->edit);
	case FIELD_CHOICE:
	case FIELD_PICK:
		return field->chosen >= 0 ? field->choices[field->chosen].word
			: field->choice_count == 0 ? lineedit_text(&field->edit) : "";
	case FIELD_CHECK:
		return field->checked ? "yes" : "";
	case FIELD_LABEL:
		break;
	}
	return "";
}

struct field *
form_field(const struct form *form, const char *name)
{
	for (int i = 0; i < form->count; i++) {
		if (strcmp(form->fields[i].name, name) == 0) {
			return &form->fields[i];
		}
	}
	return NULL;
}

const char *
form_value(const struct form *form, const char *name)
{
	const struct field *field = form_field(form, name);

	return field == NULL ? "" : field_value(field);
}

struct field *
form_missing(const struct form *form)
{
	for (int i = 0; i < form->count; i++) {
		struct field *field = &form->fields[i];
		const char *value = field_value(field);

		if (field->required && value[strspn(value, " \n")] == '\0') {
			return field;
		}
	}
	return NULL;
}

void
form_focus(struct form *form, const char *name)
{
	for (int i = 0; i < form->count; i++) {
		if (strcmp(form->fields[i].name, name) == 0) {
			form->focus = i;
		}
	}
}

static bool
focus_step(struct form *form, int step, bool around)
{
	int at = form->focus;

	for (int i = 0; i < form->count; i++) {
		at += step;
		if (at < 0 || at >= form->count) {
			if (!around) {
				return false;
			}
			at = at < 0 ? form->count - 1 : 0;
		}
		if (!passive(form->fields[at].kind)) {
			form->focus = at;
			return true;
		}
	}
	return false;
}

static enum form_did
choose(struct field *field, int step)
{
	if (field->choice_count == 0) {
		return FORM_MOVED;
	}
	field->chosen = field->chosen < 0 ? (step > 0 ? 0 : field->choice_count - 1)
		: (field->chosen + step + field->choice_count) % field->choice_count;
	if (field->kind == FIELD_PICK) {
		lineedit_set(&field->edit, field->choices[field->chosen].label);
	}
	return FORM_CHANGED;
}

/* Options one under the other: Up and Down walk them, and leave at the ends. */
static enum form_did
walk_down(struct field *field, int step)
{
	int next = field->chosen + step;

	if (!field->down || next < 0 || next >= field->choice_count) {
		return FORM_IGNORED;
	}
	field->chosen = next;
	return FORM_CHANGED;
}

static enum form_did
choice_key(struct field *field, const struct key *key)
{
	switch (key->code) {
	case K_LEFT:
		return choose(field, -1);
	case K_RIGHT:
	case K_SPACE:
		return choose(field, 1);
	case K_UP:
	case K_DOWN:
		return walk_down(field, key->code == K_UP ? -1 : 1);
	default:
		break;
	}
	/* A digit or letter that begins one of the labels. */
	for (int i = 0; i < field->choice_count && key->text[0] != '\0'; i++) {
		char *typed = fold_text(key->text);
		int at = (field->chosen + 1 + i) % field->choice_count;
		char *label = fold_text(field->choices[at].label);
		bool begins = strncmp(label, typed, strlen(typed)) == 0
			|| strncmp(field->choices[at].word, key->text, strlen(key->text)) == 0;

		free(typed);
		free(label);
		if (begins) {
			field->chosen = at;
			return FORM_CHANGED;
		}
	}
	return FORM_IGNORED;
}

/* The first letter or paste takes the place of a guess; a blank, an arrow, an
 * editing key work on it. */
static void
type_over(struct field *field, const struct key *key)
{
	const struct key empty = { .code = K_CTRL('u') };
	bool letter = key->text[0] != '\0' && key->code != K_SPACE;

	if (field->guessed && (letter || key->code == K_PASTE)) {
		(void)lineedit_key(&field->edit, &empty);
	}
	field->guessed = false;
}

static enum form_did
edit_key(struct field *field, const struct key *key)
{
	if (key->code != K_UP && key->code != K_DOWN && key->code != K_ENTER) {
		type_over(field, key);
	}
	switch (lineedit_key(&field->edit, key)) {
	case EDIT_MOVED:
		return FORM_MOVED;
	case EDIT_CHANGED:
		if (field->kind == FIELD_PICK) {
			field->chosen = form_match(field);
		}
		return FORM_CHANGED;
	case EDIT_FULL:
		return FORM_FULL;
	case EDIT_IGNORED:
		break;
	}
	return FORM_IGNORED;
}

/* Leaving a pick field writes out what was meant. */
static void
settle(struct field *field)
{
	if (field->kind == FIELD_PICK && field->chosen >= 0) {
		lineedit_set(&field->edit, field->choices[field->chosen].label);
	}
}

/* What has no text is as it was at first: nothing ticked, a choice as it came. */
static enum form_did
empty_field(struct field *field)
{
	if (field->kind == FIELD_CHOICE) {
		field->chosen = field->given;
	} else {
		field_set(field, "");
	}
	return FORM_CHANGED;
}

static enum form_did
field_key(struct field *field, const struct key *key)
{
	switch (field->kind) {
	case FIELD_LINE:
	case FIELD_AREA:
	case FIELD_PICK:
		return edit_key(field, key);
	case FIELD_CHOICE:
		return choice_key(field, key);
	case FIELD_TICKS:
		return ticks_key(field, key);
	case FIELD_CHECK:
		if (key->code == K_SPACE || key->text[0] == 'x') {
			field->checked = !field->checked;
			return FORM_CHANGED;
		}
		return FORM_IGNORED;
	case FIELD_LABEL:
	case FIELD_HIDDEN:
		break;
	}
	return FORM_IGNORED;
}

enum form_did
form_key(struct form *form, const struct key *key)
{
	struct field *field;
	enum form_did did;

	if (form->count == 0) {
		return FORM_IGNORED;
	}
	field = &form->fields[form->focus];
	if (key->code == K_TAB || key->code == K_BACKTAB) {
		settle(field);
		focus_step(form, key->code == K_TAB ? 1 : -1, true);
		return FORM_MOVED;
	}
	did = field_key(field, key);
	if (did == FORM_IGNORED && lineedit_takes(key->code)) {
		did = key->code == K_CTRL('u') ? empty_field(field) : FORM_MOVED;
	}
	if (did != FORM_IGNORED) {
		return did;
	}
	switch (key->code) {
	case K_UP:
	case K_DOWN:
	case K_ENTER:
		settle(field);
		(void)focus_step(form, key->code == K_UP ? -1 : 1, false);
		return FORM_MOVED;
	default:
		return FORM_IGNORED;
	}
}

struct json *
form_to_json(const struct form *form)
{
	struct json *values = json_object();

	for (int i = 0; i < form->count; i++) {
		const struct field *field = &form->fields[i];

		if (field->kind != FIELD_LABEL) {
			json_set_text(values, field->name, field_value(field));
		}
	}
	return values;
}

void
form_from_json(struct form *form, const struct json *values)
{
	for (int i = 0; i < form->count; i++) {
		struct field *field = &form->fields[i];
		const char *value = json_get_text(values, field->name);
		int given = field->given;

		if (value != NULL) {
			field_set(field, value);
			field->given = given;
		}
	}
}

bool
form_empty(const struct form *form)
{
	for (int i = 0; i < form->count; i++) {
		const struct field *field = &form->fields[i];

		if ((field->kind == FIELD_LINE || field->kind == FIELD_AREA)
			&& field->edit.text.len > 0) {
			return false;
		}
		if (field->kind == FIELD_CHOICE && !field->compact
			&& field->chosen != field->given) {
			return false;
		}
	}
	return true;
}

static void
free_field(struct field *field)
{
	field_clear_choices(field);
	free(field->choices);
	free(field->label);
	free(field->help);
	lineedit_free(&field->edit);
}

void
form_drop(struct form *form, const char *prefix)
{
	int kept = 0;
	int focus = form->focus;

	for (int i = 0; i < form->count; i++) {
		if (strncmp(form->fields[i].name, prefix, strlen(prefix)) == 0) {
			free_field(&form->fields[i]);
			focus -= i < form->focus ? 1 : 0;
		} else {
			form->fields[kept++] = form->fields[i];
		}
	}
	form->count = kept;
	form->focus = focus < kept ? focus : kept - 1;
	form->focus = form->focus < 0 ? 0 : form->focus;
}

void
form_free(struct form *form)
{
	for (int i = 0; i < form->count; i++) {
		free_field(&form->fields[i]);
	}
	free(form->fields);
	*form = (struct form){ 0 };
}
