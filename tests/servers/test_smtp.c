/* The mail channel against a real SMTP server that refuses, hangs, drops. */
#include "tests/test.h"

#include <poll.h>
#include <stdio.h>

#include "core/mem.h"
#include "notify/smtp.h"
#include "tests/servers/smtp_child.h"

static struct smtp_child server;

static struct channel_config
config(void)
{
	return (struct channel_config){
		.url = server.url, .from = "suco@team.example", .from_name = "Đội ứng cứu",
		.ca_file = server.at.ca_file, .connect_ms = 1500, .transfer_ms = 3000,
	};
}

static struct channel *
open_mail(const struct channel_config *config)
{
	struct channel *channel = NULL;
	struct error err = ERROR_INIT;

	CHECK_OK(smtp_channel.open(&channel, config, &err), err);
	return channel;
}

static void
start(struct channel *channel, const char *id, const char *to)
{
	char *message_id = xasprintf("<msg-%s@team.example>", id);

	smtp_channel.start(channel, &(struct outgoing){
		.id = id, .message_id = message_id,
		.thread_root = "<case-1@team.example>", .case_number = "2026-0001",
		.to_name = "Trần Thị Minh Châu", .to_address = to,
		.subject = "Mất điện trạm chính", .text = "Đề nghị phối hợp.\n.\nHết.\n",
		.date = 1795241760000, .utc_offset = 25200,
	});
	free(message_id);
}

static struct send_result
wait_result(struct channel *channel)
{
	struct send_result result = { .code = -1 };
	int64_t until = steady_ms() + 20000;

	while (!smtp_channel.result(channel, &result)) {
		struct pollfd ready = { .fd = smtp_channel.fd(channel), .events = POLLIN };

		if (steady_ms() > until) {
			fail_msg("no result in 20 s");
		}
		(void)poll(&ready, 1, 200);
		smtp_channel.work(channel);
	}
	return result;
}

static struct send_result
send_one(const struct channel_config *config, const char *to)
{
	struct channel *channel = open_mail(config);
	struct send_result result;

	start(channel, "01900000-0000-7000-8000-000000000001", to);
	result = wait_result(channel);
	smtp_channel.close(channel);
	return result;
}

TEST(a_mail_over_tls_is_handed_over_with_its_thread)
{
	struct channel_config c = config();
	int before = smtp_child_count(&server);
	struct send_result result;
	char *mail;

	smtp_child_mode(&server, "accept");
	result = send_one(&c, "chau@team.example");
	CHECK_STR(send_verdict_word(result.verdict), "handed_over");
	CHECK_INT(result.code, 250);
	CHECK(strstr(result.reply, "queued as") != NULL);
	mail = smtp_child_mail(&server, before + 1);
	CHECK(strstr(mail, "Message-ID: <msg-01900000-") != NULL);
	CHECK(strstr(mail, "References: <case-1@team.example>") != NULL);
	CHECK(strstr(mail, "X-Suco-Case: 2026-0001\r\n") != NULL);
	free(mail);
}

struct behaviour {
	const char *mode;
	enum send_verdict verdict;
	int code;
	const char *words;
};

static bool
is_as(const struct send_result *result, const struct behaviour *row)
{
	return result->verdict == row->verdict && result->code == row->code &&
		strstr(result->reply, row->words) != NULL;
}

TEST(each_misbehaviour_of_the_server_is_told_truly)
{
	static const struct behaviour rows[] = {
		{ "refuse", SEND_UNREACHABLE, 0, "onnect" },
		{ "hang", SEND_UNREACHABLE, 0, "tim" },
		{ "greet421", SEND_UNREACHABLE, 421, "not now" },
		{ "mail451", SEND_UNREACHABLE, 451, "sender is not welcome" },
		{ "mail550", SEND_CHANNEL_FAULT, 550, "sender is not welcome" },
		{ "rcpt450", SEND_TEMPORARY, 450, "no such mailbox" },
		{ "rcpt550", SEND_PERMANENT, 550, "no such mailbox" },
		{ "data451", SEND_TEMPORARY, 451, "not this text" },
		{ "data554", SEND_PERMANENT, 554, "not this text" },
		{ "drop", SEND_UNKNOWN, 354, "" },
		{ "accept", SEND_HANDED_OVER, 250, "queued as" },
	};
	struct channel_config c = config();

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct send_result result;
		int64_t until = steady_ms() + 3000;

		smtp_child_mode(&server, rows[i].mode);
		do { /* the port closes and opens when the server looks at its mode */
			result = send_one(&c, "chau@team.example");
		} while (!is_as(&result, &rows[i]) && steady_ms() < until);
		if (!is_as(&result, &rows[i])) {
			fail_msg("%s gave %s %d \"%s\"", rows[i].mode,
				send_verdict_word(result.verdict), result.code, result.reply);
		}
	}
}

