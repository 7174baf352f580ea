/* fake_channel.h - a channel whose other side is the test. */
#ifndef TESTS_NOTIFY_FAKE_CHANNEL_H
#define TESTS_NOTIFY_FAKE_CHANNEL_H

#include "notify/results.h"

#define FAKE_MAX 10100

struct fake {
	struct channel channel;
	bool silent;               /* no result until it is not silent any more */
	enum send_verdict verdict; /* of what is started from now on */
	const char *reply;
	int64_t retry_after_ms;    /* goes with each result, as the next does */
	bool alone;
	int room;
	int probes;                /* how often it was asked without a message */
	enum send_verdict there;   /* what that is answered */
	int started, taken;
	struct fake_sent {
		char id[UUID_SIZE];
		char message_id[160];
		char root[160];
		char to[80];
		char subject[200];
		char text[2000];
		bool urgent;
		bool ended;
	} sent[FAKE_MAX];
	struct result_queue results;
};

/* The test's own memory; the delivery closes it without freeing it. */
struct fake *fake_new(void);
void fake_free(struct fake *fake);
/* From now on it can be asked without a message. */
void fake_can_probe(struct fake *fake);
/* Ends all that was started with this verdict. */
void fake_end_all(struct fake *fake, enum send_verdict verdict, const char *reply);
/* How often this message was started. */
int fake_times(const struct fake *fake, const char *id);

#endif
