/* new_fields.c owns the fields of the new-case screen. */
#include "tui/new_fields.h"

#include <stdio.h>
#include <string.h>

#include "core/i18n.h"
#include "core/limits.h"
#include "core/words.h"

static void
add_kinds(struct form *form)
{
	struct field *field = form_add(form, FIELD_CHOICE, "kind", _("Kind"));

	for (const struct word *w = words_of(WORDS_KIND); w->word != NULL; w++) {
		field_add_choice(field, w->word, _(w->label));
	}
	field->compact = true;
	field_set(field, "other");
}

static void
add_severity(struct form *form)
{
	const char *letter = strcmp(i18n_language(), "vi") == 0 ? "M" : "S";
	struct field *field = form_add(form, FIELD_CHOICE, "severity", _("Severity"));

	field_add_choice(field, "", _("later"));
	for (int i = 4; i >= 1; i--) {
		char word[8], label[8];

		snprintf(word, sizeof(word), "%d", i);
		snprintf(label, sizeof(label), "%s%d", letter, i);
		field_add_choice(field, word, label);
	}
	field_set(field, "");
	form_add(form, FIELD_LINE, "reason", _("Reason"))->edit.max = limit(LIMIT_NOTE);
	field_help(form_field(form, "reason"), _("of the severity"));
}

void
new_fields(struct form *form, const char *login, const char *name)
{
	struct field *field = form_add(form, FIELD_LINE, "title", _("What"));

	field->required = true;
	field->edit.max = limit(LIMIT_TITLE);
	form_add(form, FIELD_LINE, "reporter", _("From"))->edit.max = limit(LIMIT_NAME);
	field_help(form_field(form, "reporter"), _("who, which office, call back"));
	field = form_add(form, FIELD_LINE, "detected", _("Detected"));
	field_help(field, _("now, -15m, 14:05; empty: now"));
	add_kinds(form);
	add_severity(form);
	field_help(form_add(form, FIELD_PICK, "asset", _("Asset")),
		_("type a part of the name"));
	field_help(form_add(form, FIELD_PICK, "plan", _("Plan")),
		_("empty: begin none yet"));
	field = form_add(form, FIELD_PICK, "owner", _("Owner"));
	field_add_choice(field, login, name);
	field_set(field, login);
	field = form_add(form, FIELD_AREA, "note", _("Note"));
	field->rows = 2;
	field->edit.max = limit(LIMIT_NOTE);
}
