/* args.c reads the command line: global options, the verb, its options by the
 * verb's table, words, and --input. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"
#include "core/files.h"
#include "core/i18n.h"
#include "core/limits.h"
#include "core/mem.h"

/* Options that every verb takes. */
static const struct cli_option common[] = {
	{ "json", NULL, N_("one JSON value on standard output") },
	{ "desk", "URL", N_("the desk to work on") },
	{ "lang", "vi|en", N_("the language of what is printed") },
	{ "as", "LOGIN", N_("act for another member (admin)") },
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

static const struct cli_option *
find_option(const struct verb *verb, const char *name)
{
	const struct cli_option *option = find_in(common, name);

	if (option == NULL && verb != NULL) {
		option = find_in(verb->options, name);
		if (option == NULL && (verb->flags & VERB_CSV) != 0 &&
		    strcmp(name, "csv") == 0) {
			option = &csv_option;
		}
		if (option == NULL && (verb->flags & VERB_CHANGES) != 0 &&
		    strcmp(name, "if-version") == 0) {
			option = &guard_option;
		}
		if (option == NULL && (verb->flags & VERB_INPUT) != 0 &&
		    strcmp(name, "input") == 0) {
			option = &input_option;
		}
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
		return cli_number("--if-version", value, 0, INT64_MAX - 1, &cli->if_version,
			err) || ((err->code = ERR_USAGE), false);
	} else {
		*taken = false;
	}
	return true;
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

static bool
count_words(const struct cli *cli, struct error *err)
{
	const struct verb *verb = cli->verb;

	if (verb == NULL) {
		return true;
	}
	if (cli->count < verb->least || (verb->most >= 0 && cli->count > verb->most)) {
		return error_set(err, ERR_USAGE, _("usage: suco %s %s"), verb->name,
			verb->usage);
	}
	return true;
}

/* A file, or standard input for "-". */
static bool
slurp(const char *from, char **out, size_t *len, struct error *err)
{
	if (strcmp(from, "-") == 0) {
		return file_read_fd(out, len, STDIN_FILENO, "-", limit(LIMIT_IMPORT_LINE), err);
	}
	return file_read(out, len, from, limit(LIMIT_IMPORT_LINE), err);
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
	ok = slurp(from, &text, &len, err) &&
		json_parse(&cli->input, text, len, NULL, err);
	free(text);
	if (ok && !json_is(cli->input, JSON_OBJECT)) {
		ok = error_set(err, ERR_BAD_INPUT, _("--input needs one JSON object"));
	}
	for (const struct json *row = ok ? json_first(cli->input) : NULL; row != NULL;
	     row = json_next(row)) {
		if (find_in(cli->verb->options, json_key(row)) == NULL) {
			return error_set(err, ERR_BAD_INPUT, _("--input: unknown key /%s"),
				json_key(row));
		}
		if (json_is(row, JSON_ARRAY) || json_is(row, JSON_OBJECT)) {
			return error_set(err, ERR_BAD_INPUT,
				_("--input: /%s is a text, a number or true"), json_key(row));
		}
	}
	return ok;
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
				cli->words[0] = cli->verb == NULL ? NULL : cli->verb->name;
				cli->count = cli->verb == NULL ? 0 : 1;
				cli->verb = verb_find("help");
				return true;
			}
			if (!take_option(cli, arg + 2, argc, argv, &i, err)) {
				return false;
			}
		} else if (!only_words && strcmp(arg, "-o") == 0) {
			/* The one short option: where to write. */
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
	return count_words(cli, err) && (cli->verb == NULL || read_input(cli, err));
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

/* The last one given counts; the line wins over --input. */
const char *
cli_option(const struct cli *cli, const char *name)
{
	const struct json *value;

	for (int i = cli->given_count; i > 0; i--) {
		if (strcmp(cli->given[i - 1].option->name, name) == 0) {
			return cli->given[i - 1].value;
		}
	}
	value = cli->input == NULL ? NULL : json_get(cli->input, name);
	if (json_is(value, JSON_STRING)) {
		return json_text(value, NULL);
	}
	if (json_is(value, JSON_NUMBER)) {
		static char number[4][32];
		static int turn;

		/* A few at a time: a verb reads no more numbers than this. */
		turn = (turn + 1) % 4;
		(void)snprintf(number[turn], sizeof number[turn], "%lld",
			(long long)json_integer(value, 0));
		return number[turn];
	}
	return json_is(value, JSON_BOOL) && json_true(value) ? "" : NULL;
}

bool
cli_switch(const struct cli *cli, const char *name)
{
	return cli_option(cli, name) != NULL;
}

const char *
cli_word(const struct cli *cli, int i)
{
	return i < cli->count ? cli->words[i] : NULL;
}

bool
cli_number(const char *what, const char *text, int64_t least, int64_t most,
	int64_t *out, struct error *err)
{
	char *end;
	long long value;

	errno = 0;
	value = strtoll(text, &end, 10);
	if (errno != 0 || *text == '\0' || *end != '\0' || value < least || value > most) {
		return error_set(err, ERR_BAD_INPUT,
			_("%s is a whole number of at least %lld, not \"%.40s\""), what,
			(long long)least, text);
	}
	*out = value;
	return true;
}

bool
cli_text(const char *given, char **out, struct error *err)
{
	size_t len = 0;

	if (strcmp(given, "-") == 0) {
		return slurp("-", out, &len, err);
	}
	*out = xstrdup(given);
	return true;
}

bool
cli_split(const char *text, char ***out, int *count, struct error *err)
{
	char **list = NULL;
	int n = 0;

	while (*text != '\0') {
		size_t len = strcspn(text, ",");

		if (len > 0) {
			if ((size_t)n == limit(LIMIT_LIST)) {
				cli_free_list(list, n);
				return error_set(err, ERR_BAD_INPUT,
					_("a list has at most %zu items"), limit(LIMIT_LIST));
			}
			list = xrealloc(list, ((size_t)n + 1) * sizeof *list);
			list[n++] = xstrndup(text, len);
		}
		text += len + (text[len] == ',');
	}
	*out = list;
	*count = n;
	return true;
}

void
cli_free_list(char **list, int count)
{
	for (int i = 0; i < count; i++) {
		free(list[i]);
	}
	free(list);
}

void
cli_finish(struct cli *cli)
{
	desk_close(cli->desk);
	json_free(cli->input);
	buf_free(&cli->out);
	free(cli->words);
	free(cli->url);
	*cli = (struct cli){ 0 };
}
