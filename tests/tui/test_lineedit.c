/* Text fields: what keys, input methods and pastes do to them. */
#include "tests/test.h"

#include <time.h>

#include "tui/lineedit.h"

static void
press(struct lineedit *edit, int32_t code, const char *text)
{
	struct key key = { .code = code };

	if (text != NULL) {
		strncpy(key.text, text, sizeof(key.text) - 1);
	}
	(void)lineedit_key(edit, &key);
}

/* One letter a string. */
static void
type(struct lineedit *edit, const char *const *letters)
{
	for (; *letters != NULL; letters++) {
		press(edit, 'x', *letters);
	}
}

TEST(letters_and_blanks_stay_as_they_were_typed)
{
	struct lineedit edit = { 0 };

	type(&edit, (const char *const[]){ "L", "ê", " ", "V", "ă", "n", NULL });
	CHECK_STR(lineedit_text(&edit), "Lê Văn");
	lineedit_free(&edit);
}

TEST(backspace_takes_a_whole_letter)
{
	struct lineedit edit = { 0 };

	type(&edit, (const char *const[]){ "t", "ệ", NULL });
	press(&edit, K_BACKSPACE, NULL);
	CHECK_STR(lineedit_text(&edit), "t");
	press(&edit, K_BACKSPACE, NULL);
	press(&edit, K_BACKSPACE, NULL);
	CHECK_STR(lineedit_text(&edit), "");
	lineedit_free(&edit);
}

TEST(an_input_method_burst_leaves_the_new_letter)
{
	struct lineedit edit = { 0 };

	type(&edit, (const char *const[]){ "t", "o", NULL });
	press(&edit, K_BACKSPACE, NULL);
	type(&edit, (const char *const[]){ "ô", NULL });
	press(&edit, K_BACKSPACE, NULL);
	type(&edit, (const char *const[]){ "ố", NULL });
	CHECK_STR(lineedit_text(&edit), "tố");
	lineedit_free(&edit);
}

TEST(marks_that_come_apart_become_one_letter)
{
	struct lineedit edit = { 0 };

	type(&edit, (const char *const[]){ "x", "e", "\xcc\x82", "\xcc\xa3", NULL });
	CHECK_STR(lineedit_text(&edit), "xệ");
	lineedit_free(&edit);
}

TEST(the_cursor_moves_by_letters_and_inserts_in_the_middle)
{
	struct lineedit edit = { 0 };

	type(&edit, (const char *const[]){ "M", "ấ", "đ", NULL });
	press(&edit, K_LEFT, NULL);
	type(&edit, (const char *const[]){ "t", " ", NULL });
	CHECK_STR(lineedit_text(&edit), "Mất đ");
	press(&edit, K_HOME, NULL);
	press(&edit, K_DELETE, NULL);
	CHECK_STR(lineedit_text(&edit), "ất đ");
	press(&edit, K_END, NULL);
	press(&edit, K_RIGHT, NULL);
	press(&edit, K_DELETE, NULL);
	CHECK_STR(lineedit_text(&edit), "ất đ");
	lineedit_free(&edit);
}

TEST(a_paste_is_cleaned_of_escapes_and_keeps_its_lines)
{
	struct lineedit edit = { .many = true };
	const char text[] = "một\r\nhai\tba\033[31m\0bốn\xff";

	CHECK_INT(lineedit_insert(&edit, text, sizeof(text) - 1), EDIT_CHANGED);
	CHECK(strchr(lineedit_text(&edit), '\033') == NULL);
	CHECK(strncmp(lineedit_text(&edit), "một\nhai ba", 12) == 0);
	lineedit_free(&edit);
}

TEST(a_paste_into_one_line_has_no_line_ends)
{
	struct lineedit edit = { 0 };

	(void)lineedit_insert(&edit, "a\nb\nc", 5);
	CHECK_STR(lineedit_text(&edit), "a b c");
	lineedit_free(&edit);
}

