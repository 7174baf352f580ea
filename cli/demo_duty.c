/* demo_duty.c: the roster of the sample desk: sixty days of turns, and three faults
 * that `duty gaps` finds: a night without backup, leave on a shift, a week too long. */
#include <stdio.h>
#include <stdlib.h>

#include "cli/demo_private.h"
#include "core/calendar.h"
#include "core/desk_private.h"
#include "core/duty_act.h"
#include "core/json.h"
#include "core/mem.h"
#include "core/rota.h"
#include "core/when.h"

/* A whole number of turns of four before the Monday that the faults hang on. */
#define BACK_DAYS 72

static const struct {
	const char *layer, *name, *from, *to, *people;
} rotas[] = {
	{ "first", "Ca ngày", "06:00", "18:00", "tuan,lan,nam,thu" },
	{ "first", "Ca đêm", "18:00", "06:00", "nam,thu,tuan,lan" },
	{ "backup", "Dự phòng ngày", "06:00", "18:00", "lan,nam,thu,tuan" },
	{ "backup", "Dự phòng đêm", "18:00", "06:00", "thu,tuan,lan,nam" },
};

static const struct {
	const char *layer, *name, *name_en;
} layers[] = {
	{ "first", "Trực chính", "First" }, { "backup", "Dự phòng", "Backup" },
	{ "lead", "Lãnh đạo trực", "Lead" },
};

static int64_t
next_monday(const struct desk *desk, int64_t end)
{
	int64_t day = calendar_day(desk_zone(desk), end);

	return day + 7 - (calendar_weekday(day) + 6) % 7;
}

static bool
set(struct desk *desk, const char *layer, struct json *given, struct error *err)
{
	bool changed;
	bool ok = duty_set(desk, layer, given, &changed, err);

	json_free(given);
	return ok;
}

static bool
set_layers(struct desk *desk, struct error *err)
{
	bool ok = true;

	for (size_t i = 0; ok && i < sizeof layers / sizeof *layers; i++) {
		struct json *given = json_object();

		json_set_text(given, "name", layers[i].name);
		json_set_text(given, "name_en", layers[i].name_en);
		json_set_int(given, "needed", 1);
		json_set_int(given, "counted", i == 0);
		ok = set(desk, layers[i].layer, given, err);
	}
	return ok;
}

bool
demo_roster(struct desk *desk, int64_t end, struct error *err)
{
	char start[CALENDAR_DAY_SIZE], monday[CALENDAR_DAY_SIZE];
	struct json *given, *rota;
	bool ok = set_layers(desk, err);

	calendar_iso(start, next_monday(desk, end) - BACK_DAYS);
	calendar_iso(monday, next_monday(desk, end) - 70);
	for (size_t i = 0; ok && i < sizeof rotas / sizeof *rotas; i++) {
		char *begins = xasprintf("%sT%s", start, rotas[i].from);

		given = json_object();
		rota = json_object();
		json_set_text(rota, "n", "new");
		json_set_text(rota, "name", rotas[i].name);
		json_set_text(rota, "type", "daily");
		json_set_text(rota, "from", rotas[i].from);
		json_set_text(rota, "to", rotas[i].to);
		json_set_text(rota, "people", rotas[i].people);
		json_set_text(rota, "start", begins);
		json_set(given, "rotation", rota);
		ok = set(desk, rotas[i].layer, given, err);
		free(begins);
	}
	given = json_object();
	rota = json_object();
	json_set_text(rota, "people", "ha,binh");
	json_set_text(rota, "type", "weekly");
	json_set_text(rota, "start", monday);
	json_set(given, "rotation", rota);
	if (!ok) {
		json_free(given);
		return false;
	}
	return set(desk, "lead", given, err);
}

/* "26/11/2026 18:00" */
static const char *
at(char out[WHEN_SHORT_SIZE], const struct desk *desk, int64_t day, int hour)
{
	when_full(out, rota_first_of(desk_zone(desk), day, hour * 60), desk_zone(desk));
	return out;
}

bool
demo_roster_faults(struct desk *desk, int64_t end, struct error *err)
{
	int64_t monday = next_monday(desk, end);
	char from[WHEN_SHORT_SIZE], to[WHEN_SHORT_SIZE];
	struct duty_override_new gap = { .kind = "remove", .layer = "backup", .other = "nam",
		.span = { at(from, desk, monday + 3, 18), at(to, desk, monday + 4, 6) },
		.reason = "Đi tập huấn" };
	struct duty_override_new week = { .kind = "replace", .layer = "first",
		.member = "tuan", .other = "lan", .reason = "Trực thay" };
	struct duty_span leave;
	int n;

	if (!desk_seat(desk, "ha", NULL, err) || !duty_override(desk, &gap, &n, err)) {
		return false;
	}
	week.span = (struct duty_span){ at(from, desk, monday + 5, 6),
		at(to, desk, monday + 5, 18) };
	if (!duty_override(desk, &week, &n, err)) {
		return false;
	}
	leave = (struct duty_span){ at(from, desk, monday + 3, 0), at(to, desk, monday + 4, 0) };
	return duty_away(desk, "thu", &leave, "Thi nghiệp vụ", &n, err);
}
