/* why_text.c says in lines who was called, who will be, and what would stop it. */
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/mem.h"
#include "core/page.h"
#include "core/when.h"
#include "core/why.h"
#include "core/words.h"

struct telling {
	struct buf *out;
	struct desk *desk;
};

const char *
why_who(const char *word)
{
	return _(page_word(word));
}

char *
why_on_site(const struct json *person, struct desk *desk)
{
	int64_t at = json_get_int(person, "on_site_at", 0);
	const char *far = json_get_text(person, "far");
	char text[WHEN_SHORT_SIZE];

	if (at == 0) {
		return NULL;
	}
	when_near(text, at, desk_now(desk), desk_zone(desk));
	return far == NULL ? xasprintf(_("on site at %s"), text)
		: xasprintf(_("on site not before %s: %s"), text, far);
}

static void
add_time(const struct telling *t, int64_t at)
{
	char text[WHEN_SHORT_SIZE];

	when_near(text, at, desk_now(t->desk), desk_zone(t->desk));
	buf_addf(t->out, "  %s  ", text);
}

static void
add_words(const struct telling *t, const struct json *words)
{
	for (const struct json *word = json_first(words); word != NULL;
	     word = json_next(word)) {
		buf_addf(t->out, "%s%s", word == json_first(words) ? "" : ", ",
			_(page_word(json_text(word, ""))));
	}
}

static void
add_channels(const struct telling *t, const struct json *channels)
{
	for (const struct json *one = json_first(channels); one != NULL;
	     one = json_next(one)) {
		buf_addf(t->out, "%s%s", one == json_first(channels) ? "" : ", ",
			word_label(WORDS_CHANNEL, json_text(one, "")));
	}
}

void
why_hurried(struct buf *out, const struct json *past)
{
	const struct json *why = json_get(past, "called_for");
	const char *by = json_get_text(why, "by"), *reason = json_get_text(why, "reason");

	if (by != NULL) {
		buf_addf(out, _("; called without waiting, by %s"), by);
	}
	if (by != NULL && reason != NULL) {
		buf_addf(out, ": %s", reason);
	}
}

/* "02:10  Hà (trực chính): thư Máy chủ đã nhận; 02:12 không nhận được (link)" */
static void
say_past(const struct telling *t, const struct json *row)
{
	static const char *const answers[][2] = {
		{ "ack", N_("takes it") }, { "decline", N_("cannot take it") },
		{ "pass", N_("passes it on") },
	};
	const char *answer = json_get_text(row, "answer");
	const char *skipped = json_get_text(row, "skipped");
	const struct json *messages = json_get(row, "messages");

	add_time(t, json_get_int(row, "at", 0));
	buf_addf(t->out, "%s (%s)", json_text_of(row, "name"),
		_(page_word(json_text_of(row, "who"))));
	if (skipped != NULL) {
		buf_addf(t->out, _(": not called, %s"), _(skipped));
	}
	for (const struct json *m = skipped == NULL ? json_first(messages) : NULL; m != NULL;
	     m = json_next(m)) {
		buf_addf(t->out, "%s%s %s", m == json_first(messages) ? ": " : ", ",
			word_label(WORDS_CHANNEL, json_text_of(m, "channel")),
			word_label(WORDS_MESSAGE_STATE, json_text_of(m, "state")));
		if (json_text_of(m, "reason")[0] != '\0') {
			buf_addf(t->out, " [%s]", _(json_text_of(m, "reason")));
		}
	}
	for (size_t i = 0; answer != NULL && i < sizeof answers / sizeof *answers; i++) {
		if (strcmp(answers[i][0], answer) == 0) {
			buf_addf(t->out, "; %s", _(answers[i][1]));
		}
	}
	if (skipped == NULL) {
		why_hurried(t->out, row);
	}
	buf_addc(t->out, '\n');
}

static void
add_on_site(const struct telling *t, const struct json *person)
{
	char *text = why_on_site(person, t->desk);

	if (text != NULL) {
		buf_addf(t->out, " [%s]", text);
	}
	free(text);
}

