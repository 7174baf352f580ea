/* answer_look.c reads a message with its case as the one sees it who is asked. */
#include "core/answer_look.h"

#include <stdio.h>
#include <string.h>

#include "core/answer_private.h"
#include "core/i18n.h"

SQL(ASKED_MEMBER, "t",
	"SELECT login, name, language, active FROM member WHERE id = $1");

static bool
whom(struct answer_look *look, struct desk *desk, struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), &ASKED_MEMBER, TXT(look->m.to_id));

	if (stmt_row(st)) {
		stmt_put(look->login, sizeof look->login, st, 0);
		stmt_put(look->name, sizeof look->name, st, 1);
		stmt_put(look->language, sizeof look->language, st, 2);
		look->active = stmt_int(st, 3) != 0;
	}
	return stmt_done(st, err) && (strcmp(look->m.to_kind, "member") == 0 ||
		error_set(err, ERR_FORBIDDEN, _("the message is for %s, who answers it"),
			look->m.to_name));
}

/* What the message is about, else what is due on the case. */
static void
step_of(struct answer_look *look)
{
	struct json *vars = NULL;
	struct error ignored;
	const char *work;

	look->due_at = look->c.next_step == NULL || look->c.next_step[0] == '\0' ? NO_DUE
		: look->c.due_at; /* of nothing named it says nothing */
	look->step_n = look->c.next_n;
	(void)snprintf(look->step, sizeof look->step, "%s",
		look->c.next_step == NULL ? "" : look->c.next_step);
	if (look->m.vars == NULL || !json_parse(&vars, look->m.vars, strlen(look->m.vars),
		    NULL, &ignored)) {
		return;
	}
	work = json_get_text(vars, "work");
	if (work != NULL && json_get_int(vars, "n", 0) != 0) {
		(void)snprintf(look->step, sizeof look->step, "%s", work);
		/* A report's number is that of its clock. */
		look->step_n = strcmp(look->m.template, "goi_han") == 0 ? 0
			: (int)json_get_int(vars, "n", 0);
		look->due_at = json_get_int(vars, "due_at", NO_DUE);
	}
	json_free(vars);
}

static bool
judge(struct answer_look *look, struct desk *desk, struct error *err)
{
	struct deed d = { .desk = desk, .done = &look->done, .m = look->m, .c = look->c,
		.me_id = look->m.to_id, .me_login = look->login, .since = look->m.queued_at };
	bool late = false;

	look->done.end = ANSWER_NOT;
	if (strcmp(look->m.state, "answered") == 0) {
		look->done.end = ANSWER_BEFORE;
		look->done.at = look->m.state_at;
		return true;
	}
	if (look->c.id[0] != '\0' && !look->c.is_open) {
		return answer_over(&look->done, desk, &look->c, err);
	}
	/* Only who was reached from outside looks before he answers. */
	if (!look->active || !answer_may_come(look->m.state, "link")) {
		return true;
	}
	if (look->c.id[0] != '\0' && (!calling_find(&d.calling, desk, look->m.escalation,
		    look->c.id, err) || !answer_late(&d, &late, err))) {
		return false;
	}
	look->done.end = late ? ANSWER_LATE : ANSWER_NOTED;
	look->open = !late;
	return true;
}

bool
answer_look(struct answer_look *out, struct desk *desk, const char *message_id,
	struct error *err)
{
	bool ok;

	*out = (struct answer_look){ 0 };
	ok = message_find(&out->m, desk, message_id, err) && whom(out, desk, err) &&
		(out->m.case_id[0] == '\0' || case_load(&out->c, desk, out->m.case_id, err));
	if (ok) {
		memcpy(out->done.number, out->c.number, sizeof out->done.number);
		step_of(out);
		ok = judge(out, desk, err);
	}
	if (!ok) {
		answer_look_clear(out);
	}
	return ok;
}

void
answer_look_clear(struct answer_look *look)
{
	message_clear(&look->m);
	case_clear(&look->c);
}
