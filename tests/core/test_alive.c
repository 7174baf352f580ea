/* What is not well beside the cases: the two lower rows of the desk. */
#include "tests/fixture.h"

#include <stdio.h>

#include "core/alive.h"
#include "core/asset.h"
#include "core/case_open.h"
#include "core/change.h"
#include "core/i18n.h"
#include "core/thing.h"

#define MINUTE INT64_C(60000)

static void
asset(struct fixture *f, const char *code, const char *more)
{
	struct error err = ERROR_INIT;
	struct json *given = NULL;

	CHECK_OK(json_parse(&given, more, strlen(more), NULL, &err), err);
	CHECK_OK(asset_add(f->desk, code, given, &err), err);
	json_free(given);
}

static void
say_state(struct fixture *f, const char *code, const char *word)
{
	struct error err = ERROR_INIT;
	struct json *given = json_object();

	json_set_text(given, "state", word);
	CHECK_OK(asset_set(f->desk, code, given, &err), err);
	json_free(given);
}

static void
scene(struct fixture *f)
{
	(void)i18n_start("en", NULL);
	fixture_memory(f);
	asset(f, "TTDL", "{\"name\":\"TTDL\",\"kind\":\"data_centre\",\"state\":\"normal\"}");
	asset(f, "LGSP", "{\"name\":\"LGSP\",\"kind\":\"platform\",\"state\":\"normal\"}");
	asset(f, "TSLCD", "{\"name\":\"TSLCD\",\"kind\":\"network\",\"state\":\"normal\","
		"\"counts\":[{\"what\":\"xã\",\"number\":96,\"source\":\"x\"}]}");
}

static struct alive
read(struct fixture *f)
{
	struct error err = ERROR_INIT;
	struct alive alive;

	CHECK_OK(alive_load(&alive, f->desk, &err), err);
	return alive;
}

static void
says(const struct fixture *f, const struct alive *alive, int n, int64_t now, const char *wanted)
{
	char *words;

	CHECK(n < alive->count);
	words = alive_system_words(&alive->systems[n], now, desk_zone(f->desk));
	CHECK_STR(words, wanted);
	free(words);
}

struct number {
	const char *column;
	int64_t value;
};

/* A row of a thing of a case, as its owner's act would make it. */
static void
thing(struct fixture *f, const char *name, const char *case_id, const char *texts[][2],
	const struct number *numbers)
{
	struct error err = ERROR_INIT;
	struct json *body;
	char id[UUID_SIZE], kind[64];

	CHECK_OK(change_begin(f->desk, &err), err);
	body = thing_new(f->desk, name, id);
	for (int i = 0; texts[i][0] != NULL; i++) {
		row_text(body, texts[i][0], texts[i][1]);
	}
	for (int i = 0; numbers[i].column != NULL; i++) {
		row_int(body, numbers[i].column, numbers[i].value);
	}
	snprintf(kind, sizeof(kind), "%s_added", name);
	change_add(f->desk, kind, case_id, body);
	CHECK_OK(change_end(f->desk, true, &err), err);
}

static void
case_on(struct fixture *f, const char *code, bool drill, char id[UUID_SIZE])
{
	struct error err = ERROR_INIT;

	CHECK_OK(case_open(f->desk, &(struct case_new){ .kind = "link", .title = "x",
		.asset = code, .drill = drill }, id, &err), err);
}

TEST(a_desk_where_all_is_well_has_no_rows)
{
	struct fixture f;
	struct alive alive;
	char *rest;

	scene(&f);
	alive = read(&f);
	CHECK(!alive_says_systems(&alive));
	CHECK(!alive_says_outside(&alive));
	rest = alive_rest_words(&alive);
	CHECK_STR(rest, "the rest is well");
	free(rest);
	fixture_end(&f);
}

