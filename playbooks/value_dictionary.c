/* value_dictionary.c owns values of the type dictionary: JSON objects as text. */
#include "playbooks/value_dictionary.h"

#include <string.h>

#include "core/json.h"

static struct json *
dictionary(const char *text)
{
	struct json *out = NULL;
	struct error ignored = ERROR_INIT;

	if (!json_parse(&out, text, strlen(text), NULL, &ignored)) {
		return NULL;
	}
	if (!json_is(out, JSON_OBJECT)) {
		json_free(out);
		return NULL;
	}
	return out;
}

bool
dictionary_fits(const char *text)
{
	struct json *is = dictionary(text);

	json_free(is);
	return is != NULL;
}

/* Every member of the left in the right. */
static bool
members_in(const struct json *left, const struct json *right)
{
	for (const struct json *row = json_first(left); row != NULL;
			row = json_next(row)) {
		if (!json_equal(row, json_get(right, json_key(row)))) {
			return false;
		}
	}
	return true;
}

static bool
held(const char *left, const char *right, bool same)
{
	struct json *a = dictionary(left);
	struct json *b = dictionary(right);
	bool is = a != NULL && b != NULL && members_in(a, b)
		&& (!same || json_count(a) == json_count(b));

	json_free(a);
	json_free(b);
	return is;
}

bool
dictionary_same(const char *left, const char *right)
{
	return held(left, right, true);
}

bool
dictionary_in(const char *left, const char *right)
{
	return held(left, right, false);
}
