/* json_out.h - values as the contract wants them in JSON. */
#ifndef CLI_JSON_OUT_H
#define CLI_JSON_OUT_H

#include "cli/cli.h"

/* RFC 3339 in the desk's zone; null where ms is 0 or NO_DUE. */
void json_set_time(struct cli *cli, struct json *object, const char *key, int64_t ms);
/* null where the text is "". */
void json_set_or_null(struct json *object, const char *key, const char *text);

#endif
