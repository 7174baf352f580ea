/* The channels over HTTP against a real server that misbehaves in every way that
 * was ever recorded as "sent" somewhere. */
#include "tests/test.h"

#include <stdio.h>
#include <unistd.h>

#include "core/mem.h"
#include "notify/ntfy.h"
#include "notify/webhook.h"
#include "tests/servers/http_child.h"

#define SECRET "a key that nobody knows"

static struct http_child server;
static char *secret_file;

static const char *other_host = ""; /* beside the server's own */

static struct channel *
open_webhook(const char *more)
{
	char *text = xasprintf("[http]\nconnect_timeout = 1\ntransfer_timeout = 1\n"
		"[webhook]\nhosts = %s %s\nsecret_file = %s\nplain = yes\n%s",
		server.host, other_host, secret_file, more);
	struct channel *channel = channel_with(&webhook_channel, text);

	free(text);
	return channel;
}

static struct send_result
post(const char *path)
{
	struct channel *channel = open_webhook("");
	char *url = xasprintf("%s%s", server.url, path);
	struct outgoing m = message_to(url);
	struct send_result result = channel_send(channel, &m);

	channel_end(channel);
	free(url);
	return result;
}

static int
teardown(void **state __attribute__((unused)))
{
	http_child_check(&server);
	return 0;
}

TEST(a_web_hook_is_signed_and_carries_its_idempotency_key)
{
	struct send_result result;
	struct json *seen;
	const struct json *headers;
	char wanted[HASH_SIZE];
	struct json *body = NULL;
	struct error err = ERROR_INIT;
	const char *text;

	http_child_script(&server, "[{'status':204,'path':'/hook?team=1'}]");
	result = post("/hook?team=1");
	CHECK_STR(send_verdict_word(result.verdict), "handed_over");
	CHECK_INT(result.code, 204);
	seen = http_child_seen(&server, 1);
	headers = json_get(seen, "headers");
	text = json_text_of(seen, "body");
	CHECK_STR(json_text_of(seen, "method"), "POST");
	CHECK_STR(json_text_of(headers, "idempotency-key"),
		"01900000-0000-7000-8000-000000000001");
	CHECK(strncmp(json_text_of(headers, "user-agent"), "suco/", 5) == 0);
	webhook_sign(wanted, SECRET, strtoll(json_text_of(headers, "x-suco-timestamp"), NULL, 10),
		text);
	CHECK(strncmp(json_text_of(headers, "x-suco-signature"), "sha256=", 7) == 0);
	CHECK_STR(json_text_of(headers, "x-suco-signature") + 7, wanted);
	CHECK_OK(json_parse(&body, text, strlen(text), NULL, &err), err);
	CHECK_STR(json_text_of(body, "case"), "2026-0042");
	CHECK_INT(json_get_int(body, "severity", 0), 4);
	json_free(body);
	json_free(seen);
}

