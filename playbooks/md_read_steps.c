/* md_read_steps.c owns the numbered steps and what opens branches: If, Else, While,
 * In parallel, Depending on, Call plan. */
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/mem.h"
#include "core/fold.h"
#include "playbooks/md_lines.h"

#define MOST_DEPTH 30

/* Without the blanks and the colon at the end; the caller's. */
static char *
bare(const char *text)
{
	size_t len = strlen(text);

	while (len > 0 && (text[len - 1] == ' ' || text[len - 1] == ':')) {
		len--;
	}
	return xstrndup(text, len);
}

static struct json *
new_step(const char *kind, int line, const char *title)
{
	struct json *step = json_object();
	char *text = bare(title);

	json_set_text(step, "kind", kind);
	json_set_int(step, "line", line);
	json_set_text(step, "title", text);
	free(text);
	return step;
}

static struct json *
new_branch(int line, const char *name)
{
	struct json *branch = json_object();
	char *text = bare(name);

	json_set_int(branch, "line", line);
	if (text[0] != '\0') {
		json_set_text(branch, "name", text);
	}
	free(text);
	return branch;
}

/* An action that stands behind "then" or "Else" on the same line. */
static void
take_inline(struct md_reader *reader, struct json *steps, int line, const char *title,
	int indent)
{
	char *text = bare(title);

	if (text[0] != '\0') {
		struct json *step = new_step("action", line, text);

		json_set_bool(step, "inline", true);
		md_take_fields(reader, step, indent);
		json_push(steps, step);
	}
	free(text);
}

static void
close_branch(struct md_reader *reader, struct json *branches, struct json *branch,
	struct json *steps, int line)
{
	if (json_count(steps) == 0) {
		md_fault(reader->faults, line,
			_("there is no step under it: write them below, further in: 1. ..."));
	}
	json_set(branch, "steps", steps);
	json_push(branches, branch);
}

/* Fields of a step that is no action: its name, how many rounds. */
static void
take_control_fields(struct md_reader *reader, struct json *step, int indent)
{
	const struct md_line *line = md_next(reader);

	while (line != NULL && line->indent > indent
			&& md_take_field(reader, step, MD_CONTROL)) {
		line = md_next(reader);
	}
}

/* What is left further in and no step could take. */
static void
refuse_rest(struct md_reader *reader, int indent, unsigned groups)
{
	for (const struct md_line *line = md_next(reader); line != NULL
			&& line->mark != MD_HEADING && line->indent > indent;
			line = md_next(reader)) {
		const char *rest;
		const struct md_word *row = md_opener(line->text, &rest);

		if (row != NULL && row->key == MD_ELSE && reader->open_ifs > 0) {
			return;
		}
		if (row != NULL && row->key == MD_ELSE) {
			md_fault(reader->faults, line->number,
				_("'%s' without an If before it"), md_say(row, i18n_language()));
		} else {
			md_no_field(reader, line, groups);
		}
		reader->at++;
	}
}

/* Where "then" stands, a whole word; *rest is what is behind it. */
static const char *
find_then(const char *text, const char **rest)
{
	static const char *const words[] = { "thì", "then", "Thì", "THÌ", "THEN", "thi" };

	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
		size_t len = strlen(words[i]);

		for (const char *at = strstr(text, words[i]); at != NULL;
				at = strstr(at + 1, words[i])) {
			if (at > text && at[-1] == ' ' && (at[len] == '\0' || at[len] == ' '
					|| at[len] == ':' || at[len] == ',')) {
				*rest = at + len + strspn(at + len, " :,");
				return at;
			}
		}
	}
	return NULL;
}

/* May this Else be of the If at indent? */
static bool
is_else(const struct md_reader *reader, const struct md_line *line, int indent,
	const char **rest)
{
	const struct md_word *row = line == NULL || line->mark == MD_NUMBERED
		|| line->mark == MD_HEADING ? NULL : md_opener(line->text, rest);

	return row != NULL && row->key == MD_ELSE && (line->indent > indent
		|| (line->indent == indent && reader->open_ifs == 0));
}

static struct json *
take_if(struct md_reader *reader, const struct md_line *line, const char *text)
{
	const char *then = NULL;
	const char *at = find_then(text, &then);
	size_t len = strlen(text);
	char *condition = at != NULL ? xstrndup(text, (size_t)(at - text)) : xstrdup(text);
	struct json *step = new_step("if", line->number, condition);
	struct json *branches = json_array();
	struct json *steps = json_array();

	if (at == NULL && (len == 0 || text[len - 1] != ':')) {
		md_fault(reader->faults, line->number,
			_("an If needs its 'then': If battery minutes < 30 then"));
	}
	reader->open_ifs++;
	take_control_fields(reader, step, line->indent);
	take_inline(reader, steps, line->number, then != NULL ? then : "", line->indent);
	md_take_steps(reader, steps, line->indent);
	reader->open_ifs--;
	close_branch(reader, branches, new_branch(line->number, ""), steps, line->number);
	const struct md_line *other = md_next(reader);
	if (is_else(reader, other, line->indent, &then)) {
		md_count_language(reader, md_row(MD_ELSE), other->text);
		steps = json_array();
		reader->at++;
		take_inline(reader, steps, other->number, then, line->indent);
		md_take_steps(reader, steps, line->indent);
		close_branch(reader, branches, new_branch(other->number, ""), steps,
			other->number);
	}
	json_set(step, "branches", branches);
	free(condition);
	return step;
}

