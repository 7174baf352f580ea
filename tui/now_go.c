/* now_go.c owns the table of where each kind of NOW leads; what is not in it is
 * done in the case that it speaks of. */
#include "tui/now_go.h"

#include <stddef.h>
#include <string.h>

#include "core/i18n.h"

static const struct now_go rows[] = {
	{ NOW_CALLED, CMD_NONE, CMD_ACK, NULL },
	{ NOW_CALLED_IN_DRILL, CMD_NONE, CMD_ACK, NULL },
	{ NOW_CALLED_FOR, CMD_CALLED, CMD_NONE, NULL },
	{ NOW_UNACKNOWLEDGED, CMD_NONE, CMD_ACK, NULL },
	{ NOW_NO_OWNER, CMD_NONE, CMD_TAKE, NULL },
	{ NOW_SEVERITY, CMD_NONE, CMD_SEVERITY, NULL },
	{ NOW_BEGIN_PLAN, CMD_NONE, CMD_BEGIN, NULL },
	{ NOW_DEADLINE_LATE, CMD_CLOCKS, CMD_NONE, NULL },
	{ NOW_HOLIDAYS, CMD_HOLIDAYS, CMD_NONE, NULL },
	{ NOW_DUTY_GAP, CMD_ROSTER, CMD_NONE, NULL },
	{ NOW_REPORTABLE_ASK, CMD_REPORTABLE, CMD_NONE, NULL },
	{ NOW_POINTS_UNCONFIRMED, CMD_POINTS, CMD_NONE, NULL },
	{ NOW_COUNTDOWN, CMD_COUNTDOWNS, CMD_NONE, NULL },
	{ NOW_ALL_CLEAR_LEFT, CMD_ALL_CLEAR, CMD_NONE, NULL },
	{ NOW_TIN_WAITING, CMD_TINS, CMD_NONE, NULL },
	{ NOW_TIN_NEW, CMD_TINS, CMD_NONE, NULL },
	{ NOW_OBLIGATION, CMD_PERIODIC, CMD_NONE, NULL },
	{ NOW_QUICK_DUE, CMD_QUICK, CMD_NONE, NULL },
	{ NOW_HANDOVER_SIGN, CMD_HANDOVER, CMD_NONE, NULL },
	{ NOW_MESSAGE_FAILED, CMD_OUTBOX, CMD_NONE, NULL },
	{ NOW_MESSAGE_HELD, CMD_OUTBOX, CMD_NONE, NULL },
	{ NOW_PROMISE_RAISE, CMD_WAITS, CMD_NONE, N_("call, record it") },
	{ NOW_PROMISE_OVER, CMD_WAITS, CMD_NONE, N_("call, record it") },
	{ NOW_DECISION_ASKED, CMD_DECISIONS, CMD_NONE, N_("give it") },
	{ NOW_DECISION_OVER, CMD_DECISIONS, CMD_NONE, N_("record it") },
	{ NOW_NO_CHANNEL, CMD_OUTBOX, CMD_NONE, NULL },
	{ NOW_ENGINE_ILL, CMD_OUTBOX, CMD_NONE, NULL },
	{ NOW_NO_ENGINE, CMD_SEND_NOW, CMD_NONE, N_("send now") },
};

const struct now_go *
now_go_of(enum now_kind kind)
{
	static const struct now_go other = { NOW_NOTHING, CMD_NONE, CMD_NONE, NULL };

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
	return now_go_of(kind)->in_case;
}

bool
now_is_case(const struct now *now, const char *case_id)
{
	return now->case_id[0] != '\0' && strcmp(now->case_id, case_id) == 0
		&& now_go_of(now->kind)->command == CMD_NONE;
}
