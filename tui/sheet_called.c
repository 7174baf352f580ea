/* sheet_called.c owns the screen of who is called for a case: who was, by what, with
 * which answer; who will be and when, and why not the others. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/escalate_now.h"
#include "core/fold.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/why.h"
#include "core/words.h"
#include "tui/ask.h"
#include "tui/views.h"

enum { CALLED_AT, CALLED_WHO, CALLED_BY, CALLED_WHAT };

static const struct table_column columns[] = {
	[CALLED_AT] = { N_("WHEN"), 11, 0, false },
	[CALLED_WHO] = { N_("WHOM"), 24, 0, false, .wide = 34 },
	[CALLED_BY] = { N_("BY"), 8, 60, false, .wide = 24 },
	[CALLED_WHAT] = { N_("WHAT CAME OF IT, OR WHY"), 0, 0, false },
	{ 0 },
};

static const struct hint hints[] = {
	{ CMD_ENTER, N_("TAKE IT") },
	{ CMD_HOLD, N_("CANNOT TAKE IT") },
	{ CMD_CALL_NEXT, NULL },
	{ CMD_TAKE, N_("pass it on") },
	{ CMD_CALLS, NULL },
	SHEET_HINTS
};

struct showing {
	struct table_rows *out;
	struct desk *desk;
	const struct page *page;
	const char *me;
	int n;          /* rows so far: their ids */
	bool mine;      /* I was called, and it is not answered */
	char seen[48];  /* of the call: "n round step"; "" where nobody is called */
	int64_t next_at;
	char next[160]; /* who is called then */
};

static struct table_row *
row_add(struct showing *s, const char *state, int64_t at)
{
	char id[16], shown[WHEN_SHORT_SIZE] = "";
	struct table_row *row;

	snprintf(id, sizeof(id), "%d", ++s->n);
	row = table_add(s->out, id, id, state);
	memcpy(row->case_id, s->page->about, UUID_SIZE);
	if (at > 0) {
		when_near(shown, at, desk_now(s->desk), desk_zone(s->desk));
	}
	table_cell(row, CALLED_AT, shown);
	row->about = xstrdup(s->seen);
	row->style = ST_TEXT;
	return row;
}

static void
put_who(struct table_row *row, const struct json *person)
{
	char *text = xasprintf("%s (%s)", fold_given_name(json_text_of(person, "name")),
		why_who(json_text_of(person, "who")));

	table_cell(row, CALLED_WHO, text);
	free(text);
}

/* ---- what was ---- */

static const char *const answers[][2] = {
	{ "ack", N_("TAKES IT") }, { "decline", N_("CANNOT TAKE IT") },
	{ "pass", N_("passes it on") },
};

static void
put_messages(struct table_row *row, const struct json *messages, struct buf *what)
{
	struct buf by = { 0 };

	for (const struct json *m = json_first(messages); m != NULL; m = json_next(m)) {
		const char *reason = json_text_of(m, "reason");

		buf_addf(&by, "%s%s", by.len > 0 ? ", " : "",
			word_label(WORDS_CHANNEL, json_text_of(m, "channel")));
		if (strcmp(json_text_of(m, "state"), "answered") == 0) {
			continue;
		}
		buf_addf(what, "%s%s", what->len > 0 ? ", " : "",
			word_label(WORDS_MESSAGE_STATE, json_text_of(m, "state")));
		if (reason[0] != '\0') {
			buf_addf(what, ": %s", _(reason));
		}
	}
	table_cell(row, CALLED_BY, buf_text(&by));
	buf_free(&by);
}

