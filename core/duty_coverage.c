/* duty_coverage.c: the roster's faults of the next 30 days as one message a day to each
 * coordinator, in his language, and the mark that it was done. */
#include "core/duty_coverage.h"

#include <stdlib.h>
#include <string.h>

#include "core/calendar.h"
#include "core/change.h"
#include "core/db.h"
#include "core/duty_gaps.h"
#include "core/duty_roster.h"
#include "core/i18n.h"
#include "core/json.h"
#include "core/mem.h"
#include "core/outbox_new.h"
#include "core/rota_text.h"
#include "core/setting.h"
#include "core/when.h"
#include "core/wish.h"

#define DAY_MS INT64_C(86400000)
#define LINES_MOST 10
#define TEMPLATE "lich_thieu"
#define LOOKED "duty.coverage"
/* As a matter of the lowest severity: it waits wherever somebody has quiet hours. */
#define URGENCY 1

SQL(COVERAGE_LOOKED, "t", "SELECT at FROM local_fact WHERE name = $1");
SQL(COVERAGE_MARK, "ti",
	"INSERT INTO local_fact (name, value, at) VALUES ($1, '', $2)"
	" ON CONFLICT (name) DO UPDATE SET at = excluded.at");
SQL(COVERAGE_TOLD, "tii",
	"SELECT COUNT(*) FROM (SELECT template, queued_at FROM message"
	" ORDER BY position DESC LIMIT 5000) AS newest"
	" WHERE template = $1 AND queued_at >= $2 AND queued_at < $3");
SQL(COVERAGE_TO, "",
	"SELECT id, role, language FROM member"
	" WHERE role IN ('coordinator', 'admin') AND active = 1"
	" ORDER BY CASE role WHEN 'coordinator' THEN 0 ELSE 1 END, login");
SQL(COVERAGE_UNREACHED, "",
	"SELECT m.id FROM member m WHERE m.active = 1 AND NOT EXISTS (SELECT 1 FROM address a"
	" WHERE a.owner = m.id AND a.value <> ''"
	" AND (a.channel <> 'desktop' OR a.value = 'yes')) ORDER BY m.login");
SQL(COVERAGE_USED, "",
	"SELECT 1 FROM duty_rota WHERE state <> 'withdrawn'"
	" UNION ALL SELECT 1 FROM duty_spell WHERE state <> 'withdrawn' LIMIT 1");

/* The desk's day that it is now, and the time of the report on it. */
struct day {
	int64_t begins, ends, report, next; /* next: tomorrow's report */
};

bool
duty_report_clock(int *minutes, const char *value)
{
	struct error ignored = ERROR_INIT;

	*minutes = -1;
	return strcmp(value, "none") == 0 ||
		(rota_clock(minutes, value, &ignored) && *minutes < 1440);
}

static bool
read_day(struct day *out, struct desk *desk, bool *never, struct error *err)
{
	const struct zone *zone = desk_zone(desk);
	int64_t today = calendar_day(zone, desk_now(desk));
	char *value = NULL;
	int minutes = -1;
	bool ok = setting_text(desk, "duty.report_at", &value, err);

	/* What some other program wrote there is no time: never, as none. */
	*never = !ok || value == NULL || !duty_report_clock(&minutes, value) || minutes < 0;
	if (!*never) {
		*out = (struct day){ .begins = rota_first_of(zone, today, 0),
			.ends = rota_first_of(zone, today + 1, 0),
			.report = rota_first_of(zone, today, minutes),
			.next = rota_first_of(zone, today + 1, minutes) };
	}
	free(value);
	return ok;
}

/* ---- what is wrong ---- */

static void
mark_on_call(bool *on_call, const struct roster *roster, int64_t from, int64_t until)
{
	for (int i = 0; i < roster->layers.count; i++) {
		const char *layer = roster->layers.all[i].code;

		for (int64_t t = from; t < until; t = roster_next(roster, layer, t)) {
			struct roster_moment m;

			roster_at(&m, roster, layer, t);
			for (int p = 0; p < m.count; p++) {
				if (m.places[p].member >= 0 && !m.places[p].away) {
					on_call[m.places[p].member] = true;
				}
			}
		}
	}
}

/* On call in these days, and no message could reach him. */
static bool
add_unreached(struct json *lines, struct desk *desk, const char *language, struct error *err)
{
	int64_t now = desk_now(desk);
	struct roster roster;
	struct stmt *st;
	bool *on_call;

	if (!roster_load(&roster, desk, now, err)) {
		return false;
	}
	on_call = xcalloc((size_t)roster.member_count + 1, sizeof *on_call);
	mark_on_call(on_call, &roster, now, now + DUTY_COVERAGE_DAYS * DAY_MS);
	st = db_query(desk_db(desk), &COVERAGE_UNREACHED, NOARGS);
	while (stmt_row(st)) {
		int member = roster_member_id(&roster, stmt_text(st, 0));

		if (member >= 0 && on_call[member]) {
			char *line = xasprintf(i18n_in(language,
				N_("%s is on call and has no address for messages")),
				roster.members[member].name);

			json_push(lines, json_string(line));
			free(line);
		}
	}
	free(on_call);
	roster_clear(&roster);
	return stmt_done(st, err);
}

