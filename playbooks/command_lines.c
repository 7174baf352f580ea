/* command_lines.c owns the list of a step's commands. */
#include "playbooks/command_lines.h"

#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/mem.h"
#include "core/secret.h"

#define MOST_BYTES 160 /* of a line: the whole text stands in the step's how */

/* How much of the first line is shown: no character is cut in two. */
static int
room(const char *text)
{
	size_t len = strcspn(text, "\r\n");

	if (len > MOST_BYTES) {
		for (len = MOST_BYTES; len > 0 && ((unsigned char)text[len] & 0xc0) == 0x80;) {
			len--;
		}
	}
	return (int)len;
}

/* Without its secrets; the caller frees. */
static char *
words_of(const struct json *command)
{
	const char *text = json_get_text(command, "command");
	bool manual = strcmp(json_text_of(command, "type"), "manual") == 0;

	if (text == NULL || text[0] == '\0') {
		text = json_get_text(command, "description");
	}
	return secret_mask(text != NULL ? text : "", manual ? SECRET_PROSE
		: SECRET_COMMAND);
}

/* "2. bash: systemctl stop x"; a manual one is its words. */
static char *
line_of(const struct json *command, int n)
{
	const char *type = json_text_of(command, "type");
	char *words = words_of(command);
	char *line = strcmp(type, "manual") == 0 && words[0] != '\0'
		? xasprintf("%d. %.*s", n, room(words), words)
		: words[0] != '\0' ? xasprintf("%d. %s: %.*s", n, type, room(words), words)
		: xasprintf("%d. %s", n, type);

	free(words);
	return line;
}

struct json *
command_lines(const struct json *commands)
{
	struct json *spec;
	struct json *of;
	int n = 0;

	if (json_count(commands) < 2) {
		return NULL;
	}
	spec = json_object();
	of = json_array();
	for (const struct json *row = json_first(commands); row != NULL;
			row = json_next(row)) {
		char *line = line_of(row, ++n);

		json_push(of, json_string(line));
		free(line);
	}
	json_set_text(spec, "source", "commands");
	json_set(spec, "of", of);
	return spec;
}
