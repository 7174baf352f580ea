/* print_keys.c prints the table of commands for `suco keys` and the manual. */
#include <string.h>

#include "core/json.h"
#include "core/text.h"
#include "tui/command.h"
#include "tui/places.h"
#include "tui/tui.h"

#include <stdlib.h>

/* A command of a screen that is not built is in no list. */
static bool
there(enum command command)
{
	enum command_group group = command_rows[command].group;

	return (group != GROUP_GO && !command_of_place(command)) || place_built(command);
}

static void
print_json(struct buf *out)
{
	struct json *list = json_array();
	char *text;

	for (int i = 1; i < CMD_COUNT; i++) {
		struct json *row;
		char keys[64];

		if (!there((enum command)i)) {
			continue;
		}
		row = json_object();
		command_keys((enum command)i, keys);
		json_set_text(row, "command", command_rows[i].word);
		json_set_text(row, "keys", keys);
		json_set_text(row, "help", command_help((enum command)i));
		json_push(list, row);
	}
	text = json_line(list);
	buf_addf(out, "%s\n", text);
	free(text);
	json_free(list);
}

void
tui_print_keys(struct buf *out, bool json)
{
	if (json) {
		print_json(out);
		return;
	}
	for (int group = 0; group < GROUP_COUNT; group++) {
		buf_addf(out, "%s%s\n", group > 0 ? "\n" : "",
			command_group_title((enum command_group)group));
		for (int i = 1; i < CMD_COUNT; i++) {
			char keys[64];

			if ((int)command_rows[i].group != group || !there((enum command)i)) {
				continue;
			}
			command_keys((enum command)i, keys);
			buf_addf(out, "  %-20s %-16s %s\n", command_rows[i].word, keys,
				command_help((enum command)i));
		}
	}
}
