/* sheet_posted.c owns the screen of what was posted by hand on a case: the text to
 * copy stands on top. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/mem.h"
#include "core/post.h"
#include "tui/ask.h"
#include "tui/sheet_hand.h"
#include "tui/views.h"

#define DRAFT "draft" /* id of the row with the text to copy */

enum { POSTED_AT, POSTED_BY, POSTED_TO, POSTED_TEXT, POSTED_COUNT };

static const struct table_column columns[] = {
	[POSTED_AT] = { N_("POSTED"), 12, 0, false },
	[POSTED_BY] = { N_("CHANNEL"), 10, 0, false },
	[POSTED_TO] = { N_("TO"), 18, 60, false },
	[POSTED_TEXT] = { N_("TEXT"), 0, 0, false },
	[POSTED_COUNT] = { N_("CONFIRMED"), 9, 0, true },
	{ 0 },
};

static const struct hint hints[] = {
	{ CMD_ENTER, N_("posted") },
	{ CMD_COPY, N_("copy the text") },
	{ CMD_ADD, N_("post again") },
	SHEET_HINTS
};

static bool
add_draft(struct table_rows *out, struct desk *desk, const struct page *page,
	struct error *err)
{
	struct table_row *row;
	char *text = NULL;

	if (!post_text(desk, page->about, NULL, 0, &text, err)) {
		return false;
	}
	row = table_add(out, DRAFT, DRAFT, DRAFT);
	memcpy(row->case_id, page->about, UUID_SIZE);
	table_cell(row, POSTED_AT, _("NOT POSTED"));
	table_cell(row, POSTED_BY, _("to copy"));
	table_cell(row, POSTED_TEXT, text);
	row->text = text;
	(void)page_take(out, page);
	return true;
}

static bool
load(struct table_rows *out, struct desk *desk, const struct page *page,
	struct error *err)
{
	struct json *list = NULL;
	char count[48];

	if (!add_draft(out, desk, page, err) ||
	    !post_list(desk, page->about, &list, err)) {
		return false;
	}
	for (const struct json *post = json_first(list); post != NULL; post = json_next(post)) {
		struct table_row *row = table_add(out, json_text_of(post, "id"),
			json_text_of(post, "id"),
			"posted");
		int64_t asked = json_get_int(post, "asked", 0);
		int64_t confirmed = json_get_int(post, "confirmed", 0);
		char at[WHEN_SHORT_SIZE];

		memcpy(row->case_id, page->about, UUID_SIZE);
		when_near(at, json_get_int(post, "at", 0), desk_now(desk), desk_zone(desk));
		table_cell(row, POSTED_AT, at);
		table_cell(row, POSTED_BY, word_label(WORDS_CHANNEL, json_text_of(post,
			"channel")));
		table_cell(row, POSTED_TO, json_text_of(post, "to"));
		table_cell(row, POSTED_TEXT, json_text_of(post, "text"));
		snprintf(count, sizeof count, "%lld/%lld", (long long)confirmed,
			(long long)asked);
		table_cell(row, POSTED_COUNT, asked > 0 ? count : "-");
		row->style = asked > 0 && confirmed < asked ? ST_SOON : ST_GOOD;
		row->text = xstrdup(json_text_of(post, "text"));
		(void)page_take(out, page);
	}
	snprintf(out->head.counts, sizeof(out->head.counts), _("%d posted"),
		json_count(list));
	snprintf(out->head.todo, sizeof(out->head.todo), "%s", json_count(list) == 0
		? _("Copy the text (b), paste it into Zalo, then Enter records it as posted.")
		: "");
	json_free(list);
	return true;
}

/* ---- posting ---- */

static const struct word post_channels[] = {
	{ "zalo", N_("Zalo") }, { "paper", N_("paper") }, { "in_person", N_("in person") },
	{ "phone", N_("telephone") }, { 0 },
};

static bool
do_post(struct desk *desk, const struct case_ref *ref, const struct json *values,
	struct error *err)
{
	struct post_new what = { .case_id = ref->case_id, .text = form_word(values, "text"),
		.channel = form_word(values, "channel"), .to = form_word(values, "to"),
		.red = form_word(values, "red")[0] != '\0' };
	char id[UUID_SIZE];
	int asked = 0;

	return form_time(&what.at, values, "at", WHEN_PAST, desk, err) &&
		post_add(desk, &what, id, &asked, err);
}

/* The text as it stands in the row; a fresh one where the case is known only. */
static void
fill_post(struct app *app, struct view *view, const struct table_row *row)
{
	struct form *form = ask_form_fields(view);

	(void)app;
	(void)form_add(form, FIELD_HIDDEN, "red", "");
	if (row != NULL && row->text != NULL) {
		field_set(form_field(form, "text"), row->text);
	}
	if (row != NULL && row->about != NULL) {
		field_set(form_field(form, "red"), row->about);
	}
}

