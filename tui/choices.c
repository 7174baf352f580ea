/* choices.c owns the lists of members, assets and plans that forms offer. */
#include "tui/choices.h"

#include <stdlib.h>
#include <string.h>

#include "core/duty.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/observable.h"
#include "core/register_value.h"
#include "core/rule.h"
#include "tui/case_library.h"

SQL(MEMBERS, "", "SELECT login, name, role FROM member WHERE active = 1 ORDER BY name_key");
/* Those who are contacts today. */
SQL(CONTACTS, "tt", "SELECT role, name FROM contact"
	" WHERE (valid_from IS NULL OR valid_from <= $1)"
	" AND (valid_to IS NULL OR valid_to = '' OR valid_to >= $2) ORDER BY role");
SQL(ASSETS, "",
	"SELECT a.code, a.name, f.value FROM asset a LEFT JOIN asset_fact f"
	" ON f.asset_id = a.id AND f.field = 'aliases' ORDER BY a.code");
SQL(GROUPS, "", "SELECT code, name FROM team_group ORDER BY code");

void
choices_add(struct choice_list *list, const char *word, const char *label)
{
	if (list->count == list->cap) {
		list->cap = list->cap == 0 ? 32 : list->cap * 2;
		list->items = xrealloc(list->items,
			(size_t)list->cap * sizeof(*list->items));
	}
	list->items[list->count].also = NULL;
	list->items[list->count].word = xstrdup(word);
	list->items[list->count++].label = xstrdup(label);
}

void
choices_free(struct choice_list *list)
{
	for (int i = 0; i < list->count; i++) {
		free(list->items[i].word);
		free(list->items[i].label);
		free(list->items[i].also);
	}
	free(list->items);
	*list = (struct choice_list){ 0 };
}

static bool
load_members(struct choice_list *out, struct desk *desk, struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), &MEMBERS, NOARGS);

	while (stmt_row(st)) {
		char *label = xasprintf("%s (%s)", stmt_text(st, 1), stmt_text(st, 0));

		if (role_from(stmt_text(st, 2)) >= ROLE_RESPONDER) {
			choices_add(out, stmt_text(st, 0), label);
		}
		free(label);
	}
	return stmt_done(st, err);
}

/* "duty:LAYER": who is on call there when it is asked. */
static bool
load_layers(struct choice_list *out, struct desk *desk, bool as_duty, struct error *err)
{
	struct duty_layers layers;

	if (!duty_layers(desk, &layers, err)) {
		return false;
	}
	for (int i = 0; i < layers.count; i++) {
		char *word = xasprintf("%s%s", as_duty ? "duty:" : "", layers.all[i].code);
		char *label = xasprintf(as_duty ? _("who is on call: %s (%s)") : "%s (%s)",
			duty_layer_name(&layers.all[i]), word);

		choices_add(out, word, label);
		free(label);
		free(word);
	}
	duty_layers_clear(&layers);
	return true;
}

static bool
load_watch(struct choice_list *out, struct desk *desk, struct error *err)
{
	return load_layers(out, desk, true, err) && load_members(out, desk, err);
}

static struct stmt *
contacts_today(struct desk *desk)
{
	char today[REG_DATE_SIZE];

	reg_today(desk, today);
	return db_query(desk_db(desk), &CONTACTS, TXT(today), TXT(today));
}

/* "duty:LAYER", "member:LOGIN", "contact:ROLE", nobody. */
static bool
load_agents(struct choice_list *out, struct desk *desk, struct error *err)
{
	struct stmt *st;

	choices_add(out, "", _("the case's owner"));
	if (!load_layers(out, desk, true, err)) {
		return false;
	}
	st = db_query(desk_db(desk), &MEMBERS, NOARGS);
	while (stmt_row(st)) {
		char *word = xasprintf("member:%s", stmt_text(st, 0));
		char *label = xasprintf("%s (%s)", stmt_text(st, 1), stmt_text(st, 0));

		if (role_from(stmt_text(st, 2)) >= ROLE_RESPONDER) {
			choices_add(out, word, label);
		}
		free(word);
		free(label);
	}
	if (!stmt_done(st, err)) {
		return false;
	}
	st = contacts_today(desk);
	while (stmt_row(st)) {
		char *word = xasprintf("contact:%s", stmt_text(st, 0));

		choices_add(out, word, stmt_text(st, 1));
		free(word);
	}
	return stmt_done(st, err);
}

static bool
load_named(struct choice_list *out, struct stmt *st, struct error *err)
{
	while (stmt_row(st)) {
		choices_add(out, stmt_text(st, 0), stmt_text(st, 1));
	}
	return stmt_done(st, err);
}

static bool
load_assets(struct choice_list *out, struct desk *desk, struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), &ASSETS, NOARGS);

	while (stmt_row(st)) {
		char *label = xasprintf("%s: %s", stmt_text(st, 0), stmt_text(st, 1));
		const char *also = stmt_text(st, 2);

		choices_add(out, stmt_text(st, 0), label);
		out->items[out->count - 1].also = also != NULL ? xstrdup(also) : NULL;
		free(label);
	}
	return stmt_done(st, err);
}

/* Of a plan in two languages the one in force. */
static bool
load_plans(struct choice_list *out, struct desk *desk, struct error *err)
{
	const struct library *library;

	if (!case_library(&library, desk, err)) {
		return false;
	}
	for (int i = 0; i < library->count; i++) {
		const struct plan *plan = &library->plans[i];
		char *label;

		if (plan->language[0] != '\0'
			&& strcmp(plan->language, i18n_language()) != 0) {
			continue;
		}
		label = xasprintf("%s%s%s", plan->code, plan->code[0] != '\0' ? ": " : "",
			plan->name);
		choices_add(out, plan->id, label);
		free(label);
	}
	return true;
}

static bool
load_deadlines(struct choice_list *out, struct desk *desk, struct error *err)
{
	struct json *rules = NULL;

	if (!rule_list(desk, "deadline", &rules, err)) {
		return false;
	}
	for (const struct json *rule = json_first(rules); rule != NULL;
	     rule = json_next(rule)) {
		const struct json *title = json_get(json_get(rule, "then"), "title");
		char *label = xasprintf("%s: %s", json_get_text(rule, "code"),
			json_text(json_get(title, i18n_language()), ""));

		choices_add(out, json_get_text(rule, "code"), label);
		free(label);
	}
	json_free(rules);
	return true;
}

bool
choices_load(struct choice_list *out, struct desk *desk, enum choices which,
	struct error *err)
{
	switch (which) {
	case CHOICES_MEMBERS:
		return load_members(out, desk, err);
	case CHOICES_ASSETS:
		return load_assets(out, desk, err);
	case CHOICES_PLANS:
		return load_plans(out, desk, err);
	case CHOICES_AGENTS:
		return load_agents(out, desk, err);
	case CHOICES_GROUPS:
		return load_named(out, db_query(desk_db(desk), &GROUPS, NOARGS), err);
	case CHOICES_CONTACTS:
		return load_named(out, contacts_today(desk), err);
	case CHOICES_DEADLINES:
		return load_deadlines(out, desk, err);
	case CHOICES_LAYERS:
		return load_layers(out, desk, false, err);
	case CHOICES_WATCH:
		return load_watch(out, desk, err);
	case CHOICES_TYPES:
		for (int i = 0; observable_types[i] != NULL; i++) {
			choices_add(out, observable_types[i], observable_types[i]);
		}
		return true;
	}
	return true;
}
