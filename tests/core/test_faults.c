/* What the world does to a desk (TARGETS E3): full disk, read-only or damaged
 * file, a lost log, a stranger's lock, another program's file.  Each time a clear
 * line with the right exit code, nothing lost, and work goes on afterwards. */
#include "tests/fixture.h"

#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/db_file.h"
#include "core/list.h"
#include "core/mem.h"
#include "core/note.h"
#include "core/search.h"

static char *
long_text(size_t len)
{
	char *text = xmalloc(len + 1);

	for (size_t i = 0; i < len; i++) {
		text[i] = "abcdefghij klmnop"[(i * 31 + i / 97) % 17];
	}
	text[len] = '\0';
	return text;
}

TEST(a_desk_on_a_full_disk_is_read_although_nothing_can_be_written_beside_it)
{
	const struct rlimit none = { .rlim_cur = 0, .rlim_max = RLIM_INFINITY };
	struct desk_options options = { .login = "minh", .readonly = true };
	struct desk *reader = NULL;
	struct rlimit before;
	struct fixture f;
	struct error err;
	char id[UUID_SIZE], path[200], beside[240];
	struct ir_case c;
	bool ok;

	fixture_file(&f);
	fixture_case(&f, "một", id);
	(void)snprintf(path, sizeof path, "%s", f.path);
	options.url = path;
	options.clock = fixture_clock(&f);
	desk_close(f.desk);
	f.desk = NULL;
	(void)snprintf(beside, sizeof beside, "%s-shm", path);
	(void)unlink(beside);
	(void)snprintf(beside, sizeof beside, "%s-wal", path);
	(void)unlink(beside);
	CHECK(signal(SIGXFSZ, SIG_IGN) != SIG_ERR);
	CHECK_INT(getrlimit(RLIMIT_FSIZE, &before), 0);
	CHECK_INT(setrlimit(RLIMIT_FSIZE, &none), 0);
	ok = desk_open(&reader, &options, &err);
	CHECK_INT(setrlimit(RLIMIT_FSIZE, &before), 0);
	CHECK_OK(ok, err);
	CHECK_OK(case_load(&c, reader, id, &err), err);
	CHECK_STR(c.title, "một");
	case_clear(&c);
	f.desk = reader;
	fixture_end(&f);
}

TEST(a_full_disk_refuses_the_act_and_keeps_the_rest)
{
	struct fixture f;
	struct error err;
	char id[UUID_SIZE];
	char pragma[80];
	char *text = long_text(60000);
	int kept = 0;
	int64_t last;

	fixture_file(&f);
	fixture_case(&f, "một", id);
	(void)snprintf(pragma, sizeof pragma, "PRAGMA max_page_count = %lld",
		strtoll(fixture_ask(f.path, "PRAGMA page_count"), NULL, 10) + 60);
	CHECK_OK(db_script(desk_db(f.desk), pragma, &err), err);
	while (note_add(f.desk, id, &(struct note_new){ .text = text }, &err)) {
		kept++;
		CHECK(kept < 100);
	}
	CHECK(kept > 0);
	CHECK_INT(err.code, ERR_IO);
	CHECK_INT(error_exit_status(err.code), 5);
	assert_non_null(strstr(err.message, "disk is full"));
	fixture_whole(&f);
	last = strtoll(fixture_ask(f.path, "SELECT max(seq) FROM event"), NULL, 10);
	CHECK_OK(db_script(desk_db(f.desk), "PRAGMA max_page_count = 1000000", &err), err);
	CHECK_INT(fixture_note(&f, id, "lại có chỗ"), last + 1);
	fixture_whole(&f);
	free(text);
	fixture_end(&f);
}

