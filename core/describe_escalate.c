/* describe_escalate.c: the timeline's lines of calling people: who was called, by
 * what, who was not and why, who answered. */
#include <string.h>

#include "core/describe_line.h"
#include "core/i18n.h"
#include "core/page.h"
#include "core/when.h"
#include "core/words.h"

static void
add_channels(const struct line *l, const struct json *by)
{
	for (const struct json *one = json_first(by); one != NULL; one = json_next(one)) {
		const char *channel = json_text(one, "");

		buf_addf(l->out, "%s%s", one == json_first(by) ? " " : ", ",
			word_label(WORDS_CHANNEL, channel[0] == '\0' ? "mail" : channel));
	}
}

/* "gọi Hà (trực chính) qua thư" */
static void
add_called(const struct line *l, const struct json *called)
{
	for (const struct json *one = json_first(called); one != NULL; one = json_next(one)) {
		buf_addf(l->out, one == json_first(called) ? _("calls %s (%s)") : ", %s (%s)",
			line_text(one, "name"), _(page_word(line_text(one, "why"))));
		if (json_count(json_get(one, "by")) > 0) {
			buf_addf(l->out, " %s", _("by"));
			add_channels(l, json_get(one, "by"));
		}
	}
}

static void
add_skipped(const struct line *l, const struct json *skipped)
{
	for (const struct json *one = json_first(skipped); one != NULL; one = json_next(one)) {
		buf_addf(l->out, _("; not %s (%s)"), line_text(one, "name"),
			_(line_text(one, "reason")));
	}
}

static void
add_empty(const struct line *l, const struct json *empty)
{
	for (const struct json *row = json_first(empty); row != NULL; row = json_next(row)) {
		const struct json *who = json_get(row, "who");

		buf_adds(l->out, _("; nobody to call: "));
		for (const struct json *one = json_first(who); one != NULL; one = json_next(one)) {
			buf_addf(l->out, "%s%s", one == json_first(who) ? "" : ", ",
				_(page_word(json_text(one, ""))));
		}
	}
}

static void
say_called(const struct line *l)
{
	const char *because = line_text(l->body, "because");
	const char *by = line_text(l->body, "name");
	const char *reason = line_text(l->body, "reason");
	const struct json *called = json_get(l->body, "called");

	if (because[0] != '\0') {
		buf_adds(l->out, _(because));
		if (by[0] != '\0') {
			buf_addf(l->out, _(", by %s"), by);
		}
		if (reason[0] != '\0') {
			buf_addf(l->out, " (%s)", reason);
		}
		buf_adds(l->out, ": ");
	}
	if (json_count(called) == 0) {
		buf_adds(l->out, _("nobody is called"));
	}
	add_called(l, called);
	add_skipped(l, json_get(l->body, "left_out"));
	add_empty(l, json_get(l->body, "empty"));
}

static void
say_rests(const struct line *l)
{
	buf_adds(l->out, _("nobody answered in all rounds: calling rests, the"
		" coordinators are told"));
}

static void
add_by(const struct line *l)
{
	const char *by = line_text(l->body, "by");

	if (by[0] != '\0') {
		buf_addf(l->out, " (%s)", word_label(WORDS_ANSWER_WAY, by));
	}
	if (json_get_bool(l->body, "late")) {
		buf_adds(l->out, _("; too late: others were called since, or it is over"));
	}
}

static void
say_took(const struct line *l)
{
	buf_addf(l->out, _("%s takes it"), line_text(l->body, "name"));
	add_by(l);
}

static void
say_declined(const struct line *l)
{
	buf_addf(l->out, _("%s cannot take it"), line_text(l->body, "name"));
	add_by(l);
}

static void
say_passed(const struct line *l)
{
	const char *to = line_text(l->body, "to_name");

	if (to[0] != '\0') {
		buf_addf(l->out, _("%s passes it on to %s, who is called"),
			line_text(l->body, "name"), to);
	} else {
		buf_addf(l->out, _("%s wants to pass it on"), line_text(l->body, "name"));
	}
	add_by(l);
}