static void
say_future(const struct telling *t, const struct json *row)
{
	const struct json *people = json_get(row, "people");
	bool knows = false;
	int called = 0;

	add_time(t, json_get_int(row, "at", 0));
	for (const struct json *p = json_first(people); p != NULL; p = json_next(p)) {
		knows = knows || json_get_bool(p, "knows");
		if (json_get_text(p, "skipped") == NULL) {
			buf_addf(t->out, _("%s%s (%s) by "), called++ > 0 ? ", " : "",
				json_text_of(p, "name"), _(page_word(json_text_of(p, "who"))));
			add_channels(t, json_get(p, "channels"));
			add_on_site(t, p);
		}
	}
	if (called == 0) {
		buf_adds(t->out, knows ? _("calls nobody: who knows of it has his time")
			: _("calls nobody and goes on at once"));
	}
	for (const struct json *p = json_first(people); p != NULL; p = json_next(p)) {
		const char *skipped = json_get_text(p, "skipped");

		if (skipped != NULL) {
			buf_addf(t->out, _("; not %s (%s)"), json_text_of(p, "name"), _(skipped));
		}
	}
	if (json_count(json_get(row, "empty")) > 0) {
		buf_adds(t->out, _("; nobody to call: "));
		add_words(t, json_get(row, "empty"));
	}
	buf_addc(t->out, '\n');
}

static void
say_state(const struct telling *t, const struct json *call)
{
	const char *state = json_text_of(call, "state");
	const char *title = json_text_of(call, "title");
	char at[WHEN_SHORT_SIZE];

	if (title[0] != '\0') {
		buf_addf(t->out, "%s: ", title);
	}
	if (strcmp(state, "waiting") == 0) {
		when_near(at, json_get_int(call, "next_at", 0), desk_now(t->desk),
			desk_zone(t->desk));
		buf_addf(t->out, _("calling begins at %s, by the rule %s"), at,
			json_text_of(call, "policy"));
	} else if (strcmp(state, "running") == 0) {
		buf_addf(t->out, _("is called by the rule %s: round %lld, step %lld of %lld"),
			json_text_of(call, "policy"), (long long)json_get_int(call, "round", 0),
			(long long)json_get_int(call, "step", 0),
			(long long)json_get_int(call, "steps", 0));
		if (json_text_of(call, "reason")[0] != '\0') {
			buf_addf(t->out, " (%s)", _(json_text_of(call, "reason")));
		}
	} else if (strcmp(state, "answered") == 0) {
		when_near(at, json_get_int(call, "ack_at", 0), desk_now(t->desk),
			desk_zone(t->desk));
		buf_addf(t->out, _("taken by %s at %s: nobody is called"),
			json_text_of(call, "ack_by"), at);
	} else {
		buf_addf(t->out, _("calling has ended: %s"), _(json_text_of(call, "reason")));
	}
	buf_addc(t->out, '\n');
}

static void
say_call(const struct telling *t, const struct json *call)
{
	const struct json *past = json_get(call, "past");
	const struct json *future = json_get(call, "future");
	const char *state = json_text_of(call, "state");
	bool later = strcmp(state, "waiting") == 0 &&
		strcmp(json_text_of(call, "subject"), "case") != 0;
	int shown = 0;

	say_state(t, call);
	for (const struct json *row = json_first(past); row != NULL; row = json_next(row)) {
		say_past(t, row);
	}
	if (json_count(future) > 0 && !later) {
		buf_addf(t->out, "%s\n", strcmp(state, "answered") == 0
			? _("If nothing more is written:") : _("If nobody answers:"));
	}
	/* Of what is only to come the first two are enough: --json has all. */
	for (const struct json *row = json_first(future);
	     row != NULL && !(later && shown++ >= 2); row = json_next(row)) {
		say_future(t, row);
	}
	if (strcmp(state, "running") == 0 && json_count(future) == 0) {
		buf_addf(t->out, "%s\n", _("All rounds are over: nobody is called any more."));
	}
}

void
why_print(struct buf *out, const struct json *why, struct desk *desk)
{
	struct telling t = { .out = out, .desk = desk };
	const struct json *calls = json_get(why, "calls");
	const char *nobody = json_get_text(why, "nobody");
	bool running = false;

	buf_addf(out, "%s  %s\n", json_text_of(why, "case"), json_text_of(why, "title"));
	if (!json_get_bool(json_get(why, "engine"), "leads")) {
		buf_addf(out, "%s\n", _("NO ENGINE: nobody is called until `suco serve` runs."));
	}
	if (nobody != NULL) {
		buf_addf(out, _("Nobody is called: %s.\n"), _(nobody));
	}
	for (const struct json *call = json_first(calls); call != NULL;
	     call = json_next(call)) {
		const char *state = json_text_of(call, "state");

		running = running || strcmp(state, "running") == 0 ||
			strcmp(state, "waiting") == 0;
		say_call(&t, call);
	}
	if (running) {
		buf_addf(out, _("It stops when somebody takes it (suco ack %s), and when the case"
			" is closed, merged or dismissed; a step when it is done, a report when it"
			" is sent.\n"), json_text_of(why, "case"));
	}
}
