/* settings_model.c owns the rows of the settings' screen: what is set, by whom,
 * and what the configuration says. */
#include "tui/settings_model.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/config.h"
#include "core/i18n.h"
#include "core/json.h"
#include "core/mem.h"
#include "core/setting.h"
#include "core/when.h"
#include "playbooks/library.h"

SQL(SETTING_CHANGED, "t",
	"SELECT e.actor_login, e.recorded_at FROM field_version v"
	" JOIN event e ON e.seq = v.seq WHERE v.subject = $1 AND v.field = 'value'");

SQL(CONTACT_NAME, "t", "SELECT name FROM contact WHERE role = $1");

static bool
add_changed(struct table_row *row, struct desk *desk, const char *name,
	struct error *err)
{
	char *subject = xasprintf("setting:%s", name);
	struct stmt *st = db_query(desk_db(desk), &SETTING_CHANGED, TXT(subject));

	if (stmt_row(st)) {
		char when[WHEN_SHORT_SIZE];
		char *text;

		when_near(when, stmt_int(st, 1), desk_now(desk), desk_zone(desk));
		text = xasprintf("%s %s", stmt_text(st, 0), when);
		table_cell(row, 2, text);
		free(text);
	}
	free(subject);
	return stmt_done(st, err);
}

/* A role that no plan has is called as the register calls who is put on it. */
static bool
name_contact(struct json *names, struct desk *desk, const struct json *setting,
	struct error *err)
{
	static const char contact[] = "contact:";
	const char *name = json_get_text(setting, "name");
	const char *value = json_get_text(setting, "value");
	struct stmt *st;

	if (value == NULL || strncmp(value, contact, sizeof(contact) - 1) != 0
		|| json_get_text(names, name) != NULL) {
		return true;
	}
	st = db_query(desk_db(desk), &CONTACT_NAME, TXT(value + sizeof(contact) - 1));
	if (stmt_row(st)) {
		json_set_text(names, name, stmt_text(st, 0));
	}
	return stmt_done(st, err);
}

static bool
add_setting(struct table_rows *out, struct desk *desk, const struct json *setting,
	const struct json *names, struct error *err)
{
	const char *name = json_get_text(setting, "name");
	const char *value = json_get_text(setting, "value");
	const char *otherwise = json_get_text(setting, "default");
	struct table_row *row = table_add(out, name, name, value != NULL ? value : "");
	char *shown = value != NULL ? xstrdup(value)
		: strncmp(name, "agent.", 6) == 0 ? xstrdup(otherwise)
		: xasprintf(_("%s (as shipped)"), otherwise != NULL ? otherwise : "-");

	table_cell(row, 0, name);
	table_cell(row, 1, shown);
	table_cell(row, 3, json_get_text(names, name) != NULL ? json_get_text(names, name)
		: json_get_text(setting, "label"));
	row->style = value != NULL ? ST_STRONG : ST_TEXT;
	free(shown);
	return add_changed(row, desk, name, err);
}

static bool
listed(const struct json *list, const char *name)
{
	for (const struct json *item = json_first(list); item != NULL;
		item = json_next(item)) {
		if (strcmp(json_get_text(item, "name"), name) == 0) {
			return true;
		}
	}
	return false;
}

/* A role of a plan: its name for people, and a row where nobody was put on it. */
static void
push_role(struct json *list, struct json *names, const char *role, const char *who)
{
	char *name = xasprintf("agent.%s", role);

	json_set_text(names, name, who);
	if (!listed(list, name)) {
		struct json *setting = json_object();

		json_set_text(setting, "name", name);
		json_set_text(setting, "default", _("the case's owner"));
		json_push(list, setting);
	}
	free(name);
}

static bool
push_roles(struct json *list, struct json *names, struct desk *desk,
	struct error *err)
{
	struct library library;

	if (!library_load(&library, desk, err)) {
		return false;
	}
	for (int i = 0; i < library.count; i++) {
		const struct plan *plan = &library.plans[i];
		struct playbook *playbook = NULL;
		struct error ignored = ERROR_INIT;
		char *text = NULL;
		size_t len;

		if (plan->language[0] != '\0'
			&& strcmp(plan->language, i18n_language()) != 0) {
			continue;
		}
		/* A plan that cannot be read is told of in the library. */
		if (library_read(&playbook, &text, &len, desk, plan, &ignored)) {
			for (const struct json *agent = json_first(json_get(
				playbook_json(playbook), "agent_definitions")); agent != NULL;
				agent = json_next(agent)) {
				const char *role = playbook_agent_role(playbook, json_key(agent));

				if (role != NULL) {
					push_role(list, names, role, playbook_agent_name(playbook,
						json_key(agent)));
				}
			}
		}
		playbook_free(playbook);
		free(text);
	}
	library_finish(&library);
	return true;
}

static void
put_text(struct table_row *row)
{
	row->text = xasprintf("%s\n\n%s\n%s", row->cells[3] != NULL ? row->cells[3] : "",
		row->cells[1] != NULL ? row->cells[1] : "",
		row->cells[2] != NULL ? row->cells[2] : "");
}

bool
settings_page(struct table_rows *out, struct desk *desk, const struct page *page,
	struct error *err)
{
	struct json *list = NULL, *names;
	bool ok;

	if (!setting_list(desk, &list, err)) {
		return false;
	}
	names = json_object();
	ok = push_roles(list, names, desk, err);
	for (const struct json *one = json_first(list); ok && one != NULL;
		one = json_next(one)) {
		ok = name_contact(names, desk, one, err)
			&& add_setting(out, desk, one, names, err);
		if (ok) {
			put_text(&out->rows[out->count - 1]);
		}
		(void)page_take(out, page);
	}
	json_free(list);
	json_free(names);
	return ok;
}

bool
config_page(struct table_rows *out, struct desk *desk, const struct page *page,
	struct error *err)
{
	struct config *config = NULL;

	(void)desk;
	if (!config_load(&config, err)) {
		return false;
	}
	for (int key = 0; key < CONFIG_KEY_COUNT; key++) {
		const struct config_row *c = &config_rows[key];
		const char *origin = config_origin(config, (enum config_key)key);
		char *name = xasprintf("[%s] %s", c->section, c->name);
		struct table_row *row = table_add(out, name, name, "");

		table_cell(row, 0, name);
		table_cell(row, 1, config_get(config, (enum config_key)key));
		table_cell(row, 2, origin[0] != '\0' ? origin : _("as shipped"));
		table_cell(row, 3, _(c->help));
		put_text(row);
		free(name);
		(void)page_take(out, page);
	}
	config_free(config);
	return true;
}
