/* fixture_callers.c adds what the report page looks up: units, a directory, the
 * rapid support team. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/change.h"
#include "core/contact.h"
#include "core/json.h"
#include "core/register.h"
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
add(struct desk *desk, const struct reg_kind *kind, const char *code, const char *text)
{
	struct error err = ERROR_INIT;
	struct reg_tally tally = { 0 };
	struct json *given = NULL;
	struct json *things = json_array();
	struct json *by_kind = json_object();
	struct json *body = json_object();

	must(json_parse(&given, text, strlen(text), NULL, &err), &err);
	must(change_begin(desk, &err), &err);
	must(reg_import(desk, kind, code, given, "$", things, NULL, &tally, &err), &err);
	json_set(by_kind, kind->name, things);
	json_set_text(body, "profile", "thử");
	json_set(body, "things", by_kind);
	change_add(desk, REG_IMPORTED, NULL, body);
	must(change_end(desk, true, &err), &err);
	json_free(given);
}

void
fixture_callers(struct desk *desk)
{
	struct error err = ERROR_INIT;
	struct json *given = NULL;
	static const char helper[] = "{\"name\":\"Đội hỗ trợ nhanh\",\"class\":\"member\","
		"\"mail\":\"nhanh@doi.example\",\"phone\":\"0900 000 333\"}";
	static const char office[] = "{\"name\":\"Đầu mối Lý Sơn\",\"body\":\"ubnd_ly_son\","
		"\"phone\":\"0900 000 444\"}";

	add(desk, &body_kind, "ubnd_ly_son", "{\"name\":\"UBND đặc khu Lý Sơn\","
		"\"class\":\"body\"}");
	add(desk, &unit_kind, "xa-1", "{\"name\":\"Đặc khu Lý Sơn\",\"kind\":\"commune\","
		"\"body\":\"ubnd_ly_son\"}");
	add(desk, &unit_kind, "xa-2", "{\"name\":\"Xã Ba Tơ\",\"kind\":\"commune\"}");
	add(desk, &unit_kind, "xa-3", "{\"name\":\"Xã Ba Tô\",\"kind\":\"commune\"}");
	must(json_parse(&given, helper, sizeof(helper) - 1, NULL, &err)
		&& contact_add(desk, "ho_tro_nhanh", given, &err), &err);
	json_free(given);
	must(json_parse(&given, office, sizeof(office) - 1, NULL, &err)
		&& contact_add(desk, "ly_son", given, &err), &err);
	json_free(given);
}
