/* httpd_reply.c is what doors use to read a request's form and to answer; it
 * knows nothing of sockets. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "core/text.h"
#include "serve/httpd_private.h"

void
http_add(struct http_reply *reply, const char *name, const char *value)
{
	for (const char *at = value; *at != '\0'; at++) {
		if ((unsigned char)*at < ' ' || *at == 127) {
			return;
		}
	}
	if (reply->header_count < HTTP_HEADERS_MAX) {
		reply->headers[reply->header_count++] = xasprintf("%s: %s", name, value);
	}
}

void
http_say(struct http_reply *reply, int status, const char *text)
{
	reply->status = status;
	reply->type = NULL;
	buf_clear(&reply->body);
	buf_addf(&reply->body, "%s\n", text);
}

void
httpd_reply_clear(struct http_reply *reply)
{
	buf_free(&reply->body);
	for (int i = 0; i < reply->header_count; i++) {
		free(reply->headers[i]);
	}
	*reply = (struct http_reply){ 0 };
}

static int
nibble(char digit)
{
	if (digit >= '0' && digit <= '9') {
		return digit - '0';
	}
	digit = (char)(digit | 0x20);
	return digit >= 'a' && digit <= 'f' ? digit - 'a' + 10 : -1;
}

/* application/x-www-form-urlencoded; NULL where that is not text. */
static char *
decoded(const char *from, size_t len)
{
	char *out = xmalloc(len + 1);
	size_t n = 0;

	for (size_t i = 0; i < len; i++) {
		char c = from[i] == '+' ? ' ' : from[i];

		if (c == '%' && i + 2 < len && nibble(from[i + 1]) >= 0 &&
		    nibble(from[i + 2]) >= 0) {
			c = (char)(nibble(from[i + 1]) << 4 | nibble(from[i + 2]));
			i += 2;
		}
		out[n++] = c;
	}
	out[n] = '\0';
	if (strlen(out) != n || !text_valid_utf8(out, n)) {
		free(out);
		return NULL;
	}
	return out;
}

char *
http_field(const struct http_request *request, const char *name)
{
	static const char form[] = "application/x-www-form-urlencoded";
	const char *type = http_header(request, "Content-Type");
	const char *at = request->body;
	size_t wanted = strlen(name);

	if (type == NULL || strncasecmp(type, form, sizeof form - 1) != 0) {
		return NULL;
	}
	while (*at != '\0') {
		size_t len = strcspn(at, "&");

		if (len > wanted && strncmp(at, name, wanted) == 0 && at[wanted] == '=') {
			return decoded(at + wanted + 1, len - wanted - 1);
		}
		at += len + (at[len] == '&');
	}
	return NULL;
}
