/* value.c owns the types of CACAO variables: what text fits which type, and
 * how two values of one type compare. */
#include "playbooks/value.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/buf.h"
#include "core/i18n.h"
#include "core/mem.h"

enum family {
	FAMILY_TEXT, FAMILY_INTEGER, FAMILY_FLOAT, FAMILY_BOOL, FAMILY_IPV4,
	FAMILY_IPV6, FAMILY_MAC, FAMILY_HEX, FAMILY_UUID, FAMILY_DICTIONARY,
};

static const struct {
	const char *type;
	enum family family;
	size_t digits; /* of a hash; 0: any */
} types[] = {
	{ "bool", FAMILY_BOOL, 0 },
	{ "dictionary", FAMILY_DICTIONARY, 0 },
	{ "float", FAMILY_FLOAT, 0 },
	{ "hash", FAMILY_HEX, 0 },
	{ "hexstring", FAMILY_HEX, 0 },
	{ "integer", FAMILY_INTEGER, 0 },
	{ "ipv4-addr", FAMILY_IPV4, 0 },
	{ "ipv6-addr", FAMILY_IPV6, 0 },
	{ "long", FAMILY_INTEGER, 0 },
	{ "mac-addr", FAMILY_MAC, 0 },
	{ "md5-hash", FAMILY_HEX, 32 },
	{ "sha256-hash", FAMILY_HEX, 64 },
	{ "string", FAMILY_TEXT, 0 },
	{ "uri", FAMILY_TEXT, 0 },
	{ "uuid", FAMILY_UUID, 0 },
};

static int
find(const char *type)
{
	for (size_t i = 0; type != NULL && i < sizeof types / sizeof types[0]; i++) {
		if (strcmp(types[i].type, type) == 0) {
			return (int)i;
		}
	}
	return -1;
}

bool
value_type_known(const char *type)
{
	return find(type) >= 0;
}

/* An unknown type (lenient import) compares as text. */
static enum family
family_of(const char *type)
{
	int row = find(type);

	return row < 0 ? FAMILY_TEXT : types[row].family;
}

bool
value_integer(int64_t *out, const char *text)
{
	const char *digits = text + (*text == '-' || *text == '+');
	char *end = NULL;

	if (!isdigit((unsigned char)*digits)) {
		return false;
	}
	errno = 0;
	intmax_t number = strtoimax(text, &end, 10);
	if (errno != 0 || *end != '\0') {
		return false;
	}
	*out = number;
	return true;
}

/* Read by hand: strtod() obeys the locale's decimal comma. */
static bool
parse_float(double *out, const char *text)
{
	const char *p = text + (*text == '-' || *text == '+');
	double number = 0;
	double scale = 1;
	int digits = 0;

	for (; isdigit((unsigned char)*p); p++, digits++) {
		number = number * 10 + (*p - '0');
	}
	if (*p == '.') {
		for (p++; isdigit((unsigned char)*p); p++, digits++) {
			number = number * 10 + (*p - '0');
			scale *= 10;
		}
	}
	if (digits == 0 || digits > 300) {
		return false;
	}
	number /= scale;
	if (*p == 'e' || *p == 'E') {
		int64_t power = 0;

		if (!value_integer(&power, p + 1) || power > 300 || power < -300) {
			return false;
		}
		for (; power > 0; power--) {
			number *= 10;
		}
		for (; power < 0; power++) {
			number /= 10;
		}
		p += strlen(p);
	}
	*out = *text == '-' ? -number : number;
	return *p == '\0';
}

static bool
all_hex(const char *text, size_t wanted)
{
	size_t len = strspn(text, "0123456789abcdefABCDEF");

	return text[len] == '\0' && len > 0 && (wanted == 0 || len == wanted);
}

static bool
fits_mac(const char *text)
{
	if (strlen(text) != 17) {
		return false;
	}
	for (int i = 0; i < 17; i++) {
		bool good = i % 3 == 2 ? text[i] == ':' || text[i] == '-'
			: isxdigit((unsigned char)text[i]) != 0;
		if (!good) {
			return false;
		}
	}
	return true;
}

