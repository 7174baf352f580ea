/* md_where.c owns where what was built stands in the text: place -> line.
 *
 * A place is a JSON pointer without the id of our extension: "STEP/why",
 * "STEP/how/2", "plan/code", "plan/variables/__x__". */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "playbooks/md_build.h"

static void
put(struct json *lines, const char *of, const char *name, int64_t line)
{
	char *place = xasprintf("%s/%s", of, name);

	json_set_int(lines, place, line);
	free(place);
}

/* The lines of the fields; of a list, of each of its lines. */
static void
put_fields(struct json *lines, const char *of, const struct json *fields)
{
	for (const struct json *row = json_first(fields); row != NULL; row = json_next(row)) {
		char *place = xasprintf("%s/%s", of, json_key(row));
		int index = 0;

		if (!json_is(row, JSON_ARRAY)) {
			json_set_int(lines, place, json_get_int(fields, json_key(row), 0));
		}
		for (const struct json *line = json_is(row, JSON_ARRAY) ? json_first(row) : NULL;
				line != NULL; line = json_next(line), index++) {
			char number[16];

			(void)snprintf(number, sizeof number, "%d", index);
			put(lines, place, number, json_integer(line, 0));
		}
		free(place);
	}
}

void
md_where_step(struct json *lines, const char *id, const struct json *step)
{
	int index = 0;

	json_set_int(lines, id, json_get_int(step, "line", 0));
	put_fields(lines, id, json_get(step, "lines"));
	for (const struct json *row = json_first(json_get(step, "branches")); row != NULL;
			row = json_next(row)) {
		char *place = xasprintf("%s/branches/%d", id, index++);

		json_set_int(lines, place, json_get_int(row, "line", 0));
		free(place);
	}
}

void
md_where_plan(struct json *lines, const struct json *model, const struct json *asks,
	const struct json *agents)
{
	put_fields(lines, "plan", json_get(model, "lines"));
	for (const struct json *row = json_first(asks); row != NULL; row = json_next(row)) {
		put(lines, "plan/variables", json_key(row), json_get_int(row, "line", 0));
	}
	for (const struct json *row = json_first(agents); row != NULL; row = json_next(row)) {
		for (const struct json *role = json_first(json_get(model, "roles")); role != NULL;
				role = json_next(role)) {
			if (strcmp(json_text_of(role, "name"), json_text_of(row, "name")) == 0) {
				put(lines, "plan/roles", json_key(row),
					json_get_int(role, "line", 0));
			}
		}
	}
}

/* What a pointer of the playbook begins with, and what the place does; longest
 * first. */
static const struct {
	const char *pointer, *place;
} begins[] = {
	{ "/playbook_extensions/" SUCO_EXTENSION "/", "plan/" },
	{ "/playbook_variables/", "plan/variables/" },
	{ "/agent_definitions/", "plan/roles/" },
	{ "/workflow/", "" },
};

/* The caller frees. */
static char *
place_of(const char *path)
{
	static const char extension[] = "/step_extensions/" SUCO_EXTENSION;
	const char *own;

	for (size_t i = 0; i < sizeof begins / sizeof begins[0]; i++) {
		size_t len = strlen(begins[i].pointer);

		if (strncmp(path, begins[i].pointer, len) == 0) {
			path += len;
			own = strstr(path, extension);
			return xasprintf("%s%.*s%s", begins[i].place,
				own != NULL ? (int)(own - path) : (int)strlen(path), path,
				own != NULL ? own + strlen(extension) : "");
		}
	}
	return xstrdup("");
}

int
md_line_of(const struct json *lines, const char *path)
{
	char *place = place_of(path);
	char *end = place;

	while (end != NULL && json_get(lines, place) == NULL) {
		end = strrchr(place, '/');
		if (end != NULL) {
			*end = '\0';
		}
	}
	int line = (int)json_get_int(lines, place, 0);

	free(place);
	return line;
}
