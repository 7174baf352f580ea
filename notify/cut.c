/* cut.c shortens texts for channels that carry little. */
#include "notify/cut.h"

#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "core/text.h"

#define MARK " […]"

char *
cut_bytes(const char *text, size_t max)
{
	size_t len = 0;

	if (strlen(text) <= max) {
		return xstrdup(text);
	}
	for (size_t step; (step = text_next(text, len)) > 0; len += step) {
		if (len + step + strlen(MARK) > max) {
			break;
		}
	}
	return xasprintf("%.*s%s", (int)len, text, MARK);
}

char *
url_base(const char *url)
{
	size_t len = strlen(url);

	while (len > 0 && url[len - 1] == '/') {
		len--;
	}
	return xstrndup(url, len);
}
