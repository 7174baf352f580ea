/* Growing text. */
#include "tests/test.h"

#include "core/buf.h"

TEST(an_empty_buffer_reads_as_empty_text)
{
	struct buf buf = { 0 };

	CHECK_STR(buf_text(&buf), "");
}

TEST(a_buffer_grows_and_keeps_what_was_added)
{
	struct buf buf = { 0 };

	for (int i = 0; i < 1000; i++) {
		buf_addf(&buf, "%d,", i % 10);
	}
	CHECK_INT(buf.len, 2000);
	CHECK_INT(strlen(buf_text(&buf)), 2000);
	buf_free(&buf);
	CHECK_INT(buf.len, 0);
}

TEST(taking_hands_the_memory_over)
{
	struct buf buf = { 0 };
	char *text;

	buf_adds(&buf, "sự cố");
	text = buf_take(&buf);
	CHECK_STR(text, "sự cố");
	CHECK_STR(buf_text(&buf), "");
	free(text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(an_empty_buffer_reads_as_empty_text),
		RUN(a_buffer_grows_and_keeps_what_was_added),
		RUN(taking_hands_the_memory_over),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
