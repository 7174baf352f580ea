/* value_dictionary.h - values of the type dictionary. */
#ifndef PLAYBOOKS_VALUE_DICTIONARY_H
#define PLAYBOOKS_VALUE_DICTIONARY_H

#include <stdbool.h>

/* A JSON object? */
bool dictionary_fits(const char *text);
/* The same members, in whatever order. */
bool dictionary_same(const char *left, const char *right);
/* Every member of the left in the right, with the same value. */
bool dictionary_in(const char *left, const char *right);

#endif
