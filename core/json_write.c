/* json_write.c owns JSON as text: canonical (RFC 8785), on one line, indented;
 * and comparing two values, which like canonical text takes members in order. */
#include "core/json.h"

#include <assert.h>
#include <cjson/cJSON.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/mem.h"

enum style { CANONICAL, LINE, PRETTY };

struct writer {
	struct buf out;
	enum style style;
	int level;
};

/* The order of UTF-16 code units, found in UTF-8: it is the order of bytes but
 * for U+E000..U+FFFF (EE, EF), which come after the surrogates (F0..F4). */
static int
key_order(const void *a, const void *b)
{
	const unsigned char *x = (const unsigned char *)(*(cJSON *const *)a)->string;
	const unsigned char *y = (const unsigned char *)(*(cJSON *const *)b)->string;

	while (*x == *y && *x != '\0') {
		x++;
		y++;
	}
	if (*x >= 0xee && *y >= 0xee && (*x >= 0xf0) != (*y >= 0xf0)) {
		return *x >= 0xf0 ? -1 : 1;
	}
	return (int)*x - (int)*y;
}

/* The members by key; the caller frees the list, not what it points to. */
static cJSON **
sorted_members(const cJSON *object, size_t *count)
{
	cJSON **members;
	cJSON *child;
	size_t n = 0;

	for (child = object->child; child != NULL; child = child->next) {
		n++;
	}
	members = xcalloc(n, sizeof(*members));
	n = 0;
	for (child = object->child; child != NULL; child = child->next) {
		members[n++] = child;
	}
	qsort(members, n, sizeof(*members), key_order);
	*count = n;
	return members;
}

/* The digits and exponent of %.*e, without the decimal point, which would be
 * the locale's. */
static int
digits_of(double number, int places, char *digits)
{
	char text[48];
	size_t n = 0;
	char *at;

	(void)snprintf(text, sizeof(text), "%.*e", places, number);
	for (at = text; *at != 'e'; at++) {
		if (*at >= '0' && *at <= '9') {
			digits[n++] = *at;
		}
	}
	digits[n] = '\0';
	return (int)strtol(at + 1, NULL, 10);
}

static bool
reads_back(double number, const char *digits, int exponent)
{
	char text[48];

	(void)snprintf(text, sizeof(text), "%se%d", digits,
		exponent - (int)strlen(digits) + 1);
	return strtod(text, NULL) == number;
}

/* One unit more in the last place; false where that would need a digit more. */
static bool
count_up(char *digits)
{
	char *at = digits + strlen(digits) - 1;

	while (at > digits && *at == '9') {
		*at-- = '0';
	}
	if (*at == '9') {
		return false;
	}
	(*at)++;
	return true;
}

/* The fewest digits that read back as number > 0.  Beside the nearest decimal
 * its upper neighbour is tried: above a power of two there is twice the room. */
static int
shortest(double number, char *digits)
{
	int places;

	for (places = 0; places < 16; places++) {
		int exponent = digits_of(number, places, digits);

		if (reads_back(number, digits, exponent) ||
			(count_up(digits) && reads_back(number, digits, exponent))) {
			return exponent;
		}
	}
	return digits_of(number, 16, digits);
}

static void
add_zeros(struct buf *out, int count)
{
	while (count-- > 0) {
		buf_addc(out, '0');
	}
}

/* As ECMAScript writes a number (ECMA-262, Number::toString), with an exponent
 * where the whole part would have more than most digits. */
static void
write_double(struct buf *out, double number, int most)
{
	char digits[32];
	int len;
	int point; /* where the decimal point stands among the digits */

	if (number < 0) {
		buf_addc(out, '-');
		number = -number;
	}
	point = shortest(number, digits) + 1;
	len = (int)strlen(digits);
	while (len > 1 && digits[len - 1] == '0') {
		digits[--len] = '\0';
	}
	if (point > most || point < -5) {
		buf_addc(out, digits[0]);
		if (len > 1) {
			buf_addf(out, ".%s", digits + 1);
		}
		buf_addf(out, "e%+d", point - 1);
	} else if (point <= 0) {
		buf_adds(out, "0.");
		add_zeros(out, -point);
		buf_adds(out, digits);
	} else if (point >= len) {
		buf_adds(out, digits);
		add_zeros(out, point - len);
	} else {
		buf_add(out, digits, (size_t)point);
		buf_addf(out, ".%s", digits + point);
	}
}

static void
write_number(struct writer *w, const cJSON *item)
{
	double number = item->valuedouble;

	if (item->valuestring != NULL && w->style != CANONICAL) {
		buf_adds(&w->out, item->valuestring);
	} else if (!isfinite(number)) {
		buf_adds(&w->out, "null"); /* cannot come in; never write a lie */
	} else if (floor(number) == number && fabs(number) < 9007199254740992.0) {
		buf_addf(&w->out, "%lld", (long long)number);
	} else {
		/* ECMAScript's 21 digits would not be taken again as an integer. */
		write_double(&w->out, number, w->style == CANONICAL ? 21 : 15);
	}
}

/* The letter after the backslash; 'u' for the form with four digits, 0 where
 * the byte stands as it is. */
