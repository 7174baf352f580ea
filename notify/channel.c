/* channel.c - what the channels share: words for verdicts, and the queue of
 * results that wait to be taken. */
#include "notify/channel.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "core/text.h"
#include "notify/results.h"

static const char *const verdict_words[] = {
	[SEND_HANDED_OVER] = "handed_over",
	[SEND_UNKNOWN] = "unknown",
	[SEND_TEMPORARY] = "temporary",
	[SEND_PERMANENT] = "permanent",
	[SEND_UNREACHABLE] = "unreachable",
	[SEND_CHANNEL_FAULT] = "channel_fault",
	[SEND_ANSWERED] = "answered",
};

const char *
send_verdict_word(enum send_verdict verdict)
{
	return verdict_words[verdict];
}

/* Servers speak in any encoding and over several lines. */
static void
clean_reply(char out[SEND_REPLY_SIZE], const char *reply)
{
	char *flat = xstrdup(reply);
	size_t len = strlen(flat);
	size_t used = 0;
	char *line;

	while (len > 0 && strchr("\r\n\t ", flat[len - 1]) != NULL) {
		len--;
	}
	for (size_t i = 0; i < len; i++) {
		if (strchr("\r\n\t", flat[i]) != NULL) {
			flat[i] = ' ';
		}
	}
	line = text_printable(flat, len);
	for (size_t step; line[used] != '\0'; used += step) {
		step = text_next(line, used);
		if (step == 0 || used + step >= SEND_REPLY_SIZE) {
			break;
		}
	}
	memcpy(out, line, used);
	out[used] = '\0';
	free(line);
	free(flat);
}

void
result_add(struct result_queue *queue, const struct send_result *result)
{
	struct send_result *row;
	char reply[SEND_REPLY_SIZE];

	if (queue->first > 0 && queue->first == queue->count) {
		queue->first = queue->count = 0;
	}
	if (queue->count == queue->cap) {
		queue->cap = queue->cap == 0 ? 16 : queue->cap * 2;
		queue->rows = xrealloc(queue->rows,
			(size_t)queue->cap * sizeof(*queue->rows));
	}
	row = &queue->rows[queue->count++];
	*row = *result;
	clean_reply(reply, result->reply);
	memcpy(row->reply, reply, sizeof reply);
}

void
result_push(struct result_queue *queue, const char *id,
	enum send_verdict verdict, int code, const char *reply)
{
	struct send_result row = { .verdict = verdict, .code = code,
		.alone = code == 0 && (verdict == SEND_PERMANENT || verdict == SEND_TEMPORARY) };

	snprintf(row.id, sizeof(row.id), "%s", id);
	clean_reply(row.reply, reply != NULL ? reply : "");
	result_add(queue, &row);
}

bool
result_pop(struct result_queue *queue, struct send_result *out)
{
	if (queue->first == queue->count) {
		return false;
	}
	*out = queue->rows[queue->first++];
	return true;
}

void
result_free(struct result_queue *queue)
{
	free(queue->rows);
	*queue = (struct result_queue){ .rows = NULL };
}

void
channel_wait(const struct channel *channel, int ms)
{
	struct pollfd ready = { .fd = channel->type->fd(channel), .events = POLLIN };
	int timeout = channel->type->timeout(channel);

	(void)poll(&ready, 1, timeout >= 0 && timeout < ms ? timeout : ms);
}
