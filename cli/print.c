/* print.c owns what verbs say: lines for people or one JSON value, gathered and
 * written after the commit. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "cli/case_json.h"
#include "cli/clean.h"
#include "cli/cli.h"
#include "cli/csv.h"
#include "core/case.h"
#include "core/change.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/words.h"

void
cli_json(struct cli *cli, struct json *value)
{
	char *line = json_line(value);

	clean_json(&cli->out, line);
	buf_addc(&cli->out, '\n');
	free(line);
	json_free(value);
}

__attribute__((format(printf, 3, 0)))
static void
put_line(struct buf *out, const char *before, const char *fmt, va_list args)
{
	char *line = NULL;

	if (vasprintf(&line, fmt, args) >= 0) {
		buf_adds(out, before);
		clean_text(out, line);
		buf_addc(out, '\n');
		free(line);
	}
}

void
cli_say(struct cli *cli, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	put_line(&cli->out, "", fmt, args);
	va_end(args);
}

void
cli_note(struct cli *cli, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	if (!cli->json && !cli->csv) {
		put_line(&cli->out, "", fmt, args);
	}
	va_end(args);
}

void
cli_warn(struct cli *cli, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	put_line(&cli->warnings, "suco: ", fmt, args);
	va_end(args);
}

void
cli_add_appended(struct cli *cli, struct json *object)
{
	struct json *list = json_array();
	const struct appended *rows;
	int count;

	rows = change_appended(cli->desk, &count);
	for (int i = 0; i < count; i++) {
		struct json *row = json_object();

		json_set_int(row, "seq", rows[i].seq);
		json_set_text(row, "id", rows[i].id);
		json_set_text(row, "kind", rows[i].kind);
		json_push(list, row);
	}
	json_set(object, "appended", list);
}

void
cli_list(struct cli *cli, struct json *list)
{
	if (cli->json) {
		cli_json(cli, list);
		return;
	}
	for (const struct json *row = cli->csv ? json_first(list) : NULL; row != NULL;
	     row = json_next(row)) {
		csv_row(cli, row, row == json_first(list));
	}
	json_free(list);
}

bool
cli_listed(struct cli *cli, struct json *list, bool ok, const char *nothing)
{
	if (!ok) {
		json_free(list);
		return false;
	}
	if (nothing != NULL && cli->out.len == 0) {
		cli_note(cli, "%s", nothing);
	}
	if (list != NULL) {
		cli_list(cli, list);
	}
	return true;
}

void
cli_result(struct cli *cli, struct json *object)
{
	if (cli->json) {
		cli_add_appended(cli, object);
		cli_json(cli, object);
		return;
	}
	json_free(object);
}

bool
cli_case_result(struct cli *cli, const char *case_id, struct error *err)
{
	struct json *object;
	struct ir_case c = { 0 };
	int count;

	(void)change_appended(cli->desk, &count);
	if (cli->json) {
		/* Before the reads: they may not change what was appended, but the
		 * list belongs to the change that just ended. */
		if (!case_json(cli, case_id, &object, err)) {
			return false;
		}
		cli_add_appended(cli, object);
		if (cli->warned != NULL) {
			struct json *words = json_array();

			json_push(words, json_string(cli->warned));
			json_set(object, "warnings", words);
		}
		cli_json(cli, object);
		return true;
	}
	if (!case_load(&c, cli->desk, case_id, err)) {
		case_clear(&c);
		return false;
	}
	if (count == 0) {
		cli_say(cli, _("%s: nothing to change, it is so already"), c.number);
	} else {
		char level[32] = "";

		if (c.severity != 0) {
			(void)snprintf(level, sizeof level, "  %s%d", _("S"), c.severity);
		}
		cli_say(cli, "%s%s  %s  %s", c.number, level,
			word_label(WORDS_STATUS, c.status), c.title);
	}
	case_clear(&c);
	return true;
}
