/* args.c reads the command line: global options, the verb, its options by the
 * verb's table, words, and --input. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/option_forms.h"
#include "core/i18n.h"
#include "core/mem.h"

/* Options that every verb takes. */
static const struct cli_option common[] = {
	{ "json", NULL, N_("one JSON value on standard output") },
	{ "desk", "URL", N_("the desk to work on") },
	{ "lang", "vi|en", N_("the language of what is printed") },
	{ "as", "LOGIN", N_("act for another member (admin)") },
	{ 0 },
};
/* Options of `suco` alone: the screens. */
static const struct cli_option screens[] = {
	{ "plain", NULL, N_("line by line with numbered menus (screen readers)") },
	{ "readonly", NULL, N_("show only: a wall display") },
	{ "slow", NULL, N_("for slow lines: arrow cursor, no preview") },
	{ "ascii", NULL, N_("ASCII lines") },
	{ "no-accents", NULL, N_("letters without accents too") },
	{ "mouse", NULL, N_("wheel and click") },
	{ "case", "CASE", N_("begin with this case") },
	{ 0 },
};
static const struct cli_option csv_option = { "csv", NULL, N_("as CSV") };
static const struct cli_option guard_option = { "if-version", "N",
	N_("refuse where the field changed after version N") };
static const struct cli_option input_option = { "input", "FILE|-",
	N_("a JSON object with the options as keys") };

static const struct cli_option *
find_in(const struct cli_option *options, const char *name)
{
	for (; options != NULL && options->name != NULL; options++) {
		if (strcmp(options->name, name) == 0) {
			return options;
		}
	}
	return NULL;
}

/* Of the verb and all its subverbs. */
static unsigned
flags_of(const struct verb *verb)
{
	unsigned flags = verb->flags;

	for (const struct subverb *s = verb->subverbs; s != NULL && s->name != NULL; s++) {
		flags |= s->flags;
	}
	return flags;
}

static const struct {
	unsigned flags;
	const struct cli_option *option;
} by_flag[] = {
	{ VERB_CSV, &csv_option },
	{ VERB_CHANGES, &guard_option },
	{ VERB_INPUT | VERB_FIELDS, &input_option },
};

const struct cli_option *
verb_option(const struct verb *verb, int i)
{
	const struct cli_option *option = verb == NULL ? screens : verb->options;

	for (; option != NULL && option->name != NULL; option++) {
		if (i-- == 0) {
			return option;
		}
	}
	for (size_t j = 0; verb != NULL && j < sizeof by_flag / sizeof *by_flag; j++) {
		if ((flags_of(verb) & by_flag[j].flags) != 0 && i-- == 0) {
			return by_flag[j].option;
		}
	}
	return verb != NULL && i == 0 ? &common[0] : NULL; /* --json */
}

static const struct cli_option *
find_option(const struct verb *verb, const char *name)
{
	const struct cli_option *option = find_in(common, name);

	if (option == NULL && verb == NULL) {
		option = find_in(screens, name);
	}
	for (int i = 0; option == NULL && verb != NULL; i++) {
		const struct cli_option *own = verb_option(verb, i);

		if (own == NULL) {
			break;
		}
		option = strcmp(own->name, name) == 0 ? own : NULL;
	}
	return option;
}

/* The options that have a place of their own in struct cli. */
static bool
take_common(struct cli *cli, const char *name, const char *value, bool *taken,
	struct error *err)
{
	*taken = true;
	if (strcmp(name, "json") == 0) {
		cli->json = true;
	} else if (strcmp(name, "csv") == 0) {
		cli->csv = true;
	} else if (strcmp(name, "desk") == 0) {
		cli->desk_url = value;
	} else if (strcmp(name, "lang") == 0) {
		if (strcmp(value, "vi") != 0 && strcmp(value, "en") != 0) {
			return error_set(err, ERR_USAGE, _("--lang is vi or en"));
		}
		cli->lang = value;
	} else if (strcmp(name, "as") == 0) {
		cli->as = value;
	} else if (strcmp(name, "if-version") == 0) {
		cli->guarded = true;
		return cli_number("--if-version", value, 0, INT64_MAX - 1, &cli->if_version,
			err) || ((err->code = ERR_USAGE), false);
	} else {
		*taken = false;
	}
	return true;
}

/* Two values for one thing: one of them is a slip, and nobody knows which.  The same
 * one twice harms nobody; --set takes an answer each. */
static bool
repeated(const struct cli *cli, const char *name, const char *value)
{
	const char *before = strcmp(name, "desk") == 0 ? cli->desk_url
		: strcmp(name, "lang") == 0 ? cli->lang
		: strcmp(name, "as") == 0 ? cli->as : cli_option(cli, name);
	char guard[24];

	if (cli->guarded && strcmp(name, "if-version") == 0) {
		(void)snprintf(guard, sizeof guard, "%lld", (long long)cli->if_version);
		before = guard;
	}
	return strcmp(name, "set") != 0 && before != NULL && strcmp(before, value) != 0;
}

