/* plain_act.h - the acts of the line mode: each asks line by line. */
#ifndef TUI_PLAIN_ACT_H
#define TUI_PLAIN_ACT_H

#include <stdbool.h>
#include <stddef.h>

#include "core/desk.h"
#include "tui/case_model.h"

/* One line of standard input without its end; false at the end of input. */
bool plain_line(char *out, size_t size);

void plain_note(struct desk *desk, const char *case_id);
void plain_step(struct desk *desk, const struct case_model *model);
void plain_take(struct desk *desk, const struct case_model *model);
void plain_new(struct desk *desk, bool readonly);

#endif
