/* json_out.c writes times and absent texts as the contract wants them. */
#include "cli/json_out.h"

#include "core/when.h"

void
json_set_time(struct cli *cli, struct json *object, const char *key, int64_t ms)
{
	char text[WHEN_RFC3339_SIZE];

	if (ms == 0 || ms == NO_DUE) {
		json_set(object, key, json_null());
		return;
	}
	when_rfc3339(text, ms, desk_zone(cli->desk));
	json_set_text(object, key, text);
}

void
json_set_or_null(struct json *object, const char *key, const char *text)
{
	json_set_text(object, key, text == NULL || text[0] == '\0' ? NULL : text);
}
