/* Whom a step leaves out: who cannot be there, and who wants his quiet; and by what
 * channel it calls the others. */
#include "tests/core/call_scene.h"

#include "core/case_set.h"
#include "core/wish.h"

TEST(who_cannot_be_on_site_in_time_is_left_out_where_the_step_wants_it)
{
	struct call_scene s;

	scene_start(&s);
	scene_rule(&s, "call-site", "{'family': 'escalation', 'order': 1, 'source': 'test',"
		" 'when': {'subject': 'case'}, 'then': {'steps': [{'who': ['member:lan',"
		" 'member:nam'], 'after': '5m', 'on_site': '45m'}]}}");
	scene_member(&s, "lan", "{'on_site': 90}");
	scene_member(&s, "nam", "{'on_site': 30}");
	scene_case(&s);
	CHECK_STR(scene_called(&s), "-lan nam");
	CHECK_STR(s.turns.all[0].skipped, "cannot be on site in time");
	scene_stop(&s);
}

TEST(quiet_hours_are_kept_by_what_can_wait_and_not_by_what_cannot)
{
	struct call_scene s;
	struct error err;

	scene_start(&s);
	CHECK_OK(wish_set(s.f.desk, "lan", "quiet", "22:00-06:00", &err), err);
	fixture_case(&s.f, "Máy in hỏng", s.case_id);
	CHECK_OK(severity_decide(s.f.desk, s.case_id, 2, "nhỏ", &err), err);
	scene_round(&s);
	CHECK_STR(scene_called(&s), "-lan nam");
	CHECK_STR(s.turns.all[0].skipped, "his quiet hours");
	fixture_case(&s.f, "Mất điện", s.case_id);
	CHECK_OK(severity_decide(s.f.desk, s.case_id, 4, "bệnh viện", &err), err);
	scene_round(&s);
	CHECK_STR(scene_called(&s), "lan");
	scene_stop(&s);
}

static bool
keep_channel(const struct message *m, void *arg)
{
	if (m->escalation[0] == '\0') {
		return true;
	}
	(void)snprintf(arg, 16, "%s", m->channel);
	return false;
}

static const char *
last_channel(struct call_scene *s)
{
	static char channel[16];
	struct error err;

	channel[0] = '\0';
	CHECK_OK(outbox_each(s->f.desk, &(struct outbox_filter){ .case_id = s->case_id },
		keep_channel, channel, &err), err);
	return channel;
}

TEST(a_call_goes_by_the_channels_that_are_wished_for_its_severity)
{
	struct call_scene s;
	struct error err;

	scene_start(&s);
	scene_member(&s, "lan", "{'phone': '0255 000 111'}");
	CHECK_OK(wish_set(s.f.desk, "lan", "channels", "mail", &err), err);
	CHECK_OK(wish_set(s.f.desk, "lan", "channels.4", "sms", &err), err);
	fixture_case(&s.f, "Máy in hỏng", s.case_id);
	CHECK_OK(severity_decide(s.f.desk, s.case_id, 2, "nhỏ", &err), err);
	scene_round(&s);
	CHECK_STR(last_channel(&s), "mail");
	fixture_case(&s.f, "Mất điện", s.case_id);
	CHECK_OK(severity_decide(s.f.desk, s.case_id, 4, "bệnh viện", &err), err);
	scene_round(&s);
	CHECK_STR(last_channel(&s), "sms");
	scene_stop(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(who_cannot_be_on_site_in_time_is_left_out_where_the_step_wants_it),
		RUN(quiet_hours_are_kept_by_what_can_wait_and_not_by_what_cannot),
		RUN(a_call_goes_by_the_channels_that_are_wished_for_its_severity),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
