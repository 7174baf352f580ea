/* Scenes to be kept, evidence handed over, work announced on systems. */
#include "tests/fixture.h"

#include <stdio.h>

#include "core/asset.h"
#include "core/case_open.h"
#include "core/custody.h"
#include "core/document.h"
#include "core/evidence.h"
#include "core/hold.h"
#include "core/planned.h"
#include "core/point_act.h"
#include "core/point_lines.h"

#define HOUR INT64_C(3600000)

static void
asset(struct fixture *f, const char *code, const char *on)
{
	struct error err = ERROR_INIT;
	struct json *given = json_object();

	json_set_text(given, "name", code);
	json_set_text(given, "kind", "platform");
	if (on != NULL) {
		json_set_text(given, "depends-on", on);
	}
	CHECK_OK(asset_add(f->desk, code, given, &err), err);
	json_free(given);
}

/* A hardware case on LGSP, which depends on UPS. */
static void
scene(struct fixture *f, char id[UUID_SIZE])
{
	struct error err = ERROR_INIT;

	fixture_memory(f);
	asset(f, "UPS", NULL);
	asset(f, "LGSP", "UPS");
	asset(f, "MAIL", NULL);
	CHECK_OK(case_open(f->desk, &(struct case_new){ .kind = "hardware",
		.title = "Máy chính LGSP hỏng", .asset = "LGSP" }, id, &err), err);
}

static bool
count_hold(const struct hold *hold, void *arg)
{
	(void)hold;
	(*(int *)arg)++;
	return true;
}

static int
holds(struct fixture *f, const char *case_id, bool standing)
{
	struct error err = ERROR_INIT;
	int count = 0;

	CHECK_OK(hold_each(f->desk, case_id, standing, count_hold, &count, &err), err);
	return count;
}

/* What the tests of holds stand on: a case, a paper, what came of placing it. */
struct keeping {
	struct fixture f;
	struct hold_new what;
	char id[UUID_SIZE];
	bool fresh;
	int n;
};

static void
keep_scene(struct keeping *k)
{
	k->what = (struct hold_new){ .body = "Công an tỉnh", .document = "12/CV-PA05",
		.date = "20/11/2026", .what = "nhật ký máy chủ" };
	scene(&k->f, k->id);
}

static bool
place(struct keeping *k, struct error *err)
{
	return hold_place(k->f.desk, &k->what, &k->n, &k->fresh, err);
}

TEST(a_hold_on_a_case_blocks_until_it_is_released_with_name_and_document)
{
	struct error err = ERROR_INIT;
	struct keeping k;

	keep_scene(&k);
	CHECK(hold_allows(k.f.desk, k.id, "step 16", &err));
	k.what.case_id = k.id;
	CHECK_OK(place(&k, &err), err);
	CHECK(k.fresh);
	CHECK_INT(k.n, 1);
	CHECK_ERR(hold_allows(k.f.desk, k.id, "step 16", &err), err, ERR_REFUSED);
	CHECK(strstr(err.message, "Công an tỉnh, 12/CV-PA05 (20/11/2026)") != NULL);
	CHECK(strstr(err.how, "suco scene release 1") != NULL);
	CHECK_ERR(hold_release(k.f.desk, 1, "", "15/CV", &err), err, ERR_BAD_INPUT);
	CHECK_ERR(hold_release(k.f.desk, 1, "Thiếu tá Bình", " ", &err), err, ERR_BAD_INPUT);
	CHECK_OK(hold_release(k.f.desk, 1, "Thiếu tá Bình", "15/CV", &err), err);
	CHECK_OK(hold_allows(k.f.desk, k.id, "step 16", &err), err);
	CHECK_INT(holds(&k.f, k.id, true), 0);
	CHECK_INT(holds(&k.f, k.id, false), 1);
	fixture_whole(&k.f);
	fixture_end(&k.f);
}

