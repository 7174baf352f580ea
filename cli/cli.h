/* cli.h - the verbs of the command line: one table row each (CLI.md).
 *
 * A verb reads its words through cli_*(), acts through core, and prints into
 * cli->out, which is written only after the commit. */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include <stdbool.h>
#include <stdint.h>

#include "core/buf.h"
#include "core/desk.h"
#include "core/error.h"
#include "core/json.h"

enum verb_flags {
	VERB_DESK = 1 << 0,     /* works on an open desk */
	VERB_READONLY = 1 << 1, /* opens it for reading */
	VERB_CHANGES = 1 << 2,  /* takes --if-version */
	VERB_INPUT = 1 << 3,    /* takes --input FILE|- */
	VERB_CSV = 1 << 4,      /* takes --csv */
	VERB_CASE = 1 << 5,     /* the first word is a CASE */
	VERB_SUBVERB = 1 << 6,  /* the first word is one of a list, see usage */
	VERB_MANY = 1 << 7,     /* an option may be given again: its values add up */
};

struct cli_option {
	const char *name;  /* without -- */
	const char *value; /* placeholder; NULL: a switch */
	const char *help;  /* marked for translation */
};

struct cli;
typedef bool verb_fn(struct cli *cli, struct error *err);

struct verb {
	const char *name;
	const char *usage;    /* words after the name */
	int least, most;      /* words; most -1: any number */
	unsigned flags;
	const char *help;     /* marked for translation: one sentence */
	const struct cli_option *options; /* ended by name NULL, or NULL */
	const char *examples; /* lines, or NULL */
	verb_fn *run;
};

/* Sorted by name; ended by name NULL. */
extern const struct verb verbs[];
const struct verb *verb_find(const char *name);

#define CLI_OPTIONS 64

struct cli {
	/* global */
	const char *desk_url;  /* --desk, or NULL */
	const char *as;
	const char *lang;
	bool json;
	bool csv;
	/* the verb's own */
	const struct verb *verb;
	const char **words;
	int count;
	struct {
		const struct cli_option *option;
		const char *value;
	} given[CLI_OPTIONS];
	int given_count;
	struct json *input;    /* --input, or NULL */
	int64_t if_version;
	/* the work */
	char *url;             /* the desk found */
	struct desk *desk;
	struct buf out;
	int status;            /* exit status of a verb that succeeded: 0, or 6 */
};

/* The value of an option ("" for a switch that is set), also from --input;
 * NULL if it was not given. */
const char *cli_option(const struct cli *cli, const char *name);
bool cli_switch(const struct cli *cli, const char *name);
/* The i-th value of an option that may be repeated; NULL at the end. */
const char *cli_option_n(const struct cli *cli, const char *name, int i);
/* The word at i, or NULL. */
const char *cli_word(const struct cli *cli, int i);
/* A whole number within limits. */
bool cli_number(const char *what, const char *text, int64_t least, int64_t most,
	int64_t *out, struct error *err);
/* Text that may be "-": standard input.  The caller frees. */
bool cli_text(const char *given, char **out, struct error *err);

/* Splits "a,b,c" (at most the list limit); the caller frees with cli_free_list. */
bool cli_split(const char *text, char ***out, int *count, struct error *err);
void cli_free_list(char **list, int count);

/* Reads argv into cli: ERR_USAGE says what is wrong. */
bool cli_parse(struct cli *cli, int argc, char **argv, struct error *err);
void cli_finish(struct cli *cli);

/* Finds and opens the desk that the options, environment and configuration
 * name; ERR_NOT_FOUND shows the three ways to get one. */
bool cli_find_desk(struct cli *cli, struct error *err);
bool cli_open_desk(struct cli *cli, struct error *err);

/* Output. */
void cli_json(struct cli *cli, struct json *value); /* takes it; one line */
void cli_say(struct cli *cli, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
/* Adds "appended" to an object. */
void cli_add_appended(struct cli *cli, struct json *object);
/* What every verb prints that changed one case: the case object with appended,
 * or a line for people. */
bool cli_case_result(struct cli *cli, const char *case_id, struct error *err);
/* The same for a verb that changed something else. */
void cli_result(struct cli *cli, struct json *object);

#endif
