/* error.c owns the error record and its mapping to the words and exit codes
 * of the command line's contract. */
#include "core/error.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const struct {
	const char *word;
	int status;
} codes[] = {
	[ERR_NONE] = { "none", 0 },
	[ERR_REFUSED] = { "refused", 1 },
	[ERR_BAD_INPUT] = { "bad_input", 1 },
	[ERR_FORBIDDEN] = { "forbidden", 1 },
	[ERR_USAGE] = { "usage", 2 },
	[ERR_NOT_FOUND] = { "not_found", 3 },
	[ERR_CONFLICT] = { "conflict", 4 },
	[ERR_LOCKED] = { "locked", 5 },
	[ERR_IO] = { "io", 5 },
	[ERR_UNAVAILABLE] = { "unavailable", 5 },
	[ERR_FAULTS] = { "faults", 6 },
};

static void
fill(struct error *err, enum error_code code, const char *cause,
	const char *fmt, va_list args)
{
	err->code = code;
	err->detail[0] = '\0';
	err->how[0] = '\0';
	/* A message longer than the record is cut: it is for people. */
	(void)vsnprintf(err->message, sizeof err->message, fmt, args);
	(void)snprintf(err->cause, sizeof err->cause, "%s", cause);
}

bool
error_set(struct error *err, enum error_code code, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	fill(err, code, "", fmt, args);
	va_end(args);
	return false;
}

bool
error_cause(struct error *err, enum error_code code, const char *cause,
	const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	fill(err, code, cause, fmt, args);
	va_end(args);
	return false;
}

bool
error_errno(struct error *err, const char *fmt, ...)
{
	const char *cause = strerror(errno);
	va_list args;

	va_start(args, fmt);
	fill(err, ERR_IO, cause, fmt, args);
	va_end(args);
	return false;
}

bool
error_how(struct error *err, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	(void)vsnprintf(err->how, sizeof err->how, fmt, args);
	va_end(args);
	return false;
}

const char *
error_word(enum error_code code)
{
	return codes[code].word;
}

int
error_exit_status(enum error_code code)
{
	return codes[code].status;
}
