/* The Telegram channel against a server that answers as Telegram does. */
#include "tests/test.h"

#include <stdio.h>

#include "core/mem.h"
#include "notify/telegram.h"
#include "tests/servers/http_child.h"

#define TOKEN "123456:AAbbCC-dd_ee"
#define SEND "'path':'/bot" TOKEN "/sendMessage'"

static struct http_child server;
static struct channel *channel;

static int
setup(void **state __attribute__((unused)))
{
	char *token = http_child_file(&server, "token", TOKEN "\n");
	char *text = xasprintf("[telegram]\nurl = %s\ntoken_file = %s\nplain = yes\n",
		server.url, token);

	channel = channel_with(&telegram_channel, text);
	free(text);
	free(token);
	return 0;
}

static int
teardown(void **state __attribute__((unused)))
{
	channel_end(channel);
	http_child_check(&server);
	return 0;
}

static struct send_result
send_to(const char *chat)
{
	struct outgoing m = message_to(chat);

	m.acts = "ack decline pass";
	m.answer_tag = "tag-1";
	return channel_send(channel, &m);
}

/* The body of the n-th request from the end; the caller frees. */
static struct json *
body_of(int from_end)
{
	struct json *seen = http_child_seen(&server, from_end);
	const char *text = json_text_of(seen, "body");
	struct json *body = NULL;
	struct error err = ERROR_INIT;

	CHECK_OK(json_parse(&body, text, strlen(text), NULL, &err), err);
	json_free(seen);
	return body;
}

TEST(a_message_is_escaped_has_buttons_and_keeps_its_number)
{
	struct send_result result;
	struct json *body;
	const struct json *row;

	http_child_script(&server, "[{'status':200," SEND ","
		"'body':'{\\'ok\\':true,\\'result\\':{\\'message_id\\':56}}'}]");
	result = send_to("-1001234567890");
	CHECK_STR(send_verdict_word(result.verdict), "handed_over");
	CHECK_STR(result.provider, "56");
	body = body_of(1);
	CHECK_STR(json_text_of(body, "chat_id"), "-1001234567890");
	CHECK_STR(json_text_of(body, "parse_mode"), "HTML");
	CHECK(strstr(json_text_of(body, "text"),
		"<b>[SỰ CỐ 2026-0042] Mất điện: trạm A &lt;chính&gt; &amp; phụ</b>") != NULL);
	row = json_at(json_get(json_get(body, "reply_markup"), "inline_keyboard"), 0);
	CHECK_INT(json_count(row), 2);
	CHECK_STR(json_text_of(json_at(row, 0), "callback_data"), "a:tag-1");
	CHECK_STR(json_text_of(json_at(row, 1), "callback_data"), "d:tag-1");
	json_free(body);
}

TEST(a_message_that_asks_nothing_has_no_buttons)
{
	struct outgoing m = message_to("42");
	struct json *body;

	http_child_script(&server, "[{'status':200,"
		"'body':'{\\'ok\\':true,\\'result\\':{\\'message_id\\':57}}'}]");
	(void)channel_send(channel, &m);
	body = body_of(1);
	CHECK(json_get(body, "reply_markup") == NULL);
	json_free(body);
}

TEST(what_it_cannot_parse_goes_again_as_plain_text)
{
	struct send_result result;
	struct json *body;

	http_child_script(&server, "[{'status':400,'body':'{\\'ok\\':false,\\'error_code\\':400,"
		"\\'description\\':\\'Bad Request: can\\u0027t parse entities: x\\'}'},"
		"{'status':200,'body':'{\\'ok\\':true,\\'result\\':{\\'message_id\\':58}}'}]");
	result = send_to("42");
	CHECK_STR(send_verdict_word(result.verdict), "handed_over");
	body = body_of(1);
	CHECK(json_get(body, "parse_mode") == NULL);
	CHECK(strstr(json_text_of(body, "text"), "<chính> & phụ") != NULL);
	CHECK(json_get(body, "reply_markup") != NULL);
	json_free(body);
}

TEST(a_group_that_moved_gets_it_under_its_new_number)
{
	struct send_result result;
	struct json *body;

	http_child_script(&server, "[{'status':400,'body':'{\\'ok\\':false,"
		"\\'description\\':\\'group chat was upgraded\\',"
		"\\'parameters\\':{\\'migrate_to_chat_id\\':-1009876543210}}'},"
		"{'status':200,'body':'{\\'ok\\':true,\\'result\\':{\\'message_id\\':59}}'}]");
	result = send_to("-42");
	CHECK_STR(send_verdict_word(result.verdict), "handed_over");
	CHECK(strstr(result.reply, "-1009876543210") != NULL);
	body = body_of(1);
	CHECK_STR(json_text_of(body, "chat_id"), "-1009876543210");
	json_free(body);
}

