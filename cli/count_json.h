/* count_json.h - countdowns, duties and quick reports as JSON. */
#ifndef CLI_COUNT_JSON_H
#define CLI_COUNT_JSON_H

#include "cli/cli.h"

/* Pushes the countdowns of a case. */
bool countdowns_json(struct cli *cli, const char *case_id, struct json *list,
	struct error *err);
/* Pushes the quick reports of a case, newest first. */
bool quick_list_json(struct cli *cli, const char *case_id, struct json *list,
	struct error *err);

#endif
