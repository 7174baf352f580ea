/* subverbs.c owns the tables of subverbs. */
#include "cli/subverbs.h"

#include <stddef.h>

#include "cli/verbs_of.h"
#include "core/i18n.h"

#define ACT (VERB_CHANGES | VERB_RESULT)

const struct subverb evidence_subverbs[] = {
	{ "add", "FILE", 1, 1, VERB_CHANGES, N_("take a file in; a FIFO or folder is refused"),
	  verb_evidence_add },
	{ "custody", "", 0, 0, VERB_READONLY, N_("who was handed what"),
	  verb_evidence_custody },
	{ "get", "N -o FILE", 1, 1, VERB_CHANGES, N_("write it out; the hash is checked"),
	  verb_evidence_get },
	{ "handover", "N... --to NAME", 1, -1, VERB_CHANGES,
	  N_("hand it over to somebody; prints the record to be signed"),
	  verb_evidence_handover },
	{ "item", "NAME --place TEXT", 1, 1, VERB_CHANGES,
	  N_("put a thing without a file on record: a machine, a disk"),
	  verb_evidence_item },
	{ "list", "", 0, 0, VERB_READONLY, N_("what the case has"), verb_evidence_list },
	{ "record", "N", 1, 1, VERB_READONLY, N_("print the record of a hand-over again"),
	  verb_evidence_record },
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

const struct subverb run_subverbs[] = {
	{ "export", "[RUN] [-o FILE]", 0, 1, VERB_READONLY,
	  N_("who did what and when, in the form execution-status"), verb_run_export },
	{ "list", "", 0, 0, VERB_READONLY | VERB_CSV, N_("the plans of the case as a whole"),
	  verb_run_list },
	{ "pause", "[RUN]", 0, 1, ACT, N_("its limits stand still; lawful clocks do not"),
	  verb_run_pause },
	{ "playbook", "[RUN] [-o FILE]", 0, 1, VERB_READONLY,
	  N_("the plan's text as it was run, byte for byte"), verb_run_playbook },
	{ "resume", "[RUN]", 0, 1, ACT, N_("go on; the limits moved by the pause"),
	  verb_run_resume },
	{ "stop", "[RUN]", 0, 1, ACT, N_("end it; what is open is aborted"),
	  verb_run_stop },
	{ "vars", "[RUN]", 0, 1, VERB_READONLY | VERB_CSV,
	  N_("what the plan knows: each value, who set it when"), verb_run_vars },
	{ 0 },
};

const struct subverb notify_subverbs[] = {
	{ "list", "", 0, 0, 0,
	  N_("each channel: set, up or down since, last success; who has only this one"),
	  verb_notify_list },
	{ "probe", "", 0, 0, 0,
	  N_("the same, and ask those that can be asked without a message"),
	  verb_notify_probe },
	{ "test", "CHANNEL TO", 2, 2, 0, N_("Send one test message by a channel."),
	  verb_notify_test },
	{ 0 },
};

const struct subverb playbook_subverbs[] = {
	{ "check", "FILE...", 1, -1, 0, N_("one finding a line; exit 6 where one is an error"),
	  verb_playbook_check },
	{ "convert", "FILE [-o FILE]", 1, 1, 0,
	  N_("an older or careless plan as CACAO 2.0, and what changed"), verb_playbook_convert },
	{ "diff", "ID|FILE ID|FILE", 2, 2, 0,
	  N_("two editions step by step; exit 6 where they differ"), verb_playbook_diff },
	{ "draw", "ID|FILE [-o FILE]", 1, 1, 0,
	  N_("how it flows: boxes and lines, or a picture, FILE.svg or FILE.png"),
	  verb_playbook_draw },
	{ "edit", "ID [--as md|json]", 1, 1, VERB_DESK | VERB_CHANGES | VERB_FORM,
	  N_("open it in $EDITOR; checked on save, a draft is never lost"),
	  verb_playbook_edit },
	{ "export", "ID [--as md|json] [-o FILE]", 1, 1,
	  VERB_DESK | VERB_READONLY | VERB_FORM,
	  N_("the plan's own text, or as Markdown"), verb_playbook_export },
	{ "import", "FILE [--convert]", 1, 1, VERB_DESK | VERB_CHANGES,
	  N_("read leniently and put into the desk"), verb_playbook_import },
	{ "key", "FILE", 1, 1, 0, N_("print its public key; without FILE a new key is made"),
	  verb_playbook_key },
	{ "list", "", 0, 0, VERB_DESK | VERB_READONLY | VERB_CSV, N_("what there is"),
	  verb_playbook_list },
	{ "new", "--from plan.md [-o FILE]", 0, 0, 0,
	  N_("a plan written in Markdown; exit 6 with lines that are wrong"),
	  verb_playbook_new },
	{ "print", "ID [-o FILE]", 1, 1, VERB_DESK | VERB_READONLY,
	  N_("a check-list on paper: boxes, lines to sign, telephones"), verb_playbook_print },
	{ "show", "ID", 1, 1, VERB_DESK | VERB_READONLY, N_("one plan; ID is a code, id or name"),
	  verb_playbook_show },
	{ "sign", "FILE --key KEYFILE", 1, 1, 0, N_("add a signature to a plan's file"),
	  verb_playbook_sign },
	{ "try", "ID|FILE", 1, 1, 0,
	  N_("walk it dry, without a case: every way, the longest one, its limits"),
	  verb_playbook_try },
	{ "verify", "FILE|ID", 1, 1, VERB_DESK | VERB_READONLY,
	  N_("its signatures; exit 6 without a good one that the desk trusts"),
	  verb_playbook_verify },
	{ 0 },
};

/* The register: DESK stands in the verb's own row. */
#define LIST { "list", "", 0, 0, VERB_READONLY | VERB_CSV, N_("all of them"), verb_register_list }
#define SHOW(key) { "show", key, 1, 1, VERB_READONLY, N_("one, with all that is known"), \
	verb_register_show }
