/* The table of limits is whole and says what DATA 12 says. */
#include "tests/test.h"

#include "core/limits.h"

TEST(the_limits_are_those_of_the_specification)
{
	CHECK_INT(limit(LIMIT_TITLE), 300);
	CHECK_INT(limit(LIMIT_NAME), 200);
	CHECK_INT(limit(LIMIT_NOTE), 65536);
	CHECK_INT(limit(LIMIT_OBSERVABLE), 4096);
	CHECK_INT(limit(LIMIT_PLAYBOOK), 4194304);
	CHECK_INT(limit(LIMIT_PLAYBOOK_DEPTH), 64);
	CHECK_INT(limit(LIMIT_IMPORT_LINE), 1048576);
	CHECK_INT(limit(LIMIT_LIST), 256);
	CHECK_INT(limit(LIMIT_EVIDENCE), 67108864);
	CHECK_INT(limit(LIMIT_POINTS), 1000);
}

TEST(every_limit_has_a_name_of_its_own_a_label_and_a_unit)
{
	for (int i = 0; i < LIMIT_COUNT; i++) {
		CHECK(limit_rows[i].name != NULL && limit_rows[i].name[0] != '\0');
		CHECK(limit_rows[i].label != NULL && limit_rows[i].label[0] != '\0');
		CHECK(limit_rows[i].unit != NULL && limit_rows[i].unit[0] != '\0');
		CHECK(limit_rows[i].value > 0);
		for (int j = 0; j < i; j++) {
			CHECK(strcmp(limit_rows[i].name, limit_rows[j].name) != 0);
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(the_limits_are_those_of_the_specification),
		RUN(every_limit_has_a_name_of_its_own_a_label_and_a_unit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
