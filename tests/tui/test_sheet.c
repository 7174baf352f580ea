/* Screens and forms that are described by a table. */
#include "tests/fixture.h"

#include <dirent.h>
#include <stdio.h>
#include <unistd.h>

#include "core/i18n.h"
#include "core/mem.h"
#include "core/note.h"
#include "tui/app.h"
#include "tui/ask.h"
#include "tui/places.h"
#include "tui/sheet.h"
#include "tui/views.h"

/* ---- a sheet of three rows on a real desk ---- */

static struct fixture f;
static struct app *app;
static char case_id[UUID_SIZE];
static char drafts[160];
static int64_t mono_now;
static int ran;
static char seen[600];   /* what the last run got, run after run */
static int rows_there = 3;

static const struct table_column columns[] = {
	{ N_("WHO"), 8, 0, false }, { N_("WHAT"), 0, 0, false },
	{ N_("TIMES"), 5, 0, true }, { 0 },
};

static bool
load(struct table_rows *out, struct desk *desk, const struct page *page,
	struct error *err)
{
	static const char *const names[] = { "Viễn thông", "Điện lực", "NCSC" };

	(void)desk;
	(void)err;
	for (int i = 0; i < rows_there && i < 3; i++) {
		char id[8];
		struct table_row *row;

		snprintf(id, sizeof(id), "row-%d", i);
		row = table_add(out, id, names[i], page->preset > 0 ? "done" : "open");
		table_cell(row, 0, names[i]);
		table_cell(row, 1, i == 1 ? "điện lại" : "nối lại tuyến");
		table_cell(row, 2, "2");
		row->signs = i == 0 ? 2 : 0;
		memcpy(row->case_id, case_id, sizeof(row->case_id));
		if (i == 2) {
			row->text = xstrdup("phiếu 4711 gọi lúc 02:05");
		}
		if (!page_take(out, page)) {
			break;
		}
	}
	snprintf(out->head.counts, sizeof(out->head.counts), "%d jobs", rows_there);
	snprintf(out->head.todo, sizeof(out->head.todo), "call Viễn thông");
	page_end(out, page);
	return true;
}

static bool
run(struct desk *desk, const struct case_ref *ref, const struct json *values,
	struct error *err)
{
	int64_t until;
	struct note_new note = { .text = form_word(values, "text") };

	if (strcmp(ref->number, "NCSC") == 0) {
		return error_set(err, ERR_REFUSED, "NCSC has answered already");
	}
	ran++;
	snprintf(seen + strlen(seen), sizeof(seen) - strlen(seen), "[%s|%s|%s|%s]",
		ref->id, ref->item, form_word(values, "how"), form_word(values, "text"));
	return form_time(&until, values, "until", WHEN_DUE, desk, err)
		&& (note.text[0] == '\0' || note_add(desk, ref->case_id, &note, err));
}

static const struct word hows[] = {
	{ "phone", N_("telephone") }, { "zalo", N_("Zalo") }, { NULL, NULL },
};

static const struct form_line lines[] = {
	{ .name = "how", .label = N_("How"), .kind = FIELD_CHOICE, .words = hows,
		.value = "phone" },
	{ .name = "text", .label = N_("Answer"), .kind = FIELD_AREA, .required = true },
	{ .name = "until", .label = N_("Due"), .kind = FIELD_LINE },
	{ .name = NULL },
};

static const struct sheet_form asking = { .draft = "test-ask", .title = N_("add"),
	.lines = lines, .focus = "text", .run = run, .said = N_("%s changed") };
static const struct sheet_form at_once = { .title = N_("retry"), .run = run,
	.said = N_("%s changed") };

static const char *
refuse(const struct table_row *row)
{
	return strcmp(row->id, "row-1") == 0 ? N_("the case is closed") : NULL;
}

static const struct sheet_act acts[] = {
	{ .command = CMD_ENTER, .form = &asking },
	{ .command = CMD_RETRY, .form = &at_once, .bulk = true },
	{ .command = CMD_HOLD, .form = &at_once, .refuse = refuse, .bulk = true },
	{ .command = CMD_ADD, .form = &asking, .always = true },
	{ .command = CMD_NONE },
};

static const struct hint hints[] = {
	{ CMD_ENTER, N_("record a call") }, { CMD_RETRY, NULL }, { CMD_HOLD, NULL },
	{ CMD_ADD, NULL }, { CMD_PRESETS, NULL }, { CMD_PANE_NEXT, NULL },
	SHEET_HINTS
};

static const char *const presets[] = { N_("all"), N_("closed"), NULL };

static const struct sheet second = {
	.ops = SHEET_OPS("second", hints), .title = N_("DESK"),
	.source = { .columns = columns, .load = load, .empty = N_("no row"),
		.of_case = true },
};

static const struct sheet first = {
	.ops = SHEET_OPS("first", hints), .title = N_("OUTBOX"),
	.source = { .columns = columns, .load = load, .empty = N_("no row") },
	.acts = acts, .presets = presets, .tab = &second.ops, .tab_hint = N_("other"),
};

/* ---- driving it ---- */

static int64_t
clock_now(void *arg)
{
	(void)arg;
	return f.now;
}

