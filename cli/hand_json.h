/* hand_json.h - calls, posts and confirmations as JSON. */
#ifndef CLI_HAND_JSON_H
#define CLI_HAND_JSON_H

#include "cli/cli.h"

/* Pushes the calls of a case, oldest first. */
bool calls_json(struct cli *cli, const char *case_id, struct json *list,
	struct error *err);
/* As core gives them, with times in RFC 3339 and absent texts null. */
struct json *call_line_json(struct cli *cli, const struct json *line);
struct json *post_json(struct cli *cli, const struct json *post);
struct json *confirmation_json(struct cli *cli, const struct json *row);

#endif
