/* desk_marks.c owns the cases of the desk that are marked, and acts on them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "tui/act.h"
#include "tui/view_desk.h"

static const char *
row_id(const void *rows, int row)
{
	return ((const struct case_rows *)rows)->rows[row].id;
}

struct marks
desk_marks(const struct desk_view *desk)
{
	return (struct marks){ .list = &desk->list, .id_of = row_id,
		.rows = &desk->rows, .filtered = desk->words.text.len > 0 };
}

static void
ref_of(struct case_ref *ref, const struct case_row *row)
{
	*ref = (struct case_ref){ .version = row->version, .severity = row->severity };
	memcpy(ref->id, row->id, sizeof(ref->id));
	memcpy(ref->number, row->number, sizeof(ref->number));
	memcpy(ref->status, row->status, sizeof(ref->status));
	snprintf(ref->title, sizeof(ref->title), "%s", row->title);
}

unsigned
desk_act_on(struct desk_view *desk, enum command command)
{
	struct marks marks = desk_marks(desk);
	struct case_ref *refs;
	int count = 0;
	int *rows;
	unsigned did = VIEW_IGNORED;

	if (!act_is_on_cases(command)) {
		return VIEW_IGNORED;
	}
	rows = marks_take(desk->app, &marks);
	if (rows == NULL) {
		return VIEW_HANDLED | VIEW_DIRTY;
	}
	refs = xcalloc((size_t)desk->rows.count + 1, sizeof(*refs));
	for (; rows[count] >= 0; count++) {
		ref_of(&refs[count], &desk->rows.rows[rows[count]]);
	}
	if (count > 0) {
		did = act_on_cases(desk->app, command, refs, count);
	}
	free(refs);
	free(rows);
	return did;
}

void
desk_mark_all(struct desk_view *desk)
{
	bool on = desk->list.mark_count == 0;

	for (int i = 0; on && i < desk->rows.count; i++) {
		list_mark(&desk->list, desk->rows.rows[i].id, true);
	}
	if (!on) {
		list_unmark_all(&desk->list);
	}
}

void
desk_mark_here(struct desk_view *desk)
{
	const struct case_row *here = desk_row_here(desk);
	enum list_want want;

	if (here != NULL) {
		list_mark(&desk->list, here->id, !list_marked(&desk->list, here->id));
		(void)list_move(&desk->list, CMD_DOWN, &want);
	}
}

void
desk_unmark(struct view *view)
{
	list_unmark_all(&((struct desk_view *)view)->list);
}
