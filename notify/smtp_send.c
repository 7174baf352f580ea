/* smtp_send.c hands one mail to a server and is the only door to libcurl for
 * mail.  How far the dialogue came, and the server's own words, are heard on the
 * way: libcurl's code alone does not tell a refusal from a delay. */
#include "notify/smtp_send.h"

#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "core/mem.h"

#define IDLE_SECONDS 30L /* servers close idle connections after minutes */

#define SOCKETS_MOST 8     /* while several addresses of a host are tried */

struct smtp_sender {
	const struct smtp_server *server; /* borrowed */
	CURL *easy;                /* ours */
	const struct buf *text;    /* borrowed, of the mail under way */
	int sockets[SOCKETS_MOST]; /* open ones; libcurl's */
	int socket_count;
	size_t at;
	enum smtp_stage stage;
	bool fresh;                /* second try on a connection of its own */
	bool leaving;              /* QUIT is said */
	bool reply_ended;
	char reply[SEND_REPLY_SIZE];
	char why[CURL_ERROR_SIZE];
};

bool
smtp_library_start(void)
{
	return curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
}

void
smtp_library_end(void)
{
	curl_global_cleanup();
}

struct smtp_sender *
smtp_sender_new(const struct smtp_server *server)
{
	struct smtp_sender *t = xcalloc(1, sizeof *t);

	t->server = server;
	t->easy = curl_easy_init();
	return t;
}

/* libcurl says QUIT and waits two minutes for the answer: it gets none. */
static void
deafen(const struct smtp_sender *t, int how)
{
	for (int i = 0; i < t->socket_count; i++) {
		(void)shutdown(t->sockets[i], how);
	}
}

void
smtp_sender_free(struct smtp_sender *t)
{
	if (t != NULL) {
		deafen(t, SHUT_RD);
		curl_easy_cleanup(t->easy);
		free(t);
	}
}

static curl_socket_t
open_socket(void *arg, curlsocktype purpose __attribute__((unused)),
	struct curl_sockaddr *address)
{
	struct smtp_sender *t = arg;
	int fd = socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);

	if (fd >= 0 && t->socket_count < SOCKETS_MOST) {
		t->sockets[t->socket_count++] = fd;
	}
	return fd < 0 ? CURL_SOCKET_BAD : fd;
}

static int
close_socket(void *arg, curl_socket_t fd)
{
	struct smtp_sender *t = arg;

	for (int i = 0; i < t->socket_count; i++) {
		if (t->sockets[i] == fd) {
			t->sockets[i] = t->sockets[--t->socket_count];
			break;
		}
	}
	return close(fd);
}

static size_t
read_text(char *out, size_t size, size_t count, void *arg)
{
	struct smtp_sender *t = arg;
	size_t room = size * count;
	size_t rest = t->text->len - t->at;
	size_t n = rest < room ? rest : room;

	if (n == 0) {
		t->stage = SMTP_SENT;
		return 0;
	}
	memcpy(out, t->text->data + t->at, n);
	t->at += n;
	return n;
}

/* The server's lines; those of one reply are put together. */
static size_t
take_reply(char *line, size_t size, size_t count, void *arg)
{
	struct smtp_sender *t = arg;
	size_t len = size * count;
	size_t used = t->reply_ended ? 0 : strlen(t->reply);

	if (t->leaving) {
		return len; /* a "bye" says nothing of the mail */
	}
	if (used + 1 < sizeof t->reply) {
		(void)snprintf(t->reply + used, sizeof t->reply - used, "%.*s",
			(int)len, line);
	}
	t->reply_ended = len > 3 && line[3] != '-';
	return len;
}

/* Our own lines tell how far we are.  Nothing of them is kept: AUTH is one. */
static int
take_command(CURL *easy __attribute__((unused)), curl_infotype type, char *line,
	size_t len, void *arg)
{
	static const struct {
		const char *word;
		enum smtp_stage stage;
	} words[] = {
		{ "MAIL", SMTP_MAIL }, { "RCPT", SMTP_RCPT }, { "DATA", SMTP_DATA },
	};
	struct smtp_sender *t = arg;

	if (type != CURLINFO_HEADER_OUT || len < 4) {
		return 0;
	}
	if (memcmp(line, "QUIT", 4) == 0) {
		t->leaving = true;
		deafen(t, SHUT_RD);
	}
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		if (memcmp(line, words[i].word, 4) == 0) {
			t->stage = words[i].stage;
		}
	}
	return 0;
}

/* Ends the transfer when the channel closes. */
static int
see_stopped(void *arg, curl_off_t a __attribute__((unused)),
	curl_off_t b __attribute__((unused)), curl_off_t c __attribute__((unused)),
	curl_off_t d __attribute__((unused)))
{
	const struct smtp_server *server = arg;

	return server->stopped(server->arg);
}

