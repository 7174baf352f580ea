/* The cell grid: cut by columns, never anything that a terminal obeys. */
#include "tests/test.h"

#include "tui/frame.h"

static const char *
row(const struct frame *frame, int at)
{
	static char text[1024];
	struct buf out = { 0 };

	frame_row_text(frame, at, &out);
	strncpy(text, buf_text(&out), sizeof(text) - 1);
	buf_free(&out);
	return text;
}

TEST(text_is_cut_at_the_edge_of_the_frame)
{
	struct frame frame = { 0 };

	frame_size(&frame, 2, 5);
	CHECK_INT(frame_put(&frame, 0, 2, 20, ST_TEXT, "abcdef"), 3);
	CHECK_STR(row(&frame, 0), "  abc");
	CHECK_INT(frame_put(&frame, 7, 0, 5, ST_TEXT, "x"), 0);
	CHECK_INT(frame_put(&frame, 1, -1, 5, ST_TEXT, "x"), 0);
	CHECK_STR(row(&frame, 1), "");
	frame_free(&frame);
}

TEST(a_wide_letter_is_never_halved)
{
	struct frame frame = { 0 };

	frame_size(&frame, 1, 4);
	CHECK_INT(frame_put(&frame, 0, 0, 3, ST_TEXT, "a漢字"), 3);
	CHECK_STR(row(&frame, 0), "a漢");
	(void)frame_put(&frame, 0, 1, 1, ST_TEXT, "b");
	CHECK_STR(row(&frame, 0), "ab");
	frame_free(&frame);
}

TEST(composed_and_decomposed_letters_take_one_column)
{
	struct frame frame = { 0 };

	frame_size(&frame, 1, 10);
	CHECK_INT(frame_put(&frame, 0, 0, 10, ST_TEXT, "e\xcc\x82\xcc\xa3x"), 2);
	CHECK_INT(frame_put(&frame, 0, 5, 5, ST_TEXT, "ệx"), 2);
	frame_free(&frame);
}

TEST(controls_and_invalid_bytes_never_reach_a_cell)
{
	struct frame frame = { 0 };
	struct buf out = { 0 };

	frame_size(&frame, 1, 40);
	frame_put(&frame, 0, 0, 40, ST_TEXT,
		"a\033[31mb\x07" "c\xc2\x9b" "d\xffg\xe2\x80\xae" "h\x7f\ti");
	frame_dump(&frame, &out);
	for (size_t i = 0; i + 1 < out.len; i++) {
		unsigned char byte = (unsigned char)out.data[i];

		CHECK(byte >= 0x20 && byte != 0x7f);
	}
	assert_null(strstr(buf_text(&out), "\xc2\x9b"));
	assert_null(strstr(buf_text(&out), "\xe2\x80\xae"));
	buf_free(&out);
	frame_free(&frame);
}

TEST(a_cut_text_ends_in_an_ellipsis)
{
	struct frame frame = { 0 };

	frame_size(&frame, 1, 8);
	frame_cut(&frame, 0, 0, 6, ST_TEXT, "Mất điện");
	CHECK_STR(row(&frame, 0), "Mất đ…");
	frame_clear(&frame);
	frame_cut(&frame, 0, 0, 8, ST_TEXT, "Mất điện");
	CHECK_STR(row(&frame, 0), "Mất điện");
	frame_free(&frame);
}

TEST(without_accents_every_cell_is_ascii)
{
	struct frame frame = { .plain = true };
	struct buf out = { 0 };

	frame_size(&frame, 3, 12);
	frame_box(&frame, 0, 0, 3, 12, ST_TEXT, "Đội");
	frame_put(&frame, 1, 1, 10, ST_TEXT, "Điện 漢");
	frame_dump(&frame, &out);
	for (size_t i = 0; i < out.len; i++) {
		CHECK((unsigned char)out.data[i] < 0x80);
	}
	assert_non_null(strstr(buf_text(&out), "Dien"));
	buf_free(&out);
	frame_free(&frame);
}

TEST(a_wrapped_text_that_is_cut_ends_in_an_ellipsis)
{
	struct frame frame = { 0 };

	frame_size(&frame, 5, 10);
	CHECK_INT(frame_wrap(&frame, 0, 0, 2, 10, ST_TEXT, "một hai ba bốn năm sáu bảy"), 2);
	CHECK_STR(row(&frame, 0), "một hai ba");
	CHECK_STR(row(&frame, 1), "bốn năm s…");
	CHECK_INT(frame_wrap(&frame, 2, 0, 1, 10, ST_TEXT, "một\nhai"), 1);
	CHECK_STR(row(&frame, 2), "một …");
	CHECK_INT(frame_wrap(&frame, 3, 0, 2, 10, ST_TEXT, "một hai ba bốn năm"), 2);
	CHECK_STR(row(&frame, 4), "bốn năm");
	frame_free(&frame);
}

TEST(wrapping_breaks_at_blanks_and_counts_its_lines)
{
	struct frame frame = { 0 };

	frame_size(&frame, 5, 10);
	CHECK_INT(frame_wrap(&frame, 0, 0, 5, 10, ST_TEXT, "một hai ba\nbốn năm sáu"), 3);
	CHECK_STR(row(&frame, 0), "một hai ba");
	CHECK_STR(row(&frame, 1), "bốn năm");
	CHECK_STR(row(&frame, 2), "sáu");
	CHECK_INT(frame_wrap(NULL, 0, 0, 2, 3, ST_TEXT, "aaaaaaaaaa"), 2);
	CHECK_INT(frame_wrap(NULL, 0, 0, 9, 0, ST_TEXT, "x"), 0);
	frame_free(&frame);
}

TEST(drawing_outside_does_no_harm)
{
	struct frame frame = { 0 };

	frame_size(&frame, 3, 3);
	frame_box(&frame, -2, -2, 9, 9, ST_TEXT, "long title");
	frame_hline(&frame, 1, -5, 50, ST_LINE);
	frame_fill(&frame, -1, -1, 9, 9, ST_TEXT);
	frame_style(&frame, 2, -3, 40, ST_CURSOR);
	(void)frame_right(&frame, 0, 2, 1, ST_TEXT, "abc");
	frame_free(&frame);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(text_is_cut_at_the_edge_of_the_frame),
		RUN(a_wide_letter_is_never_halved),
		RUN(composed_and_decomposed_letters_take_one_column),
		RUN(controls_and_invalid_bytes_never_reach_a_cell),
		RUN(a_cut_text_ends_in_an_ellipsis),
		RUN(without_accents_every_cell_is_ascii),
		RUN(a_wrapped_text_that_is_cut_ends_in_an_ellipsis),
		RUN(wrapping_breaks_at_blanks_and_counts_its_lines),
		RUN(drawing_outside_does_no_harm),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
