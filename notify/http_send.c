/* http_send.c owns the multi handle of the HTTP channels: every wait of it is
 * bounded, so one handle serves all (mail is another matter, see smtp.c).
 * Sockets stand in an epoll set, whose descriptor is the one to wait for. */
#include "notify/http_send.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <time.h>
#include <unistd.h>

#include <curl/curl.h>

#include "core/i18n.h"
#include "core/mem.h"
#include "paths.h"

#define EVENTS 32
#define RETRY_AFTER_MOST 3600 /* seconds; who says more is asked once an hour */

struct http_pool {
	CURLM *multi;
	int epoll;
	int64_t due; /* steady ms, -1: nothing */
	char *ca_file, *proxy;
	long connect_ms, transfer_ms;
	struct transfer *first;
};

/* One request under way. */
struct transfer {
	CURL *easy;
	struct http_pool *pool;
	void *job;
	struct http_request request; /* its texts are ours */
	struct curl_slist *headers;
	struct buf answer;
	bool cut;
	char why[CURL_ERROR_SIZE];
	struct transfer *prev, *next;
};

static int64_t
steady(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void
http_request_clear(struct http_request *request)
{
	buf_free(&request->url);
	buf_free(&request->headers);
	buf_free(&request->body);
}

void
http_request_header(struct http_request *request, const char *name, const char *value)
{
	buf_adds(&request->headers, name);
	buf_adds(&request->headers, ": ");
	for (; *value != '\0'; value++) {
		if ((unsigned char)*value >= ' ' && *value != 127) {
			buf_addc(&request->headers, *value);
		}
	}
	buf_addc(&request->headers, '\n');
}

/* ---- what libcurl asks of us ---- */

static int
watch_socket(CURL *easy __attribute__((unused)), curl_socket_t fd, int what, void *arg,
	void *known)
{
	struct http_pool *pool = arg;
	struct epoll_event event = { .data.fd = fd };

	if (what == CURL_POLL_REMOVE) {
		(void)epoll_ctl(pool->epoll, EPOLL_CTL_DEL, fd, NULL);
		return 0;
	}
	event.events = (what == CURL_POLL_OUT ? 0u : (unsigned)EPOLLIN) |
		(what == CURL_POLL_IN ? 0u : (unsigned)EPOLLOUT);
	if (epoll_ctl(pool->epoll, known == NULL ? EPOLL_CTL_ADD : EPOLL_CTL_MOD, fd,
		    &event) != 0) {
		return -1;
	}
	(void)curl_multi_assign(pool->multi, fd, pool);
	return 0;
}

static int
set_timer(CURLM *multi __attribute__((unused)), long ms, void *arg)
{
	struct http_pool *pool = arg;

	pool->due = ms < 0 ? -1 : steady() + ms;
	return 0;
}

/* Beyond the bound nothing is wanted: the transfer ends here. */
static size_t
take_answer(char *bytes, size_t size, size_t count, void *arg)
{
	struct transfer *t = arg;
	size_t len = size * count;

	if (t->answer.len + len > HTTP_ANSWER_MAX) {
		t->cut = true;
		return 0;
	}
	buf_add(&t->answer, bytes, len);
	return len;
}

/* ---- the pool ---- */

bool
http_pool_new(struct http_pool **out, const struct http_options *options,
	struct error *err)
{
	struct http_pool *pool;

	if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
		return error_set(err, ERR_UNAVAILABLE, _("libcurl does not start"));
	}
	pool = xcalloc(1, sizeof *pool);
	pool->due = -1;
	pool->epoll = epoll_create1(EPOLL_CLOEXEC);
	pool->multi = curl_multi_init();
	pool->ca_file = xstrdup(options->ca_file);
	pool->proxy = xstrdup(options->proxy);
	pool->connect_ms = options->connect_ms;
	pool->transfer_ms = options->transfer_ms;
	if (pool->epoll < 0 || pool->multi == NULL) {
		(void)error_errno(err, _("cannot wait for network sockets"));
		http_pool_free(pool);
		return false;
	}
	(void)curl_multi_setopt(pool->multi, CURLMOPT_SOCKETFUNCTION, watch_socket);
	(void)curl_multi_setopt(pool->multi, CURLMOPT_SOCKETDATA, pool);
	(void)curl_multi_setopt(pool->multi, CURLMOPT_TIMERFUNCTION, set_timer);
	(void)curl_multi_setopt(pool->multi, CURLMOPT_TIMERDATA, pool);
	(void)curl_multi_setopt(pool->multi, CURLMOPT_MAXCONNECTS,
		(long)options->connections);
	*out = pool;
	return true;
}

