/* Conditions by operator and by the declared type: one row each. */
#include "tests/test.h"
#include "tests/playbooks/named.h"

#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "playbooks/value_match.h"

static struct named_value variables[] = {
	{ "__int__", { "integer", "10" } },
	{ "__long__", { "long", "9007199254740993" } },
	{ "__float__", { "float", "2.50" } },
	{ "__bool__", { "bool", "true" } },
	{ "__text__", { "string", "Mất điện lưới" } },
	{ "__ten__", { "string", "10" } },
	{ "__path__", { "string", "C:\\Temp\\a.exe" } },
	{ "__quote__", { "string", "it's" } },
	{ "__list__", { "string", "mail, web" } },
	{ "__net__", { "string", "10.1.0.0/16" } },
	{ "__ip__", { "ipv4-addr", "10.1.2.3" } },
	{ "__ip6__", { "ipv6-addr", "2001:DB8::1" } },
	{ "__mac__", { "mac-addr", "AA-BB-CC-00-11-22" } },
	{ "__hash__", { "hash", "00FF" } },
	{ "__md5__", { "md5-hash", "D41D8CD98F00B204E9800998ECF8427E" } },
	{ "__sha__", { "sha256-hash", "E3B0C44298FC1C149AFBF4C8996FB924"
		"27AE41E4649B934CA495991B7852B855" } },
	{ "__hex__", { "hexstring", "0A3f" } },
	{ "__uuid__", { "uuid", "5C0C0A11-7E5D-4A57-9D3C-3F1C5E8A2B01" } },
	{ "__uri__", { "uri", "HTTPS://Host.Example:443/A%2fb?q" } },
	{ "__dict__", { "dictionary", "{\"a\":\"1\",\"b\":\"2\"}" } },
	{ "__none__", { "integer", NULL } },
	{ "__empty__", { "string", "" } },
	{ NULL, { NULL, NULL } },
};

/* 1 holds, 0 does not, -1 is a fault (told in err). */
static int
asked(const char *text, struct error *err)
{
	struct condition *condition = NULL;
	bool out = false;
	bool ok = condition_parse(&condition, text, err)
		&& condition_check(condition, named_look_up, variables, err)
		&& condition_eval(&out, condition, named_look_up, variables, err);

	condition_free(condition);
	return ok ? out : -1;
}

struct row {
	const char *text;
	int wanted;
	const char *fault; /* a part of what is said, where wanted is -1 */
};

static void
check_rows(const struct row *rows, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct error err = ERROR_INIT;
		int is = asked(rows[i].text, &err);

		if (is != rows[i].wanted || (rows[i].fault != NULL
				&& strstr(err.message, rows[i].fault) == NULL)) {
			fail_msg("%s: %d, not %d: %s", rows[i].text, is, rows[i].wanted,
				err.message);
		}
	}
}

#define ROWS(rows) check_rows(rows, sizeof rows / sizeof rows[0])

TEST(equality_goes_by_the_type)
{
	static const struct row rows[] = {
		{ "__int__:value = '010'", 1, NULL }, { "__int__:value = '11'", 0, NULL },
		{ "__int__:value = 'ten'", -1, "integer" },
		{ "__long__:value = '9007199254740993'", 1, NULL },
		{ "__long__:value = '9007199254740992'", 0, NULL },
		{ "__float__:value = '2.5'", 1, NULL }, { "__float__:value = '25e-1'", 1, NULL },
		{ "__bool__:value = 'TRUE'", 1, NULL }, { "__bool__:value = '1'", 1, NULL },
		{ "__bool__:value = 'maybe'", -1, "bool" },
		{ "__text__:value = 'Mất điện lưới'", 1, NULL },
		{ "__text__:value = 'mất điện lưới'", 0, NULL },
		{ "__ten__:value = '010'", 0, NULL }, { "__empty__:value = ''", 1, NULL },
		{ "__ip__:value = '10.1.2.3'", 1, NULL },
		{ "__ip__:value = '10.1.2'", -1, "ipv4-addr" },
		{ "__ip6__:value = '2001:db8:0::0:1'", 1, NULL },
		{ "__mac__:value = 'aa:bb:cc:00:11:22'", 1, NULL },
		{ "__hash__:value = '00ff'", 1, NULL }, { "__hash__:value = '0ff'", -1, "hash" },
		{ "__md5__:value = 'd41d8cd98f00b204e9800998ecf8427e'", 1, NULL },
		{ "__md5__:value = 'd41d'", -1, "md5-hash" },
		{ "__sha__:value = 'e3b0c44298fc1c149afbf4c8996fb924"
			"27ae41e4649b934ca495991b7852b855'", 1, NULL },
		{ "__hex__:value = '0a3F'", 1, NULL }, { "__hex__:value = h'0a3f'", 1, NULL },
		{ "__uuid__:value = '5c0c0a11-7e5d-4a57-9d3c-3f1c5e8a2b01'", 1, NULL },
		{ "__uri__:value = 'https://host.example/A%2Fb?q'", 1, NULL },
		{ "__uri__:value = 'https://host.example/a%2Fb?q'", 0, NULL },
		{ "__uri__:value = 'no address'", -1, "uri" },
		{ "__dict__:value = '{\"b\":\"2\", \"a\":\"1\"}'", 1, NULL },
		{ "__dict__:value = '{\"b\":\"2\"}'", 0, NULL },
		{ "__dict__:value = '[1]'", -1, "dictionary" },
		{ "__none__:value = '1'", -1, "no value" },
	};

	ROWS(rows);
}

