/* md_read.c reads a plan in Markdown: title, what stands above the steps, headings. */
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/text.h"
#include "playbooks/md_lines.h"

static void
take_description(struct md_reader *reader, struct buf *about)
{
	const struct md_line *line = md_next(reader);
	const struct md_word *near = md_near(line->text, MD_PLAN);

	if (near != NULL) {
		md_fault(reader->faults, line->number, _("this was perhaps meant: %s:"),
			md_say(near, i18n_language()));
	} else if (line->mark != MD_PLAIN) {
		md_no_field(reader, line, MD_PLAN);
	}
	buf_addf(about, "%s%s", about->len == 0 ? "" : line->gap ? "\n" : " ", line->text);
	reader->at++;
}

/* "- Trực ca: truc_ca (nhóm)" */
static struct json *
read_role(struct md_reader *reader, const struct md_line *line)
{
	const char *colon = strrchr(line->text, ':');
	const char *open = colon == NULL ? NULL : strchr(colon, '(');
	struct json *role = json_object();
	const char *type = "group";
	char *name, *code;
	size_t len;

	colon = colon == NULL ? line->text + strlen(line->text) : colon;
	name = xstrndup(line->text, (size_t)(colon - line->text));
	if (open != NULL) {
		char *said = xstrndup(open + 1, strcspn(open + 1, ")"));

		type = md_enum_word("agent", said);
		if (type == NULL) {
			char *all = md_enum_all("agent", i18n_language());

			md_fault(reader->faults, line->number, _("'%s' is none of: %s"), said, all);
			free(all);
			type = "group";
		}
		free(said);
	}
	colon += colon[0] == ':' ? 1 + strspn(colon + 1, " ") : 0;
	len = strcspn(colon, " (");
	code = xstrndup(colon, len);
	json_set_int(role, "line", line->number);
	json_set_text(role, "name", name);
	json_set_text(role, "type", type);
	if (code[0] != '\0') {
		json_set_text(role, "role", code);
	}
	free(code);
	free(name);
	return role;
}

static void
take_heading(struct md_reader *reader, struct json *model, enum md_key *section)
{
	const struct md_line *line = md_next(reader);
	const struct md_word *row = line->level == 1 ? NULL : md_heading(line->text);

	if (line->level == 1 && json_get(model, "title") == NULL) {
		json_set_text(model, "title", line->text);
	} else if (line->level == 1) {
		md_fault(reader->faults, line->number,
			_("a plan has one title; parts of it begin with ##"));
	} else if (row != NULL) {
		md_count_language(reader, row, line->text);
		*section = row->key;
	} else {
		*section = MD_STEPS;
		free(reader->phase);
		reader->phase = xstrdup(line->text);
	}
	reader->at++;
}

static void
take_one(struct md_reader *reader, struct json *model, enum md_key *section,
	struct json *lists[3], struct buf *about)
{
	const struct md_line *line = md_next(reader);

	if (line->mark == MD_HEADING) {
		take_heading(reader, model, section);
	} else if (line->mark == MD_NUMBERED) {
		*section = *section == MD_EXCEPTION ? MD_EXCEPTION : MD_STEPS;
		reader->depth = 0;
		md_take_steps(reader, lists[*section == MD_EXCEPTION], -1);
	} else if (*section == MD_ROLES && line->mark == MD_BULLET) {
		json_push(lists[2], read_role(reader, line));
		reader->at++;
	} else if (*section == MD_FIELD) {
		if (!md_take_field(reader, model, MD_PLAN)) {
			take_description(reader, about);
		}
	} else {
		md_no_field(reader, line, *section == MD_ROLES ? MD_PLAN : MD_STEP);
		reader->at++;
	}
}

static void
set_list(struct json *model, const char *key, struct json *list)
{
	if (json_count(list) > 0) {
		json_set(model, key, list);
	} else {
		json_free(list);
	}
}

static void
read_all(struct md_reader *reader, struct json *model)
{
	struct json *lists[3] = { json_array(), json_array(), json_array() };
	enum md_key section = MD_FIELD;
	struct buf about = { 0 };

	while (reader->at < reader->count) {
		take_one(reader, model, &section, lists, &about);
	}
	if (json_get(model, "title") == NULL) {
		md_fault(reader->faults, 1, _("the plan has no title: begin it with # NAME"));
	}
	if (json_count(lists[0]) == 0) {
		md_fault(reader->faults, 0, _("the plan has no step: write them as 1. 2. 3."));
	}
	if (reader->phase != NULL) {
		md_fault(reader->faults, 0, _("there is no step under the heading %s"),
			reader->phase);
	}
	if (json_get(model, "language") == NULL) {
		json_set_text(model, "language",
			reader->english > reader->vietnamese ? "en" : "vi");
	}
	if (about.len > 0) {
		json_set_text(model, "description", about.data);
	}
	buf_free(&about);
	set_list(model, "steps", lists[0]);
	set_list(model, "exception", lists[1]);
	set_list(model, "roles", lists[2]);
}

struct json *
md_read(struct md_faults *faults, const char *text, size_t len)
{
	struct md_reader reader = { .faults = faults };
	struct json *model = json_object();

	if (len > MD_MOST) {
		md_fault(faults, 0, _("the plan is longer than %d KiB"), (int)(MD_MOST / 1024));
	} else if (!text_valid_utf8(text, len)) {
		md_fault(faults, 0, _("the plan is not UTF-8 text"));
	} else {
		md_lines_read(&reader, text, len);
		read_all(&reader, model);
		md_lines_finish(&reader);
	}
	if (faults->count > 0) {
		json_free(model);
		return NULL;
	}
	return model;
}