/* RFC 4231, test case 2: the signature is HMAC-SHA-256 and nothing of our own. */
TEST(the_signature_is_what_others_compute)
{
	char out[HASH_SIZE];

	hmac_bytes(out, "Jefe", 4, "what do ya want for nothing?", 28);
	CHECK_STR(out, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

struct behaviour {
	const char *step;
	enum send_verdict verdict;
	int code;
	const char *words;
	int64_t wait_ms;
};

/* Each of these was "sent" in GoAlert (target/goalert#4558) or is as bad. */
TEST(each_misbehaviour_of_a_server_is_told_truly)
{
	static const struct behaviour rows[] = {
		{ "[{'status':200,'body':'fine'}]", SEND_HANDED_OVER, 200, "fine", 0 },
		{ "[{'status':202}]", SEND_HANDED_OVER, 202, "202", 0 },
		{ "[{'status':500,'body':'oops'}]", SEND_TEMPORARY, 500, "500: oops", 0 },
		{ "[{'status':503,'headers':{'Retry-After':"
			"'7'}}]", SEND_UNREACHABLE, 503, "503", 7000 },
		{ "[{'status':404}]", SEND_PERMANENT, 404, "404", 0 },
		{ "[{'status':410}]", SEND_PERMANENT, 410, "410", 0 },
		{ "[{'status':400,'body':'no'}]", SEND_PERMANENT, 400, "no", 0 },
		{ "[{'status':401}]", SEND_CHANNEL_FAULT, 401, "401", 0 },
		{ "[{'status':429,'headers':{'Retry-After':"
			"'30'}}]", SEND_TEMPORARY, 429, "429", 30000 },
		{ "[{'status':429,'headers':{'Retry-After':"
			"'999999'}}]", SEND_TEMPORARY, 429, "429",
		  3600000 },
		{ "[{'status':301,'headers':{'Location':'https://other.example/x?key=1'}}]",
		  SEND_CHANNEL_FAULT, 301, "points to https://other.example/x", 0 },
		{ "[{'status':302,'headers':{'Location':'/login'}}]", SEND_CHANNEL_FAULT, 302,
		  "/login", 0 },
		{ "[{'status':304}]", SEND_CHANNEL_FAULT, 304, "304", 0 },
		{ "[{'do':'garbage'}]", SEND_UNKNOWN, 0, "", 0 },
		{ "[{'do':'close'}]", SEND_UNKNOWN, 0, "", 0 },
		{ "[{'do':'half'}]", SEND_UNKNOWN, 200, "", 0 },
		{ "[{'do':'never'}]", SEND_UNKNOWN, 0, "tim", 0 },
		{ "[{'do':'slow'}]", SEND_UNKNOWN, 200, "tim", 0 },
		{ "[{'do':'huge'}]", SEND_HANDED_OVER, 200, "200", 0 },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct send_result result;

		http_child_script(&server, rows[i].step);
		result = post("/");
		if (result.verdict != rows[i].verdict || result.code != rows[i].code ||
		    result.retry_after_ms != rows[i].wait_ms ||
		    strstr(result.reply, rows[i].words) == NULL) {
			fail_msg("%s gave %s %d %lld \"%s\"", rows[i].step,
				send_verdict_word(result.verdict), result.code,
				(long long)result.retry_after_ms, result.reply);
		}
		CHECK(strstr(result.reply, "key=1") == NULL);
		CHECK(!result.alone);
	}
}

/* With several hosts each is a place of its own: what one does keeps no message for
 * another from going, and the one is asked again by its message's ladder. */
TEST(what_one_host_of_many_does_says_nothing_of_the_others)
{
	static const struct {
		const char *step;
		enum send_verdict verdict;
		int code;
	} rows[] = {
		{ "[{'status':503}]", SEND_TEMPORARY, 503 },
		{ "[{'status':401}]", SEND_TEMPORARY, 401 },
		{ "[{'status':301,'headers':{'Location':'/x'}}]", SEND_TEMPORARY, 301 },
		{ "[{'do':'never'}]", SEND_UNKNOWN, 0 },
		{ "[{'status':404}]", SEND_PERMANENT, 404 },
	};

	other_host = "127.0.0.1:1";
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct send_result result;

		http_child_script(&server, rows[i].step);
		result = post("/");
		CHECK_STR(send_verdict_word(result.verdict), send_verdict_word(rows[i].verdict));
		CHECK_INT(result.code, rows[i].code);
		CHECK(result.alone);
	}
	other_host = "";
}

TEST(a_port_that_nobody_listens_on_is_not_reached)
{
	struct outgoing m = message_to("http://127.0.0.1:1/");
	struct channel *channel;
	struct send_result result;

	other_host = "127.0.0.1:1";
	channel = open_webhook("");
	result = channel_send(channel, &m);
	CHECK_STR(send_verdict_word(result.verdict), "temporary");
	CHECK_INT(result.code, 0);
	CHECK(result.alone);
	channel_end(channel);
	other_host = "";
}

TEST(an_address_on_another_host_is_refused_without_a_request)
{
	static const char *const addresses[] = {
		"http://elsewhere.example/", "ftp://127.0.0.1/", "http://127.0.0.1:2/",
		"not a url", "", "http://", "http://user@127.0.0.1/",
	};
	struct channel *channel = open_webhook("");

	for (size_t i = 0; i < sizeof addresses / sizeof *addresses; i++) {
		struct outgoing m = message_to(addresses[i]);
		struct send_result result = channel_send(channel, &m);

		if (result.verdict != SEND_PERMANENT) {
			fail_msg("%s: %s", addresses[i], send_verdict_word(result.verdict));
		}
	}
	channel_end(channel);
}

TEST(without_the_word_plain_http_is_refused)
{
	char *text = xasprintf("[webhook]\nhosts = %s\nsecret_file = %s\n", server.host,
		secret_file);
	struct channel *channel = channel_with(&webhook_channel, text);
	struct outgoing m = message_to(server.url);
	struct send_result result = channel_send(channel, &m);

	CHECK_STR(send_verdict_word(result.verdict), "permanent");
	CHECK(strstr(result.reply, "plain = yes") != NULL);
	channel_end(channel);
	free(text);
}

TEST(requests_that_are_never_answered_wait_side_by_side)
{
	struct channel *channel = open_webhook("");
	struct outgoing m = message_to(server.url);
	int64_t begun = steady_ms();
	int results = 0;

	http_child_script(&server, "[{'do':'never'},{'do':'never'},{'do':'never'},"
		"{'do':'never'},{'do':'never'},{'do':'never'},{'do':'never'},{'do':'never'}]");
	for (int i = 0; i < 8; i++) {
		CHECK(channel->type->room(channel) > 0);
		channel->type->start(channel, &m);
	}
	CHECK_INT(channel->type->room(channel), 0);
	CHECK(steady_ms() - begun < 500);
	while (results < 8 && steady_ms() - begun < 10000) {
		struct send_result result;

		channel_wait(channel, 100);
		channel->type->work(channel);
		while (channel->type->result(channel, &result)) {
			CHECK_STR(send_verdict_word(result.verdict), "unknown");
			results++;
		}
	}
	CHECK_INT(results, 8);
	CHECK(steady_ms() - begun < 5000); /* 1 s each */
	channel_end(channel);
}

TEST(a_channel_that_closes_ends_what_is_under_way)
{
	struct channel *channel = open_webhook("");
	struct outgoing m = message_to(server.url);
	char *seen = xasprintf("%s/seen/%04d.json", server.at.folder, server.expected + 1);
	int64_t begun = steady_ms();

	http_child_script(&server, "[{'do':'never'}]");
	channel->type->start(channel, &m);
	while (access(seen, F_OK) != 0 && steady_ms() - begun < 900) {
		channel_wait(channel, 20);
		channel->type->work(channel);
	}
	channel_end(channel);
	CHECK(steady_ms() - begun < 1500);
	free(seen);
}

TEST(a_certificate_that_nothing_proves_is_a_fault_of_the_channel)
{
	struct http_child good;
	struct http_child bad;
	const struct { struct http_child *child; const char *verdict; } rows[] = {
		{ &good, "handed_over" }, { &bad, "channel_fault" },
	};

	http_child_start(&good, "good");
	http_child_start(&bad, "bad");
	http_child_script(&good, "[{'status':200}]");
	for (size_t i = 0; i < 2; i++) {
		char *text = xasprintf("[http]\nca_file = %s\n[webhook]\nhosts = "
			"%s\nsecret_file = %s\n",
			good.at.ca_file, rows[i].child->host, secret_file);
		struct channel *channel = channel_with(&webhook_channel, text);
		struct outgoing m = message_to(rows[i].child->url);
		struct send_result result = channel_send(channel, &m);

		if (strcmp(send_verdict_word(result.verdict), rows[i].verdict) != 0) {
			fail_msg("%zu: %s "
				"%s", i, send_verdict_word(result.verdict), result.reply);
		}
		channel_end(channel);
		free(text);
	}
	http_child_check(&good);
	http_child_check(&bad);
	http_child_stop(&good);
	http_child_stop(&bad);
}

/* A proxy of the environment would see every text and might answer for others. */
TEST(a_proxy_of_the_environment_is_not_used)
{
	(void)setenv("http_proxy", "http://127.0.0.1:1", 1);
	http_child_script(&server, "[{'status':200}]");
	CHECK_STR(send_verdict_word(post("/").verdict), "handed_over");
	(void)unsetenv("http_proxy");
}

/* ---- ntfy ---- */

static struct send_result
to_ntfy(struct outgoing m)
{
	char *text = xasprintf("[ntfy]\nurl = %s/\ntoken_file = %s\nplain = yes\n", server.url,
		secret_file);
	struct channel *channel = channel_with(&ntfy_channel, text);
	struct send_result result = channel_send(channel, &m);

	channel_end(channel);
	free(text);
	return result;
}

TEST(ntfy_gets_priority_link_and_token_and_gives_its_id)
{
	struct outgoing m = message_to("suco-truc");
	struct json *seen;
	struct json *body = NULL;
	struct error err = ERROR_INIT;
	struct send_result result;
	const char *text;

	m.answer_link = "https://desk.example/a/xyz";
	http_child_script(&server,
		"[{'status':200,'path':'/','body':'{\\'id\\':\\'sPs71M8A2T\\',"
			"\\'event\\':\\'message\\'}'}]");
	result = to_ntfy(m);
	CHECK_STR(send_verdict_word(result.verdict), "handed_over");
	CHECK_STR(result.provider, "sPs71M8A2T");
	seen = http_child_seen(&server, 1);
	text = json_text_of(seen, "body");
	CHECK_STR(json_text_of(json_get(seen, "headers"), "authorization"), "Bearer " SECRET);
	CHECK_OK(json_parse(&body, text, strlen(text), NULL, &err), err);
	CHECK_STR(json_text_of(body, "topic"), "suco-truc");
	CHECK_STR(json_text_of(body, "title"), m.subject);
	CHECK_INT(json_get_int(body, "priority", 0), 5);
	CHECK_STR(json_text_of(body, "click"), m.answer_link);
	json_free(body);
	json_free(seen);
}

TEST(an_answer_of_ntfy_that_is_none_is_not_called_sent)
{
	struct send_result result;

	http_child_script(&server, "[{'status':200,'body':'<html>log in first</html>'}]");
	result = to_ntfy(message_to("suco-truc"));
	CHECK_STR(send_verdict_word(result.verdict), "unknown");
	CHECK(strstr(result.reply, "log in first") != NULL);
	http_child_script(&server,
		"[{'status':429,'headers':{'Retry-After':'5'},'body':'{\\'error\\':"
			"\\'limit reached\\'}'}]");
	result = to_ntfy(message_to("suco-truc"));
	CHECK_STR(send_verdict_word(result.verdict), "temporary");
	CHECK_STR(result.reply, "429: limit reached");
	CHECK_INT(result.retry_after_ms, 5000);
	result = to_ntfy(message_to("no topic/at all"));
	CHECK_STR(send_verdict_word(result.verdict), "permanent");
	CHECK(result.alone);
	/* A topic that this token may not write to: others may be open. */
	http_child_script(&server,
		"[{'status':403,'body':'{\\'error\\':\\'forbidden\\'}'}]");
	result = to_ntfy(message_to("suco-truc"));
	CHECK_STR(send_verdict_word(result.verdict), "permanent");
	CHECK_STR(result.reply, "403: forbidden");
}

TEST(what_a_server_repeats_of_a_token_is_not_kept)
{
	struct send_result result;

	http_child_script(&server, "[{'status':401,'body':'bad token " SECRET " here'}]");
	result = to_ntfy(message_to("suco-truc"));
	CHECK_STR(send_verdict_word(result.verdict), "channel_fault");
	CHECK(strstr(result.reply, "nobody") == NULL);
	CHECK(strstr(result.reply, "bad token ***") != NULL);
}

TEST(a_probe_of_ntfy_asks_for_its_health)
{
	char *text = xasprintf("[ntfy]\nurl = %s\nplain = yes\n", server.url);
	struct channel *channel = channel_with(&ntfy_channel, text);

	http_child_script(&server,
		"[{'status':200,'path':'/v1/health','body':'{\\'healthy\\':true}'},"
			"{'status':502}]");
	CHECK_STR(send_verdict_word(channel_probe(channel).verdict), "handed_over");
	CHECK_STR(send_verdict_word(channel_probe(channel).verdict), "unreachable");
	channel_end(channel);
	free(text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
#define WITH(name) cmocka_unit_test_teardown(name, teardown)
		WITH(a_web_hook_is_signed_and_carries_its_idempotency_key),
		WITH(the_signature_is_what_others_compute),
		WITH(each_misbehaviour_of_a_server_is_told_truly),
		WITH(what_one_host_of_many_does_says_nothing_of_the_others),
		WITH(a_port_that_nobody_listens_on_is_not_reached),
		WITH(an_address_on_another_host_is_refused_without_a_request),
		WITH(without_the_word_plain_http_is_refused),
		WITH(requests_that_are_never_answered_wait_side_by_side),
		WITH(a_channel_that_closes_ends_what_is_under_way),
		WITH(a_certificate_that_nothing_proves_is_a_fault_of_the_channel),
		WITH(a_proxy_of_the_environment_is_not_used),
		WITH(ntfy_gets_priority_link_and_token_and_gives_its_id),
		WITH(an_answer_of_ntfy_that_is_none_is_not_called_sent),
		WITH(what_a_server_repeats_of_a_token_is_not_kept),
		WITH(a_probe_of_ntfy_asks_for_its_health),
	};
	int failed;

	http_child_start(&server, "none");
	secret_file = http_child_file(&server, "secret", SECRET "\n");
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	http_child_stop(&server);
	free(secret_file);
	return failed;
}
