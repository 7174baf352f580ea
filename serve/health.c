/* health.c is GET /health: does this engine do its work, and what waits. */
#include <stdlib.h>

#include "core/json.h"
#include "core/when.h"
#include "serve/door.h"
#include "serve/serve.h"

SQL(SCHEMA, "", "SELECT schema_number FROM head");

static struct json *
time_of(const struct serve *serve, int64_t at)
{
	char text[WHEN_RFC3339_SIZE];

	if (at == 0 || at == INT64_MAX) {
		return json_null();
	}
	when_rfc3339(text, at, desk_zone(serve->desk));
	return json_string(text);
}

static struct json *
down_channels(const struct serve *serve)
{
	struct json *list = json_array();
	const char *name;
	const char *reply;

	for (int i = 0; deliver_down(serve->deliver, i, &name, &reply); i++) {
		struct json *row = json_object();

		json_set_text(row, "channel", name);
		json_set_text(row, "reply", reply);
		json_push(list, row);
	}
	return list;
}

static void
answer(struct serve *serve, const struct http_request *request __attribute__((unused)),
	struct http_reply *reply)
{
	const struct deliver_report *r = &serve->report;
	struct engine_state state;
	struct json *o = json_object();
	struct error err = ERROR_INIT;
	int64_t schema = 0;
	bool ok = engine_state(serve->desk, &state, &err) &&
		db_one_int(desk_db(serve->desk), &SCHEMA, &schema, &err, NOARGS);
	char *line;

	json_set_bool(o, "ok", ok && state.leads);
	json_set_text(o, "error", ok ? NULL : err.message);
	if (ok) {
		json_set_int(o, "schema", schema);
		json_set_bool(o, "leads", r->leads);
		json_set_text(o, "leader", r->leads ? NULL : r->other);
		json_set_int(o, "waiting", state.waiting);
		json_set(o, "waiting_since", time_of(serve, state.since));
		json_set(o, "down", down_channels(serve));
	}
	line = json_line(o);
	reply->status = ok && state.leads ? 200 : 503;
	reply->type = "application/json";
	buf_addf(&reply->body, "%s\n", line);
	free(line);
	json_free(o);
}

const struct http_door door_health = {
	.methods = HTTP_GET, .path = "/health", .local = true, .answer = answer,
};
