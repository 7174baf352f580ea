/* subverbs_watch.c owns the subverbs of the verbs of the watch. */
#include "cli/subverbs.h"

#include <stddef.h>

#include "cli/verbs_of.h"
#include "core/i18n.h"

#define ACT (VERB_CHANGES | VERB_RESULT)

const struct subverb countdown_subverbs[] = {
	{ "add", "LABEL MINUTES", 2, 2, ACT,
	  N_("a reading; of a label that is there, the new one replaces the old"),
	  verb_countdown_add },
	{ "list", "", 0, 0, VERB_READONLY | VERB_CSV, N_("the clocks of the case"),
	  verb_countdown_list },
	{ "stop", "N", 1, 1, ACT, N_("it counts no more: power is back"),
	  verb_countdown_stop },
	{ 0 },
};

const struct subverb obligation_subverbs[] = {
	{ "csv", "", 0, 0, VERB_OR_READ, N_("the five columns of the province's table, as CSV"),
	  verb_obligation_csv },
	{ "done", "CODE[/PERIOD]", 1, 1, VERB_CHANGES,
	  N_("completed; without a period the first that is not"), verb_obligation_done },
	{ "list", "", 0, 0, VERB_CSV | VERB_OR_READ, N_("what is not done; --all: also what is"),
	  verb_obligation_list },
	{ "set", "CODE[/PERIOD]", 1, 1, VERB_CHANGES,
	  N_("result pending, doing or done, and a description"), verb_obligation_set },
	{ 0 },
};

const struct subverb planned_subverbs[] = {
	{ "add", "CODE", 1, 1, VERB_CHANGES, N_("announce work on a system"),
	  verb_planned_add },
	{ "list", "", 0, 0, VERB_READONLY | VERB_CSV,
	  N_("what is announced, and what ended in the last 24 hours"), verb_planned_list },
	{ "set", "N", 1, 1, VERB_CHANGES, N_("change it: --state done, --until 02:00"),
	  verb_planned_set },
	{ 0 },
};

const struct subverb quick_subverbs[] = {
	{ "confirm", "CASE N", 2, 2, VERB_CHANGES,
	  N_("who there said that it came: --confirmed-by"), verb_quick_confirm },
	{ "list", "CASE", 1, 1, VERB_READONLY | VERB_CSV, N_("what was made and sent"),
	  verb_quick_list },
	{ "sent", "CASE N", 2, 2, VERB_CHANGES,
	  N_("a person sent it: --to, --channel, --at"), verb_quick_sent },
	{ "show", "CASE [N]", 1, 2, VERB_READONLY, N_("the newest, or that one"),
	  verb_quick_show },
	{ 0 },
};

const struct subverb scene_subverbs[] = {
	{ "hold", "CASE|CODE", 1, 1, VERB_CHANGES,
	  N_("keep the scene of a case, or a system, as it is"), verb_scene_hold },
	{ "list", "", 0, 0, VERB_READONLY | VERB_CSV, N_("what has to be kept"),
	  verb_scene_list },
	{ "release", "N", 1, 1, VERB_CHANGES,
	  N_("the body that asked has released it"), verb_scene_release },
	{ 0 },
};
