/* fixture_points.c makes a desk with invented communes, one of them with a former
 * name, two of the same name, and a case of lost links whose plan has begun. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/case_open.h"
#include "core/case_set.h"
#include "core/contact.h"
#include "core/group.h"
#include "core/status.h"
#include "playbooks/player.h"
#include "tests/screens/fixtures.h"

static void
must(bool ok, const struct error *err)
{
	if (!ok) {
		fprintf(stderr, "fixture: %s %s\n", err->message, err->cause);
		exit(1);
	}
}

static void
put(struct desk *desk, bool (*make)(struct desk *, const char *, const struct json *,
	struct error *), const char *code, const char *text)
{
	struct error err = ERROR_INIT;
	struct json *given = NULL;

	must(json_parse(&given, text, strlen(text), NULL, &err), &err);
	must(make(desk, code, given, &err), &err);
	json_free(given);
}

void
fixture_points(struct desk *desk)
{
	const struct case_new what = { .kind = "link", .title = "5 điểm mất kết nối TSLCD",
		.owner = "ha", .detected_at = screens_now - 30 * 60000 };
	struct error err = ERROR_INIT;
	char id[UUID_SIZE];
	int n;

	put(desk, unit_add, "t-01", "{\"name\":\"Xã Sông Trà\",\"kind\":\"commune\","
		"\"area\":\"Nam cũ\",\"aliases\":\"Xã Bến Cũ\",\"carrier\":\"Viễn thông A\"}");
	put(desk, unit_add, "t-02", "{\"name\":\"Phường Đá Trắng\",\"kind\":\"commune\","
		"\"area\":\"Bắc cũ\"}");
	put(desk, unit_add, "t-03", "{\"name\":\"Xã Đá Trắng\",\"kind\":\"commune\","
		"\"area\":\"Nam cũ\"}");
	put(desk, unit_add, "t-04", "{\"name\":\"Đặc khu Hòn Xa\",\"kind\":\"commune\","
		"\"area\":\"Bắc cũ\",\"island\":true}");
	put(desk, group_add, "xa_96", "{\"name\":\"các xã\",\"of\":\"unit\","
		"\"members\":[\"t-01\",\"t-02\",\"t-03\",\"t-04\"]}");
	must(case_open(desk, &what, id, &err), &err);
	must(status_set(desk, id, &(struct status_change){ .to = "acknowledged",
		.verb = "ack" }, &err), &err);
	must(severity_decide(desk, id, 3, "năm điểm", &err), &err);
	must(player_begin(desk, id, "PA-DT", &n, &err), &err);
	screens_now += 60000;
}
