/* outbox_page.c owns pages of messages: those that wait for a person first,
 * each kind newest first. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/fold.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/outbox_hand.h"
#include "core/when.h"
#include "core/words.h"
#include "tui/case_rows.h"
#include "core/outbox_hand.h"
#include "tui/outbox_model.h"

#define ROW "SELECT m.id, m.position, m.to_name, m.channel, m.state, m.template, m.vars," \
	" m.drill, m.state_at, COALESCE(m.case_id, ''), COALESCE(c.number, '')," \
	" COALESCE((SELECT MAX(a.n) FROM local_attempt a WHERE a.message_id = m.id), 0)," \
	" (SELECT COUNT(*) FROM local_claim k WHERE k.message_id = m.id), m.subject" \
	" FROM message m LEFT JOIN cases c ON c.id = m.case_id WHERE "
#define DOWN " AND m.position < $2 ORDER BY m.position DESC LIMIT $3"
#define UP " AND m.position > $2 ORDER BY m.position LIMIT $3"

/* $1 is used by all, so that one call serves them. */
SQL(OUTBOX_STATE_DOWN, "tii", ROW "m.is_open = 1 AND m.state = $1" DOWN);
SQL(OUTBOX_STATE_UP, "tii", ROW "m.is_open = 1 AND m.state = $1" UP);
SQL(OUTBOX_HAND_DOWN, "tii", ROW "m.is_open = 1 AND m.state = 'held'"
	" AND m.channel = $1" DOWN);
SQL(OUTBOX_HAND_UP, "tii", ROW "m.is_open = 1 AND m.state = 'held'"
	" AND m.channel = $1" UP);
SQL(OUTBOX_TOLD_DOWN, "tii", ROW "m.is_open = 0 AND m.state <> $1" DOWN);
SQL(OUTBOX_TOLD_UP, "tii", ROW "m.is_open = 0 AND m.state <> $1" UP);
SQL(OUTBOX_MINE_DOWN, "tii", ROW "c.owner_id = $1" DOWN);
SQL(OUTBOX_MINE_UP, "tii", ROW "c.owner_id = $1" UP);
SQL(OUTBOX_CASE_DOWN, "tii", ROW "m.case_id = $1" DOWN);
SQL(OUTBOX_CASE_UP, "tii", ROW "m.case_id = $1" UP);

enum part_kind { PART_STATE, PART_HAND, PART_TOLD, PART_MINE, PART_CASE };

/* One part of a list, newest first. */
struct part {
	enum part_kind kind;
	const char *state;
};

static const struct {
	const struct sql *down, *up;
} queries[] = {
	[PART_STATE] = { &OUTBOX_STATE_DOWN, &OUTBOX_STATE_UP },
	[PART_HAND] = { &OUTBOX_HAND_DOWN, &OUTBOX_HAND_UP },
	[PART_TOLD] = { &OUTBOX_TOLD_DOWN, &OUTBOX_TOLD_UP },
	[PART_MINE] = { &OUTBOX_MINE_DOWN, &OUTBOX_MINE_UP },
	[PART_CASE] = { &OUTBOX_CASE_DOWN, &OUTBOX_CASE_UP },
};

#define PARTS_MAX 6

static const struct {
	const char *label;
	struct part parts[PARTS_MAX];
	int count;
} presets[OUTBOX_PRESETS] = {
	[OUTBOX_ALL] = { N_("all"), { { PART_STATE, "failed" }, { PART_STATE, "held" },
		{ PART_STATE, "unknown" }, { PART_STATE, "sending" },
		{ PART_STATE, "queued" }, { PART_TOLD, "" } }, 6 },
	[OUTBOX_FAILED] = { N_("failed"), { { PART_STATE, "failed" } }, 1 },
	[OUTBOX_HELD] = { N_("held back"), { { PART_STATE, "held" } }, 1 },
	[OUTBOX_HAND] = { N_("to tell by hand"), { { PART_HAND, CHANNEL_HAND } }, 1 },
	[OUTBOX_WAITING] = { N_("waiting"), { { PART_STATE, "unknown" },
		{ PART_STATE, "sending" }, { PART_STATE, "queued" } }, 3 },
	[OUTBOX_TOLD] = { N_("gone out or ended"), { { PART_TOLD, "" } }, 1 },
	[OUTBOX_MINE] = { N_("of my cases"), { { PART_MINE, "" } }, 1 },
	[OUTBOX_CASE] = { N_("of the case opened last"), { { PART_CASE, "" } }, 1 },
};

const char *
outbox_preset_label(enum outbox_preset preset)
{
	return _(presets[preset].label);
}

const char *
channel_label(const char *channel)
{
	/* A narrow column. */
	return strcmp(channel, "phone") == 0 ? Q_("via|call")
		: word_label(WORDS_CHANNEL, channel);
}

