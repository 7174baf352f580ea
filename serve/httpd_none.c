/* httpd_none.c stands for the HTTP server where libmicrohttpd was not there. */
#include "serve/httpd.h"

#include <poll.h>

#include "core/i18n.h"

const char *
http_header(const struct http_request *request __attribute__((unused)),
	const char *name __attribute__((unused)))
{
	return NULL;
}

const char *
http_query(const struct http_request *request __attribute__((unused)),
	const char *name __attribute__((unused)))
{
	return NULL;
}

bool
httpd_open(struct httpd **out __attribute__((unused)),
	const struct httpd_options *options __attribute__((unused)), struct error *err)
{
	return error_set(err, ERR_UNAVAILABLE,
		_("this suco-serve was built without its HTTP server (libmicrohttpd)"));
}

void
httpd_close(struct httpd *httpd __attribute__((unused)))
{
}

void
httpd_quiesce(struct httpd *httpd __attribute__((unused)))
{
}

int
httpd_port(const struct httpd *httpd __attribute__((unused)))
{
	return 0;
}

void
httpd_wait(struct httpd *httpd __attribute__((unused)), struct pollfd *fd,
	int64_t *ms __attribute__((unused)))
{
	*fd = (struct pollfd){ .fd = -1 };
}

void
httpd_work(struct httpd *httpd __attribute__((unused)))
{
}

void
httpd_count(const struct httpd *httpd __attribute__((unused)), struct httpd_counts *out)
{
	*out = (struct httpd_counts){ 0 };
}
