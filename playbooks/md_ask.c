/* md_ask.c owns questions in plans: "số phút còn (số); chưa rõ: 0". */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/fold.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "playbooks/md_private.h"
#include "playbooks/value.h"

#define MOST_CHOICES 40
#define LABEL_MOST 300

static const struct {
	const char *json;
	const char *vi, *en;
	const char *folded;
} attributes[] = {
	{ "unknown", "chưa rõ", "unknown", "chua ro|unknown|if unknown" },
	{ "unit", "đơn vị", "unit", "don vi|unit" },
	{ "min", "ít nhất", "least", "it nhat|least|min" },
	{ "max", "nhiều nhất", "most", "nhieu nhat|most|max" },
	{ "value", "ban đầu", "at first", "ban dau|at first" },
	{ "name", "tên", "name", "ten|name" },
};
#define ATTRIBUTE_COUNT (sizeof attributes / sizeof attributes[0])

static const char one_of[] = "mot trong|mot trong cac|one of|choice";

static char *
trimmed(const char *text, size_t len)
{
	while (len > 0 && *text == ' ') {
		text++;
		len--;
	}
	while (len > 0 && text[len - 1] == ' ') {
		len--;
	}
	return xstrndup(text, len);
}

/* "bi_sua = Trang bị sửa", "Trang bị sửa" */
static bool
add_choice(struct json *choices, const char *text, size_t len)
{
	char *whole = trimmed(text, len);
	char *equals = strstr(whole, " = ");
	char *label = equals != NULL ? trimmed(equals + 3, strlen(equals + 3)) : xstrdup(whole);
	char *value = equals != NULL ? xstrndup(whole, (size_t)(equals - whole))
		: md_slug(whole);
	bool good = value[0] != '\0' && label[0] != '\0'
		&& json_count(choices) < MOST_CHOICES;

	for (const struct json *row = json_first(choices); row != NULL; row = json_next(row)) {
		good = good && strcmp(json_text_of(row, "value"), value) != 0;
	}
	if (good) {
		struct json *row = json_object();

		json_set_text(row, "value", value);
		json_set_text(row, "label", label);
		json_push(choices, row);
	}
	free(value);
	free(label);
	free(whole);
	return good;
}

/* "một trong: a, b; c": NULL where the words are none, or two are the same. */
static struct json *
read_choices(const char *type)
{
	const char *colon = strchr(type, ':');
	char *word = colon == NULL ? NULL : trimmed(type, (size_t)(colon - type));
	bool is = word != NULL && md_one_of(one_of, word);
	struct json *choices = is ? json_array() : NULL;
	const char *by = is && strchr(colon, ';') != NULL ? ";" : ",";
	bool good = is;

	free(word);
	for (const char *p = is ? colon + 1 : ""; good && *p != '\0';) {
		size_t len = strcspn(p, by);

		good = strspn(p, " ") >= len || add_choice(choices, p, len);
		p += len + (p[len] != '\0');
	}
	if (good && json_count(choices) >= 2) {
		return choices;
	}
	json_free(choices);
	return NULL;
}

/* The bracket that closes the one at open, or NULL. */
static const char *
closing(const char *open)
{
	int depth = 0;

	for (const char *p = open; *p != '\0'; p++) {
		depth += *p == '(';
		depth -= *p == ')';
		if (depth == 0) {
			return p;
		}
	}
	return NULL;
}

/* Does a known type stand in the brackets at open?  Into ask. */
static bool
take_type(struct json *ask, const char *open, const char *close)
{
	char *said = trimmed(open + 1, (size_t)(close - open - 1));
	const char *type = md_enum_word("type", said);
	struct json *choices = type == NULL ? read_choices(said) : NULL;

	if (type == NULL && choices == NULL && value_type_known(said)) {
		type = said;
	}
	if (choices != NULL) {
		json_set_text(ask, "type", "string");
		json_set(ask, "choices", choices);
	} else if (type != NULL) {
		json_set_text(ask, "type", type);
	}
	free(said);
	return json_get(ask, "type") != NULL;
}

/* What is said stands for a value: "có" for true, a label for its word. */
static char *
value_of(const struct json *ask, const char *said)
{
	const struct json *choices = json_get(ask, "choices");
	const char *type = json_text_of(ask, "type");
	char *is = fold_text(said);
	const char *value = NULL;

	for (const struct json *row = json_first(choices); row != NULL; row = json_next(row)) {
		char *label = fold_text(json_text_of(row, "label"));

		if (strcmp(label, is) == 0 || strcmp(json_text_of(row, "value"), said) == 0) {
			value = json_text_of(row, "value");
		}
		free(label);
	}
	if (strcmp(type, "bool") == 0 && md_enum_word("flag", said) != NULL) {
		value = strcmp(md_enum_word("flag", said), "yes") == 0 ? "true" : "false";
	} else if (choices == NULL && value_fits(type, said)) {
		value = said;
	}
	free(is);
	return xstrdup(value);
}

/* What may stand between the underscores of __name__. */
static bool
is_bare_name(const char *text)
{
	return (isalpha((unsigned char)text[0]) || text[0] == '_') && strlen(text) <= 200
		&& text[strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
			"0123456789_-")] == '\0';
}

