/* clock_forms.c owns the forms of lawful clocks: a notice recorded as sent, what
 * does not apply, a clock started by hand, a time to be back by. */
#include <stdlib.h>
#include <string.h>

#include "core/case_set.h"
#include "core/deadline.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/notice.h"
#include "core/rule.h"
#include "tui/ask.h"
#include "tui/views.h"

/* ---- sent ---- */

static const struct form_line sent_lines[] = {
	{ .name = "goes", .label = "", .kind = FIELD_LABEL },
	{ .name = "channel", .label = N_("By"), .kind = FIELD_PICK, .required = true,
		.words = notice_channels, .help = N_("letter, document system, e-mail, phone") },
	{ .name = "number", .label = N_("Document number"), .kind = FIELD_LINE,
		.help = N_("of the document; empty: it comes later") },
	{ .name = "date", .label = N_("Its date"), .kind = FIELD_LINE,
		.help = N_("21/11/2026; empty: not known") },
	{ .name = "at", .label = N_("Sent at"), .kind = FIELD_LINE,
		.help = N_("now, -15m, 14:30; empty: now") },
	{ .name = "to", .label = N_("To"), .kind = FIELD_LINE,
		.help = N_("empty: whom the clock names") },
	{ .name = "by", .label = N_("Confirmed by"), .kind = FIELD_LINE,
		.help = N_("name, post; empty: not yet") },
	{ .name = "confirmed", .label = N_("Confirmed at"), .kind = FIELD_LINE,
		.help = N_("as above; empty: not yet") },
	{ .name = "note", .label = N_("What it said"), .kind = FIELD_AREA, .rows = 2 },
	{ .name = NULL },
};

static bool
record(struct desk *desk, const struct case_ref *ref, const struct json *values,
	bool update, struct error *err)
{
	struct notice_new what = { .form = ref->id, .number = form_word(values, "number"),
		.date = form_word(values, "date"), .to = form_word(values, "to"),
		.channel = form_word(values, "channel"), .note = form_word(values, "note"),
		.confirmed_by = form_word(values, "by"), .update = update };
	int n;

	return form_time(&what.at, values, "at", WHEN_PAST, desk, err) &&
		form_time(&what.confirmed_at, values, "confirmed", WHEN_PAST, desk, err) &&
		notice_sent(desk, ref->case_id, &what, &n, err);
}

static bool
run_sent(struct desk *desk, const struct case_ref *ref, const struct json *values,
	struct error *err)
{
	return record(desk, ref, values, false, err);
}

/* Of several clocks that run at once the person must see which one this meets. */
static void
name_clock(struct case_ref *ref, const struct table_row *row)
{
	form_title(ref, row->cells[0], row->cells[2]);
}

/* A clock that is met goes to the end: the cursor stays with those that run. */
static void
next_clock(struct app *app, const struct case_ref *ref)
{
	struct view *base = app_base(app);

	(void)ref;
	if (base->ops == &clocks_sheet.ops || base->ops == &case_clocks_sheet.ops) {
		((struct browse *)base)->hand_on = true;
	}
}

static void
fill_sent(struct app *app, struct view *form, const struct table_row *row)
{
	const char *line = row == NULL || row->about == NULL ? NULL
		: strchr(row->about, '\n');

	(void)app;
	form_label(form, "goes", xstrdup(line == NULL ? "" : line + 1));
}

const struct sheet_form notice_sent_form = { .draft = "notice-sent",
	.title = N_("sent by a person"), .lines = sent_lines, .run = run_sent,
	.focus = "channel", .name = name_clock, .fill = fill_sent, .refill = true,
	.after = next_clock,
	.said = N_("%s: recorded as sent") };

static bool
run_update(struct desk *desk, const struct case_ref *ref, const struct json *values,
	struct error *err)
{
	return record(desk, ref, values, true, err);
}

const struct sheet_form notice_update_form = { .draft = "notice-update",
	.title = N_("a further report, sent by a person"), .lines = sent_lines,
	.focus = "channel", .name = name_clock,
	.run = run_update, .said = N_("%s: further report recorded") };

/* ---- confirmed, recorded by mistake ---- */

