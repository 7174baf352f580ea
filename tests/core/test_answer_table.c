/* Answers that come beside each other, or after something happened: to each person one
 * true sentence, on the case one true event or none. */
#include "tests/core/call_scene.h"

#include "core/case_set.h"
#include "core/merge.h"
#include "core/status.h"

static struct error err;

struct of {
	const char *member;
	char id[UUID_SIZE];
};

static bool
keep_first(const struct message *m, void *arg)
{
	struct of *of = arg;

	if (strcmp(m->to_id, of->member) == 0 && strcmp(m->template, "goi_su_co") == 0) {
		memcpy(of->id, m->id, UUID_SIZE);
		return false;
	}
	return true;
}

/* The newest call to him. */
static struct of
call_to(struct call_scene *s, const char *login)
{
	char member[UUID_SIZE];
	struct of of = { .member = member };

	CHECK_OK(member_id(s->f.desk, login, member, &err), err);
	CHECK_OK(outbox_each(s->f.desk, &(struct outbox_filter){ .case_id = s->case_id },
		keep_first, &of, &err), err);
	CHECK(of.id[0] != '\0');
	of.member = NULL;
	return of;
}

static struct answer_done
answers(struct call_scene *s, const char *id, enum answer_what what, const char *channel)
{
	struct answer_done done;

	CHECK_OK(answer_message(s->engine, &(struct answer){ .message_id = id, .what = what,
		.channel = channel, .proof = "a test" }, &done, &err), err);
	return done;
}

static int64_t
events_now(struct call_scene *s)
{
	return strtoll(fixture_ask(s->f.path, "SELECT COUNT(*) FROM event"), NULL, 10);
}

/* ---- what happens between the call and his answer ---- */

static void
nothing(struct call_scene *s)
{
	(void)s;
}

static void
nam_takes_it_by_telegram(struct call_scene *s)
{
	struct of nam = call_to(s, "nam");

	CHECK_INT(answers(s, nam.id, ANSWER_ACK, "telegram").end, ANSWER_TAKEN);
}

static void
she_takes_it_on_the_screen(struct call_scene *s)
{
	struct answer_done done;

	fixture_as(&s->f, "lan");
	CHECK_OK(answer_case(s->f.desk, s->case_id, &(struct answer){ .what = ANSWER_ACK,
		.channel = "tui" }, &done, &err), err);
	fixture_as(&s->f, "quan");
}

static void
it_is_dismissed(struct call_scene *s)
{
	CHECK_OK(status_set(s->f.desk, s->case_id, &(struct status_change){ .to = "dismissed",
		.verb = "status", .reason = "báo nhầm" }, &err), err);
}

static void
it_is_closed(struct call_scene *s)
{
	fixture_as(&s->f, "minh");
	fixture_status(&s->f, s->case_id, "acknowledged");
	fixture_status(&s->f, s->case_id, "recovered");
	fixture_status(&s->f, s->case_id, "closed");
	fixture_as(&s->f, "quan");
}

static void
it_is_opened_again(struct call_scene *s)
{
	it_is_closed(s);
	fixture_later(&s->f, MINUTE);
	fixture_as(&s->f, "minh");
	CHECK_OK(status_set(s->f.desk, s->case_id, &(struct status_change){
		.to = "responding", .verb = "reopen", .reason = "mất điện lại" }, &err), err);
	fixture_as(&s->f, "quan");
}

static void
it_is_merged(struct call_scene *s)
{
	char other[UUID_SIZE];

	fixture_case(&s->f, "Mất điện huyện", other);
	CHECK_OK(case_merge(s->f.desk, s->case_id, other, &err), err);
}

/* In the message's place stands a newer one; it may have arrived all the same. */
static void
it_is_replaced(struct call_scene *s)
{
	struct of lan = call_to(s, "lan");
	struct message m = { 0 };

	CHECK(change_begin(s->engine, &err));
	CHECK_OK(message_find(&m, s->engine, lan.id, &err), err);
	CHECK_OK(change_end(s->engine, outbox_set(s->engine, &m, "dropped",
		"a newer one says more", NULL, &err), &err), err);
	message_clear(&m);
}

