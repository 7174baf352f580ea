/* deadline_follow.c lets the clocks of a case follow its facts: what the rules in
 * force want now is compared with the rows that are there. */
#include "core/deadline_follow.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/calendar.h"
#include "core/change.h"
#include "core/columns.h"
#include "core/deadline.h"
#include "core/deadline_rule.h"
#include "core/holiday.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/rule.h"
#include "core/rule_form.h"
#include "core/setting.h"
#include "core/thing.h"

SQL(ANYTHING, "t",
	"SELECT CASE WHEN EXISTS (SELECT 1 FROM rule WHERE family = 'deadline')"
	" OR EXISTS (SELECT 1 FROM deadline WHERE case_id = $1) THEN 1 ELSE 0 END");

/* What a rule wants of the case now. */
struct wanted {
	bool fits;
	int64_t start;
	const char *condition;
	char why[80]; /* what does not hold: "severity=2" */
};

/* One look at a case. */
struct following {
	struct desk *desk;
	struct ir_case c;
	struct json *facts, *rules;
	struct json *sets;     /* in force */
	struct deadline *rows; /* that are there */
	int count, next_n;
	struct json *added, *changed; /* "each" of the events */
};

static bool
keep_row(const struct deadline *d, void *arg)
{
	struct following *f = arg;
	struct deadline *row;

	f->rows = xrealloc(f->rows, ((size_t)f->count + 1) * sizeof *f->rows);
	row = &f->rows[f->count++];
	*row = *d;
	/* Ours now: the visitor's texts go. */
	row->rule = xstrdup(d->rule);
	row->form = xstrdup(d->form);
	row->title = xstrdup(d->title);
	row->title_en = xstrdup(d->title_en);
	row->behalf = xstrdup(d->behalf);
	row->recipient = xstrdup(d->recipient);
	row->recipient_name = xstrdup(d->recipient_name);
	row->start_event = xstrdup(d->start_event);
	row->span = xstrdup(d->span);
	row->reason = xstrdup(d->reason);
	row->decided_by = xstrdup(d->decided_by);
	row->source = xstrdup(d->source);
	f->next_n = d->n >= f->next_n ? d->n + 1 : f->next_n;
	return true;
}

static void
clear(struct following *f)
{
	for (int i = 0; i < f->count; i++) {
		deadline_clear(&f->rows[i]);
	}
	free(f->rows);
	case_clear(&f->c);
	json_free(f->facts);
	json_free(f->rules);
	json_free(f->sets);
	json_free(f->added);
	json_free(f->changed);
}

static bool
look(struct following *f, const char *case_id, struct error *err)
{
	char *sets = NULL;

	f->next_n = 1;
	f->added = json_array();
	f->changed = json_array();
	if (!case_load(&f->c, f->desk, case_id, err) ||
	    !rule_facts_of(f->desk, &f->c, &f->facts, err) ||
	    !rule_list(f->desk, "deadline", &f->rules, err) ||
	    !deadline_each(f->desk, case_id, false, keep_row, f, err) ||
	    !setting_text(f->desk, "deadline.rules", &sets, err)) {
		return false;
	}
	f->sets = reg_split(sets == NULL ? "" : sets);
	free(sets);
	if (json_count(f->sets) == 0) { /* as "," left it: no law is off by that */
		json_push(f->sets, json_string("vn-2026"));
	}
	return true;
}

/* Of no set: always; else only while the desk has it in force. */
static bool
in_force(const struct following *f, const struct json *rule)
{
	const char *set = json_get_text(json_get(rule, "then"), "set");

	for (const struct json *name = json_first(f->sets); set != NULL && name != NULL;
	     name = json_next(name)) {
		if (strcmp(json_text(name, ""), set) == 0) {
			return true;
		}
	}
	return set == NULL;
}

static bool
valid_at(const struct following *f, const struct json *rule, int64_t at)
{
	struct civil c = zone_civil(desk_zone(f->desk), at);
	char day[CALENDAR_DAY_SIZE];

	calendar_iso(day, civil_days(c.year, c.month, c.day));
	return reg_valid_on(json_get_text(rule, "valid_from"), json_get_text(rule, "valid_to"),
		day);
}

