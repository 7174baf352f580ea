/* register_act.c owns the forms that change the register: a fact of a system with
 * its source, its state, a contact, a member. */
#include "tui/register_act.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/asset.h"
#include "core/asset_fact.h"
#include "core/contact.h"
#include "core/i18n.h"
#include "core/limits.h"
#include "core/mem.h"
#include "core/member.h"
#include "core/words.h"
#include "tui/act.h"
#include "tui/ask.h"
#include "tui/may.h"
#include "tui/model.h"

/* What an open form will change. */
struct todo {
	act_fn *run;
	struct case_ref ref; /* number, item: the key */
	char field[40];
};

/* ---- on the desk's thread ---- */

/* Only what differs from before is given: what others changed stays. */
static struct json *
given_of(const struct json *values)
{
	struct json *given = json_object();

	for (const struct json *value = json_first(values); value != NULL;
		value = json_next(value)) {
		const char *name = json_key(value);
		char was[48];
		const char *before;

		if (strncmp(name, "was.", 4) == 0) {
			continue;
		}
		snprintf(was, sizeof(was), "was.%s", name);
		before = json_get_text(values, was);
		if (before == NULL || strcmp(before, json_text(value, "")) != 0) {
			json_set_text(given, name, json_text(value, ""));
		}
	}
	return given;
}

static bool
do_fact(struct desk *desk, const struct case_ref *ref, const struct json *values,
	struct error *err)
{
	struct json *given = json_object();
	const char *source = json_get_text(values, "source");
	bool ok;

	json_set_text(given, json_get_text(values, "field"), json_get_text(values, "value"));
	if (source != NULL && source[0] != '\0') {
		json_set_text(given, "source", source);
	}
	ok = asset_set(desk, ref->item, given, err);
	json_free(given);
	return ok;
}

/* How it is, since when: the watch says it, whoever keeps the register. */
static bool
do_state(struct desk *desk, const struct case_ref *ref, const struct json *values,
	struct error *err)
{
	struct json *given = json_object();
	const char *since = json_get_text(values, "since");
	bool ok;

	json_set_text(given, "state", json_get_text(values, "state"));
	if (since != NULL && since[0] != '\0') {
		json_set_text(given, "since", since);
	}
	ok = asset_set(desk, ref->item, given, err);
	json_free(given);
	return ok;
}

static bool
do_contact(struct desk *desk, const struct case_ref *ref, const struct json *values,
	struct error *err)
{
	struct json *given = given_of(values);
	bool ok = json_count(given) == 0 || contact_set(desk, ref->item, given, err);

	json_free(given);
	return ok;
}

static bool
do_member(struct desk *desk, const struct case_ref *ref, const struct json *values,
	struct error *err)
{
	struct json *given = given_of(values);
	bool ok = json_count(given) == 0 || member_set(desk, ref->item, given, err);

	json_free(given);
	return ok;
}

/* ---- forms ---- */

static bool
form_done(struct app *app, struct view *view, void *arg)
{
	struct todo *todo = arg;
	struct json *values = form_to_json(ask_form_fields(view));

	if (todo->field[0] != '\0') {
		json_set_text(values, "field", todo->field);
	}
	act_post(app, &(struct act_call){ .run = todo->run, .said = N_("%s changed"),
		.refs = &todo->ref, .count = 1, .values = values,
		.event_id = ask_form_event_id(view), .form = view->id });
	return true;
}

static struct view *
open_form(struct app *app, act_fn *run, const char *key, const char *field,
	const char *draft_kind, const struct draft *draft)
{
	struct todo *todo = xcalloc(1, sizeof(*todo));
	char *title = xasprintf("%s: %s%s%s", command_hint(CMD_CHANGE), key,
		field[0] != '\0' ? " " : "", field[0] != '\0' ? register_label(field) : "");
	struct view *view;

	todo->run = run;
	snprintf(todo->ref.number, sizeof(todo->ref.number), "%s", key);
	snprintf(todo->ref.item, sizeof(todo->ref.item), "%s", key);
	snprintf(todo->field, sizeof(todo->field), "%s", field);
	view = ask_form(app, &(struct ask_form){ .title = title, .case_id = "",
		.draft_kind = draft_kind, .number = key, .draft = draft, .done = form_done,
		.arg = todo, .free_arg = free });
	free(title);
	return view;
}

