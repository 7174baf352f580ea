/* describe_point.c says what happened to the places of a case and to the lines of
 * its check-lists: names first, then what is new. */
#include <string.h>

#include "core/describe_line.h"
#include "core/i18n.h"
#include "core/thing.h"
#include "core/when.h"
#include "core/words.h"

#define NAMES 3

static const char *
name_of(const struct json *child)
{
	const struct json *row = json_get(child, "row");

	return line_text(row != NULL ? row : child, "name");
}

/* "Xã A, Xã B, Xã C and 10 more". */
static int
add_names(const struct line *l)
{
	int count = 0;

	for (const struct json *child = thing_first(l->body); child != NULL;
	     child = thing_next(l->body, child)) {
		if (count < NAMES) {
			buf_addf(l->out, "%s%s", count == 0 ? "" : ", ", name_of(child));
		}
		count++;
	}
	if (count > NAMES) {
		buf_addf(l->out, _(" and %d more"), count - NAMES);
	}
	return count;
}

/* What all rows say alike; "" where they differ. */
static const char *
common(const struct line *l, const char *column)
{
	const char *is = NULL;

	for (const struct json *child = thing_first(l->body); child != NULL;
	     child = thing_next(l->body, child)) {
		const char *one = line_text(json_get(child, "row"), column);

		if (is != NULL && strcmp(is, one) != 0) {
			return "";
		}
		is = one;
	}
	return is == NULL ? "" : is;
}

static int64_t
common_time(const struct line *l, const char *column)
{
	int64_t is = -1;

	for (const struct json *child = thing_first(l->body); child != NULL;
	     child = thing_next(l->body, child)) {
		int64_t one = json_get_int(json_get(child, "row"), column, 0);

		if (is != -1 && is != one) {
			return 0;
		}
		is = one;
	}
	return is < 0 ? 0 : is;
}

static void
add_time(const struct line *l, const char *fmt, int64_t at)
{
	char text[WHEN_SHORT_SIZE];

	if (at != 0) {
		when_clock(text, at, l->zone);
		buf_addf(l->out, fmt, text);
	}
}

static int
count_of(const struct line *l)
{
	int count = 0;

	for (const struct json *child = thing_first(l->body); child != NULL;
	     child = thing_next(l->body, child)) {
		count++;
	}
	return count;
}

void
say_points(const struct line *l)
{
	const char *state = common(l, "state");
	int count = count_of(l);

	buf_addf(l->out, ngettext("%d affected point: ", "%d affected points: ",
		(unsigned long)count), count);
	(void)add_names(l);
	if (state[0] != '\0') {
		buf_addf(l->out, "; %s", word_label(WORDS_POINT_STATE, state));
		add_time(l, _(" since %s"), common_time(l, "since"));
	}
}

/* Columns that a change may say, in the order in which they are said. */
static const struct {
	const char *column;
	const char *fmt; /* marked for translation */
	char type;       /* t text, w channel, i time */
} says[] = {
	{ "back_at", N_(" at %s"), 'i' },
	{ "since", N_(" since %s"), 'i' },
	{ "reserve", N_(", reserve path: %s"), 't' },
	{ "reserve_at", N_(" from %s"), 'i' },
	{ "told_how", N_(", told by %s"), 'w' },
	{ "told_at", N_(", told at %s"), 'i' },
	{ "confirmed_by", N_(", confirmed by %s"), 't' },
	{ "confirmed_at", N_(", confirmed at %s"), 'i' },
	{ "person", N_(", person there: %s"), 't' },
	{ "carrier", N_(", carrier: %s"), 't' },
	{ "area", N_(", old province: %s"), 't' },
	{ "over_told_how", N_(", told that it is over: %s"), 't' },
	{ "over_told_at", N_(", told that it is over at %s"), 'i' },
	{ "name", N_(", is %s"), 't' },
	{ "note", N_(", note: %s"), 't' },
};

