/* The state row: what stands on the right is whole, or a shorter one stands there. */
#include "tests/test.h"

#include <stdio.h>

#include "tui/chrome.h"
#include "tui/frame.h"
#include "tui/model.h"

#define NOW INT64_C(1795400000000)
#define DAY INT64_C(86400000)

static const char *
state_row(int cols)
{
	static char text[1024];
	struct summary summary = { .waiting = 11, .failed = 11, .held = 37,
		.no_engine = true, .waiting_since = NOW - DAY,
		.engine = { .calls = 12, .calls_since = NOW - 20 * DAY } };
	struct screen screen = { .summary = &summary, .now = NOW };
	struct frame frame = { 0 };
	struct buf out = { 0 };
	struct zone *zone = NULL;
	struct error err;

	CHECK_OK(zone_load(&zone, "UTC", &err), err);
	summary.zone = zone;
	frame_size(&frame, 1, cols);
	chrome_state(&frame, 0, &screen, "9/17", false, 0);
	frame_row_text(&frame, 0, &out);
	snprintf(text, sizeof(text), "%s", buf_text(&out));
	buf_free(&out);
	frame_free(&frame);
	zone_free(zone);
	return text;
}

static bool
ends_in(const char *text, const char *end)
{
	size_t len = strlen(text), tail = strlen(end);

	return len >= tail && strcmp(text + len - tail, end) == 0;
}

TEST(calls_that_are_due_are_told_whole_at_every_width)
{
	CHECK(ends_in(state_row(120), ", messages 11"));
	CHECK(strstr(state_row(120), "NO ENGINE: calls due 12 since ") != NULL);
	CHECK(strstr(state_row(80), "NO ENGINE: calls due 12 since ") != NULL);
	CHECK(strstr(state_row(80), "messages") == NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(calls_that_are_due_are_told_whole_at_every_width),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
