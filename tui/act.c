/* act.c owns the request that changes cases, and the lists that forms offer. */
#include "tui/act.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/case.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/text.h"
#include "core/timeline.h"
#include "tui/ask.h"
#include "tui/case_rows.h"
#include "tui/choices.h"
#include "tui/form_view.h"
#include "tui/views.h"

#define NAMED 3 /* numbers said of an act on many */

struct act_request {
	struct request request;
	act_fn *run;
	act_said_fn *run_said;
	act_all_fn *run_all;
	char *said;
	struct case_ref *refs;
	int count, done;
	struct json *values;
	char event_id[UUID_SIZE];
	uint64_t form;
	void (*after)(struct app *app, const struct case_ref *ref);
	const struct zone *zone;
	bool guard;
	bool tell;            /* say what the newest entry says (undo names it) */
	char *told;
	struct buf numbers;   /* of the cases done */
	struct buf refused;   /* "2026-42: reason" of the others */
};

static bool
take_text(const struct entry *entry, void *arg)
{
	struct act_request *a = arg;

	a->told = timeline_text(entry, a->zone);
	return false;
}

static bool
newest_entry(struct act_request *a, struct desk *desk, struct error *err)
{
	const struct case_ref *ref = &a->refs[0];
	struct timeline_page page = { .newest_first = true, .limit = 1,
		.case_id = case_ref_case(ref) };

	a->zone = desk_zone(desk);
	return timeline_each(desk, &page, take_text, a, err);
}

/* Of many the first three: forty callers are no line to read. */
static void
name_done(struct act_request *a, int i)
{
	if (a->done++ < NAMED || a->count <= NAMED + 1) {
		buf_addf(&a->numbers, "%s%s", a->done > 1 ? ", " : "", a->refs[i].number);
	}
}

static void
name_rest(struct act_request *a)
{
	if (a->count > NAMED + 1 && a->done > NAMED) {
		buf_addf(&a->numbers, _(" and %d more"), a->done - NAMED);
	}
}

static bool
run_all(struct act_request *a, struct desk *desk, struct error *err)
{
	bool ok;

	desk_set_event_id(desk, a->event_id);
	ok = a->run_all(desk, a->refs, a->count, a->values, err);
	desk_set_event_id(desk, NULL);
	for (int i = 0; ok && i < a->count; i++) {
		name_done(a, i);
	}
	return ok;
}

static bool
run_one(struct act_request *a, struct desk *desk, const struct case_ref *ref,
	struct error *err)
{
	char *said = NULL;

	if (a->run_said == NULL) {
		return a->run(desk, ref, a->values, err);
	}
	if (!a->run_said(desk, ref, a->values, &said, err)) {
		return false;
	}
	free(a->told);
	a->told = said;
	return true;
}

/* One case: its error is the request's.  Several: each is tried. */
static bool
run_act(struct request *request, struct desk *desk, struct error *err)
{
	struct act_request *a = (struct act_request *)request;

	if (a->run_all != NULL) {
		return run_all(a, desk, err);
	}
	for (int i = 0; i < a->count; i++) {
		struct error own = ERROR_INIT;

		desk_set_event_id(desk, i == 0 ? a->event_id : NULL);
		desk_set_guard(desk, a->guard ? a->refs[i].version : 0);
		if (run_one(a, desk, &a->refs[i], &own)) {
			name_done(a, i);
		} else {
			*err = own;
			buf_addf(&a->refused, "%s%s: %s", a->refused.len > 0 ? "; " : "",
				a->refs[i].number, own.message);
		}
		desk_set_event_id(desk, NULL);
		desk_set_guard(desk, 0);
	}
	return a->done > 0 && (!a->tell || newest_entry(a, desk, err));
}

/* Both values stand in the cause: what is there, by whom, and what was typed. */
static void
name_conflict(struct error *err)
{
	struct json *detail = NULL;
	struct error none = ERROR_INIT;

	if (err->code != ERR_CONFLICT || !json_parse(&detail, err->detail,
			strlen(err->detail), NULL, &none)) {
		return;
	}
	if (json_get(detail, "field") == NULL) { /* of an act, not of a value */
		json_free(detail);
		return;
	}
	snprintf(err->cause, sizeof(err->cause),
		_("there now: \"%.100s\" (%.40s); yours: \"%.100s\"; F10 again keeps yours"),
		json_text(json_get(detail, "theirs"), ""),
		json_text(json_get(detail, "by_name"), json_text(json_get(detail, "by"), "")),
		json_text(json_get(detail, "yours"), ""));
	json_free(detail);
}

