/* A member's desktop session with a screen that the test plays and a clock that
 * it moves: shown is handed over, a click is an answer, nothing shown expires. */
#include "tests/test.h"

#include <stdio.h>

#include "core/case_set.h"
#include "core/member.h"
#include "core/outbox.h"
#include "core/status.h"
#include "notify/watch.h"
#include "tests/fixture.h"
#include "tests/notify/fake_channel.h"

struct screen {
	struct shower shower;
	bool away;   /* no service */
	bool refuse; /* the service says no */
	int shows, says;
	struct bubble last;
	char id[UUID_SIZE], key[80], summary[200], body[2000], said[200], said_body[500];
};

static bool
screen_ready(const struct shower *shower)
{
	return !((const struct screen *)shower)->away;
}

static bool
screen_show(struct shower *shower, const struct bubble *b, char reply[SEND_REPLY_SIZE])
{
	struct screen *s = (struct screen *)shower;

	if (s->refuse) {
		(void)snprintf(reply, SEND_REPLY_SIZE, "too many");
		return false;
	}
	s->shows++;
	s->last = *b;
	(void)snprintf(s->id, sizeof s->id, "%s", b->id);
	(void)snprintf(s->key, sizeof s->key, "%s", b->key);
	(void)snprintf(s->summary, sizeof s->summary, "%s", b->summary);
	(void)snprintf(s->body, sizeof s->body, "%s", b->body);
	return true;
}

static void
screen_say(struct shower *shower, const char *key, const char *summary, const char *body)
{
	struct screen *s = (struct screen *)shower;

	CHECK_STR(key, s->key);
	s->says++;
	(void)snprintf(s->said, sizeof s->said, "%s", summary);
	(void)snprintf(s->said_body, sizeof s->said_body, "%s", body);
}

static const struct shower_type screen_type = {
	.ready = screen_ready, .show = screen_show, .say = screen_say,
};

struct scene {
	struct fixture f;
	struct screen screen;
	struct desk *desk; /* lan's own */
	struct watch *watch;
	struct deliver_report report;
	char case_id[UUID_SIZE];
	char id[UUID_SIZE]; /* the desktop message to lan */
};

static bool
keep_id(const struct message *m, void *arg)
{
	if (strcmp(m->channel, "desktop") == 0) {
		memcpy(arg, m->id, UUID_SIZE);
		return false;
	}
	return true;
}

static void
assign(struct scene *s)
{
	struct error err;

	CHECK_OK(case_assign(s->f.desk, s->case_id, "lan", &err), err);
	CHECK_OK(outbox_each(s->f.desk, &(struct outbox_filter){ .limit = 10 }, keep_id,
		s->id, &err), err);
}

static void
begin(struct scene *s)
{
	struct json *given = json_object();
	struct error err;

	*s = (struct scene){ .screen.shower.type = &screen_type };
	fixture_file(&s->f);
	json_set_text(given, "mail", "lan@team.example");
	json_set_text(given, "desktop", "yes");
	CHECK_OK(member_set(s->f.desk, "lan", given, &err), err);
	json_free(given);
	fixture_case(&s->f, "Mất điện trạm chính", s->case_id);
	s->desk = fixture_open(&s->f, "lan");
	s->watch = watch_new(s->desk, &s->screen.shower);
}

static void
end(struct scene *s)
{
	struct error err;

	CHECK_OK(watch_stop(s->watch, &err), err);
	watch_free(s->watch);
	desk_close(s->desk);
	fixture_whole(&s->f);
	fixture_end(&s->f);
}

/* A quarter of a second of the session. */
static void
tick(struct scene *s)
{
	struct error err = ERROR_INIT;

	fixture_later(&s->f, WATCH_POLL_MS);
	CHECK_OK(watch_round(s->watch, &s->report, &err), err);
}

static void
check_state(struct scene *s, const char *id, const char *state)
{
	struct message m = { 0 };
	struct error err;

	CHECK_OK(message_find(&m, s->f.desk, id, &err), err);
	CHECK_STR(m.state, state);
	message_clear(&m);
}

static void
check_status(struct scene *s, const char *status)
{
	struct ir_case c = fixture_load(&s->f, s->case_id);

	CHECK_STR(c.status, status);
	case_clear(&c);
}

static void
click(struct scene *s, enum bubble_act act)
{
	s->screen.shower.acted(s->screen.shower.arg, s->screen.id, act);
}

/* The engine's delivery with a mail channel that the test plays. */
static void
engine_round(struct scene *s, struct fake *mail, struct deliver_report *report)
{
	struct deliver *engine = deliver_new(s->f.desk, &(struct deliver_options){
		.lease = LEASE_ENGINE, .program = "test" });
	struct error err;

	deliver_add(engine, "mail", &mail->channel, NULL);
	for (int i = 0; i < 10; i++) {
		CHECK_OK(deliver_round(engine, report, &err), err);
	}
	CHECK_OK(deliver_stop(engine, report, &err), err);
	deliver_free(engine);
}

