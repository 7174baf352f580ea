/* What is wrong with the roster of the days to come, who is meant by a layer, who can
 * be where; the roster as tables and calendars. */
#include "tests/core/duty_world.h"

#include "core/callee.h"
#include "core/duty_gaps.h"
#include "core/duty_ics.h"
#include "core/duty_import.h"
#include "core/duty_reach.h"
#include "core/member.h"
#include "core/now.h"
#include "core/rule.h"
#include "core/setting.h"
#include "core/text.h"
#include "core/whom.h"

SQL(TEST_EVENTS, "", "SELECT COUNT(*) FROM event");

static int64_t
events(struct fixture *f)
{
	int64_t count = 0;

	CHECK_OK(db_one_int(desk_db(f->desk), &TEST_EVENTS, &count, &err, NOARGS), err);
	return count;
}

static int
faults(struct fixture *f, enum duty_fault fault, const char *login)
{
	struct duty_gaps gaps;
	int count = 0;

	CHECK_OK(duty_gaps(f->desk, f->now, 14, &gaps, &err), err);
	for (int i = 0; i < gaps.count; i++) {
		CHECK(gaps.all[i].text != NULL && gaps.all[i].until > gaps.all[i].from);
		CHECK(gaps.all[i].until > f->now && gaps.all[i].from < f->now + 14 * DAY);
		count += gaps.all[i].fault == fault &&
			(login == NULL || strcmp(gaps.all[i].login, login) == 0);
	}
	duty_gaps_clear(&gaps);
	return count;
}

TEST(gaps_leave_long_hours_nights_and_a_raised_watch_are_found)
{
	const struct duty_span span = { "26/11/2026 00:00", "27/11/2026 00:00" };
	struct duty_raise_new tet = { .name = "Bão số 13", .kind = "storm",
		.needs = "backup=2", .span = { "28/11/2026", "29/11/2026" } };
	struct fixture f;
	int n;

	begin(&f);
	CHECK_OK(setting_set(f.desk, "duty.week_hours", "84", &err), err);
	CHECK_INT(faults(&f, DUTY_GAP, NULL) + faults(&f, DUTY_AWAY, NULL) +
		faults(&f, DUTY_WEEK, NULL) + faults(&f, DUTY_NIGHTS, NULL) +
		faults(&f, DUTY_RAISED, NULL) + faults(&f, DUTY_ROW, NULL), 0);
	override(&f, "remove", NULL, "minh", "23/11/2026 06:00", "23/11/2026 18:00");
	CHECK_INT(faults(&f, DUTY_GAP, NULL), 1);
	CHECK_OK(duty_away(f.desk, "quan", &span, "", &n, &err), err);
	CHECK_INT(faults(&f, DUTY_AWAY, "quan"), 1);
	CHECK_INT(faults(&f, DUTY_GAP, NULL), 1);
	CHECK_OK(duty_raise(f.desk, &tet, &n, &err), err);
	CHECK_INT(faults(&f, DUTY_RAISED, NULL), 1);
	/* The night of the 24th is nam's: with that of the 25th he has two. */
	CHECK_STR(who(&f, "first", at(&f, "24/11/2026 23:00")), "nam");
	CHECK_STR(who(&f, "first", at(&f, "25/11/2026 23:00")), "lan");
	override(&f, "replace", "nam", "lan", "25/11/2026 18:00", "26/11/2026 06:00");
	CHECK_INT(faults(&f, DUTY_NIGHTS, "nam"), 1);
	CHECK_OK(setting_set(f.desk, "duty.row_hours", "23", &err), err);
	CHECK(faults(&f, DUTY_ROW, "nam") > 0);
	CHECK_OK(setting_set(f.desk, "duty.week_hours", "20", &err), err);
	CHECK(faults(&f, DUTY_WEEK, "lan") > 0);
	CHECK_INT(faults(&f, DUTY_WEEK, "quan"), 0); /* backup is no work */
	CHECK_OK(duty_withdraw(f.desk, "raise", 1, "", &err), err);
	CHECK_INT(faults(&f, DUTY_RAISED, NULL), 0);
	end(&f);
}

