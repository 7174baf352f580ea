/* view_settings.c owns the screen of the desk's settings and, to read, the
 * configuration. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/limits.h"
#include "core/mem.h"
#include "core/setting.h"
#include "tui/act.h"
#include "tui/ask.h"
#include "tui/choices.h"
#include "tui/may.h"
#include "tui/settings_model.h"
#include "tui/views.h"

static const struct hint hints[] = {
	{ CMD_ENTER, N_("change") },
	{ CMD_RIGHT, N_("next tab") },
	{ CMD_HOW, N_("read it") },
	{ CMD_FILTER, NULL },
	{ CMD_MENU, NULL },
	{ CMD_PLACE_BACK, NULL },
	{ CMD_CHANGE, NULL }, { CMD_WISHES, NULL },
	{ CMD_COPY, NULL },
	{ CMD_LEFT, NULL }, { CMD_PANE_NEXT, NULL }, { CMD_PANE_PREV, NULL },
	{ CMD_EXPORT, NULL },
	SHEET_MOVES
};

static const struct table_column setting_columns[] = {
	{ N_("SETTING"), 19, 0, false }, { N_("VALUE"), 22, 0, false },
	{ N_("CHANGED BY"), 18, 110, false }, { N_("WHAT IT IS"), 0, 60, false }, { 0 },
};
static const struct table_column config_columns[] = {
	{ N_("KEY"), 23, 0, false }, { N_("VALUE"), 18, 0, false },
	{ N_("FROM"), 18, 110, false }, { N_("WHAT IT IS"), 0, 60, false }, { 0 },
};

/* ---- changing ---- */

static bool
do_setting(struct desk *desk, const struct case_ref *ref, const struct json *values,
	struct error *err)
{
	return setting_set(desk, ref->item, json_get_text(values, "value"), err);
}

static void
post(struct app *app, const char *name, struct json *values, struct view *form)
{
	struct case_ref ref = { 0 };

	snprintf(ref.number, sizeof(ref.number), "%.23s", name);
	snprintf(ref.item, sizeof(ref.item), "%s", name);
	act_post(app, &(struct act_call){ .run = do_setting, .said = N_("%s changed"),
		.refs = &ref, .count = 1, .values = values,
		.event_id = form != NULL ? ask_form_event_id(form) : NULL,
		.form = form != NULL ? form->id : 0 });
}

static bool
form_done(struct app *app, struct view *view, void *arg)
{
	post(app, arg, form_to_json(ask_form_fields(view)), view);
	return true;
}

static bool
person_chosen(struct app *app, void *arg, const char *word)
{
	struct json *values = json_object();

	json_set_text(values, "value", word);
	post(app, arg, values, NULL);
	return true;
}

/* Who a role may be, or the watch: read first, then picked. */
struct people_request {
	struct request request;
	char name[256], title[300];
	enum choices which;
	struct choice_list list;
};

static bool
run_people(struct request *request, struct desk *desk, struct error *err)
{
	struct people_request *r = (struct people_request *)request;

	return choices_load(&r->list, desk, r->which, err);
}

static void
done_people(struct request *request, struct app *app)
{
	struct people_request *r = (struct people_request *)request;
	struct view *pick;

	if (!request->ok) {
		app_error(app, &request->err);
		return;
	}
	pick = ask_pick(app, &(struct pick){ .title = r->title, .typing = true,
		.done = person_chosen, .arg = xstrdup(r->name), .free_arg = free });
	if (r->which == CHOICES_WATCH) {
		pick_add(pick, "", _("who is on call first"), NULL, NULL);
	}
	for (int i = 0; i < r->list.count; i++) {
		pick_add(pick, r->list.items[i].word, r->list.items[i].label, NULL, NULL);
	}
}

static void
free_people(struct request *request)
{
	choices_free(&((struct people_request *)request)->list);
	free(request);
}

static void
pick_person(struct app *app, const struct table_row *here, enum choices which)
{
	struct people_request *r = xcalloc(1, sizeof(*r));

	r->request = (struct request){ .run = run_people, .done = done_people,
		.free = free_people, .opens = true };
	r->which = which;
	snprintf(r->name, sizeof(r->name), "%s", here->key);
	snprintf(r->title, sizeof(r->title), "%s", here->cells[3] != NULL
		? here->cells[3] : here->key);
	app_ask(app, app_base(app), &r->request);
}

static void
change(struct app *app, const struct table_row *here)
{
	struct view *view;
	struct field *field;
	char *title;

	if (!may_act(app, ACT_RULES)) {
		return;
	}
	if (strncmp(here->key, "agent.", 6) == 0 || strcmp(here->key, "watch") == 0) {
		pick_person(app, here, here->key[0] == 'a' ? CHOICES_AGENTS
			: CHOICES_WATCH);
		return;
	}
	title = xasprintf("%s: %s", command_hint(CMD_CHANGE), here->key);
	view = ask_form(app, &(struct ask_form){ .title = title, .case_id = "",
		.number = here->key, .done = form_done, .arg = xstrdup(here->key),
		.free_arg = free });
	free(title);
	if (here->cells[3] != NULL) {
		(void)form_add(ask_form_fields(view), FIELD_LABEL, "what", here->cells[3]);
	}
	field = form_add(ask_form_fields(view), FIELD_LINE, "value", _("Value"));
	field->edit.max = limit(LIMIT_NAME);
	field_help(field, _("empty: as shipped"));
	field_set(field, here->state);
	ask_form_ready(view);
}

static void
change_or_read(struct app *app, struct sheet_view *view,
	const struct table_row *const *rows, int count)
{
	(void)count;
	if ((app_have(app) & NEED_WRITE) == 0) {
		sheet_read(app, view);
	} else {
		change(app, rows[0]);
	}
}

static const char *
no_config_here(const struct table_row *row)
{
	(void)row;
	return N_("suco.conf is changed in an editor");
}

static const char *
enter(const struct table_row *row)
{
	return row->key[0] == '[' ? N_("read it") : NULL;
}

static const struct sheet_act setting_acts[] = {
	{ .command = CMD_ENTER, .run = change_or_read },
	{ .command = CMD_CHANGE, .run = change_or_read },
	{ .command = CMD_COPY, .run = sheet_copy_value },
	{ .command = CMD_NONE },
};
static const struct sheet_act config_acts[] = {
	{ .command = CMD_CHANGE, .refuse = no_config_here },
	{ .command = CMD_COPY, .run = sheet_copy_value },
	{ .command = CMD_NONE },
};

static const struct sheet_list lists[] = {
	{ N_("of the desk"), { .columns = setting_columns, .load = settings_page,
		.whole = true, .empty = N_("no setting") }, .acts = setting_acts },
	{ N_("suco.conf (to read)"), { .columns = config_columns, .load = config_page,
		.whole = true, .empty = N_("no key") }, .acts = config_acts },
	{ .label = NULL },
};

const struct sheet settings_sheet = {
	.ops = SHEET_OPS("settings", hints),
	.title = N_("SETTINGS"),
	.lists = lists,
	.enter = enter,
};
