/* register_gaps.c finds the roles of plans that nobody was put on. */
#include "playbooks/register_gaps.h"

#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/gaps.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/setting.h"
#include "playbooks/library.h"

static struct json *
role_in(const struct json *roles, const char *role)
{
	for (const struct json *row = json_first(roles); row != NULL; row = json_next(row)) {
		if (strcmp(json_get_text(row, "role"), role) == 0) {
			return (struct json *)(uintptr_t)row;
		}
	}
	return NULL;
}

static bool
add_role(struct json *roles, struct desk *desk, const struct plan *plan, const char *role,
	const char *name, struct error *err)
{
	struct json *row = role_in(roles, role);
	char *value = NULL;

	if (row == NULL) {
		if (!setting_agent(desk, role, &value, err)) {
			return false;
		}
		row = json_object();
		json_set_text(row, "role", role);
		json_set_text(row, "name", name);
		json_set_text(row, "to", value);
		json_set_text(row, "plans", "");
		json_push(roles, row);
		free(value);
	}
	if (plan->code[0] != '\0') {
		const char *plans = json_get_text(row, "plans");
		char *all = xasprintf("%s%s%s", plans, plans[0] == '\0' ? "" : " ", plan->code);

		json_set_text(row, "plans", all);
		free(all);
	}
	return true;
}

static bool
add_plan(struct json *roles, struct desk *desk, const struct plan *plan,
	struct error *err)
{
	struct playbook *playbook = NULL;
	struct error ignored = ERROR_INIT;
	char *text = NULL;
	size_t len;
	bool ok = true;

	/* A plan that cannot be read is told of in the library. */
	if (library_read(&playbook, &text, &len, desk, plan, &ignored)) {
		const struct json *agents = json_get(playbook_json(playbook),
			"agent_definitions");

		for (const struct json *agent = json_first(agents); ok && agent != NULL;
		     agent = json_next(agent)) {
			const char *role = playbook_agent_role(playbook, json_key(agent));

			ok = role == NULL || add_role(roles, desk, plan, role,
				playbook_agent_name(playbook, json_key(agent)), err);
		}
	}
	playbook_free(playbook);
	free(text);
	return ok;
}

bool
register_gaps(struct desk *desk, struct json **out, struct error *err)
{
	struct json *roles = json_array();
	struct library library;
	bool ok = library_load(&library, desk, err);

	for (int i = 0; ok && i < library.count; i++) {
		const struct plan *plan = &library.plans[i];

		if (plan->language[0] == '\0' ||
		    strcmp(plan->language, i18n_language()) == 0) {
			ok = add_plan(roles, desk, plan, err);
		}
	}
	if (ok) {
		library_finish(&library);
		ok = gaps_find(desk, roles, out, err);
	}
	json_free(roles);
	return ok;
}
