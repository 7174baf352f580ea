/* tables_wait.c owns the options and subverbs of promises and decisions. */
#include "cli/tables_wait.h"

#include <stddef.h>

#include "cli/verbs_of.h"
#include "core/i18n.h"

#define ACT (VERB_CHANGES | VERB_RESULT)

const struct cli_option wait_options[] = {
	{ "for", "TEXT", N_("what they are to do") },
	{ "ticket", "T", N_("their number for it") },
	{ "promised", "TIME", N_("until when they promised it; set: \"none\" takes it away") },
	{ "said-at", "TIME", N_("when they promised it (default: now)") },
	{ "raise-after", "SPANS", N_("30m,2h,4h after the promise, or none") },
	{ "said", "TEXT", N_("asked, raise: what they said") },
	{ "whom", "TEXT", N_("asked, raise: who was reached") },
	{ "channel", "WORD", N_("asked, raise: phone, in_person, zalo, mail or paper") },
	{ "at", "TIME", N_("asked, raise: when (default: now)") },
	{ "to", "LOGIN", N_("set: the member who follows it") },
	{ "result", "TEXT", N_("done: how it ended") },
	{ 0 },
};

const struct subverb wait_subverbs[] = {
	{ "asked", "N", 1, 1, ACT, N_("somebody asked: what they said, a new promise"),
	  verb_wait_asked },
	{ "done", "N", 1, 1, ACT, N_("it is done, or not waited for any more"),
	  verb_wait_done },
	{ "list", "", 0, 0, VERB_READONLY | VERB_CSV,
	  N_("what the case waits for, each time that somebody asked"), verb_wait_list },
	{ "raise", "N", 1, 1, ACT, N_("called the one above: shift leader, leader"),
	  verb_wait_raise },
	{ "set", "N", 1, 1, ACT, N_("ticket, promise, times to raise, who follows it"),
	  verb_wait_set },
	{ 0 },
};

const struct cli_option ask_options[] = {
	{ "question", "TEXT", N_("what is to be decided") },
	{ "step", "STEP", N_("what this step of the plan wants decided: all comes from it") },
	{ "until", "TIME", N_("answer by (default: 10 minutes, or the plan's); \"none\"") },
	{ "channel", "WORD", N_("phone (default), in_person, zalo, mail or paper") },
	{ "options", "A,B,...", N_("what can be answered") },
	{ "fallback", "TEXT", N_("what may be done without an answer, as it was authorised") },
	{ "at", "TIME", N_("when it was asked (default: now)") },
	{ 0 },
};

const struct subverb ask_subverbs[] = {
	{ "list", "", 0, 0, VERB_READONLY | VERB_CSV,
	  N_("what was asked on this case, and what became of it"), verb_ask_list },
	{ 0 },
};

const struct cli_option answer_options[] = {
	{ "answer", "TEXT", N_("what was decided: an option, or anything") },
	{ "reason", "TEXT", N_("why; also for a fall-back before its time, or of a draft") },
	{ "by", "NAME", N_("who answered (default: who was asked); who takes the fall-back") },
	{ "at", "TIME", N_("when (default: now)") },
	{ "no-answer", NULL, N_("nobody answered the call: counted") },
	{ "channel", "WORD", N_("no-answer: how it was tried") },
	{ "fallback", NULL, N_("take what the plan allows without an answer; needs --by") },
	{ "document", "NUMBER", N_("the written confirmation") },
	{ "date", "DATE", N_("of the document (default: today)") },
	{ "withdraw", NULL, N_("it is not needed any more; needs --reason") },
	{ 0 },
};

const struct cli_option decisions_options[] = {
	{ "open", NULL, N_("only those that nobody answered") },
	{ "no-document", NULL, N_("only those without their written confirmation") },
	{ 0 },
};
