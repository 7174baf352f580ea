/* verbs.c owns the table of verbs: help, the man page and the parser read it. */
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/verbs_of.h"
#include "core/i18n.h"

static const struct cli_option new_options[] = {
	{ "kind", "KIND", N_("hardware, software, attack, link, power or other") },
	{ "title", "TEXT", N_("one line: what was reported") },
	{ "asset", "CODE", N_("the system that is hit, from the register") },
	{ "severity", "N", N_("1 low to 4 very serious: a decision, needs --reason") },
	{ "reason", "TEXT", N_("why this severity") },
	{ "detected", "TIME", N_("when it was detected (default: now)") },
	{ "occurred", "TIME", N_("when it began") },
	{ "from", "TEXT", N_("who reported it") },
	{ "category", "TEXT", N_("a closer category") },
	{ "owner", "LOGIN", N_("the first owner") },
	{ "drill", NULL, N_("an exercise: marked everywhere, never counted") },
	{ 0 },
};

static const struct cli_option init_options[] = {
	{ "name", "TEXT", N_("the desk's name, shown in the first row") },
	{ "demo", NULL, N_("with sample cases; delivers only to a local folder") },
	{ 0 },
};

static const struct cli_option list_options[] = {
	{ "status", "S,...", N_("only these statuses") },
	{ "kind", "K,...", N_("only these kinds") },
	{ "mine", NULL, N_("only mine") },
	{ "open", NULL, N_("only open ones") },
	{ "overdue", NULL, N_("only overdue ones") },
	{ "drill", NULL, N_("drills instead of real cases") },
	{ "sort", "KEY", N_("newest or due") },
	{ "limit", "N", N_("at most N rows (default 100)") },
	{ "after", "CURSOR", N_("go on after this row's cursor") },
	{ 0 },
};

static const struct cli_option limit_option[] = {
	{ "limit", "N", N_("at most N rows (default 100)") }, { 0 },
};

static const struct cli_option follow_option[] = {
	{ "follow", NULL, N_("go on printing new events as they come") }, { 0 },
};

static const struct cli_option reason_option[] = {
	{ "reason", "TEXT", N_("why") }, { 0 },
};

static const struct cli_option close_options[] = {
	{ "cause", "TEXT", N_("the cause") },
	{ "result", "TEXT", N_("how it ended") },
	{ "lessons", "TEXT", N_("what was learnt") },
	{ 0 },
};

static const struct cli_option note_options[] = {
	{ "at", "TIME", N_("when it happened") },
	{ "text", "TEXT", N_("the note, where it is not a word") },
	{ 0 },
};

static const struct cli_option set_options[] = {
	{ "title", NULL, N_("with --input") }, { "kind", NULL, N_("with --input") },
	{ "category", NULL, N_("with --input") }, { "asset", NULL, N_("with --input") },
	{ "reporter", NULL, N_("with --input") }, { "tlp", NULL, N_("with --input") },
	{ "pap", NULL, N_("with --input") }, { "reportable", NULL, N_("with --input") },
	{ "personal_data", NULL, N_("with --input") },
	{ "detected", NULL, N_("with --input") }, { "occurred", NULL, N_("with --input") },
	{ 0 },
};

static const struct cli_option evidence_options[] = {
	{ "note", "TEXT", N_("what it is") },
	{ "output", "FILE", N_("get: where to write it (-o FILE)") },
	{ 0 },
};

static const struct cli_option observable_options[] = {
	{ "tlp", "LEVEL", N_("clear, green, amber, amber+strict or red") },
	{ "note", "TEXT", N_("where it was seen") },
	{ 0 },
};

static const struct cli_option task_options[] = {
	{ "to", "LOGIN", N_("add: who does it") },
	{ "due", "TIME", N_("add: until when") },
	{ "note", "TEXT", N_("done: what was done") },
	{ 0 },
};

static const struct cli_option verify_options[] = {
	{ "replay", NULL, N_("apply all events again and compare every row") },
	{ "head", "HASH", N_("prove that the chain contains this head") },
	{ 0 },
};

#define CHANGE (VERB_DESK | VERB_CHANGES)
#define READ (VERB_DESK | VERB_READONLY)

