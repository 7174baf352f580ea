/* message_json.h - messages as JSON. */
#ifndef CLI_MESSAGE_JSON_H
#define CLI_MESSAGE_JSON_H

#include "cli/cli.h"
#include "core/outbox.h"

/* A row of `outbox --json`; NULL with *err. */
struct json *message_json(struct cli *cli, const struct message *m, struct error *err);
/* Adds those that the filter names, newest first. */
bool messages_json(struct cli *cli, const struct outbox_filter *filter, struct json *into,
	struct error *err);

#endif
