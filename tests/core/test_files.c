/* Files from outside are read or refused by name; ours are written whole. */
#include "tests/test.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "core/files.h"
#include "core/mem.h"

static char folder[] = "/tmp/suco-files-XXXXXX";

static char *
in_folder(const char *name)
{
	return path_join(folder, name);
}

static int
entries(void)
{
	DIR *dir = opendir(folder);
	int count = 0;

	while (readdir(dir) != NULL) {
		count++;
	}
	(void)closedir(dir);
	return count - 2;
}

TEST(what_was_written_is_read_back)
{
	struct error err = ERROR_INIT;
	char *path = in_folder("draft");
	char *text;
	size_t len;
	struct stat at;

	CHECK_OK(file_write(path, "sự\0cố", 9, 0600, &err), err);
	CHECK_OK(file_read(&text, &len, path, 9, &err), err);
	CHECK_INT(len, 9);
	assert_memory_equal(text, "sự\0cố", 10);
	free(text);
	CHECK_INT(stat(path, &at), 0);
	CHECK_INT(at.st_mode & 07777, 0600);
	(void)unlink(path);
	free(path);
}

TEST(writing_replaces_and_leaves_nothing_beside)
{
	struct error err = ERROR_INIT;
	char *path = in_folder("twice");
	char *text;
	size_t len;

	CHECK_OK(file_write(path, "old and longer", 14, 0600, &err), err);
	CHECK_OK(file_write(path, "new", 3, 0640, &err), err);
	CHECK_OK(file_read(&text, &len, path, 100, &err), err);
	CHECK_STR(text, "new");
	free(text);
	CHECK_INT(entries(), 1);
	(void)unlink(path);
	free(path);
}

TEST(the_old_file_stands_until_the_commit)
{
	struct error err = ERROR_INIT;
	char *path = in_folder("kept");
	struct file_out out;
	char *text;
	size_t len;

	CHECK_OK(file_write(path, "old", 3, 0600, &err), err);
	CHECK_OK(file_out_open(&out, path, 0600, &err), err);
	CHECK_OK(file_out_add(&out, "half", 4, &err), err);
	CHECK_OK(file_read(&text, &len, path, 100, &err), err);
	CHECK_STR(text, "old");
	free(text);
	file_out_abandon(&out);
	CHECK_INT(entries(), 1);
	(void)unlink(path);
	free(path);
}

TEST(what_came_meanwhile_is_not_written_over)
{
	struct error err = ERROR_INIT;
	char *path = in_folder("fresh");
	struct file_out out;
	char *text;
	size_t len;

	CHECK_OK(file_out_open(&out, path, 0600, &err), err);
	out.fresh = true;
	CHECK_OK(file_out_add(&out, "mine", 4, &err), err);
	CHECK_OK(file_write_new(path, "theirs", 6, 0600, &err), err);
	CHECK_ERR(file_out_commit(&out, &err), err, ERR_REFUSED);
	CHECK_ERR(file_write_new(path, "mine", 4, 0600, &err), err, ERR_REFUSED);
	CHECK_OK(file_read(&text, &len, path, 100, &err), err);
	CHECK_STR(text, "theirs");
	free(text);
	CHECK_INT(entries(), 1);
	(void)unlink(path);
	free(path);
}

TEST(a_link_is_followed_and_stays_a_link)
{
	struct error err = ERROR_INIT;
	char *real = in_folder("real");
	char *name = in_folder("link");
	struct stat at;
	char *text;
	size_t len;

	CHECK_OK(file_write(real, "1", 1, 0600, &err), err);
	CHECK_INT(symlink("real", name), 0);
	CHECK_OK(file_write(name, "22", 2, 0600, &err), err);
	CHECK_INT(lstat(name, &at), 0);
	CHECK(S_ISLNK(at.st_mode));
	CHECK_OK(file_read(&text, &len, real, 10, &err), err);
	CHECK_STR(text, "22");
	free(text);
	(void)unlink(name);
	(void)unlink(real);
	free(name);
	free(real);
}

TEST(a_device_is_written_in_place)
{
	struct error err = ERROR_INIT;
	struct stat at;

	CHECK_OK(file_write("/dev/null", "x", 1, 0600, &err), err);
	CHECK_INT(stat("/dev/null", &at), 0);
	CHECK(S_ISCHR(at.st_mode));
}

