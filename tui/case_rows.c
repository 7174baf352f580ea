/* case_rows.c owns windows of case lists. */
#include "tui/case_rows.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/fold.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/search.h"

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

static struct case_row *
new_row(struct case_rows *rows)
{
	if (rows->count == rows->cap) {
		rows->cap = rows->cap == 0 ? 64 : rows->cap * 2;
		rows->rows = xrealloc(rows->rows,
			(size_t)rows->cap * sizeof(*rows->rows));
	}
	return &rows->rows[rows->count++];
}

static void
free_row(struct case_row *row)
{
	free(row->title);
	free(row->owner);
	free(row->asset);
	free(row->next_step);
}

void
case_rows_free(struct case_rows *rows)
{
	for (int i = 0; i < rows->count; i++) {
		free_row(&rows->rows[i]);
	}
	free(rows->rows);
	*rows = (struct case_rows){ 0 };
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

static void
reverse(struct case_rows *rows)
{
	for (int i = 0, j = rows->count - 1; i < j; i++, j--) {
		struct case_row row = rows->rows[i];

		rows->rows[i] = rows->rows[j];
		rows->rows[j] = row;
	}
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

	return search_each(desk, ask->words, &filter, add_hit, out, err);
}

bool
case_rows_load(struct case_rows *out, struct desk *desk,
	const struct rows_ask *ask, struct error *err)
{
	struct list_filter filter = filter_of(ask, desk);
	bool more;

	*out = (struct case_rows){ 0 };
	if (ask->words[0] != '\0') {
		return search(out, desk, ask, err);
	}
	filter.backwards = ask->want == LIST_WANT_BEFORE || ask->want == LIST_WANT_LAST;
	filter.after = ask->want == LIST_WANT_BEFORE || ask->want == LIST_WANT_AFTER
		? ask->from : NULL;
	if (!list_each(desk, &filter, add_case, out, err)) {
		case_rows_free(out);
		return false;
	}
	more = out->count > ask->limit;
	if (more) {
		free_row(&out->rows[--out->count]);
	}
	if (filter.backwards) {
		reverse(out);
	}
	out->more_before = filter.backwards ? more : filter.after != NULL;
	out->more_after = filter.backwards ? filter.after != NULL : more;
	return true;
}

/* Drops rows from one side until max are left. */
static void
trim(struct case_rows *rows, bool front, int max)
{
	int drop = rows->count - max;

	if (drop <= 0) {
		return;
	}
	for (int i = 0; i < drop; i++) {
		free_row(&rows->rows[front ? i : rows->count - 1 - i]);
	}
	if (front) {
		memmove(rows->rows, rows->rows + drop, (size_t)max * sizeof(*rows->rows));
		rows->more_before = true;
	} else {
		rows->more_after = true;
	}
	rows->count = max;
}

void
case_rows_join(struct case_rows *rows, struct case_rows *more, enum list_want want,
	int max)
{
	struct case_rows all = { 0 };
	struct case_rows *first = want == LIST_WANT_BEFORE ? more : rows;
	struct case_rows *second = want == LIST_WANT_BEFORE ? rows : more;

	if (want != LIST_WANT_BEFORE && want != LIST_WANT_AFTER) {
		case_rows_free(rows);
		*rows = *more;
		*more = (struct case_rows){ 0 };
		return;
	}
	all.cap = first->count + second->count;
	all.count = all.cap;
	all.rows = xmalloc((size_t)(all.cap + 1) * sizeof(*all.rows));
	memcpy(all.rows, first->rows, (size_t)first->count * sizeof(*all.rows));
	memcpy(all.rows + first->count, second->rows,
		(size_t)second->count * sizeof(*all.rows));
	all.more_before = first->more_before;
	all.more_after = second->more_after;
	free(first->rows);
	free(second->rows);
	*more = (struct case_rows){ 0 };
	*rows = all;
	trim(rows, want == LIST_WANT_AFTER, max);
}
