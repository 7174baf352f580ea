/* json_scan.c owns the tokens of the strict pass (text, numbers, words) and how
 * a fault is told: the path of the value, what is wrong, what would be right. */
#include "core/json_scan.h"

#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/text.h"

#define NUMBER_MAX 63 /* as cJSON, which read what is stored, took them */
#define PATH_SHOWN 200
#define EXACT (INT64_C(1) << 53)

/* ---- faults and where they are ---- */

static void
path_name(struct buf *path, const char *name, size_t len)
{
	char *clean = text_printable(name, len);
	const char *at;

	buf_addc(path, '/');
	for (at = clean; *at != '\0'; at++) {
		if (*at == '~' || *at == '/') {
			buf_adds(path, *at == '~' ? "~0" : "~1");
		} else {
			buf_addc(path, *at);
		}
	}
	free(clean);
}

/* "/workflow/action--x/timeout", shortened at the end; "/" is the whole. */
static char *
path_text(const struct scan *s)
{
	struct buf path = { 0 };
	size_t end;
	int i;

	for (i = 0; i < s->depth && path.len < PATH_SHOWN; i++) {
		const struct scan_level *level = &s->levels[i];
		size_t next = i + 1 < s->depth ? s->levels[i + 1].first_name
			: s->name_count;

		if (!level->object) {
			buf_addf(&path, "/%zu", level->index);
		} else if (level->named) {
			const struct scan_name *name = &s->name_list[next - 1];

			path_name(&path, name->text, name->len);
		}
	}
	if (path.len > PATH_SHOWN) {
		end = PATH_SHOWN;
		while (end > 0 && ((unsigned char)path.data[end] & 0xc0) == 0x80) {
			end--;
		}
		path.len = end;
		buf_adds(&path, "…");
	}
	if (path.len == 0) {
		buf_addc(&path, '/');
	}
	return buf_take(&path);
}

static int
line_number(const struct scan *s)
{
	int line = 1;
	size_t i;

	for (i = 0; i < s->at && i < s->len; i++) {
		line += s->text[i] == '\n';
	}
	return line;
}

bool
scan_fault(struct scan *s, const char *fmt, ...)
{
	char *path = path_text(s);
	char *what = NULL;
	va_list args;

	va_start(args, fmt);
	if (vasprintf(&what, fmt, args) < 0) {
		abort();
	}
	va_end(args);
	(void)error_set(s->err, ERR_BAD_INPUT, _("%s: %s (line %d)"), path, what,
		line_number(s));
	free(path);
	free(what);
	return false;
}

/* What stands at the reader's place, for a message. */
static const char *
found(const struct scan *s, char *out, size_t size)
{
	unsigned char byte;

	if (s->at >= s->len) {
		return _("the end");
	}
	byte = (unsigned char)s->text[s->at];
	(void)snprintf(out, size, byte > ' ' && byte < 0x7f ? "%c" : "byte 0x%02x",
		byte);
	return out;
}

bool
scan_unexpected(struct scan *s, const char *wanted)
{
	char here[16];

	return scan_fault(s, _("found %s where %s should stand"),
		found(s, here, sizeof(here)), wanted);
}

/* ---- tokens ---- */

static bool
is_digit(int byte)
{
	return byte >= '0' && byte <= '9';
}

static size_t
skip_digits(struct scan *s)
{
	size_t from = s->at;

	while (is_digit(scan_peek(s))) {
		s->at++;
	}
	return s->at - from;
}

static char *
store(struct scan *s, const char *bytes, size_t len)
{
	char *stored = s->store;

	memcpy(stored, bytes, len);
	stored[len] = '\0';
	s->store += len + 1;
	return stored;
}

static bool
read_integer(struct scan *s, const char *token, double *number, char **digits)
{
	long long value;

	errno = 0;
	value = strtoll(token, NULL, 10);
	if (errno == ERANGE) {
		return scan_fault(s, _("%s is too large; integers go up to"
			" 9223372036854775807, longer ones are written as text"), token);
	}
	if (s->body && (value >= EXACT || value <= -EXACT)) {
		return scan_fault(s, _("%s is too large; here integers stay below"
			" 9007199254740992, longer ones are written as text"), token);
	}
	if (value >= EXACT || value <= -EXACT) {
		*digits = store(s, token, strlen(token));
	}
	*number = value == 0 && token[0] == '-' ? -0.0 : (double)value;
	return true;
}

