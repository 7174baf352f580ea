/* Every type of a variable: what is taken, how it is meant, and what a wrong
 * answer is told. */
#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "playbooks/answer.h"
#include "playbooks/value.h"

#define MD5 "d41d8cd98f00b204e9800998ecf8427e"
#define SHA256 "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

static const struct {
	const char *type;
	const char *typed;
	const char *meant; /* NULL: refused */
	const char *said;  /* a part of what would be right */
} rows[] = {
	{ "bool", "true", "true", NULL }, { "bool", "False", "False", NULL },
	{ "bool", "1", "1", NULL }, { "bool", "yes", "true", NULL },
	{ "bool", "Có", "true", NULL }, { "bool", " không ", "false", NULL },
	{ "bool", "maybe", NULL, "yes or no" }, { "bool", "", NULL, "yes or no" },
	{ "dictionary", "{\"a\":\"1\"}", "{\"a\":\"1\"}", NULL },
	{ "dictionary", "{}", "{}", NULL }, { "dictionary", "{a}", NULL, "JSON object" },
	{ "dictionary", "[1]", NULL, "JSON object" },
	{ "dictionary", "{\"a\":1,\"a\":2}", NULL, "JSON object" },
	{ "float", "36.5", "36.5", NULL }, { "float", "36,5", "36.5", NULL },
	{ "float", "-1e3", "-1e3", NULL }, { "float", "1.2.3", NULL, "36.5" },
	{ "float", "nan", NULL, "36.5" }, { "float", "0x10", NULL, "36.5" },
	{ "hexstring", "0a3F", "0a3F", NULL }, { "hexstring", "0a3", NULL, "0a3f" },
	{ "hexstring", "xyz1", NULL, "0a3f" },
	{ "integer", "35", "35", NULL }, { "integer", " 1 200 ", "1200", NULL },
	{ "integer", "35 min", "35", NULL }, { "integer", "-4", "-4", NULL },
	{ "integer", "3.5", NULL, "35" }, { "integer", "ten", NULL, "35" },
	{ "integer", "99999999999999999999", NULL, "35" },
	{ "ipv4-addr", " 192.0.2.7 ", "192.0.2.7", NULL },
	{ "ipv4-addr", "192.0.2", NULL, "192.0.2.7" },
	{ "ipv4-addr", "192.0.2.256", NULL, "192.0.2.7" },
	{ "ipv4-addr", "2001:db8::1", NULL, "192.0.2.7" },
	{ "ipv6-addr", "2001:db8::1", "2001:db8::1", NULL },
	{ "ipv6-addr", "2001:db8", NULL, "2001:db8::7" },
	{ "long", "9007199254740993", "9007199254740993", NULL },
	{ "long", "1e3", NULL, "whole number" },
	{ "mac-addr", "00:1A:2b:3c:4d:5e", "00:1A:2b:3c:4d:5e", NULL },
	{ "mac-addr", "00-1a-2b-3c-4d-5e", "00-1a-2b-3c-4d-5e", NULL },
	{ "mac-addr", "00:1a:2b", NULL, "00:1a:2b:3c:4d:5e" },
	{ "hash", "00ff", "00ff", NULL }, { "hash", "0xff", NULL, "pairs" },
	{ "md5-hash", MD5, MD5, NULL }, { "md5-hash", SHA256, NULL, "32 digits" },
	{ "sha256-hash", SHA256, SHA256, NULL }, { "sha256-hash", MD5, NULL, "64 digits" },
	{ "string", " as it is ", " as it is ", NULL },
	{ "uri", "https://host.example/x", "https://host.example/x", NULL },
	{ "uri", "mailto:a@b.example", "mailto:a@b.example", NULL },
	{ "uri", "www.host.example/x", "www.host.example/x", NULL },
	{ "uri", "host", NULL, "https://" }, { "uri", ".host", NULL, "https://" },
	{ "uri", "https:", NULL, "https://" },
	{ "uri", "https://a b", NULL, "https://" },
	{ "uuid", "5C0C0A11-7e5d-4a57-9d3c-3f1c5e8a2b01",
		"5C0C0A11-7e5d-4a57-9d3c-3f1c5e8a2b01", NULL },
	{ "uuid", "5c0c0a11-7e5d-4a57-9d3c", NULL, "UUID" },
};

TEST(every_type_takes_what_fits_and_says_what_would)
{
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct variable variable = { .name = "__asked__", .type = rows[i].type };
		struct error err = ERROR_INIT;
		char *meant = value_tidy(rows[i].type, rows[i].typed, "min");
		bool ok = answer_check(&variable, meant, &err);

		if (ok != (rows[i].meant != NULL)
				|| (ok && strcmp(meant, rows[i].meant) != 0)
				|| (!ok && strstr(err.message, rows[i].said) == NULL)) {
			fail_msg("%s '%s': %d '%s' %s", rows[i].type, rows[i].typed, ok, meant,
				err.message);
		}
		free(meant);
	}
}

TEST(every_type_of_the_standard_is_known_and_has_a_row)
{
	static const char *const types[] = {
		"bool", "dictionary", "float", "hexstring", "integer", "ipv4-addr",
		"ipv6-addr", "long", "mac-addr", "hash", "md5-hash", "sha256-hash",
		"string", "uri", "uuid",
	};

	for (size_t t = 0; t < sizeof types / sizeof types[0]; t++) {
		bool found = false;

		for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
			found = found || strcmp(rows[i].type, types[t]) == 0;
		}
		CHECK(found && value_type_known(types[t]));
		CHECK(value_wanted(types[t])[0] != '\0');
	}
	CHECK(!value_type_known("ipv4"));
}

TEST(not_known_fits_every_type)
{
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct variable variable = { .name = "__asked__", .type = rows[i].type };
		struct error err = ERROR_INIT;

		CHECK_OK(answer_check(&variable, ANSWER_UNKNOWN, &err), err);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(every_type_takes_what_fits_and_says_what_would),
		RUN(every_type_of_the_standard_is_known_and_has_a_row),
		RUN(not_known_fits_every_type),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
