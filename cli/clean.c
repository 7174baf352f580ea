/* clean.c keeps escapes and controls, which only somebody else can have put into
 * a desk, from the terminal. */
#include "cli/clean.h"

#include <stdlib.h>
#include <string.h>

#include "core/text.h"

static void
clean_but(struct buf *out, const char *text, const char *keep)
{
	while (*text != '\0') {
		size_t len = strcspn(text, keep);
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
clean_text(struct buf *out, const char *text)
{
	clean_but(out, text, "\n\t");
}

void
clean_page(struct buf *out, const char *text)
{
	clean_but(out, text, "\n\t\f");
}

/* What turns the direction of text on a screen (core/text.c); 0: not here. */
static unsigned
turning(const char *p)
{
	unsigned char two = (unsigned char)p[1];
	unsigned char three = two == '\0' ? 0 : (unsigned char)p[2];
	unsigned point = (two & 0x3fu) << 6 | (three & 0x3fu);

	if (p[0] == '\xd8' && two == 0x9c) {
		return 0x61c;
	}
	if (p[0] != '\xe2') {
		return 0;
	}
	point |= 0x2000;
	return point == 0x200e || point == 0x200f || (point >= 0x202a && point <= 0x202e) ||
		(point >= 0x2066 && point <= 0x2069) ? point : 0;
}

void
clean_json(struct buf *out, const char *line)
{
	char *valid = text_valid_copy(line, strlen(line));

	for (const char *p = valid; *p != '\0'; p++) {
		unsigned char one = (unsigned char)p[0];
		unsigned char two = (unsigned char)p[1];
		unsigned turns = turning(p);

		if (one == 0x7f) {
			buf_adds(out, "\\u007f");
		} else if (one == 0xc2 && two < 0xa0) {
			buf_addf(out, "\\u%04x", two);
			p++;
		} else if (turns != 0) {
			buf_addf(out, "\\u%04x", turns);
			p += turns == 0x61c ? 1 : 2;
		} else {
			buf_addc(out, *p);
		}
	}
	free(valid);
}
