/* Who must hear that it is over: one row a body however often it heard, told once,
 * undone together, cheap to ask. */
#include "tests/fixture.h"

#include <stdio.h>

#include "core/all_clear.h"
#include "core/case_set.h"
#include "core/change.h"
#include "core/contact.h"
#include "core/merge.h"
#include "core/now.h"
#include "core/outbox.h"
#include "core/point_act.h"
#include "core/thing.h"
#include "core/tin.h"
#include "core/undo.h"

static struct error err;

static void
call(struct fixture *f, const char *case_id, const char *unit, const char *number)
{
	struct tin_said said;
	char id[UUID_SIZE];

	CHECK_OK(tin_add(f->desk, &(struct tin_new){ .what = "mất mạng", .unit = unit,
		.callback = number }, id, &said, &err), err);
	CHECK_OK(tin_join(f->desk, id, case_id, NULL, &err), err);
}

static void
point(struct fixture *f, const char *case_id, const char *name, int n, int64_t told_at)
{
	char id[UUID_SIZE];
	struct json *body;

	CHECK_OK(change_begin(f->desk, &err), err);
	body = thing_new(f->desk, "point", id);
	row_text(body, "name", name);
	row_int(body, "n", n);
	if (told_at != 0) {
		row_int(body, "told_at", told_at);
	}
	change_add(f->desk, "point_added", case_id, body);
	CHECK_OK(change_end(f->desk, true, &err), err);
}

/* A contact with a phone who was told of the case by hand. */
static void
contact(struct fixture *f, const char *case_id, const char *role, const char *phone)
{
	struct json *given = json_object();
	struct json *vars = json_object();
	char *id = NULL;
	SQL(TEST_CONTACT, "t", "SELECT id FROM contact WHERE role = $1");
	SQL(TEST_MESSAGE, "", "SELECT id FROM message ORDER BY position DESC LIMIT 1");

	json_set_text(given, "name", role);
	json_set_text(given, "phone", phone);
	CHECK_OK(contact_add(f->desk, role, given, &err), err);
	json_free(given);
	CHECK_OK(db_one_text(desk_db(f->desk), &TEST_CONTACT, &id, &err, TXT(role)), err);
	CHECK_OK(change_begin(f->desk, &err), err);
	CHECK_OK(outbox_queue(f->desk, &(struct message_new){ .case_id = case_id,
		.to_kind = "contact", .to_id = id, .template = "de_nghi", .vars = vars,
		.cause = NO_CAUSE }, &err), err);
	CHECK_OK(change_end(f->desk, true, &err), err);
	json_free(vars);
	free(id);
	CHECK_OK(db_one_text(desk_db(f->desk), &TEST_MESSAGE, &id, &err, NOARGS), err);
	CHECK_OK(outbox_by_hand(f->desk, id, "gọi, có người nghe", &err), err);
	free(id);
}

static struct all_clear
load(struct fixture *f, const char *case_id)
{
	struct all_clear list;

	CHECK_OK(all_clear_load(&list, f->desk, case_id, &err), err);
	return list;
}

static bool
left(struct fixture *f, const char *case_id)
{
	bool is;

	CHECK_OK(all_clear_left(f->desk, case_id, &is, &err), err);
	return is;
}

static int
tell(struct fixture *f, const char *case_id, const char *ref)
{
	int done;

	CHECK_OK(all_clear_told(f->desk, case_id, ref == NULL ? NULL : &ref, 1, "Zalo", &done,
		&err), err);
	return done;
}

