/* Printed pages: never wider or longer than paper, what belongs together stays on
 * one page, nothing is lost. */
#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "core/pages.h"
#include "core/text.h"

/* Every line fits, every page has PAGES_LINES; how many pages. */
static int
measure(const char *text)
{
	int pages = 1, lines = 0;

	for (const char *p = text; *p != '\0';) {
		size_t len = strcspn(p, "\n");

		if (p[0] == '\f') {
			CHECK_INT(lines, PAGES_LINES);
			pages++;
			lines = 0;
			p++;
			continue;
		}
		CHECK(text_width_n(p, len) <= PAGES_CELLS);
		lines++;
		p += len + (p[len] == '\n');
	}
	CHECK_INT(lines, PAGES_LINES);
	return pages;
}

static int
count(const char *text, const char *what)
{
	int found = 0;

	for (const char *p = text; (p = strstr(p, what)) != NULL; p += strlen(what)) {
		found++;
	}
	return found;
}

TEST(long_text_is_wrapped_at_blanks_and_nothing_is_lost)
{
	struct pages pages = { 0 };
	struct buf out = { 0 };
	struct buf text = { 0 };

	for (int i = 0; i < 400; i++) {
		buf_adds(&text, "Đội ứng cứu ");
	}
	buf_adds(&text, "một-từ-rất-dài-không-có-dấu-cách-nào-ở-giữa-cả-để-xem-có-bị-cắt-hay-không-"
		"và-còn-dài-nữa\n\ncuối");
	pages_wrap(&pages, "  1. ", buf_text(&text));
	pages_plain(&out, &pages);
	CHECK_INT(count(buf_text(&out), "Đội"), 400);
	CHECK(strstr(buf_text(&out), "cuối") != NULL);
	pages_wrap(&pages, "", "");
	pages_wrap(&pages, "- ", buf_text(&text));
	buf_clear(&out);
	pages_take(&out, &pages, "chân trang");
	CHECK(measure(buf_text(&out)) >= 2);
	buf_free(&out);
	buf_free(&text);
}

TEST(what_is_kept_together_is_not_parted_but_where_it_is_longer_than_a_page)
{
	struct pages pages = { 0 };
	struct buf out = { 0 };

	for (int i = 0; i < 50; i++) {
		pages_add(&pages, "dòng %d", i);
	}
	pages_keep(&pages);
	for (int i = 0; i < 20; i++) {
		pages_add(&pages, "khối %d.", i);
	}
	pages_keep_end(&pages);
	pages_keep(&pages);
	for (int i = 0; i < 130; i++) {
		pages_add(&pages, "dài %d.", i);
	}
	pages_keep_end(&pages);
	pages_break(&pages);
	pages_add(&pages, "%s", "trang cuối");
	pages_take(&out, &pages, "chân");
	CHECK(measure(buf_text(&out)) >= 5);
	CHECK(strchr(strstr(buf_text(&out), "dòng 49"), '\f') < strstr(buf_text(&out), "khối 0."));
	CHECK(strstr(buf_text(&out), "\ftrang cuối") != NULL);
	CHECK_INT(count(buf_text(&out), "dài "), 130);
	CHECK_INT(count(buf_text(&out), "khối "), 20);
	buf_free(&out);
}

TEST(an_empty_paper_is_one_page)
{
	struct pages pages = { 0 };
	struct buf out = { 0 };

	pages_take(&out, &pages, "một cái tên dài hơn cả trang giấy, dài hơn nữa, dài hơn nữa, dài"
		" hơn nữa");
	CHECK_INT(measure(buf_text(&out)), 1);
	buf_free(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(long_text_is_wrapped_at_blanks_and_nothing_is_lost),
		RUN(what_is_kept_together_is_not_parted_but_where_it_is_longer_than_a_page),
		RUN(an_empty_paper_is_one_page),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
