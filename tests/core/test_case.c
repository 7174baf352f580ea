/* Opening cases, finding them by what people type, and what belongs to them:
 * merging, links, tasks, observables. */
#include "tests/fixture.h"

#include <stdio.h>

#include "core/case_open.h"
#include "core/case_set.h"
#include "core/merge.h"
#include "core/note.h"
#include "core/observable.h"
#include "core/setting.h"
#include "core/observable.h"
#include "core/setting.h"
#include "core/status.h"
#include "core/task.h"
#include "core/waiting.h"

static void
check_found(struct fixture *f, const char *spec, const char *number)
{
	struct ir_case c = { 0 };
	struct error err;
	bool ok = case_find(&c, f->desk, spec, &err);

	if (number == NULL) {
		CHECK(!ok);
		CHECK_INT(err.code, ERR_NOT_FOUND);
	} else {
		CHECK_OK(ok, err);
		CHECK_STR(c.number, number);
	}
	case_clear(&c);
}

TEST(a_case_is_found_by_every_form_of_its_number)
{
	struct fixture f;
	struct error err;
	char id[UUID_SIZE];

	fixture_memory(&f);
	fixture_case(&f, "năm trước", id);
	fixture_case(&f, "năm trước, hai", id);
	fixture_later(&f, INT64_C(366) * 86400000);
	fixture_case(&f, "năm nay", id);
	CHECK_OK(case_open(f.desk, &(struct case_new){ .kind = "link", .title = "diễn tập",
		.drill = true }, id, &err), err);
	check_found(&f, "1", "2027-0001");
	/* This year has no 2: the newest year that has it. */
	check_found(&f, "2", "2026-0002");
	check_found(&f, "2026-1", "2026-0001");
	check_found(&f, "2026-0001", "2026-0001");
	check_found(&f, "2026-000001", "2026-0001");
	check_found(&f, "D-2027-1", "D-2027-0001");
	check_found(&f, "d-1", "D-2027-0001");
	check_found(&f, id, "D-2027-0001");
	check_found(&f, "3", NULL);
	check_found(&f, "2025-1", NULL);
	check_found(&f, "D-2026-1", NULL);
	check_found(&f, "", NULL);
	check_found(&f, "-1", NULL);
	check_found(&f, "2026-", NULL);
	check_found(&f, "1x", NULL);
	check_found(&f, "999999999999999999999", NULL);
	check_found(&f, "0193c4d2-7a10-7abc-8def-0123456789ab", NULL);
	fixture_end(&f);
}

TEST(a_case_opens_with_what_was_said_and_an_owner)
{
	struct fixture f;
	struct error err;
	struct ir_case c;
	char id[UUID_SIZE];

	fixture_memory(&f);
	fixture_as(&f, "lan");
	CHECK_OK(case_open(f.desk, &(struct case_new){ .kind = "power",
		.title = "  Mất \t điện  ", .reporter = "ông Bảy",
		.detected_at = f.now - 600000, .owner = "nam" }, id, &err), err);
	c = fixture_load(&f, id);
	CHECK_STR(c.title, "Mất điện");
	CHECK_STR(c.owner_login, "nam");
	CHECK_STR(c.reporter, "ông Bảy");
	CHECK_INT(c.detected_at, f.now - 600000);
	CHECK_INT(c.opened_at, f.now);
	CHECK_INT(c.severity, 0);
	CHECK_STR(c.status, "new");
	CHECK_STR(c.reportable, "unknown");
	CHECK_INT(c.version, fixture_last(&f));
	case_clear(&c);
	fixture_case(&f, "của ai mở", id);
	c = fixture_load(&f, id);
	CHECK_STR(c.owner_login, "lan");
	case_clear(&c);
	fixture_end(&f);
}