TEST(difference_is_the_contrary_of_equality)
{
	static const struct row rows[] = {
		{ "__int__:value != '010'", 0, NULL }, { "__int__:value != '3'", 1, NULL },
		{ "__mac__:value != 'aa:bb:cc:00:11:22'", 0, NULL },
		{ "__uri__:value NOT = 'https://host.example/A%2Fb?q'", 0, NULL },
		{ "__text__:value != ''", 1, NULL }, { "__bool__:value != 'false'", 1, NULL },
		{ "__dict__:value != '{}'", 1, NULL }, { "__float__:value != '2.5'", 0, NULL },
		{ "__none__:value != '1'", -1, "no value" },
	};

	ROWS(rows);
}

TEST(order_is_for_numbers_and_texts)
{
	static const struct row rows[] = {
		{ "__int__:value > '3'", 1, NULL }, { "__int__:value > '10'", 0, NULL },
		{ "__int__:value >= '10'", 1, NULL }, { "__int__:value < '3'", 0, NULL },
		{ "__int__:value <= '10'", 1, NULL }, { "__int__:value < '-3'", 0, NULL },
		{ "__long__:value > '9007199254740992'", 1, NULL },
		{ "__float__:value > '2.4999'", 1, NULL }, { "__float__:value < '2.6'", 1, NULL },
		{ "__float__:value >= '2.51'", 0, NULL }, { "__ten__:value < '3'", 1, NULL },
		{ "__bool__:value > 'false'", -1, "order" },
		{ "__ip__:value < '10.1.2.4'", -1, "order" },
		{ "__ip6__:value >= '::1'", -1, "order" }, { "__mac__:value < 'x'", -1, "order" },
		{ "__hash__:value <= '00'", -1, "order" }, { "__md5__:value < 'x'", -1, "order" },
		{ "__sha__:value < 'x'", -1, "order" }, { "__hex__:value > '00'", -1, "order" },
		{ "__uuid__:value > 'x'", -1, "order" }, { "__uri__:value > 'a:b'", -1, "order" },
		{ "__dict__:value > '{}'", -1, "order" },
	};

	ROWS(rows);
}

TEST(a_list_is_asked_by_the_type)
{
	static const struct row rows[] = {
		{ "__int__:value IN ('1', '010')", 1, NULL },
		{ "__int__:value NOT IN ('1', '10')", 0, NULL },
		{ "__int__:value IN ('1', 'x')", -1, "integer" },
		{ "__text__:value IN ('a', 'Mất điện lưới')", 1, NULL },
		{ "__ip__:value IN ('10.1.2.4')", 0, NULL },
		{ "__mac__:value IN ('aa:bb:cc:00:11:22')", 1, NULL },
		{ "__uuid__:value IN ('5c0c0a11-7e5d-4a57-9d3c-3f1c5e8a2b01')", 1, NULL },
		{ "__int__:value IN (__long__:value, __int__:value)", 1, NULL },
		{ "__int__:value IN ()", -1, "missing" }, { "__int__:value IN '1'", -1, "list" },
	};

	ROWS(rows);
}

TEST(like_takes_percent_and_underscore)
{
	static const struct row rows[] = {
		{ "__text__:value LIKE 'Mất%'", 1, NULL },
		{ "__text__:value LIKE '%điện%'", 1, NULL },
		{ "__text__:value LIKE 'M_t điện lưới'", 1, NULL },
		{ "__text__:value LIKE 'điện'", 0, NULL },
		{ "__text__:value NOT LIKE '%nước%'", 1, NULL },
		{ "__ip__:value LIKE '10.1.%'", 1, NULL }, { "__int__:value LIKE '1_'", 1, NULL },
		{ "__path__:value LIKE 'C:\\\\Temp\\\\%'", 1, NULL },
		{ "__path__:value LIKE 'C:\\Temp\\%'", 1, NULL },
		{ "__empty__:value LIKE '%'", 1, NULL }, { "__empty__:value LIKE '_'", 0, NULL },
	};

	ROWS(rows);
}

