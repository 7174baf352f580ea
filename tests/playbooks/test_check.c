/* The lists of steps: where their lines come from, who ticks what, two at once,
 * and what being done asks for. */
#include "tests/test.h"

#include <stdio.h>

#include "core/asset.h"
#include "core/change.h"
#include "core/contact.h"
#include "core/group.h"
#include "core/mem.h"
#include "core/point_act.h"
#include "core/undo.h"
#include "playbooks/cacao.h"
#include "playbooks/check.h"
#include "playbooks/library.h"
#include "playbooks/steps_json.h"
#include "tests/playbooks/on_desk.h"
#include "tests/playbooks/plan.h"

#define LIST(name, next, list) ACTION_WITH(name, \
	"\"step_extensions\":{\"" SUCO_EXTENSION "\":{\"checklist\":" list "}}," \
	"\"on_completion\":\"" next "\"")
#define FIVE_LISTS PLAN("", START("@action1") "," \
	LIST("@action1", "@action2", "{\"source\":\"group\",\"of\":[\"ba\"]," \
		"\"columns\":[\"tình trạng\",\"từ giờ\",\"người báo\"]}") "," \
	LIST("@action2", "@action3", "{\"source\":\"points\"," \
		"\"columns\":[\"đã báo\",\"xác nhận\",\"lời dặn\"]}") "," \
	LIST("@action3", "@action4", "{\"source\":\"dependants\",\"of\":[\"MAY\"]}") "," \
	LIST("@action4", "@action5", "{\"source\":\"stop_order\",\"of\":[\"MAY\"]}") "," \
	LIST("@action5", "@action6", "{\"source\":\"told_at_step\"," \
		"\"of\":[\"@action1\",\"@action2\"],\"columns\":[\"đã báo lại\"]}") "," \
	LIST("@action6", "@action7", "{\"source\":\"typed\",\"columns\":[\"máy\"]}") "," \
	LIST("@action7", "@end1", "{\"source\":\"typed\",\"columns\":[\"đã cài\"]}") "," \
	END("@end1"))

#define ON_MAY "\"depends_on\":[{\"on\":\"MAY\",\"assumed\":false,\"source\":\"x\"}]"

static char step_id[64];

/* "@action3" as a step id. */
static const char *
id_of(int n)
{
	char short_id[16];
	char *full;

	(void)snprintf(short_id, sizeof short_id, "@action%d", n);
	full = expand(short_id);
	(void)snprintf(step_id, sizeof step_id, "%s", full);
	free(full);
	return step_id;
}

static void
thing(bool (*make)(struct desk *, const char *, const struct json *, struct error *),
	const char *code, const char *text)
{
	struct json *given = NULL;

	CHECK_OK(json_parse(&given, text, strlen(text), NULL, &err), err);
	CHECK_OK(make(desk, code, given, &err), err);
	json_free(given);
}

static void
begin_lists(void)
{
	char *full = expand(FIVE_LISTS);
	char hash[HASH_SIZE];

	begin_desk("link");
	thing(unit_add, "t-1", "{\"name\":\"Xã Một\",\"kind\":\"commune\"}");
	thing(unit_add, "t-2", "{\"name\":\"Xã Hai\",\"kind\":\"commune\"}");
	thing(unit_add, "t-3", "{\"name\":\"Xã Ba\",\"kind\":\"commune\"}");
	thing(group_add, "hai", "{\"name\":\"hai\",\"of\":\"unit\",\"members\":[\"t-2\",\"t-3\"]}");
	thing(group_add, "ba", "{\"name\":\"ba\",\"of\":\"unit\",\"members\":[\"t-1\",\"t-2\"],"
		"\"includes\":[\"hai\"]}");
	thing(asset_add, "MAY", "{\"name\":\"Máy\"}");
	thing(asset_add, "A", "{\"name\":\"Hệ A\"," ON_MAY ","
		"\"stop_order\":2}");
	thing(asset_add, "B", "{\"name\":\"Hệ B\",\"depends_on\":[{\"on\":\"A\","
		"\"assumed\":true,\"source\":\"x\"}]}");
	thing(asset_add, "C", "{\"name\":\"Hệ C\"," ON_MAY ","
		"\"stop_order\":1}");
	CHECK_OK(library_import(desk, full, strlen(full), NULL, hash, &err), err);
	free(full);
	(void)begin("test");
}

