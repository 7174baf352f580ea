/* step_commands.c owns the reading of a step's commands: one at a time, so that the
 * copy key takes that one and nothing else.  None is ever run. */
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/mem.h"
#include "tui/ask.h"
#include "tui/case_screen.h"

static void
read_one(struct app *app, const struct json *command)
{
	const char *target = json_get_text(command, "target");
	const char *text = json_text_of(command, "text");
	char *title = xasprintf("%s%s%s", json_text_of(command, "type"),
		target != NULL ? ": " : "", target != NULL ? target : "");

	ask_read(app, title, text[0] != '\0' ? text : _("nothing to run in it"));
	free(title);
}

static void
free_list(void *arg)
{
	json_free(arg);
}

static bool
chosen(struct app *app, void *arg, const char *word)
{
	const struct json *command = json_at(arg, (int)strtol(word, NULL, 10));

	if (command != NULL) {
		read_one(app, command);
	}
	return true;
}

void
case_step_commands(struct case_screen *s)
{
	const struct plan_line *line = case_plan_here(s);
	const struct json *list = line == NULL ? NULL : line->commands;
	struct view *pick;
	int n = 0;

	if (json_count(list) == 0) {
		app_info(s->app, "%s", _("this step has no command for a machine"));
		return;
	}
	if (json_count(list) == 1) {
		read_one(s->app, json_first(list));
		return;
	}
	pick = ask_pick(s->app, &(struct pick){ .title = _("commands"), .done = chosen,
		.arg = json_copy(list), .free_arg = free_list });
	for (const struct json *row = json_first(list); row != NULL; row = json_next(row)) {
		const char *text = json_text_of(row, "text");
		char *label = xasprintf("%s  %.*s", json_text_of(row, "type"),
			(int)strcspn(text, "\n"), text);
		char *word = xasprintf("%d", n++);

		pick_add(pick, word, label, json_get_text(row, "target"), NULL);
		free(word);
		free(label);
	}
}
