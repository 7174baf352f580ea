/* verb_options_watch.c owns the options of the verbs of the watch. */
#include "cli/verb_options.h"

#include <stddef.h>

#include "core/i18n.h"

const struct cli_option countdown_options[] = {
	{ "at", "TIME", N_("add: when it was read (default: now)") },
	{ "reason", "TEXT", N_("stop: why") },
	{ 0 },
};

const struct cli_option planned_options[] = {
	{ "what", "TEXT", N_("the work") },
	{ "from", "TIME", N_("when it begins") },
	{ "until", "TIME", N_("when it ends (default: when it begins)") },
	{ "by", "TEXT", N_("who does it") },
	{ "note", "TEXT", N_("what else to know") },
	{ "state", "WORD", N_("set: planned, under_way, done or cancelled") },
	{ "all", NULL, N_("list: also what ended long ago") },
	{ 0 },
};

const struct cli_option scene_options[] = {
	{ "body", "TEXT", N_("hold: who asked") },
	{ "document", "TEXT", N_("number of the paper") },
	{ "date", "DAY", N_("hold: date of the paper") },
	{ "what", "TEXT", N_("hold: what must stay as it is (default: all of it)") },
	{ "by", "TEXT", N_("release: who of that body released it") },
	{ "all", NULL, N_("list: also those that were released") },
	{ 0 },
};

const struct cli_option obligation_options[] = {
	{ "all", NULL, N_("list: also what is done") },
	{ "result", "WORD", N_("set: pending, doing or done") },
	{ "description", "TEXT", N_("done, set: what was done, the number of the report") },
	{ "at", "DATE", N_("done, set: when it was really done (default: now)") },
	{ 0 },
};

const struct cli_option quick_options[] = {
	{ "register", "WORD", N_("order to members, request to a body, report (default)") },
	{ "to", "ROLE", N_("whom it addresses; sent: role of a contact, or a name") },
	{ "wanted", "TEXT", N_("what is asked for") },
	{ "next", "TIME", N_("when the next one comes (default: in an hour), or none") },
	{ "text", "TEXT|-", N_("your own text instead of the eight lines") },
	{ "channel", "WORD", N_("sent: phone, zalo, paper or in_person") },
	{ "at", "TIME", N_("sent: when (default: now)") },
	{ "approved-by", "NAME", N_("sent: who approved it (default: you)") },
	{ "confirmed-by", "NAME", N_("sent, confirm: who there confirmed it") },
	{ "confirmed-at", "TIME", N_("sent, confirm: when (default: now)") },
	{ 0 },
};
