/* shift_sheet_read.c reads what stands on a hand-over page: each part is one
 * query by an index, at most as many rows as a page has lines. */
#include "core/shift_sheet.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/alive.h"
#include "core/buf.h"
#include "core/i18n.h"
#include "core/list.h"
#include "core/mem.h"
#include "core/merge.h"
#include "core/outbox.h"
#include "core/shift_log.h"
#include "core/text.h"
#include "core/when.h"
#include "core/words.h"

#define ROWS "60"

SQL(OPEN_NO_OWNER, "",
	"SELECT COUNT(*) FROM cases WHERE is_open = 1 AND owner_id IS NULL AND drill = 0");
SQL(OPEN_UNKNOWN, "",
	"SELECT COUNT(*) FROM cases WHERE is_open = 1 AND reportable = 'unknown'"
	" AND drill = 0");
/* What falls due in (after, until]: steps, tasks, the next quick report, answers
 * promised to callers, periodic duties.  +c.drill, here and below: by no index, so
 * that what is open leads and not all cases. */
SQL(FALLS_DUE, "iit",
	"SELECT due, what, number, name FROM ("
	"SELECT s.due_at AS due, 'step' AS what, c.number AS number, s.name AS name"
	" FROM step_instance s JOIN cases c ON c.id = s.case_id"
	" WHERE s.ended_at IS NULL AND s.state IN ('open', 'started') AND c.is_open = 1"
	" AND +c.drill = 0 AND s.due_at > $1 AND s.due_at <= $2"
	" UNION ALL SELECT t.due_at, 'task', c.number, t.title FROM task t"
	" JOIN cases c ON c.id = t.case_id WHERE t.state = 'open' AND +c.drill = 0"
	" AND t.due_at > $1 AND t.due_at <= $2"
	" UNION ALL SELECT q.next_at, 'quick', c.number, '' FROM notice q"
	" JOIN cases c ON c.id = q.case_id WHERE c.is_open = 1 AND +c.drill = 0"
	" AND q.form = 'quick' AND q.next_at > $1 AND q.next_at <= $2 AND NOT EXISTS"
	"  (SELECT 1 FROM notice l WHERE l.case_id = q.case_id AND l.form = q.form"
	"   AND l.n > q.n)"
	" UNION ALL SELECT b.reply_by, 'tin', b.number, b.caller FROM tin b"
	" WHERE b.ended_at IS NULL AND b.drill = 0 AND b.reply_by > $1 AND b.reply_by <= $2"
	" UNION ALL SELECT o.due_at, 'duty', '',"
	" CASE WHEN $3 = 'en' AND o.title_en <> '' THEN o.title_en ELSE o.title END"
	" FROM obligation o"
	" WHERE o.result <> 'done' AND o.due_at > $1 AND o.due_at <= $2"
	") AS falls ORDER BY due, number, name LIMIT " ROWS);
SQL(PAUSED, "",
	"SELECT r.paused_at, c.number, CASE WHEN r.code <> '' THEN r.code ELSE r.name END,"
	" COALESCE(m.name, r.paused_by), r.why FROM cases c JOIN run r ON r.case_id = c.id"
	" LEFT JOIN member m ON m.login = r.paused_by WHERE c.is_open = 1 AND +c.drill = 0"
	" AND r.paused_at IS NOT NULL AND r.ended_at IS NULL"
	" ORDER BY r.paused_at, r.id LIMIT " ROWS);
SQL(WAITS, "",
	"SELECT w.promised_at, c.number, w.name, w.what, w.ticket, t.number FROM waiting w"
	" JOIN cases c ON c.id = w.case_id LEFT JOIN cases t ON t.id = c.merged_into"
	" WHERE w.ended_at IS NULL AND +c.drill = 0"
	" ORDER BY w.promised_at, w.id LIMIT " ROWS);
SQL(WAITS_COUNT, "i",
	"SELECT COUNT(*), COUNT(CASE WHEN w.promised_at < $1 THEN 1 END) FROM waiting w"
	" JOIN cases c ON c.id = w.case_id WHERE w.ended_at IS NULL AND +c.drill = 0");
