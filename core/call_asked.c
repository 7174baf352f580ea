/* call_asked.c counts calls for an order among those of the call list. */
#include "core/call_asked.h"

#include <stdint.h>
#include <string.h>

SQL(ASKED_BY_PHONE, "t",
	"SELECT d.role, COALESCE(s.value, ''), a.at, a.by_name, '', '', 0 FROM decision d"
	" JOIN asking a ON a.waiting_id = d.id"
	" LEFT JOIN setting s ON s.name = 'agent.' || d.role"
	" WHERE d.case_id = $1 AND d.role <> '' AND a.channel = 'phone'"
	" UNION ALL SELECT d.role, COALESCE(s.value, ''), d.answered_at, '', d.answered_by,"
	" d.question, 1 FROM decision d LEFT JOIN setting s ON s.name = 'agent.' || d.role"
	" WHERE d.case_id = $1 AND d.role <> '' AND d.channel = 'phone' AND d.answered_at > 0"
	" ORDER BY 3");

/* By login, by role, or by what the settings say of the role. */
static bool
is_row(const struct json *row, const char *role, const char *mapped)
{
	const char *to = json_get_text(row, "to");

	if (strncmp(mapped, "contact:", 8) == 0) {
		mapped += 8;
	}
	return strcmp(to, role) == 0 || (mapped[0] != '\0' && strcmp(to, mapped) == 0) ||
		(strncmp(to, "member:", 7) == 0 && strcmp(to + 7, role) == 0);
}

static void
take(struct json *row, struct stmt *st)
{
	bool reached = stmt_int(st, 6) != 0;
	bool answered = strcmp(json_get_text(row, "state"), "answered") == 0;

	json_set_int(row, "tries", json_get_int(row, "tries", 0) + 1);
	if (answered || stmt_int(st, 2) < json_get_int(row, "at", 0)) {
		return;
	}
	json_set_text(row, "state", reached ? "answered" : "no_answer");
	json_set_int(row, "at", stmt_int(st, 2));
	json_set_text(row, "by", stmt_text(st, 3));
	json_set_text(row, "answered_by", stmt_text(st, 4));
	json_set_text(row, "result", stmt_text(st, 5));
}

bool
call_asked(struct desk *desk, const char *case_id, struct json *list, struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), &ASKED_BY_PHONE, TXT(case_id));

	while (stmt_row(st)) {
		for (const struct json *row = json_first(list); row != NULL;
		     row = json_next(row)) {
			if (is_row(row, stmt_text(st, 0), stmt_text(st, 1))) {
				take((struct json *)(uintptr_t)row, st);
			}
		}
	}
	return stmt_done(st, err);
}