TEST(a_body_that_called_is_a_point_and_was_called_is_one_row)
{
	struct all_clear list;
	char id[UUID_SIZE];
	struct fixture f;

	fixture_file(&f);
	fixture_case(&f, "13 xã mất kết nối", id);
	CHECK(!left(&f, id));
	call(&f, id, "Xã Một", "0914 000 111");
	call(&f, id, "xã một", "0914 000 111");
	point(&f, id, "Xã Một", 1, f.now);
	point(&f, id, "Xã Hai", 2, f.now);
	point(&f, id, "Xã Ba chưa báo", 3, 0);
	contact(&f, id, "van_hanh", "+84 914 000 111");
	contact(&f, id, "dien", "0255 1234567");
	list = load(&f, id);
	CHECK_INT(list.count, 3);
	CHECK_INT(list.left, 3);
	CHECK(list.rows[0].source_count == 4);
	CHECK_STR(list.rows[0].number, "0914 000 111");
	all_clear_free(&list);
	CHECK(left(&f, id));
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(where_nobody_answers_the_row_stays_with_how_often_and_when)
{
	struct all_clear list;
	char id[UUID_SIZE];
	struct fixture f;
	const char *ref = "1";
	int done;

	fixture_file(&f);
	fixture_case(&f, "13 xã mất kết nối", id);
	call(&f, id, "Xã Một", "0914 000 111");
	point(&f, id, "Xã Một", 1, f.now);
	point(&f, id, "Xã Hai", 2, f.now);
	CHECK_OK(all_clear_tried(f.desk, id, &ref, 1, NULL, &done, &err), err);
	CHECK_INT(done, 1);
	fixture_later(&f, 5 * 60000);
	CHECK_OK(all_clear_tried(f.desk, id, &ref, 1, "điện thoại", &done, &err), err);
	list = load(&f, id);
	CHECK_INT(list.count, 2);
	CHECK_INT(list.left, 2);
	CHECK_INT(list.rows[0].tries, 2);
	CHECK_INT(list.rows[0].tried_at, f.now);
	CHECK_INT(list.rows[1].tries, 0);
	all_clear_free(&list);
	CHECK(left(&f, id));
	/* Told after all: nobody is left because of a call that failed. */
	CHECK_INT(tell(&f, id, NULL), 2);
	CHECK(!left(&f, id));
	CHECK_OK(undo_last(f.desk, id, &err), err);
	CHECK_OK(undo_last(f.desk, id, &err), err);
	list = load(&f, id);
	CHECK_INT(list.rows[0].tries, 1);
	all_clear_free(&list);
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(telling_marks_every_way_in_which_they_heard_and_one_undo_takes_it_back)
{
	struct all_clear list;
	char id[UUID_SIZE];
	struct fixture f;

	fixture_file(&f);
	fixture_case(&f, "mất điện", id);
	call(&f, id, "Xã Một", "0914000111");
	point(&f, id, "Xã Một", 1, f.now);
	contact(&f, id, "dien", "02551234567");
	fixture_later(&f, 60000);
	CHECK_INT(tell(&f, id, "1"), 1);
	list = load(&f, id);
	CHECK_INT(list.left, 1);
	CHECK_STR(list.rows[0].over_by, "quan");
	CHECK_STR(list.rows[0].over_how, "Zalo");
	all_clear_free(&list);
	CHECK_STR(fixture_ask(f.path, "SELECT over_told_how FROM point"), "Zalo");
	CHECK_STR(fixture_ask(f.path, "SELECT over_told_by FROM tin"), "quan");
	CHECK_INT(tell(&f, id, NULL), 1);
	CHECK(!left(&f, id));
	CHECK_INT(tell(&f, id, NULL), 0);
	CHECK_OK(undo_last(f.desk, id, &err), err);
	CHECK_OK(undo_last(f.desk, id, &err), err);
	list = load(&f, id);
	CHECK_INT(list.left, 2);
	all_clear_free(&list);
	CHECK_STR(fixture_ask(f.path, "SELECT over_told_at IS NULL FROM point"), "1");
	CHECK_STR(fixture_ask(f.path, "SELECT COUNT(*) FROM confirmation"), "0");
	CHECK(left(&f, id));
	CHECK_OK(redo_last(f.desk, id, &err), err);
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(who_was_told_by_another_is_a_conflict_and_who_calls_again_is_left_again)
{
	const char *one = "1";
	struct all_clear list;
	char id[UUID_SIZE];
	struct fixture f;
	int done;

	fixture_file(&f);
	fixture_case(&f, "mất điện", id);
	call(&f, id, "Xã Một", "0914000111");
	CHECK_ERR(all_clear_told(f.desk, id, &one, 1, " ", &done, &err), err, ERR_BAD_INPUT);
	fixture_as(&f, "lan");
	CHECK_INT(tell(&f, id, "1"), 1);
	CHECK_INT(tell(&f, id, "number:0914000111"), 0);
	fixture_as(&f, "nam");
	CHECK_ERR(all_clear_told(f.desk, id, &one, 1, "gọi", &done, &err), err, ERR_CONFLICT);
	CHECK(strstr(err.message, "Thị Lan") != NULL);
	one = "7";
	CHECK_ERR(all_clear_told(f.desk, id, &one, 1, "gọi", &done, &err), err,
		ERR_NOT_FOUND);
	fixture_later(&f, 60000);
	call(&f, id, "Xã Một", "0914000111");
	list = load(&f, id);
	CHECK_INT(list.count, 1);
	CHECK_INT(list.left, 1);
	all_clear_free(&list);
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(a_row_named_twice_counts_once_and_the_undo_of_a_second_telling_keeps_the_first)
{
	const char *const twice[] = { "1", "number:0914000111", "1" };
	char id[UUID_SIZE], again[200];
	struct fixture f;
	int done = 0;

	fixture_file(&f);
	fixture_case(&f, "mất điện", id);
	call(&f, id, "Xã Một", "0914000111");
	point(&f, id, "Xã Một", 1, f.now);
	fixture_later(&f, 60000);
	CHECK_OK(all_clear_told(f.desk, id, twice, 3, "Zalo", &done, &err), err);
	CHECK_INT(done, 1);
	CHECK_STR(fixture_ask(f.path, "SELECT json_extract(body, '$.count') FROM event"
		" WHERE kind = 'over_told'"), "1");
	/* It went down again and was told so: the end is told anew. */
	fixture_later(&f, 60000);
	CHECK_OK(point_set(f.desk, id, &(struct point_change){ .numbers = (const int[]){ 1 },
		.count = 1, .assignments = (const char *const[]){ "told_at=now" },
		.assignment_count = 1 }, &err), err);
	fixture_later(&f, 60000);
	CHECK_INT(tell(&f, id, NULL), 1);
	(void)snprintf(again, sizeof again, "SELECT over_told_at = %lld AND over_told_how ="
		" 'Zalo' FROM point", (long long)FIXTURE_START + 60000);
	CHECK_OK(undo_last(f.desk, id, &err), err);
	CHECK_STR(fixture_ask(f.path, again), "1");
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(callers_of_a_case_merged_into_another_are_on_its_list)
{
	char one[UUID_SIZE], two[UUID_SIZE];
	struct all_clear list;
	struct fixture f;

	fixture_file(&f);
	fixture_case(&f, "một", one);
	fixture_case(&f, "hai", two);
	call(&f, one, "Xã Một", "0914000111");
	contact(&f, one, "dien", "02551234567");
	call(&f, two, "Xã Hai", "0914000222");
	CHECK_OK(case_merge(f.desk, one, two, &err), err);
	list = load(&f, two);
	CHECK_INT(list.count, 3);
	all_clear_free(&list);
	CHECK_INT(tell(&f, two, NULL), 3);
	CHECK(!left(&f, two));
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(now_asks_when_it_works_again_and_somebody_does_not_know)
{
	char id[UUID_SIZE];
	struct fixture f;
	struct now now;

	fixture_file(&f);
	fixture_case(&f, "mất điện", id);
	call(&f, id, "Xã Một", "0914000111");
	CHECK_OK(severity_decide(f.desk, id, 2, "thử", &err), err);
	fixture_status(&f, id, "recovered");
	CHECK_OK(now_find(&now, f.desk, &err), err);
	CHECK_INT(now.kind, NOW_ALL_CLEAR_LEFT);
	CHECK_STR(now.case_id, id);
	CHECK_INT(tell(&f, id, NULL), 1);
	CHECK_OK(now_find(&now, f.desk, &err), err);
	CHECK(now.kind != NOW_ALL_CLEAR_LEFT);
	fixture_end(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(a_body_that_called_is_a_point_and_was_called_is_one_row),
		RUN(where_nobody_answers_the_row_stays_with_how_often_and_when),
		RUN(telling_marks_every_way_in_which_they_heard_and_one_undo_takes_it_back),
		RUN(who_was_told_by_another_is_a_conflict_and_who_calls_again_is_left_again),
		RUN(a_row_named_twice_counts_once_and_the_undo_of_a_second_telling_keeps_the_first),
		RUN(callers_of_a_case_merged_into_another_are_on_its_list),
		RUN(now_asks_when_it_works_again_and_somebody_does_not_know),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
