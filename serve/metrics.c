/* metrics.c is GET /metrics: counters and gauges in Prometheus's text form.  No
 * text of cases, no names of people. */
#include <string.h>

#include "serve/audit.h"
#include "serve/door.h"
#include "serve/health.h"
#include "serve/serve.h"

SQL(COUNTS, "", "SELECT name, value FROM kept_count WHERE name >= 'messages.'"
	" AND name < 'messages/' ORDER BY name");

static void
head(struct buf *out, const char *name, const char *type, const char *help)
{
	buf_addf(out, "# HELP suco_%s %s\n# TYPE suco_%s %s\n", name, help, name, type);
}

static void
one(struct buf *out, const char *name, const char *type, const char *help, int64_t value)
{
	head(out, name, type, help);
	buf_addf(out, "suco_%s %lld\n", name, (long long)value);
}

/* A value between quotes: backslash, quote and new line are escaped. */
static void
label(struct buf *out, const char *text)
{
	for (; *text != '\0'; text++) {
		if (*text == '\\' || *text == '"') {
			buf_addc(out, '\\');
			buf_addc(out, *text);
		} else {
			buf_addc(out, (unsigned char)*text < ' ' ? ' ' : *text);
		}
	}
}

static void
row(struct buf *out, const char *name, const char *key, const char *of, int64_t value)
{
	buf_addf(out, "suco_%s{%s=\"", name, key);
	label(out, of);
	buf_addf(out, "\"} %lld\n", (long long)value);
}

static void
row_ms(struct buf *out, const char *name, const char *key, const char *of, int64_t ms)
{
	buf_addf(out, "suco_%s{%s=\"", name, key);
	label(out, of);
	buf_addf(out, "\"} %lld.%03lld\n", (long long)(ms / 1000), (long long)(ms % 1000));
}

static int64_t
seconds(int64_t ms)
{
	return ms / 1000;
}

static bool
messages(struct serve *serve, struct buf *out, struct error *err)
{
	struct stmt *st = db_query(desk_db(serve->desk), &COUNTS, NOARGS);

	head(out, "messages", "gauge", "Messages by state.");
	while (stmt_row(st)) {
		row(out, "messages", "state", stmt_text(st, 0) + strlen("messages."),
			stmt_int(st, 1));
	}
	return stmt_done(st, err);
}

static void
channel_up(const struct health_of_channel *c, void *arg)
{
	row(arg, "channel_up", "channel", c->name, c->up);
}

static void
channel_ok(const struct health_of_channel *c, void *arg)
{
	if (c->ok_at != 0) {
		row(arg, "channel_last_success_timestamp_seconds", "channel", c->name,
			seconds(c->ok_at));
	}
}

static bool
channels(struct serve *serve, struct buf *out, struct error *err)
{
	head(out, "channel_up", "gauge", "1 where the channel answers.");
	if (!health_channels(serve, channel_up, out, err)) {
		return false;
	}
	head(out, "channel_last_success_timestamp_seconds", "gauge",
		"When the channel last took a message.");
	return health_channels(serve, channel_ok, out, err);
}

enum column { TURNS, FAILURES, FAILING, LAST, TOOK };

static int64_t
cell(const struct module_state *s, enum column column)
{
	switch (column) {
	case TURNS:
		return s->turns;
	case FAILURES:
		return s->failures;
	case FAILING:
		return s->failed > 0;
	case LAST:
		return s->ran_at;
	case TOOK:
	default:
		return s->took_ms;
	}
}

static void
modules(const struct serve *serve, struct buf *out)
{
	static const struct {
		const char *name, *type, *help;
	} columns[] = {
		[TURNS] = { "module_turns_total", "counter", "Turns of the module." },
		[FAILURES] = { "module_failures_total", "counter", "Turns that failed." },
		[FAILING] = { "module_failing", "gauge", "1 where the last turn failed." },
		[LAST] = { "module_last_turn_timestamp_seconds", "gauge",
			"When the last turn began." },
		[TOOK] = { "module_last_turn_seconds", "gauge",
			"How long the last turn took." },
	};

	for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
		head(out, columns[i].name, columns[i].type, columns[i].help);
		for (int m = 0; serve->table[m] != NULL; m++) {
			(i >= LAST ? row_ms : row)(out, columns[i].name, "module",
				serve->table[m]->name, cell(&serve->modules[m], (enum column)i));
		}
	}
}

static void
http(const struct serve *serve, struct buf *out)
{
	static const char *const classes[] = { "0xx", "1xx", "2xx", "3xx", "4xx", "5xx" };
	struct httpd_counts counts;

	httpd_count(serve->httpd, &counts);
	head(out, "http_answers_total", "counter", "Answers of the HTTP doors.");
	for (size_t i = 2; i < sizeof classes / sizeof *classes; i++) {
		row(out, "http_answers_total", "class", classes[i], counts.answers[i]);
	}
	one(out, "http_refused_total", "counter",
		"Connections refused or cut for being too many or too slow.", counts.refused);
	one(out, "http_connections", "gauge", "Connections open now.", counts.open);
}

static bool
write_all(struct serve *serve, struct buf *out, struct error *err)
{
	struct health h;

	if (!health_read(serve, &h, err)) {
		return false;
	}
	one(out, "leads", "gauge", "1 where this engine holds the lease.", serve->report.leads);
	one(out, "schema", "gauge", "Schema number of the desk.", h.schema);
	one(out, "messages_waiting", "gauge", "Messages queued or unknown.", h.engine.waiting);
	one(out, "messages_oldest_wait_seconds", "gauge", "Age of the oldest of them.",
		h.engine.since == 0 ? 0 : seconds(h.now - h.engine.since));
	one(out, "escalations_running", "gauge", "Calls for help that nobody answered yet.",
		h.running);
	one(out, "escalations_overdue", "gauge", "Of these, with a next call long past.",
		h.overdue);
	one(out, "people_called_total", "counter", "People called by escalation.",
		serve->called);
	one(out, "audit_ok", "gauge", "1 where the last audit found nothing.",
		serve->audited_at != 0 && !serve->audit_failed);
	one(out, "audit_timestamp_seconds", "gauge", "When the last audit ended.",
		seconds(serve->audited_at));
	one(out, "backup_timestamp_seconds", "gauge", "When the last backup was made.",
		seconds(h.backup_at));
	modules(serve, out);
	http(serve, out);
	return messages(serve, out, err) && channels(serve, out, err);
}

static void
answer(struct serve *serve, const struct http_request *request __attribute__((unused)),
	struct http_reply *reply)
{
	struct error err = ERROR_INIT;

	reply->type = "text/plain; version=0.0.4; charset=utf-8";
	if (!write_all(serve, &reply->body, &err)) {
		http_say(reply, 503, err.message);
	}
}

const struct http_door door_metrics = {
	.methods = HTTP_GET, .path = "/metrics", .local = true, .answer = answer,
};
