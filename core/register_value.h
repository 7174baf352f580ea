/* register_value.h - small values of register fields: lists, dates, order. */
#ifndef CORE_REGISTER_VALUE_H
#define CORE_REGISTER_VALUE_H

#include <stdbool.h>

#include "core/desk.h"
#include "core/json.h"

/* For load and write functions: text or null; "" and NULL are null. */
struct json *reg_text(const char *text);
/* "a,b" to an array and back (the caller frees). */
struct json *reg_split(const char *list);
char *reg_join(const struct json *array);
/* A copy of an array of objects in the order of a text of theirs. */
struct json *reg_sorted(const struct json *array, const char *key);
/* Today in the desk's zone as YYYY-MM-DD; dates compare as text. */
#define REG_DATE_SIZE 16
void reg_today(const struct desk *desk, char out[REG_DATE_SIZE]);
bool reg_valid_on(const char *from, const char *to, const char *day);

#endif