static struct json *
take_while(struct md_reader *reader, const struct md_line *line, const char *text)
{
	struct json *step = new_step("while", line->number, text);
	struct json *branches = json_array();
	struct json *steps = json_array();

	take_control_fields(reader, step, line->indent);
	md_take_steps(reader, steps, line->indent);
	close_branch(reader, branches, new_branch(line->number, ""), steps, line->number);
	json_set(step, "branches", branches);
	return step;
}

/* Each numbered step is a branch of its own. */
static void
take_single_branches(struct md_reader *reader, struct json *branches, int indent)
{
	struct json *steps = json_array();

	md_take_steps(reader, steps, indent);
	for (const struct json *row = json_first(steps); row != NULL; row = json_next(row)) {
		struct json *one = json_array();
		int line = (int)json_get_int(row, "line", 0);

		json_push(one, json_copy(row));
		close_branch(reader, branches, new_branch(line, ""), one, line);
	}
	json_free(steps);
}

/* "Khi mã hóa:", "mã hóa:", "Khác:" -> the branch of a Depending on. */
static struct json *
new_case(const struct md_line *line)
{
	char *text = bare(line->text);
	struct json *branch;
	const char *name = text;

	if (md_one_of(md_row(MD_OTHERWISE)->folded, text)) {
		branch = new_branch(line->number, "");
		json_set_bool(branch, "otherwise", true);
	} else {
		size_t word = strcspn(text, " ");
		char *first = xstrndup(text, word);

		if (text[word] == ' ' && md_one_of(md_row(MD_CASE)->folded, first)) {
			name = text + word + 1;
		}
		branch = new_branch(line->number, name);
		free(first);
	}
	free(text);
	return branch;
}

static void
take_named_branches(struct md_reader *reader, struct json *branches, bool cases, int indent)
{
	for (const struct md_line *line = md_next(reader); line != NULL
			&& line->mark != MD_HEADING && line->mark != MD_NUMBERED
			&& line->indent > indent; line = md_next(reader)) {
		const char *rest;
		const struct md_word *row = md_opener(line->text, &rest);
		struct json *steps;

		if (row != NULL && row->key == MD_ELSE && !cases) {
			break; /* of an If around it, or refused */
		}
		steps = json_array();
		reader->at++;
		md_take_steps(reader, steps, line->indent);
		close_branch(reader, branches, cases ? new_case(line)
			: new_branch(line->number, line->text), steps, line->number);
	}
}

static struct json *
take_branches(struct md_reader *reader, const struct md_line *line, const char *text,
	bool cases)
{
	struct json *step = new_step(cases ? "switch" : "parallel", line->number, text);
	struct json *branches = json_array();
	const struct md_line *first;

	take_control_fields(reader, step, line->indent);
	first = md_next(reader);
	if (!cases && first != NULL && first->mark == MD_NUMBERED) {
		take_single_branches(reader, branches, line->indent);
	} else {
		take_named_branches(reader, branches, cases, line->indent);
	}
	if (json_count(branches) < (cases ? 1 : 2)) {
		md_fault(reader->faults, line->number, cases
			? _("there is no case below it: - Case b: and its steps further in")
			: _("two branches at least: - Name: and its steps further in"));
	}
	json_set(step, "branches", branches);
	return step;
}

static struct json *
take_step(struct md_reader *reader)
{
	const struct md_line *line = md_next(reader);
	const char *rest = line->text;
	const struct md_word *row = md_opener(line->text, &rest);
	struct json *step;

	reader->at++;
	if (row != NULL) {
		md_count_language(reader, row, line->text);
	}
	switch (row == NULL ? MD_FIELD : row->key) {
	case MD_IF:
		return take_if(reader, line, rest);
	case MD_WHILE:
		return take_while(reader, line, rest);
	case MD_PARALLEL: case MD_SWITCH:
		return take_branches(reader, line, rest, row->key == MD_SWITCH);
	case MD_CALL:
		step = new_step("call", line->number, rest);
		take_control_fields(reader, step, line->indent);
		return step;
	default:
		step = new_step("action", line->number, line->text);
		md_take_fields(reader, step, line->indent);
		return step;
	}
}

void
md_take_steps(struct md_reader *reader, struct json *steps, int indent)
{
	int own = -1;

	if (++reader->depth > MOST_DEPTH) {
		const struct md_line *line = md_next(reader);

		md_fault(reader->faults, line != NULL ? line->number : 0,
			_("branches are nested too deeply to be run"));
		reader->at = reader->count;
	}
	for (const struct md_line *line = md_next(reader); line != NULL
			&& line->mark == MD_NUMBERED && line->indent > indent
			&& (own < 0 || line->indent >= own); line = md_next(reader)) {
		struct json *step;

		own = own < 0 ? line->indent : own;
		step = take_step(reader);
		refuse_rest(reader, line->indent,
			strcmp(json_text_of(step, "kind"), "action") == 0 ? MD_STEP : MD_CONTROL);
		if (reader->phase != NULL && reader->depth == 1) {
			json_set_text(step, "phase", reader->phase);
			free(reader->phase);
			reader->phase = NULL;
		}
		json_push(steps, step);
	}
	reader->depth--;
}
