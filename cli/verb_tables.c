/* verb_tables.c: config, keys: the tables of the program itself. */
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/verbs_of.h"
#include "core/i18n.h"
#include "core/text.h"
#include "tui/command.h"
#include "tui/tui.h"

static struct json *
config_row_json(const struct cli *cli, enum config_key key)
{
	const struct config_row *row = &config_rows[key];
	struct json *o = json_object();
	const char *origin = config_origin(cli->config, key);

	json_set_text(o, "section", row->section);
	json_set_text(o, "key", row->name);
	json_set_text(o, "value", config_get(cli->config, key));
	json_set_text(o, "origin", origin[0] == '\0' ? NULL : origin);
	json_set_text(o, "default", row->fallback);
	json_set_text(o, "part", row->part);
	json_set_text(o, "help", _(row->help));
	return o;
}

bool
verb_config(struct cli *cli, struct error *err)
{
	struct json *list = json_array();
	const char *section = "";

	(void)err;
	for (int key = 0; key < CONFIG_KEY_COUNT; key++) {
		const struct config_row *row = &config_rows[key];
		const char *origin = config_origin(cli->config, (enum config_key)key);

		json_push(list, config_row_json(cli, (enum config_key)key));
		if (cli->json || cli->csv) {
			continue;
		}
		if (strcmp(section, row->section) != 0) {
			section = row->section;
			cli_say(cli, "[%s]", section);
		}
		cli_say(cli, "%s = %s", row->name, config_get(cli->config, (enum config_key)key));
		cli_say(cli, "    %s (%s, %s: %s)", _(row->help), row->part,
			origin[0] == '\0' ? _("default") : origin,
			row->fallback[0] == '\0' ? "-" : row->fallback);
	}
	cli_list(cli, list);
	return true;
}

bool
verb_keys(struct cli *cli, struct error *err)
{
	struct json *list = json_array();
	int group = -1;

	(void)err;
	for (int i = CMD_NONE + 1; i < CMD_COUNT; i++) {
		const struct command_row *row = &command_rows[i];
		struct json *o;
		char keys[64];
		char *left;

		if (!tui_has_command((enum command)i)) {
			continue;
		}
		o = json_object();
		command_keys((enum command)i, keys);
		json_set_text(o, "command", row->word);
		json_set_text(o, "group", command_group_title(row->group));
		json_set_text(o, "keys", keys);
		json_set_text(o, "help", command_help((enum command)i));
		json_push(list, o);
		if (cli->json || cli->csv || keys[0] == '\0') {
			continue;
		}
		if (group != (int)row->group) {
			group = (int)row->group;
			cli_say(cli, "%s", command_group_title(row->group));
		}
		left = text_column(keys, 14, true, false);
		cli_say(cli, "  %s  %s", left, command_help((enum command)i));
		free(left);
	}
	cli_list(cli, list);
	return true;
}
