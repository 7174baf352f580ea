/* duty_json.h - the roster as scripts read it. */
#ifndef CLI_DUTY_JSON_H
#define CLI_DUTY_JSON_H

#include "cli/cli.h"
#include "core/duty.h"

/* {layer, name, position, needed, counted} */
struct json *duty_layer_json(const struct duty_layer *layer);
/* Adds people and away: [{login, name, from, until, by, n, why}]. */
void duty_put_list(struct cli *cli, struct json *object, const struct duty_list *list);

#endif
