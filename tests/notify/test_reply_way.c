/* The marks of a mail that make a plain reply find its message. */
#include "tests/test.h"

#include <stdlib.h>

#include "core/config.h"
#include "notify/reply_way.h"
#include "tests/notify/unmime.h"

#define TAG "0123456789abcdefghijklmnopqrstuvwxyz"

static struct outgoing
sample(void)
{
	return (struct outgoing){
		.id = "x", .message_id = "<msg-1@desk.suco.invalid>",
		.thread_root = "<case-1@desk.suco.invalid>", .case_number = "2026-0042",
		.to_name = "Lan", .to_address = "lan@team.example", .subject = "Power",
		.text = "Hello", .date = 1795241760123, .utc_offset = 25200,
		.acts = "ack decline pass", .answer_tag = TAG, .language = "vi",
	};
}

static char *
written(const char *conf, const struct outgoing *mail)
{
	struct config *config = config_read("test.conf", conf, strlen(conf));
	struct buf out = { 0 };
	struct reply_way way;

	reply_way_open(&way, config);
	reply_way_write(&out, &way, "suco@team.example", "Desk", mail);
	CHECK(unmime_lines_ok(buf_text(&out), out.len) || mail->thread_root != NULL);
	reply_way_close(&way);
	config_free(config);
	return buf_take(&out);
}

TEST(where_nobody_reads_replies_nothing_is_asked_for)
{
	struct outgoing mail = sample();
	char *text = written("", &mail);

	CHECK(strstr(text, TAG) == NULL && strstr(text, "\r\nReply-To") == NULL);
	CHECK(strstr(text, "\r\nReferences: <case-1@desk.suco.invalid>\r\n") != NULL);
	free(text);
}

TEST(a_mailbox_with_an_address_takes_the_mark_behind_a_plus_sign)
{
	struct outgoing mail = sample();
	char *text = written("[inbox]\nurl = imaps://mail.example/INBOX\n"
		"address = su.co@team.example\n", &mail);
	char *subject = unmime_header(text, "Subject");

	CHECK(strstr(text, "\r\nReply-To: \"Desk\"\r\n <su.co+" TAG "@team.example>\r\n")
		!= NULL);
	CHECK(strstr(text, "\r\nReferences: <case-1@desk.suco.invalid>\r\n"
		" <ans-" TAG "@desk.suco.invalid>\r\n") != NULL);
	CHECK_STR(subject, "Power");
	free(subject);
	free(text);
}

TEST(else_the_subject_has_it_where_an_answer_is_asked)
{
	struct outgoing mail = sample();
	char *text = written("[inbox]\nurl = imaps://mail.example/INBOX\n", &mail);
	char *subject = unmime_header(text, "Subject");

	CHECK_STR(subject, "Power #" TAG);
	CHECK(strstr(text, "\r\nReply-To") == NULL);
	free(subject);
	free(text);
	mail.acts = NULL;
	mail.thread_root = NULL;
	text = written("[inbox]\nurl = imaps://mail.example/INBOX\n", &mail);
	subject = unmime_header(text, "Subject");
	CHECK_STR(subject, "Power");
	CHECK(strstr(text, "\r\nReferences: <ans-" TAG "@desk.suco.invalid>\r\n") != NULL);
	CHECK(strstr(text, "\r\n\r\nHello\r\n") != NULL);
	free(subject);
	free(text);
}

TEST(an_address_that_would_be_too_long_or_is_none_is_not_written)
{
	struct outgoing mail = sample();
	char *text = written("[inbox]\nurl = imaps://mail.example/INBOX\n"
		"address = a-name-of-more-than-27-letters@team.example\n", &mail);

	CHECK(strstr(text, "<a-name-of-more-than-27-letters@team.example>") != NULL);
	CHECK(strstr(text, "+" TAG) == NULL);
	CHECK(strstr(text, "ans-" TAG) != NULL);
	free(text);
	text = written("[inbox]\nurl = imaps://mail.example/INBOX\n"
		"address = no address <x@y>\n", &mail);
	CHECK(strstr(text, "\r\nReply-To") == NULL);
	free(text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(where_nobody_reads_replies_nothing_is_asked_for),
		RUN(a_mailbox_with_an_address_takes_the_mark_behind_a_plus_sign),
		RUN(else_the_subject_has_it_where_an_answer_is_asked),
		RUN(an_address_that_would_be_too_long_or_is_none_is_not_written),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
