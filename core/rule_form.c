/* rule_form.c owns the form of rules: what may be tested and what may follow. */
#include "core/rule_form.h"

#include <stdlib.h>
#include <string.h>

#include "core/contact.h"
#include "core/deadline_rule.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/obligation.h"
#include "core/policy_form.h"
#include "core/register_words.h"
#include "core/role.h"
#include "core/when.h"

const struct rule_field rule_fields[] = {
	{ "kind", 't', KIND_WORDS, 0, 0, false, NULL },
	{ "category", 't', NULL, 0, 0, false, NULL },
	{ "asset", 't', NULL, 0, 0, false, NULL },
	{ "asset_level", 'l', "unknown", 1, 5, false, NULL },
	{ "asset_standby", 't', "yes no unknown", 0, 0, false, NULL },
	{ "users", 'i', NULL, 0, 1000000000, false, NULL },
	{ "severity", 'i', NULL, 1, 4, true, NULL },
	{ "severity_suggested", 'i', NULL, 1, 4, true, NULL },
	{ "drill", 'b', NULL, 0, 0, false, NULL },
	{ "reportable", 't', "unknown yes no", 0, 0, false, NULL },
	{ "personal_data", 't', "unknown yes no", 0, 0, false, NULL },
	{ "beyond_capacity", 't', "yes no", 0, 0, false, NULL },
	{ "hour", 'i', NULL, 0, 23, false, NULL },
	{ "subject", 't', "case step deadline", 0, 0, false, "escalation" },
	{ 0 },
};

static bool
in_range(const struct json *range, const struct json *is)
{
	const struct json *min = json_get(range, "min");
	const struct json *max = json_get(range, "max");

	return json_is(is, JSON_NUMBER) &&
		(min == NULL || json_integer(is, 0) >= json_integer(min, 0)) &&
		(max == NULL || json_integer(is, 0) <= json_integer(max, 0));
}

bool
rule_condition(const struct json *wanted, const struct json *is)
{
	if (json_is(wanted, JSON_OBJECT)) {
		return in_range(wanted, is);
	}
	if (json_is(wanted, JSON_ARRAY)) {
		for (const struct json *one = json_first(wanted); one != NULL;
		     one = json_next(one)) {
			if (rule_condition(one, is)) {
				return true;
			}
		}
		return false;
	}
	if (json_is(wanted, JSON_NULL) || is == NULL || json_is(is, JSON_NULL)) {
		return json_is(wanted, JSON_NULL) && (is == NULL || json_is(is, JSON_NULL));
	}
	return json_equal(wanted, is);
}

static bool
word_in(const char *words, const char *word)
{
	size_t len = strlen(word);

	for (const char *p = words; *p != '\0';) {
		size_t run = strcspn(p, " ");

		if (run == len && strncmp(p, word, len) == 0) {
			return true;
		}
		p += run + (p[run] == ' ');
	}
	return false;
}

static bool
number_fits(const struct rule_field *field, const struct json *value,
	const char *place, struct error *err)
{
	if (!json_is_integer(value) || json_integer(value, 0) < field->min ||
	    json_integer(value, 0) > field->max) {
		return error_set(err, ERR_BAD_INPUT,
			_("%s: must be a whole number from %lld to %lld"), place,
			(long long)field->min, (long long)field->max);
	}
	return true;
}

static bool
value_fits(const struct rule_field *field, const struct json *value,
	const char *place, struct error *err)
{
	const char *text = json_text(value, NULL);

	if (json_is(value, JSON_NULL)) {
		return true;
	}
	if (field->type == 'b') {
		return json_is(value, JSON_BOOL) || error_set(err, ERR_BAD_INPUT,
			_("%s: must be %s"), place, _("true or false"));
	}
	if (field->type == 'i' || (field->type == 'l' && text == NULL)) {
		return number_fits(field, value, place, err);
	}
	if (text == NULL) {
		return error_set(err, ERR_BAD_INPUT, _("%s: must be %s"), place, _("text"));
	}
	return field->words == NULL || word_in(field->words, text) ||
		error_set(err, ERR_BAD_INPUT, _("%s: \"%.60s\" is not one of: %s"), place,
			text, field->words);
}