/* Sorted: looked up with bsearch (a test asserts the order). */
const struct verb verbs[] = {
	{ "ack", "CASE", 1, 1, CHANGE | VERB_CASE,
	  N_("Acknowledge a case: you take it up."), NULL, "suco ack 42", verb_ack },
	{ "assign", "CASE LOGIN", 2, 2, CHANGE | VERB_CASE,
	  N_("Give a case to a member, who is told."), NULL, "suco assign 42 tuan",
	  verb_assign },
	{ "close", "CASE", 1, 1, CHANGE | VERB_CASE,
	  N_("Close a recovered case with cause, result and lessons."), close_options,
	  "suco close 42 --cause \"...\" --result \"...\" --lessons \"...\"", verb_close },
	{ "evidence", "CASE add FILE | list | get N -o FILE", 2, 3, CHANGE | VERB_CASE,
	  N_("Take files into the desk by hash, list them, get one out."), evidence_options,
	  "suco evidence 42 add photo.jpg --note \"...\"\nsuco evidence 42 get 1 -o photo.jpg",
	  verb_evidence },
	{ "help", "[VERB]", 0, 1, 0, N_("Show the verbs, or one verb with its options."),
	  NULL, "suco help new\nsuco help limits\nsuco help roles", verb_help },
	{ "init", "", 0, 0, 0, N_("Make a desk."), init_options,
	  "suco init --profile quangngai\nsuco --desk demo.db init --demo", verb_init },
	{ "link", "CASE CASE", 2, 2, CHANGE | VERB_CASE, N_("Link two cases."), NULL, NULL,
	  verb_link },
	{ "list", "[WORDS]", 0, -1, READ | VERB_CSV,
	  N_("List cases, newest first; words search."), list_options,
	  "suco list --open --sort due\nsuco list dien --json", verb_list },
	{ "merge", "CASE INTO", 2, 2, CHANGE | VERB_CASE,
	  N_("Merge a case into another; nothing is moved."), NULL, "suco merge 43 42",
	  verb_merge },
	{ "new", "", 0, 0, CHANGE | VERB_INPUT,
	  N_("Open a case and print its number."), new_options,
	  "suco new --kind power --title \"Mất điện TTDL\" --asset TTDL --begin", verb_new },
	{ "note", "CASE [TEXT|-]", 1, 2, CHANGE | VERB_CASE | VERB_INPUT,
	  N_("Write a note into a case's timeline."), note_options,
	  "suco note 42 \"còn 45 phút\" --at 02:14\nsuco note 42 - < words.txt", verb_note },
	{ "observable", "CASE TYPE VALUE", 3, 3, CHANGE | VERB_CASE,
	  N_("Add what was seen: ip, domain, url, mail, hash, file, account, host, phone, other."),
	  observable_options, "suco observable 42 ip 192.0.2.7 --tlp amber", verb_observable },
	{ "reopen", "CASE", 1, 1, CHANGE | VERB_CASE, N_("Reopen a closed case."),
	  reason_option, "suco reopen 42 --reason \"...\"", verb_reopen },
	{ "search", "WORDS", 1, -1, READ | VERB_CSV,
	  N_("Find cases and events, with or without Vietnamese marks."), limit_option,
	  "suco search mat dien", verb_search },
	{ "set", "CASE FIELD=VALUE...", 1, -1, CHANGE | VERB_CASE | VERB_INPUT,
	  N_("Change fields of a case."), set_options, "suco set 42 asset=TTDL tlp=amber",
	  verb_set },
	{ "severity", "CASE N", 2, 2, CHANGE | VERB_CASE,
	  N_("Decide the severity, 1 to 4, with the reason."), reason_option,
	  "suco severity 42 4 --reason \"...\"", verb_severity },
	{ "show", "CASE", 1, 1, READ | VERB_CASE, N_("Show one case whole."), NULL,
	  "suco show 42 --json", verb_show },
	{ "status", "CASE TO", 2, 2, CHANGE | VERB_CASE, N_("Change the status of a case."),
	  reason_option, "suco status 42 responding", verb_status },
	{ "task", "CASE add TEXT | done N | assign N LOGIN | due N TIME | list", 2, 4,
	  CHANGE | VERB_CASE, N_("Add and work tasks of a case."), task_options,
	  "suco task 42 add \"gọi bên điện\" --to tuan --due +15m\nsuco task 42 done 1",
	  verb_task },
	{ "timeline", "CASE", 1, 1, READ | VERB_CASE,
	  N_("Print the events of a case, oldest first."), follow_option,
	  "suco timeline 42 --follow --json", verb_timeline },
	{ "unlink", "CASE CASE", 2, 2, CHANGE | VERB_CASE, N_("Take the link of two cases away."),
	  NULL, NULL, verb_unlink },
	{ "unmerge", "CASE", 1, 1, CHANGE | VERB_CASE, N_("Undo a merge."), NULL, NULL,
	  verb_unmerge },
	{ "verify", "[CASE]", 0, 1, READ, N_("Prove that nothing was changed behind suco's back."),
	  verify_options, "suco verify --replay", verb_verify },
	{ 0 },
};

const struct verb *
verb_find(const char *name)
{
	for (const struct verb *verb = verbs; verb->name != NULL; verb++) {
		if (strcmp(verb->name, name) == 0) {
			return verb;
		}
	}
	return NULL;
}