static void
add_past(struct showing *s, const struct json *past, bool running)
{
	const char *answer = json_get_text(past, "answer");
	const char *skipped = json_get_text(past, "skipped");
	struct table_row *row = row_add(s, "past", json_get_int(past, "at", 0));
	struct buf what = { 0 };

	put_who(row, past);
	if (skipped != NULL) {
		buf_addf(&what, _("not called: %s"), _(skipped));
		row->style = ST_DIM;
	} else {
		row->style = ST_STRONG;
		for (size_t i = 0; answer != NULL && i < sizeof answers / sizeof *answers; i++) {
			if (strcmp(answers[i][0], answer) == 0) {
				char at[WHEN_SHORT_SIZE];

				when_near(at, json_get_int(past, "answered_at", 0),
					desk_now(s->desk), desk_zone(s->desk));
				buf_addf(&what, "%s %s", _(answers[i][1]), at);
				row->style = i == 0 ? ST_GOOD : ST_SOON;
			}
		}
		if (what.len == 0) {
			buf_adds(&what, running ? _("no answer yet") : _("did not answer"));
			s->mine = s->mine || (running &&
				strcmp(json_text_of(past, "login"), s->me) == 0);
		}
		put_messages(row, json_get(past, "messages"), &what);
		why_hurried(&what, past);
	}
	table_cell(row, CALLED_WHAT, buf_text(&what));
	buf_free(&what);
	(void)page_take(s->out, s->page);
}

/* ---- what will be ---- */

/* "on site at 02:50; if nobody answers" */
static void
put_what(const struct showing *s, struct table_row *row, const struct json *person,
	const char *if_so)
{
	char *on_site = why_on_site(person, s->desk);
	char *text = on_site == NULL ? NULL : xasprintf("%s; %s", on_site, if_so);

	table_cell(row, CALLED_WHAT, text == NULL ? if_so : text);
	free(on_site);
	free(text);
}

static void
add_person(struct showing *s, const struct json *person, int64_t at, const char *if_so)
{
	const char *skipped = json_get_text(person, "skipped");
	const struct json *channels = json_get(person, "channels");
	struct table_row *row = row_add(s, "future", at);
	struct buf by = { 0 };

	put_who(row, person);
	for (const struct json *c = skipped == NULL ? json_first(channels) : NULL; c != NULL;
	     c = json_next(c)) {
		buf_addf(&by, "%s%s", by.len > 0 ? ", " : "",
			word_label(WORDS_CHANNEL, json_text(c, "")));
	}
	table_cell(row, CALLED_BY, buf_text(&by));
	buf_free(&by);
	if (skipped != NULL) {
		char *text = xasprintf(_("is not called: %s"), _(skipped));

		table_cell(row, CALLED_WHAT, text);
		free(text);
		row->style = ST_DIM;
	} else {
		put_what(s, row, person, if_so);
		if (s->next[0] == '\0') {
			snprintf(s->next, sizeof(s->next), _("%s %s."),
				json_text_of(person, "name"), if_so);
			s->next_at = at;
		}
	}
	(void)page_take(s->out, s->page);
}

static void
add_future(struct showing *s, const struct json *future, const char *if_so)
{
	int64_t at = json_get_int(future, "at", 0);
	const struct json *people = json_get(future, "people");

	for (const struct json *p = json_first(people); p != NULL; p = json_next(p)) {
		add_person(s, p, at, if_so);
	}
	for (const struct json *word = json_first(json_get(future, "empty")); word != NULL;
	     word = json_next(word)) {
		struct table_row *row = row_add(s, "empty", at);

		table_cell(row, CALLED_WHO, why_who(json_text(word, "")));
		table_cell(row, CALLED_WHAT, _("nobody is there to call; goes on at once"));
		row->style = ST_LATE;
		(void)page_take(s->out, s->page);
	}
}

/* ---- a call: of the case, a step, a clock ---- */

static void
say_state(struct buf *out, const struct showing *s, const struct json *call)
{
	const char *state = json_text_of(call, "state");
	char at[WHEN_SHORT_SIZE];

	if (strcmp(state, "waiting") == 0) {
		buf_addf(out, _("not begun; rule %s"), json_text_of(call, "policy"));
	} else if (strcmp(state, "running") == 0) {
		buf_addf(out, _("round %lld, step %lld of %lld; rule %s"),
			(long long)json_get_int(call, "round", 0),
			(long long)json_get_int(call, "step", 0),
			(long long)json_get_int(call, "steps", 0), json_text_of(call, "policy"));
	} else if (strcmp(state, "answered") == 0) {
		when_near(at, json_get_int(call, "ack_at", 0), desk_now(s->desk),
			desk_zone(s->desk));
		buf_addf(out, _("taken by %s at %s"), json_text_of(call, "ack_by"), at);
	} else {
		buf_addf(out, _("ended: %s"), _(json_text_of(call, "reason")));
	}
}

