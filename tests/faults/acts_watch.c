/* acts_watch.c has the random acts of the watch: calls, reports of callers,
 * promises, orders, points and lists, clocks, posts, the log and the hand-over.
 * Numbers are drawn without looking: what is not there is refused. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/faults/acts.h"

#include "core/all_clear.h"
#include "core/call.h"
#include "core/case_set.h"
#include "core/contact_check.h"
#include "core/countdown.h"
#include "core/custody.h"
#include "core/deadline.h"
#include "core/decision.h"
#include "core/handover.h"
#include "core/hold.h"
#include "core/notice.h"
#include "core/obligation.h"
#include "core/planned.h"
#include "core/point_act.h"
#include "core/post.h"
#include "core/quick.h"
#include "core/shift_log.h"
#include "core/tin.h"
#include "core/waiting.h"
#include "playbooks/check.h"

SQL(NEWEST_TINS, "", "SELECT id FROM tin ORDER BY serial DESC, id LIMIT 6");
SQL(LISTED_STEPS, "", "SELECT id, case_id FROM step_instance WHERE ended_at IS NULL"
	" AND state IN ('open', 'started') ORDER BY opened_at DESC, id LIMIT 12");

#define PICK(a, list) (list)[acts_below(a, sizeof(list) / sizeof *(list))]

static const char *const roles[] = { "dien", "vp_ubnd", "vien_thong", "tt_cds", "ca_anm",
	"member:lan", "point:2", "unit:xa-qn-01" };

/* One of the newest few, so that acts meet what others left there. */
static const char *
watch_case(struct acts *a)
{
	return a->cases[acts_below(a, a->count < 4 ? a->count : 4)];
}

static int
small(struct acts *a)
{
	return 1 + (int)acts_below(a, 4);
}

static bool
act_call(struct acts *a, struct error *err)
{
	static const char *const outcomes[] = { "answered", "no_answer", "wrong_number" };
	struct call_done done = { 0 };
	bool ok = call_add(a->desk, &(struct call_new){ .case_id = watch_case(a),
		.to = PICK(a, roles), .outcome = PICK(a, outcomes), .answered_by = "trực ban",
		.result = "hẹn 03:30", .verified = acts_below(a, 4) == 0 }, &done, err);

	free(done.also);
	return ok;
}

static bool
act_tin_new(struct acts *a, struct error *err)
{
	char id[UUID_SIZE];
	struct tin_said said;

	return tin_add(a->desk, &(struct tin_new){ .what = "mất mạng, không vào được một cửa",
		.unit = acts_below(a, 2) == 0 ? "ba to" : "xã không có", .caller = "Nam",
		.callback = "0914000111", .broken = "counter,mail", .secret = "no",
		.kind = "link" }, id, &said, err);
}

static bool
work_tin(struct acts *a, const char *id, struct error *err)
{
	char case_id[UUID_SIZE];
	char *how = NULL;
	bool ok;

	switch (acts_below(a, 8)) {
	case 0:
		return tin_open_case(a->desk, id, case_id, err);
	case 1:
	case 2:
		return tin_join(a->desk, id, watch_case(a), NULL, err);
	case 3:
		return tin_reply(a->desk, id, "gọi lại", 0, err);
	case 4:
		ok = tin_help(a->desk, id, NULL, &how, err);
		free(how);
		return ok;
	case 5:
		return tin_done(a->desk, id, "đã có mạng", err);
	case 6:
		return tin_close(a->desk, id, "gọi nhầm", err);
	default:
		return tin_take(a->desk, id, err);
	}
}

static bool
act_tin(struct acts *a, struct error *err)
{
	struct stmt *st = db_query(desk_db(a->desk), &NEWEST_TINS, NOARGS);
	char id[UUID_SIZE] = "";

	for (size_t skip = acts_below(a, 6); stmt_row(st); skip--) {
		memcpy(id, stmt_text(st, 0), UUID_SIZE);
		if (skip == 0) {
			break;
		}
	}
	if (!stmt_done(st, err)) {
		return false;
	}
	return id[0] == '\0' || acts_below(a, 3) == 0 ? act_tin_new(a, err)
		: work_tin(a, id, err);
}

