/* What goes together: after an outage what stands, once, and not its backlog; many
 * in a minute as one; of how it stands only the newest. */
#include "tests/test.h"

#include <stdio.h>

#include "core/i18n.h"
#include "core/setting.h"
#include "core/wish.h"
#include "tests/notify/scene.h"

static void
set(struct scene *s, const char *name, const char *value)
{
	struct error err;

	CHECK_OK(setting_set(s->f.desk, name, value, &err), err);
}

static const char *
states(struct scene *s)
{
	return fixture_ask(s->f.path, "SELECT group_concat(t, ', ') FROM (SELECT template"
		" || ' ' || state || ' ' || count(*) AS t FROM message"
		" GROUP BY template, state ORDER BY template, state)");
}

static struct json *
vars_of(const char *number, const char *title, const char *work, int severity)
{
	struct json *vars = json_object();

	json_set_text(vars, "number", number);
	json_set_text(vars, "title", title);
	json_set_text(vars, "work", work);
	json_set_int(vars, "n", 1);
	json_set_int(vars, "severity", severity);
	return vars;
}

static void
put(struct scene *s, const char *case_id, enum message_rank rank, const char *title,
	const char *work, int severity)
{
	struct json *vars = vars_of("2026-0001", title, work, severity);

	scene_put(s, &(struct message_new){ .case_id = case_id, .rank = rank, .vars = vars },
		true);
	json_free(vars);
}

/* A channel that is down from the first message on. */
static void
outage(struct scene *s)
{
	set(s, "bundle_after", "5");
	s->fake->verdict = SEND_UNREACHABLE;
	s->fake->reply = "no route to host";
}

TEST(after_an_outage_what_stands_goes_once_and_its_messages_follow_truly)
{
	struct scene s;
	char first[UUID_SIZE];
	const struct fake_sent *sent;

	i18n_start("vi", NULL);
	scene_begin(&s);
	outage(&s);
	memcpy(first, s.case_id, UUID_SIZE);
	put(&s, first, RANK_WORK, "Mất điện trạm chính", "Đọc ắc quy", 3);
	scene_rounds(&s);
	put(&s, first, RANK_WORK, "Mất điện trạm chính", "Gọi điện lực", 3);
	fixture_case(&s.f, "Mất liên kết", s.case_id);
	put(&s, s.case_id, RANK_PAGE, "Mất liên kết Lý Sơn", "Gọi nhà mạng", 2);
	fixture_later(&s.f, 47 * 60000);
	s.fake->verdict = SEND_HANDED_OVER;
	s.fake->reply = "250 queued";
	scene_rounds(&s);
	sent = &s.fake->sent[s.fake->started - 1];
	CHECK_INT(s.fake->started, 2); /* the probe that failed, and this one */
	CHECK_STR(sent->subject, "2 vụ chờ, cũ nhất 47 phút");
	CHECK(strstr(sent->text, "Mất liên kết Lý Sơn · S2: Gọi nhà mạng") != NULL);
	CHECK(strstr(sent->text, "· S3 · 2 tin: Đọc ắc quy; Gọi điện lực") != NULL);
	/* The call before the work. */
	CHECK(strstr(sent->text, "Lý Sơn") < strstr(sent->text, "Đọc ắc quy"));
	CHECK_STR(states(&s), "gop handed_over 1, phan_cong handed_over 3");
	CHECK_STR(fixture_ask(s.f.path, "SELECT count(*) FROM message WHERE bundle ="
		" (SELECT id FROM message WHERE template = 'gop') AND reply = '250 queued'"
		" AND reason = 'with others in one message'"), "3");
	CHECK_STR(fixture_ask(s.f.path, "SELECT count(*) FROM local_delivery"), "0");
	scene_end(&s);
}

TEST(a_bundle_that_is_refused_for_ever_fails_with_all_of_it)
{
	struct scene s;
	struct error err;

	scene_begin(&s);
	outage(&s);
	scene_queue(&s);
	scene_rounds(&s);
	scene_queue(&s);
	fixture_later(&s.f, 3600000);
	s.fake->verdict = SEND_PERMANENT;
	s.fake->reply = "550 no such mailbox";
	scene_rounds(&s);
	CHECK_STR(states(&s), "gop failed 1, phan_cong failed 2");
	/* Sent again, it is one message again. */
	CHECK_OK(outbox_resend(s.f.desk, fixture_ask(s.f.path,
		"SELECT id FROM message WHERE template = 'gop'"), &err), err);
	CHECK_STR(states(&s), "gop queued 1, phan_cong queued 2");
	s.fake->verdict = SEND_HANDED_OVER;
	scene_rounds(&s);
	CHECK_STR(states(&s), "gop handed_over 1, phan_cong handed_over 2");
	scene_end(&s);
}

