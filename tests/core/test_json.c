/* The door to JSON: what it refuses and with which path, what it keeps, and
 * what it writes (RFC 8785 with its own vectors). */
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

/* The message of the fault, which must be one. */
static const char *
fault_of(const char *text, size_t len, const struct json_limits *limits)
{
	static struct error err;
	struct json *value = (struct json *)&err; /* must stay untouched */

	err = ERROR_INIT;
	if (json_parse(&value, text, len, limits, &err)) {
		fail_msg("taken: %.*s", (int)len, text);
	}
	CHECK_INT(err.code, ERR_BAD_INPUT);
	CHECK(value == (struct json *)&err);
	return err.message;
}

static void
check_fault(const char *text, const char *message)
{
	CHECK_STR(fault_of(text, strlen(text), NULL), message);
}

TEST(every_kind_of_value_is_read)
{
	struct json *value = parse(" {\"n\":null,\"t\":true,\"f\":false,\"i\":-7,"
		"\"d\":2.5,\"s\":\"\\u0111i\\u1ec7n \\ud83d\\ude00 \\/\\n\","
		"\"a\":[1,[],{}],\"\":0}\r\n\t");
	const struct json *child;

	CHECK(json_is(value, JSON_OBJECT));
	CHECK_INT(json_count(value), 8);
	CHECK(json_is(json_get(value, "n"), JSON_NULL));
	CHECK(json_get_bool(value, "t"));
	CHECK(json_is(json_get(value, "f"), JSON_BOOL));
	CHECK(!json_get_bool(value, "f"));
	CHECK_INT(json_get_int(value, "i", 0), -7);
	CHECK(json_number(json_get(value, "d"), 0) == 2.5);
	CHECK(!json_is_integer(json_get(value, "d")));
	CHECK_INT(json_get_int(value, "d", 99), 99);
	CHECK_STR(json_get_text(value, "s"), "điện 😀 /\n");
	CHECK_INT(json_count(json_get(value, "a")), 3);
	CHECK_INT(json_integer(json_at(json_get(value, "a"), 0), 5), 1);
	CHECK(json_is(json_at(json_get(value, "a"), 1), JSON_ARRAY));
	CHECK_INT(json_get_int(value, "", 5), 0);
	child = json_first(value);
	CHECK_STR(json_key(child), "n");
	CHECK_STR(json_key(json_next(child)), "t");
	CHECK(json_key(json_first(json_get(value, "a"))) == NULL);
	json_free(value);
}

TEST(a_lone_scalar_is_a_document)
{
	struct json *value = parse("\"x\"");

	CHECK_STR(json_text(value, ""), "x");
	json_free(value);
	value = parse("-0.5e-3");
	CHECK(json_number(value, 0) == -0.0005);
	json_free(value);
}

TEST(look_ups_are_case_sensitive_and_bear_absence)
{
	struct json *value = parse("{\"Name\":\"a\",\"name\":\"b\"}");

	CHECK_STR(json_get_text(value, "name"), "b");
	CHECK(json_get(value, "NAME") == NULL);
	CHECK(json_get_text(value, "NAME") == NULL);
	CHECK(json_get(NULL, "x") == NULL);
	CHECK(json_at(value, 0) == NULL);
	CHECK(json_at(NULL, 0) == NULL);
	CHECK_INT(json_count(NULL), 0);
	CHECK(json_first(NULL) == NULL);
	CHECK(json_next(NULL) == NULL);
	CHECK(json_key(NULL) == NULL);
	CHECK(!json_is(NULL, JSON_NULL));
	CHECK(!json_true(NULL));
	CHECK_STR(json_text(NULL, "fb"), "fb");
	CHECK_STR(json_text(value, "fb"), "fb");
	CHECK(json_at(json_get(value, "name"), 0) == NULL);
	json_free(value);
	value = parse("[1,2]");
	CHECK(json_at(value, -1) == NULL);
	CHECK(json_at(value, 2) == NULL);
	json_free(value);
	json_free(NULL);
}

TEST(a_fault_names_its_path_and_what_would_be_right)
{
	check_fault("{\"workflow\":{\"action--a\":{\"name\":\"x\",\n\"timeout\":01}}}",
		"/workflow/action--a/timeout: a number does not begin with 0;"
		" leave the 0 out, or write it as text (line 2)");
	check_fault("[0,{\"a/b~c\":[1,+1]}]", "/1/a~1b~0c/1: a number does not"
		" begin with +; leave it out (line 1)");
	check_fault("{\"a\":1,b:2}", "/: found b where a name in quotes should"
		" stand (line 1)");
	check_fault("{\"a\":{\"x\":1,\"b\":2,\"x\":3}}", "/a/x: this name stands"
		" twice in one object; keep one of them (line 1)");
	check_fault("", "/: found the end where a value (\"text\", a number, true,"
		" false, null, [...] or {...}) should stand (line 1)");
}

