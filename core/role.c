/* role.c owns the table of who may do what. */
#include "core/role.h"

#include <string.h>

#include "core/i18n.h"

const struct act_row act_rows[ACT_COUNT] = {
	[ACT_READ] = { ROLE_VIEWER, N_("read cases, register and outbox") },
	[ACT_WORK] = { ROLE_RESPONDER, N_("work on a case: notes, steps, tasks, observables") },
	[ACT_CASE_NEW] = { ROLE_RESPONDER, N_("open a case") },
	[ACT_ASSIGN] = { ROLE_RESPONDER, N_("assign cases, steps and tasks") },
	[ACT_SEVERITY] = { ROLE_RESPONDER, N_("decide severity") },
	[ACT_MERGE] = { ROLE_RESPONDER, N_("merge and unmerge cases") },
	[ACT_LINK] = { ROLE_RESPONDER, N_("link cases") },
	[ACT_EVIDENCE] = { ROLE_RESPONDER, N_("add evidence and take it out") },
	[ACT_SCENE] = { ROLE_COORDINATOR,
		N_("release a scene that the police asked to keep") },
	[ACT_MESSAGE] = { ROLE_RESPONDER, N_("release, hold and resend messages") },
	[ACT_REDACT] = { ROLE_COORDINATOR, N_("redact an event") },
	[ACT_REGISTER] = { ROLE_COORDINATOR, N_("change assets, contacts and groups") },
	[ACT_RULES] = { ROLE_COORDINATOR, N_("change rules and settings") },
	[ACT_DEADLINE] = { ROLE_COORDINATOR, N_("decide that a lawful clock does not apply") },
	[ACT_DUTY] = { ROLE_COORDINATOR, N_("change the duty roster") },
	[ACT_MEMBERS] = { ROLE_ADMIN, N_("add and change members") },
	[ACT_BACKUP] = { ROLE_COORDINATOR, N_("make a backup") },
	[ACT_RESTORE] = { ROLE_ADMIN, N_("restore a backup into the desk") },
	[ACT_UPGRADE] = { ROLE_ADMIN, N_("upgrade the desk to a new schema") },
	[ACT_AS_OTHER] = { ROLE_ADMIN, N_("act for another member") },
};

static const struct {
	const char *word;
	const char *label;
} roles[] = {
	[ROLE_NONE] = { "none", N_("none") },
	[ROLE_VIEWER] = { "viewer", N_("viewer") },
	[ROLE_RESPONDER] = { "responder", N_("responder") },
	[ROLE_COORDINATOR] = { "coordinator", N_("coordinator") },
	[ROLE_ADMIN] = { "admin", N_("admin") },
};

const char *
role_word(enum role role)
{
	return roles[role].word;
}

const char *
role_label(enum role role)
{
	return _(roles[role].label);
}

enum role
role_from(const char *word)
{
	for (enum role role = ROLE_VIEWER; role <= ROLE_ADMIN; role++) {
		if (strcmp(roles[role].word, word) == 0) {
			return role;
		}
	}
	return ROLE_NONE;
}

bool
role_allows(enum role role, enum act act, struct error *err)
{
	const struct act_row *row = &act_rows[act];

	if (role >= row->least) {
		return true;
	}
	return error_set(err, ERR_FORBIDDEN,
		_("not allowed: %s needs the role %s, yours is %s"),
		_(row->label), role_label(row->least), role_label(role));
}
