/* hand_json.c prints calls, posts and confirmations for scripts. */
#include "cli/hand_json.h"

#include <string.h>

#include "cli/json_out.h"
#include "core/call.h"

struct gathering {
	struct cli *cli;
	struct json *list;
};

static bool
push_call(const struct phone_call *call, void *arg)
{
	struct gathering *g = arg;
	struct json *o = json_object();

	json_set_int(o, "n", call->n);
	json_set_text(o, "id", call->id);
	json_set_text(o, "state", call->outcome);
	json_set_text(o, "kind", call->to_kind);
	json_set_or_null(o, "role", call->role);
	json_set_text(o, "to", call->to_name);
	json_set_or_null(o, "number", call->number);
	json_set_time(g->cli, o, "called_at", call->called_at);
	json_set_or_null(o, "answered_by", call->answered_by);
	json_set_or_null(o, "result", call->result);
	json_set_or_null(o, "by", call->caller);
	json_set_or_null(o, "message", call->message_id);
	json_push(g->list, o);
	return true;
}

bool
calls_json(struct cli *cli, const char *case_id, struct json *list, struct error *err)
{
	struct gathering g = { cli, list };

	return phone_call_each(cli->desk, case_id, push_call, &g, err);
}

/* Empty texts become null, the named numbers times. */
static struct json *
cleaned(struct cli *cli, const struct json *row, const char *const *times)
{
	struct json *o = json_object();

	for (const struct json *field = json_first(row); field != NULL;
	     field = json_next(field)) {
		const char *key = json_key(field);
		bool time = false;

		for (int i = 0; times[i] != NULL; i++) {
			time = time || strcmp(times[i], key) == 0;
		}
		if (time) {
			json_set_time(cli, o, key, json_integer(field, 0));
		} else if (json_is(field, JSON_STRING)) {
			json_set_or_null(o, key, json_text(field, ""));
		} else {
			json_set(o, key, json_copy(field));
		}
	}
	return o;
}

struct json *
call_line_json(struct cli *cli, const struct json *line)
{
	static const char *const times[] = { "at", NULL };
	static const char *const inner[] = { "since", NULL };
	struct json *o = cleaned(cli, line, times);

	if (json_is(json_get(line, "calling"), JSON_OBJECT)) {
		json_set(o, "calling", cleaned(cli, json_get(line, "calling"), inner));
	}
	if (json_is(json_get(line, "next"), JSON_OBJECT)) {
		json_set(o, "next", cleaned(cli, json_get(line, "next"), inner));
	}
	return o;
}

struct json *
post_json(struct cli *cli, const struct json *post)
{
	static const char *const times[] = { "at", NULL };

	return cleaned(cli, post, times);
}

struct json *
confirmation_json(struct cli *cli, const struct json *row)
{
	static const char *const times[] = { "at", NULL };
	struct json *o = cleaned(cli, row, times);

	json_remove(o, "point");
	if (json_get_int(o, "point_n", 0) == 0) {
		json_set(o, "point_n", json_null());
	}
	return o;
}
