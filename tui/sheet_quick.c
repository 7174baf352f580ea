/* sheet_quick.c owns the screen of a case's quick report: its eight lines as they
 * stand, to edit, copy and print, and the record of who sent it to whom. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/mem.h"
#include "core/quick.h"
#include "core/text.h"
#include "core/when.h"
#include "core/words.h"
#include "playbooks/counted.h"
#include "tui/ask.h"
#include "tui/filling.h"
#include "tui/number.h"
#include "tui/views.h"

enum { PRESET_NEWEST, PRESET_SENT };

#define WIDE 70 /* of a line on a screen of 80; the text itself is not cut */

static const char *const presets[] = { N_("the newest, line by line"),
	N_("all that were made"), NULL };

static const struct hint hints[] = {
	{ CMD_ENTER, N_("it was sent") },
	{ CMD_COPY, NULL },
	{ CMD_EDITOR, N_("edit") },
	{ CMD_ADD, N_("make it anew") },
	{ CMD_EXPORT, NULL },
	{ CMD_PRESETS, NULL },
	{ CMD_SAVE, N_("it was sent") },
	SHEET_HINTS
};

static const struct table_column columns[] = {
	{ N_("TEXT"), 0, 0, false }, { 0 },
};

static struct table_row *
row_of(struct filling *f, const struct quick *quick, int line)
{
	char id[UUID_SIZE];
	struct table_row *row;

	snprintf(id, sizeof(id), "%d-%d", quick->n, line);
	row = filling_add(f, id, quick->n, quick->state, quick->case_id);
	row->text = xstrdup(quick->text);
	return row;
}

/* Where a line breaks that is too long: at a blank, else where it is full. */
static size_t
piece(const char *line)
{
	size_t fits = text_fit(line, WIDE, NULL);
	size_t at = fits;

	if (line[fits] == '\0') {
		return fits;
	}
	while (at > 0 && line[at] != ' ') {
		at--;
	}
	return at > 0 ? at : fits;
}

static void
add_line(struct filling *f, const struct quick *quick, const char *line, int *count)
{
	bool first = true;

	do {
		size_t len = piece(line);
		char *cut = xstrndup(line, len);
		char *shown = xasprintf("%s%s", first ? "" : "    ", cut);
		struct table_row *row = row_of(f, quick, (*count)++);

		table_cell(row, 0, shown);
		row->style = first ? ST_STRONG : ST_TEXT;
		free(shown);
		free(cut);
		(void)page_take(f->out, f->page);
		line += len + strspn(line + len, " ");
		first = false;
	} while (*line != '\0');
}

static void
show_lines(struct filling *f, const struct quick *quick)
{
	int count = 0;

	for (const char *at = quick->text; *at != '\0'; ) {
		size_t len = strcspn(at, "\n");
		char *line = xstrndup(at, len);

		if (len > 0) {
			add_line(f, quick, line, &count);
		}
		free(line);
		at += len + (at[len] == '\n');
	}
}

static char *
state_of(const struct quick *quick, struct desk *desk)
{
	char at[WHEN_SHORT_SIZE];

	if (strcmp(quick->state, "draft") == 0) {
		return xstrdup(_("DRAFT, not sent"));
	}
	when_near(at, quick->sent_at, desk_now(desk), desk_zone(desk));
	if (quick->confirmed_by[0] == '\0') {
		return xasprintf(_("sent to %s by %s %s, NOT CONFIRMED, approved by %s"),
			quick->to_name, word_label(WORDS_CHANNEL, quick->channel), at,
			quick->approved_by);
	}
	return xasprintf(_("sent to %s by %s %s, confirmed by %s, approved by %s"),
		quick->to_name, word_label(WORDS_CHANNEL, quick->channel), at,
		quick->confirmed_by, quick->approved_by);
}

static bool
add_made(const struct quick *quick, void *arg)
{
	struct filling *f = arg;
	char *state = state_of(quick, f->desk);
	char *line = xasprintf("%3d  %s  %s", quick->n,
		quick_register_label(quick->address), state);
	struct table_row *row = row_of(f, quick, 0);

	table_cell(row, 0, line);
	row->style = strcmp(quick->state, "draft") == 0 ? ST_SOON : ST_TEXT;
	free(line);
	free(state);
	return page_take(f->out, f->page);
}

static bool
keep_newest(const struct quick *quick, void *arg)
{
	struct quick *newest = arg;

	*newest = *quick;
	newest->text = xstrdup(quick->text);
	newest->address = xstrdup(quick->address);
	newest->to_role = xstrdup(quick->to_role);
	newest->to_name = xstrdup(quick->to_name);
	newest->channel = xstrdup(quick->channel);
	newest->sent_by = xstrdup(quick->sent_by);
	newest->approved_by = xstrdup(quick->approved_by);
	newest->confirmed_by = xstrdup(quick->confirmed_by);
	return false;
}