SQL(ASKED, "",
	"SELECT d.until_at, c.number, d.name, d.question, t.number FROM decision d"
	" JOIN cases c ON c.id = d.case_id LEFT JOIN cases t ON t.id = c.merged_into"
	" WHERE d.ended_at IS NULL AND +c.drill = 0"
	" ORDER BY d.until_at, d.id LIMIT " ROWS);
SQL(CLOCKS, "",
	"SELECT due, what, number, title, title_en FROM ("
	"SELECT d.due_at AS due, d.rule AS what, c.number AS number, d.title AS title,"
	" d.title_en AS title_en"
	" FROM deadline d JOIN cases c ON c.id = d.case_id"
	" WHERE d.state = 'running' AND +c.drill = 0"
	" UNION ALL SELECT n.ends_at, 'down', c.number, n.label, '' FROM countdown n"
	" JOIN cases c ON c.id = n.case_id LEFT JOIN cases t ON t.id = c.merged_into"
	" WHERE n.state = 'running' AND COALESCE(t.is_open, c.is_open) = 1"
	" AND COALESCE(t.status, c.status) <> 'recovered' AND +c.drill = 0"
	") AS clocks ORDER BY due, number LIMIT " ROWS);
SQL(TINS, "",
	"SELECT reported_at, number, caller, unit_name, what FROM tin"
	" WHERE ended_at IS NULL AND drill = 0 ORDER BY reply_by, id LIMIT " ROWS);
SQL(ABNORMAL, "",
	"SELECT code, state, state_since, name FROM asset"
	" WHERE state NOT IN ('', 'normal', 'unknown') ORDER BY state_since, code LIMIT " ROWS);

/* Sealed again is what comes later about the same system. */
SQL(ENVELOPES_OPEN, "i",
	"SELECT a.code, o.at, o.text FROM shift_entry o JOIN asset a ON a.id = o.asset_id"
	" WHERE o.at >= $1 AND o.kind = 'envelope_opened' AND NOT EXISTS"
	" (SELECT 1 FROM shift_entry s WHERE s.at >= o.at AND s.kind = 'envelope_sealed'"
	"  AND s.asset_id = o.asset_id) ORDER BY o.at DESC, o.id DESC LIMIT " ROWS);

struct reading {
	struct shift_sheet *sheet;
	struct desk *desk;
	int64_t now;
};

static const char *
near(const struct reading *r, int64_t at, char out[WHEN_SHORT_SIZE])
{
	if (at == NO_DUE || at == 0) {
		(void)snprintf(out, WHEN_SHORT_SIZE, "-");
	} else {
		when_near(out, at, r->now, desk_zone(r->desk));
	}
	return out;
}

/* "12m LATE" in a column; the caller frees. */
static char *
due_column(const struct reading *r, int64_t due)
{
	char text[32];

	when_due(text, due, r->now, i18n_language());
	return text_column(text, 12, true, false);
}

/* The number as people say it: 2026-42. */
const char *
shift_number(const char *number, char out[24])
{
	const char *dash = strrchr(number, '-');
	const char *digits = dash == NULL ? number : dash + 1;

	digits += strspn(digits, "0");
	(void)snprintf(out, 24, "%.*s%s", dash == NULL ? 0 : (int)(dash + 1 - number),
		number, digits);
	return out;
}

static const char *
or_empty(struct stmt *st, int column)
{
	const char *text = stmt_text(st, column);

	return text == NULL ? "" : text;
}

static bool
add_case(const struct ir_case *c, const char *cursor, void *arg)
{
	struct reading *r = arg;
	char *due = due_column(r, c->due_at);
	char number[24], severity[8];
	char *title;

	(void)cursor;
	(void)snprintf(severity, sizeof severity, "%s%d%s",
		strcmp(i18n_language(), "vi") == 0 ? "M" : "S", case_severity(c),
		c->severity == 0 ? "?" : "");
	title = text_column(c->title, 28, true, false);
	sheet_part_add(&r->sheet->parts[SHEET_CASES], "%-9s %-3s %s %s %s",
		shift_number(c->number, number), case_severity(c) == 0 ? "-" : severity, due, title,
		c->owner_name[0] == '\0' ? _("NOBODY") : c->owner_name);
	free(title);
	free(due);
	return r->sheet->parts[SHEET_CASES].count < PART_LINES;
}