static bool
range_fits(const struct rule_field *field, const struct json *range,
	const char *place, struct error *err)
{
	if (field->type != 'i' && field->type != 'l') {
		return error_set(err, ERR_BAD_INPUT, _("%s: a range is for numbers only"),
			place);
	}
	if (json_count(range) == 0) {
		return error_set(err, ERR_BAD_INPUT, _("%s: needs min or max"), place);
	}
	for (const struct json *end = json_first(range); end != NULL;
	     end = json_next(end)) {
		if (strcmp(json_key(end), "min") != 0 && strcmp(json_key(end), "max") != 0) {
			return error_set(err, ERR_BAD_INPUT,
				_("%s.%.60s: unknown key; known are: min, max"), place,
				json_key(end));
		}
		if (!number_fits(field, end, place, err)) {
			return false;
		}
	}
	return json_get_int(range, "min", INT64_MIN) <= json_get_int(range, "max", INT64_MAX)
		|| error_set(err, ERR_BAD_INPUT, _("%s: min is above max"), place);
}

static bool
condition_fits(const struct rule_field *field, const struct json *wanted,
	const char *place, struct error *err)
{
	if (json_is(wanted, JSON_OBJECT)) {
		return range_fits(field, wanted, place, err);
	}
	if (!json_is(wanted, JSON_ARRAY)) {
		return value_fits(field, wanted, place, err);
	}
	for (const struct json *one = json_first(wanted); one != NULL;
	     one = json_next(one)) {
		if (!value_fits(field, one, place, err)) {
			return false;
		}
	}
	return json_count(wanted) > 0 ||
		error_set(err, ERR_BAD_INPUT, _("%s: an empty list fits nothing"), place);
}

static const struct rule_field *
field_of(const char *name)
{
	for (const struct rule_field *field = rule_fields; field->name != NULL; field++) {
		if (strcmp(field->name, name) == 0) {
			return field;
		}
	}
	return NULL;
}

static bool
when_fits(const struct json *when, const char *family, const char *path,
	struct error *err)
{
	char *at = reg_place(path, "when");
	bool ok = json_is(when, JSON_OBJECT) || error_set(err, ERR_BAD_INPUT,
		_("%s: must be an object of field and what it must be"), at);

	for (const struct json *wanted = ok ? json_first(when) : NULL;
	     ok && wanted != NULL; wanted = json_next(wanted)) {
		const struct rule_field *field = field_of(json_key(wanted));
		char *place = reg_place(at, json_key(wanted));

		if (field == NULL || (field->only != NULL && strcmp(field->only, family) != 0)) {
			ok = error_set(err, ERR_BAD_INPUT,
				_("%.100s: rules cannot test this"), place);
		} else if (field->decided && strcmp(family, "severity") == 0) {
			ok = error_set(err, ERR_BAD_INPUT,
				_("%s: a severity rule cannot test severity"), place);
		} else {
			ok = condition_fits(field, wanted, place, err);
		}
		free(place);
	}
	free(at);
	return ok;
}

struct then_key {
	const char *family;
	const char *name;
	char type; /* i 1..4, t text, w {vi, en}, l list of words, s a span, b true or
	            * false, j checked by its family */
	bool required;
};

