/* sheet_call.c owns the call list of a case: whom to telephone next, who is being
 * called, who answered; three keys record a call. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/call.h"
#include "core/call_next.h"
#include "core/contact_check.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/outbox_hand.h"
#include "playbooks/call_names.h"
#include "tui/ask.h"
#include "tui/sheet_hand.h"
#include "tui/views.h"

enum { CALL_WHO, CALL_NUMBER, CALL_STATE, CALL_BY, CALL_CHECK, CALL_WHY };

static const struct table_column columns[] = {
	[CALL_WHO] = { N_("WHOM"), 0, 0, false },
	[CALL_NUMBER] = { N_("NUMBER"), 14, 0, false },
	[CALL_STATE] = { N_("STATE"), 24, 0, false },
	[CALL_BY] = { N_("CALLER"), 10, 96, false },
	[CALL_CHECK] = { N_("VERIFIED ON"), 16, 104, false },
	[CALL_WHY] = { N_("NAMED BY"), 26, 140, false },
	{ 0 },
};

static const struct hint hints[] = {
	{ CMD_ENTER, N_("they were called") },
	{ CMD_NO_ANSWER, NULL },
	{ CMD_CHANGE, N_("number") },
	{ CMD_PRESETS, NULL },
	{ CMD_POSTED, NULL },
	{ CMD_CORRECT, NULL },
	SHEET_HINTS
};

static const char *const presets[] = { N_("all"), N_("still to call"), NULL };

/* ---- the list ---- */

static bool
left(const struct json *line)
{
	return json_get_bool(line, "needed");
}

/* What acts look at: who stands in for one that answered need not be called. */
static const char *
state_word(const char *state, bool needed)
{
	return !needed && strcmp(state, "not_called") == 0 ? "needless" : state;
}

static void
state_cell(struct table_row *row, const struct json *line, struct desk *desk)
{
	const char *state = json_text_of(line, "state");
	const struct json *message = json_get(line, "message");
	const struct json *calling = json_get(line, "calling");
	int64_t tries = json_get_int(line, "tries", 0);
	char clock[WHEN_SHORT_SIZE];
	char text[128];

	when_near(clock, json_get_int(line, "at", 0), desk_now(desk), desk_zone(desk));
	if (json_is(calling, JSON_OBJECT) && strcmp(state, "answered") != 0) {
		when_clock(clock, json_get_int(calling, "since", 0), desk_zone(desk));
		snprintf(text, sizeof text, _("%s is calling %s"), json_text_of(calling, "by"),
			clock);
		row->style = ST_SOON;
	} else if (strcmp(state, "answered") == 0) {
		snprintf(text, sizeof text, _("answered %s %s"), clock,
			json_text_of(line, "answered_by"));
		row->style = ST_GOOD;
	} else if (strcmp(state, "no_answer") == 0) {
		snprintf(text, sizeof text, tries > 1 ? _("no answer %s x%lld")
			: _("no answer %s"), clock, (long long)tries);
		row->style = ST_SOON;
		row->signs = 1;
	} else if (strcmp(state, "wrong_number") == 0) {
		snprintf(text, sizeof text, _("WRONG NUMBER %s"), clock);
		row->style = ST_LATE;
		row->signs = 1;
	} else if (json_is(message, JSON_OBJECT)) {
		bool owed = message_owed(json_text_of(message, "state"), json_text_of(message,
			"channel"));

		snprintf(text, sizeof text, "%s%s", owed ? "" : _("not called, "),
			message_state_label(json_text_of(message, "state"),
				json_text_of(message, "channel")));
		row->style = owed || strcmp(json_text_of(message, "state"), "failed") == 0 ? ST_LATE
			: ST_SOON;
		row->signs = owed ? 1 : 0;
	} else {
		snprintf(text, sizeof text, "%s", json_get_bool(line, "told")
			? _("told otherwise") : json_get_bool(line, "needed")
				? _("not called") : "-");
	}
	if (json_text_of(line, "corrected")[0] != '\0') {
		char *marked = xasprintf(_("corrected: %s"), text);

		table_cell(row, CALL_STATE, marked);
		free(marked);
		return;
	}
	table_cell(row, CALL_STATE, text);
}