static bool
fits_uuid(const char *text)
{
	if (strlen(text) != 36) {
		return false;
	}
	for (int i = 0; i < 36; i++) {
		bool dash = i == 8 || i == 13 || i == 18 || i == 23;
		if (dash ? text[i] != '-' : !isxdigit((unsigned char)text[i])) {
			return false;
		}
	}
	return true;
}

/* 1, 0, or -1 for no boolean. */
static int
parse_bool(const char *text)
{
	if (strcasecmp(text, "true") == 0 || strcmp(text, "1") == 0) {
		return 1;
	}
	return strcasecmp(text, "false") == 0 || strcmp(text, "0") == 0 ? 0 : -1;
}

bool
value_fits(const char *type, const char *text)
{
	int row = find(type);
	unsigned char address[16];
	int64_t number;
	double real;

	switch (family_of(type)) {
	case FAMILY_TEXT:
		return true;
	case FAMILY_INTEGER:
		return value_integer(&number, text);
	case FAMILY_FLOAT:
		return parse_float(&real, text);
	case FAMILY_BOOL:
		return parse_bool(text) >= 0;
	case FAMILY_IPV4:
		return inet_pton(AF_INET, text, address) == 1;
	case FAMILY_IPV6:
		return inet_pton(AF_INET6, text, address) == 1;
	case FAMILY_MAC:
		return fits_mac(text);
	case FAMILY_HEX:
		return all_hex(text, types[row].digits);
	case FAMILY_UUID:
		return fits_uuid(text);
	case FAMILY_DICTIONARY:
		return text[0] == '{';
	}
	return false;
}

const char *
value_wanted(const char *type)
{
	static const char *const wanted[] = {
		[FAMILY_TEXT] = N_("a text"),
		[FAMILY_INTEGER] = N_("a whole number, for example 35"),
		[FAMILY_FLOAT] = N_("a number, for example 36.5"),
		[FAMILY_BOOL] = N_("yes or no (true, false)"),
		[FAMILY_IPV4] = N_("an IPv4 address"), [FAMILY_IPV6] = N_("an IPv6 address"),
		[FAMILY_MAC] = N_("a MAC address"), [FAMILY_HEX] = N_("digits 0-9, a-f, complete"),
		[FAMILY_UUID] = N_("a UUID"), [FAMILY_DICTIONARY] = N_("a JSON object"),
	};

	return _(wanted[family_of(type)]);
}

bool
value_ordered(const char *type)
{
	switch (family_of(type)) {
	case FAMILY_TEXT: case FAMILY_INTEGER: case FAMILY_FLOAT:
		return true;
	default:
		return false;
	}
}

static int
compare_address(int af, const char *left, const char *right)
{
	unsigned char a[16] = { 0 };
	unsigned char b[16] = { 0 };

	if (inet_pton(af, left, a) != 1 || inet_pton(af, right, b) != 1) {
		return strcmp(left, right);
	}
	return memcmp(a, b, sizeof a);
}

/* Case does not matter, and a MAC address may have either separator. */
static int
compare_folded(const char *left, const char *right)
{
	for (;; left++, right++) {
		int a = *left == '-' ? ':' : tolower((unsigned char)*left);
		int b = *right == '-' ? ':' : tolower((unsigned char)*right);

		if (a != b || a == '\0') {
			return a - b;
		}
	}
}

