/* smtp.c owns the `mail` channel and is the only door to libcurl for mail.
 * One multi handle; its sockets and its timer stand in one epoll descriptor, so
 * that the engine waits for one thing.  A transfer is a slot: an easy handle
 * that is used again, and with it the connection. */
#include "notify/smtp.h"

#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "core/buf.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "notify/mime.h"
#include "notify/secret.h"

/* libcurl waits for the answer to the final dot without coming back (7.88,
 * smtp_done): the limit of one transfer is also how long the engine may stand
 * still, and must stay well below its lease. */
#define CONNECT_MS 15000
#define TRANSFER_MS 30000
#define CONNECTIONS 8
#define IDLE_SECONDS 30L /* servers close idle connections after minutes */

struct transfer {
	CURL *easy;                /* ours */
	struct curl_slist *to;     /* ours, of the mail under way */
	struct buf text;
	size_t at;
	char id[UUID_SIZE];        /* "" while the slot is free */
	enum smtp_stage stage;
	bool fresh;                /* second try on a connection of its own */
	bool leaving;              /* QUIT is said */
	bool reply_ended;
	char reply[SEND_REPLY_SIZE];
	char why[CURL_ERROR_SIZE];
};

struct smtp {
	struct channel channel;
	struct result_queue results;
	CURLM *multi;
	int epoll;
	int timer;
	struct transfer *slots;
	int slot_count;
	char *url, *from, *from_name, *user, *password, *ca_file;
	bool plain;
	long connect_ms, transfer_ms;
};

static size_t
read_text(char *out, size_t size, size_t count, void *arg)
{
	struct transfer *t = arg;
	size_t room = size * count;
	size_t rest = t->text.len - t->at;
	size_t n = rest < room ? rest : room;

	if (n == 0) {
		t->stage = SMTP_SENT;
		return 0;
	}
	memcpy(out, t->text.data + t->at, n);
	t->at += n;
	return n;
}

/* The server's lines; those of one reply are put together. */
static size_t
take_reply(char *line, size_t size, size_t count, void *arg)
{
	struct transfer *t = arg;
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
	struct transfer *t = arg;

	if (type != CURLINFO_HEADER_OUT || len < 4) {
		return 0;
	}
	t->leaving = t->leaving || memcmp(line, "QUIT", 4) == 0;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		if (memcmp(line, words[i].word, 4) == 0) {
			t->stage = words[i].stage;
		}
	}
	return 0;
}

static int
watch_socket(CURL *easy __attribute__((unused)), curl_socket_t fd, int what,
	void *arg, void *known)
{
	struct smtp *self = arg;
	struct epoll_event event = { .data.fd = fd };

	if (what == CURL_POLL_REMOVE) {
		(void)epoll_ctl(self->epoll, EPOLL_CTL_DEL, fd, NULL);
		return 0;
	}
	event.events = (what & CURL_POLL_IN ? EPOLLIN : 0u) |
		(what & CURL_POLL_OUT ? EPOLLOUT : 0u);
	/* The number may have been another connection's that was closed. */
	if (known == NULL || epoll_ctl(self->epoll, EPOLL_CTL_MOD, fd, &event) != 0) {
		(void)epoll_ctl(self->epoll, EPOLL_CTL_ADD, fd, &event);
		(void)curl_multi_assign(self->multi, fd, self);
	}
	return 0;
}

static int
set_timer(CURLM *multi __attribute__((unused)), long ms, void *arg)
{
	struct smtp *self = arg;
	struct itimerspec when = { 0 };

	if (ms == 0) {
		when.it_value.tv_nsec = 1;
	} else if (ms > 0) {
		when.it_value.tv_sec = ms / 1000;
		when.it_value.tv_nsec = ms % 1000 * 1000000;
	}
	(void)timerfd_settime(self->timer, 0, &when, NULL);
	return 0;
}

static void
set_options(struct smtp *self, struct transfer *t)
{
	CURL *easy = t->easy;

	curl_easy_reset(easy);
	curl_easy_setopt(easy, CURLOPT_PRIVATE, t);
	curl_easy_setopt(easy, CURLOPT_URL, self->url);
	curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
	curl_easy_setopt(easy, CURLOPT_PROXY, "");
	curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(easy, CURLOPT_USE_SSL,
		(long)(self->plain ? CURLUSESSL_NONE : CURLUSESSL_ALL));
	if (self->ca_file[0] != '\0') {
		curl_easy_setopt(easy, CURLOPT_CAINFO, self->ca_file);
	}
	if (self->user[0] != '\0') {
		curl_easy_setopt(easy, CURLOPT_USERNAME, self->user);
		curl_easy_setopt(easy, CURLOPT_PASSWORD, self->password);
	}
	curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, self->connect_ms);
	curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, self->transfer_ms);
	curl_easy_setopt(easy, CURLOPT_MAXAGE_CONN, IDLE_SECONDS);
	curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, t->fresh ? 1L : 0L);
	curl_easy_setopt(easy, CURLOPT_MAIL_FROM, self->from);
	curl_easy_setopt(easy, CURLOPT_MAIL_RCPT, t->to);
	curl_easy_setopt(easy, CURLOPT_UPLOAD, 1L);
	curl_easy_setopt(easy, CURLOPT_READFUNCTION, read_text);
	curl_easy_setopt(easy, CURLOPT_READDATA, t);
	curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, take_reply);
	curl_easy_setopt(easy, CURLOPT_HEADERDATA, t);
	curl_easy_setopt(easy, CURLOPT_VERBOSE, 1L);
	curl_easy_setopt(easy, CURLOPT_DEBUGFUNCTION, take_command);
	curl_easy_setopt(easy, CURLOPT_DEBUGDATA, t);
	curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, t->why);
}

