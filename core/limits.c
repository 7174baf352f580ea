/* limits.c owns the one table of how long things may be (DATA 12). */
#include "core/limits.h"

#include "core/i18n.h"

#define KIB ((size_t)1024)
#define MIB (1024 * KIB)

const struct limit_row limit_rows[LIMIT_COUNT] = {
	[LIMIT_TITLE] = { "title", N_("title of a case"), 300, "B" },
	[LIMIT_NAME] = { "name", N_("name or address"), 200, "B" },
	[LIMIT_NOTE] = { "note", N_("note or reason"), 64 * KIB, "B" },
	[LIMIT_OBSERVABLE] = { "observable", N_("observable"), 4 * KIB, "B" },
	[LIMIT_PLAYBOOK] = { "playbook", N_("playbook file"), 4 * MIB, "B" },
	[LIMIT_PLAYBOOK_DEPTH] = { "playbook_depth",
		N_("levels inside a playbook"), 64, "levels" },
	[LIMIT_IMPORT_LINE] = { "import_line", N_("line of an import"), MIB, "B" },
	[LIMIT_LIST] = { "list", N_("list in an option"), 256, "items" },
	[LIMIT_EVIDENCE] = { "evidence_max",
		N_("evidence kept in the desk (larger: hash, size and place only)"),
		64 * MIB, "B" },
	[LIMIT_POINTS] = { "points", N_("points of a case, lines of a check-list"),
		1000, "items" },
};