static bool
is_said(const struct json *set, const char *column)
{
	/* A time that another column says already. */
	if (strcmp(column, "since") == 0) {
		return json_get(set, "back_at") != NULL || json_get(set, "reserve_at") != NULL;
	}
	return false;
}

static void
add_change(const struct line *l, const struct json *set, size_t i)
{
	const struct json *cell = json_get(set, says[i].column);
	const struct json *to = json_get(cell, "to");

	if (cell == NULL || is_said(set, says[i].column)) {
		return;
	}
	if (says[i].type == 'i') {
		add_time(l, _(says[i].fmt), json_integer(to, 0));
	} else if (json_text(to, "")[0] != '\0') {
		buf_addf(l->out, _(says[i].fmt), says[i].type == 'w'
			? word_label(WORDS_CHANNEL, json_text(to, "")) : json_text(to, ""));
	} else if (json_text(json_get(cell, "from"), "")[0] != '\0') {
		buf_addf(l->out, _(says[i].fmt), "-");
	}
}

/* What all of them became, and what all of them were; "" where they differ. */
static void
state_of_all(const struct line *l, const char **from, const char **to)
{
	*from = *to = NULL;
	for (const struct json *child = thing_first(l->body); child != NULL;
	     child = thing_next(l->body, child)) {
		const struct json *state = json_get(json_get(child, "set"), "state");

		if (state == NULL) {
			continue;
		}
		*from = *from == NULL || strcmp(*from, line_text(state, "from")) == 0
			? line_text(state, "from") : "";
		*to = *to == NULL || strcmp(*to, line_text(state, "to")) == 0
			? line_text(state, "to") : "";
	}
}

/* The rows of one act become alike; what they were may differ. */
void
say_points_set(const struct line *l)
{
	const struct json *set = json_get(thing_first(l->body), "set");
	const char *from, *to;

	(void)add_names(l);
	state_of_all(l, &from, &to);
	if (to != NULL && to[0] != '\0') {
		buf_addf(l->out, ": %s%s%s", from[0] == '\0' ? ""
			: word_label(WORDS_POINT_STATE, from), from[0] == '\0' ? "" : " -> ",
			word_label(WORDS_POINT_STATE, to));
	}
	for (size_t i = 0; i < sizeof says / sizeof *says; i++) {
		add_change(l, set, i);
	}
}

void
say_points_removed(const struct line *l)
{
	const char *reason = line_text(l->body, "reason");

	buf_adds(l->out, _("no affected point: "));
	(void)add_names(l);
	if (reason[0] != '\0') {
		buf_addf(l->out, " (%s)", reason);
	}
}

static void
add_step(const struct line *l)
{
	const struct json *step = json_get(l->body, "step");

	buf_addf(l->out, _("step %lld \"%s\""), (long long)json_get_int(step, "n", 0),
		line_text(step, "name"));
}

void
say_checklist(const struct line *l)
{
	int count = count_of(l);

	add_step(l);
	buf_addf(l->out, ngettext(": list of %d line: ", ": list of %d lines: ",
		(unsigned long)count), count);
	(void)add_names(l);
}

void
say_ticks(const struct line *l)
{
	const struct json *set = json_get(thing_first(l->body), "set");
	const struct json *tick = json_get(set, "ticked_at");
	const char *said = line_text(l->body, "said");

	add_step(l);
	buf_adds(l->out, tick == NULL ? _(": written for ")
		: json_integer(json_get(tick, "to"), 0) != 0 ? _(": ticked ")
		: _(": tick taken back: "));
	(void)add_names(l);
	if (said[0] != '\0') {
		buf_addf(l->out, "; %s", said);
	}
	/* How far the list was then; an undo leaves that to what is there. */
	if (json_get_int(l->body, "total", 0) > 0 && json_get(l->body, "of") == NULL) {
		buf_addf(l->out, " (%lld/%lld)", (long long)json_get_int(l->body, "ticked", 0),
			(long long)json_get_int(l->body, "total", 0));
	}
}