static const struct form_line post_lines[] = {
	{ .name = "channel", .label = N_("Channel"), .kind = FIELD_CHOICE,
	  .value = "zalo", .words = post_channels, .required = true },
	{ .name = "to", .label = N_("To whom"), .kind = FIELD_PICK, .loaded = true,
	  .from = CHOICES_GROUPS,
	  .help = N_("a group; nothing: the points of the case") },
	{ .name = "text", .label = N_("Text"), .kind = FIELD_AREA, .rows = 7,
	  .required = true },
	{ .name = "at", .label = N_("Posted at"), .kind = FIELD_LINE,
	  .help = N_("nothing: now; 02:20, -5m") },
	{ 0 },
};

/* The row of the text offers a second notice: what comes next is who confirms the
 * one that was posted, below it. */
static void
to_posted(struct app *app, const struct case_ref *ref)
{
	struct view *base = app_base(app);

	(void)ref;
	if (base->ops == &posted_sheet.ops) {
		((struct browse *)base)->go_to = 1;
	}
}

const struct sheet_form posted_form = {
	.draft = "post", .title = N_("posted"), .lines = post_lines, .focus = "to",
	.save = N_("it is posted"), .run = do_post, .said = N_("posted: %s"), .tell = false,
	.fill = fill_post, .after = to_posted,
};

/* What waits for the answer whether a TLP:RED case was posted. */
struct red_post {
	struct case_ref ref;
	char *text;
};

static void
free_red(void *arg)
{
	free(((struct red_post *)arg)->text);
	free(arg);
}

static bool
red_meant(struct app *app, void *arg)
{
	struct red_post *red = arg;
	char yes[] = "yes";
	const struct table_row row = { .text = red->text, .about = yes };

	form_open(app, &posted_form, &red->ref, 1, &row);
	return true;
}

static void
ask_red(struct app *app, const struct case_ref *ref, const struct table_row *row)
{
	struct red_post *red = xcalloc(1, sizeof(*red));

	red->ref = *ref;
	red->text = xstrdup(row->text);
	ask_confirm(app, &(struct confirm){ .title = _("posted from a TLP:RED case"),
		.text = _("Only the persons named by the case's owner may know of it, and many"
			" read what is posted. Was it posted all the same?"),
		.yes = _("it was posted"), .done = red_meant, .arg = red,
		.free_arg = free_red });
}

/* It is about the case: the row is only the text. */
static void
open_post(struct app *app, struct sheet_view *view, const struct table_row *row)
{
	const struct table_head *head = &view->browse.rows.head;
	struct case_ref ref;

	sheet_ref(&ref, row);
	memcpy(ref.number, head->number, sizeof(ref.number));
	snprintf(ref.title, sizeof(ref.title), "%s", head->number);
	if (head->red) {
		ask_red(app, &ref, row);
	} else {
		form_open(app, &posted_form, &ref, 1, row);
	}
}

static void
enter(struct app *app, struct sheet_view *view, const struct table_row *const *rows,
	int count)
{
	struct view *other;

	(void)count;
	if (strcmp(rows[0]->id, DRAFT) == 0) {
		open_post(app, view, rows[0]);
		return;
	}
	other = view_new(&confirm_sheet.ops);
	memcpy(other->about, view->browse.view.about, UUID_SIZE);
	app_open(app, other);
}

static void
copy_text(struct app *app, struct sheet_view *view, const struct table_row *const *rows,
	int count)
{
	(void)view;
	(void)count;
	(void)app_copy(app, rows[0]->text);
}

static void
post_again(struct app *app, struct sheet_view *view, const struct table_row *const *rows,
	int count)
{
	struct browse *b = &view->browse;
	const struct table_row *first = b->rows.count > 0 ? &b->rows.rows[0] : NULL;

	(void)rows;
	(void)count;
	if (first != NULL) {
		open_post(app, view, first);
	}
}

static const char *
enter_text(const struct table_row *row)
{
	return strcmp(row->id, DRAFT) == 0 ? N_("record it as posted")
		: N_("who has confirmed");
}

static const struct sheet_act acts[] = {
	{ .command = CMD_ENTER, .run = enter },
	{ .command = CMD_COPY, .run = copy_text },
	{ .command = CMD_ADD, .run = post_again, .always = true },
	{ .command = CMD_NONE },
};

const struct sheet posted_sheet = {
	.ops = SHEET_OPS("posted", hints),
	.title = N_("NOTICES POSTED"),
	.source = { .columns = columns, .load = load, .of_case = true,
		.empty = N_("nothing was posted on this case") },
	.acts = acts,
	.tab = &call_sheet.ops,
	.tab_hint = N_("calls"),
	.enter = enter_text,
};
