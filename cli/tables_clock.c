/* tables_clock.c owns the options and subverbs of the verbs of lawful clocks. */
#include "cli/tables_clock.h"

#include <stddef.h>

#include "cli/verbs_of.h"
#include "core/i18n.h"

#define ACT (VERB_CHANGES | VERB_RESULT)

const struct cli_option deadline_options[] = {
	{ "reason", "TEXT", N_("na: why it does not apply; a coordinator's decision") },
	{ "at", "TIME", N_("add: from when it runs (default: its start event, else now)") },
	{ 0 },
};

const struct cli_option deadlines_options[] = {
	{ "drill", NULL, N_("of drills instead of real cases") },
	{ "limit", "N", N_("at most N rows (default 1000)") },
	{ 0 },
};

const struct cli_option notice_options[] = {
	{ "number", "TEXT", N_("number of the document; may be left out and come later") },
	{ "date", "DAY", N_("date of the document") },
	{ "to", "ROLE|NAME", N_("to whom (default: whom the clock names)") },
	{ "channel", "C",
	  N_("official_letter, e_office, email, phone, fax, portal, in_person, other") },
	{ "at", "TIME", N_("when it was sent (default: now)") },
	{ "confirmed-at", "TIME", N_("when the receiver confirmed") },
	{ "confirmed-by", "TEXT", N_("who confirmed") },
	{ "note", "TEXT", N_("what it said") },
	{ "update", NULL, N_("a further report of a form that was sent already") },
	{ "reason", "TEXT", N_("void: why it counts as not sent") },
	{ 0 },
};

const struct cli_option holiday_options[] = {
	{ "year", "YEAR", N_("list: only this year") },
	{ "working", NULL, N_("add: a day that is worked, though it is on a weekend") },
	{ 0 },
};

const struct subverb deadline_subverbs[] = {
	{ "add", "RULE", 1, 1, ACT, N_("start a rule's clock by hand"), verb_deadline_add },
	{ "list", "", 0, 0, VERB_CSV, N_("all clocks of the case"), verb_deadline },
	{ "na", "N|FORM", 1, 1, ACT, N_("it does not apply: --reason"), verb_deadline_na },
	{ 0 },
};

const struct subverb notice_subverbs[] = {
	{ "confirm", "CASE FORM", 2, 2, ACT,
	  N_("the receiver confirmed, or its number came: --confirmed-by, --number"),
	  verb_notice_confirm },
	{ "list", "CASE", 1, 1, VERB_CSV, N_("what was recorded as sent"), verb_notice_list },
	{ "sent", "CASE FORM", 2, 2, ACT,
	  N_("a person sent it: this records it and meets its clock"), verb_notice_sent },
	{ "void", "CASE FORM", 2, 2, ACT,
	  N_("recorded by mistake: it stays, marked, and the clock runs again"),
	  verb_notice_void },
	{ 0 },
};

const struct subverb holiday_subverbs[] = {
	{ "add", "DAY [NAME]", 1, -1, VERB_CHANGES, N_("a day off; confirms a suggested one"),
	  verb_holiday_add },
	{ "confirm", "YEAR", 1, 1, VERB_CHANGES, N_("all suggested days of the year hold"),
	  verb_holiday_confirm },
	{ "import", "NAME|FILE", 1, 1, VERB_CHANGES,
	  N_("suco-holidays/1, or lines: 06/02/2027 [working] Tết"), verb_holiday_import },
	{ "list", "", 0, 0, VERB_READONLY | VERB_CSV, N_("the table"), verb_holiday_list },
	{ "remove", "DAY", 1, 1, VERB_CHANGES, N_("off the table"), verb_holiday_remove },
	{ 0 },
};
