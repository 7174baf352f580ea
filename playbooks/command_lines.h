/* command_lines.h - the commands of an action as a list to be ticked in their
 * order (cacao.md 2, rule 3): the step is done after the last. */
#ifndef PLAYBOOKS_COMMAND_LINES_H
#define PLAYBOOKS_COMMAND_LINES_H

#include "core/json.h"

/* A check-list as suco-step writes one, the caller's; NULL where there is one
 * command or none: that is the step itself. */
struct json *command_lines(const struct json *commands);

#endif