TEST(half_of_a_list_that_is_too_long_is_not_taken)
{
	struct lineedit edit = { .max = 8, .many = true, .whole = true };

	CHECK_INT(lineedit_insert(&edit, "an\nba\n", 6), EDIT_CHANGED);
	CHECK_INT(lineedit_insert(&edit, "tu\n", 3), EDIT_FULL);
	CHECK_STR(lineedit_text(&edit), "an\nba\n");
	lineedit_free(&edit);
}

/* A table from a spreadsheet: its tabs part name, state and time as by the verb. */
TEST(tabs_of_a_pasted_list_stay_and_are_shown_as_blanks)
{
	struct lineedit list = { .max = 200, .many = true, .whole = true };
	struct lineedit note = { .max = 200, .many = true };
	const char text[] = "Xã Ba Tơ\tđứt\t01:40\nXã\tđứt\n";
	struct frame frame = { 0 };
	struct buf shown = { 0 };

	CHECK_INT(lineedit_insert(&list, text, sizeof(text) - 1), EDIT_CHANGED);
	CHECK_STR(lineedit_text(&list), text);
	(void)lineedit_insert(&note, text, sizeof(text) - 1);
	CHECK(strchr(lineedit_text(&note), '\t') == NULL);
	frame_size(&frame, 3, 30);
	lineedit_show(&list, &frame, 0, 0, 3, 30, true);
	frame_row_text(&frame, 0, &shown);
	CHECK(strncmp(buf_text(&shown), "Xã Ba Tơ đứt 01:40", strlen("Xã Ba Tơ đứt 01:40"))
		== 0);
	buf_free(&shown);
	frame_free(&frame);
	lineedit_free(&list);
	lineedit_free(&note);
}

TEST(what_is_too_long_is_cut_at_a_letter_and_said)
{
	struct lineedit edit = { .max = 4 };

	CHECK_INT(lineedit_insert(&edit, "aệệ", 7), EDIT_FULL);
	CHECK_STR(lineedit_text(&edit), "aệ");
	CHECK_INT(lineedit_key(&edit, &(struct key){ .code = 'b', .text = "b" }),
		EDIT_FULL);
	lineedit_free(&edit);
}

TEST(up_and_down_move_by_the_lines_shown)
{
	struct lineedit edit = { .many = true, .width = 10 };

	lineedit_set(&edit, "một hai ba bốn năm");
	press(&edit, K_UP, NULL);
	type(&edit, (const char *const[]){ "!", NULL });
	assert_null(strstr(lineedit_text(&edit) + 14, "!"));
	assert_non_null(strstr(lineedit_text(&edit), "!"));
	lineedit_free(&edit);
}

TEST(a_field_shows_its_end_and_parks_the_cursor_there)
{
	struct lineedit edit = { 0 };
	struct frame frame = { 0 };
	struct buf row = { 0 };

	frame_size(&frame, 1, 10);
	lineedit_set(&edit, "abcdefghijklmnop");
	lineedit_show(&edit, &frame, 0, 0, 1, 10, true);
	frame_row_text(&frame, 0, &row);
	assert_non_null(strstr(buf_text(&row), "nop"));
	CHECK(frame.cursor_visible);
	CHECK(frame.cursor_col > 0 && frame.cursor_col < 10);
	buf_free(&row);
	frame_free(&frame);
	lineedit_free(&edit);
}

/* A list of thousands of lines: each key draws it again. */
TEST(a_long_paste_is_drawn_in_no_time_and_its_end_is_seen)
{
	struct lineedit edit = { .many = true };
	struct frame frame = { 0 };
	struct buf text = { 0 };
	clock_t began;

	for (int i = 0; i < 20000; i++) {
		buf_addf(&text, "%d\n", i);
	}
	frame_size(&frame, 8, 60);
	began = clock();
	CHECK(lineedit_insert(&edit, buf_text(&text), text.len) == EDIT_CHANGED);
	lineedit_show(&edit, &frame, 0, 0, 8, 60, true);
	/* Each line from the text's beginning took a minute. */
	CHECK(clock() - began < 5 * CLOCKS_PER_SEC);
	buf_clear(&text);
	frame_row_text(&frame, 6, &text);
	assert_non_null(strstr(buf_text(&text), "19999"));
	CHECK_INT(frame.cursor_row, 7);
	CHECK_INT(frame.cursor_col, 0);
	buf_free(&text);
	frame_free(&frame);
	lineedit_free(&edit);
}

