/* duty_which.h - which rotation of a layer somebody means: by number, by name, the
 * only one there is; a further one only by the word for it. */
#ifndef CORE_DUTY_WHICH_H
#define CORE_DUTY_WHICH_H

#include <stdbool.h>

#include "core/error.h"
#include "core/json.h"

#define DUTY_NEW "new" /* n of one more */

/* rotas: rows of the layer {n, name, ...}.  *out is one of them, NULL: a new one.
 * ERR_NOT_FOUND: no such number · ERR_REFUSED names those to choose from. */
bool duty_which(const struct json **out, const struct json *rotas, const char *layer,
	const struct json *given, struct error *err);

#endif
