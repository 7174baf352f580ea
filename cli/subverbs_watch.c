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
