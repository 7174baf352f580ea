/* md_read_fields.c owns "Key: value" under a step and above the steps. */
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "playbooks/md_lines.h"
#include "playbooks/value.h"

/* At most so much in one field: the limit of a note would be the next. */
#define FIELD_MOST 16000

void
md_count_language(struct md_reader *reader, const struct md_word *row, const char *text)
{
	int is = md_language_of(row, text);

	reader->vietnamese += is > 0;
	reader->english += is < 0;
}

/* The lines behind that are deeper and have no mark: the same text going on. */
static char *
take_text(struct md_reader *reader, const char *first, int indent)
{
	struct buf out = { 0 };

	buf_adds(&out, first);
	for (const struct md_line *line = md_next(reader); line != NULL
			&& line->mark == MD_PLAIN && line->indent > indent && out.len < FIELD_MOST;
			line = md_next(reader)) {
		buf_addf(&out, "%s%s", out.len > 0 ? " " : "", line->text);
		reader->at++;
	}
	return buf_take(&out);
}

/* "a, b" or "a; b; c, d" -> a list without what is empty. */
static struct json *
split_names(const char *text)
{
	const char *by = strchr(text, ';') != NULL ? ";" : ",";
	struct json *list = json_array();

	for (const char *p = text; *p != '\0';) {
		size_t len = strcspn(p, by);
		size_t start = strspn(p, " ");
		size_t end = len;

		while (end > start && p[end - 1] == ' ') {
			end--;
		}
		if (end > start) {
			char *name = xstrndup(p + start, end - start);

			json_push(list, json_string(name));
			free(name);
		}
		p += len + (p[len] != '\0');
	}
	return list;
}

/* Is the line an own field, an Else, or of a step before: then it ends the list. */
static bool
ends_lines(const struct md_line *line, const struct md_line *field, int indent)
{
	const char *rest;
	const struct md_word *row;

	if (line == NULL || line->mark == MD_HEADING || line->indent <= indent
			|| line->indent < field->indent
			|| (field->mark == MD_BULLET && line->indent <= field->indent)) {
		return true;
	}
	row = line->indent > field->indent ? NULL : md_field(line->text, MD_STEP, &rest);
	if (row != NULL || line->mark == MD_PLAIN) {
		return true;
	}
	row = md_opener(line->text, &rest);
	return row != NULL && row->key == MD_ELSE;
}

/* numbers: gets the line of each. */
static struct json *
take_lines(struct md_reader *reader, const struct md_line *field, const char *value,
	int indent, struct json *numbers)
{
	struct json *list = json_array();
	const struct md_line *line;

	if (value[0] != '\0') {
		char *text = take_text(reader, value, field->indent);

		json_push(list, json_string(text));
		json_push(numbers, json_int(field->number));
		free(text);
	}
	for (line = md_next(reader); !ends_lines(line, field, indent);
			line = md_next(reader)) {
		char *text;

		reader->at++;
		json_push(numbers, json_int(line->number));
		text = take_text(reader, line->text, line->indent);
		json_push(list, json_string(text));
		free(text);
	}
	return list;
}

static void
put_span(struct md_reader *reader, struct json *into, const struct md_word *row, int line,
	const char *value)
{
	int64_t ms;

	if (md_parse_span(&ms, value) && ms > 0) {
		json_set_int(into, row->json, ms);
	} else {
		md_fault(reader->faults, line,
			_("'%s' is no length of time: write 15 minutes, 2 hours, 1 day"), value);
	}
}

static void
put_word(struct md_reader *reader, struct json *into, const struct md_word *row, int line,
	const char *value)
{
	const char *of = row->form == MD_FLAG ? "flag" : row->json;
	const char *word = md_enum_word(of, value);

	if (word == NULL) {
		char *all = md_enum_all(of, i18n_language());

		md_fault(reader->faults, line, _("'%s' is none of: %s"), value, all);
		free(all);
	} else if (row->form == MD_FLAG) {
		json_set_bool(into, row->json, strcmp(word, "yes") == 0);
	} else {
		json_set_text(into, row->json, word);
	}
}

static void
put_ask(struct md_reader *reader, struct json *into, int line, const char *value)
{
	struct json *ask = md_ask_read(reader->faults, line, value);
	struct json *list = json_detach(into, "asks");

	list = list != NULL ? list : json_array();
	if (ask != NULL) {
		json_push(list, ask);
	}
	json_set(into, "asks", list);
}

