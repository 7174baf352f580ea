/* deadline_json.c prints clocks and notices for scripts. */
#include "cli/deadline_json.h"

#include <string.h>

#include "cli/json_out.h"

struct json *
deadline_json(struct cli *cli, const struct deadline *d)
{
	struct json *o = json_object();
	bool running = strcmp(d->state, "running") == 0;

	json_set_int(o, "n", d->n);
	json_set_text(o, "id", d->id);
	json_set_text(o, "case", d->number);
	json_set_text(o, "state", d->state);
	json_set_or_null(o, "form", d->form);
	json_set_text(o, "rule", d->rule);
	json_set_text(o, "title", deadline_title(d));
	json_set_or_null(o, "on_behalf_of", d->behalf);
	json_set_or_null(o, "recipient", d->recipient);
	json_set_or_null(o, "recipient_name", d->recipient_name);
	json_set_text(o, "start_event", d->start_event);
	json_set_time(cli, o, "started_at", d->start_at);
	json_set_or_null(o, "span", d->span);
	json_set_time(cli, o, "due_at", d->due_at);
	json_set_bool(o, "late", running ? d->due_at < desk_now(cli->desk)
		: d->met_at != 0 && d->met_at > d->due_at);
	json_set_or_null(o, "condition", d->condition);
	json_set_bool(o, "lawful", d->lawful);
	json_set_time(cli, o, "met_at", d->met_at);
	json_set_or_null(o, "notice", d->notice_id);
	json_set_or_null(o, "reason", d->reason);
	json_set_or_null(o, "decided_by", d->decided_by);
	json_set_or_null(o, "source", d->source);
	return o;
}

struct json *
notice_json(struct cli *cli, const struct notice *n)
{
	struct json *o = json_object();

	json_set_int(o, "n", n->n);
	json_set_text(o, "id", n->id);
	json_set_text(o, "state", n->state);
	json_set_text(o, "form", n->form);
	json_set_or_null(o, "deadline", n->deadline_id);
	json_set_or_null(o, "number", n->number);
	json_set_or_null(o, "date", n->doc_date);
	json_set_or_null(o, "to", n->to_role);
	json_set_or_null(o, "to_name", n->to_name);
	json_set_or_null(o, "channel", n->channel);
	json_set_time(cli, o, "sent_at", n->sent_at);
	json_set_or_null(o, "sent_by", n->sent_by);
	json_set_time(cli, o, "confirmed_at", n->confirmed_at);
	json_set_or_null(o, "confirmed_by", n->confirmed_by);
	json_set_or_null(o, "head", n->head);
	json_set_or_null(o, "text", n->text);
	return o;
}

struct pushing {
	struct cli *cli;
	struct json *list;
};

static bool
push_deadline(const struct deadline *d, void *arg)
{
	struct pushing *p = arg;

	json_push(p->list, deadline_json(p->cli, d));
	return true;
}

static bool
push_notice(const struct notice *n, void *arg)
{
	struct pushing *p = arg;

	json_push(p->list, notice_json(p->cli, n));
	return true;
}

bool
deadlines_json(struct cli *cli, const char *case_id, struct json *list,
	struct error *err)
{
	struct pushing p = { cli, list };

	return deadline_each(cli->desk, case_id, false, push_deadline, &p, err);
}

bool
notices_json(struct cli *cli, const char *case_id, struct json *list, struct error *err)
{
	struct pushing p = { cli, list };

	return notice_each(cli->desk, case_id, push_notice, &p, err);
}
