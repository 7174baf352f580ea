/* tin_json.h - reports of callers, and who must hear that it is over: the elements
 * of `show --json` and of their own lists. */
#ifndef CLI_TIN_JSON_H
#define CLI_TIN_JSON_H

#include "cli/cli.h"
#include "core/all_clear.h"
#include "core/tin.h"

struct json *tin_json(struct cli *cli, const struct tin *tin);
/* Those of a case, pushed to its array. */
bool tins_json(struct cli *cli, const char *case_id, struct json *list,
	struct error *err);
struct json *told_json(struct cli *cli, const struct told *row);

#endif