static bool
read_cases(struct reading *r, struct error *err)
{
	struct shift_sheet *s = r->sheet;
	struct sheet_part *part = &s->parts[SHEET_CASES];

	if (!list_open_count(r->desk, false, &s->open, err) ||
	    !list_late_count(r->desk, false, &s->late, err) ||
	    !db_one_int(desk_db(r->desk), &OPEN_NO_OWNER, &s->no_owner, err, NOARGS) ||
	    !db_one_int(desk_db(r->desk), &OPEN_UNKNOWN, &s->unknown, err, NOARGS) ||
	    !list_each(r->desk, &(struct list_filter){ .open = true, .sort = SORT_DUE,
		    .limit = PART_LINES }, add_case, r, err)) {
		return false;
	}
	part->total = s->open;
	part->beside = xasprintf(_("late %lld   no owner %lld   reportable unknown %lld"),
		(long long)s->late, (long long)s->no_owner, (long long)s->unknown);
	return true;
}

static const struct {
	const char *what;
	const char *word; /* marked for translation */
} due_words[] = {
	{ "step", N_("step") }, { "task", N_("task") }, { "quick", N_("quick report") },
	{ "tin", N_("answer to the caller") }, { "duty", N_("periodic report") },
};

static bool
read_due(struct reading *r, struct error *err)
{
	struct stmt *st = db_query(desk_db(r->desk), &FALLS_DUE, I64(r->now),
		I64(r->now + SHIFT_MS), TXT(i18n_language()));

	while (stmt_row(st)) {
		char when[WHEN_SHORT_SIZE], number[24];
		const char *word = "";

		for (size_t i = 0; i < sizeof due_words / sizeof *due_words; i++) {
			if (strcmp(due_words[i].what, stmt_text(st, 1)) == 0) {
				word = _(due_words[i].word);
			}
		}
		sheet_part_add(&r->sheet->parts[SHEET_NEXT], "%-12s %-9s %s %s",
			near(r, stmt_int(st, 0), when), shift_number(or_empty(st, 2), number), word,
			or_empty(st, 3));
	}
	return stmt_done(st, err);
}

/* Nothing of such a plan falls due: without this line nobody would look for it. */
static bool
read_paused(struct reading *r, struct error *err)
{
	struct sheet_part *part = &r->sheet->parts[SHEET_PAUSED];
	struct stmt *st = db_query(desk_db(r->desk), &PAUSED, NOARGS);

	part->rare = true;
	while (stmt_row(st)) {
		char when[WHEN_SHORT_SIZE], number[24];

		sheet_part_add(part, _("%-12s %-9s %s, by %s: %s"),
			near(r, stmt_int(st, 0), when), shift_number(or_empty(st, 1), number),
			or_empty(st, 2), or_empty(st, 3), or_empty(st, 4));
	}
	return stmt_done(st, err);
}

static bool
read_waits(struct reading *r, struct error *err)
{
	struct sheet_part *part = &r->sheet->parts[SHEET_WAITING];
	struct stmt *st = db_query(desk_db(r->desk), &WAITS, NOARGS);

	while (stmt_row(st)) {
		char *due = due_column(r, stmt_int(st, 0));
		const char *ticket = or_empty(st, 4);
		char *what = merged_words(or_empty(st, 5), or_empty(st, 3));
		char number[24];

		sheet_part_add(part, "%s %-9s %s: %s%s%s", due,
			shift_number(or_empty(st, 1), number), or_empty(st, 2), what,
			ticket[0] == '\0' ? "" : _(", ticket "), ticket);
		free(what);
		free(due);
	}
	if (!stmt_done(st, err)) {
		return false;
	}
	st = db_query(desk_db(r->desk), &WAITS_COUNT, I64(r->now));
	if (stmt_row(st)) {
		r->sheet->waiting = part->total = stmt_int(st, 0);
		r->sheet->promises_over = stmt_int(st, 1);
	}
	if (r->sheet->promises_over > 0) {
		part->beside = xasprintf(_("promise over %lld"),
			(long long)r->sheet->promises_over);
	}
	return stmt_done(st, err);
}

static bool
read_asked(struct reading *r, struct error *err)
{
	struct stmt *st = db_query(desk_db(r->desk), &ASKED, NOARGS);

	while (stmt_row(st)) {
		char *due = due_column(r, stmt_int(st, 0));
		char *what = merged_words(or_empty(st, 4), or_empty(st, 3));
		char number[24];

		sheet_part_add(&r->sheet->parts[SHEET_DECISIONS], "%s %-9s %s: %s", due,
			shift_number(or_empty(st, 1), number), or_empty(st, 2), what);
		free(what);
		free(due);
	}
	return stmt_done(st, err);
}

