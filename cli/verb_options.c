/* verb_options.c owns the options of each verb. */
#include "cli/verb_options.h"

#include <stddef.h>

#include "core/i18n.h"

const struct cli_option new_options[] = {
	{ "kind", "KIND", N_("hardware, software, attack, link, power or other") },
	{ "title", "TEXT", N_("one line: what was reported") },
	{ "asset", "CODE", N_("the system that is hit, from the register") },
	{ "severity", "N", N_("1 low to 4 very serious: a decision, needs --reason") },
	{ "reason", "TEXT", N_("why this severity") },
	{ "detected", "TIME", N_("when it was detected (default: now)") },
	{ "occurred", "TIME", N_("when it began") },
	{ "must-be-back-by", "TIME", N_("by when it must be back: counters open at 07:00") },
	{ "must-be-back-reason", "TEXT", N_("for what it must be back then") },
	{ "from", "TEXT", N_("who reported it") },
	{ "category", "TEXT", N_("a closer category") },
	{ "owner", "LOGIN", N_("the first owner") },
	{ "drill", NULL, N_("an exercise: marked everywhere, never counted") },
	{ "page", NULL, N_("in a drill: messages to members go out") },
	{ "begin", NULL, N_("begin the plan that fits") },
	{ "tell", "ROLE,...", N_("release what the rules propose for these contacts") },
	{ 0 },
};

const struct cli_option init_options[] = {
	{ "name", "TEXT", N_("the desk's name, shown in the first row") },
	{ "profile", "NAME", N_("quangngai, blank (default), or a file of your own") },
	{ "group", "NAME", N_("for all members of this group of the system: 2770, 0660") },
	{ "demo", NULL, N_("with sample cases; delivers only to a local folder") },
	{ 0 },
};

