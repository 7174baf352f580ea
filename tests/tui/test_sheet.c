/* Screens and forms that are described by a table. */
#include "tests/tui/three_rows.h"

#include <dirent.h>
#include <stdio.h>
#include <unistd.h>

#include "core/mem.h"
#include "tui/ask.h"
#include "tui/sheet.h"
#include "tui/views.h"

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

/* The form about a case is read first: until it stands there keys wait for it,
 * and what comes all the same is not taken as an act on the list below. */
TEST(keys_typed_while_a_form_is_read_do_nothing_below)
{
	struct key key = { .code = 'r', .text = "r" };

	CHECK(app_takes_keys(app));
	(void)app_do(app, CMD_ASK);
	CHECK(!app_takes_keys(app));
	app_key(app, &key);
	settle();
	CHECK(app_takes_keys(app));
	CHECK(!has("retry:"));
	CHECK_INT(ran, 0);
	CHECK(shows("What is to be decided"));
	type("shut");
	CHECK(shows("shut"));
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
		RUN_SHEET(keys_typed_while_a_form_is_read_do_nothing_below),
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
