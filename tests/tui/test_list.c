/* A cursor over a window of rows. */
#include "tests/test.h"

#include <stdio.h>

#include "tui/list.h"

static char ids[100][UUID_SIZE];

static const char *
id_of(const void *rows, int row)
{
	return ((const char (*)[UUID_SIZE])rows)[row];
}

static void
name_ids(int first, int count)
{
	for (int i = 0; i < count; i++) {
		snprintf(ids[i], UUID_SIZE, "row-%d", first + i);
	}
}

TEST(the_cursor_stays_inside_and_the_window_follows)
{
	struct list list = { .count = 50, .height = 10 };
	enum list_want want;

	CHECK(list_move(&list, CMD_UP, &want));
	CHECK_INT(list.cursor, 0);
	CHECK(list_move(&list, CMD_PAGE_DOWN, &want));
	CHECK_INT(list.cursor, 10);
	CHECK_INT(list.top, 10);
	CHECK(list_move(&list, CMD_LAST, &want));
	CHECK_INT(list.cursor, 49);
	CHECK_INT(list.top, 40);
	CHECK_INT(want, LIST_WANT_NOTHING);
	CHECK(!list_move(&list, CMD_NOTE, &want));
	list_free(&list);
}

TEST(near_the_end_of_what_is_loaded_more_is_wanted)
{
	struct list list = { .count = 30, .height = 10, .more_after = true };
	enum list_want want;

	list_to(&list, 15);
	CHECK(list_move(&list, CMD_DOWN, &want));
	CHECK_INT(want, LIST_WANT_NOTHING);
	list_to(&list, 19);
	CHECK(list_move(&list, CMD_DOWN, &want));
	CHECK_INT(want, LIST_WANT_AFTER);
	CHECK(list_move(&list, CMD_LAST, &want));
	CHECK_INT(want, LIST_WANT_LAST);
	list.more_before = true;
	list_to(&list, 5);
	CHECK(list_move(&list, CMD_UP, &want));
	CHECK_INT(want, LIST_WANT_BEFORE);
	CHECK(list_move(&list, CMD_FIRST, &want));
	CHECK_INT(want, LIST_WANT_FIRST);
	list_free(&list);
}

TEST(a_jump_shows_what_stands_around_the_row)
{
	struct list list = { .count = 40, .height = 9 };

	list_jump(&list, 20);
	CHECK_INT(list.cursor, 20);
	CHECK_INT(list.top, 17);
	/* What is on the screen stays where it is. */
	list_jump(&list, 25);
	CHECK_INT(list.top, 17);
	list_jump(&list, 39);
	CHECK_INT(list.cursor, 39);
	CHECK_INT(list.top, 31);
	list_jump(&list, 1);
	CHECK_INT(list.top, 0);
	list_free(&list);
}

TEST(a_reload_keeps_the_selection_by_its_id)
{
	struct list list = { .count = 20, .height = 5 };

	list_to(&list, 7);
	snprintf(list.id, UUID_SIZE, "row-7");
	name_ids(-3, 23);
	list_keep(&list, 23, id_of, ids);
	CHECK_INT(list.cursor, 10);
	/* Gone: the nearest place. */
	name_ids(100, 5);
	list_keep(&list, 5, id_of, ids);
	CHECK_INT(list.cursor, 4);
	list_free(&list);
}

TEST(marks_are_ids_and_come_and_go)
{
	struct list list = { 0 };

	for (int i = 0; i < 40; i++) {
		char id[UUID_SIZE];

		snprintf(id, sizeof(id), "row-%d", i);
		list_mark(&list, id, true);
		list_mark(&list, id, true);
	}
	CHECK_INT(list.mark_count, 40);
	list_mark(&list, "row-3", false);
	list_mark(&list, "row-3", false);
	CHECK_INT(list.mark_count, 39);
	CHECK(!list_marked(&list, "row-3"));
	CHECK(list_marked(&list, "row-39"));
	list_unmark_all(&list);
	CHECK_INT(list.mark_count, 0);
	list_free(&list);
}

TEST(an_empty_list_takes_every_movement)
{
	struct list list = { .height = 10 };
	enum list_want want;

	for (int c = CMD_UP; c <= CMD_LAST; c++) {
		(void)list_move(&list, (enum command)c, &want);
		CHECK_INT(list.cursor, 0);
		CHECK_INT(list.top, 0);
	}
	list_free(&list);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(the_cursor_stays_inside_and_the_window_follows),
		RUN(near_the_end_of_what_is_loaded_more_is_wanted),
		RUN(a_jump_shows_what_stands_around_the_row),
		RUN(a_reload_keeps_the_selection_by_its_id),
		RUN(marks_are_ids_and_come_and_go),
		RUN(an_empty_list_takes_every_movement),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
