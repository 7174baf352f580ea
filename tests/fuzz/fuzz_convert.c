/* Any bytes as a playbook to convert: refused, or made into JSON that is JSON
 * again; the same each time, and nothing is left for a second conversion. */
#include "tests/fuzz/fuzz.h"

#include <string.h>

#include "core/text.h"
#include "playbooks/cacao.h"
#include "playbooks/cacao_convert.h"

static char *
convert(const char *text, size_t size, int *changes)
{
	struct conversion conversion = { 0 };
	struct json *doc = NULL;
	struct error err = ERROR_INIT;
	char *out = NULL;

	if (cacao_convert(&doc, &conversion, text, size, &err)) {
		out = json_line(doc);
	} else {
		MUST(err.message[0] != '\0');
	}
	for (int i = 0; i < conversion.count; i++) {
		MUST(text_valid_utf8(conversion.list[i].text, strlen(conversion.list[i].text)));
	}
	*changes = conversion.count;
	conversion_finish(&conversion);
	json_free(doc);
	return out;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	int changes, again;
	char *once = convert((const char *)data, size, &changes);

	if (once != NULL) {
		char *same = convert((const char *)data, size, &changes);
		char *twice = convert(once, strlen(once), &again);

		MUST(strcmp(once, same) == 0);
		MUST(twice != NULL);
		MUST(again == 0 && strcmp(once, twice) == 0);
		free(same);
		free(twice);
	}
	free(once);
	return 0;
}
