/* The clocks of a case: started, moved and stopped by its facts, met by a notice
 * that a person sent, never waived by the team. */
#include "tests/core/clock_world.h"

#include <stdio.h>
#include <stdlib.h>

#include "core/case_set.h"
#include "core/deadline.h"
#include "core/merge.h"
#include "core/notice.h"
#include "core/rule.h"
#include "core/setting.h"
#include "core/status.h"
#include "core/undo.h"

static struct error err;

/* One clock as it is: state, start, due, condition.  state "" where there is none. */
struct look {
	const char *form;
	char state[16], condition[16], reason[80], by[24];
	int64_t start, due, met;
	int n;
};

static bool
keep(const struct deadline *d, void *arg)
{
	struct look *look = arg;

	if (strcmp(d->form, look->form) == 0) {
		(void)snprintf(look->state, sizeof look->state, "%s", d->state);
		(void)snprintf(look->condition, sizeof look->condition, "%s", d->condition);
		(void)snprintf(look->reason, sizeof look->reason, "%s", d->reason);
		(void)snprintf(look->by, sizeof look->by, "%s", d->decided_by);
		look->start = d->start_at;
		look->due = d->due_at;
		look->met = d->met_at;
		look->n = d->n;
	}
	return true;
}

static struct look
look(struct fixture *f, const char *id, const char *form)
{
	struct look out = { .form = form };

	CHECK_OK(deadline_each(f->desk, id, false, keep, &out, &err), err);
	return out;
}

static void
check(struct fixture *f, const char *id, const char *form, const char *state)
{
	struct look at = look(f, id, form);

	if (strcmp(at.state, state) != 0) {
		fail_msg("%s is \"%s\", not \"%s\"", form, at.state, state);
	}
}

static void
set(struct fixture *f, const char *id, const char *assignment)
{
	CHECK_OK(case_set(f->desk, id, &assignment, 1, &err), err);
}

static void
send_one(struct fixture *f, const char *id, const char *form)
{
	int n;

	CHECK_OK(notice_sent(f->desk, id, &(struct notice_new){ .form = form,
		.channel = "e_office" }, &n, &err), err);
}

TEST(a_case_runs_its_clocks_from_the_first_minute_as_if_it_were_reportable)
{
	struct fixture f;
	struct ir_case c;
	char id[UUID_SIZE];

	begin(&f);
	fixture_case(&f, "mất điện", id);
	CHECK_STR(look(&f, id, "initial-24h").condition, "if_reportable");
	CHECK_INT(look(&f, id, "initial-24h").due, FIXTURE_START + 24 * HOUR);
	CHECK_INT(look(&f, id, "full-72h").due, FIXTURE_START + 72 * HOUR);
	check(&f, id, "immediate", "");
	/* The nearest is the case's due time, as a late step would be. */
	c = fixture_load(&f, id);
	CHECK_INT(c.due_at, FIXTURE_START + 24 * HOUR);
	case_clear(&c);
	/* Found reportable: for certain now, and at once. */
	CHECK_OK(severity_decide(f.desk, id, 4, "toàn tỉnh", &err), err);
	CHECK_STR(look(&f, id, "immediate").condition, "if_reportable");
	CHECK_OK(reportable_decide(f.desk, id, "yes", "gián đoạn", &err), err);
	CHECK_STR(look(&f, id, "initial-24h").condition, "");
	CHECK_STR(look(&f, id, "immediate").condition, "");
	CHECK_INT(look(&f, id, "immediate").due, FIXTURE_START);
	end(&f);
}

