/* Once a day the coordinators are told what is wrong with the roster. */
#include "tests/core/duty_world.h"

#include <string.h>

#include "core/duty_coverage.h"
#include "core/duty_gaps.h"
#include "core/member.h"
#include "core/outbox.h"
#include "core/setting.h"
#include "core/template.h"
#include "core/wish.h"

/* The desk's clock is 02:10 in its zone when a fixture begins. */
#define MINUTE INT64_C(60000)
#define TO_SEVEN (4 * HOUR + 50 * MINUTE)

SQL(TEST_REPORTS, "", "SELECT COUNT(*) FROM message WHERE template = 'lich_thieu'");
SQL(TEST_REPORTS_TO, "t", "SELECT COUNT(*) FROM message s JOIN member m ON m.id = s.to_id"
	" WHERE template = 'lich_thieu' AND m.login = $1");
SQL(TEST_LAST, "", "SELECT id FROM message WHERE template = 'lich_thieu'"
	" ORDER BY position DESC LIMIT 1");
SQL(TEST_FORGET, "", "DELETE FROM local_fact WHERE name LIKE 'duty.%'");
SQL(TEST_NOBODY, "", "DELETE FROM address");

static int
reports(struct desk *desk)
{
	int64_t count = 0;

	CHECK_OK(db_one_int(desk_db(desk), &TEST_REPORTS, &count, &err, NOARGS), err);
	return (int)count;
}

static int64_t
go_round(struct desk *desk)
{
	int64_t next = 0;

	CHECK_OK(duty_coverage_round(desk, &next, &err), err);
	return next;
}

static void
set_to(struct fixture *f, const char *name, const char *value)
{
	CHECK_OK(setting_set(f->desk, name, value, &err), err);
}

/* A roster in which `duty gaps` finds nothing. */
static void
mend(struct fixture *f)
{
	set_to(f, "duty.week_hours", "0");
	set_to(f, "duty.nights", "0");
	set_to(f, "duty.row_hours", "0");
}

static int
gaps(struct fixture *f)
{
	struct duty_gaps found;
	int count;

	CHECK_OK(duty_gaps(f->desk, f->now, DUTY_COVERAGE_DAYS, &found, &err), err);
	count = found.count;
	duty_gaps_clear(&found);
	return count;
}

static void
hole(struct fixture *f, const char *day)
{
	char from[32], to[32], him[32];

	(void)snprintf(from, sizeof from, "%s 06:00", day);
	(void)snprintf(to, sizeof to, "%s 18:00", day);
	(void)snprintf(him, sizeof him, "%s", who(f, "first", at(f, from)));
	override(f, "remove", NULL, him, from, to);
}

static void
address(struct fixture *f)
{
	static const char *const logins[] = { "lan", "nam", "minh", "quan" };

	for (size_t i = 0; i < sizeof logins / sizeof *logins; i++) {
		struct json *given = json_object();
		char mail[64];

		(void)snprintf(mail, sizeof mail, "%s@suco.example", logins[i]);
		json_set_text(given, "mail", mail);
		CHECK_OK(member_set(f->desk, logins[i], given, &err), err);
		json_free(given);
	}
}

/* The last report; *text, the caller's, in the language of who gets it. */
static void
last(struct fixture *f, struct message *m, char **subject, char **text)
{
	struct json *vars = NULL;
	char *id = NULL;

	CHECK_OK(db_one_text(desk_db(f->desk), &TEST_LAST, &id, &err, NOARGS), err);
	CHECK(id != NULL);
	CHECK_OK(message_find(m, f->desk, id, &err), err);
	CHECK_OK(json_parse(&vars, m->vars, strlen(m->vars), NULL, &err), err);
	CHECK_OK(template_render(subject, text, &(struct template_in){ .name = m->template,
		.language = m->language, .vars = vars, .zone = desk_zone(f->desk) }, &err), err);
	json_free(vars);
	free(id);
}

TEST(it_is_told_at_seven_once_and_again_the_next_day)
{
	struct fixture f;

	begin(&f);
	address(&f);
	CHECK_INT(go_round(f.desk), f.now + TO_SEVEN);
	CHECK_INT(reports(f.desk), 0);
	fixture_later(&f, TO_SEVEN - MINUTE);
	CHECK_INT(go_round(f.desk), f.now + MINUTE);
	CHECK_INT(reports(f.desk), 0);
	fixture_later(&f, MINUTE);
	CHECK_INT(go_round(f.desk), f.now + DAY);
	CHECK_INT(reports(f.desk), 1); /* minh alone coordinates */
	for (int i = 0; i < 3; i++) {
		fixture_later(&f, 5 * HOUR);
		CHECK_INT(go_round(f.desk), f.now - (i + 1) * 5 * HOUR + DAY);
	}
	CHECK_INT(reports(f.desk), 1);
	fixture_later(&f, 9 * HOUR);
	(void)go_round(f.desk);
	CHECK_INT(reports(f.desk), 2);
	end(&f);
}

