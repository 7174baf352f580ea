/* The story: nobody answers a power cut at 02:10.  The first on call is mailed, then
 * sent a short text, then the backup is called, then the coordinator, who answers;
 * the timeline has all of it with its true states. */
#include "tests/fixture.h"
#include "tests/notify/fake_channel.h"
#include "tests/notify/scene.h"

#include "core/answer.h"
#include "core/case_open.h"
#include "core/change.h"
#include "core/escalate.h"
#include "core/escalation.h"
#include "core/member.h"
#include "core/rule.h"
#include "core/thing.h"
#include "core/timeline.h"
#include "core/why.h"

#define MINUTE INT64_C(60000)

struct night {
	struct fixture f;
	struct desk *engine;
	struct fake *mail, *sms;
	struct deliver *deliver;
	struct deliver_report sent;
	struct escalate_report report;
	int64_t next_at;
	char case_id[UUID_SIZE];
};

static void
member(struct night *n, const char *login, const char *mail, const char *phone)
{
	struct json *given = json_object();
	struct error err;

	json_set_text(given, "mail", mail);
	if (phone != NULL) {
		json_set_text(given, "phone", phone);
	}
	CHECK_OK(member_set(n->f.desk, login, given, &err), err);
	json_free(given);
}

/* A layer of the roster, and who stands in it this night. */
static void
on_call(struct night *n, int position, const char *layer, const char *login)
{
	char id[UUID_SIZE];
	char whose[UUID_SIZE];
	struct json *body;
	struct error err;

	CHECK_OK(member_id(n->f.desk, login, whose, &err), err);
	CHECK_OK(change_begin(n->f.desk, &err), err);
	body = thing_new(n->f.desk, "duty_layer", id);
	row_text(body, "code", layer);
	row_text(body, "name", layer);
	row_text(body, "name_en", layer);
	row_int(body, "position", position);
	change_add(n->f.desk, "duty_layer_added", NULL, body);
	body = thing_new(n->f.desk, "duty_override", id);
	row_int(body, "n", position);
	row_text(body, "layer", layer);
	row_text(body, "kind", "add");
	row_text(body, "member_id", whose);
	row_int(body, "from_at", n->f.now - 60 * MINUTE);
	row_int(body, "to_at", n->f.now + 8 * 60 * MINUTE);
	row_text(body, "reason", "đêm nay");
	change_add(n->f.desk, "duty_override_added", NULL, body);
	CHECK_OK(change_end(n->f.desk, true, &err), err);
}

static void
policy(struct night *n)
{
	static const char text[] = "{\"family\": \"escalation\", \"order\": 1,"
		" \"source\": \"test\", \"when\": {\"subject\": \"case\"}, \"then\": {\"steps\": ["
		"{\"who\": [\"duty:first\"], \"by\": [\"mail\"], \"after\": \"2m\"},"
		"{\"who\": [\"duty:first\"], \"by\": [\"sms\"], \"after\": \"3m\"},"
		"{\"who\": [\"duty:backup\"], \"after\": \"5m\"},"
		"{\"who\": [\"duty:lead\"], \"after\": \"5m\"},"
		"{\"who\": [\"role:coordinator\"], \"after\": \"15m\"}],"
		" \"ack_lasts\": \"30m\"}}";
	struct json *given = NULL;
	struct error err;

	CHECK_OK(json_parse(&given, text, strlen(text), NULL, &err), err);
	CHECK_OK(rule_add(n->f.desk, "call", given, &err), err);
	json_free(given);
}

static void
night_begin(struct night *n)
{
	*n = (struct night){ 0 };
	fixture_file(&n->f);
	member(n, "lan", "lan@team.example", "0900000001");
	member(n, "nam", "nam@team.example", NULL);
	member(n, "minh", "minh@team.example", NULL);
	on_call(n, 1, "first", "lan");
	on_call(n, 2, "backup", "nam");
	policy(n);
	n->engine = fixture_open(&n->f, NULL);
	n->mail = fake_new();
	n->sms = fake_new();
	n->deliver = deliver_new(n->engine, &(struct deliver_options){
		.lease = LEASE_ENGINE, .program = "test", .lease_ms = 90000,
		.random = scene_random });
	deliver_add(n->deliver, "mail", &n->mail->channel, NULL);
	deliver_add(n->deliver, "sms", &n->sms->channel, NULL);
}

static void
night_end(struct night *n)
{
	fixture_whole(&n->f);
	deliver_free(n->deliver);
	desk_close(n->engine);
	fixture_end(&n->f);
	fake_free(n->mail);
	fake_free(n->sms);
}

