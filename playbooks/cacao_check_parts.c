/* cacao_check_parts.c owns the smaller objects that stand in many places, one
 * table each: external references, contacts, places, logins, markings,
 * extension definitions and signatures (13, 17, 18, 20, 63, 64). */
#include <string.h>

#include "core/i18n.h"
#include "playbooks/cacao_graph.h"
#include "playbooks/shape.h"

static const struct property reference[] = {
	{ "name", SHAPE_TEXT, 0, 0 },
	{ "description", SHAPE_TEXT, 0, 0 },
	{ "source", SHAPE_TEXT, 0, 0 },
	{ "url", SHAPE_TEXT, 0, 0 },
	{ "external_id", SHAPE_TEXT, 0, 0 },
	{ "reference_id", SHAPE_TEXT, 0, 0 },
};

static const struct property contact[] = {
	{ "email", SHAPE_OBJECT, 0, 0 },
	{ "phone", SHAPE_OBJECT, 0, 0 },
	{ "contact_details", SHAPE_TEXT, 0, 0 },
};

static const struct property location[] = {
	{ "name", SHAPE_TEXT, 0, 0 },
	{ "description", SHAPE_TEXT, 0, 0 },
	{ "building_details", SHAPE_TEXT, 0, 0 },
	{ "network_details", SHAPE_TEXT, 0, 0 },
	{ "region", SHAPE_TEXT, 0, 0 },
	{ "country", SHAPE_TEXT, 0, 0 },
	{ "administrative_area", SHAPE_TEXT, 0, 0 },
	{ "city", SHAPE_TEXT, 0, 0 },
	{ "street_address", SHAPE_TEXT, 0, 0 },
	{ "postal_code", SHAPE_TEXT, 0, 0 },
	{ "latitude", SHAPE_TEXT, 0, 0 },
	{ "longitude", SHAPE_TEXT, 0, 0 },
	{ "precision", SHAPE_TEXT, 0, 0 },
};

static const struct property summary[] = {
	{ "manual_playbook", SHAPE_BOOL, 0, 0 },
	{ "external_playbooks", SHAPE_BOOL, 0, 0 },
	{ "parallel_processing", SHAPE_BOOL, 0, 0 },
	{ "if_logic", SHAPE_BOOL, 0, 0 },
	{ "while_logic", SHAPE_BOOL, 0, 0 },
	{ "switch_logic", SHAPE_BOOL, 0, 0 },
	{ "temporal_logic", SHAPE_BOOL, 0, 0 },
	{ "data_markings", SHAPE_BOOL, 0, 0 },
	{ "digital_signatures", SHAPE_BOOL, 0, 0 },
	{ "countersigned_signatures", SHAPE_BOOL, 0, 0 },
	{ "extensions", SHAPE_BOOL, 0, 0 },
};

static const struct property definition[] = {
	{ "type", SHAPE_TEXT, 63, 0 },
	{ "name", SHAPE_TEXT, 63, 0 },
	{ "description", SHAPE_TEXT, 0, 0 },
	{ "created_by", SHAPE_TEXT, 63, 0 },
	{ "schema", SHAPE_TEXT, 63, 0 },
	{ "version", SHAPE_TEXT, 63, 0 },
	{ "external_references", SHAPE_LIST, 0, 0 },
};

static const struct property marking[] = {
	{ "type", SHAPE_TEXT, 20, 0 },
	{ "id", SHAPE_TEXT, 0, 0 },
	{ "name", SHAPE_TEXT, 0, 0 },
	{ "description", SHAPE_TEXT, 0, 0 },
	{ "created_by", SHAPE_TEXT, 20, 0 },
	{ "created", SHAPE_TEXT, 20, 0 },
	{ "revoked", SHAPE_BOOL, 0, 0 },
	{ "valid_from", SHAPE_TEXT, 0, 0 },
	{ "valid_until", SHAPE_TEXT, 0, 0 },
	{ "labels", SHAPE_TEXTS, 0, 0 },
	{ "external_references", SHAPE_LIST, 0, 0 },
	{ "marking_extensions", SHAPE_FULL, 0, 0 },
};

static const struct property tlp[] = {
	{ "tlpv2_level", SHAPE_TEXT, 0, 20 },
};

static const struct property statement[] = {
	{ "statement", SHAPE_TEXT, 20, 0 },
};