/* All there is to say of a line, for F2 and for the filter. */
static char *
line_text(const struct json *line)
{
	const struct json *next = json_get(line, "next");
	const struct json *checked = json_get(line, "checked");
	struct buf out = { 0 };

	buf_addf(&out, "%s\n%s\n", json_text_of(line, "name"), json_text_of(line, "body"));
	buf_addf(&out, _("Number: %s\n"), json_text_of(line, "number")[0] != '\0'
		? json_text_of(line, "number") : _("no number"));
	if (json_is(checked, JSON_OBJECT)) {
		buf_addf(&out, "%s %s %s\n", contact_check_label(json_text_of(checked, "state")),
			json_text_of(checked, "day"), json_text_of(checked, "by"));
	}
	buf_addf(&out, _("Named by: %s\n"), json_text_of(line, "because"));
	if (json_get_bool(line, "by_person")) {
		buf_addf(&out, "%s\n", _("Told by a person only; the program sends nothing."));
	}
	if (json_text_of(line, "answered_by")[0] != '\0') {
		buf_addf(&out, _("Answered: %s: %s\n"), json_text_of(line, "answered_by"),
			json_text_of(line, "result"));
	}
	if (json_text_of(line, "corrected")[0] != '\0') {
		buf_addf(&out, _("Correction: %s\n"), json_text_of(line, "corrected"));
	}
	if (json_is(next, JSON_OBJECT)) {
		buf_addf(&out, _("If nobody answers: %s %s\n"), json_text_of(next, "name"),
			json_text_of(next, "number"));
	}
	return buf_take(&out);
}

static void
add_line(struct table_rows *out, const struct json *line, const struct page *page,
	struct desk *desk)
{
	const struct json *checked = json_get(line, "checked");
	const char *number = json_text_of(line, "number");
	bool stands_in = json_is(json_get(line, "stands_for"), JSON_STRING);
	struct table_row *row = table_add(out, json_text_of(line, "id"), json_text_of(line, "to"),
		state_word(json_text_of(line, "state"), left(line)));
	bool person = strcmp(json_text_of(line, "kind"), "point") == 0 &&
		json_text_of(line, "body")[0] != '\0';
	char *who = xasprintf("%s%s%s%s", stands_in ? "- " : "", json_text_of(line, "name"),
		person ? ", " : "", person ? json_text_of(line, "body") : "");

	memcpy(row->case_id, page->about, UUID_SIZE);
	row->about = xstrdup(number);
	row->text = line_text(line);
	table_cell(row, CALL_WHO, who);
	table_cell(row, CALL_NUMBER, number[0] != '\0' ? number : _("NO NUMBER"));
	table_cell(row, CALL_BY, json_text_of(line, "by"));
	table_cell(row, CALL_CHECK, json_is(checked, JSON_OBJECT)
		? contact_check_label(json_text_of(checked, "state")) : "");
	table_cell(row, CALL_WHY, json_text_of(line, "because"));
	state_cell(row, line, desk);
	free(who);
}