static bool
take_option(struct cli *cli, const char *text, int argc, char **argv, int *i,
	struct error *err)
{
	const char *equals = strchr(text, '=');
	size_t len = equals == NULL ? strlen(text) : (size_t)(equals - text);
	char *name = xstrndup(text, len);
	const struct cli_option *option = find_option(cli->verb, name);
	const char *value = equals == NULL ? NULL : equals + 1;
	bool taken = false;
	bool ok = true;

	if (option == NULL) {
		ok = error_set(err, ERR_USAGE, _("unknown option --%s; see `suco help %s`"), name,
			cli->verb == NULL ? "" : cli->verb->name);
	} else if (option->value == NULL && value != NULL) {
		ok = error_set(err, ERR_USAGE, _("--%s takes no value"), name);
	} else if (option->value != NULL && value == NULL) {
		if (*i + 1 >= argc) {
			ok = error_set(err, ERR_USAGE, _("--%s needs %s"), name, option->value);
		} else {
			value = argv[++*i];
		}
	}
	if (ok && value != NULL && value[0] == '\0' && strncmp(option->value, "FILE", 4) == 0) {
		ok = error_set(err, ERR_USAGE, _("--%s: the name of the file is empty"), name);
	}
	if (ok && value != NULL && repeated(cli, name, value)) {
		ok = error_set(err, ERR_USAGE, _("--%s is given twice"), name);
	}
	ok = ok && take_common(cli, name, value, &taken, err);
	if (ok && !taken) {
		if (cli->given_count == CLI_OPTIONS) {
			ok = error_set(err, ERR_USAGE, _("too many options"));
		} else {
			cli->given[cli->given_count].option = option;
			cli->given[cli->given_count++].value = value == NULL ? "" : value;
		}
	}
	free(name);
	return ok;
}

static bool
take_verb(struct cli *cli, const char *name, struct error *err)
{
	cli->verb = verb_find(name);
	if (cli->verb == NULL) {
		return error_set(err, ERR_USAGE,
			_("there is no verb \"%.40s\"; see `suco help`"), name);
	}
	return true;
}

bool
cli_usage(const struct cli *cli, struct error *err)
{
	const struct verb *verb = cli->verb;
	const char *subject = verb_subject(verb);

	if (cli->subverb != NULL) {
		return error_set(err, ERR_USAGE, _("usage: suco %s%s %s %s"), verb->name, subject,
			cli->subverb->name, cli->subverb->usage);
	}
	return error_set(err, ERR_USAGE, _("usage: suco %s%s%s%s"), verb->name, subject,
		verb->usage[0] == '\0' ? "" : " ", verb->usage);
}

static bool
fits(int words, int least, int most)
{
	return words >= least && (most < 0 || words <= most);
}

/* Which subverb it is, and whether the words are as many as it takes. */
static bool
sort_words(struct cli *cli, struct error *err)
{
	const struct verb *verb = cli->verb;
	const struct subverb *s;
	const char *word;

	if (verb == NULL) {
		return true;
	}
	cli->first = (verb->flags & VERB_CASE) != 0 ? 1 : 0;
	if (cli->count < cli->first) {
		return cli_usage(cli, err);
	}
	word = cli_word(cli, 0);
	for (s = verb->subverbs; s != NULL && s->name != NULL; s++) {
		if (word != NULL && strcmp(word, s->name) == 0) {
			cli->subverb = s;
			cli->first++;
			break;
		}
	}
	s = cli->subverb;
	if (s != NULL && (s->flags & VERB_FORM) != 0 && cli->as != NULL
			&& (strcmp(cli->as, "md") == 0 || strcmp(cli->as, "json") == 0)) {
		cli->form = cli->as;
		cli->as = NULL;
	}
	if (s == NULL && verb->run == NULL) {
		return cli_usage(cli, err);
	}
	return options_belong(cli, err) && (fits(cli_word_count(cli),
		s == NULL ? verb->least : s->least, s == NULL ? verb->most : s->most) ||
		cli_usage(cli, err));
}

static void
keep_option(struct cli *cli, const struct cli_option *option, char *value)
{
	cli->kept = xrealloc(cli->kept, ((size_t)cli->kept_count + 1) * sizeof *cli->kept);
	cli->kept[cli->kept_count++] = value;
	cli->given[cli->given_count].option = option;
	cli->given[cli->given_count++].value = value;
}

/* The text that the same value would be on the line; NULL: as if not given. */
static bool
input_text(const struct json *row, bool is_switch, char **out, struct error *err)
{
	*out = NULL;
	switch (json_type(row)) {
	case JSON_STRING:
		*out = xstrdup(json_text(row, ""));
		return true;
	case JSON_NUMBER:
		*out = json_line(row);
		return true;
	case JSON_NULL:
		*out = is_switch ? NULL : xstrdup("");
		return true;
	case JSON_BOOL:
		if (!is_switch) {
			*out = xstrdup(json_true(row) ? "yes" : "no");
		} else if (json_true(row)) {
			*out = xstrdup("");
		}
		return true;
	default:
		return error_set(err, ERR_BAD_INPUT,
			_("--input: /%s is a text, a number or true"), json_key(row));
	}
}

