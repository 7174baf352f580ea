/* command_also.h - commands by the words that people use for them. */
#ifndef TUI_COMMAND_ALSO_H
#define TUI_COMMAND_ALSO_H

#include "tui/command.h"

/* Other words by which the palette finds it, translated; or NULL. */
const char *command_also(enum command command);

#endif