/* How far it is, and who is next. */
static void
head_of(struct table_head *head, const struct json *list)
{
	const struct json *first = call_next(list);
	int answered = 0, owed = 0, count = 0, todo = 0;

	for (const struct json *line = json_first(list); line != NULL; line = json_next(line)) {
		const struct json *message = json_get(line, "message");

		count++;
		answered += strcmp(json_text_of(line, "state"), "answered") == 0;
		todo += left(line);
		owed += left(line) && json_is(message, JSON_OBJECT) && message_owed(
			json_text_of(message, "state"), json_text_of(message, "channel"));
	}
	snprintf(head->counts, sizeof(head->counts), _("answered %d of %d"), answered, count);
	if (owed > 0) {
		size_t at = strlen(head->counts);

		snprintf(head->counts + at, sizeof(head->counts) - at, _("  %d BY HAND"), owed);
	}
	if (first != NULL) {
		const struct json *next = json_get(first, "next");
		int at = snprintf(head->todo, sizeof(head->todo), "%s",
			json_get_bool(first, "drill") ? _("[drill] ") : "");

		snprintf(head->todo + at, sizeof(head->todo) - (size_t)at,
			json_is(next, JSON_OBJECT)
				? _("Call %s %s.  No answer: %s") : _("Call %s %s."),
			json_text_of(first, "name"), json_text_of(first, "number"),
			json_text_of(next, "name"));
	} else if (count > 0 && todo == 0) {
		snprintf(head->todo, sizeof(head->todo), "%s", _("Everybody has answered."));
	} else if (count > 0) {
		snprintf(head->todo, sizeof(head->todo), "%s",
			_("Nobody left has a number: enter one, or tell them otherwise."));
	}
}

static bool
load(struct table_rows *out, struct desk *desk, const struct page *page,
	struct error *err)
{
	struct json *list = NULL;

	if (!case_call_list(desk, page->about, &list, err)) {
		return false;
	}
	for (const struct json *line = json_first(list); line != NULL; line = json_next(line)) {
		if (page->preset == 0 || left(line)) {
			add_line(out, line, page, desk);
			(void)page_take(out, page);
		}
	}
	head_of(&out->head, list);
	json_free(list);
	return true;
}

/* ---- recording a call ---- */

static bool
do_call(struct desk *desk, const struct case_ref *ref, const struct json *values,
	struct error *err)
{
	const char *outcome = form_word(values, "outcome");
	struct call_new what = { .to = ref->item,
		.case_id = ref->case_id[0] != '\0' ? ref->case_id : NULL,
		.outcome = outcome[0] != '\0' ? outcome : "answered",
		.answered_by = form_word(values, "answered_by"),
		.result = form_word(values, "result"),
		.number = form_word(values, "number")[0] != '\0'
			? form_word(values, "number") : NULL,
		.verified = strcmp(form_word(values, "verified"), "yes") == 0 };
	struct call_done done = { 0 };
	bool ok = form_time(&what.at, values, "at", WHEN_PAST, desk, err) &&
		call_add(desk, &what, &done, err);

	free(done.also); /* stands in the entry, which is said */
	return ok;
}

static bool
do_no_answer(struct desk *desk, const struct case_ref *ref, const struct json *values,
	struct error *err)
{
	struct call_new what = { .case_id = ref->case_id, .to = ref->item,
		.outcome = "no_answer" };
	struct call_done done = { 0 };
	bool ok = call_add(desk, &what, &done, err);

	(void)values;
	free(done.also);
	return ok;
}

/* On to the next who has not answered. */
static void
to_next(struct app *app, const struct case_ref *ref)
{
	struct view *base = app_base(app);
	struct browse *b = (struct browse *)base;
	bool after = false;

	for (int i = 0; base->ops == &call_sheet.ops && i < b->rows.count; i++) {
		const struct table_row *row = &b->rows.rows[i];

		if (after && strcmp(row->state, "answered") != 0
			&& strcmp(row->state, "needless") != 0) {
			(void)browse_to(b, row->id);
			return;
		}
		after = after || strcmp(row->id, ref->id) == 0;
	}
}

static const struct form_line call_lines[] = {
	{ .name = "answered_by", .label = N_("Who answered"), .kind = FIELD_LINE },
	{ .name = "result", .label = N_("What was said"), .kind = FIELD_AREA, .rows = 3 },
	{ .name = "outcome", .label = N_("Outcome"), .kind = FIELD_CHOICE,
	  .value = "answered", .words = call_outcomes },
	{ .name = "at", .label = N_("Time"), .kind = FIELD_LINE,
	  .help = N_("nothing: now; 02:31, -5m") },
	{ .name = "number", .label = N_("Other number"), .kind = FIELD_LINE,
	  .help = N_("if not the one in the list") },
	{ .name = "verified", .label = N_("Number is right"), .kind = FIELD_CHECK },
	{ 0 },
};

