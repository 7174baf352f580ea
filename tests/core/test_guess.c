/* What a caller says is taken for the kind that a watch officer would choose. */
#include "tests/test.h"

#include "core/guess.h"

static const struct {
	const char *said, *kind;
} rows[] = {
	{ "LGSP máy chủ chính báo lỗi đĩa", "hardware" },
	{ "LGSP chạy bằng máy dự phòng từ 22:40", "hardware" },
	{ "máy chủ vật lý số 2 lỗi bộ nguồn", "hardware" },
	{ "TTHC không đăng nhập được, báo lỗi 500", "software" },
	{ "Một cửa không tiếp nhận được hồ sơ", "software" },
	{ "hồ sơ không đồng bộ lên Cổng quốc gia", "software" },
	{ "mất điện, máy chủ chính chạy ắc quy", "power" },
	{ "xã mất kết nối, không đăng nhập được", "link" },
	{ "đồng chí hỏi lịch họp", NULL },
};

TEST(what_is_said_is_taken_for_its_kind)
{
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const char *kind = guess_kind(rows[i].said);

		if (rows[i].kind == NULL) {
			assert_null(kind);
		} else {
			CHECK_STR(kind, rows[i].kind);
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(what_is_said_is_taken_for_its_kind),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
