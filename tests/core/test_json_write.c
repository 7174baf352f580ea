/* How JSON is written: canonical (RFC 8785), as a line, pretty. */
#include "tests/test.h"

#include <locale.h>
#include <math.h>
#include <stdio.h>

#include "core/buf.h"
#include "core/json.h"

static struct json *
parse(const char *text)
{
	struct json *value = NULL;
	struct error err = ERROR_INIT;

	CHECK_OK(json_parse(&value, text, strlen(text), NULL, &err), err);
	return value;
}

static void
check_form(char *(*form)(const struct json *), const char *in, const char *out)
{
	struct json *value = parse(in);
	char *text = form(value);

	CHECK_STR(text, out);
	free(text);
	json_free(value);
}

/* RFC 8785, appendix B. */
static const struct {
	uint64_t bits;
	const char *text;
} rfc_numbers[] = {
	{ 0x0000000000000000, "0" },
	{ 0x8000000000000000, "0" },
	{ 0x0000000000000001, "5e-324" },
	{ 0x8000000000000001, "-5e-324" },
	{ 0x7fefffffffffffff, "1.7976931348623157e+308" },
	{ 0xffefffffffffffff, "-1.7976931348623157e+308" },
	{ 0x4340000000000000, "9007199254740992" },
	{ 0xc340000000000000, "-9007199254740992" },
	{ 0x4430000000000000, "295147905179352830000" },
	{ 0x44b52d02c7e14af5, "9.999999999999997e+22" },
	{ 0x44b52d02c7e14af6, "1e+23" },
	{ 0x44b52d02c7e14af7, "1.0000000000000001e+23" },
	{ 0x444b1ae4d6e2ef4e, "999999999999999700000" },
	{ 0x444b1ae4d6e2ef4f, "999999999999999900000" },
	{ 0x444b1ae4d6e2ef50, "1e+21" },
	{ 0x3eb0c6f7a0b5ed8c, "9.999999999999997e-7" },
	{ 0x3eb0c6f7a0b5ed8d, "0.000001" },
	{ 0x41b3de4355555553, "333333333.3333332" },
	{ 0x41b3de4355555554, "333333333.33333325" },
	{ 0x41b3de4355555555, "333333333.3333333" },
	{ 0x41b3de4355555556, "333333333.3333334" },
	{ 0x41b3de4355555557, "333333333.33333343" },
	{ 0xbecbf647612f3696, "-0.0000033333333333333333" },
	{ 0x43143ff3c1cb0959, "1424953923781206.2" },
	/* Beside the appendix: the ends of each form, and halves. */
	{ 0x0010000000000000, "2.2250738585072014e-308" },
	{ 0x000fffffffffffff, "2.225073858507201e-308" },
	{ 0x433fffffffffffff, "9007199254740991" },
	{ 0x4340000000000001, "9007199254740994" },
	{ 0x43e0000000000000, "9223372036854776000" },
	{ 0x3fb999999999999a, "0.1" },
	{ 0x3fd3333333333334, "0.30000000000000004" },
	{ 0x3ff0000000000000, "1" },
	{ 0x3ff0000000000001, "1.0000000000000002" },
	{ 0x3e7ad7f29abcaf48, "1e-7" },
	{ 0x3f50624dd2f1a9fc, "0.001" },
	{ 0x42d6bcc41e900000, "100000000000000" },
};

TEST(numbers_are_written_as_the_rfc_prints_them)
{
	size_t i;

	for (i = 0; i < sizeof(rfc_numbers) / sizeof(*rfc_numbers); i++) {
		char text[48];
		double number;

		memcpy(&number, &rfc_numbers[i].bits, sizeof(number));
		(void)snprintf(text, sizeof(text), "%.17e", number);
		check_form(json_canonical, text, rfc_numbers[i].text);
	}
	/* Beside a power of two the shortest is not the nearest of its length. */
	check_form(json_canonical, "5.684341886080801486968994140625e-14",
		"5.684341886080802e-14");
	check_form(json_canonical, "[4.50, 2e-3, 1E30, 100, 123456.789e3]",
		"[4.5,0.002,1e+30,100,123456789]");
	check_form(json_line, "[1e20,1e17,12e14,9007199254740992,-9007199254740992]",
		"[1e+20,1e+17,1200000000000000,9007199254740992,"
		"-9007199254740992]");
}

TEST(every_double_reads_back_as_itself)
{
	uint64_t seed = 88172645463325252;
	int i;

	for (i = 0; i < 20000; i++) {
		char text[48];
		struct json *value;
		struct json *again;
		char *out;
		double number;

		seed ^= seed << 13;
		seed ^= seed >> 7;
		seed ^= seed << 17;
		memcpy(&number, &seed, sizeof(number));
		if (!isfinite(number)) {
			continue;
		}
		(void)snprintf(text, sizeof(text), "%.17e", number);
		value = parse(text);
		out = json_line(value);
		again = parse(out);
		CHECK(json_number(again, 0) == number);
		CHECK(strlen(out) <= 25);
		json_free(value);
		json_free(again);
		free(out);
	}
}