/* The engine's turn: calling and delivering until nothing moves. */
static void
engine(struct night *n)
{
	struct error err = ERROR_INIT;

	for (int i = 0; i < 60; i++) {
		CHECK_OK(escalate_round(n->engine, &n->report, &n->next_at, &err), err);
		CHECK_OK(deliver_round(n->deliver, &n->sent, &err), err);
	}
	CHECK_INT(n->report.failed, 0);
}

static void
later(struct night *n, int64_t minutes)
{
	fixture_later(&n->f, minutes * MINUTE);
	engine(n);
}

struct search {
	const char *words;
	int found;
};

static bool
look(const struct entry *entry, void *arg)
{
	struct search *search = arg;
	struct zone *zone = NULL;
	struct error err;
	char *text;

	CHECK_OK(zone_load(&zone, "Asia/Ho_Chi_Minh", &err), err);
	text = timeline_text(entry, zone);
	search->found += strstr(text, search->words) != NULL;
	free(text);
	zone_free(zone);
	return true;
}

static int
says(struct night *n, const char *words)
{
	struct search search = { .words = words };
	struct error err;

	CHECK_OK(timeline_each(n->f.desk, &(struct timeline_page){ .case_id = n->case_id },
		look, &search, &err), err);
	return search.found;
}

/* How many calls left by this channel, and to whom the last went; what else leaves
 * (the case is given to its owner) is none. */
static int
calls(const struct fake *fake, const char **to)
{
	int count = 0;

	*to = "";
	for (int i = 0; i < fake->started; i++) {
		if (strstr(fake->sent[i].subject, "GỌI TRỰC") != NULL) {
			*to = fake->sent[i].to;
			count++;
		}
	}
	return count;
}

/* How often he heard that somebody has it. */
static int
told_taken(const struct night *n, const char *to)
{
	int count = 0;

	for (int i = 0; i < n->mail->started; i++) {
		count += strcmp(n->mail->sent[i].to, to) == 0 &&
			strstr(n->mail->sent[i].subject, "Đã có người nhận") != NULL;
	}
	return count;
}

static void
check_calls(const struct night *n, int mails, const char *mailed, int texts)
{
	const char *to;

	CHECK_INT(calls(n->mail, &to), mails);
	CHECK_STR(to, mailed);
	CHECK_INT(calls(n->sms, &to), texts);
	CHECK_STR(to, texts > 0 ? "0900000001" : "");
}

static void
take(struct night *n, const struct fake *fake)
{
	struct answer_done done;
	struct error err;

	CHECK_OK(answer_message(n->engine, &(struct answer){
		.message_id = fake->sent[fake->started - 1].id, .what = ANSWER_ACK,
		.channel = "link", .proof = "127.0.0.1" }, &done, &err), err);
	CHECK_INT(done.end, ANSWER_TAKEN);
}

TEST(nobody_answers_a_power_cut_at_02_10_until_the_coordinator_does)
{
	struct night n;
	struct ir_case c;

	night_begin(&n);
	fixture_case(&n.f, "Mất điện trạm chính", n.case_id);
	engine(&n);
	check_calls(&n, 1, "lan@team.example", 0);
	later(&n, 1);
	check_calls(&n, 1, "lan@team.example", 0);
	later(&n, 1); /* 02:12 */
	check_calls(&n, 1, "lan@team.example", 1);
	later(&n, 3); /* 02:15 */
	check_calls(&n, 2, "nam@team.example", 1);
	later(&n, 5); /* 02:20: nobody is lead, so the coordinator at once */
	check_calls(&n, 3, "minh@team.example", 1);
	fixture_later(&n.f, 2 * MINUTE);
	take(&n, n.mail);
	engine(&n);
	later(&n, 25);
	check_calls(&n, 3, "minh@team.example", 1);
	CHECK_INT(told_taken(&n, "lan@team.example"), 1);
	CHECK_INT(told_taken(&n, "nam@team.example"), 1);
	CHECK_INT(told_taken(&n, "minh@team.example"), 0);
	c = fixture_load(&n.f, n.case_id);
	CHECK_STR(c.status, "acknowledged");
	CHECK_STR(c.owner_login, "minh");
	case_clear(&c);
	CHECK_INT(says(&n, "(first on call) by mail"), 1);
	CHECK_INT(says(&n, "without an answer: calls "), 3);
	CHECK_INT(says(&n, "(first on call) by text message"), 1);
	CHECK_INT(says(&n, "(backup on call) by mail"), 1);
	CHECK_INT(says(&n, "nobody to call: lead of the watch"), 1);
	CHECK_INT(says(&n, " takes it on ("), 1);
	night_end(&n);
}

