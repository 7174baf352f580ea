/* subverbs.c owns the tables of subverbs. */
#include "cli/subverbs.h"

#include <stddef.h>

#include "cli/verbs_of.h"
#include "core/i18n.h"

#define ACT (VERB_CHANGES | VERB_RESULT)

const struct subverb evidence_subverbs[] = {
	{ "add", "FILE", 1, 1, VERB_CHANGES, N_("take a file in; a FIFO or folder is refused"),
	  verb_evidence_add },
	{ "get", "N -o FILE", 1, 1, VERB_CHANGES, N_("write it out; the hash is checked"),
	  verb_evidence_get },
	{ "list", "", 0, 0, VERB_READONLY, N_("what the case has"), verb_evidence_list },
	{ 0 },
};

const struct subverb task_subverbs[] = {
	{ "add", "TEXT", 1, 1, ACT, N_("a new task"), verb_task_add },
	{ "assign", "N LOGIN", 2, 2, ACT, N_("give it to a member"), verb_task_assign },
	{ "done", "N", 1, 1, ACT, N_("it is done"), verb_task_done },
	{ "due", "N TIME", 2, 2, ACT, N_("until when; \"none\" takes the time away"),
	  verb_task_due },
	{ "list", "", 0, 0, VERB_READONLY, N_("the tasks of the case"), verb_task_list },
	{ 0 },
};

const struct subverb playbook_subverbs[] = {
	{ "check", "FILE...", 1, -1, 0, N_("one finding a line; exit 6 where one is an error"),
	  verb_playbook_check },
	{ "export", "ID [-o FILE]", 1, 1, VERB_DESK | VERB_READONLY, N_("the plan's own text"),
	  verb_playbook_export },
	{ "import", "FILE", 1, 1, VERB_DESK | VERB_CHANGES,
	  N_("read leniently and put into the desk"), verb_playbook_import },
	{ "list", "", 0, 0, VERB_DESK | VERB_READONLY | VERB_CSV, N_("what there is"),
	  verb_playbook_list },
	{ "show", "ID", 1, 1, VERB_DESK | VERB_READONLY, N_("one plan; ID is a code, id or name"),
	  verb_playbook_show },
	{ 0 },
};
