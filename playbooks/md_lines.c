/* md_lines.c cuts a text into lines: indent, mark, words; and keeps the faults. */
#include "playbooks/md_lines.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/mem.h"
#include "core/text.h"

#define MOST_LINES 50000
#define MOST_FAULTS 50
#define LINE_MOST 4000
#define TAB 4

static bool
is_told(const struct md_faults *faults, int line, const char *text)
{
	for (int i = 0; i < faults->count; i++) {
		if (faults->list[i].line == line && strcmp(faults->list[i].text, text) == 0) {
			return true;
		}
	}
	return false;
}

void
md_fault(struct md_faults *faults, int line, const char *fmt, ...)
{
	char text[600];
	va_list args;
	int at = faults->count;

	va_start(args, fmt);
	(void)vsnprintf(text, sizeof text, fmt, args);
	va_end(args);
	if (faults->count >= MOST_FAULTS || is_told(faults, line, text)) {
		return;
	}
	faults->list = xrealloc(faults->list,
		((size_t)faults->count + 1) * sizeof *faults->list);
	while (at > 0 && faults->list[at - 1].line > line) {
		faults->list[at] = faults->list[at - 1];
		at--;
	}
	faults->list[at] = (struct md_fault){
		.line = line, .text = text_printable(text, strlen(text)),
	};
	faults->count++;
}

void
md_faults_finish(struct md_faults *faults)
{
	for (int i = 0; i < faults->count; i++) {
		free(faults->list[i].text);
	}
	free(faults->list);
	*faults = (struct md_faults){ 0 };
}

/* "12. ", "3) ": bytes of the mark, or 0. */
static size_t
number_mark(const char *text)
{
	size_t digits = strspn(text, "0123456789");

	return digits > 0 && digits < 7 && (text[digits] == '.' || text[digits] == ')')
		&& (text[digits + 1] == ' ' || text[digits + 1] == '\t') ? digits + 2 : 0;
}

static size_t
find_mark(struct md_line *line, const char *text)
{
	size_t heading = strspn(text, "#");
	size_t number = number_mark(text);

	if (heading > 0 && heading < 7 && text[heading] == ' ') {
		line->mark = MD_HEADING;
		line->level = (int)heading;
		return heading;
	}
	if (number > 0) {
		line->mark = MD_NUMBERED;
		return number;
	}
	if (text[0] != '\0' && strchr("-*+", text[0]) != NULL && text[1] == ' ') {
		line->mark = MD_BULLET;
		return 2;
	}
	return 0;
}

/* Bold is taken off: it is how people mark words, and says nothing. */
static void
drop_bold(char *text)
{
	char *to = text;

	for (const char *p = text; *p != '\0';) {
		if (p[0] == '*' && p[1] == '*') {
			p += 2;
		} else {
			*to++ = *p++;
		}
	}
	*to = '\0';
}

static bool
says_nothing(const char *text)
{
	size_t rule = strspn(text, "-* ");

	return (strncmp(text, "<!--", 4) == 0 && strstr(text, "-->") != NULL)
		|| (text[rule] == '\0' && rule >= 3);
}

static void
add_line(struct md_reader *reader, struct md_line line, const char *text, size_t len)
{
	struct error err = ERROR_INIT;
	size_t mark;

	if (!text_accept(&line.text, text, len, TEXT_ONE_LINE, LINE_MOST, _("line"), &err)) {
		md_fault(reader->faults, line.number, "%s", err.message);
		return;
	}
	if (says_nothing(line.text)) {
		free(line.text);
		return;
	}
	if (strncmp(line.text, "```", 3) == 0) {
		md_fault(reader->faults, line.number,
			_("a block of code has no place in a plan: write lines to do"));
	}
	mark = find_mark(&line, line.text);
	memmove(line.text, line.text + mark, strlen(line.text + mark) + 1);
	memmove(line.text, line.text + strspn(line.text, " "),
		strlen(line.text + strspn(line.text, " ")) + 1);
	drop_bold(line.text);
	reader->lines = xrealloc(reader->lines,
		((size_t)reader->count + 1) * sizeof line);
	reader->lines[reader->count++] = line;
}

void
md_lines_read(struct md_reader *reader, const char *text, size_t len)
{
	const char *end = text + len;
	struct md_line line = { 0 };

	if (len >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0) {
		text += 3; /* some editors begin with it */
	}
	while (text < end && reader->count < MOST_LINES) {
		const char *stop = memchr(text, '\n', (size_t)(end - text));
		const char *after = stop == NULL ? end : stop + 1;

		stop = stop == NULL ? end : stop;
		line.number++;
		for (line.indent = 0; text < stop && (*text == ' ' || *text == '\t'); text++) {
			line.indent = *text == ' ' ? line.indent + 1
				: (line.indent / TAB + 1) * TAB;
		}
		while (stop > text && isspace((unsigned char)stop[-1])) {
			stop--;
		}
		if (stop > text) {
			add_line(reader, line, text, (size_t)(stop - text));
		}
		line.gap = stop <= text;
		text = after;
	}
	if (text < end) {
		md_fault(reader->faults, line.number, _("the plan has more than %d lines"),
			MOST_LINES);
	}
}

void
md_lines_finish(struct md_reader *reader)
{
	for (int i = 0; i < reader->count; i++) {
		free(reader->lines[i].text);
	}
	free(reader->lines);
	free(reader->phase);
}

const struct md_line *
md_next(const struct md_reader *reader)
{
	return reader->at < reader->count ? &reader->lines[reader->at] : NULL;
}
