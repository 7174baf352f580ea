/* The second message, for the member's own desktop session, and his answers. */
#include "tests/fixture.h"

#include "core/answer.h"
#include "core/case_set.h"
#include "core/member.h"
#include "core/outbox.h"
#include "core/status.h"
#include "core/undo.h"
#include "core/watch.h"

static void
member_field(struct fixture *f, const char *login, const char *field, const char *value)
{
	struct json *given = json_object();
	struct error err;

	json_set_text(given, field, value);
	CHECK_OK(member_set(f->desk, login, given, &err), err);
	json_free(given);
}

struct found {
	int count;
	struct message rows[8];
};

static bool
keep(const struct message *m, void *arg)
{
	struct found *f = arg;

	if (f->count < 8) {
		f->rows[f->count++] = (struct message){ .position = m->position,
			.expires_at = m->expires_at };
		memcpy(f->rows[f->count - 1].id, m->id, sizeof m->id);
		memcpy(f->rows[f->count - 1].channel, m->channel, sizeof m->channel);
		memcpy(f->rows[f->count - 1].state, m->state, sizeof m->state);
	}
	return true;
}

/* Newest first. */
static struct found
messages(struct fixture *f, const char *case_id)
{
	struct found found = { 0 };
	struct error err;

	CHECK_OK(outbox_each(f->desk, &(struct outbox_filter){ .case_id = case_id }, keep,
		&found, &err), err);
	return found;
}

/* A new case given to lan, whose desktop is told: the desktop message's id. */
static void
told(struct fixture *f, char case_id[UUID_SIZE], char id[UUID_SIZE])
{
	struct error err;

	fixture_memory(f);
	member_field(f, "lan", "mail", "lan@doi.example");
	member_field(f, "lan", "desktop", "yes");
	fixture_case(f, "Mất điện trạm chính", case_id);
	CHECK_OK(case_assign(f->desk, case_id, "lan", &err), err);
	memcpy(id, messages(f, case_id).rows[0].id, UUID_SIZE);
}

static const char *
state_of(struct fixture *f, const char *id)
{
	static char state[16];
	struct message m = { 0 };
	struct error err;

	CHECK_OK(message_find(&m, f->desk, id, &err), err);
	memcpy(state, m.state, sizeof state);
	message_clear(&m);
	return state;
}

static const char *
status_of(struct fixture *f, const char *case_id)
{
	static char status[16];
	struct ir_case c = fixture_load(f, case_id);

	memcpy(status, c.status, sizeof status);
	case_clear(&c);
	return status;
}

static bool
answers(struct fixture *f, const char *id, struct answer_done *done, struct error *err)
{
	return answer_message(f->desk, &(struct answer){ .message_id = id,
		.what = ANSWER_ACK, .channel = "desktop" }, done, err);
}

