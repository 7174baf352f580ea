/* base64.c owns base64, both ways. */
#include "core/base64.h"

#include <string.h>

static const char DIGITS[] =
	"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

void
base64_encode(struct buf *out, const void *bytes, size_t len)
{
	const unsigned char *in = bytes;

	for (size_t i = 0; i < len; i += 3) {
		unsigned word = (unsigned)in[i] << 16;

		word |= i + 1 < len ? (unsigned)in[i + 1] << 8 : 0;
		word |= i + 2 < len ? (unsigned)in[i + 2] : 0;
		buf_addc(out, DIGITS[word >> 18 & 63]);
		buf_addc(out, DIGITS[word >> 12 & 63]);
		buf_addc(out, i + 1 < len ? DIGITS[word >> 6 & 63] : '=');
		buf_addc(out, i + 2 < len ? DIGITS[word & 63] : '=');
	}
}

/* -1: none. */
static int
digit(char byte)
{
	const char *found = byte == '\0' ? NULL : strchr(DIGITS,
		byte == '-' ? '+' : byte == '_' ? '/' : byte);

	return found == NULL ? -1 : (int)(found - DIGITS);
}

void
base64_decode(struct buf *out, const char *text)
{
	unsigned bits = 0;
	int count = 0;

	for (; digit(*text) >= 0; text++) {
		bits = bits << 6 | (unsigned)digit(*text);
		count += 6;
		if (count >= 8) {
			count -= 8;
			buf_addc(out, (char)(bits >> count & 0xFF));
		}
	}
}