/* The system itself refuses to write further: at any write, the commit's too. */
TEST(a_write_that_fails_at_any_moment_leaves_a_whole_desk)
{
	struct fixture f;
	struct error err;
	struct rlimit old;
	char id[UUID_SIZE];
	char *text = long_text(20000);
	char log[160];
	int confirmed = 0;
	int refused = 0;

	(void)signal(SIGXFSZ, SIG_IGN);
	fixture_file(&f);
	fixture_case(&f, "một", id);
	(void)snprintf(log, sizeof log, "%s-wal", f.path);
	CHECK_INT(getrlimit(RLIMIT_FSIZE, &old), 0);
	for (rlim_t step = 0; step < 40; step++) {
		struct rlimit tight = old;
		struct stat st;

		CHECK_INT(stat(log, &st), 0);
		tight.rlim_cur = (rlim_t)st.st_size + step * 1500;
		CHECK_INT(setrlimit(RLIMIT_FSIZE, &tight), 0);
		if (note_add(f.desk, id, &(struct note_new){ .text = text }, &err)) {
			confirmed++;
		} else {
			refused++;
		}
		CHECK_INT(setrlimit(RLIMIT_FSIZE, &old), 0);
		if (err.code != ERR_NONE) {
			CHECK_INT(error_exit_status(err.code), 5);
		}
		err.code = ERR_NONE;
		CHECK_INT(strtoll(fixture_ask(f.path,
			"SELECT count(*) FROM event WHERE kind = 'note_added'"), NULL, 10),
			confirmed);
	}
	CHECK(refused > 3);
	fixture_whole(&f);
	(void)fixture_note(&f, id, "sau cùng");
	fixture_whole(&f);
	free(text);
	fixture_end(&f);
}

/* The code of opening and of writing, in a process without root's rights. */
static void
codes_as_nobody(struct fixture *f, const char *id, int *open_code, int *write_code)
{
	pid_t child = fork();
	int status = 0;

	if (child == 0) {
		const struct desk_options options = { .url = f->path, .login = "lan",
			.clock = fixture_clock(f) };
		struct error err = ERROR_INIT;
		struct desk *desk = NULL;
		int code = 0;

		if (getuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0)) {
			_exit(255);
		}
		if (!desk_open(&desk, &options, &err)) {
			_exit((int)err.code << 4);
		}
		if (!note_add(desk, id, &(struct note_new){ .text = "x" }, &err)) {
			code = (int)err.code;
		}
		_exit(code);
	}
	CHECK(waitpid(child, &status, 0) == child && WIFEXITED(status));
	*open_code = WEXITSTATUS(status) >> 4;
	*write_code = WEXITSTATUS(status) & 15;
}

