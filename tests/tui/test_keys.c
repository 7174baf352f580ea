/* Bytes become keys, however they are split. */
#include "tests/test.h"

#include <stdio.h>

#include "tui/keys.h"

/* Feeds text in pieces of size bytes and writes the keys' names to out. */
static void
decode(const char *text, size_t len, size_t size, char *out, size_t out_size)
{
	struct keys *keys = keys_new();
	struct key key;
	size_t at = 0;

	out[0] = '\0';
	for (size_t i = 0; i < len; i += size) {
		keys_feed(keys, text + i, len - i < size ? len - i : size);
		while (keys_next(keys, &key)) {
			char name[KEY_NAME_SIZE];

			if (key.code == K_PASTE) {
				at += (size_t)snprintf(out + at, out_size - at, "<%.*s>",
					(int)key.paste_len, key.paste);
				free(key.paste);
				continue;
			}
			key_label(key.code, name);
			at += (size_t)snprintf(out + at, out_size - at, "%s ",
				key.text[0] != '\0' ? key.text : name);
		}
	}
	keys_free(keys);
}

static void
check_all_splits(const char *text, size_t len, const char *wanted)
{
	for (size_t size = 1; size <= len; size++) {
		char got[512];

		decode(text, len, size, got, sizeof(got));
		CHECK_STR(got, wanted);
	}
}

#define SPLITS(text, wanted) check_all_splits((text), sizeof(text) - 1, (wanted))

TEST(a_vietnamese_letter_survives_any_split)
{
	SPLITS("\xe1\xbb\x87Đ", "ệ Đ ");
}

TEST(an_input_method_burst_is_applied_in_order)
{
	SPLITS("to\x7f\xc3\xb4", "t o Backspace ô ");
	SPLITS("to\b\xc3\xb4", "t o Backspace ô ");
}

TEST(arrows_of_all_terminals_are_arrows)
{
	SPLITS("\033[A\033OB\033[1;5C\033[D", "Up Down Right Left ");
}

TEST(putty_rxvt_and_the_console_name_their_keys)
{
	SPLITS("\033[11~\033[1~\033[4~\033[7~\033[8~\033[H\033OF\033[Z\033[[A",
		"F1 Home End Home End Home End S-Tab F1 ");
}

TEST(a_paste_is_one_event_even_when_its_end_is_split)
{
	SPLITS("\033[200~q\rm\033x\033[201~k", "<q\rm\033x>k ");
}

TEST(unknown_sequences_are_swallowed_whole)
{
	SPLITS("\033[?1;2c\033[99~j", "j ");
}

TEST(invalid_bytes_never_become_keys)
{
	SPLITS("\xff\xc0\xaf\xe1\x28j\xed\xa0\x80k", "( j k ");
}

TEST(a_lone_escape_waits_for_the_delay_and_is_then_a_key)
{
	struct keys *keys = keys_new();
	struct key key;

	keys_feed(keys, "\033", 1);
	CHECK(!keys_next(keys, &key));
	CHECK_INT(keys_wait(keys, 25), 25);
	keys_timeout(keys);
	CHECK(keys_next(keys, &key));
	CHECK_INT(key.code, K_ESC);
	CHECK(!keys_next(keys, &key));
	CHECK_INT(keys_wait(keys, 25), -1);
	keys_free(keys);
}

TEST(an_arrow_that_is_late_in_the_middle_is_still_an_arrow)
{
	struct keys *keys = keys_new();
	struct key key;

	keys_feed(keys, "\033[", 2);
	CHECK(!keys_next(keys, &key));
	CHECK_INT(keys_wait(keys, 25), 1000);
	keys_feed(keys, "B", 1);
	CHECK(keys_next(keys, &key));
	CHECK_INT(key.code, K_DOWN);
	keys_free(keys);
}

TEST(a_paste_of_a_megabyte_of_binary_comes_back_whole)
{
	struct keys *keys = keys_new();
	struct key key;
	size_t size = 1u << 20;
	char *bytes = malloc(size);

	assert_non_null(bytes);
	for (size_t i = 0; i < size; i++) {
		bytes[i] = (char)(i * 7919 >> 3);
	}
	keys_feed(keys, "\033[200~", 6);
	for (size_t at = 0; at < size; at += 4096) {
		keys_feed(keys, bytes + at, 4096);
		CHECK(!keys_next(keys, &key));
	}
	keys_feed(keys, "\033[201~", 6);
	CHECK(keys_next(keys, &key));
	CHECK_INT(key.paste_len, size);
	CHECK(memcmp(key.paste, bytes, size) == 0);
	free(key.paste);
	free(bytes);
	keys_free(keys);
}

TEST(a_paste_that_never_ends_is_given_up_as_it_is)
{
	struct keys *keys = keys_new();
	struct key key;

	keys_feed(keys, "\033[200~abc", 9);
	CHECK(!keys_next(keys, &key));
	CHECK_INT(keys_wait(keys, 25), 5000);
	keys_timeout(keys);
	CHECK(keys_next(keys, &key));
	CHECK_INT(key.code, K_PASTE);
	CHECK_INT(key.paste_len, 3);
	free(key.paste);
	keys_free(keys);
}

TEST(taught_sequences_of_the_terminal_are_known)
{
	struct keys *keys = keys_new();
	struct key key;

	keys_teach(keys, "\033[25~", K_F9);
	keys_feed(keys, "\033[25~", 5);
	CHECK(keys_next(keys, &key));
	CHECK_INT(key.code, K_F9);
	keys_free(keys);
}

TEST(names_of_keys_read_back)
{
	static const int32_t codes[] = { K_UP, K_F10, K_ENTER, K_SPACE, 'j', '/',
		K_CTRL('l'), K_BACKTAB, K_PAGE_DOWN };

	for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++) {
		char name[KEY_NAME_SIZE];

		key_label(codes[i], name);
		CHECK_INT(key_from_name(name), codes[i]);
	}
	CHECK_INT(key_from_name("Nothing"), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(a_vietnamese_letter_survives_any_split),
		RUN(an_input_method_burst_is_applied_in_order),
		RUN(arrows_of_all_terminals_are_arrows),
		RUN(putty_rxvt_and_the_console_name_their_keys),
		RUN(a_paste_is_one_event_even_when_its_end_is_split),
		RUN(unknown_sequences_are_swallowed_whole),
		RUN(invalid_bytes_never_become_keys),
		RUN(a_lone_escape_waits_for_the_delay_and_is_then_a_key),
		RUN(an_arrow_that_is_late_in_the_middle_is_still_an_arrow),
		RUN(a_paste_of_a_megabyte_of_binary_comes_back_whole),
		RUN(a_paste_that_never_ends_is_given_up_as_it_is),
		RUN(taught_sequences_of_the_terminal_are_known),
		RUN(names_of_keys_read_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
