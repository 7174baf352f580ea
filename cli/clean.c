/* clean.c keeps escapes and controls, which only somebody else can have put into
 * a desk, from the terminal. */
#include "cli/clean.h"

#include <stdlib.h>
#include <string.h>

#include "core/text.h"

void
clean_text(struct buf *out, const char *text)
{
	while (*text != '\0') {
		size_t len = strcspn(text, "\n\t");
		char *shown = text_printable(text, len);

		buf_adds(out, shown);
		free(shown);
		text += len;
		if (*text != '\0') {
			buf_addc(out, *text++);
		}
	}
}

void
clean_json(struct buf *out, const char *line)
{
	char *valid = text_valid_copy(line, strlen(line));

	for (const char *p = valid; *p != '\0'; p++) {
		unsigned char one = (unsigned char)p[0];
		unsigned char two = (unsigned char)p[1];

		if (one == 0x7f) {
			buf_adds(out, "\\u007f");
		} else if (one == 0xc2 && two < 0xa0) {
			buf_addf(out, "\\u%04x", two);
			p++;
		} else {
			buf_addc(out, *p);
		}
	}
	free(valid);
}
