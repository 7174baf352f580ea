/* SMS gateways and Zalo against a server that answers as they do: with status 200,
 * whatever happened. */
#include "tests/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "core/files.h"
#include "core/mem.h"
#include "notify/sms.h"
#include "notify/zalo.h"
#include "tests/servers/http_child.h"

static struct http_child server;
static char *secret_file;

static int
teardown(void **state __attribute__((unused)))
{
	http_child_check(&server);
	return 0;
}

static struct send_result
sms(const char *conf, const char *to)
{
	char *text = xasprintf("[sms]\nplain = yes\nuser = desk\nsecret_file = %s\nurl = %s%s",
		secret_file, server.url, conf);
	struct channel *channel = channel_with(&sms_channel, text);
	struct outgoing m = message_to(to);
	struct send_result result = channel_send(channel, &m);

	channel_end(channel);
	free(text);
	return result;
}

#define ESMS "/send\nbody = {\"ApiKey\":\"{user}\",\"SecretKey\":\"{secret}\"," \
	"\"Phone\":\"{phone}\",\"Content\":\"{text}\",\"RequestId\":\"{id}\"}\n" \
	"success = CodeResult=100\nduplicate = 124\npermanent = 99 108 146\nfault = 101 103\n" \
	"id = SMSID\n"

TEST(a_gateway_of_json_is_filled_in_and_read)
{
	struct send_result result;
	struct json *seen;
	struct json *body = NULL;
	struct error err = ERROR_INIT;
	const char *text;

	http_child_script(&server, "[{'status':200,'path':'/send',"
		"'body':'{\\'CodeResult\\':\\'100\\',\\'SMSID\\':\\'777\\'}'}]");
	result = sms(ESMS, "+84 912 345 678");
	CHECK_STR(send_verdict_word(result.verdict), "handed_over");
	CHECK_STR(result.provider, "777");
	CHECK(strstr(result.reply, "1 segment") != NULL);
	seen = http_child_seen(&server, 1);
	text = json_text_of(seen, "body");
	CHECK_OK(json_parse(&body, text, strlen(text), NULL, &err), err);
	CHECK_STR(json_text_of(body, "ApiKey"), "desk");
	CHECK_STR(json_text_of(body, "SecretKey"), "k\"ey of the gateway");
	CHECK_STR(json_text_of(body, "Phone"), "0912345678");
	CHECK(strncmp(json_text_of(body, "Content"),
		"[SU CO 2026-0042] Mat dien: tram A <chinh> & phu", 48) == 0);
	CHECK_STR(json_text_of(body, "RequestId"), "01900000-0000-7000-8000-000000000001");
	json_free(body);
	json_free(seen);
}

TEST(what_a_gateway_says_with_status_200_is_not_called_sent)
{
	static const struct {
		const char *step;
		enum send_verdict verdict;
	} rows[] = {
		{ "[{'status':200,'body':'{\\'CodeResult\\':\\'124\\'}'}]", SEND_HANDED_OVER },
		{ "[{'status':200,'body':'{\\'CodeResult\\':146}'}]", SEND_PERMANENT },
		{ "[{'status':200,'body':'{\\'CodeResult\\':\\'101\\'}'}]", SEND_CHANNEL_FAULT },
		{ "[{'status':200,'body':'{\\'CodeResult\\':\\'500\\'}'}]", SEND_TEMPORARY },
		{ "[{'status':200,'body':'{}'}]", SEND_UNKNOWN },
		{ "[{'status':200,'body':'<html>'}]", SEND_UNKNOWN },
		{ "[{'status':200}]", SEND_UNKNOWN },
		{ "[{'status':500,'body':'{\\'CodeResult\\':\\'100\\'}'}]", SEND_TEMPORARY },
		{ "[{'status':400,'body':'{\\'CodeResult\\':\\'124\\'}'}]", SEND_PERMANENT },
		{ "[{'do':'close'}]", SEND_UNKNOWN },
		{ "[{'do':'half'}]", SEND_UNKNOWN },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct send_result result;

		http_child_script(&server, rows[i].step);
		result = sms(ESMS, "0912345678");
		if (result.verdict != rows[i].verdict) {
			fail_msg("%s gave %s "
				"\"%s\"", rows[i].step, send_verdict_word(result.verdict),
				result.reply);
		}
	}
	CHECK_STR(send_verdict_word(sms(ESMS, "113 (gọi)").verdict), "permanent");
}

