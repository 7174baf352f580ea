/* A case from its first line to its end, on a desk in memory: chain, rows,
 * search and replay agree at each step. */
#include "tests/core/empty_desk.h"

#include "core/case.h"
#include "core/case_open.h"
#include "core/case_set.h"
#include "core/note.h"
#include "core/search.h"
#include "core/status.h"
#include "core/task.h"

TEST(a_fresh_desk_is_whole)
{
	struct desk *desk = empty_desk();

	check_whole(desk);
	desk_close(desk);
}

static bool
count_hit(const struct hit *hit, void *arg)
{
	(void)hit;
	(*(int *)arg)++;
	return true;
}

static int
hits(struct desk *desk, const char *words)
{
	const struct search_filter filter = { .drill = -1, .one_a_case = true };
	struct error err;
	int count = 0;

	CHECK_OK(search_each(desk, words, &filter, count_hit, &count, &err), err);
	return count;
}

TEST(a_power_cut_is_opened_worked_closed_and_proved)
{
	struct desk *desk = empty_desk();
	struct ir_case c;
	struct error err;
	char id[UUID_SIZE];
	int n;

	CHECK_OK(case_open(desk, &(struct case_new){
		.kind = "power", .title = "Mất điện trạm chính TTDL, chạy ắc quy",
	}, id, &err), err);
	empty_desk_now += 60000;
	CHECK_OK(status_set(desk, id, &(struct status_change){
		.to = "acknowledged", .verb = "ack" }, &err), err);
	CHECK_OK(severity_decide(desk, id, 4, "máy phát không nhận tải", &err), err);
	CHECK_OK(note_add(desk, id, &(struct note_new){ .text = "ắc quy còn 45 phút" },
		&err), err);
	CHECK_OK(task_add(desk, id, &(struct task_new){
		.title = "gọi bên điện", .due_at = empty_desk_now + 900000 }, &n, &err), err);
	CHECK_OK(task_done(desk, id, n, "hẹn 03:30", &err), err);
	empty_desk_now += 3600000;
	CHECK_OK(status_set(desk, id, &(struct status_change){
		.to = "responding", .verb = "status" }, &err), err);
	CHECK_OK(status_set(desk, id, &(struct status_change){
		.to = "contained", .verb = "status" }, &err), err);
	CHECK_OK(status_set(desk, id, &(struct status_change){
		.to = "recovered", .verb = "status" }, &err), err);
	CHECK_ERR(status_set(desk, id, &(struct status_change){
		.to = "closed", .verb = "close", .cause = "cắt điện" }, &err), err,
		ERR_REFUSED);
	CHECK_OK(reportable_decide(desk, id, "no", "không gián đoạn dịch vụ", &err), err);
	CHECK_OK(status_set(desk, id, &(struct status_change){
		.to = "closed", .verb = "close", .cause = "cắt điện", .result = "đã có điện",
		.lessons = "sạc đủ ắc quy" }, &err), err);
	CHECK_OK(case_find(&c, desk, "1", &err), err);
	CHECK_STR(c.number, "2026-0001");
	CHECK_STR(c.status, "closed");
	CHECK_INT(c.severity, 4);
	CHECK(!c.is_open);
	case_clear(&c);
	CHECK_INT(hits(desk, "dien"), 1);
	CHECK_INT(hits(desk, "điện"), 1);
	CHECK_INT(hits(desk, "MAT DIEN"), 1);
	CHECK_INT(hits(desk, "sạc đủ"), 1);
	CHECK_INT(hits(desk, "mặt"), 1);
	CHECK_INT(hits(desk, "không có"), 0);
	check_whole(desk);
	desk_close(desk);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(a_fresh_desk_is_whole),
		RUN(a_power_cut_is_opened_worked_closed_and_proved),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
