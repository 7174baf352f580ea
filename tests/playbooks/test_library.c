/* The list of plans: what the index says is what the files say, and a file
 * that is not what was listed is not run. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/db.h"
#include "core/files.h"
#include "core/mem.h"
#include "core/place.h"
#include "playbooks/library.h"
#include "tests/playbooks/on_desk.h"
#include "tests/test.h"

SQL(STEPS, "", "SELECT steps FROM playbook");
SQL(SET_STEPS, "i", "UPDATE playbook SET steps = $1");

static char folder[] = "/tmp/suco-library-XXXXXX";

static char *
in_folder(const char *name)
{
	return xasprintf("%s/%s", folder, name);
}

static void
put(const char *name, const char *text, size_t len)
{
	char *path = in_folder(name);

	CHECK(file_write(path, text, len, 0600, &err));
	free(path);
}

static void
take_away(const char *name)
{
	char *path = in_folder(name);

	(void)remove(path);
	free(path);
}

/* A data folder of our own with one plan: a shipped one, one byte of it
 * changed, more after it. */
static void
with_plan(const char *index, const char *find, char with, const char *more)
{
	char *text = NULL;
	size_t len = 0;
	char *dir = in_folder("plans");
	char *shipped = NULL;

	CHECK(place_data(&shipped, "plans/pa-md.vi.json", &err));
	CHECK(file_read(&text, &len, shipped, (size_t)1 << 20, &err));
	free(shipped);
	if (find != NULL) {
		strstr(text, find)[0] = with;
	}
	text = xrealloc(text, len + strlen(more) + 1);
	memcpy(text + len, more, strlen(more) + 1);
	(void)mkdir(dir, 0700);
	put("plans/pa-md.vi.json", text, len + strlen(more));
	if (index != NULL) {
		put("plans-index.json", index, strlen(index));
	}
	free(dir);
	free(text);
	CHECK(setenv("SUCO_DATA", folder, 1) == 0);
}

static void
without_plan(void)
{
	(void)unsetenv("SUCO_DATA");
	take_away("plans/pa-md.vi.json");
	take_away("plans-index.json");
	take_away("plans");
}

static bool
read_first(const struct library *library)
{
	struct playbook *playbook = NULL;
	char *text = NULL;
	size_t len = 0;
	bool ok = library_read(&playbook, &text, &len, desk, &library->plans[0], &err);

	if (ok) {
		playbook_free(playbook);
		free(text);
	}
	return ok;
}

TEST(the_list_is_the_same_with_the_index_and_without)
{
	struct library by_index, by_file;
	char *shipped = NULL;
	char *ours = in_folder("plans");

	begin_desk("power");
	CHECK(place_data(&shipped, "plans", &err));
	CHECK(symlink(shipped, ours) == 0);
	CHECK(library_load(&by_index, desk, &err));
	put("plans-index.json", "[]", 2);
	CHECK(setenv("SUCO_DATA", folder, 1) == 0);
	CHECK(library_load(&by_file, desk, &err));
	CHECK(by_file.count > 10);
	CHECK_INT(by_file.count, by_index.count);
	for (int i = 0; i < by_file.count; i++) {
		const struct plan *a = &by_index.plans[i];
		const struct plan *b = &by_file.plans[i];

		CHECK_STR(a->id, b->id);
		CHECK_STR(a->modified, b->modified);
		CHECK_STR(a->code, b->code);
		CHECK_STR(a->name, b->name);
		CHECK_STR(a->language, b->language);
		CHECK_STR(a->kind, b->kind);
		CHECK_STR(a->status, b->status);
		CHECK_STR(a->assets, b->assets);
		CHECK_STR(a->origin, b->origin);
		CHECK_STR(strrchr(a->path, '/'), strrchr(b->path, '/'));
		CHECK_STR(a->hash, b->hash);
	}
	library_finish(&by_file);
	library_finish(&by_index);
	(void)unlink(ours);
	without_plan();
	free(shipped);
	free(ours);
	end_desk();
}