static void
free_slot(struct transfer *t)
{
	curl_slist_free_all(t->to);
	t->to = NULL;
	buf_clear(&t->text);
	t->id[0] = '\0';
}

static void
begin(struct smtp *self, struct transfer *t)
{
	t->at = 0;
	t->stage = SMTP_CONNECT;
	t->leaving = false;
	t->reply_ended = true;
	t->reply[0] = '\0';
	t->why[0] = '\0';
	set_options(self, t);
	if (curl_multi_add_handle(self->multi, t->easy) != CURLM_OK) {
		result_push(&self->results, t->id, SEND_TEMPORARY, 0, "libcurl");
		free_slot(t);
	}
}

static void
smtp_start(struct channel *channel, const struct outgoing *message)
{
	struct smtp *self = (struct smtp *)channel;
	struct transfer *t = self->slots;

	if (!mime_address_ok(message->to_address)) {
		result_push(&self->results, message->id, SEND_PERMANENT, 0,
			_("not an address that mail can be sent to"));
		return;
	}
	while (t->id[0] != '\0') {
		t++; /* the caller asked for room */
	}
	(void)snprintf(t->id, sizeof t->id, "%s", message->id);
	mime_write(&t->text, self->from, self->from_name, message);
	t->to = curl_slist_append(NULL, message->to_address);
	t->fresh = false;
	begin(self, t);
}

static int
smtp_room(const struct channel *channel)
{
	const struct smtp *self = (const struct smtp *)channel;
	int room = 0;

	for (int i = 0; i < self->slot_count; i++) {
		room += self->slots[i].id[0] == '\0';
	}
	return room;
}

/* A kept connection may have been closed by the server while it was idle, or
 * have reached its number of mails: that is no fault of anything. */
static bool
was_stale(const struct transfer *t, CURLcode code, int response)
{
	long connects = 0;

	(void)curl_easy_getinfo(t->easy, CURLINFO_NUM_CONNECTS, &connects);
	return code != CURLE_OK && !t->fresh && connects == 0 &&
		t->stage <= SMTP_MAIL && (response < 400 || response == 421);
}

static void
end(struct smtp *self, struct transfer *t, CURLcode code)
{
	long response = 0;
	bool said;

	(void)curl_easy_getinfo(t->easy, CURLINFO_RESPONSE_CODE, &response);
	(void)curl_multi_remove_handle(self->multi, t->easy);
	if (was_stale(t, code, (int)response)) {
		t->fresh = true;
		begin(self, t);
		return;
	}
	said = code == CURLE_OK || response >= 400;
	result_push(&self->results, t->id,
		smtp_verdict((int)code, (int)response, t->stage), (int)response,
		said && t->reply[0] != '\0' ? t->reply :
		t->why[0] != '\0' ? t->why : curl_easy_strerror(code));
	free_slot(t);
}

static void
take_ended(struct smtp *self)
{
	CURLMsg *msg;
	int left;

	while ((msg = curl_multi_info_read(self->multi, &left)) != NULL) {
		CURLcode code = msg->data.result;
		char *slot = NULL;

		if (msg->msg == CURLMSG_DONE &&
		    curl_easy_getinfo(msg->easy_handle, CURLINFO_PRIVATE, &slot) == CURLE_OK) {
			end(self, (struct transfer *)(void *)slot, code);
		}
	}
}

static void
smtp_work(struct channel *channel)
{
	struct smtp *self = (struct smtp *)channel;
	struct epoll_event ready[64];
	int count;
	int running;

	while ((count = epoll_wait(self->epoll, ready, 64, 0)) > 0) {
		for (int i = 0; i < count; i++) {
			uint64_t ticks;

			if (ready[i].data.fd == self->timer) {
				(void)!read(self->timer, &ticks, sizeof ticks);
				(void)curl_multi_socket_action(self->multi,
					CURL_SOCKET_TIMEOUT, 0, &running);
				continue;
			}
			(void)curl_multi_socket_action(self->multi, ready[i].data.fd,
				(ready[i].events & EPOLLIN ? CURL_CSELECT_IN : 0) |
				(ready[i].events & EPOLLOUT ? CURL_CSELECT_OUT : 0) |
				(ready[i].events & (EPOLLERR | EPOLLHUP) ? CURL_CSELECT_ERR : 0),
				&running);
		}
		take_ended(self);
	}
}

