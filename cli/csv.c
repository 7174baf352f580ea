/* csv.c prints JSON objects as CSV rows. */
#include "cli/csv.h"

#include <stdlib.h>
#include <string.h>

#include "cli/clean.h"

/* A cell that a spreadsheet would run as a formula gets a quote before it. */
static void
put_clean_cell(struct buf *out, const char *text)
{
	bool formula = text[0] != '\0' && strchr("=+-@\t\r", text[0]) != NULL;
	bool quote = formula || strpbrk(text, ",\"\r\n") != NULL;

	if (!quote) {
		buf_adds(out, text);
		return;
	}
	buf_addc(out, '"');
	if (formula) {
		buf_addc(out, '\'');
	}
	for (; *text != '\0'; text++) {
		if (*text == '"') {
			buf_addc(out, '"');
		}
		buf_addc(out, *text);
	}
	buf_addc(out, '"');
}

static void
put_cell(struct buf *out, const char *text)
{
	struct buf shown = { 0 };

	clean_text(&shown, text);
	put_clean_cell(out, buf_text(&shown));
	buf_free(&shown);
}

static void
put_value(struct buf *out, const struct json *value)
{
	char *line;

	if (json_is(value, JSON_NULL)) {
		return;
	}
	if (json_is(value, JSON_STRING)) {
		put_cell(out, json_text(value, ""));
		return;
	}
	line = json_line(value);
	if (json_is(value, JSON_NUMBER)) {
		buf_adds(out, line);
	} else {
		put_cell(out, line);
	}
	free(line);
}

void
csv_row(struct cli *cli, const struct json *object, bool with_header)
{
	bool first = true;

	if (with_header) {
		for (const struct json *m = json_first(object); m != NULL; m = json_next(m)) {
			buf_adds(&cli->out, first ? "" : ",");
			put_cell(&cli->out, json_key(m));
			first = false;
		}
		buf_adds(&cli->out, "\r\n");
	}
	first = true;
	for (const struct json *m = json_first(object); m != NULL; m = json_next(m)) {
		buf_adds(&cli->out, first ? "" : ",");
		put_value(&cli->out, m);
		first = false;
	}
	buf_adds(&cli->out, "\r\n");
}
