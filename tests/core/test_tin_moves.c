/* A report that moves from one case to another: who may, and what both say. */
#include "tests/fixture.h"

#include "core/change.h"
#include "core/tin.h"

static struct error err;

static struct tin
record(struct fixture *f, const char *what)
{
	struct tin_said said;
	struct tin tin;
	char id[UUID_SIZE];

	CHECK_OK(tin_add(f->desk, &(struct tin_new){ .what = what }, id, &said, &err), err);
	CHECK_OK(tin_find(&tin, f->desk, id, &err), err);
	return tin;
}

static void
check_case(struct fixture *f, const struct tin *tin, const char *case_id)
{
	struct tin now;

	CHECK_OK(tin_find(&now, f->desk, tin->id, &err), err);
	CHECK_STR(now.case_id, case_id);
	tin_clear(&now);
}

TEST(a_caller_moves_from_one_case_to_another_and_both_timelines_say_so)
{
	char one[UUID_SIZE], two[UUID_SIZE];
	struct tin tin;
	struct fixture f;
	int count;

	fixture_file(&f);
	fixture_case(&f, "một", one);
	fixture_case(&f, "hai", two);
	tin = record(&f, "mất mạng");
	CHECK_OK(tin_join(f.desk, tin.number, one, NULL, &err), err);
	CHECK_OK(tin_join(f.desk, tin.number, one, NULL, &err), err);
	(void)change_appended(f.desk, &count);
	CHECK_INT(count, 0);
	CHECK_OK(tin_join(f.desk, "TB-1", two, NULL, &err), err);
	check_case(&f, &tin, two);
	tin_clear(&tin);
	CHECK_STR(fixture_ask(f.path, "SELECT COUNT(*) FROM event WHERE kind = 'tin_left'"),
		"1");
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(a_report_that_another_put_into_a_case_stays_there_unless_who_has_it_says_why)
{
	char one[UUID_SIZE], two[UUID_SIZE];
	struct tin tin;
	struct fixture f;

	fixture_file(&f);
	fixture_case(&f, "một", one);
	fixture_case(&f, "hai", two);
	fixture_as(&f, "lan");
	tin = record(&f, "mất mạng");
	CHECK_OK(tin_join(f.desk, tin.id, one, NULL, &err), err);
	fixture_as(&f, "nam");
	CHECK_OK(tin_join(f.desk, tin.id, one, NULL, &err), err);
	CHECK_ERR(tin_join(f.desk, tin.id, two, "nhầm vụ", &err), err, ERR_CONFLICT);
	CHECK(strstr(err.message, "Thị Lan") != NULL);
	CHECK(strstr(err.message, "2026-") != NULL);
	fixture_as(&f, "minh");
	CHECK_ERR(tin_join(f.desk, tin.id, two, " ", &err), err, ERR_CONFLICT);
	CHECK(strstr(err.message, "say why") != NULL);
	check_case(&f, &tin, one);
	CHECK_OK(tin_join(f.desk, tin.id, two, "nhầm vụ", &err), err);
	CHECK_STR(fixture_ask(f.path, "SELECT COUNT(*) FROM event WHERE kind = 'tin_left'"
		" AND body LIKE '%nhầm vụ%'"), "1");
	fixture_as(&f, "lan"); /* who has it, of what another moved */
	CHECK_ERR(tin_join(f.desk, tin.id, one, NULL, &err), err, ERR_CONFLICT);
	CHECK_OK(tin_join(f.desk, tin.id, one, "vẫn là vụ một", &err), err);
	check_case(&f, &tin, one);
	tin_clear(&tin);
	fixture_whole(&f);
	fixture_end(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(a_caller_moves_from_one_case_to_another_and_both_timelines_say_so),
		RUN(a_report_that_another_put_into_a_case_stays_there_unless_who_has_it_says_why),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
