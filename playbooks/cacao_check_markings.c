/* cacao_check_markings.c owns data markings (19 to 21), the use of extensions
 * (63) and the form of signatures (64, 65). */
#include <string.h>

#include "core/i18n.h"
#include "playbooks/cacao_graph.h"

static void
check_marking_list(const struct json *doc, struct findings *findings)
{
	const struct json *defined = json_get(doc, "data_marking_definitions");
	char path[FINDING_PATH];
	int index = 0;

	for (const struct json *row = json_first(json_get(doc, "markings"));
			row != NULL; row = json_next(row), index++) {
		const char *id = json_text(row, NULL);

		if (id == NULL || json_get(defined, id) == NULL) {
			path_index(path, "/markings", index);
			finding_add(findings, 19, path,
				_("this marking is not defined"));
		}
	}
}

static bool
is_tlp(const char *level)
{
	static const char *const levels[] = {
		"TLP:CLEAR", "TLP:GREEN", "TLP:AMBER", "TLP:AMBER+STRICT", "TLP:RED",
	};

	for (size_t i = 0; i < sizeof levels / sizeof levels[0]; i++) {
		if (strcmp(level, levels[i]) == 0) {
			return true;
		}
	}
	return false;
}

static void
check_definitions(const struct json *doc, struct findings *findings)
{
	const struct json *defined = json_get(doc, "data_marking_definitions");
	char path[FINDING_PATH];
	char at[FINDING_PATH];

	for (const struct json *row = json_is(defined, JSON_OBJECT)
			? json_first(defined) : NULL;
			row != NULL; row = json_next(row)) {
		const char *id = json_get_text(row, "id");
		const char *type = json_get_text(row, "type");
		const char *level = json_get_text(row, "tlpv2_level");

		path_key(path, "/data_marking_definitions", json_key(row));
		if (id == NULL || strcmp(id, json_key(row)) != 0) {
			path_key(at, path, "id");
			finding_add(findings, 21, at,
				_("the id differs from the key"));
		}
		if (type != NULL && strcmp(type, "marking-tlp") == 0
				&& (level == NULL || !is_tlp(level))) {
			path_key(at, path, "tlpv2_level");
			finding_add(findings, 20, at, _("must be a level of TLP 2.0: TLP:CLEAR,"
				" TLP:GREEN, TLP:AMBER, TLP:AMBER+STRICT or TLP:RED"));
		}
	}
}

static void
check_extension_use(const struct json *doc, const struct json *used,
	const char *path, struct findings *findings)
{
	const struct json *defined = json_get(doc, "extension_definitions");

	for (const struct json *row = json_is(used, JSON_OBJECT)
			? json_first(used) : NULL;
			row != NULL; row = json_next(row)) {
		if (json_get(defined, json_key(row)) == NULL) {
			char at[FINDING_PATH];

			path_key(at, path, json_key(row));
			finding_add(findings, 63, at,
				_("this extension is not in extension_definitions"));
		}
	}
}

static void
check_extensions(const struct playbook *playbook, struct findings *findings)
{
	static const char *const dictionaries[] = {
		"agent_definitions", "target_definitions",
	};
	const struct json *doc = playbook->doc;
	char path[FINDING_PATH];

	check_extension_use(doc, json_get(doc, "playbook_extensions"),
		"/playbook_extensions", findings);
	for (int i = 0; i < playbook->step_count; i++) {
		path_key(path, "/workflow", playbook->steps[i].id);
		path_key(path, path, "step_extensions");
		check_extension_use(doc, json_get(playbook->steps[i].json,
			"step_extensions"), path, findings);
	}
	for (int i = 0; i < 2; i++) {
		const struct json *rows = json_get(doc, dictionaries[i]);

		for (const struct json *row = json_is(rows, JSON_OBJECT)
				? json_first(rows) : NULL;
				row != NULL; row = json_next(row)) {
			path_key(path, "", dictionaries[i]);
			path_key(path, path, json_key(row));
			check_extension_use(doc,
				json_get(row, "agent_target_extensions"), path, findings);
		}
	}
}

/* "0x" or nothing but hexadecimal digits, which no signature of base64url is
 * by chance. */
static bool
is_hex(const char *value)
{
	size_t len = strlen(value);

	return strncmp(value, "0x", 2) == 0
		|| (len >= 32 && strspn(value, "0123456789abcdefABCDEF") == len);
}

static void
check_signature(const struct json *doc, const struct json *signature,
	const char *path, struct findings *findings)
{
	static const char *const keys[] = {
		"public_key", "public_cert_chain", "cert_url", "thumbprint",
	};
	const char *version = json_get_text(signature, "related_version");
	const char *modified = json_get_text(doc, "modified");
	const char *value = json_get_text(signature, "value");
	int count = 0;

	for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
		count += json_get(signature, keys[i]) != NULL;
	}
	if (count != 1) {
		finding_add(findings, 64, path,
			_("exactly one of public_key, public_cert_chain, cert_url, "
			"thumbprint is wanted, not %d"), count);
	}
	if (version != NULL && modified != NULL
			&& strcmp(version, modified) != 0) {
		finding_add(findings, 65, path,
			_("related_version is not the playbook's modified"));
	}
	if (value != NULL && is_hex(value)) {
		finding_add(findings, RULE_HEX_SIGNATURE, path,
			_("the value is hexadecimal, not base64url"));
	}
}

void
cacao_check_markings(const struct playbook *playbook,
	struct findings *findings)
{
	char path[FINDING_PATH];
	int index = 0;

	check_marking_list(playbook->doc, findings);
	check_definitions(playbook->doc, findings);
	check_extensions(playbook, findings);
	for (const struct json *row = json_first(json_get(playbook->doc,
			"signatures")); row != NULL; row = json_next(row)) {
		path_index(path, "/signatures", index++);
		check_signature(playbook->doc, row, path, findings);
	}
}