static void
transfer_end(struct transfer *t)
{
	struct http_pool *pool = t->pool;

	(void)curl_multi_remove_handle(pool->multi, t->easy);
	curl_easy_cleanup(t->easy);
	curl_slist_free_all(t->headers);
	http_request_clear(&t->request);
	buf_free(&t->answer);
	if (t->prev != NULL) {
		t->prev->next = t->next;
	} else {
		pool->first = t->next;
	}
	if (t->next != NULL) {
		t->next->prev = t->prev;
	}
	free(t);
}

void
http_pool_free(struct http_pool *pool)
{
	if (pool == NULL) {
		return;
	}
	while (pool->first != NULL) {
		transfer_end(pool->first);
	}
	(void)curl_multi_cleanup(pool->multi);
	if (pool->epoll >= 0) {
		(void)close(pool->epoll);
	}
	free(pool->ca_file);
	free(pool->proxy);
	free(pool);
	curl_global_cleanup();
}

int
http_pool_fd(const struct http_pool *pool)
{
	return pool->epoll;
}

int
http_pool_timeout(const struct http_pool *pool)
{
	int64_t left = pool->due - steady();

	if (pool->due < 0) {
		return -1;
	}
	return left <= 0 ? 0 : (int)left;
}

/* ---- one request ---- */

static struct curl_slist *
header_list(const char *lines)
{
	/* An answer to "Expect" is a wait that nobody bounds well. */
	struct curl_slist *list = curl_slist_append(NULL, "Expect:");

	while (*lines != '\0') {
		size_t len = strcspn(lines, "\n");
		char *line = xstrndup(lines, len);

		list = curl_slist_append(list, line);
		free(line);
		lines += len + (lines[len] == '\n');
	}
	return list;
}

static void
set_safety(CURL *easy, const struct http_pool *pool, bool plain)
{
	curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, plain ? "http,https" : "https");
	curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
	curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
	curl_easy_setopt(easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	if (pool->ca_file[0] != '\0') {
		curl_easy_setopt(easy, CURLOPT_CAINFO, pool->ca_file);
	}
	curl_easy_setopt(easy, CURLOPT_PROXY, pool->proxy);
	curl_easy_setopt(easy, CURLOPT_NOPROXY, "");
	curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
	/* A name server that is silent must not be waited for at the end. */
	curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
	curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, pool->connect_ms);
	curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, pool->transfer_ms);
	/* On a kept connection that closes without a word libcurl posts once more by
	 * itself: the receiver would have it twice, and we would not know. */
	curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, 1L);
	curl_easy_setopt(easy, CURLOPT_FORBID_REUSE, 1L);
}

static void
set_request(struct transfer *t)
{
	CURL *easy = t->easy;

	curl_easy_setopt(easy, CURLOPT_URL, buf_text(&t->request.url));
	curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
	curl_easy_setopt(easy, CURLOPT_USERAGENT, "suco/" SUCO_VERSION);
	curl_easy_setopt(easy, CURLOPT_HTTPHEADER, t->headers);
	if (strcmp(t->request.method, "GET") == 0) {
		curl_easy_setopt(easy, CURLOPT_HTTPGET, 1L);
	} else {
		curl_easy_setopt(easy, CURLOPT_POST, 1L);
		curl_easy_setopt(easy, CURLOPT_POSTFIELDS, buf_text(&t->request.body));
		curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE,
			(curl_off_t)t->request.body.len);
		curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, t->request.method);
	}
	curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_answer);
	curl_easy_setopt(easy, CURLOPT_WRITEDATA, t);
	curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, t->why);
	curl_easy_setopt(easy, CURLOPT_PRIVATE, t);
}

