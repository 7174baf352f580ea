/* begin_ask.h - what a plan wants to know before it begins: its external variables. */
#ifndef TUI_BEGIN_ASK_H
#define TUI_BEGIN_ASK_H

#include "tui/act.h"

/* Begins the plan (its code, id or name; "": the one that fits each case) on the
 * cases.  Where it has external variables a form asks them first; form: the view
 * that asked which plan, closed when it is known (0: none).  refs are copied. */
void begin_ask(struct app *app, const struct case_ref *refs, int count, const char *plan,
	uint64_t form);

#endif
