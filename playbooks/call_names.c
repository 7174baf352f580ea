/* call_names.c: the leads and supports of a case's open steps, as the settings
 * map them to members and contacts. */
#include "playbooks/call_names.h"

#include <stdlib.h>
#include <string.h>

#include "core/call_list.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/setting.h"
#include "playbooks/case_runs.h"
#include "playbooks/steps.h"

SQL(ACTIVE_LOGIN, "t", "SELECT login FROM member WHERE id = $1 AND active = 1");
SQL(LOGIN_IS_ACTIVE, "t", "SELECT login FROM member WHERE login = $1 AND active = 1");

static void
push(struct json *named, const char *key, const char *value, const char *because)
{
	struct json *row = json_object();

	json_set_text(row, key, value);
	json_set_text(row, "because", because);
	json_push(named, row);
}

static bool
add_agent(struct json *named, struct desk *desk, const struct playbook *playbook,
	const char *agent, const char *because, struct error *err)
{
	const char *role = agent == NULL ? NULL : playbook_agent_role(playbook, agent);
	char *value = NULL;
	char *login = NULL;
	bool ok = role == NULL || setting_agent(desk, role, &value, err);

	if (ok && value != NULL && strncmp(value, "contact:", 8) == 0) {
		push(named, "contact", value + 8, because);
	} else if (ok && value != NULL && strncmp(value, "member:", 7) == 0) {
		ok = db_one_text(desk_db(desk), &LOGIN_IS_ACTIVE, &login, err, TXT(value + 7));
		if (ok && login != NULL) {
			push(named, "login", login, because);
		}
	}
	free(login);
	free(value);
	return ok;
}

static bool
add_step(struct json *named, struct desk *desk, const struct case_run *run,
	const struct step_line *line, struct error *err)
{
	const struct json *support = json_get(line->step->ext, "support");
	const struct json *decision = json_get(line->step->ext, "decision");
	char *because = xasprintf(_("step %d %s"), line->step->n, line->step->name);
	char *login = NULL;
	bool ok = add_agent(named, desk, run->playbook, json_get_text(decision, "by"),
		because, err);

	if (ok && line->instance->assignee[0] != '\0') {
		ok = db_one_text(desk_db(desk), &ACTIVE_LOGIN, &login, err,
			TXT(line->instance->assignee));
		if (ok && login != NULL) {
			push(named, "login", login, because);
		}
	}
	ok = ok && add_agent(named, desk, run->playbook, line->step->lead, because, err);
	for (const struct json *agent = json_first(support); ok && agent != NULL;
	     agent = json_next(agent)) {
		ok = add_agent(named, desk, run->playbook, json_text(agent, NULL), because, err);
	}
	free(login);
	free(because);
	return ok;
}

static bool
add_run(struct json *named, struct desk *desk, const struct case_run *run,
	struct error *err)
{
	int count;
	struct step_line *lines = steps_of(run->playbook, run->run, desk_now(desk), &count);
	bool ok = true;

	for (int i = 0; ok && i < count; i++) {
		if (lines[i].instance != NULL && lines[i].step->type == STEP_ACTION &&
		    instance_is_work(run->run, lines[i].instance)) {
			ok = add_step(named, desk, run, &lines[i], err);
		}
	}
	free(lines);
	return ok;
}

bool
case_call_list(struct desk *desk, const char *case_id, struct json **out,
	struct error *err)
{
	struct json *named = json_array();
	struct case_runs runs;
	bool ok = case_runs_load(&runs, desk, case_id, err);

	for (int i = 0; ok && i < runs.count; i++) {
		if (run_is_open(runs.list[i].run)) {
			ok = add_run(named, desk, &runs.list[i], err);
		}
	}
	case_runs_finish(&runs);
	ok = ok && call_list(desk, case_id, named, out, err);
	json_free(named);
	return ok;
}
