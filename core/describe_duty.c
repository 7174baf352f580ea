/* describe_duty.c: the timeline's lines of the duty roster. */
#include <string.h>

#include "core/describe_line.h"
#include "core/i18n.h"
#include "core/thing.h"
#include "core/when.h"
#include "core/words.h"

/* "24/11/2026 18:00 - 25/11/2026 06:00" */
static void
say_span(const struct line *l, const struct json *row, const char *from, const char *to)
{
	char begins[WHEN_SHORT_SIZE], ends[WHEN_SHORT_SIZE];

	if (json_get(row, from) == NULL || json_get(row, to) == NULL) {
		return;
	}
	when_full(begins, json_get_int(row, from, 0), l->zone);
	when_full(ends, json_get_int(row, to, 0), l->zone);
	buf_addf(l->out, ", %s - %s", begins, ends);
}

static void
say_reason(const struct line *l, const char *reason)
{
	if (reason[0] != '\0') {
		buf_addf(l->out, ": %s", reason);
	}
}

void
say_duty_override(const struct line *l)
{
	const struct json *row = json_get(l->body, "row");
	const char *kind = line_text(row, "kind");
	const char *name = line_text(l->body, "name"), *other = line_text(l->body, "other");

	buf_addf(l->out, _("Duty roster, exception %lld, %s: "),
		(long long)json_get_int(row, "n", 0), line_text(row, "layer"));
	if (strcmp(kind, "replace") == 0) {
		buf_addf(l->out, _("%s in the place of %s"), name, other);
	} else if (strcmp(kind, "add") == 0) {
		buf_addf(l->out, _("%s comes in"), name);
	} else {
		buf_addf(l->out, _("%s goes out"), other);
	}
	say_span(l, row, "from_at", "to_at");
	say_reason(l, line_text(row, "reason"));
}

void
say_duty_absence(const struct line *l)
{
	const struct json *row = json_get(l->body, "row");

	buf_addf(l->out, _("Away %lld: %s"), (long long)json_get_int(row, "n", 0),
		line_text(l->body, "name"));
	say_span(l, row, "from_at", "to_at");
	say_reason(l, line_text(row, "reason"));
}

/* A roster for a span, a raised watch: name and span. */
static void
say_named(const struct line *l, const char *word)
{
	const struct json *row = json_get(l->body, "row");

	buf_addf(l->out, "%s %lld: %s", word, (long long)json_get_int(row, "n", 0),
		line_text(row, "name"));
	say_span(l, row, "from_at", "to_at");
}

void
say_duty_spell(const struct line *l)
{
	say_named(l, _("Roster for a span"));
}

void
say_duty_raised(const struct line *l)
{
	say_named(l, _("Raised watch"));
}

void
say_duty_swap(const struct line *l)
{
	const struct json *row = json_get(l->body, "row");
	const struct json *to = json_get(json_get(json_get(l->body, "set"), "state"), "to");
	int64_t n = json_get_int(row != NULL ? row : l->body, "n", 0);

	buf_addf(l->out, _("Swap of duty %lld: %s and %s"), (long long)n,
		line_text(l->body, "name"), line_text(l->body, "other"));
	if (row != NULL) {
		say_span(l, row, "from_at", "to_at");
		say_reason(l, line_text(row, "reason"));
		return;
	}
	buf_addf(l->out, ", %s", word_label(WORDS_SWAP_STATE, json_text(to, "")));
	say_reason(l, line_text(l->body, "reason"));
}

/* Who came on, then who left; what ended within a catch-up is not told. */
void
say_duty_past(const struct line *l)
{
	int came = 0, left = 0;

	buf_adds(l->out, _("On call"));
	for (const struct json *child = thing_first(l->body); child != NULL;
	     child = thing_next(l->body, child)) {
		const struct json *row = json_get(child, "row");

		if (row != NULL && json_get(row, "to_at") == NULL) {
			buf_addf(l->out, "%s %s (%s)", came++ == 0 ? ":" : ",",
				line_text(child, "name"), line_text(child, "layer"));
		}
	}
	for (const struct json *child = thing_first(l->body); child != NULL;
	     child = thing_next(l->body, child)) {
		if (json_get(child, "set") != NULL) {
			buf_addf(l->out, "%s %s", left++ == 0 ? _("; before:") : ",",
				line_text(child, "name"));
		}
	}
}
