/* register_text.c prints assets, members, contacts, groups, rules and settings
 * for people. */
#include "cli/register_text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/asset.h"
#include "core/change.h"
#include "core/i18n.h"
#include "core/register_label.h"
#include "core/text.h"
#include "core/words.h"

/* A value in one line: texts as they are, lists with commas. */
static void
put_value(struct buf *out, const char *field, bool inside, const struct json *value)
{
	char *line;

	switch (json_type(value)) {
	case JSON_NULL:
		break;
	case JSON_STRING:
		buf_adds(out, register_word(field, inside, json_text(value, "")));
		break;
	case JSON_BOOL:
		buf_adds(out, json_true(value) ? _("yes") : _("no"));
		break;
	case JSON_ARRAY:
		for (const struct json *one = json_first(value); one != NULL;
		     one = json_next(one)) {
			buf_adds(out, one == json_first(value) ? "" : ", ");
			put_value(out, field, inside, one);
		}
		break;
	case JSON_OBJECT:
		/* A dependency: its code, and that nobody verified it. */
		if (json_get(value, "assumed") != NULL && json_get(value, "code") != NULL) {
			buf_addf(out, "%s%s", json_get_text(value, "code"),
				json_get_bool(value, "assumed") ? _(" (ASSUMED)") : "");
			break;
		}
		for (const struct json *one = json_first(value); one != NULL;
		     one = json_next(one)) {
			struct buf inner = { 0 };

			put_value(&inner, json_key(one), true, one);
			if (inner.len > 0) {
				buf_addf(out, "%s%s=%s", out->len == 0 ? "" : " ", json_key(one),
					buf_text(&inner));
			}
			buf_free(&inner);
		}
		break;
	default:
		line = json_line(value);
		buf_adds(out, line);
		free(line);
	}
}

struct column {
	const char *key;
	int cells; /* 0: the last one, as long as it is */
};

static const struct {
	const char *which;
	struct column columns[6];
} layouts[] = {
	{ "asset", { { "code", 12 }, { "level", 2 }, { "state", 14 }, { "name", 0 } } },
	{ "contact", { { "role", 16 }, { "addresses", 30 }, { "name", 0 } } },
	{ "group", { { "code", 18 }, { "of", 8 }, { "size", 4 }, { "name", 0 } } },
	{ "member", { { "login", 12 }, { "role", 12 }, { "unit", 20 }, { "name", 0 } } },
	{ "unit", { { "code", 12 }, { "kind", 10 }, { "area", 16 }, { "carrier", 14 },
		{ "name", 0 } } },
	{ "rule", { { "family", 14 }, { "order", 5 }, { "code", 24 }, { "when", 0 } } },
	{ "setting", { { "name", 26 }, { "value", 24 }, { "label", 0 } } },
};

static const struct json *
cell_value(const struct json *row, const char *key)
{
	const struct json *value = json_get(row, key);

	/* A setting that is not set counts by its default. */
	if (strcmp(key, "value") == 0 && json_is(value, JSON_NULL)) {
		return json_get(row, "default");
	}
	return value;
}

static void
say_row(struct cli *cli, const struct column *columns, const struct json *row)
{
	struct buf line = { 0 };

	for (; columns->key != NULL; columns++) {
		struct buf cell = { 0 };
		const struct json *value = cell_value(row, columns->key);

		if (value != NULL) {
			put_value(&cell, columns->key, false, value);
		}
		if (columns->cells == 0) {
			buf_adds(&line, buf_text(&cell));
		} else {
			char *padded = text_column(buf_text(&cell), columns->cells, true, false);

			buf_addf(&line, "%s  ", padded);
			free(padded);
		}
		buf_free(&cell);
	}
	cli_say(cli, "%s", buf_text(&line));
	buf_free(&line);
}

void
say_register(struct cli *cli, const char *which, const struct json *list)
{
	for (size_t i = 0; i < sizeof layouts / sizeof *layouts; i++) {
		if (strcmp(layouts[i].which, which) != 0) {
			continue;
		}
		for (const struct json *row = json_first(list); row != NULL; row = json_next(row)) {
			say_row(cli, layouts[i].columns, row);
		}
	}
	if (json_count(list) == 0) {
		cli_say(cli, _("nothing there yet"));
	}
}

/* What is for scripts, or stands by itself already. */
static bool
is_inside(const char *key)
{
	static const char *const keys[] = { "facts", "id", "state_since", "origin" };

	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		if (strcmp(keys[i], key) == 0) {
			return true;
		}
	}
	return false;
}