TEST(an_address_that_smtp_cannot_carry_is_refused_without_a_connection)
{
	struct channel_config c = config();
	struct send_result result = send_one(&c, "a@b.example>\r\nRCPT TO:<x@y.example");

	CHECK_STR(send_verdict_word(result.verdict), "permanent");
}

TEST(a_wrong_password_is_a_fault_of_the_channel)
{
	char *path = xasprintf("%s/secret", server.at.folder);
	struct channel_config c = config();
	struct send_result result;

	smtp_child_mode(&server, "accept");
	c.user = "suco";
	c.password_file = path;
	file_put(path, "wrong\n", 0600);
	result = send_one(&c, "chau@team.example");
	if (result.verdict != SEND_CHANNEL_FAULT || result.code != 535) {
		fail_msg("%s %d %s", send_verdict_word(result.verdict), result.code,
			result.reply);
	}
	CHECK(strstr(result.reply, "wrong") == NULL);
	file_put(path, "right\n", 0600);
	result = send_one(&c, "chau@team.example");
	CHECK_STR(send_verdict_word(result.verdict), "handed_over");
	free(path);
}

TEST(a_password_file_that_others_can_read_is_refused)
{
	char *path = xasprintf("%s/open", server.at.folder);
	struct channel_config c = config();
	struct channel *channel = NULL;
	struct error err = ERROR_INIT;

	c.user = "suco";
	c.password_file = path;
	file_put(path, "right\n", 0644);
	CHECK_ERR(smtp_channel.open(&channel, &c, &err), err, ERR_FORBIDDEN);
	free(path);
}

TEST(a_server_without_tls_is_a_fault_unless_plain_is_said)
{
	struct smtp_child bare;
	struct channel_config c = config();
	struct send_result result;

	smtp_child_start(&bare, "none");
	c.url = bare.url;
	result = send_one(&c, "chau@team.example");
	CHECK_STR(send_verdict_word(result.verdict), "channel_fault");
	CHECK_INT(smtp_child_count(&bare), 0);
	c.plain = true;
	result = send_one(&c, "chau@team.example");
	CHECK_STR(send_verdict_word(result.verdict), "handed_over");
	smtp_child_stop(&bare);
}

TEST(a_certificate_that_nothing_proves_is_a_fault)
{
	struct smtp_child bad;
	struct channel_config c = config();
	struct send_result result;

	smtp_child_start(&bad, "bad");
	c.url = bad.url;
	result = send_one(&c, "chau@team.example");
	CHECK_STR(send_verdict_word(result.verdict), "channel_fault");
	CHECK_INT(smtp_child_count(&bad), 0);
	smtp_child_stop(&bad);
}

static void
send_many(struct channel *channel, int many)
{
	int started = 0;
	int ended = 0;

	while (ended < many) {
		struct send_result result;

		while (started < many && smtp_channel.room(channel) > 0) {
			char id[UUID_SIZE];

			(void)snprintf(id, sizeof id, "01900000-0000-7000-8000-%012d", started++);
			start(channel, id, "chau@team.example");
		}
		result = wait_result(channel);
		if (result.verdict != SEND_HANDED_OVER) {
			fail_msg("mail %s: %s", result.id, result.reply);
		}
		ended++;
	}
}

