/* http_channel.h - what the channels over HTTP share: a channel is how a message
 * is asked and how the answer is read (struct http_way); the rest is here. */
#ifndef NOTIFY_HTTP_CHANNEL_H
#define NOTIFY_HTTP_CHANNEL_H

#include "core/json.h"
#include "notify/http_send.h"
#include "notify/results.h"

/* A message under way; its texts are ours. */
struct http_job {
	struct outgoing m;
	bool probe;  /* no message: whether the other side is there */
	int attempt; /* how many requests were made for it before this one */
	int form;    /* the way's own: which form is tried */
	char *other; /* the way's own, ours: the address that it goes to instead */
	struct http_job *prev, *next;
};

/* A status that this channel reads otherwise than http_verdict() does. */
struct http_rule {
	int status;
	enum send_verdict verdict;
};

struct http_channel;

struct http_way {
	const struct channel_type *type;
	int attempts;                 /* requests for one message at most */
	const struct http_rule *rules; /* ended by status 0; NULL */
	/* Writes the next request of a job.  False: none is made, *out says why. */
	bool (*ask)(struct http_channel *self, struct http_job *job,
		struct http_request *request, struct send_result *out);
	/* Reads the answer.  *out holds the verdict by status and the words so far;
	 * what the body says is added.  False: ask again (job->form, job->other). */
	bool (*hear)(struct http_channel *self, struct http_job *job,
		const struct http_reply *reply, struct send_result *out);
	/* Frees what the way's own struct holds.  NULL: nothing. */
	void (*end)(struct http_channel *self);
};

/* Each HTTP channel begins its private struct with this. */
struct http_channel {
	struct channel channel;
	const struct http_way *way;
	struct http_pool *pool;
	struct result_queue results;
	struct http_job *first;
	const char *secret; /* borrowed from the way: never shown in an answer; NULL */
	bool plain;
	bool many_places;   /* one that is silent says nothing of the others */
	int connections, busy;
};

/* Starts the shared part from [http] of suco.conf; plain is the channel's own.  Takes
 * self over: it is *out, or closed where that fails. */
bool http_channel_open(struct channel **out, struct http_channel *self,
	const struct http_way *way, const struct config *config, bool plain,
	struct error *err);

/* For the channel's table: all of it but name, open and probe. */
#define HTTP_CHANNEL \
	.close = http_channel_close, .room = http_channel_room, \
	.start = http_channel_begin, .fd = http_channel_fd, \
	.timeout = http_channel_timeout, .work = http_channel_work, \
	.result = http_channel_result
void http_channel_close(struct channel *channel);
int http_channel_room(const struct channel *channel);
void http_channel_begin(struct channel *channel, const struct outgoing *message);
int http_channel_fd(const struct channel *channel);
int http_channel_timeout(const struct channel *channel);
void http_channel_work(struct channel *channel);
bool http_channel_result(struct channel *channel, struct send_result *out);
void http_channel_probe(struct channel *channel);

/* False with *out set: for ask(). */
bool http_refuse(struct send_result *out, enum send_verdict verdict, const char *words);
/* Puts words into the result: "%s" first where the status has something to say. */
void http_words(struct send_result *out, const char *words);
/* Blots a key out of words that a server said, also where they end in its midst.
 * NULL: none. */
void http_hide(char *words, const char *secret);
/* The body as JSON; NULL where it is none.  The caller frees. */
struct json *http_json(const struct http_reply *reply);
/* An answer of "yes" that cannot be read: nobody knows what became of it. */
void http_garbage(struct send_result *out, const struct http_reply *reply);
/* Is it http:// or https:// with a host?  key names the line of suco.conf. */
bool http_url_check(const char *url, const char *key, bool plain, struct error *err);
/* Puts JSON into the request, as its body. */
void http_put_json(struct http_request *request, const struct json *body);
/* Percent-encodes everything that is not unreserved. */
void http_escape(struct buf *out, const char *text);

#endif
