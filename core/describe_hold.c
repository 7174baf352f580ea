/* describe_hold.c: the timeline's lines of kept scenes, of evidence handed over
 * and of planned work. */
#include <string.h>

#include "core/describe_line.h"
#include "core/document.h"
#include "core/i18n.h"
#include "core/when.h"
#include "core/words.h"

static void
say_paper(const struct line *l, const char *number, const char *date)
{
	char day[DAY_SIZE];

	document_day_shown(day, date);
	if (number[0] != '\0') {
		buf_addf(l->out, ", %s", number);
	}
	if (day[0] != '\0') {
		buf_addf(l->out, " (%s)", day);
	}
}

void
say_hold_added(const struct line *l)
{
	const struct json *row = json_get(l->body, "row");
	const char *what = line_text(row, "what");
	const char *asset = line_text(l->body, "asset");

	buf_addf(l->out, _("KEEP THE SCENE (%lld): asked by %s"),
		(long long)json_get_int(l->body, "n", 0), line_text(row, "body"));
	say_paper(l, line_text(row, "doc_number"), line_text(row, "doc_date"));
	if (asset[0] != '\0') {
		buf_addf(l->out, ": %s", asset);
	}
	if (what[0] != '\0') {
		buf_addf(l->out, ": %s", what);
	}
}

static const char *
to(const struct line *l, const char *column)
{
	return line_text(json_get(json_get(l->body, "set"), column), "to");
}

void
say_hold_set(const struct line *l)
{
	if (to(l, "doc_number")[0] != '\0') {
		buf_addf(l->out, _("scene %lld: the paper of %s has come"),
			(long long)json_get_int(l->body, "n", 0), line_text(l->body, "body"));
		say_paper(l, to(l, "doc_number"), to(l, "doc_date"));
		return;
	}
	buf_addf(l->out, _("scene %lld released by %s"),
		(long long)json_get_int(l->body, "n", 0), to(l, "released_by"));
	say_paper(l, to(l, "release_doc"), "");
}

void
say_custody_added(const struct line *l)
{
	const struct json *row = json_get(l->body, "row");
	const char *body = line_text(row, "taken_body");

	buf_addf(l->out, _("evidence %lld handed over: %s to %s"),
		(long long)json_get_int(l->body, "evidence_n", 0), line_text(row, "given_by"),
		line_text(row, "taken_by"));
	if (body[0] != '\0') {
		buf_addf(l->out, ", %s", body);
	}
	say_paper(l, line_text(row, "doc_number"), "");
	if (line_text(row, "reason")[0] != '\0') {
		buf_addf(l->out, ": %s", line_text(row, "reason"));
	}
}

static void
say_when(const struct line *l, int64_t from, int64_t until)
{
	char begin[WHEN_SHORT_SIZE], end[WHEN_SHORT_SIZE];

	if (l->zone == NULL || from == 0) {
		return;
	}
	when_full(begin, from, l->zone);
	when_full(end, until, l->zone);
	buf_addf(l->out, ", %s%s%s", begin, until != 0 ? " - " : "",
		until != 0 ? end : "");
}

void
say_planned_added(const struct line *l)
{
	const struct json *row = json_get(l->body, "row");

	buf_addf(l->out, _("planned work %lld on %s: %s"),
		(long long)json_get_int(l->body, "n", 0), line_text(l->body, "asset"),
		line_text(row, "what"));
	say_when(l, json_get_int(row, "from_at", 0), json_get_int(row, "to_at", 0));
}

void
say_planned_set(const struct line *l)
{
	const struct json *set = json_get(l->body, "set");

	buf_addf(l->out, _("planned work %lld on %s"),
		(long long)json_get_int(l->body, "n", 0), line_text(l->body, "asset"));
	for (const struct json *cell = json_first(set); cell != NULL;
	     cell = json_next(cell)) {
		const char *text = line_text(cell, "to");

		if (strcmp(json_key(cell), "state") == 0) {
			buf_addf(l->out, ": %s", word_label(WORDS_PLANNED, text));
		} else if (text[0] != '\0') {
			buf_addf(l->out, ": %s", text);
		}
	}
	say_when(l, json_get_int(json_get(set, "from_at"), "to", 0),
		json_get_int(json_get(set, "to_at"), "to", 0));
}