#define ADD(key) { "add", key " [FIELD=VALUE...]", 0, -1, VERB_CHANGES | VERB_FIELDS, \
	N_("a new one"), verb_register_add }
#define SET(key) { "set", key " [FIELD=VALUE...]", 1, -1, VERB_CHANGES | VERB_FIELDS, \
	N_("change fields; an empty value takes one away"), verb_register_set }
#define IMPORT(help) { "import", "FILE", 1, 1, VERB_CHANGES, help, verb_register_import }

const struct subverb asset_subverbs[] = {
	ADD("CODE"),
	{ "alive", "", 0, 0, VERB_READONLY,
	  N_("what is not well now, and what is waited for"), verb_asset_alive },
	IMPORT(N_("a file in the form of a profile; what members changed stays")),
	LIST, SET("CODE"), SHOW("CODE"), { 0 },
};

const struct subverb contact_subverbs[] = {
	ADD("ROLE"), LIST, SET("ROLE"),
	{ "sheet", "", 0, 0, VERB_READONLY,
	  N_("a table on A4 for the bodies to confirm and sign"), verb_contact_sheet },
	SHOW("ROLE"),
	{ "unverified", "", 0, 0, VERB_READONLY | VERB_CSV,
	  N_("never verified, long ago, changed since, or a wrong number"),
	  verb_contact_unverified },
	{ "verify", "ROLE", 1, 1, VERB_CHANGES,
	  N_("they were reached there: the numbers are right"), verb_contact_verify },
	{ 0 },
};

const struct subverb group_subverbs[] = {
	ADD("CODE"), LIST, SET("CODE"), SHOW("CODE"), { 0 },
};

const struct subverb member_subverbs[] = {
	ADD("LOGIN"), LIST, SET("LOGIN"), SHOW("LOGIN"), { 0 },
};

const struct subverb rule_subverbs[] = {
	ADD("CODE"), IMPORT(N_("a file of rules; what members changed stays")), LIST,
	SET("CODE"), SHOW("CODE"),
	{ "test", "CASE", 1, 1, VERB_READONLY | VERB_CSV,
	  N_("which rule fits the case, and why each other does not"), verb_rule_test },
	{ 0 },
};

const struct subverb setting_subverbs[] = {
	LIST,
	{ "set", "NAME VALUE", 2, 2, VERB_CHANGES, N_("an empty VALUE: the default again"),
	  verb_setting_set },
	{ 0 },
};

const struct subverb wish_subverbs[] = {
	{ "list", "[LOGIN]", 0, 1, VERB_READONLY | VERB_CSV, N_("yours, or a member's"),
	  verb_wish_list },
	{ "set", "NAME VALUE [LOGIN]", 2, 3, VERB_CHANGES,
	  N_("your own, or a member's; an empty VALUE: none"), verb_wish_set },
	{ 0 },
};
