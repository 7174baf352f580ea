/* Mail as it goes over the wire. */
#include "tests/test.h"

#include <stdio.h>

#include "notify/mime.h"
#include "tests/notify/unmime.h"

static struct outgoing
sample(void)
{
	return (struct outgoing){
		.id = "x", .message_id = "<msg-1@team.example>",
		.thread_root = "<case-1@team.example>", .case_number = "2026-0042",
		.to_name = "Chau", .to_address = "chau@team.example",
		.subject = "Power", .text = "Hello\n",
		.date = 1795241760123, .utc_offset = 25200,
	};
}

static struct buf
written(const struct outgoing *mail, const char *from_name)
{
	struct buf out = { 0 };

	mime_write(&out, "suco@team.example", from_name, mail);
	return out;
}

TEST(the_headers_of_a_mail_are_those_of_the_contract)
{
	struct outgoing mail = sample();
	struct buf out = written(&mail, "Desk");

	CHECK_STR(buf_text(&out),
		"Date: Sat, 21 Nov 2026 13:16:00 +0700\r\n"
		"From: \"Desk\"\r\n <suco@team.example>\r\n"
		"To: \"Chau\"\r\n <chau@team.example>\r\n"
		"Subject: Power\r\n"
		"Message-ID: <msg-1@team.example>\r\n"
		"In-Reply-To: <case-1@team.example>\r\n"
		"References: <case-1@team.example>\r\n"
		"X-Suco-Case: 2026-0042\r\n"
		"Auto-Submitted: auto-generated\r\n"
		"MIME-Version: 1.0\r\n"
		"Content-Type: text/plain; charset=utf-8\r\n"
		"Content-Transfer-Encoding: quoted-printable\r\n"
		"\r\n"
		"Hello\r\n");
	buf_free(&out);
}

TEST(the_same_message_is_the_same_bytes_at_every_attempt)
{
	struct outgoing mail = sample();
	struct buf a = written(&mail, "Đội");
	struct buf b = written(&mail, "Đội");

	CHECK_STR(buf_text(&a), buf_text(&b));
	buf_free(&a);
	buf_free(&b);
}

TEST(a_long_vietnamese_subject_comes_back_whole_and_its_lines_are_short)
{
	struct outgoing mail = sample();
	struct buf out;
	char *back;

	mail.subject = "[SỰ CỐ 2026-0042] Mất điện trạm chính Trung tâm dữ liệu, "
		"chạy ắc quy còn bốn mươi lăm phút; đề nghị người trực đến ngay \"cửa sau\" =?x?=";
	mail.to_name = "Nguyễn Thị \"Hường\" \\ Đặng";
	out = written(&mail, "Đội ứng cứu sự cố");
	CHECK(unmime_lines_ok(buf_text(&out), out.len));
	back = unmime_header(buf_text(&out), "Subject");
	CHECK_STR(back, mail.subject);
	free(back);
	buf_free(&out);
}

TEST(no_value_can_add_a_header_or_a_line)
{
	struct outgoing mail = sample();
	struct buf out;

	mail.subject = "a\r\nBcc: everybody@x.example\r\n\r\nbody";
	mail.to_name = "x\r\nBcc: y@x.example";
	mail.to_address = "a@b.example>\r\nBcc: <c@d.example";
	mail.message_id = "<a\r\nBcc: z@x.example>";
	mail.case_number = "1\nBcc: q";
	mail.thread_root = "<r\rBcc: q>";
	out = written(&mail, "n\nBcc: n");
	CHECK(strstr(buf_text(&out), "\nBcc") == NULL);
	CHECK(strstr(buf_text(&out), "\rBcc") == NULL);
	CHECK(strstr(buf_text(&out), "To: \"x  Bcc: y@x.example\"\r\n <>\r\n") != NULL);
	CHECK(unmime_lines_ok(buf_text(&out), out.len));
	buf_free(&out);
}

static void
check_body(const char *text, const char *should, const char *encoding)
{
	struct outgoing mail = sample();
	struct buf out;
	char *back;

	mail.text = text;
	out = written(&mail, NULL);
	CHECK(strstr(buf_text(&out), encoding) != NULL);
	CHECK(unmime_lines_ok(buf_text(&out), out.len));
	back = unmime_body(buf_text(&out), out.len);
	CHECK_STR(back, should);
	free(back);
	buf_free(&out);
}

TEST(the_text_comes_back_whole)
{
	check_body("one\n.\n..two \nFrom me = you\t\n", "one\n.\n..two \nFrom me = you \n",
		"quoted-printable");
	check_body("Đề nghị phối hợp ứng cứu sự cố tại trạm chính\n",
		"Đề nghị phối hợp ứng cứu sự cố tại trạm chính\n", "base64");
	check_body("no end", "no end\n", "quoted-printable");
	check_body("", "", "quoted-printable");
	check_body("Call the desk at once, as agreed in the plan; "
		"the battery lasts for less than one hour and nobody is there. Đến ngay.",
		"Call the desk at once, as agreed in the plan; "
		"the battery lasts for less than one hour and nobody is there. Đến ngay.\n",
		"quoted-printable");
}

TEST(controls_and_broken_utf8_do_not_reach_the_mail)
{
	check_body("a\x1b[31mred\xff\x80 b\x01\r\n", "a[31mred\xef\xbf\xbd\xef\xbf\xbd b\n", "");
}

TEST(only_plain_addresses_are_sent_to)
{
	static const char *const good[] = {
		"a@b.example", "truc-ca.1+x@so-khcn.quangngai.example", "A_b@localhost",
	};
	static const char *const bad[] = {
		"", "a", "@b", "a@", "a@b@c", "a b@c", "a@b c", "a@b\r\n", "<a@b>", "a,b@c",
		"\"a\"@b", "đội@b.example", ".a@b", "a.@b", "a..b@c", "a@b..c", "a@.b", "-a@b",
	};

	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		CHECK(mime_address_ok(good[i]));
	}
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		if (mime_address_ok(bad[i])) {
			fail_msg("took \"%s\"", bad[i]);
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(the_headers_of_a_mail_are_those_of_the_contract),
		RUN(the_same_message_is_the_same_bytes_at_every_attempt),
		RUN(a_long_vietnamese_subject_comes_back_whole_and_its_lines_are_short),
		RUN(no_value_can_add_a_header_or_a_line),
		RUN(the_text_comes_back_whole),
		RUN(controls_and_broken_utf8_do_not_reach_the_mail),
		RUN(only_plain_addresses_are_sent_to),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
