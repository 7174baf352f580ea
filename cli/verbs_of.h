/* verbs_of.h - the functions of the verbs, for the table in verbs.c. */
#ifndef CLI_VERBS_OF_H
#define CLI_VERBS_OF_H

#include "cli/cli.h"

verb_fn verb_ack, verb_assign, verb_close, verb_list, verb_new, verb_note, verb_reopen,
	verb_search, verb_set, verb_severity, verb_show, verb_status, verb_timeline;
verb_fn verb_evidence, verb_observable, verb_task;
verb_fn verb_link, verb_merge, verb_unlink, verb_unmerge;
verb_fn verb_help, verb_init, verb_verify;

#endif
