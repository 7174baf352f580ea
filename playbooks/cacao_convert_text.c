/* cacao_convert_text.c owns the conversion of texts: variables of version 1,
 * conditions, times. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/buf.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/when.h"
#include "playbooks/cacao_convert_private.h"
#include "playbooks/cacao_graph.h"
#include "playbooks/value.h"

/* The length of "$$name$$" at p, or 0. */
static size_t
old_name_length(const char *p)
{
	size_t len = 2;

	if (strncmp(p, "$$", 2) != 0) {
		return 0;
	}
	while (isalnum((unsigned char)p[len])
			|| (p[len] != '\0' && strchr("_-", p[len]) != NULL)) {
		len++;
	}
	return len > 2 && strncmp(p + len, "$$", 2) == 0 ? len + 2 : 0;
}

static bool
declares(const struct json *dictionary, const char *name)
{
	return json_get(dictionary, name) != NULL;
}

/* "__x__" for "$$x$$", the caller's; NULL where no such variable is declared
 * ("$$" is the shell's too) or version 2 takes no such name. */
static char *
new_name(const struct converter *c, const char *old, size_t len)
{
	char *name = xstrndup(old, len);
	char *now = xasprintf("__%.*s__", (int)(len - 4), old + 2);
	bool known = declares(json_get(c->doc, "playbook_variables"), name);

	for (const struct json *step = json_first(json_get(c->doc, "workflow"));
			step != NULL && !known; step = json_next(step)) {
		known = declares(json_get(step, "step_variables"), name);
	}
	known = known && cacao_name_form(now)
		&& !declares(json_get(c->doc, "playbook_variables"), now);
	free(name);
	if (!known) {
		free(now);
		return NULL;
	}
	return now;
}

/* What stands behind a use in version 1: "$$x$$.value", "$$x$$:value", "$$x$$". */
static size_t
suffix_length(const char *p)
{
	return strncmp(p, ".value", 6) == 0 || strncmp(p, ":value", 6) == 0 ? 6 : 0;
}

/* value: uses become __x__:value, else names alone. */
static char *
convert_text(const struct converter *c, const char *text, bool value)
{
	struct buf out = { 0 };

	for (const char *p = text; *p != '\0';) {
		size_t len = old_name_length(p);
		char *now = len == 0 ? NULL : new_name(c, p, len);

		if (now == NULL) {
			buf_addc(&out, *p++);
			continue;
		}
		buf_adds(&out, now);
		buf_adds(&out, value ? ":value" : "");
		free(now);
		p += len;
		p += suffix_length(p);
	}
	return buf_take(&out);
}

static struct json *
told_text(struct converter *c, const char *was, char *now, const char *path)
{
	struct json *made = json_string(now);

	if (strcmp(was, now) != 0) {
		note_change(c, path, _("%.150s is now %.150s"), was, now);
	}
	free(now);
	return made;
}

static struct json *
each_child(struct converter *c, const struct json *value, const char *path,
	struct json *(*convert)(struct converter *, const struct json *, const char *))
{
	bool object = json_is(value, JSON_OBJECT);
	struct json *made = object ? json_object() : json_array();
	char at[FINDING_PATH];
	int index = 0;

	for (const struct json *child = json_first(value); child != NULL;
			child = json_next(child)) {
		if (object) {
			path_key(at, path, json_key(child));
			json_set(made, json_key(child), convert(c, child, at));
		} else {
			path_index(at, path, index++);
			json_push(made, convert(c, child, at));
		}
	}
	return made;
}

static bool
is_container(const struct json *value)
{
	return json_is(value, JSON_OBJECT) || json_is(value, JSON_ARRAY);
}

struct json *
convert_value(struct converter *c, const struct json *value, const char *path)
{
	const char *text = json_text(value, NULL);

	if (is_container(value)) {
		return each_child(c, value, path, convert_value);
	}
	return text == NULL ? json_copy(value)
		: told_text(c, text, convert_text(c, text, true), path);
}

struct json *
convert_names(struct converter *c, const struct json *value, const char *path)
{
	const char *text = json_text(value, NULL);

	if (is_container(value)) {
		return each_child(c, value, path, convert_names);
	}
	return text == NULL ? json_copy(value)
		: told_text(c, text, convert_text(c, text, false), path);
}