/* The first condition that does not hold, as "field=value". */
static bool
conditions_hold(const struct following *f, const struct json *rule, struct wanted *out)
{
	for (const struct json *when = json_first(json_get(rule, "when")); when != NULL;
	     when = json_next(when)) {
		const struct json *is = json_get(f->facts, json_key(when));

		if (!rule_condition(when, is)) {
			char *value = json_is(is, JSON_STRING) ? xstrdup(json_text(is, ""))
				: json_line(is);

			(void)snprintf(out->why, sizeof out->why, "%.30s=%.40s", json_key(when),
				value);
			free(value);
			return false;
		}
	}
	return true;
}

static struct wanted
want(const struct following *f, const struct json *rule)
{
	const char *start = json_get_text(json_get(rule, "then"), "start");
	const struct json *when = json_get(json_get(rule, "when"), "reportable");
	struct wanted out = { .condition = "", .start = start_event_at(&f->c, start) };

	if (strcmp(f->c.status, "dismissed") == 0) {
		(void)snprintf(out.why, sizeof out.why, "status=dismissed");
		return out;
	}
	if (!conditions_hold(f, rule, &out)) {
		return out;
	}
	if (out.start == 0) {
		(void)snprintf(out.why, sizeof out.why, "start=%.60s", start);
		return out;
	}
	out.fits = true;
	/* A rule that asks for it, and holds although nobody has decided. */
	if (when != NULL && strcmp(f->c.reportable, "unknown") == 0) {
		out.condition = "if_reportable";
	}
	return out;
}

bool
deadline_end(struct desk *desk, const char *span, int64_t start, int64_t *due,
	struct error *err)
{
	struct calendar calendar = { 0 };
	struct span parsed;
	bool days;

	if (!span_parse(&parsed, span, err)) {
		return false;
	}
	days = parsed.unit == SPAN_DAYS || parsed.unit == SPAN_WORKING_DAYS;
	if (days && !holiday_calendar(desk, &calendar, err)) {
		return false;
	}
	*due = calendar_end(days ? &calendar : NULL, desk_zone(desk), start, &parsed);
	calendar_clear(&calendar);
	return true;
}

const char *
deadline_behalf(const struct json *rule, const struct json *facts)
{
	const char *who = json_get_text(json_get(rule, "then"), "behalf");
	const char *name = json_get_text(facts, who != NULL && strcmp(who, "operator") == 0
		? "asset_operator" : "asset_owner");

	return name == NULL ? "" : name;
}

struct json *
deadline_row(struct desk *desk, const struct json *rule, const struct json *facts, int n,
	int64_t start, int64_t due, const char *condition)
{
	const struct json *then = json_get(rule, "then");
	char id[UUID_SIZE];
	struct json *body = thing_new(desk, "deadline", id);
	static const struct {
		const char *column, *key;
	} texts[] = {
		{ "form", "form" }, { "recipient", "recipient" }, { "start_event", "start" },
		{ "span", "span" },
	};

	row_int(body, "n", n);
	row_text(body, "rule", json_get_text(rule, "code"));
	row_text(body, "source", json_get_text(rule, "source"));
	row_text(body, "title", json_get_text(json_get(then, "title"), "vi"));
	row_text(body, "title_en", json_get_text(json_get(then, "title"), "en"));
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		row_text(body, texts[i].column, json_get_text(then, texts[i].key));
	}
	row_text(body, "behalf", deadline_behalf(rule, facts));
	row_int(body, "start_at", start);
	row_int(body, "due_at", due);
	row_text(body, "state", "running");
	row_text(body, "condition", condition);
	row_int(body, "lawful", !json_get_bool(then, "own"));
	return body;
}

/* What changes in a row that is there; nothing where it is as it should be. */
static bool
change_row(struct following *f, const struct deadline *d, const struct json *rule,
	const struct wanted *w, struct error *err)
{
	bool running = strcmp(d->state, "running") == 0;
	const char *behalf = deadline_behalf(rule, f->facts);
	struct json *body;
	int64_t due;

	if ((!running && strcmp(d->state, "stopped") != 0) ||
	    strcmp(d->start_event, "by_hand") == 0 || (!running && !w->fits)) {
		return true;
	}
	body = thing_change("deadline", d->id);
	json_set_int(body, "n", d->n);
	json_set_text(body, "title", d->title);
	json_set_text(body, "title_en", d->title_en);
	if (running != w->fits) {
		set_text(body, "state", d->state, w->fits ? "running" : "stopped");
		set_text(body, "reason", d->reason, w->fits ? "" : w->why);
	}
	if (w->fits) {
		if (!deadline_end(f->desk, d->span, w->start, &due, err)) {
			json_free(body);
			return false;
		}
		if (w->start != d->start_at) {
			set_int(body, "start_at", d->start_at, w->start);
		}
		/* A start that stays keeps its end, whatever holidays came since. */
		if (w->start != d->start_at && due != d->due_at) {
			set_int(body, "due_at", d->due_at, due);
		}
		if (strcmp(w->condition, d->condition) != 0) {
			set_text(body, "condition", d->condition, w->condition);
		}
		if (strcmp(behalf, d->behalf) != 0) {
			set_text(body, "behalf", d->behalf, behalf);
		}
	}
	if (set_count(body) == 0) {
		json_free(body);
	} else {
		json_push(f->changed, body);
	}
	return true;
}

