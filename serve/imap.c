/* imap.c asks a mailbox for the mails after the last one that was read. */
#include "serve/imap.h"

#include <ctype.h>
#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "serve/mailbox.h"

#define CONNECT_MS 15000L
#define TRANSFER_MS 60000L
#define ANSWER_BYTES ((size_t)256 * 1024)

bool
imap_start(void)
{
	return curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
}

void
imap_end(void)
{
	curl_global_cleanup();
}

struct taking {
	struct buf *into;
	size_t most;
	uint32_t validity;
};

/* What is too long is heard to its end and not kept. */
static size_t
take(char *bytes, size_t size, size_t count, void *arg)
{
	struct taking *t = arg;
	size_t len = size * count;
	size_t room = t->most > t->into->len ? t->most - t->into->len : 0;

	buf_add(t->into, bytes, len < room ? len : room);
	return len;
}

/* "* OK [UIDVALIDITY 3857529045] ..." comes when the mailbox is selected. */
static size_t
hear(char *bytes, size_t size, size_t count, void *arg)
{
	struct taking *t = arg;
	static const char word[] = "UIDVALIDITY ";
	const char *found = memmem(bytes, size * count, word, sizeof word - 1);
	char number[16] = "";

	if (found != NULL) {
		size_t left = (size_t)(bytes + size * count - found) - (sizeof word - 1);

		for (size_t i = 0; i < left && i < sizeof number - 1 &&
		     isdigit((unsigned char)found[sizeof word - 1 + i]); i++) {
			number[i] = found[sizeof word - 1 + i];
		}
		t->validity = (uint32_t)strtoul(number, NULL, 10);
	}
	return size * count;
}

static int
may_go_on(void *arg, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d)
{
	(void)a;
	(void)b;
	(void)c;
	(void)d;
	return __atomic_load_n((const bool *)arg, __ATOMIC_RELAXED) ? 1 : 0;
}

static CURL *
connect_to(const struct imap_account *account, const bool *stop, char *why)
{
	CURL *easy = curl_easy_init();

	if (easy == NULL) {
		return NULL;
	}
	curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "imap,imaps");
	curl_easy_setopt(easy, CURLOPT_USE_SSL,
		account->plain ? (long)CURLUSESSL_NONE : (long)CURLUSESSL_ALL);
	curl_easy_setopt(easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	curl_easy_setopt(easy, CURLOPT_PROXY, "");
	curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
	curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, CONNECT_MS);
	curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, TRANSFER_MS);
	curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, why);
	curl_easy_setopt(easy, CURLOPT_NOPROGRESS, 0L);
	curl_easy_setopt(easy, CURLOPT_XFERINFOFUNCTION, may_go_on);
	curl_easy_setopt(easy, CURLOPT_XFERINFODATA, (void *)(uintptr_t)stop);
	curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take);
	curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, hear);
	if (account->user[0] != '\0') {
		curl_easy_setopt(easy, CURLOPT_USERNAME, account->user);
		curl_easy_setopt(easy, CURLOPT_PASSWORD, account->password);
	}
	if (account->ca_file[0] != '\0') {
		curl_easy_setopt(easy, CURLOPT_CAINFO, account->ca_file);
	}
	return easy;
}

static CURLcode
perform(CURL *easy, const char *url, const char *request, struct taking *t)
{
	curl_easy_setopt(easy, CURLOPT_URL, url);
	curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, request);
	curl_easy_setopt(easy, CURLOPT_WRITEDATA, t);
	curl_easy_setopt(easy, CURLOPT_HEADERDATA, t);
	return curl_easy_perform(easy);
}

static bool
ask(CURL *easy, const char *url, const char *request, struct taking *t)
{
	return perform(easy, url, request, t) == CURLE_OK;
}

/* The numbers of "* SEARCH 4 7 9", those after last, the lowest first. */
static void
read_found(struct imap_visit *visit, const char *text)
{
	const char *at = strstr(text, "SEARCH");
	char *end;

	at = at == NULL ? "" : at + strlen("SEARCH");
	for (;;) {
		unsigned long uid = strtoul(at, &end, 10);
		int place = visit->count;

		if (end == at) {
			return;
		}
		at = end;
		if (uid <= visit->last || uid > UINT32_MAX) {
			continue;
		}
		while (place > 0 && visit->mails[place - 1].uid > uid) {
			place--;
		}
		if (place == IMAP_MOST) {
			continue;
		}
		visit->count += visit->count < IMAP_MOST;
		for (int i = visit->count - 1; i > place; i--) {
			visit->mails[i].uid = visit->mails[i - 1].uid;
		}
		visit->mails[place].uid = (uint32_t)uid;
	}
}

static bool
search(struct imap_visit *visit, CURL *easy, const char *url)
{
	struct buf found = { 0 };
	struct taking t = { .into = &found, .most = ANSWER_BYTES };
	char *request = xasprintf("UID SEARCH UID %lu:*", (unsigned long)visit->last + 1);
	bool ok = ask(easy, url, request, &t);

	if (ok && t.validity != 0 && t.validity != visit->validity) {
		/* Another mailbox: its numbers are not those that we know. */
		bool again = visit->last != 0;

		visit->validity = t.validity;
		visit->last = 0;
		if (again) {
			buf_clear(&found);
			ok = ask(easy, url, "UID SEARCH UID 1:*", &t);
		}
	}
	if (ok) {
		read_found(visit, buf_text(&found));
	}
	free(request);
	buf_free(&found);
	return ok;
}

/* No more of it than is read: a long mail over a slow link must not keep those after
 * it waiting.  One that is gone since the search is read as an empty one. */
static bool
fetch(struct imap_visit *visit, int i, CURL *easy, const char *url)
{
	struct taking t = { .into = &visit->mails[i].bytes, .most = MAILBOX_BYTES };
	char *one = xasprintf("%s/;UID=%lu/;PARTIAL=0.%zu", url,
		(unsigned long)visit->mails[i].uid, MAILBOX_BYTES);
	CURLcode code = perform(easy, one, NULL, &t);

	free(one);
	return code == CURLE_OK || code == CURLE_REMOTE_FILE_NOT_FOUND;
}

bool
imap_visit(struct imap_visit *visit, const struct imap_account *account, const bool *stop)
{
	char why[CURL_ERROR_SIZE] = "";
	CURL *easy = connect_to(account, stop, why);
	bool ok = easy != NULL && search(visit, easy, account->url);

	for (int i = 0; ok && i < visit->count; i++) {
		if (!fetch(visit, i, easy, account->url)) {
			/* Those before it are whole; this one comes next time. */
			visit->count = i;
			ok = i > 0;
		}
	}
	(void)snprintf(visit->why, sizeof visit->why, "%s",
		ok || why[0] != '\0' ? why : "no answer");
	if (easy != NULL) {
		curl_easy_cleanup(easy);
	}
	return ok;
}

void
imap_visit_clear(struct imap_visit *visit)
{
	for (int i = 0; i < IMAP_MOST; i++) {
		buf_free(&visit->mails[i].bytes);
	}
}