/* As `duty gaps` says it. */
static bool
add_gaps(struct json *lines, struct desk *desk, const char *language, struct error *err)
{
	int64_t now = desk_now(desk);
	struct duty_gaps gaps;

	if (!duty_gaps_in(desk, now, DUTY_COVERAGE_DAYS, language, &gaps, err)) {
		duty_gaps_clear(&gaps);
		return false;
	}
	for (int i = 0; i < gaps.count; i++) {
		char from[WHEN_SHORT_SIZE], until[WHEN_SHORT_SIZE];
		char *line;

		when_near(from, gaps.all[i].from, now - DAY_MS, desk_zone(desk));
		when_near(until, gaps.all[i].until, now - DAY_MS, desk_zone(desk));
		line = xasprintf("%s - %s  %s", from, until, gaps.all[i].text);
		json_push(lines, json_string(line));
		free(line);
	}
	duty_gaps_clear(&gaps);
	return true;
}

/* What the message says; *out NULL: nothing is wrong.  The title is what a digest
 * shows of it. */
static bool
vars_in(struct json **out, struct desk *desk, const char *language, struct error *err)
{
	struct json *lines = json_array();
	struct json *shown = json_array();
	bool ok = add_unreached(lines, desk, language, err) &&
		add_gaps(lines, desk, language, err);
	int count = json_count(lines);
	const struct json *line = json_first(lines);
	char *title;

	*out = NULL;
	if (!ok || count == 0) {
		json_free(lines);
		json_free(shown);
		return ok;
	}
	for (int i = 0; i < LINES_MOST && line != NULL; i++, line = json_next(line)) {
		json_push(shown, json_string(json_text(line, "")));
	}
	title = xasprintf(i18n_in(language, N_("The roster of 30 days has faults: %d")), count);
	*out = json_object();
	json_set_text(*out, "title", title);
	json_set_int(*out, "count", count);
	json_set(*out, "faults", shown);
	if (count > LINES_MOST) {
		json_set_int(*out, "n", count - LINES_MOST);
	}
	free(title);
	json_free(lines);
	return true;
}

/* ---- who is told ---- */

/* Coordinators; administrators where the desk has none.  [{id, language}] */
static bool
read_people(struct json **out, struct desk *desk, struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), &COVERAGE_TO, NOARGS);
	bool coordinators = false;

	*out = json_array();
	while (stmt_row(st)) {
		bool coordinator = strcmp(stmt_text(st, 1), "coordinator") == 0;

		if (coordinator || !coordinators) {
			struct json *one = json_object();

			json_set_text(one, "id", stmt_text(st, 0));
			json_set_text(one, "language", stmt_text(st, 2));
			json_push(*out, one);
		}
		coordinators = coordinators || coordinator;
	}
	return stmt_done(st, err);
}

static bool
tell_one(struct desk *desk, const char *id, const struct json *vars, struct error *err)
{
	int64_t now = desk_now(desk), until = 0;

	/* One that waited the night lasts a day from then. */
	return wish_quiet(desk, id, URGENCY, now, &until, err) &&
		outbox_queue(desk, &(struct message_new){ .to_kind = "member", .to_id = id,
			.template = TEMPLATE, .vars = vars, .rank = RANK_PLAIN,
			.not_before = until, .cause = NO_CAUSE,
			.lasts_ms = (until > now ? until - now : 0) + DAY_MS }, err);
}

static bool
tell_all(struct desk *desk, struct error *err)
{
	static const char *const languages[] = { "vi", "en" };
	struct json *people;
	bool ok = read_people(&people, desk, err);

	for (size_t i = 0; ok && i < sizeof languages / sizeof *languages; i++) {
		struct json *vars = NULL;
		bool read = false;

		for (const struct json *one = json_first(people); ok && one != NULL;
		     one = json_next(one)) {
			bool english = strcmp(json_text_of(one, "language"), "en") == 0;

			if (english != (strcmp(languages[i], "en") == 0)) {
				continue;
			}
			ok = read || vars_in(&vars, desk, languages[i], err);
			read = true;
			ok = ok && (vars == NULL ||
				tell_one(desk, json_text_of(one, "id"), vars, err));
		}
		json_free(vars);
	}
	json_free(people);
	return ok;
}

/* ---- once a day ---- */

static bool
is_looked(struct desk *desk, const struct day *day, bool *out, struct error *err)
{
	int64_t at = 0;

	if (!db_one_int(desk_db(desk), &COVERAGE_LOOKED, &at, err, TXT(LOOKED))) {
		return false;
	}
	*out = at >= day->begins && at < day->ends;
	return true;
}

/* The mark is this file's own and says nothing in a copy of the desk: the messages
 * say it there. */
static bool
look(struct desk *desk, const struct day *day, struct error *err)
{
	int64_t used = 0, told = 0;
	bool looked = false;

	if (!is_looked(desk, day, &looked, err)) {
		return false;
	}
	return looked || (db_one_int(desk_db(desk), &COVERAGE_TOLD, &told, err, TXT(TEMPLATE),
			I64(day->begins), I64(day->ends)) &&
		db_one_int(desk_db(desk), &COVERAGE_USED, &used, err, NOARGS) &&
		(told > 0 || used == 0 || tell_all(desk, err)) &&
		db_run(desk_db(desk), &COVERAGE_MARK, err, TXT(LOOKED), I64(desk_now(desk))));
}

bool
duty_coverage_round(struct desk *desk, int64_t *next_at, struct error *err)
{
	struct day day;
	bool never, looked = false;

	*next_at = INT64_MAX;
	if (!read_day(&day, desk, &never, err)) {
		return false;
	}
	if (never) {
		return true;
	}
	if (!is_looked(desk, &day, &looked, err)) {
		return false;
	}
	if (!looked && desk_now(desk) < day.report) {
		*next_at = day.report;
		return true;
	}
	/* Another engine may look meanwhile: it is asked again inside. */
	if (!looked && (!change_begin(desk, err) ||
		    !change_end(desk, look(desk, &day, err), err))) {
		return false;
	}
	*next_at = day.next;
	return true;
}
