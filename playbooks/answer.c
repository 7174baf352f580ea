/* answer.c owns the check of answers: which are wanted, which fit. */
#include "playbooks/answer.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/words.h"
#include "playbooks/run_private.h"
#include "playbooks/value.h"

const char *
answer_value(const char *text)
{
	return text == NULL || strcmp(text, ANSWER_UNKNOWN) == 0 ? NULL : text;
}

const char *
variable_question(const struct variable *variable)
{
	const char *question = json_get_text(variable->ext, "question");

	if (question == NULL || question[0] == '\0') {
		question = json_get_text(variable->json, "description");
	}
	return question != NULL && question[0] != '\0' ? question : NULL;
}

/* What people read of it, at least its bare name.  The caller's. */
static char *
asked(const struct variable *variable)
{
	const char *question = variable_question(variable);

	return xstrdup(question != NULL ? question : bare_name(variable->name).text);
}

static bool
refuse(const struct variable *variable, const char *wanted, const char *text,
	struct error *err)
{
	char *question = asked(variable);

	error_set(err, ERR_BAD_INPUT,
		_("\"%s\" wants %s, or ? where it is not known: not '%s'"), question,
		wanted, text);
	error_how(err, "--set %s=...", bare_name(variable->name).text);
	free(question);
	return false;
}

static bool
check_choices(const struct variable *variable, const char *text,
	struct error *err)
{
	const struct json *choices = json_get(variable->ext, "choices");
	struct buf words = { 0 };
	char *wanted;

	if (choices == NULL) {
		return true;
	}
	for (const struct json *row = json_first(choices); row != NULL;
			row = json_next(row)) {
		const char *value = json_get_text(row, "value");

		if (value != NULL && strcmp(value, text) == 0) {
			buf_free(&words);
			return true;
		}
		buf_addf(&words, "%s%s", words.len > 0 ? ", " : "",
			value != NULL ? value : "");
	}
	wanted = xasprintf(_("one of %s"), buf_text(&words));
	refuse(variable, wanted, text, err);
	free(wanted);
	buf_free(&words);
	return false;
}

static bool
check_bound(const struct variable *variable, const char *key, int sign,
	const char *text, struct error *err)
{
	const struct json *bound = json_get(variable->ext, key);
	char number[32];
	char *wanted;

	if (!json_is_integer(bound)) {
		return true;
	}
	(void)snprintf(number, sizeof number, "%lld",
		(long long)json_integer(bound, 0));
	if (sign * value_compare(variable->type, text, number) >= 0) {
		return true;
	}
	wanted = xasprintf(sign > 0 ? _("%s or more") : _("%s or less"), number);
	refuse(variable, wanted, text, err);
	free(wanted);
	return false;
}

/* A time of day typed twice or cut: "21:4021:40", "21:75".  Words are no time and
 * an answer all the same. */
static bool
broken_clock(const char *text)
{
	int hour, minute, len = 0;

	return sscanf(text, " %2d:%2d%n", &hour, &minute, &len) == 2 && len > 0
		&& (hour < 0 || hour > 24 || minute < 0 || minute > 59
			|| isdigit((unsigned char)text[len])
			|| !isdigit((unsigned char)text[len - 2]));
}

static bool
check_clock(const struct variable *variable, const char *text, struct error *err)
{
	return !json_get_bool(variable->ext, "clock") || !broken_clock(text)
		|| refuse(variable, _("a time of day, for example 21:40"), text, err);
}

bool
answer_check(const struct variable *variable, const char *text,
	struct error *err)
{
	if (answer_value(text) == NULL) {
		return true;
	}
	if (variable->constant) {
		char *question = asked(variable);

		error_set(err, ERR_BAD_INPUT, _("\"%s\" is fixed by the plan"), question);
		free(question);
		return false;
	}
	if (!value_fits(variable->type, text)) {
		return refuse(variable, value_wanted(variable->type), text, err);
	}
	return check_clock(variable, text, err) && check_choices(variable, text, err)
		&& check_bound(variable, "min", 1, text, err)
		&& check_bound(variable, "max", -1, text, err);
}

/* "co_dien" for "__co_dien__". */
static bool
is_short_name(const char *given, const char *name)
{
	size_t len = strlen(given);

	return strlen(name) == len + 4 && strncmp(name, "__", 2) == 0
		&& strncmp(name + 2, given, len) == 0;
}

static const struct json *
find_given(const struct json *values, const char *name)
{
	const struct json *found = json_get(values, name);

	for (const struct json *row = json_first(values);
			found == NULL && row != NULL; row = json_next(row)) {
		found = is_short_name(json_key(row), name) ? row : NULL;
	}
	return found;
}

const char *
answer_find(const struct json *values, const char *name)
{
	return json_text(find_given(values, name), NULL);
}

bool
step_asks_case_field(const struct step *step, const char *field)
{
	const struct json *fields = json_get(step->ext, "case_fields");

	for (const struct json *row = json_first(fields); row != NULL;
			row = json_next(row)) {
		if (strcmp(json_text(row, ""), field) == 0) {
			return true;
		}
	}
	return false;
}

static bool
is_asked(const struct step *step, const char *given)
{
	for (int i = 0; i < step->ask_count; i++) {
		if (strcmp(step->asks[i], given) == 0
				|| is_short_name(given, step->asks[i])) {
			return true;
		}
	}
	return step_asks_case_field(step, given);
}

