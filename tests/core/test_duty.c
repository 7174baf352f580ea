/* Who is on call: exceptions, leave, temporary schedules, swaps, and the history that
 * no later rule changes. */
#include "tests/core/duty_world.h"

#include "core/duty_past.h"
#include "core/member.h"

SQL(TEST_EVENTS, "", "SELECT COUNT(*) FROM event");

static int64_t
events(struct fixture *f)
{
	int64_t count = 0;

	CHECK_OK(db_one_int(desk_db(f->desk), &TEST_EVENTS, &count, &err, NOARGS), err);
	return count;
}

TEST(a_layer_gives_who_has_the_turn_by_day_and_by_night)
{
	struct fixture f;
	struct duty_list list;

	begin(&f);
	CHECK_STR(who(&f, "first", f.now), "minh");
	CHECK_STR(who(&f, "first", at(&f, "21/11/2026 06:00")), "lan");
	CHECK_STR(who(&f, "first", at(&f, "21/11/2026 18:00")), "nam");
	CHECK_STR(who(&f, "first", at(&f, "22/11/2026 06:00")), "nam");
	CHECK_STR(who(&f, "backup", at(&f, "25/12/2026 06:00")), "quan");
	CHECK_OK(duty_who(f.desk, "first", at(&f, "21/11/2026 18:00"), &list, &err), err);
	/* His night and the day after it are one. */
	CHECK_INT(list.people[0].until, at(&f, "22/11/2026 18:00"));
	duty_list_clear(&list);
	CHECK_OK(duty_who(f.desk, "backup", f.now, &list, &err), err);
	CHECK(list.people[0].until == NO_DUE);
	duty_list_clear(&list);
	CHECK_ERR(duty_who(f.desk, "third", f.now, &list, &err), err, ERR_NOT_FOUND);
	end(&f);
}

TEST(an_exception_replaces_and_removes_only_who_is_there_and_adds_at_the_end)
{
	struct fixture f;
	struct duty_override_new what = { .kind = "replace", .layer = "first",
		.member = "quan", .other = "minh", .span = { "21/11/2026 08:00",
		"21/11/2026 12:00" } };
	int n;

	begin(&f);
	CHECK_ERR(duty_override(f.desk, &what, &n, &err), err, ERR_REFUSED);
	n = override(&f, "replace", "quan", "lan", "21/11/2026 08:00", "21/11/2026 12:00");
	CHECK_STR(who(&f, "first", at(&f, "21/11/2026 07:59")), "lan");
	CHECK_STR(who(&f, "first", at(&f, "21/11/2026 08:00")), "quan");
	CHECK_STR(who(&f, "first", at(&f, "21/11/2026 12:00")), "lan");
	what.other = "lan";
	CHECK_ERR(duty_override(f.desk, &what, &n, &err), err, ERR_CONFLICT);
	override(&f, "add", "minh", NULL, "21/11/2026 09:00", "21/11/2026 20:00");
	CHECK_STR(who(&f, "first", at(&f, "21/11/2026 10:00")), "quan minh");
	CHECK_STR(who(&f, "first", at(&f, "21/11/2026 19:00")), "nam minh");
	override(&f, "remove", NULL, "nam", "21/11/2026 18:30", "21/11/2026 19:30");
	CHECK_STR(who(&f, "first", at(&f, "21/11/2026 19:00")), "minh");
	CHECK_OK(duty_withdraw(f.desk, "override", 1, "", &err), err);
	CHECK_STR(who(&f, "first", at(&f, "21/11/2026 10:00")), "lan minh");
	what.member = "xem";
	CHECK_ERR(duty_override(f.desk, &what, &n, &err), err, ERR_REFUSED);
	fixture_as(&f, "lan");
	CHECK_ERR(duty_override(f.desk, &what, &n, &err), err, ERR_FORBIDDEN);
	end(&f);
}

