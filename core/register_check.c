/* register_check.c owns the checking of register fields at the doors: types,
 * limits, words, dates. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/calendar.h"
#include "core/i18n.h"
#include "core/limits.h"
#include "core/mem.h"
#include "core/register.h"
#include "core/text.h"
#include "core/zone.h"

char *
reg_place(const char *path, const char *name)
{
	return path[0] == '\0' ? xstrdup(name) : xasprintf("%s.%s", path, name);
}

bool
reg_key_fits(const char *key, const char *what, struct error *err)
{
	size_t len = strlen(key);

	if (len == 0 || len > limit(LIMIT_NAME)) {
		return error_set(err, ERR_BAD_INPUT, _("%s has 1 to %zu characters"), what,
			limit(LIMIT_NAME));
	}
	for (size_t i = 0; i < len; i++) {
		if (!isalnum((unsigned char)key[i]) && strchr("._-@", key[i]) == NULL) {
			return error_set(err, ERR_BAD_INPUT,
				_("%s has only letters, digits and . _ - @: %.60s"), what, key);
		}
	}
	return true;
}

static bool
in_words(const char *words, const char *word)
{
	size_t len = strlen(word);

	if (len == 0 || strchr(word, ' ') != NULL) {
		return false;
	}
	for (const char *p = words; (p = strstr(p, word)) != NULL; p += len) {
		if ((p == words || p[-1] == ' ') && (p[len] == ' ' || p[len] == '\0')) {
			return true;
		}
	}
	return false;
}

static bool
wrong(const char *place, const char *should, struct error *err)
{
	return error_set(err, ERR_BAD_INPUT, _("%s: must be %s"), place, should);
}

/* Typed in either order, kept as 2026-11-21. */
static bool
check_date(const char *text, const char *place, struct json **out, struct error *err)
{
	char iso[CALENDAR_DAY_SIZE];
	struct error ignored;
	int64_t day;

	if (!calendar_parse_day(&day, text, &ignored)) {
		return wrong(place, _("a date like 21/11/2026 or 2026-11-21"), err);
	}
	calendar_iso(iso, day);
	*out = json_string(iso);
	return true;
}

static bool
check_text(const struct reg_field *f, const char *text, const char *place,
	struct json **out, struct error *err)
{
	bool many = f->type == REG_LONG;
	char *clean = NULL;

	if (!text_accept(&clean, text, strlen(text),
		    many ? TEXT_MANY_LINES : TEXT_ONE_LINE,
		    limit(many ? LIMIT_NOTE : LIMIT_NAME), place, err)) {
		return false;
	}
	*out = clean[0] == '\0' ? json_null() : json_string(clean);
	free(clean);
	return true;
}

static bool
check_int(const struct reg_field *f, const struct json *given, bool lenient,
	const char *place, struct json **out, struct error *err)
{
	char should[80];
	int64_t value = 0;
	bool fits = json_is_integer(given);

	if (fits) {
		value = json_integer(given, 0);
	} else if (lenient && json_is(given, JSON_STRING)) {
		const char *text = json_text(given, "");
		char *end;

		value = strtoll(text, &end, 10);
		fits = text[0] != '\0' && !isspace((unsigned char)text[0]) && *end == '\0';
	}
	if (!fits || value < f->min || value > f->max) {
		(void)snprintf(should, sizeof should, _("a whole number from %lld to %lld"),
			(long long)f->min, (long long)f->max);
		return wrong(place, should, err);
	}
	*out = json_int(value);
	return true;
}

static bool
check_flag(const struct json *given, bool lenient, const char *place,
	struct json **out, struct error *err)
{
	const char *text = json_text(given, "");
	bool yes = json_is(given, JSON_BOOL) ? json_true(given)
		: in_words("yes true 1 co", text);

	if (!json_is(given, JSON_BOOL) &&
	    !(lenient && (yes || in_words("no false 0 khong", text)))) {
		return wrong(place, lenient ? _("yes or no") : _("true or false"), err);
	}
	*out = json_bool(yes);
	return true;
}

static bool
check_word(const struct reg_field *f, const char *word, const char *place,
	struct error *err)
{
	if (f->words == NULL ? reg_key_fits(word, place, err) : in_words(f->words, word)) {
		return true;
	}
	return f->words == NULL ? false
		: error_set(err, ERR_BAD_INPUT, _("%s: \"%.60s\" is not one of: %s"),
			place, word, f->words);
}

static bool
check_words(const struct reg_field *f, const struct json *given, const char *place,
	struct json **out, struct error *err)
{
	struct json *list = json_array();

	if ((size_t)json_count(given) > limit(LIMIT_LIST)) {
		json_free(list);
		return error_set(err, ERR_BAD_INPUT, _("%s: %d items, at most %zu"), place,
			json_count(given), limit(LIMIT_LIST));
	}
	for (const struct json *item = json_first(given); item != NULL;
	     item = json_next(item)) {
		if (!json_is(item, JSON_STRING)) {
			json_free(list);
			return wrong(place, _("a list of words"), err);
		}
		if (!check_word(f, json_text(item, ""), place, err)) {
			json_free(list);
			return false;
		}
		json_push(list, json_copy(item));
	}
	*out = list;
	return true;
}

static bool
check_list(const struct reg_field *f, const struct json *given, bool lenient,
	const char *place, struct json **out, struct error *err)
{
	struct json *split;
	bool ok;

	if (json_is(given, JSON_ARRAY)) {
		return check_words(f, given, place, out, err);
	}
	if (!lenient || !json_is(given, JSON_STRING)) {
		return wrong(place, _("a list of words"), err);
	}
	split = reg_split(json_text(given, ""));
	ok = check_words(f, split, place, out, err);
	json_free(split);
	return ok;
}