TEST(control_u_empties_a_field_and_once_more_brings_the_text_back)
{
	struct lineedit edit = { .many = true };

	lineedit_set(&edit, "một\nhai");
	press(&edit, K_HOME, NULL);
	press(&edit, K_CTRL('u'), NULL);
	CHECK_STR(lineedit_text(&edit), "");
	CHECK_INT((int)edit.at, 0);
	press(&edit, K_CTRL('u'), NULL);
	CHECK_STR(lineedit_text(&edit), "một\nhai");
	CHECK_INT((int)edit.at, (int)strlen("một\nhai"));
	press(&edit, K_CTRL('u'), NULL);
	press(&edit, 'x', "x");
	press(&edit, K_CTRL('u'), NULL);
	press(&edit, K_CTRL('u'), NULL);
	CHECK_STR(lineedit_text(&edit), "x"); /* the last that was taken */
	lineedit_free(&edit);
}

TEST(control_u_in_a_field_that_was_always_empty_changes_nothing)
{
	struct lineedit edit = { 0 };
	const struct key key = { .code = K_CTRL('u') };

	CHECK_INT(lineedit_key(&edit, &key), EDIT_MOVED);
	CHECK_STR(lineedit_text(&edit), "");
	lineedit_free(&edit);
}

TEST(control_w_takes_the_word_before_the_cursor)
{
	struct lineedit edit = { 0 };

	lineedit_set(&edit, "mất điện  ");
	press(&edit, K_CTRL('w'), NULL);
	CHECK_STR(lineedit_text(&edit), "mất ");
	press(&edit, K_CTRL('w'), NULL);
	CHECK_STR(lineedit_text(&edit), "");
	press(&edit, K_CTRL('w'), NULL);
	CHECK_STR(lineedit_text(&edit), "");
	lineedit_free(&edit);
}

TEST(control_a_e_and_k_go_to_the_ends_and_take_the_rest_of_the_line)
{
	struct lineedit edit = { .many = true };

	lineedit_set(&edit, "xã một\nxã hai");
	press(&edit, K_CTRL('a'), NULL);
	press(&edit, K_RIGHT, NULL);
	press(&edit, K_CTRL('k'), NULL);
	CHECK_STR(lineedit_text(&edit), "xã một\nx");
	press(&edit, K_UP, NULL);
	press(&edit, K_CTRL('e'), NULL);
	press(&edit, K_CTRL('k'), NULL); /* at its end: the line end */
	CHECK_STR(lineedit_text(&edit), "xã mộtx");
	lineedit_free(&edit);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(letters_and_blanks_stay_as_they_were_typed),
		RUN(backspace_takes_a_whole_letter),
		RUN(an_input_method_burst_leaves_the_new_letter),
		RUN(marks_that_come_apart_become_one_letter),
		RUN(the_cursor_moves_by_letters_and_inserts_in_the_middle),
		RUN(a_paste_is_cleaned_of_escapes_and_keeps_its_lines),
		RUN(a_paste_into_one_line_has_no_line_ends),
		RUN(half_of_a_list_that_is_too_long_is_not_taken),
		RUN(tabs_of_a_pasted_list_stay_and_are_shown_as_blanks),
		RUN(what_is_too_long_is_cut_at_a_letter_and_said),
		RUN(up_and_down_move_by_the_lines_shown),
		RUN(a_field_shows_its_end_and_parks_the_cursor_there),
		RUN(a_long_paste_is_drawn_in_no_time_and_its_end_is_seen),
		RUN(control_u_empties_a_field_and_once_more_brings_the_text_back),
		RUN(control_u_in_a_field_that_was_always_empty_changes_nothing),
		RUN(control_w_takes_the_word_before_the_cursor),
		RUN(control_a_e_and_k_go_to_the_ends_and_take_the_rest_of_the_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
