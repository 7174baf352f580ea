/* value_set.h - values that hold others: networks, lists, dictionaries; what is
 * asked of them with ISSUBSET and ISSUPERSET. */
#ifndef PLAYBOOKS_VALUE_SET_H
#define PLAYBOOKS_VALUE_SET_H

#include <stdbool.h>

/* May the text stand beside ISSUBSET and ISSUPERSET of that type: an address or a
 * network (192.0.2.0/24), a dictionary, else a list of values of the type, with
 * commas ("a, b") or as JSON (["a","b"]). */
bool value_set_fits(const char *type, const char *text);

/* Is all of the left in the right?  Both must fit. */
bool value_subset(const char *type, const char *left, const char *right);

#endif