static char
escape(unsigned char byte)
{
	static const char letters[] = {
		['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', ['\f'] = 'f',
		['\r'] = 'r', ['"'] = '"', ['\\'] = '\\',
	};
	char letter = byte < sizeof(letters) ? letters[byte] : 0;

	return letter != 0 ? letter : byte < 0x20 ? 'u' : 0;
}

/* DEL and C1, which a terminal might obey; their two or one bytes. */
static size_t
terminal_control(const unsigned char *at)
{
	if (at[0] == 0x7f) {
		return 1;
	}
	return at[0] == 0xc2 && at[1] >= 0x80 && at[1] < 0xa0 ? 2 : 0;
}

static void
write_string(struct writer *w, const char *text)
{
	const unsigned char *at = (const unsigned char *)text;
	const unsigned char *from = at;

	buf_addc(&w->out, '"');
	while (*at != '\0') {
		char letter = escape(*at);
		size_t control = w->style == CANONICAL ? 0 : terminal_control(at);

		if (letter == 0 && control == 0) {
			at++;
			continue;
		}
		buf_add(&w->out, from, (size_t)(at - from));
		if (control != 0) {
			buf_addf(&w->out, "\\u%04x", at[control - 1]);
			at += control;
		} else if (letter == 'u') {
			buf_addf(&w->out, "\\u%04x", *at++);
		} else {
			buf_addc(&w->out, '\\');
			buf_addc(&w->out, letter);
			at++;
		}
		from = at;
	}
	buf_add(&w->out, from, (size_t)(at - from));
	buf_addc(&w->out, '"');
}

static void
new_line(struct writer *w)
{
	int i;

	if (w->style != PRETTY) {
		return;
	}
	buf_addc(&w->out, '\n');
	for (i = 0; i < w->level; i++) {
		buf_adds(&w->out, "  ");
	}
}

static void write_value(struct writer *w, const cJSON *item);

static void
write_child(struct writer *w, const cJSON *child, bool first, bool named)
{
	if (!first) {
		buf_addc(&w->out, ',');
	}
	new_line(w);
	if (named) {
		write_string(w, child->string);
		buf_adds(&w->out, w->style == PRETTY ? ": " : ":");
	}
	write_value(w, child);
}

static void
write_children(struct writer *w, const cJSON *item, bool named)
{
	const cJSON *child;

	if (named && w->style == CANONICAL) {
		size_t count;
		cJSON **members = sorted_members(item, &count);
		size_t i;

		for (i = 0; i < count; i++) {
			write_child(w, members[i], i == 0, true);
		}
		free(members);
		return;
	}
	for (child = item->child; child != NULL; child = child->next) {
		write_child(w, child, child == item->child, named);
	}
}

static void
write_value(struct writer *w, const cJSON *item)
{
	switch (json_type((const struct json *)item)) {
	case JSON_NULL:
		buf_adds(&w->out, "null");
		break;
	case JSON_BOOL:
		buf_adds(&w->out, cJSON_IsTrue(item) ? "true" : "false");
		break;
	case JSON_NUMBER:
		write_number(w, item);
		break;
	case JSON_STRING:
		write_string(w, item->valuestring);
		break;
	case JSON_ARRAY:
	case JSON_OBJECT: {
		bool named = cJSON_IsObject(item);

		buf_addc(&w->out, named ? '{' : '[');
		w->level++;
		write_children(w, item, named);
		w->level--;
		if (item->child != NULL) {
			new_line(w);
		}
		buf_addc(&w->out, named ? '}' : ']');
		break;
	}
	}
}

static char *
write_all(const struct json *value, enum style style)
{
	struct writer w = { .style = style };

	assert(value != NULL);
	write_value(&w, (const cJSON *)value);
	return buf_take(&w.out);
}

char *
json_canonical(const struct json *value)
{
	return write_all(value, CANONICAL);
}

char *
json_line(const struct json *value)
{
	return write_all(value, LINE);
}

char *
json_pretty(const struct json *value)
{
	return write_all(value, PRETTY);
}

static bool equal(const cJSON *a, const cJSON *b);

static bool
equal_objects(const cJSON *a, const cJSON *b)
{
	size_t count_a;
	size_t count_b;
	cJSON **in_a = sorted_members(a, &count_a);
	cJSON **in_b = sorted_members(b, &count_b);
	bool same = count_a == count_b;
	size_t i;

	for (i = 0; same && i < count_a; i++) {
		same = strcmp(in_a[i]->string, in_b[i]->string) == 0 &&
			equal(in_a[i], in_b[i]);
	}
	free(in_a);
	free(in_b);
	return same;
}

static bool
equal_arrays(const cJSON *a, const cJSON *b)
{
	a = a->child;
	b = b->child;
	while (a != NULL && b != NULL && equal(a, b)) {
		a = a->next;
		b = b->next;
	}
	return a == NULL && b == NULL;
}

static bool
equal_numbers(const cJSON *a, const cJSON *b)
{
	if (a->valuestring != NULL && b->valuestring != NULL) {
		return strcmp(a->valuestring, b->valuestring) == 0;
	}
	return a->valuestring == b->valuestring && a->valuedouble == b->valuedouble;
}

static bool
equal(const cJSON *a, const cJSON *b)
{
	enum json_type type = json_type((const struct json *)a);

	if (type != json_type((const struct json *)b)) {
		return false;
	}
	switch (type) {
	case JSON_NULL:
		return true;
	case JSON_BOOL:
		return cJSON_IsTrue(a) == cJSON_IsTrue(b);
	case JSON_NUMBER:
		return equal_numbers(a, b);
	case JSON_STRING:
		return strcmp(a->valuestring, b->valuestring) == 0;
	case JSON_ARRAY:
		return equal_arrays(a, b);
	case JSON_OBJECT:
		return equal_objects(a, b);
	}
	return false;
}

bool
json_equal(const struct json *a, const struct json *b)
{
	if (a == NULL || b == NULL) {
		return a == b;
	}
	return equal((const cJSON *)a, (const cJSON *)b);
}
