/* What a caller says is taken for the kind that a watch officer would choose. */
#include "tests/test.h"

#include "core/guess.h"
#include "core/when.h"

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
	{ "Không vào được một cửa", "software" },
	{ "trang dịch vụ công không mở được", "software" },
	{ "xã không vào được mạng", "link" }, { "không vào được Internet", "link" },
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

TEST(the_words_say_since_when)
{
	static const struct {
		const char *said, *clock;
	} since[] = {
		{ "13 xã mất đường truyền từ 21:40", "21:40" },
		{ "mất mạng từ 9h05, xã còn điện", "09:05" },
		{ "down since 07:30", "07:30" }, { "mất từ 7 giờ, chưa rõ vì sao", "07:00" },
		{ "mất mạng từ 13 xã", NULL }, { "từ 21:4", NULL }, { "từ", NULL },
		{ "21:40 có người báo", NULL },
	};
	struct zone *zone = NULL;
	struct error err = ERROR_INIT;
	int64_t at, now = 1764280800000; /* 2025-11-27 22:00 UTC */

	CHECK_OK(zone_load(&zone, "UTC", &err), err);
	for (size_t i = 0; i < sizeof since / sizeof *since; i++) {
		bool said = guess_since(&at, since[i].said, now, zone);
		char clock[WHEN_SHORT_SIZE];

		CHECK(said == (since[i].clock != NULL));
		if (said) {
			when_clock(clock, at, zone);
			CHECK_STR(clock, since[i].clock);
			CHECK(at <= now);
		}
	}
	zone_free(zone);
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

TEST(another_name_stands_as_words_and_the_longest_counts)
{
	CHECK_INT(guess_also("Không vào được MỘT CỬA", "dịch vụ công; một cửa"), 7);
	CHECK_INT(guess_also("khong vao duoc mot cua dien tu", "một cửa; một cửa điện tử"), 15);
	CHECK_INT(guess_also("mỗi một cửasổ", "một cửa"), 0);
	CHECK_INT(guess_also("mất mạng", ""), 0);
	CHECK_INT(guess_also("mất mạng", "; ;\n"), 0);
	CHECK_INT(guess_also("mất mạng", NULL), 0);
}

TEST(a_code_in_capitals_goes_before_names_and_one_in_small_letters_after_them)
{
	static const struct guess_system systems[] = {
		{ "CONG", "Cổng thông tin điện tử tỉnh", NULL },
		{ "MOTCUA", "Một cửa điện tử", "một cửa" },
		{ "TTHC", "Hệ thống thông tin giải quyết TTHC tỉnh", "dịch vụ công" },
		{ "TTHC-CU", "Hệ thống cũ của tỉnh nọ", NULL },
	};
	static const struct { const char *said, *code; } heard[] = {
		{ "dich vu cong khong nop duoc", "TTHC" }, { "cong tinh khong mo", "CONG" },
		{ "một cửa không đăng nhập được TTHC", "TTHC" },
		{ "TTHC-CU hỏng", "TTHC-CU" }, { "mot cua hong", "MOTCUA" },
		{ "cổng thông tin điện tử tỉnh, một cửa", "CONG" }, { "mưa to", "" },
	};

	for (size_t i = 0; i < sizeof heard / sizeof *heard; i++) {
		struct guess_best best = { 0 };
		const char *code = "";

		for (size_t s = 0; s < sizeof systems / sizeof *systems; s++) {
			code = guess_better(&best, heard[i].said, &systems[s]) ? systems[s].code
				: code;
		}
		CHECK_STR(code, heard[i].code);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(what_is_said_is_taken_for_its_kind),
		RUN(the_words_say_since_when),
		RUN(another_name_stands_as_words_and_the_longest_counts),
		RUN(a_code_in_capitals_goes_before_names_and_one_in_small_letters_after_them),
		RUN(a_system_is_known_by_its_name_as_people_say_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
