/* command_also.c owns the other words by which people look for a command. */
#include "tui/command_also.h"

#include <stddef.h>

#include "core/i18n.h"

static const struct {
	enum command command;
	const char *words;
} rows[] = {
	{ CMD_PLANNED, N_("maintenance, change, calendar of work, update") },
	{ CMD_REGISTER, N_("running without standby, state of a system") },
	{ CMD_ASSET_STATE, N_("running without standby, maintenance, down, works again") },
	{ CMD_NEW, N_("new report, call, caller, telephone") },
	{ CMD_DRAFTS, N_("draft, what I was writing") },
	{ CMD_WAITS, N_("promise, carrier, ticket") },
	{ CMD_CLOCKS, N_("deadline, due, must be back") },
	{ CMD_DECISIONS, N_("order, leader, approval") },
	{ CMD_POINTS, N_("communes hit, sites, outage minutes") },
	{ CMD_ALL_CLEAR, N_("tell, all clear, works again") },
	{ CMD_SET_FIELD, N_("sharing, secret, personal data, detected at, category") },
	{ CMD_CALLS, N_("telephone numbers, call list") },
};

const char *
command_also(enum command command)
{
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		if (rows[i].command == command) {
			return _(rows[i].words);
		}
	}
	return NULL;
}