/* Without a decimal point, which strtod() reads as the locale has it. */
static bool
read_real(struct scan *s, const char *token, double *number)
{
	char digits[NUMBER_MAX + 32];
	const char *at = token;
	long exponent = 0;
	size_t n = 0;
	bool after_point = false;

	for (; *at != '\0' && *at != 'e' && *at != 'E'; at++) {
		if (*at == '.') {
			after_point = true;
		} else {
			digits[n++] = *at;
			exponent -= after_point;
		}
	}
	if (*at != '\0') {
		long given = strtol(at + 1, NULL, 10);

		exponent += given > 99999 ? 99999 : given < -99999 ? -99999 : given;
	}
	(void)snprintf(digits + n, sizeof(digits) - n, "e%ld", exponent);
	*number = strtod(digits, NULL);
	if (isinf(*number)) {
		return scan_fault(s, _("%s is too large for a number; write it as text"),
			token);
	}
	return true;
}

static bool
read_fraction(struct scan *s, bool *integer)
{
	*integer = true;
	if (scan_peek(s) == '.') {
		*integer = false;
		s->at++;
		if (skip_digits(s) == 0) {
			return scan_unexpected(s, _("a digit after the decimal point"));
		}
	}
	if (scan_peek(s) == 'e' || scan_peek(s) == 'E') {
		*integer = false;
		s->at++;
		if (scan_peek(s) == '+' || scan_peek(s) == '-') {
			s->at++;
		}
		if (skip_digits(s) == 0) {
			return scan_unexpected(s, _("a digit of the exponent"));
		}
	}
	return true;
}

bool
scan_number(struct scan *s, double *number, char **digits)
{
	char token[NUMBER_MAX + 1];
	size_t from = s->at;
	size_t len;
	bool integer;

	s->at += scan_peek(s) == '-';
	if (!is_digit(scan_peek(s))) {
		return scan_unexpected(s, _("a digit"));
	}
	if (scan_peek(s) == '0' && s->at + 1 < s->len && is_digit(s->text[s->at + 1])) {
		return scan_fault(s, _("a number does not begin with 0; leave the 0 out,"
			" or write it as text"));
	}
	(void)skip_digits(s);
	if (!read_fraction(s, &integer)) {
		return false;
	}
	len = s->at - from;
	if (len > NUMBER_MAX) {
		return scan_fault(s, _("a number of %zu characters; at most %d are taken,"
			" longer ones are written as text"), len, NUMBER_MAX);
	}
	memcpy(token, s->text + from, len);
	token[len] = '\0';
	if (s->body && (!integer || strcmp(token, "-0") == 0)) {
		return scan_fault(s, _("%s is no plain integer; write an integer, or text"
			" in quotes"), token);
	}
	*digits = NULL;
	return integer ? read_integer(s, token, number, digits)
		: read_real(s, token, number);
}

char
scan_word(struct scan *s)
{
	static const char *const words[] = { "true", "false", "null" };
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(*words); i++) {
		size_t len = strlen(words[i]);

		if (s->len - s->at >= len &&
			memcmp(s->text + s->at, words[i], len) == 0) {
			s->at += len;
			return words[i][0];
		}
	}
	if (scan_peek(s) == '+') {
		(void)scan_fault(s, _("a number does not begin with +; leave it out"));
	} else {
		(void)scan_unexpected(s, _("a value (\"text\", a number, true, false, null,"
			" [...] or {...})"));
	}
	return 0;
}

/* Four hex digits; -1 where they are not. */
static int
hex4(const struct scan *s, size_t at)
{
	int value = 0;
	size_t i;

	if (s->len - at < 4 || at > s->len) {
		return -1;
	}
	for (i = at; i < at + 4; i++) {
		char c = s->text[i];
		int digit = is_digit(c) ? c - '0' : (c | 32) >= 'a' && (c | 32) <= 'f'
			? (c | 32) - 'a' + 10 : -1;

		if (digit < 0) {
			return -1;
		}
		value = value * 16 + digit;
	}
	return value;
}

/* \uXXXX at the reader's place, a pair where it takes two. */
static bool
read_unicode(struct scan *s)
{
	int point = hex4(s, s->at + 2);

	if (point < 0) {
		return scan_fault(s, _("\\u takes four hexadecimal digits"));
	}
	if (point == 0) {
		return scan_fault(s, _("\\u0000 cannot stand in text; leave it out"));
	}
	s->at += 6;
	if (point >= 0xd800 && point <= 0xdfff) {
		int low = s->len - s->at >= 6 && s->text[s->at] == '\\' &&
			s->text[s->at + 1] == 'u' ? hex4(s, s->at + 2) : -1;

		if (point >= 0xdc00 || low < 0xdc00 || low > 0xdfff) {
			return scan_fault(s, _("\\u%04x is half of a pair; write both halves"
				" or the character itself"), (unsigned int)point);
		}
		point = 0x10000 + ((point - 0xd800) << 10) + (low - 0xdc00);
		s->at += 6;
	}
	s->store += text_encode((uint32_t)point, s->store);
	return true;
}

