/* verb_duty_rules.c: duty layers: the rules of the roster as they stand. */
#include <string.h>

#include "cli/cli.h"
#include "cli/json_out.h"
#include "cli/tables_duty.h"
#include "core/duty_rules.h"
#include "core/i18n.h"
#include "core/when.h"

/* Spans of core are ms; scripts read them as everywhere. */
static struct json *
with_times(struct cli *cli, const struct json *list)
{
	struct json *out = json_array();

	for (const struct json *one = json_first(list); one != NULL; one = json_next(one)) {
		struct json *o = json_copy(one);

		json_set_time(cli, o, "from", json_get_int(one, "from", 0));
		json_set_time(cli, o, "to", json_get_int(one, "to", 0));
		if (json_get(one, "shifts") != NULL) {
			json_set(o, "shifts", with_times(cli, json_get(one, "shifts")));
		}
		json_push(out, o);
	}
	return out;
}

static void
say_layer(struct cli *cli, const struct json *layer)
{
	const char *english = json_text_of(layer, "name_en");
	bool in_english = strcmp(i18n_language(), "en") == 0 && english[0] != '\0';

	cli_say(cli, _("%s  %s, needs %lld%s"), json_text_of(layer, "layer"),
		in_english ? english : json_text_of(layer, "name"),
		(long long)json_get_int(layer, "needed", 0),
		json_get_bool(layer, "counted") ? _(", hours are counted") : "");
	for (const struct json *rota = json_first(json_get(layer, "rotations")); rota != NULL;
	     rota = json_next(rota)) {
		struct buf line = { 0 };

		duty_rota_say(&line, rota);
		buf_adds(&line, ": ");
		duty_rota_people(&line, rota);
		cli_say(cli, "  %lld %s  %s", (long long)json_get_int(rota, "n", 0),
			json_text_of(rota, "name"), buf_text(&line));
		buf_free(&line);
	}
}

/* The number is what `duty withdraw` asks for. */
static void
say_dates(struct cli *cli, const char *what, const struct json *one, const char *whom)
{
	const char *reason = json_text_of(one, "reason");
	char from[WHEN_SHORT_SIZE], to[WHEN_SHORT_SIZE];

	when_full(from, json_get_int(one, "from", 0), desk_zone(cli->desk));
	when_full(to, json_get_int(one, "to", 0), desk_zone(cli->desk));
	cli_say(cli, "%s %lld  %s  %s - %s%s%s", what, (long long)json_get_int(one, "n", 0),
		whom, from, to, reason[0] != '\0' ? "  " : "", reason);
}

static void
say_span(struct cli *cli, const char *what, const struct json *one)
{
	const char *layer = json_text_of(one, "layer");
	struct buf whom = { 0 };

	buf_addf(&whom, "%s%s%s", layer, layer[0] != '\0' ? " " : "",
		json_text_of(one, "name"));
	say_dates(cli, what, one, buf_text(&whom));
	buf_free(&whom);
}

static void
say_override(struct cli *cli, const struct json *one)
{
	const char *kind = json_text_of(one, "kind");
	const char *comes = json_text_of(one, "name"), *goes = json_text_of(one, "other");
	struct buf whom = { 0 };

	buf_addf(&whom, "%s: ", json_text_of(one, "layer"));
	if (strcmp(kind, "replace") == 0) {
		buf_addf(&whom, _("%s in the place of %s"), comes, goes);
	} else {
		buf_addf(&whom, strcmp(kind, "add") == 0 ? _("%s as well") : _("not %s"),
			strcmp(kind, "add") == 0 ? comes : goes);
	}
	say_dates(cli, json_get_bool(one, "swap") ? Q_("roster|swap") : _("exception"), one,
		buf_text(&whom));
	buf_free(&whom);
}

bool
verb_duty_layers(struct cli *cli, struct error *err)
{
	struct json *rules = NULL;

	if (!duty_rules(cli->desk, &rules, err)) {
		return false;
	}
	if (cli->json) {
		struct json *o = json_object();

		json_set(o, "layers", json_copy(json_get(rules, "layers")));
		json_set(o, "spells", with_times(cli, json_get(rules, "spells")));
		json_set(o, "raised", with_times(cli, json_get(rules, "raised")));
		json_set(o, "overrides", with_times(cli, json_get(rules, "overrides")));
		json_set(o, "away", with_times(cli, json_get(rules, "away")));
		cli_json(cli, o);
		json_free(rules);
		return true;
	}
	for (const struct json *one = json_first(json_get(rules, "layers")); one != NULL;
	     one = json_next(one)) {
		say_layer(cli, one);
	}
	for (const struct json *one = json_first(json_get(rules, "spells")); one != NULL;
	     one = json_next(one)) {
		say_span(cli, _("roster for a span"), one);
	}
	for (const struct json *one = json_first(json_get(rules, "raised")); one != NULL;
	     one = json_next(one)) {
		say_span(cli, _("raised watch"), one);
	}
	for (const struct json *one = json_first(json_get(rules, "overrides")); one != NULL;
	     one = json_next(one)) {
		say_override(cli, one);
	}
	for (const struct json *one = json_first(json_get(rules, "away")); one != NULL;
	     one = json_next(one)) {
		say_dates(cli, Q_("roster|away"), one, json_text_of(one, "name"));
	}
	if (json_count(json_get(rules, "layers")) == 0) {
		cli_note(cli, "%s",
			_("there is no roster yet: `suco duty set first --people LOGIN,LOGIN`"));
	}
	json_free(rules);
	return true;
}
