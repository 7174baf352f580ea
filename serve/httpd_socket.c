/* httpd_socket.c binds the server's address, and knows which addresses are this
 * host: nobody else comes in unless a word in suco.conf says so. */
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/i18n.h"
#include "serve/httpd_private.h"

#define BACKLOG 64

static bool
is_loopback(const struct sockaddr *address)
{
	if (address->sa_family == AF_INET) {
		const struct sockaddr_in *four = (const void *)address;

		return ntohl(four->sin_addr.s_addr) >> 24 == 127;
	}
	if (address->sa_family == AF_INET6) {
		const struct sockaddr_in6 *six = (const void *)address;

		return IN6_IS_ADDR_LOOPBACK(&six->sin6_addr);
	}
	return false;
}

bool
httpd_address(char out[64], const struct sockaddr *address, socklen_t len)
{
	out[0] = '\0';
	if (getnameinfo(address, len, out, 64, NULL, 0, NI_NUMERICHOST) != 0) {
		out[0] = '\0';
		return false;
	}
	return is_loopback(address);
}

bool
httpd_names_us(const char *host)
{
	static const char *const names[] = { "localhost", "127.0.0.1", "[::1]" };

	for (size_t i = 0; host != NULL && i < sizeof names / sizeof *names; i++) {
		size_t len = strlen(names[i]);

		if (strncasecmp(host, names[i], len) == 0 &&
		    (host[len] == '\0' || host[len] == ':')) {
			return true;
		}
	}
	return false;
}

/* "HOST:PORT" or "[HOST]:PORT" taken apart. */
static bool
split(const char *listen, char host[80], char port[8])
{
	const char *colon = strrchr(listen, ':');
	const char *from = listen;
	const char *to = colon;
	char *end;
	long number;

	if (colon == NULL || strlen(colon + 1) > 5 || colon[1] < '0' || colon[1] > '9') {
		return false;
	}
	number = strtol(colon + 1, &end, 10);
	if (*from == '[') {
		from++;
		to = colon > from && colon[-1] == ']' ? colon - 1 : from;
	}
	if (*end != '\0' || number > 65535 || to <= from || to - from >= 80) {
		return false;
	}
	memcpy(host, from, (size_t)(to - from));
	host[to - from] = '\0';
	memcpy(port, colon + 1, strlen(colon + 1) + 1);
	return *listen == '[' || strchr(host, ':') == NULL;
}

static int
bound(const struct addrinfo *at, const char *listen_text, struct error *err)
{
	const int yes = 1;
	int fd = socket(at->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

	if (fd < 0) {
		(void)error_errno(err, _("no HTTP doors at %.60s"), listen_text);
		return -1;
	}
	(void)setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
	if (at->ai_family == AF_INET6) {
		(void)setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &yes, sizeof yes);
	}
	if (bind(fd, at->ai_addr, at->ai_addrlen) != 0 || listen(fd, BACKLOG) != 0) {
		(void)error_errno(err, _("no HTTP doors at %.60s"), listen_text);
		(void)close(fd);
		return -1;
	}
	return fd;
}

int
httpd_listen(const char *listen_text, bool everywhere, struct error *err)
{
	/* An address, no name: what a name means may change under us. */
	const struct addrinfo hints = { .ai_family = AF_UNSPEC,
		.ai_socktype = SOCK_STREAM, .ai_flags = AI_NUMERICHOST | AI_PASSIVE };
	struct addrinfo *list = NULL;
	char host[80];
	char port[8];
	int fd = -1;

	if (!split(listen_text, host, port) || getaddrinfo(
		    strcasecmp(host, "localhost") == 0 ? "127.0.0.1" : host, port, &hints,
		    &list) != 0) {
		(void)error_set(err, ERR_BAD_INPUT,
			_("[serve] listen wants ADDRESS:PORT, as 127.0.0.1:8425 or "
			  "[::1]:8425, not \"%.60s\""), listen_text);
		return -1;
	}
	if (!everywhere && !is_loopback(list->ai_addr)) {
		(void)error_set(err, ERR_BAD_INPUT,
			_("[serve] listen = %.60s is reached from other machines; "
			  "if that is meant, say so: [serve] public = yes"), listen_text);
	} else {
		fd = bound(list, listen_text, err);
	}
	freeaddrinfo(list);
	return fd;
}
