/* duty_which.c finds the rotation that is meant; it guesses only where there is but
 * one. */
#include "core/duty_which.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/i18n.h"

static const struct json *
named(const struct json *rotas, const char *name)
{
	for (const struct json *row = json_first(rotas); row != NULL; row = json_next(row)) {
		if (name != NULL && strcmp(json_text_of(row, "name"), name) == 0) {
			return row;
		}
	}
	return NULL;
}

static const struct json *
numbered(const struct json *rotas, int64_t n)
{
	for (const struct json *row = json_first(rotas); row != NULL; row = json_next(row)) {
		if (json_get_int(row, "n", 0) == n) {
			return row;
		}
	}
	return NULL;
}

/* "1 Ca ngày, 2 Ca đêm" */
static bool
refuse(const struct json *rotas, const char *layer, struct error *err)
{
	struct buf names = { 0 };

	for (const struct json *row = json_first(rotas); row != NULL; row = json_next(row)) {
		const char *name = json_text_of(row, "name");

		buf_addf(&names, "%s%lld%s%s", names.len > 0 ? ", " : "",
			(long long)json_get_int(row, "n", 0), name[0] != '\0' ? " " : "", name);
	}
	error_set(err, ERR_REFUSED, _("%s has the rotations %.300s: say by its number which"
		" one is changed, or \"new\" for one more"), layer,
		buf_text(&names));
	buf_free(&names);
	return false;
}

bool
duty_which(const struct json **out, const struct json *rotas, const char *layer,
	const struct json *given, struct error *err)
{
	const char *name = json_get_text(given, "name");
	const char *n = json_get_text(given, "n");
	int64_t number = n != NULL ? strtoll(n, NULL, 10) : json_get_int(given, "n", 0);

	*out = NULL;
	if (n != NULL && strcmp(n, DUTY_NEW) == 0) {
		return named(rotas, name) == NULL || error_set(err, ERR_CONFLICT,
			_("%s has a rotation %.80s already"), layer, name);
	}
	if (json_get(given, "n") != NULL) {
		*out = numbered(rotas, number);
		return *out != NULL || error_set(err, ERR_NOT_FOUND,
			_("%s has no such rotation"), layer);
	}
	*out = named(rotas, name);
	if (*out != NULL || json_count(rotas) == 0) {
		return true;
	}
	if (name != NULL || json_count(rotas) > 1) {
		return refuse(rotas, layer, err);
	}
	*out = json_first(rotas);
	return true;
}
