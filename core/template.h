/* template.h - the texts that leave the desk, from data/templates/ in the
 * recipient's language (DATA 5).  Pure but for reading the file. */
#ifndef CORE_TEMPLATE_H
#define CORE_TEMPLATE_H

#include <stdbool.h>

#include "core/error.h"
#include "core/json.h"
#include "core/zone.h"

struct template_in {
	const char *name;     /* "phan_cong" */
	const char *language; /* "vi", "en" */
	const struct json *vars;
	const struct zone *zone;
	bool outside;         /* to a contact: the public part only */
	bool red;             /* TLP:RED: no title, no work */
	bool drill;           /* [DIỄN TẬP] before and after */
};

/* *subject and *text are the caller's.  ERR_UNAVAILABLE: no such file;
 * ERR_BAD_INPUT: the file asks for a value that there is not (file, line). */
bool template_render(char **subject, char **text, const struct template_in *in,
	struct error *err);

/* The same from the file's text; file is for the messages (tests, fuzzing). */
bool template_fill(char **subject, char **text, const char *file, const char *source,
	const struct template_in *in, struct error *err);

#endif
