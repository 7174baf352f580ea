/* wait_json.c prints promises of others and orders asked for, for scripts. */
#include "cli/wait_json.h"

#include <string.h>

#include "cli/json_out.h"

struct gathering {
	struct cli *cli;
	struct json *list;
	bool of_desk;
	const char *case_id; /* of tasks */
	struct error *err;
	bool failed;
};

static bool
add_asking(const struct asking *asking, void *arg)
{
	struct gathering *g = arg;
	struct json *o = json_object();

	json_set_time(g->cli, o, "at", asking->at);
	json_set_or_null(o, "by", asking->by);
	json_set_or_null(o, "whom", asking->whom);
	json_set_or_null(o, "channel", asking->channel);
	json_set_or_null(o, "text", asking->text);
	json_set_time(g->cli, o, "promised_at", asking->promised_at);
	json_set(o, "raised", asking->raised > 0 ? json_int(asking->raised) : json_null());
	json_push(g->list, o);
	return true;
}

/* Each time that somebody was asked, under this name. */
static bool
set_askings(struct gathering *g, struct json *o, const char *name, const char *about)
{
	struct gathering askings = { .cli = g->cli, .list = json_array() };

	json_set(o, name, askings.list);
	g->failed = !asking_each(g->cli->desk, about, add_asking, &askings, g->err);
	return !g->failed;
}

static const char *
next_word(const struct waiting *w, int64_t now)
{
	static const char *const words[] = {
		[WAITING_NOT_YET] = "wait", [WAITING_ASK] = "ask", [WAITING_RAISE] = "raise",
	};

	return w->ended_at != 0 ? NULL : words[waiting_next(w, now)];
}

static bool
add_waiting(const struct waiting *w, void *arg)
{
	struct gathering *g = arg;
	int64_t now = desk_now(g->cli->desk);
	struct json *o = json_object();

	json_set_int(o, "n", w->n);
	json_set_text(o, "id", w->id);
	json_set_text(o, "case", w->number);
	json_set_or_null(o, "merged_into", w->into);
	json_set_text(o, "state", w->state);
	json_set_or_null(o, "role", w->role);
	json_set_text(o, "waiting_on", w->name);
	json_set_text(o, "what", w->what);
	json_set_or_null(o, "ticket", w->ticket);
	json_set_time(g->cli, o, "promised_at", w->promised_at);
	json_set_bool(o, "overdue", w->ended_at == 0 && w->promised_at < now);
	json_set_int(o, "asked", w->asked);
	json_set_time(g->cli, o, "asked_at", w->asked_at);
	json_set_text(o, "next", next_word(w, now));
	json_set_time(g->cli, o, "next_at", w->ended_at == 0 ? w->next_ask_at : 0);
	json_set_int(o, "raised", w->raised);
	json_set_or_null(o, "raised_to", w->raised_to);
	json_set_or_null(o, "raise_after", w->raise_after);
	json_set_time(g->cli, o, "raise_at", w->ended_at == 0 ? w->raise_at : 0);
	json_set_or_null(o, "owner", w->owner);
	json_set_or_null(o, "step", w->instance);
	json_set_or_null(o, "result", w->result);
	json_set_time(g->cli, o, "created_at", w->created_at);
	json_set_time(g->cli, o, "ended_at", w->ended_at);
	json_push(g->list, o);
	return set_askings(g, o, "askings", w->id);
}

bool
waitings_json(struct cli *cli, const char *case_id, struct json *list, struct error *err)
{
	struct gathering g = { .cli = cli, .list = list, .of_desk = case_id == NULL,
		.err = err };

	return waiting_each(cli->desk, case_id, add_waiting, &g, err) && !g.failed;
}

static bool
add_task(const struct waiting *w, void *arg)
{
	struct gathering *g = arg;
	struct json *o;

	if (strcmp(w->case_id, g->case_id) != 0) {
		return true; /* a task of the case that was merged into this one */
	}
	o = json_object();
	json_set_int(o, "n", w->n);
	json_set_text(o, "id", w->id);
	json_set_text(o, "title", w->what);
	json_set_text(o, "state", w->state);
	json_set_text(o, "origin", "hand");
	json_set_text(o, "type", "waiting");
	json_set_or_null(o, "assignee", w->owner);
	json_set_time(g->cli, o, "due_at", w->ended_at == 0 ? w->next_ask_at : 0);
	json_set_time(g->cli, o, "ended_at", w->ended_at);
	json_set_or_null(o, "note", w->result);
	json_set_text(o, "waiting_on", w->role[0] != '\0' ? w->role : w->name);
	json_set_or_null(o, "ticket", w->ticket);
	json_set_time(g->cli, o, "promised_at", w->promised_at);
	json_set_int(o, "asked", w->asked);
	json_push(g->list, o);
	return true;
}

bool
waiting_tasks_json(struct cli *cli, const char *case_id, struct json *list,
	struct error *err)
{
	struct gathering g = { .cli = cli, .list = list, .case_id = case_id, .err = err };

	return waiting_each(cli->desk, case_id, add_task, &g, err);
}

static bool
add_decision(const struct decision *d, void *arg)
{
	struct gathering *g = arg;
	struct json *o;
	struct decision_reasons why;

	if (!decision_reasons(&why, g->cli->desk, d, g->err)) {
		g->failed = true;
		return false;
	}
	o = json_object();
	json_set_int(o, "n", d->n);
	json_set_text(o, "id", d->id);
	json_set_text(o, "case", d->number);
	json_set_or_null(o, "merged_into", d->into);
	if (g->of_desk) {
		json_set_text(o, "title", d->title);
	}
	json_set_text(o, "state", d->state);
	json_set_text(o, "question", d->question);
	json_set_or_null(o, "role", d->role);
	json_set_text(o, "asked_of", d->name);
	json_set_text(o, "channel", d->channel);
	json_set_or_null(o, "asked_by", d->asked_by);
	json_set_time(g->cli, o, "asked_at", d->asked_at);
	json_set_time(g->cli, o, "until_at", d->until_at);
	json_set_bool(o, "over", d->ended_at == 0 && d->until_at <= desk_now(g->cli->desk));
	json_set(o, "options", d->options != NULL ? json_copy(d->options) : json_null());
	json_set_int(o, "tries", d->tries);
	json_set_or_null(o, "answer", d->answer);
	json_set_or_null(o, "answer_text", decision_label(d, d->answer));
	json_set_or_null(o, "reason", d->answered_at != 0 || d->fallback_at == 0
		? why.answer : why.fallback);
	json_set_or_null(o, "answered_by", d->answered_by);
	json_set_time(g->cli, o, "answered_at", d->answered_at);
	json_set_or_null(o, "fallback", d->fallback);
	json_set_or_null(o, "authority", d->authority);
	json_set_or_null(o, "fallback_by", d->fallback_by);
	json_set_time(g->cli, o, "fallback_at", d->fallback_at);
	json_set_or_null(o, "fallback_reason", why.fallback);
	json_set_or_null(o, "document", d->doc_number);
	json_set_or_null(o, "document_date", d->doc_date);
	json_set_or_null(o, "step", d->instance);
	json_set_time(g->cli, o, "ended_at", d->ended_at);
	decision_reasons_clear(&why);
	json_push(g->list, o);
	return set_askings(g, o, "calls", d->id);
}

bool
decisions_json(struct cli *cli, const char *case_id, enum decision_show show,
	struct json *list, struct error *err)
{
	struct gathering g = { .cli = cli, .list = list, .of_desk = case_id == NULL,
		.err = err };

	return decision_each(cli->desk, case_id, show, add_decision, &g, err) && !g.failed;
}
