/* describe_clock.c says in the timeline what became of lawful clocks, of the
 * notices that met them, and of the holiday table. */
#include <string.h>

#include "core/calendar.h"
#include "core/deadline.h"
#include "core/describe_line.h"
#include "core/i18n.h"
#include "core/notice.h"
#include "core/thing.h"
#include "core/when.h"

/* Of a row that was made, else of the change. */
static const char *
title_of(const struct json *from)
{
	const char *en = line_text(from, "title_en");

	if (strcmp(i18n_language(), "en") == 0 && en[0] != '\0') {
		return en;
	}
	return line_text(from, "title")[0] != '\0' ? line_text(from, "title")
		: line_text(json_get(from, "row"), "form");
}

static void
add_when(const struct line *l, const struct json *at)
{
	char text[CALENDAR_WHEN_SIZE];

	if (!json_is(at, JSON_NUMBER)) {
		buf_adds(l->out, _("no fixed time"));
		return;
	}
	calendar_when(text, json_integer(at, 0), l->zone);
	buf_adds(l->out, text);
}

static void
say_started(const struct line *l, const struct json *row)
{
	buf_adds(l->out, title_of(row));
	buf_adds(l->out, _(", due "));
	add_when(l, json_get(row, "due_at"));
	if (line_text(row, "behalf")[0] != '\0') {
		buf_addf(l->out, _(", on behalf of %s"), line_text(row, "behalf"));
	}
	if (line_text(row, "condition")[0] != '\0') {
		buf_addf(l->out, " (%s)", _("if reportable"));
	}
}

/* In time or late, by how much. */
static void
say_met(const struct line *l, const struct json *child, const struct json *set)
{
	int64_t met = json_get_int(json_get(set, "met_at"), "to", 0);
	int64_t due = json_get_int(child, "due_at", 0);
	char span[WHEN_SHORT_SIZE];

	when_span(span, due > met ? due - met : met - due, i18n_language());
	if (due == 0) {
		buf_addf(l->out, _("reported: %s"), title_of(child));
	} else if (due >= met) {
		buf_addf(l->out, _("reported in time: %s, %s left"), title_of(child), span);
	} else {
		buf_addf(l->out, _("reported %s LATE: %s"), span, title_of(child));
	}
}

static void
say_state(const struct line *l, const struct json *child, const struct json *set)
{
	const struct json *change = json_get(set, "state");
	const char *to = line_text(change, "to");
	const char *reason = line_text(json_get(set, "reason"), "to");

	if (strcmp(to, "met") == 0) {
		say_met(l, child, set);
	} else if (strcmp(to, "stopped") == 0) {
		buf_addf(l->out, _("clock stopped: %s ("), title_of(child));
		deadline_why(l->out, reason);
		buf_addc(l->out, ')');
	} else if (strcmp(to, "not_applicable") == 0) {
		buf_addf(l->out, _("not applicable: %s: %s"), title_of(child), reason);
	} else {
		buf_addf(l->out, _("clock runs again: %s"), title_of(child));
	}
}

/* "until A -> B", "on behalf of A -> B". */
static void
say_cells(const struct line *l, const struct json *set)
{
	const struct json *due = json_get(set, "due_at");
	const struct json *behalf = json_get(set, "behalf");
	const struct json *condition = json_get(set, "condition");

	if (due != NULL) {
		buf_adds(l->out, _(", due "));
		add_when(l, json_get(due, "from"));
		buf_adds(l->out, " -> ");
		add_when(l, json_get(due, "to"));
	}
	if (behalf != NULL) {
		buf_addf(l->out, _(", on behalf of %s -> %s"),
			line_text(behalf, "from")[0] == '\0' ? "?" : line_text(behalf, "from"),
			line_text(behalf, "to")[0] == '\0' ? "?" : line_text(behalf, "to"));
	}
	if (condition != NULL) {
		buf_adds(l->out, line_text(condition, "to")[0] == '\0'
			? _(", now owed for certain") : _(", if reportable"));
	}
}

static void
say_clock(const struct line *l, const struct json *child)
{
	const struct json *set = json_get(child, "set");
	const struct json *row = json_get(child, "row");

	if (row != NULL) {
		say_started(l, row);
		return;
	}
	if (json_get(set, "state") != NULL) {
		say_state(l, child, set);
	} else {
		buf_addf(l->out, _("clock: %s"), title_of(child));
	}
	say_cells(l, set);
}

void
say_deadline(const struct line *l)
{
	const struct json *first = thing_first(l->body);

	if (json_get(first, "row") != NULL) {
		buf_adds(l->out, _("clock started: "));
	}
	for (const struct json *child = first; child != NULL;
	     child = thing_next(l->body, child)) {
		if (child != first) {
			buf_adds(l->out, "; ");
		}
		say_clock(l, child);
	}
}

static void
say_sent(const struct line *l, const struct json *row)
{
	char at[WHEN_SHORT_SIZE];

	when_full(at, json_get_int(row, "sent_at", 0), l->zone);
	buf_addf(l->out, _("sent by a person: %s, to %s, %s, by %s"), title_of(l->body),
		line_text(row, "to_name"), at, notice_channel(line_text(row, "channel")));
	if (line_text(row, "number")[0] == '\0') {
		buf_adds(l->out, _(", no number yet"));
	} else {
		buf_addf(l->out, _(", number %s"), line_text(row, "number"));
	}
	if (line_text(row, "confirmed_by")[0] != '\0') {
		buf_addf(l->out, _(", confirmed by %s"), line_text(row, "confirmed_by"));
	}
}

void
say_notice(const struct line *l)
{
	const struct json *set = json_get(l->body, "set");
	const struct json *row = json_get(l->body, "row");
	const char *who = line_text(json_get(set, "confirmed_by"), "to");
	const char *number = line_text(json_get(set, "number"), "to");

	if (row != NULL) {
		say_sent(l, row);
		return;
	}
	if (json_get(set, "state") != NULL) {
		buf_addf(l->out, _("recorded by mistake, not sent: %s: %s"), title_of(l->body),
			line_text(l->body, "reason"));
		return;
	}
	buf_adds(l->out, title_of(l->body));
	if (who[0] != '\0') {
		buf_addf(l->out, _(", confirmed by %s"), who);
	}
	if (number[0] != '\0') {
		buf_addf(l->out, _(", number %s"), number);
	}
}

static const char *
kind_word(const char *kind)
{
	return strcmp(kind, "working") == 0 ? _("worked") : strcmp(kind, "suggested") == 0
		? _("suggested, to be confirmed") : strcmp(kind, "removed") == 0
		? _("taken off the table") : _("day off");
}

void
say_holiday(const struct line *l)
{
	const struct json *first = thing_first(l->body);
	const struct json *row = json_get(first, "row");
	const struct json *from = row != NULL ? row : first;
	const struct json *set = json_get(first, "set");
	const char *kind = row != NULL ? line_text(row, "kind")
		: line_text(json_get(set, "kind"), "to");
	int more = -1;

	for (const struct json *child = first; child != NULL;
	     child = thing_next(l->body, child)) {
		more++;
	}
	buf_addf(l->out, _("holiday table: %s %s"), line_text(from, "day"),
		line_text(from, "name"));
	if (kind[0] != '\0') {
		buf_addf(l->out, ", %s", kind_word(kind));
	}
	if (more > 0) {
		buf_addf(l->out, _(" and %d more"), more);
	}
}