TEST(what_cannot_be_a_case_is_refused_and_nothing_is_numbered)
{
	struct fixture f;
	struct error err;
	char id[UUID_SIZE];
	char *long_title;
	struct ir_case c;

	fixture_memory(&f);
	CHECK_ERR(case_open(f.desk, &(struct case_new){ .kind = "nước", .title = "x" }, id,
		&err), err, ERR_BAD_INPUT);
	assert_non_null(strstr(err.message, "hardware"));
	CHECK_ERR(case_open(f.desk, &(struct case_new){ .kind = "link", .title = " \n" }, id,
		&err), err, ERR_BAD_INPUT);
	CHECK_ERR(case_open(f.desk, &(struct case_new){ .kind = "link", .title = "x\xff" }, id,
		&err), err, ERR_BAD_INPUT);
	long_title = malloc(1024 * 1024);
	memset(long_title, 'a', 1024 * 1024 - 1);
	long_title[1024 * 1024 - 1] = '\0';
	CHECK_ERR(case_open(f.desk, &(struct case_new){ .kind = "link", .title = long_title },
		id, &err), err, ERR_BAD_INPUT);
	assert_non_null(strstr(err.message, "300"));
	free(long_title);
	CHECK_ERR(case_open(f.desk, &(struct case_new){ .kind = "link", .title = "x",
		.asset = "KHÔNG-CÓ" }, id, &err), err, ERR_NOT_FOUND);
	CHECK_ERR(case_open(f.desk, &(struct case_new){ .kind = "link", .title = "x",
		.owner = "ai" }, id, &err), err, ERR_NOT_FOUND);
	fixture_as(&f, "xem");
	CHECK_ERR(case_open(f.desk, &(struct case_new){ .kind = "link", .title = "x" }, id,
		&err), err, ERR_FORBIDDEN);
	fixture_as(&f, "lan");
	/* ESC, bidirectional marks and NFD are cleaned, not refused. */
	CHECK_OK(case_open(f.desk, &(struct case_new){ .kind = "link",
		.title = "mo\xcc\xa3\xcc\x82t\x1b[31m \xe2\x80\xae" "hai" }, id, &err), err);
	c = fixture_load(&f, id);
	CHECK_STR(c.number, "2026-0001");
	CHECK_STR(c.title, "một[31m hai");
	case_clear(&c);
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(merging_links_and_moves_nothing_and_unmerging_clears_it)
{
	struct fixture f;
	struct error err;
	struct ir_case c;
	char one[UUID_SIZE];
	char two[UUID_SIZE];
	char three[UUID_SIZE];

	fixture_memory(&f);
	fixture_case(&f, "một", one);
	fixture_case(&f, "hai", two);
	fixture_case(&f, "ba", three);
	fixture_status(&f, one, "acknowledged");
	CHECK_ERR(case_merge(f.desk, one, one, &err), err, ERR_REFUSED);
	CHECK_OK(case_merge(f.desk, one, two, &err), err);
	CHECK_OK(case_merge(f.desk, one, two, &err), err);
	c = fixture_load(&f, one);
	CHECK_STR(c.status, "merged");
	CHECK_STR(c.merged_into, two);
	CHECK(!c.is_open);
	case_clear(&c);
	/* No circles, no chains, nothing into what is merged or closed. */
	CHECK_ERR(case_merge(f.desk, two, one, &err), err, ERR_REFUSED);
	CHECK_ERR(case_merge(f.desk, two, three, &err), err, ERR_REFUSED);
	CHECK_ERR(case_merge(f.desk, three, one, &err), err, ERR_REFUSED);
	/* New notes go to the target. */
	CHECK_OK(note_add(f.desk, one, &(struct note_new){ .text = "tới đâu" }, &err), err);
	c = fixture_load(&f, two);
	CHECK_INT(c.version, fixture_last(&f));
	case_clear(&c);
	CHECK_OK(case_unmerge(f.desk, one, &err), err);
	c = fixture_load(&f, one);
	CHECK_STR(c.status, "acknowledged");
	CHECK_STR(c.merged_into, "");
	CHECK(c.is_open);
	case_clear(&c);
	CHECK_ERR(case_unmerge(f.desk, one, &err), err, ERR_REFUSED);
	CHECK_OK(case_merge(f.desk, two, three, &err), err);
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(a_drill_is_not_merged_with_a_real_case)
{
	struct fixture f;
	struct error err;
	char one[UUID_SIZE];
	char drill[UUID_SIZE];

	fixture_memory(&f);
	fixture_case(&f, "thật", one);
	CHECK_OK(case_open(f.desk, &(struct case_new){ .kind = "link", .title = "tập",
		.drill = true }, drill, &err), err);
	CHECK_ERR(case_merge(f.desk, drill, one, &err), err, ERR_REFUSED);
	CHECK_ERR(case_merge(f.desk, one, drill, &err), err, ERR_REFUSED);
	fixture_end(&f);
}

TEST(a_case_with_open_work_merged_into_it_cannot_be_closed)
{
	static const char *const way[] = { "acknowledged", "responding", "contained",
		"recovered" };
	const struct status_change close = { .to = "closed", .verb = "close", .cause = "c",
		.result = "r", .lessons = "l" };
	struct fixture f;
	struct error err;
	char one[UUID_SIZE];
	char two[UUID_SIZE];
	int n;

	fixture_memory(&f);
	fixture_case(&f, "một", one);
	fixture_case(&f, "hai", two);
	CHECK_OK(task_add(f.desk, one, &(struct task_new){ .title = "còn dở" }, &n, &err), err);
	CHECK_OK(case_merge(f.desk, one, two, &err), err);
	for (size_t i = 0; i < sizeof way / sizeof *way; i++) {
		fixture_status(&f, two, way[i]);
	}
	CHECK_ERR(status_set(f.desk, two, &close, &err), err, ERR_REFUSED);
	assert_non_null(strstr(err.message, "2026-0001"));
	fixture_decided(&f, one);
	/* The work of a merged case is done where it is. */
	CHECK_OK(task_done(f.desk, one, n, NULL, &err), err);
	fixture_decided(&f, two);
	CHECK_OK(status_set(f.desk, two, &close, &err), err);
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(links_go_both_ways_and_come_off)
{
	struct fixture f;
	struct error err;
	char one[UUID_SIZE];
	char two[UUID_SIZE];

	fixture_file(&f);
	fixture_case(&f, "một", one);
	fixture_case(&f, "hai", two);
	CHECK_ERR(case_link(f.desk, one, one, &err), err, ERR_REFUSED);
	CHECK_OK(case_link(f.desk, one, two, &err), err);
	CHECK_OK(case_link(f.desk, two, one, &err), err);
	CHECK_STR(fixture_ask(f.path, "SELECT count(*) FROM case_link"), "2");
	CHECK_OK(case_unlink(f.desk, two, one, &err), err);
	CHECK_ERR(case_unlink(f.desk, one, two, &err), err, ERR_NOT_FOUND);
	CHECK_STR(fixture_ask(f.path, "SELECT count(*) FROM case_link"), "0");
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(a_task_done_twice_is_a_conflict_only_for_another)
{
	struct fixture f;
	struct error err;
	struct ir_case c;
	char id[UUID_SIZE];
	int n = 0;
	int m = 0;

	fixture_memory(&f);
	fixture_case(&f, "một", id);
	CHECK_OK(task_add(f.desk, id, &(struct task_new){ .title = "a",
		.due_at = f.now + 60000 }, &n, &err), err);
	CHECK_OK(task_add(f.desk, id, &(struct task_new){ .title = "b", .assignee = "nam",
		.due_at = f.now + 30000 }, &m, &err), err);
	CHECK_INT(n, 1);
	CHECK_INT(m, 2);
	c = fixture_load(&f, id);
	CHECK_INT(c.open_tasks, 2);
	CHECK_INT(c.due_at, f.now + 30000);
	case_clear(&c);
	fixture_as(&f, "lan");
	CHECK_OK(task_done(f.desk, id, m, "xong", &err), err);
	CHECK_OK(task_done(f.desk, id, m, NULL, &err), err);
	c = fixture_load(&f, id);
	CHECK_INT(c.open_tasks, 1);
	CHECK_INT(c.due_at, f.now + 60000);
	case_clear(&c);
	fixture_as(&f, "nam");
	CHECK_ERR(task_done(f.desk, id, m, NULL, &err), err, ERR_CONFLICT);
	assert_non_null(strstr(err.message, "Thị Lan"));
	CHECK_OK(task_assign(f.desk, id, n, "lan", &err), err);
	CHECK_OK(task_due(f.desk, id, n, f.now + 1000, "+1s", &err), err);
	CHECK_OK(task_due(f.desk, id, n, NO_DUE, "", &err), err);
	CHECK_ERR(task_assign(f.desk, id, n, "ai", &err), err, ERR_NOT_FOUND);
	CHECK_ERR(task_add(f.desk, id, &(struct task_new){ .title = " " }, &n, &err), err,
		ERR_BAD_INPUT);
	fixture_as(&f, "xem");
	CHECK_ERR(task_done(f.desk, id, 1, NULL, &err), err, ERR_FORBIDDEN);
	c = fixture_load(&f, id);
	CHECK(c.due_at == NO_DUE);
	case_clear(&c);
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(work_is_given_to_nobody_who_may_not_do_it)
{
	const struct waiting_change to = { .owner = "xem" };
	struct fixture f;
	struct ir_case c;
	struct error err = ERROR_INIT;
	char id[UUID_SIZE];
	int n;

	fixture_file(&f);
	fixture_case(&f, "một", id);
	CHECK_ERR(case_assign(f.desk, id, "xem", &err), err, ERR_REFUSED);
	CHECK_ERR(task_add(f.desk, id, &(struct task_new){ .title = "b",
		.assignee = "xem" }, &n, &err), err, ERR_REFUSED);
	CHECK_OK(task_add(f.desk, id, &(struct task_new){ .title = "b" }, &n, &err), err);
	CHECK_ERR(task_assign(f.desk, id, n, "xem", &err), err, ERR_REFUSED);
	CHECK_OK(waiting_add(f.desk, id, &(struct waiting_new){ .whom = "Anh Bình, thợ điện",
		.what = "nối lại" }, &n, &err), err);
	CHECK_ERR(waiting_set(f.desk, id, n, &to, &err), err, ERR_REFUSED);
	CHECK_ERR(setting_set(f.desk, "watch", "xem", &err), err, ERR_NOT_FOUND);
	/* Nor to who has left, had he the watch. */
	CHECK_OK(setting_set(f.desk, "watch", "nam", &err), err);
	fixture_sql(f.path, "UPDATE member SET active = 0 WHERE login = 'nam'");
	CHECK_ERR(case_assign(f.desk, id, "nam", &err), err, ERR_REFUSED);
	CHECK_OK(case_open(f.desk, &(struct case_new){ .kind = "link", .title = "hai" }, id,
		&err), err);
	c = fixture_load(&f, id);
	CHECK_STR(c.owner_login, "quan");
	case_clear(&c);
	fixture_end(&f);
}

TEST(an_observable_is_checked_by_its_type_and_kept_once)
{
	static const struct {
		const char *type, *value;
		bool fits;
	} rows[] = {
		{ "ip", "203.0.113.7", true }, { "ip", "2001:db8::1", true },
		{ "ip", "300.1.1.1", false }, { "ip", "xau.example", false },
		{ "domain", "xau.example", true }, { "domain", "xau", false },
		{ "domain", "a@b.example", false }, { "mail", "a@b.example", true },
		{ "mail", "@b.example", false }, { "url", "https://xau.example/x", true },
		{ "url", "xau.example", false },
		{ "hash", "d41d8cd98f00b204e9800998ecf8427e", true },
		{ "hash", "d41d8cd98f00b204e9800998ecf8427", false },
		{ "hash", "z41d8cd98f00b204e9800998ecf8427e", false },
		{ "other", "gì cũng được", true }, { "other", "", false },
		{ "khác", "x", false },
	};
	struct fixture f;
	struct error err;
	char id[UUID_SIZE];
	int n = 0;
	int again = 0;

	fixture_file(&f);
	fixture_case(&f, "một", id);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		bool ok = observable_add(f.desk, id, rows[i].type, rows[i].value, NULL, NULL, &n,
			&err);

		if (ok != rows[i].fits || (!ok && err.code != ERR_BAD_INPUT)) {
			fail_msg("%s %s", rows[i].type, rows[i].value);
		}
	}
	CHECK_OK(observable_add(f.desk, id, "ip", "203.0.113.7", "red", "lại", &again, &err),
		err);
	CHECK_INT(again, 1);
	CHECK_STR(fixture_ask(f.path, "SELECT count(*) FROM observable"), "7");
	CHECK_ERR(observable_add(f.desk, id, "ip", "203.0.113.8", "tím", NULL, &n, &err), err,
		ERR_BAD_INPUT);
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(set_takes_several_fields_at_once_or_none)
{
	struct fixture f;
	struct error err;
	struct ir_case c;
	char id[UUID_SIZE];

	fixture_memory(&f);
	fixture_case(&f, "một", id);
	CHECK_ERR(case_set(f.desk, id, (const char *const[]){ "title=hai", "tlp=tím" }, 2, &err),
		err, ERR_BAD_INPUT);
	CHECK_ERR(case_set(f.desk, id, (const char *const[]){ "màu=đỏ" }, 1, &err), err,
		ERR_BAD_INPUT);
	CHECK_ERR(case_set(f.desk, id, (const char *const[]){ "title" }, 1, &err), err,
		ERR_BAD_INPUT);
	CHECK_ERR(case_set(f.desk, id, (const char *const[]){ "title=" }, 1, &err), err,
		ERR_BAD_INPUT);
	c = fixture_load(&f, id);
	CHECK_STR(c.title, "một");
	case_clear(&c);
	CHECK_OK(case_set(f.desk, id, (const char *const[]){ "kind=hardware fault",
			 "tlp=GREEN" }, 2, &err), err);
	c = fixture_load(&f, id);
	CHECK_STR(c.kind, "hardware");
	CHECK_STR(c.tlp, "green");
	case_clear(&c);
	CHECK_OK(case_set(f.desk, id, (const char *const[]){ "title=a=b", "kind=attack",
		"occurred=01:30", "reporter=" }, 4, &err), err);
	c = fixture_load(&f, id);
	CHECK_STR(c.title, "a=b");
	CHECK_STR(c.kind, "attack");
	CHECK_INT(c.occurred_at, f.now - 40 * 60000);
	case_clear(&c);
	CHECK_OK(case_set(f.desk, id, (const char *const[]){ "occurred=" }, 1, &err), err);
	c = fixture_load(&f, id);
	CHECK_INT(c.occurred_at, 0);
	case_clear(&c);
	CHECK_ERR(severity_decide(f.desk, id, 5, "x", &err), err, ERR_BAD_INPUT);
	CHECK_ERR(severity_decide(f.desk, id, 3, " ", &err), err, ERR_REFUSED);
	CHECK_ERR(reportable_decide(f.desk, id, "có", "x", &err), err, ERR_BAD_INPUT);
	CHECK_OK(reportable_decide(f.desk, id, "yes", "lộ dữ liệu", &err), err);
	fixture_whole(&f);
	fixture_end(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(a_case_is_found_by_every_form_of_its_number),
		RUN(a_case_opens_with_what_was_said_and_an_owner),
		RUN(what_cannot_be_a_case_is_refused_and_nothing_is_numbered),
		RUN(merging_links_and_moves_nothing_and_unmerging_clears_it),
		RUN(a_drill_is_not_merged_with_a_real_case),
		RUN(a_case_with_open_work_merged_into_it_cannot_be_closed),
		RUN(links_go_both_ways_and_come_off),
		RUN(a_task_done_twice_is_a_conflict_only_for_another),
		RUN(work_is_given_to_nobody_who_may_not_do_it),
		RUN(an_observable_is_checked_by_its_type_and_kept_once),
		RUN(set_takes_several_fields_at_once_or_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
