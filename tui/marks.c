/* marks.c owns which rows an act falls on.  A person must never act on what is
 * not meant: with a marked row out of sight neither the rest of the marked nor
 * the row under the cursor is. */
#include "tui/marks.h"

#include "core/i18n.h"
#include "core/mem.h"

static int
shown(const struct marks *m)
{
	int count = 0;

	for (int i = 0; i < m->list->count && m->list->mark_count > 0; i++) {
		count += list_marked(m->list, m->id_of(m->rows, i)) ? 1 : 0;
	}
	return count;
}

int
marks_hidden(const struct marks *m)
{
	int count = m->list->mark_count - shown(m);

	return count > 0 ? count : 0;
}

int *
marks_take(struct app *app, const struct marks *m)
{
	int hidden = marks_hidden(m), count = 0;
	int *rows;

	if (hidden > 0) {
		app_info(app, m->filtered
			? _("nothing done: the filter hides %d of %d marked; Esc shows them")
			: _("nothing done: %d of %d marked are not in this list; Esc unmarks"),
			hidden, m->list->mark_count);
		return NULL;
	}
	rows = xcalloc((size_t)m->list->count + 2, sizeof(*rows));
	for (int i = 0; i < m->list->count && m->list->mark_count > 0; i++) {
		if (list_marked(m->list, m->id_of(m->rows, i))) {
			rows[count++] = i;
		}
	}
	if (count == 0 && m->list->cursor < m->list->count) {
		rows[count++] = m->list->cursor;
	}
	rows[count] = -1;
	return rows;
}

void
marks_state(const struct marks *m, struct buf *out)
{
	int hidden = marks_hidden(m);

	if (m->list->mark_count > 0) {
		buf_addf(out, "  ");
		buf_addf(out, _("%d marked"), m->list->mark_count);
	}
	if (hidden > 0) {
		buf_addf(out, ", ");
		buf_addf(out, _("%d not shown"), hidden);
	}
}
