/* call_rows.c reads the calls of a case. */
#include <stdio.h>
#include <stdlib.h>

#include "core/call.h"

SQL(CALLS_OF_CASE, "t",
	"SELECT p.id, p.n, p.message_id, p.role, p.to_kind, p.to_id, p.to_name, p.number,"
	" p.called_at, p.outcome, p.answered_by, p.result, COALESCE(m.login, ''),"
	" COALESCE(m.name, '') FROM phone_call p LEFT JOIN member m ON m.id = p.caller_id"
	" WHERE p.case_id = $1 ORDER BY p.n");

static void
from_row(struct phone_call *call, struct stmt *st)
{
	*call = (struct phone_call){ .n = (int)stmt_int(st, 1),
		.called_at = stmt_int(st, 8) };
	(void)snprintf(call->id, sizeof call->id, "%s", stmt_text(st, 0));
	(void)snprintf(call->message_id, sizeof call->message_id, "%s", stmt_text(st, 2));
	call->role = stmt_dup(st, 3);
	(void)snprintf(call->to_kind, sizeof call->to_kind, "%s", stmt_text(st, 4));
	(void)snprintf(call->to_id, sizeof call->to_id, "%s", stmt_text(st, 5));
	call->to_name = stmt_dup(st, 6);
	call->number = stmt_dup(st, 7);
	(void)snprintf(call->outcome, sizeof call->outcome, "%s", stmt_text(st, 9));
	call->answered_by = stmt_dup(st, 10);
	call->result = stmt_dup(st, 11);
	call->caller = stmt_dup(st, 12);
	call->caller_name = stmt_dup(st, 13);
}

static void
clear(struct phone_call *call)
{
	free(call->role);
	free(call->to_name);
	free(call->number);
	free(call->answered_by);
	free(call->result);
	free(call->caller);
	free(call->caller_name);
}

bool
phone_call_each(struct desk *desk, const char *case_id, phone_call_visit *visit, void *arg,
	struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), &CALLS_OF_CASE, TXT(case_id));
	bool go_on = true;

	while (go_on && stmt_row(st)) {
		struct phone_call call;

		from_row(&call, st);
		go_on = visit(&call, arg);
		clear(&call);
	}
	return stmt_done(st, err);
}
