/* describe_count.c: the timeline's lines of countdowns, of what must be back by a
 * time, of duties with a period and of quick reports. */
#include <string.h>

#include "core/describe_line.h"
#include "core/i18n.h"
#include "core/obligation.h"
#include "core/quick.h"
#include "core/when.h"
#include "core/words.h"

/* "Còn điện: 45 minutes at 02:17, until 03:02" or "...: stopped". */
static void
say_clock(struct buf *out, const struct json *child, const struct zone *zone)
{
	const char *reason = json_get_text(json_get(json_get(child, "set"), "reason"), "to");
	char at[WHEN_SHORT_SIZE], until[WHEN_SHORT_SIZE];
	int64_t ends = json_get_int(child, "ends_at", 0);
	int64_t read = json_get_int(child, "read_at", 0);

	if (ends == 0) {
		buf_addf(out, _("countdown stopped: %s"), line_text(child, "label"));
		if (reason != NULL && reason[0] != '\0') {
			buf_addf(out, " (%s)", reason);
		}
		return;
	}
	when_clock(at, read, zone);
	when_near(until, ends, read, zone);
	buf_addf(out, json_get_bool(child, "late") /* it runs to no end of its own */
		? _("%s: %lld minutes at %s (a newer reading counts)")
		: _("%s: %lld minutes at %s, until %s"), line_text(child, "label"),
		(long long)json_get_int(child, "minutes", 0), at, until);
}

void
say_countdown(const struct line *l)
{
	say_clock(l->out, l->body, l->zone);
}

static void
say_back(struct buf *out, const struct json *child, const struct zone *zone)
{
	const struct json *row = json_get(child, "row");
	const char *what = line_text(row != NULL ? row : child, "title");
	char at[WHEN_SHORT_SIZE];

	when_full(at, json_get_int(row != NULL ? row : child, "due_at", 0), zone);
	buf_addf(out, _("must be back by %s"), at);
	if (what[0] != '\0') {
		buf_addf(out, ": %s", what);
	}
}

void
say_back_by(const struct line *l)
{
	const struct json *each = json_get(l->body, "each");

	if (each == NULL) {
		say_back(l->out, l->body, l->zone);
		return;
	}
	for (const struct json *child = json_first(each); child != NULL;
	     child = json_next(child)) {
		buf_adds(l->out, child == json_first(each) ? "" : " · ");
		say_back(l->out, child, l->zone);
	}
	buf_addf(l->out, _(" no longer holds: %s"), line_text(l->body, "reason"));
}

/* Behind a status that met such times, or started them again. */
void
say_back_by_met(const struct line *l)
{
	const struct json *list = json_get(l->body, "deadlines");
	char late[WHEN_SHORT_SIZE];

	for (const struct json *child = json_first(list); child != NULL;
	     child = json_next(child)) {
		int64_t due = json_get_int(child, "due_at", 0);
		int64_t met = json_get_int(json_get(json_get(child, "set"), "met_at"), "to", 0);

		buf_adds(l->out, " · ");
		say_back(l->out, child, l->zone);
		when_span(late, met - due < 0 ? 0 : met - due, i18n_language());
		if (strcmp(line_text(json_get(json_get(child, "set"), "state"), "to"),
			    "stopped") == 0) {
			buf_addf(l->out, " (%s)", Q_("clock|stopped"));
		} else if (met == 0) {
			buf_adds(l->out, _(" (runs again)"));
		} else if (met <= due) {
			buf_adds(l->out, _(" (kept)"));
		} else {
			buf_addf(l->out, _(" (missed by %s)"), late);
		}
	}
}

/* Minutes read between the steps. */
void
say_reading(const struct line *l)
{
	const struct json *clock = json_first(json_get(l->body, "clocks"));

	if (clock != NULL) {
		say_clock(l->out, clock, l->zone);
	}
}

void
say_clocks(const struct line *l)
{
	const struct json *clocks = json_get(l->body, "clocks");

	for (const struct json *child = json_first(clocks); child != NULL;
	     child = json_next(child)) {
		buf_adds(l->out, " · ");
		say_clock(l->out, child, l->zone);
	}
}

static void
say_change(struct buf *out, const struct json *set)
{
	const char *result = json_get_text(json_get(set, "result"), "to");
	const char *text = json_get_text(json_get(set, "description"), "to");

	if (result != NULL) {
		buf_addf(out, ": %s", obligation_result(result));
	}
	if (text != NULL && text[0] != '\0') {
		buf_addf(out, " · %s", text);
	}
}

void
say_obligation(const struct line *l)
{
	const struct json *each = json_get(l->body, "each");
	const struct json *row = json_get(each == NULL ? l->body : json_first(each), "row");

	if (row == NULL) {
		buf_addf(l->out, "%s (%s)", line_text(l->body, "title"),
			line_text(l->body, "label"));
		say_change(l->out, json_get(l->body, "set"));
		return;
	}
	buf_addf(l->out, _("periodic duty: %s (%s)"), line_text(row, "title"),
		line_text(row, "label"));
	if (json_count(each) > 1) {
		buf_addf(l->out, _(" and %d more"), json_count(each) - 1);
	}
}

void
say_quick_made(const struct line *l)
{
	buf_addf(l->out, _("quick report %lld drafted: %s"),
		(long long)json_get_int(l->body, "n", 0),
		quick_register_label(line_text(l->body, "register")));
}

void
say_quick_sent(const struct line *l)
{
	const struct json *set = json_get(l->body, "set");
	const char *approved = json_get_text(json_get(set, "approved_by"), "to");
	const char *confirmed = json_get_text(json_get(set, "confirmed_by"), "to");
	const char *channel = json_get_text(json_get(set, "channel"), "to");

	if (json_get(set, "state") == NULL) {
		buf_addf(l->out, _("quick report %lld to %s: confirmed by %s"),
			(long long)json_get_int(l->body, "n", 0),
			line_text(l->body, "to_name"), confirmed == NULL ? "-" : confirmed);
		return;
	}
	buf_addf(l->out, _("quick report %lld sent to %s by %s"),
		(long long)json_get_int(l->body, "n", 0), line_text(l->body, "to_name"),
		word_label(WORDS_CHANNEL, channel == NULL ? "" : channel));
	if (approved != NULL) {
		buf_addf(l->out, _(", approved by %s"), approved);
	}
	if (confirmed != NULL) {
		buf_addf(l->out, _(", confirmed by %s"), confirmed);
	}
}
