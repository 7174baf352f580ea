/* No contact is reached from a drill, whatever is done in it: rules, severity,
 * release, sending again, escalation, answers, or an act that forgot that it is a
 * drill.  All contacts of the province have an address here, and one channel. */
#include <stdio.h>

#include "tests/fixture.h"
#include "tests/notify/fake_channel.h"
#include "tests/notify/scene.h"

#include "core/answer.h"
#include "core/case_open.h"
#include "core/case_set.h"
#include "core/change.h"
#include "core/contact.h"
#include "core/escalate.h"
#include "core/member.h"
#include "core/profile.h"
#include "core/tell.h"

#define MINUTE INT64_C(60000)
#define OUTSIDE "@outside.example.org"

struct play {
	struct fixture f;
	struct desk *engine;
	struct fake *mail;
	struct deliver *deliver;
	struct escalate_report report;
	struct json *contacts; /* of the register */
	char case_id[UUID_SIZE];
};

static void
give_addresses(struct play *p)
{
	struct error err = ERROR_INIT;

	CHECK_OK(contact_list(p->f.desk, &p->contacts, &err), err);
	CHECK(json_count(p->contacts) > 20);
	for (const struct json *c = json_first(p->contacts); c != NULL; c = json_next(c)) {
		const char *role = json_text_of(c, "role");
		struct json *given = json_object();
		char mail[120];

		(void)snprintf(mail, sizeof mail, "%.60s%s", role, OUTSIDE);
		json_set_text(given, "mail", mail);
		CHECK_OK(contact_set(p->f.desk, role, given, &err), err);
		json_free(given);
	}
}

static void
play_begin(struct play *p)
{
	static const char *const people[] = { "lan", "nam", "minh", "quan" };
	struct profile *profile = NULL;
	struct json *report = NULL;
	struct error err;

	*p = (struct play){ 0 };
	fixture_file(&p->f);
	CHECK_OK(profile_read(&profile, "quangngai", &err), err);
	CHECK_OK(profile_load(p->f.desk, profile, &report, &err), err);
	json_free(report);
	profile_free(profile);
	for (size_t i = 0; i < sizeof people / sizeof *people; i++) {
		struct json *given = json_object();
		char mail[60];

		(void)snprintf(mail, sizeof mail, "%s@team.example", people[i]);
		json_set_text(given, "mail", mail);
		CHECK_OK(member_set(p->f.desk, people[i], given, &err), err);
		json_free(given);
	}
	give_addresses(p);
	p->engine = fixture_open(&p->f, NULL);
	p->mail = fake_new();
	p->deliver = scene_delivery(p->engine, p->mail);
}

static void
play_end(struct play *p)
{
	fixture_whole(&p->f);
	deliver_free(p->deliver);
	desk_close(p->engine);
	json_free(p->contacts);
	fixture_end(&p->f);
	fake_free(p->mail);
}

static void
engine(struct play *p, int64_t minutes)
{
	struct deliver_report sent = { 0 };
	struct error err = ERROR_INIT;
	int64_t next_at;

	fixture_later(&p->f, minutes * MINUTE);
	for (int i = 0; i < 25; i++) {
		CHECK_OK(escalate_round(p->engine, &p->report, &next_at, &err), err);
		CHECK_OK(deliver_round(p->deliver, &sent, &err), err);
	}
	CHECK_INT(p->report.failed, 0);
}

struct ids {
	int count;
	char id[400][UUID_SIZE];
};

static bool
keep(const struct message *m, void *arg)
{
	struct ids *ids = arg;

	if (ids->count < 400) {
		memcpy(ids->id[ids->count++], m->id, UUID_SIZE);
	}
	return true;
}

/* Everything in the outbox that a member can push, he pushes. */
static void
push_all(struct play *p)
{
	struct ids ids = { 0 };
	struct error err;

	CHECK_OK(outbox_each(p->f.desk, &(struct outbox_filter){ .limit = 400 }, keep, &ids,
		&err), err);
	for (int i = 0; i < ids.count; i++) {
		(void)outbox_release(p->f.desk, ids.id[i], "thử", &err);
		(void)outbox_resend(p->f.desk, ids.id[i], &err);
	}
	for (const struct json *c = json_first(p->contacts); c != NULL; c = json_next(c)) {
		(void)tell_release(p->f.desk, p->case_id, json_text_of(c, "role"), &err);
	}
}

