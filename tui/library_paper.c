/* library_paper.c owns the list of plans on paper: two lines a plan, since its
 * columns are more than a page has room for. */
#include <stdlib.h>

#include "core/i18n.h"
#include "core/mem.h"
#include "core/pages.h"
#include "core/text.h"
#include "core/when.h"
#include "tui/library_model.h"
#include "tui/paper.h"

#define SET_IN "         "

static void
put_wrapped(struct buf *out, const char *first, char *text)
{
	const char *at = text;

	do {
		size_t len = pages_piece(at, PAPER_CELLS - (int)sizeof SET_IN);

		buf_addf(out, "%s%.*s\n", at == text ? first : SET_IN, (int)len, at);
		at += len;
		at += *at == ' ';
	} while (*at != '\0');
	free(text);
}

static void
put_plan(struct buf *out, const struct table_row *row)
{
	char *const *cell = row->cells;
	char *first = text_column(cell[PLAN_CODE], (int)sizeof SET_IN - 1, true, false);

	put_wrapped(out, first, xasprintf("%s  %s", cell[PLAN_LANGUAGE], cell[PLAN_NAME]));
	put_wrapped(out, SET_IN, xasprintf(
		_("%s; %s; version %s, %s; signed by %s; findings %s; under way %s; called by %s"),
		cell[PLAN_KIND], cell[PLAN_STATUS], cell[PLAN_VERSION], cell[PLAN_ORIGIN],
		cell[PLAN_SIGNED], cell[PLAN_FINDS], cell[PLAN_RUNS], cell[PLAN_CALLED]));
	free(first);
}

bool
library_paper(struct buf *out, struct desk *desk, const struct page *page, struct error *err)
{
	struct table_rows rows = { 0 };
	char when[WHEN_SHORT_SIZE];
	bool ok = library_page(&rows, desk, page, err);

	when_full(when, desk_now(desk), desk_zone(desk));
	buf_addf(out, "%s\n%s, %s, %s\n\n", _("PLANS"), desk_name(desk), when,
		desk_me(desk)->name);
	for (int i = 0; i < rows.count; i++) {
		put_plan(out, &rows.rows[i]);
	}
	table_free(&rows);
	return ok;
}