TEST(changing_the_fact_moves_or_stops_a_clock_and_back_starts_it_again)
{
	struct fixture f;
	struct look at;
	char id[UUID_SIZE], before[24];
	begin(&f);
	fixture_case(&f, "mất điện", id);
	fixture_later(&f, HOUR);
	set(&f, id, "detected=-2h");
	at = look(&f, id, "initial-24h");
	CHECK_INT(at.start, FIXTURE_START - HOUR);
	CHECK_INT(at.due, FIXTURE_START + 23 * HOUR);
	CHECK_OK(severity_decide(f.desk, id, 2, "một phòng", &err), err);
	at = look(&f, id, "initial-24h");
	CHECK_STR(at.state, "stopped");
	CHECK_STR(at.reason, "severity=2");
	check(&f, id, "full-72h", "running");
	CHECK_OK(severity_decide(f.desk, id, 3, "lan rộng", &err), err);
	at = look(&f, id, "initial-24h");
	CHECK_STR(at.state, "running");
	CHECK_STR(at.reason, "");
	CHECK_INT(at.due, FIXTURE_START + 23 * HOUR);
	/* Nothing changed: nothing is appended. */
	(void)snprintf(before, sizeof before, "%s",
		fixture_ask(f.path, "SELECT COUNT(*) FROM event"));
	set(&f, id, "tlp=green");
	set(&f, id, "tlp=green");
	CHECK_INT(strtol(fixture_ask(f.path, "SELECT COUNT(*) FROM event"), NULL, 10),
		strtol(before, NULL, 10) + 1);
	CHECK_OK(status_set(f.desk, id, &(struct status_change){ .to = "dismissed",
		.verb = "status", .reason = "báo nhầm" }, &err), err);
	CHECK_STR(look(&f, id, "full-72h").reason, "status=dismissed");
	end(&f);
}

TEST(undoing_the_decision_puts_its_clocks_back)
{
	struct fixture f;
	char id[UUID_SIZE];

	begin(&f);
	fixture_case(&f, "mất điện", id);
	fixture_as(&f, "minh");
	CHECK_OK(severity_decide(f.desk, id, 4, "toàn tỉnh", &err), err);
	CHECK_OK(reportable_decide(f.desk, id, "no", "nội bộ", &err), err);
	check(&f, id, "full-72h", "stopped");
	CHECK_OK(undo_last(f.desk, id, &err), err);
	check(&f, id, "full-72h", "running");
	CHECK_STR(look(&f, id, "full-72h").condition, "if_reportable");
	CHECK_OK(redo_last(f.desk, id, &err), err);
	check(&f, id, "full-72h", "stopped");
	CHECK_OK(undo_last(f.desk, id, &err), err);
	CHECK_OK(severity_decide(f.desk, id, 1, "một máy", &err), err);
	check(&f, id, "full-72h", "stopped");
	CHECK_OK(undo_last(f.desk, id, &err), err);
	check(&f, id, "full-72h", "running");
	end(&f);
}

TEST(only_a_coordinator_says_that_the_law_does_not_ask)
{
	static const char *const no = "reportable=no";
	struct fixture f;
	struct ir_case c;
	char id[UUID_SIZE];

	begin(&f);
	fixture_case(&f, "mất điện", id);
	fixture_as(&f, "lan");
	fixture_later(&f, HOUR);
	CHECK_ERR(reportable_decide(f.desk, id, "no", "nội bộ", &err), err, ERR_FORBIDDEN);
	CHECK_ERR(case_set(f.desk, id, &no, 1, &err), err, ERR_FORBIDDEN);
	CHECK_ERR(deadline_not_applicable(f.desk, id, "full-72h", "nội bộ", &err), err,
		ERR_FORBIDDEN);
	/* "Unknown" with a reason is an answer: it is asked again in an hour. */
	CHECK_OK(reportable_decide(f.desk, id, "unknown", "chờ kỹ thuật", &err), err);
	c = fixture_load(&f, id);
	CHECK_INT(c.reportable_asked_at, FIXTURE_START + HOUR);
	case_clear(&c);
	check(&f, id, "full-72h", "running");
	/* Where no clock runs nothing is waived. */
	CHECK_OK(severity_decide(f.desk, id, 1, "một máy", &err), err);
	CHECK_OK(reportable_decide(f.desk, id, "no", "nội bộ", &err), err);
	end(&f);
}