TEST(who_came_by_an_exception_or_a_swap_may_be_replaced_in_turn)
{
	const struct duty_swap_new swap = { .layer = "first", .other = "minh",
		.span = { "21/11/2026 06:00", "21/11/2026 18:00" } };
	struct fixture f;
	int n = 0;

	begin(&f);
	fixture_as(&f, "lan");
	CHECK_OK(duty_swap_ask(f.desk, &swap, &n, &err), err);
	fixture_as(&f, "minh");
	CHECK_OK(duty_swap_answer(f.desk, n, "agree", "", &err), err);
	CHECK_STR(who(&f, "first", at(&f, "21/11/2026 10:00")), "minh");
	/* He falls ill: nobody must first undo what the two agreed on. */
	fixture_as(&f, "quan");
	override(&f, "replace", "quan", "minh", "21/11/2026 09:00", "21/11/2026 18:00");
	CHECK_STR(who(&f, "first", at(&f, "21/11/2026 08:00")), "minh");
	CHECK_STR(who(&f, "first", at(&f, "21/11/2026 10:00")), "quan");
	override(&f, "add", "nam", NULL, "21/11/2026 10:00", "21/11/2026 16:00");
	override(&f, "remove", NULL, "nam", "21/11/2026 12:00", "21/11/2026 14:00");
	override(&f, "add", "lan", NULL, "21/11/2026 16:00", "21/11/2026 18:00");
	CHECK_STR(who(&f, "first", at(&f, "21/11/2026 11:00")), "quan nam");
	CHECK_STR(who(&f, "first", at(&f, "21/11/2026 13:00")), "quan");
	CHECK_STR(who(&f, "first", at(&f, "21/11/2026 15:00")), "quan nam");
	CHECK_STR(who(&f, "first", at(&f, "21/11/2026 17:00")), "quan lan");
	/* Withdrawn, what hangs on it does nothing. */
	CHECK_OK(duty_withdraw(f.desk, "override", 1, "", &err), err);
	CHECK_STR(who(&f, "first", at(&f, "21/11/2026 09:30")), "lan");
	end(&f);
}

TEST(who_is_away_is_named_apart_and_never_called)
{
	const struct duty_span span = { "21/11/2026", "21/11/2026" };
	struct json *given = json_object();
	struct fixture f;
	char *login = NULL, *name = NULL;
	int n;

	begin(&f);
	fixture_as(&f, "lan");
	CHECK_ERR(duty_away(f.desk, "nam", &span, "", &n, &err), err, ERR_FORBIDDEN);
	CHECK_OK(duty_away(f.desk, "lan", &span, "thi", &n, &err), err);
	CHECK_STR(who(&f, "first", at(&f, "21/11/2026 10:00")), "-lan");
	CHECK_STR(who(&f, "first", at(&f, "22/11/2026 20:00")), "lan");
	fixture_later(&f, 6 * HOUR);
	CHECK_OK(duty_first(f.desk, "first", &login, &name, &err), err);
	CHECK(login == NULL && name == NULL);
	/* A member who left is not called either. */
	fixture_as(&f, "quan");
	json_set_text(given, "active", "no");
	CHECK_OK(member_set(f.desk, "nam", given, &err), err);
	json_free(given);
	CHECK_STR(who(&f, "first", at(&f, "21/11/2026 20:00")), "-nam");
	end(&f);
}

TEST(who_is_on_leave_cannot_be_put_in_anothers_place)
{
	const struct duty_span span = { "21/11/2026 12:00", "21/11/2026 14:00" };
	const struct duty_override_new what = { .kind = "replace", .layer = "first",
		.member = "quan", .other = "lan", .span = { "21/11/2026 06:00",
		"21/11/2026 18:00" } };
	const struct duty_swap_new swap = { .layer = "first", .other = "minh",
		.span = { "21/11/2026 06:00", "21/11/2026 18:00" } };
	struct fixture f;
	int n = 0, asked = 0;

	begin(&f);
	CHECK_OK(duty_away(f.desk, "quan", &span, "thi", &n, &err), err);
	CHECK_ERR(duty_override(f.desk, &what, &asked, &err), err, ERR_REFUSED);
	CHECK(strstr(err.message, "suco duty withdraw away 1") != NULL);
	CHECK_OK(duty_withdraw(f.desk, "away", n, "", &err), err);
	fixture_as(&f, "lan");
	CHECK_OK(duty_swap_ask(f.desk, &swap, &asked, &err), err);
	/* He took leave after he was asked. */
	fixture_as(&f, "minh");
	CHECK_OK(duty_away(f.desk, "minh", &span, "ốm", &n, &err), err);
	CHECK_ERR(duty_swap_answer(f.desk, asked, "agree", "", &err), err, ERR_REFUSED);
	CHECK_STR(who(&f, "first", at(&f, "21/11/2026 12:00")), "lan");
	/* Who is on leave himself can be replaced. */
	fixture_as(&f, "lan");
	CHECK_OK(duty_away(f.desk, "lan", &span, "thi", &n, &err), err);
	fixture_as(&f, "quan");
	override(&f, "replace", "quan", "lan", "21/11/2026 12:00", "21/11/2026 14:00");
	CHECK_STR(who(&f, "first", at(&f, "21/11/2026 13:00")), "quan");
	end(&f);
}

