/* httpd.c owns the HTTP server: libmicrohttpd without threads of its own, moved
 * on by the engine's loop.  It keeps the limits and hands whole requests to the
 * doors. */
#include "serve/httpd.h"

#include <microhttpd.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/i18n.h"
#include "core/mem.h"
#include "serve/httpd_private.h"
#include "serve/serve.h"

#define HEADERS_BYTES ((size_t)16 * 1024) /* of one connection, with its buffers */

/* One accepted connection: what ends it when its time is over. */
struct link {
	int fd;
	bool used;
	int64_t until; /* steady; INT64_MAX: has been cut */
	char from[64];
	bool loopback;
};

struct httpd {
	struct MHD_Daemon *daemon;
	int listen_fd; /* ours once the daemon is quiet, else -1 */
	int port, seconds;
	const struct http_door *const *doors;
	struct serve *serve;
	struct link links[HTTP_CONNECTIONS];
	struct httpd_counts counts;
};

/* One request on its way in. */
struct call {
	struct buf body;
	int status; /* not 0: it is refused with this */
};

static const char no_policy[] =
	"default-src 'none'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

static const struct {
	const char *name, *value;
} always[] = {
	{ "X-Content-Type-Options", "nosniff" },
	{ "X-Frame-Options", "DENY" },
	{ "Referrer-Policy", "no-referrer" },
	{ "Cross-Origin-Resource-Policy", "same-origin" },
	{ "Cache-Control", "no-store" },
};

/* ---- connections ---- */

static enum MHD_Result
may_come(void *arg, const struct sockaddr *address, socklen_t len)
{
	struct httpd *h = arg;
	char from[64];
	bool loopback = httpd_address(from, address, len);
	int same = 0;
	int all = 0;

	for (int i = 0; i < HTTP_CONNECTIONS; i++) {
		all += h->links[i].used;
		same += h->links[i].used && strcmp(h->links[i].from, from) == 0;
	}
	if (from[0] == '\0' || all >= HTTP_CONNECTIONS ||
	    (!loopback && same >= HTTP_CONNECTIONS_EACH)) {
		h->counts.refused++;
		return MHD_NO;
	}
	return MHD_YES;
}

static void
begin_link(struct httpd *h, struct MHD_Connection *connection, void **context)
{
	const union MHD_ConnectionInfo *fd = MHD_get_connection_info(connection,
		MHD_CONNECTION_INFO_CONNECTION_FD);
	const union MHD_ConnectionInfo *address = MHD_get_connection_info(connection,
		MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	struct link *link = h->links;

	while (link < h->links + HTTP_CONNECTIONS && link->used) {
		link++;
	}
	if (link == h->links + HTTP_CONNECTIONS || fd == NULL || address == NULL) {
		return; /* its requests find no link and are refused */
	}
	*link = (struct link){ .used = true, .fd = fd->connect_fd,
		.until = loop_steady() + (int64_t)h->seconds * 1000 };
	link->loopback = httpd_address(link->from, address->client_addr,
		address->client_addr->sa_family == AF_INET
			? sizeof(struct sockaddr_in) : sizeof(struct sockaddr_in6));
	h->counts.open++;
	*context = link;
}

static void
on_link(void *arg, struct MHD_Connection *connection, void **context,
	enum MHD_ConnectionNotificationCode what)
{
	struct httpd *h = arg;
	struct link *link = *context;

	if (what == MHD_CONNECTION_NOTIFY_STARTED) {
		begin_link(h, connection, context);
	} else if (link != NULL) {
		link->used = false;
		h->counts.open--;
	}
}

static struct link *
link_of(struct MHD_Connection *connection)
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection,
		MHD_CONNECTION_INFO_SOCKET_CONTEXT);

	return info == NULL ? NULL : info->socket_context;
}

/* A connection that drips does not live on: the socket is shut, and the daemon
 * then finds its end. */
static void
cut_slow(struct httpd *h)
{
	int64_t now = loop_steady();

	for (int i = 0; i < HTTP_CONNECTIONS; i++) {
		struct link *link = &h->links[i];

		if (link->used && link->until <= now) {
			(void)shutdown(link->fd, SHUT_RDWR);
			link->until = INT64_MAX;
			h->counts.refused++;
		}
	}
}

/* ---- requests ---- */

const char *
http_header(const struct http_request *request, const char *name)
{
	return MHD_lookup_connection_value(request->inside, MHD_HEADER_KIND, name);
}

const char *
http_query(const struct http_request *request, const char *name)
{
	return MHD_lookup_connection_value(request->inside, MHD_GET_ARGUMENT_KIND, name);
}

/* From this host itself: what a proxy on it brings in is from elsewhere. */
static bool
is_local(const struct http_request *request)
{
	static const char *const of_proxies[] = { "Forwarded", "X-Forwarded-For",
		"X-Real-IP", "Via" };

	for (size_t i = 0; i < sizeof of_proxies / sizeof *of_proxies; i++) {
		if (http_header(request, of_proxies[i]) != NULL) {
			return false;
		}
	}
	return request->loopback && httpd_names_us(http_header(request, "Host"));
}

