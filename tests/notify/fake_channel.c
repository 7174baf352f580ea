/* fake_channel.c answers as the test says, at once or when it says. */
#include "tests/notify/fake_channel.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/mem.h"

static const struct channel_type fake_channel, fake_probed;

struct fake *
fake_new(void)
{
	struct fake *fake = xcalloc(1, sizeof *fake);

	fake->channel.type = &fake_channel;
	fake->verdict = SEND_HANDED_OVER;
	fake->reply = "250 ok";
	fake->room = 8;
	return fake;
}

void
fake_can_probe(struct fake *fake)
{
	fake->channel.type = &fake_probed;
}

void
fake_free(struct fake *fake)
{
	result_free(&fake->results);
	free(fake);
}

static void
fake_result_of(struct fake *fake, const struct fake_sent *sent, enum send_verdict verdict,
	const char *reply)
{
	struct send_result result = { .verdict = verdict,
		.retry_after_ms = fake->retry_after_ms, .alone = fake->alone };

	(void)snprintf(result.id, sizeof result.id, "%s", sent->id);
	(void)snprintf(result.reply, sizeof result.reply, "%s", reply);
	result_add(&fake->results, &result);
}

void
fake_end_all(struct fake *fake, enum send_verdict verdict, const char *reply)
{
	for (int i = 0; i < fake->started; i++) {
		if (!fake->sent[i].ended) {
			fake->sent[i].ended = true;
			fake_result_of(fake, &fake->sent[i], verdict, reply);
		}
	}
}

int
fake_times(const struct fake *fake, const char *id)
{
	int times = 0;

	for (int i = 0; i < fake->started; i++) {
		times += strcmp(fake->sent[i].id, id) == 0;
	}
	return times;
}

static void
fake_close(struct channel *channel __attribute__((unused)))
{
}

static int
fake_room(const struct channel *channel)
{
	const struct fake *fake = (const struct fake *)channel;

	/* As the real ones count: a connection is free when its result is taken. */
	return fake->room - (fake->started - fake->taken);
}

static void
fake_start(struct channel *channel, const struct outgoing *message)
{
	struct fake *fake = (struct fake *)channel;
	struct fake_sent *sent = &fake->sent[fake->started++];

	(void)snprintf(sent->id, sizeof sent->id, "%s", message->id);
	(void)snprintf(sent->message_id, sizeof sent->message_id, "%s", message->message_id);
	(void)snprintf(sent->root, sizeof sent->root, "%s",
		message->thread_root == NULL ? "" : message->thread_root);
	(void)snprintf(sent->to, sizeof sent->to, "%s", message->to_address);
	(void)snprintf(sent->subject, sizeof sent->subject, "%s", message->subject);
	(void)snprintf(sent->text, sizeof sent->text, "%s", message->text);
	sent->urgent = message->urgent;
	if (!fake->silent) {
		sent->ended = true;
		fake_result_of(fake, sent, fake->verdict, fake->reply);
	}
}

static int
fake_fd(const struct channel *channel __attribute__((unused)))
{
	return -1;
}

static int
fake_timeout(const struct channel *channel)
{
	const struct fake *fake = (const struct fake *)channel;

	return fake->results.first < fake->results.count ? 0 : -1;
}

static void
fake_work(struct channel *channel __attribute__((unused)))
{
}

static bool
fake_result(struct channel *channel, struct send_result *out)
{
	struct fake *fake = (struct fake *)channel;
	bool found = result_pop(&fake->results, out);

	fake->taken += found;
	return found;
}

static const struct channel_type fake_channel = {
	.name = "mail",
	.close = fake_close,
	.room = fake_room,
	.start = fake_start,
	.fd = fake_fd,
	.timeout = fake_timeout,
	.work = fake_work,
	.result = fake_result,
};

static void
fake_probe(struct channel *channel)
{
	struct fake *fake = (struct fake *)channel;
	struct send_result result = { .verdict = fake->there };

	fake->probes++;
	(void)snprintf(result.reply, sizeof result.reply, "probe");
	result_add(&fake->results, &result);
	fake->taken--; /* it takes no room */
}

static const struct channel_type fake_probed = {
	.name = "mail",
	.close = fake_close,
	.room = fake_room,
	.start = fake_start,
	.fd = fake_fd,
	.timeout = fake_timeout,
	.work = fake_work,
	.result = fake_result,
	.probe = fake_probe,
};
