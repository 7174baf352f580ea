/* Lists and tables of places as people paste them. */
#include "tests/test.h"

#include "core/buf.h"
#include "core/point_group.h"
#include "core/point_lines.h"

TEST(a_pasted_list_with_numbers_bullets_tabs_and_decomposed_letters_becomes_names)
{
	static const char *const names[] = {
		"Xã Sông Trà", "Phường Đá Trắng", "Xã Hòa Lạc", "Hòn Xa", "Trường A", "Trường B",
		"10.8.4.12", "Xã (cũ: A, B) C",
	};
	/* Line 2 is NFD. */
	const char *text = "1. Xã   Sông Trà;\r\n"
		"2) Phu\xcc\x9bo\xcc\x9b\xcc\x80ng \xc4\x90\xc3\xa1 Tra\xcc\x86\xcc\x81ng\r\n"
		"- Xã Hòa Lạc.\n\n   • Hòn Xa  \n Trường A, Trường B\n10.8.4.12\n---\n"
		"Xã (cũ: A, B) C\n";
	struct point_lines lines;
	struct error err;

	CHECK_OK(point_lines_read(&lines, text, strlen(text), &err), err);
	CHECK(!lines.table);
	CHECK_INT(lines.count, 8);
	for (int i = 0; i < 8; i++) {
		CHECK_STR(lines.list[i].fields[PF_NAME], names[i]);
	}
	CHECK_INT(lines.list[5].line, 6);
	point_lines_clear(&lines);
}

TEST(a_comma_behind_what_a_unit_is_belongs_to_its_name)
{
	const char *text = "Xã, phường số 06 (Kon Tum cũ)\nXã Hòa Lạc, xã, phường số 7\n";
	struct point_lines lines;
	struct error err;

	CHECK_OK(point_lines_read(&lines, text, strlen(text), &err), err);
	CHECK_INT(lines.count, 3);
	CHECK_STR(lines.list[0].fields[PF_NAME], "Xã, phường số 06 (Kon Tum cũ)");
	CHECK_STR(lines.list[1].fields[PF_NAME], "Xã Hòa Lạc");
	CHECK_STR(lines.list[2].fields[PF_NAME], "xã, phường số 7");
	point_lines_clear(&lines);
}

TEST(what_stands_behind_a_tab_goes_to_the_note_and_counting_numbers_go_away)
{
	const char *text = "1\tXã Sông Trà\tmất từ 1h\tông B\n2\tXã Hòa Lạc\n";
	const char *counted = "1 Xã Sông Trà\n2 Xã Hòa Lạc\n3 Thôn 3\n";
	struct point_lines lines;
	struct error err;

	CHECK_OK(point_lines_read(&lines, text, strlen(text), &err), err);
	CHECK_INT(lines.count, 2);
	CHECK_STR(lines.list[0].fields[PF_NAME], "Xã Sông Trà");
	CHECK_STR(lines.list[0].fields[PF_NOTE], "mất từ 1h · ông B");
	point_lines_clear(&lines);
	CHECK_OK(point_lines_read(&lines, counted, strlen(counted), &err), err);
	CHECK_STR(lines.list[2].fields[PF_NAME], "Thôn 3");
	point_lines_clear(&lines);
}

TEST(a_table_is_read_by_its_headings_in_either_language)
{
	const char *csv = "\xef\xbb\xbfSTT;Đơn vị;Tình trạng;Từ giờ;Người tại xã;Màu\n"
		"1;\"Xã Sông Trà\";mất điện;01:40;\"bà \"\"C\"\"\";đỏ\n2;Hòn Xa;thông lại;;;\n";
	const char *tabs = "name\tstate\tsince\n\nXã Hòa Lạc\tdown\t01:50\n";
	struct point_lines lines;
	struct error err;

	CHECK_OK(point_lines_read(&lines, csv, strlen(csv), &err), err);
	CHECK(lines.table);
	CHECK_INT(lines.count, 2);
	CHECK_STR(lines.list[0].fields[PF_NAME], "Xã Sông Trà");
	CHECK_STR(lines.list[0].fields[PF_STATE], "mất điện");
	CHECK_STR(lines.list[0].fields[PF_SINCE], "01:40");
	CHECK_STR(lines.list[0].fields[PF_PERSON], "bà \"C\"");
	CHECK_STR(lines.list[0].fields[PF_NOTE], "Màu: đỏ");
	point_lines_clear(&lines);
	CHECK_OK(point_lines_read(&lines, tabs, strlen(tabs), &err), err);
	CHECK_INT(lines.count, 1);
	CHECK_STR(lines.list[0].fields[PF_STATE], "down");
	point_lines_clear(&lines);
}

static void
check_refused(const char *text, size_t len, const char *says)
{
	struct point_lines lines;
	struct error err;

	CHECK_ERR(point_lines_read(&lines, text, len, &err), err, ERR_BAD_INPUT);
	if (strstr(err.message, says) == NULL) {
		fail_msg("\"%s\" does not say \"%s\"", err.message, says);
	}
}

TEST(a_list_that_is_too_long_empty_or_no_text_is_refused_with_the_limit)
{
	struct buf text = { 0 };

	for (int i = 0; i < 5000; i++) {
		buf_addf(&text, "%d.\tXã số %d\n", i + 1, i + 1);
	}
	check_refused(buf_text(&text), text.len, "5000");
	check_refused(buf_text(&text), text.len, "1000");
	buf_clear(&text);
	for (int i = 0; i < 1500; i++) {
		buf_addf(&text, "Xã %d,", i);
	}
	check_refused(buf_text(&text), text.len, "1500");
	buf_clear(&text);
	buf_adds(&text, "Xã A\n");
	for (int i = 0; i < 201; i++) {
		buf_addc(&text, 'x');
	}
	check_refused(buf_text(&text), text.len, "line 2");
	check_refused(buf_text(&text), text.len, "200");
	check_refused("", 0, "no name");
	check_refused(" \n--\n", 5, "no name");
	check_refused("Xã \xff\xfe", 6, "UTF-8");
	check_refused("Xã A\0B", 7, "NUL");
	check_refused("name,state\n,down\n", 17, "line 2");
	buf_free(&text);
}

TEST(a_place_outside_the_register_is_neither_island_nor_mainland)
{
	char none[] = "", of_unit[] = "unit";
	const struct point unknown = { .ref_kind = none }, unit = { .ref_kind = of_unit };
	const struct point island = { .ref_kind = of_unit, .island = true };

	CHECK_STR(point_group(&unknown, BY_ISLAND), "-");
	CHECK_STR(point_group(&unit, BY_ISLAND), "mainland");
	CHECK_STR(point_group(&island, BY_ISLAND), "islands");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(a_pasted_list_with_numbers_bullets_tabs_and_decomposed_letters_becomes_names),
		RUN(a_place_outside_the_register_is_neither_island_nor_mainland),
		RUN(a_comma_behind_what_a_unit_is_belongs_to_its_name),
		RUN(what_stands_behind_a_tab_goes_to_the_note_and_counting_numbers_go_away),
		RUN(a_table_is_read_by_its_headings_in_either_language),
		RUN(a_list_that_is_too_long_empty_or_no_text_is_refused_with_the_limit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