TEST(a_mail_that_is_refused_brings_the_next_call_at_once)
{
	struct night n;

	night_begin(&n);
	n.mail->verdict = SEND_PERMANENT;
	n.mail->reply = "550 no such user";
	fixture_case(&n.f, "Mất điện trạm chính", n.case_id);
	engine(&n);
	check_calls(&n, 1, "lan@team.example", 1);
	CHECK_INT(says(&n, "not delivered: calls "), 1);
	CHECK_INT(n.next_at, n.f.now + 3 * MINUTE);
	night_end(&n);
}

/* Everything that left to him, whatever it says. */
static int
sent_to(const struct fake *fake, const char *to)
{
	int count = 0;

	for (int i = 0; i < fake->started; i++) {
		count += strcmp(fake->sent[i].to, to) == 0;
	}
	return count;
}

/* As the engine's loop has them: the delivery's turn comes first. */
static void
loop(struct night *n)
{
	struct error err = ERROR_INIT;

	CHECK_OK(deliver_round(n->deliver, &n->sent, &err), err);
	engine(n);
}

static void
open_for_lan(struct night *n)
{
	struct ir_case c;

	fixture_case(&n->f, "Mất điện trạm chính", n->case_id);
	c = fixture_load(&n->f, n->case_id);
	CHECK_STR(c.owner_login, "lan"); /* who is first on call owns it */
	case_clear(&c);
}

TEST(the_owner_who_is_first_on_call_gets_one_message_of_the_opening_the_call)
{
	struct night n;

	night_begin(&n);
	open_for_lan(&n);
	loop(&n);
	check_calls(&n, 1, "lan@team.example", 0);
	CHECK_INT(sent_to(n.mail, "lan@team.example"), 1);
	later(&n, 1);
	CHECK_INT(sent_to(n.mail, "lan@team.example"), 1);
	CHECK_STR(fixture_ask(n.f.path, "SELECT group_concat(DISTINCT reason) FROM message"
		" WHERE template = 'phan_cong' AND state = 'dropped'"),
		"he is called to the case instead");
	night_end(&n);
}

/* The machine that calls may fail: then he hears of it by what waited. */
TEST(an_owner_for_whom_no_call_comes_is_told_half_a_minute_later)
{
	struct night n;
	struct error err = ERROR_INIT;

	night_begin(&n);
	open_for_lan(&n);
	CHECK_OK(deliver_round(n.deliver, &n.sent, &err), err);
	CHECK_INT(n.mail->started, 0);
	CHECK_INT(n.sent.next_at, n.f.now + 30000);
	fixture_later(&n.f, 30000);
	CHECK_OK(deliver_round(n.deliver, &n.sent, &err), err);
	CHECK_INT(sent_to(n.mail, "lan@team.example"), 1);
	night_end(&n);
}

TEST(an_owner_who_is_not_called_first_is_told_at_once)
{
	struct night n;
	struct error err = ERROR_INIT;

	night_begin(&n);
	CHECK_OK(case_open(n.f.desk, &(struct case_new){ .kind = "power",
		.title = "Mất điện", .owner = "nam" }, n.case_id, &err), err);
	CHECK_OK(deliver_round(n.deliver, &n.sent, &err), err);
	CHECK_INT(sent_to(n.mail, "nam@team.example"), 1);
	engine(&n);
	CHECK_INT(sent_to(n.mail, "nam@team.example"), 1);
	check_calls(&n, 1, "lan@team.example", 0);
	night_end(&n);
}

TEST(what_can_wait_for_the_digest_is_told_the_owner_once_and_at_once)
{
	struct night n;
	struct json *given = NULL;
	struct error err = ERROR_INIT;
	const char *low = "{\"order\": 1, \"then\": {\"steps\": [{\"who\":"
		" [\"duty:first\"], \"after\": \"60m\"}], \"digest\": true}}";

	night_begin(&n);
	CHECK_OK(json_parse(&given, low, strlen(low), NULL, &err), err);
	CHECK_OK(rule_set(n.f.desk, "call", given, &err), err);
	json_free(given);
	open_for_lan(&n);
	loop(&n);
	later(&n, 30);
	CHECK_INT(sent_to(n.mail, "lan@team.example"), 1);
	CHECK_STR(fixture_ask(n.f.path, "SELECT count(*) FROM message m JOIN member p"
		" ON p.id = m.to_id WHERE p.login = 'lan' AND m.channel = 'mail'"), "1");
	night_end(&n);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(nobody_answers_a_power_cut_at_02_10_until_the_coordinator_does),
		RUN(a_mail_that_is_refused_brings_the_next_call_at_once),
		RUN(the_owner_who_is_first_on_call_gets_one_message_of_the_opening_the_call),
		RUN(an_owner_for_whom_no_call_comes_is_told_half_a_minute_later),
		RUN(an_owner_who_is_not_called_first_is_told_at_once),
		RUN(what_can_wait_for_the_digest_is_told_the_owner_once_and_at_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
