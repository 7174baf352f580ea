/* Orders asked for: calls that nobody answers, answers, the fall-back of the plan
 * by name, a later answer beside it, the paper that follows. */
#include "tests/fixture.h"

#include <stdio.h>
#include <string.h>

#include "core/case_set.h"
#include "core/decision.h"
#include "core/thing.h"
#include "core/change.h"
#include "core/now.h"
#include "core/redact.h"
#include "core/search.h"
#include "core/status.h"
#include "core/timeline.h"
#include "core/undo.h"

#define MINUTE 60000LL
#define EVENTS "SELECT COUNT(*) FROM event"

static struct error err;

/* Asked by lan at 02:10, answer by 02:15. */
static void
begin(struct fixture *f, char id[UUID_SIZE], const char *authority)
{
	int n = 0;

	fixture_file(f);
	fixture_as(f, "lan");
	fixture_case(f, "Mất điện Trung tâm dữ liệu", id);
	fixture_status(f, id, "acknowledged");
	CHECK_OK(case_assign(f->desk, id, "lan", &err), err);
	CHECK_OK(decision_ask(f->desk, id, &(struct decision_new){
		.whom = "Lãnh đạo Đội trực", .question = "Tắt có trật tự?",
		.until = "02:15", .options = "Tắt,Giữ", .authority = authority,
		.fallback = "kỹ thuật trực được tắt theo ủy quyền" }, &n, &err), err);
	CHECK_INT(n, 1);
}

static struct decision
look(struct fixture *f, const char *id)
{
	struct decision d;

	CHECK_OK(decision_load(&d, f->desk, id, 1, &err), err);
	return d;
}

