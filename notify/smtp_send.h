/* smtp_send.h - one mail at a time to one server, over a connection that is kept
 * (libcurl behind it).  A sender belongs to one thread. */
#ifndef NOTIFY_SMTP_SEND_H
#define NOTIFY_SMTP_SEND_H

#include "core/buf.h"
#include "notify/smtp.h"

/* How to reach the server; outlives its senders and does not change. */
struct smtp_server {
	char *url, *from, *user, *password, *ca_file; /* "" for none */
	bool plain;
	long connect_ms, transfer_ms;
	bool (*stopped)(void *arg); /* true ends a transfer within a second */
	void *arg;
};

struct smtp_outcome {
	enum send_verdict verdict;
	int code;                    /* the reply's number, 0: none came */
	char reply[SEND_REPLY_SIZE];
};

/* Once before the first sender, and once after the last. */
bool smtp_library_start(void);
void smtp_library_end(void);

struct smtp_sender *smtp_sender_new(const struct smtp_server *server);
void smtp_sender_free(struct smtp_sender *sender);

/* Comes back when the server has answered, or a time limit is over.  to NULL: no
 * mail, only whether the server is there (NOOP). */
void smtp_send(struct smtp_sender *sender, const char *to, const struct buf *text,
	struct smtp_outcome *out);

#endif
