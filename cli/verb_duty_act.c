/* verb_duty_act.c: duty set, override, spell, swap, away, raise, withdraw. */
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/tables_duty.h"
#include "core/duty_act.h"
#include "core/duty_gaps.h"
#include "core/duty_rules.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/when.h"
#include "core/words.h"


static struct duty_span
span_of(const struct cli *cli)
{
	return (struct duty_span){ cli_option(cli, "from"), cli_option(cli, "to") };
}

/* {"n": N} with what was appended. */
static bool
result(struct cli *cli, int n)
{
	struct json *o = json_object();

	json_set(o, "n", n > 0 ? json_int(n) : json_null());
	cli_result(cli, o);
	return true;
}

static const struct {
	const char *option, *key;
} layer_keys[] = {
	{ "name", "name" }, { "name-en", "name_en" }, { "position", "position" },
	{ "needed", "needed" }, { "counted", "counted" },
}, rota_keys[] = {
	{ "rota", "n" }, { "rota-name", "name" }, { "people", "people" }, { "type", "type" },
	{ "every", "every" }, { "start", "start" }, { "zone", "zone" }, { "days", "days" },
	{ "from", "from" }, { "to", "to" }, { "from-day", "from_day" }, { "to-day", "to_day" },
};

/* What the options say, over what --input says. */
static struct json *
gather(struct cli *cli)
{
	struct json *given = cli->input == NULL ? json_object() : json_copy(cli->input);
	struct json *rota = json_object();
	bool remove = cli_switch(cli, "remove");

	for (size_t i = 0; i < sizeof layer_keys / sizeof *layer_keys; i++) {
		const char *value = cli_option(cli, layer_keys[i].option);

		if (value != NULL && json_get(cli->input, layer_keys[i].option) == NULL) {
			json_set_text(given, layer_keys[i].key, value);
		}
	}
	for (size_t i = 0; i < sizeof rota_keys / sizeof *rota_keys; i++) {
		const char *value = cli_option(cli, rota_keys[i].option);

		if (value != NULL) {
			json_set_text(rota, rota_keys[i].key, value);
		}
	}
	if (remove) {
		json_set_bool(json_count(rota) > 0 ? rota : given, "withdraw", true);
	}
	if (json_count(rota) > 0) {
		json_set(given, "rotation", rota);
	} else {
		json_free(rota);
	}
	return given;
}

static void
say_rotas(struct cli *cli, const struct json *told)
{
	static const struct {
		const char *word, *text;
	} says[] = {
		{ "added", N_("rotation %s made") },
		{ "changed", N_("rotation %s changed") },
		{ "withdrawn", N_("rotation %s taken off") },
	};

	for (const struct json *one = json_first(told); one != NULL; one = json_next(one)) {
		const char *name = json_text_of(one, "name");
		char *which = xasprintf("%lld%s%s", (long long)json_get_int(one, "n", 0),
			name[0] == '\0' ? "" : " ", name);

		for (size_t i = 0; i < sizeof says / sizeof *says; i++) {
			if (strcmp(says[i].word, json_text_of(one, "done")) == 0) {
				cli_note(cli, _(says[i].text), which);
			}
		}
		free(which);
	}
}

/* A layer by which nobody is called is a list of names and no more. */
static bool
warn_uncalled(struct cli *cli, const char *layer, struct error *err)
{
	bool called = true;

	if (!duty_layer_called(cli->desk, layer, &called, err)) {
		return false;
	}
	if (!called) {
		cli_warn(cli, _("no rule calls the layer %s, nobody is called by it: those of a"
			" new desk call first, backup and lead (suco rule list --family"
			" escalation)"), layer);
	}
	return true;
}

bool
verb_duty_set(struct cli *cli, struct error *err)
{
	struct json *given = gather(cli);
	struct json *told = NULL;
	struct json *o;
	bool changed = false;
	bool ok = duty_set_told(cli->desk, cli_word(cli, 0), given, &told, &changed, err);

	json_free(given);
	if (!ok) {
		return false;
	}
	cli_note(cli, "%s", !changed ? _("nothing to change, it is so already")
		: cli_switch(cli, "remove") ? _("taken off the roster") : _("on the roster"));
	say_rotas(cli, told);
	o = json_object();
	json_set(o, "n", json_null());
	json_set(o, "rotations", told);
	cli_result(cli, o);
	return cli_switch(cli, "remove") || warn_uncalled(cli, cli_word(cli, 0), err);
}