TEST(the_same_open_question_is_not_asked_twice)
{
	struct decision_new what = { .whom = "Lãnh đạo Đội trực",
		.question = "tắt có trật tự" };
	const char *events = "SELECT COUNT(*) FROM event";
	struct fixture f;
	char id[UUID_SIZE], before[24];
	int n = 0;

	begin(&f, id, "approved");
	(void)snprintf(before, sizeof before, "%s", fixture_ask(f.path, events));
	CHECK_OK(decision_ask(f.desk, id, &what, &n, &err), err);
	CHECK_INT(n, 1);
	CHECK_STR(fixture_ask(f.path, events), before);
	fixture_as(&f, "minh");
	CHECK_ERR(decision_ask(f.desk, id, &what, &n, &err), err, ERR_CONFLICT);
	assert_non_null(strstr(err.message, "Lan"));
	what.question = "tất có trật tự";
	CHECK_OK(decision_ask(f.desk, id, &what, &n, &err), err);
	CHECK_INT(n, 2);
	CHECK_OK(decision_answer(f.desk, id, 1, &(struct decision_word){ .answer = "Tắt" },
		&err), err);
	what.question = "Tắt có trật tự?";
	CHECK_OK(decision_ask(f.desk, id, &what, &n, &err), err);
	CHECK_INT(n, 3);
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(a_call_that_nobody_answers_is_counted_until_the_time_is_out)
{
	struct fixture f;
	char id[UUID_SIZE];
	struct decision d;
	struct now now;

	begin(&f, id, "approved");
	CHECK_STR(fixture_ask(f.path, "SELECT due_at = 1795202100000 FROM cases"), "1");
	CHECK_OK(decision_try(f.desk, id, 1, &(struct decision_word){ 0 }, &err), err);
	CHECK_OK(decision_try(f.desk, id, 1, &(struct decision_word){ .channel = "zalo" },
		&err), err);
	d = look(&f, id);
	CHECK_INT(d.tries, 2);
	CHECK_STR(d.state, "open");
	CHECK_INT(d.until_at, f.now + 5 * MINUTE);
	decision_clear(&d);
	CHECK_STR(fixture_ask(f.path, "SELECT channel FROM asking ORDER BY id DESC"), "zalo");
	CHECK_OK(now_find(&now, f.desk, &err), err);
	CHECK(now.kind != NOW_DECISION_OVER);
	fixture_later(&f, 6 * MINUTE);
	CHECK_OK(now_find(&now, f.desk, &err), err);
	CHECK_INT(now.kind, NOW_DECISION_OVER);
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(an_answer_is_known_by_its_label_without_marks_and_is_given_once)
{
	struct fixture f;
	char id[UUID_SIZE];
	struct decision d;
	char last[24];
	const struct decision_word word = { .answer = "tat", .by = "đ/c Minh",
		.reason = "ắc quy còn 25 phút" };

	begin(&f, id, "approved");
	CHECK_OK(decision_answer(f.desk, id, 1, &word, &err), err);
	d = look(&f, id);
	CHECK_STR(d.answer, "Tắt");
	CHECK_STR(d.answered_by, "đ/c Minh");
	CHECK(decision_settled(&d));
	decision_clear(&d);
	(void)snprintf(last, sizeof last, "%s", fixture_ask(f.path, EVENTS));
	CHECK_OK(decision_answer(f.desk, id, 1, &word, &err), err);
	CHECK_STR(fixture_ask(f.path, EVENTS), last);
	fixture_as(&f, "nam");
	CHECK(!decision_answer(f.desk, id, 1, &(struct decision_word){ .answer = "Giữ" },
		&err));
	CHECK_INT(err.code, ERR_CONFLICT);
	CHECK(strstr(err.message, "Thị Lan") != NULL && strstr(err.message, "Tắt") != NULL);
	CHECK(!decision_fallback(f.desk, id, 1, &(struct decision_word){ .by = "Nam" },
		&err));
	CHECK_INT(err.code, ERR_CONFLICT);
	CHECK(!decision_try(f.desk, id, 1, &(struct decision_word){ 0 }, &err));
	CHECK_INT(err.code, ERR_CONFLICT);
	fixture_as(&f, "lan");
	CHECK_OK(undo_last(f.desk, id, &err), err);
	d = look(&f, id);
	CHECK_STR(d.state, "open");
	CHECK_INT(d.ended_at, 0);
	decision_clear(&d);
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(the_fall_back_is_taken_by_name_and_before_its_time_for_a_reason)
{
	struct fixture f;
	char id[UUID_SIZE];
	struct decision d;

	begin(&f, id, "approved");
	CHECK(!decision_fallback(f.desk, id, 1, &(struct decision_word){ .by = "Lan" },
		&err));
	CHECK_INT(err.code, ERR_REFUSED);
	CHECK(strstr(err.message, "02:15") != NULL);
	CHECK_STR(err.detail, "{\"missing\":[\"reason\"]}");
	fixture_later(&f, 5 * MINUTE);
	CHECK(!decision_fallback(f.desk, id, 1, &(struct decision_word){ 0 }, &err));
	CHECK_INT(err.code, ERR_BAD_INPUT);
	CHECK_OK(decision_fallback(f.desk, id, 1, &(struct decision_word){ .by = "Lan" },
		&err), err);
	d = look(&f, id);
	CHECK_STR(d.state, "fallback");
	CHECK_STR(d.fallback_by, "Lan");
	decision_clear(&d);
	fixture_as(&f, "nam");
	CHECK(!decision_fallback(f.desk, id, 1, &(struct decision_word){ .by = "Nam" },
		&err));
	CHECK_INT(err.code, ERR_CONFLICT);
	CHECK(strstr(err.message, "Lan") != NULL);
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(a_draft_authorises_nobody_without_a_reason)
{
	struct fixture f;
	char id[UUID_SIZE];

	begin(&f, id, "draft");
	fixture_later(&f, 10 * MINUTE);
	CHECK(!decision_fallback(f.desk, id, 1, &(struct decision_word){ .by = "Lan" },
		&err));
	CHECK_INT(err.code, ERR_REFUSED);
	CHECK_OK(decision_fallback(f.desk, id, 1, &(struct decision_word){ .by = "Lan",
		.reason = "ắc quy còn 4 phút, không ai nghe máy" }, &err), err);
	fixture_end(&f);
}

TEST(an_answer_after_the_fall_back_was_taken_stands_beside_it)
{
	struct fixture f;
	char id[UUID_SIZE];
	struct decision_reasons why;
	struct decision d;

	begin(&f, id, "approved");
	fixture_later(&f, 6 * MINUTE);
	CHECK_OK(decision_fallback(f.desk, id, 1, &(struct decision_word){ .by = "Lan",
		.reason = "ắc quy cạn" }, &err), err);
	fixture_later(&f, 14 * MINUTE);
	fixture_as(&f, "nam");
	CHECK_OK(decision_answer(f.desk, id, 1, &(struct decision_word){ .answer = "Giữ",
		.by = "đ/c Minh", .reason = "máy phát sắp tới" }, &err), err);
	d = look(&f, id);
	CHECK_STR(d.state, "answered_late");
	CHECK_STR(d.answer, "Giữ");
	CHECK_STR(d.fallback_by, "Lan");
	CHECK(d.answered_at > d.fallback_at);
	CHECK_STR(d.reason, "ắc quy cạn");
	CHECK_OK(decision_reasons(&why, f.desk, &d, &err), err);
	CHECK_STR(why.fallback, "ắc quy cạn");
	CHECK_STR(why.answer, "máy phát sắp tới");
	decision_reasons_clear(&why);
	decision_clear(&d);
	CHECK_STR(fixture_ask(f.path, "SELECT COUNT(*) FROM event"
		" WHERE kind IN ('decision_fallback', 'decision_answered')"), "2");
	fixture_whole(&f);
	fixture_end(&f);
}

static bool
count(const struct decision *d, void *arg)
{
	(void)d;
	++*(int *)arg;
	return true;
}

static int
how_many(struct fixture *f, enum decision_show show)
{
	int n = 0;

	CHECK_OK(decision_each(f->desk, NULL, show, count, &n, &err), err);
	return n;
}

static bool
count_up(const struct decision *d, void *arg)
{
	int *n = arg;

	CHECK_INT(d->n, *n);
	return --*n > 100;
}

TEST(the_register_is_read_from_the_newest_a_part_at_a_time_and_none_twice)
{
	struct fixture f;
	char id[UUID_SIZE], case_id[UUID_SIZE];
	int n = 450;

	fixture_memory(&f);
	fixture_case(&f, "mất điện", case_id);
	CHECK_OK(change_begin(f.desk, &err), err);
	for (int i = 1; i <= 450; i++) {
		struct json *body = thing_new(f.desk, "decision", id);

		row_int(body, "n", i);
		row_text(body, "question", "Tắt?");
		change_add(f.desk, "decision_added", case_id, body);
	}
	CHECK_OK(change_end(f.desk, true, &err), err);
	CHECK_INT(how_many(&f, DECISIONS_ALL), 450);
	CHECK_OK(decision_each(f.desk, NULL, DECISIONS_ALL, count_up, &n, &err), err);
	CHECK_INT(n, 100);
	fixture_end(&f);
}

TEST(the_register_knows_which_orders_lack_their_paper)
{
	struct fixture f;
	char id[UUID_SIZE];
	struct decision d;

	begin(&f, id, "approved");
	CHECK_INT(how_many(&f, DECISIONS_OPEN), 1);
	CHECK_INT(how_many(&f, DECISIONS_NO_DOCUMENT), 0);
	CHECK(!decision_document(f.desk, id, 1, &(struct decision_word){
		.document = "12/CT", .date = "21/11/2026" }, &err));
	CHECK_INT(err.code, ERR_REFUSED);
	CHECK_OK(decision_answer(f.desk, id, 1, &(struct decision_word){ .answer = "Tắt" },
		&err), err);
	CHECK_INT(how_many(&f, DECISIONS_OPEN), 0);
	CHECK_INT(how_many(&f, DECISIONS_NO_DOCUMENT), 1);
	CHECK_OK(decision_document(f.desk, id, 1, &(struct decision_word){
		.document = "12/CT", .date = "21/11/2026" }, &err), err);
	CHECK_INT(how_many(&f, DECISIONS_NO_DOCUMENT), 0);
	CHECK_INT(how_many(&f, DECISIONS_ALL), 1);
	/* Said again a day later, without its date. */
	fixture_later(&f, 24 * 60 * MINUTE);
	CHECK_OK(decision_document(f.desk, id, 1, &(struct decision_word){
		.document = "12/CT" }, &err), err);
	d = look(&f, id);
	CHECK_STR(d.doc_date, "2026-11-21");
	decision_clear(&d);
	fixture_as(&f, "nam");
	CHECK(!decision_document(f.desk, id, 1, &(struct decision_word){
		.document = "13/CT" }, &err));
	CHECK_INT(err.code, ERR_CONFLICT);
	fixture_whole(&f);
	fixture_end(&f);
}

static bool
last_line(const struct entry *entry, void *arg)
{
	struct zone *zone;

	free(*(char **)arg);
	CHECK_OK(zone_load(&zone, "Asia/Ho_Chi_Minh", &err), err);
	*(char **)arg = timeline_text(entry, zone);
	zone_free(zone);
	return true;
}

TEST(taking_back_a_document_or_an_answer_names_what_was_taken_back)
{
	static const char *const gone[] = { "12/CT, 21/11/2026", "Tắt; Minh" };
	struct fixture f;
	char id[UUID_SIZE];

	begin(&f, id, "approved");
	CHECK_OK(decision_answer(f.desk, id, 1, &(struct decision_word){ .answer = "Tắt",
		.by = "Minh" }, &err), err);
	CHECK_OK(decision_document(f.desk, id, 1, &(struct decision_word){
		.document = "12/CT", .date = "21/11/2026" }, &err), err);
	for (int i = 0; i < 2; i++) {
		char *line = NULL;

		CHECK_OK(undo_last(f.desk, id, &err), err);
		CHECK_OK(timeline_each(f.desk, &(struct timeline_page){ .case_id = id },
			last_line, &line, &err), err);
		if (strstr(line, gone[i]) == NULL) {
			fail_msg("\"%s\" is not in: %s", gone[i], line);
		}
		free(line);
	}
	fixture_end(&f);
}

TEST(a_case_does_not_close_over_a_question_that_can_be_withdrawn)
{
	struct fixture f;
	char id[UUID_SIZE];
	const struct status_change close = { .to = "closed", .verb = "close",
		.cause = "x", .result = "y", .lessons = "z" };

	begin(&f, id, "");
	fixture_as(&f, "minh");
	fixture_status(&f, id, "recovered");
	CHECK(!status_set(f.desk, id, &close, &err));
	CHECK_INT(err.code, ERR_REFUSED);
	CHECK(strstr(err.message, "Tắt có trật tự?") != NULL);
	CHECK(!decision_withdraw(f.desk, id, 1, " ", &err));
	CHECK_INT(err.code, ERR_REFUSED);
	CHECK_OK(decision_withdraw(f.desk, id, 1, "điện đã có lại", &err), err);
	CHECK(!decision_answer(f.desk, id, 1, &(struct decision_word){ .answer = "Tắt" },
		&err));
	fixture_decided(&f, id);
	CHECK_OK(status_set(f.desk, id, &close, &err), err);
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(the_words_of_an_order_can_be_redacted)
{
	struct fixture f;
	char id[UUID_SIZE];
	struct decision d;
	struct redact_result result;
	int64_t seq;

	begin(&f, id, "approved");
	CHECK_OK(decision_answer(f.desk, id, 1, &(struct decision_word){ .answer = "Tắt",
		.reason = "ông Bí Danh ở số 12 nói" }, &err), err);
	seq = fixture_last(&f);
	fixture_as(&f, "quan");
	CHECK_OK(redact(f.desk, id, seq, &(struct redaction){
		.fields = (const char *const[]){ "reason" }, .field_count = 1,
		.law = "Luật 91/2025/QH15", .reason = "dữ liệu cá nhân" }, &result, &err), err);
	json_free(result.left);
	d = look(&f, id);
	CHECK(strstr(d.reason, "Bí Danh") == NULL);
	CHECK_STR(d.answer, "Tắt");
	decision_clear(&d);
	CHECK(!fixture_holds(f.path, "Bí Danh"));
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(the_name_of_who_took_the_fall_back_can_be_redacted)
{
	const char *const fields[] = { "fallback_by" };
	struct redact_result result;
	struct fixture f;
	char id[UUID_SIZE];

	begin(&f, id, "approved");
	fixture_later(&f, 6 * MINUTE);
	CHECK_OK(decision_fallback(f.desk, id, 1, &(struct decision_word){
		.by = "Nguyễn Thị Lan" }, &err), err);
	fixture_as(&f, "minh");
	CHECK_OK(redact(f.desk, id, fixture_last(&f), &(struct redaction){
		.fields = fields, .field_count = 1, .law = "Luật 91/2025",
		.reason = "dữ liệu cá nhân" }, &result, &err), err);
	json_free(result.left);
	CHECK_STR(fixture_ask(f.path, "SELECT COUNT(*) FROM decision"
		" WHERE fallback_by LIKE '%Lan%'"), "0");
	fixture_whole(&f);
	fixture_end(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(the_same_open_question_is_not_asked_twice),
		RUN(a_call_that_nobody_answers_is_counted_until_the_time_is_out),
		RUN(an_answer_is_known_by_its_label_without_marks_and_is_given_once),
		RUN(the_fall_back_is_taken_by_name_and_before_its_time_for_a_reason),
		RUN(a_draft_authorises_nobody_without_a_reason),
		RUN(an_answer_after_the_fall_back_was_taken_stands_beside_it),
		RUN(the_register_is_read_from_the_newest_a_part_at_a_time_and_none_twice),
		RUN(the_register_knows_which_orders_lack_their_paper),
		RUN(taking_back_a_document_or_an_answer_names_what_was_taken_back),
		RUN(a_case_does_not_close_over_a_question_that_can_be_withdrawn),
		RUN(the_words_of_an_order_can_be_redacted),
		RUN(the_name_of_who_took_the_fall_back_can_be_redacted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
