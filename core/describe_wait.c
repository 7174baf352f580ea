/* describe_wait.c says what was promised, asked, raised; what was asked of whom,
 * answered, taken by authority. */
#include "core/describe_line.h"

#include <stdio.h>
#include <string.h>

#include "core/document.h"
#include "core/i18n.h"
#include "core/thing.h"
#include "core/when.h"
#include "core/words.h"

/* "21/11 03:30": the year is the timeline's. */
static const char *
near(char out[2 * WHEN_SHORT_SIZE], const struct line *l, int64_t at)
{
	char day[WHEN_SHORT_SIZE], clock[WHEN_SHORT_SIZE];

	when_day(day, at, l->zone);
	when_clock(clock, at, l->zone);
	(void)snprintf(out, 2 * WHEN_SHORT_SIZE, "%s %s", day, clock);
	return out;
}

/* The asking that an act made beside its change. */
static const struct json *
asking_of(const struct json *body)
{
	for (const struct json *child = thing_first(body); child != NULL;
	     child = thing_next(body, child)) {
		if (json_get_text(child, "asking") != NULL) {
			return json_get(child, "row");
		}
	}
	return NULL;
}

/* What a field became; an undo names what it took away. */
static const char *
became(const struct line *l, const char *key)
{
	const struct json *field = json_get(json_get(l->body, "set"), key);
	const char *to = line_text(field, "to");

	return to[0] == '\0' && json_get_text(l->body, "of") != NULL
		? line_text(field, "from") : to;
}

static void
add(const struct line *l, const char *before, const char *text)
{
	if (text[0] != '\0') {
		buf_addf(l->out, "%s%s", before, text);
	}
}

/* Formats are translated texts with one %s. */
#define ADD_TIME(l, format, at) \
	do { \
		char text_[2 * WHEN_SHORT_SIZE]; \
		if (json_is_integer(at) && json_integer(at, 0) > 0) { \
			buf_addf((l)->out, format, near(text_, l, json_integer(at, 0))); \
		} \
	} while (0)

void
say_waiting_added(const struct line *l)
{
	const struct json *row = json_get(l->body, "row");

	buf_addf(l->out, _("waiting on %s: %s"), line_text(row, "name"),
		line_text(row, "what"));
	add(l, _("; ticket "), line_text(row, "ticket"));
	ADD_TIME(l, _("; promised %s"), json_get(row, "promised_at"));
}

static void
say_words(const struct line *l, const struct json *child)
{
	const struct json *asking = asking_of(l->body);
	const struct json *promised = json_get(json_get(child, "set"), "promised_at");

	add(l, _("; spoke with "), line_text(asking, "whom"));
	add(l, ": ", line_text(asking, "text"));
	ADD_TIME(l, _("; new promise %s"), json_get(promised, "to"));
	ADD_TIME(l, _(" (before: %s)"), json_get(promised, "from"));
}

void
say_waiting_asked(const struct line *l)
{
	const struct json *child = thing_first(l->body);
	const struct json *asked = json_get(json_get(child, "set"), "asked");
	const struct json *asking = asking_of(l->body);

	buf_addf(l->out, _("asked %s again (%lld, %s): %s"), line_text(child, "name"),
		(long long)json_integer(json_get(asked, "to"), 0),
		word_label(WORDS_ASK_CHANNEL, line_text(asking, "channel")),
		line_text(child, "what"));
	say_words(l, child);
}

void
say_waiting_raised(const struct line *l)
{
	const struct json *child = thing_first(l->body);
	const struct json *set = json_get(child, "set");
	const char *said = line_text(child, "raised_to");
	const char *to = said[0] != '\0' ? said
		: line_text(json_get(set, "raised_to"), "to");

	buf_addf(l->out, _("raised to level %lld: %s (%s)"),
		(long long)json_integer(json_get(json_get(set, "raised"), "to"), 0),
		to[0] != '\0' ? to : line_text(child, "name"), line_text(child, "what"));
	say_words(l, child);
}

void
say_waiting_done(const struct line *l)
{
	const struct json *set = json_get(l->body, "set");

	buf_addf(l->out, _("%s is done with: %s"), line_text(l->body, "name"),
		line_text(l->body, "what"));
	add(l, ": ", line_text(json_get(set, "result"), "to"));
}