TEST(what_cjson_would_let_pass_is_refused)
{
	static const char *const texts[] = {
		" ", "01", "-01", "00", "+1", "-", "1.", ".5", "1e", "1e+", "0x10",
		"1 2", "[1,]", "{\"a\":1,}", "[,]", "{,}", "[1 2]", "{\"a\" 1}", "[",
		"{", "[1", "{\"a\"", "{\"a\":", "{\"a\":1", "]", "}", "[1}", "{]",
		"tru", "True", "nul", "NaN", "Infinity", "-Infinity", "'a'", "\"",
		"\"a", "\"\\", "\"\\x\"", "\"\\u12\"", "\"\\u00g0\"", "\"\\u0000\"",
		"\"\\ud800\"", "\"\\udc00\"", "\"\\ud800\\u0041\"", "\"\\ud800x\"",
		"\"\\ud800\\ud800\"", "\"a\tb\"", "\"a\nb\"", "\"\x1b[31m\"",
		"\xEF\xBB\xBF{}", "\"\xff\"", "\"\xc0\x80\"", "\"\xed\xa0\x80\"",
		"\"\xf4\x90\x80\x80\"", "\"\xe1\xba\"", "\"\xc4", "{} x", "{}{}",
		"// c\n1", "/* c */1", "{1:2}", "\v1", "\u00a0", "\xc2\xa0\x31", "1e999",
		"-1e400", "9223372036854775808", "-9223372036854775809",
		"{\"a\":1,\"a\":2}", "{\"a\":1,\"\\u0061\":2}", "{\"\":1,\"\":2}",
		"nulltrue", "[\"a\":1]", "1,", ":", "--1", "1.5.5", "1e5e5",
	};
	size_t i;

	for (i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		(void)fault_of(texts[i], strlen(texts[i]), NULL);
	}
	(void)fault_of("{}\0", 3, NULL);
	(void)fault_of("\"a\0b\"", 5, NULL);
	(void)fault_of("\"a\\", 3, NULL);
}

TEST(a_text_cut_anywhere_is_refused_and_nothing_is_read_behind_it)
{
	const char *text = "{\"k\\u0111\":[true,false,null,-12.5e+3,\"\\ud83d\\ude00ệ\"]}";
	size_t len;

	for (len = 0; len < strlen(text); len++) {
		char *exact = malloc(len == 0 ? 1 : len);

		memcpy(exact, text, len);
		(void)fault_of(exact, len, NULL);
		free(exact);
	}
}

TEST(control_characters_of_a_name_do_not_reach_the_message)
{
	const char *text = "{\"a\\u001b[31m\\u202e\":x}";
	const char *message = fault_of(text, strlen(text), NULL);

	CHECK_STR(message, "/a[31m: found x where a value (\"text\", a number, true,"
		" false, null, [...] or {...}) should stand (line 1)");
	message = fault_of("[\x1b]", 3, NULL);
	CHECK(strchr(message, 0x1b) == NULL);
	CHECK(strstr(message, "byte 0x1b") != NULL);
}

TEST(a_long_path_is_cut_at_a_character)
{
	struct buf text = { 0 };
	const char *message;
	int i;

	for (i = 0; i < 30; i++) {
		buf_adds(&text, "{\"điệnện\":");
	}
	buf_addc(&text, 'x');
	message = fault_of(buf_text(&text), text.len, NULL);
	CHECK(strstr(message, "…: found x") != NULL);
	CHECK(strlen(message) < 400);
	CHECK(strstr(message, "\xEF\xBF\xBD") == NULL);
	buf_free(&text);
}

static char *
nested(int levels)
{
	struct buf text = { 0 };
	int i;

	for (i = 0; i < levels; i++) {
		buf_addc(&text, '[');
	}
	for (i = 0; i < levels; i++) {
		buf_addc(&text, ']');
	}
	return buf_take(&text);
}