static bool
read_escape(struct scan *s)
{
	static const char from[] = "\"\\/bfnrt";
	static const char to[] = "\"\\/\b\f\n\r\t";
	const char *letter;
	int byte = s->at + 1 < s->len ? (unsigned char)s->text[s->at + 1] : -1;

	if (byte == 'u') {
		return read_unicode(s);
	}
	letter = byte > 0 ? strchr(from, byte) : NULL;
	if (letter == NULL) {
		s->at++;
		return scan_unexpected(s, _("one of \" \\ / b f n r t u after a backslash"));
	}
	*s->store++ = to[letter - from];
	s->at += 2;
	return true;
}

/* What ends a run of bytes that stand for themselves. */
static bool
is_stop(unsigned char byte)
{
	return byte < 0x20 || byte == '"' || byte == '\\';
}

#define EACH(byte) ((uint64_t)(byte) * 0x0101010101010101)
#define HIGH EACH(0x80)

/* Is one of eight bytes below least (at most 0x80)? */
static uint64_t
any_below(uint64_t bytes, unsigned int least)
{
	return (bytes - EACH(least)) & ~bytes & HIGH;
}

static bool
has_stop(uint64_t bytes)
{
	return (any_below(bytes, 0x20) | any_below(bytes ^ EACH('"'), 1)
		| any_below(bytes ^ EACH('\\'), 1)) != 0;
}

static bool
continues(char byte)
{
	return ((unsigned char)byte & 0xc0) == 0x80;
}

/* The first byte that is not valid UTF-8, or end. */
static const char *
end_of_utf8(const char *at, const char *end)
{
	while (at < end) {
		unsigned char lead = (unsigned char)*at;
		uint32_t point;
		size_t size = 0;

		/* What Vietnamese is written with, before all that there is. */
		if (lead < 0x80) {
			size = 1;
		} else if (lead >= 0xe1 && lead <= 0xec && end - at >= 3) {
			size = continues(at[1]) && continues(at[2]) ? 3 : 0;
		} else {
			size = text_decode(at, (size_t)(end - at), &point);
		}
		if (size == 0) {
			return at;
		}
		at += size;
	}
	return end;
}

/* The end of what stands for itself: a quote, a backslash, a control character;
 * NULL where it is no UTF-8, which is told. */
static const char *
end_of_run(struct scan *s)
{
	const char *from = s->text + s->at;
	const char *end = s->text + s->len;
	const char *at = from;
	uint64_t bytes, seen = 0;

	for (; end - at >= 8; at += 8) {
		memcpy(&bytes, at, sizeof bytes);
		if (has_stop(bytes)) {
			break;
		}
		seen |= bytes;
	}
	for (; at < end && !is_stop((unsigned char)*at); at++) {
		seen |= (unsigned char)*at;
	}
	if ((seen & HIGH) == 0) {
		return at;
	}
	from = end_of_utf8(from, at);
	if (from == at) {
		return at;
	}
	s->at = (size_t)(from - s->text);
	(void)scan_fault(s, _("byte 0x%02x is not valid UTF-8; save the"
		" text as UTF-8"), (unsigned int)scan_peek(s));
	return NULL;
}

static bool
read_run(struct scan *s)
{
	const char *from = s->text + s->at;
	const char *end = end_of_run(s);

	if (end == NULL) {
		return false;
	}
	memcpy(s->store, from, (size_t)(end - from));
	s->store += end - from;
	s->at = (size_t)(end - s->text);
	return true;
}

bool
scan_string(struct scan *s, char **text, size_t *len)
{
	*text = s->store;
	s->at++;
	while (read_run(s)) {
		int byte = scan_peek(s);

		if (byte == '"') {
			s->at++;
			*len = (size_t)(s->store - *text);
			*s->store++ = '\0';
			return true;
		}
		if (byte < 0) {
			return scan_fault(s, _("the text has no closing quote"));
		}
		if (byte != '\\') {
			return scan_fault(s, _("control character 0x%02x in text; write \\u%04x,"
				" \\n or \\t"), (unsigned int)byte, (unsigned int)byte);
		}
		if (!read_escape(s)) {
			return false;
		}
	}
	return false;
}