static bool
read_clocks(struct reading *r, struct error *err)
{
	struct stmt *st = db_query(desk_db(r->desk), &CLOCKS, NOARGS);

	while (stmt_row(st)) {
		char *due = due_column(r, stmt_int(st, 0));
		char number[24], when[WHEN_SHORT_SIZE], by[80] = "";
		bool english = strcmp(i18n_language(), "en") == 0 && or_empty(st, 4)[0] != '\0';
		const char *title = or_empty(st, english ? 4 : 3);

		/* A paper is read hours later: by the clock, beside how long that is now. */
		if (strcmp(or_empty(st, 1), "back_by") == 0) {
			(void)snprintf(by, sizeof by, _("must be back by %s"),
				near(r, stmt_int(st, 0), when));
		}
		sheet_part_add(&r->sheet->parts[SHEET_CLOCKS], "%s %-9s %s%s%s", due,
			shift_number(or_empty(st, 2), number), by,
			by[0] != '\0' && title[0] != '\0' ? ": " : "", title);
		free(due);
	}
	return stmt_done(st, err);
}

static bool
read_tins(struct reading *r, struct error *err)
{
	struct stmt *st = db_query(desk_db(r->desk), &TINS, NOARGS);

	while (stmt_row(st)) {
		char when[WHEN_SHORT_SIZE], number[24];

		sheet_part_add(&r->sheet->parts[SHEET_TINS], "%-12s %-9s %s, %s: %s",
			near(r, stmt_int(st, 0), when), shift_number(or_empty(st, 1), number),
			or_empty(st, 3), or_empty(st, 2), or_empty(st, 4));
	}
	return stmt_done(st, err);
}

static bool
read_assets(struct reading *r, struct error *err)
{
	struct stmt *st = db_query(desk_db(r->desk), &ABNORMAL, NOARGS);

	while (stmt_row(st)) {
		char when[WHEN_SHORT_SIZE];

		sheet_part_add(&r->sheet->parts[SHEET_ASSETS], _("%-11s %s since %s: %s"),
			or_empty(st, 0), word_label(WORDS_ASSET_STATE, or_empty(st, 1)),
			near(r, stmt_int(st, 2), when), or_empty(st, 3));
	}
	return stmt_done(st, err);
}

#define ENVELOPE_MS (INT64_C(400) * 24 * 3600 * 1000) /* how far back they are looked for */

/* An open envelope goes from shift to shift until it has a new seal. */
static bool
read_envelopes(struct reading *r, struct error *err)
{
	struct stmt *st = db_query(desk_db(r->desk), &ENVELOPES_OPEN,
		I64(r->now - ENVELOPE_MS));

	while (stmt_row(st)) {
		char when[WHEN_SHORT_SIZE];

		sheet_part_add(&r->sheet->parts[SHEET_ASSETS],
			_("%-11s ENVELOPE OPEN since %s: %s"), or_empty(st, 0),
			near(r, stmt_int(st, 1), when), or_empty(st, 2));
	}
	return stmt_done(st, err);
}

/* Nobody said a state of it, and yet its battery runs down or its points are down. */
static bool
read_burning(struct reading *r, struct error *err)
{
	struct alive alive;
	char number[24], when[WHEN_SHORT_SIZE];

	if (!alive_load(&alive, r->desk, err)) {
		return false;
	}
	for (int i = 0; i < alive.count; i++) {
		const struct alive_system *s = &alive.systems[i];
		struct buf line = { 0 };

		buf_addf(&line, "%-11s", s->asset_id[0] != '\0' ? s->code
			: shift_number(s->code, number));
		if (s->ends_at != 0) {
			buf_addf(&line, _(" %s until %s"), s->label, near(r, s->ends_at, when));
			buf_addf(&line, "%s", s->lost > 0 ? "," : "");
		}
		if (s->lost > 0 && s->of > 0) {
			buf_addf(&line, _(" %lld/%lld lost"), (long long)s->lost,
				(long long)s->of);
		} else if (s->lost > 0) {
			buf_addf(&line, _(" %lld lost"), (long long)s->lost);
		}
		if (s->ends_at != 0 || s->lost > 0) {
			sheet_part_add(&r->sheet->parts[SHEET_ASSETS], "%s", buf_text(&line));
		}
		buf_free(&line);
	}
	return true;
}

