/* TARGETS E4: the mail server is away for an hour with 10,000 messages waiting for
 * 200 people.  What arrives afterwards is how things stand for each of them, and each
 * of the 10,000 ends in a state that is true. */
#include "tests/fixture.h"

#include <stdio.h>
#include <stdlib.h>

#include "core/change.h"
#include "core/mem.h"
#include "core/member.h"
#include "core/outbox.h"
#include "notify/deliver.h"
#include "notify/smtp.h"
#include "tests/servers/smtp_child.h"

#define PEOPLE 200
#define CASES 20
#define MESSAGES 10000

struct outage {
	struct fixture f;
	struct smtp_child server;
	struct deliver *deliver;
	struct deliver_report report;
	char people[PEOPLE][UUID_SIZE];
	char cases[CASES][UUID_SIZE];
};

static void
add_people(struct outage *o)
{
	struct error err;

	for (int i = 0; i < PEOPLE; i++) {
		struct json *given = json_object();
		char login[16], mail[40];

		(void)snprintf(login, sizeof login, "m%03d", i);
		(void)snprintf(mail, sizeof mail, "m%03d@team.example", i);
		json_set_text(given, "name", login);
		json_set_text(given, "role", "responder");
		json_set_text(given, "mail", mail);
		CHECK_OK(member_add_json(o->f.desk, login, given, &err), err);
		CHECK_OK(member_id(o->f.desk, login, o->people[i], &err), err);
		json_free(given);
	}
	for (int i = 0; i < CASES; i++) {
		fixture_case(&o->f, "Mất điện", o->cases[i]);
	}
}

static void
queue_all(struct outage *o)
{
	struct error err;

	for (int i = 0; i < MESSAGES; i++) {
		struct json *vars = json_object();

		json_set_text(vars, "number", "2026-0001");
		json_set_text(vars, "title", "Mất điện");
		json_set_text(vars, "work", "Đọc ắc quy");
		json_set_int(vars, "n", i + 1);
		if (i % 100 == 0) {
			CHECK_OK(change_begin(o->f.desk, &err), err);
		}
		CHECK_OK(outbox_queue(o->f.desk, &(struct message_new){
			.case_id = o->cases[i / PEOPLE % CASES], .to_kind = "member",
			.to_id = o->people[i % PEOPLE], .template = "phan_cong", .vars = vars,
			.rank = i / PEOPLE % 5 == 0 ? RANK_STATUS : RANK_WORK,
			.cause = NO_CAUSE }, &err), err);
		json_free(vars);
		if (i % 100 == 99) {
			CHECK_OK(change_end(o->f.desk, true, &err), err);
		}
	}
}

static void
begin(struct outage *o)
{
	struct channel *channel = NULL;
	struct error err = ERROR_INIT;
	struct channel_config config;

	fixture_file(&o->f);
	smtp_child_start(&o->server, "good");
	config = (struct channel_config){ .url = o->server.url, .from = "suco@team.example",
		.ca_file = o->server.at.ca_file, .connect_ms = 2000, .transfer_ms = 10000 };
	CHECK_OK(smtp_channel.open(&channel, &config, &err), err);
	o->deliver = deliver_new(o->f.desk, &(struct deliver_options){
		.lease = LEASE_ENGINE, .program = "test" });
	deliver_add(o->deliver, "mail", channel, NULL);
	add_people(o);
	queue_all(o);
}

/* Rounds until nothing is under way. */
static void
settle(struct outage *o)
{
	struct error err = ERROR_INIT;
	int64_t until = steady_ms() + 60000;

	do {
		CHECK_OK(deliver_round(o->deliver, &o->report, &err), err);
		(void)deliver_wait(o->deliver, -1, o->report.under_way > 0 ? 50 : 0);
		assert_true(steady_ms() < until);
	} while (o->report.under_way > 0);
}

static const char *
ask(struct outage *o, const char *sql)
{
	return fixture_ask(o->f.path, sql);
}

/* Each that was handed over came with its own id. */
static void
check_mails(struct outage *o)
{
	char *all = xstrdup(ask(o, "SELECT group_concat(id, '') FROM message"
		" WHERE state = 'handed_over' AND bundle = ''"));
	const size_t len = UUID_SIZE - 1;

	for (const char *at = all; strlen(at) >= len; at += len) {
		char id[UUID_SIZE];

		(void)snprintf(id, sizeof id, "%s", at);
		CHECK(smtp_child_holding(&o->server, id) >= 1);
	}
	free(all);
}

TEST(after_an_hour_without_mail_everybody_gets_how_it_stands_and_none_is_lost)
{
	static struct outage o;
	int64_t first;
	int tries, probes;

	begin(&o);
	smtp_child_mode(&o.server, "refuse");
	for (int i = 0; i < 720; i++) {
		settle(&o);
		fixture_later(&o.f, 5000);
		if (i == 360) {
			fixture_status(&o.f, o.cases[0], "dismissed");
		}
	}
	/* Only the first messages ran into it: after them the server itself was asked. */
	tries = (int)strtol(ask(&o, "SELECT COUNT(*) FROM local_attempt"), NULL, 10);
	CHECK(tries >= 1 && tries <= 8);
	probes = (int)strtol(ask(&o, "SELECT tries FROM local_channel WHERE name = 'mail'"),
		NULL, 10);
	CHECK(probes >= 8 && probes <= 20);
	CHECK_INT(smtp_child_count(&o.server), 0);
	smtp_child_mode(&o.server, "accept");
	fixture_later(&o.f, 660000);
	first = steady_ms();
	while (strcmp(ask(&o, "SELECT COUNT(*) FROM message WHERE state IN"
		" ('queued', 'unknown')"), "0") != 0) {
		settle(&o);
		fixture_later(&o.f, 5000);
		assert_true(steady_ms() < first + 120000);
	}
	/* Of the 10,000: with another, or settled meanwhile, and each says which. */
	CHECK_STR(ask(&o, "SELECT COUNT(*) FROM message WHERE template = 'phan_cong'"
		" AND state IN ('handed_over', 'dropped')"), "10000");
	CHECK_STR(ask(&o, "SELECT COUNT(*) FROM message WHERE state = 'dropped'"
		" AND reason = ''"), "0");
	CHECK_STR(ask(&o, "SELECT COUNT(*) FROM message m JOIN message b ON b.id = m.bundle"
		" WHERE m.state = 'handed_over' AND b.state <> 'handed_over'"), "0");
	/* One mail to each of the 200. */
	CHECK_STR(ask(&o, "SELECT COUNT(*) FROM message WHERE state = 'handed_over'"
		" AND bundle = ''"), "200");
	CHECK_STR(ask(&o, "SELECT COUNT(DISTINCT to_id) FROM message WHERE"
		" state = 'handed_over' AND bundle = ''"), "200");
	CHECK_INT(smtp_child_count(&o.server), 200);
	check_mails(&o);
	fixture_whole(&o.f);
	deliver_free(o.deliver);
	smtp_child_stop(&o.server);
	fixture_end(&o.f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(after_an_hour_without_mail_everybody_gets_how_it_stands_and_none_is_lost),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
