/* What a member writes above a quoted message, and what it says. */
#include "tests/test.h"

#include "core/reply_text.h"

static void
own_is(const char *text, const char *wanted)
{
	char *own = reply_text_own(text, 1000);

	CHECK_STR(own, wanted);
	free(own);
}

TEST(what_is_quoted_signed_or_forwarded_is_cut)
{
	own_is("Nhận\r\n\r\nVào Th 7, 21 thg 11, 2026 vào lúc 02:12 suco <s@x.example>\n"
		"đã viết:\n> Sự cố\n", "Nhận");
	own_is("ok\n\nOn Sat, Nov 21, 2026 at 2:12 AM suco wrote:\n> x", "ok");
	own_is("\n\n  đang tới\nhai dòng\n\n> cũ\nmới\n", "đang tới\nhai dòng");
	own_is("nhận\n-- \nTrần Lan", "nhận");
	own_is("nhận\n\nTừ: suco <s@x.example>\nGửi: ...", "nhận");
	own_is("1\n-----Original Message-----\nabc", "1");
	own_is("> tất cả là trích", "");
	own_is("\x01> nhận", "");
	own_is("", "");
	own_is("\xff\xfe", "");
}

TEST(of_html_letters_come_however_they_are_written)
{
	char *text = reply_text_of_html("<html><head><title>Re: x</title><!--[if gte mso 9]>"
		"<xml>Không</xml><![endif]--></head><body>Nh&#7853;n x&#x1EED; l&yacute;"
		"<hr> <b>T&#7915;:</b> suco &lt;s@x.example&gt;</body>");
	char *own = reply_text_own(text, 1000);

	CHECK_STR(own, "Nhận xử lý");
	free(text);
	free(own);
	text = reply_text_of_html("&#; &#x; &#0; &#xd800; &#99999999999; &#65 &bogus; <!-- x");
	CHECK_STR(text, "&#; &#x; &#0; &#xd800; &#99999999999; &#65 &bogus; ");
	free(text);
}

TEST(no_character_is_cut_in_two)
{
	char *own = reply_text_own("ạạạạ", 4);

	CHECK_STR(own, "ạ");
	free(own);
}

TEST(the_first_words_decide_and_all_else_is_news)
{
	static const struct {
		const char *text;
		bool answer;
		enum answer_what what;
		const char *to;
	} cases[] = {
		{ "Nhận", true, ANSWER_ACK, "" },
		{ "NHẬN XỬ LÝ, 5 phút nữa", true, ANSWER_ACK, "" },
		{ "nhan", true, ANSWER_ACK, "" },
		{ "OK.", true, ANSWER_ACK, "" },
		{ "1", true, ANSWER_ACK, "" },
		{ "Nhận được thư rồi, để xem", false, 0, "" },
		{ "Nhận thông tin", false, 0, "" },
		{ "Không", true, ANSWER_DECLINE, "" },
		{ "Không nhận được vì đang ở ngoài đảo cả tuần", true, ANSWER_DECLINE, "" },
		{ "khong nhan duoc", true, ANSWER_DECLINE, "" },
		{ "No", true, ANSWER_DECLINE, "" },
		{ "2", true, ANSWER_DECLINE, "" },
		{ "Không có điện từ hai giờ sáng tới giờ", false, 0, "" },
		{ "Chuyển tuan", true, ANSWER_PASS, "tuan" },
		{ "chuyển cho tuan.nguyen nhé", true, ANSWER_PASS, "tuan.nguyen" },
		{ "pass nam", true, ANSWER_PASS, "nam" },
		{ "chuyển", false, 0, "" },
		{ "Máy phát đã nổ", false, 0, "" },
		{ "", false, 0, "" },
		{ "...", false, 0, "" },
		{ "Dạ em nhận ạ", true, ANSWER_ACK, "" },
		{ "Nha\u0323\u0302n xử lý", true, ANSWER_ACK, "" },
		{ "KHO\u0302NG NHA\u0323\u0302N \u0110U\u031b\u01a0\u0323C", true,
			ANSWER_DECLINE, "" },
		{ "Nhận Outlook cho Android", false, 0, "" },
		{ "Nhận không được, đang ở đảo", false, 0, "" },
		{ "OK nhưng tôi không tới được", false, 0, "" },
		{ "Từ chối", true, ANSWER_DECLINE, "" },
		{ "Tôi không tới được", true, ANSWER_DECLINE, "" },
		{ "I can't", true, ANSWER_DECLINE, "" },
		{ "Không có điện", false, 0, "" },
		{ "1 máy hỏng", false, 0, "" },
		{ "No power here", false, 0, "" },
		{ "I take it", true, ANSWER_ACK, "" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		enum answer_what what = ANSWER_ACK;
		char to[REPLY_LOGIN_SIZE];
		bool answer = reply_text_says(cases[i].text, &what, to);

		if (answer != cases[i].answer || (answer && (what != cases[i].what ||
		    strcmp(to, cases[i].to) != 0))) {
			fail_msg("%s: %d %d \"%s\"", cases[i].text, answer, what, to);
		}
	}
}

TEST(what_follows_the_deciding_line_is_kept)
{
	CHECK_STR(reply_text_rest("Nhận\n\nĐang đi, 10 phút"), "Đang đi, 10 phút");
	CHECK_STR(reply_text_rest("Nhận"), "");
}

TEST(of_html_the_words_stay_and_the_quote_goes)
{
	char *text = reply_text_of_html("<html><head><style>p{}</style></head><body>"
		"<p>Nh&#39;ận &amp; <b>đi</b></p><div>hai</div><blockquote>cũ</blockquote>");

	CHECK(strstr(text, "Nh'ận & đi\n") != NULL);
	CHECK(strstr(text, "hai") != NULL);
	CHECK(strstr(text, "cũ") == NULL && strstr(text, "p{}") == NULL);
	free(text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(what_is_quoted_signed_or_forwarded_is_cut),
		RUN(of_html_letters_come_however_they_are_written),
		RUN(no_character_is_cut_in_two),
		RUN(the_first_words_decide_and_all_else_is_news),
		RUN(what_follows_the_deciding_line_is_kept),
		RUN(of_html_the_words_stay_and_the_quote_goes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
