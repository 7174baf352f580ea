/* sheet_over.c owns the all-clear list of a case: who called or was told, and
 * telling them that it is over, one by one or all at once. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/all_clear.h"
#include "core/fold.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/person.h"
#include "core/tin_words.h"
#include "core/when.h"
#include "tui/act.h"
#include "tui/ask.h"
#include "tui/views.h"

static const struct hint hints[] = {
	{ CMD_ENTER, N_("told it is over") },
	{ CMD_NO_ANSWER, NULL },
	{ CMD_NOTE, N_("copy the text") },
	{ CMD_MARK, NULL },
	{ CMD_MARK_ALL, NULL },
	{ CMD_PRESETS, NULL },
	{ CMD_UNDO, NULL },
	SHEET_HINTS
};

enum { PRESET_LEFT, PRESET_EVERYBODY };

static const char *const presets[] = {
	N_("not told yet"), N_("everybody"), NULL,
};

static const struct table_column columns[] = {
	{ N_("NO"), 3, 0, true }, { N_("WHO"), 0, 0, false },
	{ N_("CALL"), 13, 50, false }, { N_("TOLD IT IS OVER"), 17, 0, false },
	{ N_("HEARD BY"), 15, 76, false }, { N_("BY"), 8, 110, false }, { 0 },
};

static void
add_row(struct table_rows *out, struct desk *desk, const struct told *told)
{
	char number[16], at[WHEN_SHORT_SIZE] = "";
	const char *by = PERSON(desk, told->over_by);
	struct table_row *row;
	char *state;

	snprintf(number, sizeof(number), "%d", told->n);
	row = table_add(out, "", told->ref, told->over_at == 0 ? "left" : "told");
	/* The selection keeps a row by its first key, cut to the size of an id. */
	snprintf(row->id, sizeof(row->id), "%.36s", told->ref);
	if (told->over_at != 0) {
		when_near(at, told->over_at, desk_now(desk), desk_zone(desk));
	}
	if (told->over_at == 0 && told->tries > 0) {
		when_near(at, told->tried_at, desk_now(desk), desk_zone(desk));
	}
	state = told->over_at == 0 && told->tries > 0
		? xasprintf(_("%d calls, %s"), told->tries, at)
		: told->over_at == 0 ? xstrdup(_("NOT TOLD"))
		: xasprintf("%s %s", at, told->over_how);
	table_cell(row, 0, number);
	table_cell(row, 1, told->name);
	table_cell(row, 2, told->number);
	table_cell(row, 3, state);
	table_cell(row, 4, told->how);
	table_cell(row, 5, told->over_at == 0 ? "" : fold_given_name(by));
	row->signs = told->over_at == 0 ? 1 : 0;
	row->style = told->over_at == 0 ? ST_STRONG : ST_DIM;
	row->text = xasprintf(_("%s\nNumber: %s\nHeard of it by: %s\nTold that it is over:"
		" %s %s"), told->name, told->number != NULL ? told->number : "", told->how,
		state, told->over_at == 0 ? "" : by);
	free(state);
}

SQL(OVER_STATUS, "t", "SELECT status FROM cases WHERE id = $1");

/* Nobody is told that it is over while it is not. */
static bool
say_todo(struct table_head *head, struct desk *desk, const char *case_id,
	struct error *err)
{
	char *status = NULL;
	bool over;

	if (!db_one_text(desk_db(desk), &OVER_STATUS, &status, err, TXT(case_id))) {
		return false;
	}
	over = status != NULL
		&& (strcmp(status, "recovered") == 0 || strcmp(status, "closed") == 0);
	snprintf(head->todo, sizeof(head->todo), "%s", over
		? _("Tell everybody that it works again: c copies the text, Enter records who"
			" was told and how. * marks all.")
		: _("It is not recovered yet: these are to be told when it is."));
	free(status);
	return true;
}

static bool
load(struct table_rows *out, struct desk *desk, const struct page *page,
	struct error *err)
{
	struct all_clear list;
	bool ok;

