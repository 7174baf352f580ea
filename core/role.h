/* role.h - what a member may do (DESIGN 7): one table, printed in help. */
#ifndef CORE_ROLE_H
#define CORE_ROLE_H

#include <stdbool.h>

#include "core/error.h"

enum role {
	ROLE_NONE, ROLE_VIEWER, ROLE_RESPONDER, ROLE_COORDINATOR, ROLE_ADMIN,
};

/* Acts that need a role.  Status changes stand in the transition table. */
enum act {
	ACT_READ, ACT_WORK, ACT_CASE_NEW, ACT_ASSIGN, ACT_SEVERITY, ACT_MERGE,
	ACT_LINK, ACT_EVIDENCE, ACT_SCENE, ACT_MESSAGE, ACT_REDACT, ACT_REGISTER, ACT_RULES,
	ACT_DEADLINE, ACT_DUTY, ACT_MEMBERS, ACT_BACKUP, ACT_RESTORE, ACT_UPGRADE, ACT_AS_OTHER,
	ACT_COUNT,
};

struct act_row {
	enum role least;
	const char *label; /* marked for translation: what the act is */
};

extern const struct act_row act_rows[ACT_COUNT];

/* The words of CLI.md: viewer, responder, coordinator, admin. */
const char *role_word(enum role role);
enum role role_from(const char *word); /* ROLE_NONE if unknown */
const char *role_label(enum role role); /* translated */

/* ERR_FORBIDDEN naming the act and the role that may. */
bool role_allows(enum role role, enum act act, struct error *err);

#endif
