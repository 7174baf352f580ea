/* A file of rules whose lawful clock cannot be counted is refused, with the place. */
#include "tests/fixture.h"

#include <stdio.h>
#include <string.h>

#include "core/profile.h"

TEST(a_rule_with_an_unknown_start_or_span_is_refused_by_its_place)
{
	static const struct {
		const char *start, *span, *word;
	} bad[] = {
		{ "detectd", "24h", "$.rules[0].then.start" },
		{ "detected", "24 hours", "$.rules[0].then.span" },
		{ "severity", "24h", "personal_data_known" },
	};
	struct json *report = NULL;
	struct fixture f;
	struct error err;
	char text[600];

	fixture_file(&f);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		(void)snprintf(text, sizeof text, "{\"format\":\"suco-rules/1\",\"name\":\"own\","
			"\"title\":{\"vi\":\"x\",\"en\":\"x\"},\"rules\":[{\"code\":\"r\","
			"\"family\":\"deadline\",\"order\":1,\"when\":{},\"then\":{"
			"\"start\":\"%s\",\"span\":\"%s\",\"recipient\":\"bca\","
			"\"form\":\"f\",\"title\":{\"vi\":\"x\",\"en\":\"x\"}},\"source\":\"s\"}]}",
			bad[i].start, bad[i].span);
		fixture_write(fixture_path(&f, "rules.json"), text, strlen(text));
		CHECK_ERR(profile_load_rules(f.desk, fixture_path(&f, "rules.json"), &report,
			&err), err, ERR_BAD_INPUT);
		if (strstr(err.message, bad[i].word) == NULL) {
			fail_msg("%s: %s", bad[i].word, err.message);
		}
	}
	fixture_end(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(a_rule_with_an_unknown_start_or_span_is_refused_by_its_place),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