TEST(a_temporary_schedule_stands_in_the_place_of_all_rules)
{
	struct json *shifts = quoted("[{'login': 'quan', 'from': '16/02/2027 06:00',"
		" 'to': '17/02/2027 06:00'}]");
	struct duty_spell_new what = { .layer = "first", .name = "Tết",
		.span = { "16/02/2027", "17/02/2027" }, .shifts = shifts };
	struct fixture f;
	int n;

	begin(&f);
	override(&f, "add", "minh", NULL, "15/02/2027 00:00", "20/02/2027 00:00");
	CHECK_OK(duty_spell(f.desk, &what, &n, &err), err);
	CHECK_STR(who(&f, "first", at(&f, "16/02/2027 05:00")), "");
	CHECK_STR(who(&f, "first", at(&f, "16/02/2027 06:00")), "quan");
	CHECK_STR(who(&f, "first", at(&f, "17/02/2027 07:00")), "");
	CHECK(strstr(who(&f, "first", at(&f, "18/02/2027 07:00")), "minh") != NULL);
	CHECK_ERR(duty_spell(f.desk, &what, &n, &err), err, ERR_CONFLICT);
	json_free(shifts);
	end(&f);
}

/* A table of days that was taken in is such a schedule: who falls ill in it must be
 * replaced, and shifts in it swapped. */
TEST(an_exception_made_after_a_temporary_schedule_counts_in_it)
{
	struct json *shifts = quoted("[{'login': 'quan', 'from': '16/02/2027 06:00',"
		" 'to': '17/02/2027 06:00'}]");
	const struct duty_spell_new what = { .layer = "first", .name = "Tết",
		.span = { "16/02/2027", "17/02/2027" }, .shifts = shifts };
	const struct duty_swap_new swap = { .layer = "first", .other = "nam",
		.span = { "16/02/2027 12:00", "16/02/2027 18:00" } };
	struct fixture f;
	int n;

	begin(&f);
	override(&f, "add", "lan", NULL, "16/02/2027 00:00", "17/02/2027 00:00");
	CHECK_OK(duty_spell(f.desk, &what, &n, &err), err);
	CHECK_STR(who(&f, "first", at(&f, "16/02/2027 07:00")), "quan");
	/* What was overruled is in nobody's way. */
	n = override(&f, "replace", "lan", "quan", "16/02/2027 06:00", "16/02/2027 12:00");
	CHECK_STR(who(&f, "first", at(&f, "16/02/2027 07:00")), "lan");
	CHECK_OK(duty_swap_ask(f.desk, &swap, &n, &err), err);
	fixture_as(&f, "nam");
	CHECK_OK(duty_swap_answer(f.desk, n, "agree", "", &err), err);
	CHECK_STR(who(&f, "first", at(&f, "16/02/2027 12:00")), "nam");
	CHECK_STR(who(&f, "first", at(&f, "16/02/2027 18:00")), "quan");
	json_free(shifts);
	end(&f);
}

