/* The delivery's states, with a channel that the test plays and a clock that it
 * moves: nothing is ever called sent that was not, nothing is lost. */
#include "tests/test.h"

#include <stdio.h>

#include "core/case_set.h"
#include "core/change.h"
#include "core/contact.h"
#include "core/member.h"
#include "core/outbox.h"
#include "core/tell.h"
#include "notify/deliver.h"
#include "tests/fixture.h"
#include "tests/notify/fake_channel.h"

static uint32_t
no_spread(void *arg __attribute__((unused)))
{
	return 60000; /* the middle: exactly ten minutes */
}

struct scene {
	struct fixture f;
	struct fake *fake;
	struct deliver *deliver;
	struct deliver_report report;
	char case_id[UUID_SIZE];
	char message[UUID_SIZE]; /* the last that was queued */
};

static struct deliver *
new_delivery(struct desk *desk, struct fake *fake)
{
	struct deliver *d = deliver_new(desk, &(struct deliver_options){
		.lease = LEASE_ENGINE, .program = "test", .lease_ms = 60000,
		.random = no_spread });

	deliver_add(d, "mail", &fake->channel, NULL);
	return d;
}

static void
begin(struct scene *s)
{
	struct json *given = json_object();
	struct error err;

	*s = (struct scene){ 0 };
	fixture_file(&s->f);
	json_set_text(given, "mail", "lan@team.example");
	CHECK_OK(member_set(s->f.desk, "lan", given, &err), err);
	json_free(given);
	fixture_case(&s->f, "Mất điện trạm chính", s->case_id);
	s->fake = fake_new();
	s->deliver = new_delivery(s->f.desk, s->fake);
}

static void
end(struct scene *s)
{
	fixture_whole(&s->f);
	deliver_free(s->deliver);
	fixture_end(&s->f);
	fake_free(s->fake);
}

/* Rounds until nothing moves at this moment. */
static void
rounds(struct scene *s)
{
	struct error err = ERROR_INIT;

	for (int i = 0; i < 200; i++) {
		CHECK_OK(deliver_round(s->deliver, &s->report, &err), err);
	}
}

static bool
keep_id(const struct message *m, void *arg)
{
	memcpy(arg, m->id, UUID_SIZE);
	return false;
}

static void
queue_to(struct scene *s, const char *kind, const char *id, const char *template)
{
	struct json *vars = json_object();
	struct error err;

	json_set_text(vars, "number", "2026-0001");
	json_set_text(vars, "title", "Mất điện");
	json_set_text(vars, "kind", "power");
	json_set_text(vars, "work", "Đọc ắc quy");
	json_set_int(vars, "n", 12);
	CHECK_OK(change_begin(s->f.desk, &err), err);
	CHECK_OK(outbox_queue(s->f.desk, &(struct message_new){ .case_id = s->case_id,
		.to_kind = kind, .to_id = id, .template = template, .vars = vars,
		.cause = NO_CAUSE }, &err), err);
	CHECK_OK(change_end(s->f.desk, true, &err), err);
	json_free(vars);
	CHECK_OK(outbox_each(s->f.desk, &(struct outbox_filter){ .limit = 1 }, keep_id,
		s->message, &err), err);
}

static void
queue(struct scene *s)
{
	char id[UUID_SIZE];
	struct error err;

	CHECK_OK(member_id(s->f.desk, "lan", id, &err), err);
	queue_to(s, "member", id, "phan_cong");
}

/* Many in one transaction; last ends it. */
static void
queue_quick(struct scene *s, bool last)
{
	static char id[UUID_SIZE];
	struct json *vars = json_object();
	struct error err;

	if (change_mark(s->f.desk) == 0 && !db_in_transaction(desk_db(s->f.desk))) {
		CHECK_OK(member_id(s->f.desk, "lan", id, &err), err);
		CHECK_OK(change_begin(s->f.desk, &err), err);
	}
	json_set_text(vars, "number", "2026-0001");
	CHECK_OK(outbox_queue(s->f.desk, &(struct message_new){ .case_id = s->case_id,
		.to_kind = "member", .to_id = id, .template = "phan_cong", .vars = vars,
		.cause = NO_CAUSE }, &err), err);
	json_free(vars);
	if (last) {
		CHECK_OK(change_end(s->f.desk, true, &err), err);
	}
}

