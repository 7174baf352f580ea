/* register_value.c owns the small values of register fields. */
#include "core/register_value.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/mem.h"

struct json *
reg_text(const char *text)
{
	return text == NULL || text[0] == '\0' ? json_null() : json_string(text);
}

struct json *
reg_split(const char *list)
{
	struct json *array = json_array();

	while (list != NULL && *list != '\0') {
		size_t len = strcspn(list, ",");
		char *item = xstrndup(list, len);

		if (len > 0) {
			json_push(array, json_string(item));
		}
		free(item);
		list += len + (list[len] == ',');
	}
	return array;
}

char *
reg_join(const struct json *array)
{
	struct buf out = { 0 };

	for (const struct json *item = json_first(array); item != NULL;
	     item = json_next(item)) {
		buf_addf(&out, "%s%s", out.len > 0 ? "," : "", json_text(item, ""));
	}
	return buf_take(&out);
}

struct sortable {
	const char *text;
	const struct json *item;
};

static int
by_text(const void *a, const void *b)
{
	return strcmp(((const struct sortable *)a)->text, ((const struct sortable *)b)->text);
}

struct json *
reg_sorted(const struct json *array, const char *key)
{
	int count = json_count(array);
	struct sortable *rows = xcalloc((size_t)count + 1, sizeof *rows);
	struct json *sorted = json_array();
	int n = 0;

	for (const struct json *item = json_first(array); item != NULL;
	     item = json_next(item), n++) {
		const char *text = json_get_text(item, key);

		rows[n] = (struct sortable){ text == NULL ? "" : text, item };
	}
	qsort(rows, (size_t)count, sizeof *rows, by_text);
	for (int i = 0; i < count; i++) {
		json_push(sorted, json_copy(rows[i].item));
	}
	free(rows);
	return sorted;
}

void
reg_today(const struct desk *desk, char out[REG_DATE_SIZE])
{
	struct civil c = zone_civil(desk_zone(desk), desk_now(desk));

	(void)snprintf(out, REG_DATE_SIZE, "%04u-%02u-%02u", (unsigned)c.year % 10000,
		(unsigned)c.month % 100, (unsigned)c.day % 100);
}

bool
reg_valid_on(const char *from, const char *to, const char *day)
{
	return (from == NULL || from[0] == '\0' || strcmp(from, day) <= 0) &&
		(to == NULL || to[0] == '\0' || strcmp(day, to) <= 0);
}