TEST(coordinators_are_told_and_administrators_where_there_are_none)
{
	struct fixture f;
	struct json *given = quoted("{'role': 'responder'}");
	int64_t to_minh = 0, to_quan = 0;

	begin(&f);
	fixture_later(&f, TO_SEVEN);
	(void)go_round(f.desk);
	CHECK_OK(member_set(f.desk, "minh", given, &err), err);
	fixture_later(&f, DAY);
	(void)go_round(f.desk);
	CHECK_OK(db_one_int(desk_db(f.desk), &TEST_REPORTS_TO, &to_minh, &err, TXT("minh")), err);
	CHECK_OK(db_one_int(desk_db(f.desk), &TEST_REPORTS_TO, &to_quan, &err, TXT("quan")), err);
	CHECK_INT(to_minh, 1);
	CHECK_INT(to_quan, 1);
	CHECK_INT(reports(f.desk), 2);
	json_free(given);
	end(&f);
}

TEST(it_is_at_another_time_or_never_as_the_setting_says)
{
	struct fixture f;

	begin(&f);
	set_to(&f, "duty.report_at", "02:00");
	(void)go_round(f.desk);
	CHECK_INT(reports(f.desk), 1);
	fixture_later(&f, DAY);
	set_to(&f, "duty.report_at", "none");
	CHECK(go_round(f.desk) == INT64_MAX);
	CHECK_INT(reports(f.desk), 1);
	CHECK_ERR(setting_set(f.desk, "duty.report_at", "24:00", &err), err, ERR_BAD_INPUT);
	CHECK_ERR(setting_set(f.desk, "duty.report_at", "sáng", &err), err, ERR_BAD_INPUT);
	end(&f);
}

TEST(where_nothing_is_wrong_nothing_is_told_and_not_looked_again_that_day)
{
	struct fixture f;

	begin(&f);
	address(&f);
	mend(&f);
	fixture_later(&f, TO_SEVEN);
	CHECK_INT(gaps(&f), 0);
	(void)go_round(f.desk);
	CHECK_INT(reports(f.desk), 0);
	hole(&f, "25/11/2026");
	CHECK_INT(gaps(&f), 1);
	CHECK_INT(go_round(f.desk), f.now + DAY);
	CHECK_INT(reports(f.desk), 0);
	fixture_later(&f, DAY);
	(void)go_round(f.desk);
	CHECK_INT(reports(f.desk), 1);
	end(&f);
}

TEST(a_desk_without_people_on_its_roster_is_told_nothing)
{
	struct fixture f;

	fixture_memory(&f);
	fixture_later(&f, TO_SEVEN);
	(void)go_round(f.desk);
	set(&f, "first", "{'name': 'Trực chính', 'needed': 1}");
	fixture_later(&f, DAY);
	(void)go_round(f.desk);
	CHECK(gaps(&f) > 0);
	CHECK_INT(reports(f.desk), 0);
	end(&f);
}

/* Opened again, by a second engine, and without the marks that a copy leaves behind. */
TEST(two_engines_a_restart_and_a_copy_tell_it_once)
{
	struct fixture f;
	struct desk *one, *two;

	fixture_file(&f);
	set(&f, "first", "{'name': 'Trực chính', 'rotation': {'people': 'lan'}}");
	fixture_later(&f, TO_SEVEN);
	one = fixture_open(&f, NULL);
	two = fixture_open(&f, NULL);
	(void)go_round(one);
	(void)go_round(two);
	CHECK_INT(reports(f.desk), 1);
	desk_close(two);
	desk_close(one);
	one = fixture_open(&f, NULL);
	(void)go_round(one);
	CHECK_INT(reports(f.desk), 1);
	CHECK_OK(db_run(desk_db(one), &TEST_FORGET, &err, NOARGS), err);
	CHECK_INT(go_round(one), f.now + DAY);
	CHECK_INT(reports(f.desk), 1);
	desk_close(one);
	end(&f);
}