static void
check_state(struct scene *s, const char *state)
{
	struct message m = { 0 };
	struct error err;

	CHECK_OK(message_find(&m, s->f.desk, s->message, &err), err);
	CHECK_STR(m.state, state);
	message_clear(&m);
}

TEST(a_queued_message_is_rendered_claimed_and_handed_over_once)
{
	struct scene s;
	char wanted[160];

	begin(&s);
	queue(&s);
	rounds(&s);
	check_state(&s, "handed_over");
	CHECK_INT(s.fake->started, 1);
	CHECK_STR(s.fake->sent[0].to, "lan@team.example");
	(void)snprintf(wanted, sizeof wanted, "<msg-%s@%s.suco.invalid>", s.message,
		desk_id(s.f.desk));
	CHECK_STR(s.fake->sent[0].message_id, wanted);
	(void)snprintf(wanted, sizeof wanted, "<case-%s@%s.suco.invalid>", s.case_id,
		desk_id(s.f.desk));
	CHECK_STR(s.fake->sent[0].root, wanted);
	CHECK(strstr(s.fake->sent[0].text, "Đọc ắc quy") != NULL);
	CHECK_INT(s.report.handed_over, 1);
	CHECK_STR(fixture_ask(s.f.path, "SELECT count(*) FROM local_claim"), "0");
	end(&s);
}

TEST(nothing_is_called_sent_before_the_answer_came)
{
	struct scene s;

	begin(&s);
	s.fake->silent = true;
	queue(&s);
	rounds(&s);
	CHECK_INT(s.fake->started, 1);
	check_state(&s, "queued");
	CHECK_STR(fixture_ask(s.f.path, "SELECT count(*) FROM local_claim"), "1");
	fake_end_all(s.fake, SEND_HANDED_OVER, "250 queued");
	rounds(&s);
	check_state(&s, "handed_over");
	end(&s);
}

TEST(a_temporary_refusal_follows_the_ladder_with_one_message_id)
{
	static const int64_t waits[] = { 5000, 15000, 45000, 120000, 300000, 600000, 600000 };
	struct scene s;

	begin(&s);
	s.fake->verdict = SEND_TEMPORARY;
	s.fake->reply = "450 later";
	queue(&s);
	for (size_t i = 0; i < sizeof waits / sizeof *waits; i++) {
		rounds(&s);
		CHECK_INT(s.fake->started, i + 1);
		CHECK_INT(s.report.next_at, s.f.now + waits[i]);
		fixture_later(&s.f, waits[i] - 1);
		rounds(&s);
		CHECK_INT(s.fake->started, i + 1);
		fixture_later(&s.f, 1);
	}
	s.fake->verdict = SEND_HANDED_OVER;
	rounds(&s);
	check_state(&s, "handed_over");
	for (int i = 1; i < s.fake->started; i++) {
		CHECK_STR(s.fake->sent[i].message_id, s.fake->sent[0].message_id);
		CHECK_STR(s.fake->sent[i].text, s.fake->sent[0].text);
	}
	/* Single tries are no events: queued, rendered, handed over. */
	CHECK_STR(fixture_ask(s.f.path,
		"SELECT count(*) FROM event WHERE kind LIKE 'message%'"), "3");
	CHECK_STR(fixture_ask(s.f.path, "SELECT count(*) FROM local_attempt"), "8");
	end(&s);
}

TEST(a_refusal_for_ever_is_failed_with_the_servers_own_words)
{
	struct scene s;
	struct message m = { 0 };
	struct error err;

	begin(&s);
	s.fake->verdict = SEND_PERMANENT;
	s.fake->reply = "550 5.1.1 no such mailbox";
	queue(&s);
	rounds(&s);
	CHECK_OK(message_find(&m, s.f.desk, s.message, &err), err);
	CHECK_STR(m.state, "failed");
	CHECK_STR(m.reply, "550 5.1.1 no such mailbox");
	message_clear(&m);
	fixture_later(&s.f, 3600000);
	rounds(&s);
	CHECK_INT(s.fake->started, 1);
	CHECK_OK(outbox_resend(s.f.desk, s.message, &err), err);
	s.fake->verdict = SEND_HANDED_OVER;
	rounds(&s);
	check_state(&s, "handed_over");
	CHECK_STR(s.fake->sent[1].message_id, s.fake->sent[0].message_id);
	end(&s);
}