static int
smtp_fd(const struct channel *channel)
{
	return ((const struct smtp *)channel)->epoll;
}

static int
smtp_timeout(const struct channel *channel)
{
	const struct smtp *self = (const struct smtp *)channel;

	return self->results.first < self->results.count ? 0 : -1;
}

static bool
smtp_result(struct channel *channel, struct send_result *out)
{
	return result_pop(&((struct smtp *)channel)->results, out);
}

static void
smtp_close(struct channel *channel)
{
	struct smtp *self = (struct smtp *)channel;

	if (self == NULL) {
		return;
	}
	for (int i = 0; i < self->slot_count; i++) {
		struct transfer *t = &self->slots[i];

		if (t->id[0] != '\0') {
			(void)curl_multi_remove_handle(self->multi, t->easy);
			free_slot(t);
		}
		curl_easy_cleanup(t->easy);
		buf_free(&t->text);
	}
	free(self->slots);
	curl_multi_cleanup(self->multi);
	curl_global_cleanup();
	(void)close(self->epoll);
	(void)close(self->timer);
	result_free(&self->results);
	secret_free(self->password);
	free(self->url);
	free(self->from);
	free(self->from_name);
	free(self->user);
	free(self->ca_file);
	free(self);
}

static bool
check_config(const struct channel_config *config, struct error *err)
{
	if (config->url == NULL || config->url[0] == '\0') {
		return error_set(err, ERR_UNAVAILABLE,
			_("no mail server is set: set url in [mail] of suco.conf"));
	}
	if (strncmp(config->url, "smtp://", 7) != 0 &&
	    strncmp(config->url, "smtps://", 8) != 0) {
		return error_set(err, ERR_BAD_INPUT,
			_("[mail] url must begin with smtp:// or smtps://, not \"%.80s\""),
			config->url);
	}
	if (config->from == NULL || !mime_address_ok(config->from)) {
		return error_set(err, ERR_BAD_INPUT,
			_("[mail] from must be the address that mail comes from, "
			"like suco@team.example"));
	}
	return true;
}

static bool
open_multi(struct smtp *self, struct error *err)
{
	struct epoll_event event = { .events = EPOLLIN };

	self->epoll = epoll_create1(EPOLL_CLOEXEC);
	self->timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
	event.data.fd = self->timer;
	if (self->epoll < 0 || self->timer < 0 ||
	    epoll_ctl(self->epoll, EPOLL_CTL_ADD, self->timer, &event) != 0) {
		return error_errno(err, _("cannot wait for the mail server"));
	}
	self->multi = curl_multi_init();
	curl_multi_setopt(self->multi, CURLMOPT_SOCKETFUNCTION, watch_socket);
	curl_multi_setopt(self->multi, CURLMOPT_SOCKETDATA, self);
	curl_multi_setopt(self->multi, CURLMOPT_TIMERFUNCTION, set_timer);
	curl_multi_setopt(self->multi, CURLMOPT_TIMERDATA, self);
	curl_multi_setopt(self->multi, CURLMOPT_MAXCONNECTS, (long)self->slot_count);
	for (int i = 0; i < self->slot_count; i++) {
		self->slots[i].easy = curl_easy_init();
	}
	return true;
}

static char *
copy(const char *text)
{
	return xstrdup(text == NULL ? "" : text);
}

static bool
smtp_open(struct channel **out, const struct channel_config *config,
	struct error *err)
{
	struct smtp *self;
	char *password = NULL;

	if (!check_config(config, err)) {
		return false;
	}
	if (config->user != NULL && config->user[0] != '\0' &&
	    !secret_read(&password, config->password_file,
		    "[mail] password_file", err)) {
		return false;
	}
	if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
		secret_free(password);
		return error_set(err, ERR_UNAVAILABLE, _("libcurl does not start"));
	}
	self = xcalloc(1, sizeof *self);
	self->channel.type = &smtp_channel;
	self->url = copy(config->url);
	self->from = copy(config->from);
	self->from_name = copy(config->from_name);
	self->user = copy(config->user);
	self->ca_file = copy(config->ca_file);
	self->password = password;
	self->plain = config->plain;
	self->connect_ms = config->connect_ms > 0 ? config->connect_ms : CONNECT_MS;
	self->transfer_ms = config->transfer_ms > 0 ? config->transfer_ms : TRANSFER_MS;
	self->slot_count = config->connections > 0 ? config->connections : CONNECTIONS;
	self->slots = xcalloc((size_t)self->slot_count, sizeof *self->slots);
	if (!open_multi(self, err)) {
		smtp_close(&self->channel);
		return false;
	}
	*out = &self->channel;
	return true;
}

const struct channel_type smtp_channel = {
	.name = "mail",
	.open = smtp_open,
	.close = smtp_close,
	.room = smtp_room,
	.start = smtp_start,
	.fd = smtp_fd,
	.timeout = smtp_timeout,
	.work = smtp_work,
	.result = smtp_result,
};