static struct step_list
open_list(int n)
{
	struct step_list list;

	CHECK_OK(step_list_open(&list, desk, case_id, id_of(n), &err), err);
	return list;
}

/* Names of the lines with what is ticked: "x Xã Một, - Xã Hai". */
static void
check_lines(int n, const char *should)
{
	struct step_list step = open_list(n);
	struct check_list list;
	struct buf is = { 0 };
	int ticked = 0;
	int total = 0;

	CHECK_OK(check_list_load(&list, desk, &step.step, &err), err);
	for (int i = 0; i < list.rows.count; i++) {
		const struct point *p = &list.rows.rows[i];

		CHECK_INT(p->n, i + 1);
		buf_addf(&is, "%s%s %s%s%s", i > 0 ? ", " : "",
			p->ticked_at != 0 ? "x" : "-", p->name, p->state[0] != '\0' ? "/" : "",
			p->state);
	}
	CHECK_STR(buf_text(&is), should);
	CHECK_OK(check_list_count(&ticked, &total, desk, &step.step, &err), err);
	CHECK_INT(ticked, list.ticked);
	CHECK_INT(total, list.rows.count);
	buf_free(&is);
	check_list_clear(&list);
	step_list_close(&step);
}

static bool
tick(int n, int line, const char *assignment, bool off)
{
	struct step_list step = open_list(n);
	bool ok = check_list_tick(desk, &step.step, &(struct check_tick){ .numbers = &line,
		.count = 1, .assignments = &assignment,
		.assignment_count = assignment == NULL ? 0 : 1, .off = off }, &err);

	step_list_close(&step);
	return ok;
}

static void
cell(int n, int line, int column, const char *should)
{
	struct step_list step = open_list(n);
	struct check_list list;
	char *text;

	CHECK_OK(check_list_load(&list, desk, &step.step, &err), err);
	text = check_list_cell(&list, &list.rows.rows[line - 1], column, desk);
	CHECK_STR(text, should);
	free(text);
	check_list_clear(&list);
	step_list_close(&step);
}

static int64_t
last_seq(void)
{
	int64_t seq = 0;
	static const struct sql LAST = { "LAST", "", "SELECT MAX(seq) FROM event", NULL };

	CHECK_OK(db_one_int(desk_db(desk), &LAST, &seq, &err, NOARGS), err);
	return seq;
}

static bool
read_names(struct point_lines *lines, const char *text)
{
	return point_lines_read(lines, text, strlen(text), &err);
}

/* Sits another member down at the same desk. */
static void
sit(const char *login)
{
	struct actor *me = (struct actor *)(uintptr_t)desk_me(desk);

	(void)snprintf(me->login, sizeof me->login, "%s", login);
}

TEST(reading_a_list_writes_nothing_and_the_first_tick_writes_its_lines)
{
	int64_t before;

	begin_lists();
	before = last_seq();
	check_lines(1, "- Xã Một, - Xã Hai, - Xã Ba");
	CHECK_INT(last_seq(), before);
	CHECK_OK(tick(1, 2, NULL, false), err);
	CHECK_INT(last_seq(), before + 2);
	check_lines(1, "- Xã Một, x Xã Hai, - Xã Ba");
	/* Once more by the same member: nothing. */
	CHECK_OK(tick(1, 2, NULL, false), err);
	CHECK_INT(last_seq(), before + 2);
	CHECK_OK(tick(1, 2, NULL, true), err);
	check_lines(1, "- Xã Một, - Xã Hai, - Xã Ba");
	CHECK_OK(undo_last(desk, case_id, &err), err);
	check_lines(1, "- Xã Một, x Xã Hai, - Xã Ba");
	CHECK_ERR(tick(1, 9, NULL, false), err, ERR_NOT_FOUND);
	end_desk();
}

TEST(what_the_register_gains_later_joins_the_list_behind_what_is_there)
{
	begin_lists();
	CHECK_OK(tick(1, 1, NULL, false), err);
	thing(unit_add, "a-0", "{\"name\":\"Xã Không\",\"kind\":\"commune\"}");
	thing(group_set, "ba", "{\"members\":[\"a-0\",\"t-1\",\"t-2\"]}");
	check_lines(1, "x Xã Một, - Xã Hai, - Xã Ba, - Xã Không");
	CHECK_OK(tick(1, 4, NULL, false), err);
	check_lines(1, "x Xã Một, - Xã Hai, - Xã Ba, x Xã Không");
	end_desk();
}

