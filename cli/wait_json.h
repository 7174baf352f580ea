/* wait_json.h - promises of others and orders asked for, as JSON. */
#ifndef CLI_WAIT_JSON_H
#define CLI_WAIT_JSON_H

#include "cli/cli.h"
#include "core/decision.h"
#include "core/waiting.h"

/* Pushed to the arrays of a case; case_id NULL: of the desk, with the case's
 * number. */
bool waitings_json(struct cli *cli, const char *case_id, struct json *list,
	struct error *err);
bool decisions_json(struct cli *cli, const char *case_id, enum decision_show show,
	struct json *list, struct error *err);
/* The waitings as tasks of `show`: of the type waiting. */
bool waiting_tasks_json(struct cli *cli, const char *case_id, struct json *list,
	struct error *err);

#endif
