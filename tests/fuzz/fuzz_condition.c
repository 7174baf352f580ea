/* Any text as a condition: refused with a place, or read; what is read can be
 * asked, and says the same when asked twice. */
#include "tests/fuzz/fuzz.h"

#include <string.h>

#include "playbooks/condition.h"

static bool
look_up(struct condition_value *out, const char *name, void *arg)
{
	static const char *const types[] = {
		"string", "integer", "bool", "float", "ipv4-addr", "mac-addr",
	};

	(void)arg;
	out->type = types[strlen(name) % 6];
	out->value = strlen(name) % 7 == 0 ? NULL : "1";
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
