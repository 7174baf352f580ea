/* http_send.h - requests by HTTP, side by side and without waiting (libcurl's
 * multi handle behind it).  TLS is verified, nothing is followed, an answer is
 * bounded, and each request has its end in time. */
#ifndef NOTIFY_HTTP_SEND_H
#define NOTIFY_HTTP_SEND_H

#include <stdbool.h>
#include <stdint.h>

#include "core/buf.h"
#include "core/error.h"
#include "notify/channel.h"

#define HTTP_ANSWER_MAX ((size_t)64 * 1024)

struct http_pool;

struct http_options {
	const char *ca_file; /* "": the system's */
	const char *proxy;   /* "": none, whatever the environment says */
	long connect_ms, transfer_ms;
	int connections;
};

/* Copies the options.  ERR_UNAVAILABLE where libcurl does not start. */
bool http_pool_new(struct http_pool **out, const struct http_options *options,
	struct error *err);
/* Ends what is under way; nothing is told of it.  NULL is allowed. */
void http_pool_free(struct http_pool *pool);

/* One request; zeroed it is empty.  http_request_clear() frees what it holds. */
struct http_request {
	const char *method; /* "GET", "POST", "PUT" */
	struct buf url;
	struct buf headers; /* "Name: value\n" each */
	struct buf body;
	bool plain;         /* http:// is allowed */
};

void http_request_clear(struct http_request *request);
/* Adds a header; control characters in it are dropped. */
void http_request_header(struct http_request *request, const char *name,
	const char *value);

/* What came of it; texts are borrowed until the call that told it returns. */
struct http_reply {
	int curl_code;        /* 0: an answer was read */
	int status;           /* 0: none came */
	bool said;            /* something of the request may have arrived */
	bool cut;             /* the answer was longer than HTTP_ANSWER_MAX */
	const char *body;     /* NUL-terminated */
	size_t len;
	const char *location; /* where it points elsewhere; "" */
	const char *why;      /* libcurl's words where curl_code is not 0 */
	int64_t retry_after_ms;
};

typedef void http_done(void *arg, void *job, const struct http_reply *reply);

/* Takes what the request holds and leaves it empty. */
void http_send(struct http_pool *pool, struct http_request *request, void *job);
/* To wait for, as a channel's. */
int http_pool_fd(const struct http_pool *pool);
int http_pool_timeout(const struct http_pool *pool);
/* Moves on, and tells each request that ended.  done may send another. */
void http_pool_work(struct http_pool *pool, http_done *done, void *arg);

/* The first reading of an answer, before a channel looks into it. */
enum send_verdict http_verdict(int curl_code, int status, bool said);

#endif
