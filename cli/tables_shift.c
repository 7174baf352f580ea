/* tables_shift.c owns the options and subverbs of the verbs of the shift. */
#include "cli/tables_shift.h"

#include <stddef.h>

#include "cli/verbs_of.h"
#include "core/i18n.h"

const struct cli_option log_options[] = {
	{ "kind", "KIND", N_("check, backup, call, visitor, opened, handed_over,"
	  " envelope_opened, envelope_sealed or other") },
	{ "witness", "NAMES", N_("of an envelope: who saw it, two names") },
	{ "seal", "NUMBER", N_("of an envelope: the seal broken, or the new one") },
	{ "at", "TIME", N_("when it happened (default: now)") },
	{ "asset", "CODE", N_("the system it is about") },
	{ "from", "TIME", N_("list: from when (default: everything)") },
	{ "to", "TIME", N_("list: until when") },
	{ "limit", "N", N_("list: at most N rows (default 200)") },
	{ 0 },
};

const struct subverb log_subverbs[] = {
	{ "list", "[WORDS]", 0, -1, VERB_READONLY | VERB_CSV,
	  N_("newest first; words find with or without marks"), verb_log_list },
	{ 0 },
};

const struct cli_option handover_options[] = {
	{ "to", "LOGIN", N_("give: who takes the shift over") },
	{ "words", "TEXT|-", N_("give: what the next shift should know") },
	{ "reason", "TEXT", N_("back: why, where another gave it") },
	{ "output", "FILE", N_("show: write the page into a file (-o FILE)") },
	{ 0 },
};

const struct subverb handover_subverbs[] = {
	{ "back", "", 0, 0, VERB_CHANGES, N_("take it back before it is signed"),
	  verb_handover_back },
	{ "give", "", 0, 0, VERB_CHANGES, N_("sign as the giver; the taker is told by NOW"),
	  verb_handover_give },
	{ "list", "", 0, 0, VERB_READONLY | VERB_CSV, N_("all of them, newest first"),
	  verb_handover_list },
	{ "show", "[N]", 0, 1, VERB_READONLY,
	  N_("the page as it stands, or the page of an earlier one"), verb_handover_show },
	{ "take", "[N]", 0, 1, VERB_CHANGES,
	  N_("read page N, then sign as the taker; N is needed after one was taken back"),
	  verb_handover_take },
	{ 0 },
};

const struct cli_option print_options[] = {
	{ "format", "text|pdf", N_("as lines, or as a PDF with boxes and lines to write on") },
	{ "output", "FILE", N_("write it into a file instead (-o FILE)") }, { 0 },
};

const struct cli_option copy_options[] = {
	{ "output", "FILE", N_("where to (-o FILE; default: a file of its own in copy_dir)") },
	{ "red", NULL, N_("the case is TLP:RED, and a copy is meant") },
	{ 0 },
};
