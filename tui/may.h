/* may.h - who may do what: said, with who that is, before a form opens. */
#ifndef TUI_MAY_H
#define TUI_MAY_H

#include "tui/act.h"

/* False after it has said which role may, and who has it. */
bool may_act(struct app *app, enum act act);
/* The same of a change of the status, of any of these. */
bool may_become(struct app *app, const struct case_ref *refs, int count,
	const char *to);

#endif
