/* json.h - the only door to JSON (cJSON behind it).
 *
 * Reading is strict: valid UTF-8, no BOM, no duplicate keys, no NUL, no raw
 * control characters, no trailing text, numbers as RFC 8259 writes them,
 * depth and size within limits.  A fault names its JSON path.
 * Look-ups are case-sensitive.  Writing is canonical (RFC 8785) where a hash
 * depends on it. */
#ifndef CORE_JSON_H
#define CORE_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/error.h"

struct json; /* one value; the root is freed with json_free() */

enum json_type {
	JSON_NULL, JSON_BOOL, JSON_NUMBER, JSON_STRING, JSON_ARRAY, JSON_OBJECT,
};

struct json_limits {
	size_t bytes; /* 0: 4 MiB */
	int depth;    /* 0: 64 levels */
	bool body;    /* an event's body: integers below 2^53 only */
};

/* Parses text[0..len). limits NULL: the defaults. *out is the caller's. */
bool json_parse(struct json **out, const char *text, size_t len,
	const struct json_limits *limits, struct error *err);

/* A document that is only read, in a few blocks of memory: much faster, and all
 * its values end with it.  tree NULL is allowed in json_tree_free(). */
struct json_tree;
bool json_tree_read(struct json_tree **out, const char *text, size_t len,
	const struct json_limits *limits, struct error *err);
const struct json *json_tree_root(const struct json_tree *tree);
void json_tree_free(struct json_tree *tree);

struct json *json_object(void);
struct json *json_array(void);
struct json *json_string(const char *text); /* NULL: JSON null */
struct json *json_int(int64_t value);       /* |value| < 2^53, asserted */
struct json *json_bool(bool value);
struct json *json_null(void);
struct json *json_copy(const struct json *value);
void json_free(struct json *value); /* NULL is allowed */

/* Take ownership of value; an existing key is replaced. */
void json_set(struct json *object, const char *key, struct json *value);
void json_push(struct json *array, struct json *value);
void json_remove(struct json *object, const char *key);
/* Short forms of json_set(). */
void json_set_text(struct json *object, const char *key, const char *text);
void json_set_int(struct json *object, const char *key, int64_t value);
void json_set_bool(struct json *object, const char *key, bool value);
/* Takes value out of its parent: the caller's from then on; NULL if absent. */
struct json *json_detach(struct json *object, const char *key);

enum json_type json_type(const struct json *value);
bool json_is(const struct json *value, enum json_type type); /* NULL: false */
/* Children; NULL or 0 where value is NULL or of another type. */
const struct json *json_get(const struct json *object, const char *key);
const struct json *json_at(const struct json *array, int index);
int json_count(const struct json *value); /* array or object */
/* Iteration over an array or object, in order. */
const struct json *json_first(const struct json *value);
const struct json *json_next(const struct json *child);
const char *json_key(const struct json *child); /* NULL inside arrays */
/* Values; the fallback where value is NULL or of another type. */
const char *json_text(const struct json *value, const char *fallback);
int64_t json_integer(const struct json *value, int64_t fallback);
double json_number(const struct json *value, double fallback);
bool json_true(const struct json *value);
bool json_is_integer(const struct json *value);
/* json_text(json_get(..)) and so on. */
const char *json_get_text(const struct json *object, const char *key); /* NULL if absent */
const char *json_text_of(const struct json *object, const char *key); /* "" if absent */
int64_t json_get_int(const struct json *object, const char *key, int64_t fallback);
bool json_get_bool(const struct json *object, const char *key);
bool json_equal(const struct json *a, const struct json *b);

/* RFC 8785; the caller frees.  Like the other two without a new line at the end.
 * Integers beyond 2^53 are written here as the RFC wants it, as doubles (beyond
 * int64 json_parse() does not take them again); the other two forms keep every
 * digit. */
char *json_canonical(const struct json *value);
/* One line, members in insertion order; the caller frees. */
char *json_line(const struct json *value);
/* Indented by two blanks, for files that people read; the caller frees. */
char *json_pretty(const struct json *value);

#endif
