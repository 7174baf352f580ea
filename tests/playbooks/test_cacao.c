/* The reader against files with one fault each, the plans that we ship and,
 * where SUCO_SHARED names the specification's folder, its public samples. */
#include "tests/test.h"

#include <dirent.h>
#include <stdio.h>

#include "core/files.h"
#include "core/mem.h"
#include "paths.h"
#include "playbooks/cacao.h"

/* A file with one fault; the caller frees. */
static char *
invalid_path(const char *name)
{
	return xasprintf("%s/tests/playbooks/invalid/%s", SUCO_SOURCE_DIR, name);
}

static bool
check_file(const char *path, enum playbook_mode mode, struct findings *found)
{
	struct error err = ERROR_INIT;
	char *text = NULL;
	size_t len;

	CHECK_OK(file_read(&text, &len, path, (size_t)1 << 20, &err), err);
	found->mode = mode;
	bool ok = findings_of(found, text, len);
	free(text);
	return ok;
}

static void
print_findings(const char *name, const struct findings *found)
{
	for (int i = 0; i < found->count; i++) {
		print_message("%s: %s: %s: %s (rule %d)\n", name,
			found->list[i].path, finding_word(found->list[i].level),
			found->list[i].text, found->list[i].rule);
	}
}

TEST(the_valid_base_has_no_finding_at_all)
{
	char *path = invalid_path("valid-base.json");
	struct findings found = { 0 };
	bool ok = check_file(path, PLAYBOOK_STRICT, &found);

	print_findings("valid-base", &found);
	CHECK(ok);
	CHECK_INT(found.count, 0);
	findings_finish(&found);
	free(path);
}

/* One line of INDEX.md: "| X.json | section | fault | E | schema |". */
static bool
index_line(const char *line, char name[100], char *level)
{
	char fault[300];

	return sscanf(line, "| %99[^ |] | %*[^|]| %299[^|]| %c |", name, fault,
		level) == 3 && strstr(name, ".json") != NULL;
}

TEST(each_one_fault_file_is_found_with_its_level)
{
	char *index = invalid_path("INDEX.md");
	FILE *file = fopen(index, "r");
	char line[600];
	int files = 0;
	int missed = 0;

	assert_non_null(file);
	while (fgets(line, sizeof line, file) != NULL) {
		struct findings found = { 0 };
		char name[100];
		char level;

		if (!index_line(line, name, &level)) {
			continue;
		}
		char *path = invalid_path(name);
		bool ok = check_file(path, PLAYBOOK_STRICT, &found);
		bool good = level == 'E' ? !ok : ok && found.count > 0;

		if (!good) {
			print_message("not found as %c: %s\n", level, name);
			print_findings(name, &found);
		}
		files++;
		missed += !good;
		findings_finish(&found);
		free(path);
	}
	fclose(file);
	free(index);
	CHECK(files >= 50);
	CHECK_INT(missed, 0);
}

TEST(public_samples_are_read_leniently_and_none_without_a_finding)
{
	static const char *const samples[] = {
		"dfir-session-forensics", "oca-living-off-the-land", "soarca-docs-while-if",
		"soarca-flow-control", "soarca-manual", "soarca-missing-step",
	};

	for (size_t i = 0; i < sizeof samples / sizeof samples[0]; i++) {
		char *path = xasprintf("%s/cacao/samples/%s.json", getenv("SUCO_SHARED"),
			samples[i]);
		struct findings found = { 0 };

		if (!check_file(path, PLAYBOOK_LENIENT, &found)) {
			print_findings(samples[i], &found);
			fail_msg("%s", samples[i]);
		}
		CHECK(found.count > 0);
		findings_finish(&found);
		free(path);
	}
}

TEST(every_plan_that_we_ship_passes_the_strict_check_without_a_word)
{
	char *folder = xasprintf("%s/playbooks/plans", SUCO_SOURCE_DIR);
	DIR *dir = opendir(folder);
	struct dirent *entry;
	int plans = 0;

	assert_non_null(dir);
	while ((entry = readdir(dir)) != NULL) {
		struct findings found = { 0 };

		if (strstr(entry->d_name, ".json") == NULL
				|| strstr(entry->d_name, "schema") != NULL) {
			continue;
		}
		char *path = xasprintf("%s/%s", folder, entry->d_name);
		bool ok = check_file(path, PLAYBOOK_STRICT, &found);

		print_findings(entry->d_name, &found);
		CHECK(ok);
		CHECK_INT(found.count, 0);
		plans++;
		findings_finish(&found);
		free(path);
	}
	closedir(dir);
	free(folder);
	CHECK(plans >= 14);
}

static const char *
first_fault(const char *text)
{
	static char fault[700];
	struct findings found = { 0 };
	struct playbook *playbook = NULL;
	struct error err = ERROR_INIT;

	fault[0] = '\0';
	if (!playbook_read(&playbook, text, strlen(text), PLAYBOOK_LENIENT, &found,
			&err)) {
		(void)snprintf(fault, sizeof fault, "%s", err.message);
	}
	playbook_free(playbook);
	findings_finish(&found);
	return fault;
}

TEST(what_is_no_playbook_is_refused_with_its_place)
{
	CHECK(first_fault("")[0] != '\0');
	CHECK(first_fault("[]")[0] != '\0');
	CHECK(first_fault("{\"type\":\"playbook\",\"type\":\"x\"}")[0] != '\0');
	CHECK(strstr(first_fault("{\"name\":\"a\\u001bb\"}"), "/name") != NULL);
	CHECK(strstr(first_fault("{\"workflow\":[]}"), "/workflow") != NULL);
	CHECK(strstr(first_fault("{\"workflow\":{\"x\":3}}"), "/workflow/x")
		!= NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(the_valid_base_has_no_finding_at_all),
		RUN(each_one_fault_file_is_found_with_its_level),
		RUN(every_plan_that_we_ship_passes_the_strict_check_without_a_word),
		RUN(what_is_no_playbook_is_refused_with_its_place),
	};
	const struct CMUnitTest with_samples[] = {
		RUN(public_samples_are_read_leniently_and_none_without_a_finding),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);

	if (getenv("SUCO_SHARED") == NULL) {
		printf("SKIP: the public samples: SUCO_SHARED does not name the folder of the "
			"specification\n");
	} else {
		failed += cmocka_run_group_tests(with_samples, NULL, NULL);
	}
	return failed;
}
