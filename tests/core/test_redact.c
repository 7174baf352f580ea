/* A redaction leaves no byte of the text in the desk's files, and all that was
 * proved before is still proved. */
#include "tests/fixture.h"

#include <stdio.h>

#include "core/case_set.h"
#include "core/change.h"
#include "core/evidence.h"
#include "core/handover.h"
#include "core/json.h"
#include "core/observable.h"
#include "core/redact.h"
#include "core/redact_rows.h"
#include "core/shift_log.h"
#include "core/status.h"
#include "core/task.h"
#include "core/timeline.h"
#include "core/undo.h"

#define SECRET "matkhauXK94"

static bool
act(struct fixture *f, const char *id, int64_t seq, const char *field,
	struct redact_result *out, struct error *err)
{
	const struct redaction what = {
		.fields = &field, .field_count = 1, .law = "Luật 91/2025/QH15",
		.reason = "lộ thông tin cá nhân",
	};

	return redact(f->desk, id, seq, &what, out, err);
}

/* How many events lost text. */
static int
redacted(struct fixture *f, const char *id, int64_t seq, const char *field)
{
	struct redact_result result;
	struct error err;

	CHECK_OK(act(f, id, seq, field, &result, &err), err);
	CHECK(result.compacted);
	json_free(result.left);
	return result.events;
}

/* In the desk's file or in its log? */
static bool
holds(const struct fixture *f, const char *text)
{
	char path[160];

	(void)snprintf(path, sizeof path, "%s-wal", f->path);
	return fixture_holds(f->path, text) || fixture_holds(path, text);
}

static void
check_gone(const struct fixture *f, const char *text)
{
	CHECK(!holds(f, text));
}

