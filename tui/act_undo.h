/* act_undo.h - taking back one's last act from a screen. */
#ifndef TUI_ACT_UNDO_H
#define TUI_ACT_UNDO_H

#include "tui/act.h"

/* Undoes it at once; where the last act stays for good, asks first whether the one
 * before it is meant, and names both. */
void act_undo(struct app *app, const struct case_ref *ref, const char *said);
/* Of one of many cases: refused where it would take back an older act. */
act_fn act_undo_last;

#endif
