/* http_child.h - the HTTP server of http_server.py as a child of a test. */
#ifndef TESTS_SERVERS_HTTP_CHILD_H
#define TESTS_SERVERS_HTTP_CHILD_H

#include "core/json.h"
#include "notify/channel.h"
#include "tests/servers/child.h"

struct http_child {
	struct child at;
	char url[64];      /* http://127.0.0.1:PORT or https:// */
	char host[40];     /* 127.0.0.1:PORT */
	int expected;      /* requests of all scripts so far */
};

void http_child_start(struct http_child *child, const char *tls);
void http_child_stop(struct http_child *child);
/* A JSON list of steps with ' instead of ": one for each request that comes. */
void http_child_script(struct http_child *child, const char *steps);
/* The n-th request from the end (1: the last), the caller frees. */
struct json *http_child_seen(const struct http_child *child, int from_end);
/* Fails where a request came that nobody expected, or an expected one did not. */
void http_child_check(const struct http_child *child);

/* A file in the server's folder with mode 0600; the path is the caller's. */
char *http_child_file(const struct http_child *child, const char *name, const char *text);

/* Opens the channel with this suco.conf (%s free of it), or fails the test. */
struct channel *channel_with(const struct channel_type *type, const char *conf);
void channel_end(struct channel *channel);
/* Sends one message and waits for its result, at most 20 s. */
struct send_result channel_send(struct channel *channel, const struct outgoing *message);
struct send_result channel_probe(struct channel *channel);
/* An ordinary message to this address. */
struct outgoing message_to(const char *address);

#endif