TEST(a_connection_lost_after_the_last_byte_is_unknown_and_sent_again)
{
	struct scene s;

	begin(&s);
	s.fake->verdict = SEND_UNKNOWN;
	queue(&s);
	rounds(&s);
	check_state(&s, "unknown");
	fixture_later(&s.f, 5000);
	rounds(&s);
	CHECK_INT(s.fake->started, 2);
	check_state(&s, "unknown");
	s.fake->verdict = SEND_HANDED_OVER;
	fixture_later(&s.f, 15000);
	rounds(&s);
	check_state(&s, "handed_over");
	CHECK_STR(s.fake->sent[2].message_id, s.fake->sent[0].message_id);
	CHECK_STR(fixture_ask(s.f.path,
		"SELECT count(*) FROM event WHERE kind = 'message_unknown'"), "1");
	end(&s);
}

TEST(while_a_channel_is_down_one_probe_is_tried_and_no_message)
{
	struct scene s;

	begin(&s);
	s.fake->verdict = SEND_UNREACHABLE;
	s.fake->reply = "connection refused";
	s.fake->room = 1;
	for (int i = 0; i < 40; i++) {
		queue(&s);
	}
	rounds(&s);
	CHECK_INT(s.fake->started, 1);
	check_state(&s, "queued");
	CHECK_STR(fixture_ask(s.f.path, "SELECT state FROM local_channel"), "down");
	CHECK_STR(fixture_ask(s.f.path, "SELECT count(*) FROM local_claim"), "0");
	fixture_later(&s.f, 5000);
	rounds(&s);
	CHECK_INT(s.fake->started, 2);
	CHECK_INT(s.report.next_at, s.f.now + 15000);
	s.fake->verdict = SEND_HANDED_OVER;
	fixture_later(&s.f, 15000);
	rounds(&s);
	CHECK_INT(s.fake->started, 42);
	CHECK_STR(fixture_ask(s.f.path,
		"SELECT count(*) FROM message WHERE state = 'handed_over'"), "40");
	CHECK_STR(fixture_ask(s.f.path,
		"SELECT group_concat(kind, ' ') FROM event WHERE kind LIKE 'channel%'"),
		"channel_down channel_up");
	end(&s);
}

TEST(what_is_not_sent_in_its_time_expires)
{
	struct scene s;

	begin(&s);
	s.fake->verdict = SEND_TEMPORARY;
	queue(&s);
	rounds(&s);
	fixture_later(&s.f, 24 * 3600000);
	rounds(&s);
	check_state(&s, "expired");
	CHECK_INT(s.fake->started, 1);
	end(&s);
}

TEST(who_works_on_the_case_already_is_not_told_any_more)
{
	struct scene s;
	struct error err;

	begin(&s);
	CHECK_OK(case_assign(s.f.desk, s.case_id, "lan", &err), err);
	CHECK_OK(outbox_each(s.f.desk, &(struct outbox_filter){ .limit = 1 }, keep_id,
		s.message, &err), err);
	fixture_as(&s.f, "lan");
	(void)fixture_note(&s.f, s.case_id, "tôi đang xử lý");
	rounds(&s);
	check_state(&s, "dropped");
	CHECK_INT(s.fake->started, 0);
	end(&s);
}

TEST(a_case_that_is_not_open_any_more_tells_nobody)
{
	struct scene s;

	begin(&s);
	queue(&s);
	fixture_status(&s.f, s.case_id, "dismissed");
	rounds(&s);
	check_state(&s, "dropped");
	end(&s);
}

static void
add_contact(struct scene *s, char id[UUID_SIZE])
{
	struct json *given = json_object();
	struct json *shown = NULL;
	struct error err;

	json_set_text(given, "name", "Điện lực");
	json_set_text(given, "mail", "dien@power.example");
	CHECK_OK(contact_add(s->f.desk, "dien", given, &err), err);
	CHECK_OK(contact_show(s->f.desk, "dien", &shown, &err), err);
	(void)snprintf(id, UUID_SIZE, "%s", json_get_text(shown, "id"));
	json_free(shown);
	json_free(given);
}

