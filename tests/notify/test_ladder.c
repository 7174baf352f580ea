/* How long a message waits before it is tried again. */
#include "tests/test.h"

#include "notify/ladder.h"

TEST(the_first_waits_are_those_of_the_ladder)
{
	static const int64_t seconds[] = { 5, 15, 45, 120, 300 };

	for (int64_t n = 1; n <= 5; n++) {
		CHECK_INT(ladder_wait(n, 0), seconds[n - 1] * 1000);
		CHECK_INT(ladder_wait(n, UINT32_MAX), seconds[n - 1] * 1000);
	}
}

TEST(later_waits_are_ten_minutes_give_or_take_one_for_ever)
{
	int64_t low = INT64_MAX;
	int64_t high = 0;

	for (uint32_t random = 0; random < 1000000; random += 997) {
		int64_t wait = ladder_wait(6 + random, random);

		low = wait < low ? wait : low;
		high = wait > high ? wait : high;
	}
	CHECK(low >= 540000 && low < 550000);
	CHECK(high <= 660000 && high > 650000);
}

TEST(a_count_that_makes_no_sense_waits_as_the_first)
{
	CHECK_INT(ladder_wait(0, 7), 5000);
	CHECK_INT(ladder_wait(-3, 7), 5000);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(the_first_waits_are_those_of_the_ladder),
		RUN(later_waits_are_ten_minutes_give_or_take_one_for_ever),
		RUN(a_count_that_makes_no_sense_waits_as_the_first),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
