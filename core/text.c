/* text.c owns UTF-8 from outside: is it valid, what of it may be kept, and what
 * may be shown.  Nothing else in the program looks at single bytes of text. */
#include "core/text.h"

#include <string.h>

#include "core/buf.h"

#define REPLACEMENT "\xEF\xBF\xBD" /* U+FFFD */

size_t
text_decode(const char *text, size_t len, uint32_t *point)
{
	/* The least code point of each length, against overlong forms. */
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	const unsigned char *at = (const unsigned char *)text;
	uint32_t value;
	size_t size;
	size_t i;

	if (len == 0) {
		return 0;
	}
	if (at[0] < 0x80) {
		*point = at[0];
		return 1;
	}
	if (at[0] < 0xc2 || at[0] > 0xf4) {
		return 0;
	}
	size = at[0] < 0xe0 ? 2 : at[0] < 0xf0 ? 3 : 4;
	if (size > len) {
		return 0;
	}
	value = at[0] & (0xffu >> (size + 1));
	for (i = 1; i < size; i++) {
		if ((at[i] & 0xc0) != 0x80) {
			return 0;
		}
		value = value << 6 | (at[i] & 0x3fu);
	}
	if (value < least[size] || value > 0x10ffff ||
		(value >= 0xd800 && value <= 0xdfff)) {
		return 0;
	}
	*point = value;
	return size;
}

size_t
text_encode(uint32_t point, char out[4])
{
	if (point < 0x80) {
		out[0] = (char)point;
		return 1;
	}
	if (point < 0x800) {
		out[0] = (char)(0xc0 | point >> 6);
		out[1] = (char)(0x80 | (point & 0x3f));
		return 2;
	}
	if (point < 0x10000) {
		out[0] = (char)(0xe0 | point >> 12);
		out[1] = (char)(0x80 | (point >> 6 & 0x3f));
		out[2] = (char)(0x80 | (point & 0x3f));
		return 3;
	}
	out[0] = (char)(0xf0 | point >> 18);
	out[1] = (char)(0x80 | (point >> 12 & 0x3f));
	out[2] = (char)(0x80 | (point >> 6 & 0x3f));
	out[3] = (char)(0x80 | (point & 0x3f));
	return 4;
}

bool
text_valid_utf8(const char *text, size_t len)
{
	size_t at = 0;

	while (at < len) {
		uint32_t point;
		size_t size;

		if ((unsigned char)text[at] < 0x80) {
			at++;
			continue;
		}
		size = text_decode(text + at, len - at, &point);
		if (size == 0) {
			return false;
		}
		at += size;
	}
	return true;
}

/* ESC, other controls and what turns the direction of text on a screen. */
static bool
is_control(uint32_t point)
{
	return point < 0x20 || (point >= 0x7f && point < 0xa0) ||
		point == 0x061c || point == 0x200e || point == 0x200f ||
		(point >= 0x202a && point <= 0x202e) ||
		(point >= 0x2066 && point <= 0x2069);
}

char *
text_printable(const char *text, size_t len)
{
	struct buf out = { 0 };
	size_t at = 0;

	while (at < len) {
		uint32_t point;
		size_t size = text_decode(text + at, len - at, &point);

		if (size == 0) {
			buf_adds(&out, REPLACEMENT);
			at++;
			continue;
		}
		if (!is_control(point)) {
			buf_add(&out, text + at, size);
		}
		at += size;
	}
	return buf_take(&out);
}