TEST(a_system_without_standby_stays_until_somebody_says_that_it_is_back)
{
	struct fixture f;
	struct alive alive;

	scene(&f);
	fixture_as(&f, "lan");
	say_state(&f, "LGSP", "no_standby");
	fixture_later(&f, 5 * 24 * 60 * MINUTE);
	alive = read(&f);
	CHECK_INT(alive.count, 1);
	says(&f, &alive, 0, f.now, "LGSP NO STANDBY since 21/11 02:10");
	say_state(&f, "LGSP", "normal");
	alive = read(&f);
	CHECK_INT(alive.count, 0);
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(a_viewer_cannot_say_how_a_system_is_and_a_responder_not_what_it_is)
{
	struct error err = ERROR_INIT;
	struct json *given = json_object();
	struct fixture f;

	scene(&f);
	json_set_text(given, "state", "down");
	fixture_as(&f, "xem");
	CHECK_ERR(asset_set(f.desk, "LGSP", given, &err), err, ERR_FORBIDDEN);
	fixture_as(&f, "lan");
	json_set_text(given, "name", "khác");
	CHECK_ERR(asset_set(f.desk, "LGSP", given, &err), err, ERR_FORBIDDEN);
	json_free(given);
	fixture_end(&f);
}

TEST(since_when_a_system_is_so_must_be_a_time)
{
	struct error err = ERROR_INIT;
	struct json *given = json_object();
	struct fixture f;

	scene(&f);
	json_set_text(given, "state", "down");
	json_set_int(given, "since", 5);
	CHECK_ERR(asset_set(f.desk, "LGSP", given, &err), err, ERR_BAD_INPUT);
	json_free(given);
	fixture_end(&f);
}

TEST(a_battery_counts_down_without_being_read_again)
{
	const char *texts[][2] = { { "label", "battery" }, { "state", "running" },
		{ NULL, NULL } };
	struct fixture f;
	struct alive alive;
	char id[UUID_SIZE];

	scene(&f);
	case_on(&f, "TTDL", false, id);
	thing(&f, "countdown", id, texts, (const struct number[]){
		{ "n", 1 }, { "minutes", 45 }, { "ends_at", f.now + 45 * MINUTE },
		{ NULL, 0 } });
	alive = read(&f);
	says(&f, &alive, 0, f.now, "TTDL battery 45m");
	says(&f, &alive, 0, f.now + 7 * MINUTE, "TTDL battery 38m");
	says(&f, &alive, 0, f.now + 46 * MINUTE, "TTDL battery OVER");
	CHECK(alive_system_bad(&alive.systems[0], f.now));
	fixture_end(&f);
}

TEST(points_that_are_down_count_against_what_the_system_has)
{
	const char *texts[][2] = { { "name", "Xã 01" }, { "state", "down" },
		{ NULL, NULL } };
	struct fixture f;
	struct alive alive;
	char id[UUID_SIZE], drill[UUID_SIZE];

	scene(&f);
	case_on(&f, "TSLCD", false, id);
	case_on(&f, "TSLCD", true, drill);
	for (int n = 1; n <= 13; n++) {
		thing(&f, "point", id, texts, (const struct number[]){
			{ "n", n }, { "down_since", f.now },
			{ NULL, 0 } });
	}
	thing(&f, "point", id, texts, (const struct number[]){
			{ "n", 14 }, { NULL, 0 } });
	thing(&f, "point", drill, texts, (const struct number[]){
			{ "n", 1 }, { "down_since", f.now }, { NULL, 0 } });
	alive = read(&f);
	CHECK_INT(alive.count, 1);
	says(&f, &alive, 0, f.now, "TSLCD 13/96 lost");
	fixture_end(&f);
}

TEST(what_runs_out_comes_before_what_is_down_and_that_before_the_rest)
{
	const char *texts[][2] = { { "label", "battery" }, { "state", "running" },
		{ NULL, NULL } };
	struct fixture f;
	struct alive alive;
	char id[UUID_SIZE];

	scene(&f);
	say_state(&f, "LGSP", "slow");
	say_state(&f, "TSLCD", "down");
	case_on(&f, "TTDL", false, id);
	thing(&f, "countdown", id, texts, (const struct number[]){
			{ "n", 1 }, { "ends_at", f.now + MINUTE },
		{ NULL, 0 } });
	alive = read(&f);
	CHECK_INT(alive.count, 3);
	CHECK_STR(alive.systems[0].code, "TTDL");
	CHECK_STR(alive.systems[1].code, "TSLCD");
	CHECK_STR(alive.systems[2].code, "LGSP");
	fixture_end(&f);
}

TEST(a_promise_is_over_when_its_time_comes_though_nothing_is_read)
{
	const char *texts[][2] = { { "what", "nối tuyến" }, { "state", "open" },
		{ NULL, NULL } };
	struct fixture f;
	struct alive alive;
	char id[UUID_SIZE];
	char *words;
	bool late;

	scene(&f);
	case_on(&f, "TSLCD", false, id);
	for (int n = 1; n <= 3; n++) {
		thing(&f, "waiting", id, texts, (const struct number[]){
			{ "n", n }, { "promised_at", f.now
			+ (n - 1) * 10 * MINUTE - 1 }, { NULL, 0 } });
	}
	alive = read(&f);
	words = alive_outside_words(&alive, 0, 0, f.now, &late);
	CHECK_STR(words, "Waiting outside 3, over 1");
	CHECK(late);
	free(words);
	words = alive_outside_words(&alive, 0, 0, f.now + 10 * MINUTE, &late);
	CHECK_STR(words, "Waiting outside 3, over 2");
	free(words);
	CHECK(alive_outside_words(&alive, 1, 0, f.now, &late) == NULL);
	fixture_end(&f);
}

TEST(the_nearest_lawful_clock_stands_with_its_case)
{
	const char *texts[][2] = { { "title", "báo cáo 24 giờ" },
		{ "title_en", "24-hour report" }, { "state", "running" }, { NULL, NULL } };
	struct fixture f;
	struct alive alive;
	char id[UUID_SIZE];
	char *words;
	bool late;

	scene(&f);
	case_on(&f, "TSLCD", false, id);
	thing(&f, "deadline", id, texts, (const struct number[]){
			{ "n", 1 }, { "due_at", f.now + 90 * MINUTE },
		{ NULL, 0 } });
	alive = read(&f);
	words = alive_outside_words(&alive, 0, 0, f.now, &late);
	CHECK_STR(words, "24-hour report: 2026-1 in 1h30");
	CHECK(!late);
	free(words);
	fixture_end(&f);
}

TEST(a_time_of_our_own_without_a_reason_is_named_all_the_same)
{
	const char *texts[][2] = { { "title", "" }, { "state", "running" }, { NULL, NULL } };
	struct fixture f;
	struct alive alive;
	char id[UUID_SIZE];

	scene(&f);
	case_on(&f, "TSLCD", false, id);
	thing(&f, "deadline", id, texts, (const struct number[]){
			{ "n", 1 }, { "due_at", f.now + 90 * MINUTE },
		{ NULL, 0 } });
	alive = read(&f);
	CHECK_STR(alive.deadline_title, "must be back");
	fixture_end(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(a_desk_where_all_is_well_has_no_rows),
		RUN(a_system_without_standby_stays_until_somebody_says_that_it_is_back),
		RUN(a_viewer_cannot_say_how_a_system_is_and_a_responder_not_what_it_is),
		RUN(since_when_a_system_is_so_must_be_a_time),
		RUN(a_battery_counts_down_without_being_read_again),
		RUN(points_that_are_down_count_against_what_the_system_has),
		RUN(what_runs_out_comes_before_what_is_down_and_that_before_the_rest),
		RUN(a_promise_is_over_when_its_time_comes_though_nothing_is_read),
		RUN(the_nearest_lawful_clock_stands_with_its_case),
		RUN(a_time_of_our_own_without_a_reason_is_named_all_the_same),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
