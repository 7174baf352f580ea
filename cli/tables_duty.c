/* tables_duty.c owns the options and subverbs of the roster. */
#include "cli/tables_duty.h"

#include <stddef.h>

#include "core/i18n.h"

const struct cli_option duty_options[] = {
	{ "at", "TIME", N_("who is on call then: a clock alone is the next one") },
	{ "week", NULL, N_("the whole week, Monday to Sunday") },
	{ "name", "TEXT", N_("set: what the layer is called; spell: what it is for") },
	{ "name-en", "TEXT", N_("set: the same in English") },
	{ "position", "N", N_("set: which layer is called first, second, ...") },
	{ "needed", "N", N_("set: how many must be on call at any time; 0: it may be empty") },
	{ "counted", "yes|no", N_("set: its hours are work, and counted") },
	{ "rota", "N|new", N_("set: the rotation that is changed (default: the only one); new: one"
	  " more") },
	{ "rota-name", "TEXT", N_("set: what the rotation is called: the day shift") },
	{ "people", "LOGIN,...", N_("set: who takes turns, in this order") },
	{ "type", "WORD", N_("set: hourly, daily, weekly, monthly or fixed") },
	{ "every", "N", N_("set: handed over every N hours, days, weeks, months") },
	{ "start", "DAY TIME", N_("set: the first hand-over, as 2026-11-23T06:00") },
	{ "zone", "ZONE", N_("set: whose clock counts (default: the desk's)") },
	{ "days", "1-5|N", N_("set: days on which the shift begins, 1 is Monday; gaps, ics: how"
	  " many days are looked at (30; ics 90)") },
	{ "from", "TIME", N_("set: clock at which the shift begins; else: from when") },
	{ "to", "TIME", N_("set: clock at which the shift ends; else: until when") },
	{ "from-day", "DAY", N_("set: the rotation counts from this day on") },
	{ "to-day", "DAY", N_("set: and up to this day; \"none\" takes it away") },
	{ "remove", NULL, N_("set: take the rotation (--rota N) or the layer off the roster") },
	{ "layer", "LAYER", N_("override, swap, import: which layer") },
	{ "reason", "TEXT", N_("why") },
	{ "shift", "LOGIN FROM..TO", N_("spell: one shift; may be given many times") },
	{ "source", "TEXT", N_("spell, raise: the document that says so") },
	{ "back-layer", "LAYER", N_("swap: layer of the shift given in return") },
	{ "back-from", "TIME", N_("swap: shift given in return, from when") },
	{ "back-to", "TIME", N_("swap: shift given in return, until when") },
	{ "open", NULL, N_("swap list: only those that wait for an answer") },
	{ "kind", "WORD", N_("raise: tet, holiday, congress, storm or other") },
	{ "needs", "LAYER=N,...", N_("raise: how many each layer needs then") },
	{ "output", "FILE", N_("ics: write it into a file (-o FILE)") },
	{ 0 },
};

#define ACT VERB_CHANGES

const struct subverb duty_subverbs[] = {
	{ "away", "LOGIN FROM TO", 3, 3, ACT, N_("somebody is not there: not called then"),
	  verb_duty_away },
	{ "gaps", "", 0, 0, VERB_READONLY | VERB_CSV,
	  N_("what is wrong with the roster of the days to come (exit 6)"), verb_duty_gaps },
	{ "ics", "[LOGIN]", 0, 1, VERB_READONLY, N_("the shifts as a calendar file"),
	  verb_duty_ics },
	{ "import", "FILE", 1, 1, ACT, N_("a table: date, shift, layer, login"),
	  verb_duty_import },
	{ "layers", "", 0, 0, VERB_READONLY,
	  N_("layers, rotations and exceptions, with the numbers to change or withdraw them by"),
	  verb_duty_layers },
	{ "override", "add|remove|replace LOGIN [BY]", 2, 3, ACT,
	  N_("one comes in beside, goes out, or stands in for another"),
	  verb_duty_override },
	{ "raise", "NAME", 1, -1, ACT, N_("a raised watch: Tết, a congress, a storm"),
	  verb_duty_raise },
	{ "set", "LAYER", 1, 1, ACT | VERB_FIELDS, N_("a layer, and its rotations"),
	  verb_duty_set },
	{ "spell", "LAYER", 1, 1, ACT | VERB_FIELDS,
	  N_("a roster for a span, in the place of all rules"), verb_duty_spell },
	{ "swap", "ask LOGIN|agree N|refuse N|withdraw N|list", 1, 2, ACT | VERB_CSV,
	  N_("two exchange shifts; nothing changes before both agree"), verb_duty_swap },
	{ "withdraw", "override|spell|away|raise N", 2, 2, ACT,
	  N_("take an exception back; what was stays in the history"), verb_duty_withdraw },
	{ 0 },
};
