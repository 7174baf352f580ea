/* Group and modes of a desk's files: what is wrong is named with the command
 * that mends it, and only what stops this process blocks. */
#include "tests/test.h"

#include <grp.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/desk_files.h"
#include "core/files.h"
#include "core/mem.h"

static char folder[] = "/tmp/suco-desk-XXXXXX";
static char *desk;
static char *wal;
static char *shm;

static int
fresh(void **state)
{
	struct error err = ERROR_INIT;

	(void)state;
	(void)unlink(wal);
	(void)unlink(shm);
	(void)unlink(desk);
	(void)rmdir(desk);
	return chmod(folder, 0700) == 0
		&& file_write(desk, "x", 1, 0600, &err) ? 0 : -1;
}

static void
touch(const char *path, mode_t mode)
{
	struct error err = ERROR_INIT;

	CHECK_OK(file_write(path, "", 0, mode, &err), err);
}

TEST(a_members_own_desk_has_no_faults)
{
	struct error err = ERROR_INIT;
	struct desk_files files;

	desk_files_check(&files, desk);
	CHECK(!files.shared);
	CHECK_INT(files.count, 0);
	CHECK_OK(desk_files_usable(&files, false, &err), err);
	CHECK_INT(chmod(desk, 0644), 0);
	CHECK_INT(chmod(folder, 0755), 0);
	desk_files_check(&files, desk);
	CHECK_INT(files.count, 0);
}

TEST(a_shared_desk_as_it_should_be_has_no_faults)
{
	struct desk_files files;

	CHECK_INT(chmod(folder, 02770), 0);
	CHECK_INT(chmod(desk, 0660), 0);
	touch(wal, 0660);
	touch(shm, 0660);
	desk_files_check(&files, desk);
	CHECK(files.shared);
	CHECK_INT(files.count, 0);
}

TEST(wrong_modes_of_a_shared_desk_are_named_with_the_command)
{
	struct error err = ERROR_INIT;
	struct desk_files files;
	char *should;

	CHECK_INT(chmod(folder, 02775), 0);
	CHECK_INT(chmod(desk, 0664), 0);
	touch(wal, 0644);
	touch(shm, 0660);
	desk_files_check(&files, desk);
	CHECK_INT(files.count, 3);
	CHECK(strstr(files.faults[0].what, "mode 2775, it should be 2770") != NULL);
	should = xasprintf("chmod 2770 %s", folder);
	CHECK_STR(files.faults[0].mend, should);
	free(should);
	should = xasprintf("chmod 660 %s", desk);
	CHECK_STR(files.faults[1].mend, should);
	free(should);
	CHECK(strstr(files.faults[2].what, "-wal has mode 644") != NULL);
	CHECK_OK(desk_files_usable(&files, false, &err), err);
	/* What the command says mends it. */
	CHECK_INT(chmod(folder, 02770), 0);
	CHECK_INT(chmod(desk, 0660), 0);
	CHECK_INT(chmod(wal, 0660), 0);
	desk_files_check(&files, desk);
	CHECK_INT(files.count, 0);
}

TEST(a_file_of_another_group_is_named)
{
	struct desk_files files;
	gid_t groups[64];
	int count = getgroups(64, groups);
	gid_t other = getegid();

	for (int i = 0; i < count; i++) {
		other = groups[i] != getegid() ? groups[i] : other;
	}
	if (geteuid() == 0) {
		other = 65534;
	}
	CHECK_INT(chmod(folder, 02770), 0);
	CHECK_INT(chmod(desk, 0660), 0);
	touch(wal, 0660);
	if (other == getegid()) {
		return; /* a plain user of one group cannot make this fault */
	}
	CHECK_INT(chown(wal, (uid_t)-1, other), 0);
	CHECK_INT(chmod(wal, 0660), 0);
	desk_files_check(&files, desk);
	CHECK_INT(files.count, 1);
	CHECK(strstr(files.faults[0].what, "another group") != NULL);
	CHECK(strncmp(files.faults[0].mend, "chgrp ", 6) == 0);
	CHECK(!files.faults[0].blocks);
}

