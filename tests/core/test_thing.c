/* Rows of the watch: made, changed, undone, found and redacted by what the list
 * of columns says; replay gives the same rows. */
#include "tests/fixture.h"

#include <stdio.h>

#include "core/back_by.h"
#include "core/change.h"
#include "core/columns.h"
#include "core/redact.h"
#include "core/search.h"
#include "core/thing.h"
#include "core/undo.h"

static void
append(struct fixture *f, const char *kind, const char *case_id, struct json *body)
{
	struct error err = ERROR_INIT;

	CHECK_OK(change_begin(f->desk, &err), err);
	change_add(f->desk, kind, case_id, body);
	CHECK_OK(change_end(f->desk, true, &err), err);
}

static struct json *
point_body(struct fixture *f, const char *name, int n, char id[UUID_SIZE])
{
	struct json *body = thing_new(f->desk, "point", id);

	row_text(body, "name", name);
	row_text(body, "state", "down");
	row_int(body, "n", n);
	row_int(body, "since", 5);
	return body;
}

static struct json *
state_body(const char *id, const char *from, const char *to)
{
	struct json *body = thing_change("point", id);

	set_text(body, "state", from, to);
	return body;
}

static const char *
state_of(struct fixture *f, const char *id)
{
	char sql[128];

	(void)snprintf(sql, sizeof sql, "SELECT state FROM point WHERE id = '%s'", id);
	return fixture_ask(f->path, sql);
}

TEST(many_rows_by_one_act_are_made_changed_and_undone_together)
{
	char case_id[UUID_SIZE], one[UUID_SIZE], two[UUID_SIZE];
	struct json *each = json_array();
	struct json *body = json_object();
	struct fixture f;
	struct error err;

	fixture_file(&f);
	fixture_case(&f, "13 xã mất kết nối", case_id);
	json_push(each, point_body(&f, "Xã 01", 1, one));
	json_push(each, point_body(&f, "Xã 02", 2, two));
	json_set(body, "each", each);
	append(&f, "point_added", case_id, body);
	CHECK_STR(fixture_ask(f.path, "SELECT COUNT(*) FROM point"), "2");
	CHECK_STR(fixture_ask(f.path, "SELECT reserve_at IS NULL FROM point"), "1");
	each = json_array();
	body = json_object();
	json_push(each, state_body(one, "down", "reserve"));
	json_push(each, state_body(two, "down", "back"));
	json_set(body, "each", each);
	append(&f, "point_set", case_id, body);
	CHECK_STR(state_of(&f, two), "back");
	CHECK_OK(undo_last(f.desk, case_id, &err), err);
	CHECK_STR(state_of(&f, one), "down");
	CHECK_STR(state_of(&f, two), "down");
	CHECK_OK(undo_last(f.desk, case_id, &err), err);
	CHECK_STR(fixture_ask(f.path, "SELECT COUNT(*) FROM point"), "0");
	CHECK_OK(redo_last(f.desk, case_id, &err), err);
	CHECK_STR(state_of(&f, one), "down");
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(an_undo_of_many_is_refused_where_one_of_them_was_changed_since)
{
	char case_id[UUID_SIZE], id[UUID_SIZE];
	struct json *body = json_object();
	struct json *each = json_array();
	struct fixture f;
	struct error err;
	int64_t made;

	fixture_file(&f);
	fixture_case(&f, "xã mất kết nối", case_id);
	json_push(each, point_body(&f, "Xã 01", 1, id));
	json_set(body, "each", each);
	append(&f, "point_added", case_id, body);
	made = fixture_last(&f);
	append(&f, "point_set", case_id, state_body(id, "down", "back"));
	CHECK_ERR(undo_event(f.desk, case_id, made, &err), err, ERR_CONFLICT);
	fixture_whole(&f);
	fixture_end(&f);
}

static bool
count_hit(const struct hit *hit, void *arg)
{
	(void)hit;
	(*(int *)arg)++;
	return true;
}

TEST(words_of_a_row_are_found_and_a_redaction_takes_them_out_of_it)
{
	const struct search_filter filter = { .drill = -1 };
	const char *fields[] = { "person" };
	const struct redaction what = { .fields = fields, .field_count = 1,
		.law = "Luật 91/2025", .reason = "không cần" };
	struct redact_result result = { 0 };
	struct json *set = NULL;
	char case_id[UUID_SIZE], id[UUID_SIZE];
	struct json *body;
	struct fixture f;
	struct error err;
	int hits = 0;

	fixture_file(&f);
	fixture_case(&f, "mất kết nối", case_id);
	body = point_body(&f, "Xã Ba Tơ", 1, id);
	row_text(body, "person", "Nguyễn Văn Mẫu");
	append(&f, "point_added", case_id, body);
	CHECK_OK(search_each(f.desk, "ba to", &filter, count_hit, &hits, &err), err);
	CHECK_INT(hits, 1);
	CHECK_OK(redact(f.desk, case_id, fixture_last(&f), &what, &result, &err), err);
	json_free(result.left);
	CHECK_STR(fixture_ask(f.path, "SELECT person FROM point"), REDACTED_TEXT);
	CHECK(!fixture_holds(f.path, "Văn Mẫu"));
	fixture_whole(&f);
	/* What was set is masked where it stands, unless it was set again. */
	set = thing_change("point", id);
	set_text(set, "person", REDACTED_TEXT, "Trần Thị Thử");
	append(&f, "point_set", case_id, set);
	CHECK_OK(redact(f.desk, case_id, fixture_last(&f), &what, &result, &err), err);
	json_free(result.left);
	CHECK_STR(fixture_ask(f.path, "SELECT person FROM point"), REDACTED_TEXT);
	CHECK(!fixture_holds(f.path, "Thị Thử"));
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(every_thing_has_its_kinds_and_every_kind_of_a_thing_its_table)
{
	int count;
	const struct event_kind *kinds = event_kinds(&count);

	for (const struct thing *thing = things; thing->name != NULL; thing++) {
		int of_it = 0;

		for (int i = 0; i < count; i++) {
			if (kinds[i].subject != NULL && strcmp(kinds[i].subject,
				thing->name) == 0) {
				of_it++;
				CHECK(kinds[i].apply == apply_thing ||
					kinds[i].apply == apply_back_by_set);
			}
		}
		CHECK(of_it > 0);
	}
	assert_null(thing_of("no such"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(many_rows_by_one_act_are_made_changed_and_undone_together),
		RUN(an_undo_of_many_is_refused_where_one_of_them_was_changed_since),
		RUN(words_of_a_row_are_found_and_a_redaction_takes_them_out_of_it),
		RUN(every_thing_has_its_kinds_and_every_kind_of_a_thing_its_table),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
