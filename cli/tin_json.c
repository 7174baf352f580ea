/* tin_json.c prints reports of callers and the all-clear list for scripts. */
#include "cli/tin_json.h"

#include <stdio.h>
#include <string.h>

#include "cli/json_out.h"

/* "counter,mail" as an array. */
static struct json *
words(const char *text)
{
	struct json *list = json_array();

	while (*text != '\0') {
		char word[32];
		size_t len = strcspn(text, ",");

		(void)snprintf(word, sizeof word, "%.*s", (int)(len < 31 ? len : 31), text);
		json_push(list, json_string(word));
		text += len + (text[len] == ',');
	}
	return list;
}

static void
set_report(struct cli *cli, struct json *o, const struct tin *tin)
{
	json_set_text(o, "what", tin->what);
	json_set_or_null(o, "unit", tin->unit);
	json_set_or_null(o, "unit_name", tin->unit_name);
	json_set_or_null(o, "caller", tin->caller);
	json_set_or_null(o, "post", tin->post);
	json_set_or_null(o, "callback", tin->callback);
	json_set_text(o, "channel", tin->channel);
	json_set_time(cli, o, "verified_at", tin->verified_at);
	json_set_or_null(o, "verified_by", tin->verified_by);
	json_set_time(cli, o, "reported_at", tin->reported_at);
	json_set_time(cli, o, "detected_at", tin->detected_at);
	json_set_or_null(o, "kind", tin->kind);
	json_set_or_null(o, "asset", tin->asset);
	json_set(o, "down", words(tin->broken));
	json_set(o, "done", words(tin->done));
	json_set_text(o, "secret", tin->secret);
	json_set_or_null(o, "note", tin->note);
	json_set_text(o, "recorded_by", tin->by_name);
}

struct json *
tin_json(struct cli *cli, const struct tin *tin)
{
	struct json *o = json_object();

	json_set_text(o, "id", tin->id);
	json_set_text(o, "n", tin->number);
	json_set_text(o, "number", tin->number);
	json_set_text(o, "state", tin->state);
	json_set_or_null(o, "case", tin->case_number);
	json_set_bool(o, "drill", tin->drill);
	set_report(cli, o, tin);
	json_set_or_null(o, "handler", tin->handler);
	json_set_time(cli, o, "reply_by", tin->reply_by);
	json_set_bool(o, "overdue", tin->reply_by < desk_now(cli->desk));
	json_set_int(o, "replies", tin->replies);
	json_set_time(cli, o, "replied_at", tin->replied_at);
	json_set_or_null(o, "replied_how", tin->replied_how);
	json_set_or_null(o, "help_role", tin->help_role);
	json_set_or_null(o, "result", tin->result);
	json_set_or_null(o, "reason", tin->reason);
	json_set_time(cli, o, "ended_at", tin->ended_at);
	json_set_time(cli, o, "over_told_at", tin->over_told_at);
	json_set_or_null(o, "over_told_by", tin->over_told_by);
	json_set_or_null(o, "over_told_how", tin->over_told_how);
	return o;
}

struct gathering {
	struct cli *cli;
	struct json *list;
};

static bool
add(const struct tin *tin, void *arg)
{
	struct gathering *g = arg;

	json_push(g->list, tin_json(g->cli, tin));
	return true;
}

bool
tins_json(struct cli *cli, const char *case_id, struct json *list, struct error *err)
{
	struct gathering g = { cli, list };

	return tin_each(cli->desk, &(struct tin_filter){ .case_id = case_id,
		.limit = 100000 }, add, &g, err);
}

struct json *
told_json(struct cli *cli, const struct told *row)
{
	struct json *o = json_object();

	json_set_int(o, "n", row->n);
	json_set_text(o, "ref", row->ref);
	json_set_text(o, "name", row->name);
	json_set_or_null(o, "number", row->number);
	json_set_text(o, "how", row->how);
	json_set_time(cli, o, "first_at", row->first_at);
	json_set_text(o, "state", row->over_at == 0 ? "left" : "told");
	json_set_int(o, "tries", row->tries);
	json_set_time(cli, o, "tried_at", row->tried_at);
	json_set_time(cli, o, "told_at", row->over_at);
	json_set(o, "told_by", row->over_at == 0 ? json_null()
		: json_string(row->over_by != NULL && row->over_by[0] != '\0'
			? row->over_by : NULL));
	json_set(o, "told_how", row->over_at == 0 ? json_null()
		: json_string(row->over_how));
	return o;
}