TEST(a_folder_without_setgid_under_a_desk_of_somebody_else_is_named)
{
	struct desk_files files;

	if (geteuid() != 0) {
		return; /* only root can give a file away */
	}
	CHECK_INT(chmod(folder, 0770), 0);
	CHECK_INT(chmod(desk, 0660), 0);
	CHECK_INT(chown(desk, 65534, 65534), 0);
	desk_files_check(&files, desk);
	CHECK(files.shared);
	CHECK_INT(files.count, 1);
	CHECK(strstr(files.faults[0].what, "setgid") != NULL);
	CHECK(strncmp(files.faults[0].mend, "chgrp nogroup ", 14) == 0
		|| strncmp(files.faults[0].mend, "chgrp 65534 ", 12) == 0);
	CHECK(strstr(files.faults[0].mend, "chmod 2770") != NULL);
}

/* Runs the check as somebody who is neither root nor the owner. */
static void
check_as_nobody(struct desk_files *files)
{
	bool root = geteuid() == 0;

	if (root) {
		CHECK_INT(setegid(65534), 0);
		CHECK_INT(seteuid(65534), 0);
	}
	desk_files_check(files, desk);
	if (root) {
		CHECK_INT(seteuid(0), 0);
		CHECK_INT(setegid(0), 0);
	}
}

TEST(a_desk_that_we_may_not_write_blocks)
{
	struct error err = ERROR_INIT;
	struct desk_files files;

	CHECK_INT(chmod(desk, 0444), 0);
	CHECK_INT(chmod(folder, 0777), 0);
	check_as_nobody(&files);
	CHECK_ERR(desk_files_usable(&files, false, &err), err, ERR_IO);
	CHECK(strstr(err.message, desk) != NULL);
	CHECK_OK(desk_files_usable(&files, true, &err), err);
}

TEST(a_folder_that_we_may_not_write_blocks)
{
	struct error err = ERROR_INIT;
	struct desk_files files;

	CHECK_INT(chmod(desk, 0666), 0);
	CHECK_INT(chmod(folder, 0555), 0);
	check_as_nobody(&files);
	CHECK_ERR(desk_files_usable(&files, false, &err), err, ERR_IO);
	CHECK(strstr(err.message, "folder") != NULL);
	CHECK_INT(chmod(folder, 0700), 0);
}

TEST(who_is_not_in_the_group_is_told_how_to_get_in)
{
	struct error err = ERROR_INIT;
	struct desk_files files;
	gid_t saved[64];
	int count;

	if (geteuid() != 0) {
		return; /* only root can leave its groups */
	}
	count = getgroups(64, saved);
	CHECK_INT(setgroups(0, NULL), 0);
	CHECK_INT(chmod(folder, 02775), 0);
	CHECK_INT(chmod(desk, 0660), 0);
	check_as_nobody(&files);
	CHECK_INT(setgroups((size_t)count, saved), 0);
	CHECK_ERR(desk_files_usable(&files, false, &err), err, ERR_IO);
	CHECK(strstr(err.cause, "usermod -aG root ") != NULL);
}

TEST(what_is_no_file_is_no_desk)
{
	struct error err = ERROR_INIT;
	struct desk_files files;

	desk_files_check(&files, folder);
	CHECK_ERR(desk_files_usable(&files, false, &err), err, ERR_BAD_INPUT);
	CHECK(strstr(err.message, "is a folder") != NULL);
	(void)unlink(desk);
	CHECK_INT(mkfifo(desk, 0600), 0);
	desk_files_check(&files, desk);
	CHECK_ERR(desk_files_usable(&files, false, &err), err, ERR_BAD_INPUT);
	(void)unlink(desk);
	desk_files_check(&files, desk);
	CHECK_ERR(desk_files_usable(&files, false, &err), err, ERR_NOT_FOUND);
	CHECK(strstr(err.message, desk) != NULL);
}

TEST(network_filesystems_are_known_by_their_magic)
{
	CHECK_STR(desk_files_remote(0x6969), "NFS");
	CHECK_STR(desk_files_remote((long)0xff534d42), "CIFS (SMB)");
	CHECK_STR(desk_files_remote((long)(int32_t)0xfe534d42), "CIFS (SMB)");
	CHECK_STR(desk_files_remote(0x65735546), "FUSE");
	CHECK(desk_files_remote(0xef53) == NULL);      /* ext4 */
	CHECK(desk_files_remote(0x01021994) == NULL);  /* tmpfs */
	CHECK(desk_files_remote((long)0x9123683e) == NULL); /* btrfs */
}

