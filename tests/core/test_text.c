/* Text at the doors and on the screen: what is kept, what is refused, how wide
 * it is and where it may be cut. */
#include "tests/test.h"

#include <locale.h>
#include <wchar.h>

#include "core/text.h"

static void
check_accept(const char *in, size_t len, enum text_lines lines, const char *out)
{
	struct error err = ERROR_INIT;
	char *text = NULL;

	CHECK_OK(text_accept(&text, in, len, lines, 1000, "title", &err), err);
	CHECK_STR(text, out);
	free(text);
}

#define ONE(in, out) check_accept((in), sizeof(in) - 1, TEXT_ONE_LINE, (out))
#define MANY(in, out) check_accept((in), sizeof(in) - 1, TEXT_MANY_LINES, (out))

TEST(one_line_text_is_folded_and_trimmed)
{
	ONE("", "");
	ONE("  mất   điện\t toàn \r\n xã \n", "mất điện toàn xã");
	ONE("a\xc2\xa0\xe2\x80\x83" "b\xe3\x80\x80", "a b");
	ONE(" \t\n ", "");
	ONE("a\vb\fc", "a b c");
}

TEST(many_lines_keep_their_ends_and_tabs)
{
	MANY("a\r\nb\rc\n\td\r\n", "a\nb\nc\n\td\n");
	MANY(" two  blanks ", " two  blanks ");
}

TEST(what_a_terminal_might_obey_is_dropped)
{
	ONE("\x1b[31mđỏ\x1b[0m\x07\x7f", "[31mđỏ[0m");
	ONE("a\xc2\x9b" "31mb", "a31mb"); /* C1 CSI */
	MANY("x\x01\x02\x1b]0;t\x07y\xc2\x85z", "x]0;tyz");
	ONE("a\xe2\x80\xae" "b\xe2\x80\x8e" "c\xe2\x81\xa6" "d\xd8\x9c" "e", "abcde");
}

TEST(decomposed_text_becomes_composed)
{
	ONE("Đo\xcc\xa3\xcc\x82i", "Đội");
	ONE("Đo\xcc\x82\xcc\xa3i", "Đội");
	/* A control between letter and mark must not leave them apart. */
	ONE("e\x1b\xcc\x81", "é");
}

TEST(bytes_that_are_no_text_are_refused_with_their_place)
{
	struct error err = ERROR_INIT;
	char *text = NULL;

	CHECK_ERR(text_accept(&text, "a\0b", 3, TEXT_ONE_LINE, 10, "note", &err),
		err, ERR_BAD_INPUT);
	CHECK_STR(err.message, "note: holds a NUL byte; only text is taken");
	CHECK_ERR(text_accept(&text, "ab\xff" "c", 4, TEXT_ONE_LINE, 10, "note",
		&err), err, ERR_BAD_INPUT);
	CHECK_STR(err.message, "note: byte 3 (0xff) is not valid UTF-8; save the"
		" text as UTF-8");
	CHECK_ERR(text_accept(&text, "\xe1\xbb", 2, TEXT_MANY_LINES, 10, "note",
		&err), err, ERR_BAD_INPUT);
	CHECK(text == NULL);
}

TEST(too_long_counts_the_bytes_that_would_be_stored)
{
	struct error err = ERROR_INIT;
	char *text = NULL;

	CHECK_OK(text_accept(&text, "   mất   ", 11, TEXT_ONE_LINE, 5, "title",
		&err), err);
	CHECK_STR(text, "mất");
	free(text);
	text = NULL;
	CHECK_ERR(text_accept(&text, "mất x", 7, TEXT_ONE_LINE, 5, "title", &err),
		err, ERR_BAD_INPUT);
	CHECK_STR(err.message, "title: 7 bytes long, at most 5 are taken");
	CHECK(text == NULL);
}

static void
check_printable(const char *in, size_t len, const char *out)
{
	char *text = text_printable(in, len);

	CHECK_STR(text, out);
	free(text);
}

TEST(anything_becomes_printable)
{
	check_printable("\x1b[2Jđ\xff\xc3" "x\ny\0z", 14, "[2Jđ��x yz");
	check_printable("", 0, "");
	check_printable("\xed\xa0\x80", 3, "���");
	check_printable("\xf0\x9f\x98", 3, "���");
	check_printable("\xe2\x80\xaex", 4, "x");
}

