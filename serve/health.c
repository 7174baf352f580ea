/* health.c is GET /health: does this engine do its work, and what waits. */
#include "serve/health.h"

#include <stdlib.h>

#include "core/backup.h"
#include "core/json.h"
#include "core/when.h"
#include "serve/audit.h"
#include "serve/door.h"
#include "serve/heartbeat.h"
#include "serve/serve.h"

#define OVERDUE_MS 120000

SQL(SCHEMA, "", "SELECT schema_number FROM head");
SQL(RUNNING, "", "SELECT COUNT(*) FROM escalation WHERE state = 'running'");
SQL(OVERDUE, "i",
	"SELECT COUNT(*) FROM escalation WHERE state = 'running' AND next_at < $1");
SQL(CHANNELS, "", "SELECT name, state, since, last_ok_at, reply FROM local_channel"
	" ORDER BY name");

bool
health_read(struct serve *serve, struct health *out, struct error *err)
{
	struct db *db = desk_db(serve->desk);

	*out = (struct health){ .now = desk_now(serve->desk) };
	return engine_state(serve->desk, &out->engine, err) &&
		db_one_int(db, &SCHEMA, &out->schema, err, NOARGS) &&
		db_one_int(db, &RUNNING, &out->running, err, NOARGS) &&
		db_one_int(db, &OVERDUE, &out->overdue, err, I64(out->now - OVERDUE_MS)) &&
		backup_last(serve->desk, &out->backup_at, err);
}

bool
health_channels(struct serve *serve, health_channel *each, void *arg, struct error *err)
{
	struct stmt *st = db_query(desk_db(serve->desk), &CHANNELS, NOARGS);

	while (stmt_row(st)) {
		each(&(struct health_of_channel){ .name = stmt_text(st, 0),
			.up = stmt_text(st, 1)[0] != 'd', .since = stmt_int(st, 2),
			.ok_at = stmt_int(st, 3), .reply = stmt_text(st, 4) }, arg);
	}
	return stmt_done(st, err);
}

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

struct listing {
	const struct serve *serve;
	struct json *list;
};

static void
add_channel(const struct health_of_channel *c, void *arg)
{
	struct listing *l = arg;
	struct json *row = json_object();

	json_set_text(row, "channel", c->name);
	json_set_bool(row, "up", c->up);
	json_set(row, "since", time_of(l->serve, c->since));
	json_set(row, "last_ok", time_of(l->serve, c->ok_at));
	json_set_text(row, "reply", c->up ? NULL : c->reply);
	json_push(l->list, row);
}

static struct json *
modules(const struct serve *serve, int64_t now)
{
	struct json *list = json_array();

	for (int i = 0; serve->table[i] != NULL; i++) {
		const struct module_state *s = &serve->modules[i];
		struct json *row = json_object();

		json_set_text(row, "module", serve->table[i]->name);
		json_set_bool(row, "ok", s->failed == 0);
		json_set(row, "last_turn", time_of(serve, s->ran_at));
		json_set(row, "age_s", s->ran_at == 0 ? json_null()
			: json_int((now - s->ran_at) / 1000));
		json_set_int(row, "failures", s->failures);
		json_set_text(row, "error", s->failed == 0 ? NULL : s->why);
		json_push(list, row);
	}
	return list;
}

static struct json *
heartbeat(const struct serve *serve)
{
	struct json *o = json_object();
	const char *why;
	bool fine;

	if (!heartbeat_known(serve, &fine, &why)) {
		json_free(o);
		return json_null();
	}
	json_set_bool(o, "ok", fine);
	json_set_text(o, "error", fine ? NULL : why);
	return o;
}

static bool
write_json(struct serve *serve, struct json *o, bool *well, struct error *err)
{
	struct listing channels = { .serve = serve, .list = json_array() };
	struct json *problems = NULL;
	struct health h;

	if (!health_read(serve, &h, err) || !audit_look(serve, &problems, err) ||
	    !health_channels(serve, add_channel, &channels, err)) {
		json_free(channels.list);
		json_free(problems);
		return false;
	}
	*well = h.engine.leads && json_count(problems) == 0;
	json_set_int(o, "schema", h.schema);
	json_set_bool(o, "leads", serve->report.leads);
	json_set_text(o, "leader", serve->report.leads ? NULL : serve->report.other);
	json_set_int(o, "waiting", h.engine.waiting);
	json_set(o, "waiting_since", time_of(serve, h.engine.since));
	json_set_int(o, "escalations", h.running);
	json_set_int(o, "escalations_overdue", h.overdue);
	json_set(o, "last_backup", time_of(serve, h.backup_at));
	json_set(o, "audited", time_of(serve, serve->audited_at));
	json_set(o, "heartbeat", heartbeat(serve));
	json_set(o, "problems", problems);
	json_set(o, "channels", channels.list);
	json_set(o, "modules", modules(serve, h.now));
	return true;
}

static void
answer(struct serve *serve, const struct http_request *request __attribute__((unused)),
	struct http_reply *reply)
{
	struct json *o = json_object();
	struct error err = ERROR_INIT;
	bool well = false;
	char *line;

	json_set_bool(o, "ok", false);
	json_set_text(o, "error", NULL);
	if (!write_json(serve, o, &well, &err)) {
		json_set_text(o, "error", err.message);
	}
	json_set_bool(o, "ok", well);
	line = json_line(o);
	reply->status = well ? 200 : 503;
	reply->type = "application/json";
	buf_addf(&reply->body, "%s\n", line);
	free(line);
	json_free(o);
}

const struct http_door door_health = {
	.methods = HTTP_GET, .path = "/health", .local = true, .answer = answer,
};
