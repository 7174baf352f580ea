/* What belongs to no case is found by its words. */
#include "tests/fixture.h"

#include "core/search_desk.h"
#include "core/shift_log.h"
#include "core/tin.h"

static void
entry(struct fixture *f, const char *text)
{
	struct error err = ERROR_INIT;
	int64_t n;

	CHECK_OK(shift_log_add(f->desk, &(struct shift_new){ .text = text }, &n, &err), err);
}

static void
found(struct fixture *f, const char *words, const char *should)
{
	struct desk_hits hits;
	struct buf out = { 0 };
	struct error err = ERROR_INIT;

	CHECK_OK(search_desk(f->desk, words, 10, false, &hits, &err), err);
	for (int i = 0; i < hits.count; i++) {
		buf_addf(&out, "%s%s%s", i > 0 ? "|" : "", hits.rows[i].text,
			hits.rows[i].marked ? "+" : "");
	}
	CHECK_STR(buf_text(&out), should);
	buf_free(&out);
	desk_hits_clear(&hits);
}

TEST(the_log_and_the_reports_are_found_marked_first_each_newest_first)
{
	struct desk_hits hits;
	struct tin_said said;
	struct fixture f;
	struct error err = ERROR_INIT;
	char id[UUID_SIZE];

	fixture_memory(&f);
	entry(&f, "mất điện nhà dân");
	fixture_later(&f, 60000);
	entry(&f, "mặt bàn ướt");
	fixture_later(&f, 60000);
	CHECK_OK(tin_add(f.desk, &(struct tin_new){ .what = "Mất mạng\ntừ sáng",
		.caller = "Chị Hoa", .unit = "Xã Không Có" }, id, &said, &err), err);
	found(&f, "mất", "Xã Không Có, Chị Hoa: Mất mạng từ sáng+|mất điện nhà dân+|"
		"mặt bàn ướt");
	found(&f, "hoa mang", "Xã Không Có, Chị Hoa: Mất mạng từ sáng");
	found(&f, "dien", "mất điện nhà dân");
	found(&f, "không có gì", "");
	found(&f, "!!!", "");
	/* Between two keys only the last month's log is read. */
	fixture_later(&f, INT64_C(40) * 24 * 3600 * 1000);
	found(&f, "ban uot", "mặt bàn ướt");
	CHECK_OK(search_desk(f.desk, "ban uot", 10, true, &hits, &err), err);
	CHECK_INT(hits.count, 0);
	desk_hits_clear(&hits);
	fixture_end(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(the_log_and_the_reports_are_found_marked_first_each_newest_first),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