static void
say_head(const struct filling *f, const struct quick *quick)
{
	char *state = state_of(quick, f->desk);
	char next[WHEN_SHORT_SIZE] = "-";

	if (quick->next_at != NO_DUE) {
		when_near(next, quick->next_at, desk_now(f->desk), desk_zone(f->desk));
	}
	(void)filling_counts(f, _("no %d, next %s"), quick->n, next);
	snprintf(f->out->head.todo, sizeof(f->out->head.todo), "%s: %s",
		quick_register_label(quick->address), state);
	free(state);
}

static bool
load(struct table_rows *out, struct desk *desk, const struct page *page,
	struct error *err)
{
	struct filling f = { .out = out, .page = page, .desk = desk };
	struct quick newest = { 0 };
	bool ok = quick_each(desk, page->about, keep_newest, &newest, err);

	if (ok && page->preset == PRESET_SENT) {
		ok = quick_each(desk, page->about, add_made, &f, err);
	} else if (ok && newest.n != 0) {
		show_lines(&f, &newest);
	}
	if (ok && newest.n != 0) {
		say_head(&f, &newest);
	}
	quick_clear(&newest);
	return ok;
}

/* ---- acts ---- */

static const struct word registers[] = {
	{ "report", N_("report to superiors") }, { "request", N_("request to a body") },
	{ "order", N_("order to members") }, { NULL, NULL },
};

static const struct form_line make_lines[] = {
	{ .name = "register", .label = N_("Kind"), .kind = FIELD_CHOICE, .words = registers,
		.value = "report" },
	{ .name = "to", .label = N_("To"), .kind = FIELD_LINE,
		.help = N_("role of a contact, as vp_ubnd; may stay empty") },
	{ .name = "wanted", .label = N_("What is asked"), .kind = FIELD_LINE,
		.help = N_("empty: what the case says") },
	{ .name = "next", .label = N_("The next one"), .kind = FIELD_LINE,
		.help = N_("03:30, +2h; empty: in an hour; - none") },
	{ .name = NULL },
};

static bool
run_make(struct desk *desk, const struct case_ref *ref, const struct json *values,
	struct error *err)
{
	const char *to = form_word(values, "to");
	const char *next = form_word(values, "next");
	struct quick_want want = { .address = form_word(values, "register"),
		.to = to[0] == '\0' ? NULL : to, .wanted = form_word(values, "wanted"),
		.typed = next[0] == '\0' ? NULL : next };
	struct quick made = { 0 };
	bool ok = true;

	if (strcmp(next, "-") == 0) {
		want.next_at = NO_DUE;
	} else {
		ok = form_time(&want.next_at, values, "next", WHEN_DUE, desk, err);
	}
	want.address = want.address[0] == '\0' ? NULL : want.address;
	ok = ok && counted_quick(desk, ref->case_id, &want, &made, err);
	quick_clear(&made);
	return ok;
}

const struct sheet_form quick_make_form = { .draft = "quick-make",
	.title = N_("quick report"), .lines = make_lines, .run = run_make,
	.said = N_("%s: quick report drafted, nothing is sent") };

static const struct form_line text_lines[] = {
	{ .name = "text", .label = N_("Text"), .kind = FIELD_AREA, .rows = 12,
		.required = true },
	{ .name = "register", .label = "", .kind = FIELD_HIDDEN },
	{ .name = NULL },
};

static void
fill_text(struct app *app, struct view *view, const struct table_row *row)
{
	(void)app;
	if (row != NULL) {
		field_set(form_field(ask_form_fields(view), "text"), row->text);
	}
}

static bool
run_text(struct desk *desk, const struct case_ref *ref, const struct json *values,
	struct error *err)
{
	struct quick_want want = { .text = form_word(values, "text") };
	struct quick newest = { 0 };
	struct quick made = { 0 };
	bool ok = quick_find(&newest, desk, ref->case_id, 0, err);

	want.address = newest.address;
	ok = ok && counted_quick(desk, ref->case_id, &want, &made, err);
	quick_clear(&newest);
	quick_clear(&made);
	return ok;
}

const struct sheet_form quick_text_form = { .draft = "quick-text",
	.title = N_("text of quick report"), .lines = text_lines, .run = run_text,
	.fill = fill_text, .said = N_("quick report changed, nothing is sent") };