static void
she_declined_it(struct call_scene *s)
{
	struct of lan = call_to(s, "lan");

	CHECK_INT(answers(s, lan.id, ANSWER_DECLINE, "mail").end, ANSWER_DECLINED);
}

static const struct {
	const char *name;
	void (*before)(struct call_scene *s);
	enum answer_what what;
	enum answer_end end;
	const char *said;   /* in her sentence */
	const char *kind;   /* of the newest event about her message; NULL: none at all */
} rows[] = {
	{ "first", nothing, ANSWER_ACK, ANSWER_TAKEN, "You have taken on case",
		"message_answered" },
	{ "two at a time", nam_takes_it_by_telegram, ANSWER_ACK, ANSWER_LATE,
		"Somebody has taken it: Đỗ Văn Nam", "message_read" },
	{ "declines what another took", nam_takes_it_by_telegram, ANSWER_DECLINE, ANSWER_LATE,
		"Nothing is asked of you", "message_read" },
	{ "hers already", she_takes_it_on_the_screen, ANSWER_ACK, ANSWER_BEFORE,
		"answered this already", NULL },
	{ "dismissed", it_is_dismissed, ANSWER_ACK, ANSWER_OVER, "is over", "message_read" },
	{ "closed", it_is_closed, ANSWER_ACK, ANSWER_OVER, "is over", "message_read" },
	{ "opened again", it_is_opened_again, ANSWER_ACK, ANSWER_LATE, "Minh", "message_read" },
	{ "merged", it_is_merged, ANSWER_ACK, ANSWER_OVER, "was merged into case 2026-0002",
		"message_read" },
	{ "replaced", it_is_replaced, ANSWER_ACK, ANSWER_TAKEN, "You have taken on case",
		"message_answered" },
	{ "takes what she declined", she_declined_it, ANSWER_ACK, ANSWER_BEFORE,
		"answered this already", NULL },
};

static void
check_events(struct call_scene *s, int64_t before, const char *id, const char *kind)
{
	char sql[240];

	if (kind == NULL) {
		CHECK_INT(events_now(s), before);
		return;
	}
	(void)snprintf(sql, sizeof sql, "SELECT kind FROM event WHERE seq > (SELECT MAX(seq)"
		" FROM event) - 12 AND body LIKE '%%\"message\":\"%s\"%%' ORDER BY seq DESC"
		" LIMIT 1", id);
	CHECK_STR(fixture_ask(s->f.path, sql), kind);
	if (strcmp(kind, "message_read") == 0) {
		CHECK_INT(events_now(s), before + 1);
	}
}

TEST(each_answer_beside_or_after_something_gets_a_true_sentence_and_event)
{
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct call_scene s;
		struct answer_done done;
		struct buf said = { 0 };
		struct of lan;
		int64_t before;

		scene_start(&s);
		scene_case(&s);
		scene_later(&s, 5);
		CHECK_STR(scene_called(&s), "lan nam");
		lan = call_to(&s, "lan");
		fixture_later(&s.f, 1000);
		rows[i].before(&s);
		before = events_now(&s);
		fixture_later(&s.f, 1000);
		done = answers(&s, lan.id, rows[i].what, "link");
		answer_say(&said, &done, "en", desk_zone(s.f.desk), s.f.now);
		if (done.end != rows[i].end || strstr(buf_text(&said), rows[i].said) == NULL) {
			fail_msg("%s: %d, \"%s\"", rows[i].name, done.end, buf_text(&said));
		}
		check_events(&s, before, lan.id, rows[i].kind);
		/* The same tap again says nothing new on the case. */
		before = events_now(&s);
		(void)answers(&s, lan.id, rows[i].what, "link");
		CHECK_INT(events_now(&s), before);
		buf_free(&said);
		scene_stop(&s);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(each_answer_beside_or_after_something_gets_a_true_sentence_and_event),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
