/* answer_mark.c puts links into texts that leave. */
#include "core/answer_mark.h"

#include <string.h>

#include "core/buf.h"

char *
answer_mark_fill(const char *text, const char *link)
{
	struct buf out = { 0 };

	while (*text != '\0') {
		size_t len = strcspn(text, "\n");
		const char *mark = memmem(text, len, ANSWER_MARK, strlen(ANSWER_MARK));
		size_t whole = len + (text[len] == '\n');

		if (mark == NULL) {
			buf_add(&out, text, whole);
		} else if (link != NULL) {
			size_t before = (size_t)(mark - text);

			buf_add(&out, text, before);
			buf_adds(&out, link);
			before += strlen(ANSWER_MARK);
			buf_add(&out, text + before, whole - before);
		}
		text += whole;
	}
	return buf_take(&out);
}
