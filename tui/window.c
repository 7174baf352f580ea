/* window.c owns the loaded parts of long lists, whatever their rows are. */
#include "tui/window.h"

#include <stdlib.h>
#include <string.h>

#include "core/mem.h"

static void *
row_at(const struct window *w, const struct window_kind *kind, int row)
{
	return (char *)w->rows + (size_t)row * kind->size;
}

void *
window_add(struct window *w, const struct window_kind *kind)
{
	void *row;

	if (w->count == w->cap) {
		w->cap = w->cap == 0 ? 64 : w->cap * 2;
		w->rows = xrealloc(w->rows, (size_t)w->cap * kind->size);
	}
	row = row_at(w, kind, w->count++);
	memset(row, 0, kind->size);
	return row;
}

void
window_drop_last(struct window *w, const struct window_kind *kind)
{
	kind->clear(row_at(w, kind, --w->count));
}

static void
reverse(struct window *w, const struct window_kind *kind)
{
	void *spare = xmalloc(kind->size);

	for (int i = 0, j = w->count - 1; i < j; i++, j--) {
		memcpy(spare, row_at(w, kind, i), kind->size);
		memcpy(row_at(w, kind, i), row_at(w, kind, j), kind->size);
		memcpy(row_at(w, kind, j), spare, kind->size);
	}
	free(spare);
}

void
window_end(struct window *w, const struct window_kind *kind, enum list_want want,
	int limit)
{
	bool backwards = want == LIST_WANT_BEFORE || want == LIST_WANT_LAST;
	bool more = w->count > limit;

	if (more) {
		window_drop_last(w, kind);
	}
	if (backwards) {
		reverse(w, kind);
	}
	w->more_before = backwards ? more : want == LIST_WANT_AFTER;
	w->more_after = backwards ? want == LIST_WANT_BEFORE : more;
}

void
window_free(struct window *w, const struct window_kind *kind)
{
	for (int i = 0; i < w->count; i++) {
		kind->clear(row_at(w, kind, i));
	}
	free(w->rows);
	*w = (struct window){ 0 };
}

/* Drops rows from one side until max are left. */
static void
trim(struct window *w, const struct window_kind *kind, bool front, int max)
{
	int drop = w->count - max;

	if (drop <= 0) {
		return;
	}
	for (int i = 0; i < drop; i++) {
		kind->clear(row_at(w, kind, front ? i : w->count - 1 - i));
	}
	if (front) {
		memmove(w->rows, row_at(w, kind, drop), (size_t)max * kind->size);
		w->more_before = true;
	} else {
		w->more_after = true;
	}
	w->count = max;
}

void
window_join(struct window *w, struct window *more, const struct window_kind *kind,
	enum list_want want, int max)
{
	struct window *first = want == LIST_WANT_BEFORE ? more : w;
	struct window *second = want == LIST_WANT_BEFORE ? w : more;
	struct window all = { .count = w->count + more->count,
		.more_before = first->more_before, .more_after = second->more_after };

	if (want != LIST_WANT_BEFORE && want != LIST_WANT_AFTER) {
		window_free(w, kind);
		*w = *more;
		*more = (struct window){ 0 };
		return;
	}
	all.cap = all.count + 1;
	all.rows = xmalloc((size_t)all.cap * kind->size);
	if (first->count > 0) {
		memcpy(all.rows, first->rows, (size_t)first->count * kind->size);
	}
	if (second->count > 0) {
		memcpy(row_at(&all, kind, first->count), second->rows,
			(size_t)second->count * kind->size);
	}
	free(first->rows);
	free(second->rows);
	*more = (struct window){ 0 };
	*w = all;
	trim(w, kind, want == LIST_WANT_AFTER, max);
}
