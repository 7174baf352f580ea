/* fuzz_reply.c: what strangers write into a mail's text never crashes, and what
 * is kept of it is text within its limit. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "core/reply_text.h"
#include "core/text.h"
#include "tests/fuzz/fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = xstrndup((const char *)data, size);
	char *plain = reply_text_of_html(text);
	char to[REPLY_LOGIN_SIZE];
	enum answer_what what;

	for (int i = 0; i < 2; i++) {
		char *own = reply_text_own(i == 0 ? text : plain, 100);

		assert(strlen(own) <= 400 && text_valid_utf8(own, strlen(own)));
		(void)reply_text_says(own, &what, to);
		assert(strlen(reply_text_rest(own)) <= strlen(own));
		free(own);
	}
	free(plain);
	free(text);
	return 0;
}