	if (!all_clear_load(&list, desk, page->about, err)) {
		return false;
	}
	for (int i = 0; i < list.count; i++) {
		if (page->preset == PRESET_EVERYBODY || list.rows[i].over_at == 0) {
			add_row(out, desk, &list.rows[i]);
			(void)page_take(out, page);
		}
	}
	snprintf(out->head.counts, sizeof(out->head.counts), _("%d of %d not told"), list.left,
		list.count);
	ok = list.left == 0 || say_todo(&out->head, desk, page->about, err);
	all_clear_free(&list);
	return ok;
}

/* ---- telling: one act, one event for all that are marked ---- */

struct telling {
	char case_id[UUID_SIZE];
	char **refs;
	int count;
};

static void
free_telling(void *arg)
{
	struct telling *t = arg;

	for (int i = 0; i < t->count; i++) {
		free(t->refs[i]);
	}
	free(t->refs);
	free(t);
}

struct tell_request {
	struct request request;
	struct telling *telling; /* ours */
	char event_id[UUID_SIZE];
	char *how;
	uint64_t form;
	int done;
};

static bool
run_tell(struct request *request, struct desk *desk, struct error *err)
{
	struct tell_request *r = (struct tell_request *)request;
	bool ok;

	desk_set_event_id(desk, r->event_id);
	ok = all_clear_told(desk, r->telling->case_id,
		(const char *const *)r->telling->refs, r->telling->count, r->how, &r->done,
		err);
	desk_set_event_id(desk, NULL);
	return ok;
}

static void
done_tell(struct request *request, struct app *app)
{
	struct tell_request *r = (struct tell_request *)request;

	if (!request->ok) {
		form_failed(app, r->form, &request->err);
		return;
	}
	form_saved(app, r->form);
	app_info(app, _("%d told that it is over"), r->done);
}

static void
free_tell(struct request *request)
{
	struct tell_request *r = (struct tell_request *)request;

	free_telling(r->telling);
	free(r->how);
	free(r);
}

static bool
tell(struct app *app, struct view *form, void *arg)
{
	const struct telling *t = arg;
	struct form *fields = ask_form_fields(form);
	const char *channel = form_value(fields, "channel");
	const char *said = form_value(fields, "said");
	struct tell_request *r = xcalloc(1, sizeof(*r));

	r->request = (struct request){ .run = run_tell, .done = done_tell,
		.free = free_tell, .always = true, .changes = true };
	r->telling = xcalloc(1, sizeof(*r->telling));
	memcpy(r->telling->case_id, t->case_id, UUID_SIZE);
	r->telling->count = t->count;
	r->telling->refs = xcalloc((size_t)t->count + 1, sizeof(*r->telling->refs));
	for (int i = 0; i < t->count; i++) {
		r->telling->refs[i] = xstrdup(t->refs[i]);
	}
	r->how = xasprintf("%s%s%s", tin_label(tin_channels, channel),
		said[0] != '\0' ? ": " : "", said);
	r->form = form->id;
	snprintf(r->event_id, sizeof(r->event_id), "%s", ask_form_event_id(form));
	app_ask(app, NULL, &r->request);
	return true;
}

static void
ask_how(struct app *app, struct sheet_view *view, const struct table_row *const *rows,
	int count)
{
	struct telling *t;
	struct view *form;
	struct form *fields;
	struct field *field;
	char *title;

	if ((app_have(app) & NEED_WRITE) == 0) {
		app_info(app, "%s", _("opened for reading only, or a viewer's role"));
		return;
	}
	t = xcalloc(1, sizeof(*t));
	snprintf(t->case_id, sizeof(t->case_id), "%.36s", view->browse.view.about);
	t->refs = xcalloc((size_t)count, sizeof(*t->refs));
	for (int i = 0; i < count; i++) {
		t->refs[t->count++] = xstrdup(rows[i]->key);
	}
	title = count == 1 ? xasprintf(_("told that it is over: %s"), rows[0]->cells[1])
		: xasprintf(_("told that it is over: %d"), count);
	form = ask_form(app, &(struct ask_form){ .title = title, .case_id = t->case_id,
		.number = view->browse.rows.head.number, .save_hint = N_("told"), .done = tell,
		.arg = t, .free_arg = free_telling });
	free(title);
	fields = ask_form_fields(form);
	field = form_add(fields, FIELD_CHOICE, "channel", _("Channel"));
	for (const struct word *w = tin_channels; w->word != NULL; w++) {
		field_add_choice(field, w->word, Q_(w->label));
	}
	field->compact = true;
	field_set(field, "phone");
	form_add(fields, FIELD_LINE, "said", _("Who, what was said"))->edit.max = 150;
	form_focus(fields, "channel");
}

