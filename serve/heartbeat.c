/* heartbeat.c asks one URL, on a thread that knows nothing of the desk, so that a
 * name server or a monitor that hangs costs the loop nothing. */
#include "serve/heartbeat.h"

#include <curl/curl.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/mem.h"
#include "serve/serve.h"

#define CONNECT_S 5L
#define WHOLE_S 15L

struct heartbeat {
	pthread_t thread;
	bool running;      /* the loop's thread only */
	atomic_bool ended; /* then the rest is the loop's */
	atomic_bool cancel;
	char *url;         /* ours */
	bool fine;
	char why[200];
	/* The loop's thread only: the last that ended. */
	bool known, was_fine;
	char last_why[200];
};

/* In clear only to this host: a stranger must not be able to say "well". */
static bool
is_allowed(const char *url)
{
	static const char *const starts[] = { "https://", "http://127.0.0.1",
		"http://localhost", "http://[::1]" };

	for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
		size_t len = strlen(starts[i]);

		if (strncasecmp(url, starts[i], len) == 0 &&
		    (i == 0 || (strpbrk(url, "@\\") == NULL &&
			    strchr(":/", url[len]) != NULL))) {
			return true;
		}
	}
	return false;
}

static size_t
drop(char *bytes __attribute__((unused)), size_t size, size_t count,
	void *arg __attribute__((unused)))
{
	return size * count;
}

static int
go_on(void *arg, curl_off_t a __attribute__((unused)), curl_off_t b __attribute__((unused)),
	curl_off_t c __attribute__((unused)), curl_off_t d __attribute__((unused)))
{
	struct heartbeat *h = arg;

	return atomic_load(&h->cancel);
}

static void
ask(struct heartbeat *h, CURL *curl)
{
	long code = 0;
	CURLcode rc;

	(void)curl_easy_setopt(curl, CURLOPT_URL, h->url);
	(void)curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
	(void)curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	(void)curl_easy_setopt(curl, CURLOPT_QUICK_EXIT, 1L);
	(void)curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	(void)curl_easy_setopt(curl, CURLOPT_PROXY, "");
	(void)curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, CONNECT_S);
	(void)curl_easy_setopt(curl, CURLOPT_TIMEOUT, WHOLE_S);
	(void)curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, drop);
	(void)curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
	(void)curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, go_on);
	(void)curl_easy_setopt(curl, CURLOPT_XFERINFODATA, h);
	(void)curl_easy_setopt(curl, CURLOPT_USERAGENT, "suco-serve");
	rc = curl_easy_perform(curl);
	(void)curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &code);
	h->fine = rc == CURLE_OK && code >= 200 && code < 300;
	if (rc != CURLE_OK) {
		(void)snprintf(h->why, sizeof h->why, "%s", curl_easy_strerror(rc));
	} else {
		(void)snprintf(h->why, sizeof h->why, "HTTP %ld", code);
	}
}

static void *
run(void *arg)
{
	struct heartbeat *h = arg;
	CURL *curl = curl_easy_init();

	h->fine = false;
	(void)snprintf(h->why, sizeof h->why, "libcurl");
	if (curl != NULL) {
		ask(h, curl);
		curl_easy_cleanup(curl);
	}
	atomic_store(&h->ended, true);
	return NULL;
}

static void
begin(struct heartbeat *h)
{
	sigset_t all;
	sigset_t old;
	int rc;

	atomic_store(&h->ended, false);
	(void)sigfillset(&all);
	(void)pthread_sigmask(SIG_SETMASK, &all, &old); /* signals are the loop's */
	rc = pthread_create(&h->thread, NULL, run, h);
	(void)pthread_sigmask(SIG_SETMASK, &old, NULL);
	h->running = rc == 0; /* else the next audit tries again */
}

/* What came of the last one; said when it is another thing than before. */
static void
collect(struct heartbeat *h)
{
	(void)pthread_join(h->thread, NULL);
	h->running = false;
	memcpy(h->last_why, h->why, sizeof h->last_why);
	if (h->known && h->was_fine == h->fine) {
		return;
	}
	if (!h->fine) {
		serve_log(_("the heartbeat was not taken: %s"), h->why);
	} else if (h->known) {
		serve_log(_("the heartbeat is taken again"));
	}
	h->known = true;
	h->was_fine = h->fine;
}

bool
heartbeat_check(const struct serve *serve, struct error *err)
{
	const char *url = config_get(serve->config, CONFIG_SERVE_HEARTBEAT);

	return url[0] == '\0' || is_allowed(url) || error_set(err, ERR_UNAVAILABLE,
		_("[serve] heartbeat_url must begin with https://"));
}

void
heartbeat_ping(struct serve *serve)
{
	const char *url = config_get(serve->config, CONFIG_SERVE_HEARTBEAT);
	struct heartbeat *h = serve->heartbeat;

	if (url[0] == '\0' || !is_allowed(url)) {
		return;
	}
	if (h == NULL) {
		(void)curl_global_init(CURL_GLOBAL_DEFAULT);
		h = serve->heartbeat = xcalloc(1, sizeof *h);
		h->url = xstrdup(url);
	}
	if (h->running && !atomic_load(&h->ended)) {
		return;
	}
	if (h->running) {
		collect(h);
	}
	begin(h);
}

bool
heartbeat_known(const struct serve *serve, bool *fine, const char **why)
{
	const struct heartbeat *h = serve->heartbeat;

	if (h == NULL || !h->known) {
		return false;
	}
	*fine = h->was_fine;
	*why = h->was_fine ? "" : h->last_why;
	return true;
}

void
heartbeat_stop(struct serve *serve)
{
	struct heartbeat *h = serve->heartbeat;

	if (h == NULL) {
		return;
	}
	atomic_store(&h->cancel, true);
	if (h->running) {
		(void)pthread_join(h->thread, NULL);
	}
	free(h->url);
	free(h);
	serve->heartbeat = NULL;
}