void
http_send(struct http_pool *pool, struct http_request *request, void *job)
{
	struct transfer *t = xcalloc(1, sizeof *t);

	t->pool = pool;
	t->job = job;
	t->request = *request;
	*request = (struct http_request){ 0 };
	t->easy = curl_easy_init();
	t->headers = header_list(buf_text(&t->request.headers));
	t->next = pool->first;
	if (t->next != NULL) {
		t->next->prev = t;
	}
	pool->first = t;
	set_safety(t->easy, pool, t->request.plain);
	set_request(t);
	(void)curl_multi_add_handle(pool->multi, t->easy);
}

/* A proxy that refuses has passed nothing on. */
static bool
proxy_refused(CURL *easy)
{
	long status = 0;

	(void)curl_easy_getinfo(easy, CURLINFO_HTTP_CONNECTCODE, &status);
	return status >= 300;
}

static void
tell(struct transfer *t, CURLcode code, http_done *done, void *arg)
{
	struct http_reply reply = { .cut = t->cut, .body = buf_text(&t->answer),
		.len = t->answer.len, .why = t->why[0] != '\0' ? t->why
			: curl_easy_strerror(code) };
	char *location = NULL;
	curl_off_t wait = 0;
	long status = 0;
	long sent = 0;

	(void)curl_easy_getinfo(t->easy, CURLINFO_RESPONSE_CODE, &status);
	(void)curl_easy_getinfo(t->easy, CURLINFO_REQUEST_SIZE, &sent);
	(void)curl_easy_getinfo(t->easy, CURLINFO_REDIRECT_URL, &location);
	(void)curl_easy_getinfo(t->easy, CURLINFO_RETRY_AFTER, &wait);
	reply.curl_code = t->cut ? 0 : (int)code;
	reply.status = (int)status;
	reply.said = sent > 0 && !(code != CURLE_OK && proxy_refused(t->easy));
	reply.location = location == NULL ? "" : location;
	reply.retry_after_ms = wait <= 0 ? 0
		: (wait < RETRY_AFTER_MOST ? (int64_t)wait : RETRY_AFTER_MOST) * 1000;
	done(arg, t->job, &reply);
}

static void
drain(struct http_pool *pool, http_done *done, void *arg)
{
	CURLMsg *message;
	int left;

	while ((message = curl_multi_info_read(pool->multi, &left)) != NULL) {
		struct transfer *t = NULL;
		CURLcode code = message->data.result;

		if (message->msg != CURLMSG_DONE) {
			continue;
		}
		(void)curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &t);
		tell(t, code, done, arg);
		transfer_end(t);
	}
}

void
http_pool_work(struct http_pool *pool, http_done *done, void *arg)
{
	struct epoll_event events[EVENTS];
	int running;
	int count = epoll_wait(pool->epoll, events, EVENTS, 0);

	for (int i = 0; i < count; i++) {
		int what = ((events[i].events & EPOLLIN) != 0 ? CURL_CSELECT_IN : 0) |
			((events[i].events & EPOLLOUT) != 0 ? CURL_CSELECT_OUT : 0) |
			((events[i].events & (EPOLLERR | EPOLLHUP)) != 0 ? CURL_CSELECT_ERR : 0);

		(void)curl_multi_socket_action(pool->multi, events[i].data.fd, what, &running);
	}
	if (pool->due >= 0 && steady() >= pool->due) {
		pool->due = -1;
		(void)curl_multi_socket_action(pool->multi, CURL_SOCKET_TIMEOUT, 0, &running);
	}
	drain(pool, done, arg);
}
