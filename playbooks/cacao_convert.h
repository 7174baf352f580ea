/* cacao_convert.h - a playbook of version 1.0 or 1.1, or one that others wrote
 * carelessly, made CACAO 2.0 as far as that is certain.
 *
 * Nothing is guessed and nothing is lost in silence: each change is told, and
 * what could not be made right is what the strict check then still finds.  The
 * same file gives the same result each time, new identifiers too. */
#ifndef PLAYBOOKS_CACAO_CONVERT_H
#define PLAYBOOKS_CACAO_CONVERT_H

#include <stdbool.h>
#include <stddef.h>

#include "core/error.h"
#include "core/json.h"

struct change {
	char *path; /* in the file as it was, as a JSON pointer */
	char *text; /* one line in the user's language */
};

struct conversion {
	const char *version; /* as the file names itself: "1.0", "1.1", "2.0" or "" */
	struct change *list;
	int count;
};

/* *out is the caller's.  ERR_BAD_INPUT where the file is no JSON object. */
bool cacao_convert(struct json **out, struct conversion *conversion,
	const char *text, size_t len, struct error *err);
void conversion_finish(struct conversion *conversion);

#endif
