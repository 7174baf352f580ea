/* tables_tin.c owns the options and subverbs of `tin` and `over`. */
#include <stddef.h>

#include "cli/subverbs.h"
#include "cli/verb_options.h"
#include "cli/verbs_of.h"
#include "core/i18n.h"

const struct cli_option over_options[] = {
	{ "how", "TEXT", N_("told: by which channel, who answered") },
	{ "all", NULL, N_("told: everybody who is left") },
	{ "no-answer", NULL, N_("told: nobody answered there; it stays on the list") },
	{ 0 },
};

const struct cli_option tin_options[] = {
	{ "what", "TEXT", N_("one line: what was reported, where") },
	{ "unit", "NAME", N_("which unit, marks optional; looked up in the register") },
	{ "from", "TEXT", N_("who calls") },
	{ "post", "TEXT", N_("his post") },
	{ "callback", "NUMBER", N_("where he can be called back") },
	{ "channel", "WORD", N_("phone (default), zalo, mail, document or in_person") },
	{ "at", "TIME", N_("when it was reported (default: now)") },
	{ "detected", "TIME", N_("when it was detected") },
	{ "verified", NULL, N_("he was called back by the directory") },
	{ "down", "WORD,...", N_("counter, mail, documents, meeting, website, machines") },
	{ "did", "WORD,...",
	  N_("unplugged, switched_off, restarted, photographed, nothing") },
	{ "secret", "WORD", N_("state secrets touched: unknown, no, yes; never the content") },
	{ "kind", "KIND", N_("hardware, software, attack, link, power or other") },
	{ "asset", "CODE", N_("the system that is hit, from the register") },
	{ "reply-by", "TIME", N_("an answer is promised by then; \"none\"") },
	{ "note", "TEXT", N_("what else was said") },
	{ "drill", NULL, N_("an exercise; with list: those of exercises") },
	{ "begin", NULL, N_("case: begin the plan that fits") },
	{ "how", "TEXT", N_("reply: by which channel, what was said") },
	{ "next", "TIME", N_("reply: the next answer is promised by then") },
	{ "to", "ROLE", N_("help: this contact (default: the rapid support team)") },
	{ "result", "TEXT", N_("done: what came of it") },
	{ "reason", "TEXT", N_("close: why; join: why, where another put it into another case") },
	{ "open", NULL, N_("list: only those that nobody has ended") },
	{ "promised", NULL, N_("list: only those who wait for an answer") },
	{ "case", "CASE", N_("list: the callers of this case") },
	{ "limit", "N", N_("list: at most N rows (default 200)") },
	{ 0 },
};

const struct subverb over_subverbs[] = {
	{ "list", "", 0, 0, VERB_READONLY | VERB_CSV,
	  N_("who called or was told, and who has heard that it is over"), verb_over_list },
	{ "told", "N...", 0, -1, VERB_CHANGES,
	  N_("these (or --all that are left) were told, --how"), verb_over_told },
	{ 0 },
};

const struct subverb tin_subverbs[] = {
	{ "case", "N", 1, 1, VERB_CHANGES, N_("open a case of it; --begin begins the plan"),
	  verb_tin_case },
	{ "close", "N", 1, 1, VERB_CHANGES, N_("it needs nothing more, with the reason"),
	  verb_tin_close },
	{ "done", "N", 1, 1, VERB_CHANGES, N_("the help was given: --result"), verb_tin_done },
	{ "help", "N", 1, 1, VERB_CHANGES,
	  N_("a request for help, not an incident: to the rapid support team"),
	  verb_tin_help },
	{ "join", "N CASE", 2, 2, VERB_CHANGES, N_("the caller belongs to this case"),
	  verb_tin_join },
	{ "list", "", 0, 0, VERB_READONLY | VERB_CSV,
	  N_("reports of callers; --open: new first, then by the promised answer"),
	  verb_tin_list },
	{ "reply", "N", 1, 1, VERB_CHANGES, N_("the caller was called back: --how"),
	  verb_tin_reply },
	{ "set", "N", 1, 1, VERB_CHANGES, N_("what became known later, by the same options"),
	  verb_tin_set },
	{ "show", "N", 1, 1, VERB_READONLY, N_("one report whole"), verb_tin_show },
	{ "take", "N", 1, 1, VERB_CHANGES, N_("you take it up"), verb_tin_take },
	{ 0 },
};