static int64_t
mono(void)
{
	return mono_now;
}

static void
settle(void)
{
	do {
		app_tick(app);
	} while (!app_settled(app));
}

static void
begin(struct app *a, const char *open_case)
{
	struct view *view;

	(void)open_case;
	app_open(a, view_new(&desk_view));
	view = view_new(&first.ops);
	memcpy(view->about, case_id, sizeof(view->about));
	app_open(a, view);
}

static void
start(void)
{
	struct error err = ERROR_INIT;
	struct app_options options = { .desk = f.desk, .begin = begin,
		.end = place_end, .mono = mono, .drafts_dir = drafts };

	options.clock.now = clock_now;
	CHECK_OK(app_new(&app, &options, 24, 80, &err), err);
	settle();
}

static int
set_up(void **state)
{
	(void)state;
	(void)i18n_start("en", NULL);
	fixture_file(&f);
	fixture_case(&f, "13 xã mất kết nối", case_id);
	snprintf(drafts, sizeof(drafts), "%s", fixture_path(&f, "drafts"));
	ran = 0;
	seen[0] = '\0';
	rows_there = 3;
	start();
	return 0;
}

static int
tear_down(void **state)
{
	DIR *folder;

	(void)state;
	(void)app_free(app, 1000);
	f.desk = NULL;
	folder = opendir(drafts);
	for (struct dirent *e; folder != NULL && (e = readdir(folder)) != NULL;) {
		(void)unlinkat(dirfd(folder), e->d_name, 0);
	}
	if (folder != NULL) {
		(void)closedir(folder);
		(void)rmdir(drafts);
	}
	fixture_end(&f);
	return 0;
}

static void
press(int32_t code)
{
	struct key key = { .code = code };

	if (code >= 0x20 && code < 0x7f) {
		key.text[0] = (char)code;
	}
	app_key(app, &key);
	settle();
	mono_now += 50;
}

static void
type(const char *text)
{
	for (; *text != '\0'; text++) {
		press(*text);
	}
}

static bool
has(const char *text)
{
	struct buf out = { 0 };
	bool there;

	frame_dump(app_frame(app), &out);
	there = strstr(buf_text(&out), text) != NULL;
	buf_free(&out);
	return there;
}

/* With the picture, when it is not there. */
static bool
shows(const char *text)
{
	struct buf out = { 0 };
	bool there = has(text);

	frame_dump(app_frame(app), &out);
	if (!there) {
		fprintf(stderr, "%s\n", buf_text(&out));
	}
	buf_free(&out);
	return there;
}

/* ---- tests ---- */

TEST(the_head_has_the_title_the_counts_and_the_sheets_own_now_line)
{
	CHECK(shows("OUTBOX  3 jobs"));
	CHECK(shows("NOW> call Viễn thông"));
	CHECK(shows(">!! Viễn th"));
	CHECK(shows("Enter record a call"));
}

TEST(three_keys_record_an_act_with_what_is_given_at_first)
{
	press(K_ENTER);
	CHECK(shows("add: Viễn thông"));
	type("ok");
	press(K_F10);
	CHECK_INT(ran, 1);
	CHECK_STR(seen, "[row-0|Viễn thông|phone|ok]");
	CHECK(shows("Viễn thông changed"));
	CHECK(app_top(app) == app_base(app));
}

TEST(what_the_desk_refuses_stands_in_the_form_and_the_text_stays)
{
	press(K_END);
	press(K_ENTER);
	type("called");
	press(K_F10);
	CHECK_INT(ran, 0);
	CHECK(shows("NCSC has answered already"));
	CHECK(shows("called"));
	press(K_ESC);
	CHECK(shows("the text is kept"));
}

TEST(a_wrong_time_is_refused_and_nothing_is_filed)
{
	press(K_ENTER);
	type("ok");
	press(K_TAB);
	type("25:99");
	press(K_F10);
	CHECK(shows("25:99"));
	CHECK(shows("ERROR"));
}

TEST(a_draft_goes_on_with_the_row_that_it_was_about)
{
	static const struct sheet_form *const forms[] = { &asking, NULL };
	struct draft *kept;

	press(K_DOWN);
	press(K_ENTER);
	type("half");
	press(K_ESC);
	kept = drafts_read(app_drafts(app));
	assert_non_null(kept);
	CHECK_STR(kept->kind, "test-ask");
	CHECK(form_reopen(app, forms, kept));
	draft_list_free(kept);
	settle();
	CHECK(shows("add: Điện lực"));
	CHECK(shows("half"));
	press(K_F10);
	CHECK_STR(seen, "[row-1|Điện lực|phone|half]");
	kept = drafts_read(app_drafts(app));
	CHECK(kept == NULL);
}

TEST(a_form_that_nobody_wrote_in_leaves_no_draft)
{
	struct draft *kept;

	press(K_ENTER);
	press(K_ESC);
	kept = drafts_read(app_drafts(app));
	CHECK(kept == NULL);
}