TEST(depth_and_size_have_limits)
{
	char *text = nested(64);
	struct json_limits limits = { .depth = 3, .bytes = 10 };

	json_free(parse(text));
	free(text);
	text = nested(65);
	CHECK(strstr(fault_of(text, strlen(text), NULL), "deeper than 64") != NULL);
	free(text);
	CHECK(strstr(fault_of("[[[[]]]]", 8, &limits), "deeper than 3") != NULL);
	CHECK_STR(fault_of("[1,2,3,4,5]", 11, &limits),
		"the JSON is 11 bytes long; at most 10 are taken");
	limits = (struct json_limits){ .depth = 1000000 };
	text = nested(100000);
	(void)fault_of(text, strlen(text), &limits);
	free(text);
	text = nested(900);
	limits = (struct json_limits){ .depth = 900 };
	{
		struct json *value = NULL;
		struct error err = ERROR_INIT;

		CHECK_OK(json_parse(&value, text, strlen(text), &limits, &err), err);
		json_free(value);
	}
	free(text);
}

TEST(a_body_holds_only_integers_below_2_to_the_53)
{
	const struct json_limits body = { .body = true };
	static const char *const bad[] = {
		"9007199254740992", "-9007199254740992", "1.5", "1.0", "1e3", "1E3",
		"-0", "9223372036854775807",
	};
	struct json *value = NULL;
	struct error err = ERROR_INIT;
	char *text;
	size_t i;

	for (i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		(void)fault_of(bad[i], strlen(bad[i]), &body);
	}
	CHECK(strstr(fault_of("{\"a\":[0,1.5]}", 13, &body), "/a/1: 1.5 is no plain"
		" integer") != NULL);
	CHECK_OK(json_parse(&value, "[9007199254740991,-9007199254740991,0]", 38,
		&body, &err), err);
	text = json_canonical(value);
	CHECK_STR(text, "[9007199254740991,-9007199254740991,0]");
	free(text);
	json_free(value);
}

TEST(large_integers_of_documents_keep_every_digit)
{
	const char *in = "{\"a\":[1,9223372036854775807,2.5],\"b\":{\"c\":"
		"-9223372036854775808,\"d\":7},\"e\":9007199254740993}";
	struct json *value = parse(in);
	struct json *copy = json_copy(value);
	char *text = json_line(copy);

	CHECK_STR(text, in);
	CHECK(json_equal(value, copy));
	CHECK_INT(json_integer(json_at(json_get(value, "a"), 1), 0), INT64_MAX);
	CHECK_INT(json_get_int(json_get(value, "b"), "c", 0), INT64_MIN);
	CHECK(json_is_integer(json_get(value, "e")));
	CHECK_INT(json_get_int(value, "e", 0), INT64_C(9007199254740993));
	CHECK_INT(json_get_int(json_get(value, "b"), "d", 0), 7);
	CHECK(json_is(json_get(value, "e"), JSON_NUMBER));
	free(text);
	text = json_canonical(json_get(value, "e"));
	CHECK_STR(text, "9007199254740992"); /* as the RFC has it */
	free(text);
	json_free(copy);
	copy = parse("9007199254740992");
	CHECK(!json_equal(json_get(value, "e"), copy));
	json_free(copy);
	json_free(value);
}

TEST(a_number_longer_than_cjson_takes_is_refused)
{
	char text[80];

	memset(text, '1', sizeof(text));
	text[1] = '.';
	CHECK(strstr(fault_of(text, 64, NULL), "64 characters") != NULL);
	text[63] = '\0';
	json_free(parse(text));
}

TEST(values_are_built_changed_and_taken_out)
{
	struct json *object = json_object();
	struct json *array = json_array();
	struct json *taken;
	struct json *copy;
	char *text;

	json_set_text(object, "name", "Đội ứng cứu");
	json_set_text(object, "none", NULL);
	json_set_int(object, "n", INT64_C(9007199254740991));
	json_set_bool(object, "b", true);
	json_push(array, json_int(-1));
	json_push(array, json_string("x"));
	json_push(array, json_bool(false));
	json_push(array, json_null());
	json_set(object, "list", array);
	json_set_text(object, "name", "khác");
	json_remove(object, "none");
	json_remove(object, "absent");
	text = json_line(object);
	CHECK_STR(text, "{\"name\":\"khác\",\"n\":9007199254740991,\"b\":true,"
		"\"list\":[-1,\"x\",false,null]}");
	free(text);

	taken = json_detach(object, "list");
	CHECK(json_detach(object, "list") == NULL);
	CHECK(json_key(taken) == NULL);
	CHECK_INT(json_count(object), 3);
	copy = json_copy(json_get(object, "name"));
	CHECK(json_key(copy) == NULL);
	json_push(taken, copy);
	json_set(object, "again", taken);
	json_set(object, "n", json_detach(object, "name"));
	text = json_line(object);
	CHECK_STR(text, "{\"n\":\"khác\",\"b\":true,\"again\":[-1,\"x\",false,null,"
		"\"khác\"]}");
	free(text);
	CHECK(json_copy(NULL) == NULL);
	json_free(object);
}