TEST(what_is_shown_is_handed_over_in_the_members_name)
{
	struct scene s;

	begin(&s);
	tick(&s);
	assign(&s);
	tick(&s);
	CHECK_INT(s.screen.shows, 1);
	CHECK_STR(s.screen.id, s.id);
	CHECK(strstr(s.screen.key, "2026-") == s.screen.key);
	CHECK(strstr(s.screen.summary, "Phân công") != NULL);
	CHECK(strstr(s.screen.body, "Mất điện trạm chính") != NULL);
	check_state(&s, s.id, "handed_over");
	tick(&s);
	CHECK_INT(s.screen.shows, 1);
	check_status(&s, "new");
	end(&s);
}

TEST(a_click_on_the_button_answers_and_acknowledges)
{
	struct scene s;

	begin(&s);
	assign(&s);
	tick(&s);
	click(&s, BUBBLE_ANSWERED);
	check_state(&s, s.id, "answered");
	check_status(&s, "acknowledged");
	CHECK_INT(s.screen.says, 1);
	click(&s, BUBBLE_ANSWERED);
	CHECK_INT(s.screen.says, 2);
	end(&s);
}

TEST(a_click_beside_the_button_is_no_answer)
{
	struct scene s;

	begin(&s);
	assign(&s);
	tick(&s);
	click(&s, BUBBLE_SEEN);
	check_state(&s, s.id, "read");
	check_status(&s, "new");
	end(&s);
}

TEST(a_late_click_is_told_who_was_first)
{
	struct scene s;
	struct error err;

	begin(&s);
	assign(&s);
	tick(&s);
	fixture_as(&s.f, "nam");
	CHECK_OK(status_set(s.f.desk, s.case_id, &(struct status_change){
		.to = "acknowledged", .verb = "ack" }, &err), err);
	click(&s, BUBBLE_ANSWERED);
	check_state(&s, s.id, "read");
	CHECK(strstr(s.screen.said_body, "Nam") != NULL);
	end(&s);
}

TEST(only_the_members_own_desktop_messages_are_taken)
{
	struct scene s;
	struct json *given = json_object();
	struct error err;

	begin(&s);
	json_set_text(given, "desktop", "yes");
	CHECK_OK(member_set(s.f.desk, "nam", given, &err), err);
	json_free(given);
	CHECK_OK(case_assign(s.f.desk, s.case_id, "nam", &err), err);
	tick(&s);
	CHECK_INT(s.screen.shows, 0);
	CHECK_OK(outbox_each(s.f.desk, &(struct outbox_filter){ .limit = 1 }, keep_id, s.id,
		&err), err);
	check_state(&s, s.id, "queued");
	end(&s);
}

TEST(without_a_watch_for_a_minute_it_expires_and_says_so)
{
	struct scene s;
	struct fake *mail = fake_new();
	struct deliver_report report = { 0 };
	struct message m = { 0 };
	struct error err;

	begin(&s);
	s.screen.away = true;
	assign(&s);
	tick(&s);
	mail->verdict = SEND_HANDED_OVER;
	engine_round(&s, mail, &report);
	CHECK_INT(mail->started, 1);
	check_state(&s, s.id, "queued");
	fixture_later(&s.f, 60000);
	engine_round(&s, mail, &report);
	check_state(&s, s.id, "expired");
	CHECK_OK(message_find(&m, s.f.desk, s.id, &err), err);
	CHECK(strstr(m.reason, "desktop") != NULL);
	message_clear(&m);
	s.screen.away = false;
	tick(&s);
	CHECK_INT(s.screen.shows, 0);
	end(&s);
	fake_free(mail);
}

TEST(what_the_watch_writes_down_does_not_drop_the_mail)
{
	struct scene s;
	struct fake *mail = fake_new();
	struct deliver_report report = { 0 };

	begin(&s);
	assign(&s);
	tick(&s);
	check_state(&s, s.id, "handed_over");
	mail->verdict = SEND_HANDED_OVER;
	engine_round(&s, mail, &report);
	CHECK_INT(mail->started, 1);
	CHECK_INT(report.dropped, 0);
	end(&s);
	fake_free(mail);
}

TEST(who_answered_on_the_desktop_gets_no_mail_any_more)
{
	struct scene s;
	struct fake *mail = fake_new();
	struct deliver_report report = { 0 };

	begin(&s);
	assign(&s);
	tick(&s);
	click(&s, BUBBLE_ANSWERED);
	engine_round(&s, mail, &report);
	CHECK_INT(mail->started, 0);
	CHECK_INT(report.dropped, 1);
	end(&s);
	fake_free(mail);
}

