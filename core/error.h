/* error.h - an error is a code, one line, and a cause.
 *
 * It is passed in as the last parameter, set once where the fault is seen,
 * passed up unchanged, and printed only at the top (cli/main.c, the TUI's
 * state row).  A function that returns bool returns false only after it has
 * set *err; its outputs are then untouched. */
#ifndef CORE_ERROR_H
#define CORE_ERROR_H

#include <stdbool.h>

/* The order is that of the exit codes in CLI.md; see error_exit_status(). */
enum error_code {
	ERR_NONE,
	ERR_REFUSED,     /* a rule of the desk says no */
	ERR_BAD_INPUT,   /* what was given cannot be accepted */
	ERR_FORBIDDEN,   /* the member's role may not do this */
	ERR_USAGE,       /* wrong words on the command line */
	ERR_NOT_FOUND,   /* no such thing */
	ERR_CONFLICT,    /* somebody changed it first; see error.detail */
	ERR_LOCKED,      /* the database is held by somebody */
	ERR_IO,          /* file, disk or database failure */
	ERR_UNAVAILABLE, /* a part, a network or a service is missing */
	ERR_FAULTS,      /* verify, check or gaps found something */
};

struct error {
	enum error_code code;
	char message[480]; /* what failed: one line, in the user's language */
	char cause[320];   /* why: errno text, SQL error, server reply; or "" */
	char detail[1200]; /* a JSON object that scripts read (conflicts); or "" */
	char how[160];     /* what one would type at a command line: "--reason"; or "" */
};

#define ERROR_INIT ((struct error){ .code = ERR_NONE })

/* Sets code and message, clears cause and detail.  Always returns false. */
bool error_set(struct error *err, enum error_code code, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* As error_set(), with the cause in words of its own. */
bool error_cause(struct error *err, enum error_code code, const char *cause,
	const char *fmt, ...) __attribute__((format(printf, 4, 5)));

/* As error_set() with ERR_IO and strerror(errno) as the cause. */
bool error_errno(struct error *err, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/* Adds what one would type at a command line to mend it: verbs print it behind
 * the message, the screens never do.  Always returns false. */
bool error_how(struct error *err, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/* The word of CLI.md for a code: "refused", "bad_input", ... */
const char *error_word(enum error_code code);

/* The exit status of CLI.md: 0 to 6. */
int error_exit_status(enum error_code code);

#endif