int
value_compare(const char *type, const char *left, const char *right)
{
	int64_t a = 0;
	int64_t b = 0;
	double x = 0;
	double y = 0;

	switch (family_of(type)) {
	case FAMILY_INTEGER:
		(void)(value_integer(&a, left) && value_integer(&b, right));
		return (a > b) - (a < b);
	case FAMILY_FLOAT:
		(void)(parse_float(&x, left) && parse_float(&y, right));
		return (x > y) - (x < y);
	case FAMILY_BOOL:
		return parse_bool(left) - parse_bool(right);
	case FAMILY_IPV4:
		return compare_address(AF_INET, left, right);
	case FAMILY_IPV6:
		return compare_address(AF_INET6, left, right);
	case FAMILY_MAC: case FAMILY_HEX: case FAMILY_UUID:
		return compare_folded(left, right);
	case FAMILY_TEXT: case FAMILY_DICTIONARY:
		break;
	}
	return strcmp(left, right);
}

/* Bytes of the blank at p, those that do not break too; 0: none. */
static size_t
blank_at(const char *p)
{
	static const char *const wide[] = { "\u00a0", "\u2009", "\u202f" };

	for (size_t i = 0; i < sizeof wide / sizeof wide[0]; i++) {
		if (strncmp(p, wide[i], strlen(wide[i])) == 0) {
			return strlen(wide[i]);
		}
	}
	return *p == ' ' || *p == '\t' || *p == '\n' ? 1 : 0;
}

/* All blanks are one space, none at the ends. */
static char *
one_spaced(const char *text)
{
	struct buf out = { 0 };
	bool space = false;

	while (*text != '\0') {
		size_t blank = blank_at(text);

		if (blank == 0) {
			buf_addf(&out, "%s%c", space && out.len > 0 ? " " : "", *text);
		}
		space = blank != 0;
		text += blank == 0 ? 1 : blank;
	}
	return buf_take(&out);
}

static void
drop_unit(char *text, const char *unit)
{
	size_t len = strlen(text);
	size_t tail = unit == NULL ? 0 : strlen(unit);

	if (tail > 0 && len > tail && strcmp(text + len - tail, unit) == 0) {
		len -= tail;
		len -= text[len - 1] == ' ';
		text[len] = '\0';
	}
}

/* "1 200 000": groups of three after the first of one to three. */
static void
join_thousands(char *text)
{
	size_t first = strspn(text + (*text == '-' || *text == '+'), "0123456789");
	char *p = text + (*text == '-' || *text == '+') + first;

	if (first == 0 || first > 3 || *p != ' ') {
		return;
	}
	while (*p == ' ' && strspn(p + 1, "0123456789") == 3) {
		p += 4;
	}
	if (*p == ' ') {
		return;
	}
	for (p = text; *text != '\0'; text++) {
		if (*text != ' ') {
			*p++ = *text;
		}
	}
	*p = '\0';
}

char *
value_tidy(const char *type, const char *text, const char *unit)
{
	enum family family = family_of(type);
	char *out;
	char *comma;

	if (family != FAMILY_INTEGER && family != FAMILY_FLOAT) {
		return xstrdup(text);
	}
	out = one_spaced(text);
	drop_unit(out, unit);
	join_thousands(out);
	comma = strchr(out, ',');
	/* "1,200" may be either. */
	if (family == FAMILY_FLOAT && comma != NULL && strchr(out, '.') == NULL
			&& strspn(comma + 1, "0123456789") != 3) {
		*comma = '.';
	}
	return out;
}

/* The byte after the character at p. */
static const char *
after_character(const char *p)
{
	p++;
	while (((unsigned char)*p & 0xC0) == 0x80) {
		p++;
	}
	return p;
}

bool
value_like(const char *text, const char *pattern)
{
	const char *star = NULL; /* the pattern after the last % */
	const char *retry = NULL; /* where in text that % may still grow */

	while (*text != '\0') {
		if (*pattern == '%') {
			star = ++pattern;
			retry = text;
		} else if (*pattern == '_') {
			pattern++;
			text = after_character(text);
		} else if (*pattern == *text) {
			pattern++;
			text++;
		} else if (star != NULL) {
			pattern = star;
			text = ++retry;
		} else {
			return false;
		}
	}
	while (*pattern == '%') {
		pattern++;
	}
	return *pattern == '\0';
}