static void
done_act(struct request *request, struct app *app)
{
	struct act_request *a = (struct act_request *)request;

	name_rest(a);
	if (!request->ok) {
		name_conflict(&request->err);
		if (a->form != 0) {
			form_failed(app, a->form, &request->err);
		} else {
			app_error(app, &request->err);
		}
		return;
	}
	if (a->form != 0) {
		form_saved(app, a->form);
	}
	if (app_base(app)->ops->acted != NULL) {
		app_base(app)->ops->acted(app_base(app));
	}
	if (a->refused.len > 0) {
		struct error err = ERROR_INIT;

		error_set(&err, ERR_REFUSED, _("%d done, but %s"), a->done,
			buf_text(&a->refused));
		app_error(app, &err);
	} else if (a->told != NULL && (a->refs[0].case_id[0] != '\0' || a->numbers.len == 0)) {
		app_info(app, "%s", a->told); /* of a thing in a case: it names it */
	} else if (a->told != NULL) {
		app_info(app, "%s: %s", buf_text(&a->numbers), a->told);
	} else {
		app_info(app, a->said, buf_text(&a->numbers));
	}
	if (a->after != NULL) {
		a->after(app, &a->refs[0]);
	}
}

static void
free_act(struct request *request)
{
	struct act_request *a = (struct act_request *)request;

	free(a->said);
	free(a->told);
	free(a->refs);
	json_free(a->values);
	buf_free(&a->numbers);
	buf_free(&a->refused);
	free(a);
}

void
act_post(struct app *app, const struct act_call *act)
{
	struct act_request *a = xcalloc(1, sizeof(*a));

	a->request = (struct request){ .run = run_act, .done = done_act,
		.free = free_act, .always = true, .changes = true };
	a->run = act->run;
	a->run_said = act->run_said;
	a->run_all = act->run_all;
	a->said = xstrdup(_(act->said));
	a->count = act->count;
	a->refs = xcalloc((size_t)act->count, sizeof(*a->refs));
	memcpy(a->refs, act->refs, (size_t)act->count * sizeof(*a->refs));
	a->values = act->values;
	snprintf(a->event_id, sizeof(a->event_id), "%s",
		act->event_id != NULL ? act->event_id : "");
	a->form = act->form;
	a->after = act->after;
	a->tell = act->tell;
	a->guard = act->guard;
	app_ask(app, NULL, &a->request);
}

struct act_todo *
act_todo_new(const void *act, const struct case_ref *refs, int count)
{
	struct act_todo *todo = xcalloc(1, sizeof(*todo));

	todo->act = act;
	todo->count = count;
	todo->refs = xcalloc((size_t)count, sizeof(*refs));
	memcpy(todo->refs, refs, (size_t)count * sizeof(*refs));
	return todo;
}

void
act_todo_free(void *todo)
{
	free(((struct act_todo *)todo)->refs);
	free(todo);
}

const char *
case_ref_case(const struct case_ref *ref)
{
	return ref->case_id[0] != '\0' ? ref->case_id : ref->id;
}

int
case_ref_number(const struct case_ref *ref)
{
	const char *slash = strrchr(ref->item, '/');

	return slash == NULL ? 0 : (int)strtol(slash + 1, NULL, 10);
}

bool
case_ref_load(struct case_ref *ref, struct desk *desk, struct error *err)
{
	struct ir_case c = { 0 };
	bool ok = case_load(&c, desk, ref->id, err);

	if (ok) {
		size_t fits = text_fit(c.title, 60, NULL);

		while (fits >= sizeof(ref->title)) {
			fits -= text_prev(c.title, fits);
		}
		case_short_number(ref->number, c.number);
		snprintf(ref->title, sizeof(ref->title), "%.*s", (int)fits, c.title);
		memcpy(ref->status, c.status, sizeof(ref->status));
		memcpy(ref->case_id, c.id, sizeof(ref->case_id));
		ref->severity = c.severity;
		ref->version = c.version;
	}
	case_clear(&c);
	return ok;
}

/* ---- choices of a form ---- */

struct choices_request {
	struct request request;
	enum choices which;
	char field[80];
	struct choice_list list;
};

