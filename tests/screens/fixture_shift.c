/* fixture_shift.c adds a night's shift log, a hand-over that waits, and systems
 * that the desk itself stands on, to a desk of the screen tests. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/handover.h"
#include "core/setting.h"
#include "core/shift_log.h"
#include "tests/screens/fixtures.h"

static void
must(bool ok, const struct error *err)
{
	if (!ok) {
		fprintf(stderr, "fixture: %s %s\n", err->message, err->cause);
		exit(1);
	}
}

/* Beside the desk: never in the home of whoever tests. */
static const char *
copies(const struct desk *desk)
{
	static char path[256];
	const char *url = desk_url(desk);
	const char *slash = strrchr(url, '/');

	snprintf(path, sizeof(path), "%.*s/copies", (int)(slash - url), url);
	return path;
}

void
fixture_shift(struct desk *desk)
{
	static const struct {
		const char *kind, *text, *asset;
		int minutes_ago;
	} log[] = {
		{ "check", "SOC: bình thường", NULL, 75 },
		{ "backup", "Sao lưu CSDL LGSP đêm qua: đạt", "LGSP", 40 },
		{ "opened", "Mở tủ khóa phòng máy cho bên điện", "TTDL", 5 },
	};
	struct error err = ERROR_INIT;
	int64_t n;

	for (size_t i = 0; i < sizeof log / sizeof *log; i++) {
		must(shift_log_add(desk, &(struct shift_new){ .kind = log[i].kind,
			.text = log[i].text, .asset = log[i].asset,
			.at = screens_now - log[i].minutes_ago * 60000 }, &n, &err), &err);
	}
	must(setting_set(desk, "desk.mail", "LGSP", &err), &err);
	must(setting_set(desk, "copy_dir", copies(desk), &err), &err);
	must(handover_give(desk, "tuan", "Bên điện hẹn 03:30, gọi lại nếu chưa có điện",
		&n, &err), &err);
	screens_now += 60000;
}
