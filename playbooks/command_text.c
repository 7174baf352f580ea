/* command_text.c owns how commands for machines are shown to people. */
#include "playbooks/command_text.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "core/base64.h"
#include "core/buf.h"
#include "core/mem.h"
#include "core/secret.h"
#include "core/text.h"

/* The form was checked when the playbook was read. */
char *
plan_base64(const char *text, size_t *len)
{
	struct buf out = { 0 };

	base64_decode(&out, text);
	*len = out.len;
	return buf_take(&out);
}

static bool
mentions(const struct json *value, const char *token)
{
	const char *text = json_text(value, NULL);

	if (text != NULL) {
		return strstr(text, token) != NULL;
	}
	for (const struct json *row = json_first(value); row != NULL;
			row = json_next(row)) {
		if (mentions(row, token)) {
			return true;
		}
	}
	return false;
}

bool
variable_is_secret(const struct playbook *playbook, const char *name)
{
	const struct variable *variable = playbook_find_variable(playbook, name);
	const struct json *accounts = json_get(playbook_json(playbook),
		"authentication_info_definitions");
	char *token;
	bool used;

	/* Yes, no and numbers are answers about a secret. */
	if (variable != NULL && (strcmp(variable->type, "bool") == 0
			|| strcmp(variable->type, "integer") == 0
			|| strcmp(variable->type, "float") == 0)) {
		return false;
	}
	if (secret_name(name)) {
		return true;
	}
	if (accounts == NULL) {
		return false;
	}
	token = xasprintf("%s:value", name);
	used = mentions(accounts, token);
	free(token);
	return used;
}

/* "__x__" at p with ":value" behind it; 0: none. */
static size_t
token_length(const char *p)
{
	size_t len = 0;

	while (isalnum((unsigned char)p[len]) || p[len] == '_' || p[len] == '-') {
		len++;
	}
	return len > 4 && strncmp(p, "__", 2) == 0
		&& strncmp(p + len, ":value", 6) == 0 ? len : 0;
}

/* Variables that are secrets become the mask before any value is put in. */
static char *
without_secrets(const struct playbook *playbook, const char *text)
{
	struct buf out = { 0 };

	while (*text != '\0') {
		size_t len = strncmp(text, "__", 2) == 0 ? token_length(text) : 0;
		char *name = len > 0 ? xstrndup(text, len) : NULL;

		if (name != NULL && variable_is_secret(playbook, name)) {
			buf_adds(&out, SECRET_MASK);
			text += len + strlen(":value");
		} else {
			buf_add(&out, text, len > 0 ? len : 1);
			text += len > 0 ? len : 1;
		}
		free(name);
	}
	return buf_take(&out);
}

/* Printable line by line; no blank lines at the end. */
static char *
lines_printable(const char *text)
{
	struct buf out = { 0 };
	size_t len = strlen(text);

	while (len > 0 && strchr(" \t\r\n", text[len - 1]) != NULL) {
		len--;
	}
	for (const char *end = text + len; text < end;) {
		const char *next = memchr(text, '\n', (size_t)(end - text));
		size_t line = (size_t)((next != NULL ? next : end) - text);
		char *clean = text_printable(text, line);

		buf_adds(&out, clean);
		buf_adds(&out, next != NULL ? "\n" : "");
		free(clean);
		text += line + (next != NULL);
	}
	return buf_take(&out);
}

static char *
filled(const struct playbook *playbook, const struct run *run,
	const struct instance *instance, const char *text, enum secret_text kind)
{
	char *masked = without_secrets(playbook, text);
	char *full = run != NULL ? run_text(run, instance, masked) : xstrdup(masked);
	char *hidden = secret_mask(full, kind);
	char *clean = lines_printable(hidden);

	free(hidden);
	free(full);
	free(masked);
	return clean;
}

char *
plan_text(const struct playbook *playbook, const struct run *run,
	const struct instance *instance, const char *text)
{
	return filled(playbook, run, instance, text, SECRET_PROSE);
}

/* command or command_b64, content or content_b64; what is no text is said so. */
static void
add_part(struct buf *out, const struct json *command, const char *key)
{
	const char *text = json_get_text(command, key);
	char *b64 = xasprintf("%s_b64", key);
	const char *coded = text == NULL ? json_get_text(command, b64) : NULL;

	if (text != NULL) {
		buf_adds(out, text);
	} else if (coded != NULL) {
		size_t len = 0;
		char *decoded = plan_base64(coded, &len);
		char *valid = text_valid_copy(decoded, strnlen(decoded, len));

		buf_adds(out, valid);
		free(valid);
		free(decoded);
	}
	free(b64);
}