TEST(utf_8_is_checked_as_the_standard_has_it)
{
	static const struct {
		const char *text;
		bool valid;
	} rows[] = {
		{ "", true }, { "abc", true }, { "ệ", true }, { "😀", true },
		{ "\xf4\x8f\xbf\xbf", true }, { "\xf4\x90\x80\x80", false },
		{ "\xc0\x80", false }, { "\xc1\xbf", false }, { "\xe0\x80\x80", false },
		{ "\xe0\x9f\xbf", false }, { "\xf0\x8f\xbf\xbf", false },
		{ "\xed\x9f\xbf", true }, { "\xed\xa0\x80", false },
		{ "\xed\xbf\xbf", false }, { "\xee\x80\x80", true },
		{ "\x80", false }, { "\xbf", false }, { "\xf5\x80\x80\x80", false },
		{ "\xfe", false }, { "\xff", false }, { "a\xe1\xbb", false },
		{ "\xc3(", false },
	};
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		CHECK_INT(text_valid_utf8(rows[i].text, strlen(rows[i].text)),
			rows[i].valid);
	}
	CHECK(text_valid_utf8("a\0b", 3));
}

TEST(every_code_point_survives_encoding)
{
	uint32_t point;

	for (point = 0; point <= 0x10ffff; point++) {
		char utf8[4];
		uint32_t back = 0;
		size_t size;

		if (point >= 0xd800 && point <= 0xdfff) {
			continue;
		}
		size = text_encode(point, utf8);
		CHECK_INT(text_decode(utf8, size, &back), size);
		CHECK_INT(back, point);
		CHECK_INT(text_decode(utf8, size - 1, &back), 0);
	}
}

TEST(width_is_in_columns)
{
	static const struct {
		const char *text;
		int width;
	} rows[] = {
		{ "", 0 }, { "abc", 3 }, { "Đội ứng cứu", 11 },
		{ "Đo\xcc\xa3\xcc\x82i", 3 }, { "日本", 4 }, { "한국", 4 }, { "😀", 2 },
		{ "à á đ è é ê ì í ò ó ù ú", 23 }, { "│─┌█▌…·×°", 9 },
		{ "a\xe2\x80\x8b" "b", 2 }, { "\xff\xff", 2 }, { "ﾊ", 1 }, { "！", 2 },
		{ "\xcc\x81", 0 }, { "\x1b[", 1 },
	};
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		CHECK_INT(text_width(rows[i].text), rows[i].width);
	}
	CHECK_INT(text_width_n("Đội", 2), 1);
	CHECK_INT(text_width_n("日本", 3), 2);
	CHECK_INT(text_width_n("日本", 4), 3); /* a cut character shows as one */
}

/* What curses lays out by wcwidth() must take the columns that we count. */
TEST(width_of_letters_and_frames_is_that_of_the_c_library)
{
	static const uint32_t ranges[][2] = {
		{ 0x20, 0x7e }, { 0xa0, 0x377 }, { 0x384, 0x52f }, { 0xe01, 0xe3a },
		{ 0x900, 0x97f }, { 0x1100, 0x11ff }, { 0x1e00, 0x1eff },
		{ 0x2010, 0x2027 }, { 0x2190, 0x21ff }, { 0x2500, 0x25ff },
		{ 0x3041, 0x3096 }, { 0x4e00, 0x4eff }, { 0xac00, 0xad00 },
		{ 0xff01, 0xffbe }, { 0x1f600, 0x1f64f },
	};
	size_t i;

	if (setlocale(LC_ALL, "C.UTF-8") == NULL) {
		skip();
	}
	for (i = 0; i < sizeof(ranges) / sizeof(*ranges); i++) {
		uint32_t point;

		for (point = ranges[i][0]; point <= ranges[i][1]; point++) {
			char utf8[5] = { 0 };
			int wanted = wcwidth((wchar_t)point);

			(void)text_encode(point, utf8);
			if (wanted >= 0 && text_width(utf8) != wanted) {
				fail_msg("U+%04X: %d, the C library has %d", point,
					text_width(utf8), wanted);
			}
		}
	}
	(void)setlocale(LC_ALL, "C");
}

TEST(text_is_cut_between_graphemes_only)
{
	int used = -1;

	CHECK_INT(text_fit("Đội ứng", 3, &used), strlen("Đội"));
	CHECK_INT(used, 3);
	/* Decomposed: the marks go with their letter. */
	CHECK_INT(text_fit("o\xcc\xa3\xcc\x82x", 1, &used), 5);
	CHECK_INT(used, 1);
	CHECK_INT(text_fit("日本", 3, &used), 3);
	CHECK_INT(used, 2);
	CHECK_INT(text_fit("日本", 1, &used), 0);
	CHECK_INT(used, 0);
	CHECK_INT(text_fit("abc", 10, NULL), 3);
	CHECK_INT(text_fit("abc", 0, NULL), 0);
	CHECK_INT(text_fit("abc", -1, NULL), 0);
	/* A family joined by ZWJ is one grapheme: all of it or nothing. */
	CHECK_INT(text_fit("👩‍👧x", 3, &used), 0);
	CHECK_INT(text_fit("👩‍👧x", 4, &used), strlen("👩‍👧"));
}

