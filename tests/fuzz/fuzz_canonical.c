/* Any value in its canonical form (RFC 8785): it parses again to an equal value, is
 * a fixed point, has no blanks, only the escapes of the RFC, and its members in the
 * order of UTF-16, which is counted here in another way than there. */
#include "tests/fuzz/fuzz.h"

#include <math.h>
#include <string.h>

#include "core/json.h"
#include "core/text.h"

#define EXACT 9007199254740992.0 /* 2^53: above it canonical numbers are doubles */

/* One code unit of UTF-16 from valid UTF-8; low keeps a second surrogate. */
static unsigned
unit(const unsigned char **at, unsigned *low)
{
	static const unsigned char masks[] = { 0x7f, 0x7f, 0x1f, 0x0f, 0x07 };
	unsigned first = **at;
	int bytes = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
	unsigned code = first & masks[bytes];

	if (*low != 0) {
		unsigned second = *low;

		*low = 0;
		return second;
	}
	for (int i = 1; i < bytes; i++) {
		code = code << 6 | ((*at)[i] & 0x3f);
	}
	*at += first == '\0' ? 0 : bytes;
	if (code < 0x10000) {
		return code;
	}
	*low = 0xdc00 + ((code - 0x10000) & 0x3ff);
	return 0xd800 + ((code - 0x10000) >> 10);
}

static bool
stands_before(const char *a, const char *b)
{
	const unsigned char *x = (const unsigned char *)a;
	const unsigned char *y = (const unsigned char *)b;
	unsigned low_x = 0, low_y = 0;

	for (;;) {
		unsigned of_x = unit(&x, &low_x);
		unsigned of_y = unit(&y, &low_y);

		if (of_x != of_y || of_x == 0) {
			return of_x < of_y;
		}
	}
}

static void
check_order(const struct json *value)
{
	const char *before = NULL;

	for (const struct json *child = json_first(value); child != NULL;
			child = json_next(child)) {
		MUST(before == NULL || stands_before(before, json_key(child)));
		before = json_key(child);
		check_order(child);
	}
}

/* Behind a backslash: the short forms, else \u00xx of a control that has none. */
static const char *
check_escape(const char *at)
{
	static const char digits[] = "0123456789abcdef";

	if (*at != 'u') {
		MUST(*at != '\0' && strchr("\"\\bfnrt", *at) != NULL);
		return at + 1;
	}
	MUST(strncmp(at, "u00", 3) == 0 && (at[3] == '0' || at[3] == '1'));
	MUST(at[4] != '\0' && strchr(digits, at[4]) != NULL);
	MUST(at[3] == '1' || strchr("89acd", at[4]) == NULL);
	return at + 5;
}

static void
check_text(const char *text)
{
	bool quoted = false;

	while (*text != '\0') {
		char byte = *text++;

		if (byte == '"') {
			quoted = !quoted;
		} else if (quoted && byte == '\\') {
			text = check_escape(text);
		} else {
			MUST((unsigned char)byte >= 0x20 && (quoted || byte != ' '));
		}
	}
	MUST(!quoted);
}

/* A number that canonical text rounds, or that is no int64 any more. */
static bool
has_large(const struct json *value)
{
	if (json_is(value, JSON_NUMBER) && fabs(json_number(value, 0)) >= EXACT) {
		return true;
	}
	for (const struct json *child = json_first(value); child != NULL;
			child = json_next(child)) {
		if (has_large(child)) {
			return true;
		}
	}
	return false;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct json_limits roomy = { .bytes = (size_t)1 << 30 };
	struct json *value = NULL, *again = NULL;
	struct error err = ERROR_INIT;
	char *text, *twice;

	if (!json_parse(&value, (const char *)data, size, NULL, &err)) {
		return 0;
	}
	text = json_canonical(value);
	MUST(text_valid_utf8(text, strlen(text)));
	check_text(text);
	if (json_parse(&again, text, strlen(text), &roomy, &err)) {
		MUST(json_equal(value, again) || has_large(value));
		check_order(again);
		twice = json_canonical(again);
		MUST(strcmp(twice, text) == 0);
		free(twice);
	} else {
		MUST(has_large(value));
	}
	json_free(again);
	json_free(value);
	free(text);
	return 0;
}
