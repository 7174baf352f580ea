/* obligation_open.c makes the rows of duties: which periods the rules want by
 * now, when each is due, all missing ones by one event. */
#include <stdlib.h>
#include <string.h>

#include "core/change.h"
#include "core/holiday.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/obligation.h"
#include "core/period.h"
#include "core/register.h"
#include "core/register_value.h"
#include "core/rule.h"
#include "core/setting.h"
#include "core/thing.h"
#include "core/when.h"

#define DAY_MS 86400000LL
#define FIRST_YEAR 2026 /* of spans of years, where the rule says none */
#define MOST_OFF 30    /* days off in a row: Tết and its make-up days are fewer */
#define MOST_MISSED 40 /* periods made at once: a desk left alone for a month */

SQL(HAS_ROW, "tt", "SELECT COUNT(*) FROM obligation WHERE rule = $1 AND label = $2");
SQL(LAST_DUE, "t",
	"SELECT due_at FROM obligation WHERE rule = $1 ORDER BY due_at DESC LIMIT 1");

bool
obligation_rule_fits(const struct json *then, const char *path, struct error *err)
{
	const char *every = json_get_text(then, "every");
	const char *due = json_get_text(then, "due");
	const char *from = json_get_text(then, "from");
	const char *remind = json_get_text(then, "remind");
	char *at = reg_place(path, "every");
	bool ok = period_check(every, at, err);
	bool before;
	int64_t day;

	free(at);
	at = reg_place(path, "due");
	ok = ok && (due == NULL || period_due(&day, &before,
		&(struct period){ .last = 20000 }, due, at, err));
	free(at);
	at = reg_place(path, "remind");
	ok = ok && (remind == NULL || when_parse_span(&day, remind, err));
	free(at);
	at = reg_place(path, "from");
	ok = ok && (from == NULL || (strlen(from) == 4 &&
		strspn(from, "0123456789") == 4) || error_set(err, ERR_BAD_INPUT,
			_("%s: must be a year"), at));
	free(at);
	return ok;
}

/* Midnight at the beginning of a day of the desk's zone. */
static int64_t
midnight(struct desk *desk, int64_t day)
{
	struct civil at = { 0 };

	civil_from_days(day, &at.year, &at.month, &at.day);
	return zone_moment(desk_zone(desk), &at, NULL);
}

static int64_t
today(struct desk *desk)
{
	struct civil at = zone_civil(desk_zone(desk), desk_now(desk));

	return civil_days(at.year, at.month, at.day);
}

/* A lawful day on which nobody works comes early: what must be there before it
 * cannot be handed in after it. */
static int64_t
working_day(const struct calendar *calendar, int64_t day, bool lawful)
{
	for (int i = 0; lawful && i < MOST_OFF && !calendar_works(calendar, day); i++) {
		day--;
	}
	return day;
}

/* What one look at the rules works with. */
struct looking {
	struct desk *desk;
	struct calendar calendar;
	struct json *each; /* of fresh rows */
};

static bool
due_of(int64_t *out, const struct looking *l, const struct json *then,
	const struct period *period, struct error *err)
{
	const char *due = json_get_text(then, "due");
	bool before = false;
	int64_t day;

	if (!period_due(&day, &before, period, due == NULL ? "" : due, "due", err)) {
		return false;
	}
	*out = midnight(l->desk, working_day(&l->calendar, day - before, due != NULL) + 1);
	return true;
}

/* From when on NOW asks for it; the rule was checked when it was made. */
static int64_t
remind_of(const struct json *then, int64_t due)
{
	const char *remind = json_get_text(then, "remind");
	struct error ignored = ERROR_INIT;
	int64_t span = 7 * DAY_MS;

	if (remind != NULL) {
		(void)when_parse_span(&span, remind, &ignored);
	}
	return due - span;
}

static bool
add_row(struct looking *l, const struct json *rule, const struct period *period,
	struct error *err)
{
	const struct json *then = json_get(rule, "then");
	const struct json *title = json_get(then, "title");
	char id[UUID_SIZE];
	struct json *child;
	int64_t due = 0;
	int64_t there = 0;

	if (!db_one_int(desk_db(l->desk), &HAS_ROW, &there, err,
		    TXT(json_get_text(rule, "code")), TXT(period->label))) {
		return false;
	}
	if (there > 0) {
		return true;
	}
	if (!due_of(&due, l, then, period, err)) {
		return false;
	}
	child = thing_new(l->desk, "obligation", id);
	row_text(child, "rule", json_get_text(rule, "code"));
	row_text(child, "title", json_get_text(title, "vi"));
	row_text(child, "title_en", json_get_text(title, "en"));
	row_text(child, "period", json_get_text(then, "every"));
	row_text(child, "label", period->label);
	row_int(child, "due_at", due);
	row_int(child, "remind_at", remind_of(then, due));
	row_text(child, "recipient", json_get_text(then, "recipient"));
	row_text(child, "channel", json_get_text(then, "channel"));
	row_text(child, "result", "pending");
	row_text(child, "source", json_get_text(rule, "source"));
	json_push(l->each, child);
	return true;
}