TEST(who_wants_it_gets_a_second_message_that_lasts_a_minute)
{
	struct fixture f;
	char case_id[UUID_SIZE], id[UUID_SIZE];
	struct message m = { 0 };
	struct found found;
	struct error err;

	told(&f, case_id, id);
	found = messages(&f, case_id);
	CHECK_INT(found.count, 2);
	CHECK_STR(found.rows[1].channel, "mail");
	CHECK_STR(found.rows[0].channel, "desktop");
	CHECK_INT(found.rows[0].expires_at, f.now + 60000);
	CHECK_OK(message_find(&m, f.desk, id, &err), err);
	CHECK_STR(m.address, "lan");
	message_clear(&m);
	fixture_as(&f, "lan");
	CHECK(watch_wanted(f.desk));
	fixture_as(&f, "nam");
	CHECK(!watch_wanted(f.desk));
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(who_does_not_want_it_gets_the_mail_alone)
{
	struct fixture f;
	char case_id[UUID_SIZE], id[UUID_SIZE];
	struct error err;

	told(&f, case_id, id);
	member_field(&f, "nam", "mail", "nam@doi.example");
	member_field(&f, "nam", "desktop", "no");
	CHECK_OK(case_assign(f.desk, case_id, "nam", &err), err);
	CHECK_INT(messages(&f, case_id).count, 3);
	CHECK_STR(messages(&f, case_id).rows[0].channel, "mail");
	fixture_end(&f);
}

TEST(without_a_mail_address_the_desktop_is_told_all_the_same)
{
	struct fixture f;
	char case_id[UUID_SIZE], id[UUID_SIZE];
	struct found found;
	struct error err;

	told(&f, case_id, id);
	member_field(&f, "nam", "desktop", "yes");
	CHECK_OK(case_assign(f.desk, case_id, "nam", &err), err);
	found = messages(&f, case_id);
	CHECK_INT(found.count, 4);
	CHECK_STR(found.rows[1].state, "failed");
	CHECK_STR(found.rows[0].state, "queued");
	CHECK_STR(found.rows[0].channel, "desktop");
	fixture_end(&f);
}

TEST(sent_again_it_lasts_a_minute_again)
{
	struct fixture f;
	char case_id[UUID_SIZE], id[UUID_SIZE];
	struct message m = { 0 };
	struct error err;

	told(&f, case_id, id);
	CHECK_OK(outbox_hold(f.desk, id, "later", &err), err);
	fixture_later(&f, 3600000);
	CHECK_OK(outbox_release(f.desk, id, NULL, &err), err);
	CHECK_OK(message_find(&m, f.desk, id, &err), err);
	CHECK_INT(m.expires_at, f.now + 60000);
	message_clear(&m);
	fixture_end(&f);
}

TEST(an_answer_acknowledges_a_new_case_in_the_members_name)
{
	struct fixture f;
	char case_id[UUID_SIZE], id[UUID_SIZE];
	struct answer_done done;
	struct error err;

	told(&f, case_id, id);
	fixture_as(&f, "lan");
	CHECK_OK(answers(&f, id, &done, &err), err);
	CHECK_INT(done.end, ANSWER_TAKEN);
	CHECK_STR(state_of(&f, id), "answered");
	CHECK_STR(status_of(&f, case_id), "acknowledged");
	CHECK_OK(answers(&f, id, &done, &err), err);
	CHECK_INT(done.end, ANSWER_BEFORE);
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(a_late_answer_is_recorded_and_names_who_acknowledged_first)
{
	struct fixture f;
	char case_id[UUID_SIZE], id[UUID_SIZE];
	struct answer_done done;
	struct error err = ERROR_INIT;
	int64_t head;

	told(&f, case_id, id);
	fixture_as(&f, "nam");
	CHECK_OK(status_set(f.desk, case_id, &(struct status_change){
		.to = "acknowledged", .verb = "ack" }, &err), err);
	fixture_as(&f, "lan");
	head = fixture_last(&f);
	CHECK_OK(answers(&f, id, &done, &err), err);
	CHECK_INT(done.end, ANSWER_LATE);
	CHECK_STR(done.by, "Đỗ Văn Nam");
	CHECK_INT(done.at, f.now);
	CHECK_STR(state_of(&f, id), "read");
	CHECK_INT(fixture_last(&f), head + 1);
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(an_acknowledgement_that_was_taken_back_is_not_repeated_by_an_old_button)
{
	struct fixture f;
	char case_id[UUID_SIZE], id[UUID_SIZE];
	struct answer_done done;
	struct error err;

	told(&f, case_id, id);
	fixture_as(&f, "nam");
	CHECK_OK(status_set(f.desk, case_id, &(struct status_change){
		.to = "acknowledged", .verb = "ack" }, &err), err);
	CHECK_OK(undo_last(f.desk, case_id, &err), err);
	CHECK_STR(status_of(&f, case_id), "new");
	fixture_as(&f, "lan");
	CHECK_OK(answers(&f, id, &done, &err), err);
	CHECK_INT(done.end, ANSWER_LATE);
	CHECK_STR(status_of(&f, case_id), "new");
	fixture_end(&f);
}

TEST(a_viewer_may_answer_and_acknowledges_nothing)
{
	struct fixture f;
	char case_id[UUID_SIZE], id[UUID_SIZE];
	struct answer_done done;
	struct error err;

	told(&f, case_id, id);
	member_field(&f, "nam", "desktop", "yes");
	CHECK_OK(case_assign(f.desk, case_id, "nam", &err), err);
	memcpy(id, messages(&f, case_id).rows[0].id, UUID_SIZE);
	member_field(&f, "nam", "role", "viewer");
	fixture_as(&f, "nam");
	CHECK_OK(answers(&f, id, &done, &err), err);
	CHECK_INT(done.end, ANSWER_NOT);
	CHECK(done.why[0] != '\0');
	CHECK_STR(status_of(&f, case_id), "new");
	CHECK_STR(state_of(&f, id), "answered");
	fixture_end(&f);
}

TEST(nobody_answers_for_another_or_what_was_dropped)
{
	struct fixture f;
	char case_id[UUID_SIZE], id[UUID_SIZE];
	struct answer_done done;
	struct error err;

	told(&f, case_id, id);
	fixture_as(&f, "nam");
	CHECK_ERR(answers(&f, id, &done, &err), err, ERR_FORBIDDEN);
	CHECK_ERR(answer_seen(f.desk, id, &err), err, ERR_FORBIDDEN);
	CHECK_OK(outbox_hold(f.desk, id, "no", &err), err);
	fixture_as(&f, "lan");
	CHECK_ERR(answers(&f, id, &done, &err), err, ERR_REFUSED);
	CHECK_STR(state_of(&f, id), "held");
	CHECK_STR(status_of(&f, case_id), "new");
	fixture_end(&f);
}

TEST(what_was_seen_is_read_and_an_answer_stays_one)
{
	struct fixture f;
	char case_id[UUID_SIZE], id[UUID_SIZE];
	struct answer_done done;
	struct error err;

	told(&f, case_id, id);
	fixture_as(&f, "lan");
	CHECK_OK(answer_seen(f.desk, id, &err), err);
	CHECK_STR(state_of(&f, id), "read");
	CHECK_STR(status_of(&f, case_id), "new");
	CHECK_OK(answers(&f, id, &done, &err), err);
	CHECK_OK(answer_seen(f.desk, id, &err), err);
	CHECK_STR(state_of(&f, id), "answered");
	fixture_end(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(who_wants_it_gets_a_second_message_that_lasts_a_minute),
		RUN(who_does_not_want_it_gets_the_mail_alone),
		RUN(without_a_mail_address_the_desktop_is_told_all_the_same),
		RUN(sent_again_it_lasts_a_minute_again),
		RUN(an_answer_acknowledges_a_new_case_in_the_members_name),
		RUN(a_late_answer_is_recorded_and_names_who_acknowledged_first),
		RUN(an_acknowledgement_that_was_taken_back_is_not_repeated_by_an_old_button),
		RUN(a_viewer_may_answer_and_acknowledges_nothing),
		RUN(nobody_answers_for_another_or_what_was_dropped),
		RUN(what_was_seen_is_read_and_an_answer_stays_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
