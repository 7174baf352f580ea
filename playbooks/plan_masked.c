/* plan_masked.c owns what of a playbook's own text nobody is shown. */
#include "playbooks/plan_masked.h"

#include <stdlib.h>
#include <string.h>

#include "core/secret.h"
#include "playbooks/command_text.h"

struct masking {
	const struct playbook *playbook;
	bool account; /* inside of authentication_info_definitions */
	bool command; /* inside of commands */
	bool secret;  /* all texts below */
};

/* What of an account says which one it is. */
static bool
names_account(const char *key)
{
	static const char *const keys[] = { "type", "name", "description" };

	for (size_t i = 0; key != NULL && i < sizeof keys / sizeof keys[0]; i++) {
		if (strcmp(keys[i], key) == 0) {
			return true;
		}
	}
	return false;
}

static bool
ends_with(const char *text, const char *end)
{
	size_t len = strlen(text);
	size_t tail = strlen(end);

	return len >= tail && strcmp(text + len - tail, end) == 0;
}

/* The decoded text has no secret, or nothing of it is shown. */
static struct json *
masked_base64(const char *text)
{
	size_t len = 0;
	char *decoded = plan_base64(text, &len);
	char *hidden = secret_mask(decoded, SECRET_COMMAND);
	struct json *out = json_string(strcmp(decoded, hidden) == 0 ? text : SECRET_MASK);

	free(hidden);
	free(decoded);
	return out;
}

static struct json *
masked_text(const struct masking *m, const char *key, const char *text)
{
	char *hidden;
	struct json *out;

	if (m->secret || (m->account && !names_account(key))) {
		return json_string(SECRET_MASK);
	}
	if (m->command && key != NULL && ends_with(key, "_b64")) {
		return masked_base64(text);
	}
	hidden = secret_mask(text, m->command ? SECRET_COMMAND : SECRET_PROSE);
	out = json_string(hidden);
	free(hidden);
	return out;
}

static struct json *
masked(struct masking m, const char *key, const struct json *value)
{
	bool list = json_is(value, JSON_ARRAY);
	struct json *out;

	if (json_is(value, JSON_STRING)) {
		return masked_text(&m, key, json_text(value, ""));
	}
	if (!list && !json_is(value, JSON_OBJECT)) {
		return json_copy(value);
	}
	m.account = m.account || (key != NULL
		&& strcmp(key, "authentication_info_definitions") == 0);
	m.command = m.command || (key != NULL && strcmp(key, "commands") == 0);
	out = list ? json_array() : json_object();
	for (const struct json *row = json_first(value); row != NULL;
			row = json_next(row)) {
		const char *name = json_key(row);
		struct masking below = m;

		if (name == NULL) {
			json_push(out, masked(below, key, row));
			continue;
		}
		below.secret = m.secret || (m.command && secret_name(name))
			/* the value of a variable, not what is said of it */
			|| (strcmp(name, "value") == 0 && key != NULL
				&& strncmp(key, "__", 2) == 0
				&& variable_is_secret(m.playbook, key));
		json_set(out, name, masked(below, name, row));
	}
	return out;
}

struct json *
playbook_masked(const struct playbook *playbook)
{
	return masked((struct masking){ .playbook = playbook }, NULL,
		playbook_json(playbook));
}
