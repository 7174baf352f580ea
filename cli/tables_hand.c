/* tables_hand.c owns the options and subverbs of calls, posts, confirmations and
 * the register's gaps. */
#include "cli/tables_hand.h"

#include <stddef.h>

#include "cli/verbs_of.h"
#include "core/i18n.h"

const struct cli_option call_options[] = {
	{ "answered-by", "TEXT", N_("who answered") },
	{ "result", "TEXT", N_("what was said") },
	{ "no-answer", NULL, N_("nobody answered") },
	{ "wrong-number", NULL, N_("somebody else has this number") },
	{ "at", "TIME", N_("when it was (default: now)") },
	{ "number", "N", N_("the number that was dialled, if not the register's") },
	{ "message", "ID", N_("this message was told by it (default: what waits for them)") },
	{ "verified", NULL, N_("the contact's number is right: verified today") },
	{ "reason", "TEXT", N_("fix: what was wrong") },
	{ "not-made", NULL, N_("fix: there was no such call") },
	{ "to", "ROLE", N_("fix: who was called really") },
	{ 0 },
};

const struct subverb call_subverbs[] = {
	{ "fix", "N", 1, 1, VERB_CHANGES | VERB_RESULT,
	  N_("call N was recorded wrongly: both stand, what is right counts"), verb_call_fix },
	{ "list", "", 0, 0, VERB_READONLY | VERB_CSV,
	  N_("whom to call, in order; who was, what they said, who is next"),
	  verb_call_list },
	{ 0 },
};

const struct cli_option posted_options[] = {
	{ "to", "GROUP", N_("who is to confirm: a group's code, or points (the default"
	  " where the case has any)") },
	{ "at", "TIME", N_("when it was (default: now)") },
	{ "red", NULL, N_("the case is TLP:RED, and it was posted all the same") },
	{ "show", NULL, N_("print the text to copy; nothing is recorded") },
	{ "workaround", "TEXT", N_("show: what to do meanwhile") },
	{ "next", "TIME", N_("show: when the next notice comes") },
	{ 0 },
};

const struct subverb posted_subverbs[] = {
	{ "list", "", 0, 0, VERB_READONLY | VERB_CSV,
	  N_("what was posted, and how many have confirmed"), verb_posted_list },
	{ 0 },
};

const struct cli_option confirmed_options[] = {
	{ "by", "TEXT", N_("who said so there") },
	{ "at", "TIME", N_("when it was (default: now)") },
	{ "left", NULL, N_("list: only those that have not confirmed") },
	{ 0 },
};

const struct subverb confirmed_subverbs[] = {
	{ "list", "[MESSAGE]", 0, 1, VERB_READONLY | VERB_CSV,
	  N_("unit by unit, of one post or of all"), verb_confirmed_list },
	{ 0 },
};

const struct subverb register_subverbs[] = {
	{ "gaps", "", 0, 0, VERB_READONLY | VERB_CSV,
	  N_("what is missing: systems, contacts, roles, groups, holidays; exit 6"),
	  verb_register_gaps },
	{ 0 },
};