TEST(nights_that_began_before_are_counted_and_what_is_over_is_not_told)
{
	struct fixture f;

	begin(&f);
	CHECK_OK(setting_set(f.desk, "duty.row_hours", "23", &err), err);
	/* It is 02:10: this night is minh's, and so is to be the next. */
	CHECK_INT(faults(&f, DUTY_NIGHTS, "minh"), 0);
	override(&f, "replace", "minh", "nam", "21/11/2026 18:00", "22/11/2026 06:00");
	CHECK_INT(faults(&f, DUTY_NIGHTS, "minh"), 1);
	for (int days = 0; days < 5; days++) {
		CHECK(faults(&f, DUTY_ROW, "nam") > 0);
		fixture_later(&f, DAY);
	}
	CHECK_INT(faults(&f, DUTY_NIGHTS, "minh"), 0);
	end(&f);
}

TEST(a_gap_says_how_many_are_there_at_its_time)
{
	static const struct {
		const char *from;
		int64_t is;
	} rows[] = { { "21/11/2026 02:10", 1 }, { "23/11/2026 06:00", 0 },
		{ "23/11/2026 18:00", 1 } };
	struct duty_gaps gaps;
	struct fixture f;
	size_t found = 0;

	begin(&f);
	set(&f, "first", "{'needed': 2}");
	override(&f, "remove", NULL, "minh", "23/11/2026 06:00", "23/11/2026 18:00");
	CHECK_OK(duty_gaps(f.desk, f.now, 7, &gaps, &err), err);
	for (int i = 0; i < gaps.count; i++) {
		if (gaps.all[i].fault == DUTY_GAP) {
			CHECK(found < 3 && gaps.all[i].is == rows[found].is);
			CHECK_INT(gaps.all[i].from, at(&f, rows[found++].from));
		}
	}
	CHECK_INT(found, 3);
	duty_gaps_clear(&gaps);
	end(&f);
}

TEST(now_names_a_hole_of_the_next_day_to_who_can_mend_it)
{
	struct fixture f;
	struct now now;
	char *text;

	fixture_memory(&f);
	set(&f, "first", "{'name': 'Trực chính'}");
	CHECK_OK(now_find(&now, f.desk, &err), err);
	CHECK(now.kind != NOW_DUTY_GAP); /* nobody keeps a roster here yet */
	end(&f);
	begin(&f);
	CHECK_OK(now_find(&now, f.desk, &err), err);
	CHECK(now.kind != NOW_DUTY_GAP);
	override(&f, "remove", NULL, "nam", "21/11/2026 18:00", "21/11/2026 22:00");
	CHECK_OK(now_find(&now, f.desk, &err), err);
	CHECK_INT(now.kind, NOW_DUTY_GAP);
	CHECK_INT(now.due, at(&f, "21/11/2026 18:00"));
	text = now_text(&now, f.now);
	CHECK(strstr(text, "Trực chính") != NULL);
	free(text);
	fixture_as(&f, "lan");
	CHECK_OK(now_find(&now, f.desk, &err), err);
	CHECK(now.kind != NOW_DUTY_GAP);
	end(&f);
}