static void
put_attribute(struct md_faults *faults, int line, struct json *ask, size_t which,
	const char *said)
{
	const char *key = attributes[which].json;
	int64_t number;

	if (strcmp(key, "name") == 0) {
		if (!is_bare_name(said)) {
			md_fault(faults, line, _("the name '%s' is letters, digits and _"), said);
		}
		json_set_text(ask, key, said);
	} else if (strcmp(key, "min") == 0 || strcmp(key, "max") == 0) {
		if (value_integer(&number, said) && number > -1000000000
				&& number < 1000000000) {
			json_set_int(ask, key, number);
		} else {
			md_fault(faults, line, _("'%s' is no whole number"), said);
		}
	} else if (strcmp(key, "unit") == 0) {
		json_set_text(ask, key, said);
	} else {
		char *value = value_of(ask, said);

		if (value == NULL) {
			md_fault(faults, line, _("'%s' is no answer to this question"), said);
		}
		json_set_text(ask, key, value != NULL ? value : "");
		free(value);
	}
}

/* "; chưa rõ: 0; đơn vị: phút" */
static void
read_attributes(struct md_faults *faults, int line, struct json *ask, const char *text)
{
	while (*text == ';') {
		size_t len = strcspn(text + 1, ";");
		char *part = trimmed(text + 1, len);
		char *colon = strchr(part, ':');
		char *key = colon == NULL ? xstrdup("") : trimmed(part, (size_t)(colon - part));
		char *said = colon == NULL ? xstrdup("") : trimmed(colon + 1, strlen(colon + 1));
		size_t which = 0;

		while (which < ATTRIBUTE_COUNT && !md_one_of(attributes[which].folded, key)) {
			which++;
		}
		if (which == ATTRIBUTE_COUNT || said[0] == '\0') {
			md_fault(faults, line,
				_("behind the brackets may stand: ; unknown: 0; unit: x; least: 0; "
				"most: 9; at first: 0; name: x; not '%s'"), part);
		} else {
			put_attribute(faults, line, ask, which, said);
		}
		text += 1 + len;
		free(said);
		free(key);
		free(part);
	}
}

struct json *
md_ask_read(struct md_faults *faults, int line, const char *text)
{
	struct json *ask = json_object();
	const char *after = text + strlen(text);
	const char *end = after;

	for (const char *open = strchr(text, '('); open != NULL && *after == '\0';
			open = strchr(open + 1, '(')) {
		const char *close = closing(open);
		const char *next = close == NULL ? NULL : close + 1 + strspn(close + 1, " ");

		if (close != NULL && (*next == '\0' || *next == ';')
				&& take_type(ask, open, close)) {
			end = open;
			after = next;
			break;
		}
	}
	char *label = trimmed(text, (size_t)(end - text));
	char *slug = md_slug(label);
	json_set_int(ask, "line", line);
	json_set_text(ask, "label", label);
	read_attributes(faults, line, ask, after);
	if (strlen(label) > LABEL_MOST) {
		md_fault(faults, line, _("the question is longer than %d bytes"), LABEL_MOST);
	}
	if (slug[0] == '\0' && json_get(ask, "name") == NULL) {
		md_fault(faults, line, _("a question has words: Ask: minutes left (number)"));
	}
	free(slug);
	free(label);
	return ask;
}

char *
md_ask_name(const struct json *ask)
{
	const char *name = json_get_text(ask, "name");
	char *slug = name != NULL ? xstrdup(name) : md_slug(json_text_of(ask, "label"));
	char *full = xasprintf("__%s__", slug);

	free(slug);
	return full;
}

static void
print_type(struct buf *out, const struct json *ask, const char *language)
{
	const struct json *choices = json_get(ask, "choices");
	bool commas = false;
	bool first = true;

	if (choices == NULL) {
		buf_addf(out, " (%s)", md_enum_say("type", json_text_of(ask, "type"), language));
		return;
	}
	for (const struct json *row = json_first(choices); row != NULL; row = json_next(row)) {
		commas = commas || strchr(json_text_of(row, "label"), ',') != NULL;
	}
	buf_addf(out, " (%s: ", strcmp(language, "en") == 0 ? "one of" : "một trong");
	for (const struct json *row = json_first(choices); row != NULL; row = json_next(row)) {
		const char *label = json_text_of(row, "label");
		const char *value = json_text_of(row, "value");
		char *slug = md_slug(label);

		buf_adds(out, first ? "" : commas ? "; " : ", ");
		if (strcmp(slug, value) != 0) {
			buf_addf(out, "%s = ", value);
		}
		buf_adds(out, label);
		first = false;
		free(slug);
	}
	buf_addc(out, ')');
}

/* A value in the words of the question. */
static const char *
value_words(const struct json *ask, const char *value, const char *language)
{
	for (const struct json *row = json_first(json_get(ask, "choices")); row != NULL;
			row = json_next(row)) {
		if (strcmp(json_text_of(row, "value"), value) == 0) {
			return json_text_of(row, "label");
		}
	}
	if (strcmp(json_text_of(ask, "type"), "bool") == 0) {
		return md_enum_say("flag", strcmp(value, "true") == 0 ? "yes" : "no", language);
	}
	return value;
}

char *
md_ask_print(const struct json *ask, const char *language, bool bare)
{
	struct buf out = { 0 };

	buf_adds(&out, json_text_of(ask, "label"));
	for (size_t i = 0; !bare && i < ATTRIBUTE_COUNT; i++) {
		const struct json *is = json_get(ask, attributes[i].json);
		const char *key = strcmp(language, "en") == 0 ? attributes[i].en
			: attributes[i].vi;

		if (i == 0) {
			print_type(&out, ask, language);
		}
		if (json_is(is, JSON_NUMBER)) {
			buf_addf(&out, "; %s: %lld", key, (long long)json_integer(is, 0));
		} else if (is != NULL && (i == 0 || strcmp(attributes[i].json, "value") == 0)) {
			buf_addf(&out, "; %s: %s", key,
				value_words(ask, json_text(is, ""), language));
		} else if (is != NULL) {
			buf_addf(&out, "; %s: %s", key, json_text(is, ""));
		}
	}
	return buf_take(&out);
}