void
say_waiting_set(const struct line *l)
{
	const struct json *set = json_get(l->body, "set");
	const struct json *promised = json_get(set, "promised_at");

	buf_addf(l->out, _("waiting on %s: %s"), line_text(l->body, "name"),
		line_text(l->body, "what"));
	add(l, _("; ticket "), line_text(json_get(set, "ticket"), "to"));
	ADD_TIME(l, _("; new promise %s"), json_get(promised, "to"));
	ADD_TIME(l, _(" (before: %s)"), json_get(promised, "from"));
	add(l, _("; to raise after "), line_text(json_get(set, "raise_after"), "to"));
	add(l, _("; followed by "), line_text(l->body, "to"));
}

void
say_decision_asked(const struct line *l)
{
	const struct json *row = json_get(l->body, "row");

	buf_addf(l->out, _("ORDER ASKED of %s (%s): %s"), line_text(row, "name"),
		word_label(WORDS_ASK_CHANNEL, line_text(row, "channel")),
		line_text(row, "question"));
	ADD_TIME(l, _("; answer by %s"), json_get(row, "until_at"));
}

void
say_decision_tried(const struct line *l)
{
	const struct json *child = thing_first(l->body);
	const struct json *asking = asking_of(l->body);

	buf_addf(l->out, _("no answer from %s (%s, call %lld): %s"),
		line_text(asking, "whom"),
		word_label(WORDS_ASK_CHANNEL, line_text(asking, "channel")),
		(long long)json_integer(json_get(json_get(json_get(child, "set"), "tries"),
			"to"), 0), line_text(child, "question"));
	if (json_get(child, "typed") != NULL) {
		ADD_TIME(l, _("; at %s"), json_get(asking, "at"));
	}
}

/* Both stand: what was taken, and what was answered. */
void
say_decision_answered(const struct line *l)
{
	const struct json *set = json_get(l->body, "set");

	buf_addf(l->out, json_get(l->body, "fallback_at") != NULL
		? _("ANSWERED after the fall-back was taken: %s; %s (%s)")
		: _("DECIDED: %s; %s (%s)"), line_text(l->body, "label"),
		became(l, "answered_by"), line_text(l->body, "question"));
	add(l, _("; reason: "), json_get(l->body, "reason") != NULL
		? line_text(l->body, "reason") : became(l, "reason"));
	if (json_get(l->body, "typed") != NULL) {
		ADD_TIME(l, _("; answered at %s"), json_get(json_get(set, "answered_at"), "to"));
	}
	ADD_TIME(l, _("; what was taken at %s stands beside it: "),
		json_get(l->body, "fallback_at"));
	if (json_get(l->body, "fallback_at") != NULL) {
		buf_adds(l->out, line_text(l->body, "fallback"));
	}
	add(l, _("; document "), became(l, "doc_number"));
}

void
say_decision_fallback(const struct line *l)
{
	const struct json *set = json_get(l->body, "set");

	buf_addf(l->out, _("NO ANSWER from %s, taken by authority of the plan: \"%s\"; %s"),
		line_text(l->body, "name"), line_text(l->body, "fallback"),
		became(l, "fallback_by"));
	if (json_get_int(l->body, "until", 0) >
	    json_integer(json_get(json_get(set, "fallback_at"), "to"), 0)) {
		ADD_TIME(l, _("; BEFORE the time was out (%s)"), json_get(l->body, "until"));
	} else {
		ADD_TIME(l, _("; time was out at %s"), json_get(l->body, "until"));
	}
	add(l, _("; reason: "), became(l, "reason"));
}

void
say_decision_documented(const struct line *l)
{
	const char *number = became(l, "doc_number");
	char day[DAY_SIZE];

	document_day_shown(day, became(l, "doc_date"));
	if (number[0] == '\0') {
		buf_addf(l->out, _("date of the order's document: %s (%s)"), day,
			line_text(l->body, "question"));
		return;
	}
	buf_addf(l->out, _("order confirmed in writing: %s, %s (%s)"), number,
		day[0] == '\0' ? "-" : day, line_text(l->body, "question"));
}

void
say_decision_withdrawn(const struct line *l)
{
	buf_addf(l->out, _("question withdrawn: %s"), line_text(l->body, "question"));
	add(l, _("; reason: "), became(l, "reason"));
}