TEST(a_layer_is_a_person_for_settings_rules_calls_and_new_cases)
{
	struct json *found = NULL, *facts = quoted("{'kind': 'power', 'severity': 4}");
	struct json *rule = quoted("{'family': 'contact', 'order': 1, 'source': 'thử',"
		" 'when': {'kind': 'power'}, 'then': {'tell': ['duty:backup']}}");
	struct callee callee;
	struct ir_case c;
	struct fixture f;
	char id[UUID_SIZE];
	char *value = NULL;
	bool me;

	begin(&f);
	CHECK_ERR(setting_set(f.desk, "agent.truc_ca", "duty:third", &err), err, ERR_NOT_FOUND);
	CHECK_OK(setting_set(f.desk, "agent.truc_ca", "duty:first", &err), err);
	CHECK_OK(setting_agent(f.desk, "truc_ca", &value, &err), err);
	CHECK_STR(value, "member:minh");
	free(value);
	fixture_as(&f, "minh");
	CHECK_OK(whom_is_me(&me, f.desk, "truc_ca", &err), err);
	CHECK(me);
	CHECK_OK(callee_find(&callee, f.desk, NULL, "duty:first", &err), err);
	CHECK_STR(callee.key, "minh");
	callee_clear(&callee);
	CHECK_OK(rule_add(f.desk, "tell-backup", rule, &err), err);
	CHECK_OK(rule_contacts(f.desk, facts, NULL, &found, &err), err);
	CHECK_STR(json_get_text(json_at(json_get(found, "tell"), 0), "login"), "quan");
	json_free(found);
	json_free(facts);
	json_free(rule);
	fixture_as(&f, "lan");
	fixture_case(&f, "Mất điện", id);
	c = fixture_load(&f, id);
	CHECK_STR(c.owner_login, "minh");
	case_clear(&c);
	end(&f);
}

TEST(an_island_is_not_reached_at_night_but_by_who_lives_there)
{
	struct json *given = quoted("{'area': 'Kon Tum cũ', 'on_site': 40}");
	struct duty_reach reach;
	struct fixture f;

	begin(&f);
	CHECK_ERR(setting_set(f.desk, "reach.kontum", "night", &err), err, ERR_BAD_INPUT);
	CHECK_OK(setting_set(f.desk, "reach.kontum", "05:00-18:00 Kon Tum cũ", &err), err);
	CHECK_OK(setting_set(f.desk, "reach.island", "06:00-16:00 island", &err), err);
	CHECK_OK(member_set(f.desk, "lan", given, &err), err);
	json_free(given);
	/* 02:10 at night */
	CHECK_OK(duty_reach(f.desk, "nam", "Kon Tum cũ", f.now, &reach, &err), err);
	CHECK(!reach.can);
	CHECK_INT(reach.at, at(&f, "21/11/2026 05:00"));
	CHECK(strstr(reach.why, "Kon Tum") != NULL);
	duty_reach_clear(&reach);
	CHECK_OK(duty_reach(f.desk, "lan", "Kon Tum cũ", f.now, &reach, &err), err);
	CHECK(reach.can);
	CHECK_INT(reach.at, f.now + 40 * 60000);
	duty_reach_clear(&reach);
	CHECK_OK(duty_reach(f.desk, "nam", "Kon Tum cũ", at(&f, "21/11/2026 05:00"), &reach,
		&err), err);
	CHECK(reach.can && reach.at == 0);
	duty_reach_clear(&reach);
	CHECK_OK(duty_reach(f.desk, "lan", "", f.now, &reach, &err), err);
	CHECK(!reach.can); /* nor comes down from there */
	duty_reach_clear(&reach);
	CHECK_OK(duty_reach(f.desk, "nam", REACH_ISLAND, f.now, &reach, &err), err);
	CHECK(!reach.can);
	duty_reach_clear(&reach);
	end(&f);
}