TEST(a_plan_that_grew_is_read_itself)
{
	struct library library;

	begin_desk("power");
	with_plan(NULL, NULL, 0, " \n");
	CHECK(library_load(&library, desk, &err));
	CHECK_INT(library.count, 1);
	CHECK_STR(library.plans[0].code, "PA-MD");
	CHECK(read_first(&library));
	library_finish(&library);
	without_plan();
	end_desk();
}

TEST(a_plan_changed_under_its_name_and_size_is_not_run)
{
	struct library library;

	begin_desk("power");
	/* The first name: "PA-MD" somewhere becomes "XA-MD". */
	with_plan(NULL, "PA-MD", 'X', "");
	CHECK(library_load(&library, desk, &err));
	CHECK_INT(library.count, 1);
	CHECK(!read_first(&library));
	CHECK_INT(err.code, ERR_IO);
	CHECK(strstr(err.message, "pa-md.vi.json") != NULL);
	err = (struct error){ 0 };
	library_finish(&library);
	without_plan();
	end_desk();
}

/* An imported plan as schema 2 kept it: the text only. */
TEST(an_imported_plan_is_listed_from_its_row_and_from_its_text)
{
	struct library library;
	const struct plan *plan;
	char *path = NULL, *text = NULL, hash[HASH_SIZE];
	size_t len = 0;
	int64_t steps = 0;

	begin_desk("power");
	CHECK(place_data(&path, "plans/pa-md.vi.json", &err));
	CHECK(file_read(&text, &len, path, (size_t)1 << 20, &err));
	memcpy(strstr(text, "\"modified\": \"2026") + strlen("\"modified\": \""), "2027", 4);
	CHECK(library_import(desk, text, len, NULL, hash, &err));
	for (int round = 0; round < 2; round++) {
		CHECK(library_load(&library, desk, &err));
		CHECK(library_find(&plan, &library, "PA-MD", "vi", &err));
		CHECK_STR(plan->origin, "imported");
		CHECK_STR(plan->hash, hash);
		CHECK_STR(plan->code, "PA-MD");
		CHECK_STR(plan->kind, "power");
		CHECK(strstr(plan->assets, " TTDL ") != NULL);
		CHECK(strncmp(plan->modified, "2027", 4) == 0);
		library_finish(&library);
		if (round == 0) {
			CHECK(db_one_int(desk_db(desk), &STEPS, &steps, &err, NOARGS));
			CHECK(steps > 20);
		}
		CHECK(db_run(desk_db(desk), &SET_STEPS, &err, I64(0)));
	}
	CHECK(db_run(desk_db(desk), &SET_STEPS, &err, I64(steps)));
	free(text);
	free(path);
	end_desk();
}

TEST(a_damaged_index_is_as_none)
{
	static const char *const damaged[] = { "", "[", "{}", "[1, null]",
		"[{\"file\": \"pa-md.vi.json\"}]",
		"[{\"file\": \"pa-md.vi.json\", \"bytes\": 78835, \"hash\": \"ab\"}]" };

	for (size_t i = 0; i < sizeof damaged / sizeof *damaged; i++) {
		struct library library;

		begin_desk("power");
		with_plan(damaged[i], NULL, 0, "");
		CHECK(library_load(&library, desk, &err));
		CHECK_INT(library.count, 1);
		CHECK_STR(library.plans[0].code, "PA-MD");
		CHECK(read_first(&library));
		library_finish(&library);
		without_plan();
		end_desk();
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(the_list_is_the_same_with_the_index_and_without),
		RUN(a_plan_that_grew_is_read_itself),
		RUN(a_plan_changed_under_its_name_and_size_is_not_run),
		RUN(an_imported_plan_is_listed_from_its_row_and_from_its_text),
		RUN(a_damaged_index_is_as_none),
	};
	int failed;

	if (mkdtemp(folder) == NULL) {
		return 1;
	}
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	(void)rmdir(folder);
	return failed;
}
