/* point.c owns reading the places of a case and counting them. */
#include "core/point.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/words.h"

SQL(POINTS_OF_LIST, "tt",
	"SELECT p.id, p.n, p.list, p.ref_kind, p.ref, p.name, p.name_key, p.area,"
	" p.carrier, p.state, p.reserve, p.told_how, p.confirmed_by, p.person, p.ticked_by,"
	" p.over_told_how, p.cells, p.note, p.since, p.reserve_at, p.told_at,"
	" p.confirmed_at, p.back_at, p.down_since, p.down_ms, p.down_from, p.ticked_at,"
	" p.over_told_at, u.island FROM point p"
	" LEFT JOIN unit u ON p.ref_kind = 'unit' AND u.code = p.ref"
	" WHERE p.case_id = $1 AND p.list = $2 ORDER BY p.n");
SQL(POINTS_BY_STATE, "t",
	"SELECT state, COUNT(*) FROM point WHERE case_id = $1 AND list = '' GROUP BY state");
SQL(POINTS_DOWN, "",
	"SELECT d.case_id, d.down, (SELECT COUNT(*) FROM point t WHERE t.case_id = d.case_id"
	" AND t.list = '') FROM (SELECT p.case_id, COUNT(*) AS down FROM point p"
	" WHERE p.down_since IS NOT NULL AND p.list = '' GROUP BY p.case_id) AS d"
	" JOIN cases c ON c.id = d.case_id WHERE c.is_open = 1");

#define TEXT_COLUMN(member) offsetof(struct point, member)
static const size_t texts[] = {
	TEXT_COLUMN(list), TEXT_COLUMN(ref_kind), TEXT_COLUMN(ref), TEXT_COLUMN(name),
	TEXT_COLUMN(name_key), TEXT_COLUMN(area), TEXT_COLUMN(carrier),
	TEXT_COLUMN(state), TEXT_COLUMN(reserve), TEXT_COLUMN(told_how),
	TEXT_COLUMN(confirmed_by), TEXT_COLUMN(person), TEXT_COLUMN(ticked_by),
	TEXT_COLUMN(over_told_how), TEXT_COLUMN(cells), TEXT_COLUMN(note),
};
static const size_t times[] = {
	TEXT_COLUMN(since), TEXT_COLUMN(reserve_at), TEXT_COLUMN(told_at),
	TEXT_COLUMN(confirmed_at), TEXT_COLUMN(back_at), TEXT_COLUMN(down_since),
	TEXT_COLUMN(down_ms), TEXT_COLUMN(down_from), TEXT_COLUMN(ticked_at),
	TEXT_COLUMN(over_told_at),
};
#define COUNT(array) (sizeof array / sizeof *array)

static char **
text_at(struct point *point, size_t i)
{
	return (char **)(void *)((char *)point + texts[i]);
}

void
point_clear(struct point *point)
{
	for (size_t i = 0; i < COUNT(texts); i++) {
		free(*text_at(point, i));
	}
	*point = (struct point){ 0 };
}

static void
from_row(struct point *point, struct stmt *st)
{
	int column = 2;

	*point = (struct point){ .n = (int)stmt_int(st, 1) };
	(void)snprintf(point->id, sizeof point->id, "%s", stmt_text(st, 0));
	for (size_t i = 0; i < COUNT(texts); i++) {
		const char *text = stmt_text(st, column++);

		*text_at(point, i) = xstrdup(text == NULL ? "" : text);
	}
	for (size_t i = 0; i < COUNT(times); i++) {
		*(int64_t *)(void *)((char *)point + times[i]) = stmt_int(st, column++);
	}
	point->island = stmt_int(st, column) != 0;
}

bool
point_each(struct desk *desk, const char *case_id, const char *list,
	point_visit *visit, void *arg, struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), &POINTS_OF_LIST, TXT(case_id), TXT(list));
	bool go_on = true;

	while (go_on && stmt_row(st)) {
		struct point point;

		from_row(&point, st);
		go_on = visit(&point, arg);
		point_clear(&point);
	}
	return stmt_done(st, err);
}