static const struct then_key then_keys[] = {
	{ "severity", "severity", 'i', true },
	{ "severity", "why", 'w', false },
	{ "plan", "plan", 't', true },
	{ "plan", "fit", 't', false },
	{ "plan", "why", 'w', false },
	{ "contact", "tell", 'l', false },
	{ "contact", "propose", 'l', false },
	{ "contact", "by_hand", 'l', false },
	{ "contact", "request", 'w', false },
	{ "periodic", "title", 'w', true },
	{ "periodic", "every", 't', true },
	{ "periodic", "due", 't', false },
	{ "periodic", "from", 't', false },
	{ "periodic", "recipient", 't', false },
	{ "periodic", "channel", 't', false },
	{ "periodic", "remind", 't', false },
	{ "periodic", "set", 't', false },
	{ "coordination", "lead", 'w', true },
	{ "coordination", "support", 'w', true },
	{ "coordination", "channel", 'w', false },
	{ "coordination", "limit", 's', false },
	{ "coordination", "report", 'w', false },
	{ "deadline", "start", 't', true },
	{ "deadline", "span", 't', true },
	{ "deadline", "recipient", 't', true },
	{ "deadline", "form", 't', true },
	{ "deadline", "title", 'w', true },
	{ "deadline", "set", 't', false },
	{ "deadline", "behalf", 't', false },
	{ "deadline", "note", 'w', false },
	{ "deadline", "own", 'b', false },
	{ "escalation", "steps", 'j', true },
	{ "escalation", "rounds", 'j', false },
	{ "escalation", "ack_lasts", 's', false },
	{ "escalation", "ask_again", 's', false },
	{ "escalation", "before", 's', false },
	{ "escalation", "digest", 'b', false },
	{ "escalation", "why", 'w', false },
};

#define THEN_KEYS (sizeof then_keys / sizeof *then_keys)

static bool
words_fit(const struct json *words, const char *place, struct error *err)
{
	return (json_is(words, JSON_OBJECT) && json_count(words) == 2 &&
		json_is(json_get(words, "vi"), JSON_STRING) &&
		json_is(json_get(words, "en"), JSON_STRING)) ||
		error_set(err, ERR_BAD_INPUT, _("%s: must be {\"vi\": text, \"en\": text}"),
			place);
}

static bool
list_fits(const struct json *list, const char *place, struct error *err)
{
	bool ok = json_is(list, JSON_ARRAY);

	for (const struct json *word = json_first(list); ok && word != NULL;
	     word = json_next(word)) {
		ok = json_is(word, JSON_STRING);
	}
	return ok || error_set(err, ERR_BAD_INPUT, _("%s: must be %s"), place,
		_("a list of words"));
}

static bool
span_fits(const struct json *value, const char *place, struct error *err)
{
	struct error none = ERROR_INIT;
	int64_t ms;

	return when_parse_span(&ms, json_text(value, ""), &none) ||
		error_set(err, ERR_BAD_INPUT, _("%s: must be %s"), place,
			_("a span of time, as 30m, 2h"));
}

static bool
then_value_fits(const struct then_key *key, const struct json *value,
	const char *place, struct error *err)
{
	static const struct rule_field severity = { "severity", 'i', NULL, 1, 4, false, NULL };

	switch (key->type) {
	case 'i':
		return number_fits(&severity, value, place, err);
	case 'w':
		return words_fit(value, place, err);
	case 'l':
		return list_fits(value, place, err);
	case 'j':
		return true;
	case 's':
		return span_fits(value, place, err);
	case 'b':
		return json_is(value, JSON_BOOL) || error_set(err, ERR_BAD_INPUT,
			_("%s: must be %s"), place, _("true or false"));
	default:
		return json_is(value, JSON_STRING) || error_set(err, ERR_BAD_INPUT,
			_("%s: must be %s"), place, _("text"));
	}
}

static const struct then_key *
then_key(const char *family, const char *name)
{
	for (size_t i = 0; i < THEN_KEYS; i++) {
		if (strcmp(then_keys[i].family, family) == 0 &&
		    strcmp(then_keys[i].name, name) == 0) {
			return &then_keys[i];
		}
	}
	return NULL;
}

/* A role that stands there, and is one that may be sent to by a program. */
static bool
role_fits(struct desk *desk, const char *word, bool box, const char *place,
	struct error *err)
{
	struct json *contact = NULL;
	bool ok = true;