TEST(a_gateway_asked_by_its_url_gets_everything_escaped)
{
	static const char conf[] = "/sendsms?user={user}&pass={secret}&to={phone}&text={text}\n"
		"method = GET\nphone = plain\nsuccess = text:0: Accepted\n";
	struct json *seen;
	const char *path;

	http_child_script(&server, "[{'status':202,'body':'0: Accepted for delivery'}]");
	CHECK_STR(send_verdict_word(sms(conf, "0912345678").verdict), "handed_over");
	seen = http_child_seen(&server, 1);
	path = json_text_of(seen, "path");
	CHECK_STR(json_text_of(seen, "method"), "GET");
	CHECK(strstr(path, "&to=84912345678&") != NULL);
	CHECK(strstr(path, "pass=k%22ey%20of%20the%20gateway&") != NULL);
	CHECK(strstr(path, "%3Cchinh%3E%20%26%20phu") != NULL);
	json_free(seen);
	http_child_script(&server, "[{'status':200,'body':'3: Authorization failed'}]");
	CHECK_STR(send_verdict_word(sms(conf, "0912345678").verdict), "temporary");
}

/* ---- Zalo ---- */

#define USER "2468458835296197922"

static char *
read_pair(void)
{
	char *path = xasprintf("%s/pair", server.at.folder);
	struct error err = ERROR_INIT;
	struct stat st;
	char *text = NULL;
	size_t len;

	CHECK_OK(file_read(&text, &len, path, 65536, &err), err);
	CHECK_INT(stat(path, &st), 0);
	CHECK_INT(st.st_mode & 0777, 0600);
	free(path);
	return text;
}

static struct send_result
zalo(const char *pair, const char *to)
{
	char *path = http_child_file(&server, "pair", pair);
	char *text = xasprintf("[zalo]\napp_id = 17\nsecret_file = %s\ntoken_file = %s\n"
		"url = %s\ntoken_url = %s/\nplain = yes\n", secret_file, path, server.url,
		server.url);
	struct channel *channel = channel_with(&zalo_channel, text);
	struct outgoing m = message_to(to);
	struct send_result result = channel_send(channel, &m);

	channel_end(channel);
	free(text);
	free(path);
	return result;
}

#define GOOD "{\"access_token\":\"A1\",\"refresh_token\":\"R1\",\"expires_at\":9000000000000}\n"
#define OVER "{\"access_token\":\"A1\",\"refresh_token\":\"R1\",\"expires_at\":1}\n"
#define RENEWED "{'status':200,'path':'/v4/oa/access_token','body':'{\\'access_token\\':" \
	"\\'A2\\'," \
	"\\'refresh_token\\':\\'R2\\',\\'expires_in\\':\\'90000\\'}'}"
#define SENT "{'status':200,'path':'/v3.0/oa/message/cs','body':" \
	"'{\\'error\\':0,\\'message\\':\\'Success\\',\\'data\\':{\\'message_id\\':\\'m9\\'}}'}"

TEST(a_message_goes_with_the_token_of_the_file)
{
	struct send_result result;
	struct json *seen;

	http_child_script(&server, "[" SENT "]");
	result = zalo(GOOD, USER);
	CHECK_STR(send_verdict_word(result.verdict), "handed_over");
	CHECK_STR(result.provider, "m9");
	seen = http_child_seen(&server, 1);
	CHECK_STR(json_text_of(json_get(seen, "headers"), "access_token"), "A1");
	CHECK(strstr(json_text_of(seen, "body"), USER) != NULL);
	json_free(seen);
}

TEST(a_token_that_is_over_is_renewed_and_saved_before_it_is_used)
{
	struct json *seen;
	char *pair;

	http_child_script(&server, "[" RENEWED "," SENT "]");
	CHECK_STR(send_verdict_word(zalo(OVER, USER).verdict), "handed_over");
	seen = http_child_seen(&server, 1);
	CHECK_STR(json_text_of(json_get(seen, "headers"), "access_token"), "A2");
	json_free(seen);
	seen = http_child_seen(&server, 2);
	CHECK_STR(json_text_of(seen, "body"),
		"app_id=17&grant_type=refresh_token&refresh_token=R1");
	json_free(seen);
	pair = read_pair();
	CHECK(strstr(pair, "\"A2\"") != NULL && strstr(pair, "\"R2\"") != NULL);
	free(pair);
	/* The file has it though the message after it fails. */
	http_child_script(&server, "[" RENEWED ",{'do':'close'}]");
	CHECK_STR(send_verdict_word(zalo(OVER, USER).verdict), "unknown");
	pair = read_pair();
	CHECK(strstr(pair, "\"R2\"") != NULL);
	free(pair);
}

