/* fixture_waits.c adds promises of others and orders asked for to a desk of the
 * screen tests: one overdue, one to raise, one open; one order without answer,
 * one taken by authority and answered later. */
#include <stdio.h>
#include <stdlib.h>

#include "core/case.h"
#include "core/decision.h"
#include "core/waiting.h"
#include "tests/screens/fixtures.h"

static void
need(bool ok, const char *what, const struct error *err)
{
	if (!ok) {
		fprintf(stderr, "fixture %s: %s %s\n", what, err->message, err->cause);
		exit(1);
	}
}

static const struct {
	const char *number;
	struct waiting_new what;
} promises[] = {
	{ "1", { .whom = "Đơn vị cung cấp điện", .what = "cấp điện lại nhánh hai",
		.ticket = "DL-5", .said_at = "-50m", .promised = "-10m" } },
	{ "2", { .whom = "Doanh nghiệp viễn thông", .what = "nối lại tuyến đi Ba Tơ",
		.ticket = "VT-77", .said_at = "-4h", .promised = "-40m" } },
	{ "2", { .whom = "Anh Bình, thợ máy phát", .what = "mang dầu tới",
		.promised = "+50m" } },
};

static const struct {
	const char *number;
	struct decision_new what;
} orders[] = {
	{ "1", { .whom = "Lãnh đạo Đội trực", .question = "Tắt có trật tự?",
		.options = "Tắt,Giữ", .at = "-9m", .until = "-4m",
		.fallback = "kỹ thuật trực được tắt theo ủy quyền", .authority = "approved" } },
	{ "2", { .whom = "Lãnh đạo TT CĐS&ĐMST", .question = "Chuyển sang đường dự phòng?",
		.at = "-40m", .until = "-30m", .authority = "approved",
		.fallback = "trực ca được chuyển theo ủy quyền" } },
};

void
fixture_waits(struct desk *desk)
{
	struct error err = ERROR_INIT;
	struct ir_case c;
	int n;

	for (size_t i = 0; i < sizeof promises / sizeof *promises; i++) {
		need(case_find(&c, desk, promises[i].number, &err), "case", &err);
		need(waiting_add(desk, c.id, &promises[i].what, &n, &err), "promise", &err);
		case_clear(&c);
	}
	for (size_t i = 0; i < sizeof orders / sizeof *orders; i++) {
		need(case_find(&c, desk, orders[i].number, &err), "case", &err);
		need(decision_ask(desk, c.id, &orders[i].what, &n, &err), "order", &err);
		case_clear(&c);
	}
	need(case_find(&c, desk, "2", &err), "case", &err);
	need(decision_fallback(desk, c.id, 1, &(struct decision_word){ .by = "Hà" }, &err),
		"fall-back", &err);
	need(decision_answer(desk, c.id, 1, &(struct decision_word){
		.answer = "chưa chuyển", .by = "đ/c Minh" }, &err), "late answer", &err);
	case_clear(&c);
}
