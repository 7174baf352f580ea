/* unmime.c is a second, independent reading of RFC 5322 text: what it gives
 * back must be what was written. */
#include "tests/notify/unmime.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/buf.h"
#include "core/mem.h"

bool
unmime_lines_ok(const char *mail, size_t len)
{
	size_t column = 0;

	for (size_t i = 0; i < len; i++) {
		if (mail[i] == '\r') {
			if (i + 1 >= len || mail[i + 1] != '\n') {
				return false;
			}
			i++;
			column = 0;
		} else if (mail[i] == '\n' || mail[i] < ' ' || ++column > 300) {
			return false;
		}
	}
	return len >= 2 && mail[len - 1] == '\n';
}

static int
digit(char c)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	const char *at = c == '\0' ? NULL : strchr(digits, c);

	return at == NULL ? -1 : (int)(at - digits);
}

static void
unbase64(struct buf *out, const char *text, size_t len)
{
	uint32_t bits = 0;
	int count = 0;

	for (size_t i = 0; i < len; i++) {
		int value = digit(text[i]);

		if (value < 0) {
			continue;
		}
		bits = bits << 6 | (uint32_t)value;
		count += 6;
		if (count >= 8) {
			count -= 8;
			buf_addc(out, (char)(bits >> count & 0xff));
		}
	}
}

static void
decode_words(struct buf *out, const char *value)
{
	static const char mark[] = "=?UTF-8?B?";
	bool after_word = false;

	while (*value != '\0') {
		const char *word = value;

		if (after_word) {
			while (*word == ' ') {
				word++;
			}
		}
		if (strncmp(word, mark, strlen(mark)) == 0) {
			const char *end = strstr(word + strlen(mark), "?=");

			unbase64(out, word + strlen(mark), (size_t)(end - word) - strlen(mark));
			value = end + 2;
			after_word = true;
		} else {
			after_word = false;
			buf_addc(out, *value++);
		}
	}
}

char *
unmime_header(const char *mail, const char *name)
{
	size_t len = strlen(name);
	struct buf raw = { 0 };
	struct buf out = { 0 };

	while (*mail != '\0' && *mail != '\r') {
		bool mine = strncasecmp(mail, name, len) == 0 && mail[len] == ':';
		const char *from = mine ? mail + len + 2 : mail;

		do {
			size_t n = strcspn(from, "\r");

			if (mine) {
				buf_add(&raw, from, n);
			}
			mail = from + n + 2;
			from = mail;
		} while (*mail == ' ');
		if (mine) {
			decode_words(&out, buf_text(&raw));
			buf_free(&raw);
			return buf_take(&out);
		}
	}
	return NULL;
}

static int
hex(char c)
{
	return c <= '9' ? c - '0' : c - 'A' + 10;
}

static void
unquote(struct buf *out, const char *text)
{
	while (*text != '\0') {
		if (strncmp(text, "=\r\n", 3) == 0) {
			text += 3;
		} else if (*text == '=') {
			buf_addc(out, (char)(hex(text[1]) * 16 + hex(text[2])));
			text += 3;
		} else {
			buf_addc(out, *text++);
		}
	}
}

char *
unmime_body(const char *mail, size_t len)
{
	const char *body = strstr(mail, "\r\n\r\n") + 4;
	/* A subject may say so too, but begins no line. */
	bool base64 = strstr(mail, "\r\nContent-Transfer-Encoding: base64\r\n") != NULL;
	struct buf raw = { 0 };
	struct buf out = { 0 };

	if (base64) {
		unbase64(&raw, body, len - (size_t)(body - mail));
	} else {
		unquote(&raw, body);
	}
	for (size_t i = 0; i < raw.len; i++) {
		if (raw.data[i] != '\r') {
			buf_addc(&out, raw.data[i]);
		}
	}
	buf_free(&raw);
	return buf_take(&out);
}
