/* What members answer who are called: taken once, declined, passed on, late. */
#include "tests/core/answer_world.h"

#include <stdio.h>

#include "core/calling.h"
#include "core/case_set.h"
#include "core/event.h"
#include "core/redact.h"
#include "core/status.h"
#include "core/timeline.h"
#include "core/words.h"

SQL(CALLED_LAST_SEQ, "", "SELECT MAX(seq) FROM event");

static int64_t
called_last(struct called *w)
{
	int64_t seq = 0;
	struct error err;

	CHECK_OK(db_one_int(desk_db(w->f.desk), &CALLED_LAST_SEQ, &seq, &err, NOARGS), err);
	return seq;
}

static const char *
state_of(struct called *w, const char *id)
{
	static char state[16];
	struct message m = { 0 };
	struct error err;

	CHECK_OK(message_find(&m, w->f.desk, id, &err), err);
	memcpy(state, m.state, sizeof state);
	message_clear(&m);
	return state;
}

static const char *
owner_of(struct called *w)
{
	static char login[64];
	struct ir_case c = fixture_load(&w->f, w->case_id);

	(void)snprintf(login, sizeof login, "%s", c.owner_login);
	case_clear(&c);
	return login;
}

static const char *
status_of(struct called *w)
{
	static char status[16];
	struct ir_case c = fixture_load(&w->f, w->case_id);

	memcpy(status, c.status, sizeof status);
	case_clear(&c);
	return status;
}

static struct calling
calling(struct called *w)
{
	struct calling is;
	struct error err;

	CHECK_OK(calling_find(&is, w->f.desk, "", w->case_id, &err), err);
	return is;
}

/* Ended: a replay gives the same rows. */
static void
end(struct called *w)
{
	fixture_whole(&w->f);
	fixture_end(&w->f);
}

TEST(an_answer_takes_the_case_ends_the_calling_and_is_his_own_act)
{
	struct called w;
	struct answer_done done;
	struct event event = { 0 };
	struct error err;
	char lan[UUID_SIZE];
	int64_t head;

	called_world(&w);
	called_id(&w, "lan", lan);
	head = called_last(&w);
	fixture_later(&w.f, 60000);
	done = called_answers(&w, w.message, ANSWER_ACK, NULL);
	CHECK_INT(done.end, ANSWER_TAKEN);
	CHECK_STR(state_of(&w, w.message), "answered");
	CHECK_STR(status_of(&w), "acknowledged");
	CHECK_STR(owner_of(&w), "lan");
	CHECK_STR(calling(&w).state, "answered");
	CHECK_STR(calling(&w).ack_by, lan);
	CHECK_INT(calling(&w).ack_at, w.f.now);
	CHECK(calling(&w).next_at == NO_DUE);
	for (int64_t seq = head + 1; seq <= called_last(&w); seq++) {
		CHECK_OK(event_load(&event, desk_db(w.f.desk), seq, &err), err);
		CHECK_STR(event.actor, lan);
		CHECK_STR(event.acts_for, "");
		event_clear(&event);
	}
	CHECK_OK(event_load(&event, desk_db(w.f.desk), head + 1, &err), err);
	CHECK_STR(event.kind, "message_answered");
	CHECK(strstr(event.body, "\"via\":\"link\"") != NULL);
	CHECK(strstr(event.body, "\"proof\":\"127.0.0.1\"") != NULL);
	event_clear(&event);
	CHECK_STR(desk_me(w.f.desk)->login, "suco-serve");
	CHECK_STR(desk_actor(w.f.desk)->id, "");
	end(&w);
}

TEST(the_second_tap_of_the_same_answer_does_nothing)
{
	struct called w;
	struct answer_done done;
	int64_t head;

	called_world(&w);
	(void)called_answers(&w, w.message, ANSWER_ACK, NULL);
	head = called_last(&w);
	fixture_later(&w.f, 1000);
	done = called_answers(&w, w.message, ANSWER_ACK, NULL);
	CHECK_INT(done.end, ANSWER_BEFORE);
	done = called_answers(&w, w.message, ANSWER_DECLINE, NULL);
	CHECK_INT(done.end, ANSWER_BEFORE);
	CHECK_INT(called_last(&w), head);
	CHECK_STR(owner_of(&w), "lan");
	end(&w);
}

