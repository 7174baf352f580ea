/* Files taken in by hash: what is no file is refused without a trace, what is
 * too large is only named, and what comes out is what went in. */
#include "tests/fixture.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/evidence.h"
#include "core/mem.h"

#define PART (1024 * 1024)

static bool
add(struct fixture *f, const char *id, const char *path, bool *stored, struct error *err)
{
	int n;

	return evidence_add(f->desk, id, path, "chứng cứ", &n, stored, err);
}

/* As add(), in a process without root's rights where this one has them. */
static int
code_as_nobody(struct fixture *f, const char *id, const char *path)
{
	pid_t child = fork();
	int status = 0;

	if (child == 0) {
		struct error err = ERROR_INIT;
		bool stored;

		if (getuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0)) {
			_exit(99);
		}
		_exit(add(f, id, path, &stored, &err) ? 98 : (int)err.code);
	}
	CHECK(waitpid(child, &status, 0) == child && WIFEXITED(status));
	return WEXITSTATUS(status);
}

static int64_t
number(struct fixture *f, const char *sql)
{
	return strtoll(fixture_ask(f->path, sql), NULL, 10);
}

TEST(a_file_comes_out_as_it_went_in)
{
	static const size_t sizes[] = { 0, 1, PART - 1, PART, PART + 1, 3 * PART };
	struct fixture f;
	struct error err;
	char id[UUID_SIZE];
	char in[256];
	char out[256];
	char *bytes = xmalloc(3 * PART);

	fixture_file(&f);
	fixture_case(&f, "một", id);
	for (size_t i = 0; i < 3 * PART; i++) {
		bytes[i] = (char)(i * 7 + i / 251);
	}
	(void)snprintf(in, sizeof in, "%s", fixture_path(&f, "vào"));
	(void)snprintf(out, sizeof out, "%s", fixture_path(&f, "ra"));
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		char spec[8];
		char *back;
		size_t len;
		bool stored = false;

		fixture_write(in, bytes, sizes[i]);
		CHECK_OK(add(&f, id, in, &stored, &err), err);
		CHECK(stored);
		(void)snprintf(spec, sizeof spec, "%zu", i + 1);
		CHECK_OK(evidence_get(f.desk, id, spec, out, &err), err);
		back = fixture_read(out, &len);
		CHECK_INT(len, sizes[i]);
		CHECK(memcmp(back, bytes, len) == 0);
		free(back);
		(void)unlink(out);
	}
	/* Each taking out is a custody entry. */
	CHECK_INT(number(&f, "SELECT count(*) FROM event WHERE kind = 'evidence_taken'"), 6);
	free(bytes);
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(what_is_no_file_is_refused_and_leaves_no_trace)
{
	struct fixture f;
	struct error err;
	char id[UUID_SIZE];
	char path[256];
	bool stored;
	int64_t before;

	fixture_file(&f);
	fixture_case(&f, "một", id);
	before = number(&f, "SELECT max(seq) FROM event");
	CHECK_ERR(add(&f, id, f.folder, &stored, &err), err, ERR_BAD_INPUT);
	assert_non_null(strstr(err.message, "folder"));
	(void)snprintf(path, sizeof path, "%s", fixture_path(&f, "ống"));
	CHECK_INT(mkfifo(path, 0600), 0);
	/* Must not hang for a writer. */
	CHECK_ERR(add(&f, id, path, &stored, &err), err, ERR_BAD_INPUT);
	CHECK_ERR(add(&f, id, "/dev/null", &stored, &err), err, ERR_BAD_INPUT);
	CHECK_ERR(add(&f, id, fixture_path(&f, "không có"), &stored, &err), err,
		ERR_NOT_FOUND);
	(void)snprintf(path, sizeof path, "%s", fixture_path(&f, "kín"));
	fixture_write(path, "x", 1);
	CHECK_INT(chmod(path, 0), 0);
	CHECK_INT(chmod(f.folder, 0755), 0);
	CHECK_INT(code_as_nobody(&f, id, path), ERR_IO);
	CHECK_INT(number(&f, "SELECT max(seq) FROM event"), before);
	CHECK_INT(number(&f, "SELECT count(*) FROM evidence_blob"), 0);
	fixture_whole(&f);
	fixture_end(&f);
}

