/* verb_options_watch.c owns the options of the verbs of the watch. */
#include "cli/verb_options.h"

#include <stddef.h>

#include "core/i18n.h"

const struct cli_option countdown_options[] = {
	{ "at", "TIME", N_("add: when it was read (default: now)") },
	{ "reason", "TEXT", N_("stop: why") },
	{ 0 },
};
