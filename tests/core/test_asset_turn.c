/* Whom to turn to about a system: what is known, what is missing, what does not
 * apply; and by which role one asks. */
#include "tests/core/hand_world.h"

#include "core/asset.h"
#include "core/asset_turn.h"

static void
asset(struct fixture *f, char id[UUID_SIZE])
{
	struct json *given = quoted_json("{'name': 'Nền tảng LGSP', 'level': '3',"
		" 'admin_holder': 'Chị Thử', 'supplier': 'Công ty Mẫu', 'contract': '12/HĐ',"
		" 'source': 'hồ sơ'}");
	struct error err = ERROR_INIT;

	CHECK_OK(asset_add(f->desk, "LGSP", given, &err), err);
	json_free(given);
	(void)snprintf(id, UUID_SIZE, "%s",
		fixture_ask(f->path, "SELECT id FROM asset WHERE code = 'LGSP'"));
}

TEST(the_account_and_the_supplier_are_two_questions)
{
	struct fixture f;
	struct error err = ERROR_INIT;
	char id[UUID_SIZE];
	char *line;

	fixture_file(&f);
	asset(&f, id);
	CHECK_OK(asset_turn_line(f.desk, id, TURN_ACCOUNT, &line, &err), err);
	contains(line, "Chị Thử");
	/* Nobody said who is second: it applies, and is missing. */
	contains(line, "MISSING");
	CHECK(strstr(line, "Công ty Mẫu") == NULL);
	free(line);
	CHECK_OK(asset_turn_line(f.desk, id, TURN_SUPPLIER, &line, &err), err);
	contains(line, "Công ty Mẫu");
	CHECK(strstr(line, "Công ty Mẫu") < strstr(line, "12/HĐ"));
	CHECK(strstr(line, "Chị Thử") == NULL);
	free(line);
	CHECK_OK(asset_turn_line(f.desk, "", TURN_SUPPLIER, &line, &err), err);
	CHECK_STR(line, "");
	free(line);
	fixture_end(&f);
}

static bool
stop_at_first(const char *label, const char *text, void *arg)
{
	(void)label;
	(void)text;
	(*(int *)arg)++;
	return false;
}

TEST(a_walk_ends_where_it_is_told_and_most_roles_need_nothing)
{
	struct fixture f;
	struct error err = ERROR_INIT;
	char id[UUID_SIZE];
	int rows = 0;

	fixture_file(&f);
	asset(&f, id);
	CHECK_OK(asset_turn_each(f.desk, id, TURN_ACCOUNT | TURN_SUPPLIER, stop_at_first,
		&rows, &err), err);
	CHECK_INT(rows, 1);
	CHECK_INT(asset_turn_of_role("quan_tri_ht"), TURN_ACCOUNT);
	CHECK_INT(asset_turn_of_role("ncc_pm"), TURN_SUPPLIER);
	CHECK_INT(asset_turn_of_role("dien_luc"), 0);
	CHECK_INT(asset_turn_of_role(NULL), 0);
	fixture_end(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(the_account_and_the_supplier_are_two_questions),
		RUN(a_walk_ends_where_it_is_told_and_most_roles_need_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
