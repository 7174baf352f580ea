/* model.c fills the summary of the desk, on the desk's thread. */
#include "tui/model.h"

#include <stdio.h>
#include <string.h>

#include "core/countdown.h"
#include "core/duty_roster.h"
#include "core/fold.h"
#include "core/i18n.h"
#include "core/lease.h"
#include "core/list.h"
#include "core/outbox.h"
#include "core/when.h"
#include "tui/case_rows.h"

SQL(OLDEST_WAITING, "i",
	"SELECT queued_at FROM message WHERE state = 'queued' AND is_open = 1"
	" AND NOT EXISTS (SELECT 1 FROM local_lease l WHERE l.name = '" LEASE_ENGINE "'"
	" AND l.expires_at > $1)"
	" ORDER BY position LIMIT 1");

#define NETWORK "name NOT IN ('desktop', 'file', 'exec')"
SQL(CHANNELS_UP, "", "SELECT COUNT(*) FROM local_channel WHERE state <> 'down' AND "
	NETWORK);
SQL(CUT_SINCE, "", "SELECT COALESCE(MAX(since), 0) FROM local_channel WHERE state = 'down'"
	" AND " NETWORK);

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

	if (!engine_look(&out->engine, desk, err) || (out->waiting > 0 &&
		    !db_one_int(desk_db(desk), &OLDEST_WAITING, &since, err, I64(now)))) {
		return false;
	}
	/* A moment between writing and sending is no missing engine. */
	out->waiting_since = since < now - 2 * 60000 ? since : 0;
	out->no_engine = out->waiting_since > 0 || out->engine.calls > 0;
	return true;
}

/* Every channel over the network that was ever used is down: nobody is told of
 * anything, and must be called by telephone. */
static bool
find_cut(struct summary *out, struct desk *desk, struct error *err)
{
	int64_t up = 0;

	return db_one_int(desk_db(desk), &CHANNELS_UP, &up, err, NOARGS) &&
		(up > 0 || db_one_int(desk_db(desk), &CUT_SINCE, &out->cut_since, err, NOARGS));
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

/* "On duty: Hà (to 06:00)", "Backup: Tuấn". */
static void
say_duty(struct summary *out, const struct roster *roster, int part,
	const struct duty_layer *layer, int64_t now)
{
	struct duty_list list;
	char until[WHEN_SHORT_SIZE] = "";
	const char *name;

	roster_list(&list, roster, layer->code, now);
	name = list.count > 0 ? fold_given_name(list.people[0].name) : _("NOBODY");
	if (list.count > 0 && list.people[0].until != NO_DUE) {
		when_near(until, list.people[0].until, now, roster->zone);
	}
	if (part > 0) {
		snprintf(out->duty[part], sizeof(out->duty[0]), "%.40s: %.30s",
			duty_layer_name(layer), name);
	} else if (until[0] == '\0') {
		snprintf(out->duty[0], sizeof(out->duty[0]), _("On duty: %.40s"), name);
	} else {
		snprintf(out->duty[0], sizeof(out->duty[0]), _("On duty: %.40s (to %s)"), name,
			until);
	}
	out->duty_hole = out->duty_hole || (part == 0 && list.count == 0);
	duty_list_clear(&list);
}

/* Layers that nobody was ever put on say nothing. */
static bool
find_duty(struct summary *out, struct desk *desk, struct error *err)
{
	struct roster roster;
	int part = 0;

	if (!roster_load(&roster, desk, desk_now(desk), err)) {
		return false;
	}
	for (int i = 0; i < roster.layers.count && part < DUTY_PARTS; i++) {
		if (roster_is_used(&roster, roster.layers.all[i].code)) {
			say_duty(out, &roster, part++, &roster.layers.all[i], desk_now(desk));
		}
	}
	roster_clear(&roster);
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
		&& find_cut(out, desk, err)
		&& find_clock(out, desk, err)
		&& find_duty(out, desk, err)
		&& burning_look(&out->burning, desk, NULL, err)
		&& now_find(&out->now, desk, err);
}