/* RFC 8785, 3.2.2 to 3.2.4. */
TEST(canonical_text_is_that_of_the_rfc)
{
	check_form(json_canonical,
		"{\"numbers\": [333333333.33333329, 1E30, 4.50, 2e-3,"
		" 0.000000000000000000000000001],"
		"\"string\": \"\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\\"\\/\","
		"\"literals\": [null, true, false]}",
		"{\"literals\":[null,true,false],\"numbers\":[333333333.3333333,1e+30,"
		"4.5,0.002,1e-27],\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
	check_form(json_canonical,
		"{\"\\u20ac\":\"Euro Sign\",\"\\r\":\"Carriage Return\","
		"\"\\ufb33\":\"Hebrew Letter Dalet With Dagesh\",\"1\":\"One\","
		"\"\\ud83d\\ude00\":\"Emoji: Grinning Face\",\"\\u0080\":\"Control\","
		"\"\\u00f6\":\"Latin Small Letter O With Diaeresis\"}",
		"{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\xc2\x80\":\"Control\","
		"\"ö\":\"Latin Small Letter O With Diaeresis\",\"€\":\"Euro Sign\","
		"\"😀\":\"Emoji: Grinning Face\","
		"\"\xef\xac\xb3\":\"Hebrew Letter Dalet With Dagesh\"}");
	check_form(json_canonical, "{\"ab\":1,\"a\":{\"z\":[],\"y\":{}},\"\":2}",
		"{\"\":2,\"a\":{\"y\":{},\"z\":[]},\"ab\":1}");
	check_form(json_canonical, "\"\\b\\t\\n\\f\\r\\u001f\\u007f\\/\"",
		"\"\\b\\t\\n\\f\\r\\u001f\x7f/\"");
}

/* As JavaScript's < puts them, by code units: a surrogate (D800) before U+E000. */
TEST(keys_are_in_the_order_of_utf_16)
{
	check_form(json_canonical, "{\"\\ue000\":1,\"\\ud800\\udc00\":2,\"\\ud7ff\":3,"
		"\"\\uffff\":4,\"\\udbff\\udfff\":5}",
		"{\"\xed\x9f\xbf\":3,\"\xf0\x90\x80\x80\":2,\"\xf4\x8f\xbf\xbf\":5,"
		"\"\xee\x80\x80\":1,\"\xef\xbf\xbf\":4}");
	/* A key that begins another, surrogates behind what is the same, and digits
	 * as text. */
	check_form(json_canonical, "{\"x\\ufb33\":1,\"x\\ud83d\\ude00\":2,\"x\":3,"
		"\"10\":4,\"9\":5,\"\\ud83d\\ude01\":6,\"\\ud83d\\ude00\":7}",
		"{\"10\":4,\"9\":5,\"x\":3,\"x😀\":2,\"x\xef\xac\xb3\":1,\"😀\":7,"
		"\"😁\":6}");
	/* Not brought to one Unicode form: two keys stay two. */
	check_form(json_canonical, "{\"\\u1ec7\":1,\"e\\u0323\\u0302\":2,\"E\":3}",
		"{\"E\":3,\"e\xcc\xa3\xcc\x82\":2,\"ệ\":1}");
}

TEST(escapes_are_the_shortest_and_lower_case)
{
	check_form(json_canonical, "\"\\u0008\\u0009\\u000A\\u000c\\u000D\\u0022\\u005C"
		"\\u002F\"", "\"\\b\\t\\n\\f\\r\\\"\\\\/\"");
	check_form(json_canonical, "\"\\u0001\\u000B\\u000E\\u001A\\u001F\"",
		"\"\\u0001\\u000b\\u000e\\u001a\\u001f\"");
	check_form(json_canonical, "\"\\u007F\\u0085\\u2028\\uFEFF\\u1EC7\"",
		"\"\x7f\xc2\x85\xe2\x80\xa8\xef\xbb\xbfệ\"");
}

TEST(a_line_keeps_the_order_and_hides_controls_from_terminals)
{
	check_form(json_line, "{ \"z\" : [1, 2.50,true] , \"a\" : \"\\u007f\\u009b"
		"\\u001b\\nệ\" }",
		"{\"z\":[1,2.5,true],\"a\":\"\\u007f\\u009b\\u001b\\nệ\"}");
}

TEST(pretty_text_is_indented_by_two)
{
	check_form(json_pretty, "{\"b\":[1,{\"c\":null}],\"a\":{},\"d\":[]}",
		"{\n  \"b\": [\n    1,\n    {\n      \"c\": null\n    }\n  ],\n"
		"  \"a\": {},\n  \"d\": []\n}");
}

TEST(numbers_do_not_follow_the_locale)
{
	/* Installed on the machine or not: where it is, a comma would show. */
	if (setlocale(LC_ALL, "vi_VN.UTF-8") == NULL &&
		setlocale(LC_ALL, "de_DE.UTF-8") == NULL) {
		skip();
	}
	check_form(json_line, "[1.5,0.25e-7,1.1e10]", "[1.5,2.5e-8,11000000000]");
	(void)setlocale(LC_ALL, "C");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(numbers_are_written_as_the_rfc_prints_them),
		RUN(every_double_reads_back_as_itself),
		RUN(canonical_text_is_that_of_the_rfc),
		RUN(keys_are_in_the_order_of_utf_16),
		RUN(escapes_are_the_shortest_and_lower_case),
		RUN(a_line_keeps_the_order_and_hides_controls_from_terminals),
		RUN(pretty_text_is_indented_by_two),
		RUN(numbers_do_not_follow_the_locale),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