TEST(two_people_tick_at_once_without_loss_and_the_second_hears_who_was_first)
{
	begin_lists();
	sit("ha");
	CHECK_OK(tick(1, 1, "người báo=bà B", false), err);
	sit("binh");
	CHECK_OK(tick(1, 2, NULL, false), err);
	CHECK_ERR(tick(1, 1, NULL, false), err, ERR_CONFLICT);
	assert_non_null(strstr(err.message, "Hà"));
	/* Another column of the same line: both stay. */
	CHECK_OK(tick(1, 1, "từ giờ=02:00", false), err);
	cell(1, 1, 2, "bà B");
	cell(1, 1, 1, "02:00");
	check_lines(1, "x Xã Một, x Xã Hai, - Xã Ba");
	sit("ha");
	end_desk();
}

TEST(done_with_lines_left_wants_a_reason_and_the_timeline_says_how_many)
{
	struct json *steps = NULL;
	struct case_runs runs;

	begin_lists();
	CHECK_OK(tick(1, 1, NULL, false), err);
	CHECK_ERR(try_step(id_of(1), RUN_DONE, NULL, NULL), err, ERR_REFUSED);
	assert_non_null(strstr(err.message, "2 of 3"));
	CHECK_OK(case_runs_load(&runs, desk, case_id, &err), err);
	CHECK_OK(case_steps_json(&steps, desk, &runs, &err), err);
	CHECK_INT(json_get_int(json_get(json_at(steps, 0), "checklist"), "ticked", -1), 1);
	CHECK_INT(json_get_int(json_get(json_at(steps, 0), "checklist"), "total", -1), 3);
	CHECK(json_is(json_get(json_at(steps, 1), "checklist"), JSON_NULL));
	json_free(steps);
	case_runs_finish(&runs);
	CHECK_OK(try_step(id_of(1), RUN_DONE, "hai xã không gọi được", NULL), err);
	/* The list of a step that has ended stands as it is. */
	CHECK_ERR(tick(1, 2, NULL, false), err, ERR_REFUSED);
	check_lines(1, "x Xã Một, - Xã Hai, - Xã Ba");
	end_desk();
}

TEST(pasted_places_are_the_list_that_finds_them_and_the_rest_is_not_hit)
{
	struct point_report report;
	struct point_lines lines;
	struct step_list step;
	struct check_list list;
	int ticked = 0;
	int total = 0;

	begin_lists();
	CHECK_OK(read_names(&lines, "xã một\nTrường A"), err);
	CHECK_OK(point_add(desk, case_id, &(struct point_new){ .lines = &lines }, &report,
		&err), err);
	point_report_clear(&report);
	point_lines_clear(&lines);
	step = open_list(1);
	CHECK_OK(check_list_load(&list, desk, &step.step, &err), err);
	CHECK(check_line_ticked(&list, &list.rows.rows[0]));
	CHECK(!check_line_ticked(&list, &list.rows.rows[1]));
	CHECK_INT(list.ticked, 1);
	CHECK_OK(check_list_count(&ticked, &total, desk, &step.step, &err), err);
	CHECK_INT(ticked, 1);
	CHECK_INT(total, 3);
	check_list_clear(&list);
	step_list_close(&step);
	CHECK_OK(try_step(id_of(1), RUN_DONE, NULL, NULL), err);
	end_desk();
}

TEST(all_ticked_needs_no_reason)
{
	begin_lists();
	for (int line = 1; line <= 3; line++) {
		CHECK_OK(tick(1, line, NULL, false), err);
	}
	CHECK_OK(try_step(id_of(1), RUN_DONE, NULL, NULL), err);
	end_desk();
}

TEST(a_unit_that_is_said_to_be_down_becomes_a_place_of_the_case)
{
	struct point_list places;

	begin_lists();
	CHECK_OK(tick(1, 3, "tình trạng=mất kết nối", false), err);
	CHECK_OK(point_load(&places, desk, case_id, "", &err), err);
	CHECK_INT(places.count, 1);
	CHECK_STR(places.rows[0].ref, "t-3");
	CHECK_STR(places.rows[0].state, "down");
	point_list_clear(&places);
	/* From now on the column is the place's own. */
	CHECK_OK(tick(1, 3, "tình trạng=thông lại", false), err);
	CHECK_OK(point_load(&places, desk, case_id, "", &err), err);
	CHECK_INT(places.count, 1);
	CHECK_STR(places.rows[0].state, "back");
	point_list_clear(&places);
	CHECK_ERR(tick(1, 2, "tình trạng=hỏng", false), err, ERR_BAD_INPUT);
	check_lines(1, "- Xã Một, - Xã Hai, x Xã Ba");
	end_desk();
}

