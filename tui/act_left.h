/* act_left.h - who was not told that a case is over, said where it is closed. */
#ifndef TUI_ACT_LEFT_H
#define TUI_ACT_LEFT_H

#include "tui/app.h"

/* Adds a line to the form (ask.h) where somebody is left. */
void act_say_left(struct app *app, struct view *form, const char *case_id);

#endif