static bool
opens(const struct http_door *door, struct http_request *request)
{
	size_t len = strlen(door->path);

	if (len > 1 && door->path[len - 1] == '/') {
		request->rest = request->path + len;
		return strncmp(request->path, door->path, len) == 0;
	}
	request->rest = "";
	return strcmp(request->path, door->path) == 0;
}

static void
find_door(struct httpd *h, struct http_request *request, struct http_reply *reply)
{
	for (size_t i = 0; h->doors[i] != NULL; i++) {
		const struct http_door *door = h->doors[i];

		if (!opens(door, request) || (door->local && !is_local(request))) {
			continue;
		}
		if ((door->methods & (int)request->method) == 0) {
			http_say(reply, 405, "no such method here");
			http_add(reply, "Allow", door->methods == HTTP_POST ? "POST" : "GET, HEAD");
			return;
		}
		door->answer(h->serve, request, reply);
		return;
	}
	http_say(reply, 404, "nothing here");
}

static void
put_headers(struct MHD_Response *response, const struct http_reply *reply)
{
	for (size_t i = 0; i < sizeof always / sizeof *always; i++) {
		(void)MHD_add_response_header(response, always[i].name, always[i].value);
	}
	(void)MHD_add_response_header(response, "Content-Security-Policy",
		reply->policy != NULL ? reply->policy : no_policy);
	(void)MHD_add_response_header(response, "Content-Type",
		reply->type != NULL ? reply->type : "text/plain; charset=utf-8");
	for (int i = 0; i < reply->header_count; i++) {
		char *colon = strstr(reply->headers[i], ": ");

		*colon = '\0';
		(void)MHD_add_response_header(response, reply->headers[i], colon + 2);
	}
}

static enum MHD_Result
send_reply(struct httpd *h, struct MHD_Connection *connection, struct http_reply *reply)
{
	int status = reply->status == 0 ? 200 : reply->status;
	size_t len = reply->body.len;
	struct MHD_Response *response = MHD_create_response_from_buffer(len,
		buf_take(&reply->body), MHD_RESPMEM_MUST_FREE);
	enum MHD_Result sent;

	put_headers(response, reply);
	sent = MHD_queue_response(connection, (unsigned)status, response);
	MHD_destroy_response(response);
	httpd_reply_clear(reply);
	h->counts.answers[status / 100 <= 5 ? status / 100 : 5]++;
	return sent;
}

static enum MHD_Result
refuse(struct httpd *h, struct MHD_Connection *connection, int status)
{
	struct http_reply reply = { 0 };

	if (status == 413) {
		http_say(&reply, 413, "too much: at most 64 KiB");
	} else if (status == 405) {
		http_say(&reply, 405, "no such method here");
		http_add(&reply, "Allow", "GET, HEAD, POST");
	} else {
		http_say(&reply, status, "this cannot be read");
	}
	http_add(&reply, "Connection", "close");
	return send_reply(h, connection, &reply);
}

static enum MHD_Result
pass_on(struct httpd *h, struct MHD_Connection *connection, const char *method,
	const char *path, const struct call *call)
{
	struct link *link = link_of(connection);
	struct http_request request = {
		.method = strcmp(method, "POST") == 0 ? HTTP_POST : HTTP_GET,
		.path = path, .rest = "", .body = buf_text(&call->body), .len = call->body.len,
		.inside = connection,
	};
	struct http_reply reply = { 0 };

	if (link == NULL) {
		return MHD_NO;
	}
	memcpy(request.from, link->from, sizeof request.from);
	request.loopback = link->loopback;
	find_door(h, &request, &reply);
	return send_reply(h, connection, &reply);
}

static enum MHD_Result
count_length(void *arg, enum MHD_ValueKind kind __attribute__((unused)), const char *name,
	const char *value __attribute__((unused)))
{
	*(int *)arg += strcasecmp(name, "Content-Length") == 0 ||
		strcasecmp(name, "Transfer-Encoding") == 0;
	return MHD_YES;
}

static int
head_status(struct MHD_Connection *connection, const char *method, const char *path)
{
	static const char *const methods[] = { "GET", "HEAD", "POST" };
	const char *length = MHD_lookup_connection_value(connection, MHD_HEADER_KIND,
		"Content-Length");
	bool known = false;
	int lengths = 0;

	(void)MHD_get_connection_values(connection, MHD_HEADER_KIND, count_length, &lengths);
	if (lengths > 1) {
		return 400; /* a proxy may have read the other one */
	}
	for (size_t i = 0; i < sizeof methods / sizeof *methods; i++) {
		known = known || strcmp(method, methods[i]) == 0;
	}
	for (const char *at = path; *at != '\0'; at++) {
		if ((unsigned char)*at < ' ' || *at == 127) {
			return 400;
		}
	}
	if (!known) {
		return 405;
	}
	return length != NULL && strtoull(length, NULL, 10) > HTTP_BODY_MAX ? 413 : 0;
}