TEST(a_token_that_the_server_refuses_is_renewed_once)
{
	http_child_script(&server, "[{'status':200,'body':'{\\'error\\':-216,\\'message\\':"
		"\\'Access token is invalid\\'}'}," RENEWED "," SENT "]");
	CHECK_STR(send_verdict_word(zalo(GOOD, USER).verdict), "handed_over");
	http_child_script(&server, "[{'status':200,'body':'{\\'error\\':-216}'}," RENEWED
		",{'status':200,'body':'{\\'error\\':-216}'}]");
	CHECK_STR(send_verdict_word(zalo(GOOD, USER).verdict), "channel_fault");
}

TEST(what_zalo_repeats_of_the_tokens_is_not_kept)
{
	struct send_result result;

	http_child_script(&server, "[{'status':401,'body':'no such token: access-one-two'}]");
	result = zalo("{\"access_token\":\"access-one-two\",\"refresh_token\":\"R1\","
		"\"expires_at\":9000000000000}\n", USER);
	CHECK_STR(result.reply, "401: no such token: **************");
	http_child_script(&server, "[{'status':400,'body':'spent: refresh-one-two'}]");
	result = zalo("{\"refresh_token\":\"refresh-one-two\"}\n", USER);
	CHECK_STR(send_verdict_word(result.verdict), "channel_fault");
	CHECK(strstr(result.reply, "spent: ***") != NULL);
	CHECK(strstr(result.reply, "refresh-one") == NULL);
}

TEST(a_renewal_that_fails_is_a_fault_and_keeps_the_pair)
{
	struct send_result result;
	char *pair;

	http_child_script(&server, "[{'status':200,'body':'{\\'error\\':-14014,"
		"\\'error_description\\':\\'Invalid refresh token\\'}'}]");
	result = zalo(OVER, USER);
	CHECK_STR(send_verdict_word(result.verdict), "channel_fault");
	CHECK(strstr(result.reply, "Invalid refresh token") != NULL);
	pair = read_pair();
	CHECK_STR(pair, OVER);
	free(pair);
}

TEST(an_error_with_status_200_is_not_called_sent)
{
	static const struct {
		const char *step;
		enum send_verdict verdict;
		const char *words;
	} rows[] = {
		{ "[{'status':200,'body':'{\\'error\\':-230,\\'message\\':\\'x\\'}'}]",
		  SEND_PERMANENT, "7 days" },
		{ "[{'status':200,'body':'{\\'error\\':-213,\\'message\\':\\'x\\'}'}]",
		  SEND_PERMANENT, "follow" },
		{ "[{'status':200,'body':'{\\'error\\':-32,\\'message\\':\\'x\\'}'}]",
		  SEND_TEMPORARY, "-32" },
		{ "[{'status':200,'body':'{\\'error\\':-99999,\\'message\\':\\'odd\\'}'}]",
		  SEND_TEMPORARY, "odd" },
		{ "[{'status':200,'body':'{\\'message\\':\\'no error "
			"field\\'}'}]", SEND_UNKNOWN, "" },
		{ "[{'status':200,'body':'<html>'}]", SEND_UNKNOWN, "" },
		{ "[{'status':503}]", SEND_UNREACHABLE, "503" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct send_result result;

		http_child_script(&server, rows[i].step);
		result = zalo(GOOD, USER);
		if (result.verdict != rows[i].verdict ||
		    strstr(result.reply, rows[i].words) == NULL) {
			fail_msg("%s gave %s "
				"\"%s\"", rows[i].step, send_verdict_word(result.verdict),
				result.reply);
		}
	}
	CHECK_STR(send_verdict_word(zalo(GOOD, "0912345678").verdict), "permanent");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
#define WITH(name) cmocka_unit_test_teardown(name, teardown)
		WITH(a_gateway_of_json_is_filled_in_and_read),
		WITH(what_a_gateway_says_with_status_200_is_not_called_sent),
		WITH(a_gateway_asked_by_its_url_gets_everything_escaped),
		WITH(a_message_goes_with_the_token_of_the_file),
		WITH(a_token_that_is_over_is_renewed_and_saved_before_it_is_used),
		WITH(a_token_that_the_server_refuses_is_renewed_once),
		WITH(what_zalo_repeats_of_the_tokens_is_not_kept),
		WITH(a_renewal_that_fails_is_a_fault_and_keeps_the_pair),
		WITH(an_error_with_status_200_is_not_called_sent),
	};
	int failed;

	http_child_start(&server, "none");
	secret_file = http_child_file(&server, "secret", "k\"ey of the gateway\n");
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	http_child_stop(&server);
	free(secret_file);
	return failed;
}
