/* verb_register.c: asset, member, contact, group, rule, setting: what the desk
 * knows, listed, shown and changed by one table of kinds. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/json_out.h"
#include "cli/register_text.h"
#include "cli/verbs_of.h"
#include "core/asset.h"
#include "core/contact.h"
#include "core/group.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/member.h"
#include "core/profile.h"
#include "core/rule.h"
#include "core/setting.h"

struct kind {
	const char *verb;
	const char *key; /* how --input may name the thing that is added */
	bool (*list)(struct desk *desk, struct json **out, struct error *err);
	bool (*show)(struct desk *desk, const char *key, struct json **out, struct error *err);
	bool (*add)(struct desk *desk, const char *key, const struct json *given,
		struct error *err);
	bool (*set)(struct desk *desk, const char *key, const struct json *given,
		struct error *err);
};

static bool
all_rules(struct desk *desk, struct json **out, struct error *err)
{
	return rule_list(desk, NULL, out, err);
}

static const struct kind kinds[] = {
	{ "asset", "code", asset_list, asset_show, asset_add, asset_set },
	{ "contact", "role", contact_list, contact_show, contact_add, contact_set },
	{ "group", "code", group_list, group_show, group_add, group_set },
	{ "member", "login", member_list, member_show, member_add_json, member_set },
	{ "rule", "code", all_rules, rule_show, rule_add, rule_set },
	{ "unit", "code", unit_list, unit_show, unit_add, unit_set },
	{ "setting", NULL, setting_list, NULL, NULL, NULL },
	{ 0 },
};

static const struct kind *
kind_of(const struct cli *cli)
{
	const struct kind *kind = kinds;

	while (strcmp(kind->verb, cli->verb->name) != 0) {
		kind++;
	}
	return kind;
}

/* As core gives it, with times and lists as the contract wants them. */
static struct json *
with_times(struct cli *cli, const struct json *thing)
{
	static const char *const lists[] = { "links", "counts", "depends_on", "kinds" };
	struct json *o = json_copy(thing);

	if (json_get(o, "state_since") != NULL) {
		json_set_time(cli, o, "state_since", json_get_int(o, "state_since", 0));
	}
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
		if (json_is(json_get(o, lists[i]), JSON_NULL)) {
			json_set(o, lists[i], json_array());
		}
	}
	return o;
}

bool
verb_register_list(struct cli *cli, struct error *err)
{
	const char *family = cli_option(cli, "family"); /* of rules */
	struct json *found = NULL;
	struct json *list;

	if (!kind_of(cli)->list(cli->desk, &found, err)) {
		return false;
	}
	list = json_array();
	for (const struct json *one = json_first(found); one != NULL; one = json_next(one)) {
		const char *is = json_get_text(one, "family");

		if (family == NULL || (is != NULL && strcmp(is, family) == 0)) {
			json_push(list, with_times(cli, one));
		}
	}
	json_free(found);
	if (!cli->json && !cli->csv) {
		say_register(cli, cli->verb->name, list);
	}
	cli_list(cli, list);
	return true;
}

bool
verb_register_show(struct cli *cli, struct error *err)
{
	struct json *o = NULL;

	if (!kind_of(cli)->show(cli->desk, cli_word(cli, 0), &o, err)) {
		return false;
	}
	if (cli->json) {
		cli_json(cli, with_times(cli, o));
		json_free(o);
		return true;
	}
	say_thing(cli, o);
	json_free(o);
	return strcmp(cli->verb->name, "asset") != 0 ||
		say_dependants(cli, cli_word(cli, 0), err);
}

/* A rule's conditions are JSON, typed as text on the line. */
static struct json *
typed(const char *name, const char *value)
{
	struct json *parsed = NULL;
	struct error ignored;

	if ((strcmp(name, "when") == 0 || strcmp(name, "then") == 0 ||
		    strcmp(name, "links") == 0 || strcmp(name, "counts") == 0) &&
	    json_parse(&parsed, value, strlen(value), NULL, &ignored)) {
		return parsed;
	}
	return json_string(value);
}