bool
point_load(struct point_list *out, struct desk *desk, const char *case_id,
	const char *list, struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), &POINTS_OF_LIST, TXT(case_id), TXT(list));
	int room = 0;

	*out = (struct point_list){ 0 };
	while (stmt_row(st)) {
		if (out->count == room) {
			room = room == 0 ? 32 : room * 2;
			out->rows = xrealloc(out->rows, (size_t)room * sizeof *out->rows);
		}
		from_row(&out->rows[out->count++], st);
	}
	return stmt_done(st, err);
}

void
point_list_clear(struct point_list *list)
{
	for (int i = 0; i < list->count; i++) {
		point_clear(&list->rows[i]);
	}
	free(list->rows);
	*list = (struct point_list){ 0 };
}

const struct point *
point_by_n(const struct point_list *list, int n)
{
	for (int i = 0; i < list->count; i++) {
		if (list->rows[i].n == n) {
			return &list->rows[i];
		}
	}
	return NULL;
}

bool
point_state_is_down(const char *state)
{
	return strcmp(state, "down") == 0 || strcmp(state, "power_out") == 0;
}

int64_t
point_outage_ms(const struct point *point, int64_t now)
{
	bool running = point->down_since != 0 && point->down_since < now;

	return point->down_ms + (running ? now - point->down_since : 0);
}

int64_t
point_outage_end(const struct desk *desk, int64_t closed_at)
{
	return closed_at != 0 ? closed_at : desk_now(desk);
}

bool
point_unconfirmed(const struct point *point, int64_t now)
{
	return point->told_at != 0 && point->confirmed_at == 0 &&
		point->told_at + POINT_CONFIRM_MS <= now;
}

static void
add_count(struct point_counts *out, const char *state, int count)
{
	const struct word *words = words_of(WORDS_POINT_STATE);

	out->total += count;
	out->down += point_state_is_down(state) ? count : 0;
	for (int i = 0; i < POINT_STATES; i++) {
		if (strcmp(words[i].word, state) == 0) {
			out->states[i] += count;
		}
	}
}

bool
point_count(struct point_counts *out, struct desk *desk, const char *case_id,
	struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), &POINTS_BY_STATE, TXT(case_id));

	*out = (struct point_counts){ 0 };
	while (stmt_row(st)) {
		add_count(out, stmt_text(st, 0), (int)stmt_int(st, 1));
	}
	return stmt_done(st, err);
}

char *
point_counts_text(const struct point_counts *counts)
{
	static const char *const labels[POINT_STATES] = {
		[POINT_DOWN] = N_("%d down"), [POINT_POWER_OUT] = N_("%d without power"),
		[POINT_RESERVE] = N_("%d on reserve"), [POINT_SLOW] = N_("%d slow"),
		[POINT_BACK] = N_("%d back"), [POINT_UNKNOWN] = N_("%d not known"),
	};
	struct buf out = { 0 };

	if (counts->total > 0) {
		buf_addf(&out, ngettext("%d point:", "%d points:",
			(unsigned long)counts->total),
			counts->total);
	}
	for (int i = 0; i < POINT_STATES; i++) {
		if (counts->states[i] > 0) {
			buf_addc(&out, ' ');
			buf_addf(&out, _(labels[i]), counts->states[i]);
		}
	}
	return buf_take(&out);
}

bool
point_down_each(struct desk *desk, point_down_visit *visit, void *arg, struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), &POINTS_DOWN, NOARGS);
	bool go_on = true;

	while (go_on && stmt_row(st)) {
		go_on = visit(stmt_text(st, 0), (int)stmt_int(st, 1), (int)stmt_int(st, 2), arg);
	}
	return stmt_done(st, err);
}
