/* case_rows.c owns windows of case lists. */
#include "tui/case_rows.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/fold.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/search.h"
#include "core/search_desk.h"

static const char *const preset_labels[PRESET_COUNT] = {
	[PRESET_OPEN] = N_("open cases"),
	[PRESET_MINE] = N_("mine"),
	[PRESET_LATE] = N_("late"),
	[PRESET_NO_OWNER] = N_("without owner"),
	[PRESET_DRILL] = N_("drills"),
	[PRESET_CLOSED] = N_("closed"),
	[PRESET_ALL] = N_("all"),
};

const char *
preset_label(enum preset preset)
{
	return _(preset_labels[preset]);
}

void
case_short_number(char out[24], const char *number)
{
	const char *last = strrchr(number, '-');
	size_t head = last != NULL ? (size_t)(last - number) + 1 : 0;
	const char *digits = number + head;

	while (digits[0] == '0' && digits[1] != '\0') {
		digits++;
	}
	snprintf(out, 24, "%.*s%s", (int)head, number, digits);
}

void
case_row_from(struct case_row *row, const struct ir_case *c)
{
	*row = (struct case_row){
		.title = xstrdup(c->title),
		.severity = c->severity,
		.suggested = c->severity_suggested,
		.owner = xstrdup(fold_given_name(c->owner_name != NULL ? c->owner_name : "")),
		.asset = xstrdup(c->asset_code != NULL ? c->asset_code : ""),
		.next_step = xstrdup(c->next_step != NULL ? c->next_step : ""),
		.next_n = c->next_n, .done = c->steps_done, .total = c->steps_total,
		.due_at = c->due_at, .opened_at = c->opened_at, .last_at = c->last_at,
		.version = c->version, .drill = c->drill, .open = c->is_open,
		.merged = c->merged_into[0] != '\0',
	};
	memcpy(row->id, c->id, sizeof(row->id));
	memcpy(row->status, c->status, sizeof(row->status));
	memcpy(row->kind, c->kind, sizeof(row->kind));
	case_short_number(row->number, c->number);
}

static void
clear_row(void *arg)
{
	struct case_row *row = arg;

	free(row->title);
	free(row->owner);
	free(row->asset);
	free(row->next_step);
}

static const struct window_kind kind = { sizeof(struct case_row), clear_row };

void
case_rows_free(struct case_rows *rows)
{
	window_free(&rows->window, &kind);
}

static struct case_row *
new_row(struct case_rows *rows)
{
	return window_add(&rows->window, &kind);
}

static bool
add_case(const struct ir_case *c, const char *cursor, void *arg)
{
	struct case_row *row = new_row(arg);

	case_row_from(row, c);
	snprintf(row->cursor, sizeof(row->cursor), "%s", cursor);
	return true;
}

static bool
add_hit(const struct hit *hit, void *arg)
{
	case_row_from(new_row(arg), &hit->c);
	return true;
}

#define STATUS_CLOSED_BITS ((1u << 5) | (1u << 6) | (1u << 7))

static struct list_filter
filter_of(const struct rows_ask *ask, const struct desk *desk)
{
	struct list_filter filter = { .open = true, .sort = ask->sort,
		.limit = ask->limit + 1 };

	switch (ask->preset) {
	case PRESET_MINE:
		filter.owner = desk_me(desk)->id;
		filter.drill = -1;
		break;
	case PRESET_LATE:
		filter.overdue = true;
		break;
	case PRESET_NO_OWNER:
		filter.owner = "";
		break;
	case PRESET_DRILL:
		filter.drill = 1;
		break;
	case PRESET_CLOSED:
		filter.open = false;
		filter.sort = SORT_NEWEST;
		filter.statuses = STATUS_CLOSED_BITS;
		break;
	case PRESET_ALL:
		filter.open = false;
		filter.drill = -1;
		filter.sort = SORT_NEWEST;
		break;
	case PRESET_OPEN:
	case PRESET_COUNT:
		break;
	}
	return filter;
}

#define ELSEWHERE 50

/* Only where no case has them: the log is read through. */
static bool
look_elsewhere(struct case_rows *out, struct desk *desk, const char *words,
	struct error *err)
{
	struct desk_hits hits = { 0 };
	bool ok = out->count > 0 || search_desk(desk, words, ELSEWHERE, true, &hits, err);

	for (int i = 0; ok && i < hits.count; i++) {
		*(hits.rows[i].tin ? &out->in_tins : &out->in_log) += 1;
	}
	desk_hits_clear(&hits);
	return ok;
}

static bool
search(struct case_rows *out, struct desk *desk, const struct rows_ask *ask,
	struct error *err)
{
	struct search_filter filter = {
		.open = ask->preset != PRESET_ALL && ask->preset != PRESET_CLOSED,
		.drill = ask->preset == PRESET_DRILL ? 1
			: ask->preset == PRESET_ALL || ask->preset == PRESET_MINE ? -1 : 0,
		.limit = ask->limit, .one_a_case = true };

	return search_each(desk, ask->words, &filter, add_hit, out, err) &&
		look_elsewhere(out, desk, ask->words, err);
}

SQL(ROW_RUNS, "t",
	"SELECT COUNT(CASE WHEN state = 'running' THEN 1 END),"
	" COUNT(CASE WHEN state = 'done' THEN 1 END) FROM run WHERE case_id = $1");

/* Asked only where no step is next: few cases stand at their end. */
static bool
read_ends(struct case_rows *out, struct desk *desk, struct error *err)
{
	bool ok = true;

	for (int i = 0; ok && i < out->count; i++) {
		struct case_row *row = &out->rows[i];
		struct stmt *st;

		if (row->next_n != 0 || row->done == 0) {
			continue;
		}
		st = db_query(desk_db(desk), &ROW_RUNS, TXT(row->id));
		if (stmt_row(st)) {
			row->ended = stmt_int(st, 0) == 0;
			row->stopped = stmt_int(st, 1) == 0;
		}
		ok = stmt_done(st, err);
	}
	return ok;
}

bool
case_rows_load(struct case_rows *out, struct desk *desk,
	const struct rows_ask *ask, struct error *err)
{
	struct list_filter filter = filter_of(ask, desk);

	*out = (struct case_rows){ 0 };
	if (ask->words[0] != '\0') {
		return search(out, desk, ask, err) && read_ends(out, desk, err);
	}
	filter.backwards = ask->want == LIST_WANT_BEFORE || ask->want == LIST_WANT_LAST;
	filter.after = ask->want == LIST_WANT_BEFORE || ask->want == LIST_WANT_AFTER
		? ask->from : NULL;
	if (!list_each(desk, &filter, add_case, out, err) || !read_ends(out, desk, err)) {
		case_rows_free(out);
		return false;
	}
	window_end(&out->window, &kind, ask->want, ask->limit);
	return true;
}

void
case_rows_join(struct case_rows *rows, struct case_rows *more, enum list_want want,
	int max)
{
	window_join(&rows->window, &more->window, &kind, want, max);
}
