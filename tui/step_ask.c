/* step_ask.c owns what is said about a line of the case's plan side that somebody
 * else holds up: a step that is decided elsewhere, a promise, an order. */
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/mem.h"
#include "tui/ask.h"
#include "tui/case_screen.h"
#include "tui/wait_forms.h"

/* The forms about promises and orders take a row: this line as one. */
static void
line_row(struct table_row *row, const struct case_screen *s, const struct plan_line *line)
{
	*row = (struct table_row){ .about = line->about };
	memcpy(row->id, line->id, sizeof(row->id));
	memcpy(row->case_id, s->model.c.id, sizeof(row->case_id));
	row->state = (char *)(uintptr_t)line->todo;
	row->key = (char *)(uintptr_t)(line->order_key[0] != '\0' ? line->order_key
		: line->spec);
	row->cells[0] = line->name;
}

void
case_line_speak(struct case_screen *s, const struct plan_line *line)
{
	struct table_row row;

	line_row(&row, s, line);
	if (line->kind == PLAN_WAIT) {
		waiting_speak(s->app, &row);
	} else {
		decision_speak(s->app, &row);
	}
}

/* x on a promise or an order, as on the screens that list them; false: neither, or
 * it has ended. */
bool
case_line_end(struct case_screen *s, const struct plan_line *line)
{
	struct table_row row;

	if (line == NULL || line->ended_at != 0
		|| (line->kind != PLAN_WAIT && line->kind != PLAN_ORDER)) {
		return false;
	}
	line_row(&row, s, line);
	sheet_form(s->app, line->kind == PLAN_WAIT ? &waiting_done_form
		: &decision_withdraw_form, &(const struct table_row *){ &row }, 1);
	return true;
}

/* Somebody else decides this step, and it can be worked. */
bool
case_line_asks(const struct plan_line *line)
{
	return line != NULL && line->kind == PLAN_STEP && line->todo[0] != '\0'
		&& line->id[0] != '\0' && (line->ended_at == 0 || line->order_key[0] != '\0');
}

/* Enter on a promise or an order: the form that is due; what has ended is read. */
unsigned
case_line_talk(struct case_screen *s, const struct plan_line *line)
{
	bool papers = line->kind == PLAN_ORDER && strcmp(line->state, "dropped") != 0;

	if (line->ended_at == 0 || papers) {
		case_line_speak(s, line);
	} else {
		case_step_how(s);
	}
	return VIEW_HANDLED | VIEW_DIRTY;
}

/* First in the menu: whom to ask, or that the answer is to be recorded. */
void
case_line_offer(struct view *pick, const struct plan_line *line)
{
	bool asked = line->order_key[0] != '\0';
	struct json *about = NULL;
	struct error ignored;
	const char *name;
	bool mine;
	char *label;

	if (!case_line_asks(line) || !json_parse(&about, line->about, strlen(line->about),
			NULL, &ignored)) {
		return;
	}
	mine = json_get_bool(about, "mine");
	/* Nobody asks himself. */
	if (mine && !asked) {
		json_free(about);
		return;
	}
	name = json_get_text(about, "by_name");
	label = xasprintf(strcmp(line->todo, "open") == 0
		? (mine ? _("answer: the order of %s") : _("record the answer of %s"))
		: asked ? _("document of the decision of %s") :
		_("ask %s for a decision"), name != NULL ? name : "");
	pick_add(pick, command_rows[CMD_ASK].word, label, NULL, NULL);
	free(label);
	json_free(about);
}