TEST(while_nothing_can_be_shown_another_session_leads)
{
	struct scene s;
	struct screen other = { .shower.type = &screen_type };
	struct deliver_report report = { 0 };
	struct desk *desk;
	struct watch *second;
	struct error err;

	begin(&s);
	tick(&s);
	CHECK(s.report.leads);
	desk = fixture_open(&s.f, "lan");
	second = watch_new(desk, &other.shower);
	CHECK_OK(watch_round(second, &report, &err), err);
	CHECK(!report.leads);
	CHECK(strstr(report.other, "suco-watch") != NULL);
	s.screen.away = true;
	tick(&s);
	assign(&s);
	tick(&s);
	CHECK_OK(watch_round(second, &report, &err), err);
	CHECK(report.leads);
	CHECK_INT(other.shows, 1);
	check_state(&s, s.id, "handed_over");
	CHECK_OK(watch_stop(second, &err), err);
	watch_free(second);
	desk_close(desk);
	s.screen.away = false;
	fixture_later(&s.f, WATCH_LEASE_MS);
	tick(&s);
	CHECK(s.report.leads);
	end(&s);
}

TEST(a_service_that_refuses_is_asked_again_and_is_no_fault_of_the_channel)
{
	struct scene s;

	begin(&s);
	s.screen.refuse = true;
	assign(&s);
	tick(&s);
	check_state(&s, s.id, "queued");
	CHECK_INT(s.report.retried, 1);
	s.screen.refuse = false;
	tick(&s);
	check_state(&s, s.id, "queued");
	fixture_later(&s.f, 5000);
	tick(&s);
	check_state(&s, s.id, "handed_over");
	end(&s);
}

TEST(a_watch_that_died_is_followed_after_its_lease)
{
	struct scene s;
	struct error err;

	begin(&s);
	tick(&s);
	watch_free(s.watch); /* without a word */
	s.watch = watch_new(s.desk, &s.screen.shower);
	assign(&s);
	tick(&s);
	CHECK(!s.report.leads);
	fixture_later(&s.f, WATCH_LEASE_MS + 1);
	tick(&s);
	CHECK(s.report.leads);
	CHECK_INT(s.screen.shows, 1);
	check_state(&s, s.id, "handed_over");
	CHECK_OK(watch_stop(s.watch, &err), err);
	end(&s);
}

TEST(a_click_while_the_desk_is_locked_is_kept_and_recorded_later)
{
	struct scene s;
	struct error err;

	begin(&s);
	assign(&s);
	tick(&s);
	db_busy_timeout(desk_db(s.desk), 1);
	CHECK_OK(db_begin(desk_db(s.f.desk), &err), err);
	click(&s, BUBBLE_ANSWERED);
	CHECK_INT(s.screen.says, 1);
	db_rollback(desk_db(s.f.desk));
	check_state(&s, s.id, "handed_over");
	fixture_later(&s.f, 1000);
	tick(&s);
	check_state(&s, s.id, "answered");
	check_status(&s, "acknowledged");
	CHECK_INT(s.screen.says, 2);
	end(&s);
}

TEST(urgency_follows_the_severity)
{
	struct scene s;
	struct error err;

	begin(&s);
	assign(&s);
	tick(&s);
	CHECK_INT(s.screen.last.urgency, BUBBLE_NORMAL);
	CHECK_OK(case_assign(s.f.desk, s.case_id, "nam", &err), err);
	CHECK_OK(severity_decide(s.f.desk, s.case_id, 4, "cả tỉnh", &err), err);
	assign(&s);
	tick(&s);
	CHECK_INT(s.screen.shows, 2);
	CHECK_INT(s.screen.last.urgency, BUBBLE_CRITICAL);
	end(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(what_is_shown_is_handed_over_in_the_members_name),
		RUN(a_click_on_the_button_answers_and_acknowledges),
		RUN(a_click_beside_the_button_is_no_answer),
		RUN(a_late_click_is_told_who_was_first),
		RUN(only_the_members_own_desktop_messages_are_taken),
		RUN(without_a_watch_for_a_minute_it_expires_and_says_so),
		RUN(what_the_watch_writes_down_does_not_drop_the_mail),
		RUN(who_answered_on_the_desktop_gets_no_mail_any_more),
		RUN(while_nothing_can_be_shown_another_session_leads),
		RUN(a_service_that_refuses_is_asked_again_and_is_no_fault_of_the_channel),
		RUN(a_watch_that_died_is_followed_after_its_lease),
		RUN(a_click_while_the_desk_is_locked_is_kept_and_recorded_later),
		RUN(urgency_follows_the_severity),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