TEST(a_table_is_taken_in_whole_or_not_at_all_with_the_fault_by_its_line)
{
	static const char good[] = "\xef\xbb\xbfNgày;Ca;Lớp;Người trực\r\n"
		"01/12/2026;06:00-18:00;first;lan\r\n"
		"\"01/12/2026\";\"Ca đêm\";first;\"nam\"\r\n\r\n"
		"01/11/2026;06:00-18:00;first;lan\r\n"
		/* The name as a Mac writes it. */
		"02/12/2026;06:00-18:00;first;Vo\xcc\x83" " Quang Minh\r\n";
	static const char bad[] = "date,shift,layer,login\n01/12/2026,06:00-18:00,first,lan\n"
		"31/02/2026,06:00-18:00,first,lan\n01/12/2026,noon,first,lan\n"
		"01/12/2026,06:00-18:00,third,lan\n01/12/2026,06:00-18:00,first,nobody\n";
	const struct duty_table table = { .name = "Tháng 12" };
	struct json *report = NULL;
	struct fixture f;
	int64_t before;

	begin(&f);
	before = events(&f);
	CHECK_ERR(duty_import(f.desk, bad, sizeof bad - 1, &table, &report, &err), err,
		ERR_BAD_INPUT);
	CHECK_INT(json_count(json_get(report, "errors")), 4);
	CHECK_INT(json_get_int(json_at(json_get(report, "errors"), 0), "line", 0), 3);
	CHECK_INT(json_get_int(json_at(json_get(report, "errors"), 3), "line", 0), 6);
	json_free(report);
	CHECK_INT(events(&f), before);
	CHECK_OK(duty_import(f.desk, good, sizeof good - 1, &table, &report, &err), err);
	CHECK_INT(json_get_int(report, "shifts", 0), 3);
	CHECK_INT(json_get_int(report, "past", 0), 1);
	json_free(report);
	CHECK_STR(who(&f, "first", at(&f, "01/12/2026 12:00")), "lan");
	CHECK_STR(who(&f, "first", at(&f, "01/12/2026 23:00")), "nam");
	CHECK_STR(who(&f, "first", at(&f, "02/12/2026 12:00")), "minh");
	CHECK_STR(who(&f, "first", at(&f, "03/12/2026 12:00")), "lan"); /* the rules again */
	end(&f);
}

TEST(a_calendar_folds_escapes_and_keeps_its_uids)
{
	struct buf one = { 0 }, two = { 0 }, line = { 0 };
	char *uid, *same;
	struct fixture f;

	begin(&f);
	CHECK_OK(duty_ics(f.desk, "lan", f.now, f.now + 5 * DAY, &one, &err), err);
	fixture_later(&f, HOUR);
	CHECK_OK(duty_ics(f.desk, "lan", f.now, f.now + 5 * DAY, &two, &err), err);
	uid = strstr(buf_text(&one), "UID:");
	same = strstr(buf_text(&two), "UID:");
	CHECK(uid != NULL && same != NULL && strncmp(uid, same, 40) == 0);
	CHECK(strstr(buf_text(&one), "DTSTART:20261120T230000Z\r\n") != NULL);
	CHECK(strstr(buf_text(&one), "TRIGGER:-PT1H\r\n") != NULL);
	ics_text(&line, "a,b;c\\d\ne");
	CHECK_STR(buf_text(&line), "a\\,b\\;c\\\\d\\ne");
	buf_clear(&line);
	buf_clear(&one);
	for (int i = 0; i < 60; i++) {
		buf_adds(&line, "đ");
	}
	ics_line(&one, buf_text(&line));
	for (const char *p = buf_text(&one); *p != '\0';) {
		const char *stop = strstr(p, "\r\n");

		CHECK(stop != NULL && stop - p <= 75);
		CHECK(text_valid_utf8(p, (size_t)(stop - p)));
		p = stop + 2;
	}
	buf_free(&one);
	buf_free(&two);
	buf_free(&line);
	end(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(gaps_leave_long_hours_nights_and_a_raised_watch_are_found),
		RUN(nights_that_began_before_are_counted_and_what_is_over_is_not_told),
		RUN(a_gap_says_how_many_are_there_at_its_time),
		RUN(now_names_a_hole_of_the_next_day_to_who_can_mend_it),
		RUN(a_layer_is_a_person_for_settings_rules_calls_and_new_cases),
		RUN(an_island_is_not_reached_at_night_but_by_who_lives_there),
		RUN(a_table_is_taken_in_whole_or_not_at_all_with_the_fault_by_its_line),
		RUN(a_calendar_folds_escapes_and_keeps_its_uids),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
