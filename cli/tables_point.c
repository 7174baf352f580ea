/* tables_point.c owns what the command line says of points and units: subverbs and
 * options. */
#include <stddef.h>

#include "cli/subverbs.h"
#include "cli/verb_options.h"
#include "cli/verbs_of.h"
#include "core/i18n.h"

const struct subverb point_subverbs[] = {
	{ "add", "NAME...", 0, -1, VERB_CHANGES,
	  N_("names as they are said; units and systems are found without marks"),
	  verb_point_add },
	{ "import", "FILE|-", 1, 1, VERB_CHANGES,
	  N_("a list with a name a line, or a table with headings (CSV, tabs)"),
	  verb_point_import },
	{ "list", "", 0, 0, VERB_READONLY | VERB_CSV,
	  N_("the points; with --step the list of that step"), verb_point_list },
	{ "remove", "N...", 1, -1, VERB_CHANGES, N_("was no affected point"),
	  verb_point_remove },
	{ "set", "N... FIELD=VALUE...", 2, -1, VERB_CHANGES,
	  N_("N is 4, 3-5, all, or a state; a time says when it happened"), verb_point_set },
	{ "tick", "N... [COLUMN=VALUE...]", 1, -1, VERB_CHANGES,
	  N_("lines of a step's list, with --step"), verb_point_tick },
	{ 0 },
};

const struct cli_option point_options[] = {
	{ "state", "STATE", N_("add: down, power_out, reserve, slow, back or unknown") },
	{ "since", "TIME", N_("add: since when (default: the detection of the case, of"
		" later lists now)") },
	{ "group", "CODE", N_("add: everything in this group of the register") },
	{ "at", "TIME", N_("set, tick: when it happened (default: now)") },
	{ "by", "WORD", N_("list: grouped by area, carrier, island or state") },
	{ "unconfirmed", NULL, N_("list: told 30 minutes ago and not confirmed") },
	{ "step", "STEP", N_("the list of this step: add, import, list, tick") },
	{ "off", NULL, N_("tick: take the tick back") },
	{ "reason", "TEXT", N_("remove: why") },
	{ 0 },
};

#define LIST { "list", "", 0, 0, VERB_READONLY | VERB_CSV, N_("all of them"), verb_register_list }

const struct subverb unit_subverbs[] = {
	{ "add", "CODE [FIELD=VALUE...]", 0, -1, VERB_CHANGES | VERB_FIELDS, N_("a new one"),
	  verb_register_add },
	LIST,
	{ "set", "CODE [FIELD=VALUE...]", 1, -1, VERB_CHANGES | VERB_FIELDS,
	  N_("change fields; an empty value takes one away"), verb_register_set },
	{ "show", "CODE", 1, 1, VERB_READONLY, N_("one, with all that is known"),
	  verb_register_show },
	{ 0 },
};

const struct cli_option unit_options[] = {
	{ "name", "TEXT", N_("what it is called") },
	{ "kind", "WORD", N_("commune or department") },
	{ "area", "TEXT", N_("the old province") },
	{ "aliases", "TEXT", N_("former and other names: \"Xã A; Thị trấn B\"") },
	{ "carrier", "TEXT", N_("whose line it hangs on") },
	{ "island", "yes|no", N_("is it an island") },
	{ "source", "TEXT", N_("where the facts come from") },
	{ 0 },
};