	if (strncmp(word, "asset:", 6) == 0 && box) {
		return word_in("owner operator supplier", word + 6) || error_set(err,
			ERR_BAD_INPUT, _("%s: \"%.60s\" is not one of: %s"), place, word,
			"asset:owner asset:operator asset:supplier");
	}
	if (!contact_show(desk, word, &contact, err)) {
		if (err->code == ERR_NOT_FOUND) {
			(void)error_set(err, ERR_NOT_FOUND, _("%s: there is no contact %.60s"),
				place, word);
		}
		return false;
	}
	if (box && contact_by_person_only(json_get_text(contact, "class"))) {
		ok = error_set(err, ERR_REFUSED,
			_("%s: %s is of the class %s and is told by a person only: put it"
			  " under by_hand"), place, word, json_get_text(contact, "class"));
	}
	json_free(contact);
	return ok;
}

static bool
tell_fits(const char *word, const char *place, struct error *err)
{
	return strcmp(word, "owner") == 0 ||
		(strncmp(word, "role:", 5) == 0 && role_from(word + 5) != ROLE_NONE) ||
		(strncmp(word, "member:", 7) == 0 && word[7] != '\0') ||
		(strncmp(word, "duty:", 5) == 0 && word[5] != '\0') ||
		error_set(err, ERR_BAD_INPUT,
			_("%s: \"%.60s\" must be owner, role:ROLE, member:LOGIN or duty:LAYER"),
			place, word);
}

static bool
contacts_fit(struct desk *desk, const struct json *then, const char *at,
	struct error *err)
{
	static const char *const lists[] = { "tell", "propose", "by_hand" };

	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
		char *place = reg_place(at, lists[i]);
		bool ok = true;

		for (const struct json *word = json_first(json_get(then, lists[i]));
		     ok && word != NULL; word = json_next(word)) {
			ok = i == 0 ? tell_fits(json_text(word, ""), place, err)
				: role_fits(desk, json_text(word, ""), i == 1, place, err);
		}
		free(place);
		if (!ok) {
			return false;
		}
	}
	return true;
}

static bool
required_fit(const struct json *then, const char *family, const char *at,
	struct error *err)
{
	for (size_t i = 0; i < THEN_KEYS; i++) {
		if (then_keys[i].required && strcmp(then_keys[i].family, family) == 0 &&
		    json_get(then, then_keys[i].name) == NULL) {
			return error_set(err, ERR_BAD_INPUT, _("%s.%s: is missing"), at,
				then_keys[i].name);
		}
	}
	return true;
}

static bool
then_fits(struct desk *desk, const struct json *then, const char *family,
	const char *path, struct error *err)
{
	char *at = reg_place(path, "then");
	bool ok = json_is(then, JSON_OBJECT) || error_set(err, ERR_BAD_INPUT,
		_("%s: must be an object"), at);

	for (const struct json *value = ok ? json_first(then) : NULL;
	     ok && value != NULL; value = json_next(value)) {
		const struct then_key *key = then_key(family, json_key(value));
		char *place = reg_place(at, json_key(value));

		ok = key == NULL
			? error_set(err, ERR_BAD_INPUT,
				_("%.100s: unknown key for the family %s"), place, family)
			: then_value_fits(key, value, place, err);
		free(place);
	}
	ok = ok && required_fit(then, family, at, err) &&
		(strcmp(family, "contact") != 0 || contacts_fit(desk, then, at, err)) &&
		(strcmp(family, "periodic") != 0 || obligation_rule_fits(then, at, err)) &&
		(strcmp(family, "escalation") != 0 || policy_rule_fits(desk, then, at, err)) &&
		(strcmp(family, "deadline") != 0 || deadline_rule_fits(then, at, err));
	free(at);
	return ok;
}

bool
rule_fits_form(struct desk *desk, const struct json *rule, const char *path,
	struct error *err)
{
	const char *family = json_get_text(rule, "family");

	return when_fits(json_get(rule, "when"), family, path, err) &&
		then_fits(desk, json_get(rule, "then"), family, path, err);
}
