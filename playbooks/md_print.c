/* md_print.c writes a model as Markdown: the form in which docs/plan-md.md shows
 * plans, with nothing that reads back otherwise. */
#include <stdlib.h>
#include <stdio.h>
#include <string.h>

#include "core/buf.h"
#include "core/mem.h"
#include "playbooks/md_private.h"

struct printing {
	struct buf out;
	const char *language;
	struct json *told; /* questions that stand whole above */
};

/* A new line in a text would begin something else. */
static char *
one_line(const char *text)
{
	char *copy = xstrdup(text);

	for (char *at = copy; *at != '\0'; at++) {
		*at = *at == '\n' || *at == '\r' || *at == '\t' ? ' ' : *at;
	}
	return copy;
}

static void
put_field(struct printing *p, int indent, const struct md_word *row, const char *value)
{
	char *text = one_line(value);

	buf_addf(&p->out, "%*s- %s: %s\n", indent, "", md_say(row, p->language), text);
	free(text);
}

/* A list whose names have commas is cut by semicolons. */
static void
put_names(struct printing *p, int indent, const struct md_word *row,
	const struct json *list)
{
	struct buf out = { 0 };
	bool commas = false;

	for (const struct json *one = json_first(list); one != NULL; one = json_next(one)) {
		commas = commas || strchr(json_text(one, ""), ',') != NULL;
	}
	for (const struct json *one = json_first(list); one != NULL; one = json_next(one)) {
		buf_addf(&out, "%s%s", out.len == 0 ? "" : commas ? "; " : ", ",
			json_text(one, ""));
	}
	buf_adds(&out, commas && json_count(list) == 1 ? ";" : "");
	if (out.len > 0) {
		put_field(p, indent, row, buf_text(&out));
	}
	buf_free(&out);
}

static void
put_asks(struct printing *p, int indent, const struct md_word *row,
	const struct json *list)
{
	for (const struct json *ask = json_first(list); ask != NULL; ask = json_next(ask)) {
		char *name = md_ask_name(ask);
		/* A bare question must lead back to its name. */
		bool bare = json_get(p->told, name) != NULL && json_get(ask, "name") == NULL;
		char *text = md_ask_print(ask, p->language, bare);

		json_set_bool(p->told, name, true);
		put_field(p, indent, row, text);
		free(text);
		free(name);
	}
}

static void
put_lines(struct printing *p, int indent, const struct md_word *row,
	const struct json *list)
{
	buf_addf(&p->out, "%*s- %s:\n", indent, "", md_say(row, p->language));
	for (const struct json *one = json_first(list); one != NULL; one = json_next(one)) {
		char *text = one_line(json_text(one, ""));

		buf_addf(&p->out, "%*s- %s\n", indent + 2, "", text);
		free(text);
	}
}

static void
put_row(struct printing *p, int indent, const struct md_word *row, const struct json *is)
{
	char number[32];
	char *span;

	switch (row->form) {
	case MD_TEXT:
		put_field(p, indent, row, json_text(is, ""));
		break;
	case MD_SPAN:
		span = md_span(json_integer(is, 0), p->language);
		put_field(p, indent, row, span);
		free(span);
		break;
	case MD_FLAG:
		put_field(p, indent, row, md_enum_say("flag", json_true(is) ? "yes" : "no",
			p->language));
		break;
	case MD_ENUM:
		put_field(p, indent, row, md_enum_say(row->json, json_text(is, ""),
			p->language));
		break;
	case MD_NUMBER:
		(void)snprintf(number, sizeof number, "%lld",
			(long long)json_integer(is, 0));
		put_field(p, indent, row, number);
		break;
	case MD_NAMES:
		put_names(p, indent, row, is);
		break;
	case MD_LINES:
		put_lines(p, indent, row, is);
		break;
	case MD_ASK:
		put_asks(p, indent, row, is);
		break;
	}
}

static void
put_fields(struct printing *p, int indent, const struct json *from, unsigned groups)
{
	for (const struct md_word *row = md_words; row->json != NULL; row++) {
		const struct json *is = json_get(from, row->json);

		if ((row->groups & groups) != 0 && row->key == MD_FIELD && is != NULL) {
			put_row(p, indent, row, is);
		}
	}
}

static void put_steps(struct printing *p, int indent, const struct json *steps);

/* Branches of one step each and no name are numbered steps themselves. */
static bool
all_single(const struct json *branches)
{
	for (const struct json *row = json_first(branches); row != NULL;
			row = json_next(row)) {
		if (json_get(row, "name") != NULL || json_count(json_get(row, "steps")) != 1) {
			return false;
		}
	}
	return true;
}

static void
put_single(struct printing *p, int indent, const struct json *branches)
{
	struct json *steps = json_array();

	for (const struct json *row = json_first(branches); row != NULL;
			row = json_next(row)) {
		json_push(steps, json_copy(json_at(json_get(row, "steps"), 0)));
	}
	put_steps(p, indent, steps);
	json_free(steps);
}