TEST(not_applicable_has_a_name_a_reason_and_an_undo)
{
	struct fixture f;
	struct look at;
	char id[UUID_SIZE];

	begin(&f);
	fixture_case(&f, "mất điện", id);
	fixture_as(&f, "minh");
	CHECK_ERR(deadline_not_applicable(f.desk, id, "1", " \n", &err), err, ERR_REFUSED);
	CHECK_ERR(deadline_not_applicable(f.desk, id, "không-có", "x", &err), err,
		ERR_NOT_FOUND);
	assert_non_null(strstr(err.message, "initial-24h"));
	assert_non_null(strstr(err.message, "full-72h"));
	CHECK_OK(deadline_not_applicable(f.desk, id, "1", "không nghiêm trọng", &err), err);
	at = look(&f, id, "initial-24h");
	CHECK_STR(at.state, "not_applicable");
	CHECK_STR(at.by, "minh");
	/* It stays when facts change. */
	CHECK_OK(severity_decide(f.desk, id, 4, "thử", &err), err);
	check(&f, id, "initial-24h", "not_applicable");
	fixture_as(&f, "quan");
	CHECK_ERR(deadline_not_applicable(f.desk, id, "1", "khác", &err), err, ERR_CONFLICT);
	assert_non_null(strstr(err.message, " Minh"));
	fixture_as(&f, "minh");
	CHECK_OK(undo_last(f.desk, id, &err), err); /* the severity */
	CHECK_OK(undo_last(f.desk, id, &err), err);
	check(&f, id, "initial-24h", "running");
	end(&f);
}

TEST(who_records_second_is_told_who_was_first_and_a_mistake_runs_again)
{
	struct notice_new what = { .form = "1", .channel = "phone" };
	char id[UUID_SIZE];
	struct fixture f;
	int n;

	begin(&f);
	fixture_case(&f, "mất điện", id);
	fixture_as(&f, "lan");
	CHECK_OK(notice_sent(f.desk, id, &what, &n, &err), err);
	fixture_as(&f, "nam");
	CHECK_ERR(notice_sent(f.desk, id, &what, &n, &err), err, ERR_CONFLICT);
	assert_non_null(strstr(err.message, "Thị Lan"));
	what.update = true;
	CHECK_OK(notice_sent(f.desk, id, &what, &n, &err), err);
	CHECK_INT(n, 2);
	CHECK_ERR(notice_void(f.desk, id, "1", "", &err), err, ERR_REFUSED);
	/* The further one goes first, its clock stays met by the other. */
	CHECK_OK(notice_void(f.desk, id, "1", "nhầm", &err), err);
	check(&f, id, "initial-24h", "met");
	CHECK_OK(notice_void(f.desk, id, "1", "nhầm sự cố", &err), err);
	check(&f, id, "initial-24h", "running");
	CHECK_ERR(notice_void(f.desk, id, "1", "nữa", &err), err, ERR_NOT_FOUND);
	CHECK_STR(fixture_ask(f.path, "SELECT COUNT(*) FROM notice"), "2");
	CHECK_STR(fixture_ask(f.path, "SELECT state FROM notice ORDER BY n DESC LIMIT 1"),
		"void");
	what.update = false;
	CHECK_OK(notice_sent(f.desk, id, &what, &n, &err), err);
	check(&f, id, "initial-24h", "met");
	end(&f);
}