/* `questions` is what people read of `missing`, the names that are typed. */
static bool
refuse_missing(const struct json *missing, const char *questions,
	struct error *err)
{
	struct buf names = { 0 };
	char *line = json_line(missing);

	for (const struct json *row = json_first(missing); row != NULL;
			row = json_next(row)) {
		buf_addf(&names, "%s--set %s=...", names.len > 0 ? " " : "",
			bare_name(json_text(row, "")).text);
	}
	error_set(err, ERR_REFUSED,
		_("an answer is missing: %s (? where it is not known)"), questions);
	error_how(err, "%s", buf_text(&names));
	(void)snprintf(err->detail, sizeof err->detail, "{\"missing\":%s}", line);
	if (strlen(line) + 13 >= sizeof err->detail) {
		err->detail[0] = '\0'; /* cut JSON is none */
	}
	free(line);
	buf_free(&names);
	return false;
}

static bool
check_given(const struct step *step, const struct json *values,
	struct error *err)
{
	for (const struct json *row = json_first(values); row != NULL;
			row = json_next(row)) {
		if (!is_asked(step, json_key(row))) {
			return error_set(err, ERR_BAD_INPUT,
				_("step \"%s\" does not ask for %s"), step->name,
				json_key(row));
		}
		if (!json_is(row, JSON_STRING)) {
			return error_set(err, ERR_BAD_INPUT,
				_("an answer is a text, written in quotes: \"5\", not 5"));
		}
	}
	return true;
}

void
answers_tidy(const struct run *run, const struct instance *instance,
	struct json *values)
{
	const struct step *step = playbook_step(run->playbook, instance->step);

	for (int i = 0; i < step->ask_count; i++) {
		const struct json *given = find_given(values, step->asks[i]);
		struct variable declared;
		char *row_name = NULL;

		if (json_text(given, NULL) != NULL && run_resolve(&declared, &row_name,
				run, instance, step->asks[i])) {
			char *name = xstrdup(json_key(given));
			char *tidy = value_tidy(declared.type, json_text(given, ""),
				json_get_text(declared.ext, "unit"));

			json_set_text(values, name, tidy);
			free(tidy);
			free(name);
		}
		free(row_name);
	}
}

bool
answers_check(const struct run *run, const struct instance *instance,
	const struct json *values, struct error *err)
{
	const struct step *step = playbook_step(run->playbook, instance->step);
	struct json *missing = json_array();
	struct buf questions = { 0 };
	bool ok = check_given(step, values, err);

	for (int i = 0; ok && i < step->ask_count; i++) {
		const char *text = answer_find(values, step->asks[i]);
		struct variable declared;
		char *row_name = NULL;
		bool there = run_resolve(&declared, &row_name, run, instance,
			step->asks[i]);

		if (text == NULL || text[0] == '\0') {
			char *question = there ? asked(&declared)
				: xstrdup(bare_name(step->asks[i]).text);

			json_push(missing, json_string(step->asks[i]));
			buf_addf(&questions, "%s%s", questions.len > 0 ? "; " : "", question);
			free(question);
		} else if (there) {
			ok = answer_check(&declared, text, err);
		}
		free(row_name);
	}
	if (ok && json_count(missing) > 0) {
		ok = refuse_missing(missing, buf_text(&questions), err);
	}
	buf_free(&questions);
	json_free(missing);
	return ok;
}

/* The variable that a person means by "x" or "__x__". */
static const struct variable *
find_meant(const struct playbook *playbook, const char *given)
{
	for (int i = 0; i < playbook_variable_count(playbook); i++) {
		const struct variable *variable = playbook_variable(playbook, i);

		if (strcmp(variable->name, given) == 0
				|| is_short_name(given, variable->name)) {
			return variable;
		}
	}
	return NULL;
}

bool
answers_begin(struct json **out, const struct playbook *playbook,
	const struct json *values, struct error *err)
{
	struct json *whole = json_object();
	bool ok = true;

	for (const struct json *row = json_first(values); ok && row != NULL;
			row = json_next(row)) {
		const struct variable *variable = find_meant(playbook, json_key(row));
		char *tidy;

		if (variable == NULL) {
			ok = error_set(err, ERR_BAD_INPUT, _("the plan has no variable %s"),
				json_key(row));
			continue;
		}
		tidy = value_tidy(variable->type, json_text(row, ""),
			json_get_text(variable->ext, "unit"));
		ok = answer_check(variable, tidy, err);
		json_set_text(whole, variable->name, tidy);
		free(tidy);
	}
	if (!ok) {
		json_free(whole);
		return false;
	}
	*out = whole;
	return true;
}

bool
answers_external(const struct playbook *playbook, const struct json *values,
	struct error *err)
{
	struct json *missing = json_array();
	struct buf questions = { 0 };
	bool ok = true;

	for (int i = 0; ok && i < playbook_variable_count(playbook); i++) {
		const struct variable *variable = playbook_variable(playbook, i);
		const char *value = json_get_text(values, variable->name);

		if (!variable->external) {
			continue;
		}
		if (value != NULL) {
			ok = answer_check(variable, value, err);
		} else if (variable->value == NULL && variable->unknown == NULL) {
			char *question = asked(variable);

			json_push(missing, json_string(variable->name));
			buf_addf(&questions, "%s%s", questions.len > 0 ? "; " : "", question);
			free(question);
		}
	}
	if (ok && json_count(missing) > 0) {
		ok = refuse_missing(missing, buf_text(&questions), err);
	}
	buf_free(&questions);
	json_free(missing);
	return ok;
}