TEST(a_late_tap_says_who_took_it_and_when_and_is_recorded_once_as_seen)
{
	struct called w;
	char first[UUID_SIZE];
	struct answer_done done;
	struct buf text = { 0 };
	int64_t head, at;

	called_world(&w);
	memcpy(first, w.message, UUID_SIZE);
	called_turn(&w, "nam");
	fixture_later(&w.f, 11 * 60000);
	at = w.f.now;
	(void)called_answers(&w, w.message, ANSWER_ACK, NULL);
	fixture_later(&w.f, 60000);
	head = called_last(&w);
	done = called_answers(&w, first, ANSWER_ACK, NULL);
	CHECK_INT(done.end, ANSWER_LATE);
	CHECK_STR(done.by, "Đỗ Văn Nam");
	CHECK_INT(done.at, at);
	CHECK_STR(state_of(&w, first), "read");
	CHECK_INT(called_last(&w), head + 1);
	answer_say(&text, &done, "en", desk_zone(w.f.desk), w.f.now);
	CHECK(strstr(buf_text(&text), "Đỗ Văn Nam, 02:21") != NULL);
	buf_free(&text);
	(void)called_answers(&w, first, ANSWER_DECLINE, NULL);
	(void)called_answers(&w, first, ANSWER_PASS, "minh");
	CHECK_INT(called_last(&w), head + 1);
	CHECK_STR(owner_of(&w), "nam");
	end(&w);
}

TEST(who_declines_has_the_next_one_called_at_once_and_only_once)
{
	struct called w;
	struct answer_done done;
	char first[UUID_SIZE];

	called_world(&w);
	memcpy(first, w.message, UUID_SIZE);
	fixture_later(&w.f, 60000);
	done = called_answers(&w, w.message, ANSWER_DECLINE, NULL);
	CHECK_INT(done.end, ANSWER_DECLINED);
	CHECK(done.next);
	CHECK_STR(status_of(&w), "new");
	CHECK_STR(owner_of(&w), "quan");
	CHECK_STR(calling(&w).state, "running");
	CHECK_INT(calling(&w).next_at, w.f.now);
	end(&w);
}

TEST(who_passes_it_on_gives_the_case_and_a_message_to_whom_he_names)
{
	struct called w;
	struct answer_done done;
	char first[UUID_SIZE];
	struct message m = { 0 };
	struct error err;

	called_world(&w);
	memcpy(first, w.message, UUID_SIZE);
	fixture_later(&w.f, 60000);
	done = called_answers(&w, w.message, ANSWER_PASS, "nam");
	CHECK_INT(done.end, ANSWER_PASSED);
	CHECK_STR(done.by, "Đỗ Văn Nam");
	CHECK_STR(status_of(&w), "new");
	CHECK_STR(calling(&w).state, "running");
	CHECK(calling(&w).next_at > w.f.now);
	CHECK_OK(outbox_each(w.f.desk, &(struct outbox_filter){ .case_id = w.case_id,
		.limit = 1 }, called_keep, w.message, &err), err);
	CHECK(strcmp(w.message, first) != 0);
	CHECK_OK(message_find(&m, w.f.desk, w.message, &err), err);
	CHECK_STR(m.address, "nam@doi.example");
	message_clear(&m);
	fixture_later(&w.f, 60000);
	done = called_answers(&w, w.message, ANSWER_ACK, NULL);
	CHECK_INT(done.end, ANSWER_TAKEN);
	CHECK_STR(calling(&w).state, "answered");
	CHECK_STR(status_of(&w), "acknowledged");
	CHECK_STR(owner_of(&w), "nam");
	end(&w);
}

TEST(nobody_passes_on_to_himself_a_viewer_or_nobody)
{
	static const char *const names[] = { "lan", "xem", "khong-co", "", NULL };
	struct called w;
	struct answer_done done;
	struct error err;
	int64_t head;

	called_world(&w);
	head = called_last(&w);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		CHECK(!answer_message(w.f.desk, &(struct answer){ .message_id = w.message,
			.what = ANSWER_PASS, .to = names[i], .channel = "link" }, &done, &err));
		CHECK_STR(desk_me(w.f.desk)->login, "suco-serve");
	}
	CHECK_INT(called_last(&w), head);
	end(&w);
}

