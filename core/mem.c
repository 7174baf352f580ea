/* mem.c owns the one place that gives up when memory is gone. */
#include "core/mem.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *
or_die(void *memory)
{
	if (memory == NULL) {
		(void)fputs("suco: out of memory\n", stderr);
		abort();
	}
	return memory;
}

void *
xmalloc(size_t size)
{
	return or_die(malloc(size == 0 ? 1 : size));
}

void *
xcalloc(size_t count, size_t size)
{
	return or_die(calloc(count == 0 ? 1 : count, size == 0 ? 1 : size));
}

void *
xrealloc(void *old, size_t size)
{
	return or_die(realloc(old, size == 0 ? 1 : size));
}

char *
xstrdup(const char *text)
{
	return text == NULL ? NULL : or_die(strdup(text));
}

char *
xstrndup(const char *text, size_t len)
{
	return or_die(strndup(text, len));
}

char *
xasprintf(const char *fmt, ...)
{
	char *text = NULL;
	va_list args;
	int len;

	va_start(args, fmt);
	len = vasprintf(&text, fmt, args);
	va_end(args);
	return or_die(len < 0 ? NULL : text);
}