struct writer {
	const char *path;
	atomic_bool stop;
};

static void *
keep_writing(void *arg)
{
	struct writer *w = arg;
	int fd = open(w->path, O_WRONLY | O_CLOEXEC);
	unsigned char byte = 0;

	while (!atomic_load(&w->stop)) {
		byte++;
		(void)!pwrite(fd, &byte, 1, 5 * PART - 1);
		(void)!pwrite(fd, &byte, 1, 100);
	}
	(void)close(fd);
	return NULL;
}

TEST(a_file_that_changes_while_it_is_read_is_not_kept)
{
	struct fixture f;
	struct error err;
	char id[UUID_SIZE];
	char path[256];
	char *bytes = xcalloc(1, 5 * PART);
	struct writer writer;
	pthread_t thread;
	bool stored;

	fixture_file(&f);
	fixture_case(&f, "một", id);
	(void)snprintf(path, sizeof path, "%s", fixture_path(&f, "nhật ký"));
	fixture_write(path, bytes, 5 * PART);
	free(bytes);
	writer = (struct writer){ .path = path };
	atomic_store(&writer.stop, false);
	CHECK_INT(pthread_create(&thread, NULL, keep_writing, &writer), 0);
	CHECK_ERR(add(&f, id, path, &stored, &err), err, ERR_REFUSED);
	assert_non_null(strstr(err.message, "changed while it was read"));
	atomic_store(&writer.stop, true);
	CHECK_INT(pthread_join(thread, NULL), 0);
	CHECK_INT(number(&f, "SELECT count(*) FROM evidence_blob"), 0);
	CHECK_OK(add(&f, id, path, &stored, &err), err);
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(above_the_limit_only_hash_and_place_are_kept)
{
	struct fixture f;
	struct error err;
	char id[UUID_SIZE];
	char path[256];
	bool stored = true;

	fixture_file(&f);
	fixture_case(&f, "một", id);
	(void)snprintf(path, sizeof path, "%s", fixture_path(&f, "lớn"));
	fixture_write(path, "", 0);
	/* One byte more than is taken in; a hole, so that no disk is used. */
	CHECK_INT(truncate(path, 64 * PART + 1), 0);
	CHECK_OK(add(&f, id, path, &stored, &err), err);
	CHECK(!stored);
	CHECK_INT(number(&f, "SELECT count(*) FROM evidence_blob"), 0);
	CHECK_STR(fixture_ask(f.path, "SELECT kept FROM evidence"), "elsewhere");
	CHECK_INT(number(&f, "SELECT bytes FROM evidence"), 64 * PART + 1);
	CHECK(strlen(fixture_ask(f.path, "SELECT hash FROM evidence")) == 64);
	CHECK_ERR(evidence_get(f.desk, id, "1", fixture_path(&f, "ra"), &err), err, ERR_REFUSED);
	assert_non_null(strstr(err.message, "elsewhere"));
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(stored_bytes_that_changed_are_not_given_out)
{
	struct fixture f;
	struct error err;
	char id[UUID_SIZE];
	char path[256];
	struct stat st;
	bool stored;

	fixture_file(&f);
	fixture_case(&f, "một", id);
	(void)snprintf(path, sizeof path, "%s", fixture_path(&f, "vào"));
	fixture_write(path, "thật", 6);
	CHECK_OK(add(&f, id, path, &stored, &err), err);
	CHECK_ERR(evidence_get(f.desk, id, "1", path, &err), err, ERR_REFUSED);
	CHECK_ERR(evidence_get(f.desk, id, "2", fixture_path(&f, "ra"), &err), err,
		ERR_NOT_FOUND);
	fixture_sql(f.path, "UPDATE evidence_blob SET bytes = x'00'");
	CHECK_ERR(evidence_get(f.desk, id, "1", fixture_path(&f, "ra"), &err), err, ERR_FAULTS);
	CHECK(stat(fixture_path(&f, "ra"), &st) != 0);
	fixture_end(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(a_file_comes_out_as_it_went_in),
		RUN(what_is_no_file_is_refused_and_leaves_no_trace),
		RUN(a_file_that_changes_while_it_is_read_is_not_kept),
		RUN(above_the_limit_only_hash_and_place_are_kept),
		RUN(stored_bytes_that_changed_are_not_given_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