/* What stands there now: who was called since is not passed over by a key. */
static void
see(struct showing *s, const struct json *call, bool running)
{
	s->seen[0] = '\0';
	if (running) {
		snprintf(s->seen, sizeof(s->seen), "%lld %lld %lld",
			(long long)json_get_int(call, "n", 0),
			(long long)json_get_int(call, "round", 0),
			(long long)json_get_int(call, "step", 0));
	}
}

static void
add_call(struct showing *s, const struct json *call)
{
	const char *state = json_text_of(call, "state");
	const char *title = json_text_of(call, "title");
	bool running = strcmp(state, "running") == 0;
	bool answered = strcmp(state, "answered") == 0;
	bool later = strcmp(state, "waiting") == 0 &&
		strcmp(json_text_of(call, "subject"), "case") != 0;
	struct table_row *row;
	struct buf what = { 0 };
	int shown = 0;

	see(s, call, running);
	row = row_add(s, "call", json_get_bool(call, "begins")
		? json_get_int(call, "next_at", 0) : 0);

	table_cell(row, CALLED_WHO, title[0] != '\0' ? title : _("the case itself"));
	say_state(&what, s, call);
	table_cell(row, CALLED_WHAT, buf_text(&what));
	buf_free(&what);
	row->style = ST_TITLE;
	row->signs = running ? 1 : 0;
	(void)page_take(s->out, s->page);
	for (const struct json *p = json_first(json_get(call, "past")); p != NULL;
	     p = json_next(p)) {
		add_past(s, p, running);
	}
	/* Of what is only to come the first two are enough. */
	for (const struct json *f = json_first(json_get(call, "future"));
	     f != NULL && !(later && shown++ >= 2); f = json_next(f)) {
		add_future(s, f, answered ? _("if nothing is written")
			: _("if nobody answers"));
	}
}

static void
head_of(struct table_head *head, const struct showing *s, const struct json *why)
{
	const char *nobody = json_get_text(why, "nobody");
	char at[WHEN_SHORT_SIZE];

	head->late = true;
	if (!json_get_bool(json_get(why, "engine"), "leads")) {
		snprintf(head->todo, sizeof(head->todo), "%s",
			_("NO ENGINE: nobody is called until `suco serve` runs."));
	} else if (s->mine) {
		snprintf(head->todo, sizeof(head->todo), "%s", _("You are called: Enter takes it;"
			" x you cannot: the next one is called."));
	} else if (nobody != NULL) {
		snprintf(head->todo, sizeof(head->todo), _("Nobody is called: %s."), _(nobody));
		head->late = false;
	} else if (s->next[0] != '\0') {
		when_near(at, s->next_at, desk_now(s->desk), desk_zone(s->desk));
		snprintf(head->todo, sizeof(head->todo),
			_("At %s is called: %s"), at, s->next);
		head->late = false;
	} else {
		head->late = false;
	}
}

static bool
load(struct table_rows *out, struct desk *desk, const struct page *page,
	struct error *err)
{
	struct showing s = { .out = out, .desk = desk, .page = page,
		.me = desk_me(desk)->login };
	struct json *why = NULL;

	if (!why_read(desk, page->about, &why, err)) {
		return false;
	}
	for (const struct json *call = json_first(json_get(why, "calls")); call != NULL;
	     call = json_next(call)) {
		add_call(&s, call);
	}
	head_of(&out->head, &s, why);
	json_free(why);
	return true;
}

/* ---- as text ---- */

static bool
print(struct buf *out, struct desk *desk, const struct page *page, struct error *err)
{
	struct json *why = NULL;

	if (!why_read(desk, page->about, &why, err)) {
		return false;
	}
	why_print(out, why, desk);
	json_free(why);
	return true;
}

