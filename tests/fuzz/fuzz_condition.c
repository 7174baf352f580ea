/* Any text as a condition: refused with a place, or read; what is read can be
 * asked, and says the same when asked twice. */
#include "tests/fuzz/fuzz.h"

#include <string.h>

#include "playbooks/condition.h"

static bool
look_up(struct condition_value *out, const char *name, void *arg)
{
	static const struct condition_value values[] = {
		{ "string", "1" }, { "integer", "-1" }, { "bool", "1" }, { "float", "1.5" },
		{ "ipv4-addr", "10.1.2.3" }, { "ipv6-addr", "2001:db8::1" },
		{ "mac-addr", "00:1a:2b:3c:4d:5e" }, { "hexstring", "0a" },
		{ "uri", "https://Host.example:443/%2f" }, { "string", "a, b; [x]" },
		{ "dictionary", "{\"a\":\"1\"}" }, { "integer", NULL },
	};

	(void)arg;
	*out = values[strlen(name) % (sizeof values / sizeof values[0])];
	return true;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = malloc(size + 1);
	struct condition *condition = NULL;
	struct error err = ERROR_INIT;

	if (text == NULL) {
		return 0;
	}
	if (size > 0) {
		memcpy(text, data, size);
	}
	text[size] = '\0';
	if (condition_parse(&condition, text, &err)) {
		bool one = false;
		bool two = false;
		bool ok = condition_eval(&one, condition, look_up, NULL, &err);

		(void)condition_check(condition, look_up, NULL, &err);
		MUST(condition_eval(&two, condition, look_up, NULL, &err) == ok);
		MUST(one == two);
		MUST(condition_name_count(condition) > 0);
	} else {
		MUST(err.message[0] != '\0');
	}
	condition_free(condition);
	free(text);
	return 0;
}
