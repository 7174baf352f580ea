/* deadline_json.h - clocks and notices of cases for scripts: the elements of
 * `show --json` and of their own lists. */
#ifndef CLI_DEADLINE_JSON_H
#define CLI_DEADLINE_JSON_H

#include "cli/cli.h"
#include "core/deadline.h"
#include "core/notice.h"

struct json *deadline_json(struct cli *cli, const struct deadline *d);
struct json *notice_json(struct cli *cli, const struct notice *n);

/* Pushed to the arrays of a case. */
bool deadlines_json(struct cli *cli, const char *case_id, struct json *list,
	struct error *err);
bool notices_json(struct cli *cli, const char *case_id, struct json *list,
	struct error *err);

#endif
