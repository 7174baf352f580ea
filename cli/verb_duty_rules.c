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
	cli_say(cli, _("%s  %s, needs %lld%s"), json_text_of(layer, "layer"),
		json_text_of(layer, "name"), (long long)json_get_int(layer, "needed", 0),
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

static void
say_span(struct cli *cli, const char *what, const struct json *one)
{
	char from[WHEN_SHORT_SIZE], to[WHEN_SHORT_SIZE];

	when_full(from, json_get_int(one, "from", 0), desk_zone(cli->desk));
	when_full(to, json_get_int(one, "to", 0), desk_zone(cli->desk));
	cli_say(cli, "%s %lld  %s %s  %s - %s", what, (long long)json_get_int(one, "n", 0),
		json_text_of(one, "layer"), json_text_of(one, "name"), from, to);
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
	if (json_count(json_get(rules, "layers")) == 0) {
		cli_note(cli, "%s",
			_("there is no roster yet: `suco duty set first --people LOGIN,LOGIN`"));
	}
	json_free(rules);
	return true;
}
