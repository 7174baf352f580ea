/* watch_json.h - kept scenes, evidence handed over, planned work: the elements
 * of `show --json` and of their own lists. */
#ifndef CLI_WATCH_JSON_H
#define CLI_WATCH_JSON_H

#include "cli/cli.h"
#include "core/custody.h"
#include "core/hold.h"
#include "core/planned.h"

struct json *hold_json(struct cli *cli, const struct hold *hold);
struct json *custody_json(struct cli *cli, const struct custody *custody);
struct json *planned_json(struct cli *cli, const struct planned *work);

/* Pushed to the arrays of a case. */
bool holds_json(struct cli *cli, const char *case_id, struct json *list,
	struct error *err);
bool custodies_json(struct cli *cli, const char *case_id, struct json *list,
	struct error *err);
/* What was done on its system shortly before it was detected. */
bool changes_json(struct cli *cli, const struct ir_case *c, struct json *list,
	struct error *err);

#endif
