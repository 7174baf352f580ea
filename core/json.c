/* json.c owns JSON values: making, changing and looking at them.  A struct json
 * is a cJSON behind a cast.  An integer that a double cannot hold keeps its
 * digits in the number's valuestring, which cJSON itself leaves empty; see
 * json_read.c.  All text in a value is valid UTF-8. */
#include "core/json.h"

#include <assert.h>
#include <cjson/cJSON.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"

#define EXACT_BELOW 9007199254740992.0 /* 2^53 */

static const cJSON *
node(const struct json *value)
{
	return (const cJSON *)value;
}

static cJSON *
own(struct json *value)
{
	return (cJSON *)value;
}

/* cJSON gives NULL for nothing but missing memory in what is called here. */
static struct json *
made(cJSON *item)
{
	if (item == NULL) {
		abort();
	}
	return (struct json *)item;
}

struct json *
json_object(void)
{
	return made(cJSON_CreateObject());
}

struct json *
json_array(void)
{
	return made(cJSON_CreateArray());
}

struct json *
json_string(const char *text)
{
	struct json *value;
	char *copy;

	if (text == NULL) {
		return json_null();
	}
	if (text_valid_utf8(text, strlen(text))) {
		return made(cJSON_CreateString(text));
	}
	copy = text_valid_copy(text, strlen(text));
	value = made(cJSON_CreateString(copy));
	free(copy);
	return value;
}

struct json *
json_int(int64_t value)
{
	assert(value > -(INT64_C(1) << 53) && value < (INT64_C(1) << 53));
	return made(cJSON_CreateNumber((double)value));
}

struct json *
json_bool(bool value)
{
	return made(cJSON_CreateBool(value));
}

struct json *
json_null(void)
{
	return made(cJSON_CreateNull());
}

/* A value that leaves its object leaves its name there. */
static cJSON *
nameless(cJSON *item)
{
	if (item->string != NULL && (item->type & cJSON_StringIsConst) == 0) {
		cJSON_free(item->string);
	}
	item->string = NULL;
	item->type &= ~cJSON_StringIsConst;
	return item;
}

struct json *
json_copy(const struct json *value)
{
	if (value == NULL) {
		return NULL;
	}
	return made(nameless(own(made(cJSON_Duplicate(node(value), true)))));
}

void
json_free(struct json *value)
{
	cJSON_Delete(own(value));
}

/* types: bits of cJSON's. */
static bool
is_of(const struct json *value, int types)
{
	return value != NULL && (node(value)->type & types) != 0;
}

static cJSON *
find(const struct json *object, const char *key)
{
	if (!is_of(object, cJSON_Object) || key == NULL) {
		return NULL;
	}
	for (cJSON *child = node(object)->child; child != NULL; child = child->next) {
		if (child->string != NULL && text_same(child->string, key)) {
			return child;
		}
	}
	return NULL;
}

void
json_set(struct json *object, const char *key, struct json *value)
{
	char *name = text_valid_copy(key, strlen(key));
	cJSON *old = find(object, name);

	assert(cJSON_IsObject(node(object)) && value != NULL && value != object);
	(void)nameless(own(value));
	own(value)->string = name; /* cJSON frees it with the value */
	if (old == NULL) {
		(void)cJSON_AddItemToArray(own(object), own(value));
	} else if (old != own(value)) {
		(void)cJSON_ReplaceItemViaPointer(own(object), old, own(value));
	}
}

void
json_push(struct json *array, struct json *value)
{
	assert(cJSON_IsArray(node(array)) && value != NULL && value != array);
	(void)cJSON_AddItemToArray(own(array), nameless(own(value)));
}

struct json *
json_detach(struct json *object, const char *key)
{
	cJSON *child = find(object, key);

	if (child == NULL) {
		return NULL;
	}
	return made(nameless(cJSON_DetachItemViaPointer(own(object), child)));
}

void
json_remove(struct json *object, const char *key)
{
	json_free(json_detach(object, key));
}

void
json_set_text(struct json *object, const char *key, const char *text)
{
	json_set(object, key, json_string(text));
}

void
json_set_int(struct json *object, const char *key, int64_t value)
{
	json_set(object, key, json_int(value));
}

void
json_set_bool(struct json *object, const char *key, bool value)
{
	json_set(object, key, json_bool(value));
}

enum json_type
json_type(const struct json *value)
{
	assert(value != NULL);
	switch (node(value)->type & 0xff) {
	case cJSON_True:
	case cJSON_False:
		return JSON_BOOL;
	case cJSON_Number:
		return JSON_NUMBER;
	case cJSON_String:
		return JSON_STRING;
	case cJSON_Array:
		return JSON_ARRAY;
	case cJSON_Object:
		return JSON_OBJECT;
	default:
		return JSON_NULL;
	}
}

bool
json_is(const struct json *value, enum json_type type)
{
	return value != NULL && json_type(value) == type;
}

static bool
has_children(const struct json *value)
{
	return is_of(value, cJSON_Array | cJSON_Object);
}

const struct json *
json_get(const struct json *object, const char *key)
{
	return (const struct json *)find(object, key);
}

const struct json *
json_at(const struct json *array, int index)
{
	const struct json *child;

	if (!json_is(array, JSON_ARRAY) || index < 0) {
		return NULL;
	}
	child = json_first(array);
	while (child != NULL && index-- > 0) {
		child = json_next(child);
	}
	return child;
}

int
json_count(const struct json *value)
{
	return has_children(value) ? cJSON_GetArraySize(node(value)) : 0;
}

const struct json *
json_first(const struct json *value)
{
	return has_children(value) ? (const struct json *)node(value)->child : NULL;
}

const struct json *
json_next(const struct json *child)
{
	return child == NULL ? NULL : (const struct json *)node(child)->next;
}

const char *
json_key(const struct json *child)
{
	return child == NULL ? NULL : node(child)->string;
}

const char *
json_text(const struct json *value, const char *fallback)
{
	return is_of(value, cJSON_String) ? node(value)->valuestring : fallback;
}

bool
json_is_integer(const struct json *value)
{
	double number;

	if (!json_is(value, JSON_NUMBER)) {
		return false;
	}
	if (node(value)->valuestring != NULL) {
		return true;
	}
	number = node(value)->valuedouble;
	return fabs(number) <= EXACT_BELOW && floor(number) == number;
}

int64_t
json_integer(const struct json *value, int64_t fallback)
{
	if (!json_is_integer(value)) {
		return fallback;
	}
	if (node(value)->valuestring != NULL) {
		return strtoll(node(value)->valuestring, NULL, 10);
	}
	return (int64_t)node(value)->valuedouble;
}

double
json_number(const struct json *value, double fallback)
{
	return json_is(value, JSON_NUMBER) ? node(value)->valuedouble : fallback;
}

bool
json_true(const struct json *value)
{
	return cJSON_IsTrue(node(value));
}

const char *
json_get_text(const struct json *object, const char *key)
{
	return json_text(json_get(object, key), NULL);
}

const char *
json_text_of(const struct json *object, const char *key)
{
	return json_text(json_get(object, key), "");
}

int64_t
json_get_int(const struct json *object, const char *key, int64_t fallback)
{
	return json_integer(json_get(object, key), fallback);
}

bool
json_get_bool(const struct json *object, const char *key)
{
	return json_true(json_get(object, key));
}
