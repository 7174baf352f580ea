/* register_text.h - the register as lines for people. */
#ifndef CLI_REGISTER_TEXT_H
#define CLI_REGISTER_TEXT_H

#include "cli/cli.h"

/* The rows of a list, in columns; which: "asset", "member", ... */
void say_register(struct cli *cli, const char *which, const struct json *list);
/* One thing, a field a line; what is not known is left out and named last. */
void say_thing(struct cli *cli, const struct json *thing);
/* What stops with the asset, with its standby; documented or assumed. */
bool say_dependants(struct cli *cli, const char *code, struct error *err);
/* That it was changed, or that it was so already. */
void say_changed(struct cli *cli, const char *key);
/* What a profile brought: added, changed, the same, kept, missing. */
void say_report(struct cli *cli, const struct json *report);
void say_rule_test(struct cli *cli, const struct json *list);

#endif
