/* list.c owns cursors over windows of rows, and marks. */
#include "tui/list.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/mem.h"

void
list_fit(struct list *list)
{
	int height = list->height > 0 ? list->height : 1;

	if (list->cursor >= list->count) {
		list->cursor = list->count - 1;
	}
	if (list->cursor < 0) {
		list->cursor = 0;
	}
	if (list->top > list->cursor) {
		list->top = list->cursor;
	}
	if (list->top < list->cursor - height + 1) {
		list->top = list->cursor - height + 1;
	}
	/* No blank rows below while there is something to show above. */
	if (!list->more_after && list->top > list->count - height) {
		list->top = list->count > height ? list->count - height : 0;
	}
}

void
list_to(struct list *list, int row)
{
	list->cursor = row;
	list_fit(list);
}

void
list_jump(struct list *list, int row)
{
	if (row < list->top || row >= list->top + list->height) {
		list->top = row > list->height / 3 ? row - list->height / 3 : 0;
	}
	list_to(list, row);
}

bool
list_move(struct list *list, enum command command, enum list_want *want)
{
	int height = list->height > 0 ? list->height : 1;
	int to = list->cursor;

	*want = LIST_WANT_NOTHING;
	switch (command) {
	case CMD_UP:
		to -= 1;
		break;
	case CMD_DOWN:
		to += 1;
		break;
	case CMD_PAGE_UP:
		to -= height;
		list->top -= height;
		break;
	case CMD_PAGE_DOWN:
		to += height;
		list->top += height;
		break;
	case CMD_HALF_UP:
		to -= (height + 1) / 2;
		break;
	case CMD_HALF_DOWN:
		to += (height + 1) / 2;
		break;
	case CMD_FIRST:
		to = 0;
		*want = list->more_before ? LIST_WANT_FIRST : LIST_WANT_NOTHING;
		break;
	case CMD_LAST:
		to = list->count - 1;
		*want = list->more_after ? LIST_WANT_LAST : LIST_WANT_NOTHING;
		break;
	default:
		return false;
	}
	if (list->top < 0) {
		list->top = 0;
	}
	if (*want == LIST_WANT_NOTHING) {
		if (to < height && list->more_before && to < list->cursor) {
			*want = LIST_WANT_BEFORE;
		} else if (to >= list->count - height && list->more_after
			&& to > list->cursor) {
			*want = LIST_WANT_AFTER;
		}
		list_to(list, to);
	}
	return true;
}

void
list_keep(struct list *list, int count,
	const char *(*id_of)(const void *rows, int row), const void *rows)
{
	int shift = list->cursor - list->top;

	list->count = count;
	for (int row = 0; row < count && list->id[0] != '\0'; row++) {
		if (strcmp(id_of(rows, row), list->id) == 0) {
			list->cursor = row;
			list->top = row - shift > 0 ? row - shift : 0;
			break;
		}
	}
	list_fit(list);
}

/* Where the id stands among the marks, which are sorted, or would stand: of
 * thousands of rows all may be marked. */
static int
mark_place(const struct list *list, const char *id, bool *there)
{
	int low = 0, high = list->mark_count;

	*there = false;
	while (low < high) {
		int middle = low + (high - low) / 2;
		int order = strcmp(list->marks[middle], id);

		if (order == 0) {
			*there = true;
			return middle;
		}
		if (order < 0) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}
	return low;
}

bool
list_marked(const struct list *list, const char *id)
{
	bool there;

	(void)mark_place(list, id, &there);
	return there;
}

void
list_mark(struct list *list, const char *id, bool on)
{
	bool there;
	int at = mark_place(list, id, &there);

	if (there == on) {
		return;
	}
	if (!on) {
		memmove(list->marks[at], list->marks[at + 1],
			(size_t)(--list->mark_count - at) * UUID_SIZE);
		return;
	}
	if (list->mark_count == list->mark_cap) {
		list->mark_cap = list->mark_cap == 0 ? 16 : list->mark_cap * 2;
		list->marks = xrealloc(list->marks,
			(size_t)list->mark_cap * sizeof(*list->marks));
	}
	memmove(list->marks[at + 1], list->marks[at],
		(size_t)(list->mark_count++ - at) * UUID_SIZE);
	snprintf(list->marks[at], UUID_SIZE, "%s", id);
}

void
list_unmark_all(struct list *list)
{
	list->mark_count = 0;
}

void
list_free(struct list *list)
{
	free(list->marks);
	*list = (struct list){ 0 };
}
