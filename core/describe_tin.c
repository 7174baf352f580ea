/* describe_tin.c: the timeline's lines of tins, and of telling that it is over. */
#include <string.h>

#include "core/describe_line.h"
#include "core/i18n.h"
#include "core/thing.h"
#include "core/tin_words.h"
#include "core/when.h"

static const char *
to_of(const struct line *l, const char *column)
{
	return line_text(json_get(json_get(l->body, "set"), column), "to");
}

/* "Nam, VP UBND, Xã Ba Tơ, 0914 ...". */
static void
add_caller(const struct line *l, const struct json *from)
{
	static const char *const keys[] = { "caller", "post", "unit_name", "callback" };
	int count = 0;

	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		const char *text = line_text(from, keys[i]);

		if (text[0] != '\0') {
			buf_addf(l->out, "%s%s", count++ > 0 ? ", " : "", text);
		}
	}
	if (count == 0) {
		buf_adds(l->out, _("caller unknown"));
	}
}

static void
add_clock(const struct line *l, const char *text, int64_t at)
{
	char clock[WHEN_SHORT_SIZE];

	if (at > 0 && l->zone != NULL) {
		when_clock(clock, at, l->zone);
		buf_addf(l->out, text, clock);
	}
}

static void
say_number(const struct line *l, const char *what)
{
	buf_addf(l->out, what, line_text(l->body, "number"));
}

void
say_tin_added(const struct line *l)
{
	const struct json *row = json_get(l->body, "row");

	buf_addf(l->out, _("report %s: "), line_text(row, "number"));
	add_caller(l, row);
	buf_addf(l->out, ": %s", line_text(row, "what"));
	if (strcmp(line_text(row, "secret"), "yes") == 0) {
		buf_adds(l->out, _(" [state secrets may be touched]"));
	}
	add_clock(l, _(" (answer by %s)"), json_get_int(row, "reply_by", 0));
}

void
say_tin_joined(const struct line *l)
{
	say_number(l, _("report %s belongs to this case: "));
	add_caller(l, l->body);
	buf_addf(l->out, ": %s", line_text(l->body, "what"));
	if (strcmp(line_text(l->body, "secret"), "yes") == 0) {
		buf_adds(l->out, _(" [state secrets may be touched]"));
	}
}

void
say_tin_left(const struct line *l)
{
	say_number(l, _("report %s went to case "));
	buf_adds(l->out, line_text(l->body, "case"));
	if (line_text(l->body, "reason")[0] != '\0') {
		buf_addf(l->out, ": %s", line_text(l->body, "reason"));
	}
}

void
say_tin_taken(const struct line *l)
{
	say_number(l, _("report %s is taken up"));
}

void
say_tin_replied(const struct line *l)
{
	const struct json *set = json_get(l->body, "set");

	say_number(l, _("report %s answered: "));
	add_caller(l, l->body);
	buf_addf(l->out, ": %s", to_of(l, "replied_how"));
	add_clock(l, _(" (next by %s)"),
		json_get_int(json_get(set, "reply_by"), "to", 0));
}

void
say_tin_help(const struct line *l)
{
	say_number(l, _("report %s: help asked from "));
	buf_adds(l->out, line_text(l->body, "to"));
}

void
say_tin_done(const struct line *l)
{
	say_number(l, _("report %s: help was given: "));
	buf_adds(l->out, to_of(l, "result"));
}

void
say_tin_closed(const struct line *l)
{
	say_number(l, _("report %s closed: "));
	buf_adds(l->out, to_of(l, "reason"));
}

/* What became known later, the words of the report's own fields. */
void
say_tin_set(const struct line *l)
{
	static const struct { const char *column, *label; const struct word *words; } rows[] = {
		{ "what", N_("content"), NULL },
		{ "unit_name", N_("unit"), NULL },
		{ "caller", N_("caller"), NULL },
		{ "post", N_("post"), NULL },
		{ "callback", N_("call-back number"), NULL },
		{ "channel", N_("channel"), tin_channels },
		{ "secret", N_("secrets"), tin_secrets },
		{ "verified_by", N_("called back by the directory"), NULL },
		{ "note", N_("note"), NULL },
	};
	int count = 0;

	say_number(l, _("report %s: "));
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const char *to = to_of(l, rows[i].column);

		if (to[0] != '\0') {
			buf_addf(l->out, "%s%s: %s", count++ > 0 ? " · " : "", _(rows[i].label),
				rows[i].words != NULL ? tin_label(rows[i].words, to) : to);
		}
	}
	if (count == 0) {
		buf_adds(l->out, _("supplemented"));
	}
}

static void
say_over(const struct line *l, const char *text)
{
	int64_t count = json_get_int(l->body, "count", 0);
	const char *how = line_text(l->body, "how");

	buf_addf(l->out, text, line_text(l->body, "names"));
	if (count > 1) {
		buf_addf(l->out, _(" (%lld places)"), (long long)count);
	}
	buf_addf(l->out, "%s%s", how[0] != '\0' ? " · " : "", how);
}

void
say_over_told(const struct line *l)
{
	say_over(l, _("told that it is over: %s"));
}

void
say_over_tried(const struct line *l)
{
	say_over(l, _("to be told that it is over, nobody answered: %s"));
}