TEST(a_case_that_is_over_is_not_taken_by_an_old_message)
{
	struct called w;
	struct answer_done done;
	struct error err;

	called_world(&w);
	fixture_as(&w.f, "nam");
	CHECK_OK(status_set(w.f.desk, w.case_id, &(struct status_change){ .to = "dismissed",
		.verb = "status", .reason = "thử" }, &err), err);
	fixture_as(&w.f, NULL);
	done = called_answers(&w, w.message, ANSWER_ACK, NULL);
	CHECK_INT(done.end, ANSWER_OVER);
	CHECK_STR(state_of(&w, w.message), "read");
	CHECK_STR(owner_of(&w), "quan");
	end(&w);
}

TEST(what_a_member_may_not_answer_for_another_the_engine_may_write_down)
{
	struct called w;
	struct answer_done done;
	struct error err;

	called_world(&w);
	fixture_as(&w.f, "nam");
	CHECK_ERR(answer_message(w.f.desk, &(struct answer){ .message_id = w.message,
		.what = ANSWER_ACK, .channel = "cli" }, &done, &err), err, ERR_FORBIDDEN);
	CHECK_STR(state_of(&w, w.message), "queued");
	fixture_as(&w.f, "lan");
	done = called_answers(&w, w.message, ANSWER_ACK, NULL);
	CHECK_INT(done.end, ANSWER_TAKEN);
	CHECK_STR(desk_me(w.f.desk)->login, "lan");
	end(&w);
}

TEST(a_member_who_was_made_inactive_answers_nothing)
{
	struct called w;
	struct json *given = json_object();
	struct answer_done done;
	struct error err;

	called_world(&w);
	fixture_as(&w.f, "quan");
	json_set_bool(given, "active", false);
	CHECK_OK(member_set(w.f.desk, "lan", given, &err), err);
	json_free(given);
	fixture_as(&w.f, NULL);
	CHECK_ERR(answer_message(w.f.desk, &(struct answer){ .message_id = w.message,
		.what = ANSWER_ACK, .channel = "link" }, &done, &err), err, ERR_FORBIDDEN);
	CHECK_STR(desk_me(w.f.desk)->login, "suco-serve");
	CHECK_STR(state_of(&w, w.message), "queued");
	end(&w);
}

TEST(on_the_screen_a_member_takes_declines_and_gives_back_his_case)
{
	struct called w;
	struct answer_done done;
	struct error err;
	const struct answer no = { .what = ANSWER_DECLINE, .channel = "tui",
		.note = "Đang ở Lý Sơn" };

	called_world(&w);
	fixture_as(&w.f, "nam");
	CHECK_ERR(answer_case(w.f.desk, w.case_id, &no, &done, &err), err, ERR_REFUSED);
	fixture_as(&w.f, "lan");
	CHECK_OK(answer_case(w.f.desk, w.case_id, &(struct answer){ .what = ANSWER_ACK,
		.channel = "tui" }, &done, &err), err);
	CHECK_INT(done.end, ANSWER_TAKEN);
	CHECK_STR(state_of(&w, w.message), "answered");
	CHECK_STR(owner_of(&w), "lan");
	CHECK_STR(calling(&w).state, "answered");
	fixture_later(&w.f, 60000);
	CHECK_OK(answer_case(w.f.desk, w.case_id, &no, &done, &err), err);
	CHECK(done.next);
	CHECK_STR(owner_of(&w), "");
	CHECK_STR(calling(&w).state, "running");
	CHECK_INT(calling(&w).next_at, w.f.now);
	CHECK_INT(fixture_hits(&w.f, "Lý Sơn"), 1);
	end(&w);
}

TEST(a_second_acknowledge_on_the_screen_is_a_conflict_that_names_the_first)
{
	struct called w;
	struct answer_done done;
	struct error err;
	const struct answer yes = { .what = ANSWER_ACK, .channel = "cli" };

	called_world(&w);
	fixture_as(&w.f, "lan");
	CHECK_OK(answer_case(w.f.desk, w.case_id, &yes, &done, &err), err);
	fixture_as(&w.f, "nam");
	CHECK_ERR(answer_case(w.f.desk, w.case_id, &yes, &done, &err), err, ERR_CONFLICT);
	CHECK(strstr(err.message, "Phạm Thị Lan") != NULL);
	end(&w);
}

struct looking {
	struct desk *desk;
	bool found;
};

