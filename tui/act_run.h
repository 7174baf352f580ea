/* act_run.h - the acts on a case, run on the desk's thread. */
#ifndef TUI_ACT_RUN_H
#define TUI_ACT_RUN_H

#include "tui/act.h"

act_fn act_do_note, act_do_assign, act_do_ack, act_do_severity,
	act_do_status, act_do_task, act_do_evidence, act_do_observable,
	act_do_set, act_do_merge, act_do_unmerge, act_do_link,
	act_do_begin, act_do_redo, act_do_decline, act_do_pass, act_do_call_next;

#endif
