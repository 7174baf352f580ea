/* papers.c owns the printed case and plan, the copy of a case, and the table of
 * what was done on paper. */
#include "tui/papers.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/mem.h"
#include "playbooks/copy.h"
#include "playbooks/paper_entries.h"
#include "playbooks/print.h"
#include "tui/ask.h"
#include "tui/paper.h"

/* ---- printing ---- */

struct print_request {
	struct request request;
	bool plan;
	char spec[256]; /* case or plan */
	char stem[80];  /* of the file */
	char *folder, *path, *name; /* folder as of paper_folder() */
	struct buf text;
};

static bool
run_print(struct request *request, struct desk *desk, struct error *err)
{
	struct print_request *r = (struct print_request *)request;
	bool ok = r->plan ? print_plan_named(&r->text, &r->name, desk, r->spec, err)
		: print_case(&r->text, desk, r->spec, err);

	return ok && paper_keep(&r->path, desk, r->folder, r->stem, buf_text(&r->text), err);
}

/* A form feed is for printers; on the screen a rule parts the pages. */
static char *
on_screen(const struct buf *text)
{
	struct buf out = { 0 };

	for (size_t i = 0; i < text->len; i++) {
		if (text->data[i] == '\f') {
			buf_adds(&out, "----------\n");
		} else {
			buf_addc(&out, text->data[i]);
		}
	}
	return buf_take(&out);
}

static void
done_print(struct request *request, struct app *app)
{
	struct print_request *r = (struct print_request *)request;
	char *shown, *title;

	if (!request->ok) {
		app_error(app, &request->err);
		return;
	}
	shown = on_screen(&r->text);
	title = xasprintf(_("on paper: lpr %s"), r->path);
	ask_read(app, title, shown);
	app_info(app, _("kept in %s"), r->path);
	free(title);
	free(shown);
}

static void
free_print(struct request *request)
{
	struct print_request *r = (struct print_request *)request;

	free(r->folder);
	free(r->path);
	free(r->name);
	buf_free(&r->text);
	free(r);
}

static void
post_print(struct app *app, bool plan, const char *spec, const char *name)
{
	struct print_request *r = xcalloc(1, sizeof(*r));

	r->request = (struct request){ .run = run_print, .done = done_print,
		.free = free_print, .opens = true };
	r->plan = plan;
	snprintf(r->spec, sizeof(r->spec), "%s", spec);
	snprintf(r->stem, sizeof(r->stem), "%s", name);
	r->folder = paper_folder(app);
	app_ask(app, NULL, &r->request);
}

void
print_case_open(struct app *app, const struct case_ref *ref)
{
	post_print(app, false, ref->id, ref->number);
}

void
print_plan_open(struct app *app, const char *id, const char *code)
{
	post_print(app, true, id, code);
}

/* ---- the copy ---- */

struct copy_request {
	struct request request;
	struct case_ref ref;
	bool red;
	struct copy_result result;
};

static void copy_post(struct app *app, const struct case_ref *ref, bool red);

static bool
run_copy(struct request *request, struct desk *desk, struct error *err)
{
	struct copy_request *r = (struct copy_request *)request;

	return copy_case(&r->result, desk, r->ref.id, NULL, r->red, err);
}

static bool
red_meant(struct app *app, void *arg)
{
	copy_post(app, arg, true);
	return true;
}

/* Refused because it is TLP:RED: the person is asked, with the focus on Back. */
static void
ask_red(struct app *app, const struct copy_request *r)
{
	struct case_ref *ref = xcalloc(1, sizeof(*ref));

	*ref = r->ref;
	ask_confirm(app, &(struct confirm){ .title = _("copy of a TLP:RED case"),
		.text = _("The copy leaves the desk's care: only the persons named by the"
			" case's owner may see it."), .yes = _("copy it"), .done = red_meant,
		.arg = ref, .free_arg = free });
}

static void
done_copy(struct request *request, struct app *app)
{
	struct copy_request *r = (struct copy_request *)request;

	if (!request->ok && request->err.code == ERR_REFUSED && !r->red) {
		ask_red(app, r);
	} else if (!request->ok) {
		app_error(app, &request->err);
	} else if (r->result.left_out > 0) {
		app_info(app, _("copied to %s; %d TLP:RED observables are not in it"),
			r->result.path, r->result.left_out);
	} else {
		app_info(app, _("copied to %s"), r->result.path);
	}
	if (request->ok) {
		app_reload(app, app_base(app)); /* the timeline says so */
	}
}

static void
free_copy(struct request *request)
{
	copy_clear(&((struct copy_request *)request)->result);
	free(request);
}

static void
copy_post(struct app *app, const struct case_ref *ref, bool red)
{
	struct copy_request *r = xcalloc(1, sizeof(*r));

	r->request = (struct request){ .run = run_copy, .done = done_copy,
		.free = free_copy };
	r->ref = *ref;
	r->red = red;
	app_ask(app, NULL, &r->request);
}

void
copy_case_open(struct app *app, const struct case_ref *ref)
{
	copy_post(app, ref, false);
}

/* ---- paper ---- */

static const struct word done_rows[] = {
	{ "refuse", N_("say which") }, { "notes", N_("keep as notes") }, { NULL, NULL },
};

static const struct form_line paper_lines[] = {
	{ .name = "rows", .label = N_("Rows"), .kind = FIELD_AREA,
		.list = true, .required = true,
		.rows = 12, .help = N_("a row a line: 02:36 #15 mail server stopped @Nam") },
	{ .name = "done", .label = N_("Steps done already"), .kind = FIELD_CHOICE,
		.words = done_rows, .value = "refuse" },
	{ .name = NULL },
};

static bool
run_paper(struct desk *desk, const struct case_ref *ref, const struct json *values,
	char **said, struct error *err)
{
	bool as_notes = strcmp(form_word(values, "done"), "notes") == 0;
	struct paper_filed filed;
	struct paper_row *rows;
	int count;
	bool ok = paper_read(&rows, &count, form_word(values, "rows"), err);

	ok = ok && paper_file(desk, ref->id, rows, count, as_notes, &filed, err);
	if (rows != NULL) {
		paper_rows_free(rows, count);
	}
	if (ok && filed.again > 0) {
		*said = xasprintf(_("filed from paper: %d steps, %d notes, of them %d of steps"
			" done already"), filed.steps, filed.notes, filed.again);
	}
	return ok;
}

const struct sheet_form paper_form = { .draft = "paper",
	.title = N_("what was done on paper: time, #step, what, @who"),
	.lines = paper_lines, .run_said = run_paper, .save = N_("file all rows"),
	.said = N_("what was on paper stands in %s now") };
