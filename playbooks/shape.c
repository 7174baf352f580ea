/* shape.c owns the check of one object against its table of properties. */
#include "playbooks/shape.h"

#include <string.h>

#include "core/i18n.h"
#include "core/text.h"

static const char *const kind_words[] = {
	[SHAPE_TEXT] = N_("text"), [SHAPE_BOOL] = N_("true or false"),
	[SHAPE_INTEGER] = N_("a whole number"), [SHAPE_LIST] = N_("a list"),
	[SHAPE_OBJECT] = N_("an object"), [SHAPE_TEXTS] = N_("a list"),
	[SHAPE_FULL] = N_("an object"), [SHAPE_VALUE] = N_("text or null"),
	[SHAPE_ANY] = N_("anything"),
};

static bool
kind_fits(const struct json *value, enum shape_kind kind)
{
	switch (kind) {
	case SHAPE_TEXT:
		return json_is(value, JSON_STRING);
	case SHAPE_BOOL:
		return json_is(value, JSON_BOOL);
	case SHAPE_INTEGER:
		return json_is_integer(value);
	case SHAPE_LIST: case SHAPE_TEXTS:
		return json_is(value, JSON_ARRAY);
	case SHAPE_OBJECT: case SHAPE_FULL:
		return json_is(value, JSON_OBJECT);
	case SHAPE_VALUE:
		return json_is(value, JSON_STRING) || json_is(value, JSON_NULL)
			|| json_is(value, JSON_OBJECT);
	case SHAPE_ANY:
		return true;
	}
	return false;
}

static const struct property *
find_property(const struct property *rows, int count, const char *name)
{
	for (int i = 0; i < count; i++) {
		if (text_same(rows[i].name, name)) {
			return &rows[i];
		}
	}
	return NULL;
}

static void
check_elements(struct findings *findings, const struct json *list,
	const char *base)
{
	char path[FINDING_PATH];
	int index = 0;

	for (const struct json *row = json_first(list); row != NULL;
			row = json_next(row), index++) {
		if (!json_is(row, JSON_STRING)) {
			path_index(path, base, index);
			finding_add(findings, 13, path, _("must be %s"),
				_(kind_words[SHAPE_TEXT]));
		}
	}
}

static void
check_value(struct findings *findings, const struct json *value,
	const char *base, const struct property *row)
{
	bool fits = kind_fits(value, row->kind);
	bool parts = json_is(value, JSON_ARRAY) || row->kind == SHAPE_FULL;
	char path[FINDING_PATH];

	if (fits && !parts) {
		return;
	}
	path_key(path, base, row->name);
	if (!fits) {
		finding_add(findings, row->type_rule != 0 ? row->type_rule : 13, path,
			_("must be %s"), _(kind_words[row->kind]));
	} else if (json_count(value) == 0 && json_is(value, JSON_ARRAY)) {
		finding_add(findings, row->missing_rule != 0 ? row->missing_rule : 17,
			path, _("the list is empty"));
	} else if (json_count(value) == 0 && row->kind == SHAPE_FULL) {
		finding_add(findings, 17, path, _("there is nothing in it"));
	} else if (row->kind == SHAPE_TEXTS) {
		check_elements(findings, value, path);
	}
}

static void
check_presence(struct findings *findings, const struct json *object,
	const char *path, const struct property *rows, int count)
{
	for (int i = 0; i < count; i++) {
		if (rows[i].missing_rule != 0
				&& json_get(object, rows[i].name) == NULL) {
			finding_add(findings, rows[i].missing_rule, path,
				_("%s is missing"), rows[i].name);
		}
	}
}

void
shape_check(struct findings *findings, const struct json *object,
	const char *path, const struct shape *shape)
{
	char at[FINDING_PATH];

	for (const struct json *child = json_first(object); child != NULL;
			child = json_next(child)) {
		const char *name = json_key(child);
		const struct property *row = find_property(shape->own,
			shape->own_count, name);

		if (row == NULL) {
			row = find_property(shape->common, shape->common_count, name);
		}
		if (row != NULL) {
			check_value(findings, child, path, row);
		} else {
			path_key(at, path, name);
			finding_add(findings, 18, at,
				_("unknown property; own ones belong into an extension"));
		}
	}
	check_presence(findings, object, path, shape->own, shape->own_count);
	check_presence(findings, object, path, shape->common,
		shape->common_count);
}

bool
shape_texts(const struct json *list)
{
	bool texts = json_is(list, JSON_ARRAY);

	for (const struct json *row = json_first(list); texts && row != NULL;
			row = json_next(row)) {
		texts = json_is(row, JSON_STRING);
	}
	return texts;
}

const struct shape *
shape_find(const struct shape *shapes, int count, const char *what)
{
	for (int i = 0; what != NULL && i < count; i++) {
		if (strcmp(shapes[i].what, what) == 0) {
			return &shapes[i];
		}
	}
	return NULL;
}
