/* Parts, data and a member's own files are found where DESIGN 13 says. */
#include "tests/test.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/build_tree.h"
#include "core/files.h"
#include "core/place.h"
#include "paths.h"

static char folder[] = "/tmp/suco-place-XXXXXX";

static void
check_path(char *path, const char *should)
{
	CHECK(path != NULL);
	CHECK_STR(path, should);
	free(path);
}

TEST(a_members_files_follow_xdg)
{
	(void)setenv("HOME", "/home/ha", 1);
	(void)setenv("XDG_CONFIG_HOME", "/x/conf", 1);
	(void)setenv("XDG_DATA_HOME", "/x/data/", 1);
	(void)setenv("XDG_STATE_HOME", "/x/state", 1);
	check_path(place_config("suco.conf"), "/x/conf/suco/suco.conf");
	check_path(place_desk(), "/x/data/suco/desk.db");
	check_path(place_state("drafts"), "/x/state/suco/drafts");
}

TEST(without_xdg_they_are_under_the_home)
{
	(void)setenv("HOME", "/home/ha", 1);
	(void)unsetenv("XDG_CONFIG_HOME");
	(void)setenv("XDG_DATA_HOME", "relative", 1);
	(void)setenv("XDG_STATE_HOME", "", 1);
	check_path(place_config("suco.conf"), "/home/ha/.config/suco/suco.conf");
	check_path(place_desk(), "/home/ha/.local/share/suco/desk.db");
	check_path(place_state("drafts"), "/home/ha/.local/state/suco/drafts");
}

TEST(without_home_the_logins_entry_says_where_it_is)
{
	char *path;

	(void)unsetenv("HOME");
	path = place_home("x");
	CHECK(path == NULL || path[0] == '/');
	free(path);
	(void)setenv("HOME", "/home/ha", 1);
}

TEST(the_environment_comes_first_for_parts)
{
	struct error err = ERROR_INIT;
	char *file = path_join(folder, "suco-serve");
	char *found = NULL;

	CHECK_OK(file_write(file, "#!/bin/sh\n", 10, 0700, &err), err);
	(void)setenv("SUCO_LIBEXEC", folder, 1);
	CHECK_OK(place_program(&found, "suco-serve", &err), err);
	check_path(found, file);
	(void)unlink(file);
	free(file);
}

TEST(a_part_that_is_missing_is_named)
{
	struct error err = ERROR_INIT;
	char *found = NULL;

	(void)setenv("SUCO_LIBEXEC", folder, 1);
	CHECK_ERR(place_program(&found, "suco-nothing", &err), err, ERR_UNAVAILABLE);
	CHECK(strstr(err.message, "suco-nothing") != NULL);
	CHECK(found == NULL);
}

TEST(data_is_found_in_the_tree_that_this_test_was_built_in)
{
	struct error err = ERROR_INIT;
	char *found = NULL;

	CHECK(in_build_tree());
	(void)unsetenv("SUCO_DATA");
	CHECK_OK(place_data(&found, "schema", &err), err);
	check_path(found, SUCO_SOURCE_DIR "/data/schema");
	found = NULL;
	CHECK_OK(place_data(&found, "plans", &err), err);
	check_path(found, SUCO_SOURCE_DIR "/playbooks/plans");
}

TEST(the_environment_comes_first_for_data)
{
	struct error err = ERROR_INIT;
	char *mine = path_join(folder, "schema");
	char *found = NULL;

	CHECK_OK(folder_make(mine, 0700, &err), err);
	(void)setenv("SUCO_DATA", folder, 1);
	CHECK_OK(place_data(&found, "schema", &err), err);
	check_path(found, mine);
	(void)rmdir(mine);
	(void)unsetenv("SUCO_DATA");
	free(mine);
}

TEST(a_name_of_data_never_leaves_its_folder)
{
	static const char *const names[] = { "", "/etc/passwd", "../x", "a/../../x" };
	struct error err = ERROR_INIT;
	char *found = NULL;

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		CHECK_ERR(place_data(&found, names[i], &err), err, ERR_BAD_INPUT);
	}
	CHECK_ERR(place_data(&found, "no-such-thing", &err), err, ERR_NOT_FOUND);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(a_members_files_follow_xdg),
		RUN(without_xdg_they_are_under_the_home),
		RUN(without_home_the_logins_entry_says_where_it_is),
		RUN(the_environment_comes_first_for_parts),
		RUN(a_part_that_is_missing_is_named),
		RUN(data_is_found_in_the_tree_that_this_test_was_built_in),
		RUN(the_environment_comes_first_for_data),
		RUN(a_name_of_data_never_leaves_its_folder),
	};
	int failed;

	if (mkdtemp(folder) == NULL) {
		return 1;
	}
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	return rmdir(folder) == 0 ? failed : 1;
}