static void
put_branch(struct printing *p, int indent, const char *kind, const struct json *branch,
	int index)
{
	bool cases = strcmp(kind, "switch") == 0;
	const char *name = json_text_of(branch, "name");
	bool en = strcmp(p->language, "en") == 0;

	buf_addf(&p->out, "%*s- ", indent, "");
	if (json_get_bool(branch, "otherwise")) {
		buf_addf(&p->out, "%s:\n", md_say(md_row(MD_OTHERWISE), p->language));
	} else if (cases) {
		buf_addf(&p->out, "%s %s:\n", md_say(md_row(MD_CASE), p->language), name);
	} else if (name[0] != '\0') {
		buf_addf(&p->out, "%s:\n", name);
	} else {
		buf_addf(&p->out, "%s %d:\n", en ? "Branch" : "Nhánh", index + 1);
	}
	put_steps(p, indent + 2, json_get(branch, "steps"));
}

static void
put_branches(struct printing *p, int indent, const struct json *step)
{
	const char *kind = json_text_of(step, "kind");
	const struct json *branches = json_get(step, "branches");
	int index = 0;

	if (strcmp(kind, "parallel") == 0 && all_single(branches)) {
		put_single(p, indent, branches);
		return;
	}
	for (const struct json *row = json_first(branches); row != NULL;
			row = json_next(row), index++) {
		if (strcmp(kind, "parallel") == 0 || strcmp(kind, "switch") == 0) {
			put_branch(p, indent, kind, row, index);
			continue;
		}
		if (index > 0) {
			buf_addf(&p->out, "%*s- %s:\n", indent, "",
				md_say(md_row(MD_ELSE), p->language));
		}
		put_steps(p, indent + (index > 0 ? 2 : 0), json_get(row, "steps"));
	}
}

static void
put_title(struct printing *p, const struct json *step)
{
	const char *kind = json_text_of(step, "kind");
	char *title = one_line(json_text_of(step, "title"));
	bool en = strcmp(p->language, "en") == 0;

	if (strcmp(kind, "action") != 0) {
		buf_adds(&p->out, md_say(md_row_of(kind), p->language));
		buf_adds(&p->out, title[0] != '\0' ? " " : "");
	}
	buf_adds(&p->out, title);
	buf_adds(&p->out, strcmp(kind, "if") == 0 ? en ? " then" : " thì" : "");
	buf_addc(&p->out, '\n');
	free(title);
}

static void
put_phase(struct printing *p, const char *phase, int indent)
{
	if (phase != NULL && indent == 0) {
		buf_addf(&p->out, "\n## %s\n\n", phase);
	}
}

static void
put_steps(struct printing *p, int indent, const struct json *steps)
{
	int n = 0;

	for (const struct json *step = json_first(steps); step != NULL;
			step = json_next(step)) {
		bool action = strcmp(json_text_of(step, "kind"), "action") == 0;
		char mark[16];
		int inner = indent + snprintf(mark, sizeof mark, "%d. ", ++n % 1000000);

		put_phase(p, json_get_text(step, "phase"), indent);
		buf_addf(&p->out, "%*s%s", indent, "", mark);
		put_title(p, step);
		put_fields(p, inner, step, action ? MD_STEP : MD_CONTROL);
		if (!action) {
			put_branches(p, inner, step);
		}
	}
}

static void
put_roles(struct printing *p, const struct json *roles)
{
	if (roles == NULL) {
		return;
	}
	buf_addf(&p->out, "\n## %s\n\n", md_say(md_row(MD_ROLES), p->language));
	for (const struct json *row = json_first(roles); row != NULL; row = json_next(row)) {
		const char *role = json_text_of(row, "role");

		buf_addf(&p->out, "- %s:%s%s (%s)\n", json_text_of(row, "name"),
			role[0] != '\0' ? " " : "", role,
			md_enum_say("agent", json_text_of(row, "type"), p->language));
	}
}

/* Paragraphs with an empty line between. */
static void
put_about(struct printing *p, const char *about)
{
	for (const char *at = about; *at != '\0';) {
		size_t len = strcspn(at, "\n");

		if (len > 0) {
			buf_addf(&p->out, "\n%.*s\n", (int)len, at);
		}
		at += len + (at[len] == '\n');
	}
}

char *
md_print(const struct json *model)
{
	struct printing p = {
		.language = json_text_of(model, "language"), .told = json_object(),
	};
	const struct json *first = json_at(json_get(model, "steps"), 0);
	const struct json *exception = json_get(model, "exception");

	buf_addf(&p.out, "# %s\n\n", json_text_of(model, "title"));
	put_fields(&p, 0, model, MD_PLAN);
	put_about(&p, json_text_of(model, "description"));
	put_roles(&p, json_get(model, "roles"));
	if (json_get(first, "phase") == NULL) {
		buf_addf(&p.out, "\n## %s\n\n", md_say(md_row(MD_STEPS), p.language));
	}
	put_steps(&p, 0, json_get(model, "steps"));
	if (exception != NULL) {
		buf_addf(&p.out, "\n## %s\n\n", md_say(md_row(MD_EXCEPTION), p.language));
		put_steps(&p, 0, exception);
	}
	json_free(p.told);
	return buf_take(&p.out);
}
