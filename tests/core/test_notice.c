/* What is recorded of a report after it was sent. */
#include "tests/fixture.h"

#include <stdio.h>
#include <string.h>

#include "core/notice.h"
#include "core/person.h"
#include "core/profile.h"

static struct error err;

static void
begin(struct fixture *f)
{
	struct json *report = NULL;

	fixture_file(f);
	CHECK_OK(profile_load_rules(f->desk, "vn-2026", &report, &err), err);
	json_free(report);
}

struct kept {
	char number[40], by[40];
};

static bool
keep(const struct notice *n, void *arg)
{
	struct kept *kept = arg;

	(void)snprintf(kept->number, sizeof kept->number, "%s", n->number);
	(void)snprintf(kept->by, sizeof kept->by, "%s", n->confirmed_by);
	return true;
}

TEST(who_confirmed_a_report_stands_as_the_first_recorded_it)
{
	struct kept kept = { .number = "" };
	struct notice_new said = { .form = "initial-24h", .number = "12/TB",
		.confirmed_by = "trực ban" };
	char id[UUID_SIZE];
	struct fixture f;
	int n;

	begin(&f);
	fixture_case(&f, "mất điện", id);
	fixture_as(&f, "lan");
	CHECK_OK(notice_sent(f.desk, id, &(struct notice_new){ .form = "initial-24h",
		.channel = "phone" }, &n, &err), err);
	CHECK_OK(notice_confirm(f.desk, id, &said, &err), err);
	fixture_as(&f, "nam");
	/* The same once more is no quarrel; another word is. */
	CHECK_OK(notice_confirm(f.desk, id, &said, &err), err);
	said.confirmed_by = "văn thư";
	CHECK_ERR(notice_confirm(f.desk, id, &said, &err), err, ERR_CONFLICT);
	assert_non_null(strstr(err.message, PERSON(f.desk, "lan")));
	assert_non_null(strstr(err.message, "trực ban"));
	said.confirmed_by = NULL;
	said.number = "13/TB";
	CHECK_ERR(notice_confirm(f.desk, id, &said, &err), err, ERR_CONFLICT);
	CHECK_OK(notice_each(f.desk, id, keep, &kept, &err), err);
	CHECK_STR(kept.number, "12/TB");
	CHECK_STR(kept.by, "trực ban");
	fixture_as(&f, "lan");
	CHECK_OK(notice_confirm(f.desk, id, &said, &err), err);
	CHECK_OK(notice_each(f.desk, id, keep, &kept, &err), err);
	CHECK_STR(kept.number, "13/TB");
	fixture_whole(&f);
	fixture_end(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(who_confirmed_a_report_stands_as_the_first_recorded_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