TEST(a_read_only_file_is_said_and_works_again_afterwards)
{
	struct fixture f;
	struct error err;
	struct desk *desk = NULL;
	char id[UUID_SIZE];
	int open_code;
	int write_code;

	fixture_file(&f);
	fixture_case(&f, "một", id);
	desk_close(f.desk);
	f.desk = NULL;
	CHECK_INT(chmod(f.folder, 0755), 0);
	CHECK_INT(chmod(f.path, 0444), 0);
	codes_as_nobody(&f, id, &open_code, &write_code);
	if (open_code == 0) {
		CHECK_INT(write_code, ERR_IO);
	} else {
		CHECK_INT(open_code, ERR_IO);
	}
	CHECK_INT(chmod(f.path, 0660), 0);
	CHECK_OK(desk_open(&desk, &(struct desk_options){ .url = f.path, .login = "lan",
		.readonly = true, .clock = fixture_clock(&f) }, &err), err);
	CHECK_ERR(note_add(desk, id, &(struct note_new){ .text = "x" }, &err), err,
		ERR_FORBIDDEN);
	desk_close(desk);
	f.desk = fixture_open(&f, "quan");
	(void)fixture_note(&f, id, "lại ghi được");
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(a_strangers_lock_is_said_and_nothing_is_lost)
{
	struct fixture f;
	struct error err;
	struct ir_case c;
	struct db *stranger = NULL;
	char id[UUID_SIZE];

	fixture_file(&f);
	fixture_case(&f, "một", id);
	CHECK_OK(db_open(&stranger, f.path, 0, &err), err);
	CHECK_OK(db_script(stranger, "BEGIN EXCLUSIVE", &err), err);
	db_busy_timeout(desk_db(f.desk), 50);
	CHECK_ERR(note_add(f.desk, id, &(struct note_new){ .text = "x" }, &err), err,
		ERR_LOCKED);
	CHECK_INT(error_exit_status(err.code), 5);
	assert_non_null(strstr(err.message, "held by another program"));
	/* Reading goes on. */
	c = fixture_load(&f, id);
	case_clear(&c);
	CHECK_OK(db_script(stranger, "ROLLBACK", &err), err);
	db_close(stranger);
	(void)fixture_note(&f, id, "sau đó");
	fixture_whole(&f);
	fixture_end(&f);
}

static void
check_open(struct fixture *f, const char *path, enum error_code code, const char *says)
{
	struct desk *desk = NULL;
	struct error err = ERROR_INIT;

	if (desk_open(&desk, &(struct desk_options){ .url = path, .login = "quan",
		    .clock = fixture_clock(f) }, &err)) {
		fail_msg("%s was opened", path);
	}
	if (err.code != code || strstr(err.message, says) == NULL) {
		fail_msg("%s: %d %s (%s)", path, (int)err.code, err.message, err.cause);
	}
}

TEST(what_is_no_desk_of_ours_is_said_and_left_alone)
{
	struct fixture f;
	struct error err;
	struct db *db = NULL;
	char path[256];
	char *text = long_text(5000);
	char *after;
	size_t len;

	fixture_file(&f);
	(void)snprintf(path, sizeof path, "%s", fixture_path(&f, "thư.txt"));
	fixture_write(path, text, 5000);
	check_open(&f, path, ERR_IO, "not a desk");
	after = fixture_read(path, &len);
	CHECK(len == 5000 && memcmp(after, text, len) == 0);
	free(after);
	(void)snprintf(path, sizeof path, "%s", fixture_path(&f, "rỗng"));
	fixture_write(path, "", 0);
	check_open(&f, path, ERR_IO, "not a desk");
	(void)snprintf(path, sizeof path, "%s", fixture_path(&f, "khác.db"));
	CHECK_OK(db_open(&db, path, DB_CREATE, &err), err);
	CHECK_OK(db_script(db, "CREATE TABLE thu (chu TEXT)", &err), err);
	db_close(db);
	check_open(&f, path, ERR_IO, "not a desk");
	check_open(&f, fixture_path(&f, "không có"), ERR_NOT_FOUND, "");
	check_open(&f, f.folder, ERR_BAD_INPUT, "folder");
	fixture_sql(f.path, "UPDATE head SET schema_number = 99");
	check_open(&f, f.path, ERR_UNAVAILABLE, "newer suco");
	free(text);
	fixture_end(&f);
}

TEST(a_lost_log_loses_what_was_in_it_and_a_head_outside_tells)
{
	struct fixture f;
	struct verify_result result = { 0 };
	struct error err;
	char id[UUID_SIZE];
	char copy[256];
	char head[HASH_SIZE];
	char *bytes;
	size_t len;
	struct desk *desk = NULL;

	fixture_file(&f);
	fixture_case(&f, "một", id);
	CHECK_OK(db_script(desk_db(f.desk), "PRAGMA wal_checkpoint(TRUNCATE)", &err), err);
	(void)fixture_note(&f, id, "chỉ trong nhật ký của tệp");
	CHECK_OK(verify_chain(f.desk, NULL, &result, &err), err);
	memcpy(head, result.head, HASH_SIZE);
	/* The file alone, as somebody copies it who forgets the -wal. */
	bytes = fixture_read(f.path, &len);
	(void)snprintf(copy, sizeof copy, "%s", fixture_path(&f, "chép.db"));
	fixture_write(copy, bytes, len);
	free(bytes);
	CHECK_OK(desk_open(&desk, &(struct desk_options){ .url = copy, .login = "quan",
		.clock = fixture_clock(&f) }, &err), err);
	result = fixture_verify(desk);
	CHECK_INT(result.faults, 0);
	CHECK_OK(verify_head(desk, head, &result, &err), err);
	CHECK(!result.head_found);
	desk_close(desk);
	fixture_end(&f);
}

static bool
skip_case(const struct ir_case *c, const char *cursor, void *arg)
{
	(void)c;
	(void)cursor;
	(void)arg;
	return true;
}

static bool
skip_hit(const struct hit *hit, void *arg)
{
	(void)hit;
	(void)arg;
	return true;
}

/* Reads and writes all over a damaged desk; true when it looks whole. */
static bool
use(struct fixture *f, const char *path, const char *id)
{
	struct desk *desk = NULL;
	struct verify_result result = { 0 };
	struct error err = ERROR_INIT;
	bool whole;

	if (!desk_open(&desk, &(struct desk_options){ .url = path, .login = "quan",
		    .clock = fixture_clock(f) }, &err)) {
		CHECK(err.code != ERR_NONE && err.message[0] != '\0');
		return false;
	}
	whole = list_each(desk, &(struct list_filter){ .drill = -1 }, skip_case, NULL, &err) &&
		search_each(desk, "mat dien", &(struct search_filter){ .drill = -1 }, skip_hit,
			NULL, &err) &&
		verify_chain(desk, NULL, &result, &err) &&
		verify_replay(desk, &result, &err) && db_integrity(desk_db(desk), &err);
	if (!whole) {
		/* 5 where the engine cannot read, never another refusal. */
		if (error_exit_status(err.code) != 5 && error_exit_status(err.code) != 3) {
			fail_msg("%d %s (%s)", (int)err.code, err.message, err.cause);
		}
	}
	(void)note_add(desk, id, &(struct note_new){ .text = "mất điện" }, &err);
	whole = whole && result.faults == 0;
	desk_close(desk);
	return whole;
}

TEST(a_file_damaged_at_random_bytes_is_told_and_never_crashes)
{
	struct fixture f;
	struct error err;
	char id[UUID_SIZE];
	char path[256];
	char beside[300];
	char *bytes;
	size_t len;
	uint32_t seed = 41;
	int found = 0;

	fixture_file(&f);
	fixture_case(&f, "Mất điện", id);
	for (int i = 0; i < 40; i++) {
		(void)fixture_note(&f, id, "ắc quy còn 45 phút, gọi bên điện lần nữa");
	}
	CHECK_OK(db_script(desk_db(f.desk), "PRAGMA wal_checkpoint(TRUNCATE)", &err), err);
	bytes = fixture_read(f.path, &len);
	(void)snprintf(path, sizeof path, "%s", fixture_path(&f, "hỏng.db"));
	for (int round = 0; round < 150; round++) {
		char *damaged = xmalloc(len);

		memcpy(damaged, bytes, len);
		for (int i = 0; i < 1 + round % 40; i++) {
			seed = seed * 1664525u + 1013904223u;
			damaged[(seed >> 4) % len] = (char)(seed >> 24);
		}
		fixture_write(path, damaged, len);
		free(damaged);
		found += !use(&f, path, id);
		(void)unlink(path);
		(void)snprintf(beside, sizeof beside, "%s-wal", path);
		(void)unlink(beside);
		(void)snprintf(beside, sizeof beside, "%s-shm", path);
		(void)unlink(beside);
	}
	/* Some bytes lie in free pages; most do not. */
	CHECK(found > 75);
	free(bytes);
	fixture_whole(&f);
	fixture_end(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(a_full_disk_refuses_the_act_and_keeps_the_rest),
		RUN(a_desk_on_a_full_disk_is_read_although_nothing_can_be_written_beside_it),
		RUN(a_write_that_fails_at_any_moment_leaves_a_whole_desk),
		RUN(a_read_only_file_is_said_and_works_again_afterwards),
		RUN(a_strangers_lock_is_said_and_nothing_is_lost),
		RUN(what_is_no_desk_of_ours_is_said_and_left_alone),
		RUN(a_lost_log_loses_what_was_in_it_and_a_head_outside_tells),
		RUN(a_file_damaged_at_random_bytes_is_told_and_never_crashes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
