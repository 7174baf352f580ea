/* cli.h - what a verb of the command line works with.
 *
 * A verb reads its words through cli_*(), acts through core, and prints into
 * cli->out, which is written only after the commit. */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include <stdbool.h>
#include <stdint.h>

#include "cli/verb.h"
#include "core/buf.h"
#include "core/case.h"
#include "core/config.h"
#include "core/desk.h"
#include "core/error.h"
#include "core/json.h"

#define CLI_OPTIONS 64

struct cli {
	/* global */
	const char *desk_url;  /* --desk, or NULL */
	const char *as;
	const char *form;      /* --as md|json of a verb with VERB_FORM, or NULL */
	const char *lang;
	bool json;
	bool csv;
	bool version, verbose; /* --version, -v */
	/* the verb's own */
	const struct verb *verb;
	const struct subverb *subverb;
	const char **words;    /* all after the verb */
	int count;
	int first;             /* words that are CASE and subverb */
	struct {
		const struct cli_option *option;
		const char *value;
	} given[CLI_OPTIONS];
	int given_count;
	struct json *input;    /* --input, or NULL */
	char **kept;           /* texts made from it */
	int kept_count;
	int64_t if_version;
	bool guarded;          /* --if-version was given */
	struct config *config; /* never NULL while a verb runs */
	/* the work */
	char *url;             /* the desk found */
	struct desk *desk;
	struct ir_case c;      /* VERB_CASE */
	struct buf out;
	struct buf warnings;   /* lines for standard error, after the commit */
	const char *warned;    /* a word of them for the case object; or NULL */
	int status;            /* exit status of a verb that succeeded: 0, or 6 */
};

/* The value of an option ("" for a switch that is set), also from --input;
 * NULL if it was not given. */
const char *cli_option(const struct cli *cli, const char *name);
bool cli_switch(const struct cli *cli, const char *name);
/* The i-th value of an option that may be repeated; NULL at the end. */
const char *cli_option_n(const struct cli *cli, const char *name, int i);
/* The word at i after CASE and subverb, or NULL; how many there are. */
const char *cli_word(const struct cli *cli, int i);
int cli_word_count(const struct cli *cli);
/* Always false: what the verb takes. */
bool cli_usage(const struct cli *cli, struct error *err);
/* Is the option there?  ERR_USAGE. */
bool cli_need(const struct cli *cli, const char *name, struct error *err);
/* All words from i on, with a blank between them; the caller frees. */
char *cli_joined(const struct cli *cli, int i);
/* A whole number within limits. */
bool cli_number(const char *what, const char *text, int64_t least, int64_t most,
	int64_t *out, struct error *err);
/* Text that may be "-": standard input.  The caller frees. */
bool cli_text(const char *given, char **out, struct error *err);

/* A file, or standard input for "-", at most an import line long. */
bool cli_slurp(const char *from, char **out, size_t *len, struct error *err);

/* Splits "a,b,c" (at most the list limit); the caller frees with cli_free_list. */
bool cli_split(const char *text, char ***out, int *count, struct error *err);
void cli_free_list(char **list, int count);

/* Reads argv into cli: ERR_USAGE says what is wrong. */
bool cli_parse(struct cli *cli, int argc, char **argv, struct error *err);
void cli_finish(struct cli *cli);

/* Finds and opens the desk that the options, environment and configuration
 * name; ERR_NOT_FOUND shows the three ways to get one. */
bool cli_find_desk(struct cli *cli, struct error *err);
bool cli_open_desk(struct cli *cli, bool readonly, struct error *err);

/* Output. */
void cli_json(struct cli *cli, struct json *value); /* takes it; one line */
void cli_say(struct cli *cli, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
/* The same, but nothing with --json or --csv. */
void cli_note(struct cli *cli, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* A line on standard error, written when the verb has ended; it never makes
 * one fail. */
void cli_warn(struct cli *cli, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
/* Says where nobody will be called by itself for this case. */
bool cli_warn_not_called(struct cli *cli, const char *case_id, struct error *err);
/* Adds "appended" to an object. */
void cli_add_appended(struct cli *cli, struct json *object);
/* What every verb prints that changed one case: the case object with appended,
 * or a line for people. */
bool cli_case_result(struct cli *cli, const char *case_id, struct error *err);
/* A list for scripts: as JSON, as CSV, or (people have been told) nothing.
 * Takes it. */
void cli_list(struct cli *cli, struct json *list);
/* The end of a verb that lists: the same if ok, and for people, who were told
 * nothing yet, the words for nothing (NULL: none).  list may be NULL.  Gives ok. */
bool cli_listed(struct cli *cli, struct json *list, bool ok, const char *nothing);
/* The same for a verb that changed something else. */
void cli_result(struct cli *cli, struct json *object);

#endif
