/* condition.h - conditions of CACAO steps: STIX comparison expressions.
 *
 * `__x__:value = 'text'`, != > >= < <= IN LIKE MATCHES ISSUBSET ISSUPERSET, each
 * with NOT before it, EXISTS, NOT, AND, OR and brackets.  In a text \' is a quote
 * and \\ a backslash; h'0a' and t'2026-...' are texts too.  Values are compared
 * by the declared type of the variable, never as text where the type is a number:
 * "10" is not below "3".  A condition on a variable without a value is an error,
 * not false. */
#ifndef PLAYBOOKS_CONDITION_H
#define PLAYBOOKS_CONDITION_H

#include <stdbool.h>

#include "core/error.h"

struct condition;

/* What a variable is at the moment; strings are borrowed. */
struct condition_value {
	const char *type;  /* CACAO's word: "integer", "string", ... */
	const char *value; /* NULL: not known */
};

/* Fills *out; false where no variable has that name. */
typedef bool condition_lookup(struct condition_value *out, const char *name,
	void *arg);

/* Forms that public playbooks use and the standard does not write so. */
enum condition_style {
	CONDITION_DOUBLE_EQUALS = 1 << 0, /* == */
	CONDITION_NO_VALUE = 1 << 1,      /* a name without :value */
	CONDITION_BARE_TEXT = 1 << 2,     /* text without quotes, "double" */
	CONDITION_BARE_NAME = 1 << 3,     /* a name alone for "is true" */
	CONDITION_SIGNS = 1 << 4,         /* && || ! <> */
	CONDITION_SQUARE = 1 << 5,        /* [ ] of a whole STIX pattern */
	CONDITION_BACKSLASH = 1 << 6,     /* one before what needs none: '\d' */
};

/* A fault names the byte at which it was seen. *out is the caller's. */
bool condition_parse(struct condition **out, const char *text,
	struct error *err);
void condition_free(struct condition *condition); /* NULL is allowed */

/* Bits of enum condition_style. */
int condition_style(const struct condition *condition);

/* The names that the condition reads, 0 .. count-1; borrowed. */
int condition_name_count(const struct condition *condition);
const char *condition_name(const struct condition *condition, int index);

/* Are all names declared, and does every literal fit the type of its
 * variable?  Values are not looked at. */
bool condition_check(const struct condition *condition,
	condition_lookup *lookup, void *arg, struct error *err);

bool condition_eval(bool *out, const struct condition *condition,
	condition_lookup *lookup, void *arg, struct error *err);

#endif
