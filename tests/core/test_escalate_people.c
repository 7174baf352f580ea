/* Whom a step leaves out: who cannot be there, and who wants his quiet; and by what
 * channel it calls the others. */
#include "tests/core/call_scene.h"

#include "core/case_set.h"
#include "core/contact.h"
#include "core/point_act.h"
#include "core/setting.h"
#include "core/why.h"
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

/* An island is one though its area is the mainland's; and 02:10 is at night. */
static void
on_island(struct call_scene *s, const char *text)
{
	struct json *given = quoted_json("{'name': 'Đặc khu Hòn Xa', 'kind': 'commune',"
		" 'area': 'Nam cũ', 'island': true}");
	struct point_report report;
	struct point_lines lines;
	struct error err;

	CHECK_OK(setting_set(s->f.desk, "reach.island", "06:00-16:00 island", &err), err);
	CHECK_OK(unit_add(s->f.desk, "t-06", given, &err), err);
	CHECK_OK(point_lines_read(&lines, text, strlen(text), &err), err);
	CHECK_OK(point_add(s->f.desk, s->case_id, &(struct point_new){ .lines = &lines,
		.state = "down" }, &report, &err), err);
	point_lines_clear(&lines);
	point_report_clear(&report);
	json_free(given);
}

TEST(an_island_at_night_leaves_who_does_not_live_there_out_of_a_step_on_site)
{
	struct call_scene s;
	struct json *out = NULL;
	const struct json *people;
	struct buf text = { 0 };
	struct error err;

	scene_start(&s);
	scene_rule(&s, "call-site", "{'family': 'escalation', 'order': 1, 'source': 'test',"
		" 'when': {'subject': 'case'}, 'then': {'steps': [{'who': ['member:lan',"
		" 'member:nam'], 'after': '5m', 'on_site': '45m'}, {'who': ['member:lan']}]}}");
	scene_member(&s, "lan", "{'on_site': 30}");
	scene_member(&s, "nam", "{'on_site': 30, 'area': 't-06'}");
	fixture_case(&s.f, "Mất kết nối", s.case_id);
	on_island(&s, "Hòn Xa\n");
	CHECK_OK(why_read(s.f.desk, s.case_id, &out, &err), err);
	people = json_get(json_at(json_get(json_at(json_get(out, "calls"), 0), "future"), 1),
		"people");
	CHECK(strstr(json_text_of(json_at(people, 0), "far"), "by sea") != NULL);
	why_print(&text, out, s.f.desk);
	CHECK(strstr(buf_text(&text), "[on site at 02:40]") != NULL);
	CHECK(strstr(buf_text(&text), "[on site not before 06:00: ") != NULL);
	scene_round(&s);
	CHECK_STR(scene_called(&s), "-lan nam");
	CHECK_STR(s.turns.all[0].skipped, "cannot be reached on site at this hour");
	buf_free(&text);
	json_free(out);
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

TEST(a_call_goes_by_the_channel_of_its_step_to_the_address_that_this_has)
{
	static const struct {
		const char *by, *channel;
	} rows[] = { { "exec", "exec" }, { "sms", "sms" }, { "telegram", "mail" } };

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct call_scene s;
		char rule[300];

		scene_start(&s);
		(void)snprintf(rule, sizeof rule, "{'family': 'escalation', 'order': 1,"
			" 'source': 'test', 'when': {'subject': 'case'}, 'then': {'steps':"
			" [{'who': ['member:lan'], 'by': ['%s'], 'after': '5m'}]}}", rows[i].by);
		scene_rule(&s, "call-by", rule);
		scene_member(&s, "lan", "{'phone': '0255 000 111'}");
		scene_case(&s);
		CHECK_STR(last_channel(&s), rows[i].channel);
		scene_stop(&s);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(who_cannot_be_on_site_in_time_is_left_out_where_the_step_wants_it),
		RUN(an_island_at_night_leaves_who_does_not_live_there_out_of_a_step_on_site),
		RUN(quiet_hours_are_kept_by_what_can_wait_and_not_by_what_cannot),
		RUN(a_call_goes_by_the_channels_that_are_wished_for_its_severity),
		RUN(a_call_goes_by_the_channel_of_its_step_to_the_address_that_this_has),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
