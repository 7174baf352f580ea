/* tin_forms.c owns what is asked when something is done with a report: the same
 * forms for its page and for the list. */
#include "tui/tin_forms.h"

#include <stdlib.h>

#include "core/i18n.h"
#include "core/tin.h"

static bool
run_take(struct desk *desk, const struct case_ref *ref, const struct json *values,
	struct error *err)
{
	(void)values;
	return tin_take(desk, ref->id, err);
}

const struct sheet_form tin_take_form = { .title = N_("take up"), .run = run_take,
	.said = N_("%s is taken up") };

static const struct form_line reply_lines[] = {
	{ .name = "how", .label = N_("How, what was said"), .kind = FIELD_LINE,
		.required = true, .help = N_("telephone: ...") },
	{ .name = "next", .label = N_("Next answer by"), .kind = FIELD_LINE,
		.help = N_("+30m, 03:30; empty: none promised") },
	{ .name = NULL },
};

static bool
run_reply(struct desk *desk, const struct case_ref *ref, const struct json *values,
	struct error *err)
{
	int64_t next;

	return form_time(&next, values, "next", WHEN_DUE, desk, err)
		&& tin_reply(desk, ref->id, form_word(values, "how"), next, err);
}

const struct sheet_form tin_reply_form = { .draft = "tin-reply",
	.title = N_("called back"), .lines = reply_lines, .run = run_reply,
	.said = N_("%s: the answer is recorded") };

static bool
run_move(struct desk *desk, const struct case_ref *ref, const struct json *values,
	struct error *err)
{
	return tin_join(desk, ref->id, ref->item, form_word(values, "reason"), err);
}

static const struct form_line move_lines[] = {
	{ .name = "reason", .label = N_("Why"), .kind = FIELD_LINE,
		.help = N_("needed where another put it into its case") },
	{ .name = NULL },
};

const struct sheet_form tin_move_form = { .title = N_("into the other case"),
	.lines = move_lines, .run = run_move, .said = N_("%s added to the case") };

static bool
run_help(struct desk *desk, const struct case_ref *ref, const struct json *values,
	struct error *err)
{
	char *how = NULL;
	bool ok = tin_help(desk, ref->id, NULL, &how, err);

	(void)values;
	free(how);
	return ok;
}

const struct sheet_form tin_help_form = { .title = N_("ask for help"),
	.confirm = N_("A request for help to the rapid support team, not an incident: a mail"
		" is held until somebody releases it; without an address it is to be called."),
	.save = N_("Ask"), .run = run_help,
	.said = N_("%s: help is asked for; the outbox holds it (6)") };

static const struct form_line done_lines[] = {
	{ .name = "result", .label = N_("What came of it"), .kind = FIELD_LINE,
		.required = true },
	{ .name = NULL },
};

static bool
run_done(struct desk *desk, const struct case_ref *ref, const struct json *values,
	struct error *err)
{
	return tin_done(desk, ref->id, form_word(values, "result"), err);
}

const struct sheet_form tin_done_form = { .draft = "tin-done",
	.title = N_("help was given"), .lines = done_lines, .run = run_done,
	.said = N_("%s: done") };

static const struct form_line close_lines[] = {
	{ .name = "reason", .label = N_("Why it needs nothing more"), .kind = FIELD_LINE,
		.required = true },
	{ .name = NULL },
};

static bool
run_close(struct desk *desk, const struct case_ref *ref, const struct json *values,
	struct error *err)
{
	return tin_close(desk, ref->id, form_word(values, "reason"), err);
}

const struct sheet_form tin_close_form = { .draft = "tin-close",
	.title = N_("close report"), .lines = close_lines, .run = run_close,
	.said = N_("%s is closed with the reason") };
