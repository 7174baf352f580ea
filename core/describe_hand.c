/* describe_hand.c: the timeline's lines of what people told themselves: calls,
 * posts, who has confirmed, whose number was verified. */
#include <string.h>

#include "core/describe_line.h"
#include "core/i18n.h"
#include "core/thing.h"
#include "core/when.h"

/* "called Điện lực (0255 …): Minh answered: còn 45 phút" */
void
say_call(const struct line *l)
{
	const struct json *row = json_get(l->body, "row");
	const char *number = line_text(row, "number");
	const char *outcome = line_text(row, "outcome");
	const char *result = line_text(row, "result");
	const struct json *also = json_get(l->body, "also");

	buf_addf(l->out, _("called %s"), line_text(row, "to_name"));
	if (number[0] != '\0') {
		buf_addf(l->out, " (%s)", number);
	}
	if (strcmp(outcome, "answered") == 0) {
		buf_addf(l->out, _(": %s answered"), line_text(row, "answered_by"));
	} else if (strcmp(outcome, "wrong_number") == 0) {
		buf_adds(l->out, _(": WRONG NUMBER"));
	} else {
		buf_adds(l->out, _(": nobody answered"));
	}
	if (result[0] != '\0') {
		buf_addf(l->out, ": %s", result);
	}
	if (json_get_int(l->body, "corrects", 0) != 0) {
		buf_addf(l->out, _(" (stands for call %lld)"),
			(long long)json_get_int(l->body, "corrects", 0));
	}
	if (also != NULL) {
		char clock[WHEN_SHORT_SIZE];

		when_clock(clock, json_get_int(also, "at", 0), l->zone);
		buf_addf(l->out, _(" (%s called them too, at %s)"), line_text(also, "by"), clock);
	}
}

/* "correction: call 3 to Điện lực was wrong: it was the neighbour" */
void
say_call_corrected(const struct line *l)
{
	buf_addf(l->out, _("correction: call %lld to %s was wrong: %s"),
		(long long)json_get_int(l->body, "n", 0), line_text(l->body, "to_name"),
		line_text(l->body, "why"));
}

/* One event for all that a post asks, or for all that confirmed at once. */
void
say_confirmation(const struct line *l)
{
	const struct json *first = thing_first(l->body);
	bool asked = json_get(first, "row") != NULL;
	const char *to = json_get_text(json_get(json_get(first, "set"), "state"), "to");
	int count = 0;

	for (const struct json *child = first; child != NULL;
	     child = thing_next(l->body, child)) {
		count++;
	}
	if (asked) {
		buf_addf(l->out, ngettext("asked to confirm: %d unit", "asked to confirm: %d units",
			(unsigned long)count), count);
		return;
	}
	buf_addf(l->out, to != NULL && strcmp(to, "waiting") == 0
		? _("asked to confirm again: %s") : _("confirmed: %s"), line_text(first, "name"));
	if (count > 1) {
		buf_addf(l->out, _(" and %d more"), count - 1);
	}
}

void
say_contact_verified(const struct line *l)
{
	const char *note = line_text(l->body, "note");

	buf_addf(l->out, _("contact %s verified on %s"), line_text(l->body, "name"),
		line_text(l->body, "day"));
	if (note[0] != '\0') {
		buf_addf(l->out, " (%s)", note);
	}
}
