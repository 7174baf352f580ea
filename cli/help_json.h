/* help_json.h - what help prints, as JSON; the caller frees. */
#ifndef CLI_HELP_JSON_H
#define CLI_HELP_JSON_H

#include "cli/cli.h"

struct json *help_verb_json(const struct verb *verb);
struct json *help_verbs_json(void);
struct json *help_limits_json(void);
struct json *help_roles_json(void);
struct json *help_statuses_json(void);

#endif
