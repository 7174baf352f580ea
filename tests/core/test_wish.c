/* How a member wants to be reached: when he sleeps, in his own zone, and what may
 * wake him. */
#include "tests/fixture.h"

#include "core/member.h"
#include "core/page.h"
#include "core/when.h"
#include "core/wish.h"
#include "core/zone.h"

static int64_t
at(struct fixture *f, int day, int hour, int minute)
{
	return zone_moment(desk_zone(f->desk), &(struct civil){ .year = 2026, .month = 11,
		.day = day, .hour = hour, .minute = minute }, NULL);
}

static int64_t
quiet(struct fixture *f, const char *login, int severity, int64_t when)
{
	char id[UUID_SIZE];
	int64_t until = -1;
	struct error err;

	CHECK_OK(member_id(f->desk, login, id, &err), err);
	CHECK_OK(wish_quiet(f->desk, id, severity, when, &until, &err), err);
	return until;
}

static void
wish(struct fixture *f, const char *name, const char *value)
{
	struct error err;

	CHECK_OK(wish_set(f->desk, "lan", name, value, &err), err);
}

TEST(quiet_hours_hold_what_is_not_serious_until_they_end)
{
	struct fixture f;

	fixture_memory(&f);
	CHECK_INT(quiet(&f, "lan", 1, at(&f, 21, 23, 0)), 0);
	wish(&f, "quiet", "22:00-06:00");
	CHECK_INT(quiet(&f, "lan", 1, at(&f, 21, 21, 59)), 0);
	CHECK_INT(quiet(&f, "lan", 1, at(&f, 21, 22, 0)), at(&f, 22, 6, 0));
	CHECK_INT(quiet(&f, "lan", 2, at(&f, 22, 5, 59)), at(&f, 22, 6, 0));
	CHECK_INT(quiet(&f, "lan", 2, at(&f, 22, 6, 0)), 0);
	CHECK_INT(quiet(&f, "lan", 3, at(&f, 21, 23, 0)), 0);
	CHECK_INT(quiet(&f, "lan", 0, at(&f, 21, 23, 0)), 0); /* nobody knows: it rings */
	wish(&f, "quiet.max", "3");
	CHECK_INT(quiet(&f, "lan", 3, at(&f, 30, 23, 0)), zone_moment(desk_zone(f.desk),
		&(struct civil){ .year = 2026, .month = 12, .day = 1, .hour = 6 }, NULL));
	CHECK_INT(quiet(&f, "lan", 4, at(&f, 21, 23, 0)), 0); /* whatever he wishes */
	wish(&f, "digest", "07:30");
	CHECK_INT(quiet(&f, "lan", 1, at(&f, 21, 23, 0)), at(&f, 22, 7, 30));
	CHECK_INT(quiet(&f, "nam", 1, at(&f, 21, 23, 0)), 0);
	wish(&f, "quiet", "");
	CHECK_INT(quiet(&f, "lan", 1, at(&f, 21, 23, 0)), 0);
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(the_hours_are_those_of_the_members_own_zone)
{
	struct fixture f;

	fixture_memory(&f);
	wish(&f, "quiet", "13:00-14:00");
	wish(&f, "quiet.zone", "UTC");
	CHECK_INT(quiet(&f, "lan", 1, at(&f, 21, 20, 30)), at(&f, 21, 21, 0));
	CHECK_INT(quiet(&f, "lan", 1, at(&f, 21, 13, 30)), 0);
	fixture_end(&f);
}

TEST(channels_are_those_of_the_severity_or_of_all)
{
	struct fixture f;
	struct json *list = NULL;
	char id[UUID_SIZE];
	struct error err;

	fixture_memory(&f);
	CHECK_OK(member_id(f.desk, "lan", id, &err), err);
	CHECK_OK(wish_channels(f.desk, id, 3, &list, &err), err);
	CHECK_INT(json_count(list), 0);
	json_free(list);
	wish(&f, "channels", "mail");
	wish(&f, "channels.4", "telegram, sms");
	CHECK_OK(wish_channels(f.desk, id, 4, &list, &err), err);
	CHECK_INT(json_count(list), 2);
	CHECK_STR(json_text(json_at(list, 1), ""), "sms");
	json_free(list);
	CHECK_OK(wish_channels(f.desk, id, 2, &list, &err), err);
	CHECK_STR(json_text(json_at(list, 0), ""), "mail");
	json_free(list);
	fixture_end(&f);
}

static bool
give(struct fixture *f, const char *login, const char *key, const char *value,
	struct error *err)
{
	struct json *given = json_object();
	bool ok;

	json_set_text(given, key, value);
	ok = member_set(f->desk, login, given, err);
	json_free(given);
	return ok;
}

TEST(a_channel_wished_or_named_twice_calls_once)
{
	struct fixture f;
	struct ir_case c;
	struct json *by = NULL;
	struct json *list;
	struct error err = ERROR_INIT;
	char id[UUID_SIZE];
	char case_id[UUID_SIZE];

	fixture_memory(&f);
	fixture_case(&f, "Mất điện", case_id);
	c = fixture_load(&f, case_id);
	fixture_as(&f, "lan");
	CHECK_OK(give(&f, "lan", "mail", "lan@team.example", &err), err);
	CHECK_OK(give(&f, "lan", "telegram", "4711", &err), err);
	CHECK_OK(member_id(f.desk, "lan", id, &err), err);
	wish(&f, "channels", "mail, telegram, mail, mail");
	list = page_channels(f.desk, &c, id, NULL, &err);
	CHECK_INT(json_count(list), 2);
	CHECK_STR(json_text(json_first(list), ""), "mail");
	json_free(list);
	CHECK_OK(json_parse(&by, "[\"telegram\",\"telegram\"]", 23, NULL, &err), err);
	list = page_channels(f.desk, &c, id, by, &err);
	CHECK_INT(json_count(list), 1);
	json_free(list);
	json_free(by);
	case_clear(&c);
	fixture_end(&f);
}

TEST(a_wish_is_his_own_and_must_mean_something)
{
	static const char *const bad[][2] = {
		{ "quiet", "22-6" }, { "quiet", "22:00-22:00" }, { "quiet", "25:00-06:00" },
		{ "digest", "7h" }, { "quiet.max", "4" }, { "channels", "pigeon" },
		{ "channels", "," }, { "quiet.zone", "Nowhere/Here" }, { "sleep", "1" },
	};
	struct fixture f;
	struct error err;

	fixture_memory(&f);
	fixture_as(&f, "lan");
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		CHECK(!wish_set(f.desk, "lan", bad[i][0], bad[i][1], &err));
	}
	CHECK_OK(wish_set(f.desk, "lan", "quiet", "22:00-06:00", &err), err);
	CHECK(!wish_set(f.desk, "nam", "quiet", "22:00-06:00", &err));
	CHECK_INT(err.code, ERR_FORBIDDEN);
	fixture_as(&f, "quan");
	CHECK_OK(wish_set(f.desk, "nam", "quiet", "21:00-05:00", &err), err);
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(his_own_addresses_are_each_members_own_matter_and_nothing_else_is)
{
	struct fixture f;
	struct error err;

	fixture_file(&f);
	fixture_as(&f, "lan");
	CHECK_OK(give(&f, "lan", "phone", "0905 xxx 118", &err), err);
	CHECK_OK(give(&f, "lan", "telegram", "4711", &err), err);
	CHECK_OK(give(&f, "lan", "telegram", NULL, &err), err);
	CHECK_ERR(give(&f, "lan", "telegram", "my chat", &err), err, ERR_BAD_INPUT);
	CHECK_ERR(give(&f, "nam", "phone", "0905", &err), err, ERR_FORBIDDEN);
	CHECK_ERR(give(&f, "lan", "role", "admin", &err), err, ERR_FORBIDDEN);
	CHECK_ERR(give(&f, "lan", "active", "no", &err), err, ERR_FORBIDDEN);
	CHECK_ERR(give(&f, "lan", "unit", "Sở 02", &err), err, ERR_FORBIDDEN);
	fixture_as(&f, "xem");
	CHECK_ERR(give(&f, "xem", "phone", "0905", &err), err, ERR_FORBIDDEN);
	fixture_whole(&f);
	fixture_end(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(quiet_hours_hold_what_is_not_serious_until_they_end),
		RUN(the_hours_are_those_of_the_members_own_zone),
		RUN(channels_are_those_of_the_severity_or_of_all),
		RUN(a_channel_wished_or_named_twice_calls_once),
		RUN(a_wish_is_his_own_and_must_mean_something),
		RUN(his_own_addresses_are_each_members_own_matter_and_nothing_else_is),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
