/* What must not be left behind: a case that is over leaves nobody waited for, and
 * what a merged case waits for is worked from the one that it went into. */
#include "tests/fixture.h"

#include <stdio.h>
#include <string.h>

#include "core/case_set.h"
#include "core/countdown.h"
#include "core/decision.h"
#include "core/merge.h"
#include "core/now.h"
#include "core/shift_sheet.h"
#include "core/status.h"
#include "core/undo.h"
#include "core/waiting.h"

#define MINUTE 60000LL

static struct error err;

static bool
dismiss(struct fixture *f, const char *id)
{
	return status_set(f->desk, id, &(struct status_change){ .to = "dismissed",
		.verb = "status", .reason = "báo nhầm" }, &err);
}

static void
add_all(struct fixture *f, const char *id)
{
	int n;

	CHECK_OK(waiting_add(f->desk, id, &(struct waiting_new){ .whom = "Điện lực",
		.what = "cấp lại điện", .promised = "03:00" }, &n, &err), err);
	CHECK_OK(decision_ask(f->desk, id, &(struct decision_new){ .whom = "Lãnh đạo Sở",
		.question = "Cho tắt máy chủ?", .until = "02:40" }, &n, &err), err);
	CHECK_OK(countdown_read(f->desk, id, &(struct reading){ .label = "CÒN ĐIỆN",
		.minutes = 38 }, &n, &err), err);
}

