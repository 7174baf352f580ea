/* A desk of every schema that was ever released is refused, brought to today's,
 * and is whole then (DATA 11).  desks/schema-N.db.gz was made by the program of
 * its day, whose admin had the login "root". */
#include "tests/fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/backup.h"
#include "core/engine_look.h"

static const char *old_path;

static void
copy_old(const struct fixture *f, char *to, size_t size)
{
	size_t len = 0;
	char *bytes = fixture_read(old_path, &len);

	(void)snprintf(to, size, "%s", fixture_path(f, "old.db"));
	fixture_write(to, bytes, len);
	free(bytes);
}

TEST(an_old_desk_is_refused_then_upgraded_and_nothing_of_its_chain_changes)
{
	struct desk_options options = { .login = "root" };
	struct upgrade_result result;
	struct desk *desk = NULL;
	struct engine_look look;
	char head[HASH_SIZE + 1], path[160], title[160];
	struct fixture f;
	struct error err;

	fixture_file(&f);
	copy_old(&f, path, sizeof path);
	options.url = path;
	options.clock = fixture_clock(&f);
	(void)snprintf(head, sizeof head, "%s", fixture_ask(path, "SELECT hash FROM head"));
	CHECK_INT(strlen(head), 64);
	(void)snprintf(title, sizeof title, "%s",
		fixture_ask(path, "SELECT title FROM cases WHERE serial = 1"));
	CHECK(strncmp(title, "Mất điện", strlen("Mất điện")) == 0);
	CHECK_ERR(desk_open(&desk, &options, &err), err, ERR_UNAVAILABLE);
	assert_non_null(strstr(err.message, "suco upgrade"));
	CHECK_OK(desk_upgrade(&options, &result, &err), err);
	CHECK(result.from < result.to);
	CHECK_INT(result.to, DESK_SCHEMA);
	CHECK_STR(fixture_ask(path, "SELECT hash FROM head"), head);
	CHECK_STR(fixture_ask(result.saved, "SELECT hash FROM head"), head);
	CHECK_STR(fixture_ask(path, "SELECT title FROM cases WHERE serial = 1"), title);
	CHECK_OK(desk_open(&desk, &options, &err), err);
	/* Its rules call nobody, and every screen says so. */
	CHECK_OK(engine_look(&look, desk, &err), err);
	CHECK(look.no_rules);
	{
		struct verify_result whole = fixture_verify(desk);

		CHECK(whole.chain_ok && whole.replay_ok);
		CHECK_INT(whole.faults, 0);
	}
	desk_close(desk);
	fixture_end(&f);
}

struct shown {
	int times, last, parts;
	bool back;
};

static void
see(void *arg, const char *what, int percent)
{
	struct shown *shown = arg;

	CHECK(what[0] != '\0' && percent >= 0 && percent <= 100);
	shown->times++;
	shown->parts += percent == 0;
	shown->back = shown->back || (percent != 0 && percent <= shown->last);
	shown->last = percent;
}

TEST(who_waits_for_an_upgrade_is_told_how_far_it_is)
{
	struct shown shown = { .last = -1 };
	const struct progress progress = { .show = see, .arg = &shown };
	struct desk_options options = { .login = "root", .progress = &progress };
	struct upgrade_result result;
	struct fixture f;
	struct error err;
	char path[160];

	fixture_file(&f);
	copy_old(&f, path, sizeof path);
	options.url = path;
	options.clock = fixture_clock(&f);
	CHECK_OK(desk_upgrade(&options, &result, &err), err);
	/* Copied, written, the chain checked, written once more to compare. */
	CHECK_INT(shown.parts, 4);
	CHECK_INT(shown.last, 100);
	CHECK(!shown.back && shown.times > shown.parts && shown.times <= 404);
	fixture_end(&f);
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		RUN(an_old_desk_is_refused_then_upgraded_and_nothing_of_its_chain_changes),
		RUN(who_waits_for_an_upgrade_is_told_how_far_it_is),
	};

	assert_int_equal(argc, 2);
	old_path = argv[1];
	return cmocka_run_group_tests(tests, NULL, NULL);
}
