/* Secrets in texts: what is masked, and what is left to be read. */
#include "tests/test.h"

#include <stdlib.h>

#include "core/secret.h"

TEST(a_name_says_whether_its_value_is_a_secret)
{
	static const char *const yes[] = {
		"password", "DB_PASSWORD", "admin-passwd", "X-Api-Key", "apikey2", "accessToken",
		"Authorization", "Proxy-Authorization", "Cookie", "Set-Cookie", "client_secret",
		"mat_khau", "pwd", "user_pass", "AWS_SECRET_ACCESS_KEY", "__password__",
	};
	static const char *const no[] = {
		"password_reset_done", "compass", "Content-Type", "tokens_used", "key", "user",
		"ssh_keygen", "co_dien", "", "authorizations_asked",
	};

	for (size_t i = 0; i < sizeof yes / sizeof *yes; i++) {
		CHECK(secret_name(yes[i]));
	}
	for (size_t i = 0; i < sizeof no / sizeof *no; i++) {
		CHECK(!secret_name(no[i]));
	}
}

static void
check_masked(enum secret_text kind, const char *text, const char *wanted)
{
	char *is = secret_mask(text, kind);

	CHECK_STR(is, wanted);
	free(is);
}

TEST(commands_lose_their_secrets_and_nothing_else)
{
	static const char *const rows[][2] = {
		{ "mysql --password=abc -h db", "mysql --password=*** -h db" },
		{ "mysql --password abc -h db", "mysql --password *** -h db" },
		{ "mysql --password \"a b\" -h db", "mysql --password \"***\" -h db" },
		{ "mysql --password -h db", "mysql --password -h db" },
		{ "PGPASSWORD=abc psql", "PGPASSWORD=*** psql" },
		{ "PGPASSWORD=$PW psql", "PGPASSWORD=$PW psql" },
		{ "curl -u me:abc https://h.example", "curl -u me:*** https://h.example" },
		{ "curl https://me:abc@h.example/x:y@z", "curl https://me:***@h.example/x:y@z" },
		{ "curl https://h.example:8443/a@b", "curl https://h.example:8443/a@b" },
		{ "curl -H 'Authorization: Bearer abc.def' h", "curl -H 'Authorization: ***' h" },
		{ "Authorization: Basic YTpi\nHost: h", "Authorization: ***\nHost: h" },
		{ "Cookie: a=1; b=2\nX: y", "Cookie: ***\nX: y" },
		{ "X-Api-Key: k1\nAccept: */*", "X-Api-Key: ***\nAccept: */*" },
		{ "{\"user\":\"a\",\"password\":\"x\\\"y\",\"n\":1}",
			"{\"user\":\"a\",\"password\":\"***\",\"n\":1}" },
		{ "GET /x?token=abc&n=1 HTTP/1.1", "GET /x?token=***&n=1 HTTP/1.1" },
		{ "headers = {'k': 'Bearer abcdefgh'}", "headers = {'k': 'Bearer ***'}" },
		{ "sshpass -p abc ssh h", "sshpass -p *** ssh h" }, { "ps -p 12", "ps -p 12" },
		{ "-Password (ConvertTo-SecureString 'x' -AsPlainText)",
			"-Password (ConvertTo-SecureString '***' -AsPlainText)" },
		{ "-----BEGIN RSA PRIVATE KEY-----\nabc\n-----END RSA PRIVATE KEY-----",
			"-----BEGIN RSA PRIVATE KEY-----***-----END RSA PRIVATE KEY-----" },
		{ "passwd root", "passwd root" }, { "--password", "--password" },
		{ "password='abc", "password='***" }, { "", "" },
		{ "mật khẩu: abc", "mật khẩu: abc" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		check_masked(SECRET_COMMAND, rows[i][0], rows[i][1]);
	}
}

TEST(words_for_people_are_left_as_they_are)
{
	check_masked(SECRET_PROSE, "Password: ask the owner", "Password: ask the owner");
	check_masked(SECRET_PROSE, "log in with password=abc now",
		"log in with password=*** now");
	check_masked(SECRET_PROSE, "Authorization: the head of the centre",
		"Authorization: the head of the centre");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(a_name_says_whether_its_value_is_a_secret),
		RUN(commands_lose_their_secrets_and_nothing_else),
		RUN(words_for_people_are_left_as_they_are),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