static bool
read_all(char **title, struct buf *out, struct desk *desk, const struct page *page,
	const struct case_ref *row, struct error *err)
{
	(void)row;
	*title = xstrdup(_("WHO IS CALLED"));
	return print(out, desk, page, err);
}

/* ---- answering ---- */

static void
answer(struct app *app, struct sheet_view *view, enum command command)
{
	struct case_ref ref = { 0 };

	memcpy(ref.id, view->browse.view.about, UUID_SIZE);
	snprintf(ref.number, sizeof(ref.number), "%s", view->browse.rows.head.number);
	(void)act_on_cases(app, command, &ref, 1);
}

#define ANSWER(name, command) \
	static void \
	name(struct app *app, struct sheet_view *view, const struct table_row *const *rows, \
		int count) \
	{ \
		(void)rows; \
		(void)count; \
		answer(app, view, command); \
	}

ANSWER(take, CMD_ACK)
ANSWER(decline, CMD_DECLINE)
ANSWER(pass_on, CMD_PASS)

/* ---- the next one, now ---- */

static bool
run_next(struct desk *desk, const struct case_ref *ref, const struct json *values,
	char **said, struct error *err)
{
	const char *seen = form_word(values, "seen");
	struct call_now what = { .reason = form_given(values, "reason") };
	struct json *called = NULL;
	struct buf text = { 0 };
	long long round = 0;

	if (seen[0] != '\0' &&
	    sscanf(seen, "%d %lld %d", &what.n, &round, &what.at_step) == 3) {
		what.round = round;
	}
	if (!escalate_now(desk, ref->case_id, &what, &called, err)) {
		return false;
	}
	for (const struct json *one = json_first(called); one != NULL; one = json_next(one)) {
		buf_addf(&text, "%s%s (%s)", text.len > 0 ? ", " : _("is called now: "),
			json_text_of(one, "name"), why_who(json_text_of(one, "who")));
	}
	if (text.len == 0) {
		buf_adds(&text, _("nobody is there to call; the coordinators are told"));
	}
	*said = buf_take(&text);
	json_free(called);
	return true;
}

static void
fill_next(struct app *app, struct view *view, const struct table_row *row)
{
	(void)app;
	if (row != NULL && row->about != NULL) {
		field_set(form_field(ask_form_fields(view), "seen"), row->about);
	}
}

/* The case is what it is about, whatever row the cursor is on. */
static void
name_next(struct case_ref *ref, const struct table_row *row)
{
	(void)row;
	snprintf(ref->title, sizeof(ref->title), "%s", _("whoever is next by the rule"));
	snprintf(ref->number, sizeof(ref->number), "%.60s", ref->title);
}

static const struct form_line next_lines[] = {
	{ .name = "reason", .label = N_("Why"), .kind = FIELD_LINE,
		.help = N_("why it cannot wait; may stay empty") },
	{ .name = "seen", .label = "", .kind = FIELD_HIDDEN },
	{ .name = NULL },
};

static const struct sheet_form next_form = { .needs = ACT_WORK,
	.title = N_("call the next now"), .lines = next_lines, .save = N_("call"),
	.run_said = run_next, .fill = fill_next, .name = name_next };

static const struct sheet_act acts[] = {
	{ .command = CMD_ENTER, .run = take, .always = true },
	{ .command = CMD_HOLD, .run = decline, .always = true },
	{ .command = CMD_CALL_NEXT, .form = &next_form },
	{ .command = CMD_TAKE, .run = pass_on, .always = true },
	{ .command = CMD_NONE },
};

const struct sheet called_sheet = {
	.ops = SHEET_OPS("called", hints),
	.title = N_("WHO IS CALLED"),
	.source = { .columns = columns, .load = load, .of_case = true, .whole = true,
		.empty = N_("nobody was called for this case, and nobody will be") },
	.acts = acts,
	.read = read_all,
	.print = print,
};