TEST(personal_data_and_capacity_have_times_of_their_own)
{
	struct fixture f;
	struct ir_case c;
	char id[UUID_SIZE];

	begin(&f);
	fixture_case(&f, "lộ dữ liệu", id);
	check(&f, id, "personal-data-72h", "");
	fixture_later(&f, 10 * HOUR);
	set(&f, id, "personal_data=yes");
	CHECK_INT(look(&f, id, "personal-data-72h").due, FIXTURE_START + 82 * HOUR);
	set(&f, id, "personal_data_known=-4h");
	CHECK_INT(look(&f, id, "personal-data-72h").due, FIXTURE_START + 78 * HOUR);
	set(&f, id, "personal_data=no");
	CHECK_STR(look(&f, id, "personal-data-72h").reason, "personal_data=no");
	/* Who says since when it is known says that it is involved. */
	set(&f, id, "personal_data_known=-1h");
	c = fixture_load(&f, id);
	CHECK_STR(c.personal_data, "yes");
	case_clear(&c);
	CHECK_INT(look(&f, id, "personal-data-72h").due, FIXTURE_START + 81 * HOUR);
	set(&f, id, "beyond_capacity=-1h");
	CHECK_INT(look(&f, id, "beyond-capacity").due, FIXTURE_START + 9 * HOUR);
	check(&f, id, "result", "");
	set(&f, id, "beyond_capacity=");
	check(&f, id, "beyond-capacity", "stopped");
	end(&f);
}

TEST(a_case_closes_when_every_lawful_clock_is_met_or_not_applicable)
{
	const struct status_change close = { .to = "closed", .verb = "close", .cause = "c",
		.result = "r", .lessons = "l" };
	struct fixture f;
	char id[UUID_SIZE], other[UUID_SIZE];

	begin(&f);
	fixture_case(&f, "mất điện", id);
	fixture_case(&f, "cùng một vụ", other);
	CHECK_OK(severity_decide(f.desk, id, 3, "thử", &err), err);
	CHECK_OK(reportable_decide(f.desk, id, "yes", "thử", &err), err);
	CHECK_OK(reportable_decide(f.desk, other, "yes", "thử", &err), err);
	CHECK_OK(case_merge(f.desk, other, id, &err), err);
	/* Lawful clocks of both run on. */
	check(&f, other, "initial-24h", "running");
	fixture_status(&f, id, "acknowledged");
	fixture_status(&f, id, "responding");
	check(&f, id, "closing", "");
	fixture_status(&f, id, "recovered");
	check(&f, id, "closing", "running");
	fixture_status(&f, id, "responding");
	check(&f, id, "closing", "stopped");
	fixture_status(&f, id, "recovered");
	check(&f, id, "closing", "running");
	CHECK_ERR(status_set(f.desk, id, &close, &err), err, ERR_REFUSED);
	assert_non_null(strstr(err.how, "suco notice sent"));
	send_one(&f, id, "initial-24h");
	send_one(&f, id, "full-72h");
	send_one(&f, id, "closing");
	CHECK_ERR(status_set(f.desk, id, &close, &err), err, ERR_REFUSED);
	assert_non_null(strstr(err.message, "2026-0002"));
	CHECK_OK(reportable_decide(f.desk, other, "no", "cùng một vụ", &err), err);
	CHECK_OK(status_set(f.desk, id, &close, &err), err);
	end(&f);
}

TEST(a_clock_may_be_started_by_hand_and_no_fact_stops_it)
{
	struct fixture f;
	char id[UUID_SIZE];

	begin(&f);
	fixture_case(&f, "lộ dữ liệu", id);
	check(&f, id, "data-subjects-72h", "");
	CHECK_ERR(deadline_add(f.desk, id, "không-có", 0, &err), err, ERR_NOT_FOUND);
	CHECK_OK(deadline_add(f.desk, id, "vn26-data-subjects-72h", 0, &err), err);
	CHECK_INT(look(&f, id, "data-subjects-72h").due, FIXTURE_START + 72 * HOUR);
	CHECK_ERR(deadline_add(f.desk, id, "vn26-data-subjects-72h", 0, &err), err,
		ERR_CONFLICT);
	set(&f, id, "personal_data=no");
	check(&f, id, "data-subjects-72h", "running");
	end(&f);
}

