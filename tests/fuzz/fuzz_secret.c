/* Any text with its secrets masked: read to its end, never to nothing, never to
 * much more. */
#include "tests/fuzz/fuzz.h"

#include <string.h>

#include "core/secret.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = malloc(size + 1);
	char *one;
	char *prose;

	if (text == NULL) {
		return 0;
	}
	if (size > 0) {
		memcpy(text, data, size);
	}
	text[size] = '\0';
	one = secret_mask(text, SECRET_COMMAND);
	prose = secret_mask(text, SECRET_PROSE);
	MUST(strlen(one) <= strlen(text) * 4 + 4);
	MUST((text[0] == '\0') == (one[0] == '\0'));
	MUST((text[0] == '\0') == (prose[0] == '\0'));
	(void)secret_name(text);
	free(prose);
	free(one);
	free(text);
	return 0;
}