TEST(more_than_a_few_in_a_minute_go_as_one)
{
	struct scene s;

	scene_begin(&s);
	set(&s, "bundle_after", "3");
	for (int i = 0; i < 3; i++) {
		scene_queue(&s);
	}
	scene_rounds(&s);
	CHECK_INT(s.fake->started, 3);
	for (int i = 0; i < 4; i++) {
		scene_queue(&s);
	}
	scene_rounds(&s);
	CHECK_INT(s.fake->started, 4);
	CHECK_STR(states(&s), "gop handed_over 1, phan_cong handed_over 7");
	/* One alone is never a bundle. */
	scene_queue(&s);
	scene_rounds(&s);
	CHECK_STR(states(&s), "gop handed_over 1, phan_cong handed_over 8");
	scene_end(&s);
}

TEST(the_call_to_a_very_serious_case_goes_by_itself)
{
	struct scene s;

	scene_begin(&s);
	outage(&s);
	scene_queue(&s);
	scene_rounds(&s);
	scene_queue(&s);
	put(&s, s.case_id, RANK_PAGE, "Mất điện", "NHẬN XỬ LÝ", 4);
	fixture_later(&s.f, 3600000);
	s.fake->verdict = SEND_HANDED_OVER;
	scene_rounds(&s);
	CHECK_STR(states(&s), "gop handed_over 1, phan_cong handed_over 3");
	CHECK_INT(fake_times(s.fake, s.message), 1);
	scene_end(&s);
}

/* What may be answered with the message that carries, and by itself. */
static void
acts_are(struct scene *s, const char *carrier, int rows, const char *work)
{
	CHECK_STR(fixture_ask(s->f.path, "SELECT acts FROM message WHERE template = 'gop'"
		" ORDER BY position DESC LIMIT 1"), carrier);
	CHECK_INT(strtol(fixture_ask(s->f.path, "SELECT COUNT(*) FROM message g, json_each("
		"g.vars, '$.cases') c WHERE g.template = 'gop' AND json_extract(c.value,"
		" '$.answers') IS NOT NULL"), NULL, 10), rows);
	if (work != NULL) {
		CHECK_STR(fixture_ask(s->f.path, "SELECT json_extract(w.vars, '$.work')"
			" FROM message g, json_each(g.vars, '$.cases') c JOIN message w"
			" ON w.id = json_extract(c.value, '$.answers')"
			" WHERE g.template = 'gop'"), work);
	}
}

static void
ask_of(struct scene *s, const char *work, int n)
{
	struct json *vars = vars_of("2026-0001", "Mất điện", work, 2);

	json_set_int(vars, "n", n);
	scene_put(s, &(struct message_new){ .case_id = s->case_id, .rank = RANK_WORK,
		.vars = vars, .acts = "ack decline pass" }, true);
	json_free(vars);
}

TEST(no_answer_takes_a_work_that_the_text_does_not_name)
{
	struct scene s;
	const char *works[] = { "Một", "Hai", "Ba", "Bốn", "Năm" };

	scene_begin(&s);
	set(&s, "bundle_after", "1");
	for (int i = 0; i < 5; i++) {
		ask_of(&s, works[i], i + 1);
	}
	scene_rounds(&s);
	/* The newest of the three that are named, by itself. */
	acts_are(&s, "", 1, "Ba");
	CHECK(strstr(s.fake->sent[s.fake->started - 1].text, "Bốn") == NULL);
	scene_end(&s);
}

TEST(a_call_to_the_case_itself_is_answered_with_the_message_that_carries_it)
{
	struct scene s;

	scene_begin(&s);
	set(&s, "bundle_after", "1");
	ask_of(&s, "", 0);
	ask_of(&s, "Đọc ắc quy", 3);
	scene_rounds(&s);
	acts_are(&s, "ack decline pass", 0, NULL);
	scene_end(&s);
}

TEST(of_how_it_stands_only_the_newest_is_sent)
{
	struct scene s;
	char other[UUID_SIZE];

	scene_begin(&s);
	for (int i = 0; i < 4; i++) {
		scene_put(&s, &(struct message_new){ .case_id = s.case_id,
			.rank = RANK_STATUS }, true);
	}
	memcpy(other, s.message, UUID_SIZE);
	fixture_case(&s.f, "Mất liên kết", s.case_id);
	scene_put(&s, &(struct message_new){ .case_id = s.case_id, .rank = RANK_STATUS }, true);
	scene_rounds(&s);
	CHECK_INT(s.fake->started, 2); /* one of each case */
	CHECK_INT(fake_times(s.fake, other), 1);
	CHECK_STR(states(&s), "phan_cong dropped 3, phan_cong handed_over 2");
	CHECK_STR(fixture_ask(s.f.path, "SELECT DISTINCT reason FROM message"
		" WHERE state = 'dropped'"), "a newer one says more");
	scene_end(&s);
}