static void
put_number(struct md_reader *reader, struct json *into, const struct md_word *row, int line,
	const char *value)
{
	int64_t number;

	if (value_integer(&number, value) && number > 0 && number <= MAX_ROUNDS) {
		json_set_int(into, row->json, number);
	} else {
		md_fault(reader->faults, line, _("a whole number from 1 to %d, not '%s'"),
			MAX_ROUNDS, value);
	}
}

static void
put_field(struct md_reader *reader, struct json *into, const struct md_word *row, int line,
	const char *value)
{
	switch (row->form) {
	case MD_SPAN:
		put_span(reader, into, row, line, value);
		break;
	case MD_FLAG: case MD_ENUM:
		put_word(reader, into, row, line, value);
		break;
	case MD_NAMES:
		json_set(into, row->json, split_names(value));
		break;
	case MD_ASK:
		put_ask(reader, into, line, value);
		break;
	case MD_NUMBER:
		put_number(reader, into, row, line, value);
		break;
	case MD_TEXT: case MD_LINES:
		json_set_text(into, row->json, value);
		break;
	}
}

/* Where the field stands: the check of what is built names its place. */
static void
put_line(struct json *into, const struct md_word *row, struct json *line)
{
	struct json *lines = json_detach(into, "lines");

	lines = lines != NULL ? lines : json_object();
	json_set(lines, row->json, line);
	json_set(into, "lines", lines);
}

bool
md_take_field(struct md_reader *reader, struct json *into, unsigned groups)
{
	const struct md_line *line = md_next(reader);
	const char *value = NULL;
	const struct md_word *row = line == NULL || line->mark == MD_NUMBERED
		|| line->mark == MD_HEADING ? NULL : md_field(line->text, groups, &value);

	if (row == NULL) {
		return false;
	}
	md_count_language(reader, row, line->text);
	reader->at++;
	if (json_get(into, row->json) != NULL && row->form != MD_ASK) {
		md_fault(reader->faults, line->number, _("'%s:' is there twice"),
			md_say(row, i18n_language()));
	}
	if (row->form == MD_LINES) {
		struct json *numbers = json_array();
		struct json *lines = take_lines(reader, line, value,
			(int)json_get_int(into, "indent", -1), numbers);

		json_set(into, row->json, lines);
		put_line(into, row, numbers);
		if (json_count(lines) == 0) {
			md_fault(reader->faults, line->number, _("there is nothing behind '%s:'"),
				md_say(row, i18n_language()));
		}
		return true;
	}
	char *text = take_text(reader, value, line->indent);
	if (text[0] == '\0') {
		md_fault(reader->faults, line->number, _("there is nothing behind '%s:'"),
			md_say(row, i18n_language()));
	} else {
		put_field(reader, into, row, line->number, text);
		put_line(into, row, json_int(line->number));
	}
	free(text);
	return true;
}

/* All that may stand here, "Chủ trì, Hạn". */
static char *
all_keys(unsigned groups)
{
	struct buf out = { 0 };

	for (const struct md_word *row = md_words; row->json != NULL; row++) {
		if ((row->groups & groups) != 0) {
			buf_addf(&out, "%s%s:", out.len > 0 ? ", " : "",
				md_say(row, i18n_language()));
		}
	}
	return buf_take(&out);
}

void
md_no_field(struct md_reader *reader, const struct md_line *line, unsigned groups)
{
	const struct md_word *near = md_near(line->text, groups);
	char *keys = all_keys(groups);

	if (near != NULL) {
		md_fault(reader->faults, line->number, _("this was perhaps meant: %s:"),
			md_say(near, i18n_language()));
	} else if (line->mark == MD_NUMBERED) {
		md_fault(reader->faults, line->number,
			_("a step inside of a step: only under If, Else, While, In parallel"));
	} else {
		md_fault(reader->faults, line->number,
			_("'%.60s' belongs to nothing: begin the line with one of %s"), line->text,
			keys);
	}
	free(keys);
}

void
md_take_fields(struct md_reader *reader, struct json *step, int indent)
{
	json_set_int(step, "indent", indent);
	for (const struct md_line *line = md_next(reader); line != NULL
			&& line->mark != MD_HEADING && line->indent > indent;
			line = md_next(reader)) {
		const char *rest;
		const struct md_word *row = md_opener(line->text, &rest);

		if (line->mark != MD_NUMBERED && row != NULL && row->key == MD_ELSE) {
			break;
		}
		if (!md_take_field(reader, step, MD_STEP)) {
			if (line->mark == MD_NUMBERED && json_get(step, "inline") != NULL) {
				break;
			}
			md_no_field(reader, line, MD_STEP);
			reader->at++;
		}
	}
	json_remove(step, "indent");
	json_remove(step, "inline");
}