TEST(it_says_ten_faults_in_the_words_of_duty_gaps_and_how_many_more_there_are)
{
	struct message m = { 0 };
	char *subject, *text, day[16];
	struct fixture f;
	int lines = 0;

	begin(&f);
	address(&f);
	mend(&f);
	hole(&f, "23/11/2026");
	fixture_later(&f, TO_SEVEN);
	(void)go_round(f.desk);
	last(&f, &m, &subject, &text);
	CHECK_STR(m.language, "vi");
	CHECK(strstr(subject, "1 chỗ") != NULL);
	CHECK(strstr(text, "- 23/11 06:00 - 23/11 18:00  Trực chính: ") != NULL);
	CHECK(strstr(text, "Xem lại: suco duty gaps --days 30") != NULL);
	CHECK(strstr(text, "Còn") == NULL);
	message_clear(&m);
	free(subject);
	free(text);
	for (int i = 24; i < 24 + 14; i++) {
		(void)snprintf(day, sizeof day, "%02d/%02d/2026", i <= 30 ? i : i - 30,
			i <= 30 ? 11 : 12);
		hole(&f, day);
	}
	fixture_later(&f, DAY);
	CHECK_INT(gaps(&f), 15);
	(void)go_round(f.desk);
	last(&f, &m, &subject, &text);
	CHECK(strstr(subject, "15 chỗ") != NULL);
	for (const char *p = text; (p = strstr(p, "- 2")) != NULL; p++) {
		lines += p == text || p[-1] == '\n';
	}
	CHECK(strstr(text, "Còn 5 chỗ nữa: suco duty gaps --days 30") != NULL);
	CHECK(strstr(text, "Xem lại") == NULL);
	CHECK(lines >= 7 && lines <= 10); /* of November; those of December are 0 */
	message_clear(&m);
	free(subject);
	free(text);
	end(&f);
}

TEST(who_is_on_call_and_has_no_address_is_named)
{
	struct message m = { 0 };
	char *subject, *text;
	struct fixture f;

	fixture_file(&f);
	set(&f, "first", "{'name': 'Trực chính', 'rotation': {'type': 'fixed', 'people': 'lan'}}");
	address(&f);
	mend(&f);
	fixture_later(&f, TO_SEVEN);
	(void)go_round(f.desk);
	CHECK_INT(reports(f.desk), 0);
	CHECK_OK(db_run(desk_db(f.desk), &TEST_NOBODY, &err, NOARGS), err);
	fixture_later(&f, DAY);
	(void)go_round(f.desk);
	CHECK_INT(reports(f.desk), 1);
	last(&f, &m, &subject, &text);
	CHECK_STR(m.state, "failed"); /* the coordinator has none either: it is seen so */
	CHECK(strstr(text, "\n- Phạm Thị Lan ") != NULL);
	CHECK(strstr(subject, "1 chỗ") != NULL); /* who is not on call is not named */
	message_clear(&m);
	free(subject);
	free(text);
	fixture_end(&f);
}

TEST(it_waits_for_the_end_of_quiet_hours_and_for_the_digest)
{
	struct message m = { 0 };
	char *subject, *text;
	struct fixture f;

	begin(&f);
	address(&f);
	fixture_as(&f, "minh");
	CHECK_OK(wish_set(f.desk, "minh", "quiet", "22:00-08:00", &err), err);
	fixture_as(&f, "quan");
	fixture_later(&f, TO_SEVEN);
	(void)go_round(f.desk);
	last(&f, &m, &subject, &text);
	CHECK_STR(m.state, "queued");
	CHECK_INT(m.not_before, f.now + HOUR);
	CHECK_INT(m.expires_at, f.now + HOUR + DAY);
	message_clear(&m);
	free(subject);
	free(text);
	end(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(it_is_told_at_seven_once_and_again_the_next_day),
		RUN(coordinators_are_told_and_administrators_where_there_are_none),
		RUN(it_is_at_another_time_or_never_as_the_setting_says),
		RUN(where_nothing_is_wrong_nothing_is_told_and_not_looked_again_that_day),
		RUN(a_desk_without_people_on_its_roster_is_told_nothing),
		RUN(two_engines_a_restart_and_a_copy_tell_it_once),
		RUN(it_says_ten_faults_in_the_words_of_duty_gaps_and_how_many_more_there_are),
		RUN(who_is_on_call_and_has_no_address_is_named),
		RUN(it_waits_for_the_end_of_quiet_hours_and_for_the_digest),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