/* --input, then options, then FIELD=VALUE: the later wins. */
static bool
gather(struct cli *cli, struct json **out, struct error *err)
{
	struct json *given = cli->input == NULL ? json_object() : json_copy(cli->input);

	for (int i = 0; i < cli->given_count; i++) {
		const char *name = cli->given[i].option->name;

		if (strcmp(name, "input") != 0) {
			/* Fields are one word each. */
			json_set(given, strcmp(name, "on-site") == 0 ? "on_site" : name,
				typed(name, cli->given[i].value));
		}
	}
	for (int i = 1; cli_word(cli, i) != NULL; i++) {
		const char *word = cli_word(cli, i);
		const char *equals = strchr(word, '=');
		char *name;

		if (equals == NULL || equals == word) {
			json_free(given);
			return error_set(err, ERR_USAGE, _("\"%.80s\" is not FIELD=VALUE"), word);
		}
		name = xstrndup(word, (size_t)(equals - word));
		json_set(given, name, typed(name, equals + 1));
		free(name);
	}
	if (json_count(given) == 0) {
		json_free(given);
		return cli_usage(cli, err);
	}
	*out = given;
	return true;
}

/* What was appended must be read before anything else is. */
static bool
print_changed(struct cli *cli, const struct kind *kind, const char *key,
	struct error *err)
{
	struct json *o = NULL;

	if (!kind->show(cli->desk, key, &o, err)) {
		return false;
	}
	if (!cli->json) {
		say_changed(cli, key);
	}
	cli_result(cli, with_times(cli, o));
	json_free(o);
	return true;
}

static bool
change(struct cli *cli, bool fresh, struct error *err)
{
	const struct kind *kind = kind_of(cli);
	const char *word = cli_word(cli, 0);
	const char *named = word == NULL ? json_get_text(cli->input, kind->key) : word;
	char *key = xstrdup(named == NULL ? "" : named);
	struct json *given = NULL;
	bool ok = key[0] == '\0' ? cli_usage(cli, err) : true;

	if (ok && word == NULL) {
		json_remove(cli->input, kind->key);
	}
	ok = ok && gather(cli, &given, err) &&
		(fresh ? kind->add : kind->set)(cli->desk, key, given, err) &&
		print_changed(cli, kind, key, err);
	json_free(given);
	free(key);
	return ok;
}

bool
verb_register_add(struct cli *cli, struct error *err)
{
	return change(cli, true, err);
}

bool
verb_register_set(struct cli *cli, struct error *err)
{
	return change(cli, false, err);
}

bool
verb_setting_set(struct cli *cli, struct error *err)
{
	struct json *o;

	if (!setting_set(cli->desk, cli_word(cli, 0), cli_word(cli, 1), err)) {
		return false;
	}
	if (!cli->json) {
		say_changed(cli, cli_word(cli, 0));
	}
	o = json_object();
	json_set_text(o, "name", cli_word(cli, 0));
	json_set_text(o, "value", cli_word(cli, 1)[0] == '\0' ? NULL : cli_word(cli, 1));
	cli_result(cli, o);
	return true;
}

/* A file in the form of a profile, with what it has. */
bool
verb_register_import(struct cli *cli, struct error *err)
{
	struct profile *profile = NULL;
	struct json *report = NULL;
	bool ok = strcmp(cli->verb->name, "rule") == 0
		? profile_load_rules(cli->desk, cli_word(cli, 0), &report, err)
		: profile_read(&profile, cli_word(cli, 0), err) &&
			profile_load(cli->desk, profile, &report, err);

	profile_free(profile);
	if (!ok) {
		return false;
	}
	if (!cli->json) {
		say_report(cli, report);
	}
	cli_result(cli, report);
	return true;
}

bool
verb_rule_test(struct cli *cli, struct error *err)
{
	struct ir_case c = { 0 };
	struct json *facts = NULL;
	struct json *list = NULL;
	bool ok = case_find(&c, cli->desk, cli_word(cli, 0), err) &&
		rule_facts_of(cli->desk, &c, &facts, err) &&
		rule_test(cli->desk, facts, &list, err);

	case_clear(&c);
	json_free(facts);
	if (!ok) {
		return false;
	}
	if (!cli->json && !cli->csv) {
		say_rule_test(cli, list);
	}
	cli_list(cli, list);
	return true;
}