static void
fact_fields(struct form *form, const char *name, const char *typed,
	const char *source)
{
	const struct fact_type *type = fact_type_of(name);
	bool word = type != NULL && type->type == REG_WORD;
	struct field *field = form_add(form, word ? FIELD_CHOICE : FIELD_LINE, "value",
		register_label(name));

	if (word) {
		field_add_choice(field, "yes", _("yes"));
		field_add_choice(field, "no", _("no"));
		field_add_choice(field, "", _("not known"));
	} else {
		field->edit.max = limit(LIMIT_NOTE);
	}
	field_set(field, typed);
	if (strcmp(name, "depends_on") == 0) {
		field_help(field, _("codes: A,B:assumed"));
	} else if (type != NULL && !word) {
		field_help(field, type->type == REG_INT ? _("a number; -: does not apply")
			: _("empty: not known; -: does not apply"));
	}
	if (type != NULL || strcmp(name, "depends_on") == 0) {
		field = form_add(form, FIELD_LINE, "source", _("Source (document)"));
		field->required = true;
		field->edit.max = limit(LIMIT_NAME);
		field_set(field, strcmp(source, "hand") == 0 ? "" : source);
	}
	form_focus(form, "value");
}

/* The draft keeps which field it is in the name of its kind. */
#define FACT_DRAFT "fact."

static void
open_fact(struct app *app, const char *code, const char *name, const char *typed,
	const char *source, const struct draft *draft)
{
	char kind[60];
	struct view *view;

	snprintf(kind, sizeof(kind), FACT_DRAFT "%s", name);
	view = open_form(app, do_fact, code, name, kind, draft);
	fact_fields(ask_form_fields(view), name, typed, source);
	ask_form_ready(view);
}

void
register_change_fact(struct app *app, const char *code, const char *field,
	const char *typed, const char *source)
{
	if (strcmp(field, "state") == 0) {
		register_change_state(app, code, typed);
	} else if (may_act(app, ACT_REGISTER)) {
		open_fact(app, code, field, typed, source, NULL);
	}
}

#define STATE_SINCE "since"

/* It was so before anybody said it here. */
static void
state_since(struct app *app, const char *code, const char *state)
{
	struct view *view = open_form(app, do_state, code, "state", NULL, NULL);
	struct form *form = ask_form_fields(view);
	struct field *field = form_add(form, FIELD_CHOICE, "state", register_label("state"));
	const struct word *words = words_of(WORDS_ASSET_STATE);

	for (int i = 0; words[i].word != NULL; i++) {
		field_add_choice(field, words[i].word,
			word_label(WORDS_ASSET_STATE, words[i].word));
	}
	field->required = true;
	field_set(field, state);
	field = form_add(form, FIELD_LINE, "since", _("Since"));
	field_help(field, _("22:40, -20m; empty: now"));
	ask_form_ready(view);
}

static bool
state_chosen(struct app *app, void *arg, const char *word)
{
	struct case_ref ref = { 0 };
	struct json *values;

	if (strncmp(word, STATE_SINCE, strlen(STATE_SINCE)) == 0) {
		state_since(app, arg, word + strlen(STATE_SINCE));
		return true;
	}
	values = json_object();
	snprintf(ref.number, sizeof(ref.number), "%s", (const char *)arg);
	snprintf(ref.item, sizeof(ref.item), "%s", (const char *)arg);
	json_set_text(values, "state", word);
	act_post(app, &(struct act_call){ .run = do_state, .said = N_("%s changed"),
		.refs = &ref, .count = 1, .values = values });
	return true;
}

void
register_change_state(struct app *app, const char *code, const char *state)
{
	const struct word *words = words_of(WORDS_ASSET_STATE);
	struct view *pick;
	char *title, *since;

	if (!may_act(app, ACT_WORK)) {
		return;
	}
	title = xasprintf("%s: %s", code, command_help(CMD_ASSET_STATE));
	pick = ask_pick(app, &(struct pick){ .title = title, .done = state_chosen,
		.arg = xstrdup(code), .free_arg = free });
	free(title);
	for (int i = 0; words[i].word != NULL; i++) {
		pick_add(pick, words[i].word, word_label(WORDS_ASSET_STATE, words[i].word),
			strcmp(words[i].word, state) == 0 ? _("now") : NULL, NULL);
	}
	since = xasprintf(STATE_SINCE "%s", state);
	pick_add(pick, since, _("since another time ..."), NULL, NULL);
	free(since);
}

