/* value_set.c owns ISSUBSET and ISSUPERSET: which value lies in which other. */
#include "playbooks/value_set.h"

#include <arpa/inet.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/json.h"
#include "core/mem.h"
#include "playbooks/value.h"
#include "playbooks/value_dictionary.h"

struct network {
	int family;
	int bits;
	unsigned char address[16];
};

static bool
network_read(struct network *out, const char *text)
{
	char address[INET6_ADDRSTRLEN];
	size_t len = strcspn(text, "/");
	int64_t bits;

	if (len >= sizeof address) {
		return false;
	}
	memcpy(address, text, len);
	address[len] = '\0';
	*out = (struct network){ .family = strchr(address, ':') == NULL
		? AF_INET : AF_INET6 };
	bits = out->family == AF_INET ? 32 : 128;
	out->bits = (int)bits;
	if (inet_pton(out->family, address, out->address) != 1) {
		return false;
	}
	if (text[len] == '/') {
		if (!value_integer(&bits, text + len + 1) || bits < 0
				|| bits > out->bits) {
			return false;
		}
		out->bits = (int)bits;
	}
	return true;
}

static bool
network_in(const struct network *left, const struct network *right)
{
	if (left->family != right->family || left->bits < right->bits) {
		return false;
	}
	for (int i = 0; i < right->bits; i++) {
		int bit = 0x80 >> i % 8;

		if (((left->address[i / 8] ^ right->address[i / 8]) & bit) != 0) {
			return false;
		}
	}
	return true;
}

/* A list as JSON texts; NULL where it is none.  The caller's. */
static struct json *
list_of(const char *text)
{
	struct json *out = NULL;
	struct error ignored = ERROR_INIT;

	if (*text == '[' && json_parse(&out, text, strlen(text), NULL, &ignored)) {
		return out;
	}
	out = json_array();
	while (*text != '\0') {
		size_t len = strcspn(text, ",;\n");
		size_t skip = strspn(text, " \t");
		size_t end = len;

		while (end > skip && strchr(" \t", text[end - 1]) != NULL) {
			end--;
		}
		if (end > skip) {
			char *one = xstrndup(text + skip, end - skip);

			json_push(out, json_string(one));
			free(one);
		}
		text += len + (text[len] != '\0');
	}
	return out;
}

static bool
is_address(const char *type)
{
	return strcmp(type, "ipv4-addr") == 0 || strcmp(type, "ipv6-addr") == 0;
}

static bool
list_fits(const char *type, const char *text)
{
	struct json *list = list_of(text);
	bool fits = true;

	for (const struct json *row = json_first(list); fits && row != NULL;
			row = json_next(row)) {
		fits = json_is(row, JSON_STRING) && value_fits(type, json_text(row, ""));
	}
	json_free(list);
	return fits;
}

bool
value_set_fits(const char *type, const char *text)
{
	struct network network;

	if (is_address(type)) {
		return network_read(&network, text) && (network.family == AF_INET)
			== (strcmp(type, "ipv4-addr") == 0);
	}
	return strcmp(type, "dictionary") == 0 ? dictionary_fits(text)
		: list_fits(type, text);
}

static bool
list_holds(const struct json *list, const char *type, const char *text)
{
	for (const struct json *row = json_first(list); row != NULL;
			row = json_next(row)) {
		if (value_compare(type, json_text(row, ""), text) == 0) {
			return true;
		}
	}
	return false;
}

static bool
list_in(const char *type, const char *left, const char *right)
{
	struct json *a = list_of(left);
	struct json *b = list_of(right);
	bool all = true;

	for (const struct json *row = json_first(a); all && row != NULL;
			row = json_next(row)) {
		all = list_holds(b, type, json_text(row, ""));
	}
	json_free(a);
	json_free(b);
	return all;
}

bool
value_subset(const char *type, const char *left, const char *right)
{
	struct network a;
	struct network b;

	if (strcmp(type, "dictionary") == 0) {
		return dictionary_in(left, right);
	}
	/* A text that holds a network is one, too. */
	if ((is_address(type) || strcmp(type, "string") == 0)
			&& network_read(&a, left) && network_read(&b, right)) {
		return network_in(&a, &b);
	}
	return list_in(type, left, right);
}
