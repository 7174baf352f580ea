/* policy_form.c checks what an escalation rule says, and names the place of a
 * fault: a policy that calls nobody is found when it is written, not at night. */
#include "core/policy_form.h"

#include <stdlib.h>
#include <string.h>

#include "core/group.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/member.h"
#include "core/register.h"
#include "core/role.h"
#include "core/when.h"

#define WEEK_MS (7 * 24 * 3600 * INT64_C(1000))
#define ROUNDS_MAX 1000
#define REPEAT_MAX 10

static const char *const step_keys[] = { "who", "by", "after", "repeat", "on_site", NULL };
static const char *const channels[] = { "desktop", "mail", "sms", "telegram", "ntfy",
	"zalo", "webhook", "exec", NULL };

static bool
one_of(const char *word, const char *const *words)
{
	for (; *words != NULL; words++) {
		if (strcmp(*words, word) == 0) {
			return true;
		}
	}
	return false;
}

static bool
not_one_of(const char *word, const char *const *words, const char *place,
	struct error *err)
{
	struct buf all = { 0 };

	for (int i = 0; words[i] != NULL; i++) {
		buf_addf(&all, "%s%s", i > 0 ? " " : "", words[i]);
	}
	(void)error_set(err, ERR_BAD_INPUT, _("%s: \"%.60s\" is not one of: %s"), place,
		word, buf_text(&all));
	buf_free(&all);
	return false;
}

static bool
span_fits(const struct json *step, const char *key, const char *path, struct error *err)
{
	const struct json *value = json_get(step, key);
	struct error ignored = ERROR_INIT;
	int64_t ms = 0;

	if (value == NULL) {
		return true;
	}
	return (json_is(value, JSON_STRING) &&
			when_parse_span(&ms, json_text(value, ""), &ignored) && ms <= WEEK_MS) ||
		error_set(err, ERR_BAD_INPUT,
			_("%s.%s: must be a span of time up to 7 days, as 5m, 2h"), path, key);
}

/* A rule that names somebody who is not there is refused, as one of contacts is. */
static bool
named_fits(struct desk *desk, const char *word, const char *place, struct error *err)
{
	struct json *group = NULL;
	char id[UUID_SIZE];
	bool ok;

	if (strncmp(word, "member:", 7) == 0) {
		return member_id(desk, word + 7, id, err) ||
			(err->code == ERR_NOT_FOUND && error_set(err, ERR_NOT_FOUND,
				_("%s: there is no member %.60s"), place, word + 7));
	}
	if (!group_show(desk, word + 6, &group, err)) {
		return err->code == ERR_NOT_FOUND && error_set(err, ERR_NOT_FOUND,
			_("%s: there is no group %.60s"), place, word + 6);
	}
	ok = strcmp(json_text_of(group, "of"), "member") == 0 ||
		error_set(err, ERR_BAD_INPUT,
			_("%s: the group %.60s is not of members: nobody in it can be called"),
			place, word + 6);
	json_free(group);
	return ok;
}

static bool
who_fits(struct desk *desk, const struct json *value, const char *place,
	struct error *err)
{
	const char *word = json_text(value, "");

	if (strncmp(word, "duty:", 5) == 0) {
		return reg_key_fits(word + 5, place, err);
	}
	if ((strncmp(word, "member:", 7) == 0 && word[7] != '\0') ||
	    (strncmp(word, "group:", 6) == 0 && word[6] != '\0')) {
		return named_fits(desk, word, place, err);
	}
	return strcmp(word, "owner") == 0 ||
		(strncmp(word, "role:", 5) == 0 && role_from(word + 5) != ROLE_NONE) ||
		error_set(err, ERR_BAD_INPUT,
			_("%s: \"%.60s\" must be owner, duty:LAYER, role:ROLE, group:CODE or"
			  " member:LOGIN"), place, word);
}

static bool
by_fits(struct desk *desk __attribute__((unused)), const struct json *value,
	const char *place, struct error *err)
{
	const char *word = json_text(value, "");

	return one_of(word, channels) || not_one_of(word, channels, place, err);
}

typedef bool word_fits(struct desk *desk, const struct json *value, const char *place,
	struct error *err);

