/* value_uri.c owns when two addresses of the web are the same. */
#include "playbooks/value_uri.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"

/* Bytes of the scheme, without its colon; 0: none. */
static size_t
scheme_length(const char *text)
{
	size_t len = 0;

	if (!isalpha((unsigned char)*text)) {
		return 0;
	}
	while (isalnum((unsigned char)text[len]) || (text[len] != '\0'
			&& strchr("+-.", text[len]) != NULL)) {
		len++;
	}
	return text[len] == ':' ? len : 0;
}

bool
uri_fits(const char *text)
{
	size_t scheme = scheme_length(text);

	/* People read "www.host.example/x" to one another. */
	if (scheme == 0 ? strchr("./", *text) != NULL || strpbrk(text, "./") == NULL
			: text[scheme + 1] == '\0') {
		return false;
	}
	for (const char *p = text; *p != '\0'; p++) {
		if ((unsigned char)*p <= ' ' || *p == 0x7F
				|| strchr("<>\"{}|\\^`", *p) != NULL) {
			return false;
		}
	}
	return true;
}

static void
add_lower(struct buf *out, const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		buf_addc(out, (char)tolower((unsigned char)text[i]));
	}
}

static const struct {
	const char *scheme, *port;
} own_ports[] = {
	{ "http", ":80" }, { "https", ":443" }, { "ftp", ":21" }, { "ssh", ":22" },
	{ "ws", ":80" }, { "wss", ":443" },
};

/* user@Host:port; out holds the scheme in lower case and "://". */
static void
add_authority(struct buf *out, const char *text, size_t len)
{
	const char *at = memchr(text, '@', len);
	size_t user = at == NULL ? 0 : (size_t)(at - text) + 1;

	for (size_t i = 0; i < sizeof own_ports / sizeof own_ports[0]; i++) {
		size_t scheme = strlen(own_ports[i].scheme);
		size_t port = strlen(own_ports[i].port);

		if (scheme + 3 == out->len
				&& strncmp(buf_text(out), own_ports[i].scheme, scheme) == 0
				&& len - user > port && strncmp(text + len - port,
					own_ports[i].port, port) == 0) {
			len -= port;
			break;
		}
	}
	buf_add(out, text, user);
	add_lower(out, text + user, len - user);
}

static char *
normal(const char *text)
{
	size_t scheme = scheme_length(text);
	const char *p = text + scheme + (scheme > 0);
	struct buf out = { 0 };

	add_lower(&out, text, scheme);
	buf_adds(&out, scheme > 0 ? ":" : "");
	if (strncmp(p, "//", 2) == 0) {
		size_t len = strcspn(p + 2, "/?#");

		buf_adds(&out, "//");
		add_authority(&out, p + 2, len);
		p += 2 + len;
		buf_adds(&out, *p == '/' ? "" : "/");
	}
	for (; *p != '\0'; p++) {
		buf_addc(&out, *p);
		if (*p == '%' && isxdigit((unsigned char)p[1])
				&& isxdigit((unsigned char)p[2])) {
			buf_addc(&out, (char)toupper((unsigned char)*++p));
			buf_addc(&out, (char)toupper((unsigned char)*++p));
		}
	}
	return buf_take(&out);
}

int
uri_compare(const char *left, const char *right)
{
	char *a = normal(left);
	char *b = normal(right);
	int order = strcmp(a, b);

	free(a);
	free(b);
	return order;
}
