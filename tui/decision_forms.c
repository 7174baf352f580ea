/* decision_forms.c owns what is asked when an order is asked for and when it
 * comes in: the question, the answer or the fall-back, the paper. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/change.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "playbooks/step_decision.h"
#include "tui/app.h"
#include "tui/ask.h"
#include "tui/model.h"
#include "tui/wait_forms.h"

/* Choices beside the options: words that no option has. */
#define NO_ANSWER "(none)"
#define BY_AUTHORITY "(fallback)"

char *
decision_key(const struct decision *d)
{
	return xasprintf("%s/%d", d->number, d->n);
}

static void
near(char out[WHEN_SHORT_SIZE], int64_t at, struct desk *desk)
{
	when_near(out, at, desk_now(desk), desk_zone(desk));
}

/* What the form shows: the last call that nobody answered, too. */
struct last_call {
	struct desk *desk;
	char at[WHEN_SHORT_SIZE];
};

static bool
note_call(const struct asking *asking, void *arg)
{
	struct last_call *last = arg;

	near(last->at, asking->at, last->desk);
	return true;
}

static void
put_time(struct json *about, const char *key, int64_t at, struct desk *desk)
{
	char text[WHEN_SHORT_SIZE];

	if (at != 0 && at != NO_DUE) {
		near(text, at, desk);
		json_set_text(about, key, text);
	}
}

char *
decision_about(const struct decision *d, struct desk *desk)
{
	struct json *about = json_object();
	struct last_call last = { .desk = desk };
	struct error ignored = ERROR_INIT;
	bool mine = false;
	char *text;

	(void)whom_is_me(&mine, desk, d->role, &ignored);
	json_set_bool(about, "mine", mine);
	json_set_text(about, "question", d->question);
	json_set_text(about, "by_name", d->name);
	put_time(about, "asked", d->asked_at, desk);
	put_time(about, "until", d->until_at, desk);
	put_time(about, "taken", d->fallback_at, desk);
	json_set_int(about, "tries", d->tries);
	json_set_text(about, "state", d->state);
	json_set_text(about, "channel", d->channel);
	json_set_text(about, "fallback", d->fallback);
	json_set_text(about, "fallback_by", d->fallback_by);
	json_set_text(about, "authority", d->authority);
	json_set_text(about, "answer", decision_label(d, d->answer));
	json_set_text(about, "document", d->doc_number);
	if (d->options != NULL) {
		json_set(about, "options", json_copy(d->options));
	}
	if (d->tries > 0 && asking_each(desk, d->id, note_call, &last, &ignored)) {
		json_set_text(about, "tried", last.at);
	}
	text = json_line(about);
	json_free(about);
	return text;
}

static struct json *
about_of(const struct table_row *row)
{
	struct json *about = NULL;
	struct error ignored;

	return row != NULL && row->about != NULL && json_parse(&about, row->about,
		strlen(row->about), NULL, &ignored) ? about : json_object();
}

/* What may be done without an answer; a draft says that it may not. */
static char *
fallback_text(const struct json *about)
{
	const char *fallback = json_text_of(about, "fallback");
	const char *until = json_text_of(about, "until");

	if (fallback[0] == '\0') {
		return xstrdup(_("Without an answer nothing is authorised."));
	}
	return xasprintf(_("No answer by %s: %s%s"), until[0] != '\0' ? until : "-", fallback,
		strcmp(json_text_of(about, "authority"), "draft") == 0
			? _(" (DRAFT plan: not in force, needs a reason)") : "");
}

/* ---- asking ---- */

static const struct form_line ask_lines[] = {
	{ .name = "question", .label = N_("What is to be decided"), .kind = FIELD_LINE,
		.required = true },
	{ .name = "role", .label = N_("Of whom"), .kind = FIELD_PICK,
		.from = CHOICES_CONTACTS, .loaded = true, .help = N_("type a part of the name") },
	{ .name = "name", .label = N_("or in words"), .kind = FIELD_LINE,
		.help = N_("who is not in the register") },
	{ .name = "options", .label = N_("Options"), .kind = FIELD_LINE,
		.help = N_("shut down, wait; empty: any answer") },
	{ .name = "until", .label = N_("Answer by"), .kind = FIELD_LINE,
		.help = N_("03:00, +5m; empty: 10 minutes") },
	{ .name = "channel", .label = N_("By"), .kind = FIELD_CHOICE, .words = ask_channels,
		.value = "phone" },
	{ .name = "fallback", .label = N_("Without an answer"), .kind = FIELD_LINE,
		.help = N_("only what was authorised") },
	{ .name = NULL },
};

static bool
run_ask(struct desk *desk, const struct case_ref *ref, const struct json *values,
	char **said, struct error *err)
{
	const char *role = form_word(values, "role");
	const struct decision_new what = {
		.whom = role[0] != '\0' ? role : form_word(values, "name"),
		.question = form_word(values, "question"), .options = form_given(values, "options"),
		.until = form_given(values, "until"), .channel = form_given(values, "channel"),
		.fallback = form_given(values, "fallback"),
	};
	int count, n;

	if (!decision_ask(desk, case_ref_case(ref), &what, &n, err)) {
		return false;
	}
	(void)change_appended(desk, &count);
	if (count == 0) {
		*said = xasprintf(_("already asked as %d: nothing was added; it is still open"),
			n);
	}
	return true;
}