TEST(a_link_is_followed_to_where_the_other_files_are)
{
	struct desk_files files;
	char *name = path_join(folder, "link");

	CHECK_INT(symlink(desk, name), 0);
	CHECK_INT(chmod(folder, 02770), 0);
	CHECK_INT(chmod(desk, 0660), 0);
	touch(wal, 0600);
	desk_files_check(&files, name);
	CHECK_INT(files.count, 1);
	CHECK(strstr(files.faults[0].what, "desk.db-wal") != NULL);
	(void)unlink(name);
	free(name);
}

TEST(a_path_with_blanks_is_quoted_in_the_command)
{
	char *odd = path_join(folder, "it's a desk");
	struct desk_files files;

	CHECK_INT(chmod(folder, 02770), 0);
	touch(odd, 0600);
	desk_files_check(&files, odd);
	CHECK_INT(files.count, 1);
	CHECK(strstr(files.faults[0].mend, "/it'\\''s a desk'") != NULL);
	(void)unlink(odd);
	free(odd);
}

TEST(sharing_gives_folder_and_files_to_the_group)
{
	struct error err = ERROR_INIT;
	const struct group *entry = getgrgid(getegid());
	struct desk_files files;
	struct stat at;

	CHECK(entry != NULL);
	touch(wal, 0600);
	CHECK_OK(desk_files_share(desk, entry->gr_name, &err), err);
	CHECK_INT(stat(folder, &at), 0);
	CHECK_INT(at.st_mode & 07777, 02770);
	desk_files_check(&files, desk);
	CHECK(files.shared);
	CHECK_INT(files.count, 0);
	CHECK_ERR(desk_files_share(desk, "no-such-group", &err), err, ERR_NOT_FOUND);
}

TEST(a_desk_is_made_only_in_a_folder_that_we_may_write)
{
	struct error err = ERROR_INIT;

	CHECK_OK(desk_files_may_make(desk, &err), err);
	CHECK_ERR(desk_files_may_make("/no/such/desk.db", &err), err, ERR_IO);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(a_members_own_desk_has_no_faults, fresh),
		cmocka_unit_test_setup(a_shared_desk_as_it_should_be_has_no_faults, fresh),
		cmocka_unit_test_setup(
			wrong_modes_of_a_shared_desk_are_named_with_the_command, fresh),
		cmocka_unit_test_setup(a_file_of_another_group_is_named, fresh),
		cmocka_unit_test_setup(
			a_folder_without_setgid_under_a_desk_of_somebody_else_is_named, fresh),
		cmocka_unit_test_setup(a_desk_that_we_may_not_write_blocks, fresh),
		cmocka_unit_test_setup(a_folder_that_we_may_not_write_blocks, fresh),
		cmocka_unit_test_setup(who_is_not_in_the_group_is_told_how_to_get_in, fresh),
		cmocka_unit_test_setup(what_is_no_file_is_no_desk, fresh),
		cmocka_unit_test_setup(network_filesystems_are_known_by_their_magic, fresh),
		cmocka_unit_test_setup(a_link_is_followed_to_where_the_other_files_are, fresh),
		cmocka_unit_test_setup(a_path_with_blanks_is_quoted_in_the_command, fresh),
		cmocka_unit_test_setup(sharing_gives_folder_and_files_to_the_group, fresh),
		cmocka_unit_test_setup(a_desk_is_made_only_in_a_folder_that_we_may_write, fresh),
	};
	int failed;

	if (mkdtemp(folder) == NULL) {
		return 1;
	}
	desk = path_join(folder, "desk.db");
	wal = path_join(folder, "desk.db-wal");
	shm = path_join(folder, "desk.db-shm");
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	(void)unlink(wal);
	(void)unlink(shm);
	(void)unlink(desk);
	failed += rmdir(folder) != 0;
	free(desk);
	free(wal);
	free(shm);
	return failed;
}