/* The line wins over --input. */
static bool
take_input(struct cli *cli, struct error *err)
{
	for (const struct json *row = json_first(cli->input); row != NULL;
	     row = json_next(row)) {
		const struct cli_option *option = find_in(cli->verb->options, json_key(row));
		char *value;

		if (option == NULL) {
			return error_set(err, ERR_BAD_INPUT, _("--input: unknown key /%s"),
				json_key(row));
		}
		if (!input_text(row, option->value == NULL, &value, err)) {
			return false;
		}
		if (value == NULL || cli_option(cli, option->name) != NULL ||
		    cli->given_count == CLI_OPTIONS) {
			free(value);
			continue;
		}
		keep_option(cli, option, value);
	}
	return true;
}

static bool
read_input(struct cli *cli, struct error *err)
{
	const char *from = cli_option(cli, "input");
	char *text = NULL;
	size_t len = 0;
	bool ok;

	if (from == NULL) {
		return true;
	}
	ok = cli_slurp(from, &text, &len, err) &&
		json_parse(&cli->input, text, len, NULL, err);
	free(text);
	if (ok && !json_is(cli->input, JSON_OBJECT)) {
		ok = error_set(err, ERR_BAD_INPUT, _("--input needs one JSON object"));
	}
	return ok && ((flags_of(cli->verb) & VERB_FIELDS) != 0 ||
		(take_input(cli, err) && options_belong(cli, err)));
}

/* `VERB --help` is `help VERB`. */
static void
ask_for_help(struct cli *cli)
{
	cli->words[0] = cli->verb == NULL ? NULL : cli->verb->name;
	cli->count = cli->verb == NULL ? 0 : 1;
	cli->verb = verb_find("help");
}

bool
cli_parse(struct cli *cli, int argc, char **argv, struct error *err)
{
	bool only_words = false;

	cli->words = xcalloc((size_t)argc + 1, sizeof *cli->words);
	for (int i = 1; i < argc; i++) {
		const char *arg = argv[i];

		if (!only_words && strcmp(arg, "--") == 0) {
			only_words = true;
		} else if (!only_words && strncmp(arg, "--", 2) == 0) {
			if (strcmp(arg, "--help") == 0) {
				ask_for_help(cli);
				return true;
			}
			if (strcmp(arg, "--version") == 0 && cli->verb == NULL) {
				cli->version = true;
				cli->verbose = i + 1 < argc && strcmp(argv[i + 1], "-v") == 0;
				return true;
			}
			if (!take_option(cli, arg + 2, argc, argv, &i, err)) {
				return false;
			}
		} else if (!only_words && strcmp(arg, "-h") == 0) {
			ask_for_help(cli);
			return true;
		} else if (!only_words && strcmp(arg, "-o") == 0) {
			/* Short for --output: where to write. */
			if (!take_option(cli, "output", argc, argv, &i, err)) {
				return false;
			}
		} else if (cli->verb == NULL) {
			if (!take_verb(cli, arg, err)) {
				return false;
			}
		} else {
			cli->words[cli->count++] = arg;
		}
	}
	return sort_words(cli, err) && (cli->verb == NULL || read_input(cli, err));
}

const char *
cli_option_n(const struct cli *cli, const char *name, int n)
{
	for (int i = 0; i < cli->given_count; i++) {
		if (strcmp(cli->given[i].option->name, name) == 0 && n-- == 0) {
			return cli->given[i].value;
		}
	}
	return NULL;
}

/* The last one given counts. */
const char *
cli_option(const struct cli *cli, const char *name)
{
	for (int i = cli->given_count; i > 0; i--) {
		if (strcmp(cli->given[i - 1].option->name, name) == 0) {
			return cli->given[i - 1].value;
		}
	}
	return NULL;
}

bool
cli_switch(const struct cli *cli, const char *name)
{
	return cli_option(cli, name) != NULL;
}

bool
cli_need(const struct cli *cli, const char *name, struct error *err)
{
	return cli_option(cli, name) != NULL ||
		error_set(err, ERR_USAGE, _("`suco %s` needs --%s; see `suco help %s`"),
			cli->verb->name, name, cli->verb->name);
}

const char *
cli_word(const struct cli *cli, int i)
{
	return cli->first + i < cli->count ? cli->words[cli->first + i] : NULL;
}

int
cli_word_count(const struct cli *cli)
{
	return cli->count - cli->first;
}

char *
cli_joined(const struct cli *cli, int i)
{
	struct buf text = { 0 };

	for (; cli_word(cli, i) != NULL; i++) {
		buf_addf(&text, "%s%s", text.len == 0 ? "" : " ", cli_word(cli, i));
	}
	return buf_take(&text);
}

void
cli_finish(struct cli *cli)
{
	desk_close(cli->desk);
	json_free(cli->input);
	buf_free(&cli->out);
	buf_free(&cli->warnings);
	config_free(cli->config);
	case_clear(&cli->c);
	cli_free_list(cli->kept, cli->kept_count);
	free(cli->words);
	free(cli->url);
	*cli = (struct cli){ 0 };
}