const struct sheet_form decision_ask_form = { .draft = "decision-ask",
	.title = N_("ask for a decision"), .lines = ask_lines, .run_said = run_ask,
	.said = N_("%s: asked; record the answer with Enter in X") };

/* What a step of the plan wants decided: all is known, F10 asks. */
static const struct form_line step_lines[] = {
	{ .name = "who", .label = "", .kind = FIELD_LABEL },
	{ .name = "question", .label = "", .kind = FIELD_LABEL },
	{ .name = "fallback", .label = "", .kind = FIELD_LABEL },
	{ .name = "channel", .label = N_("By"), .kind = FIELD_CHOICE, .words = ask_channels,
		.value = "phone" },
	{ .name = "until", .label = N_("Answer by"), .kind = FIELD_LINE,
		.help = N_("03:00, +5m; empty: as the plan says") },
	{ .name = NULL },
};

static void
fill_step(struct app *app, struct view *view, const struct table_row *row)
{
	struct json *about = about_of(row);
	char span[WHEN_SHORT_SIZE];

	(void)app;
	if (row != NULL) {
		when_span(span, json_get_int(about, "fallback_after_ms", 0), i18n_language());
		form_label(view, "who", xasprintf("%s: %s", _("Who decides"),
			json_text_of(about, "by_name")));
		form_label(view, "question", xstrdup(json_text_of(about, "question")));
		form_label(view, "fallback", xasprintf(_("No answer in %s: %s%s"), span,
			json_text_of(about, "fallback"),
			strcmp(json_text_of(about, "authority"), "draft") == 0
				? _(" (DRAFT plan: not in force, needs a reason)") : ""));
	}
	json_free(about);
}

static bool
run_step(struct desk *desk, const struct case_ref *ref, const struct json *values,
	struct error *err)
{
	const struct decision_new what = { .until = form_given(values, "until"),
		.channel = form_given(values, "channel") };
	int n;

	return step_decision_ask(desk, case_ref_case(ref), ref->item, &what, &n, err);
}

const struct sheet_form decision_step_form = { .title = N_("ask for a decision"),
	.lines = step_lines, .focus = "channel", .save = N_("asked"), .run = run_step,
	.fill = fill_step, .said = N_("%s: asked; Enter on the step records the answer") };

/* ---- answering ---- */

static const struct form_line answer_lines[] = {
	{ .name = "question", .label = "", .kind = FIELD_LABEL },
	{ .name = "who", .label = "", .kind = FIELD_LABEL },
	{ .name = "tried", .label = "", .kind = FIELD_LABEL },
	{ .name = "channel", .label = N_("By"), .kind = FIELD_CHOICE, .words = ask_channels,
		.value = "phone" },
	{ .name = "answer", .label = N_("Answer"), .kind = FIELD_CHOICE },
	{ .name = "other", .label = N_("or other words"), .kind = FIELD_LINE },
	{ .name = "reason", .label = N_("Reason"), .kind = FIELD_LINE },
	{ .name = "by", .label = N_("Name"), .kind = FIELD_LINE,
		.help = N_("who answered, or decides") },
	{ .name = "at", .label = N_("When"), .kind = FIELD_LINE,
		.help = N_("now, -15m, 14:30; empty: now") },
	{ .name = "fallback", .label = "", .kind = FIELD_LABEL },
	{ .name = "document", .label = N_("Document no."), .kind = FIELD_LINE,
		.help = N_("confirmation, also later") },
	{ .name = "date", .label = N_("Dated"), .kind = FIELD_LINE,
		.help = N_("empty: today") },
	{ .name = NULL },
};

static void
offer_answers(struct field *field, const struct json *about)
{
	const char *state = json_text_of(about, "state");
	bool open = state[0] == '\0' || strcmp(state, "open") == 0;

	for (const struct json *row = json_first(json_get(about, "options")); row != NULL;
		row = json_next(row)) {
		const char *label = json_get_text(row, "label");

		field_add_choice(field, json_text_of(row, "value"),
			label != NULL ? label : json_text_of(row, "value"));
	}
	if (open) {
		field_add_choice(field, NO_ANSWER, _("no answer"));
	}
	if (open && (json_text_of(about, "fallback")[0] != '\0' || state[0] == '\0')) {
		field_add_choice(field, BY_AUTHORITY, _("by authority"));
	}
}