TEST(a_built_value_is_valid_utf_8_whatever_was_put_in)
{
	struct json *object = json_object();
	struct json *again = NULL;
	struct error err = ERROR_INIT;
	char *text;

	json_set_text(object, "k\xff", "a\xc3" "b\xed\xa0\x80");
	text = json_canonical(object);
	CHECK_STR(text, "{\"k\xEF\xBF\xBD\":\"a\xEF\xBF\xBD" "b\xEF\xBF\xBD"
		"\xEF\xBF\xBD\xEF\xBF\xBD\"}");
	CHECK_OK(json_parse(&again, text, strlen(text), NULL, &err), err);
	CHECK(json_equal(object, again));
	free(text);
	json_free(again);
	json_free(object);
}

TEST(equality_sees_values_not_the_order_of_members)
{
	static const struct {
		const char *a;
		const char *b;
		bool same;
	} pairs[] = {
		{ "{\"a\":1,\"b\":[1,2]}", "{\"b\":[1,2],\"a\":1}", true },
		{ "[1,2]", "[2,1]", false },
		{ "[1]", "[1,1]", false },
		{ "{\"a\":1}", "{\"A\":1}", false },
		{ "{\"a\":1}", "{\"a\":1,\"b\":1}", false },
		{ "1", "1.0", true },
		{ "1", "1.0000000000000002", false },
		{ "true", "false", false },
		{ "null", "false", false },
		{ "\"1\"", "1", false },
		{ "9007199254740993", "9007199254740994", false },
		{ "9007199254740993", "9007199254740993", true },
	};
	size_t i;

	for (i = 0; i < sizeof(pairs) / sizeof(*pairs); i++) {
		struct json *a = parse(pairs[i].a);
		struct json *b = parse(pairs[i].b);

		CHECK_INT(json_equal(a, b), pairs[i].same);
		CHECK_INT(json_equal(b, a), pairs[i].same);
		json_free(a);
		json_free(b);
	}
	CHECK(json_equal(NULL, NULL));
}

/* 100,000 members: a pairwise look for doubles would take minutes. */
TEST(a_big_object_is_read_and_its_last_double_found)
{
	const struct json_limits limits = { .bytes = 8 << 20 };
	struct json *value = NULL;
	struct error err = ERROR_INIT;
	struct buf text = { 0 };
	char *out;
	int i;

	buf_addc(&text, '{');
	for (i = 0; i < 100000; i++) {
		buf_addf(&text, "\"member-%06d\":%d,", i, i);
	}
	buf_adds(&text, "\"last\":0}");
	CHECK_OK(json_parse(&value, text.data, text.len, &limits, &err), err);
	CHECK_INT(json_count(value), 100001);
	out = json_canonical(value);
	CHECK(strncmp(out, "{\"last\":0,\"member-000000\":0,", 28) == 0);
	free(out);
	json_free(value);
	text.len -= strlen("\"last\":0}");
	buf_adds(&text, "\"member-031415\":0}");
	CHECK(strncmp(fault_of(text.data, text.len, &limits), "/member-031415: ",
		16) == 0);
	buf_free(&text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(every_kind_of_value_is_read),
		RUN(a_lone_scalar_is_a_document),
		RUN(look_ups_are_case_sensitive_and_bear_absence),
		RUN(a_fault_names_its_path_and_what_would_be_right),
		RUN(what_cjson_would_let_pass_is_refused),
		RUN(a_text_cut_anywhere_is_refused_and_nothing_is_read_behind_it),
		RUN(control_characters_of_a_name_do_not_reach_the_message),
		RUN(a_long_path_is_cut_at_a_character),
		RUN(depth_and_size_have_limits),
		RUN(a_body_holds_only_integers_below_2_to_the_53),
		RUN(large_integers_of_documents_keep_every_digit),
		RUN(a_number_longer_than_cjson_takes_is_refused),
		RUN(values_are_built_changed_and_taken_out),
		RUN(a_built_value_is_valid_utf_8_whatever_was_put_in),
		RUN(equality_sees_values_not_the_order_of_members),
		RUN(a_big_object_is_read_and_its_last_double_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
