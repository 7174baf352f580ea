/* Which rows an act falls on when some of the marked are out of sight. */
#include "tests/tui/three_rows.h"

/* Filtered down to another row: neither that one nor the marked are acted on. */
TEST(marks_that_the_filter_hides_stop_every_act)
{
	press(K_SPACE);
	press('/');
	type("phieu 4711");
	press(K_ENTER);
	CHECK(shows("1 marked, 1 not shown"));
	press('r');
	CHECK(shows("the filter hides 1 of 1 marked; Esc shows them"));
	press(K_RIGHT);
	press(K_ENTER);
	CHECK_INT(ran, 0);
	press(K_ESC);
	press('r');
	press(K_RIGHT);
	press(K_ENTER);
	CHECK_STR(seen, "[row-0|Viễn thông||]");
}

/* Somebody else's act took it away: that it is gone is said, not passed over. */
TEST(a_marked_row_that_is_gone_stops_the_act_until_it_is_unmarked)
{
	press(K_DOWN);
	press(K_DOWN);
	press(K_SPACE);
	rows_there = 2;
	press(K_F5);
	press('r');
	CHECK(shows("1 of 1 marked are not in this list; Esc unmarks"));
	press(K_ESC);
	CHECK(!has("marked,"));
	press('r');
	press(K_ENTER);
	CHECK_INT(ran, 1);
}

TEST(adding_goes_on_while_marks_are_hidden)
{
	press(K_SPACE);
	press('/');
	type("phieu 4711");
	press(K_ENTER);
	press('=');
	type("new");
	press(K_F10);
	CHECK_INT(ran, 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN_SHEET(marks_that_the_filter_hides_stop_every_act),
		RUN_SHEET(a_marked_row_that_is_gone_stops_the_act_until_it_is_unmarked),
		RUN_SHEET(adding_goes_on_while_marks_are_hidden),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