static bool
read_systems(struct reading *r, struct error *err)
{
	return read_envelopes(r, err) && read_assets(r, err) && read_burning(r, err);
}

/* Only what somebody has to look at; the screen has the messages themselves. */
static bool
read_messages(struct reading *r, struct error *err)
{
	static const char *const states[] = { "failed", "held", "queued" };
	struct sheet_part *part = &r->sheet->parts[SHEET_MESSAGES];
	int64_t total = 0;

	for (size_t i = 0; i < sizeof states / sizeof *states; i++) {
		int64_t count = 0;

		if (!outbox_count(r->desk, states[i], &count, err)) {
			return false;
		}
		if (count > 0) {
			sheet_part_add(part, "%s: %lld",
				word_label(WORDS_MESSAGE_STATE, states[i]), (long long)count);
		}
		total += count;
	}
	/* The messages are counted, not the lines about them. */
	part->total = part->count;
	part->uncounted = true;
	if (total > 0) {
		part->beside = xasprintf(_("messages %lld"), (long long)total);
	}
	return true;
}

static bool
add_entry(const struct shift_entry *entry, void *arg)
{
	struct reading *r = arg;
	char when[WHEN_SHORT_SIZE];
	char *line = text_printable(entry->text, strlen(entry->text));

	sheet_part_add(&r->sheet->parts[SHEET_LOG], "%-12s %s: %s%s%s",
		near(r, entry->at, when), shift_kind_label(entry->kind), line,
		entry->asset[0] == '\0' ? "" : " · ", entry->asset);
	free(line);
	return true;
}

/* Read newest first, so that a long night keeps its end; shown in order. */
static bool
read_log(struct reading *r, struct error *err)
{
	struct sheet_part *part = &r->sheet->parts[SHEET_LOG];

	part->newest = true;
	if (!shift_log_each(r->desk, &(struct shift_filter){ .from = r->sheet->from_at + 1,
		    .limit = 1000 }, add_entry, r, err)) {
		return false;
	}
	for (int i = 0; i < part->count / 2; i++) {
		char *line = part->lines[i];

		part->lines[i] = part->lines[part->count - 1 - i];
		part->lines[part->count - 1 - i] = line;
	}
	return true;
}

static const struct {
	const char *name, *title; /* title: marked for translation */
	bool (*read)(struct reading *r, struct error *err);
} parts[SHEET_PARTS] = {
	[SHEET_CASES] = { "cases", N_("OPEN CASES"), read_cases },
	[SHEET_NEXT] = { "next_shift", N_("DUE IN THE NEXT SHIFT"), read_due },
	[SHEET_PAUSED] = { "paused", N_("PLANS PAUSED"), read_paused },
	[SHEET_WAITING] = { "waiting", N_("WAITING OUTSIDE"), read_waits },
	[SHEET_DECISIONS] = { "decisions", N_("ASKED FOR ORDERS"), read_asked },
	[SHEET_CLOCKS] = { "clocks", N_("CLOCKS"), read_clocks },
	[SHEET_TINS] = { "tins", N_("REPORTS NOT DEALT WITH"), read_tins },
	[SHEET_ASSETS] = { "assets", N_("ABNORMAL SYSTEMS"), read_systems },
	[SHEET_MESSAGES] = { "messages", N_("MESSAGES NOT OUT"), read_messages },
	[SHEET_LOG] = { "log", N_("SHIFT LOG (beside the cases)"), read_log },
};

bool
shift_sheet_read(struct shift_sheet *out, struct desk *desk, int64_t from_at,
	struct error *err)
{
	struct reading r = { .sheet = out, .desk = desk, .now = desk_now(desk) };
	bool ok = true;

	*out = (struct shift_sheet){ .from_at = from_at };
	for (int i = 0; ok && i < SHEET_PARTS; i++) {
		out->parts[i].name = parts[i].name;
		out->parts[i].title = _(parts[i].title);
		ok = parts[i].read(&r, err);
	}
	return ok;
}