TEST(a_refused_button_costs_the_button_only)
{
	struct json *body;

	http_child_script(&server, "[{'status':400,'body':'{\\'ok\\':false,"
		"\\'description\\':\\'Bad Request: BUTTON_DATA_INVALID\\'}'},"
		"{'status':200,'body':'{\\'ok\\':true,\\'result\\':{\\'message_id\\':60}}'}]");
	CHECK_STR(send_verdict_word(send_to("42").verdict), "handed_over");
	body = body_of(1);
	CHECK(json_get(body, "reply_markup") == NULL);
	json_free(body);
}

TEST(each_refusal_is_told_truly)
{
	static const struct {
		const char *step;
		enum send_verdict verdict;
		const char *words;
		int64_t wait_ms;
	} rows[] = {
		{ "[{'status':429,'body':'{\\'ok\\':false,\\'description\\':\\'Too Many Requests:"
		  " retry after 7\\',\\'parameters\\':{\\'retry_after\\':7}}'}]",
		  SEND_TEMPORARY, "429: Too Many Requests", 7000 },
		{ "[{'status':403,'body':'{\\'ok\\':false,\\'description\\':\\'Forbidden: bot was"
		  " blocked by the user\\'}'}]", SEND_PERMANENT, "blocked", 0 },
		{ "[{'status':400,'body':'{\\'ok\\':false,\\'description\\':\\'Bad "
			"Request: chat not"
		  " found\\'}'}]", SEND_PERMANENT, "chat not found", 0 },
		{ "[{'status':401,'body':'{\\'ok\\':false,\\'description\\':"
			"\\'Unauthorized\\'}'}]",
		  SEND_CHANNEL_FAULT, "Unauthorized", 0 },
		{ "[{'status':404,'body':'{\\'ok\\':false,\\'description\\':\\'Not Found\\'}'}]",
		  SEND_CHANNEL_FAULT, "Not Found", 0 },
		{ "[{'status':502,'body':'<html>'}]", SEND_UNREACHABLE, "502", 0 },
		{ "[{'status':200,'body':'<html>a portal</html>'}]", SEND_UNKNOWN, "a "
			"portal", 0 },
		{ "[{'status':200,'body':'{\\'ok\\':false,\\'description\\':\\'odd\\'}'}]",
		  SEND_UNKNOWN, "odd", 0 },
		{ "[{'do':'close'}]", SEND_UNKNOWN, "", 0 },
		{ "[{'do':'half'}]", SEND_UNKNOWN, "", 0 },
		{ "[{'status':301,'headers':{'Location':'https:"
			"//x.example/bot" TOKEN "/sendMessage'}}]",
		  SEND_CHANNEL_FAULT, "points to https://x.example/bot", 0 },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct send_result result;

		http_child_script(&server, rows[i].step);
		result = send_to("42");
		if (result.verdict != rows[i].verdict ||
		    strstr(result.reply, rows[i].words) == NULL ||
		    result.retry_after_ms != rows[i].wait_ms) {
			fail_msg("%s gave %s %lld \"%s\"", rows[i].step,
				send_verdict_word(result.verdict), (long long)result.retry_after_ms,
				result.reply);
		}
		CHECK(strstr(result.reply, TOKEN) == NULL);
	}
}

TEST(an_address_that_is_no_chat_is_refused_without_a_request)
{
	CHECK_STR(send_verdict_word(send_to("0912 345 678 (nhà)").verdict), "permanent");
	CHECK_STR(send_verdict_word(send_to("").verdict), "permanent");
}

TEST(a_probe_asks_who_the_bot_is)
{
	struct send_result result;

	http_child_script(&server, "[{'status':200,'path':'/bot" TOKEN "/getMe','body':"
		"'{\\'ok\\':true,\\'result\\':{\\'id\\':1,\\'username\\':\\'suco_bot\\'}}'}]");
	result = channel_probe(channel);
	CHECK_STR(send_verdict_word(result.verdict), "handed_over");
	CHECK_STR(result.reply, "200: suco_bot");
	CHECK_STR(result.id, "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
#define WITH(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
		WITH(a_message_is_escaped_has_buttons_and_keeps_its_number),
		WITH(a_message_that_asks_nothing_has_no_buttons),
		WITH(what_it_cannot_parse_goes_again_as_plain_text),
		WITH(a_group_that_moved_gets_it_under_its_new_number),
		WITH(a_refused_button_costs_the_button_only),
		WITH(each_refusal_is_told_truly),
		WITH(an_address_that_is_no_chat_is_refused_without_a_request),
		WITH(a_probe_asks_who_the_bot_is),
	};
	int failed;

	http_child_start(&server, "none");
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	http_child_stop(&server);
	return failed;
}