/* The form of a second clock means the one that runs, not the one that was met. */
TEST(of_two_clocks_of_one_form_the_one_that_runs_is_met)
{
	struct notice_new what = { .form = "initial-24h", .channel = "phone" };
	struct fixture f;
	char id[UUID_SIZE];
	int n;

	begin(&f);
	fixture_case(&f, "mất điện", id);
	CHECK_OK(notice_sent(f.desk, id, &what, &n, &err), err);
	CHECK_OK(deadline_add(f.desk, id, "vn26-initial-24h", 0, &err), err);
	CHECK_OK(notice_void(f.desk, id, "initial-24h", "ghi nhầm", &err), err);
	CHECK_STR(fixture_ask(f.path, "SELECT COUNT(*) FROM deadline"
		" WHERE form = 'initial-24h' AND state = 'running'"), "2");
	CHECK_OK(notice_sent(f.desk, id, &what, &n, &err), err);
	CHECK_OK(notice_sent(f.desk, id, &what, &n, &err), err);
	CHECK_ERR(notice_sent(f.desk, id, &what, &n, &err), err, ERR_CONFLICT);
	CHECK_STR(fixture_ask(f.path, "SELECT COUNT(*) FROM deadline"
		" WHERE form = 'initial-24h' AND state = 'met'"), "2");
	end(&f);
}

TEST(the_setting_says_which_set_of_rules_is_in_force)
{
	struct fixture f;
	char id[UUID_SIZE];

	begin(&f);
	CHECK_ERR(setting_set(f.desk, "deadline.rules", "vn-2062", &err), err, ERR_BAD_INPUT);
	assert_non_null(strstr(err.message, "vn-2026"));
	CHECK_OK(setting_set(f.desk, "deadline.rules", "vn-2017", &err), err);
	fixture_case(&f, "mất điện", id);
	check(&f, id, "initial-24h", "");
	/* Saturday 21/11 02:10 and five days: Thursday 26/11, 24:00. */
	CHECK_INT(look(&f, id, "notice-2017").due, FIXTURE_START + 142 * HOUR - HOUR / 6);
	/* Another set is for what begins; what runs goes on by its own rule. */
	CHECK_OK(setting_set(f.desk, "deadline.rules", "vn-2017,vn-2026", &err), err);
	CHECK_OK(severity_decide(f.desk, id, 3, "thử", &err), err);
	check(&f, id, "initial-24h", "running");
	check(&f, id, "notice-2017", "running");
	/* None at all would silently switch the law off; nothing is the default. */
	CHECK_ERR(setting_set(f.desk, "deadline.rules", ",", &err), err, ERR_BAD_INPUT);
	CHECK_ERR(setting_set(f.desk, "deadline.rules", " ", &err), err, ERR_BAD_INPUT);
	CHECK_OK(setting_set(f.desk, "deadline.rules", "", &err), err);
	fixture_case(&f, "mất mạng", id);
	check(&f, id, "initial-24h", "running");
	end(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(a_case_runs_its_clocks_from_the_first_minute_as_if_it_were_reportable),
		RUN(changing_the_fact_moves_or_stops_a_clock_and_back_starts_it_again),
		RUN(undoing_the_decision_puts_its_clocks_back),
		RUN(only_a_coordinator_says_that_the_law_does_not_ask),
		RUN(not_applicable_has_a_name_a_reason_and_an_undo),
		RUN(who_records_second_is_told_who_was_first_and_a_mistake_runs_again),
		RUN(personal_data_and_capacity_have_times_of_their_own),
		RUN(a_case_closes_when_every_lawful_clock_is_met_or_not_applicable),
		RUN(a_clock_may_be_started_by_hand_and_no_fact_stops_it),
		RUN(of_two_clocks_of_one_form_the_one_that_runs_is_met),
		RUN(the_setting_says_which_set_of_rules_is_in_force),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