static bool
look_for(const struct entry *entry, void *arg)
{
	struct looking *looking = arg;
	char *line = timeline_text(entry, desk_zone(looking->desk));

	looking->found = looking->found ||
		strcmp(line, "Phạm Thị Lan passes it on to Đỗ Văn Nam (by link)") == 0;
	free(line);
	return true;
}

TEST(the_timeline_says_in_words_who_answered_and_by_what)
{
	struct called w;
	struct error err;
	struct looking looking = { 0 };

	called_world(&w);
	looking.desk = w.f.desk;
	(void)called_answers(&w, w.message, ANSWER_PASS, "nam");
	CHECK_OK(timeline_each(w.f.desk, &(struct timeline_page){ .case_id = w.case_id },
		look_for, &looking, &err), err);
	CHECK(looking.found);
	end(&w);
}

SQL(TURN_OF, "tt", "SELECT proof FROM call_turn WHERE member_id = $1 AND answer = $2");
SQL(EVENTS_OF_KIND, "t", "SELECT COUNT(*) FROM event WHERE kind = $1");

static int64_t
events_of(struct called *w, const char *kind)
{
	int64_t count = 0;
	struct error err;

	CHECK_OK(db_one_int(desk_db(w->f.desk), &EVENTS_OF_KIND, &count, &err, TXT(kind)),
		err);
	return count;
}

static void
check_proof(struct called *w, const char *login, const char *answer, const char *proof)
{
	char member[UUID_SIZE];
	char *found = NULL;
	struct error err;

	called_id(w, login, member);
	CHECK_OK(db_one_text(desk_db(w->f.desk), &TURN_OF, &found, &err, TXT(member),
		TXT(answer)), err);
	CHECK_STR(found, proof);
	free(found);
}

/* What it moves of the calling stands in the same event. */
TEST(one_answer_is_one_entry_whatever_it_moves)
{
	static const enum answer_what each[] = { ANSWER_ACK, ANSWER_DECLINE, ANSWER_PASS };
	static const char *const to[] = { NULL, NULL, "nam" };

	for (size_t i = 0; i < sizeof each / sizeof *each; i++) {
		struct called w;

		called_world(&w);
		fixture_later(&w.f, 60000);
		(void)called_answers(&w, w.message, each[i], to[i]);
		CHECK_INT(events_of(&w, "message_answered"), 1);
		CHECK_INT(events_of(&w, "escalation_set"), 0);
		check_proof(&w, "lan", answer_word(each[i]), "127.0.0.1");
		end(&w);
	}
}

TEST(the_proof_of_an_answer_goes_from_the_row_of_the_call_too)
{
	static const char *const fields[] = { "proof" };
	const struct redaction what = { .fields = fields, .field_count = 1, .law = "test",
		.reason = "test" };
	struct redact_result result = { 0 };
	struct called w;
	struct error err;
	int64_t head;

	called_world(&w);
	head = called_last(&w);
	(void)called_answers(&w, w.message, ANSWER_ACK, NULL);
	fixture_as(&w.f, "minh");
	CHECK_OK(redact(w.f.desk, w.case_id, head + 1, &what, &result, &err), err);
	json_free(result.left);
	json_free(result.cases);
	check_proof(&w, "lan", "ack", REDACTED_TEXT);
	end(&w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(an_answer_takes_the_case_ends_the_calling_and_is_his_own_act),
		RUN(the_second_tap_of_the_same_answer_does_nothing),
		RUN(a_late_tap_says_who_took_it_and_when_and_is_recorded_once_as_seen),
		RUN(who_declines_has_the_next_one_called_at_once_and_only_once),
		RUN(who_passes_it_on_gives_the_case_and_a_message_to_whom_he_names),
		RUN(nobody_passes_on_to_himself_a_viewer_or_nobody),
		RUN(a_case_that_is_over_is_not_taken_by_an_old_message),
		RUN(what_a_member_may_not_answer_for_another_the_engine_may_write_down),
		RUN(a_member_who_was_made_inactive_answers_nothing),
		RUN(on_the_screen_a_member_takes_declines_and_gives_back_his_case),
		RUN(a_second_acknowledge_on_the_screen_is_a_conflict_that_names_the_first),
		RUN(the_timeline_says_in_words_who_answered_and_by_what),
		RUN(one_answer_is_one_entry_whatever_it_moves),
		RUN(the_proof_of_an_answer_goes_from_the_row_of_the_call_too),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