static enum MHD_Result
on_request(void *arg, struct MHD_Connection *connection, const char *path,
	const char *method, const char *version __attribute__((unused)),
	const char *bytes, size_t *len, void **context)
{
	struct httpd *h = arg;
	struct call *call = *context;

	if (call == NULL) {
		call = *context = xcalloc(1, sizeof *call);
		call->status = head_status(connection, method, path);
		return call->status == 0 ? MHD_YES : refuse(h, connection, call->status);
	}
	if (*len == 0) {
		return call->status == 0 ? pass_on(h, connection, method, path, call)
			: refuse(h, connection, call->status);
	}
	if (call->status == 0 && call->body.len + *len > HTTP_BODY_MAX) {
		call->status = 413;
		buf_free(&call->body);
	} else if (call->status == 0) {
		buf_add(&call->body, bytes, *len);
	}
	*len = 0;
	return MHD_YES;
}

static void
on_end(void *arg, struct MHD_Connection *connection, void **context,
	enum MHD_RequestTerminationCode why __attribute__((unused)))
{
	struct httpd *h = arg;
	struct call *call = *context;
	struct link *link = link_of(connection);

	if (link != NULL && link->until != INT64_MAX) {
		link->until = loop_steady() + (int64_t)h->seconds * 1000;
	}
	if (call != NULL) {
		buf_free(&call->body);
		free(call);
		*context = NULL;
	}
}

/* ---- the daemon ---- */

static bool
start(struct httpd *h, int fd, struct error *err)
{
	const union MHD_DaemonInfo *port;

	h->daemon = MHD_start_daemon(MHD_USE_EPOLL, 0, may_come, h, on_request, h,
		MHD_OPTION_LISTEN_SOCKET, fd,
		MHD_OPTION_CONNECTION_LIMIT, (unsigned)HTTP_CONNECTIONS,
		MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)h->seconds + 1,
		MHD_OPTION_CONNECTION_MEMORY_LIMIT, HEADERS_BYTES,
		MHD_OPTION_STRICT_FOR_CLIENT, 1,
		MHD_OPTION_NOTIFY_COMPLETED, on_end, h,
		MHD_OPTION_NOTIFY_CONNECTION, on_link, h,
		MHD_OPTION_END);
	if (h->daemon == NULL) {
		return error_errno(err, _("the HTTP server does not start"));
	}
	port = MHD_get_daemon_info(h->daemon, MHD_DAEMON_INFO_BIND_PORT);
	h->port = port == NULL ? 0 : port->port;
	return true;
}

bool
httpd_open(struct httpd **out, const struct httpd_options *options, struct error *err)
{
	int fd = httpd_listen(options->listen, options->everywhere, err);
	struct httpd *h;

	if (fd < 0) {
		return false;
	}
	h = xcalloc(1, sizeof *h);
	h->listen_fd = -1;
	h->seconds = options->seconds > 0 ? options->seconds : HTTP_SECONDS;
	h->doors = options->doors;
	h->serve = options->serve;
	if (!start(h, fd, err)) {
		(void)close(fd);
		free(h);
		return false;
	}
	*out = h;
	return true;
}

void
httpd_quiesce(struct httpd *h)
{
	if (h->listen_fd < 0) {
		h->listen_fd = MHD_quiesce_daemon(h->daemon);
	}
}

void
httpd_close(struct httpd *h)
{
	if (h == NULL) {
		return;
	}
	MHD_stop_daemon(h->daemon);
	if (h->listen_fd >= 0) {
		(void)close(h->listen_fd);
	}
	free(h);
}

int
httpd_port(const struct httpd *h)
{
	return h->port;
}

void
httpd_wait(struct httpd *h, struct pollfd *fd, int64_t *ms)
{
	const union MHD_DaemonInfo *info = MHD_get_daemon_info(h->daemon,
		MHD_DAEMON_INFO_EPOLL_FD);
	int64_t now = loop_steady();
	MHD_UNSIGNED_LONG_LONG due;

	*fd = (struct pollfd){ .fd = info == NULL ? -1 : info->epoll_fd, .events = POLLIN };
	if (MHD_get_timeout(h->daemon, &due) == MHD_YES && (int64_t)due < *ms) {
		*ms = (int64_t)due;
	}
	for (int i = 0; i < HTTP_CONNECTIONS; i++) {
		if (h->links[i].used && h->links[i].until - now < *ms) {
			*ms = h->links[i].until > now ? h->links[i].until - now : 0;
		}
	}
}

void
httpd_work(struct httpd *h)
{
	cut_slow(h);
	(void)MHD_run(h->daemon);
}

void
httpd_count(const struct httpd *h, struct httpd_counts *out)
{
	*out = h->counts;
}