TEST(a_redacted_note_leaves_no_byte_in_the_files)
{
	struct fixture f;
	char id[UUID_SIZE];
	int64_t note;

	fixture_file(&f);
	fixture_case(&f, "mất điện", id);
	note = fixture_note(&f, id, "tài khoản quản trị: " SECRET);
	CHECK_INT(fixture_hits(&f, SECRET), 1);
	CHECK(holds(&f, SECRET));
	fixture_as(&f, "minh");
	CHECK_INT(redacted(&f, id, note, "text"), 1);
	check_gone(&f, SECRET);
	check_gone(&f, "matkhauxk94");
	CHECK_INT(fixture_hits(&f, SECRET), 0);
	CHECK_INT(fixture_hits(&f, "quản trị"), 0);
	CHECK_INT(fixture_hits(&f, "mất điện"), 1);
	fixture_whole(&f);
	/* Once more changes nothing and compacts again. */
	CHECK_INT(redacted(&f, id, note, "text"), 0);
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(every_event_that_repeats_the_text_is_redacted_by_its_own_event)
{
	struct fixture f;
	struct error err;
	struct ir_case c;
	char id[UUID_SIZE];
	int64_t opened;
	int n;

	fixture_file(&f);
	fixture_case(&f, SECRET, id);
	opened = fixture_last(&f);
	(void)fixture_note(&f, id, "xem " SECRET " và " SECRET "!");
	CHECK_OK(case_set(f.desk, id, (const char *const[]){ "title=khác" }, 1, &err), err);
	CHECK_OK(undo_last(f.desk, id, &err), err);
	CHECK_OK(task_add(f.desk, id, &(struct task_new){ .title = "đổi " SECRET }, &n, &err),
		err);
	CHECK_OK(task_done(f.desk, id, n, "đã đổi " SECRET, &err), err);
	CHECK_OK(observable_add(f.desk, id, "account", SECRET, NULL, "của " SECRET, &n, &err),
		err);
	CHECK_OK(severity_decide(f.desk, id, 3, "vì " SECRET, &err), err);
	fixture_whole(&f);
	/* opened, note, set, undone, task, task done, observable, severity */
	CHECK_INT(redacted(&f, id, opened, "title"), 8);
	check_gone(&f, SECRET);
	check_gone(&f, "matkhauxk94");
	c = fixture_load(&f, id);
	CHECK_STR(c.title, REDACTED_TEXT);
	case_clear(&c);
	CHECK_STR(fixture_ask(f.path, "SELECT title FROM task"), "đổi " REDACTED_TEXT);
	CHECK_STR(fixture_ask(f.path, "SELECT note FROM task"), "đã đổi " REDACTED_TEXT);
	CHECK_STR(fixture_ask(f.path, "SELECT value FROM observable"), REDACTED_TEXT);
	CHECK_INT(fixture_hits(&f, "xem"), 1);
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(a_field_that_was_set_again_keeps_its_new_value)
{
	struct fixture f;
	struct error err;
	struct ir_case c;
	char id[UUID_SIZE];
	int64_t opened;

	fixture_file(&f);
	fixture_case(&f, SECRET, id);
	opened = fixture_last(&f);
	CHECK_OK(case_set(f.desk, id, (const char *const[]){ "title=tên mới" }, 1, &err), err);
	CHECK_INT(redacted(&f, id, opened, "title"), 2);
	c = fixture_load(&f, id);
	CHECK_STR(c.title, "tên mới");
	case_clear(&c);
	check_gone(&f, SECRET);
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(a_redaction_can_be_redacted_further)
{
	struct fixture f;
	struct error err;
	char id[UUID_SIZE];
	int64_t seen;
	int n;

	fixture_file(&f);
	fixture_case(&f, "một", id);
	CHECK_OK(observable_add(f.desk, id, "account", SECRET, NULL, "tuyetmat77 ở đây", &n,
		&err), err);
	seen = fixture_last(&f);
	CHECK_INT(redacted(&f, id, seen, "value"), 1);
	fixture_whole(&f);
	/* The note now stands in the redaction too, which is redacted in turn. */
	CHECK_INT(redacted(&f, id, seen, "note"), 2);
	check_gone(&f, SECRET);
	check_gone(&f, "tuyetmat77");
	CHECK_STR(fixture_ask(f.path, "SELECT value || note FROM observable"),
		REDACTED_TEXT REDACTED_TEXT);
	fixture_whole(&f);
	CHECK_INT(redacted(&f, id, seen, "note"), 0);
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(short_texts_are_masked_only_where_they_stand_alone)
{
	struct fixture f;
	char id[UUID_SIZE];
	int64_t note;

	fixture_file(&f);
	fixture_case(&f, "abc mất điện", id);
	note = fixture_note(&f, id, "abc");
	(void)fixture_note(&f, id, "abc");
	(void)fixture_note(&f, id, "abcd");
	CHECK_INT(redacted(&f, id, note, "text"), 2);
	CHECK_INT(fixture_hits(&f, "abc"), 2);
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(the_bytes_of_evidence_go_and_its_hash_stays)
{
	struct fixture f;
	struct error err;
	char id[UUID_SIZE];
	char other[UUID_SIZE];
	char file[160];
	struct redact_result result;
	int64_t first;
	bool stored;
	int n;

	fixture_file(&f);
	fixture_case(&f, "một", id);
	fixture_case(&f, "hai", other);
	(void)snprintf(file, sizeof file, "%s/anh.jpg", f.folder);
	fixture_write(file, SECRET "0123456789", strlen(SECRET) + 10);
	CHECK_OK(evidence_add(f.desk, id, file, "ảnh", &n, &stored, &err), err);
	first = fixture_last(&f);
	CHECK_OK(evidence_add(f.desk, id, file, "lần hai", &n, &stored, &err), err);
	CHECK(holds(&f, SECRET));
	CHECK_INT(redacted(&f, id, first, "bytes"), 2);
	(void)remove(file);
	check_gone(&f, SECRET);
	CHECK_STR(fixture_ask(f.path, "SELECT count(*) FROM evidence_blob"), "0");
	CHECK_STR(fixture_ask(f.path, "SELECT sum(dropped) FROM evidence"), "2");
	CHECK_ERR(evidence_get(f.desk, id, "1", fixture_path(&f, "ra"), &err), err,
		ERR_REFUSED);
	fixture_whole(&f);
	/* Of two cases with the same bytes one keeps them. */
	fixture_write(file, "chung", 5);
	CHECK_OK(evidence_add(f.desk, id, file, NULL, &n, &stored, &err), err);
	first = fixture_last(&f);
	CHECK_OK(evidence_add(f.desk, other, file, NULL, &n, &stored, &err), err);
	CHECK_OK(act(&f, id, first, "bytes", &result, &err), err);
	json_free(result.left);
	CHECK_STR(fixture_ask(f.path, "SELECT count(*) FROM evidence_blob"), "1");
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(who_may_not_or_says_too_little_changes_nothing)
{
	struct fixture f;
	struct error err;
	struct redact_result result;
	char id[UUID_SIZE];
	const char *field = "text";
	const struct redaction bare = { .fields = &field, .field_count = 1, .reason = "x" };
	const struct redaction repeats = { .fields = &field, .field_count = 1, .law = "Luật",
		.reason = "lộ " SECRET };
	int64_t note;
	int64_t before;

	fixture_file(&f);
	fixture_case(&f, "một", id);
	note = fixture_note(&f, id, SECRET);
	before = fixture_last(&f);
	fixture_as(&f, "lan");
	CHECK_ERR(act(&f, id, note, "text", &result, &err), err, ERR_FORBIDDEN);
	fixture_as(&f, "minh");
	CHECK_ERR(redact(f.desk, id, note, &bare, &result, &err), err, ERR_REFUSED);
	CHECK_ERR(redact(f.desk, id, note, &repeats, &result, &err), err, ERR_REFUSED);
	CHECK_ERR(act(&f, id, note, "title", &result, &err), err, ERR_BAD_INPUT);
	assert_non_null(strstr(err.message, "text"));
	CHECK_ERR(act(&f, id, note, "bytes", &result, &err), err, ERR_BAD_INPUT);
	CHECK_ERR(act(&f, id, 1, "name", &result, &err), err, ERR_NOT_FOUND);
	CHECK_ERR(act(&f, id, 999, "text", &result, &err), err, ERR_NOT_FOUND);
	(void)fixture_note(&f, id, "sau");
	CHECK_INT(fixture_last(&f), before + 1);
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(an_open_reader_delays_the_compaction_and_is_told)
{
	struct fixture f;
	struct error err;
	struct redact_result result;
	struct desk *other;
	struct stmt *st;
	char id[UUID_SIZE];
	int64_t note;
	SQL(READ_LONG, "", "SELECT seq FROM event");

	fixture_file(&f);
	fixture_case(&f, "một", id);
	note = fixture_note(&f, id, SECRET);
	db_busy_timeout(desk_db(f.desk), 50);
	other = fixture_open(&f, "lan");
	st = db_query(desk_db(other), &READ_LONG, NOARGS);
	CHECK(stmt_row(st));
	CHECK_OK(act(&f, id, note, "text", &result, &err), err);
	CHECK(!result.compacted);
	CHECK_INT(result.events, 1);
	json_free(result.left);
	CHECK_OK(stmt_done(st, &err), err);
	desk_close(other);
	CHECK_INT(redacted(&f, id, note, "text"), 0);
	check_gone(&f, SECRET);
	fixture_whole(&f);
	fixture_end(&f);
}

struct seen {
	int64_t seq;
	char *text;
	char *body;
};

static bool
keep_entry(const struct entry *entry, void *arg)
{
	struct seen *seen = arg;

	if (entry->event->seq == seen->seq) {
		seen->text = timeline_text(entry, NULL);
		seen->body = json_line(entry->body);
	}
	return true;
}

TEST(the_timeline_shows_what_stands_there_now)
{
	struct fixture f;
	struct error err;
	struct seen seen = { 0 };
	char id[UUID_SIZE];

	fixture_file(&f);
	fixture_case(&f, "một", id);
	seen.seq = fixture_note(&f, id, SECRET);
	CHECK_INT(redacted(&f, id, seen.seq, "text"), 1);
	CHECK_OK(timeline_each(f.desk, &(struct timeline_page){ .case_id = id }, keep_entry,
		&seen, &err), err);
	assert_non_null(strstr(seen.text, REDACTED_TEXT));
	assert_non_null(strstr(seen.text, "redacted by event"));
	CHECK_STR(seen.body, "{\"text\":\"" REDACTED_TEXT "\"}");
	free(seen.text);
	free(seen.body);
	CHECK_ERR(undo_event(f.desk, id, seen.seq, &err), err, ERR_REFUSED);
	fixture_end(&f);
}

TEST(a_body_that_went_without_a_redaction_is_found)
{
	struct fixture f;
	struct verify_result result;
	char id[UUID_SIZE];
	char sql[200];
	int64_t note;
	int64_t other;

	fixture_file(&f);
	fixture_case(&f, "một", id);
	note = fixture_note(&f, id, SECRET);
	other = fixture_note(&f, id, "khác");
	CHECK_INT(redacted(&f, id, note, "text"), 1);
	(void)snprintf(sql, sizeof sql, "UPDATE event SET body = NULL, salt = NULL"
		" WHERE seq = %lld; INSERT INTO field_version VALUES ('event:%lld',"
		" 'redacted', %lld)", (long long)other, (long long)other,
		(long long)fixture_last(&f));
	fixture_sql(f.path, sql);
	result = fixture_verify(f.desk);
	CHECK(!result.chain_ok);
	CHECK_INT(result.first.seq, other);
	fixture_end(&f);
}

static bool
say_of(const struct entry *entry, void *arg)
{
	int64_t *seq = arg;

	if (strcmp(entry->event->kind, "shift_entry_added") == 0) {
		*seq = entry->event->seq;
	}
	return entry->event->case_id[0] == '\0';
}

TEST(what_belongs_to_no_case_is_redacted_on_the_desk)
{
	struct redact_result result;
	struct fixture f;
	struct error err;
	char id[UUID_SIZE];
	int64_t note, seq = 0, n = 0;

	fixture_file(&f);
	fixture_case(&f, "mất điện", id);
	note = fixture_note(&f, id, "trực ban nói " SECRET);
	CHECK_OK(shift_log_add(f.desk, &(struct shift_new){
		.text = "mật khẩu tủ khóa: " SECRET }, &n, &err), err);
	CHECK_OK(timeline_each(f.desk, &(struct timeline_page){ .case_id = "" }, say_of, &seq,
		&err), err);
	CHECK(seq > note);
	fixture_as(&f, "minh");
	CHECK(!act(&f, "", note, "text", &result, &err));
	CHECK_INT(err.code, ERR_NOT_FOUND);
	CHECK(!act(&f, id, seq, "text", &result, &err));
	CHECK_INT(err.code, ERR_NOT_FOUND);
	CHECK_INT(redacted(&f, "", seq, "text"), 1);
	CHECK_STR(fixture_ask(f.path, "SELECT text FROM shift_entry"), REDACTED_TEXT);
	/* The case's own words are the case's to take out. */
	CHECK_INT(fixture_hits(&f, SECRET), 1);
	CHECK_INT(redacted(&f, id, note, "text"), 1);
	check_gone(&f, SECRET);
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(every_kind_of_event_says_which_texts_may_go)
{
	int count = 0;
	const struct event_kind *kinds = event_kinds(&count);

	for (int i = 0; i < count; i++) {
		if (redact_kind(kinds[i].name) == NULL) {
			fail_msg("%s has no row in redact_rows.c", kinds[i].name);
		}
	}
}

#define LONG_TITLE "Mất điện TTDL vì " SECRET " ở kho phía tây của tòa nhà"

/* The page that both signed shows the title cut; the words left show it whole, over
 * two lines.  The signatures stand: the events' hashes stay. */
TEST(a_cases_title_leaves_the_pages_of_the_hand_over_too)
{
	struct fixture f;
	struct error err;
	char id[UUID_SIZE], other[UUID_SIZE];
	int64_t opened, second, n;
	bool watch;

	fixture_file(&f);
	fixture_case(&f, LONG_TITLE, id);
	opened = fixture_last(&f);
	fixture_case(&f, "LGSP mất đĩa hai của máy phụ", other);
	second = fixture_last(&f);
	fixture_as(&f, "lan");
	CHECK_OK(handover_give(f.desk, "nam", "Đêm nay còn phải theo dõi thêm việc sau đây: "
		LONG_TITLE, &n, &err), err);
	fixture_as(&f, "nam");
	CHECK_OK(handover_take(f.desk, &watch, &err), err);
	CHECK(strstr(fixture_ask(f.path, "SELECT sheet FROM handover"), "Mất điện TTDL") != NULL);
	fixture_as(&f, "minh");
	/* opened; given, taken */
	CHECK_INT(redacted(&f, id, opened, "title"), 3);
	check_gone(&f, SECRET);
	CHECK(strstr(fixture_ask(f.path, "SELECT sheet FROM handover"), "Mất điện TTDL") == NULL);
	CHECK(strstr(fixture_ask(f.path, "SELECT sheet FROM handover"), "LGSP mất") != NULL);
	fixture_whole(&f);
	/* Another case's later: the pages are found in their redactions. */
	CHECK_INT(redacted(&f, other, second, "title"), 3);
	CHECK(strstr(fixture_ask(f.path, "SELECT sheet FROM handover"), "LGSP mất") == NULL);
	fixture_whole(&f);
	fixture_end(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(a_redacted_note_leaves_no_byte_in_the_files),
		RUN(every_event_that_repeats_the_text_is_redacted_by_its_own_event),
		RUN(a_field_that_was_set_again_keeps_its_new_value),
		RUN(a_redaction_can_be_redacted_further),
		RUN(short_texts_are_masked_only_where_they_stand_alone),
		RUN(the_bytes_of_evidence_go_and_its_hash_stays),
		RUN(who_may_not_or_says_too_little_changes_nothing),
		RUN(an_open_reader_delays_the_compaction_and_is_told),
		RUN(the_timeline_shows_what_stands_there_now),
		RUN(a_body_that_went_without_a_redaction_is_found),
		RUN(what_belongs_to_no_case_is_redacted_on_the_desk),
		RUN(a_cases_title_leaves_the_pages_of_the_hand_over_too),
		RUN(every_kind_of_event_says_which_texts_may_go),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