bool
verb_duty_override(struct cli *cli, struct error *err)
{
	const char *kind = cli_word(cli, 0);
	bool add = strcmp(kind, "add") == 0, replace = strcmp(kind, "replace") == 0;
	const struct duty_override_new what = { .kind = kind,
		.layer = cli_option(cli, "layer"),
		.member = add ? cli_word(cli, 1) : replace ? cli_word(cli, 2) : NULL,
		.other = add ? NULL : cli_word(cli, 1), .span = span_of(cli),
		.reason = cli_option(cli, "reason") };
	int n = 0;

	if ((cli_word_count(cli) == 3) != replace) {
		return cli_usage(cli, err);
	}
	if (!duty_override(cli->desk, &what, &n, err)) {
		return false;
	}
	cli_note(cli, _("exception %d"), n);
	return result(cli, n);
}

/* "ha 24/11/2026 06:00..24/11/2026 18:00" */
static bool
read_shift(struct json *shifts, const char *text, struct error *err)
{
	const char *blank = strchr(text, ' ');
	const char *dots = strstr(text, "..");
	char *login, *from;
	struct json *o;

	if (blank == NULL || dots == NULL || dots < blank) {
		return error_set(err, ERR_BAD_INPUT,
			_("\"%.60s\": a shift is LOGIN FROM..TO"), text);
	}
	login = xstrndup(text, (size_t)(blank - text));
	from = xstrndup(blank + 1, (size_t)(dots - blank - 1));
	o = json_object();
	json_set_text(o, "login", login);
	json_set_text(o, "from", from);
	json_set_text(o, "to", dots + 2);
	json_push(shifts, o);
	free(login);
	free(from);
	return true;
}

static const char *
either(const struct cli *cli, const char *name)
{
	const char *value = cli_option(cli, name);

	return value != NULL ? value : json_get_text(cli->input, name);
}

bool
verb_duty_spell(struct cli *cli, struct error *err)
{
	struct duty_spell_new what = { .layer = cli_word(cli, 0), .name = either(cli, "name"),
		.source = either(cli, "source"),
		.span = { either(cli, "from"), either(cli, "to") } };
	const struct json *given = json_get(cli->input, "shifts");
	struct json *shifts = given != NULL ? json_copy(given) : json_array();
	int n = 0;
	bool ok = true;

	for (int i = 0; ok && cli_option_n(cli, "shift", i) != NULL; i++) {
		ok = read_shift(shifts, cli_option_n(cli, "shift", i), err);
	}
	what.shifts = shifts;
	ok = ok && duty_spell(cli->desk, &what, &n, err);
	json_free(shifts);
	if (ok) {
		cli_note(cli, _("roster for a span %d"), n);
		result(cli, n);
	}
	return ok;
}

/* "Trực chính 25/11 06:00 - 18:00": the layer as people call it. */
static char *
shift_text(struct cli *cli, const struct duty_layers *layers, const struct json *swap,
	const char *layer, const char *from, const char *until)
{
	const char *code = json_text_of(swap, layer);
	char start[WHEN_SHORT_SIZE] = "?", end[WHEN_SHORT_SIZE] = "?";
	struct error ignored;
	int64_t a = 0, b = 0;

	for (int i = 0; i < layers->count; i++) {
		if (strcmp(layers->all[i].code, code) == 0) {
			code = duty_layer_name(&layers->all[i]);
			break;
		}
	}
	if (when_from_rfc3339(&a, json_text_of(swap, from), &ignored) &&
	    when_from_rfc3339(&b, json_text_of(swap, until), &ignored)) {
		when_full(start, a, desk_zone(cli->desk));
		when_near(end, b, a, desk_zone(cli->desk));
	}
	return xasprintf("%s %s - %s", code, start, end);
}

static void
say_swap(struct cli *cli, const struct duty_layers *layers, const struct json *s)
{
	char *gives = shift_text(cli, layers, s, "layer", "from", "to");
	char *back = json_text_of(s, "back_from")[0] == '\0' ? NULL
		: shift_text(cli, layers, s, "back_layer", "back_from", "back_to");

	cli_say(cli, _("%3lld  %-10s %s gives %s to %s"),
		(long long)json_get_int(s, "n", 0),
		word_label(WORDS_SWAP_STATE, json_text_of(s, "state")),
		json_text_of(s, "asker_name"), gives, json_text_of(s, "other_name"));
	if (back != NULL) {
		cli_say(cli, _("     for %s"), back);
	}
	free(gives);
	free(back);
}