static void
add_headers(struct buf *out, const struct json *headers)
{
	for (const struct json *row = json_first(headers); row != NULL;
			row = json_next(row)) {
		const struct json *one = json_first(row);

		if (secret_name(json_key(row))) {
			buf_addf(out, "\n%s: %s", json_key(row), SECRET_MASK);
			continue;
		}
		if (one == NULL) {
			buf_addf(out, "\n%s: %s", json_key(row), json_text(row, ""));
		}
		for (; one != NULL; one = json_next(one)) {
			buf_addf(out, "\n%s: %s", json_key(row), json_text(one, ""));
		}
	}
}

static char *
whole_text(const struct json *command)
{
	struct buf out = { 0 };
	struct buf content = { 0 };

	add_part(&out, command, "command");
	add_headers(&out, json_get(command, "headers"));
	add_part(&content, command, "content");
	if (content.len > 0) {
		buf_addf(&out, "\n\n%s", buf_text(&content));
	}
	buf_free(&content);
	return buf_take(&out);
}

/* The first address of any kind; "" where it has none. */
static const char *
address_of(const struct json *target)
{
	const struct json *kinds = json_get(target, "address");

	for (const struct json *row = json_first(kinds); row != NULL;
			row = json_next(row)) {
		if (json_first(row) != NULL) {
			return json_text(json_first(row), "");
		}
	}
	return "";
}

static char *
targets_of(const struct playbook *playbook, const struct run *run,
	const struct instance *instance, const struct step *step)
{
	const struct json *all = json_get(playbook_json(playbook), "target_definitions");
	struct buf out = { 0 };
	char *text;

	for (const struct json *row = json_first(json_get(step->json, "targets"));
			row != NULL; row = json_next(row)) {
		const struct json *target = json_get(all, json_text(row, ""));
		const char *name = json_get_text(target, "name");
		const char *address = address_of(target);

		buf_addf(&out, "%s%s%s%s", out.len > 0 ? ", " : "",
			name != NULL ? name : json_text(row, ""), address[0] != '\0' ? " " : "",
			address);
	}
	text = filled(playbook, run, instance, buf_text(&out), SECRET_COMMAND);
	buf_free(&out);
	return text;
}

void
step_commands_of(struct step_commands *out, const struct playbook *playbook,
	const struct run *run, const struct instance *instance, const struct step *step)
{
	const struct json *commands = json_get(step->json, "commands");

	*out = (struct step_commands){ 0 };
	for (const struct json *row = json_first(commands); row != NULL;
			row = json_next(row)) {
		const char *type = json_get_text(row, "type");
		struct step_command *one;
		char *whole;

		if (type == NULL || strcmp(type, "manual") == 0) {
			continue;
		}
		out->list = xrealloc(out->list, ((size_t)out->count + 1) * sizeof *out->list);
		one = &out->list[out->count++];
		whole = whole_text(row);
		one->type = type;
		one->text = filled(playbook, run, instance, whole, SECRET_COMMAND);
		one->target = targets_of(playbook, run, instance, step);
		free(whole);
	}
}

void
step_commands_finish(struct step_commands *commands)
{
	for (int i = 0; i < commands->count; i++) {
		free(commands->list[i].text);
		free(commands->list[i].target);
	}
	free(commands->list);
	*commands = (struct step_commands){ 0 };
}

struct json *
step_commands_json(const struct playbook *playbook, const struct run *run,
	const struct instance *instance, const struct step *step)
{
	struct step_commands commands;
	struct json *out = json_array();

	step_commands_of(&commands, playbook, run, instance, step);
	for (int i = 0; i < commands.count; i++) {
		struct json *row = json_object();
		char *type = text_printable(commands.list[i].type, strlen(commands.list[i].type));

		json_set_text(row, "type", type);
		json_set_text(row, "text", commands.list[i].text);
		json_set_text(row, "target", commands.list[i].target[0] == '\0' ? NULL
			: commands.list[i].target);
		json_push(out, row);
		free(type);
	}
	step_commands_finish(&commands);
	return out;
}
