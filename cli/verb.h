/* verb.h - the verbs of the command line: one table row each (CLI.md). */
#ifndef CLI_VERB_H
#define CLI_VERB_H

#include <stdbool.h>

#include "core/error.h"

enum verb_flags {
	VERB_DESK = 1 << 0,     /* works on an open desk */
	VERB_READONLY = 1 << 1, /* opens it for reading */
	VERB_CHANGES = 1 << 2,  /* takes --if-version */
	VERB_INPUT = 1 << 3,    /* takes --input FILE|-, its keys are the options */
	VERB_FIELDS = 1 << 4,   /* takes --input, its keys are checked by core */
	VERB_CSV = 1 << 5,      /* takes --csv */
	VERB_CASE = 1 << 6,     /* the first word is a CASE: cli->c */
	VERB_RESULT = 1 << 7,   /* prints that case when it is done */
	VERB_STRICT = 1 << 8,   /* an unknown key in the configuration is an error */
	VERB_BARE_READS = 1 << 10, /* opens it for reading where no subverb is given */
	VERB_OR_READ = 1 << 11, /* opens it for reading where it cannot be written */
	VERB_OR_THING = 1 << 12, /* or a kind of the register: contact, asset, ... */
	VERB_FORM = 1 << 13,    /* --as md|json is a form, not a member: --format */
	VERB_OR_DESK = 1 << 9,  /* or the word desk: what belongs to no case, cli->c.id "" */
};

struct cli_option {
	const char *name;  /* without -- */
	const char *value; /* placeholder; NULL: a switch */
	const char *help;  /* marked for translation */
};

struct cli;
typedef bool verb_fn(struct cli *cli, struct error *err);

/* What the second (after CASE) or first word says to do. */
struct subverb {
	const char *name;
	const char *usage; /* words after it */
	int least, most;   /* how many; most -1: any number */
	unsigned flags;    /* added to the verb's */
	const char *help;  /* marked for translation */
	verb_fn *run;
};

struct verb {
	const char *name;
	const char *usage;    /* words after the name (and CASE) */
	int least, most;      /* words; most -1: any number */
	unsigned flags;
	const char *help;     /* marked for translation: one sentence */
	const struct cli_option *options; /* ended by name NULL, or NULL */
	const char *examples; /* lines, or NULL */
	verb_fn *run;         /* NULL: one of subverbs */
	const struct subverb *subverbs; /* ended by name NULL, or NULL */
};

/* Sorted by name; ended by name NULL. */
extern const struct verb verbs[];
const struct verb *verb_find(const char *name);
/* " CASE" where that is the first word, as its usage says it. */
const char *verb_subject(const struct verb *verb);
/* The i-th of all options that help shows for it, or for the screens where the
 * verb is NULL; NULL at the end. */
const struct cli_option *verb_option(const struct verb *verb, int i);

#endif
