/* Short texts: what is kept when little fits. */
#include "tests/test.h"

#include <stdio.h>
#include <stdlib.h>

#include "core/mem.h"
#include "notify/sms_text.h"

static char *
composed(const char *subject, const char *text, const char *link, int segments)
{
	return sms_compose(&(struct outgoing){ .subject = subject, .text = text,
		.answer_link = link }, segments);
}

TEST(accents_go_and_every_character_is_of_the_gsm_alphabet)
{
	char *plain = sms_plain("Đề nghị – xử lý…\n\n  “nhánh”  `x` 5 ≥ 3 🔥");

	CHECK_STR(plain, "De nghi - xu ly... \"nhanh\" 'x' 5 >= 3 ?");
	free(plain);
}

TEST(segments_are_counted_as_the_network_does)
{
	char text[400];

	memset(text, 'a', sizeof text);
	text[160] = '\0';
	CHECK_INT(sms_segments(text), 1);
	text[160] = 'a';
	text[161] = '\0';
	CHECK_INT(sms_segments(text), 2);
	text[161] = 'a';
	text[306] = '\0';
	CHECK_INT(sms_segments(text), 2);
	text[306] = 'a';
	text[307] = '\0';
	CHECK_INT(sms_segments(text), 3);
	CHECK_INT(sms_units("[a]"), 5);
	/* A bracket is two units that no border may part: 152, 153 and 1 of 306. */
	text[152] = '[';
	text[305] = '\0';
	CHECK_INT(sms_units(text), 306);
	CHECK_INT(sms_segments(text), 3);
	CHECK_INT(sms_segments(""), 1);
}

TEST(what_fits_is_sent_whole)
{
	char *text = composed("[SỰ CỐ 2026-0042] Mất điện", "Đi ngay.\nsuco show "
		"2026-0042\n", NULL, 2);

	CHECK_STR(text, "[SU CO 2026-0042] Mat dien Di ngay. suco show 2026-0042");
	free(text);
}

TEST(the_number_and_what_to_do_are_kept_when_little_fits)
{
	char middle[2000];
	char *text;

	memset(middle, 'x', sizeof middle);
	(void)snprintf(middle + 1900, 100, "\nsuco show 2026-0042\n");
	for (int segments = 1; segments <= 4; segments++) {
		text = composed("[DIỄN TẬP] [SỰ CỐ 2026-0042] Mất điện", middle, NULL, segments);
		CHECK_INT(sms_segments(text), segments);
		CHECK(strncmp(text, "[DIEN TAP] [SU CO 2026-0042] Mat dien ", 38) == 0);
		CHECK(strstr(text, ".. suco show 2026-0042") != NULL);
		free(text);
	}
}

TEST(brackets_at_the_borders_cost_no_segment_more_than_was_allowed)
{
	char text[2001];

	for (size_t begin = 0; begin < 4; begin++) {
		memset(text, '{', sizeof text);
		memset(text, 'a', begin);
		text[2000] = '\0';
		for (int segments = 1; segments <= 4; segments++) {
			char *said = composed("[SU CO 2026-0042]", text, NULL, segments);

			CHECK(sms_segments(said) <= segments);
			free(said);
		}
	}
}

TEST(a_link_is_never_cut_and_never_there_twice)
{
	const char *link = "https://desk.example/a/0123456789abcdef0123456789abcdef";
	char subject[300];
	char *text;
	char *with;

	memset(subject, 's', sizeof subject);
	(void)memcpy(subject, "[SU CO 2026-0042] ", 18);
	subject[299] = '\0';
	text = composed(subject, "một\nhai\n", link, 1);
	CHECK_INT(sms_segments(text), 1);
	CHECK(strncmp(text, "[SU CO 2026-0042]", 17) == 0);
	CHECK(strlen(text) > strlen(link) &&
		strcmp(text + strlen(text) - strlen(link), link) == 0);
	free(text);
	with = xasprintf("Trả lời: %s\n", link);
	text = composed("ngắn", with, link, 1);
	CHECK_STR(strstr(strstr(text, "https") + 1, "https") == NULL ? "once" : "twice", "once");
	free(with);
	free(text);
}

TEST(numbers_are_written_as_the_gateway_wants_them)
{
	static const struct {
		const char *typed, *national, *plain, *plus;
	} rows[] = {
		{ "0912 345 678", "0912345678", "84912345678", "+84912345678" },
		{ "+84 912.345.678", "0912345678", "84912345678", "+84912345678" },
		{ "84912345678", "0912345678", "84912345678", "+84912345678" },
		{ "(0236) 3-123-456", "02363123456", "842363123456", "+842363123456" },
		{ "+1 312 555 0100", "13125550100", "13125550100", "+13125550100" },
	};
	static const char *const wrong[] = { "", "113", "0912345678 (nhà)", "a", "912345678",
		"09123456789012345", "ext. 12" };
	char out[24];

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		CHECK(sms_number(out, rows[i].typed, SMS_PHONE_NATIONAL));
		CHECK_STR(out, rows[i].national);
		CHECK(sms_number(out, rows[i].typed, SMS_PHONE_PLAIN));
		CHECK_STR(out, rows[i].plain);
		CHECK(sms_number(out, rows[i].typed, SMS_PHONE_PLUS));
		CHECK_STR(out, rows[i].plus);
	}
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		if (sms_number(out, wrong[i], SMS_PHONE_PLUS)) {
			fail_msg("%s became %s", wrong[i], out);
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(accents_go_and_every_character_is_of_the_gsm_alphabet),
		RUN(segments_are_counted_as_the_network_does),
		RUN(what_fits_is_sent_whole),
		RUN(the_number_and_what_to_do_are_kept_when_little_fits),
		RUN(brackets_at_the_borders_cost_no_segment_more_than_was_allowed),
		RUN(a_link_is_never_cut_and_never_there_twice),
		RUN(numbers_are_written_as_the_gateway_wants_them),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
