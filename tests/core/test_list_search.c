/* Lists by keyset over random cases: no row twice, none missing, in order; and
 * the order of a search (DATA 9). */
#include "tests/fixture.h"

#include <stdio.h>

#include "core/buf.h"
#include "core/case_open.h"
#include "core/case_set.h"
#include "core/list.h"
#include "core/search.h"
#include "core/task.h"

#define CASES 300

static uint32_t seed;

static uint32_t
next_random(uint32_t below)
{
	seed = seed * 1664525u + 1013904223u;
	return (seed >> 8) % below;
}

/* Cases of one moment too, with and without due times and severity, in every
 * status. */
static void
fill(struct fixture *f)
{
	static const char *const kinds[] = { "hardware", "software", "attack", "link",
		"power", "other" };
	struct error err;
	int n;

	seed = 2026;
	for (int i = 0; i < CASES; i++) {
		char id[UUID_SIZE];

		if (next_random(3) != 0) {
			fixture_later(f, next_random(100000));
		}
		CHECK_OK(case_open(f->desk, &(struct case_new){ .kind = kinds[next_random(6)],
			.title = "sự cố", .drill = next_random(5) == 0,
			.owner = next_random(2) == 0 ? "lan" : "nam" }, id, &err), err);
		if (next_random(2) == 0) {
			CHECK_OK(task_add(f->desk, id, &(struct task_new){ .title = "v",
				.due_at = f->now + (int64_t)next_random(20) * 10000 }, &n, &err),
				err);
		}
		if (next_random(2) == 0) {
			CHECK_OK(severity_decide(f->desk, id, 1 + (int)next_random(4), "r", &err),
				err);
		}
		if (next_random(3) == 0) {
			fixture_status(f, id, next_random(2) == 0 ? "dismissed" : "acknowledged");
		}
	}
}

struct page {
	char ids[CASES][UUID_SIZE];
	char cursor[96];
	int total;
	int rows;
	int64_t last_first, last_second;
	enum list_sort sort;
};

static bool
keep(const struct ir_case *c, const char *cursor, void *arg)
{
	struct page *page = arg;
	int64_t first = page->sort == SORT_DUE ? c->due_at : -c->opened_at;
	int64_t second = page->sort == SORT_DUE ? 10 - case_severity(c) : 0;

	for (int i = 0; i < page->total; i++) {
		CHECK(strcmp(page->ids[i], c->id) != 0);
	}
	if (page->total > 0) {
		CHECK(first > page->last_first ||
			(first == page->last_first && second >= page->last_second));
	}
	page->last_first = first;
	page->last_second = second;
	memcpy(page->ids[page->total++], c->id, UUID_SIZE);
	(void)snprintf(page->cursor, sizeof page->cursor, "%s", cursor);
	page->rows++;
	return true;
}

static int
walk(struct fixture *f, struct list_filter filter, int limit)
{
	static struct page page;
	struct error err;

	page = (struct page){ .sort = filter.sort };
	filter.limit = limit;
	do {
		page.rows = 0;
		filter.after = page.total == 0 ? NULL : page.cursor;
		CHECK_OK(list_each(f->desk, &filter, keep, &page, &err), err);
	} while (page.rows == limit);
	return page.total;
}

TEST(pages_by_cursor_give_each_case_once_and_in_order)
{
	static const int limits[] = { 1, 7, 40, 299, 300, 301 };
	struct fixture f;
	struct error err;
	int64_t open = 0;
	int64_t drills = 0;

	fixture_memory(&f);
	fill(&f);
	CHECK_OK(list_open_count(f.desk, false, &open, &err), err);
	CHECK_OK(list_open_count(f.desk, true, &drills, &err), err);
	for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
		for (enum list_sort sort = SORT_NEWEST; sort <= SORT_DUE; sort++) {
			struct list_filter all = { .drill = -1, .sort = sort };
			struct list_filter opened = { .sort = sort, .open = true };
			struct list_filter closed = { .sort = sort, .drill = -1,
				.statuses = 1U << 6 };

			CHECK_INT(walk(&f, all, limits[i]), CASES);
			CHECK_INT(walk(&f, opened, limits[i]), open);
			opened.drill = 1;
			CHECK_INT(walk(&f, opened, limits[i]), drills);
			opened.drill = -1;
			CHECK_INT(walk(&f, opened, limits[i]) + walk(&f, closed, limits[i]), CASES);
		}
	}
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(filters_divide_the_cases_without_rest)
{
	struct fixture f;
	struct error err;
	struct list_filter filter = { .drill = -1 };
	int64_t late = 0;
	int total = 0;

	fixture_memory(&f);
	fill(&f);
	for (int kind = 0; kind < 6; kind++) {
		filter.kinds = 1U << kind;
		total += walk(&f, filter, 50);
	}
	CHECK_INT(total, CASES);
	filter.kinds = 0;
	total = 0;
	for (int status = 0; status < 8; status++) {
		filter.statuses = 1U << status;
		total += walk(&f, filter, 50);
	}
	CHECK_INT(total, CASES);
	fixture_later(&f, 50000);
	CHECK_OK(list_late_count(f.desk, false, &late, &err), err);
	CHECK(late > 0);
	CHECK_INT(walk(&f, (struct list_filter){ .overdue = true, .sort = SORT_DUE }, 50), late);
	CHECK_INT(walk(&f, (struct list_filter){ .drill = -1, .owner = "" }, 50), 0);
	fixture_end(&f);
}

