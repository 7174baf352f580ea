/* fixture_roster.c adds a duty roster to a desk of the screen tests: two shifts, a
 * backup, leave that leaves a hole, an exception, a swap that waits for ha. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/duty_act.h"
#include "core/json.h"
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
set(struct desk *desk, const char *layer, const char *text)
{
	struct error err = ERROR_INIT;
	struct json *given = NULL;
	bool changed;

	must(json_parse(&given, text, strlen(text), NULL, &err), &err);
	must(duty_set(desk, layer, given, &changed, &err), &err);
	json_free(given);
}

/* The other member asks: the act is his. */
static void
ask_swap(const struct desk *desk)
{
	struct error err = ERROR_INIT;
	char folder[256];
	const char *url = desk_url(desk), *slash = strrchr(url, '/');
	struct desk *his;
	int n;

	snprintf(folder, sizeof(folder), "%.*s", (int)(slash - url), url);
	his = screens_reopen(folder, "tuan");
	must(duty_swap_ask(his, &(struct duty_swap_new){ .layer = "first", .other = "ha",
		.span = { "26/11/2026 06:00", "26/11/2026 18:00" }, .reason = "họp phụ huynh" },
		&n, &err), &err);
	desk_close(his);
}

void
fixture_roster(struct desk *desk)
{
	struct error err = ERROR_INIT;
	int n;

	set(desk, "first", "{\"name\": \"Trực chính\", \"name_en\": \"First on call\","
		" \"needed\": 1, \"rotations\": [{\"name\": \"Ca ngày\", \"type\": \"daily\","
		" \"start\": \"2026-11-16T06:00\", \"from\": \"06:00\", \"to\": \"18:00\","
		" \"people\": \"ha,tuan,linh\"}, {\"name\": \"Ca đêm\", \"type\": \"daily\","
		" \"start\": \"2026-11-16T18:00\", \"from\": \"18:00\", \"to\": \"06:00\","
		" \"people\": \"tuan,linh,ha\"}]}");
	set(desk, "backup", "{\"name\": \"Dự phòng\", \"name_en\": \"Backup\", \"needed\": 1,"
		" \"rotation\": {\"type\": \"weekly\", \"start\": \"2026-11-16T08:00\","
		" \"people\": \"minh,linh\"}}");
	set(desk, "lead", "{\"name\": \"Lãnh đạo\", \"name_en\": \"Lead\", \"counted\": false,"
		" \"rotation\": {\"type\": \"fixed\", \"people\": \"minh\"}}");
	must(duty_away(desk, "linh", &(struct duty_span){ "24/11/2026 12:00",
		"26/11/2026 06:00" }, "thi", &n, &err), &err);
	must(duty_override(desk, &(struct duty_override_new){ .kind = "replace",
		.layer = "first", .member = "minh", .other = "ha",
		.span = { "22/11/2026 06:00", "22/11/2026 18:00" }, .reason = "về quê" }, &n,
		&err), &err);
	ask_swap(desk);
	screens_now += 60000;
}
