/* Any bytes as suco.conf: every value fits its key, every fault is one clean
 * line with its place. */
#include "tests/fuzz/fuzz.h"

#include <string.h>

#include "core/config.h"
#include "core/text.h"

static void
check_fault(const char *fault)
{
	MUST(strncmp(fault, "fuzz.conf:", 10) == 0);
	MUST(text_valid_utf8(fault, strlen(fault)));
	for (; *fault != '\0'; fault++) {
		MUST((unsigned char)*fault >= ' ' && *fault != 127);
	}
}

static void
check_value(const struct config *config, enum config_key key)
{
	const struct config_row *row = &config_rows[key];
	const char *value = config_get(config, key);
	const char *origin = config_origin(config, key);

	MUST(text_valid_utf8(value, strlen(value)));
	MUST(strchr(value, '\n') == NULL && strchr(value, '\x1b') == NULL);
	MUST(origin[0] != '\0' || value == row->fallback);
	if (row->type == CONFIG_YES_NO) {
		MUST(strcmp(value, "yes") == 0 || strcmp(value, "no") == 0);
	} else if (row->type == CONFIG_NUMBER) {
		MUST(config_number(config, key) >= row->least);
		MUST(config_number(config, key) <= row->most);
	} else if (row->type == CONFIG_PATH) {
		MUST(value[0] == '\0' || value[0] == '/');
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct config *config = config_read("fuzz.conf", (const char *)data, size);
	struct error err = ERROR_INIT;

	for (int i = 0; i < CONFIG_KEY_COUNT; i++) {
		check_value(config, (enum config_key)i);
	}
	for (int i = 0; i < config_fault_count(config); i++) {
		check_fault(config_fault(config, i));
	}
	MUST(config_strict(config, &err) == (config_fault_count(config) == 0));
	config_free(config);
	return 0;
}
