/* Vietnamese text for searching and sorting (vn.md 6). */
#include "tests/test.h"

#include <stdio.h>

#include "core/fold.h"
#include "core/mem.h"
#include "core/text.h"

static void
check_fold(const char *in, const char *out)
{
	char *text = fold_text(in);

	CHECK_STR(text, out);
	free(text);
}

static void
check_marks(const char *in, const char *out)
{
	char *text = fold_marks(in);

	CHECK_STR(text, out);
	free(text);
}

TEST(case_and_marks_go_and_d_with_stroke_is_d)
{
	check_fold("", "");
	check_fold("MAT DIEN", "mat dien");
	check_fold("Mất điện", "mat dien");
	check_fold("ĐỘI ỨNG CỨU SỰ CỐ", "doi ung cuu su co");
	check_fold("hòa", "hoa");
	check_fold("hoà", "hoa");
	check_fold("web-02 [10.8.4.12]\n\t", "web-02 [10.8.4.12]\n\t");
	check_fold("Ñandú Čeština", "nandu cestina");
	check_fold("ß 日本 한국 ガ Ωμέγα", "ß 日本 한국 ガ ωμεγα");
	check_marks("Đội ỨNG cứu", "Doi UNG cuu");
	check_marks("plain", "plain");
}

TEST(composed_and_decomposed_text_fold_alike)
{
	check_fold("Đo\xcc\xa3\xcc\x82i u\xcc\x9b\xcc\x81ng", "doi ung");
	check_fold("Đo\xcc\x82\xcc\xa3i", "doi");
	check_marks("U\xcc\x9b\xcc\x81", "U");
	check_fold("\xe3\x82\xab\xe3\x82\x99", "ガ");
	check_fold("J\xcc\x8c", "j");
}

/* All twelve vowels with all six tones, both cases. */
TEST(every_vietnamese_vowel_folds_to_its_letter)
{
	static const char *const rows[] = {
		"aàảãáạAÀẢÃÁẠăằẳẵắặĂẰẲẴẮẶâầẩẫấậÂẦẨẪẤẬ", "eèẻẽéẹEÈẺẼÉẸêềểễếệÊỀỂỄẾỆ",
		"iìỉĩíịIÌỈĨÍỊ", "oòỏõóọOÒỎÕÓỌôồổỗốộÔỒỔỖỐỘơờởỡớợƠỜỞỠỚỢ",
		"uùủũúụUÙỦŨÚỤưừửữứựƯỪỬỮỨỰ", "yỳỷỹýỵYỲỶỸÝỴ", "dđDĐ",
	};
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		char *text = fold_text(rows[i]);

		CHECK_INT(strlen(text), text_width(rows[i]));
		CHECK_INT(strspn(text, (char[]){ rows[i][0], '\0' }), strlen(text));
		free(text);
	}
}

TEST(invalid_bytes_do_no_harm)
{
	char *key = fold_sort_key("\xff\xe1\xbb x");

	CHECK(text_valid_utf8(key, strlen(key)));
	free(key);
	check_fold("a\xff" "Đ\xc3", "a\xEF\xBF\xBD" "d\xEF\xBF\xBD");
	CHECK_INT(fold_words("\xff", NULL, NULL), 0);
	CHECK_INT(fold_words("a\xff" "b", NULL, NULL), 2);
}

static void
check_words(const char *in, int count, const char *marked, const char *folded)
{
	struct buf m = { 0 };
	struct buf f = { 0 };

	CHECK_INT(fold_words(in, &m, &f), count);
	CHECK_STR(buf_text(&m), marked);
	CHECK_STR(buf_text(&f), folded);
	CHECK_INT(fold_words(in, NULL, NULL), count);
	buf_free(&m);
	buf_free(&f);
}

TEST(words_are_runs_of_letters_and_digits)
{
	check_words("", 0, "", "");
	check_words("-- ./ \"*\" ()", 0, "", "");
	check_words("Web02", 1, "web02", "web02");
	check_words("web-02", 2, "web 02", "web 02");
	check_words("10.8.4.12", 4, "10 8 4 12", "10 8 4 12");
	check_words("Mất ĐIỆN, tại xã_Hoà-Bình!", 6, "mất điện tại xã hoà bình",
		"mat dien tai xa hoa binh");
	check_words("A AND \"b\" OR NEAR(c)*", 6, "a and b or near c",
		"a and b or near c");
	check_words("日本語 และ ٣", 3, "日本語 และ ٣", "日本語 และ ٣");
	check_words("user@mail.example", 3, "user mail example",
		"user mail example");
}

TEST(decomposed_words_come_out_composed)
{
	check_words("ĐO\xcc\xa3\xcc\x82I", 1, "đội", "doi");
	check_words("J\xcc\x8c", 1, "ǰ", "j");
	check_words("\xcc\x81 x", 1, "x", "x");
}

TEST(words_are_appended_to_what_is_there)
{
	struct buf folded = { 0 };

	CHECK_INT(fold_words("Một", NULL, &folded), 1);
	CHECK_INT(fold_words("...", NULL, &folded), 0);
	CHECK_INT(fold_words("hai ba", NULL, &folded), 2);
	CHECK_STR(buf_text(&folded), "mot hai ba");
	buf_free(&folded);
}

