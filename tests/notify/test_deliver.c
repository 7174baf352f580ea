/* The delivery's states, with a channel that the test plays and a clock that it
 * moves: nothing is ever called sent that was not, nothing is lost. */
#include "tests/test.h"

#include <stdio.h>

#include "core/case_set.h"
#include "core/contact.h"
#include "core/member.h"
#include "tests/notify/scene.h"

TEST(a_queued_message_is_rendered_claimed_and_handed_over_once)
{
	struct scene s;
	char wanted[160];

	scene_begin(&s);
	scene_queue(&s);
	scene_rounds(&s);
	scene_check(&s, "handed_over");
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
	scene_end(&s);
}

/* A call must ring: what channels make of it hangs on this word. */
TEST(a_call_is_urgent_and_how_it_stands_is_not)
{
	static const struct {
		enum message_rank rank;
		const char *template;
		bool urgent;
	} rows[] = {
		{ RANK_PAGE, "goi_su_co", true }, { RANK_PAGE, "goi_viec", true },
		{ RANK_WORK, "phan_cong", true }, { RANK_STATUS, "da_co_nguoi", false },
		{ RANK_PLAIN, "khoi_phuc", false },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct scene s;

		scene_begin(&s);
		scene_put(&s, &(struct message_new){ .case_id = s.case_id,
			.rank = rows[i].rank, .template = rows[i].template }, true);
		scene_rounds(&s);
		CHECK_INT(s.fake->started, 1);
		CHECK(s.fake->sent[0].urgent == rows[i].urgent);
		scene_end(&s);
	}
}

TEST(nothing_is_called_sent_before_the_answer_came)
{
	struct scene s;

	scene_begin(&s);
	s.fake->silent = true;
	scene_queue(&s);
	scene_rounds(&s);
	CHECK_INT(s.fake->started, 1);
	scene_check(&s, "queued");
	CHECK_STR(fixture_ask(s.f.path, "SELECT count(*) FROM local_claim"), "1");
	fake_end_all(s.fake, SEND_HANDED_OVER, "250 queued");
	scene_rounds(&s);
	scene_check(&s, "handed_over");
	scene_end(&s);
}

TEST(a_temporary_refusal_follows_the_ladder_with_one_message_id)
{
	static const int64_t waits[] = { 5000, 15000, 45000, 120000, 300000, 600000, 600000 };
	struct scene s;

	scene_begin(&s);
	s.fake->verdict = SEND_TEMPORARY;
	s.fake->reply = "450 later";
	scene_queue(&s);
	for (size_t i = 0; i < sizeof waits / sizeof *waits; i++) {
		scene_rounds(&s);
		CHECK_INT(s.fake->started, i + 1);
		CHECK_INT(s.report.next_at, s.f.now + waits[i]);
		fixture_later(&s.f, waits[i] - 1);
		scene_rounds(&s);
		CHECK_INT(s.fake->started, i + 1);
		fixture_later(&s.f, 1);
	}
	s.fake->verdict = SEND_HANDED_OVER;
	scene_rounds(&s);
	scene_check(&s, "handed_over");
	for (int i = 1; i < s.fake->started; i++) {
		CHECK_STR(s.fake->sent[i].message_id, s.fake->sent[0].message_id);
		CHECK_STR(s.fake->sent[i].text, s.fake->sent[0].text);
	}
	/* Single tries are no events: queued, rendered, handed over. */
	CHECK_STR(fixture_ask(s.f.path,
		"SELECT count(*) FROM event WHERE kind LIKE 'message%'"), "3");
	CHECK_STR(fixture_ask(s.f.path, "SELECT count(*) FROM local_attempt"), "8");
	scene_end(&s);
}

TEST(a_refusal_for_ever_is_failed_with_the_servers_own_words)
{
	struct scene s;
	struct message m = { 0 };
	struct error err;

	scene_begin(&s);
	s.fake->verdict = SEND_PERMANENT;
	s.fake->reply = "550 5.1.1 no such mailbox";
	scene_queue(&s);
	scene_rounds(&s);
	CHECK_OK(message_find(&m, s.f.desk, s.message, &err), err);
	CHECK_STR(m.state, "failed");
	CHECK_STR(m.reply, "550 5.1.1 no such mailbox");
	message_clear(&m);
	fixture_later(&s.f, 3600000);
	scene_rounds(&s);
	CHECK_INT(s.fake->started, 1);
	CHECK_OK(outbox_resend(s.f.desk, s.message, &err), err);
	s.fake->verdict = SEND_HANDED_OVER;
	scene_rounds(&s);
	scene_check(&s, "handed_over");
	CHECK_STR(s.fake->sent[1].message_id, s.fake->sent[0].message_id);
	scene_end(&s);
}

