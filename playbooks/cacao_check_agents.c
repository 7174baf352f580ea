/* cacao_check_agents.c owns agents, targets and how they authenticate: rules
 * 60 to 62. */
#include <string.h>

#include "core/i18n.h"
#include "playbooks/cacao_graph.h"
#include "playbooks/shape.h"

static const struct property common[] = {
	{ "type", SHAPE_TEXT, 60, 0 },
	{ "name", SHAPE_TEXT, 60, 0 },
	{ "description", SHAPE_TEXT, 0, 0 },
	{ "location", SHAPE_ANY, 0, 0 },
	{ "agent_target_extensions", SHAPE_FULL, 0, 0 },
};

static const struct property person[] = {
	{ "contact", SHAPE_OBJECT, 0, 0 },
};

static const struct property place[] = {
	{ "logical", SHAPE_TEXTS, 0, 0 },
};

static const struct property sector[] = {
	{ "sector", SHAPE_TEXT, 60, 0 },
};

static const struct property machine[] = {
	{ "address", SHAPE_OBJECT, 61, 0 },
	{ "port", SHAPE_TEXT, 0, 0 },
	{ "authentication_info", SHAPE_TEXT, 0, 0 },
	{ "category", SHAPE_TEXTS, 0, 0 },
};

static const struct property network[] = {
	{ "address", SHAPE_OBJECT, 61, 0 },
	{ "authentication_info", SHAPE_TEXT, 0, 0 },
	{ "category", SHAPE_TEXTS, 0, 0 },
};

static const struct property category[] = {
	{ "category", SHAPE_TEXTS, 60, 0 },
};

#define COMMON SHAPE_ROWS(common)

static const struct shape shapes[] = {
	{ "individual", SHAPE_ROWS(person), COMMON },
	{ "group", SHAPE_ROWS(person), COMMON },
	{ "organization", SHAPE_ROWS(person), COMMON },
	{ "location", SHAPE_ROWS(place), COMMON },
	{ "sector", SHAPE_ROWS(sector), COMMON },
	{ "http-api", SHAPE_ROWS(machine), COMMON },
	{ "linux", SHAPE_ROWS(machine), COMMON },
	{ "net-address", SHAPE_ROWS(network), COMMON },
	{ "ssh", SHAPE_ROWS(machine), COMMON },
	{ "security-category", SHAPE_ROWS(category), COMMON },
};

static void
check_address(const struct json *agent, const char *base,
	struct findings *findings)
{
	static const char *const keys[] = {
		"dname", "ipv4", "ipv6", "l2mac", "vlan", "url",
	};
	const struct json *address = json_get(agent, "address");
	char path[FINDING_PATH];

	for (const struct json *row = json_is(address, JSON_OBJECT)
			? json_first(address) : NULL;
			row != NULL; row = json_next(row)) {
		bool known = false;

		path_key(path, base, "address");
		path_key(path, path, json_key(row));
		for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
			known = known || strcmp(json_key(row), keys[i]) == 0;
		}
		if (!known) {
			finding_add(findings, 61, path, _("no kind of address; there are dname, "
				"ipv4, ipv6, l2mac, vlan and url"));
		} else if (!shape_texts(row)) {
			finding_add(findings, 61, path, _("must be a list of texts"));
		}
	}
}

static void
check_location(const struct json *agent, const char *path,
	struct findings *findings)
{
	const struct json *location = json_get(agent, "location");
	bool latitude = json_get(location, "latitude") != NULL;
	bool longitude = json_get(location, "longitude") != NULL;
	char at[FINDING_PATH];

	if (latitude != longitude) {
		path_key(at, path, "location");
		finding_add(findings, 61, at,
			_("latitude and longitude go together"));
	}
}

static void
check_mail(const struct json *agent, const char *base,
	struct findings *findings)
{
	char path[FINDING_PATH];

	const struct json *mails = json_get(json_get(agent, "contact"), "email");

	for (const struct json *row = json_first(mails); row != NULL;
			row = json_next(row)) {
		const char *mail = json_text(row, "");
		const char *at = strchr(mail, '@');

		if (at == NULL || at == mail || at[1] == '\0'
				|| strpbrk(mail, " \t\n") != NULL) {
			path_key(path, base, "contact");
			path_key(path, path, "email");
			path_key(path, path, json_key(row) != NULL ? json_key(row) : "");
			finding_add(findings, RULE_EMAIL, path,
				_("no mail address: %s"), mail);
		}
	}
}

static void
check_agents(const struct json *doc, const char *dictionary,
	struct findings *findings)
{
	const struct json *all = json_get(doc, dictionary);
	char path[FINDING_PATH];

	for (const struct json *row = json_is(all, JSON_OBJECT)
			? json_first(all) : NULL;
			row != NULL; row = json_next(row)) {
		const char *type = json_get_text(row, "type");
		const struct shape *shape = shape_find(shapes,
			(int)(sizeof shapes / sizeof shapes[0]), type);

		path_key(path, "", dictionary);
		path_key(path, path, json_key(row));
		if (shape == NULL) {
			finding_add(findings, 60, path,
				_("there is no agent or target type %s"),
				type != NULL ? type : "");
			continue;
		}
		shape_check(findings, row, path, shape);
		check_address(row, path, findings);
		check_location(row, path, findings);
		check_mail(row, path, findings);
	}
}

static void
check_authentication(const struct json *doc, struct findings *findings)
{
	static const char *const secrets[] = { "password", "token" };
	const struct json *all = json_get(doc, "authentication_info_definitions");
	char path[FINDING_PATH];

	for (const struct json *row = json_is(all, JSON_OBJECT)
			? json_first(all) : NULL;
			row != NULL; row = json_next(row)) {
		path_key(path, "/authentication_info_definitions", json_key(row));
		if (!json_get_bool(row, "kms")) {
			continue;
		}
		if (json_get_text(row, "kms_key_identifier") == NULL) {
			finding_add(findings, 62, path,
				_("kms_key_identifier is missing: kms is true"));
		}
		for (size_t i = 0; i < sizeof secrets / sizeof secrets[0]; i++) {
			if (json_get(row, secrets[i]) != NULL) {
				finding_add(findings, 62, path,
					_("a secret in the file: kms is true, so leave it out"));
			}
		}
	}
}

void
cacao_check_agents(const struct playbook *playbook, struct findings *findings)
{
	check_agents(playbook->doc, "agent_definitions", findings);
	check_agents(playbook->doc, "target_definitions", findings);
	check_authentication(playbook->doc, findings);
}
