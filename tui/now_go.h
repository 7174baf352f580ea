/* now_go.h - where NOW leads: what `.` does, and Enter on what it speaks of. */
#ifndef TUI_NOW_GO_H
#define TUI_NOW_GO_H

#include "core/now.h"
#include "tui/command.h"

struct now_go {
	enum now_kind kind;
	/* CMD_NONE: the case itself; a screen of the desk or of a case (places.c),
	 * whose cursor begins on the item; or an act of everywhere. */
	enum command command;
	/* Inside the case: the act itself; CMD_NONE: its step, or the screen above. */
	enum command in_case;
	const char *hint; /* N_(): after `.`; NULL: "go there" */
};

/* Never NULL. */
const struct now_go *now_go_of(enum now_kind kind);
/* What `.` does in the case itself; CMD_NONE: it goes to the open step. */
enum command now_act_of(enum now_kind kind);
/* Enter on this case is what NOW asks for. */
bool now_is_case(const struct now *now, const char *case_id);

#endif