TEST(many_mails_share_a_few_connections)
{
	struct channel_config c = config();
	struct channel *channel = open_mail(&c);
	int before = smtp_child_count(&server);

	smtp_child_mode(&server, "accept");
	CHECK_INT(smtp_channel.room(channel), 8);
	send_many(channel, 200);
	CHECK_INT(smtp_child_count(&server), before + 200);
	smtp_channel.close(channel);
}

TEST(mails_that_a_server_never_answers_wait_side_by_side)
{
	struct channel_config c = config();
	struct channel *channel = open_mail(&c);
	int64_t begun = steady_ms();

	smtp_child_mode(&server, "stall");
	for (int i = 0; i < 8; i++) {
		char id[UUID_SIZE];

		(void)snprintf(id, sizeof id, "01900000-0000-7000-8000-%012d", i);
		start(channel, id, "chau@team.example");
	}
	CHECK(steady_ms() - begun < 2000); /* nobody waits for them meanwhile */
	for (int i = 0; i < 8; i++) {
		CHECK_STR(send_verdict_word(wait_result(channel).verdict), "unknown");
	}
	CHECK(steady_ms() - begun < 15000); /* 3 s each: 24 s one after another */
	smtp_channel.close(channel);
	smtp_child_mode(&server, "accept");
}

TEST(a_channel_that_closes_ends_what_is_under_way)
{
	struct channel_config c = config();
	struct channel *channel;
	int64_t begun = steady_ms();

	c.transfer_ms = 60000;
	channel = open_mail(&c);
	smtp_child_mode(&server, "stall");
	start(channel, "01900000-0000-7000-8000-000000000009", "chau@team.example");
	while (smtp_child_count(&server) == 0) {
		(void)poll(NULL, 0, 20);
	}
	smtp_channel.close(channel);
	CHECK(steady_ms() - begun < 20000);
	smtp_child_mode(&server, "accept");
}

TEST(a_server_that_takes_one_mail_a_connection_gets_them_all)
{
	struct channel_config c = config();
	struct channel *channel = open_mail(&c);
	int before = smtp_child_count(&server);

	smtp_child_mode(&server, "once");
	send_many(channel, 30);
	CHECK_INT(smtp_child_count(&server), before + 30);
	smtp_channel.close(channel);
	smtp_child_mode(&server, "accept");
}

TEST(a_probe_tells_whether_the_server_is_there_and_sends_nothing)
{
	struct channel_config c = config();
	struct channel *channel = open_mail(&c);
	int before = smtp_child_count(&server);
	struct send_result result;

	smtp_child_mode(&server, "accept");
	smtp_channel.probe(channel);
	result = wait_result(channel);
	CHECK_STR(send_verdict_word(result.verdict), "handed_over");
	CHECK_STR(result.id, "");
	CHECK_INT(smtp_child_count(&server), before);
	CHECK_INT(smtp_channel.room(channel), 8);
	smtp_channel.close(channel);
	c.url = "smtp://127.0.0.1:1";
	channel = open_mail(&c);
	smtp_channel.probe(channel);
	CHECK_STR(send_verdict_word(wait_result(channel).verdict), "unreachable");
	smtp_channel.close(channel);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(a_mail_over_tls_is_handed_over_with_its_thread),
		RUN(each_misbehaviour_of_the_server_is_told_truly),
		RUN(an_address_that_smtp_cannot_carry_is_refused_without_a_connection),
		RUN(a_wrong_password_is_a_fault_of_the_channel),
		RUN(a_password_file_that_others_can_read_is_refused),
		RUN(a_server_without_tls_is_a_fault_unless_plain_is_said),
		RUN(a_certificate_that_nothing_proves_is_a_fault),
		RUN(many_mails_share_a_few_connections),
		RUN(mails_that_a_server_never_answers_wait_side_by_side),
		RUN(a_channel_that_closes_ends_what_is_under_way),
		RUN(a_probe_tells_whether_the_server_is_there_and_sends_nothing),
		RUN(a_server_that_takes_one_mail_a_connection_gets_them_all),
	};
	int failed;

	smtp_child_start(&server, "good");
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	smtp_child_stop(&server);
	return failed;
}