/* As a face would that forgot that the case is a drill. */
static void
forget_the_drill(struct play *p)
{
	struct json *vars = json_object();
	struct error err;

	json_set_text(vars, "number", "D-2026-0001");
	json_set_text(vars, "kind", "power");
	CHECK_OK(change_begin(p->f.desk, &err), err);
	for (const struct json *c = json_first(p->contacts); c != NULL; c = json_next(c)) {
		CHECK_OK(outbox_queue(p->f.desk, &(struct message_new){ .case_id = p->case_id,
			.to_kind = "contact", .to_id = json_text_of(c, "id"),
			.template = "de_nghi", .vars = vars, .cause = NO_CAUSE }, &err), err);
	}
	CHECK_OK(change_end(p->f.desk, true, &err), err);
	json_free(vars);
}

/* Whoever has a message about it takes it, or says no. */
static void
answer_all(struct play *p, enum answer_what what)
{
	struct ids ids = { 0 };
	struct answer_done done;
	struct error err;

	CHECK_OK(outbox_each(p->f.desk, &(struct outbox_filter){ .limit = 400 }, keep, &ids,
		&err), err);
	for (int i = 0; i < ids.count; i++) {
		(void)answer_message(p->engine, &(struct answer){ .message_id = ids.id[i],
			.what = what, .to = what == ANSWER_PASS ? "minh" : NULL,
			.channel = "link" }, &done, &err);
	}
}

static void
check_nobody_outside(const struct play *p)
{
	for (int i = 0; i < p->mail->started; i++) {
		if (strstr(p->mail->sent[i].to, OUTSIDE) != NULL ||
		    strncmp(p->mail->sent[i].subject, "[DIỄN TẬP]", strlen("[DIỄN TẬP]")) != 0 ||
		    strncmp(p->mail->sent[i].text, "[DIỄN TẬP]", strlen("[DIỄN TẬP]")) != 0) {
			fail_msg("%s was sent: %s", p->mail->sent[i].to, p->mail->sent[i].subject);
		}
	}
}

static void
play_all(struct play *p, bool page)
{
	static const char *const kinds[] = { "attack", "power", "link" };
	struct error err;

	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		CHECK_OK(case_open(p->f.desk, &(struct case_new){ .kind = kinds[i],
			.title = "Diễn tập", .drill = true, .page = page, .owner = "lan" },
			p->case_id, &err), err);
		CHECK_OK(severity_decide(p->f.desk, p->case_id, 2, "kịch bản", &err), err);
		engine(p, 0);
		CHECK_OK(severity_decide(p->f.desk, p->case_id, 4, "kịch bản", &err), err);
		engine(p, 6);
		push_all(p);
		engine(p, 6);
		answer_all(p, ANSWER_DECLINE);
		engine(p, 20);
		answer_all(p, ANSWER_PASS);
		forget_the_drill(p);
		engine(p, 20);
		push_all(p);
		answer_all(p, ANSWER_ACK);
		engine(p, 6 * 60);
		check_nobody_outside(p);
	}
}

TEST(a_drill_that_pages_the_team_reaches_its_members_and_no_contact)
{
	struct play p;

	play_begin(&p);
	play_all(&p, true);
	CHECK(p.mail->started > 0);
	CHECK(p.report.called > 0);
	play_end(&p);
}

TEST(a_drill_that_does_not_page_calls_nobody_and_reaches_no_contact)
{
	struct play p;

	play_begin(&p);
	play_all(&p, false);
	CHECK_INT(p.report.called, 0);
	play_end(&p);
}

/* The same acts on a real case do reach contacts: the test above can fail. */
TEST(the_same_acts_on_a_real_case_do_reach_a_contact)
{
	struct play p;
	struct error err;
	bool outside = false;

	play_begin(&p);
	CHECK_OK(case_open(p.f.desk, &(struct case_new){ .kind = "attack",
		.title = "Mã độc", .owner = "lan" }, p.case_id, &err), err);
	CHECK_OK(severity_decide(p.f.desk, p.case_id, 4, "đã rõ", &err), err);
	push_all(&p);
	engine(&p, 1);
	for (int i = 0; i < p.mail->started; i++) {
		outside = outside || strstr(p.mail->sent[i].to, OUTSIDE) != NULL;
	}
	CHECK(outside);
	play_end(&p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(a_drill_that_pages_the_team_reaches_its_members_and_no_contact),
		RUN(a_drill_that_does_not_page_calls_nobody_and_reaches_no_contact),
		RUN(the_same_acts_on_a_real_case_do_reach_a_contact),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