const struct cli_option list_options[] = {
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

const struct cli_option deliver_options[] = {
	{ "once", NULL, N_("end when nothing is due any more") }, { 0 },
};

const struct cli_option limit_option[] = {
	{ "limit", "N", N_("at most N rows (default 100)") }, { 0 },
};

const struct cli_option follow_option[] = {
	{ "follow", NULL, N_("go on printing new events as they come") }, { 0 },
};

const struct cli_option reason_option[] = {
	{ "reason", "TEXT", N_("why") }, { 0 },
};

const struct cli_option escalate_options[] = {
	{ "reason", "TEXT", N_("why it cannot wait") },
	{ "call", "N", N_("which call of the case: n of why --json (default: that of the case"
	  " itself)") },
	{ 0 },
};

const struct cli_option answer_note_option[] = {
	{ "note", "TEXT", N_("what is to be known about it") }, { 0 },
};

const struct cli_option run_options[] = {
	{ "output", "FILE", N_("export, playbook: where to write it (-o FILE)") },
	{ "reason", "TEXT", N_("why") }, { 0 },
};

const struct cli_option close_options[] = {
	{ "cause", "TEXT", N_("the cause") },
	{ "result", "TEXT", N_("how it ended") },
	{ "lessons", "TEXT", N_("what was learnt") },
	{ 0 },
};

const struct cli_option note_options[] = {
	{ "at", "TIME", N_("when it happened") },
	{ "text", "TEXT", N_("the note, where it is not a word") },
	{ 0 },
};

/* Also FIELD=VALUE. */
const struct cli_option set_options[] = {
	{ "title", "TEXT", N_("one line: what was reported") },
	{ "kind", "KIND", N_("hardware, software, attack, link, power or other") },
	{ "category", "TEXT", N_("a closer category") },
	{ "asset", "CODE", N_("the system that is hit, from the register") },
	{ "reporter", "TEXT", N_("who reported it") },
	{ "tlp", "WORD", N_("clear, green, amber, amber+strict or red") },
	{ "pap", "WORD", N_("clear, green, amber or red") },
	{ "reportable", "WORD", N_("yes, no or unknown") },
	{ "personal_data", "WORD", N_("yes, no or unknown") },
	{ "personal_data_known", "TIME", N_("since when that is known: its 72 hours run") },
	{ "beyond_capacity", "TIME", N_("since when it is more than the team can do") },
	{ "detected", "TIME", N_("when somebody noticed") },
	{ "occurred", "TIME", N_("when it began") },
	{ "must_be_back_by", "TIME",
		N_("a time it must be back; another time is one more; none: not any more; \"none"
			" 07:00\": not then") },
	{ "must_be_back_reason", "TEXT", N_("why it must be back by then") },
	{ 0 },
};

const struct cli_option evidence_options[] = {
	{ "note", "TEXT", N_("what it is") },
	{ "output", "FILE", N_("get, handover, record: where to write it (-o FILE)") },
	{ "to", "NAME", N_("handover: who takes it") },
	{ "post", "TEXT", N_("handover: post of who takes it") },
	{ "body", "TEXT", N_("handover: body of who takes it") },
	{ "from", "NAME", N_("handover: who gives it (default: you)") },
	{ "label", "TEXT", N_("item: serial number, what is written on it") },
	{ "by", "NAME", N_("item: who took it (default: you)") },
	{ "place", "TEXT", N_("item: where it is; handover: where") },
	{ "at", "TIME", N_("handover: when (default: now)") },
	{ "reason", "TEXT", N_("handover: why") },
	{ "document", "TEXT", N_("handover: number of the paper that asks for it") },
	{ 0 },
};

const struct cli_option observable_options[] = {
	{ "tlp", "LEVEL", N_("clear, green, amber, amber+strict or red") },
	{ "note", "TEXT", N_("where it was seen") },
	{ 0 },
};

const struct cli_option task_options[] = {
	{ "to", "LOGIN", N_("add: who does it") },
	{ "due", "TIME", N_("add: until when") },
	{ "note", "TEXT", N_("done: what was done") },
	{ 0 },
};

const struct cli_option verify_options[] = {
	{ "replay", NULL, N_("apply all events again and compare every row") },
	{ "head", "HASH", N_("prove that the chain contains this head") },
	{ 0 },
};

const struct cli_option undo_options[] = {
	{ "event", "SEQ", N_("this event instead of your latest") },
	{ "redo", NULL, N_("take your latest undo back") },
	{ 0 },
};

const struct cli_option begin_options[] = {
	{ "set", "NAME=VALUE", N_("a value that the plan wants before it begins") },
	{ "reason", "TEXT", N_("why it is begun though out of date, or stopped") },
	{ "stop", "RUN", N_("stop this run instead; needs --reason") },
	{ 0 },
};

const struct cli_option step_options[] = {
	{ "note", "TEXT", N_("what was done, or why not") },
	{ "set", "NAME=VALUE", N_("an answer; may be given again; ? is not known") },
	{ "at", "TIME", N_("when it was really done or read (default: now)") },
	{ "minutes", "N", N_("extend: so much later, from its limit or from now") },
	{ 0 },
};

const struct cli_option playbook_options[] = {
	{ "output", "FILE",
	  N_("convert, draw, export, new, print, sign: where to write it (-o FILE)") },
	{ "from", "FILE", N_("new: the plan in Markdown (docs/plan-md.md)") },
	{ "format", "text|pdf|md|json",
	  N_("print: as lines, or as a PDF with boxes and lines to write on; "
		"edit, export: as Markdown or JSON, also --as md") },
	{ "key", "KEYFILE", N_("sign: the private key of Ed25519, readable by you alone") },
	{ "signee", "TEXT", N_("sign: who signs, as the signature names it") },
	{ "lenient", NULL, N_("check: as for a plan that others wrote") },
	{ "convert", NULL, N_("import: as `playbook convert` makes it") },
	{ 0 },
};

const struct cli_option member_options[] = {
	{ "name", "TEXT", N_("full name") },
	{ "role", "ROLE", N_("viewer, responder, coordinator or admin") },
	{ "unit", "TEXT", N_("where the member works") },
	{ "skills", "TEXT", N_("what the member can do") },
	{ "language", "vi|en", N_("of what is sent to the member") },
	{ "mail", "ADDRESS", N_("mail address") },
	{ "phone", "N", N_("telephone") },
	{ "zalo", "TEXT", N_("Zalo") },
	{ "telegram", "CHAT", N_("number of the chat with the bot, or @channel") },
	{ "ntfy", "TOPIC", N_("topic of ntfy") },
	{ "webhook", "URL", N_("where web hooks go to") },
	{ "active", "yes|no", N_("who is not active may do nothing") },
	{ "area", "AREA", N_("area or unit of the register where the member lives") },
	{ "on-site", "MINUTES", N_("how soon the member is there in person") },
	{ 0 },
};

const struct cli_option contact_options[] = {
	{ "name", "TEXT", N_("what the role is called") },
	{ "name_en", "TEXT", N_("the same in English") },
	{ "body", "CODE", N_("the body it belongs to") },
	{ "class", "WORD", N_("what kind of body; ministries and police are told by hand") },
	{ "kinds", "K,...", N_("for which kinds of case") },
	{ "valid_from", "DATE", N_("from when") },
	{ "valid_to", "DATE", N_("until when") },
	{ "mail", "ADDRESS", N_("mail address") },
	{ "phone", "N", N_("telephone") },
	{ "zalo", "TEXT", N_("Zalo") },
	{ "telegram", "CHAT", N_("number of the chat with the bot, or @channel") },
	{ "ntfy", "TOPIC", N_("topic of ntfy") },
	{ "webhook", "URL", N_("where web hooks go to") },
	{ "verified", "DATE", N_("when somebody last checked that it is right") },
	{ "at", "DATE", N_("verify: on which day (default: today)") },
	{ "days", "N", N_("unverified: longer ago than so many days") },
	{ "note", "TEXT", N_("what else to know") },
	{ "source", "TEXT", N_("the document that says so") },
	{ 0 },
};

const struct cli_option asset_options[] = {
	{ "name", "TEXT", N_("what it is called") },
	{ "name_en", "TEXT", N_("the same in English") },
	{ "kind", "WORD", N_("what kind of system or site") },
	{ "level", "1..5", N_("level of the system, or unknown") },
	{ "state", "WORD", N_("normal, slow, no_standby, down or maintenance") },
	{ "since", "TIME", N_("with state: since when (default: now)") },
	{ "owner", "TEXT", N_("who answers for it") },
	{ "operator", "TEXT", N_("who runs it") },
	{ "standby", "TEXT", N_("what takes over") },
	{ "backup", "TEXT", N_("what is backed up where") },
	{ "depends-on", "CODE,...", N_("what it needs; CODE:assumed where nobody verified it") },
	{ "source", "TEXT", N_("the document that says so") },
	{ "note", "TEXT", N_("what else to know") },
	{ 0 },
};

const struct cli_option group_options[] = {
	{ "name", "TEXT", N_("what it is called") },
	{ "name_en", "TEXT", N_("the same in English") },
	{ "of", "WORD", N_("unit, contact, asset or member") },
	{ "members", "A,B,...", N_("who is in it") },
	{ "includes", "A,B,...", N_("groups that are in it") },
	{ "source", "TEXT", N_("the document that says so") },
	{ 0 },
};

const struct cli_option rule_options[] = {
	{ "family", "WORD", N_("severity, contact, deadline, plan, coordination or escalation") },
	{ "order", "N", N_("the first that fits wins (contact: all)") },
	{ "when", "JSON", N_("field to value, list, or {\"min\", \"max\"}; all must hold") },
	{ "then", "JSON", N_("what follows") },
	{ "source", "TEXT", N_("the document that says so") },
	{ "valid_from", "DATE", N_("from when") },
	{ "valid_to", "DATE", N_("until when") },
	{ 0 },
};

const struct cli_option outbox_options[] = {
	{ "state", "S", N_("only this state, as held or failed") },
	{ "open", NULL, N_("only what is not finished") },
	{ "hand", NULL, N_("only what a person has yet to tell: call or write") },
	{ "limit", "N", N_("at most N rows (default 200)") },
	{ 0 },
};

const struct cli_option redact_options[] = {
	{ "law", "TEXT", N_("the law that demands it") },
	{ "reason", "TEXT", N_("why") },
	{ 0 },
};