TEST(a_hold_on_a_system_blocks_every_case_of_it_and_no_other)
{
	struct error err = ERROR_INIT;
	struct keeping k;
	char other[UUID_SIZE];

	keep_scene(&k);
	fixture_case(&k.f, "Mất điện", other);
	k.what.asset = "LGSP";
	CHECK_OK(place(&k, &err), err);
	CHECK_ERR(hold_allows(k.f.desk, k.id, "x", &err), err, ERR_REFUSED);
	CHECK_OK(hold_allows(k.f.desk, other, "x", &err), err);
	fixture_whole(&k.f);
	fixture_end(&k.f);
}

/* Machines of a case stand among its places; the paper of the police names one. */
TEST(a_hold_on_a_system_among_the_places_blocks_the_case_too)
{
	struct error err = ERROR_INIT;
	struct point_report report;
	struct point_lines lines;
	struct keeping k;
	char other[UUID_SIZE];

	keep_scene(&k);
	fixture_case(&k.f, "Mã hóa dữ liệu", other);
	CHECK_OK(point_lines_read(&lines, "MAIL\n", 5, &err), err);
	CHECK_OK(point_add(k.f.desk, other, &(struct point_new){ .lines = &lines,
		.state = "down" }, &report, &err), err);
	point_report_clear(&report);
	point_lines_clear(&lines);
	k.what.asset = "MAIL";
	CHECK_OK(place(&k, &err), err);
	CHECK_ERR(hold_allows(k.f.desk, other, "x", &err), err, ERR_REFUSED);
	CHECK_OK(hold_allows(k.f.desk, k.id, "x", &err), err);
	CHECK_INT(holds(&k.f, other, false), 1);
	CHECK_OK(hold_release(k.f.desk, k.n, "Thiếu tá Bình", "15/CV", &err), err);
	CHECK_OK(hold_allows(k.f.desk, other, "x", &err), err);
	CHECK_INT(holds(&k.f, other, false), 1);
	fixture_end(&k.f);
}

TEST(the_same_paper_again_appends_nothing_and_names_the_one_that_stands)
{
	struct error err = ERROR_INIT;
	struct keeping k;
	int64_t before;

	keep_scene(&k);
	k.what.case_id = k.id;
	CHECK_OK(place(&k, &err), err);
	before = fixture_verify(k.f.desk).events;
	k.n = 0;
	CHECK_OK(place(&k, &err), err);
	CHECK(!k.fresh);
	CHECK_INT(k.n, 1);
	CHECK_INT(fixture_verify(k.f.desk).events, before);
	k.what.document = "13/CV-PA05";
	CHECK_OK(place(&k, &err), err);
	CHECK(k.fresh);
	CHECK_INT(k.n, 2);
	fixture_end(&k.f);
}

TEST(the_police_telephone_first_and_their_paper_goes_to_what_stands)
{
	struct error err = ERROR_INIT;
	struct keeping k;
	int64_t before;

	keep_scene(&k);
	k.what.case_id = k.id;
	k.what.document = k.what.date = NULL;
	CHECK_OK(place(&k, &err), err);
	CHECK_ERR(hold_allows(k.f.desk, k.id, "x", &err), err, ERR_REFUSED);
	CHECK(strstr(err.message, "Công an tỉnh, paper to come") != NULL);
	err = ERROR_INIT;
	before = fixture_verify(k.f.desk).events;
	CHECK_OK(place(&k, &err), err);
	CHECK(!k.fresh);
	CHECK_INT(fixture_verify(k.f.desk).events, before);
	k.what.document = "12/CV-PA05";
	k.what.date = "20/11/2026";
	CHECK_OK(place(&k, &err), err);
	CHECK(k.fresh);
	CHECK_INT(k.n, 1);
	CHECK_INT(holds(&k.f, k.id, true), 1);
	CHECK_ERR(hold_allows(k.f.desk, k.id, "x", &err), err, ERR_REFUSED);
	CHECK(strstr(err.message, "Công an tỉnh, 12/CV-PA05 (20/11/2026)") != NULL);
	err = ERROR_INIT;
	CHECK_OK(place(&k, &err), err);
	CHECK(!k.fresh);
	/* Who else asks by word asks for itself. */
	k.what.body = "Viện kiểm sát";
	k.what.document = NULL;
	CHECK_OK(place(&k, &err), err);
	CHECK_INT(k.n, 2);
	fixture_whole(&k.f);
	fixture_end(&k.f);
}

