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

TEST(a_system_is_known_by_its_name_as_people_say_it)
{
	assert_true(guess_says("13 xã đứt đường TRUYỀN số liệu chuyên dùng từ 01:40",
		"Mạng truyền số liệu chuyên dùng"));
	assert_true(guess_says("một cửa điện tử không mở", "Một cửa điện tử"));
	assert_true(guess_says("Trang thông tin điện tử xã Lý Sơn hiện nội dung lạ",
		"Trang thông tin điện tử 96 xã, phường, đặc khu"));
	assert_false(guess_says("Cổng thông tin điện tử của Sở", "Trang thông tin điện tử 96 xã"));
	assert_false(guess_says("mạng LAN tại nhà", "Mạng LAN tại 13 cơ quan cấp sở"));
	assert_false(guess_says("mất mạng", "Mạng LAN UBND cấp xã"));
	assert_false(guess_says("điện tử", "Một cửa điện tử"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(what_is_said_is_taken_for_its_kind),
		RUN(a_system_is_known_by_its_name_as_people_say_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
