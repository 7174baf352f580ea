/* verbs.c owns the table of verbs: help, the man page and the parser read it. */
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/subverbs.h"
#include "cli/verb_options.h"
#include "cli/verbs_of.h"
#include "core/i18n.h"

#define CHANGE (VERB_DESK | VERB_CHANGES)
#define ACT (CHANGE | VERB_CASE | VERB_RESULT) /* changes one case, prints it */
#define READ (VERB_DESK | VERB_READONLY)

/* Sorted: looked up with bsearch (a test asserts the order). */
const struct verb verbs[] = {
	{ "ack", "", 0, 0, ACT,
	  N_("Acknowledge a case: you take it up."), NULL, "suco ack 42", verb_ack },
	{ "asset", "add|import|list|set|show ...", 0, 0, VERB_DESK,
	  N_("Systems and sites: what is known, from where, and what hangs on them."),
	  asset_options, "suco asset show LGSP\nsuco asset set LGSP state=down", NULL,
	  asset_subverbs },
	{ "assign", "LOGIN", 1, 1, ACT,
	  N_("Give a case to a member, who is told."), NULL, "suco assign 42 tuan",
	  verb_assign },
	{ "begin", "[PLAYBOOK]", 0, 1, CHANGE | VERB_CASE,
	  N_("Begin a plan on a case: the one that fits, or the named one."), begin_options,
	  "suco begin 42\nsuco begin 42 PA-MD", verb_begin },
	{ "close", "", 0, 0, ACT,
	  N_("Close a recovered case with cause, result and lessons."), close_options,
	  "suco close 42 --cause \"...\" --result \"...\" --lessons \"...\"", verb_close },
	{ "config", "", 0, 0, VERB_STRICT | VERB_CSV,
	  N_("Print every key of suco.conf: value, where it is from, default, meaning."), NULL,
	  "suco config", verb_config },
	{ "contact", "add|list|set|show ...", 0, 0, VERB_DESK,
	  N_("Contacts: roles at bodies, with addresses and validity."), contact_options,
	  "suco contact set dien --mail truc@dien.example --verified 2026-11-21", NULL,
	  contact_subverbs },
	{ "evidence", "add|get|list ...", 0, 0, VERB_DESK | VERB_CASE,
	  N_("Take files into the desk by hash, list them, get one out."), evidence_options,
	  "suco evidence 42 add photo.jpg --note \"...\"\nsuco evidence 42 get 1 -o photo.jpg",
	  NULL, evidence_subverbs },
	{ "group", "add|list|set|show ...", 0, 0, VERB_DESK,
	  N_("Named lists of communes, departments, telecoms, members."), group_options,
	  "suco group show xa", NULL, group_subverbs },
	{ "help", "[VERB]", 0, 1, 0, N_("Show the verbs, or one verb with its options."),
	  NULL, "suco help new\nsuco help limits\nsuco help roles\nsuco help statuses", verb_help },
	{ "init", "", 0, 0, 0, N_("Make a desk."), init_options,
	  "suco init --profile quangngai\nsuco --desk demo.db init --demo", verb_init },
	{ "keys", "", 0, 0, VERB_CSV, N_("Print the keys of the screens."), NULL, "suco keys",
	  verb_keys },
	{ "link", "CASE", 1, 1, ACT, N_("Link two cases."), NULL, NULL,
	  verb_link },
	{ "list", "[WORDS]", 0, -1, READ | VERB_CSV,
	  N_("List cases, newest first; words search."), list_options,
	  "suco list --open --sort due\nsuco list dien --json", verb_list },
	{ "member", "add|list|set|show ...", 0, 0, VERB_DESK,
	  N_("The team: logins, roles, addresses."), member_options,
	  "suco member add tuan --name \"Lê Minh Tuấn\" --role responder --mail tuan@doi.example",
	  NULL, member_subverbs },
	{ "merge", "INTO", 1, 1, ACT,
	  N_("Merge a case into another; nothing is moved."), NULL, "suco merge 43 42",
	  verb_merge },
	{ "new", "", 0, 0, CHANGE | VERB_INPUT,
	  N_("Open a case and print its number."), new_options,
	  "suco new --kind power --title \"Mất điện TTDL\" --asset TTDL --begin", verb_new },
	{ "note", "[TEXT|-]", 0, 1, ACT | VERB_INPUT,
	  N_("Write a note into a case's timeline."), note_options,
	  "suco note 42 \"còn 45 phút\" --at 02:14\nsuco note 42 - < words.txt", verb_note },
	{ "observable", "TYPE VALUE", 2, 2, ACT,
	  N_("Add what was seen: ip, domain, url, mail, hash, file, account, host, phone, other."),
	  observable_options, "suco observable 42 ip 192.0.2.7 --tlp amber", verb_observable },
	{ "playbook", "check|export|import|list|show ...", 0, 0, 0,
	  N_("Look at plans, check them, bring them in."), playbook_options,
	  "suco playbook check plan.json\nsuco playbook show PA-MD", NULL, playbook_subverbs },
	{ "reopen", "", 0, 0, ACT, N_("Reopen a closed case."),
	  reason_option, "suco reopen 42 --reason \"...\"", verb_reopen },
	{ "rule", "add|import|list|set|show|test ...", 0, 0, VERB_DESK,
	  N_("Rules: severity, contacts, plans; test says why one fits."), rule_options,
	  "suco rule test 42", NULL, rule_subverbs },
	{ "search", "WORDS", 1, -1, READ | VERB_CSV,
	  N_("Find cases and events, with or without Vietnamese marks."), limit_option,
	  "suco search mat dien", verb_search },
	{ "set", "FIELD=VALUE...", 0, -1, ACT | VERB_INPUT,
	  N_("Change fields of a case."), set_options, "suco set 42 asset=TTDL tlp=amber",
	  verb_set },
	{ "setting", "list|set ...", 0, 0, VERB_DESK,
	  N_("The desk's settings, and who each role of the plans is."), NULL,
	  "suco setting set watch tuan\nsuco setting set agent.truc_ca member:tuan", NULL,
	  setting_subverbs },
	{ "severity", "N", 1, 1, ACT,
	  N_("Decide the severity, 1 to 4, with the reason."), reason_option,
	  "suco severity 42 4 --reason \"...\"", verb_severity },
	{ "show", "", 0, 0, READ | VERB_CASE, N_("Show one case whole."), NULL,
	  "suco show 42 --json", verb_show },
	{ "status", "TO", 1, 1, ACT, N_("Change the status of a case."),
	  reason_option, "suco status 42 responding", verb_status },
	{ "step", "STEP start|done|failed|skip|assign [LOGIN]", 2, 3, CHANGE | VERB_CASE,
	  N_("Work a step: its number, step id or instance id."), step_options,
	  "suco step 42 3 done --note \"...\" --set phut_ac_quy=45\nsuco step 42 5 assign tuan",
	  verb_step },
	{ "steps", "", 0, 0, READ | VERB_CASE | VERB_CSV,
	  N_("Print the plans of a case in their order, with what is asked."), NULL,
	  "suco steps 42 --json", verb_steps },
	{ "task", "add|assign|done|due|list ...", 0, 0, VERB_DESK | VERB_CASE,
	  N_("Add and work tasks of a case."), task_options,
	  "suco task 42 add \"gọi bên điện\" --to tuan --due +15m\nsuco task 42 done 1",
	  NULL, task_subverbs },
	{ "timeline", "", 0, 0, READ | VERB_CASE,
	  N_("Print the events of a case, oldest first."), follow_option,
	  "suco timeline 42 --follow --json", verb_timeline },
	{ "undo", "", 0, 0, ACT,
	  N_("Take your own latest act on a case back; the timeline keeps both."), undo_options,
	  "suco undo 42\nsuco undo 42 --event 1207", verb_undo },
	{ "unlink", "CASE", 1, 1, ACT, N_("Take the link of two cases away."),
	  NULL, NULL, verb_unlink },
	{ "unmerge", "", 0, 0, ACT, N_("Undo a merge."), NULL, NULL,
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
