/* The notices that a person sent: what they must say, and who confirmed them. */
#include "tests/core/clock_world.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/case_set.h"
#include "core/notice.h"

#define STATE "SELECT state FROM deadline WHERE form = 'initial-24h'"
#define MET "SELECT met_at FROM deadline WHERE form = 'initial-24h'"

static struct error err;

struct kept_notice {
	char head[HASH_SIZE], number[24], to[80], state[16], by[24];
	int count;
};

static bool
keep_notice(const struct notice *n, void *arg)
{
	struct kept_notice *kept = arg;

	kept->count++;
	(void)snprintf(kept->head, sizeof kept->head, "%s", n->head);
	(void)snprintf(kept->number, sizeof kept->number, "%s", n->number);
	(void)snprintf(kept->to, sizeof kept->to, "%s", n->to_name);
	(void)snprintf(kept->state, sizeof kept->state, "%s", n->state);
	(void)snprintf(kept->by, sizeof kept->by, "%s", n->confirmed_by);
	return true;
}

TEST(a_clock_is_met_by_recording_what_a_person_sent)
{
	struct kept_notice kept = { .count = 0 };
	struct notice_new what = { .form = "initial-24h", .channel = "e_office" };
	const char *earlier = "detected=-1h";
	char id[UUID_SIZE], head[HASH_SIZE];
	struct fixture f;
	int n;

	begin(&f);
	fixture_case(&f, "mất điện", id);
	fixture_later(&f, 2 * HOUR);
	what.form = "mau-99";
	CHECK_ERR(notice_sent(f.desk, id, &what, &n, &err), err, ERR_NOT_FOUND);
	assert_non_null(strstr(err.message, ": initial-24h, full-72h"));
	what.form = "initial-24h";
	what.at = FIXTURE_START - HOUR;
	CHECK_ERR(notice_sent(f.desk, id, &what, &n, &err), err, ERR_BAD_INPUT);
	what.at = FIXTURE_START + HOUR;
	what.channel = "pigeon";
	CHECK_ERR(notice_sent(f.desk, id, &what, &n, &err), err, ERR_BAD_INPUT);
	assert_non_null(strstr(err.message, "official_letter"));
	what.channel = "phone";
	what.confirmed_at = FIXTURE_START;
	CHECK_ERR(notice_sent(f.desk, id, &what, &n, &err), err, ERR_BAD_INPUT);
	what.confirmed_at = 0;
	(void)snprintf(head, sizeof head, "%s",
		fixture_ask(f.path, "SELECT hash FROM event ORDER BY seq DESC LIMIT 1"));
	/* The number may be blank, and come later. */
	CHECK_OK(notice_sent(f.desk, id, &what, &n, &err), err);
	CHECK_INT(n, 1);
	CHECK_STR(fixture_ask(f.path, STATE), "met");
	CHECK_INT(strtoll(fixture_ask(f.path, MET), NULL, 10), FIXTURE_START + HOUR);
	CHECK_OK(notice_each(f.desk, id, keep_notice, &kept, &err), err);
	CHECK_STR(kept.head, head);
	CHECK_STR(kept.number, "");
	CHECK_STR(kept.to, "bca");
	CHECK_OK(notice_confirm(f.desk, id, &(struct notice_new){ .form = "initial-24h",
		.number = "12/TB", .confirmed_by = "trực ban" }, &err), err);
	CHECK_OK(notice_each(f.desk, id, keep_notice, &kept, &err), err);
	CHECK_STR(kept.number, "12/TB");
	CHECK_STR(kept.by, "trực ban");
	/* Facts no longer move what is met. */
	CHECK_OK(case_set(f.desk, id, &earlier, 1, &err), err);
	CHECK_STR(fixture_ask(f.path, STATE), "met");
	end(&f);
}

TEST(who_confirmed_a_report_stands_as_the_first_recorded_it)
{
	struct kept_notice kept = { .count = 0 };
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
	assert_non_null(strstr(err.message, "Thị Lan"));
	assert_non_null(strstr(err.message, "trực ban"));
	said.confirmed_by = NULL;
	said.number = "13/TB";
	CHECK_ERR(notice_confirm(f.desk, id, &said, &err), err, ERR_CONFLICT);
	CHECK_OK(notice_each(f.desk, id, keep_notice, &kept, &err), err);
	CHECK_STR(kept.number, "12/TB");
	CHECK_STR(kept.by, "trực ban");
	fixture_as(&f, "lan");
	CHECK_OK(notice_confirm(f.desk, id, &said, &err), err);
	CHECK_OK(notice_each(f.desk, id, keep_notice, &kept, &err), err);
	CHECK_STR(kept.number, "13/TB");
	end(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(a_clock_is_met_by_recording_what_a_person_sent),
		RUN(who_confirmed_a_report_stands_as_the_first_recorded_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
