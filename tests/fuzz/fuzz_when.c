/* Any text as a time or a span: refused with a clean line, or a moment on the
 * right side of now that reads back as it is written. */
#include "tests/fuzz/fuzz.h"

#include <string.h>

#include "core/mem.h"
#include "core/when.h"

/* 21/11/2026 02:10 in Vietnam. */
#define NOW INT64_C(1795201800000)

static void
check_line(const struct error *err)
{
	const char *at = err->message;

	MUST(err->code == ERR_BAD_INPUT && *at != '\0');
	for (; *at != '\0'; at++) {
		MUST((unsigned char)*at >= ' ' && *at != 127);
	}
}

static void
check_time(const char *text, enum when_sense sense, const struct zone *zone)
{
	struct error err = ERROR_INIT;
	char written[WHEN_RFC3339_SIZE];
	char due[32];
	int64_t back;
	int64_t ms;

	if (!when_parse(&ms, text, sense, NOW, zone, &err)) {
		check_line(&err);
		return;
	}
	MUST(sense == WHEN_DUE || ms <= NOW + 5 * 60000);
	when_rfc3339(written, ms, zone);
	if (ms >= 0 && strlen(written) == 29) {
		MUST(when_from_rfc3339(&back, written, &err));
		MUST(back == ms);
	}
	when_due(due, ms, NOW, "vi");
	MUST(strlen(due) < sizeof due);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct zone *zones[2];
	struct error err = ERROR_INIT;
	char *text = xstrndup((const char *)data, size);
	int64_t span;

	if (zones[0] == NULL) {
		MUST(zone_load(&zones[0], "Asia/Ho_Chi_Minh", &err));
		MUST(zone_load(&zones[1], "America/Chicago", &err));
	}
	for (int i = 0; i < 2; i++) {
		check_time(text, WHEN_PAST, zones[i]);
		check_time(text, WHEN_DUE, zones[i]);
	}
	if (when_parse_span(&span, text, &err)) {
		char written[WHEN_SHORT_SIZE];
		int64_t back;

		MUST(span >= 0);
		when_span(written, span, "vi");
		MUST(when_parse_span(&back, written, &err));
		MUST(back <= span);
	} else {
		check_line(&err);
	}
	free(text);
	return 0;
}