static const struct json *
to_of(const struct json *body, const char *column)
{
	const struct json *set = json_get(body, "set");

	if (set == NULL) {
		set = json_get(json_first(json_get(body, "each")), "set");
	}
	return json_get(json_get(set, column), "to");
}

static const struct json *
from_of(const struct json *body, const char *column)
{
	return json_get(json_get(json_get(body, "set"), column), "from");
}

static void
say_answered(const struct line *l)
{
	int64_t until = json_integer(to_of(l->body, "ack_until"), 0);
	char at[WHEN_SHORT_SIZE];

	buf_adds(l->out, _("somebody has it: calling stops"));
	if (until != 0) {
		when_near(at, until, json_integer(to_of(l->body, "ack_at"), until), l->zone);
		buf_addf(l->out, _("; without a word by %s he is asked again"), at);
	}
}

static void
say_asked(const struct line *l)
{
	buf_adds(l->out, _("nothing followed: who took it is asked once more"));
}

static void
say_again(const struct line *l)
{
	const char *because = line_text(l->body, "because");

	if (because[0] != '\0') {
		buf_addf(l->out, "%s: ", _(because));
	}
	buf_adds(l->out, _("calling begins again from the first"));
}

static void
say_spoke(const struct line *l)
{
	buf_adds(l->out, _("who took it has written: calling stays stopped"));
}

static void
say_policy(const struct line *l)
{
	const char *to = json_text(to_of(l->body, "policy"), "");

	buf_addf(l->out, _("severity raised to %lld"),
		(long long)json_integer(to_of(l->body, "severity"), 0));
	if (to[0] != '\0') {
		buf_addf(l->out, _(": called by %s, no longer by %s"), to,
			json_text(from_of(l->body, "policy"), ""));
	}
}

static void
say_lowered(const struct line *l)
{
	buf_addf(l->out, _("severity lowered to %lld: calling goes on as it began"),
		(long long)json_integer(to_of(l->body, "severity"), 0));
}

static void
say_kept(const struct line *l)
{
	buf_addf(l->out, _("severity raised to %lld: calling goes on as it began"),
		(long long)json_integer(to_of(l->body, "severity"), 0));
}

static void
say_ended(const struct line *l)
{
	buf_addf(l->out, _("calling ends: %s"), _(json_text(to_of(l->body, "reason"), "")));
}

static const struct {
	const char *act;
	line_fn *say;
} acts[] = {
	{ "ack", say_took }, { "again", say_again }, { "answered", say_answered },
	{ "asked", say_asked }, { "called", say_called }, { "decline", say_declined },
	{ "ended", say_ended }, { "kept", say_kept }, { "lowered", say_lowered },
	{ "pass", say_passed }, { "policy", say_policy }, { "rests", say_rests },
	{ "spoke", say_spoke },
};

/* Which of several: a step's or deadline's name stands before it. */
static void
add_about(const struct line *l, const char *about, const char *title)
{
	if (about[0] != '\0' && strcmp(about, "case") != 0) {
		buf_addf(l->out, "%s: ", title);
	}
}

void
say_escalation(const struct line *l)
{
	const char *act = line_text(l->body, "act");

	add_about(l, line_text(l->body, "about"), line_text(l->body, "title"));
	for (size_t i = 0; i < sizeof acts / sizeof *acts; i++) {
		if (strcmp(acts[i].act, act) == 0) {
			acts[i].say(l);
			return;
		}
	}
	say_watch(l);
}

void
say_escalation_added(const struct line *l)
{
	const struct json *row = json_get(l->body, "row");

	add_about(l, line_text(row, "subject"), line_text(row, "title"));
	buf_addf(l->out, _("calling people begins, by the rule %s"), line_text(row, "policy"));
}