/* ---- nobody answers: the row stays, with how often and when ---- */

static bool
run_tried(struct desk *desk, const struct case_ref *refs, int count,
	const struct json *values, struct error *err)
{
	const char **rows = xcalloc((size_t)count, sizeof(*rows));
	int done;
	bool ok;

	(void)values;
	for (int i = 0; i < count; i++) {
		rows[i] = refs[i].item;
	}
	ok = all_clear_tried(desk, refs[0].case_id, rows, count, tin_label(tin_channels,
		"phone"), &done, err);
	free(rows);
	return ok;
}

static void
tried(struct app *app, struct sheet_view *view, const struct table_row *const *rows,
	int count)
{
	struct case_ref *refs = xcalloc((size_t)count, sizeof(*refs));

	for (int i = 0; i < count; i++) {
		snprintf(refs[i].item, sizeof(refs[i].item), "%s", rows[i]->key);
		snprintf(refs[i].number, sizeof(refs[i].number), "%.70s", rows[i]->cells[1]);
		snprintf(refs[i].case_id, sizeof(refs[i].case_id), "%.36s",
			view->browse.view.about);
	}
	act_post(app, &(struct act_call){ .run_all = run_tried,
		.said = N_("%s: nobody answered, it stays on the list"), .refs = refs,
		.count = count, .values = json_object() });
	list_unmark_all(&view->browse.list);
	free(refs);
}

/* ---- the text to read or paste ---- */

struct text_request {
	struct request request;
	char case_id[UUID_SIZE];
	char *text;
};

static bool
run_text(struct request *request, struct desk *desk, struct error *err)
{
	struct text_request *r = (struct text_request *)request;

	return all_clear_text(&r->text, desk, r->case_id, err);
}

static void
done_text(struct request *request, struct app *app)
{
	struct text_request *r = (struct text_request *)request;

	if (!request->ok) {
		app_error(app, &request->err);
	} else if (app_copy(app, r->text)) {
		app_info(app, "%s", _("the text is copied"));
	} else {
		ask_read(app, _("this terminal cannot copy; read it aloud"), r->text);
	}
}

static void
free_text(struct request *request)
{
	free(((struct text_request *)request)->text);
	free(request);
}

static void
copy(struct app *app, struct sheet_view *view, const struct table_row *const *rows,
	int count)
{
	struct text_request *r = xcalloc(1, sizeof(*r));

	(void)rows;
	(void)count;
	r->request = (struct request){ .run = run_text, .done = done_text,
		.free = free_text };
	snprintf(r->case_id, sizeof(r->case_id), "%.36s", view->browse.view.about);
	app_ask(app, NULL, &r->request);
}

static const char *
refuse_told(const struct table_row *row)
{
	return strcmp(row->state, "told") == 0 ? N_("they were told already") : NULL;
}

static const struct sheet_act acts[] = {
	{ .command = CMD_ENTER, .run = ask_how, .refuse = refuse_told, .bulk = true },
	{ .command = CMD_NO_ANSWER, .run = tried, .refuse = refuse_told, .bulk = true },
	{ .command = CMD_NOTE, .run = copy, .always = true },
	{ .command = CMD_NONE },
};

const struct sheet over_sheet = {
	.ops = SHEET_OPS("all-clear", hints),
	.title = N_("ALL CLEAR"),
	.source = { .columns = columns, .load = load, .whole = true, .of_case = true,
		.empty = N_("everybody who called or was told knows it; f shows all") },
	.acts = acts,
	.presets = presets,
};