void
say_thing(struct cli *cli, const struct json *thing)
{
	for (const struct json *field = json_first(thing); field != NULL;
	     field = json_next(field)) {
		struct buf value = { 0 };
		char *key;

		if (is_inside(json_key(field))) {
			continue;
		}
		put_value(&value, json_key(field), false, field);
		key = text_column(json_key(field), 14, true, false);
		if (value.len > 0) {
			cli_say(cli, "%s  %s", key, buf_text(&value));
		}
		free(key);
		buf_free(&value);
	}
}

bool
say_dependants(struct cli *cli, const char *code, struct error *err)
{
	struct json *list = NULL;

	if (!asset_dependants(cli->desk, code, &list, err)) {
		return false;
	}
	if (json_count(list) > 0) {
		cli_say(cli, _("stops with it:"));
	}
	for (const struct json *row = json_first(list); row != NULL; row = json_next(row)) {
		const char *standby = json_get_text(row, "standby_text");
		char *name = text_column(json_get_text(row, "code"), 14, true, false);

		if (standby == NULL) {
			standby = json_get_text(row, "standby");
		}
		cli_say(cli, "  %s  %s  %s: %s", name,
			json_get_bool(row, "assumed") ? _("ASSUMED") : _("documented"),
			_("standby"), standby == NULL ? _("not known") : standby);
		free(name);
	}
	json_free(list);
	return true;
}

void
say_changed(struct cli *cli, const char *key)
{
	int count;

	(void)change_appended(cli->desk, &count);
	cli_say(cli, count == 0 ? _("%s: nothing to change, it is so already") : _("%s: done"),
		key);
}

static void
say_tally(struct cli *cli, const struct json *report, const char *part, const char *label)
{
	const struct json *tally = json_get(report, part);
	char *name;

	if (tally == NULL) {
		return;
	}
	name = text_column(label, 16, true, false);
	cli_say(cli, _("  %s %4lld added, %lld changed, %lld as they were"), name,
		(long long)json_get_int(tally, "added", 0),
		(long long)json_get_int(tally, "changed", 0),
		(long long)json_get_int(tally, "same", 0));
	free(name);
}

static void
say_missing(struct cli *cli, const struct json *report)
{
	long long facts = (long long)json_get_int(report, "facts_missing", 0);
	long long nowhere = (long long)json_get_int(report, "contacts_missing", 0);
	long long unverified = (long long)json_get_int(report, "contacts_unverified", 0);

	if (facts > 0) {
		cli_say(cli, _("  %lld of %lld facts are missing:"
				" `suco asset show CODE` names them"), facts,
			(long long)json_get_int(report, "facts", 0));
	}
	if (nowhere > 0) {
		cli_say(cli, _("  %lld contacts have no address of their own (.example is none):"
				" `suco contact set ROLE --mail A`"), nowhere);
	}
	if (unverified > 0) {
		cli_say(cli, _("  %lld contacts nobody has verified yet"), unverified);
	}
}

void
say_report(struct cli *cli, const struct json *report)
{
	const struct {
		const char *part, *label;
	} parts[] = {
		{ "bodies", _("bodies") }, { "units", _("units") },
		{ "contacts", _("contacts") }, { "assets", _("systems, sites") },
		{ "groups", _("groups") }, { "settings", _("settings") },
		{ "rules", _("rules") },
		{ "holidays", _("holidays") }, { "duty_layers", _("layers of duty") },
	};
	const struct json *title = json_get(report, "title");
	const struct json *plans = json_get(report, "plans");
	struct buf line = { 0 };

	cli_say(cli, _("profile %s: %s"), json_text(json_get(report, "profile"), "-"),
		json_text(json_get(title, i18n_language()), ""));
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		say_tally(cli, report, parts[i].part, parts[i].label);
	}
	if (json_count(plans) > 0) {
		put_value(&line, NULL, false, plans);
		cli_say(cli, _("  plans: %s"), buf_text(&line));
	}
	say_missing(cli, report);
	for (const struct json *kept = json_first(json_get(report, "kept")); kept != NULL;
	     kept = json_next(kept)) {
		cli_say(cli, _("  kept as a member changed it: %s"), json_text(kept, ""));
	}
	buf_free(&line);
}

void
say_rule_test(struct cli *cli, const struct json *list)
{
	for (const struct json *rule = json_first(list); rule != NULL; rule = json_next(rule)) {
		bool fits = json_get_bool(rule, "fits");
		char *family = text_column(json_get_text(rule, "family"), 12, true, false);
		char *code = text_column(json_get_text(rule, "code"), 24, true, false);
		const char *reason = json_get_text(rule, "reason");

		cli_say(cli, "%s %s %s %s", json_get_bool(rule, "wins") ? "*" : fits ? "+" : " ",
			family, code, reason == NULL ? "" : reason);
		free(code);
		free(family);
	}
	cli_say(cli, _("* counts, + fits too"));
}