TEST(a_case_is_dismissed_only_when_nobody_is_waited_for_and_nothing_counts_down)
{
	struct fixture f;
	char id[UUID_SIZE];
	struct ir_case c;

	fixture_memory(&f);
	fixture_case(&f, "mất điện", id);
	add_all(&f, id);
	CHECK(!dismiss(&f, id));
	CHECK_INT(err.code, ERR_REFUSED);
	CHECK(strstr(err.message, "Điện lực") != NULL);
	CHECK_OK(waiting_done(f.desk, id, 1, "không cần nữa", &err), err);
	CHECK(!dismiss(&f, id));
	CHECK(strstr(err.message, "Lãnh đạo Sở") != NULL);
	CHECK_OK(decision_withdraw(f.desk, id, 1, "báo nhầm", &err), err);
	CHECK(!dismiss(&f, id));
	CHECK(strstr(err.message, "CÒN ĐIỆN") != NULL);
	CHECK_OK(countdown_stop(f.desk, id, 1, "báo nhầm", &err), err);
	CHECK_OK(dismiss(&f, id), err);
	c = fixture_load(&f, id);
	CHECK_STR(c.status, "dismissed");
	case_clear(&c);
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(a_dismissal_comes_back_only_when_nobody_is_waited_for_meanwhile)
{
	struct fixture f;
	char id[UUID_SIZE];
	struct ir_case c;
	int n;

	fixture_memory(&f);
	fixture_case(&f, "mất điện", id);
	CHECK_OK(dismiss(&f, id), err);
	CHECK_OK(undo_last(f.desk, id, &err), err);
	CHECK_OK(waiting_add(f.desk, id, &(struct waiting_new){ .whom = "Điện lực",
		.what = "cấp lại điện", .promised = "03:00" }, &n, &err), err);
	CHECK(!redo_last(f.desk, id, &err));
	CHECK_INT(err.code, ERR_REFUSED);
	CHECK(strstr(err.message, "Điện lực") != NULL);
	CHECK_OK(waiting_done(f.desk, id, n, "không cần nữa", &err), err);
	CHECK_OK(redo_last(f.desk, id, &err), err);
	c = fixture_load(&f, id);
	CHECK_STR(c.status, "dismissed");
	case_clear(&c);
	fixture_whole(&f);
	fixture_end(&f);
}

struct seen {
	int count;
	char number[24], into[24];
};

static bool
see_waiting(const struct waiting *w, void *arg)
{
	struct seen *seen = arg;

	seen->count++;
	(void)snprintf(seen->number, sizeof seen->number, "%s", w->number);
	(void)snprintf(seen->into, sizeof seen->into, "%s", w->into);
	return true;
}

static bool
see_decision(const struct decision *d, void *arg)
{
	struct seen *seen = arg;

	seen->count++;
	(void)snprintf(seen->into, sizeof seen->into, "%s", d->into);
	return true;
}

static bool
see_countdown(const struct countdown *d, void *arg)
{
	struct seen *seen = arg;

	seen->count++;
	(void)snprintf(seen->into, sizeof seen->into, "%s", d->into);
	return true;
}

/* How many stand on the case, and into which case their own was merged. */
static void
check_seen(struct fixture *f, const char *id, int count, const char *into)
{
	struct seen waits = { 0 }, orders = { 0 }, clocks = { 0 };

	CHECK_OK(waiting_each(f->desk, id, see_waiting, &waits, &err), err);
	CHECK_OK(decision_each(f->desk, id, DECISIONS_OPEN, see_decision, &orders, &err), err);
	CHECK_OK(countdown_each(f->desk, id, see_countdown, &clocks, &err), err);
	CHECK_INT(waits.count, count);
	CHECK_INT(orders.count, count);
	CHECK_INT(clocks.count, count);
	CHECK_STR(waits.into, into);
	CHECK_STR(orders.into, into);
	CHECK_STR(clocks.into, into);
}

static bool
on_page(struct fixture *f, int part, const char *words)
{
	struct shift_sheet sheet = { 0 };
	bool found = false;

	CHECK_OK(shift_sheet_read(&sheet, f->desk, f->now - 60 * MINUTE, &err), err);
	for (int i = 0; i < sheet.parts[part].count; i++) {
		found = found || strstr(sheet.parts[part].lines[i], words) != NULL;
	}
	shift_sheet_clear(&sheet);
	return found;
}

/* lan's case, merged into nam's. */
static void
merge_two(struct fixture *f, char one[UUID_SIZE], char other[UUID_SIZE])
{
	fixture_memory(f);
	fixture_case(f, "mất điện xã A", one);
	fixture_case(f, "mất điện toàn khu", other);
	fixture_status(f, other, "acknowledged");
	CHECK_OK(reportable_decide(f->desk, one, "no", "thử", &err), err);
	CHECK_OK(reportable_decide(f->desk, other, "no", "thử", &err), err);
	fixture_as(f, "lan");
	CHECK_OK(case_assign(f->desk, one, "lan", &err), err);
	CHECK_OK(severity_decide(f->desk, other, 2, "thử", &err), err);
	add_all(f, one);
	fixture_as(f, "nam");
	CHECK_OK(case_assign(f->desk, other, "nam", &err), err);
	fixture_as(f, "minh");
	CHECK_OK(case_merge(f->desk, one, other, &err), err);
}

TEST(what_a_merged_case_waits_for_is_seen_and_ended_from_the_other)
{
	struct fixture f;
	char one[UUID_SIZE], other[UUID_SIZE];

	merge_two(&f, one, other);
	check_seen(&f, other, 1, "2026-0002");
	check_seen(&f, one, 1, "2026-0002");
	CHECK(on_page(&f, SHEET_WAITING, "(merged into 2026-2)"));
	CHECK(on_page(&f, SHEET_DECISIONS, "(merged into 2026-2)"));
	CHECK(on_page(&f, SHEET_CLOCKS, "CÒN ĐIỆN"));
	/* The case that they went into cannot end before them. */
	CHECK(!dismiss(&f, other));
	CHECK(strstr(err.message, "2026-0001") != NULL);
	fixture_as(&f, "nam");
	CHECK_OK(waiting_done(f.desk, one, 1, "có điện", &err), err);
	CHECK_OK(decision_answer(f.desk, one, 1, &(struct decision_word){ .answer = "Đồng ý",
		.by = "Giám đốc" }, &err), err);
	CHECK_OK(countdown_stop(f.desk, one, 1, "có điện", &err), err);
	check_seen(&f, other, 0, "");
	/* Of its own all stands, ended too. */
	CHECK_OK(dismiss(&f, other), err);
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(now_asks_who_owns_the_case_that_it_went_into)
{
	struct fixture f;
	char one[UUID_SIZE], other[UUID_SIZE];
	struct now now;

	merge_two(&f, one, other);
	fixture_as(&f, "nam");
	fixture_later(&f, 31 * MINUTE); /* 02:41: the answer is late, 7 minutes are left */
	CHECK_OK(now_find(&now, f.desk, &err), err);
	CHECK(now.kind == NOW_DECISION_OVER || now.kind == NOW_COUNTDOWN);
	CHECK_OK(countdown_stop(f.desk, one, 1, "có điện", &err), err);
	CHECK_OK(now_find(&now, f.desk, &err), err);
	CHECK_INT(now.kind, NOW_DECISION_OVER);
	CHECK_OK(decision_withdraw(f.desk, one, 1, "đã gộp", &err), err);
	fixture_later(&f, 20 * MINUTE); /* 03:01 */
	CHECK_OK(now_find(&now, f.desk, &err), err);
	CHECK_INT(now.kind, NOW_PROMISE_OVER);
	fixture_end(&f);
}

TEST(taking_the_merge_back_gives_each_case_its_own_back)
{
	struct fixture f;
	char one[UUID_SIZE], other[UUID_SIZE];

	merge_two(&f, one, other);
	CHECK_OK(case_unmerge(f.desk, one, &err), err);
	check_seen(&f, other, 0, "");
	check_seen(&f, one, 1, "");
	fixture_whole(&f);
	fixture_end(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(a_case_is_dismissed_only_when_nobody_is_waited_for_and_nothing_counts_down),
		RUN(a_dismissal_comes_back_only_when_nobody_is_waited_for_meanwhile),
		RUN(what_a_merged_case_waits_for_is_seen_and_ended_from_the_other),
		RUN(now_asks_who_owns_the_case_that_it_went_into),
		RUN(taking_the_merge_back_gives_each_case_its_own_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