static bool
say_swaps(struct cli *cli, struct error *err)
{
	struct duty_layers layers = { 0 };
	struct json *list = NULL;
	bool ok = duty_layers(cli->desk, &layers, err) &&
		duty_swaps(cli->desk, cli_switch(cli, "open"), &list, err);

	for (const struct json *s = ok && !cli->json && !cli->csv ? json_first(list) : NULL;
	     s != NULL; s = json_next(s)) {
		say_swap(cli, &layers, s);
	}
	duty_layers_clear(&layers);
	return cli_listed(cli, list, ok, _("no swap was asked for"));
}

static bool
swap_ask(struct cli *cli, struct error *err)
{
	const struct duty_swap_new what = { .layer = cli_option(cli, "layer"),
		.other = cli_word(cli, 1), .span = span_of(cli),
		.back_layer = cli_option(cli, "back-layer"),
		.back = { cli_option(cli, "back-from"), cli_option(cli, "back-to") },
		.reason = cli_option(cli, "reason") };
	int n = 0;

	if (!duty_swap_ask(cli->desk, &what, &n, err)) {
		return false;
	}
	cli_note(cli, _("swap %d: %s is asked; the roster stays as it is until then"), n,
		what.other);
	return result(cli, n);
}

bool
verb_duty_swap(struct cli *cli, struct error *err)
{
	const char *how = cli_word(cli, 0);
	int64_t n;

	if ((cli_word_count(cli) == 1) != (strcmp(how, "list") == 0)) {
		return cli_usage(cli, err);
	}
	if (strcmp(how, "list") == 0) {
		return say_swaps(cli, err);
	}
	if (strcmp(how, "ask") == 0) {
		return swap_ask(cli, err);
	}
	if (!cli_number(_("swap"), cli_word(cli, 1), 1, INT32_MAX, &n, err) ||
	    !duty_swap_answer(cli->desk, (int)n, how, cli_option(cli, "reason"), err)) {
		return false;
	}
	cli_note(cli, strcmp(how, "agree") == 0 ? _("swap %d: agreed, the roster has changed")
		: strcmp(how, "refuse") == 0 ? _("swap %d: refused")
		: _("swap %d: withdrawn"), (int)n);
	return result(cli, (int)n);
}

/* Leave that opens a hole says so at once. */
static bool
warn_holes(struct cli *cli, const char *login, struct error *err)
{
	char from[WHEN_SHORT_SIZE], until[WHEN_SHORT_SIZE];
	struct duty_gaps gaps;

	if (!duty_gaps(cli->desk, desk_now(cli->desk), 62, &gaps, err)) {
		return false;
	}
	for (int i = 0; i < gaps.count; i++) {
		if (gaps.all[i].fault == DUTY_AWAY && strcmp(gaps.all[i].login, login) == 0) {
			when_full(from, gaps.all[i].from, desk_zone(cli->desk));
			when_near(until, gaps.all[i].until, gaps.all[i].from,
				desk_zone(cli->desk));
			cli_warn(cli, "%s - %s  %s", from, until, gaps.all[i].text);
		}
	}
	duty_gaps_clear(&gaps);
	return true;
}

bool
verb_duty_away(struct cli *cli, struct error *err)
{
	const struct duty_span span = { cli_word(cli, 1), cli_word(cli, 2) };
	const char *login = cli_word(cli, 0);
	int n = 0;

	if (!duty_away(cli->desk, login, &span, cli_option(cli, "reason"), &n, err)) {
		return false;
	}
	cli_note(cli, _("away %d: %s is not called then"), n, login);
	result(cli, n);
	return warn_holes(cli, login, err);
}

bool
verb_duty_raise(struct cli *cli, struct error *err)
{
	char *name = cli_joined(cli, 0);
	const struct duty_raise_new what = { .name = name, .kind = cli_option(cli, "kind"),
		.needs = cli_option(cli, "needs"), .source = cli_option(cli, "source"),
		.span = span_of(cli) };
	int n = 0;
	bool ok = duty_raise(cli->desk, &what, &n, err);

	free(name);
	if (ok) {
		cli_note(cli, _("raised watch %d"), n);
		result(cli, n);
	}
	return ok;
}

bool
verb_duty_withdraw(struct cli *cli, struct error *err)
{
	int64_t n;

	if (!cli_number(cli_word(cli, 0), cli_word(cli, 1), 1, INT32_MAX, &n, err) ||
	    !duty_withdraw(cli->desk, cli_word(cli, 0), (int)n, cli_option(cli, "reason"),
		    err)) {
		return false;
	}
	cli_note(cli, "%s", _("withdrawn"));
	return result(cli, (int)n);
}