TEST(a_list_of_places_writes_into_the_places_and_a_tick_tells)
{
	struct point_report report;
	struct point_list places;
	struct point_lines lines;

	begin_lists();
	CHECK_OK(try_step(id_of(1), RUN_DONE, "không gọi", NULL), err);
	CHECK_OK(read_names(&lines, "Xã Một\nTrường A"), err);
	CHECK_OK(point_add(desk, case_id, &(struct point_new){ .lines = &lines }, &report,
		&err), err);
	point_report_clear(&report);
	point_lines_clear(&lines);
	check_lines(2, "- Xã Một, - Trường A");
	CHECK_OK(tick(2, 2, "xác nhận=ông C", false), err);
	CHECK_OK(tick(2, 1, "lời dặn=gọi lại sau", false), err);
	check_lines(2, "x Xã Một, x Trường A");
	CHECK_OK(point_load(&places, desk, case_id, "", &err), err);
	CHECK_INT(places.rows[0].told_at, now_ms);
	CHECK_STR(places.rows[1].confirmed_by, "ông C");
	CHECK_INT(places.rows[1].confirmed_at, now_ms);
	point_list_clear(&places);
	cell(2, 2, 1, "ông C");
	cell(2, 1, 2, "gọi lại sau");
	CHECK_ERR(tick(2, 1, "màu=đỏ", false), err, ERR_BAD_INPUT);
	/* A place that joins the case joins the list. */
	CHECK_OK(read_names(&lines, "Xã Ba"), err);
	CHECK_OK(point_add(desk, case_id, &(struct point_new){ .lines = &lines }, &report,
		&err), err);
	point_report_clear(&report);
	point_lines_clear(&lines);
	CHECK_OK(tick(2, 3, NULL, false), err);
	check_lines(2, "x Xã Một, x Trường A, x Xã Ba");
	/* Who was told at steps 1 and 2 hears of the end. */
	CHECK_OK(try_step(id_of(2), RUN_DONE, NULL, NULL), err);
	CHECK_OK(try_step(id_of(3), RUN_DONE, "bỏ", NULL), err);
	CHECK_OK(try_step(id_of(4), RUN_DONE, "bỏ", NULL), err);
	check_lines(5, "- Xã Một, - Trường A, - Xã Ba");
	end_desk();
}

TEST(systems_stand_with_their_mark_and_in_the_approved_order)
{
	begin_lists();
	CHECK_OK(try_step(id_of(1), RUN_DONE, "bỏ", NULL), err);
	CHECK_OK(try_step(id_of(2), RUN_DONE, "bỏ", NULL), err);
	check_lines(3, "- Hệ A/documented, - Hệ C/documented, - Hệ B/assumed");
	CHECK_OK(try_step(id_of(3), RUN_DONE, "bỏ", NULL), err);
	/* Approved first, in its order; then the farthest. */
	check_lines(4, "- Hệ C/approved, - Hệ A/approved, - Hệ B/no_order");
	end_desk();
}

TEST(typed_lines_are_added_once)
{
	struct point_lines lines;
	struct step_list step;
	int added;

	begin_lists();
	for (int n = 1; n <= 5; n++) {
		CHECK_OK(try_step(id_of(n), RUN_DONE, "bỏ", NULL), err);
	}
	check_lines(6, "");
	step = open_list(6);
	CHECK_OK(read_names(&lines, "1. Máy 01\n2. Máy 02\n- may 01"), err);
	CHECK_OK(check_list_add(desk, &step.step, &lines, &added, &err), err);
	CHECK_INT(added, 2);
	CHECK_OK(check_list_add(desk, &step.step, &lines, &added, &err), err);
	CHECK_INT(added, 0);
	point_lines_clear(&lines);
	step_list_close(&step);
	check_lines(6, "- Máy 01, - Máy 02");
	CHECK_ERR(try_step(id_of(6), RUN_DONE, NULL, NULL), err, ERR_REFUSED);
	end_desk();
}

