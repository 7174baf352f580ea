/* A case is opened whatever its plan is: what cannot be begun is told of, and how it
 * is begun. */
#include "tests/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/case_open.h"
#include "core/change.h"
#include "playbooks/first_plan.h"
#include "tests/playbooks/on_desk.h"
#include "tests/playbooks/plan.h"

#define ONE_STEP(dates, variables) PLAN_WITH(dates, variables, START("@action1") "," \
	ACTION("@action1", "@end1") "," END("@end1"))

static char opened[UUID_SIZE];

static void
import(const char *text)
{
	char *full = expand(text);
	char hash[HASH_SIZE];

	CHECK_OK(library_import(desk, full, strlen(full), NULL, hash, &err), err);
	free(full);
}

/* Opens a case of this title with this plan (NULL: what fits), as `new --begin`. */
static bool
open_with(struct first_plan *first, const char *kind, const char *title,
	const char *spec)
{
	bool ok;

	do {
		ok = change_begin(desk, &err) && change_end(desk,
			case_open(desk, &(struct case_new){ .kind = kind, .title = title }, opened,
				&err) &&
			first_plan_begin(first, desk, NULL, opened, spec, &err), &err);
	} while (first_plan_again(first, ok));
	return ok;
}

static int
runs_of(const char *id)
{
	struct case_runs runs = { 0 };
	int count;

	CHECK_OK(case_runs_load(&runs, desk, id, &err), err);
	count = runs.count;
	case_runs_finish(&runs);
	return count;
}

static void
check_opened_without(const char *spec, const char *why, const char *how)
{
	struct first_plan first = { 0 };
	struct ir_case c = { 0 };
	char *text;

	CHECK_OK(open_with(&first, "power", "Mất điện xã", spec), err);
	CHECK_OK(case_load(&c, desk, opened, &err), err);
	/* No number is lost by what was rolled back. */
	CHECK(strstr(c.number, "-0002") != NULL);
	CHECK_STR(c.title, "Mất điện xã");
	case_clear(&c);
	CHECK(first.without && !first.begun);
	CHECK(strstr(first.why.message, why) != NULL);
	text = first_plan_how(&first, "2026-2");
	CHECK_STR(text, how);
	free(text);
	CHECK_INT(runs_of(opened), 0);
	check_whole();
}

TEST(the_plan_that_fits_is_begun_with_the_case)
{
	struct first_plan first = { 0 };

	begin_desk("power");
	CHECK_OK(open_with(&first, "power", "Mất điện trạm chính", NULL), err);
	CHECK(first.begun && !first.without && !first.none_fits);
	CHECK_STR(first.plan, "PA-MD");
	CHECK_INT(runs_of(opened), 1);
	end_desk();
}

TEST(where_none_fits_none_is_begun_and_nothing_failed)
{
	struct first_plan first = { 0 };

	begin_desk("power");
	CHECK_OK(open_with(&first, "other", "Việc khác", NULL), err);
	CHECK(first.none_fits && !first.begun && !first.without);
	CHECK_INT(runs_of(opened), 0);
	end_desk();
}

TEST(a_plan_that_asks_first_is_begun_later)
{
	begin_desk("power");
	import(ONE_STEP("", "\"__minutes__\":{\"type\":\"integer\",\"external\":true}"));
	check_opened_without("test", "minutes", "suco begin 2026-2 test --set minutes=...");
	end_desk();
}

TEST(a_plan_that_is_revoked_is_begun_later_for_a_reason)
{
	begin_desk("power");
	import(ONE_STEP("\"revoked\":true,", ""));
	check_opened_without("test", "revoked", "suco begin 2026-2 test --reason \"...\"");
	end_desk();
}

TEST(a_plan_that_is_not_there_refuses_no_case_either)
{
	begin_desk("power");
	check_opened_without("PA-NOPE", "PA-NOPE", "suco begin 2026-2 PA-NOPE");
	end_desk();
}

/* What is wrong with the case itself is said once, and nothing is opened. */
TEST(a_case_that_cannot_be_opened_is_not_tried_again)
{
	struct first_plan first = { 0 };

	begin_desk("power");
	CHECK_ERR(open_with(&first, "power", "", NULL), err, ERR_BAD_INPUT);
	CHECK(!first.without);
	end_desk();
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(the_plan_that_fits_is_begun_with_the_case),
		RUN(where_none_fits_none_is_begun_and_nothing_failed),
		RUN(a_plan_that_asks_first_is_begun_later),
		RUN(a_plan_that_is_revoked_is_begun_later_for_a_reason),
		RUN(a_plan_that_is_not_there_refuses_no_case_either),
		RUN(a_case_that_cannot_be_opened_is_not_tried_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