TEST(a_bundle_that_waits_is_made_anew_when_more_came_or_some_was_settled)
{
	struct scene s;
	char first[UUID_SIZE];

	scene_begin(&s);
	outage(&s);
	memcpy(first, s.case_id, UUID_SIZE);
	scene_queue(&s);
	scene_rounds(&s);
	scene_queue(&s);
	fixture_case(&s.f, "Mất liên kết", s.case_id);
	scene_queue(&s);
	fixture_later(&s.f, 600000);
	scene_rounds(&s); /* the probe is the bundle: it does not arrive */
	CHECK_STR(states(&s), "gop queued 1, phan_cong queued 3");
	fixture_status(&s.f, first, "dismissed");
	fixture_later(&s.f, 600000);
	s.fake->verdict = SEND_HANDED_OVER;
	scene_rounds(&s);
	CHECK_STR(states(&s), "gop dropped 1, gop handed_over 1, phan_cong dropped 2,"
		" phan_cong handed_over 1");
	scene_end(&s);
}

TEST(a_bundle_of_which_all_was_answered_is_not_sent)
{
	struct scene s;

	scene_begin(&s);
	outage(&s);
	scene_queue(&s);
	scene_rounds(&s);
	scene_queue(&s);
	fixture_later(&s.f, 600000);
	scene_rounds(&s);
	CHECK_STR(states(&s), "gop queued 1, phan_cong queued 2");
	fixture_status(&s.f, s.case_id, "dismissed");
	fixture_later(&s.f, 600000);
	s.fake->verdict = SEND_HANDED_OVER;
	scene_rounds(&s);
	CHECK_STR(states(&s), "gop dropped 1, phan_cong dropped 2");
	scene_end(&s);
}

TEST(what_waited_for_the_morning_comes_as_one_digest)
{
	struct scene s;
	struct error err;

	scene_begin(&s);
	set(&s, "bundle_after", "5");
	CHECK_OK(wish_set(s.f.desk, "lan", "quiet", "22:00-06:00", &err), err);
	put(&s, s.case_id, RANK_PLAIN, "Mất điện", "Kiểm tra ắc quy", 2); /* 02:10 */
	put(&s, s.case_id, RANK_PLAIN, "Mất điện", "Đọc đồng hồ", 2);
	put(&s, s.case_id, RANK_PAGE, "Mất điện", "NHẬN XỬ LÝ", 2);
	scene_rounds(&s);
	CHECK_INT(s.fake->started, 1); /* the call */
	CHECK_INT(s.report.next_at, FIXTURE_START + (3 * 60 + 50) * 60000);
	CHECK_STR(fixture_ask(s.f.path, "SELECT count(*) FROM local_delivery"
		" WHERE why = 'quiet'"), "2");
	fixture_later(&s.f, s.report.next_at - s.f.now);
	scene_rounds(&s);
	CHECK_INT(s.fake->started, 2);
	CHECK(strstr(s.fake->sent[1].subject, "Tóm tắt: 1 vụ, 2 tin") == s.fake->sent[1].subject);
	CHECK(strstr(s.fake->sent[1].text, "Kiểm tra ắc quy; Đọc đồng hồ") != NULL);
	CHECK_STR(states(&s), "phan_cong handed_over 3, tom_tat handed_over 1");
	scene_end(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(after_an_outage_what_stands_goes_once_and_its_messages_follow_truly),
		RUN(a_bundle_that_is_refused_for_ever_fails_with_all_of_it),
		RUN(more_than_a_few_in_a_minute_go_as_one),
		RUN(the_call_to_a_very_serious_case_goes_by_itself),
		RUN(no_answer_takes_a_work_that_the_text_does_not_name),
		RUN(a_call_to_the_case_itself_is_answered_with_the_message_that_carries_it),
		RUN(of_how_it_stands_only_the_newest_is_sent),
		RUN(a_bundle_that_waits_is_made_anew_when_more_came_or_some_was_settled),
		RUN(a_bundle_of_which_all_was_answered_is_not_sent),
		RUN(what_waited_for_the_morning_comes_as_one_digest),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
