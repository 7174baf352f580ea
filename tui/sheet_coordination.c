/* sheet_coordination.c owns the coordination table: read, and printed as an
 * annex. */
#include <stdio.h>
#include <stdlib.h>

#include "core/coordination.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/planned.h"
#include "core/when.h"
#include "tui/ask.h"
#include "tui/filling.h"
#include "tui/views.h"

static const struct hint hints[] = {
	{ CMD_ENTER, N_("read it") },
	{ CMD_PRESETS, N_("kind") },
	SHEET_HINTS
};

static const struct table_column columns[] = {
	{ N_("KIND"), 15, 0, false }, { N_("SEV"), 5, 0, false },
	{ N_("LEADS"), 24, 0, false }, { N_("SUPPORTS"), 0, 60, false },
	{ N_("WITHIN"), 6, 60, true }, { N_("REPORT"), 46, 140, false }, { 0 },
};

/* Of one kind the rows stand by severity: kind and severity are chosen with two
 * keys, without a case. */
static const char *const presets[] = {
	N_("any kind"), N_("power loss"), N_("link loss"), N_("hardware fault"),
	N_("software fault"), N_("cyber attack"), NULL,
};
static const char *const preset_kinds[] = {
	NULL, "power", "link", "hardware", "software", "attack",
};

static bool
add_row(const struct coordination *row, void *arg)
{
	struct filling *f = arg;
	const char *kind = preset_kinds[f->page->preset];
	struct table_row *line;
	struct buf text = { 0 };
	char span[WHEN_SHORT_SIZE] = "";

	if (kind != NULL && !coordination_fits(row, kind)) {
		return true;
	}
	line = table_add(f->out, row->code, row->code, "");
	if (row->limit > 0) {
		when_span(span, row->limit, i18n_language());
	}
	f->count++;
	table_cell(line, 0, row->kinds);
	table_cell(line, 1, row->severity[0] != '\0' ? row->severity : _("other"));
	table_cell(line, 2, row->lead);
	table_cell(line, 3, row->support);
	table_cell(line, 4, span);
	table_cell(line, 5, row->report);
	coordination_words(&text, row);
	buf_addf(&text, "\n%s: %s", row->code, row->source);
	line->text = buf_take(&text);
	line->style = row->severity[0] == '4' ? ST_STRONG : ST_TEXT;
	return page_take(f->out, f->page);
}

static bool
load(struct table_rows *out, struct desk *desk, const struct page *page,
	struct error *err)
{
	struct filling f = { .out = out, .page = page, .desk = desk };

	return coordination_each(desk, add_row, &f, err)
		&& filling_counts(&f, _("%d rows"), f.count);
}

static bool
print(struct buf *out, struct desk *desk, const struct page *page, struct error *err)
{
	(void)page;
	return coordination_paper(out, desk, err);
}

/* ---- behind F2 of a case ---- */

struct reading {
	struct request request;
	char case_id[UUID_SIZE];
	char *title;
	struct buf text;
	struct desk *desk; /* while it reads */
	bool worked;       /* some work is named */
};

static bool
add_work(const struct planned *work, void *arg)
{
	struct reading *r = arg;
	char *words = planned_words(work, desk_now(r->desk), desk_zone(r->desk));

	if (!r->worked) {
		buf_addf(&r->text, "\n%s:\n", _("CHANGED IN THE LAST 24 HOURS"));
	}
	buf_addf(&r->text, "%s\n", words);
	r->worked = true;
	free(words);
	return true;
}

static bool
run_reading(struct request *request, struct desk *desk, struct error *err)
{
	struct reading *r = (struct reading *)request;
	struct ir_case c = { 0 };
	struct coordination row = { 0 };
	bool found = false;
	bool ok = case_load(&c, desk, r->case_id, err)
		&& coordination_of(&row, &found, desk, &c, err);

	r->desk = desk;
	ok = ok && planned_near(desk, c.asset_id, c.detected_at, add_work, r, err);
	if (ok && found) {
		buf_addf(&r->text, "\n%s: %s%s%s\n", _("COORDINATION"), row.kinds,
			row.severity[0] != '\0' ? ", " : "", row.severity);
		coordination_words(&r->text, &row);
	}
	coordination_clear(&row);
	case_clear(&c);
	return ok;
}

static void
done_reading(struct request *request, struct app *app)
{
	struct reading *r = (struct reading *)request;

	if (!request->ok) {
		app_error(app, &request->err);
	}
	ask_read(app, r->title, buf_text(&r->text));
}

static void
free_reading(struct request *request)
{
	struct reading *r = (struct reading *)request;

	free(r->title);
	buf_free(&r->text);
	free(r);
}

void
read_with_coordination(struct app *app, const char *case_id, const char *title,
	char *text)
{
	struct reading *r = xcalloc(1, sizeof(*r));

	r->request = (struct request){ .run = run_reading, .done = done_reading,
		.free = free_reading, .opens = true };
	snprintf(r->case_id, sizeof(r->case_id), "%s", case_id);
	r->title = xstrdup(title);
	buf_addf(&r->text, "%s", text);
	free(text);
	app_ask(app, app_base(app), &r->request);
}

const struct sheet coordination_sheet = {
	.ops = SHEET_OPS("coordination", hints),
	.title = N_("COORDINATION"),
	.source = { .columns = columns, .load = load, .whole = true,
		.empty = N_("no rule of the family coordination; see docs/profiles.md") },
	.presets = presets,
	.print = print,
};
