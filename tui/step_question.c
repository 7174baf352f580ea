/* step_question.c owns the fields of a step's form that ask what the plan asks. */
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/limits.h"
#include "core/mem.h"
#include "playbooks/answer.h"
#include "playbooks/value.h"
#include "tui/case_rows.h"
#include "tui/case_screen.h"

static void
add_choices(struct field *field, const struct question *question)
{
	bool unknown = false;

	for (const struct json *row = json_first(question->choices); row != NULL;
		row = json_next(row)) {
		const char *word = json_get_text(row, "value");
		const char *label = json_get_text(row, "label");

		field_add_choice(field, word, label != NULL ? label : word);
		unknown = unknown || strcmp(word, "chua_ro") == 0;
	}
	if (!unknown) {
		field_add_choice(field, ANSWER_UNKNOWN, _("not known"));
	}
}

/* What the desk knows of it stands above the question: a line each. */
static void
add_known(struct form *form, const char *known)
{
	while (known != NULL && known[0] != '\0') {
		int len = (int)strcspn(known, "\n");
		char *text = xasprintf(_("known here: %.*s"), len, known);

		(void)form_add(form, FIELD_LABEL, "", text);
		free(text);
		known += len + (known[len] != '\0' ? 1 : 0);
	}
}

/* Its question says enough. */
static bool
is_plain(const char *type)
{
	return strcmp(type, "string") == 0 || strcmp(type, "integer") == 0
		|| strcmp(type, "long") == 0 || strcmp(type, "float") == 0;
}

/* The question stands above its field: it is a sentence. */
void
step_add_question(struct form *form, const struct question *question)
{
	struct field *field;
	char number[24];
	const char *unit;
	char *help;

	add_known(form, question->known);
	if (question->told != NULL) {
		case_short_number(number, question->told_by);
		help = xasprintf(_("%s  (by %s)"), question->text, number);
		(void)form_add(form, FIELD_LABEL, "", help);
		free(help);
	} else {
		(void)form_add(form, FIELD_LABEL, "", question->text);
	}
	if (question->choices != NULL) {
		add_choices(form_add(form, FIELD_CHOICE, question->name, ""), question);
		return;
	}
	if (strcmp(question->type, "bool") == 0) {
		field = form_add(form, FIELD_CHOICE, question->name, "");
		field_add_choice(field, "true", _("yes"));
		field_add_choice(field, "false", _("no"));
		field_add_choice(field, ANSWER_UNKNOWN, _("not known"));
		return;
	}
	if (question->output) {
		field = form_add(form, FIELD_AREA, question->name, "");
		field->rows = 3;
		field->edit.max = limit(LIMIT_NOTE);
		field_help(field, _("paste what it said; ? not known"));
		return;
	}
	field = form_add(form, FIELD_LINE, question->name, "");
	unit = question->unit[0] != '\0' || is_plain(question->type) ? question->unit
		: value_wanted(question->type);
	help = xasprintf("%s%s%s", unit, unit[0] != '\0' ? "; " : "", _("? not known"));
	field_help(field, help);
	free(help);
}
