/* Any bytes at the JSON door: a clean fault, or a value that every written form
 * gives back. */
#include "tests/fuzz/fuzz.h"

#include <string.h>

#include "core/json.h"
#include "core/text.h"

static void
check_fault(const struct error *err)
{
	const char *at;

	MUST(err->code == ERR_BAD_INPUT && err->message[0] != '\0');
	for (at = err->message; *at != '\0'; at++) {
		MUST((unsigned char)*at >= 0x20 && *at != 0x7f);
	}
}

static void
check_form(const struct json *value, char *(*form)(const struct json *),
	const struct json_limits *limits)
{
	char *text = form(value);
	char *canonical = json_canonical(value);
	struct json *again = NULL;
	struct error err = ERROR_INIT;
	char *canonical_again;

	MUST(text_valid_utf8(text, strlen(text)));
	MUST(json_parse(&again, text, strlen(text), limits, &err));
	MUST(json_equal(value, again));
	canonical_again = json_canonical(again);
	MUST(strcmp(canonical, canonical_again) == 0);
	free(canonical_again);
	free(canonical);
	free(text);
	json_free(again);
}

static void
walk(const struct json *value)
{
	const struct json *child;
	int count = 0;

	for (child = json_first(value); child != NULL; child = json_next(child)) {
		count++;
		MUST((json_key(child) != NULL) == json_is(value, JSON_OBJECT));
		MUST(json_key(child) == NULL || count > 50 ||
			json_get(value, json_key(child)) == child);
		if (json_is_integer(child)) {
			(void)json_integer(child, 0);
		}
		walk(child);
	}
	MUST(json_count(value) == count);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	/* Twice the size and more: escapes and indentation make text longer. */
	const struct json_limits again = { .bytes = (size_t)1 << 30 };
	const struct json_limits body = { .body = true, .bytes = (size_t)1 << 30 };
	const char *text = (const char *)data;
	struct json *value = NULL;
	struct error err = ERROR_INIT;

	if (!json_parse(&value, text, size, NULL, &err)) {
		check_fault(&err);
		return 0;
	}
	walk(value);
	check_form(value, json_line, &again);
	check_form(value, json_pretty, &again);
	{
		struct json *copy = json_copy(value);

		MUST(json_equal(copy, value));
		json_free(copy);
	}
	json_free(value);
	value = NULL;
	if (json_parse(&value, text, size, &body, &err)) {
		check_form(value, json_canonical, &body);
		json_free(value);
	} else {
		check_fault(&err);
	}
	return 0;
}