/* A mail; or, to nobody, NOOP: up to there the server, TLS and the login count. */
static void
set_errand(struct smtp_sender *t, struct curl_slist *to)
{
	if (to == NULL) {
		curl_easy_setopt(t->easy, CURLOPT_NOBODY, 1L);
		curl_easy_setopt(t->easy, CURLOPT_CUSTOMREQUEST, "NOOP");
		return;
	}
	curl_easy_setopt(t->easy, CURLOPT_MAIL_FROM, t->server->from);
	curl_easy_setopt(t->easy, CURLOPT_MAIL_RCPT, to);
	curl_easy_setopt(t->easy, CURLOPT_UPLOAD, 1L);
	curl_easy_setopt(t->easy, CURLOPT_READFUNCTION, read_text);
	curl_easy_setopt(t->easy, CURLOPT_READDATA, t);
}

static void
set_options(struct smtp_sender *t, struct curl_slist *to)
{
	const struct smtp_server *server = t->server;
	CURL *easy = t->easy;

	curl_easy_reset(easy);
	curl_easy_setopt(easy, CURLOPT_URL, server->url);
	curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
	curl_easy_setopt(easy, CURLOPT_PROXY, "");
	curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
	curl_easy_setopt(easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	curl_easy_setopt(easy, CURLOPT_USE_SSL,
		(long)(server->plain ? CURLUSESSL_NONE : CURLUSESSL_ALL));
	if (server->ca_file[0] != '\0') {
		curl_easy_setopt(easy, CURLOPT_CAINFO, server->ca_file);
	}
	if (server->user[0] != '\0') {
		curl_easy_setopt(easy, CURLOPT_USERNAME, server->user);
		curl_easy_setopt(easy, CURLOPT_PASSWORD, server->password);
	}
	curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, server->connect_ms);
	curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, server->transfer_ms);
	curl_easy_setopt(easy, CURLOPT_MAXAGE_CONN, IDLE_SECONDS);
	curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, t->fresh ? 1L : 0L);
	set_errand(t, to);
	curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, take_reply);
	curl_easy_setopt(easy, CURLOPT_HEADERDATA, t);
	curl_easy_setopt(easy, CURLOPT_VERBOSE, 1L);
	curl_easy_setopt(easy, CURLOPT_DEBUGFUNCTION, take_command);
	curl_easy_setopt(easy, CURLOPT_DEBUGDATA, t);
	curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, t->why);
	curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, open_socket);
	curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, t);
	curl_easy_setopt(easy, CURLOPT_CLOSESOCKETFUNCTION, close_socket);
	curl_easy_setopt(easy, CURLOPT_CLOSESOCKETDATA, t);
	curl_easy_setopt(easy, CURLOPT_NOPROGRESS, 0L);
	curl_easy_setopt(easy, CURLOPT_XFERINFOFUNCTION, see_stopped);
	curl_easy_setopt(easy, CURLOPT_XFERINFODATA, server);
}

/* A kept connection may have been closed by the server while it was idle, or
 * have reached its number of mails: that is no fault of anything. */
static bool
was_stale(const struct smtp_sender *t, CURLcode code, long response)
{
	long connects = 0;

	(void)curl_easy_getinfo(t->easy, CURLINFO_NUM_CONNECTS, &connects);
	return code != CURLE_OK && !t->fresh && connects == 0 &&
		t->stage <= SMTP_MAIL && (response < 400 || response == 421);
}

static CURLcode
perform(struct smtp_sender *t, const char *to, bool fresh, long *response)
{
	struct curl_slist *list = to == NULL ? NULL : curl_slist_append(NULL, to);
	CURLcode code;

	t->at = 0;
	t->stage = SMTP_CONNECT;
	t->fresh = fresh;
	t->leaving = false;
	t->reply_ended = true;
	t->reply[0] = '\0';
	t->why[0] = '\0';
	set_options(t, list);
	code = curl_easy_perform(t->easy);
	*response = 0;
	(void)curl_easy_getinfo(t->easy, CURLINFO_RESPONSE_CODE, response);
	curl_slist_free_all(list);
	return code;
}

/* A connection on which something went wrong is never used again: an answer that
 * comes late would be taken for the next mail's. */
static void
start_over(struct smtp_sender *t)
{
	deafen(t, SHUT_RDWR);
	curl_easy_cleanup(t->easy);
	t->easy = curl_easy_init();
}

void
smtp_send(struct smtp_sender *t, const char *to, const struct buf *text,
	struct smtp_outcome *out)
{
	long response;
	CURLcode code;
	bool said;

	t->text = text;
	code = perform(t, to, false, &response);
	if (was_stale(t, code, response)) {
		code = perform(t, to, true, &response);
	}
	said = code == CURLE_OK || response >= 400;
	out->verdict = smtp_verdict((int)code, (int)response, t->stage);
	out->code = (int)response;
	(void)snprintf(out->reply, sizeof out->reply, "%s",
		said && t->reply[0] != '\0' ? t->reply
		: t->why[0] != '\0' ? t->why : curl_easy_strerror(code));
	if (code != CURLE_OK) {
		start_over(t);
	}
}