static const struct word by_hand[] = {
	{ "phone", N_("telephone") }, { "zalo", N_("Zalo") }, { "paper", N_("paper") },
	{ "in_person", N_("in person") }, { NULL, NULL },
};

static const struct form_line sent_lines[] = {
	{ .name = "to", .label = N_("Sent to"), .kind = FIELD_LINE, .required = true,
		.help = N_("role of a contact, as vp_ubnd, or a name") },
	{ .name = "channel", .label = N_("By"), .kind = FIELD_CHOICE, .words = by_hand,
		.value = "phone" },
	{ .name = "at", .label = N_("At"), .kind = FIELD_LINE,
		.help = N_("02:35; empty: now") },
	{ .name = "approved", .label = N_("Approved by"), .kind = FIELD_LINE,
		.help = N_("empty: you") },
	{ .name = "confirmed", .label = N_("Confirmed by"), .kind = FIELD_LINE,
		.help = N_("who there said that it came") },
	{ .name = NULL },
};

static bool
run_sent(struct desk *desk, const struct case_ref *ref, const struct json *values,
	struct error *err)
{
	struct quick_sending sending = { .to = form_word(values, "to"),
		.channel = form_word(values, "channel"),
		.approved_by = form_word(values, "approved"),
		.confirmed_by = form_word(values, "confirmed") };

	return form_time(&sending.at, values, "at", WHEN_PAST, desk, err) &&
		quick_sent(desk, ref->case_id, number_of(ref->item), &sending, err);
}

static const struct sheet_form sent_form = { .title = N_("quick report sent"),
	.lines = sent_lines, .run = run_sent, .save = N_("it was sent"),
	.said = N_("kept as sent by you; the program sent nothing") };

static const struct form_line confirm_lines[] = {
	{ .name = "confirmed", .label = N_("Confirmed by"), .kind = FIELD_LINE,
		.required = true, .help = N_("who there said that it came") },
	{ .name = "at", .label = N_("At"), .kind = FIELD_LINE,
		.help = N_("02:35; empty: now") },
	{ .name = NULL },
};

static bool
run_confirm(struct desk *desk, const struct case_ref *ref, const struct json *values,
	struct error *err)
{
	int64_t at = 0;

	return form_time(&at, values, "at", WHEN_PAST, desk, err) &&
		quick_confirm(desk, ref->case_id, number_of(ref->item),
			form_word(values, "confirmed"), at, err);
}

static const struct sheet_form confirm_form = { .title = N_("quick report confirmed"),
	.lines = confirm_lines, .run = run_confirm, .said = N_("confirmation recorded") };

static const char *
refuse_sent(const struct table_row *row)
{
	return strcmp(row->state, "draft") == 0 ? NULL : N_("this one has gone; make the next");
}

/* A draft goes out; of one that has gone somebody says that it came. */
static void
send_or_confirm(struct app *app, struct sheet_view *view,
	const struct table_row *const *rows, int count)
{
	(void)view;
	sheet_form(app, refuse_sent(rows[0]) == NULL ? &sent_form : &confirm_form,
		rows, count);
}

/* The whole report, not the line. */
static void
copy(struct app *app, struct sheet_view *view, const struct table_row *const *rows,
	int count)
{
	(void)view;
	if (count > 0) {
		(void)app_copy(app, rows[0]->text);
	}
}

static const char *
enter(const struct table_row *row)
{
	return refuse_sent(row) == NULL ? N_("it was sent") : N_("who confirmed it");
}

static bool
print(struct buf *out, struct desk *desk, const struct page *page, struct error *err)
{
	struct quick newest = { 0 };
	bool ok = quick_find(&newest, desk, page->about, 0, err);

	if (ok) {
		char *state = state_of(&newest, desk);

		buf_addf(out, "%s\n\n(%s)\n", newest.text, state);
		free(state);
	}
	quick_clear(&newest);
	return ok;
}

static const struct sheet_act acts[] = {
	{ .command = CMD_ENTER, .run = send_or_confirm },
	{ .command = CMD_COPY, .run = copy },
	{ .command = CMD_EDITOR, .form = &quick_text_form, .refuse = refuse_sent },
	{ .command = CMD_SAVE, .form = &sent_form, .refuse = refuse_sent },
	{ .command = CMD_ADD, .form = &quick_make_form, .always = true },
	{ .command = CMD_NONE },
};

const struct sheet quick_sheet = {
	.ops = SHEET_OPS("quick", hints),
	.title = N_("QUICK REPORT"),
	.source = { .columns = columns, .load = load, .whole = true, .of_case = true,
		.empty = N_("no quick report yet: = writes one from the case, F10 keeps it") },
	.acts = acts,
	.presets = presets,
	.enter = enter,
	.print = print,
};