/* *first is the present one; it becomes the one after the newest row, at most a
 * month of days back.  What was due before suco knew the rule is not called late,
 * not on a later look either: then the next one is the first. */
static bool
first_period(struct period *first, const struct looking *l, const struct json *rule,
	const struct period *next, struct error *err)
{
	const struct json *then = json_get(rule, "then");
	const char *every = json_get_text(then, "every");
	const char *from = json_get_text(then, "from");
	int anchor = from == NULL ? FIRST_YEAR : (int)strtol(from, NULL, 10);
	int64_t newest = 0, due = 0;

	if (!db_one_int(desk_db(l->desk), &LAST_DUE, &newest, err,
		    TXT(json_get_text(rule, "code"))) ||
	    !due_of(&due, l, then, first, err)) {
		return false;
	}
	if ((newest == 0 || newest > due) && due <= desk_now(l->desk)) {
		*first = *next;
	}
	for (int i = 0; newest != 0 && i < MOST_MISSED &&
	     midnight(l->desk, first->first) > newest; i++) {
		*first = period_of(every, anchor, first->first - 1);
	}
	return true;
}

/* From there on to the one after the present. */
static bool
add_periods(struct looking *l, const struct json *rule, struct error *err)
{
	struct desk *desk = l->desk;
	const struct json *then = json_get(rule, "then");
	const char *every = json_get_text(then, "every");
	const char *from = json_get_text(then, "from");
	int anchor = from == NULL ? FIRST_YEAR : (int)strtol(from, NULL, 10);
	struct period now = period_of(every, anchor, today(desk));
	struct period next = period_of(every, anchor, now.last + 1);
	struct period first = now;
	bool ok = first_period(&first, l, rule, &next, err);

	for (struct period at = first; ok && at.first <= next.first;
	     at = period_of(every, anchor, at.last + 1)) {
		ok = add_row(l, rule, &at, err);
	}
	return ok;
}

/* A rule of a set of laws counts while the desk works by that set. */
static bool
in_force(struct desk *desk, const struct json *rule, bool *out, struct error *err)
{
	const char *set = json_get_text(json_get(rule, "then"), "set");
	struct json *sets = NULL;
	char *value = NULL;

	*out = json_get_bool(rule, "valid") && set == NULL;
	if (set == NULL || !json_get_bool(rule, "valid")) {
		return true;
	}
	if (!setting_text(desk, "deadline.rules", &value, err)) {
		return false;
	}
	sets = reg_split(value == NULL ? "" : value);
	for (const struct json *one = json_first(sets); one != NULL; one = json_next(one)) {
		*out = *out || strcmp(json_text(one, ""), set) == 0;
	}
	json_free(sets);
	free(value);
	return true;
}

static bool
collect(struct json *each, struct desk *desk, struct error *err)
{
	struct looking l = { .desk = desk, .each = each };
	struct json *rules = NULL;
	bool ok = rule_list(desk, "periodic", &rules, err) &&
		(json_count(rules) == 0 || holiday_calendar(desk, &l.calendar, err));

	for (const struct json *rule = json_first(rules); ok && rule != NULL;
	     rule = json_next(rule)) {
		bool counts = false;

		ok = in_force(desk, rule, &counts, err) &&
			(!counts || add_periods(&l, rule, err));
	}
	json_free(rules);
	calendar_clear(&l.calendar);
	return ok;
}

/* Looked at before anything is locked: usually all is there. */
static bool
any_missing(struct desk *desk, bool *out, struct error *err)
{
	struct json *each = json_array();
	bool ok = collect(each, desk, err);

	*out = json_count(each) > 0;
	json_free(each);
	return ok;
}

bool
obligation_open(struct desk *desk, int *made, struct error *err)
{
	struct error ignored = ERROR_INIT;
	struct json *body = NULL;
	struct json *each = NULL;
	bool missing = false;
	bool ok;

	*made = 0;
	if (desk_readonly(desk) || !desk_may(desk, ACT_WORK, &ignored)) {
		return true;
	}
	if (!any_missing(desk, &missing, err)) {
		return false;
	}
	if (!missing) {
		return true;
	}
	if (!change_begin(desk, err)) {
		return false;
	}
	each = json_array();
	ok = collect(each, desk, err);
	*made = json_count(each);
	if (ok && *made > 0) {
		body = json_object();
		json_set(body, "each", each);
		change_add(desk, "obligation_added", NULL, body);
	} else {
		json_free(each);
	}
	return change_end(desk, ok, err);
}
