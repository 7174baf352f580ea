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

#include "core/i18n.h"
#include "playbooks/value_dictionary.h"
#include "playbooks/value_uri.h"

enum family {
	FAMILY_TEXT, FAMILY_INTEGER, FAMILY_FLOAT, FAMILY_BOOL, FAMILY_IPV4,
	FAMILY_IPV6, FAMILY_MAC, FAMILY_HEX, FAMILY_MD5, FAMILY_SHA256, FAMILY_UUID,
	FAMILY_URI, FAMILY_DICTIONARY,
};

static const struct {
	const char *type;
	enum family family;
} types[] = {
	{ "bool", FAMILY_BOOL },
	{ "dictionary", FAMILY_DICTIONARY },
	{ "float", FAMILY_FLOAT },
	{ "hash", FAMILY_HEX },
	{ "hexstring", FAMILY_HEX },
	{ "integer", FAMILY_INTEGER },
	{ "ipv4-addr", FAMILY_IPV4 },
	{ "ipv6-addr", FAMILY_IPV6 },
	{ "long", FAMILY_INTEGER },
	{ "mac-addr", FAMILY_MAC },
	{ "md5-hash", FAMILY_MD5 },
	{ "sha256-hash", FAMILY_SHA256 },
	{ "string", FAMILY_TEXT },
	{ "uri", FAMILY_URI },
	{ "uuid", FAMILY_UUID },
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

/* Whole bytes; wanted 0: any number of them. */
static bool
all_hex(const char *text, size_t wanted)
{
	size_t len = strspn(text, "0123456789abcdefABCDEF");

	return text[len] == '\0' && len > 0
		&& (wanted == 0 ? len % 2 == 0 : len == wanted);
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
		return all_hex(text, 0);
	case FAMILY_MD5:
		return all_hex(text, 32);
	case FAMILY_SHA256:
		return all_hex(text, 64);
	case FAMILY_UUID:
		return fits_uuid(text);
	case FAMILY_URI:
		return uri_fits(text);
	case FAMILY_DICTIONARY:
		return dictionary_fits(text);
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
		[FAMILY_IPV4] = N_("an IPv4 address, for example 192.0.2.7"),
		[FAMILY_IPV6] = N_("an IPv6 address, for example 2001:db8::7"),
		[FAMILY_MAC] = N_("a MAC address, for example 00:1a:2b:3c:4d:5e"),
		[FAMILY_HEX] = N_("pairs of digits 0-9, a-f, for example 0a3f"),
		[FAMILY_MD5] = N_("an MD5 hash: 32 digits 0-9, a-f"),
		[FAMILY_SHA256] = N_("a SHA-256 hash: 64 digits 0-9, a-f"),
		[FAMILY_UUID] = N_("a UUID, for example 5c0c0a11-7e5d-4a57-9d3c-3f1c5e8a2b01"),
		[FAMILY_URI] = N_("an address such as https://host.example/x"),
		[FAMILY_DICTIONARY] = N_("a JSON object such as {\"name\": \"value\"}"),
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
	case FAMILY_MAC: case FAMILY_HEX: case FAMILY_MD5: case FAMILY_SHA256:
	case FAMILY_UUID:
		return compare_folded(left, right);
	case FAMILY_URI:
		return uri_compare(left, right);
	case FAMILY_DICTIONARY:
		return dictionary_same(left, right) ? 0 : strcmp(left, right);
	case FAMILY_TEXT:
		break;
	}
	return strcmp(left, right);
}
