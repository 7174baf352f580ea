/* value_match.h - patterns of conditions, LIKE and MATCHES, within bounds that keep
 * the time of every pair of text and pattern small. */
#ifndef PLAYBOOKS_VALUE_MATCH_H
#define PLAYBOOKS_VALUE_MATCH_H

#include <stdbool.h>

#include "core/error.h"

/* Longer texts and patterns are refused, not cut. */
#define PATTERN_MOST 256  /* bytes of a pattern */
#define PATTERN_TEXT 4096 /* bytes of a text */
#define PATTERN_ATOMS 600 /* with its {n,m} written out */

/* STIX LIKE, the whole text: % is any run, _ is one character.  ERR_REFUSED where
 * the text or the pattern is too long. */
bool value_like(bool *out, const char *text, const char *pattern, struct error *err);

/* May the pattern be asked with MATCHES?  A regular expression as STIX writes it
 * (\d \w \s, (?:...), (?i) in front, lazy repeats), without back references and
 * without looking around: those have no bound on their time. */
bool value_pattern(const char *pattern, struct error *err);

/* STIX MATCHES: does the pattern stand anywhere in the text? */
bool value_matches(bool *out, const char *text, const char *pattern, struct error *err);

#endif