TEST(what_is_sent_again_goes_where_the_register_says_today)
{
	struct scene s;
	struct json *given = json_object();
	struct error err;

	scene_begin(&s);
	s.fake->verdict = SEND_PERMANENT;
	scene_queue(&s);
	scene_rounds(&s);
	json_set_text(given, "mail", "tran.lan@team.example");
	CHECK_OK(member_set(s.f.desk, "lan", given, &err), err);
	json_free(given);
	CHECK_OK(outbox_resend(s.f.desk, s.message, &err), err);
	s.fake->verdict = SEND_HANDED_OVER;
	scene_rounds(&s);
	scene_check(&s, "handed_over");
	CHECK_STR(s.fake->sent[0].to, "lan@team.example");
	CHECK_STR(s.fake->sent[1].to, "tran.lan@team.example");
	scene_end(&s);
}

TEST(a_connection_lost_after_the_last_byte_is_unknown_and_sent_again)
{
	struct scene s;

	scene_begin(&s);
	s.fake->verdict = SEND_UNKNOWN;
	scene_queue(&s);
	scene_rounds(&s);
	scene_check(&s, "unknown");
	fixture_later(&s.f, 5000);
	scene_rounds(&s);
	CHECK_INT(s.fake->started, 2);
	scene_check(&s, "unknown");
	s.fake->verdict = SEND_HANDED_OVER;
	fixture_later(&s.f, 15000);
	scene_rounds(&s);
	scene_check(&s, "handed_over");
	CHECK_STR(s.fake->sent[2].message_id, s.fake->sent[0].message_id);
	CHECK_STR(fixture_ask(s.f.path,
		"SELECT count(*) FROM event WHERE kind = 'message_unknown'"), "1");
	scene_end(&s);
}

TEST(what_is_not_sent_in_its_time_expires)
{
	struct scene s;

	scene_begin(&s);
	s.fake->verdict = SEND_TEMPORARY;
	scene_queue(&s);
	scene_rounds(&s);
	fixture_later(&s.f, 24 * 3600000);
	scene_rounds(&s);
	scene_check(&s, "expired");
	CHECK_INT(s.fake->started, 1);
	scene_end(&s);
}

TEST(who_works_on_the_case_already_is_not_told_any_more)
{
	struct scene s;
	struct error err;

	scene_begin(&s);
	CHECK_OK(case_assign(s.f.desk, s.case_id, "lan", &err), err);
	CHECK_OK(outbox_each(s.f.desk, &(struct outbox_filter){ .limit = 1 }, scene_keep_id,
		s.message, &err), err);
	fixture_as(&s.f, "lan");
	(void)fixture_note(&s.f, s.case_id, "tôi đang xử lý");
	scene_rounds(&s);
	scene_check(&s, "dropped");
	CHECK_INT(s.fake->started, 0);
	scene_end(&s);
}

TEST(a_case_that_is_not_open_any_more_tells_nobody)
{
	struct scene s;

	scene_begin(&s);
	scene_queue(&s);
	fixture_status(&s.f, s.case_id, "dismissed");
	scene_rounds(&s);
	scene_check(&s, "dropped");
	scene_end(&s);
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

	scene_begin(&s);
	add_contact(&s, id);
	scene_queue_to(&s, "contact", id, "de_nghi");
	CHECK_OK(case_set(s.f.desk, s.case_id, red, 1, &err), err);
	scene_rounds(&s);
	scene_check(&s, "held");
	CHECK_INT(s.fake->started, 0);
	scene_end(&s);
}

TEST(a_contact_is_told_the_public_part_only)
{
	struct scene s;
	char id[UUID_SIZE];

	scene_begin(&s);
	add_contact(&s, id);
	scene_queue_to(&s, "contact", id, "phan_cong");
	scene_rounds(&s);
	scene_check(&s, "handed_over");
	CHECK(strstr(s.fake->sent[0].text, "Mất điện") == NULL);
	CHECK(strstr(s.fake->sent[0].text, "ắc quy") == NULL);
	CHECK(strstr(s.fake->sent[0].subject, "ắc quy") == NULL);
	scene_end(&s);
}

TEST(what_was_handed_over_while_somebody_held_it_is_told_truly)
{
	struct scene s;
	struct error err;

	scene_begin(&s);
	s.fake->silent = true;
	scene_queue(&s);
	scene_rounds(&s);
	CHECK_OK(outbox_hold(s.f.desk, s.message, "khoan", &err), err);
	fake_end_all(s.fake, SEND_HANDED_OVER, "250 queued");
	scene_rounds(&s);
	scene_check(&s, "handed_over");
	scene_end(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(a_queued_message_is_rendered_claimed_and_handed_over_once),
		RUN(a_call_is_urgent_and_how_it_stands_is_not),
		RUN(nothing_is_called_sent_before_the_answer_came),
		RUN(a_temporary_refusal_follows_the_ladder_with_one_message_id),
		RUN(a_refusal_for_ever_is_failed_with_the_servers_own_words),
		RUN(what_is_sent_again_goes_where_the_register_says_today),
		RUN(a_connection_lost_after_the_last_byte_is_unknown_and_sent_again),
		RUN(what_is_not_sent_in_its_time_expires),
		RUN(who_works_on_the_case_already_is_not_told_any_more),
		RUN(a_case_that_is_not_open_any_more_tells_nobody),
		RUN(nothing_of_a_red_case_goes_to_a_contact),
		RUN(a_contact_is_told_the_public_part_only),
		RUN(what_was_handed_over_while_somebody_held_it_is_told_truly),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