static const struct form_line confirm_lines[] = {
	{ .name = "by", .label = N_("Confirmed by"), .kind = FIELD_LINE,
		.help = N_("name, post") },
	{ .name = "confirmed", .label = N_("Confirmed at"), .kind = FIELD_LINE,
		.help = N_("now, -15m, 14:30; empty: now") },
	{ .name = "number", .label = N_("Document number"), .kind = FIELD_LINE,
		.help = N_("if it has one now") },
	{ .name = NULL },
};

/* The row of a notice keeps its form as the key. */
static bool
run_confirm(struct desk *desk, const struct case_ref *ref, const struct json *values,
	struct error *err)
{
	struct notice_new what = { .form = ref->item, .number = form_word(values, "number"),
		.confirmed_by = form_word(values, "by") };

	return form_time(&what.confirmed_at, values, "confirmed", WHEN_PAST, desk, err) &&
		notice_confirm(desk, ref->case_id, &what, err);
}

const struct sheet_form notice_confirm_form = { .draft = "notice-confirm",
	.title = N_("the receiver confirmed"), .lines = confirm_lines, .run = run_confirm,
	.said = N_("%s: confirmation recorded") };

static const struct form_line reason_lines[] = {
	{ .name = "reason", .label = N_("Reason"), .kind = FIELD_AREA, .required = true },
	{ .name = NULL },
};

static bool
run_void(struct desk *desk, const struct case_ref *ref, const struct json *values,
	struct error *err)
{
	return notice_void(desk, ref->case_id, ref->item, form_word(values, "reason"), err);
}

const struct sheet_form notice_void_form = { .draft = "notice-void",
	.title = N_("recorded by mistake, its clock runs again"), .lines = reason_lines,
	.run = run_void, .said = N_("%s: marked as not sent") };

/* ---- the clock itself ---- */

static bool
run_na(struct desk *desk, const struct case_ref *ref, const struct json *values,
	struct error *err)
{
	return deadline_not_applicable(desk, ref->case_id, ref->id,
		form_word(values, "reason"), err);
}

const struct sheet_form clock_na_form = { .draft = "clock-na",
	.title = N_("the clock does not apply"), .lines = reason_lines, .run = run_na,
	.name = name_clock, .after = next_clock,
	.said = N_("%s: not applicable, with your name; z in the case takes it back") };

static const struct form_line add_lines[] = {
	{ .name = "rule", .label = N_("Rule"), .kind = FIELD_PICK, .required = true,
		.from = CHOICES_DEADLINES, .loaded = true,
		.help = N_("type a part of its name") },
	{ .name = "at", .label = N_("Runs from"), .kind = FIELD_LINE,
		.help = N_("empty: its start event, else now") },
	{ .name = NULL },
};

static bool
run_add(struct desk *desk, const struct case_ref *ref, const struct json *values,
	struct error *err)
{
	int64_t at = 0;

	return form_time(&at, values, "at", WHEN_PAST, desk, err) &&
		deadline_add(desk, case_ref_case(ref),
			form_word(values, "rule"), at, err);
}

const struct sheet_form clock_add_form = { .draft = "clock-add",
	.title = N_("start a clock by hand"), .lines = add_lines, .run = run_add,
	.said = N_("%s: the clock runs") };

/* ---- by when it must be back ---- */

static const struct form_line back_by_lines[] = {
	{ .name = "by", .label = N_("Must be back by"), .kind = FIELD_LINE,
		.help = N_("07:00; none 07:00; empty: none") },
	{ .name = "reason", .label = N_("What for"), .kind = FIELD_LINE, .required = true,
		.help = N_("the counters open") },
	{ .name = NULL },
};

static bool
run_back_by(struct desk *desk, const struct case_ref *ref, const struct json *values,
	struct error *err)
{
	char *by = xasprintf("must_be_back_by=%s", json_get_text(values, "by"));
	char *reason = xasprintf("must_be_back_reason=%s", json_get_text(values, "reason"));
	const char *both[] = { by, reason };
	bool ok = case_set(desk, case_ref_case(ref), both, 2, err);

	free(reason);
	free(by);
	return ok;
}

const struct sheet_form back_by_form = { .draft = "back-by",
	.title = N_("must be back by"), .lines = back_by_lines, .run = run_back_by,
	.said = N_("%s: kept; a clock of our own runs") };
