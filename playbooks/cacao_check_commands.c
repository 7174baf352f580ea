/* cacao_check_commands.c owns the commands of actions: rules 34 and 49 to 53.
 * suco never runs a command; it shows it, so it must be readable. */
#include <ctype.h>
#include <string.h>

#include "core/i18n.h"
#include "playbooks/cacao_graph.h"
#include "playbooks/shape.h"

static const struct property common[] = {
	{ "type", SHAPE_TEXT, 34, 0 },
	{ "description", SHAPE_TEXT, 0, 0 },
	{ "version", SHAPE_TEXT, 0, 0 },
	{ "playbook_activity", SHAPE_TEXT, 0, 0 },
	{ "external_references", SHAPE_LIST, 0, 0 },
};

static const struct property text_or_b64[] = {
	{ "command", SHAPE_TEXT, 0, 0 },
	{ "command_b64", SHAPE_TEXT, 0, 0 },
};

static const struct property b64_only[] = {
	{ "command_b64", SHAPE_TEXT, 51, 0 },
};

static const struct property http[] = {
	{ "command", SHAPE_TEXT, 52, 0 },
	{ "headers", SHAPE_OBJECT, 0, 53 },
	{ "content", SHAPE_TEXT, 0, 0 },
	{ "content_b64", SHAPE_TEXT, 0, 0 },
};

static const struct property openc2[] = {
	{ "command", SHAPE_TEXT, 52, 0 },
	{ "headers", SHAPE_OBJECT, 0, 53 },
	{ "content_b64", SHAPE_TEXT, 52, 0 },
};

#define COMMON SHAPE_ROWS(common)

static const struct shape shapes[] = {
	{ "manual", SHAPE_ROWS(text_or_b64), COMMON },
	{ "bash", SHAPE_ROWS(text_or_b64), COMMON },
	{ "powershell", SHAPE_ROWS(text_or_b64), COMMON },
	{ "ssh", SHAPE_ROWS(text_or_b64), COMMON },
	{ "caldera-cmd", SHAPE_ROWS(text_or_b64), COMMON },
	{ "http-api", SHAPE_ROWS(http), COMMON },
	{ "openc2-http", SHAPE_ROWS(openc2), COMMON },
	{ "sigma", SHAPE_ROWS(b64_only), COMMON },
	{ "yara", SHAPE_ROWS(b64_only), COMMON },
	{ "jupyter", SHAPE_ROWS(b64_only), COMMON },
	{ "kestrel", SHAPE_ROWS(b64_only), COMMON },
	{ "elastic", SHAPE_ROWS(b64_only), COMMON },
};

static bool
is_base64(const char *text)
{
	size_t len = 0;
	size_t pad = 0;

	for (const char *p = text; *p != '\0'; p++) {
		if (*p == '=') {
			pad++;
		} else if (pad > 0 || !(isalnum((unsigned char)*p)
				|| *p == '+' || *p == '/')) {
			return false;
		}
		len++;
	}
	return len > 0 && len % 4 == 0 && pad <= 2;
}

static void
check_base64(const struct json *command, const char *key, const char *path,
	struct findings *findings)
{
	const char *text = json_get_text(command, key);
	char at[FINDING_PATH];

	if (text != NULL && !is_base64(text)) {
		path_key(at, path, key);
		finding_add(findings, 50, at, _("is not base64"));
	}
}

/* "POST /x HTTP/1.1": method, target, version. */
static bool
is_start_line(const char *line)
{
	const char *target = strchr(line, ' ');
	const char *version = target == NULL ? NULL : strchr(target + 1, ' ');

	if (version == NULL || target == line || version == target + 1) {
		return false;
	}
	for (const char *p = line; p < target; p++) {
		if (!isupper((unsigned char)*p)) {
			return false;
		}
	}
	return strncmp(version + 1, "HTTP/", 5) == 0;
}

static void
check_http(const struct json *command, bool post_only, const char *path,
	struct findings *findings)
{
	const char *line = json_get_text(command, "command");
	char at[FINDING_PATH];

	if (line != NULL && !is_start_line(line)) {
		path_key(at, path, "command");
		finding_add(findings, 52, at,
			_("must be method, target and version: POST /x HTTP/1.1"));
	} else if (line != NULL && post_only && strncmp(line, "POST ", 5) != 0) {
		path_key(at, path, "command");
		finding_add(findings, 52, at, _("the method must be POST"));
	}
	const struct json *headers = json_get(command, "headers");
	for (const struct json *row = json_is(headers, JSON_OBJECT)
			? json_first(headers) : NULL;
			row != NULL; row = json_next(row)) {
		if (!shape_texts(row)) {
			path_key(at, path, "headers");
			path_key(at, at, json_key(row));
			finding_add(findings, 53, at, _("must be a list of texts"));
		}
	}
}

static bool
has_text(const struct json *command, const char *key)
{
	const char *text = json_get_text(command, key);

	return text != NULL && text[0] != '\0';
}

static void
check_command(const struct json *command, const char *path,
	struct findings *findings)
{
	const char *type = json_get_text(command, "type");
	const struct shape *shape = shape_find(shapes,
		(int)(sizeof shapes / sizeof shapes[0]), type);

	if (type == NULL) {
		finding_add(findings, 34, path, _("type is missing"));
		return;
	}
	if (shape == NULL) {
		finding_add(findings, 34, path, _("there is no command type %s"),
			type);
		return;
	}
	shape_check(findings, command, path, shape);
	check_base64(command, "command_b64", path, findings);
	check_base64(command, "content_b64", path, findings);
	if (shape->own == text_or_b64 && !has_text(command, "command")
			&& !has_text(command, "command_b64")) {
		finding_add(findings, 49, path, _("there is nothing to do in it"));
	}
	if (shape->own == http || shape->own == openc2) {
		check_http(command, shape->own == openc2, path, findings);
	}
}

void
cacao_check_commands(const struct playbook *playbook,
	struct findings *findings)
{
	char base[FINDING_PATH];
	char path[FINDING_PATH];

	for (int i = 0; i < playbook->step_count; i++) {
		const struct step *step = &playbook->steps[i];
		int index = 0;

		path_key(base, "/workflow", step->id);
		path_key(base, base, "commands");
		for (const struct json *row = json_first(json_get(step->json,
				"commands")); row != NULL; row = json_next(row)) {
			path_index(path, base, index++);
			check_command(row, path, findings);
		}
	}
}
