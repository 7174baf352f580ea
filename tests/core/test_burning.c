/* The desk's own machine, mail and network: a case that touches what they stand
 * on is seen, through any number of dependencies, and goes when it is over. */
#include "tests/fixture.h"

#include <stdlib.h>
#include <string.h>

#include "core/asset.h"
#include "core/burning.h"
#include "core/case_set.h"
#include "core/setting.h"

static struct error err;

static void
add(struct fixture *f, const char *code, const char *on)
{
	struct json *given = json_object();

	json_set_text(given, "name", code);
	if (on != NULL) {
		json_set_text(given, "depends-on", on);
	}
	CHECK_OK(asset_add(f->desk, code, given, &err), err);
	json_free(given);
}

static struct burning
look(struct fixture *f, const char *case_id)
{
	struct burning b;

	CHECK_OK(burning_look(&b, f->desk, case_id, &err), err);
	return b;
}

TEST(a_case_is_seen_through_what_the_mail_depends_on_until_it_is_recovered)
{
	const char *const asset[] = { "asset=DIEN" };
	char id[UUID_SIZE];
	struct burning b;
	struct fixture f;
	struct json *unset = json_array();

	fixture_memory(&f);
	add(&f, "DIEN", NULL);
	add(&f, "TTDL", "DIEN");
	add(&f, "THU", "TTDL");
	add(&f, "MAY", NULL);
	fixture_case(&f, "Mất điện", id);
	CHECK(burning_text(&(struct burning){ 0 }) == NULL);
	b = look(&f, NULL);
	CHECK(burning_text(&b) == NULL);
	CHECK_OK(burning_unset(f.desk, unset, &err), err);
	CHECK_INT(json_count(unset), 3);
	json_free(unset);

	CHECK_OK(setting_set(f.desk, "desk.mail", "THU", &err), err);
	CHECK_OK(setting_set(f.desk, "desk.host", "MAY", &err), err);
	CHECK(!setting_set(f.desk, "desk.network", "KHONG_CO", &err));
	CHECK_INT(err.code, ERR_NOT_FOUND);
	b = look(&f, NULL);
	CHECK(!b.mail && !b.host);
	CHECK_OK(case_set(f.desk, id, asset, 1, &err), err);
	b = look(&f, NULL);
	CHECK(b.mail && !b.host && !b.network);
	CHECK(strstr(burning_text(&b), "telephone") != NULL);
	b = look(&f, id);
	CHECK(b.mail);
	fixture_status(&f, id, "recovered");
	b = look(&f, NULL);
	CHECK(!b.mail);
	unset = json_array();
	CHECK_OK(burning_unset(f.desk, unset, &err), err);
	CHECK_INT(json_count(unset), 1);
	CHECK_STR(json_get_text(json_at(unset, 0), "name"), "desk.network");
	json_free(unset);
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(a_system_that_is_down_counts_without_a_case_and_the_machine_before_the_mail)
{
	struct json *given = json_object();
	struct burning b;
	struct fixture f;

	fixture_memory(&f);
	add(&f, "MAY", NULL);
	CHECK_OK(setting_set(f.desk, "desk.host", "MAY", &err), err);
	CHECK_OK(setting_set(f.desk, "desk.mail", "MAY", &err), err);
	json_set_text(given, "state", "down");
	CHECK_OK(asset_set(f.desk, "MAY", given, &err), err);
	json_free(given);
	b = look(&f, NULL);
	CHECK(b.host && b.mail);
	CHECK_STR(b.number, "");
	CHECK(strstr(burning_text(&b), "print now") != NULL);
	fixture_end(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(a_case_is_seen_through_what_the_mail_depends_on_until_it_is_recovered),
		RUN(a_system_that_is_down_counts_without_a_case_and_the_machine_before_the_mail),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
