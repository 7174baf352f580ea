/* The queue of messages: queue_bench fill DESK N puts N mails, each to an address of
 * its own, into the outbox; queue_bench claim DESK prints the milliseconds of each of
 * some batches that are claimed and handed over to a channel that takes them at once. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/case_open.h"
#include "core/change.h"
#include "core/login.h"
#include "core/member.h"
#include "core/outbox.h"
#include "notify/deliver.h"
#include "notify/results.h"

#define CASES 50
#define BATCHES 12

struct sink {
	struct channel channel;
	struct result_queue results;
};

static void
sink_close(struct channel *channel __attribute__((unused)))
{
}

static int
sink_room(const struct channel *channel)
{
	(void)channel;
	return 64;
}

static void
sink_start(struct channel *channel, const struct outgoing *message)
{
	result_push(&((struct sink *)channel)->results, message->id, SEND_HANDED_OVER, 250,
		"ok");
}

static int
sink_none(const struct channel *channel __attribute__((unused)))
{
	return -1;
}

static void
sink_work(struct channel *channel __attribute__((unused)))
{
}

static bool
sink_result(struct channel *channel, struct send_result *out)
{
	return result_pop(&((struct sink *)channel)->results, out);
}

static const struct channel_type sink_type = { .name = "mail", .close = sink_close,
	.room = sink_room, .start = sink_start, .fd = sink_none, .timeout = sink_none,
	.work = sink_work, .result = sink_result };

static double
ms_now(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static bool
put(struct desk *desk, const char *case_id, int n, struct error *err)
{
	struct json *vars = json_object();
	char address[40];
	bool ok;

	(void)snprintf(address, sizeof address, "m%06d@team.example", n);
	json_set_text(vars, "number", "2026-0001");
	json_set_text(vars, "title", "Mất điện trạm chính");
	json_set_text(vars, "work", "Đọc ắc quy");
	json_set_int(vars, "n", n);
	ok = outbox_queue(desk, &(struct message_new){ .case_id = case_id,
		.to_kind = "member", .to_id = desk_me(desk)->id, .template = "phan_cong",
		.vars = vars, .address = address, .cause = NO_CAUSE }, err);
	json_free(vars);
	return ok;
}

static bool
fill(struct desk *desk, int count, struct error *err)
{
	char cases[CASES][UUID_SIZE];
	bool ok = true;

	for (int i = 0; ok && i < CASES; i++) {
		ok = case_open(desk, &(struct case_new){ .kind = "power", .title = "đo" },
			cases[i], err);
	}
	for (int n = 0; ok && n < count;) {
		ok = change_begin(desk, err);
		for (int i = 0; ok && i < 500 && n < count; i++, n++) {
			ok = put(desk, cases[n % CASES], n, err);
		}
		ok = change_end(desk, ok, err);
	}
	return ok;
}

static bool
claim(struct desk *desk, struct error *err)
{
	struct sink sink = { .channel = { .type = &sink_type } };
	struct deliver_report report = { 0 };
	struct deliver *d = deliver_new(desk, &(struct deliver_options){
		.lease = LEASE_ENGINE, .program = "bench" });
	bool ok;

	deliver_add(d, "mail", &sink.channel, NULL);
	ok = deliver_round(d, &report, err); /* the first knows nothing yet */
	for (int i = 0; ok && i < BATCHES; i++) {
		int before = report.handed_over;
		double begun = ms_now();

		while (ok && report.handed_over - before < 500) {
			ok = deliver_round(d, &report, err);
		}
		printf("%.3f\n", (ms_now() - begun) / (report.handed_over - before) * 64);
	}
	ok = ok && deliver_stop(d, &report, err);
	deliver_free(d);
	result_free(&sink.results);
	return ok;
}

int
main(int argc, char **argv)
{
	struct error err = { .code = ERR_NONE };
	struct desk *desk = NULL;
	char *login = NULL;
	bool fills = argc == 4 && strcmp(argv[1], "fill") == 0;
	bool ok;

	if (!fills && (argc != 3 || strcmp(argv[1], "claim") != 0)) {
		return 2;
	}
	ok = login_name(&login, &err) && desk_open(&desk,
		&(struct desk_options){ .url = argv[2], .login = fills ? login : NULL }, &err) &&
		(fills ? fill(desk, (int)strtol(argv[3], NULL, 10), &err) : claim(desk, &err));
	if (!ok) {
		(void)fprintf(stderr, "queue_bench: %s %s\n", err.message, err.cause);
	}
	desk_close(desk);
	free(login);
	return ok ? 0 : 1;
}