const struct sheet_form call_form = {
	.draft = "call", .title = N_("called"), .lines = call_lines, .save = N_("record it"),
	.run = do_call, .said = N_("call recorded: %s"), .tell = true, .after = to_next,
	.left = call_left,
};

static const struct sheet_form no_answer_form = {
	.title = N_("no answer"), .run = do_no_answer, .said = N_("no answer: %s"),
	.tell = true, .after = to_next,
};

/* ---- a call that was recorded wrongly ---- */

static bool
do_correct(struct desk *desk, const struct case_ref *ref, const struct json *values,
	struct error *err)
{
	const struct call_correction what = { .case_id = ref->case_id, .of = ref->item,
		.why = form_word(values, "why"), .outcome = form_word(values, "outcome"),
		.answered_by = form_word(values, "answered_by"),
		.result = form_word(values, "result") };
	struct call_done done = { 0 };
	bool ok = call_correct(desk, &what, &done, err);

	free(done.also);
	return ok;
}

static const struct form_line correct_lines[] = {
	{ .name = "why", .label = N_("What was wrong"), .kind = FIELD_LINE, .required = true },
	{ .name = "outcome", .label = N_("Right is"), .kind = FIELD_CHOICE,
	  .value = "answered", .words = call_corrections },
	{ .name = "answered_by", .label = N_("Who answered"), .kind = FIELD_LINE },
	{ .name = "result", .label = N_("What was said"), .kind = FIELD_AREA, .rows = 3 },
	{ 0 },
};

const struct sheet_form correct_form = {
	.draft = "correct", .title = N_("correct the last call"), .lines = correct_lines,
	.save = N_("record it"), .run = do_correct, .said = N_("call corrected: %s"),
	.tell = true,
};

static void
begin_call(struct app *app, struct sheet_view *view, const struct table_row *const *rows,
	int count)
{
	struct case_ref ref;
	size_t at;

	(void)count;
	sheet_ref(&ref, rows[0]);
	/* The mark of who stands for another is none of the name. */
	if (strncmp(ref.title, "- ", 2) == 0) {
		memmove(ref.title, ref.title + 2, strlen(ref.title + 2) + 1);
	}
	at = strlen(ref.title);
	if (rows[0]->about[0] != '\0') {
		snprintf(ref.title + at, sizeof(ref.title) - at, "  %s", rows[0]->about);
	}
	call_open(app, &view->browse.view, &ref);
}

/* ---- a number that is missing or wrong ---- */

static void
mend(struct app *app, struct sheet_view *view, const struct table_row *const *rows,
	int count)
{
	struct case_ref ref;

	(void)view;
	(void)count;
	if (strchr(rows[0]->key, ':') != NULL) {
		app_info(app, "%s", _("only a contact's number can be mended here"));
		return;
	}
	sheet_ref(&ref, rows[0]);
	form_open(app, &contact_form, &ref, 1, NULL);
}

static const char *
not_called(const struct table_row *row)
{
	return strcmp(row->state, "not_called") == 0 || strcmp(row->state, "needless") == 0
		? N_("no call of theirs is recorded") : NULL;
}

static const struct sheet_act acts[] = {
	{ .command = CMD_ENTER, .run = begin_call },
	{ .command = CMD_NO_ANSWER, .form = &no_answer_form },
	{ .command = CMD_CHANGE, .run = mend },
	{ .command = CMD_CORRECT, .form = &correct_form, .refuse = not_called },
	{ .command = CMD_NONE },
};

const struct sheet call_sheet = {
	.ops = SHEET_OPS("calls", hints),
	.title = N_("CALLS"),
	.source = { .columns = columns, .load = load, .of_case = true,
		.empty = N_("nobody is to be called: no rule and no step names anybody") },
	.acts = acts,
	.presets = presets,
	.tab = &posted_sheet.ops,
	.tab_hint = N_("notices posted"),
};
