/* fixture_hand.c adds a case whose rules name contacts, and its points, to a desk
 * of the screen tests: what is told by hand. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/call.h"
#include "core/case_open.h"
#include "core/change.h"
#include "core/contact.h"
#include "core/group.h"
#include "core/json.h"
#include "core/post.h"
#include "core/rule.h"
#include "core/thing.h"
#include "tests/screens/fixtures.h"

static const struct fixture_thing rows[] = {
	{ contact_add, "vien_thong", "{\"name\":\"Doanh nghiệp viễn thông\","
		"\"class\":\"body\",\"phone\":\"0900 000 333\",\"verified_at\":\"2026-10-01\"}" },
	{ contact_add, "vt_a", "{\"name\":\"Trực mạng A\",\"class\":\"body\","
		"\"phone\":\"0900 000 444\"}" },
	{ contact_add, "vp_ubnd", "{\"name\":\"Văn phòng UBND tỉnh\",\"class\":\"superior\","
		"\"mail\":\"vp@ubnd.example\"}" },
	{ contact_add, "ca_anm", "{\"name\":\"Công an tỉnh (an ninh mạng)\","
		"\"class\":\"police\",\"phone\":\"0900 000 113\"}" },
	{ group_add, "truc_vt", "{\"name\":\"Trực viễn thông\",\"of\":\"contact\","
		"\"members\":[\"vt_a\"]}" },
	{ contact_set, "vien_thong", "{\"group\":\"truc_vt\"}" },
	{ rule_add, "bao-vien-thong", "{\"family\":\"contact\",\"order\":10,"
		"\"when\":{\"kind\":\"link\"},\"then\":{\"propose\":[\"vien_thong\",\"vp_ubnd\"],"
		"\"by_hand\":[\"ca_anm\"]},\"source\":\"Quy chế phối hợp\"}" },
};

static void
check(bool ok, const struct error *err)
{
	if (!ok) {
		fprintf(stderr, "fixture: %s %s\n", err->message, err->cause);
		exit(1);
	}
}

static void
add_point(struct desk *desk, const char *case_id, int n, const char *name,
	const char *person)
{
	char id[UUID_SIZE];
	struct json *body = thing_new(desk, "point", id);

	row_int(body, "n", n);
	row_text(body, "name", name);
	row_text(body, "state", "down");
	row_text(body, "person", person);
	row_int(body, "since", screens_now);
	change_add(desk, "point_added", case_id, body);
}

void
fixture_hand(struct desk *desk)
{
	struct error err = ERROR_INIT;
	struct call_done done = { 0 };
	char id[UUID_SIZE], message[UUID_SIZE];
	int asked;

	fixture_put(desk, rows, sizeof rows / sizeof *rows);
	check(case_open(desk, &(struct case_new){ .kind = "link",
		.title = "3 xã mất kết nối TSLCD" }, id, &err), &err);
	check(change_begin(desk, &err), &err);
	add_point(desk, id, 1, "Xã Ba Tơ", "anh Bốn");
	add_point(desk, id, 2, "Xã Sơn Hà", "");
	add_point(desk, id, 3, "Đặc khu Lý Sơn", "chị Sáu");
	check(change_end(desk, true, &err), &err);
	screens_now += 60000;
	check(call_add(desk, &(struct call_new){ .case_id = id, .to = "vien_thong",
		.outcome = "no_answer" }, &done, &err), &err);
	screens_now += 60000;
	check(post_add(desk, &(struct post_new){ .case_id = id, .channel = "zalo",
		.text = "THÔNG BÁO: mất kết nối TSLCD, dùng 4G dự phòng." }, message, &asked,
		&err), &err);
	screens_now += 60000;
}