static bool
run_choices(struct request *request, struct desk *desk, struct error *err)
{
	struct choices_request *c = (struct choices_request *)request;

	return choices_load(&c->list, desk, c->which, err);
}

static void
done_choices(struct request *request, struct app *app)
{
	struct choices_request *c = (struct choices_request *)request;
	struct view *view = app_view(app, request->view_id);
	struct field *field = form_field(form_view_fields(view), c->field);
	char *before;

	if (!request->ok || field == NULL) {
		app_error(app, &request->err);
		return;
	}
	before = xstrdup(field_value(field)[0] != '\0' ? field_value(field)
		: lineedit_text(&field->edit));
	field_clear_choices(field);
	for (int i = 0; i < c->list.count; i++) {
		field_add_choice(field, c->list.items[i].word, c->list.items[i].label);
		field_choice_also(field, c->list.items[i].also);
	}
	/* What was set before they came: a word, or words typed meanwhile. */
	field_set(field, before);
	if (field->chosen < 0 && before[0] != '\0') {
		lineedit_set(&field->edit, before);
	}
	free(before);
}

static void
free_choices(struct request *request)
{
	choices_free(&((struct choices_request *)request)->list);
	free(request);
}

void
act_load_choices(struct app *app, struct view *form, const char *field,
	enum choices which)
{
	struct choices_request *c = xcalloc(1, sizeof(*c));

	c->request = (struct request){ .run = run_choices, .done = done_choices,
		.free = free_choices };
	c->which = which;
	snprintf(c->field, sizeof(c->field), "%s", field);
	app_ask(app, form, &c->request);
}

/* ---- a picker over cases ---- */

struct cases_request {
	struct request request;
	char except[UUID_SIZE];
	struct rows_ask ask;
	struct case_rows rows;
};

static bool
run_cases(struct request *request, struct desk *desk, struct error *err)
{
	struct cases_request *c = (struct cases_request *)request;

	return case_rows_load(&c->rows, desk, &c->ask, err);
}

static void
done_cases(struct request *request, struct app *app)
{
	struct cases_request *c = (struct cases_request *)request;
	struct view *pick = app_view(app, request->view_id);

	if (!request->ok) {
		app_error(app, &request->err);
		return;
	}
	pick_clear_more(pick);
	for (int i = 0; i < c->rows.count; i++) {
		const struct case_row *row = &c->rows.rows[i];
		char *label = xasprintf("%s %s", row->number, row->title);

		if (strcmp(row->id, c->except) != 0) {
			pick_add(pick, row->id, label, row->owner, NULL);
		}
		free(label);
	}
}

static void
free_cases(struct request *request)
{
	case_rows_free(&((struct cases_request *)request)->rows);
	free(request);
}

static struct request *
ask_cases(struct view *pick, const char *words)
{
	struct cases_request *c = xcalloc(1, sizeof(*c));

	snprintf(c->except, sizeof(c->except), "%s", pick_tag(pick));
	c->request = (struct request){ .run = run_cases, .done = done_cases,
		.free = free_cases, .replaces = 1 };
	c->ask = (struct rows_ask){ .preset = PRESET_OPEN, .sort = SORT_DUE,
		.want = LIST_WANT_FIRST, .limit = 40 };
	snprintf(c->ask.words, sizeof(c->ask.words), "%s", words);
	return &c->request;
}

static void
pick_cases(struct app *app, const struct pick *what, const char *except)
{
	struct view *pick = ask_pick(app, what);

	pick_set_tag(pick, except);
	pick_more(pick, ask_cases);
	app_ask(app, pick, ask_cases(pick, ""));
}

void
act_pick_case(struct app *app, const char *title, const char *except,
	bool (*chosen)(struct app *app, void *arg, const char *case_id), void *arg,
	void (*free_arg)(void *arg))
{
	pick_cases(app, &(struct pick){ .title = title, .typing = true, .done = chosen,
		.arg = arg, .free_arg = free_arg }, except);
}

void
act_pick_case_named(struct app *app, const char *title, const char *except,
	bool (*chosen)(struct app *app, void *arg, const char *case_id,
		const char *name), void *arg, void (*free_arg)(void *arg))
{
	pick_cases(app, &(struct pick){ .title = title, .typing = true, .named = chosen,
		.arg = arg, .free_arg = free_arg }, except);
}
