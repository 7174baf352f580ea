/* Drafts: on disk a second after the last key, offered once their writer is
 * gone, removed when the desk has them. */
#include "tests/test.h"

#include <dirent.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tui/draft.h"

#define DESK "0193a7c0-0000-7000-8000-000000000001"
#define OTHER "0193a7c0-0000-7000-8000-000000000002"

static char dir[64];

static int
fresh(void **state)
{
	(void)state;
	snprintf(dir, sizeof(dir), "/tmp/suco-draft-XXXXXX");
	return mkdtemp(dir) == NULL;
}

static int
gone(void **state)
{
	DIR *open_dir = opendir(dir);
	struct dirent *entry;

	(void)state;
	while (open_dir != NULL && (entry = readdir(open_dir)) != NULL) {
		char path[512];

		snprintf(path, sizeof(path), "%s/%s", dir, entry->d_name);
		(void)unlink(path);
	}
	closedir(open_dir);
	return rmdir(dir);
}

static struct json *
text(const char *value)
{
	struct json *fields = json_object();

	json_set_text(fields, "text", value);
	return fields;
}

static int
count(struct draft *list)
{
	int n = 0;

	for (const struct draft *d = list; d != NULL; d = d->next) {
		n++;
	}
	draft_list_free(list);
	return n;
}

TEST(a_draft_is_on_disk_a_second_after_the_last_key)
{
	struct drafts *drafts = drafts_new(dir, DESK);
	struct draft *draft = draft_begin(drafts, "note", "", "2026-42", 1000);
	struct error err = ERROR_INIT;

	CHECK_INT(drafts_wait(drafts, 5000), -1);
	draft_touch(draft, text("nửa"), 5000);
	CHECK_INT(drafts_wait(drafts, 5400), 600);
	CHECK_OK(drafts_save(drafts, 5999, &err), err);
	CHECK(!draft->on_disk);
	draft_touch(draft, text("nửa câu"), 5900);
	CHECK_OK(drafts_save(drafts, 6000, &err), err);
	CHECK(!draft->on_disk);
	CHECK_OK(drafts_save(drafts, 6900, &err), err);
	CHECK(draft->on_disk);
	CHECK_INT(drafts_wait(drafts, 6900), -1);
	draft_done(drafts, draft);
	drafts_free(drafts);
}

TEST(only_its_writer_may_read_it)
{
	struct drafts *drafts = drafts_new(dir, DESK);
	struct draft *draft = draft_begin(drafts, "note", "", "", 1000);
	struct error err = ERROR_INIT;
	struct stat st;
	char path[256];

	draft_touch(draft, text("riêng"), 1);
	CHECK_OK(drafts_save(drafts, INT64_MAX, &err), err);
	snprintf(path, sizeof(path), "%s/%s.draft", dir, draft->id);
	CHECK_INT(stat(path, &st), 0);
	CHECK_INT(st.st_mode & 0777, 0600);
	draft_done(drafts, draft);
	drafts_free(drafts);
}

TEST(the_next_start_offers_what_a_killed_program_left)
{
	struct drafts *drafts = drafts_new(dir, DESK);
	struct draft *draft = draft_begin(drafts, "note", OTHER, "2026-42", 1000);
	struct error err = ERROR_INIT;
	struct drafts *next;
	struct draft *list;
	char id[UUID_SIZE];

	memcpy(id, draft->id, sizeof(id));
	draft_touch(draft, text("đang viết"), 1);
	CHECK_OK(drafts_save(drafts, INT64_MAX, &err), err);
	/* While the writer runs nobody else is offered it. */
	next = drafts_new(dir, DESK);
	CHECK_INT(count(drafts_read(next)), 0);
	drafts_forget(drafts);
	list = drafts_read(next);
	assert_non_null(list);
	CHECK_STR(list->id, id);
	CHECK_STR(list->kind, "note");
	CHECK_STR(list->case_id, OTHER);
	CHECK_STR(list->number, "2026-42");
	CHECK_STR(json_get_text(list->fields, "text"), "đang viết");
	draft_done(next, draft_adopt(next, list));
	draft_list_free(list);
	CHECK_INT(count(drafts_read(next)), 0);
	drafts_free(next);
	drafts_free(drafts);
}

TEST(drafts_of_another_desk_are_left_alone)
{
	struct drafts *drafts = drafts_new(dir, DESK);
	struct draft *draft = draft_begin(drafts, "note", "", "", 1000);
	struct error err = ERROR_INIT;
	struct drafts *other = drafts_new(dir, OTHER);

	draft_touch(draft, text("x"), 1);
	CHECK(draft_put_away(drafts, draft, &err));
	CHECK_INT(count(drafts_read(other)), 0);
	CHECK_INT(count(drafts_read(drafts)), 1);
	drafts_free(other);
	drafts_free(drafts);
}

TEST(a_damaged_file_is_no_draft_and_stays)
{
	struct drafts *drafts = drafts_new(dir, DESK);
	char path[256];
	FILE *file;

	snprintf(path, sizeof(path), "%s/half.draft", dir);
	file = fopen(path, "w");
	assert_non_null(file);
	fputs("{\"v\":1,\"id\":", file);
	fclose(file);
	CHECK_INT(count(drafts_read(drafts)), 0);
	CHECK_INT(access(path, F_OK), 0);
	drafts_free(drafts);
}

TEST(a_full_or_missing_place_is_said_and_the_text_stays_in_memory)
{
	struct drafts *drafts = drafts_new("/proc/suco-cannot", DESK);
	struct draft *draft = draft_begin(drafts, "note", "", "", 1000);
	struct error err = ERROR_INIT;

	draft_touch(draft, text("còn đây"), 1);
	CHECK(!drafts_save(drafts, INT64_MAX, &err));
	CHECK_INT(err.code, ERR_IO);
	CHECK_STR(json_get_text(draft->fields, "text"), "còn đây");
	CHECK(draft->touched != 0);
	drafts_free(drafts);
}

#define TESTED(name) cmocka_unit_test_setup_teardown(name, fresh, gone)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TESTED(a_draft_is_on_disk_a_second_after_the_last_key),
		TESTED(only_its_writer_may_read_it),
		TESTED(the_next_start_offers_what_a_killed_program_left),
		TESTED(drafts_of_another_desk_are_left_alone),
		TESTED(a_damaged_file_is_no_draft_and_stays),
		TESTED(a_full_or_missing_place_is_said_and_the_text_stays_in_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
