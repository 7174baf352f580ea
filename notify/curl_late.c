/* curl_late.c stands where libcurl would be linked, and loads it when the first
 * channel that needs it opens: with what it brings along (TLS twice, Kerberos, LDAP,
 * SSH) it is 3 MB resident, which an engine without such a channel does not owe.
 * Nothing but curl_global_init() may be called before that has succeeded. */
#include <curl/curl.h>
#include <dlfcn.h>
#include <stdarg.h>
#include <stddef.h>

/* libcurl's own macros check types and then call what is defined here. */
#undef curl_easy_setopt
#undef curl_easy_getinfo
#undef curl_multi_setopt

static struct {
	CURLcode (*global_init)(long flags);
	void (*global_cleanup)(void);
	CURL *(*easy_init)(void);
	void (*easy_reset)(CURL *easy);
	void (*easy_cleanup)(CURL *easy);
	CURLcode (*easy_perform)(CURL *easy);
	CURLcode (*easy_setopt)(CURL *easy, CURLoption option, ...);
	CURLcode (*easy_getinfo)(CURL *easy, CURLINFO info, ...);
	const char *(*easy_strerror)(CURLcode code);
	struct curl_slist *(*slist_append)(struct curl_slist *list, const char *text);
	void (*slist_free_all)(struct curl_slist *list);
	CURLM *(*multi_init)(void);
	CURLMcode (*multi_cleanup)(CURLM *multi);
	CURLMcode (*multi_add_handle)(CURLM *multi, CURL *easy);
	CURLMcode (*multi_remove_handle)(CURLM *multi, CURL *easy);
	CURLMcode (*multi_setopt)(CURLM *multi, CURLMoption option, ...);
	CURLMcode (*multi_assign)(CURLM *multi, curl_socket_t fd, void *arg);
	CURLMsg *(*multi_info_read)(CURLM *multi, int *left);
	CURLMcode (*multi_socket_action)(CURLM *multi, curl_socket_t fd, int events,
		int *running);
} late;

#define NAMED(name) { "curl_" #name, (void **)&late.name }

static const struct {
	const char *name;
	void **at;
} names[] = {
	NAMED(global_init), NAMED(global_cleanup), NAMED(easy_init), NAMED(easy_reset),
	NAMED(easy_cleanup), NAMED(easy_perform), NAMED(easy_setopt), NAMED(easy_getinfo),
	NAMED(easy_strerror), NAMED(slist_append), NAMED(slist_free_all), NAMED(multi_init),
	NAMED(multi_cleanup), NAMED(multi_add_handle), NAMED(multi_remove_handle),
	NAMED(multi_setopt), NAMED(multi_assign), NAMED(multi_info_read),
	NAMED(multi_socket_action),
};

/* Stays until the program ends: libraries of TLS cannot be unloaded. */
static CURLcode
load(void)
{
	static const char *const files[] = { "libcurl.so.4", "libcurl-gnutls.so.4" };
	void *library = NULL;

	for (size_t i = 0; library == NULL && i < sizeof files / sizeof *files; i++) {
		library = dlopen(files[i], RTLD_NOW | RTLD_LOCAL);
	}
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		*names[i].at = library == NULL ? NULL : dlsym(library, names[i].name);
		if (*names[i].at == NULL) {
			late.global_init = NULL;
			return CURLE_FAILED_INIT;
		}
	}
	return CURLE_OK;
}

/* By the main thread, before the threads that use it. */
CURLcode
curl_global_init(long flags)
{
	CURLcode code = late.global_init == NULL ? load() : CURLE_OK;

	return code == CURLE_OK ? late.global_init(flags) : code;
}

void
curl_global_cleanup(void)
{
	late.global_cleanup();
}

CURL *
curl_easy_init(void)
{
	return late.easy_init == NULL ? NULL : late.easy_init();
}

void
curl_easy_reset(CURL *easy)
{
	late.easy_reset(easy);
}

void
curl_easy_cleanup(CURL *easy)
{
	late.easy_cleanup(easy);
}

CURLcode
curl_easy_perform(CURL *easy)
{
	return late.easy_perform(easy);
}

/* An option's number tells what its value is. */
CURLcode
curl_easy_setopt(CURL *easy, CURLoption option, ...)
{
	CURLcode code;
	va_list args;

	va_start(args, option);
	if (option < CURLOPTTYPE_OBJECTPOINT) {
		code = late.easy_setopt(easy, option, va_arg(args, long));
	} else if (option >= CURLOPTTYPE_OFF_T && option < CURLOPTTYPE_BLOB) {
		code = late.easy_setopt(easy, option, va_arg(args, curl_off_t));
	} else {
		code = late.easy_setopt(easy, option, va_arg(args, void *));
	}
	va_end(args);
	return code;
}

CURLcode
curl_easy_getinfo(CURL *easy, CURLINFO info, ...)
{
	CURLcode code;
	va_list args;

	va_start(args, info);
	code = late.easy_getinfo(easy, info, va_arg(args, void *));
	va_end(args);
	return code;
}

const char *
curl_easy_strerror(CURLcode code)
{
	return late.easy_strerror(code);
}

struct curl_slist *
curl_slist_append(struct curl_slist *list, const char *text)
{
	return late.slist_append(list, text);
}

void
curl_slist_free_all(struct curl_slist *list)
{
	late.slist_free_all(list);
}

CURLM *
curl_multi_init(void)
{
	return late.multi_init();
}

CURLMcode
curl_multi_cleanup(CURLM *multi)
{
	return late.multi_cleanup(multi);
}

CURLMcode
curl_multi_add_handle(CURLM *multi, CURL *easy)
{
	return late.multi_add_handle(multi, easy);
}

CURLMcode
curl_multi_remove_handle(CURLM *multi, CURL *easy)
{
	return late.multi_remove_handle(multi, easy);
}

CURLMcode
curl_multi_setopt(CURLM *multi, CURLMoption option, ...)
{
	CURLMcode code;
	va_list args;

	va_start(args, option);
	code = (int)option < CURLOPTTYPE_OBJECTPOINT
		? late.multi_setopt(multi, option, va_arg(args, long))
		: late.multi_setopt(multi, option, va_arg(args, void *));
	va_end(args);
	return code;
}

CURLMcode
curl_multi_assign(CURLM *multi, curl_socket_t fd, void *arg)
{
	return late.multi_assign(multi, fd, arg);
}

CURLMsg *
curl_multi_info_read(CURLM *multi, int *left)
{
	return late.multi_info_read(multi, left);
}

CURLMcode
curl_multi_socket_action(CURLM *multi, curl_socket_t fd, int events, int *running)
{
	return late.multi_socket_action(multi, fd, events, running);
}