TEST(a_full_disk_is_an_error_and_leaves_nothing)
{
	struct error err = ERROR_INIT;

	CHECK_ERR(file_write("/dev/full", "x", 1, 0600, &err), err, ERR_IO);
	CHECK(err.cause[0] != '\0');
	CHECK_ERR(file_write("/proc/suco", "x", 1, 0600, &err), err, ERR_IO);
}

TEST(what_is_no_regular_file_is_refused_by_its_kind)
{
	struct error err = ERROR_INIT;
	char *fifo = in_folder("fifo");
	char *text = NULL;
	size_t len;

	CHECK_ERR(file_read(&text, &len, folder, 10, &err), err, ERR_BAD_INPUT);
	CHECK(strstr(err.message, "folder") != NULL);
	CHECK_INT(mkfifo(fifo, 0600), 0);
	CHECK_ERR(file_read(&text, &len, fifo, 10, &err), err, ERR_BAD_INPUT);
	CHECK(strstr(err.message, "FIFO") != NULL);
	CHECK(strstr(err.message, fifo) != NULL);
	CHECK_ERR(file_read(&text, &len, "/dev/zero", 10, &err), err, ERR_BAD_INPUT);
	CHECK(strstr(err.message, "device") != NULL);
	CHECK(text == NULL);
	CHECK_ERR(file_write(folder, "x", 1, 0600, &err), err, ERR_BAD_INPUT);
	(void)unlink(fifo);
	free(fifo);
}

TEST(a_missing_file_is_not_found)
{
	struct error err = ERROR_INIT;
	char *path = in_folder("nowhere");
	char *text;
	size_t len;

	CHECK_ERR(file_read(&text, &len, path, 10, &err), err, ERR_NOT_FOUND);
	CHECK(strstr(err.message, path) != NULL);
	free(path);
}

TEST(an_unreadable_file_is_an_error_with_its_cause)
{
	struct error err = ERROR_INIT;
	char *path = in_folder("secret");
	char *text;
	size_t len;
	bool root = geteuid() == 0;

	CHECK_OK(file_write(path, "x", 1, 0000, &err), err);
	if (root) {
		CHECK_INT(seteuid(65534), 0); /* root reads everything */
	}
	CHECK_ERR(file_read(&text, &len, path, 10, &err), err, ERR_IO);
	CHECK_STR(err.cause, "Permission denied");
	if (root) {
		CHECK_INT(seteuid(0), 0);
	}
	(void)unlink(path);
	free(path);
}

TEST(a_longer_file_is_refused_with_length_and_limit)
{
	struct error err = ERROR_INIT;
	char *path = in_folder("long");
	char *text;
	size_t len;
	int fd;

	CHECK_OK(file_write(path, "12345", 5, 0600, &err), err);
	CHECK_ERR(file_read(&text, &len, path, 4, &err), err, ERR_BAD_INPUT);
	CHECK(strstr(err.message, "5") != NULL);
	CHECK(strstr(err.message, "4") != NULL);
	/* 5 GB that take no room: refused without reading. */
	fd = open(path, O_WRONLY | O_CLOEXEC);
	CHECK_INT(ftruncate(fd, (off_t)5 << 30), 0);
	(void)close(fd);
	CHECK_ERR(file_read(&text, &len, path, 1 << 20, &err), err, ERR_BAD_INPUT);
	CHECK(strstr(err.message, "5368709120") != NULL);
	(void)unlink(path);
	free(path);
}

TEST(a_stream_is_read_to_its_end_within_the_limit)
{
	struct error err = ERROR_INIT;
	char block[60000];
	char *text;
	size_t len;
	int ends[2];

	memset(block, 'a', sizeof block);
	CHECK_INT(pipe(ends), 0);
	CHECK_INT(write(ends[1], block, sizeof block), sizeof block);
	(void)close(ends[1]);
	CHECK_OK(file_read_fd(&text, &len, ends[0], "-", sizeof block, &err), err);
	CHECK_INT(len, sizeof block);
	CHECK_INT(strlen(text), sizeof block);
	free(text);
	(void)close(ends[0]);

	CHECK_INT(pipe(ends), 0);
	CHECK_INT(write(ends[1], block, sizeof block), sizeof block);
	(void)close(ends[1]);
	CHECK_ERR(file_read_fd(&text, &len, ends[0], "-", 59999, &err), err,
		ERR_BAD_INPUT);
	(void)close(ends[0]);
}

