/* value.h - values of CACAO variables: text that has a declared type. */
#ifndef PLAYBOOKS_VALUE_H
#define PLAYBOOKS_VALUE_H

#include <stdbool.h>
#include <stdint.h>

/* One of the types of CACAO 10.18? */
bool value_type_known(const char *type);

/* Does the text fit the type ("" fits string only)? */
bool value_fits(const char *type, const char *text);

/* What a value of the type is, for people: "a whole number". */
const char *value_wanted(const char *type);

/* May values of this type be compared with < and >? */
bool value_ordered(const char *type);

/* <0, 0, >0 by the type; both texts must fit it. */
int value_compare(const char *type, const char *left, const char *right);

/* An answer as it was meant (value_tidy.c): "1 200" is 1200, " 35 " and "35 phút"
 * are 35 where phút is the unit (or NULL), "36,5" of a float is 36.5, "có" and
 * "yes" of a bool are true; around anything but a text blanks go.  What is not
 * certain stays as it is.  The caller frees. */
char *value_tidy(const char *type, const char *text, const char *unit);

/* A whole number in the range of int64_t and nothing else. */
bool value_integer(int64_t *out, const char *text);

#endif
