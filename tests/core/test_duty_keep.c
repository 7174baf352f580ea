/* A rotation that is changed in the middle of a shift: who is on call stays, and the
 * order goes on from him. */
#include "tests/core/duty_world.h"

#define WEEK (7 * DAY)

/* A week each from Monday 02/11/2026; now is Friday 20/11, the third week. */
static void
weekly(struct fixture *f, const char *people)
{
	char text[200];

	(void)snprintf(text, sizeof text, "{'rotation': {'name': 'Tuần', 'type': 'weekly',"
		" 'start': '2026-11-02T08:00', 'people': '%s'}}", people);
	fixture_memory(f);
	set(f, "first", text);
}

static const char *
weeks(struct fixture *f, int count)
{
	static char text[200];
	size_t len = 0;

	for (int i = 0; i < count; i++) {
		len += (size_t)snprintf(text + len, sizeof text - len, "%s%s", i > 0 ? " " : "",
			who(f, "first", f->now + i * WEEK));
	}
	return text;
}

TEST(one_more_in_the_list_moves_nobody_in_the_middle_of_his_week)
{
	struct fixture f;

	weekly(&f, "lan,nam,minh");
	CHECK_STR(weeks(&f, 4), "minh lan nam minh");
	set(&f, "first", "{'rotation': {'name': 'Tuần', 'people': 'quan,lan,nam,minh'}}");
	CHECK_STR(weeks(&f, 5), "minh quan lan nam minh");
	/* Said again it is what it is already. */
	set(&f, "first", "{'rotation': {'name': 'Tuần', 'people': 'quan,lan,nam,minh'}}");
	CHECK_STR(weeks(&f, 5), "minh quan lan nam minh");
	end(&f);
}

TEST(who_is_taken_out_is_followed_by_the_next_who_is_left)
{
	struct fixture f;

	weekly(&f, "lan,quan,nam,minh");
	CHECK_STR(weeks(&f, 4), "nam minh lan quan");
	set(&f, "first", "{'rotation': {'name': 'Tuần', 'people': 'lan,quan'}}");
	CHECK_STR(weeks(&f, 3), "lan quan lan");
	/* Nobody of them is left: from the first. */
	set(&f, "first", "{'rotation': {'name': 'Tuần', 'people': 'minh,nam'}}");
	CHECK_STR(weeks(&f, 3), "minh nam minh");
	end(&f);
}

TEST(a_first_handover_that_is_given_counts_as_given)
{
	struct fixture f;

	weekly(&f, "lan,nam,minh");
	set(&f, "first", "{'rotation': {'name': 'Tuần', 'people': 'quan,lan,nam,minh',"
		" 'start': '2026-11-02T08:00'}}");
	CHECK_STR(weeks(&f, 3), "nam minh quan");
	end(&f);
}

TEST(another_length_of_turns_leaves_the_turn_with_who_has_it)
{
	struct fixture f;

	weekly(&f, "lan,nam,minh");
	set(&f, "first", "{'rotation': {'name': 'Tuần', 'type': 'daily'}}");
	CHECK_STR(who(&f, "first", f.now), "minh");
	CHECK_STR(who(&f, "first", f.now + DAY), "lan");
	set(&f, "first", "{'rotation': {'name': 'Tuần', 'type': 'weekly', 'every': 2}}");
	CHECK_STR(who(&f, "first", f.now), "minh");
	CHECK_STR(who(&f, "first", f.now + 2 * WEEK), "lan");
	end(&f);
}

TEST(months_that_end_on_the_31st_keep_their_day)
{
	struct fixture f;

	fixture_memory(&f);
	set(&f, "first", "{'rotation': {'name': 'Tháng', 'type': 'monthly',"
		" 'start': '2026-08-31T08:00', 'people': 'lan,nam,minh'}}");
	/* 31/08 lan, 30/09 nam, 31/10 minh. */
	CHECK_STR(who(&f, "first", f.now), "minh");
	set(&f, "first", "{'rotation': {'name': 'Tháng', 'people': 'minh,lan,nam,quan'}}");
	CHECK_STR(who(&f, "first", f.now), "minh");
	CHECK_STR(who(&f, "first", at(&f, "30/11/2026 07:59")), "minh");
	CHECK_STR(who(&f, "first", at(&f, "30/11/2026 08:00")), "lan");
	CHECK_STR(who(&f, "first", at(&f, "31/12/2026 07:59")), "lan");
	CHECK_STR(who(&f, "first", at(&f, "31/12/2026 08:00")), "nam");
	CHECK_STR(who(&f, "first", at(&f, "31/01/2027 08:00")), "quan");
	end(&f);
}

TEST(a_rotation_that_has_not_begun_begins_with_its_first)
{
	struct fixture f;

	fixture_memory(&f);
	set(&f, "first", "{'rotation': {'name': 'Sau', 'type': 'weekly',"
		" 'start': '2026-12-07T08:00', 'people': 'lan,nam'}}");
	set(&f, "first", "{'rotation': {'name': 'Sau', 'people': 'minh,lan,nam'}}");
	CHECK_STR(who(&f, "first", f.now), "");
	CHECK_STR(who(&f, "first", at(&f, "07/12/2026 08:00")), "minh");
	end(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(one_more_in_the_list_moves_nobody_in_the_middle_of_his_week),
		RUN(who_is_taken_out_is_followed_by_the_next_who_is_left),
		RUN(a_first_handover_that_is_given_counts_as_given),
		RUN(another_length_of_turns_leaves_the_turn_with_who_has_it),
		RUN(months_that_end_on_the_31st_keep_their_day),
		RUN(a_rotation_that_has_not_begun_begins_with_its_first),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
