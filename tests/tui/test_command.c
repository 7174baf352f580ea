/* The one table of commands keeps the rules of the keymap. */
#include "tests/test.h"

#include "tui/command.h"

TEST(every_command_has_a_word_a_hint_and_help)
{
	for (int i = 1; i < CMD_COUNT; i++) {
		assert_non_null(command_rows[i].word);
		assert_non_null(command_rows[i].hint);
		assert_non_null(command_rows[i].help);
		CHECK_INT(command_of_word(command_rows[i].word), i);
	}
}

TEST(no_key_is_banned_and_none_is_bound_twice)
{
	for (int i = 1; i < CMD_COUNT; i++) {
		for (int k = 0; k < 4 && command_rows[i].keys[k] != 0; k++) {
			int32_t key = command_rows[i].keys[k];

			CHECK(!command_key_banned(key));
			CHECK_INT(command_of_key(key, false), i);
		}
	}
}

TEST(letters_that_an_input_method_bites_are_banned)
{
	for (const char *c = "aeiouyAEIOUYwWdD[]{}"; *c != '\0'; c++) {
		CHECK(command_key_banned(*c));
	}
	CHECK(command_key_banned(K_CTRL('s')));
	CHECK(command_key_banned(K_CTRL('a')));
	CHECK(command_key_banned(K_DELETE));
	CHECK(command_key_banned(0x1b0)); /* ư */
	CHECK(!command_key_banned('c'));
}

TEST(every_function_key_has_a_second_way)
{
	for (int i = 1; i < CMD_COUNT; i++) {
		int32_t first = command_rows[i].keys[0];

		if (first >= K_F1 && first <= K_F12) {
			CHECK(command_rows[i].keys[1] != 0);
		}
	}
}

TEST(in_a_text_field_letters_are_text_and_other_keys_are_commands)
{
	CHECK_INT(command_of_key('c', true), CMD_NONE);
	CHECK_INT(command_of_key('?', true), CMD_NONE);
	CHECK_INT(command_of_key(0x1ed7, true), CMD_NONE);
	CHECK_INT(command_of_key(K_F10, true), CMD_SAVE);
	CHECK_INT(command_of_key(K_CTRL('o'), true), CMD_SAVE);
	CHECK_INT(command_of_key(K_ESC, true), CMD_BACK);
}

TEST(a_field_keeps_the_keys_of_a_line_and_no_command_is_lost_by_it)
{
	char keys[64];

	CHECK_INT(command_of_key(K_CTRL('u'), false), CMD_HALF_UP);
	CHECK_INT(command_of_key(K_CTRL('u'), true), CMD_NONE);
	CHECK_INT(command_of_key(K_CTRL('k'), true), CMD_NONE);
	command_field_keys(CMD_PALETTE, keys);
	CHECK_STR(keys, "F3 C-f");
	command_field_keys(CMD_EDITOR, keys);
	CHECK_STR(keys, "F4 C-x");
}

TEST(a_vietnamese_letter_is_no_command)
{
	CHECK_INT(command_of_key(0x1ed7, false), CMD_NONE);
}

TEST(a_command_that_cannot_be_done_says_why)
{
	CHECK(command_refusal(CMD_NOTE, NEED_CASE | NEED_WRITE) == NULL);
	CHECK_STR(command_refusal(CMD_NOTE, NEED_CASE),
		"opened for reading only, or a viewer's role");
	CHECK_STR(command_refusal(CMD_NOTE, NEED_WRITE), "no case is under the cursor");
	/* A list of cases does not know what each one's plan suggests. */
	CHECK_STR(command_refusal(CMD_STATUS_NEXT, NEED_ROW | NEED_CASE | NEED_OPEN_CASE
		| NEED_WRITE), "open the case first: row 2 says what its plan suggests");
	for (int i = 1; i < CMD_COUNT; i++) {
		if (command_rows[i].needs != 0) {
			const char *why = command_refusal((enum command)i, 0);

			assert_non_null(why);
			assert_string_not_equal(why, "not here");
		}
	}
}

TEST(who_called_and_who_must_hear_that_it_is_over_are_found_from_any_case)
{
	CHECK(command_of_place(CMD_CALLERS));
	CHECK(command_of_place(CMD_ALL_CLEAR));
	CHECK(command_of_place(CMD_CALLS));
	CHECK(command_of_place(CMD_PRINT_CASE));
	CHECK(!command_of_place(CMD_REOPEN));
	CHECK(!command_of_place(CMD_EDITOR));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(every_command_has_a_word_a_hint_and_help),
		RUN(no_key_is_banned_and_none_is_bound_twice),
		RUN(letters_that_an_input_method_bites_are_banned),
		RUN(every_function_key_has_a_second_way),
		RUN(in_a_text_field_letters_are_text_and_other_keys_are_commands),
		RUN(a_field_keeps_the_keys_of_a_line_and_no_command_is_lost_by_it),
		RUN(a_vietnamese_letter_is_no_command),
		RUN(a_command_that_cannot_be_done_says_why),
		RUN(who_called_and_who_must_hear_that_it_is_over_are_found_from_any_case),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
