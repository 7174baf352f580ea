/* model.c fills the summary of the desk, on the desk's thread. */
#include "tui/model.h"

#include <stdio.h>
#include <string.h>

#include "core/countdown.h"
#include "core/list.h"
#include "core/outbox.h"
#include "tui/case_rows.h"

SQL(OLDEST_WAITING, "i",
	"SELECT queued_at FROM message WHERE state = 'queued' AND is_open = 1"
	" AND NOT EXISTS (SELECT 1 FROM local_lease l WHERE l.expires_at > $1)"
	" ORDER BY position LIMIT 1");

static bool
count_messages(struct summary *out, struct desk *desk, struct error *err)
{
	return outbox_count(desk, "queued", &out->waiting, err)
		&& outbox_count(desk, "failed", &out->failed, err)
		&& outbox_count(desk, "held", &out->held, err);
}

static bool
find_engine(struct summary *out, struct desk *desk, struct error *err)
{
	int64_t now = desk_now(desk);
	int64_t since = 0;

	if (out->waiting == 0) {
		return true;
	}
	if (!db_one_int(desk_db(desk), &OLDEST_WAITING, &since, err, I64(now))) {
		return false;
	}
	/* A moment between writing and sending is no missing engine. */
	out->no_engine = since > 0 && since < now - 2 * 60000;
	out->waiting_since = since;
	return true;
}

static bool
find_clock(struct summary *out, struct desk *desk, struct error *err)
{
	struct countdown clock;
	bool found = false;

	if (!countdown_first(&clock, &found, desk, NULL, err)) {
		return false;
	}
	if (found) {
		snprintf(out->clock_label, sizeof(out->clock_label), "%s", clock.label);
		case_short_number(out->clock_number, clock.number);
		memcpy(out->clock_case, clock.case_id, sizeof(out->clock_case));
		out->clock_ends = clock.ends_at;
	}
	countdown_clear(&clock);
	return true;
}

bool
summary_load(struct summary *out, struct desk *desk, struct error *err)
{
	*out = (struct summary){ .read = true, .demo = desk_is_demo(desk),
		.readonly = desk_readonly(desk), .me = *desk_me(desk),
		.zone = desk_zone(desk) };
	snprintf(out->desk, sizeof(out->desk), "%s", desk_name(desk));
	return list_open_count(desk, false, &out->open, err)
		&& list_late_count(desk, false, &out->late, err)
		&& count_messages(out, desk, err)
		&& find_engine(out, desk, err)
		&& find_clock(out, desk, err)
		&& burning_look(&out->burning, desk, NULL, err)
		&& now_find(&out->now, desk, err);
}
