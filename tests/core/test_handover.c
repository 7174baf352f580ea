/* The page of a hand-over while it waits to be signed. */
#include "tests/fixture.h"

#include <stdlib.h>
#include <string.h>

#include "core/handover.h"
#include "core/text.h"

#define MINUTE 60000LL

static struct error err;

static char *
page(struct fixture *f, const char *words)
{
	struct buf out = { 0 };

	CHECK_OK(handover_page(&out, f->desk, words, &err), err);
	return buf_take(&out);
}

TEST(a_case_that_ended_since_the_page_was_given_is_marked_where_it_stands)
{
	struct fixture f;
	char ended[UUID_SIZE], open[UUID_SIZE];
	struct handover h;
	bool watch;
	int64_t n;
	char *text, *line;

	fixture_memory(&f);
	fixture_as(&f, "lan");
	fixture_case(&f, "Mất điện TTDL với một tên rất dài để dòng này không còn chỗ nào", ended);
	fixture_case(&f, "13 xã mất kết nối", open);
	CHECK_OK(handover_give(f.desk, "nam", NULL, &n, &err), err);
	fixture_later(&f, 5 * MINUTE);
	fixture_status(&f, ended, "dismissed");
	fixture_as(&f, "nam");
	text = page(&f, NULL);
	line = strstr(text, "  2026-1 ");
	CHECK(line != NULL);
	line[strcspn(line, "\n")] = '\0';
	CHECK(strstr(line, "[Dismissed 02:15]") != NULL);
	CHECK(text_width(line) <= PAGE_CELLS);
	line = strstr(line + strlen(line) + 1, "  2026-2 ");
	CHECK(line != NULL);
	line[strcspn(line, "\n")] = '\0';
	CHECK(strchr(line, '[') == NULL);
	free(text);
	CHECK_OK(handover_take_read(f.desk, 1, &watch, &err), err);
	CHECK_OK(handover_find(&h, f.desk, 1, &err), err);
	CHECK(strstr(h.sheet, "[Dismissed ") != NULL);
	handover_clear(&h);
	fixture_whole(&f);
	fixture_end(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(a_case_that_ended_since_the_page_was_given_is_marked_where_it_stands),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
