/* answer_step.c gives back, or passes on, the one step or task that a message had
 * put on somebody; the case stays whose it is. */
#include "core/answer_step.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/answer_private.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/member.h"
#include "core/outbox_bundle.h"
#include "core/task.h"

/* Numbers of steps are those of their plan: the name tells which it was. */
SQL(STEP_HIS, "titt",
	"SELECT id FROM step_instance WHERE case_id = $1 AND n = $2 AND assignee_id = $3"
	" AND ended_at IS NULL ORDER BY (CASE WHEN name = $4 THEN 0 ELSE 1 END), opened_at DESC"
	" LIMIT 1");
SQL(TASK_HIS, "titt",
	"SELECT id FROM task WHERE case_id = $1 AND n = $2 AND assignee_id = $3"
	" AND title = $4 AND state = 'open'");

static answer_step_give *give_step;

void
answer_steps_by(answer_step_give *give)
{
	give_step = give;
}

/* What the message had put on him. */
struct piece {
	int n;
	char *work;             /* ours */
	char *step, *task;      /* ours: id, or NULL */
};

static void
piece_clear(struct piece *p)
{
	free(p->work);
	free(p->step);
	free(p->task);
}

static void
read_piece(struct piece *p, const struct message *m)
{
	struct json *vars = NULL;
	struct error ignored;

	*p = (struct piece){ 0 };
	if (m->vars != NULL && json_parse(&vars, m->vars, strlen(m->vars), NULL, &ignored)) {
		p->n = (int)json_get_int(vars, "n", 0);
		p->work = xstrdup(json_text_of(vars, "work"));
		json_free(vars);
	}
}

bool
answer_of_step(const struct message *m)
{
	struct piece p;
	bool is;

	read_piece(&p, m);
	is = p.n != 0 && m->case_id[0] != '\0' && !message_carries(m);
	piece_clear(&p);
	return is;
}

static bool
find(struct piece *p, const struct deed *d, struct error *err)
{
	struct db *db = desk_db(d->desk);

	return db_one_text(db, &TASK_HIS, &p->task, err, TXT(d->c.id), I64(p->n),
			TXT(d->me_id), TXT(p->work == NULL ? "" : p->work)) &&
		(p->task != NULL || db_one_text(db, &STEP_HIS, &p->step, err, TXT(d->c.id),
			I64(p->n), TXT(d->me_id), TXT(p->work == NULL ? "" : p->work)));
}

static bool
give(const struct piece *p, const struct deed *d, const char *login, struct error *err)
{
	return p->task != NULL ? task_assign(d->desk, d->c.id, p->n, login, err)
		: give_step(d->desk, d->c.id, p->step, login, err);
}

/* Who leads the case has its work: he is told.  "": he himself, or nobody who can. */
static void
who_is_next(const struct deed *d, char login[PERSON_SIZE])
{
	char id[UUID_SIZE];
	struct error ignored;
	bool other = d->c.owner_id[0] != '\0' && strcmp(d->c.owner_id, d->me_id) != 0 &&
		member_worker(d->desk, d->c.owner_login, id, &ignored);

	(void)snprintf(login, PERSON_SIZE, "%s", other ? d->c.owner_login : "");
}

/* Calls of the step itself go on by themselves; else its next is who leads the
 * case. */
static bool
give_back(struct piece *p, struct deed *d, struct error *err)
{
	char login[PERSON_SIZE] = "";

	if (d->m.escalation[0] == '\0') {
		who_is_next(d, login);
	}
	d->done->next = d->done->next || login[0] != '\0';
	return give(p, d, login, err);
}

bool
answer_step(struct deed *d, bool *his, struct error *err)
{
	struct piece p;
	bool pass = d->what->what == ANSWER_PASS;
	bool ok;

	read_piece(&p, &d->m);
	ok = find(&p, d, err);
	*his = ok && (p.task != NULL || p.step != NULL);
	if (*his && p.step != NULL && give_step == NULL) {
		d->done->end = ANSWER_NOT;
		(void)snprintf(d->done->why, sizeof d->done->why, "%s",
			_("this program cannot give a step to others: it is still yours"));
	} else if (*his) {
		ok = pass ? give(&p, d, d->what->to, err) : give_back(&p, d, err);
	}
	piece_clear(&p);
	return ok;
}
