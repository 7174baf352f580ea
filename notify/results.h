/* results.h - results that wait to be taken, for the channels' own use. */
#ifndef NOTIFY_RESULTS_H
#define NOTIFY_RESULTS_H

#include "notify/channel.h"

struct result_queue {
	struct send_result *rows; /* ours */
	int first, count, cap;
};

/* Copies; reply is cut and cleaned of control characters; NULL means "".  A no without
 * the other side's number was said here: it tells of this message alone. */
void result_push(struct result_queue *queue, const char *id,
	enum send_verdict verdict, int code, const char *reply);
/* The same of a whole result. */
void result_add(struct result_queue *queue, const struct send_result *result);
bool result_pop(struct result_queue *queue, struct send_result *out);
void result_free(struct result_queue *queue);

#endif