bool
register_reopen_draft(struct app *app, const struct draft *draft)
{
	if (strncmp(draft->kind, FACT_DRAFT, strlen(FACT_DRAFT)) != 0) {
		return false;
	}
	open_fact(app, draft->number, draft->kind + strlen(FACT_DRAFT), "", "", draft);
	return true;
}

/* ---- contacts and members: what is known first ---- */

static const struct row_field {
	enum register_tab tab;
	const char *name;
	bool address; /* stands in "addresses" */
} row_fields[] = {
	{ TAB_CONTACTS, "name", false }, { TAB_CONTACTS, "phone", true },
	{ TAB_CONTACTS, "mail", true }, { TAB_CONTACTS, "zalo", true },
	{ TAB_CONTACTS, "verified_at", false }, { TAB_CONTACTS, "valid_from", false },
	{ TAB_CONTACTS, "valid_to", false }, { TAB_CONTACTS, "source", false },
	{ TAB_MEMBERS, "name", false }, { TAB_MEMBERS, "phone", true },
	{ TAB_MEMBERS, "mail", true }, { TAB_MEMBERS, "zalo", true },
	{ TAB_MEMBERS, "telegram", true }, { TAB_MEMBERS, "ntfy", true },
	{ TAB_MEMBERS, "webhook", true },
	{ TAB_MEMBERS, "unit", false }, { TAB_MEMBERS, "skills", false },
	{ TAB_MEMBERS, "area", false }, { TAB_MEMBERS, "on_site", false },
};

struct row_request {
	struct request request;
	enum register_tab tab;
	char key[256];
	struct json *thing;
};

static bool
run_row(struct request *request, struct desk *desk, struct error *err)
{
	struct row_request *r = (struct row_request *)request;

	return r->tab == TAB_CONTACTS ? contact_show(desk, r->key, &r->thing, err)
		: member_show(desk, r->key, &r->thing, err);
}

static void
done_row(struct request *request, struct app *app)
{
	struct row_request *r = (struct row_request *)request;
	struct view *view;
	struct form *form;

	if (!request->ok) {
		app_error(app, &request->err);
		return;
	}
	view = open_form(app, r->tab == TAB_CONTACTS ? do_contact : do_member, r->key, "",
		NULL, NULL);
	form = ask_form_fields(view);
	for (size_t i = 0; i < sizeof(row_fields) / sizeof(row_fields[0]); i++) {
		const struct row_field *f = &row_fields[i];
		const struct json *known = json_get(f->address
			? json_get(r->thing, "addresses") : r->thing, f->name);
		char *number = json_is(known, JSON_NUMBER)
			? xasprintf("%lld", (long long)json_integer(known, 0)) : NULL;
		const char *value = number != NULL ? number : json_text(known, NULL);
		struct field *field;

		if (f->tab != r->tab) {
			free(number);
			continue;
		}
		field = form_add(form, FIELD_LINE, f->name, register_label(f->name));
		field->edit.max = limit(LIMIT_NAME);
		field_set(field, value != NULL ? value : "");
		free(number);
		if (strncmp(f->name, "v", 1) == 0) {
			field_help(field, _("YYYY-MM-DD"));
		}
	}
	form_focus(form, "phone");
	ask_form_ready(view);
}

static void
free_row(struct request *request)
{
	json_free(((struct row_request *)request)->thing);
	free(request);
}

void
register_change_row(struct app *app, enum register_tab tab, const char *key)
{
	struct row_request *r;

	if (!may_act(app, tab == TAB_MEMBERS ? ACT_MEMBERS : ACT_REGISTER)) {
		return;
	}
	r = xcalloc(1, sizeof(*r));
	r->request = (struct request){ .run = run_row, .done = done_row, .free = free_row,
		.opens = true };
	r->tab = tab;
	snprintf(r->key, sizeof(r->key), "%s", key);
	app_ask(app, app_base(app), &r->request);
}