static bool
follow_rule(struct following *f, const struct json *rule, struct error *err)
{
	const char *code = json_get_text(rule, "code");
	struct wanted w = want(f, rule);
	int64_t due;

	for (int i = 0; i < f->count; i++) {
		if (strcmp(f->rows[i].rule, code) == 0) {
			return change_row(f, &f->rows[i], rule, &w, err);
		}
	}
	if (!w.fits || !in_force(f, rule) || !valid_at(f, rule, w.start)) {
		return true;
	}
	if (!deadline_end(f->desk, json_get_text(json_get(rule, "then"), "span"), w.start,
		    &due, err)) {
		return false;
	}
	json_push(f->added, deadline_row(f->desk, rule, f->facts, f->next_n++, w.start, due,
		w.condition));
	return true;
}

/* Takes the list. */
static void
append(struct following *f, const char *kind, struct json **each)
{
	struct json *body;

	if (json_count(*each) > 0) {
		body = json_object();
		json_set(body, "each", *each);
		*each = NULL;
		change_add(f->desk, kind, f->c.id, body);
	}
}

bool
deadline_follow(struct desk *desk, const char *case_id, struct error *err)
{
	struct following f = { .desk = desk };
	int64_t anything = 0;
	bool ok;

	if (!change_flush(desk, err) ||
	    !db_one_int(desk_db(desk), &ANYTHING, &anything, err, TXT(case_id))) {
		return false;
	}
	if (anything == 0) {
		return true;
	}
	ok = look(&f, case_id, err);
	for (const struct json *rule = ok && strcmp(f.c.status, "closed") != 0
			? json_first(f.rules) : NULL; ok && rule != NULL; rule = json_next(rule)) {
		ok = follow_rule(&f, rule, err);
	}
	if (ok) {
		append(&f, "deadline_added", &f.added);
		append(&f, "deadline_set", &f.changed);
	}
	clear(&f);
	return ok;
}

static const char *
new_text(const struct json *set, const char *column, const char *was)
{
	const struct json *change = json_get(set, column);

	return change == NULL ? was : json_text(json_get(change, "to"), "");
}

void
deadline_facts(struct desk *desk, const struct ir_case *c, struct json *body)
{
	const struct json *set = json_get(body, "set");
	const struct json *known = json_get(set, "personal_data_at");
	const char *personal = new_text(set, "personal_data", c->personal_data);
	bool yes = strcmp(personal, "yes") == 0;

	if (json_get(set, "reportable") != NULL) {
		set_int(body, "reportable_asked_at", c->reportable_asked_at, desk_now(desk));
	}
	/* Who says since when it is known says that it is involved. */
	if (known != NULL && json_is(json_get(known, "to"), JSON_NUMBER) && !yes) {
		set_text(body, "personal_data", c->personal_data, "yes");
	} else if (known == NULL && yes && c->personal_data_at == 0) {
		set_int(body, "personal_data_at", 0, desk_now(desk));
	} else if (known == NULL && !yes && c->personal_data_at != 0) {
		set_int(body, "personal_data_at", c->personal_data_at, 0);
	}
}

bool
deadline_may_deny(struct desk *desk, const struct ir_case *c, struct error *err)
{
	struct deadline d = { 0 };
	bool runs = false;
	bool may = true;

	if (desk_me(desk)->role >= act_rows[ACT_DEADLINE].least) {
		return true;
	}
	if (!deadline_nearest(desk, c->id, &d, &runs, err)) {
		return false;
	}
	if (runs) {
		may = error_set(err, ERR_FORBIDDEN,
			_("not allowed: the lawful clock \"%s\" runs, and that it does not apply is"
			  " decided by the role %s, yours is %s; \"unknown\" with a reason asks"
			  " again in an hour"), deadline_title(&d),
			role_label(act_rows[ACT_DEADLINE].least), role_label(desk_me(desk)->role));
	}
	deadline_clear(&d);
	return may;
}
