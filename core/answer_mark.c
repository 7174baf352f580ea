/* answer_mark.c puts links into texts that leave. */
#include "core/answer_mark.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/mem.h"

/* A mark in a line. */
struct mark {
	const char *at; /* NULL: none */
	size_t len;
	char id[UUID_SIZE]; /* "": of the message itself */
};

static struct mark
find(const char *line, size_t len)
{
	struct mark mark = { .at = memmem(line, len, ANSWER_MARK, strlen(ANSWER_MARK)),
		.len = strlen(ANSWER_MARK) };
	const size_t head = strlen(ANSWER_MARK_OF);
	const char *of;

	if (mark.at != NULL) {
		return mark;
	}
	of = memmem(line, len, ANSWER_MARK_OF, head);
	mark.len = head + UUID_SIZE - 1 + 2;
	if (of == NULL || (size_t)(line + len - of) < mark.len ||
	    strncmp(of + mark.len - 2, ">>", 2) != 0) {
		return mark;
	}
	(void)snprintf(mark.id, sizeof mark.id, "%.36s", of + head);
	mark.at = uuid_valid(mark.id) ? of : NULL;
	return mark;
}

char *
answer_mark_fill_each(const char *text, const char *link, answer_mark_link *of, void *arg)
{
	struct buf out = { 0 };

	while (*text != '\0') {
		size_t len = strcspn(text, "\n");
		size_t whole = len + (text[len] == '\n');
		struct mark mark = find(text, len);
		char *its = mark.at == NULL || mark.id[0] == '\0' || of == NULL ? NULL
			: of(arg, mark.id);
		const char *is = mark.at == NULL ? NULL
			: mark.id[0] != '\0' && of != NULL ? its : link;

		if (mark.at == NULL) {
			buf_add(&out, text, whole);
		} else if (is != NULL) {
			size_t before = (size_t)(mark.at - text);

			buf_add(&out, text, before);
			buf_adds(&out, is);
			before += mark.len;
			buf_add(&out, text + before, whole - before);
		}
		free(its);
		text += whole;
	}
	return buf_take(&out);
}

char *
answer_mark_fill(const char *text, const char *link)
{
	return answer_mark_fill_each(text, link, NULL, NULL);
}