TEST(nothing_of_a_red_case_goes_to_a_contact)
{
	static const char *const red[] = { "tlp=red" };
	struct scene s;
	char id[UUID_SIZE];
	struct error err;

	begin(&s);
	add_contact(&s, id);
	queue_to(&s, "contact", id, "de_nghi");
	CHECK_OK(case_set(s.f.desk, s.case_id, red, 1, &err), err);
	rounds(&s);
	check_state(&s, "held");
	CHECK_INT(s.fake->started, 0);
	end(&s);
}

TEST(a_contact_is_told_the_public_part_only)
{
	struct scene s;
	char id[UUID_SIZE];

	begin(&s);
	add_contact(&s, id);
	queue_to(&s, "contact", id, "phan_cong");
	rounds(&s);
	check_state(&s, "handed_over");
	CHECK(strstr(s.fake->sent[0].text, "Mất điện") == NULL);
	CHECK(strstr(s.fake->sent[0].text, "ắc quy") == NULL);
	CHECK(strstr(s.fake->sent[0].subject, "ắc quy") == NULL);
	end(&s);
}

TEST(what_was_handed_over_while_somebody_held_it_is_told_truly)
{
	struct scene s;
	struct error err;

	begin(&s);
	s.fake->silent = true;
	queue(&s);
	rounds(&s);
	CHECK_OK(outbox_hold(s.f.desk, s.message, "khoan", &err), err);
	fake_end_all(s.fake, SEND_HANDED_OVER, "250 queued");
	rounds(&s);
	check_state(&s, "handed_over");
	end(&s);
}

TEST(a_second_engine_waits_and_says_who_leads)
{
	struct scene s;
	struct desk *other;
	struct fake *fake = fake_new();
	struct deliver *d;
	struct deliver_report report = { 0 };
	struct error err;

	begin(&s);
	rounds(&s);
	other = fixture_open(&s.f, NULL);
	d = new_delivery(other, fake);
	queue(&s);
	CHECK_OK(deliver_round(d, &report, &err), err);
	CHECK(!report.leads);
	CHECK(strstr(report.other, "test on ") == report.other);
	CHECK_INT(fake->started, 0);
	CHECK_OK(deliver_stop(s.deliver, &s.report, &err), err);
	CHECK_OK(deliver_round(d, &report, &err), err);
	CHECK(report.leads);
	CHECK_INT(fake->started, 1);
	CHECK_OK(deliver_stop(d, &report, &err), err);
	deliver_free(d);
	fake_free(fake);
	desk_close(other);
	end(&s);
}

TEST(an_engine_that_slept_past_its_lease_loses_nothing_and_doubles_only_by_id)
{
	struct scene s;
	struct desk *other;
	struct fake *fake = fake_new();
	struct deliver *d;
	struct deliver_report report = { 0 };
	struct error err;

	begin(&s);
	s.fake->silent = true;
	s.fake->room = 1;
	queue(&s);
	queue(&s);
	rounds(&s); /* one begun without an answer, one claimed and waiting */
	CHECK_INT(s.fake->started, 1);
	fixture_later(&s.f, 61000);
	other = fixture_open(&s.f, NULL);
	d = new_delivery(other, fake);
	for (int i = 0; i < 20; i++) {
		CHECK_OK(deliver_round(d, &report, &err), err);
	}
	CHECK_INT(fake->started, 2);
	CHECK_STR(fixture_ask(s.f.path,
		"SELECT count(*) FROM message WHERE state = 'handed_over'"), "2");
	/* The sleeper wakes: its answer comes, its waiting claim is not begun. */
	s.fake->room = 8;
	fake_end_all(s.fake, SEND_HANDED_OVER, "250 queued");
	rounds(&s);
	CHECK(!s.report.leads);
	CHECK_INT(s.fake->started, 1);
	CHECK_STR(s.fake->sent[0].message_id, fake->sent[0].message_id);
	CHECK_STR(fixture_ask(s.f.path,
		"SELECT count(*) FROM event WHERE kind = 'message_handed_over'"), "2");
	CHECK_OK(deliver_stop(d, &report, &err), err);
	deliver_free(d);
	fake_free(fake);
	desk_close(other);
	end(&s);
}