TEST(marked_rows_are_shown_first_and_then_done_one_by_one)
{
	press('*');
	CHECK(shows("3 marked"));
	press('r');
	CHECK(shows("retry: 3: Viễn thông, Điện lực, NCSC"));
	press(K_ENTER);
	CHECK_INT(ran, 0);
	press('r');
	press(K_RIGHT);
	press(K_ENTER);
	CHECK_INT(ran, 2);
	CHECK(shows("2 done, but NCSC: NCSC has answered already"));
	CHECK(!has("marked"));
}

TEST(an_act_for_one_row_is_not_done_on_many)
{
	press('*');
	press(K_ENTER);
	CHECK(shows("one row at a time"));
	CHECK_INT(ran, 0);
}

TEST(a_row_that_stands_in_the_way_says_why)
{
	press(K_DOWN);
	press('x');
	CHECK(shows("not now: the case is closed"));
	CHECK_INT(ran, 0);
}

TEST(adding_needs_no_row)
{
	rows_there = 0;
	press(K_F5);
	CHECK(shows("no row"));
	press('=');
	type("new");
	press(K_F10);
	CHECK_INT(ran, 1);
}

TEST(the_filter_finds_what_is_only_in_the_text_of_a_row)
{
	press('/');
	type("phieu 4711");
	CHECK(shows("NCSC"));
	CHECK(!has("Điện lực"));
	press(K_ENTER);
	press(K_F2);
	CHECK(shows("phiếu 4711 gọi lúc 02:05"));
}

TEST(the_selection_stays_on_its_row_when_others_go)
{
	press(K_DOWN);
	CHECK(shows(">   Điện lực"));
	rows_there = 2;
	press(K_F5);
	CHECK(shows(">   Điện lực"));
}

TEST(a_preset_is_chosen_and_named)
{
	press('f');
	press(K_DOWN);
	press(K_ENTER);
	CHECK(shows("filter: closed"));
}

TEST(tab_leads_to_the_other_sheet_with_the_case_in_its_head)
{
	press(K_TAB);
	CHECK(shows("2026-1 --  13 xã mất kết nối"));
	press(K_ESC);
	CHECK(app_base(app)->ops == &desk_view);
}

TEST(two_opens_the_case_of_the_row)
{
	press('2');
	CHECK(app_base(app)->ops == &case_view);
}

TEST(the_paper_has_every_row_and_is_kept_in_a_file)
{
	char *path = NULL, *text;
	size_t len;

	press(K_F8);
	CHECK(shows("kept in"));
	path = xasprintf("%s/papers/first-20261121-0210.txt", f.folder);
	text = fixture_read(path, &len);
	CHECK(strstr(text, "OUTBOX") != NULL);
	CHECK(strstr(text, "Viễn thông nối lại tuyến") != NULL);
	CHECK(strstr(text, "NCSC") != NULL);
	free(text);
	CHECK_INT(unlink(path), 0);
	free(path);
	path = xasprintf("%s/papers", f.folder);
	CHECK_INT(rmdir(path), 0);
	free(path);
}

TEST(a_click_selects_a_row_and_another_opens_it)
{
	struct key click = { .code = K_MOUSE, .mouse = MOUSE_CLICK, .row = 5, .col = 10 };

	CHECK(shows("> "));
	app_key(app, &click);
	settle();
	CHECK(shows(">   Điện lực"));
	app_key(app, &click);
	settle();
	CHECK(shows("add: Điện lực"));
}

TEST(it_fits_every_screen)
{
	static const int sizes[][2] = { { 8, 40 }, { 16, 60 }, { 24, 80 }, { 40, 120 },
		{ 60, 200 } };

	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		app_resize(app, sizes[i][0], sizes[i][1]);
		CHECK(shows("Điện lực"));
		CHECK(shows("call Viễn thông"));
	}
}

#define RUN_SHEET(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN_SHEET(the_head_has_the_title_the_counts_and_the_sheets_own_now_line),
		RUN_SHEET(three_keys_record_an_act_with_what_is_given_at_first),
		RUN_SHEET(what_the_desk_refuses_stands_in_the_form_and_the_text_stays),
		RUN_SHEET(a_wrong_time_is_refused_and_nothing_is_filed),
		RUN_SHEET(a_draft_goes_on_with_the_row_that_it_was_about),
		RUN_SHEET(a_form_that_nobody_wrote_in_leaves_no_draft),
		RUN_SHEET(marked_rows_are_shown_first_and_then_done_one_by_one),
		RUN_SHEET(an_act_for_one_row_is_not_done_on_many),
		RUN_SHEET(a_row_that_stands_in_the_way_says_why),
		RUN_SHEET(adding_needs_no_row),
		RUN_SHEET(the_filter_finds_what_is_only_in_the_text_of_a_row),
		RUN_SHEET(the_selection_stays_on_its_row_when_others_go),
		RUN_SHEET(a_preset_is_chosen_and_named),
		RUN_SHEET(tab_leads_to_the_other_sheet_with_the_case_in_its_head),
		RUN_SHEET(two_opens_the_case_of_the_row),
		RUN_SHEET(the_paper_has_every_row_and_is_kept_in_a_file),
		RUN_SHEET(a_click_selects_a_row_and_another_opens_it),
		RUN_SHEET(it_fits_every_screen),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