static const struct property login[] = {
	{ "type", SHAPE_TEXT, 62, 0 },
	{ "name", SHAPE_TEXT, 0, 0 },
	{ "description", SHAPE_TEXT, 0, 0 },
	{ "authentication_info_extensions", SHAPE_FULL, 0, 0 },
	{ "kms", SHAPE_BOOL, 0, 0 },
	{ "kms_key_identifier", SHAPE_TEXT, 0, 0 },
};

static const struct property basic[] = {
	{ "user_id", SHAPE_TEXT, 0, 0 },
	{ "password", SHAPE_TEXT, 0, 0 },
};

static const struct property oauth[] = {
	{ "oauth_header", SHAPE_TEXT, 0, 0 },
	{ "token", SHAPE_TEXT, 0, 0 },
};

static const struct property user[] = {
	{ "username", SHAPE_TEXT, 0, 0 },
	{ "password", SHAPE_TEXT, 0, 0 },
};

static const struct property signature[] = {
	{ "type", SHAPE_TEXT, 64, 0 },
	{ "id", SHAPE_TEXT, 64, 0 },
	{ "created_by", SHAPE_TEXT, 0, 0 },
	{ "created", SHAPE_TEXT, 64, 0 },
	{ "modified", SHAPE_TEXT, 64, 0 },
	{ "revoked", SHAPE_BOOL, 0, 0 },
	{ "signee", SHAPE_TEXT, 64, 0 },
	{ "valid_from", SHAPE_TEXT, 0, 0 },
	{ "valid_until", SHAPE_TEXT, 0, 0 },
	{ "related_to", SHAPE_TEXT, 64, 0 },
	{ "related_version", SHAPE_TEXT, 64, 0 },
	{ "hash_algorithm", SHAPE_TEXT, 64, 0 },
	{ "algorithm", SHAPE_TEXT, 64, 0 },
	{ "public_key", SHAPE_TEXT, 0, 0 },
	{ "public_cert_chain", SHAPE_TEXTS, 0, 0 },
	{ "cert_url", SHAPE_TEXT, 0, 0 },
	{ "thumbprint", SHAPE_TEXT, 0, 0 },
	{ "value", SHAPE_TEXT, 64, 0 },
	{ "signature", SHAPE_OBJECT, 0, 0 },
};

static const struct shape references = { "reference", SHAPE_ROWS(reference), NULL, 0 };
static const struct shape contacts = { "contact", SHAPE_ROWS(contact), NULL, 0 };
static const struct shape locations = { "location", SHAPE_ROWS(location), NULL, 0 };
static const struct shape summaries = { "summary", SHAPE_ROWS(summary), NULL, 0 };
static const struct shape definitions = { "definition", SHAPE_ROWS(definition), NULL, 0 };
static const struct shape signatures = { "jss", SHAPE_ROWS(signature), NULL, 0 };

static const struct shape markings[] = {
	{ "marking-tlp", SHAPE_ROWS(tlp), SHAPE_ROWS(marking) },
	{ "marking-statement", SHAPE_ROWS(statement), SHAPE_ROWS(marking) },
};

static const struct shape logins[] = {
	{ "http-basic", SHAPE_ROWS(basic), SHAPE_ROWS(login) },
	{ "oauth2", SHAPE_ROWS(oauth), SHAPE_ROWS(login) },
	{ "user-auth", SHAPE_ROWS(user), SHAPE_ROWS(login) },
};

/* What the walk through the document knows of its place. */
struct walk {
	const struct playbook *playbook;
	struct findings *findings;
};

/* False, and a finding, where an element is no object. */
static bool
is_object(const struct walk *walk, const struct json *value, const char *path)
{
	if (json_is(value, JSON_OBJECT)) {
		return true;
	}
	finding_add(walk->findings, 13, path, _("must be %s"), _("an object"));
	return false;
}

static void
check_reference(const struct walk *walk, const struct json *row, const char *path)
{
	bool tells = false;

	if (!is_object(walk, row, path)) {
		return;
	}
	shape_check(walk->findings, row, path, &references);
	for (size_t i = 1; i < sizeof reference / sizeof reference[0]; i++) {
		tells = tells || json_get_text(row, reference[i].name) != NULL;
	}
	if (json_get_text(row, "name") == NULL || !tells) {
		finding_add(walk->findings, 18, path,
			_("a reference has a name and one of description, source, "
			"url, external_id, reference_id"));
	}
}

static void
check_references(const struct walk *walk, const struct json *holder, const char *base)
{
	char path[FINDING_PATH];
	int index = 0;

	for (const struct json *row = json_first(json_get(holder, "external_references"));
			row != NULL; row = json_next(row)) {
		path_key(path, base, "external_references");
		path_index(path, path, index++);
		check_reference(walk, row, path);
	}
}