static bool
act_waiting(struct acts *a, struct error *err)
{
	const char *id = watch_case(a);
	struct waiting_word word = { .said = "đang hàn", .promised = "+1h",
		.channel = "phone" };
	int n;

	switch (acts_below(a, 5)) {
	case 0:
	case 1:
		return waiting_add(a->desk, id, &(struct waiting_new){ .whom = PICK(a, roles),
			.what = "nối lại tuyến", .ticket = "VT-77", .promised = "+30m" }, &n, err);
	case 2:
		return waiting_asked(a->desk, id, small(a), &word, err);
	case 3:
		return waiting_raise(a->desk, id, small(a), &word, err);
	default:
		return waiting_done(a->desk, id, small(a), "thông rồi", err);
	}
}

static bool
act_decision(struct acts *a, struct error *err)
{
	const char *id = watch_case(a);
	struct decision_word word = { .answer = "Tắt", .reason = "ắc quy cạn",
		.by = "đ/c Minh", .document = "12/CT", .date = "21/11/2026" };
	int n;

	switch (acts_below(a, 7)) {
	case 0:
	case 1:
		return decision_ask(a->desk, id, &(struct decision_new){ .whom = "tt_cds",
			.question = "Tắt máy chủ nào?", .options = "Tắt,Giữ",
			.fallback = "tắt theo thứ tự đã duyệt" }, &n, err);
	case 2:
		return decision_try(a->desk, id, small(a), &(struct decision_word){
			.channel = "phone" }, err);
	case 3:
		return decision_fallback(a->desk, id, small(a), &word, err);
	case 4:
		return decision_document(a->desk, id, small(a), &word, err);
	case 5:
		return decision_withdraw(a->desk, id, small(a), "không cần", err);
	default:
		return decision_answer(a->desk, id, small(a), &word, err);
	}
}

static bool
add_points(struct acts *a, const char *id, struct error *err)
{
	struct point_lines lines = { 0 };
	struct point_report report = { 0 };
	char text[80];
	bool ok;

	(void)snprintf(text, sizeof text, "Ba Tơ\nđiểm %zu\nđiểm %zu\n", acts_below(a, 40),
		acts_below(a, 40));
	ok = point_lines_read(&lines, text, strlen(text), err) &&
		point_add(a->desk, id, &(struct point_new){ .lines = &lines }, &report, err);
	point_report_clear(&report);
	point_lines_clear(&lines);
	return ok;
}

static bool
act_point(struct acts *a, struct error *err)
{
	static const char *const sets[] = { "state=back", "state=down", "told=Zalo",
		"confirmed_by=bà B", "person=ông C", "reserve=4G", "note=chờ thợ" };
	const char *id = watch_case(a);
	const int numbers[] = { small(a), 2 + small(a) };
	const char *const set[] = { PICK(a, sets) };

	switch (acts_below(a, 4)) {
	case 0:
		return add_points(a, id, err);
	case 1:
		return point_remove(a->desk, id, numbers, 1, "không bị", err);
	default:
		return point_set(a->desk, id, &(struct point_change){ .numbers = numbers,
			.count = numbers[0] == numbers[1] ? 1 : 2, .assignments = set,
			.assignment_count = 1 }, err);
	}
}

/* A step under way; most have no list, and are refused. */
static bool
act_tick(struct acts *a, struct error *err)
{
	struct stmt *st = db_query(desk_db(a->desk), &LISTED_STEPS, NOARGS);
	const int numbers[] = { small(a) };
	const char *const set[] = { "1=đã xong" };
	struct step_list list;
	char step[UUID_SIZE] = "";
	char id[UUID_SIZE] = "";
	bool ok;

	for (size_t skip = acts_below(a, 12); stmt_row(st); skip--) {
		memcpy(step, stmt_text(st, 0), UUID_SIZE);
		memcpy(id, stmt_text(st, 1), UUID_SIZE);
		if (skip == 0) {
			break;
		}
	}
	if (!stmt_done(st, err)) {
		return false;
	}
	if (step[0] == '\0') {
		return true;
	}
	if (!step_list_open(&list, a->desk, id, step, err)) {
		return false;
	}
	ok = check_list_tick(a->desk, &list.step, &(struct check_tick){ .numbers = numbers,
		.count = 1, .assignments = set, .assignment_count = (int)acts_below(a, 2),
		.off = acts_below(a, 3) == 0 }, err);
	step_list_close(&list);
	return ok;
}