TEST(claims_of_an_engine_that_died_become_unknown_and_are_sent_again)
{
	struct scene s;

	begin(&s);
	s.fake->silent = true;
	queue(&s);
	rounds(&s);
	deliver_free(s.deliver); /* as by kill -9: nothing is given back */
	s.fake->silent = false;
	s.fake->sent[0].ended = true;
	s.deliver = new_delivery(s.f.desk, s.fake);
	rounds(&s);
	CHECK(!s.report.leads);
	check_state(&s, "queued");
	fixture_later(&s.f, 60001);
	rounds(&s);
	check_state(&s, "handed_over");
	CHECK_INT(s.fake->started, 2);
	CHECK_STR(s.fake->sent[0].message_id, s.fake->sent[1].message_id);
	CHECK_STR(fixture_ask(s.f.path,
		"SELECT group_concat(kind, ' ') FROM event WHERE kind LIKE 'message%'"),
		"message_queued message_rendered message_unknown message_handed_over");
	end(&s);
}

TEST(a_channel_that_cannot_be_opened_is_shown_as_down_when_something_waits)
{
	struct scene s;
	struct deliver *d;

	begin(&s);
	d = s.deliver;
	s.deliver = deliver_new(s.f.desk, &(struct deliver_options){
		.lease = LEASE_ENGINE, .program = "test", .random = no_spread });
	deliver_free(d);
	deliver_add(s.deliver, "mail", NULL, "no mail server is set");
	rounds(&s);
	CHECK(!s.report.unopened);
	queue(&s);
	rounds(&s);
	CHECK(s.report.unopened);
	check_state(&s, "queued");
	CHECK_STR(fixture_ask(s.f.path, "SELECT reply FROM local_channel"),
		"no mail server is set");
	end(&s);
}

/* TARGETS E4: an hour's outage with 10,000 waiting. */
TEST(after_an_hours_outage_ten_thousand_messages_go_each_once)
{
	struct scene s;
	int probes;

	begin(&s);
	s.fake->verdict = SEND_UNREACHABLE;
	s.fake->reply = "no route to host";
	for (int i = 0; i < 10000; i++) {
		queue_quick(&s, i % 100 == 99 || i == 0);
	}
	for (int second = 0; second < 3600; second += 5) {
		struct error err = ERROR_INIT;

		CHECK_OK(deliver_round(s.deliver, &s.report, &err), err);
		fixture_later(&s.f, 5000);
	}
	probes = s.fake->started;
	CHECK(probes >= 8 && probes <= 14); /* 5 s, 15, 45, 2 min, 5 min, 10 min ... */
	CHECK_STR(fixture_ask(s.f.path,
		"SELECT count(*) FROM message WHERE state = 'queued'"), "10000");
	s.fake->verdict = SEND_HANDED_OVER;
	fixture_later(&s.f, 600000);
	for (int i = 0; i < 20; i++) {
		rounds(&s);
	}
	CHECK_INT(s.fake->started, probes + 10000);
	CHECK_STR(fixture_ask(s.f.path,
		"SELECT count(*) FROM message WHERE state = 'handed_over'"), "10000");
	CHECK_STR(fixture_ask(s.f.path, "SELECT group_concat(kind, ' ') FROM event"
		" WHERE kind LIKE 'channel%'"), "channel_down channel_up");
	end(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(a_queued_message_is_rendered_claimed_and_handed_over_once),
		RUN(nothing_is_called_sent_before_the_answer_came),
		RUN(a_temporary_refusal_follows_the_ladder_with_one_message_id),
		RUN(a_refusal_for_ever_is_failed_with_the_servers_own_words),
		RUN(a_connection_lost_after_the_last_byte_is_unknown_and_sent_again),
		RUN(while_a_channel_is_down_one_probe_is_tried_and_no_message),
		RUN(what_is_not_sent_in_its_time_expires),
		RUN(who_works_on_the_case_already_is_not_told_any_more),
		RUN(a_case_that_is_not_open_any_more_tells_nobody),
		RUN(nothing_of_a_red_case_goes_to_a_contact),
		RUN(a_contact_is_told_the_public_part_only),
		RUN(what_was_handed_over_while_somebody_held_it_is_told_truly),
		RUN(a_second_engine_waits_and_says_who_leads),
		RUN(an_engine_that_slept_past_its_lease_loses_nothing_and_doubles_only_by_id),
		RUN(claims_of_an_engine_that_died_become_unknown_and_are_sent_again),
		RUN(a_channel_that_cannot_be_opened_is_shown_as_down_when_something_waits),
		RUN(after_an_hours_outage_ten_thousand_messages_go_each_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