static void
fill_answer(struct app *app, struct view *view, const struct table_row *row)
{
	struct form *form = ask_form_fields(view);
	struct json *about = about_of(row);
	int64_t tries = json_get_int(about, "tries", 0);
	const char *until = json_text_of(about, "until");

	(void)app;
	offer_answers(form_field(form, "answer"), about);
	/* Where nothing is to choose from, what is typed is the answer: on the choice its
	 * blanks would go on to "by authority". */
	form_focus(form, json_count(json_get(about, "options")) > 0 ? "answer" : "other");
	if (row != NULL) {
		form_label(view, "question", xstrdup(json_text_of(about, "question")));
		form_label(view, "who", xasprintf(_("%s  asked %s  answer by %s"),
			json_text_of(about, "by_name"), json_text_of(about, "asked"),
			until[0] != '\0' ? until : "-"));
		if (json_text_of(about, "taken")[0] != '\0') {
			form_label(view, "tried", xasprintf(
				_("taken by authority at %s: %s; an answer now stands beside it"),
				json_text_of(about, "taken"), json_text_of(about, "fallback_by")));
		} else if (tries > 0) {
			form_label(view, "tried", xasprintf(_("call %lld at %s: no answer"),
				(long long)tries, json_text_of(about, "tried")));
		} else if (json_text_of(about, "answer")[0] != '\0') {
			form_label(view, "tried", xasprintf("%s: %s", _("answered"),
				json_text_of(about, "answer")));
		}
		form_label(view, "fallback", fallback_text(about));
		field_set(form_field(form, "channel"), json_text_of(about, "channel"));
	}
	json_free(about);
}

static bool
run_answer(struct desk *desk, const struct case_ref *ref, const struct json *values,
	struct error *err)
{
	const char *chosen = form_word(values, "answer");
	struct decision_word word = { .reason = form_given(values, "reason"),
		.by = form_given(values, "by"), .at = form_given(values, "at"),
		.channel = form_given(values, "channel"),
		.document = form_given(values, "document"),
		.date = form_given(values, "date") };
	int n = case_ref_number(ref);

	word.answer = form_given(values, "other") != NULL ? form_given(values, "other") : chosen;
	if (strcmp(word.answer, NO_ANSWER) == 0) {
		return decision_try(desk, case_ref_case(ref), n, &word, err);
	}
	if (strcmp(word.answer, BY_AUTHORITY) == 0) {
		word.by = word.by != NULL ? word.by : desk_me(desk)->name;
		return decision_fallback(desk, case_ref_case(ref), n, &word, err);
	}
	if (word.answer[0] == '\0' && word.document != NULL) {
		return decision_document(desk, case_ref_case(ref), n, &word, err);
	}
	return decision_answer(desk, case_ref_case(ref), n, &word, err);
}

const struct sheet_form decision_answer_form = { .draft = "decision-answer",
	.title = N_("record the answer"), .lines = answer_lines, .fill_focuses = true,
	.run = run_answer, .fill = fill_answer, .refill = true, .said = N_("%s: decision recorded"),
	.tell = true };

static bool
run_try(struct desk *desk, const struct case_ref *ref, const struct json *values,
	struct error *err)
{
	(void)values;
	return decision_try(desk, case_ref_case(ref), case_ref_number(ref),
		&(struct decision_word){ 0 }, err);
}

const struct sheet_form decision_try_form = { .title = N_("no answer"), .run = run_try,
	.said = N_("%s: call without answer recorded") };

static const struct form_line paper_lines[] = {
	{ .name = "document", .label = N_("Document no."), .kind = FIELD_LINE,
		.required = true },
	{ .name = "date", .label = N_("Dated"), .kind = FIELD_LINE,
		.help = N_("empty: today") },
	{ .name = NULL },
};

static bool
run_paper(struct desk *desk, const struct case_ref *ref, const struct json *values,
	struct error *err)
{
	return decision_document(desk, case_ref_case(ref), case_ref_number(ref),
		&(struct decision_word){ .document = form_word(values, "document"),
		.date = form_given(values, "date") }, err);
}

const struct sheet_form decision_paper_form = { .draft = "decision-paper",
	.title = N_("written confirmation"), .lines = paper_lines, .run = run_paper,
	.said = N_("%s: document recorded") };

static const struct form_line withdraw_lines[] = {
	{ .name = "reason", .label = N_("Reason"), .kind = FIELD_LINE, .required = true },
	{ .name = NULL },
};

static bool
run_withdraw(struct desk *desk, const struct case_ref *ref, const struct json *values,
	struct error *err)
{
	return decision_withdraw(desk, case_ref_case(ref), case_ref_number(ref),
		form_word(values, "reason"), err);
}

const struct sheet_form decision_withdraw_form = { .draft = "decision-withdraw",
	.title = N_("not asked any more"), .lines = withdraw_lines, .run = run_withdraw,
	.said = N_("%s: question withdrawn") };

void
decision_speak(struct app *app, const struct table_row *row)
{
	const struct sheet_form *form = strcmp(row->state, "ask") == 0 ? &decision_step_form
		: strcmp(row->state, "answered") == 0 || strcmp(row->state, "answered_late") == 0
		? &decision_paper_form : &decision_answer_form;

	sheet_form(app, form, &row, 1);
}