/* "assignment 12 Read the battery". */
static char *
what_of(const char *template, const char *vars_text, bool drill)
{
	struct error err = ERROR_INIT;
	struct json *vars = NULL;
	const char *work = NULL;
	char n[24] = "";
	char *text;

	if (json_parse(&vars, vars_text, strlen(vars_text), NULL, &err)) {
		work = json_get_text(vars, "work");
		if (json_get_int(vars, "n", 0) > 0) {
			snprintf(n, sizeof(n), " %lld", (long long)json_get_int(vars, "n", 0));
		}
	}
	text = xasprintf("%s%s%s%s%s", drill ? _("[drill] ") : "",
		word_label(WORDS_TEMPLATE, template), n,
		work != NULL ? " " : "", work != NULL ? work : "");
	json_free(vars);
	return text;
}

static void
look(struct table_row *row)
{
	static const struct {
		const char *state;
		int signs;
		enum style style;
	} looks[] = {
		{ "failed", 2, ST_LATE }, { "expired", 1, ST_SOON }, { "held", 1, ST_SOON },
		{ "owed", 1, ST_LATE },
		{ "unknown", 1, ST_SOON }, { "delivered", 0, ST_GOOD },
		{ "read", 0, ST_GOOD }, { "answered", 0, ST_GOOD },
		{ "by_hand", 0, ST_GOOD },
	};

	for (size_t i = 0; i < sizeof(looks) / sizeof(looks[0]); i++) {
		if (strcmp(looks[i].state, row->state) == 0) {
			row->signs = looks[i].signs;
			row->style = looks[i].style;
		}
	}
}

static void
add_row(struct table_rows *out, struct stmt *st, int part, struct desk *desk)
{
	int64_t now = desk_now(desk);
	int64_t at = stmt_int(st, 8);
	bool owed = message_owed(stmt_text(st, 4), stmt_text(st, 3));
	const char *state = owed ? "owed"
		: stmt_int(st, 12) > 0 ? "sending" : stmt_text(st, 4);
	struct table_row *row;
	char key[40], number[24], text[96], clock[WHEN_SHORT_SIZE];
	char *what = what_of(stmt_text(st, 5), stmt_text(st, 6), stmt_int(st, 7) != 0);

	snprintf(key, sizeof(key), "%d:%lld", part, (long long)stmt_int(st, 1));
	row = table_add(out, stmt_text(st, 0), key, state);
	row->about = xstrdup(stmt_text(st, 9));
	look(row);
	when_clock(clock, at, desk_zone(desk));
	snprintf(text, sizeof(text), "%s%s%s", owed ? message_state_label("held", CHANNEL_HAND)
			: word_label(WORDS_MESSAGE_STATE, state),
		strcmp(state, "by_hand") == 0 ? " " : "",
		strcmp(state, "by_hand") == 0 ? clock : "");
	table_cell(row, OUT_STATE, text);
	table_cell(row, OUT_TO, stmt_text(st, 2));
	table_cell(row, OUT_VIA, channel_label(stmt_text(st, 3)));
	case_short_number(number, stmt_text(st, 10));
	table_cell(row, OUT_CASE, number);
	/* What people told stands there in their words. */
	table_cell(row, OUT_WHAT, stmt_null(st, 13) || stmt_text(st, 13)[0] == '\0'
		|| strcmp(state, "by_hand") != 0 ? what : stmt_text(st, 13));
	free(what);
	snprintf(text, sizeof(text), "%lld", (long long)stmt_int(st, 11));
	table_cell(row, OUT_TRIES, stmt_int(st, 11) > 0 ? text : "-");
	when_span(clock, now > at ? now - at : 0, i18n_language());
	table_cell(row, OUT_AGE, clock);
}

/* Rows of one part from a position on; false in *go when the page is full. */
static bool
add_part(struct table_rows *out, struct desk *desk, const struct page *page, int part,
	int64_t from, bool *go, struct error *err)
{
	const struct part *p = &presets[page->preset].parts[part];
	bool up = page_backwards(page);
	const char *key = p->kind == PART_MINE ? desk_me(desk)->id
		: p->kind == PART_CASE ? page->about : p->state;
	struct stmt *st = db_query(desk_db(desk),
		up ? queries[p->kind].up : queries[p->kind].down, TXT(key), I64(from),
		I64(page_limit(page)));

	while (*go && stmt_row(st)) {
		add_row(out, st, part, desk);
		*go = page_take(out, page);
	}
	return stmt_done(st, err);
}

bool
outbox_page(struct table_rows *out, struct desk *desk, const struct page *page,
	struct error *err)
{
	bool up = page_backwards(page);
	int count = presets[page->preset].count;
	int part = up ? count - 1 : 0;
	int64_t from = up ? 0 : INT64_MAX;
	const char *colon = strchr(page->from, ':');
	bool go = true;

	if (colon != NULL) {
		part = (int)strtol(page->from, NULL, 10);
		from = strtoll(colon + 1, NULL, 10);
	}
	for (; go && part >= 0 && part < count; part += up ? -1 : 1) {
		if (!add_part(out, desk, page, part, from, &go, err)) {
			table_free(out);
			return false;
		}
		from = up ? 0 : INT64_MAX;
	}
	page_end(out, page);
	return true;
}
