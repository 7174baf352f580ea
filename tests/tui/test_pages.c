/* Pages of lists by keyset: nothing twice, nothing left out, both ways. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/change.h"
#include "core/contact.h"
#include "core/json.h"
#include "core/outbox.h"
#include "tests/fixture.h"
#include "tui/outbox_model.h"
#include "tui/register_model.h"

SQL(LAN, "", "SELECT id FROM member WHERE login = 'lan'");

typedef bool load_fn(struct table_rows *out, struct desk *desk,
	const struct page *page, struct error *err);

static void
queue(struct fixture *f, int count)
{
	struct json *vars = json_object();
	struct error err;
	char *lan = NULL;

	CHECK_OK(db_one_text(desk_db(f->desk), &LAN, &lan, &err, NOARGS), err);
	CHECK_OK(change_begin(f->desk, &err), err);
	for (int i = 0; i < count; i++) {
		CHECK_OK(outbox_queue(f->desk, &(struct message_new){ .to_kind = "member",
			.to_id = lan, .template = "thu", .vars = vars, .cause = NO_CAUSE,
			.hold = i % 5 == 0 ? "chờ" : NULL }, &err), err);
	}
	CHECK_OK(change_end(f->desk, true, &err), err);
	json_free(vars);
	free(lan);
}

/* Reads page after page and compares with what one big page gave. */
static void
walk(struct fixture *f, load_fn *load, enum list_want first, enum list_want then,
	int limit)
{
	struct table_rows all = { 0 };
	struct page page = { .want = LIST_WANT_FIRST, .limit = 10000 };
	struct error err;
	int seen = 0;

	CHECK_OK(load(&all, f->desk, &page, &err), err);
	CHECK(!all.more_after && !all.more_before);
	page = (struct page){ .want = first, .limit = limit };
	for (bool more = true; more; ) {
		struct table_rows rows = { 0 };
		bool up = page_backwards(&page);
		int end;

		CHECK_OK(load(&rows, f->desk, &page, &err), err);
		CHECK(rows.count > 0 && rows.count <= limit);
		for (int i = 0; i < rows.count; i++) {
			int at = up ? all.count - seen - rows.count + i : seen + i;

			CHECK_STR(rows.rows[i].key, all.rows[at].key);
		}
		seen += rows.count;
		more = up ? rows.more_before : rows.more_after;
		end = up ? 0 : rows.count - 1;
		page.want = then;
		snprintf(page.from, sizeof(page.from), "%s", rows.rows[end].key);
		table_free(&rows);
	}
	CHECK_INT(seen, all.count);
	table_free(&all);
}

TEST(every_message_comes_once_over_the_parts_of_the_list)
{
	struct fixture f;

	fixture_memory(&f);
	queue(&f, 250);
	walk(&f, outbox_page, LIST_WANT_FIRST, LIST_WANT_AFTER, 40);
	walk(&f, outbox_page, LIST_WANT_FIRST, LIST_WANT_AFTER, 50);
	walk(&f, outbox_page, LIST_WANT_LAST, LIST_WANT_BEFORE, 40);
	walk(&f, outbox_page, LIST_WANT_LAST, LIST_WANT_BEFORE, 50);
	fixture_end(&f);
}

TEST(messages_without_an_address_have_failed_and_stand_first_newest_first)
{
	struct fixture f;
	struct table_rows rows = { 0 };
	struct page page = { .want = LIST_WANT_FIRST, .limit = 100 };
	struct error err;

	fixture_memory(&f);
	queue(&f, 250);
	CHECK_OK(outbox_page(&rows, f.desk, &page, &err), err);
	CHECK_INT(rows.count, 100);
	CHECK_STR(rows.rows[0].state, "failed");
	CHECK(strtoll(strchr(rows.rows[0].key, ':') + 1, NULL, 10)
		> strtoll(strchr(rows.rows[1].key, ':') + 1, NULL, 10));
	table_free(&rows);
	fixture_end(&f);
}

TEST(a_filter_passes_over_rows_and_keeps_its_place)
{
	struct fixture f;
	struct table_rows rows = { 0 };
	struct page page = { .want = LIST_WANT_FIRST, .limit = 10,
		.words = "pham LAN" };
	struct error err;

	fixture_memory(&f);
	queue(&f, 30);
	CHECK_OK(outbox_page(&rows, f.desk, &page, &err), err);
	CHECK_INT(rows.count, 10);
	CHECK(rows.more_after);
	table_free(&rows);
	snprintf(page.words, sizeof(page.words), "%s", "không ai");
	CHECK_OK(outbox_page(&rows, f.desk, &page, &err), err);
	CHECK_INT(rows.count, 0);
	table_free(&rows);
	fixture_end(&f);
}

TEST(contacts_come_once_in_the_order_of_their_roles)
{
	struct fixture f;
	struct json *given = json_object();
	struct error err;

	fixture_memory(&f);
	json_set_text(given, "name", "Đầu mối");
	json_set_text(given, "class", "body");
	for (int i = 0; i < 45; i++) {
		char role[16];

		snprintf(role, sizeof(role), "r%d", i);
		CHECK_OK(contact_add(f.desk, role, given, &err), err);
	}
	json_free(given);
	walk(&f, register_contacts, LIST_WANT_FIRST, LIST_WANT_AFTER, 10);
	walk(&f, register_contacts, LIST_WANT_LAST, LIST_WANT_BEFORE, 10);
	walk(&f, register_members, LIST_WANT_FIRST, LIST_WANT_AFTER, 2);
	walk(&f, register_members, LIST_WANT_LAST, LIST_WANT_BEFORE, 2);
	fixture_end(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(every_message_comes_once_over_the_parts_of_the_list),
		RUN(messages_without_an_address_have_failed_and_stand_first_newest_first),
		RUN(a_filter_passes_over_rows_and_keeps_its_place),
		RUN(contacts_come_once_in_the_order_of_their_roles),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
