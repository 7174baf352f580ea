/* httpd_private.h - the inside of the HTTP server, for httpd*.c. */
#ifndef SERVE_HTTPD_PRIVATE_H
#define SERVE_HTTPD_PRIVATE_H

#include <sys/socket.h>

#include "serve/httpd.h"

/* A bound, listening, non-blocking socket for "HOST:PORT", -1 with *err.
 * everywhere: another than a loopback address is allowed. */
int httpd_listen(const char *listen, bool everywhere, struct error *err);
/* The numeric address; true where it is this host. */
bool httpd_address(char out[64], const struct sockaddr *address, socklen_t len);
/* The Host header names this host: "localhost:8425", "127.0.0.1", "[::1]". */
bool httpd_names_us(const char *host);
void httpd_reply_clear(struct http_reply *reply);

#endif