static void
check_column(const char *text, int cells, bool pad, bool ascii, const char *out)
{
	char *column = text_column(text, cells, pad, ascii);

	CHECK_STR(column, out);
	free(column);
}

TEST(a_column_is_exactly_as_wide_as_asked)
{
	check_column("Đội", 5, true, false, "Đội  ");
	check_column("Đội", 5, false, false, "Đội");
	check_column("Đội ứng cứu", 7, true, false, "Đội ứn…");
	check_column("Doi ung cuu", 7, true, true, "Doi un~");
	check_column("Đội", 3, true, false, "Đội");
	check_column("日本語", 4, true, false, "日… ");
	check_column("日本語", 5, true, false, "日本…");
	check_column("日本", 2, true, false, "… ");
	check_column("abc", 1, true, false, "…");
	check_column("abc", 0, true, false, "");
	check_column("abc", -3, true, false, "");
	check_column("", 3, true, false, "   ");
	check_column("a\x1b[1mb\xff\nc", 9, true, false, "a[1mb� c ");
}

TEST(every_column_of_any_text_has_its_width)
{
	const char *text = "Đo\xcc\xa3\xcc\x82i 日本 😀👩‍👧\xff 🇻🇳 e\xcc\x81 한 ứng";
	int cells;

	for (cells = 0; cells < 40; cells++) {
		char *column = text_column(text, cells, true, false);

		CHECK_INT(text_width(column), cells);
		CHECK(text_valid_utf8(column, strlen(column)));
		free(column);
	}
}

TEST(steps_forward_and_back_meet_at_the_same_borders)
{
	static const char *const texts[] = {
		"abc", "Đội ứng cứu", "o\xcc\xa3\xcc\x82xe\xcc\x81", "🇻🇳🇻🇳🇯🇵x",
		"👩‍👩‍👧‍👦👍🏽!", "한국어", "a\r\nb\n\r\nc", "\xff\xfe\xcc\x81z\xe1\xbb",
		"\xcc\x81\xcc\x81", "日本語", "\r\n", "กำ", "a\r\n",
	};
	size_t i;

	for (i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		size_t borders[64] = { 0 };
		size_t count = 0;
		size_t at = 0;
		size_t step;

		while ((step = text_next(texts[i], at)) != 0) {
			at += step;
			borders[++count] = at;
		}
		CHECK_INT(at, strlen(texts[i]));
		while (count > 0) {
			CHECK_INT(text_prev(texts[i], borders[count]),
				borders[count] - borders[count - 1]);
			count--;
		}
		CHECK_INT(text_prev(texts[i], 0), 0);
	}
}

TEST(one_step_is_one_character_for_a_person)
{
	CHECK_INT(text_next("ệx", 0), 3);
	CHECK_INT(text_next("e\xcc\xa3\xcc\x82x", 0), 5);
	CHECK_INT(text_next("🇻🇳🇯🇵", 0), 8);
	CHECK_INT(text_next("\r\nx", 0), 2);
	CHECK_INT(text_next("", 0), 0);
	CHECK_INT(text_prev("xe\xcc\xa3\xcc\x82", 6), 5);
}

TEST(a_valid_copy_changes_only_invalid_bytes)
{
	char *copy = text_valid_copy("a\x1b\n\xff" "đ", 6);

	CHECK_STR(copy, "a\x1b\n\xEF\xBF\xBDđ");
	free(copy);
	CHECK(text_is_ascii("abc"));
	CHECK(text_is_ascii(""));
	CHECK(!text_is_ascii("đ"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(one_line_text_is_folded_and_trimmed),
		RUN(many_lines_keep_their_ends_and_tabs),
		RUN(what_a_terminal_might_obey_is_dropped),
		RUN(decomposed_text_becomes_composed),
		RUN(bytes_that_are_no_text_are_refused_with_their_place),
		RUN(too_long_counts_the_bytes_that_would_be_stored),
		RUN(anything_becomes_printable),
		RUN(utf_8_is_checked_as_the_standard_has_it),
		RUN(every_code_point_survives_encoding),
		RUN(width_is_in_columns),
		RUN(width_of_letters_and_frames_is_that_of_the_c_library),
		RUN(text_is_cut_between_graphemes_only),
		RUN(a_column_is_exactly_as_wide_as_asked),
		RUN(every_column_of_any_text_has_its_width),
		RUN(steps_forward_and_back_meet_at_the_same_borders),
		RUN(one_step_is_one_character_for_a_person),
		RUN(a_valid_copy_changes_only_invalid_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
