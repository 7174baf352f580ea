/* fixture_clocks.c adds lawful clocks to a desk of the screen tests: the shipped
 * rules and holidays, a case that is reportable, one that nobody has decided. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/asset.h"
#include "core/case_open.h"
#include "core/case_set.h"
#include "core/contact.h"
#include "core/holiday.h"
#include "core/json.h"
#include "core/notice.h"
#include "core/profile.h"
#include "tests/screens/fixtures.h"

static void
check(bool ok, const struct error *err)
{
	if (!ok) {
		fprintf(stderr, "fixture clocks: %s %s\n", err->message, err->cause);
		exit(1);
	}
}

static void
put(struct desk *desk, bool (*add)(struct desk *desk, const char *key,
	const struct json *given, struct error *err), const char *key, const char *text)
{
	struct error err = ERROR_INIT;
	struct json *given = NULL;

	check(json_parse(&given, text, strlen(text), NULL, &err) &&
		add(desk, key, given, &err), &err);
	json_free(given);
}

static void
set(struct desk *desk, const char *id, const char *assignment)
{
	struct error err = ERROR_INIT;

	check(case_set(desk, id, &assignment, 1, &err), &err);
}

void
fixture_clocks(struct desk *desk)
{
	struct error err = ERROR_INIT;
	struct json *report = NULL;
	char id[UUID_SIZE];
	int n;

	check(profile_load_rules(desk, "vn-2026", &report, &err), &err);
	json_free(report);
	check(holiday_import(desk, "vn", &report, &err), &err);
	json_free(report);
	put(desk, contact_add, "bca",
		"{\"name\":\"Cơ quan chuyên trách BCA\",\"class\":\"ministry\"}");
	put(desk, asset_set, "TTDL", "{\"owner\":\"Sở KH&CN\"}");
	check(case_open(desk, &(struct case_new){ .kind = "attack",
		.title = "Nghi lộ dữ liệu hộ tịch", .asset = "TTDL", .owner = "ha",
		.detected_at = screens_now - INT64_C(24600000) }, id, &err), &err);
	check(severity_decide(desk, id, 3, "Có dữ liệu cá nhân", &err), &err);
	check(reportable_decide(desk, id, "yes", "Tấn công", &err), &err);
	set(desk, id, "personal_data_known=-2h");
	check(notice_sent(desk, id, &(struct notice_new){ .form = "initial-24h",
		.channel = "e_office", .number = "12/TB-ĐUCSC" }, &n, &err), &err);
	check(case_open(desk, &(struct case_new){ .kind = "power",
		.title = "Mất điện trạm chính", .asset = "TTDL", .owner = "ha",
		.detected_at = screens_now - INT64_C(83400000) }, id, &err), &err);
	check(severity_decide(desk, id, 4, "Máy phát hỏng", &err), &err);
}