/* Each row sorts strictly before the next. */
static void
check_order(char *(*key_of)(const char *), const char *const *rows, size_t count)
{
	size_t i;

	for (i = 1; i < count; i++) {
		char *a = key_of(rows[i - 1]);
		char *b = key_of(rows[i]);

		if (strcmp(a, b) >= 0) {
			fail_msg("%s (%s) does not sort before %s (%s)", rows[i - 1], a,
				rows[i], b);
		}
		CHECK(text_valid_utf8(a, strlen(a)));
		free(a);
		free(b);
	}
}

TEST(letters_sort_as_the_vietnamese_alphabet)
{
	static const char *const rows[] = {
		"", "1", "2", "a", "an", "an bình", "anh", "az", "ă", "ăn", "â", "ân",
		"b", "c", "d", "dz", "đ", "đz", "e", "ez", "ê", "f", "g", "h", "i", "j",
		"k", "l", "m", "n", "o", "oz", "ô", "ôz", "ơ", "p", "q", "r", "s", "t",
		"u", "uz", "ư", "v", "w", "x", "y", "z", "я", "日",
	};

	check_order(fold_sort_key, rows, sizeof(rows) / sizeof(*rows));
}

TEST(tones_count_second_and_case_last)
{
	static const char *const rows[] = {
		"ma", "Ma", "MA", "mà", "Mà", "mả", "mã", "má", "mạ", "mab", "mă",
		"mằ", "mẳ", "mẵ", "mắ", "mặ", "mâ", "mầ", "mẩ", "mẫ", "mấ", "mậ",
	};
	static const char *const syllables[] = {
		"hoa", "hoà", "hỏa", "hoã", "hóa", "hoạ", "hoa an", "hoà an", "hoa ân",
	};
	static const char *const places[] = {
		"Ân Thi", "Bà Rịa", "Ba Vì", "Đà Nẵng", "Đắk Lắk", "Hạ Long", "Hà Nội",
		"Huế", "Kon Tum", "Quảng Ngãi", "Quảng Trị",
	};

	check_order(fold_sort_key, rows, sizeof(rows) / sizeof(*rows));
	check_order(fold_sort_key, syllables, 6);
	check_order(fold_sort_key, syllables + 6, 3);
	check_order(fold_sort_key, places, sizeof(places) / sizeof(*places));
}

static void
check_same_key(const char *a, const char *b)
{
	char *x = fold_sort_key(a);
	char *y = fold_sort_key(b);

	CHECK_STR(x, y);
	free(x);
	free(y);
}

TEST(the_place_of_a_tone_and_the_form_of_a_letter_do_not_matter)
{
	check_same_key("hòa", "hoà");
	check_same_key("Thủy", "Thuỷ");
	check_same_key("Đội", "Đo\xcc\xa3\xcc\x82i");
	check_same_key("ứng", "u\xcc\x9b\xcc\x81ng");
	check_same_key("ứng", "ú\xcc\x9bng");
}

TEST(people_sort_by_given_name_then_family_then_middle)
{
	static const char *const rows[] = {
		"An", "Lê An", "Lê Thị An", "LÊ VĂN AN", "Trần An", "Bùi Ân",
		"Nguyễn Văn Bình", "Phạm Thị Bình", "Đỗ Hoàng Châu",
		"Trần Minh Châu", "Trần Thị Minh Châu", "Ngô Dũng", "Vũ Đạt",
		"Bùi Hà", "Vũ Hà", "An Hạ",
	};
	static const char *const cases[] = {
		"Lê Văn An", "LÊ VĂN AN", "Mai Văn An",
	};

	check_order(fold_name_key, rows, sizeof(rows) / sizeof(*rows));
	check_order(fold_name_key, cases, 3);
}

TEST(the_given_name_is_the_last_word)
{
	CHECK_STR(fold_given_name("Trần Thị Minh Châu"), "Châu");
	CHECK_STR(fold_given_name("Châu"), "Châu");
	CHECK_STR(fold_given_name(""), "");
	CHECK_STR(fold_given_name("Trần Châu "), "Châu ");
	CHECK_STR(fold_given_name("  "), "  ");
	{
		char *plain = fold_name_key("  Trần   Châu ");
		char *other = fold_name_key("Trần Châu");

		CHECK_STR(plain, other);
		free(plain);
		free(other);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(case_and_marks_go_and_d_with_stroke_is_d),
		RUN(composed_and_decomposed_text_fold_alike),
		RUN(every_vietnamese_vowel_folds_to_its_letter),
		RUN(invalid_bytes_do_no_harm),
		RUN(words_are_runs_of_letters_and_digits),
		RUN(decomposed_words_come_out_composed),
		RUN(words_are_appended_to_what_is_there),
		RUN(letters_sort_as_the_vietnamese_alphabet),
		RUN(tones_count_second_and_case_last),
		RUN(the_place_of_a_tone_and_the_form_of_a_letter_do_not_matter),
		RUN(people_sort_by_given_name_then_family_then_middle),
		RUN(the_given_name_is_the_last_word),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
