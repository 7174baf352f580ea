/* begin_ask.c owns the form that asks before a plan begins: its external variables
 * (CACAO 10.18: the one who begins a plan supplies them), and why it is begun
 * though it is revoked or out of its dates (3.1). */
#include "tui/begin_ask.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/case.h"
#include "core/i18n.h"
#include "core/limits.h"
#include "core/mem.h"
#include "core/words.h"
#include "playbooks/answer.h"
#include "playbooks/validity.h"
#include "tui/act_run.h"
#include "tui/ask.h"
#include "tui/case_library.h"
#include "tui/case_screen.h"

struct look {
	struct request request;
	struct act_todo *todo; /* ours until the form has it */
	char plan[256];
	uint64_t form;         /* of the view that asked which */
	char *name;            /* of the plan; NULL: nothing is asked */
	char *not_valid;       /* why it is begun for a reason only; or NULL */
	struct question *questions;
	int count;
};

/* ---- on the desk's thread ---- */

static bool
find_plan(const struct plan **out, struct look *look, struct desk *desk,
	struct error *err)
{
	const struct library *library;
	struct ir_case c = { 0 };
	bool ok = case_library(&library, desk, err);

	*out = NULL;
	if (ok && look->plan[0] != '\0') {
		return library_find(out, library, look->plan, desk_me(desk)->language, err);
	}
	ok = ok && case_load(&c, desk, look->todo->refs[0].id, err)
		&& library_fitting(out, library, desk, &c, desk_me(desk)->language, err);
	case_clear(&c);
	return ok;
}

static char *
text_of(const struct json *ext, const char *key)
{
	const char *text = json_get_text(ext, key);

	return xstrdup(text != NULL ? text : "");
}

/* What nobody has given yet: its first value is the plan's. */
static void
take_externals(struct look *look, const struct playbook *playbook)
{
	int all = playbook_variable_count(playbook);

	look->questions = xcalloc((size_t)all + 1, sizeof(*look->questions));
	for (int i = 0; i < all; i++) {
		const struct variable *variable = playbook_variable(playbook, i);
		const char *said = variable_question(variable);
		const struct json *choices = json_get(variable->ext, "choices");

		if (!variable->external) {
			continue;
		}
		look->questions[look->count++] = (struct question){
			.name = xstrdup(variable->name),
			.text = xstrdup(said != NULL ? said : bare_name(variable->name).text),
			.type = xstrdup(variable->type), .unit = text_of(variable->ext, "unit"),
			.choices = choices != NULL ? json_copy(choices) : NULL,
			.known = variable->value != NULL ? xstrdup(variable->value) : NULL,
		};
	}
}

static bool
run_look(struct request *request, struct desk *desk, struct error *err)
{
	struct look *look = (struct look *)request;
	struct playbook *playbook = NULL;
	const struct plan *plan = NULL;
	char *text = NULL;
	size_t len = 0;
	bool ok = find_plan(&plan, look, desk, err);

	if (ok && plan != NULL) {
		ok = library_read(&playbook, &text, &len, desk, plan, err);
	}
	if (playbook != NULL) {
		take_externals(look, playbook);
		look->not_valid = playbook_not_valid(playbook, desk_now(desk));
		look->name = xstrdup(plan->code[0] != '\0' ? plan->code : plan->name);
	}
	playbook_free(playbook);
	free(text);
	return ok;
}

/* ---- on the terminal's thread ---- */

static void
post(struct app *app, const struct act_todo *todo, struct json *values, uint64_t form)
{
	act_post(app, &(struct act_call){ .run = act_do_begin,
		.said = N_("plan on %s begun"), .refs = todo->refs, .count = todo->count,
		.values = values, .form = form });
}

/* The plan that was looked at is the one that begins. */
struct begin_todo {
	struct act_todo *todo;
	char plan[256];
};

static void
free_todo(void *arg)
{
	act_todo_free(((struct begin_todo *)arg)->todo);
	free(arg);
}

static bool
form_done(struct app *app, struct view *view, void *arg)
{
	const struct begin_todo *begin = arg;
	struct json *values = form_to_json(ask_form_fields(view));

	json_set_text(values, "plan", begin->plan);
	post(app, begin->todo, values, view->id);
	return true;
}

/* The plan's own first value stands there to be taken or written over. */
static void
open_form(struct app *app, struct look *look)
{
	struct begin_todo *begin = xcalloc(1, sizeof(*begin));
	char *title = xasprintf(_("begin plan %s: what it wants to know"), look->name);
	struct field *field;
	struct view *view;
	struct form *form;

	begin->todo = look->todo;
	look->todo = NULL;
	snprintf(begin->plan, sizeof(begin->plan), "%s", look->plan);
	view = ask_form(app, &(struct ask_form){ .title = title,
		.save_hint = N_("begin"), .done = form_done, .arg = begin,
		.free_arg = free_todo });
	form = ask_form_fields(view);
	if (look->not_valid != NULL) {
		(void)form_add(form, FIELD_LABEL, "", look->not_valid);
		field = form_add(form, FIELD_AREA, "reason", _("Reason"));
		field->required = true;
		field->rows = 2;
		field->edit.max = limit(LIMIT_NOTE);
	}
	for (int i = 0; i < look->count; i++) {
		struct question *question = &look->questions[i];
		char *first = question->known;

		question->known = NULL;
		step_add_question(form, question);
		field = form_field(form, question->name);
		if (field != NULL && first != NULL) {
			field_set(field, first);
		}
		free(first);
	}
	ask_form_ready(view);
	free(title);
}

static void
done_look(struct request *request, struct app *app)
{
	struct look *look = (struct look *)request;
	struct json *values;

	if (!request->ok) {
		if (look->form != 0) {
			form_failed(app, look->form, &request->err);
		} else {
			app_error(app, &request->err);
		}
		return;
	}
	if (look->count == 0 && look->not_valid == NULL) {
		values = json_object();
		json_set_text(values, "plan", look->plan);
		post(app, look->todo, values, look->form);
		return;
	}
	if (look->form != 0) {
		form_saved(app, look->form);
	}
	open_form(app, look);
}

static void
free_look(struct request *request)
{
	struct look *look = (struct look *)request;

	for (int i = 0; i < look->count; i++) {
		free(look->questions[i].name);
		free(look->questions[i].text);
		free(look->questions[i].type);
		free(look->questions[i].unit);
		free(look->questions[i].known);
		json_free(look->questions[i].choices);
	}
	free(look->questions);
	free(look->name);
	free(look->not_valid);
	if (look->todo != NULL) {
		act_todo_free(look->todo);
	}
	free(look);
}

void
begin_ask(struct app *app, const struct case_ref *refs, int count, const char *plan,
	uint64_t form)
{
	struct look *look = xcalloc(1, sizeof(*look));

	look->request = (struct request){ .run = run_look, .done = done_look,
		.free = free_look, .always = true, .opens = true };
	look->todo = act_todo_new(NULL, refs, count);
	look->form = form;
	snprintf(look->plan, sizeof(look->plan), "%s", plan);
	app_ask(app, NULL, &look->request);
}