/* What check_list_before() gives for the list of step n. */
static void
check_before(int n, const char *should)
{
	struct step_list step = open_list(n);
	struct buf is = { 0 };

	CHECK_OK(check_list_before(&is, desk, &step.step, &err), err);
	CHECK_STR(buf_text(&is), should);
	buf_free(&is);
	step_list_close(&step);
}

TEST(names_typed_into_one_list_are_offered_to_the_next_that_is_typed_and_empty)
{
	struct point_lines lines;
	struct step_list step;
	int added;

	begin_lists();
	check_before(1, "");
	for (int n = 1; n <= 5; n++) {
		CHECK_OK(try_step(id_of(n), RUN_DONE, "bỏ", NULL), err);
	}
	check_before(6, "");
	step = open_list(6);
	CHECK_OK(read_names(&lines, "Máy 02\nMáy 01"), err);
	CHECK_OK(check_list_add(desk, &step.step, &lines, &added, &err), err);
	step_list_close(&step);
	check_before(6, "");
	CHECK_OK(try_step(id_of(6), RUN_DONE, "đủ", NULL), err);
	check_before(7, "Máy 02\nMáy 01\n");
	step = open_list(7);
	CHECK_OK(check_list_add(desk, &step.step, &lines, &added, &err), err);
	step_list_close(&step);
	point_lines_clear(&lines);
	check_before(7, "");
	end_desk();
}

/* Rule 3 of cacao.md 2: in order, each ticked; done after the last. */
TEST(rule_3_the_commands_of_a_step_are_ticked_one_by_one)
{
	char *full = expand(PLAN("", START("@action1") ",\"@action1\":{\"type\":\"action\","
		"\"name\":\"isolate\",\"agent\":\"@group1\",\"commands\":["
		"{\"type\":\"manual\",\"command\":\"Rút cáp mạng\\nghi giờ\"},"
		"{\"type\":\"bash\",\"command\":\"ip link set eth0 down\"},"
		"{\"type\":\"ssh\",\"command_b64\":\"bHM=\"}],"
		"\"on_completion\":\"@action2\"}," ACTION("@action2", "@end1") "," END("@end1")));
	char hash[HASH_SIZE];
	struct step_list one;

	begin_desk("attack");
	CHECK_OK(library_import(desk, full, strlen(full), NULL, hash, &err), err);
	free(full);
	(void)begin("test");
	check_lines(1, "- 1. Rút cáp mạng, - 2. bash: ip link set eth0 down, - 3. ssh");
	CHECK_ERR(try_step(id_of(1), RUN_DONE, "", NULL), err, ERR_REFUSED);
	CHECK(tick(1, 1, NULL, false) && tick(1, 2, NULL, false));
	CHECK_ERR(try_step(id_of(1), RUN_DONE, "", NULL), err, ERR_REFUSED);
	CHECK(tick(1, 3, NULL, false));
	check_lines(1, "x 1. Rút cáp mạng, x 2. bash: ip link set eth0 down, x 3. ssh");
	CHECK_OK(try_step(id_of(1), RUN_DONE, "", NULL), err);
	/* One command is the step itself. */
	CHECK(!step_list_open(&one, desk, case_id, id_of(2), &err));
	end_desk();
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(reading_a_list_writes_nothing_and_the_first_tick_writes_its_lines),
		RUN(what_the_register_gains_later_joins_the_list_behind_what_is_there),
		RUN(two_people_tick_at_once_without_loss_and_the_second_hears_who_was_first),
		RUN(done_with_lines_left_wants_a_reason_and_the_timeline_says_how_many),
		RUN(pasted_places_are_the_list_that_finds_them_and_the_rest_is_not_hit),
		RUN(all_ticked_needs_no_reason),
		RUN(a_unit_that_is_said_to_be_down_becomes_a_place_of_the_case),
		RUN(a_list_of_places_writes_into_the_places_and_a_tick_tells),
		RUN(systems_stand_with_their_mark_and_in_the_approved_order),
		RUN(typed_lines_are_added_once),
		RUN(rule_3_the_commands_of_a_step_are_ticked_one_by_one),
		RUN(names_typed_into_one_list_are_offered_to_the_next_that_is_typed_and_empty),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
