/* deliver_wait.c tells what a delivery waits for: its channels' descriptors, and
 * the time after which they have work without being asked; and under which lease
 * all this is. */
#include <poll.h>

#include "notify/deliver_private.h"

#define RESULTS_WAIT_MS 200 /* for company: one transaction for many */

const struct lease *
deliver_lease(const struct deliver *d)
{
	return &d->lease;
}

int
deliver_fds(const struct deliver *d, struct pollfd *fds, int most, int64_t *ms)
{
	int count = 0;

	for (int i = 0; i < d->slot_count && count < most; i++) {
		struct channel *channel = d->slots[i].channel;
		int timeout;

		if (channel == NULL) {
			continue;
		}
		fds[count++] = (struct pollfd){ .fd = channel->type->fd(channel),
			.events = POLLIN };
		timeout = channel->type->timeout(channel);
		*ms = timeout >= 0 && timeout < *ms ? timeout : *ms;
	}
	if (d->result_count > 0 && *ms > RESULTS_WAIT_MS) {
		*ms = RESULTS_WAIT_MS;
	}
	return count;
}

bool
deliver_wait(const struct deliver *d, int extra, int64_t ms)
{
	struct pollfd ready[CHANNELS_MAX + 1];
	int count;

	ready[0] = (struct pollfd){ .fd = extra, .events = POLLIN };
	count = 1 + deliver_fds(d, ready + 1, CHANNELS_MAX, &ms);
	(void)poll(ready, (nfds_t)count, (int)(ms < 0 ? 0 : ms));
	return extra >= 0 && (ready[0].revents & (POLLIN | POLLHUP | POLLERR)) != 0;
}