TEST(a_cursor_that_is_none_is_refused)
{
	static const char *const bad[] = { "", "x", "1.2", "1.2.x", "1..", "1.2.3.4" };
	static struct page page;
	struct fixture f;
	struct error err;

	fixture_memory(&f);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		CHECK_ERR(list_each(f.desk, &(struct list_filter){ .after = bad[i] }, keep, &page,
			&err), err, ERR_BAD_INPUT);
	}
	fixture_end(&f);
}

static bool
add_title(const struct hit *hit, void *arg)
{
	struct buf *out = arg;

	buf_addf(out, "%s%s%s", out->len > 0 ? "|" : "", hit->c.title, hit->marked ? "+" : "");
	return true;
}

static void
check_search(struct fixture *f, const char *words, const char *should)
{
	const struct search_filter filter = { .drill = -1, .one_a_case = true };
	struct buf out = { 0 };
	struct error err;

	CHECK_OK(search_each(f->desk, words, &filter, add_title, &out, &err), err);
	if (strcmp(buf_text(&out), should) != 0) {
		fail_msg("\"%s\" gave %s, not %s", words, buf_text(&out), should);
	}
	buf_free(&out);
}

TEST(marked_words_come_before_folded_ones_each_newest_first)
{
	static const char *const titles[] = {
		"mất một", "mặt nước", "mất hai", "mát mẻ", "Mất điện TTDL",
	};
	struct fixture f;
	char id[UUID_SIZE];

	fixture_memory(&f);
	for (size_t i = 0; i < sizeof titles / sizeof *titles; i++) {
		fixture_case(&f, titles[i], id);
		fixture_later(&f, 1000);
	}
	check_search(&f, "mất", "Mất điện TTDL+|mất hai+|mất một+|mát mẻ|mặt nước");
	check_search(&f, "mat", "Mất điện TTDL|mát mẻ|mất hai|mặt nước|mất một");
	check_search(&f, "MAT DIEN", "Mất điện TTDL");
	check_search(&f, "dien", "Mất điện TTDL");
	check_search(&f, "điện", "Mất điện TTDL+");
	/* The same word decomposed (NFD). */
	check_search(&f, "\xc4\x91i\x65\xcc\xa3\xcc\x82n", "Mất điện TTDL+");
	check_search(&f, "ma\xcc\x82\xcc\x81t", "Mất điện TTDL+|mất hai+|mất một+|mát mẻ|mặt nước");
	check_search(&f, "TTDL mất", "Mất điện TTDL+");
	check_search(&f, "tt", "Mất điện TTDL+");
	/* Numbers, in any of their forms as words. */
	check_search(&f, "2026-0002", "mặt nước+");
	check_search(&f, "2026-2",
		"mặt nước+|Mất điện TTDL+|mát mẻ+|mất hai+|mất một+");
	check_search(&f, "4", "mát mẻ+");
	check_search(&f, "2026-77", "");
	fixture_end(&f);
}

TEST(any_text_is_words_and_never_syntax)
{
	static const char *const odd[] = {
		"", " ", "!!!", "\"", "' OR 1=1 --", "NEAR(a b)", "a*", "-a", "^a", "a AND", "NOT",
		"(", "{a b}: c", "col : x", "*", "%", "_", "\xf0\x9f\x94\xa5",
	};
	struct fixture f;
	struct error err;
	char id[UUID_SIZE];

	fixture_memory(&f);
	fixture_case(&f, "một", id);
	(void)fixture_note(&f, id, "web-02 chậm, NOT AND OR near");
	for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
		struct buf out = { 0 };

		CHECK_OK(search_each(f.desk, odd[i], &(struct search_filter){ 0 }, add_title, &out,
			&err), err);
		buf_free(&out);
	}
	check_search(&f, "!!!", "");
	check_search(&f, "web-02", "một+");
	check_search(&f, "not and", "một+");
	check_search(&f, "web 03", "");
	fixture_end(&f);
}

TEST(a_renamed_case_is_found_by_both_names_and_once)
{
	struct fixture f;
	struct error err;
	char id[UUID_SIZE];

	fixture_memory(&f);
	fixture_case(&f, "máy chủ hỏng", id);
	CHECK_OK(case_set(f.desk, id, (const char *const[]){ "title=máy chủ thư" }, 1, &err),
		err);
	check_search(&f, "hỏng", "máy chủ thư+");
	check_search(&f, "máy chủ", "máy chủ thư+");
	fixture_end(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(pages_by_cursor_give_each_case_once_and_in_order),
		RUN(filters_divide_the_cases_without_rest),
		RUN(a_cursor_that_is_none_is_refused),
		RUN(marked_words_come_before_folded_ones_each_newest_first),
		RUN(any_text_is_words_and_never_syntax),
		RUN(a_renamed_case_is_found_by_both_names_and_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