static void
check_step(const struct walk *walk, const struct step *step)
{
	char base[FINDING_PATH];
	char path[FINDING_PATH];
	int index = 0;

	path_key(base, "/workflow", step->id);
	check_references(walk, step->json, base);
	for (const struct json *row = json_first(json_get(step->json, "commands"));
			row != NULL; row = json_next(row)) {
		path_key(path, base, "commands");
		path_index(path, path, index++);
		check_references(walk, row, path);
	}
}

static void
check_marking(const struct walk *walk, const struct json *row, const char *path)
{
	static const char *const times[] = { "created", "valid_from", "valid_until" };
	const char *type = json_get_text(row, "type");
	const struct shape *shape = shape_find(markings, 2, type);

	if (shape != NULL) {
		shape_check(walk->findings, row, path, shape);
	} else if (type == NULL || strcmp(type, "marking-iep") != 0) {
		finding_add(walk->findings, 20, path, _("a marking is of the type marking-tlp,"
			" marking-statement or marking-iep"));
	}
	for (int i = 0; i < 3; i++) {
		(void)cacao_check_time(row, path, times[i], i == 0, walk->findings);
	}
	check_references(walk, row, path);
}

static void
check_login(const struct walk *walk, const struct json *row, const char *path)
{
	const char *type = json_get_text(row, "type");
	const struct shape *shape = shape_find(logins, 3, type);

	if (shape != NULL) {
		shape_check(walk->findings, row, path, shape);
	} else if (type == NULL) {
		finding_add(walk->findings, 62, path, _("type is missing"));
	}
}

static void
check_definition(const struct walk *walk, const struct json *row, const char *path)
{
	shape_check(walk->findings, row, path, &definitions);
	check_references(walk, row, path);
}

static void
check_body(const struct walk *walk, const struct json *row, const char *base)
{
	static const struct {
		const char *name;
		const struct shape *shape;
	} parts[] = { { "contact", &contacts }, { "location", &locations } };
	char path[FINDING_PATH];

	for (int i = 0; i < 2; i++) {
		const struct json *part = json_get(row, parts[i].name);

		path_key(path, base, parts[i].name);
		if (part != NULL && is_object(walk, part, path)) {
			shape_check(walk->findings, part, path, parts[i].shape);
		}
	}
}

static const struct {
	const char *name;
	void (*check)(const struct walk *walk, const struct json *row, const char *path);
} dictionaries[] = {
	{ "data_marking_definitions", check_marking },
	{ "authentication_info_definitions", check_login },
	{ "extension_definitions", check_definition },
	{ "agent_definitions", check_body },
	{ "target_definitions", check_body },
};

static void
check_dictionary(const struct walk *walk, size_t which)
{
	const struct json *rows = json_get(walk->playbook->doc, dictionaries[which].name);
	char path[FINDING_PATH];

	for (const struct json *row = json_is(rows, JSON_OBJECT) ? json_first(rows) : NULL;
			row != NULL; row = json_next(row)) {
		path_key(path, "", dictionaries[which].name);
		path_key(path, path, json_key(row));
		if (is_object(walk, row, path)) {
			dictionaries[which].check(walk, row, path);
		}
	}
}

static void
check_signatures(const struct walk *walk)
{
	static const char *const times[] = { "created", "modified", "valid_from", "valid_until" };
	char path[FINDING_PATH];
	int index = 0;

	for (const struct json *row = json_first(json_get(walk->playbook->doc, "signatures"));
			row != NULL; row = json_next(row)) {
		path_index(path, "/signatures", index++);
		if (!is_object(walk, row, path)) {
			continue;
		}
		shape_check(walk->findings, row, path, &signatures);
		for (int i = 0; i < 4; i++) {
			(void)cacao_check_time(row, path, times[i], i < 2, walk->findings);
		}
	}
}

void
cacao_check_parts(const struct playbook *playbook, struct findings *findings)
{
	const struct walk walk = { .playbook = playbook, .findings = findings };
	const struct json *said = json_get(playbook->doc, "playbook_processing_summary");

	check_references(&walk, playbook->doc, "");
	if (json_is(said, JSON_OBJECT)) {
		shape_check(findings, said, "/playbook_processing_summary", &summaries);
	}
	for (int i = 0; i < playbook->step_count; i++) {
		check_step(&walk, &playbook->steps[i]);
	}
	for (size_t i = 0; i < sizeof dictionaries / sizeof dictionaries[0]; i++) {
		check_dictionary(&walk, i);
	}
	check_signatures(&walk);
}