static bool
act_clock(struct acts *a, struct error *err)
{
	static const char *const rules[] = { "vn26-initial-24h", "vn26-full-72h",
		"vn26-immediate" };
	static const char *const words[] = { "yes", "no", "unknown" };
	const char *id = watch_case(a);
	int n;

	switch (acts_below(a, 6)) {
	case 0:
		return reportable_decide(a->desk, id, PICK(a, words), "gián đoạn dịch vụ", err);
	case 1:
		return deadline_add(a->desk, id, PICK(a, rules), 0, err);
	case 2:
		return deadline_not_applicable(a->desk, id, PICK(a, rules), "không phải", err);
	case 3:
		return notice_void(a->desk, id, PICK(a, rules), "ghi nhầm", err);
	default:
		return notice_sent(a->desk, id, &(struct notice_new){ .form = PICK(a, rules),
			.number = "12/TB", .channel = "e_office", .update = acts_below(a, 3) == 0 },
			&n, err);
	}
}

static bool
act_countdown(struct acts *a, struct error *err)
{
	static const char *const labels[] = { "CÒN ĐIỆN", "MÁY PHÁT" };
	const char *id = watch_case(a);
	int n;

	return acts_below(a, 3) == 0 ? countdown_stop(a->desk, id, small(a), "có điện", err)
		: countdown_read(a->desk, id, &(struct reading){ .label = PICK(a, labels),
			.minutes = 5 + (int64_t)acts_below(a, 60) }, &n, err);
}

static bool
act_scene(struct acts *a, struct error *err)
{
	int n;
	bool yes;

	switch (acts_below(a, 5)) {
	case 0:
		return hold_place(a->desk, &(struct hold_new){ .case_id = watch_case(a),
			.body = "Công an tỉnh", .document = "12/CV" }, &n, &yes, err);
	case 1:
		return hold_release(a->desk, small(a), "ông D", "15/CV", err);
	case 2:
		return planned_set(a->desk, small(a), &(struct planned_new){ .state = "done" },
			&yes, err);
	case 3:
		return custody_hand_over(a->desk, watch_case(a), (const char *const[]){ "1" }, 1,
			&(struct custody_new){ .taken_by = "ông D" }, &n, err);
	default:
		return planned_add(a->desk, &(struct planned_new){ .asset = "LGSP",
			.what = "vá hệ điều hành", .from_at = desk_now(a->desk) + 60000 }, &n, err);
	}
}

static bool
act_post(struct acts *a, struct error *err)
{
	static const char *const units[] = { "all", "ba to", "xa-qn-01" };
	const char *id = watch_case(a);
	const char *const unit[] = { PICK(a, units) };
	char message[UUID_SIZE];
	int n;

	switch (acts_below(a, 4)) {
	case 0:
		return post_add(a->desk, &(struct post_new){ .case_id = id, .channel = "zalo",
			.text = "THÔNG BÁO: mất mạng",
			.to = acts_below(a, 2) == 0 ? "points" : NULL }, message, &n, err);
	case 1:
		return all_clear_told(a->desk, id, NULL, 0, "Zalo", &n, err);
	default:
		return post_confirm(a->desk, &(struct confirm_new){ .case_id = id,
			.message = "last", .units = unit, .count = 1, .by_name = "bà B" }, &n, err);
	}
}

static bool
act_report(struct acts *a, struct error *err)
{
	const char *id = watch_case(a);
	struct quick made = { 0 };
	bool ok;

	if (acts_below(a, 2) == 0) {
		return quick_sent(a->desk, id, small(a), &(struct quick_sending){
			.to = "vp_ubnd", .channel = "phone" }, err);
	}
	ok = quick_make(a->desk, id, &(struct quick_want){ .address = "report" }, &made, err);
	quick_clear(&made);
	return ok;
}

static bool
act_shift(struct acts *a, struct error *err)
{
	int64_t n;
	bool watch;

	switch (acts_below(a, 6)) {
	case 0:
		return handover_give(a->desk, acts_below(a, 2) == 0 ? "lan" : "root",
			"trạm chính chạy ắc quy", &n, err);
	case 1:
		return handover_take(a->desk, &watch, err);
	case 2:
		return handover_withdraw(a->desk, "chưa xong", err);
	case 3:
		return contact_verify(a->desk, "dien", NULL, "trực ban", err);
	case 4:
		return obligation_set(a->desk, "report-year-owner", &(struct obligation_change){
			.result = acts_below(a, 2) == 0 ? "done" : "doing" }, err);
	default:
		return shift_log_add(a->desk, &(struct shift_new){ .text = "SOC: bình thường",
			.kind = "check" }, &n, err);
	}
}

act_fn *const acts_of_watch[] = {
	act_call, act_call, act_tin, act_tin, act_waiting, act_waiting, act_decision,
	act_decision, act_point, act_point, act_tick, act_clock, act_clock, act_countdown,
	act_scene, act_post, act_post, act_report, act_shift, NULL,
};
