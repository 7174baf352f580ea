/* sheet_print.c owns what leaves a sheet: a row to read (F2), the whole of it
 * as paper (F8), shown and kept in a file. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/mem.h"
#include "core/when.h"
#include "tui/ask.h"
#include "tui/model.h"
#include "tui/paper.h"
#include "tui/sheet.h"

/* ---- a row ---- */

/* "HEAD: text", a line a column that is not empty. */
static char *
row_text(const struct browse_source *source, const struct table_row *row)
{
	struct buf out = { 0 };

	if (row->text != NULL) {
		return xstrdup(row->text);
	}
	for (int i = 0; source->columns[i].title != NULL; i++) {
		if (row->cells[i] != NULL && row->cells[i][0] != '\0') {
			buf_addf(&out, "%s: %s\n", _(source->columns[i].title),
				row->cells[i]);
		}
	}
	return buf_take(&out);
}

/* What is shown: all of it. */
static struct page
page_of(const struct browse *b)
{
	struct page page = { .want = LIST_WANT_FIRST, .limit = INT32_MAX - 1,
		.preset = b->preset };

	snprintf(page.words, sizeof(page.words), "%s", lineedit_text(&b->words));
	memcpy(page.about, b->about, sizeof(page.about));
	return page;
}

struct read_request {
	struct request request;
	const struct sheet *sheet;
	struct page page;
	struct case_ref ref;
	char *title;
	struct buf text;
};

static bool
run_read(struct request *request, struct desk *desk, struct error *err)
{
	struct read_request *r = (struct read_request *)request;

	return r->sheet->read(&r->title, &r->text, desk, &r->page, &r->ref, err);
}

static void
done_read(struct request *request, struct app *app)
{
	struct read_request *r = (struct read_request *)request;

	if (request->ok) {
		ask_read(app, r->title != NULL ? r->title : r->ref.title,
			buf_text(&r->text));
	} else {
		app_error(app, &request->err);
	}
}

static void
free_read(struct request *request)
{
	free(((struct read_request *)request)->title);
	buf_free(&((struct read_request *)request)->text);
	free(request);
}

void
sheet_read(struct app *app, struct sheet_view *v)
{
	const struct sheet *sheet = sheet_of(&v->browse.view);
	const struct table_row *here = browse_here(&v->browse);
	const char *title = here->cells[0] != NULL ? here->cells[0] : here->key;
	struct read_request *r;

	if (sheet->read == NULL) {
		char *text = row_text(v->browse.source, here);

		ask_read(app, title, text);
		free(text);
		return;
	}
	r = xcalloc(1, sizeof(*r));
	r->request = (struct request){ .run = run_read, .done = done_read,
		.free = free_read, .opens = true };
	r->sheet = sheet;
	r->page = page_of(&v->browse);
	sheet_ref(&r->ref, here);
	app_ask(app, &v->browse.view, &r->request);
}

/* ---- the paper ---- */

struct print_request {
	struct request request;
	const struct sheet *sheet;
	const struct browse_source *source;
	struct page page;
	char *folder, *path; /* folder as of paper_folder() */
	char name[64];
	struct buf text;
};

/* "PROMISES  2026-41 Mất kết nối", counts; of which desk, when, by whom. */
static void
put_head(struct print_request *r, const struct table_head *head, struct desk *desk)
{
	const struct sheet_list *lists = r->sheet->lists;
	char when[WHEN_SHORT_SIZE];

	when_full(when, desk_now(desk), desk_zone(desk));
	buf_addf(&r->text, "%s%s%s%s%s%s%s\n", _(r->sheet->title),
		lists != NULL ? ": " : "", lists != NULL ? _(lists[r->page.preset].label) : "",
		head->number[0] != '\0' ? "  " : "", head->number,
		head->title[0] != '\0' ? " " : "", head->title);
	if (head->counts[0] != '\0') {
		buf_addf(&r->text, "%s\n", head->counts);
	}
	buf_addf(&r->text, "%s, %s, %s\n\n", desk_name(desk), when,
		desk_me(desk)->name);
}

static bool
run_print(struct request *request, struct desk *desk, struct error *err)
{
	struct print_request *r = (struct print_request *)request;
	struct table_rows rows = { 0 };
	bool ok;

	if (r->sheet->print != NULL) {
		ok = r->sheet->print(&r->text, desk, &r->page, err);
	} else {
		ok = browse_read(&rows, desk, r->source, &r->page, err);
		if (ok) {
			put_head(r, &rows.head, desk);
			table_paper(&r->text, r->source->columns, &rows, PAPER_CELLS);
		}
		table_free(&rows);
	}
	return ok && (r->sheet->csv ? paper_keep_csv : paper_keep)(&r->path, desk, r->folder,
		r->name, buf_text(&r->text), err);
}

static void
done_print(struct request *request, struct app *app)
{
	struct print_request *r = (struct print_request *)request;

	if (request->ok) {
		/* Where it is stands below it, to be copied, and in the state row. */
		buf_addf(&r->text, "\n");
		buf_addf(&r->text, _("kept in %s"), r->path);
		ask_read(app, _(r->sheet->title), buf_text(&r->text));
		app_info(app, _("kept in %s"), r->path);
	} else {
		app_error(app, &request->err);
	}
}

static void
free_print(struct request *request)
{
	struct print_request *r = (struct print_request *)request;

	free(r->folder);
	free(r->path);
	buf_free(&r->text);
	free(r);
}

void
sheet_print(struct app *app, struct sheet_view *v)
{
	struct browse *b = &v->browse;
	struct print_request *r = xcalloc(1, sizeof(*r));

	r->request = (struct request){ .run = run_print, .done = done_print,
		.free = free_print, .opens = true };
	r->sheet = sheet_of(&b->view);
	r->source = b->source;
	r->page = page_of(b);
	snprintf(r->name, sizeof(r->name), "%s%s%s", b->view.ops->name,
		b->rows.head.number[0] != '\0' ? "-" : "", b->rows.head.number);
	r->folder = paper_folder(app);
	app_ask(app, &b->view, &r->request);
}
