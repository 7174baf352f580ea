/* Backups are proved before they get their name; a restore goes into the live
 * desk, under the eyes of those who have it open; an upgrade rebuilds. */
#include "tests/fixture.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/backup.h"
#include "core/case_open.h"
#include "core/case_set.h"
#include "core/change.h"
#include "core/evidence.h"
#include "core/json.h"
#include "core/member.h"
#include "core/note.h"
#include "core/outbox.h"

static void
make(struct fixture *f, const char *name, char path[256])
{
	struct backup_result result;
	struct error err;

	(void)snprintf(path, 256, "%s", fixture_path(f, name));
	CHECK_OK(backup_make(f->desk, path, &result, &err), err);
	CHECK(result.bytes > 0 && result.events > 0 && result.head[0] != '\0');
}

static bool
there(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0;
}

TEST(a_backup_is_one_proved_file_and_is_remembered)
{
	struct fixture f;
	struct error err;
	struct desk *copy = NULL;
	struct verify_result result;
	char id[UUID_SIZE];
	char path[256];
	char beside[300];
	int64_t at = -1;

	fixture_file(&f);
	fixture_case(&f, "mất điện", id);
	CHECK_OK(backup_last(f.desk, &at, &err), err);
	CHECK_INT(at, 0);
	make(&f, "sao.db", path);
	CHECK_OK(backup_last(f.desk, &at, &err), err);
	CHECK_INT(at, f.now);
	(void)snprintf(beside, sizeof beside, "%s-wal", path);
	CHECK(!there(beside));
	CHECK_OK(desk_open(&copy, &(struct desk_options){ .url = path, .login = "quan",
		.readonly = true, .clock = fixture_clock(&f) }, &err), err);
	result = fixture_verify(copy);
	CHECK_INT(result.faults, 0);
	desk_close(copy);
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(a_backup_never_overwrites_and_leaves_nothing_half_done)
{
	struct fixture f;
	struct error err;
	struct backup_result result;
	char path[256];
	size_t len;
	char *bytes;

	fixture_file(&f);
	(void)snprintf(path, sizeof path, "%s", fixture_path(&f, "quý.txt"));
	fixture_write(path, "quý", 4);
	CHECK_ERR(backup_make(f.desk, path, &result, &err), err, ERR_REFUSED);
	bytes = fixture_read(path, &len);
	CHECK_INT(len, 4);
	free(bytes);
	CHECK_ERR(backup_make(f.desk, "/nonexistent/sao.db", &result, &err), err, ERR_IO);
	CHECK_ERR(backup_make(f.desk, "", &result, &err), err, ERR_BAD_INPUT);
	fixture_as(&f, "lan");
	CHECK_ERR(backup_make(f.desk, fixture_path(&f, "b"), &result, &err), err,
		ERR_FORBIDDEN);
	CHECK(!there(fixture_path(&f, "b")));
	fixture_end(&f);
}

TEST(a_broken_desk_gives_no_backup)
{
	struct fixture f;
	struct error err;
	struct backup_result result;
	char path[256];
	char id[UUID_SIZE];

	fixture_file(&f);
	fixture_case(&f, "mất điện", id);
	fixture_sql(f.path, "UPDATE event SET occurred_at = occurred_at + 1 WHERE seq = 3");
	(void)snprintf(path, sizeof path, "%s", fixture_path(&f, "sao.db"));
	CHECK_ERR(backup_make(f.desk, path, &result, &err), err, ERR_FAULTS);
	assert_non_null(strstr(err.message, "event 3"));
	CHECK(!there(path));
	CHECK_STR(fixture_ask(f.path, "SELECT count(*) FROM local_fact"), "0");
	fixture_end(&f);
}

TEST(a_restore_goes_into_the_desk_that_others_have_open)
{
	struct fixture f;
	struct error err;
	struct restore_result result;
	struct desk *other;
	struct ir_case c = { 0 };
	char id[UUID_SIZE];
	char later[UUID_SIZE];
	char path[256];
	char answer[200];
	int64_t version;

	fixture_file(&f);
	fixture_case(&f, "trước", id);
	make(&f, "sao.db", path);
	fixture_case(&f, "sau", later);
	other = fixture_open(&f, "lan");
	CHECK_OK(case_load(&c, other, later, &err), err);
	case_clear(&c);
	version = db_data_version(desk_db(other));
	CHECK_OK(backup_restore(f.desk, path, &result, &err), err);
	CHECK(result.seq_was > result.seq);
	CHECK(there(result.saved));
	/* The other handle sees the change and works on in the same file. */
	CHECK(db_data_version(desk_db(other)) != version);
	CHECK_ERR(case_load(&c, other, later, &err), err, ERR_NOT_FOUND);
	CHECK_OK(note_add(other, id, &(struct note_new){ .text = "làm tiếp" }, &err), err);
	desk_close(other);
	(void)fixture_note(&f, id, "tôi cũng");
	fixture_whole(&f);
	(void)snprintf(answer, sizeof answer, "%s", fixture_ask(f.path,
		"SELECT body FROM event WHERE kind = 'restored'"));
	assert_non_null(strstr(answer, result.head));
	assert_non_null(strstr(answer, result.head_was));
	/* What was there before stands whole beside it. */
	CHECK_OK(desk_open(&other, &(struct desk_options){ .url = result.saved,
		.login = "quan", .readonly = true, .clock = fixture_clock(&f) }, &err), err);
	CHECK_OK(case_load(&c, other, later, &err), err);
	CHECK_STR(c.title, "sau");
	case_clear(&c);
	CHECK_INT(fixture_verify(other).faults, 0);
	desk_close(other);
	fixture_end(&f);
}

TEST(the_backups_that_were_made_are_known_after_a_restore)
{
	struct fixture f;
	struct error err;
	struct restore_result result;
	char id[UUID_SIZE];
	char path[256];
	char second[256];

	fixture_file(&f);
	fixture_case(&f, "trước", id);
	make(&f, "một.db", path);
	make(&f, "hai.db", second);
	CHECK_OK(backup_restore(f.desk, path, &result, &err), err);
	CHECK_STR(fixture_ask(f.path, "SELECT count(*) FROM local_fact"
		" WHERE name LIKE 'backup:%'"), "3");
	CHECK_OK(backup_restore(f.desk, path, &result, &err), err);
	assert_non_null(strstr(result.saved, "before-restore-2"));
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(a_bad_source_changes_nothing)
{
	struct fixture f;
	struct fixture foreign;
	struct error err;
	struct restore_result result;
	struct backup_result made;
	char id[UUID_SIZE];
	char path[256];
	char text[256];
	char head[HASH_SIZE];

	fixture_file(&f);
	fixture_case(&f, "trước", id);
	make(&f, "sao.db", path);
	(void)snprintf(head, sizeof head, "%s", fixture_ask(f.path, "SELECT hash FROM head"));
	(void)snprintf(text, sizeof text, "%s", fixture_path(&f, "chữ.txt"));
	fixture_write(text, "không phải sổ", strlen("không phải sổ"));
	CHECK_ERR(backup_restore(f.desk, text, &result, &err), err, ERR_IO);
	CHECK_ERR(backup_restore(f.desk, fixture_path(&f, "không có"), &result, &err), err,
		ERR_NOT_FOUND);
	CHECK_ERR(backup_restore(f.desk, f.path, &result, &err), err, ERR_BAD_INPUT);
	fixture_sql(path, "UPDATE event SET kind = 'note_addee' WHERE seq = 4");
	CHECK_ERR(backup_restore(f.desk, path, &result, &err), err, ERR_FAULTS);
	fixture_sql(path, "UPDATE head SET schema_number = 99");
	CHECK_ERR(backup_restore(f.desk, path, &result, &err), err, ERR_UNAVAILABLE);
	fixture_file(&foreign);
	(void)snprintf(text, sizeof text, "%s", fixture_path(&foreign, "khác.db"));
	CHECK_OK(backup_make(foreign.desk, text, &made, &err), err);
	CHECK_ERR(backup_restore(f.desk, text, &result, &err), err, ERR_REFUSED);
	assert_non_null(strstr(err.message, "another desk"));
	fixture_as(&f, "minh");
	CHECK_ERR(backup_restore(f.desk, text, &result, &err), err, ERR_FORBIDDEN);
	CHECK_STR(fixture_ask(f.path, "SELECT hash FROM head"), head);
	fixture_whole(&f);
	fixture_end(&foreign);
	fixture_end(&f);
}

TEST(a_restore_waits_for_no_writer_and_says_who_holds_the_desk)
{
	struct fixture f;
	struct error err;
	struct restore_result result;
	struct desk *other;
	char id[UUID_SIZE];
	char path[256];

	fixture_file(&f);
	fixture_case(&f, "trước", id);
	make(&f, "sao.db", path);
	db_busy_timeout(desk_db(f.desk), 50);
	other = fixture_open(&f, "lan");
	CHECK_OK(change_begin(other, &err), err);
	CHECK_ERR(backup_restore(f.desk, path, &result, &err), err, ERR_LOCKED);
	CHECK_INT(error_exit_status(err.code), 5);
	(void)change_end(other, false, &err);
	desk_close(other);
	fixture_whole(&f);
	CHECK_OK(backup_restore(f.desk, path, &result, &err), err);
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(no_message_of_a_backup_goes_out_by_itself)
{
	struct fixture f;
	struct error err;
	struct restore_result result;
	struct json *vars = json_object();
	struct json *given = json_object();
	char id[UUID_SIZE];
	char path[256];

	fixture_file(&f);
	fixture_case(&f, "trước", id);
	json_set_text(given, "mail", "quan@doi.example");
	CHECK_OK(member_set(f.desk, "quan", given, &err), err);
	json_free(given);
	CHECK_OK(change_begin(f.desk, &err), err);
	for (int i = 0; i < 3; i++) {
		CHECK_OK(outbox_queue(f.desk, &(struct message_new){ .case_id = id,
			.to_kind = "member", .to_id = f.admin.id, .template = "assigned",
			.vars = vars, .hold = i == 2 ? "chờ người duyệt" : NULL,
			.cause = NO_CAUSE }, &err), err);
	}
	CHECK_OK(change_end(f.desk, true, &err), err);
	json_free(vars);
	CHECK_STR(fixture_ask(f.path, "SELECT count(*) FROM message WHERE state = 'queued'"),
		"2");
	make(&f, "sao.db", path);
	fixture_sql(f.path, "INSERT INTO local_lease VALUES ('deliver', 'máy này', 7, 99)");
	CHECK_OK(backup_restore(f.desk, path, &result, &err), err);
	CHECK_INT(result.held, 2);
	CHECK_STR(fixture_ask(f.path, "SELECT count(*) FROM message WHERE state = 'held'"),
		"3");
	CHECK_STR(fixture_ask(f.path, "SELECT fence FROM local_lease"), "7");
	fixture_whole(&f);
	fixture_end(&f);
}

static void
write_evidence(struct fixture *f, const char *id)
{
	char file[256];
	struct error err;
	bool stored;
	int n;

	(void)snprintf(file, sizeof file, "%s", fixture_path(f, "nhật ký"));
	fixture_write(file, "dòng một\n", strlen("dòng một\n"));
	CHECK_OK(evidence_add(f->desk, id, file, "nhật ký", &n, &stored, &err), err);
}

TEST(a_desk_of_an_older_schema_is_refused_until_it_is_upgraded)
{
	struct fixture f;
	struct error err;
	struct desk *desk = NULL;
	struct upgrade_result result;
	struct desk_options options;
	char id[UUID_SIZE];
	char head[HASH_SIZE];

	fixture_file(&f);
	fixture_case(&f, "cũ", id);
	write_evidence(&f, id);
	(void)fixture_note(&f, id, "ghi chú");
	(void)snprintf(head, sizeof head, "%s", fixture_ask(f.path, "SELECT hash FROM head"));
	options = (struct desk_options){ .url = f.path, .login = "lan",
		.clock = fixture_clock(&f) };
	/* As an older program left it: a lower number, a row that apply writes anew. */
	fixture_sql(f.path, "UPDATE head SET schema_number = 0;"
		" UPDATE cases SET category = 'của bản cũ'; DELETE FROM search_doc");
	CHECK_ERR(desk_open(&desk, &options, &err), err, ERR_UNAVAILABLE);
	assert_non_null(strstr(err.message, "suco upgrade"));
	CHECK(!note_add(f.desk, id, &(struct note_new){ .text = "chưa" }, &err));
	CHECK_INT(err.code, ERR_UNAVAILABLE);
	CHECK_ERR(desk_upgrade(&options, &result, &err), err, ERR_FORBIDDEN);
	options.login = "quan";
	CHECK_OK(desk_upgrade(&options, &result, &err), err);
	CHECK_INT(result.from, 0);
	CHECK_INT(result.to, DESK_SCHEMA);
	assert_non_null(strstr(result.saved, "desk.db.before-0"));
	CHECK(there(result.saved));
	CHECK_STR(fixture_ask(result.saved, "SELECT schema_number FROM head"), "0");
	CHECK_STR(fixture_ask(f.path, "SELECT hash FROM head"), head);
	CHECK_STR(fixture_ask(f.path, "SELECT category FROM cases"), "");
	(void)fixture_note(&f, id, "sau nâng cấp");
	fixture_whole(&f);
	CHECK_OK(desk_upgrade(&options, &result, &err), err);
	CHECK_INT(result.from, result.to);
	fixture_end(&f);
}

TEST(an_upgrade_of_a_broken_desk_changes_nothing)
{
	struct fixture f;
	struct error err;
	struct upgrade_result result;
	struct desk_options options;
	char id[UUID_SIZE];

	fixture_file(&f);
	fixture_case(&f, "cũ", id);
	options = (struct desk_options){ .url = f.path, .login = "quan",
		.clock = fixture_clock(&f) };
	fixture_sql(f.path, "UPDATE head SET schema_number = 0;"
		" UPDATE event SET body = '{' WHERE seq = 7");
	CHECK_ERR(desk_upgrade(&options, &result, &err), err, ERR_FAULTS);
	assert_non_null(strstr(err.message, "event 7"));
	CHECK_STR(fixture_ask(f.path, "SELECT schema_number FROM head"), "0");
	CHECK(!there(fixture_path(&f, "desk.db.before-0")));
	fixture_end(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(a_backup_is_one_proved_file_and_is_remembered),
		RUN(a_backup_never_overwrites_and_leaves_nothing_half_done),
		RUN(a_broken_desk_gives_no_backup),
		RUN(a_restore_goes_into_the_desk_that_others_have_open),
		RUN(the_backups_that_were_made_are_known_after_a_restore),
		RUN(a_bad_source_changes_nothing),
		RUN(a_restore_waits_for_no_writer_and_says_who_holds_the_desk),
		RUN(no_message_of_a_backup_goes_out_by_itself),
		RUN(a_desk_of_an_older_schema_is_refused_until_it_is_upgraded),
		RUN(an_upgrade_of_a_broken_desk_changes_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
