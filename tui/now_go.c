/* now_go.c owns the table of where each kind of NOW leads; what is not in it is
 * done in the case that it speaks of. */
#include "tui/now_go.h"

#include <stddef.h>
#include <string.h>

#include "core/i18n.h"

static const struct now_go rows[] = {
	{ NOW_DEADLINE_LATE, CMD_CLOCKS, NULL },
	{ NOW_HOLIDAYS, CMD_HOLIDAYS, NULL },
	{ NOW_REPORTABLE_ASK, CMD_REPORTABLE, NULL },
	{ NOW_POINTS_UNCONFIRMED, CMD_POINTS, NULL },
	{ NOW_COUNTDOWN, CMD_COUNTDOWNS, NULL },
	{ NOW_ALL_CLEAR_LEFT, CMD_ALL_CLEAR, NULL },
	{ NOW_TIN_WAITING, CMD_TINS, NULL },
	{ NOW_OBLIGATION, CMD_PERIODIC, NULL },
	{ NOW_QUICK_DUE, CMD_QUICK, NULL },
	{ NOW_HANDOVER_SIGN, CMD_HANDOVER, NULL },
	{ NOW_MESSAGE_FAILED, CMD_OUTBOX, NULL },
	{ NOW_MESSAGE_HELD, CMD_OUTBOX, NULL },
	{ NOW_PROMISE_RAISE, CMD_WAITS, N_("call, record it") },
	{ NOW_PROMISE_OVER, CMD_WAITS, N_("call, record it") },
	{ NOW_DECISION_OVER, CMD_DECISIONS, N_("record it") },
	{ NOW_NO_ENGINE, CMD_SEND_NOW, N_("send now") },
};

const struct now_go *
now_go_of(enum now_kind kind)
{
	static const struct now_go other = { NOW_NOTHING, CMD_NONE, NULL };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (rows[i].kind == kind) {
			return &rows[i];
		}
	}
	return &other;
}

enum command
now_act_of(enum now_kind kind)
{
	return kind == NOW_SEVERITY ? CMD_SEVERITY : kind == NOW_UNACKNOWLEDGED ? CMD_ACK
		: kind == NOW_NO_OWNER ? CMD_TAKE : CMD_NONE;
}

bool
now_is_case(const struct now *now, const char *case_id)
{
	return now->case_id[0] != '\0' && strcmp(now->case_id, case_id) == 0
		&& now_go_of(now->kind)->command == CMD_NONE;
}