struct json *
convert_condition(struct converter *c, const struct json *value, const char *path)
{
	const char *text = json_text(value, NULL);
	struct buf out = { 0 };
	bool quoted = false;

	if (text == NULL) {
		return json_copy(value);
	}
	char *named = convert_text(c, text, true);
	for (const char *p = named; *p != '\0'; p++) {
		quoted = quoted != (*p == '\'');
		if (!quoted && strncmp(p, "==", 2) == 0) {
			p++;
		}
		buf_addc(&out, *p);
	}
	free(named);
	return told_text(c, text, buf_take(&out), path);
}

/* A number or true and false as text, where the declared type takes it. */
static struct json *
convert_variable_value(struct converter *c, const struct json *value,
	const char *type, const char *path)
{
	struct json *made;
	char *text;

	if (!json_is(value, JSON_NUMBER) && !json_is(value, JSON_BOOL)) {
		return convert_value(c, value, path);
	}
	text = json_line(value);
	if (type == NULL || !value_fits(type, text)) {
		free(text);
		return json_copy(value);
	}
	note_change(c, path, _("%s is now text: \"%s\""), text, text);
	made = json_string(text);
	free(text);
	return made;
}

static struct json *
convert_variable(struct converter *c, const struct json *variable, const char *path)
{
	struct json *made = json_object();
	char at[FINDING_PATH];

	for (const struct json *row = json_first(variable); row != NULL;
			row = json_next(row)) {
		path_key(at, path, json_key(row));
		json_set(made, json_key(row), strcmp(json_key(row), "value") == 0
			? convert_variable_value(c, row, json_get_text(variable, "type"), at)
			: convert_value(c, row, at));
	}
	return made;
}

struct json *
convert_variables(struct converter *c, const struct json *value, const char *path)
{
	struct json *made;
	char at[FINDING_PATH];

	if (!json_is(value, JSON_OBJECT)) {
		return json_copy(value);
	}
	made = json_object();
	for (const struct json *row = json_first(value); row != NULL;
			row = json_next(row)) {
		const char *key = json_key(row);
		char *now = convert_text(c, key, false);

		path_key(at, path, key);
		if (strcmp(now, key) != 0) {
			note_change(c, at, _("%s is now called %s"), key, now);
		}
		json_set(made, now, json_is(row, JSON_OBJECT)
			? convert_variable(c, row, at) : json_copy(row));
		free(now);
	}
	return made;
}

/* ---- times ---- */

/* "2026-01-31T08:00:00" and what is behind it; NULL where it is no such form. */
static const char *
after_seconds(const char *text)
{
	static const char form[] = "dddd-dd-ddTdd:dd:dd";

	for (size_t i = 0; i < sizeof form - 1; i++) {
		if (form[i] == 'd' ? !isdigit((unsigned char)text[i]) : text[i] != form[i]) {
			return NULL;
		}
	}
	return text + sizeof form - 1;
}

/* With three digits, the caller's; NULL where that is not what is wrong. */
static char *
with_three_digits(const char *text)
{
	const char *rest = after_seconds(text);
	size_t digits = 0;

	if (rest == NULL) {
		return NULL;
	}
	while (*rest == '.' && isdigit((unsigned char)rest[1 + digits])) {
		digits++;
	}
	if (strcmp(rest + (*rest == '.') + digits, "Z") != 0
			|| (*rest == '.') != (digits > 0)) {
		return NULL;
	}
	return xasprintf("%.19s.%.*s%.*sZ", text, digits > 3 ? 3 : (int)digits, rest + 1,
		digits > 3 ? 0 : 3 - (int)digits, "000");
}

/* The same moment in UTC, the caller's; NULL where the text has no offset. */
static char *
in_utc(const char *text)
{
	struct error err = ERROR_INIT;
	size_t len = strlen(text);
	char out[40];
	struct tm tm;
	int64_t ms;

	if (after_seconds(text) == NULL || len < 6 || text[len - 3] != ':'
			|| strchr("+-", text[len - 6]) == NULL
			|| !when_from_rfc3339(&ms, text, &err)) {
		return NULL;
	}
	time_t seconds = (time_t)(ms / 1000 - (ms % 1000 < 0));
	if (gmtime_r(&seconds, &tm) == NULL
			|| strftime(out, sizeof out, "%Y-%m-%dT%H:%M:%S", &tm) == 0) {
		return NULL;
	}
	return xasprintf("%s.%03dZ", out, (int)((ms % 1000 + 1000) % 1000));
}

struct json *
convert_time(struct converter *c, const struct json *value, const char *path,
	bool exact)
{
	const char *text = json_text(value, NULL);
	char *now = text == NULL ? NULL : in_utc(text);

	if (now == NULL && text != NULL && exact) {
		now = with_three_digits(text);
	}
	return now == NULL ? json_copy(value) : told_text(c, text, now, path);
}