TEST(a_swap_changes_nothing_before_both_agree_and_tells_the_other)
{
	struct duty_swap_new what = { .layer = "first", .other = "nam",
		.span = { "21/11/2026 06:00", "21/11/2026 18:00" },
		.back = { "22/11/2026 06:00", "22/11/2026 18:00" }, .reason = "việc nhà" };
	struct fixture f;
	int64_t told = 0;
	int n = 0;

	SQL(TEST_TOLD, "", "SELECT COUNT(*) FROM message WHERE template LIKE 'doi_ca%'");
	begin(&f);
	fixture_as(&f, "lan");
	CHECK_OK(duty_swap_ask(f.desk, &what, &n, &err), err);
	CHECK_STR(who(&f, "first", at(&f, "21/11/2026 10:00")), "lan");
	CHECK_ERR(duty_swap_answer(f.desk, n, "agree", "", &err), err, ERR_FORBIDDEN);
	fixture_as(&f, "nam");
	CHECK_OK(duty_swap_answer(f.desk, n, "agree", "", &err), err);
	CHECK_STR(who(&f, "first", at(&f, "21/11/2026 10:00")), "nam");
	CHECK_STR(who(&f, "first", at(&f, "22/11/2026 10:00")), "lan");
	CHECK_OK(db_one_int(desk_db(f.desk), &TEST_TOLD, &told, &err, NOARGS), err);
	CHECK_INT(told, 2);
	/* Said twice is said once; another answer comes too late. */
	CHECK_OK(duty_swap_answer(f.desk, n, "agree", "", &err), err);
	CHECK_ERR(duty_swap_answer(f.desk, n, "refuse", "", &err), err, ERR_CONFLICT);
	/* One cannot give what one has not. */
	fixture_as(&f, "minh");
	CHECK_ERR(duty_swap_ask(f.desk, &what, &n, &err), err, ERR_REFUSED);
	end(&f);
}

TEST(half_of_a_swap_is_withdrawn_with_the_other_half_and_both_are_told)
{
	struct duty_swap_new what = { .layer = "first", .other = "nam",
		.span = { "21/11/2026 06:00", "21/11/2026 18:00" },
		.back = { "22/11/2026 06:00", "22/11/2026 18:00" } };
	struct json *list = NULL;
	struct fixture f;
	int64_t told = 0;
	int n = 0;

	SQL(TEST_UNDONE, "", "SELECT COUNT(*) FROM message WHERE template = 'doi_ca_huy'");
	begin(&f);
	fixture_as(&f, "lan");
	CHECK_OK(duty_swap_ask(f.desk, &what, &n, &err), err);
	fixture_as(&f, "nam");
	CHECK_OK(duty_swap_answer(f.desk, n, "agree", "", &err), err);
	fixture_as(&f, "quan");
	CHECK_OK(duty_withdraw(f.desk, "override", 2, "họp", &err), err);
	CHECK_STR(who(&f, "first", at(&f, "21/11/2026 10:00")), "lan");
	CHECK_STR(who(&f, "first", at(&f, "22/11/2026 10:00")), "nam");
	CHECK_OK(db_one_int(desk_db(f.desk), &TEST_UNDONE, &told, &err, NOARGS), err);
	CHECK_INT(told, 2);
	CHECK_OK(duty_swaps(f.desk, false, &list, &err), err);
	CHECK_STR(json_text_of(json_at(list, 0), "state"), "withdrawn");
	CHECK_STR(json_text_of(json_at(list, 0), "asker"), "lan");
	json_free(list);
	end(&f);
}

TEST(a_refused_or_withdrawn_swap_leaves_the_roster_as_it_is)
{
	struct duty_swap_new what = { .layer = "first", .other = "nam",
		.span = { "21/11/2026 06:00", "21/11/2026 18:00" } };
	struct json *list = NULL;
	struct fixture f;
	int one = 0, two = 0;

	begin(&f);
	fixture_as(&f, "lan");
	CHECK_OK(duty_swap_ask(f.desk, &what, &one, &err), err);
	CHECK_OK(duty_swap_ask(f.desk, &what, &two, &err), err);
	CHECK_OK(duty_swap_answer(f.desk, two, "withdraw", "", &err), err);
	fixture_as(&f, "nam");
	CHECK_OK(duty_swap_answer(f.desk, one, "refuse", "bận", &err), err);
	CHECK_STR(who(&f, "first", at(&f, "21/11/2026 10:00")), "lan");
	CHECK_OK(duty_swaps(f.desk, true, &list, &err), err);
	CHECK_INT(json_count(list), 0);
	json_free(list);
	end(&f);
}

