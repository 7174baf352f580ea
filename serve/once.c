/* once.c sends what is due now, tells the counts, and ends. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "core/i18n.h"
#include "core/json.h"
#include "core/when.h"
#include "serve/serve.h"

#define WAIT_MS 250

static struct json *
down_channels(const struct deliver *deliver)
{
	struct json *list = json_array();
	const char *name;
	const char *reply;

	for (int i = 0; deliver_down(deliver, i, &name, &reply); i++) {
		struct json *row = json_object();

		json_set_text(row, "channel", name);
		json_set_text(row, "reply", reply);
		json_push(list, row);
	}
	return list;
}

static void
print_json(const struct serve *serve, const struct deliver *deliver,
	const struct deliver_report *r, const struct engine_state *state)
{
	char at[WHEN_RFC3339_SIZE] = "";
	struct json *o = json_object();
	char *line;

	if (r->next_at != INT64_MAX) {
		when_rfc3339(at, r->next_at, desk_zone(serve->desk));
	}
	json_set_bool(o, "leads", r->leads);
	json_set_text(o, "leader", r->leads ? NULL : r->other);
	json_set_int(o, "handed_over", r->handed_over);
	json_set_int(o, "unknown", r->unknown);
	json_set_int(o, "failed", r->failed);
	json_set_int(o, "dropped", r->dropped);
	json_set_int(o, "expired", r->expired);
	json_set_int(o, "retried", r->retried);
	json_set_int(o, "waiting", state->waiting);
	json_set_text(o, "next_at", at[0] == '\0' ? NULL : at);
	json_set(o, "down", down_channels(deliver));
	line = json_line(o);
	(void)puts(line);
	free(line);
	json_free(o);
}

static void
print_lines(const struct serve *serve, const struct deliver *deliver,
	const struct deliver_report *r, const struct engine_state *state)
{
	char at[WHEN_SHORT_SIZE];
	const char *name;
	const char *reply;

	if (!r->leads) {
		printf(_("another engine leads and delivers: %s\n"), r->other);
		return;
	}
	printf(_("handed over %d, unknown %d, failed %d, dropped %d, expired %d, waiting %lld\n"),
		r->handed_over, r->unknown, r->failed, r->dropped, r->expired,
		(long long)state->waiting);
	for (int i = 0; deliver_down(deliver, i, &name, &reply); i++) {
		printf(_("channel %s is down: %s\n"), name, reply);
	}
	if (state->waiting > 0 && !r->unopened && r->next_at != INT64_MAX &&
	    r->next_at > desk_now(serve->desk)) {
		when_near(at, r->next_at, desk_now(serve->desk), desk_zone(serve->desk));
		printf(_("next try at %s, by an engine that runs then\n"), at);
	}
}

/* Until nothing is due at this moment, another leads, or we are told to end. */
static bool
send_due(struct serve *serve, struct deliver *deliver, int signals,
	struct deliver_report *report, struct error *err)
{
	if (!deliver_round(deliver, report, err)) {
		return false;
	}
	modules_once(serve);
	for (;;) {
		if (!deliver_round(deliver, report, err)) {
			return false;
		}
		if (!report->leads || (report->under_way == 0 &&
			    report->next_at > desk_now(serve->desk))) {
			return true;
		}
		if (deliver_wait(deliver, signals, report->under_way > 0 ? WAIT_MS : 0)) {
			return true;
		}
	}
}

bool
once_run(struct serve *serve, struct error *err)
{
	struct deliver_report *report = &serve->report;
	struct engine_state state;
	struct deliver *deliver;
	int signals = loop_signals(err);
	bool ok;

	if (signals < 0) {
		return false;
	}
	serve->table = serve_modules;
	deliver = serve->deliver = channels_deliver(serve);
	ok = send_due(serve, deliver, signals, report, err);
	if (ok && report->leads) {
		ok = loop_stop(deliver, report, err);
	}
	ok = ok && engine_state(serve->desk, &state, err);
	/* With an error standard output stays empty for scripts. */
	if (ok && !(serve->json && report->unopened)) {
		(serve->json ? print_json : print_lines)(serve, deliver, report, &state);
	}
	ok = ok && (!report->unopened || deliver_unopened(deliver, err));
	modules_stop(serve);
	deliver_free(deliver);
	serve->deliver = NULL;
	(void)close(signals);
	return ok;
}
