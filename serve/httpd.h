/* httpd.h - the engine's HTTP server: one libmicrohttpd daemon inside the
 * engine's own poll loop, and a table of doors.  A door is one file that exports
 * a `const struct http_door` and a row in serve/doors.c.
 *
 * What stands between a stranger and a door: only GET, HEAD and POST; a body of
 * HTTP_BODY_MAX; headers of a few KiB; HTTP_SECONDS for a connection from its
 * begin (or its last answer) to its end; so many connections, and so many of one
 * address.  Nothing here blocks. */
#ifndef SERVE_HTTPD_H
#define SERVE_HTTPD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/buf.h"
#include "core/error.h"

struct serve;
struct httpd;
struct pollfd;

#define HTTP_BODY_MAX ((size_t)64 * 1024)
#define HTTP_SECONDS 8
#define HTTP_CONNECTIONS 64
#define HTTP_CONNECTIONS_EACH 12 /* of one address; loopback is a proxy: all */
#define HTTP_HEADERS_MAX 8

enum http_method { HTTP_GET = 1, HTTP_POST = 2 };

/* All borrowed, valid until the door returns. */
struct http_request {
	enum http_method method; /* HEAD comes as GET */
	const char *path;        /* decoded, without the query: "/a/TOKEN" */
	const char *rest;        /* what follows the door's prefix: "TOKEN" */
	const char *body;        /* NUL-terminated; "" */
	size_t len;
	char from[64];           /* numeric address of the other side */
	bool loopback;           /* ... which is this host */
	void *inside;
};

/* NULL where there is none.  Names are found whatever their case. */
const char *http_header(const struct http_request *request, const char *name);
/* ?name=value of the query, decoded. */
const char *http_query(const struct http_request *request, const char *name);
/* name=value of a body of type application/x-www-form-urlencoded, decoded; the
 * caller frees; NULL where it is absent or holds a NUL or invalid UTF-8. */
char *http_field(const struct http_request *request, const char *name);

/* Zeroed: 200, text/plain, empty. */
struct http_reply {
	int status;          /* 0: 200 */
	const char *type;    /* NULL: text/plain; constant text */
	const char *policy;  /* Content-Security-Policy; NULL: nothing is allowed */
	struct buf body;
	char *headers[HTTP_HEADERS_MAX]; /* ours: "Name: value" */
	int header_count;
};

/* For Location, Retry-After, Allow ...; a value with control characters or one
 * too many is left out. */
void http_add(struct http_reply *reply, const char *name, const char *value);
/* A short answer in plain text. */
void http_say(struct http_reply *reply, int status, const char *text);

struct http_door {
	int methods;      /* of enum http_method */
	const char *path; /* "/health"; one that ends in '/' is a prefix: "/a/" */
	bool local;       /* only for this host, and not through a proxy */
	/* With the engine's desk, on the engine's one thread: a few
	 * milliseconds, no waiting.  A fault of its own is its own 500. */
	void (*answer)(struct serve *serve, const struct http_request *request,
		struct http_reply *reply);
};

struct httpd_options {
	const char *listen;  /* "127.0.0.1:8425", "[::1]:8425", port 0: any free one */
	bool everywhere;     /* the word that allows another than loopback */
	int seconds;         /* 0: HTTP_SECONDS */
	const struct http_door *const *doors; /* NULL at the end; outlive us */
	struct serve *serve; /* handed to the doors */
};

/* ERR_BAD_INPUT: the address is no use.  ERR_IO: it cannot be bound now.
 * ERR_UNAVAILABLE: this suco-serve was built without a server. */
bool httpd_open(struct httpd **out, const struct httpd_options *options,
	struct error *err);
void httpd_close(struct httpd *httpd); /* NULL is allowed */
/* No new connection; what is under way may end. */
void httpd_quiesce(struct httpd *httpd);

/* The port that was bound. */
int httpd_port(const struct httpd *httpd);
/* What to wait for; *ms becomes shorter where work is due sooner. */
void httpd_wait(struct httpd *httpd, struct pollfd *fd, int64_t *ms);
/* Moves everything on as far as it goes. */
void httpd_work(struct httpd *httpd);

/* Answers since the start, by their hundreds (2: 200-299); and what was turned
 * away before any door. */
struct httpd_counts {
	int64_t answers[6];
	int64_t refused;
	int open; /* connections now */
};
void httpd_count(const struct httpd *httpd, struct httpd_counts *out);

#endif