TEST(the_past_is_what_was_written_down_and_no_later_rule_changes_it)
{
	struct fixture f;
	int64_t night, day;

	begin(&f);
	night = f.now + HOUR;
	day = at(&f, "21/11/2026 10:00");
	fixture_later(&f, 10 * HOUR);
	/* Nobody was awake meanwhile: the act itself brings the history up. */
	set(&f, "first", "{'rotations': [{'name': 'Một người', 'people': 'quan'}]}");
	CHECK_STR(who(&f, "first", night), "minh");
	CHECK_STR(who(&f, "first", day), "lan");
	CHECK_STR(who(&f, "first", f.now), "quan");
	fixture_later(&f, 2 * DAY);
	CHECK_OK(duty_note_past(f.desk, f.now, &err), err);
	CHECK_STR(who(&f, "first", night), "minh");
	CHECK_STR(who(&f, "first", f.now - DAY), "quan");
	CHECK_ERR(duty_withdraw(f.desk, "override", 9, "", &err), err, ERR_NOT_FOUND);
	end(&f);
}

TEST(who_leaves_the_team_was_on_call_until_then)
{
	struct json *given = quoted("{'active': false}");
	struct fixture f;
	int64_t night, day, left;

	begin(&f);
	night = f.now + HOUR;
	day = at(&f, "21/11/2026 10:00");
	/* No engine runs: lan's shift has begun, and nobody noted it. */
	fixture_later(&f, day + HOUR - f.now);
	CHECK_OK(member_set(f.desk, "lan", given, &err), err);
	left = f.now;
	fixture_later(&f, 5 * HOUR);
	CHECK_OK(duty_note_past(f.desk, f.now, &err), err);
	CHECK_STR(who(&f, "first", night), "minh");
	CHECK_STR(who(&f, "first", day), "lan");
	CHECK_STR(who(&f, "first", left - 1), "lan");
	CHECK_STR(who(&f, "first", left), "");
	json_free(given);
	end(&f);
}

TEST(history_is_written_once_however_often_it_is_noted)
{
	struct fixture f;
	int64_t before, next;

	begin(&f);
	before = events(&f);
	CHECK_OK(duty_note_past(f.desk, f.now, &err), err);
	CHECK_INT(events(&f), before);
	CHECK_OK(duty_next_change(f.desk, f.now, &next, &err), err);
	CHECK_INT(next, at(&f, "21/11/2026 06:00"));
	fixture_later(&f, next - f.now);
	CHECK_OK(duty_note_past(f.desk, f.now, &err), err);
	CHECK_INT(events(&f), before + 1);
	CHECK_OK(duty_note_past(f.desk, f.now, &err), err);
	CHECK_INT(events(&f), before + 1);
	end(&f);
}

TEST(a_clock_that_is_put_back_or_far_ahead_leaves_nobody_out)
{
	struct fixture f;
	int64_t start;

	begin(&f);
	start = f.now;
	CHECK_OK(duty_note_past(f.desk, f.now, &err), err);
	f.now = start - HOUR;
	CHECK_OK(duty_note_past(f.desk, f.now, &err), err);
	CHECK_STR(who(&f, "first", f.now), "minh");
	f.now = start + DAY;
	CHECK_OK(duty_note_past(f.desk, f.now, &err), err);
	CHECK_STR(who(&f, "first", f.now), "nam");
	f.now = start + HOUR;
	CHECK_OK(duty_note_past(f.desk, f.now, &err), err);
	for (int64_t t = f.now; t < start + 3 * DAY; t += HOUR / 4) {
		CHECK(who(&f, "first", t)[0] != '\0');
	}
	end(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(a_layer_gives_who_has_the_turn_by_day_and_by_night),
		RUN(an_exception_replaces_and_removes_only_who_is_there_and_adds_at_the_end),
		RUN(who_came_by_an_exception_or_a_swap_may_be_replaced_in_turn),
		RUN(who_is_away_is_named_apart_and_never_called),
		RUN(who_is_on_leave_cannot_be_put_in_anothers_place),
		RUN(a_temporary_schedule_stands_in_the_place_of_all_rules),
		RUN(an_exception_made_after_a_temporary_schedule_counts_in_it),
		RUN(a_swap_changes_nothing_before_both_agree_and_tells_the_other),
		RUN(half_of_a_swap_is_withdrawn_with_the_other_half_and_both_are_told),
		RUN(a_refused_or_withdrawn_swap_leaves_the_roster_as_it_is),
		RUN(the_past_is_what_was_written_down_and_no_later_rule_changes_it),
		RUN(who_leaves_the_team_was_on_call_until_then),
		RUN(history_is_written_once_however_often_it_is_noted),
		RUN(a_clock_that_is_put_back_or_far_ahead_leaves_nobody_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