static bool
list_fits(struct desk *desk, const struct json *step, const char *key, const char *path,
	word_fits *fits, struct error *err)
{
	const struct json *list = json_get(step, key);
	char *at = reg_place(path, key);
	bool ok = (json_is(list, JSON_ARRAY) && json_count(list) > 0) ||
		error_set(err, ERR_BAD_INPUT, _("%s: must be %s"), at,
			_("a list of words, not empty"));
	int n = 0;

	for (const struct json *word = ok ? json_first(list) : NULL; ok && word != NULL;
	     word = json_next(word), n++) {
		char *place = xasprintf("%s[%d]", at, n);

		ok = fits(desk, word, place, err);
		free(place);
	}
	free(at);
	return ok;
}

static bool
keys_fit(const struct json *step, const char *path, struct error *err)
{
	const struct json *repeat = json_get(step, "repeat");
	int64_t times = json_integer(repeat, 0);

	if (!json_is(step, JSON_OBJECT)) {
		return error_set(err, ERR_BAD_INPUT, _("%s: must be an object"), path);
	}
	for (const struct json *key = json_first(step); key != NULL; key = json_next(key)) {
		if (!one_of(json_key(key), step_keys)) {
			return error_set(err, ERR_BAD_INPUT,
				_("%s.%.60s: unknown key; known are: who, by, after, repeat,"
				  " on_site"), path, json_key(key));
		}
	}
	return repeat == NULL || (json_is_integer(repeat) && times >= 1 &&
			times <= REPEAT_MAX) ||
		error_set(err, ERR_BAD_INPUT, _("%s.repeat: must be a whole number from %lld"
			" to %lld"), path, 1LL, (long long)REPEAT_MAX);
}

static bool
step_fits(struct desk *desk, const struct json *step, const char *path,
	struct error *err)
{
	return keys_fit(step, path, err) &&
		list_fits(desk, step, "who", path, who_fits, err) &&
		(json_get(step, "by") == NULL ||
			list_fits(desk, step, "by", path, by_fits, err)) &&
		span_fits(step, "after", path, err) && span_fits(step, "on_site", path, err);
}

static bool
rounds_fit(const struct json *then, const char *at, struct error *err)
{
	const struct json *rounds = json_get(then, "rounds");
	int64_t count = json_integer(rounds, 0);

	return rounds == NULL || (json_is_integer(rounds) &&
			(count == POLICY_FOR_EVER || (count >= 1 && count <= ROUNDS_MAX))) ||
		error_set(err, ERR_BAD_INPUT,
			_("%s.rounds: must be -1 (for ever) or a whole number from 1 to %d"), at,
			ROUNDS_MAX);
}

/* A round that takes no time at all would call without end. */
static bool
takes_time(int64_t whole, int64_t steps, const char *at, struct error *err)
{
	if (steps > POLICY_STEPS) {
		return error_set(err, ERR_BAD_INPUT,
			_("%s.steps: more than %d steps, repeats counted"), at, POLICY_STEPS);
	}
	return whole >= 60000 || error_set(err, ERR_BAD_INPUT,
		_("%s.steps: a round must take a minute at least"), at);
}

bool
policy_rule_fits(struct desk *desk, const struct json *then, const char *at,
	struct error *err)
{
	const struct json *steps = json_get(then, "steps");
	int64_t whole = 0;
	int64_t count = 0;
	int n = 0;

	if (!json_is(steps, JSON_ARRAY) || json_count(steps) == 0) {
		return error_set(err, ERR_BAD_INPUT, _("%s.steps: must be %s"), at,
			_("a list of steps, not empty"));
	}
	for (const struct json *step = json_first(steps); step != NULL;
	     step = json_next(step), n++) {
		char *path = xasprintf("%s.steps[%d]", at, n);
		struct error ignored = ERROR_INIT;
		int64_t after = 5 * 60000;
		bool ok = step_fits(desk, step, path, err);

		free(path);
		if (!ok) {
			return false;
		}
		if (json_get_text(step, "after") != NULL) {
			(void)when_parse_span(&after, json_get_text(step, "after"), &ignored);
		}
		count += json_get_int(step, "repeat", 1);
		whole += after * json_get_int(step, "repeat", 1);
	}
	return rounds_fit(then, at, err) && span_fits(then, "ack_lasts", at, err) &&
		span_fits(then, "ask_again", at, err) && span_fits(then, "before", at, err) &&
		takes_time(whole, count, at, err);
}