/* A copy whose texts, however deep, are as fit for a terminal as any other. */
static bool
clean_json(const struct json *given, const char *place, struct json **out,
	struct error *err)
{
	bool object = json_is(given, JSON_OBJECT);
	struct json *copy;
	char *text = NULL;

	if (json_is(given, JSON_STRING)) {
		const char *raw = json_text(given, "");

		if (!text_accept(&text, raw, strlen(raw), TEXT_MANY_LINES,
			    limit(LIMIT_NOTE), place, err)) {
			return false;
		}
		*out = json_string(text);
		free(text);
		return true;
	}
	if (!object && !json_is(given, JSON_ARRAY)) {
		*out = json_copy(given);
		return true;
	}
	copy = object ? json_object() : json_array();
	for (const struct json *child = json_first(given); child != NULL;
	     child = json_next(child)) {
		struct json *clean = NULL;

		if (!clean_json(child, place, &clean, err)) {
			json_free(copy);
			return false;
		}
		if (object) {
			json_set(copy, json_key(child), clean);
		} else {
			json_push(copy, clean);
		}
	}
	*out = copy;
	return true;
}

/* On the command line JSON comes as text. */
static bool
check_json(const struct json *given, bool lenient, const char *place,
	struct json **out, struct error *err)
{
	const char *text = json_text(given, "");
	struct json *parsed = NULL;
	struct error ignored;
	bool ok;

	if (lenient && (text[0] == '{' || text[0] == '[')) {
		(void)json_parse(&parsed, text, strlen(text), NULL, &ignored);
	}
	ok = clean_json(parsed == NULL ? given : parsed, place, out, err);
	json_free(parsed);
	return ok;
}

static bool
check_string(const struct reg_field *f, const struct json *given, const char *place,
	struct json **out, struct error *err)
{
	const char *text = json_text(given, "");

	if (!json_is(given, JSON_STRING)) {
		return wrong(place, _("text"), err);
	}
	if (f->type == REG_TEXT || f->type == REG_LONG) {
		return check_text(f, text, place, out, err);
	}
	if (f->type == REG_DATE) {
		return check_date(text, place, out, err);
	}
	if (f->type == REG_WORD && !check_word(f, text, place, err)) {
		return false;
	}
	*out = json_string(text);
	return true;
}

static bool
check_value(const struct reg_field *f, const struct json *given, bool lenient,
	const char *place, struct json **out, struct error *err)
{
	if (json_is(given, JSON_NULL) ||
	    (lenient && json_is(given, JSON_STRING) && json_text(given, "")[0] == '\0')) {
		*out = json_null();
	} else if (f->type == REG_INT) {
		if (!check_int(f, given, lenient, place, out, err)) {
			return false;
		}
	} else if (f->type == REG_FLAG) {
		if (!check_flag(given, lenient, place, out, err)) {
			return false;
		}
	} else if (f->type == REG_WORDS) {
		if (!check_list(f, given, lenient, place, out, err)) {
			return false;
		}
	} else if (f->type == REG_JSON) {
		if (!check_json(given, lenient, place, out, err)) {
			return false;
		}
	} else if (!check_string(f, given, place, out, err)) {
		return false;
	}
	if ((f->flags & (REG_NO_NULL | REG_REQUIRED)) != 0 && json_is(*out, JSON_NULL)) {
		json_free(*out);
		*out = NULL;
		return error_set(err, ERR_BAD_INPUT, _("%s: must not be empty"), place);
	}
	return true;
}

static const struct reg_field *
find(const struct reg_kind *kind, const char *name)
{
	for (const struct reg_field *f = kind->fields; f->name != NULL; f++) {
		if (strcmp(f->name, name) == 0 && (f->flags & REG_HIDDEN) == 0) {
			return f;
		}
	}
	return NULL;
}

static bool
unknown_field(const struct reg_kind *kind, const char *path, const char *name,
	struct error *err)
{
	char *place = reg_place(path, name);
	struct buf all = { 0 };

	for (const struct reg_field *f = kind->fields; f->name != NULL; f++) {
		if ((f->flags & REG_HIDDEN) == 0) {
			buf_addf(&all, "%s%s", all.len > 0 ? ", " : "", f->name);
		}
	}
	(void)error_set(err, ERR_BAD_INPUT, _("%.100s: unknown key; known are: %s"),
		place, buf_text(&all));
	buf_free(&all);
	free(place);
	return false;
}

bool
reg_check(const struct reg_kind *kind, const struct json *given, bool lenient,
	const char *path, struct json **out, struct error *err)
{
	struct json *clean = json_object();

	if (!json_is(given, JSON_OBJECT)) {
		json_free(clean);
		return wrong(path[0] == '\0' ? kind->name : path, _("an object"), err);
	}
	for (const struct json *value = json_first(given); value != NULL;
	     value = json_next(value)) {
		const struct reg_field *f = find(kind, json_key(value));
		struct json *checked = NULL;
		char *place;
		bool ok;

		if (strcmp(json_key(value), kind->key) == 0) {
			continue;
		}
		if (f == NULL) {
			json_free(clean);
			return unknown_field(kind, path, json_key(value), err);
		}
		place = reg_place(path, f->name);
		ok = check_value(f, value, lenient, place, &checked, err);
		free(place);
		if (!ok) {
			json_free(clean);
			return false;
		}
		json_set(clean, f->name, checked);
	}
	*out = clean;
	return true;
}
