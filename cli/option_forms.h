/* option_forms.h - which form of a verb (`point list`, `point add`) takes which of
 * the verb's options. */
#ifndef CLI_OPTION_FORMS_H
#define CLI_OPTION_FORMS_H

#include "cli/cli.h"

/* The i-th form of the verb that takes the option, "" for the verb alone; NULL at
 * the end, and at once where the option is of every form. */
const char *option_form(const struct verb *verb, const char *option, int i);
/* Every option given is one of this form; else ERR_USAGE names it. */
bool options_belong(const struct cli *cli, struct error *err);

#endif