TEST(matches_takes_regular_expressions)
{
	static const struct row rows[] = {
		{ "__text__:value MATCHES 'điện'", 1, NULL },
		{ "__text__:value MATCHES '^điện'", 0, NULL },
		{ "__ip__:value MATCHES '^10\\\\.1\\\\.\\\\d+\\\\.\\\\d{1,3}$'", 1, NULL },
		{ "__ip__:value MATCHES '^10\\.1\\.\\d+\\.\\d{1,3}$'", 1, NULL },
		{ "__path__:value MATCHES '(?i)\\\\\\\\TEMP\\\\\\\\[a-z]\\\\.(exe|dll)$'",
			1, NULL },
		{ "__quote__:value MATCHES '^it\\'s$'", 1, NULL },
		{ "__ten__:value MATCHES '^(?:10|20)$'", 1, NULL },
		{ "__ten__:value MATCHES '^1+?0$'", 1, NULL },
		{ "__ten__:value MATCHES '^[^\\\\D]+$'", -1, "meaning" },
		{ "__ten__:value MATCHES '^[\\\\d\\\\-\\\\]]+$'", 1, NULL },
		{ "__list__:value MATCHES '^[\\\\w, ]+$'", 1, NULL },
		{ "__ten__:value NOT MATCHES 'x'", 1, NULL },
		{ "__ten__:value MATCHES '[\\\\^]'", 0, NULL },
		{ "__dict__:value MATCHES '\\\\{\"a\"'", 1, NULL },
		{ "__dict__:value MATCHES '{\"a\"'", 1, NULL },
		{ "__text__:value MATCHES '(a)\\\\1'", -1, "back reference" },
		{ "__text__:value MATCHES '(?=a)b'", -1, "(?" },
		{ "__text__:value MATCHES 'a**'", -1, "repeat" },
		{ "__text__:value MATCHES '(a'", -1, "(a" },
		{ "__text__:value MATCHES '[a'", -1, "not closed" },
		{ "__text__:value MATCHES 'a{1,700}'", -1, "too long" },
		{ "__text__:value MATCHES '(a{1,50}){1,50}'", -1, "too long" },
		{ "__uuid__:value MATCHES '^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$'", 1, NULL },
		{ "__sha__:value MATCHES '^[0-9A-F]{64}$'", 1, NULL },
	};

	ROWS(rows);
}

TEST(sets_are_networks_lists_and_dictionaries)
{
	static const struct row rows[] = {
		{ "__ip__:value ISSUBSET '10.0.0.0/8'", 1, NULL },
		{ "__ip__:value ISSUBSET '10.1.2.3'", 1, NULL },
		{ "__ip__:value ISSUBSET '10.1.2.128/25'", 0, NULL },
		{ "__ip__:value ISSUBSET '0.0.0.0/0'", 1, NULL },
		{ "__ip__:value NOT ISSUBSET '192.168.0.0/16'", 1, NULL },
		{ "__ip__:value ISSUPERSET '10.1.2.3/32'", 1, NULL },
		{ "__ip__:value ISSUBSET '2001:db8::/32'", -1, "network" },
		{ "__ip__:value ISSUBSET '10.0.0.0/33'", -1, "network" },
		{ "__ip6__:value ISSUBSET '2001:db8::/32'", 1, NULL },
		{ "__ip6__:value ISSUBSET '2001:db9::/32'", 0, NULL },
		{ "__net__:value ISSUPERSET '10.1.2.0/24'", 1, NULL },
		{ "__net__:value ISSUBSET '10.0.0.0/8'", 1, NULL },
		{ "__net__:value ISSUBSET '10.1.2.0/24'", 0, NULL },
		{ "__list__:value ISSUBSET 'web,mail,dns'", 1, NULL },
		{ "__list__:value ISSUBSET '[\"web\",\"mail\"]'", 1, NULL },
		{ "__list__:value ISSUBSET 'web'", 0, NULL },
		{ "__list__:value ISSUPERSET 'web'", 1, NULL },
		{ "__empty__:value ISSUBSET 'web'", 1, NULL },
		{ "__int__:value ISSUBSET '9, 010'", 1, NULL },
		{ "__int__:value ISSUBSET '9, x'", -1, "list" },
		{ "__dict__:value ISSUPERSET '{\"b\":\"2\"}'", 1, NULL },
		{ "__dict__:value ISSUBSET '{\"b\":\"2\"}'", 0, NULL },
		{ "__dict__:value ISSUBSET 'x'", -1, "dictionary" },
	};

	ROWS(rows);
}