TEST(two_who_release_the_same_scene_hear_who_was_first)
{
	struct error err = ERROR_INIT;
	struct keeping k;

	keep_scene(&k);
	k.what.case_id = k.id;
	CHECK_OK(place(&k, &err), err);
	fixture_as(&k.f, "minh");
	CHECK_OK(hold_release(k.f.desk, k.n, "Thiếu tá Bình", "15/CV", &err), err);
	fixture_as(&k.f, "quan");
	CHECK_ERR(hold_release(k.f.desk, k.n, "Đại úy An", "16/CV", &err), err, ERR_CONFLICT);
	CHECK(strstr(err.message, "Thiếu tá Bình") != NULL);
	CHECK_ERR(hold_release(k.f.desk, 9, "x", "y", &err), err, ERR_NOT_FOUND);
	fixture_end(&k.f);
}

TEST(a_responder_may_place_a_hold_but_not_release_it)
{
	struct error err = ERROR_INIT;
	struct keeping k;

	keep_scene(&k);
	k.what.case_id = k.id;
	fixture_as(&k.f, "xem");
	CHECK_ERR(place(&k, &err), err, ERR_FORBIDDEN);
	fixture_as(&k.f, "lan");
	CHECK_OK(place(&k, &err), err);
	CHECK_ERR(hold_release(k.f.desk, k.n, "Bình", "15/CV", &err), err, ERR_FORBIDDEN);
	fixture_end(&k.f);
}

TEST(what_a_hold_lacks_is_named)
{
	struct error err = ERROR_INIT;
	struct keeping k;

	keep_scene(&k);
	CHECK_ERR(place(&k, &err), err, ERR_BAD_INPUT);
	k.what.asset = "KHONG-CO";
	CHECK_ERR(place(&k, &err), err, ERR_NOT_FOUND);
	k.what.asset = "LGSP";
	k.what.body = "  ";
	CHECK_ERR(place(&k, &err), err, ERR_BAD_INPUT);
	k.what.body = "Công an tỉnh";
	k.what.date = "22/11/2027";
	CHECK_ERR(place(&k, &err), err, ERR_BAD_INPUT);
	CHECK_INT(holds(&k.f, NULL, false), 0);
	fixture_end(&k.f);
}

/* ---- planned work ---- */

struct found {
	int count;
	char first[64];
};

static bool
keep(const struct planned *work, void *arg)
{
	struct found *found = arg;

	if (found->count++ == 0) {
		snprintf(found->first, sizeof(found->first), "%s", work->what);
	}
	return true;
}

static struct found
near(struct fixture *f, const char *asset_code)
{
	struct error err = ERROR_INIT;
	struct json *shown = NULL;
	struct found found = { 0 };
	char id[UUID_SIZE] = "";

	if (asset_code[0] != '\0') {
		CHECK_OK(asset_show(f->desk, asset_code, &shown, &err), err);
		snprintf(id, sizeof(id), "%s", json_get_text(shown, "id"));
		json_free(shown);
	}
	CHECK_OK(planned_near(f->desk, id, f->now, keep, &found, &err), err);
	return found;
}

static int
announce(struct fixture *f, const char *code, const char *what, int64_t from,
	int64_t until)
{
	struct error err = ERROR_INIT;
	int n;

	CHECK_OK(planned_add(f->desk, &(struct planned_new){ .asset = code, .what = what,
		.from_at = from, .to_at = until, .by = "Tuấn" }, &n, &err), err);
	return n;
}