TEST(the_kernels_own_files_are_read_though_they_say_zero_bytes)
{
	struct error err = ERROR_INIT;
	char *text;
	size_t len;

	CHECK_OK(file_read(&text, &len, "/proc/self/status", 65536, &err), err);
	CHECK(len > 0);
	free(text);
}

TEST(a_file_that_grows_while_read_is_noticed)
{
	struct error err = ERROR_INIT;
	char *path = in_folder("grows");
	struct file_in in;
	char bytes[16];
	size_t got;
	int fd;

	CHECK_OK(file_write(path, "12345678", 8, 0600, &err), err);
	CHECK_OK(file_in_open(&in, path, &err), err);
	CHECK_OK(file_in_read(&in, bytes, 4, &got, &err), err);
	CHECK_INT(got, 4);
	fd = open(path, O_WRONLY | O_APPEND | O_CLOEXEC);
	CHECK_INT(write(fd, "9", 1), 1);
	(void)close(fd);
	CHECK_OK(file_in_read(&in, bytes, 16, &got, &err), err);
	CHECK_INT(got, 5);
	CHECK_ERR(file_in_unchanged(&in, &err), err, ERR_IO);
	CHECK(strstr(err.message, "changed") != NULL);
	file_in_close(&in);
	(void)unlink(path);
	free(path);
}

TEST(folders_are_made_down_to_the_last)
{
	struct error err = ERROR_INIT;
	char *deep = in_folder("a/b//c/");
	char *file = in_folder("plain");
	char *under = in_folder("plain/x");
	char *made[] = { in_folder("a/b/c"), in_folder("a/b"), in_folder("a") };
	struct stat at;

	CHECK_OK(folder_make(deep, 0700, &err), err);
	CHECK_OK(folder_make(deep, 0700, &err), err);
	CHECK_INT(stat(deep, &at), 0);
	CHECK(S_ISDIR(at.st_mode));
	CHECK_INT(at.st_mode & 0777, 0700);
	CHECK_OK(folder_make("/", 0700, &err), err);
	CHECK_OK(file_write(file, "", 0, 0600, &err), err);
	CHECK_ERR(folder_make(file, 0700, &err), err, ERR_BAD_INPUT);
	CHECK_ERR(folder_make(under, 0700, &err), err, ERR_BAD_INPUT);
	(void)unlink(file);
	for (int i = 0; i < 3; i++) {
		CHECK_INT(rmdir(made[i]), 0);
		free(made[i]);
	}
	free(under);
	free(file);
	free(deep);
}

TEST(paths_are_joined_and_split)
{
	static const char *const joins[][3] = {
		{ "/a", "b", "/a/b" }, { "/a//", "b", "/a/b" }, { "/", "b", "/b" },
		{ "", "b", "b" }, { "a", "b/c", "a/b/c" },
	};
	static const char *const folders[][2] = {
		{ "/a/b", "/a" }, { "/a", "/" }, { "a", "." }, { "a/b", "a" },
	};
	char *path;

	for (size_t i = 0; i < sizeof joins / sizeof joins[0]; i++) {
		path = path_join(joins[i][0], joins[i][1]);
		CHECK_STR(path, joins[i][2]);
		free(path);
	}
	for (size_t i = 0; i < sizeof folders / sizeof folders[0]; i++) {
		path = path_folder(folders[i][0]);
		CHECK_STR(path, folders[i][1]);
		free(path);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(what_was_written_is_read_back),
		RUN(writing_replaces_and_leaves_nothing_beside),
		RUN(the_old_file_stands_until_the_commit),
		RUN(what_came_meanwhile_is_not_written_over),
		RUN(a_link_is_followed_and_stays_a_link),
		RUN(a_device_is_written_in_place),
		RUN(a_full_disk_is_an_error_and_leaves_nothing),
		RUN(what_is_no_regular_file_is_refused_by_its_kind),
		RUN(a_missing_file_is_not_found),
		RUN(an_unreadable_file_is_an_error_with_its_cause),
		RUN(a_longer_file_is_refused_with_length_and_limit),
		RUN(a_stream_is_read_to_its_end_within_the_limit),
		RUN(the_kernels_own_files_are_read_though_they_say_zero_bytes),
		RUN(a_file_that_grows_while_read_is_noticed),
		RUN(folders_are_made_down_to_the_last),
		RUN(paths_are_joined_and_split),
	};
	int failed;

	if (mkdtemp(folder) == NULL) {
		return 1;
	}
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	return rmdir(folder) == 0 ? failed : 1;
}