TEST(words_join_and_brackets_bind)
{
	static const struct row rows[] = {
		{ "EXISTS __empty__:value", 1, NULL }, { "EXISTS __none__:value", 0, NULL },
		{ "NOT EXISTS __none__:value", 1, NULL }, { "EXISTS 'x'", -1, "variable" },
		{ "NOT (__int__:value = '1' OR __bool__:value = 'false')", 1, NULL },
		{ "__int__:value = '1' OR __int__:value = '10' AND __bool__:value = 'true'", 1,
			NULL },
		{ "(__int__:value = '10' OR __int__:value = '1') AND __bool__:value = 'false'", 0,
			NULL },
		{ "not (not __bool__:value = 'false')", 0, NULL },
		{ "__quote__:value = 'it\\'s'", 1, NULL },
		{ "__path__:value = 'C:\\\\Temp\\\\a.exe'", 1, NULL },
		{ "__path__:value = 'C:\\Temp\\a.exe'", 1, NULL },
		{ "__int__:value < __long__:value", 1, NULL },
		{ "__ghost__:value = '1'", -1, "__ghost__" },
		{ "__int__:value ~ '1'", -1, "operator" },
		{ "__int__:value = '1' AND", -1, "variable" },
	};

	ROWS(rows);
}

TEST(liberal_forms_are_read_and_noticed)
{
	static const struct {
		const char *text;
		int style;
	} rows[] = {
		{ "__int__:value = '10'", 0 }, { "__int__:value = 10", 0 },
		{ "__bool__:value = true", 0 },
		{ "__int__:value == 10", CONDITION_DOUBLE_EQUALS },
		{ "__int__ = 10", CONDITION_NO_VALUE },
		{ "__ip__:value = 10.1.2.3", CONDITION_BARE_TEXT },
		{ "__ip6__:value ISSUBSET 2001:db8::/32", CONDITION_BARE_TEXT },
		{ "__ten__:value = \"10\"", CONDITION_BARE_TEXT },
		{ "__bool__", CONDITION_NO_VALUE | CONDITION_BARE_NAME },
		{ "__bool__:value && __int__:value = 10",
			CONDITION_BARE_NAME | CONDITION_SIGNS },
		{ "!(__int__:value <> 10) || __bool__:value = true", CONDITION_SIGNS },
		{ "[__int__:value = 10]", CONDITION_SQUARE },
		{ "__ten__:value MATCHES '\\d'", CONDITION_BACKSLASH },
		{ "__ten__:value MATCHES '\\\\d'", 0 },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct condition *condition = NULL;
		struct error err = ERROR_INIT;

		if (!condition_parse(&condition, rows[i].text, &err)
				|| condition_style(condition) != rows[i].style
				|| asked(rows[i].text, &err) != 1) {
			fail_msg("%s: %d, %s", rows[i].text,
				condition == NULL ? -1 : condition_style(condition), err.message);
		}
		condition_free(condition);
	}
}

/* Patterns that stop engines which go back.  A minute would be told by the test's
 * own limit; here each is done at once. */
TEST(no_pattern_takes_long)
{
	static const char *const patterns[] = {
		"^(a+)+$", "^(a|a)*$", "(a*)*b", "(x+x+)+y", "^(([a-z])+.)+[A-Z]([a-z])+$",
		"(((a{1,5}){1,5}){1,5})b", "(.{1,22}){1,22}b",
		"(a|.{1,500})b", "(.*)(.*)(.*)(.*)(.*)b", "a{0,200}b",
	};
	char *text = xmalloc(PATTERN_TEXT + 2);
	struct error err = ERROR_INIT;
	bool out = true;

	memset(text, 'a', PATTERN_TEXT);
	text[PATTERN_TEXT - 1] = '!';
	text[PATTERN_TEXT] = '\0';
	for (size_t i = 0; i < sizeof patterns / sizeof patterns[0]; i++) {
		CHECK_OK(value_matches(&out, text, patterns[i], &err), err);
		CHECK(!out);
	}
	CHECK_OK(value_like(&out, text, "%a%a%a%a%a%a%a%a%a%a%a%b", &err), err);
	CHECK(!out);
	text[PATTERN_TEXT] = 'a';
	text[PATTERN_TEXT + 1] = '\0';
	CHECK_ERR(value_matches(&out, text, "a", &err), err, ERR_REFUSED);
	CHECK_ERR(value_like(&out, text, "a%", &err), err, ERR_REFUSED);
	text[PATTERN_MOST + 1] = '\0';
	CHECK_ERR(value_pattern(text, &err), err, ERR_REFUSED);
	free(text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(equality_goes_by_the_type),
		RUN(difference_is_the_contrary_of_equality),
		RUN(order_is_for_numbers_and_texts),
		RUN(a_list_is_asked_by_the_type),
		RUN(like_takes_percent_and_underscore),
		RUN(matches_takes_regular_expressions),
		RUN(sets_are_networks_lists_and_dictionaries),
		RUN(words_join_and_brackets_bind),
		RUN(liberal_forms_are_read_and_noticed),
		RUN(no_pattern_takes_long),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