TEST(a_case_shows_what_was_done_on_its_system_in_the_last_day)
{
	struct fixture f;
	char id[UUID_SIZE];

	scene(&f, id);
	announce(&f, "LGSP", "vá hệ điều hành", f.now - 5 * HOUR, f.now - 3 * HOUR);
	announce(&f, "UPS", "thay ắc quy", f.now - 20 * HOUR, 0);
	announce(&f, "MAIL", "đổi chứng thư", f.now - HOUR, 0);
	announce(&f, "LGSP", "việc tuần trước", f.now - 200 * HOUR, f.now - 198 * HOUR);
	announce(&f, "LGSP", "việc ngày mai", f.now + 20 * HOUR, 0);
	CHECK_INT(near(&f, "LGSP").count, 2);
	CHECK_STR(near(&f, "LGSP").first, "vá hệ điều hành");
	CHECK_INT(near(&f, "UPS").count, 1);
	CHECK_INT(near(&f, "").count, 3);
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(work_that_was_cancelled_is_no_change)
{
	struct error err = ERROR_INIT;
	struct fixture f;
	char id[UUID_SIZE];
	bool changed;
	int n;

	scene(&f, id);
	n = announce(&f, "LGSP", "vá hệ điều hành", f.now - HOUR, 0);
	CHECK_OK(planned_set(f.desk, n, &(struct planned_new){ .state = "cancelled" },
		&changed, &err), err);
	CHECK(changed);
	CHECK_INT(near(&f, "LGSP").count, 0);
	CHECK_OK(planned_set(f.desk, n, &(struct planned_new){ .state = "cancelled" },
		&changed, &err), err);
	CHECK(!changed);
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(work_does_not_end_before_it_begins)
{
	struct error err = ERROR_INIT;
	struct fixture f;
	char id[UUID_SIZE];
	bool changed;
	int n;

	scene(&f, id);
	CHECK_ERR(planned_add(f.desk, &(struct planned_new){ .asset = "LGSP", .what = "x",
		.from_at = f.now, .to_at = f.now - HOUR }, &n, &err), err, ERR_BAD_INPUT);
	CHECK_ERR(planned_add(f.desk, &(struct planned_new){ .asset = "LGSP",
		.what = "x" }, &n, &err), err, ERR_BAD_INPUT);
	CHECK_ERR(planned_add(f.desk, &(struct planned_new){ .asset = "LGSP", .what = " ",
		.from_at = f.now }, &n, &err), err, ERR_BAD_INPUT);
	CHECK_ERR(planned_add(f.desk, &(struct planned_new){ .asset = "KHONG", .what = "x",
		.from_at = f.now }, &n, &err), err, ERR_NOT_FOUND);
	n = announce(&f, "LGSP", "x", f.now, f.now + HOUR);
	CHECK_ERR(planned_set(f.desk, n, &(struct planned_new){ .to_at = f.now - HOUR },
		&changed, &err), err, ERR_BAD_INPUT);
	CHECK_ERR(planned_set(f.desk, n, &(struct planned_new){ .state = "vui" },
		&changed, &err), err, ERR_BAD_INPUT);
	CHECK_OK(planned_set(f.desk, n, &(struct planned_new){ .from_at = f.now + 2 * HOUR },
		&changed, &err), err);
	CHECK(changed);
	fixture_whole(&f);
	fixture_end(&f);
}

/* ---- evidence handed over ---- */

static void
add_file(struct fixture *f, const char *id, const char *name, const char *bytes)
{
	struct error err = ERROR_INIT;
	bool stored;
	int n;

	fixture_write(fixture_path(f, name), bytes, strlen(bytes));
	CHECK_OK(evidence_add(f->desk, id, fixture_path(f, name), "", &n, &stored, &err),
		err);
}

TEST(the_record_has_both_names_the_hash_and_a_line_to_sign)
{
	struct error err = ERROR_INIT;
	const char *const specs[] = { "1", "2" };
	struct buf paper_text = { 0 };
	struct fixture f;
	char id[UUID_SIZE];
	int n;

	fixture_file(&f);
	fixture_case(&f, "Mã hóa tại một sở", id);
	add_file(&f, id, "a.log", "abc");
	add_file(&f, id, "b.img", "abcd");
	CHECK_OK(custody_hand_over(f.desk, id, specs, 2, &(struct custody_new){
		.taken_by = "Đại úy An", .taken_body = "Công an tỉnh", .place = "TTDL",
		.document = "12/CV" }, &n, &err), err);
	CHECK_INT(n, 1);
	CHECK_OK(custody_paper(&paper_text, f.desk, id, 2, &err), err);
	CHECK(strstr(buf_text(&paper_text), "a.log") != NULL);
	CHECK(strstr(buf_text(&paper_text), "b.img") != NULL);
	CHECK(strstr(buf_text(&paper_text), "ba7816bf8f01cfea414140de5dae2223b00361a3"
		"96177a9cb410ff61f20015ad") != NULL);
	CHECK(strstr(buf_text(&paper_text), "Đại úy An") != NULL);
	CHECK(strstr(buf_text(&paper_text), "Trần Anh Quân") != NULL);
	CHECK(strstr(buf_text(&paper_text), "12/CV") != NULL);
	buf_free(&paper_text);
	CHECK_ERR(custody_paper(&paper_text, f.desk, id, 9, &err), err, ERR_NOT_FOUND);
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(what_is_not_there_is_not_handed_over_and_nothing_is_written)
{
	struct error err = ERROR_INIT;
	const char *const specs[] = { "1", "7" };
	const char *const bad[] = { "một" };
	struct fixture f;
	char id[UUID_SIZE];
	int64_t before;
	int n;

	fixture_file(&f);
	fixture_case(&f, "Mã hóa tại một sở", id);
	add_file(&f, id, "a.log", "abc");
	before = fixture_verify(f.desk).events;
	CHECK_ERR(custody_hand_over(f.desk, id, specs, 2, &(struct custody_new){
		.taken_by = "An" }, &n, &err), err, ERR_NOT_FOUND);
	CHECK_ERR(custody_hand_over(f.desk, id, bad, 1, &(struct custody_new){
		.taken_by = "An" }, &n, &err), err, ERR_BAD_INPUT);
	CHECK_ERR(custody_hand_over(f.desk, id, specs, 1, &(struct custody_new){ 0 }, &n,
		&err), err, ERR_BAD_INPUT);
	CHECK_INT(fixture_verify(f.desk).events, before);
	fixture_end(&f);
}

TEST(a_day_of_a_paper_is_read_as_people_write_it)
{
	struct error err = ERROR_INIT;
	struct fixture f;
	static const char *const today[] = { "hôm nay", "hom nay", " Hom nay ", "hom qua" };
	char day[DAY_SIZE];

	fixture_memory(&f);
	CHECK_OK(document_day(day, "20/11/2026", f.desk, &err), err);
	CHECK_STR(day, "2026-11-20");
	CHECK_OK(document_day(day, "20/11", f.desk, &err), err);
	CHECK_STR(day, "2026-11-20");
	CHECK_OK(document_day(day, "today", f.desk, &err), err);
	for (size_t i = 0; i < sizeof today / sizeof *today; i++) {
		CHECK_STR(day, "2026-11-21");
		CHECK_OK(document_day(day, today[i], f.desk, &err), err);
	}
	CHECK_STR(day, "2026-11-20");
	CHECK_OK(document_day(day, "  ", f.desk, &err), err);
	CHECK_STR(day, "");
	CHECK(!document_day(day, "hôm kia", f.desk, &err));
	CHECK_STR(err.message, "\"hôm kia\" is no day: 21/11/2026, 21/11 or today");
	document_day_shown(day, "2026-11-20");
	CHECK_STR(day, "20/11/2026");
	fixture_end(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(a_hold_on_a_case_blocks_until_it_is_released_with_name_and_document),
		RUN(a_hold_on_a_system_blocks_every_case_of_it_and_no_other),
		RUN(a_hold_on_a_system_among_the_places_blocks_the_case_too),
		RUN(the_same_paper_again_appends_nothing_and_names_the_one_that_stands),
		RUN(the_police_telephone_first_and_their_paper_goes_to_what_stands),
		RUN(two_who_release_the_same_scene_hear_who_was_first),
		RUN(a_responder_may_place_a_hold_but_not_release_it),
		RUN(what_a_hold_lacks_is_named),
		RUN(a_case_shows_what_was_done_on_its_system_in_the_last_day),
		RUN(work_that_was_cancelled_is_no_change),
		RUN(work_does_not_end_before_it_begins),
		RUN(the_record_has_both_names_the_hash_and_a_line_to_sign),
		RUN(what_is_not_there_is_not_handed_over_and_nothing_is_written),
		RUN(a_day_of_a_paper_is_read_as_people_write_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
